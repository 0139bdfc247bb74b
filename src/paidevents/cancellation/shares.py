"""
How much of a place is given back at a moment: by the time until it takes place, and by the sessions that are to come.

Shares are exact fractions here. They are multiplied, and rounded later, once.
"""

from datetime import datetime
from fractions import Fraction

from attrs import frozen

from paidevents.catalog.cancellation import Cancellation, passing
from paidevents.catalog.event import Event
from paidevents.catalog.fees import NOTHING
from paidevents.catalog.names import UNKNOWN_ID
from paidevents.catalog.places import EventSession
from paidevents.checks import instance, integer
from paidevents.errors import InvalidValueError
from paidevents.money.rate import Rate
from paidevents.pricing.quote import Quote
from paidevents.timing.window import Window


@frozen(kw_only=True)
class Held:
    """
    What some terms give back of one place at a moment.

    Attributes:
        share: By the time that is left.
        until: Until when that share holds, that moment excluded; None if it no longer changes.
        since: Since when nothing is given back; None while there is a share, or where there never was one.
        begins_at: When its chosen session begins; None for a place that is not in one.
        begun: How many of its sessions have begun, so that they are not given back.
        sessions: How many it is for; 1 where sessions are not counted.
    """

    share: Rate
    until: datetime | None
    since: datetime | None
    begins_at: datetime | None
    begun: int
    sessions: int

    @property
    def fraction(self) -> Fraction:
        """What is given back of it, exactly."""
        return self.share.fraction * Fraction(self.sessions - self.begun, self.sessions)


def unit_window(event: Event, quote: Quote, unit: int) -> Window:
    """
    When a place takes place: the session that was chosen, or else the event from its beginning to its end.

    For a session that the event no longer has, the window is open at both
    ends, so that no deadline of it ever passes: that is not the buyer's doing.

    Args:
        event: As it is declared now.
        quote: A quote of this event.
        unit: Position of the place in it.

    Raises:
        InvalidValueError: The quote is another event's, or has no such place.

    Example:
        >>> from datetime import UTC
        >>> from paidevents import EUR, Money, Span
        >>> from paidevents.catalog import Ticket
        >>> from paidevents.pricing import Plan
        >>> talk = Event(
        ...     id="talk", title="A talk", zone="Europe/Paris", currency=EUR,
        ...     starts_at=datetime(2026, 4, 14, 16, tzinfo=UTC), duration=Span.of("90 min"),
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... )
        >>> quote = Plan(talk).quote({"standard": 1}, at=datetime(2026, 3, 1, tzinfo=UTC))
        >>> unit_window(talk, quote, 0) == talk.window
        True
    """
    own_quote(event, quote)
    place = integer(unit, "unit", 0, len(quote.record.places) - 1)
    chosen = quote.record.places[place][2]
    if not chosen:
        return event.window
    return next((session.window for session in event.sessions if session.id == chosen), Window())


def own_quote(event: Event, quote: Quote) -> Quote:
    """
    *quote*, if it is one of *event*.

    Raises:
        InvalidValueError: It is not, or one of them is something else.
    """
    if instance(quote, "quote", Quote).event != instance(event, "event", Event).id:
        raise InvalidValueError("quote", UNKNOWN_ID.given(id=quote.event))
    return quote


def held(terms: Cancellation, event: Event, quote: Quote, unit: int, at: datetime) -> Held:
    """
    What *terms* give back of a place that is given up at *at*.

    Args:
        terms: What was promised.
        event: As it is declared now: its dates may have changed.
        quote: Of this event.
        unit: Position of the place in it.
        at: The moment, in UTC.
    """
    window = unit_window(event, quote, unit)
    chosen = quote.record.places[unit][2]
    ends = [passing(step.until, window, event.zone) for step in terms.steps]
    share, until = next(
        ((step.share, end) for step, end in zip(terms.steps, ends, strict=True) if end is None or at < end),
        (None, None),
    )
    sessions = _sessions_of(event, chosen) if terms.pro_rata else ()
    return Held(
        share=NOTHING if share is None else share,
        until=until,
        since=max((end for end in ends if end is not None), default=None) if share is None else None,
        begins_at=window.starts_at if chosen else None,
        begun=sum(1 for session in sessions if session.starts_at <= at),
        sessions=len(sessions) or 1,
    )


def _sessions_of(event: Event, chosen: str) -> tuple[EventSession, ...]:
    """What a place gives access to of a series: the session that was chosen, or all of them."""
    if not chosen:
        return event.sessions
    return tuple(session for session in event.sessions if session.id == chosen)
