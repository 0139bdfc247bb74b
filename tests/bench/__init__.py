"""How fast, as ratios to something timed in the same run: `nox -s bench`."""
