"""Places: how many there are, in a session or shared by tickets."""

from datetime import datetime

from attrs import frozen

from paidevents.catalog.names import identifier
from paidevents.catalog.ticket import seats
from paidevents.checks import instant, of_kind, optional, settle, several
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason
from paidevents.timing.deadline import Span
from paidevents.timing.window import Window

SHARED_BY_NONE = Reason("shared_by_none", "Shared places name the tickets that share them.")


@frozen(kw_only=True)
class EventSession:
    """
    One dated occurrence of a series.

    Attributes:
        id: Unique in its event.
        starts_at: When it begins.
        duration: How long it lasts. A day of it is 24 hours, whatever the clocks do meanwhile.
        capacity: How many places it has; None for no limit of its own.

    Raises:
        InvalidValueError: It lasts no time at all, or an attribute that cannot be.
        NaiveDatetimeError: Its beginning has no zone.

    Source:
        GT-16.

    Example:
        >>> from datetime import UTC
        >>> first = EventSession(
        ...     id="first", starts_at=datetime(2026, 4, 14, 16, tzinfo=UTC), duration=Span.of("90 min")
        ... )
        >>> first.window.ends_at.isoformat()
        '2026-04-14T17:30:00+00:00'
    """

    id: str
    starts_at: datetime
    duration: Span
    capacity: int | None = None

    def __attrs_post_init__(self) -> None:
        settle(self, id=identifier, starts_at=instant, duration=of_kind(Span), capacity=optional(seats))
        lasting(self.starts_at, self.duration)

    @property
    def window(self) -> Window:
        """From its beginning to its end."""
        return lasting(self.starts_at, self.duration)


@frozen(kw_only=True)
class Capacity:
    """
    Places that several tickets share; of several limits the least wins.

    Attributes:
        id: Unique in its event.
        places: How many.
        tickets: Ids of the tickets that take from it, at least one.

    Raises:
        InvalidValueError: No ticket, or an attribute that cannot be.

    Example:
        >>> Capacity(id="room", places=300, tickets=["standard", "vip"]).places
        300
    """

    id: str
    places: int
    tickets: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        settle(self, id=identifier, places=seats, tickets=several(identifier))
        if not self.tickets:
            raise InvalidValueError("tickets", SHARED_BY_NONE)


def lasting(starts_at: datetime, duration: Span) -> Window:
    """The window of what begins at *starts_at* and takes *duration*; an InvalidValueError if that is no time at all."""
    try:
        return Window(starts_at, duration.after(starts_at, "UTC"))
    except InvalidValueError as error:
        raise InvalidValueError("duration", error.reason) from None
