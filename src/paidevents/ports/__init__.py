"""What the library asks of its host, as protocols."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.ports.source import Clock as Clock
    from paidevents.ports.source import SystemClock as SystemClock
    from paidevents.ports.source import read_clock as read_clock
else:
    __all__, __getattr__, __dir__ = face(__name__, {"source": "Clock SystemClock read_clock"})
