"""
Counters: the one way in which anything is limited.

Places, tiers and uses of promotions are counted under these names. A quote reads
what was taken; what it would take itself are its claims, all of which a store
takes, or none.
"""

from collections.abc import Mapping

from attrs import frozen

from paidevents import checks
from paidevents.catalog.event import Event
from paidevents.catalog.names import UNKNOWN_ID
from paidevents.catalog.promotion import Limit, LimitPer
from paidevents.checks import INT64_MAX, between, optional, settle, text
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

TIER_OF_SEVERAL = Reason("tier_of_several", "Several tickets have a tier {id}; write ticket/tier.")

EVENT = "event"


def session_counter(session: str) -> str:
    """Places taken in a session."""
    return f"session/{session}"


def ticket_counter(ticket: str) -> str:
    """Places taken with a ticket."""
    return f"ticket/{ticket}"


def tier_counter(ticket: str, tier: str) -> str:
    """Places taken at the price of a tier."""
    return f"tier/{ticket}/{tier}"


def capacity_counter(capacity: str) -> str:
    """Places taken of those that tickets share."""
    return f"capacity/{capacity}"


def customer_counter(ticket: str, mark: str) -> str:
    """Places that a customer took with a ticket."""
    return f"ticket/{ticket}/customer/{mark}"


def first_purchase_counter(mark: str) -> str:
    """Whether a customer's first purchase has been made: 0 or 1."""
    return f"first_purchase/{mark}"


def limit_counters(limit: Limit, promotion: str, code: str | None, marks: tuple[str, ...]) -> tuple[str, ...]:
    """Where the uses of a promotion, asked for with the code of key *code*, are counted for *limit*."""
    if limit.per is LimitPer.PROMOTION:
        return (f"promotion/{promotion}/{limit.of.value}",)
    if limit.per is LimitPer.CODE:
        return (f"promotion/{promotion}/code/{code}/{limit.of.value}",) if code is not None else ()
    return tuple(f"promotion/{promotion}/customer/{mark}/{limit.of.value}" for mark in marks)


@frozen(order=True)
class Take:
    """
    So much of a counter.

    Attributes:
        counter: Its name, unique in its event.
        count: How much is taken.
        limit: What it may not exceed; None if it only counts.
    """

    counter: str
    count: int
    limit: int | None = None

    def __attrs_post_init__(self) -> None:
        settle(self, counter=text, count=between(1, INT64_MAX), limit=optional(between(0, INT64_MAX)))


def sold(event: Event, places: Mapping[str, int]) -> dict[str, int]:
    """
    The counters of an event after so many places were sold, by ticket or tier.

    What is sold of a tier is also sold of its ticket, and of all that the ticket takes from.

    Args:
        event: The event.
        places: Numbers by id: of a ticket, for places at its base price; of a tier; or
            of `ticket/tier` where several tickets have a tier of that name.

    Raises:
        InvalidValueError: An id that nothing has, a tier of several tickets, or a number below zero.

    Example:
        >>> from paidevents import EUR, Money
        >>> from paidevents.catalog import EventKind, Ticket
        >>> video = Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... )
        >>> sold(video, {"standard": 48})
        {'ticket/standard': 48, 'event': 48}
    """
    checks.instance(event, "event", Event)
    counters: dict[str, int] = {}
    for id, count in checks.mapping(places, "places").items():
        number = checks.integer(count, f"places.{checks.text(id, 'places')}", 0)
        ticket, tier = _place(event, id)
        counted = [] if tier is None else [tier_counter(ticket, tier)]
        counted += [ticket_counter(ticket), EVENT]
        counted += [capacity_counter(each.id) for each in event.capacities if ticket in each.tickets]
        if event.sessions and not event.chooses_sessions:
            counted += [session_counter(session.id) for session in event.sessions]
        for counter in counted:
            counters[counter] = counters.get(counter, 0) + number
    return counters


def _place(event: Event, id: str) -> tuple[str, str | None]:
    """The ticket and the tier of an id."""
    if any(ticket.id == id for ticket in event.tickets):
        return id, None
    found = [
        (ticket.id, tier.id)
        for ticket in event.tickets
        for tier in ticket.tiers
        if id in (tier.id, f"{ticket.id}/{tier.id}")
    ]
    if not found:
        raise InvalidValueError("places", UNKNOWN_ID.given(id=id))
    if len(found) > 1:
        raise InvalidValueError("places", TIER_OF_SEVERAL.given(id=id))
    return found[0]
