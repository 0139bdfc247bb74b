"""The steps of a price, one file a kind."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.pricing.stages.standard import STANDARD_STEPS as STANDARD_STEPS
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "standard": "STANDARD_STEPS",
        },
    )
