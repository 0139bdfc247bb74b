"""What `StoreSuite` asks of a store, promise by promise, and the records that it asks with."""
