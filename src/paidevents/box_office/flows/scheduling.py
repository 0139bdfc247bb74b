"""The event itself: published, changed, moved, stopped, held and cancelled."""

from datetime import datetime

from attrs import evolve

from paidevents.access.roles import Action, permit
from paidevents.box_office.asking_store import Find, Get
from paidevents.box_office.asks import AtOnce, Flow, Now, ask, flow, run
from paidevents.box_office.flows.loading import event_of, kept
from paidevents.box_office.flows.performing import all_due, attempt
from paidevents.box_office.flows.publishing import moved_along
from paidevents.box_office.flows.waiting import offer_next
from paidevents.catalog.event import Charging, Event
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import SYSTEM, Actor, Role
from paidevents.check.table import check
from paidevents.checks import instance
from paidevents.errors import RefusedError
from paidevents.lifecycle.event import EventEffect, EventState
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.ports.records import Stored
from paidevents.reason import Severity


@flow
def draft(event: Event, *, by: Actor, organizer: str = "", locale: str = "en") -> Flow[Listing]:
    """
    Keep an event that is not on sale yet.

    Args:
        event: As it is declared so far.
        by: Who does it.
        organizer: Account that it belongs to; empty for whoever does it.
        locale: The language that its organizer is written to in.

    Raises:
        NotAllowedError: Only an organizer, or the host application, declares events.
        DuplicateError: There is an event with this id.
        InvalidValueError: An argument that cannot be.
    """
    listing = _new(event, by, organizer, locale)
    yield from kept(listing)
    return listing


def _new(event: Event, by: Actor, organizer: str, locale: str) -> Listing:
    who = instance(by, "by", Actor)
    permit(who, Action.SCHEDULE_EVENT, owns=who.role is Role.ORGANIZER and organizer in ("", who.id))
    return Listing(event=event, organizer=organizer or who.id, locale=locale)


@flow
def publish(event: Event, *, by: Actor, organizer: str = "", locale: str = "en") -> Flow[Listing]:
    """
    Put an event on sale, if no check finds an error in it.

    Args:
        event: As it is declared; of a draft, as it is from now on.
        by: Who does it.
        organizer: Account that it belongs to; empty for whoever does it.
        locale: The language that its organizer is written to in.

    Raises:
        NotAllowedError: Only its organizer, or the host application, puts it on sale.
        RefusedError: It has errors: their reasons.
        IllegalTransitionError: It is on sale already.
        DuplicateError: Somebody has just put an event of this id on sale.
        InvalidValueError: An argument that cannot be.
    """
    wanted = instance(event, "event", Event)
    stored = yield from ask(Get(Listing, wanted.id))
    at = yield from ask(Now())
    if stored is None:
        listing = _new(wanted, by, organizer, locale)
    else:
        stored = yield from event_of(wanted.id, by, Action.SCHEDULE_EVENT)
        listing = evolve(stored.record, event=wanted) if stored.record.state is EventState.DRAFT else stored.record
    errors = [one.reason for one in check(wanted) if one.severity is Severity.ERROR]
    if errors and listing.state is EventState.DRAFT:
        raise RefusedError(errors)
    _, scheduled = listing.scheduled(at=at, by=by, is_sound=True)
    if stored is None:
        yield from kept(scheduled)
    else:
        yield from kept(replaces=(Stored(scheduled, stored.version),))
    return scheduled


@flow
def declare(event: Event, *, by: Actor) -> Flow[Listing]:
    """
    Declare an event anew: its prices, tickets, promotions, form. Who bought keeps what they paid (GT-08).

    Once nothing is charged any more, who holds places has them for nothing (GT-06, GT-11).

    Raises:
        NotAllowedError: Not theirs to change.
        NotFoundError: There is no such event.
        RefusedError: Something of it can no longer be changed (CM-17), its dates are to be
            moved with `reschedule`, or a check finds an error in it.
        InvalidValueError: It is no event.
    """
    wanted = instance(event, "event", Event)
    stored = yield from event_of(wanted.id, by, Action.CHANGE_EVENT)
    if _price_parts(stored.record.event) != _price_parts(wanted):
        stored = yield from event_of(wanted.id, by, Action.CHANGE_PRICES)
    if stored.record.event.promotions != wanted.promotions:
        stored = yield from event_of(wanted.id, by, Action.CHANGE_PROMOTIONS)
    return (yield from declared(stored, wanted, by))


def declared(stored: Stored[Listing], wanted: Event, by: Actor) -> Flow[Listing]:
    """Commit an event as it is from now on, and what follows for those who hold places."""
    after = stored.record.declared(wanted)
    if after.state is not EventState.DRAFT:
        errors = [one.reason for one in check(wanted) if one.severity is Severity.ERROR]
        known = [one.reason for one in check(stored.record.event) if one.severity is Severity.ERROR] if errors else []
        if fresh := [reason for reason in errors if reason not in known]:
            raise RefusedError(fresh)
    at = yield from ask(Now())
    made: tuple[Obligation, ...] = ()
    if stored.record.event.charging is Charging.ON and wanted.charging is not Charging.ON:
        made = (for_all(Task.REQUOTE, after, stored.version, at, by),)
    yield from kept(*made, replaces=(Stored(after, stored.version),))
    yield from at_once(made)
    yield from offer_next(after.id)  # there may be more places, or they are on sale again
    return after


