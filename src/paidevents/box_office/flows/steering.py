"""An event on sale: stopped and reopened, free for a while, and run by several people."""

from datetime import datetime

from attrs import evolve

from paidevents.access.roles import Action
from paidevents.box_office.asks import Flow, Now, ask, flow
from paidevents.box_office.flows.loading import event_of, kept
from paidevents.box_office.flows.scheduling import declared
from paidevents.catalog.event import Charging
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import Actor
from paidevents.checks import instance, instant, optional
from paidevents.errors import RefusedError
from paidevents.ports.records import Stored
from paidevents.reason import Reason
from paidevents.timing.window import Window

NOT_STOPPED = Reason("not_stopped", "Sales are not stopped.")


@flow
def stop_sales(event: str, *, by: Actor) -> Flow[Listing]:
    """
    Stop selling, at once. Who holds places may still pay for them.

    Raises:
        NotAllowedError: Not theirs to stop.
        NotFoundError: There is no such event.
    """
    stored = yield from event_of(event, by, Action.CHANGE_EVENT)
    at = yield from ask(Now())
    return (yield from declared(stored, evolve(stored.record.event, on_sale=Window(ends_at=at)), by))


@flow
def reopen_sales(event: str, *, until: datetime | None = None, by: Actor) -> Flow[Listing]:
    """
    Sell again, until a moment or for as long as the event allows.

    Raises:
        NotAllowedError: Not theirs to reopen.
        NotFoundError: There is no such event.
        RefusedError: Sales are not stopped.
        InvalidValueError: *until* is no moment.
    """
    stored = yield from event_of(event, by, Action.CHANGE_EVENT)
    at = yield from ask(Now())
    if not stored.record.event.on_sale.is_over(at):
        raise RefusedError((NOT_STOPPED,))
    wanted = evolve(stored.record.event, on_sale=Window(ends_at=optional(instant)(until, "until")))
    return (yield from declared(stored, wanted, by))


@flow
def switch_payment(event: str, *, on: bool, by: Actor) -> Flow[Listing]:
    """
    Charge nothing for a while, or charge again (GT-11). Who holds places when it is switched off has them for nothing.

    Raises:
        NotAllowedError: Not theirs to switch.
        NotFoundError: There is no such event.
        InvalidValueError: *on* is no bool.
    """
    stored = yield from event_of(event, by, Action.CHANGE_PRICES)
    charging = Charging.ON if instance(on, "on", bool) else Charging.SWITCHED_OFF
    if stored.record.event.charging is charging:
        return stored.record
    return (yield from declared(stored, evolve(stored.record.event, charging=charging), by))


@flow
def appoint(event: str, helper: Actor, *, by: Actor) -> Flow[Listing]:
    """
    Make somebody a co-organizer or a speaker (GT-12, GT-13). Their place is another matter: see `invite`.

    Raises:
        NotAllowedError: Not theirs to appoint for.
        NotFoundError: There is no such event.
        InvalidValueError: Another role, or an argument that cannot be.
    """
    stored = yield from event_of(event, by, Action.MANAGE_ROLES)
    if helper in stored.record.team:
        return stored.record
    after = evolve(stored.record, team=(*stored.record.team, helper))
    yield from kept(replaces=(Stored(after, stored.version),))
    return after


@flow
def dismiss(event: str, helper: Actor, *, by: Actor) -> Flow[Listing]:
    """
    Take somebody out of the team; nothing changes if they are not in it.

    Raises:
        NotAllowedError: Not theirs to dismiss from.
        NotFoundError: There is no such event.
    """
    stored = yield from event_of(event, by, Action.MANAGE_ROLES)
    if helper not in stored.record.team:
        return stored.record
    after = evolve(stored.record, team=tuple(one for one in stored.record.team if one != helper))
    yield from kept(replaces=(Stored(after, stored.version),))
    return after
