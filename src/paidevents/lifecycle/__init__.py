"""The states that things go through: a table each, which code fires, docs draw and tests walk."""
