"""Files of the package and of the docs that are written from data. A test compares each with what its generator would write."""
