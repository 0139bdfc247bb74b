"""Files of the package that are written from data. A test compares each with what its generator would write."""
