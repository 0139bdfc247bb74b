"""
What becomes of an event.

A draft sells nothing. Once scheduled it is on sale; a change of date keeps
every place, and whoever has one is told at once (CM-18). What has no date is
live from the beginning, and ends when its organizer withdraws it (CM-15).
"""

from datetime import datetime
from enum import Enum

from attrs import frozen

from paidevents.machine import Guard, Machine, Row
from paidevents.reason import Reason


class EventState(Enum):
    """Where an event stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"  # announced and on sale
    LIVE = "live"  # it has begun; of a series, its first session
    ENDED = "ended"
    CANCELLED = "cancelled"


class EventTrigger(Enum):
    """What happens to an event."""

    SCHEDULE = "schedule"
    RESCHEDULE = "reschedule"
    START = "start"
    END = "end"
    CANCEL = "cancel"


class EventEffect(Enum):
    """What a move of an event means."""

    TELL_NEW_DATE = "tell_new_date"
    ATTACH_RECORDINGS = "attach_recordings"
    CLOSE_WAITING_LIST = "close_waiting_list"
    CALL_OFF_ORDERS = "call_off_orders"


@frozen(kw_only=True)
class EventFacts:
    """
    What a guard may look at.

    Attributes:
        at: The moment.
        starts_at: When it begins; None for what has no date.
        ends_at: When it ends; None for what has no date.
        new_start: When it, or its next session, is to begin instead.
        is_sound: No check finds an error in it.
        is_series: It has sessions.
        took_place: Somebody was let in.
    """

    at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    new_start: datetime | None = None
    is_sound: bool = True
    is_series: bool = False
    took_place: bool = True


def _lies_ahead(facts: EventFacts) -> bool:
    return facts.new_start is not None and facts.new_start > facts.at


IS_SOUND = Guard[EventFacts](
    lambda f: f.is_sound, Reason("is_sound", "The event has errors, which have to be corrected first.")
)
HAS_BEGUN = Guard[EventFacts](
    lambda f: f.starts_at is None or f.at >= f.starts_at, Reason("has_begun", "The event has not begun.")
)
IS_OVER = Guard[EventFacts](
    lambda f: f.ends_at is None or f.at >= f.ends_at, Reason("is_over", "The event is not over.")
)
LIES_AHEAD = Guard[EventFacts](_lies_ahead, Reason("lies_ahead", "The new date has to lie ahead."))
GOES_ON = Guard[EventFacts](
    lambda f: f.is_series and _lies_ahead(f), Reason("goes_on", "No later session is to be moved.")
)
NEVER_TOOK_PLACE = Guard[EventFacts](
    lambda f: not f.took_place, Reason("never_took_place", "The event has taken place.")
)

_CALLED_OFF = (EventEffect.CLOSE_WAITING_LIST, EventEffect.CALL_OFF_ORDERS)

S, T, E = EventState, EventTrigger, EventEffect

EVENT: Machine[EventState, EventTrigger, EventFacts, EventEffect] = Machine(
    name="event",
    initial=S.DRAFT,
    triggers=T,
    rows=(
        Row(S.DRAFT, T.SCHEDULE, S.SCHEDULED, IS_SOUND),
        Row(S.DRAFT, T.CANCEL, S.CANCELLED),
        Row(S.SCHEDULED, T.RESCHEDULE, S.SCHEDULED, LIES_AHEAD, (E.TELL_NEW_DATE,)),
        Row(S.SCHEDULED, T.START, S.LIVE, HAS_BEGUN),
        # Nobody had the time to say that it began.
        Row(S.SCHEDULED, T.END, S.ENDED, IS_OVER, (E.CLOSE_WAITING_LIST, E.ATTACH_RECORDINGS)),
        Row(S.SCHEDULED, T.CANCEL, S.CANCELLED, then=_CALLED_OFF),
        Row(S.LIVE, T.RESCHEDULE, S.LIVE, GOES_ON, (E.TELL_NEW_DATE,)),
        # It broke off, and is begun anew another day.
        Row(S.LIVE, T.RESCHEDULE, S.SCHEDULED, LIES_AHEAD, (E.TELL_NEW_DATE,)),
        Row(S.LIVE, T.END, S.ENDED, IS_OVER, (E.CLOSE_WAITING_LIST, E.ATTACH_RECORDINGS)),
        Row(S.LIVE, T.CANCEL, S.CANCELLED, then=_CALLED_OFF),
        Row(S.ENDED, T.CANCEL, S.CANCELLED, NEVER_TOOK_PLACE, (E.CALL_OFF_ORDERS,)),
    ),
)
