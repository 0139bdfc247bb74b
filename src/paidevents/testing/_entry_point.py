"""What Hypothesis calls while it is being imported, so that it knows our types."""

from importlib import import_module


def register() -> None:
    """
    Load the strategies, which register themselves.

    If they are what imports Hypothesis just now, they stand in `sys.modules`
    half-made, and register themselves as soon as they are whole.
    """
    import_module("paidevents.testing.strategies")
