"""Windows, local days, deadlines and series of dates. Nothing here asks what time it is."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.timing.deadline import Anchor as Anchor
    from paidevents.timing.deadline import Deadline as Deadline
    from paidevents.timing.deadline import Direction as Direction
    from paidevents.timing.deadline import Span as Span
    from paidevents.timing.local import Side as Side
    from paidevents.timing.local import end_of_day as end_of_day
    from paidevents.timing.local import instant_of as instant_of
    from paidevents.timing.local import start_of_day as start_of_day
    from paidevents.timing.local import zone_of as zone_of
    from paidevents.timing.recurrence import Recurrence as Recurrence
    from paidevents.timing.window import Window as Window
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "deadline": "Anchor Deadline Direction Span",
            "local": "Side end_of_day instant_of start_of_day zone_of",
            "recurrence": "Recurrence",
            "window": "Window",
        },
    )
