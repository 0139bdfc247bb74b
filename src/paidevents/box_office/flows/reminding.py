"""Reminders: everybody who has a place is told that it begins soon."""

from datetime import datetime

from paidevents.access.roles import Action
from paidevents.box_office.asks import Flow, NewId, Now, ask, flow
from paidevents.box_office.flows.loading import event_of, kept
from paidevents.box_office.flows.scheduling import at_once
from paidevents.catalog.event import Event
from paidevents.catalog.names import known
from paidevents.catalog.people import Actor
from paidevents.checks import text
from paidevents.errors import RefusedError
from paidevents.lifecycle.event import EventState
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.reason import Reason

NOTHING_AHEAD = Reason("nothing_ahead", "Nothing lies ahead that anybody could be reminded of.")

LONGEST_ID = 40

_TAKES_PLACE = (EventState.SCHEDULED, EventState.LIVE)


@flow
def remind(event: str, *, session: str | None = None, id: str = "", by: Actor) -> Flow[datetime]:
    """
    Remind everybody who has a confirmed place that it begins soon, with the links to join and to cancel (GT-27).

    As often as is wished. Of a series it is one session; those are reminded whose place is for it.

    Args:
        event: Id of the event.
        session: Id of the session; None for the next one, and for an event without sessions.
        id: Of the reminder, "a day before", up to 40 characters; empty for a new one. Asked twice
            with the same id, the second is refused, so nobody is reminded twice.
        by: Who reminds.

    Returns:
        When that begins which they are reminded of, in UTC.

    Raises:
        NotAllowedError: Not theirs to remind of.
        NotFoundError: There is no such event.
        RefusedError: It has begun, has no date, or does not take place.
        DuplicateError: There is a reminder with this id.
        InvalidValueError: A session that the event does not have, or an argument that cannot be.
    """
    stored = yield from event_of(event, by, Action.CHANGE_EVENT)
    at = yield from ask(Now())
    listing = stored.record
    begins_at, of = _next(listing.event, session, at)
    if begins_at is None or listing.state not in _TAKES_PLACE:
        raise RefusedError((NOTHING_AHEAD,))
    name = (yield from ask(NewId())) if id == "" else text(id, "id", LONGEST_ID)
    key = f"{event}/remind/{name}"
    told = Obligation(
        id=key,
        task=Task.TELL_ALL,
        event=event,
        key=key,
        made_at=at,
        due_at=at,
        message=MessageKind.REMINDER,
        values=() if of is None else (("session", of),),
    )
    yield from kept(told)
    yield from at_once((told,))
    return begins_at


def _next(event: Event, session: str | None, at: datetime) -> tuple[datetime | None, str | None]:
    """When that begins which lies ahead, and the id of its session; None for nothing, and for no session."""
    if session is not None:
        known([text(session, "session")], event.sessions, "session")
    if not event.sessions:
        begins_at = event.window.starts_at
        return (begins_at if begins_at is not None and begins_at > at else None), None
    ahead = [one for one in event.sessions if one.starts_at > at and session in (None, one.id)]
    return (ahead[0].starts_at, ahead[0].id) if ahead else (None, None)
