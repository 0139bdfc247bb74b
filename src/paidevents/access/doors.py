"""When an event, or a session of it, can be joined."""

from collections.abc import Sequence
from datetime import datetime

from paidevents.catalog.event import Event
from paidevents.catalog.names import identifier, known
from paidevents.checks import instance, several
from paidevents.reason import Reason
from paidevents.timing.deadline import Span
from paidevents.timing.window import Window

NOT_YET_OPEN = Reason("not_yet_open", "The doors open on {opens_at}.", retryable=True)
NO_LONGER_OPEN = Reason("no_longer_open", "It is over.")
OTHER_SESSION = Reason("other_session", "The place is not for this session.")
ATTENDANCE_LIMIT_REACHED = Reason(
    "attendance_limit_reached", "As many as can be present are there already: {limit}.", retryable=True
)

# Long enough to try the sound before it begins.
OPENS_BEFORE = Span(minutes=30)


def access_window(event: Event, sessions: Sequence[str] = (), *, opens_before: Span = OPENS_BEFORE) -> Window:
    """
    From when until when a place gives access: from some time before the beginning until the end.

    What has no dates, a video on demand and a permanent event, is always open.
    It is worked out from the event as it stands, so a change of the date needs
    no change of any pass.

    Args:
        event: The event.
        sessions: Ids of the sessions that the place is for; none for all.
        opens_before: How long before the beginning the doors open.

    Returns:
        One window, of several sessions from the first one's doors to the last one's end.

    Raises:
        InvalidValueError: A session that the event does not have, or an argument of another kind.

    Source:
        CM-15, GT-14, GT-16, GT-21.

    Example:
        >>> from paidevents import EUR, Money
        >>> from paidevents.catalog import Ticket
        >>> talk = Event(
        ...     id="talk", title="A talk", zone="Europe/Paris", currency=EUR,
        ...     starts_at=datetime.fromisoformat("2026-04-14T16:00Z"), duration=Span.of("90 min"),
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... )
        >>> access_window(talk).starts_at.isoformat()
        '2026-04-14T15:30:00+00:00'
    """
    wanted = several(identifier)(sessions, "sessions")
    known(wanted, instance(event, "event", Event).sessions, "sessions")
    windows = [session.window for session in event.sessions if session.id in wanted] or [event.window]
    starts = [window.starts_at for window in windows if window.starts_at is not None]
    ends = [window.ends_at for window in windows if window.ends_at is not None]
    return doors(event, Window(min(starts, default=None), max(ends, default=None)), opens_before)


def doors(event: Event, window: Window, opens_before: Span) -> Window:
    """*window* of a session, or of the whole event, with the time in which people come in."""
    if window.starts_at is None or not event.rules.has_dates:
        return Window()
    opens_at = instance(opens_before, "opens_before", Span).before(window.starts_at, event.zone)
    return Window(opens_at, window.ends_at)


def closed(window: Window, event: Event, at: datetime) -> Reason | None:
    """Why nobody enters through *window* at that moment; its opening is told as a moment in the event's zone."""
    if window.is_over(at):
        return NO_LONGER_OPEN
    if at in window or window.starts_at is None:
        return None
    return NOT_YET_OPEN.given(opens_at=window.starts_at.astimezone(event.zone))
