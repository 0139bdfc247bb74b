"""
For the tests of host applications.

`strategies` draws every value type of the library with Hypothesis. `store_suite`
has every promise of a store as a test, `provider_suite` every promise of a provider.
"""
