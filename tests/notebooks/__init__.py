"""The notebooks in `examples/notebooks`, executed and held against what is committed: `python -m notebooks`."""
