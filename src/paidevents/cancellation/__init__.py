"""What is given back of places that are given up: the preview and the refund, which are one object."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.cancellation.due import CancellationDue as CancellationDue
    from paidevents.cancellation.due import cancellation_due as cancellation_due
    from paidevents.cancellation.due import difference_due as difference_due
    from paidevents.cancellation.shares import unit_window as unit_window
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "due": "CancellationDue cancellation_due difference_due",
            "shares": "unit_window",
        },
    )
