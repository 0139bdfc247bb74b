"""The events of the demonstration, as a person would write them."""
