"""For the tests of host applications: `strategies` draws every value type of the library with Hypothesis."""
