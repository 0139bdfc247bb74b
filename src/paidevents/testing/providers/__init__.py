"""What `ProviderSuite` asks of a payment provider, promise by promise."""