def _price_parts(event: Event) -> tuple[object, ...]:
    return (event.tickets, event.fees, event.tax, event.providers, event.charging, event.currency)


def for_all(
    task: Task,
    listing: Listing,
    version: int,
    at: datetime,
    by: Actor,
    *,
    message: MessageKind | None = None,
    values: tuple[tuple[str, str], ...] = (),
) -> Obligation:
    """Something to be done for everybody of an event; once for each of its versions."""
    id = f"{listing.id}/{task.value}/{version}"
    return Obligation(
        id=id,
        task=task,
        event=listing.id,
        key=id,
        made_at=at,
        due_at=at,
        message=message,
        values=(*values, ("by", str(by))),
    )


def at_once(made: tuple[Obligation, ...]) -> Flow[None]:
    """Do what was made due, and what that makes due, unless it is left to whoever reconciles."""
    if made and (yield from ask(AtOnce())):
        for one in made:
            yield from attempt(one.id)
            yield from all_due(one.event)


@flow
def reschedule(event: Event, *, by: Actor) -> Flow[Listing]:
    """
    Move an event to another day. Everybody keeps their place, and is told at once (CM-18).

    Args:
        event: The same event on its new dates.
        by: Who moves it.

    Raises:
        NotAllowedError: Not theirs to move.
        NotFoundError: There is no such event.
        RefusedError: Something of it can no longer be changed, or its dates are the same.
        IllegalTransitionError: The new date does not lie ahead, or it has ended.
        InvalidValueError: An argument that cannot be.
    """
    wanted = instance(event, "event", Event)
    stored = yield from event_of(wanted.id, by, Action.CHANGE_EVENT)
    at = yield from ask(Now())
    row, after = stored.record.rescheduled(wanted, at=at, by=by)
    before = stored.record.event.window.starts_at
    values = () if before is None else (("old_starts_at", before.isoformat()),)
    made = tuple(
        for_all(Task.TELL_ALL, after, stored.version, at, by, message=MessageKind.RESCHEDULED, values=values)
        for effect in row.then
        if effect is EventEffect.TELL_NEW_DATE
    )
    yield from kept(*made, replaces=(Stored(after, stored.version),))
    yield from at_once(made)
    yield from moved_along(after.id)
    return after


@flow
def cancel_event(event: str, *, by: Actor) -> Flow[Listing]:
    """
    Cancel an event. Everybody is told, and all that was paid is given back, or owed if that is by hand (CM-21).

    Raises:
        NotAllowedError: Not theirs to cancel.
        NotFoundError: There is no such event.
        IllegalTransitionError: It has taken place, or is cancelled already.
    """
    stored = yield from event_of(event, by, Action.CANCEL_EVENT)
    at = yield from ask(Now())
    took_place = stored.record.state is EventState.ENDED and (yield from _was_attended(event))
    row, after = stored.record.cancelled(at=at, by=by, took_place=took_place)
    made = _meant(row.then, after, stored.version, at, by)
    yield from kept(*made, replaces=(Stored(after, stored.version),))
    yield from at_once(made)
    return after


def _was_attended(event: str) -> Flow[bool]:
    """Whether anybody was let in; asked only of what has ended."""
    after = ""
    while True:
        page = yield from ask(Find(Dossier, "event", event, after=after))
        if not page:
            return False
        if any(pass_.visits for stored in page for pass_ in stored.record.passes):
            return True
        after = page[-1].record.id


_TASKS = {EventEffect.CALL_OFF_ORDERS: Task.CALL_OFF, EventEffect.CLOSE_WAITING_LIST: Task.CLOSE_LIST}


def _meant(
    effects: tuple[EventEffect, ...], after: Listing, version: int, at: datetime, by: Actor
) -> tuple[Obligation, ...]:
    return tuple(for_all(_TASKS[effect], after, version, at, by) for effect in effects if effect in _TASKS)


@flow
def tick(event: str) -> Flow[bool]:
    """
    Note that an event has begun, or is over, if it has.

    Returns:
        Whether anything changed.

    Raises:
        NotFoundError: There is no such event.
    """
    stored = yield from event_of(event)
    at = yield from ask(Now())
    listing, window = stored.record, stored.record.event.window
    if window.starts_at is None or not listing.event.rules.has_dates:
        return False
    if listing.state is EventState.SCHEDULED and window.starts_at <= at < (window.ends_at or at):
        _, after = listing.started(at=at)
        yield from kept(replaces=(Stored(after, stored.version),))
        return True
    if listing.state in (EventState.SCHEDULED, EventState.LIVE) and window.ends_at is not None and window.ends_at <= at:
        yield from run(end(event, by=SYSTEM))
        return True
    return False


@flow
def end(event: str, *, by: Actor) -> Flow[Listing]:
    """
    Note that an event is over; what has no date is withdrawn from sale.

    Raises:
        NotAllowedError: Not theirs to end.
        NotFoundError: There is no such event.
        IllegalTransitionError: It is not over.
    """
    stored = yield from event_of(event, by, Action.CHANGE_EVENT)
    at = yield from ask(Now())
    row, after = stored.record.ended(at=at, by=by)
    made = _meant(row.then, after, stored.version, at, by)
    yield from kept(*made, replaces=(Stored(after, stored.version),))
    yield from at_once(made)
    return after
