"""
What concerns everybody of an event: done page by page, with the page noted after each.

However many people there are, no commit is long, and a crash half-way costs
one page done twice: what was done already changes nothing.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import groupby

from paidevents.access.recording import Recording, entitlement_refusals
from paidevents.box_office.asking_store import Find, Get, Taken
from paidevents.box_office.asks import Flow, Now, Recipe, ask, flow, run
from paidevents.box_office.flows.loading import finished, kept, work_on, written
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import Actor, Role
from paidevents.errors import (
    ExhaustedError,
    IllegalTransitionError,
    InvalidValueError,
    PaidEventsError,
    RefusedError,
)
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.registration import RegistrationState
from paidevents.lifecycle.waiting_list import WaitingState
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.ports.records import R, Stored
from paidevents.ports.store import MOST_WRITTEN
from paidevents.pricing.basket import Item
from paidevents.pricing.watching import watched
from paidevents.reason import Reason
from paidevents.registration.leaving import called_off
from paidevents.registration.order import Order
from paidevents.registration.registration import Registration
from paidevents.registration.requoting import requoted
from paidevents.registration.transferring import taken_without
from paidevents.registration.waiting import WaitingEntry

Claimed = Stored[Obligation]

A_PAGE = 50

_HAS_PLACE = (RegistrationState.CONFIRMED, RegistrationState.AWAITING_APPROVAL)


def _pages(
    claimed: Claimed, kind: type[R], page_of: Callable[[Claimed, tuple[Stored[R], ...]], Flow[Claimed]]
) -> Flow[PaidEventsError | None]:
    """Do *page_of* with everything of the event, page by page, and note that it is done."""
    while True:
        one = claimed.record
        found = yield from ask(Find(kind, "event", one.event, after=one.cursor, limit=A_PAGE))
        if not found:
            yield from run(finished(claimed))
            return None
        claimed = yield from page_of(claimed, found)


@flow
def _page_done(claimed: Claimed, cursor: str, *inserts: Obligation) -> Flow[Claimed]:
    """Commit that everything up to *cursor* is done, with what follows from it."""
    at = yield from ask(Now())
    further = claimed.record.on_page(cursor).claimed(at)
    yield from kept(*inserts, replaces=(Stored(further, claimed.version),))
    return Stored(further, claimed.version + 1)


def tell_all(claimed: Claimed) -> Flow[PaidEventsError | None]:
    """Tell everybody who has a place, of a session in it; of a recording, everybody whom it is for."""
    return (yield from _pages(claimed, Dossier, _told_page))


def _told_page(claimed: Claimed, page: tuple[Stored[Dossier], ...]) -> Flow[Claimed]:
    at = yield from ask(Now())
    one = claimed.record
    values = dict(one.values)
    listing = yield from ask(Get(Listing, one.event))
    recording = None if not one.subject else (yield from ask(Get(Recording, one.subject)))
    told, cursor = list[Obligation](), ""
    for stored in page:
        more = [
            _told(one, stored.record.id, registration.id, at)
            for registration in stored.record.order.registrations
            if registration.state in _HAS_PLACE
            and registration.attendee is not None
            and _is_in(values.get("session"), stored.record, registration)
            and (
                recording is None or listing is None or _is_for(recording.record, stored.record, registration, listing)
            )
        ]
        if len(told) + len(more) > MOST_WRITTEN:
            break  # no commit takes more, and of one order there are never so many: the others are told with the next
        told += more
        cursor = stored.record.id
    return (yield from run(_page_done(claimed, cursor, *told)))


def _told(one: Obligation, order: str, registration: str, at: datetime) -> Obligation:
    """What one person is told of what all are told."""
    id = f"{one.id}/{registration}"
    return Obligation(
        id=id,
        task=Task.TELL,
        event=one.event,
        order=order,
        subject=registration,
        key=id,
        made_at=at,
        due_at=at,
        message=one.message,
        values=(*one.values, *((("recording", one.subject),) if one.subject else ())),
    )


def _is_in(session: str | None, dossier: Dossier, one: Registration) -> bool:
    """Whether a place is for that session; None for whatever it is for."""
    pass_ = dossier.pass_of(one.id)
    return session is None or (pass_ is not None and pass_.is_for(session))


def _is_for(recording: Recording, dossier: Dossier, one: Registration, listing: Stored[Listing]) -> bool:
    pass_ = dossier.pass_of(one.id)
    return pass_ is not None and not entitlement_refusals(recording, pass_, listing.record.event)


def call_off(claimed: Claimed) -> Flow[PaidEventsError | None]:
    """Call off every order of an event: who has a place is told, and what was paid is given back or owed."""
    return (yield from _pages(claimed, Dossier, partial(_each_of_page, call_off_one)))


def requote(claimed: Claimed) -> Flow[PaidEventsError | None]:
    """Let everybody who holds places have them for nothing (GT-06, GT-11)."""
    return (yield from _pages(claimed, Dossier, partial(_each_of_page, requote_one)))


def _each_of_page(
    each: Callable[[str, Actor], Recipe[None]], claimed: Claimed, page: tuple[Stored[Dossier], ...]
) -> Flow[Claimed]:
    """Each order by itself: one that something is wrong with stops no other, and a person is told of it."""
    left = list[Obligation]()
    for stored in page:
        try:
            yield from run(each(stored.record.id, _actor(claimed.record)))
        except (RefusedError, IllegalTransitionError, InvalidValueError) as error:
            at = yield from ask(Now())
            left.append(stuck(claimed.record, stored.record.id, error.reasons[0], at))
    return (yield from run(_page_done(claimed, page[-1].record.id, *left)))


def stuck(one: Obligation, order: str, why: Reason, at: datetime) -> Obligation:
    """That the organizer is to be told that something is not done by itself: of one order, or of the event."""
    id = f"{one.id}/stuck" if order == one.order else f"{one.id}/{order}/stuck"
    return Obligation(
        id=id,
        task=Task.TELL,
        event=one.event,
        order=order,
        key=id,
        made_at=at,
        due_at=at,
        message=MessageKind.TASK_STUCK,
        values=(("task", one.task.value), ("why", why.code)),
    )


def close_list(claimed: Claimed) -> Flow[PaidEventsError | None]:
    """Tell everybody who waits that there will be no place."""
    return (yield from _pages(claimed, WaitingEntry, _closed_page))


def _closed_page(claimed: Claimed, page: tuple[Stored[WaitingEntry], ...]) -> Flow[Claimed]:
    for stored in page:
        yield from run(_closed(stored.record.id))
    return (yield from run(_page_done(claimed, page[-1].record.id)))


def _actor(one: Obligation) -> Actor:
    """Who decided it, as it was noted."""
    role, _, id = dict(one.values)["by"].partition(":")
    return Actor(Role(role), id)


@flow
def call_off_one(order: str, by: Actor) -> Flow[None]:
    """Call off one order, if anything of it is left."""
    work = yield from work_on(order)
    work.by = by
    if work.order.active:
        work.decided(called_off(work.order, work.plan, at=work.at, by=by))
        yield from written(work)


@flow
def requote_one(order: str, by: Actor) -> Flow[None]:
    """Let one order that is held have its places for nothing; one that cannot be keeps what was agreed."""
    work = yield from work_on(order)
    work.by = by
    held = work.order
    if held.state is not OrderState.HELD or any(one.is_settled for one in held.registrations) or not held.asked:
        return
    taken = yield from ask(Taken(held.event, watched(work.plan.event, (), ())))
    for one in held.active:
        taken = taken_without(held, work.plan, one.id, taken)
    quote = work.plan.quote(_items(held), at=work.at, taken=taken)
    if quote.charged or quote.refusals:
        return
    work.decided(requoted(held, work.plan, quote, at=work.at, by=by))
    try:
        yield from written(work)
    except ExhaustedError:
        return  # somebody else was quicker


def _items(order: Order) -> list[Item]:
    """What an order holds, place by place in its order, as a basket."""
    held = sorted((one.quote, unit) for one in order.active for unit in one.units)
    places = [order.quotes[number].record.places[unit] for number, unit in held]
    goods = groupby((ticket, session) for ticket, _, session in places)
    return [Item(ticket, len(list(same)), (session,) if session else ()) for (ticket, session), same in goods]


@flow
def _closed(id: str) -> Flow[None]:
    stored = yield from ask(Get(WaitingEntry, id))
    at = yield from ask(Now())
    if stored is None or stored.record.state not in (WaitingState.WAITING, WaitingState.OFFERED):
        return
    _, entry = stored.record.closed(at=at)
    told = Obligation(
        id=f"{id}/closed",
        task=Task.TELL,
        event=entry.event,
        subject=id,
        key=f"{id}/closed",
        made_at=at,
        due_at=at,
        message=MessageKind.LIST_CLOSED,
    )
    yield from kept(told, replaces=(Stored(entry, stored.version),))
