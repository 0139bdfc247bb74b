"""For the tests of host applications: Hypothesis strategies for every value type here."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.testing import strategies as strategies
else:
    __all__, __getattr__, __dir__ = face(__name__, {"": "strategies"})
