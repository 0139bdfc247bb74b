"""The waiting list: who joins, who is offered a place, and who takes it."""

from datetime import timedelta

from attrs import evolve

from paidevents.access.roles import Action, permit
from paidevents.access.tokens import TOKEN_NOT_VALID, Purpose, Token, verify
from paidevents.box_office.asking_store import Find, Get
from paidevents.box_office.asks import Flow, Key, NewId, Now, PlanOf, ask, flow, run
from paidevents.box_office.flows.expiring import attempt_expiry
from paidevents.box_office.flows.loading import event_of, kept, written
from paidevents.box_office.flows.performing import attempt
from paidevents.box_office.flows.selling import attendee_of, known_buyer, quoted
from paidevents.box_office.work import Work
from paidevents.catalog.listing import Listing
from paidevents.catalog.names import UNKNOWN_ID, identifier
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.checks import instance, text
from paidevents.errors import (
    ExhaustedError,
    InvalidValueError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
    SaleClosedError,
    StoreError,
)
from paidevents.lifecycle.event import EventState
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.waiting_list import WaitingState
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.ports.records import Stored, waiting_key
from paidevents.registration.hold import Hold
from paidevents.registration.order import Order
from paidevents.registration.person import Attendee, Person, form_refusals
from paidevents.registration.reserving import EVENT_NOT_ON_SALE, reserve
from paidevents.registration.waiting import WaitingEntry, next_in_line

# Offers made in one go; further ones are made by whoever reconciles.
MOST_OFFERS = 100


@flow
def join_list(event: str, ticket: str, person: Attendee | Person, *, locale: str = "en") -> Flow[WaitingEntry]:
    """
    Wait for a place. It reserves and prices nothing; who joins first is offered a place first.

    Args:
        event: Id of the event.
        ticket: Id of the ticket that is wanted.
        person: Who waits; with what the registration form asks for, if it asks for anything.
        locale: The language that they are written to in.

    Raises:
        NotFoundError: There is no such event.
        SaleClosedError: There will be no place any more.
        RefusedError: The registration form is not filled in.
        InvalidValueError: An unknown ticket, or an argument that cannot be.
    """
    listing = yield from event_of(event)
    wanted = identifier(ticket, "ticket")
    if all(one.id != wanted for one in listing.record.event.tickets):
        raise InvalidValueError("ticket", UNKNOWN_ID.given(id=wanted))
    if listing.record.state in (EventState.ENDED, EventState.CANCELLED):
        raise SaleClosedError((EVENT_NOT_ON_SALE,))
    who = attendee_of(person, "person")
    if refusals := form_refusals(listing.record.event.form, who):
        raise RefusedError(refusals)
    at = yield from ask(Now())
    new = yield from ask(NewId())
    entry = WaitingEntry(
        id=f"{at:%Y%m%dT%H%M%S%f}-{new}",
        event=event,
        ticket=wanted,
        person=who.person,
        joined_at=at,
        locale=locale,
        answers=who.answers,
        accepted=who.accepted,
    )
    yield from kept(entry)
    yield from offer_next(event)
    return entry


@flow
def leave_list(entry: str, *, by: Actor) -> Flow[WaitingEntry]:
    """
    No longer wait for a place; one that was offered goes to the next.

    Raises:
        NotAllowedError: Not theirs: whoever waits is helped by those who run the event, or by the host application.
        NotFoundError: There is no such entry.
        IllegalTransitionError: It is over already.
    """
    after = yield from run(_left(entry, by))
    if after.offer is not None:
        yield from attempt_expiry(after.offer.order)
    yield from offer_next(after.event)
    return after


@flow
def _left(id: str, by: Actor) -> Flow[WaitingEntry]:
    stored = yield from ask(Get(WaitingEntry, text(id, "entry")))
    listing = None if stored is None else (yield from ask(Get(Listing, stored.record.event)))
    owns = listing is not None and listing.record.is_run_by(by)
    permit(instance(by, "by", Actor), Action.DECIDE_ON_PARTICIPANTS, owns=owns)
    if stored is None:
        raise NotFoundError(id)
    at = yield from ask(Now())
    was_offered = stored.record.state is WaitingState.OFFERED
    _, entry = stored.record.left(at=at, by=by)
    replaces: tuple[Stored[WaitingEntry | Dossier], ...] = (Stored(entry, stored.version),)
    if was_offered and entry.offer is not None:
        held = yield from ask(Get(Dossier, entry.offer.order))
        if held is not None and held.record.order.state is OrderState.HELD:
            # Its hold ends now, and goes the way of every hold that has run out.
            order = held.record.order
            until = min(order.hold.until, max(at, order.hold.starts_at + timedelta.resolution))
            ended = Hold(starts_at=order.hold.starts_at, until=until, latest=order.hold.latest)
            replaces = (*replaces, Stored(evolve(held.record, order=evolve(order, hold=ended)), held.version))
    yield from kept(replaces=replaces)
    return entry


def _entry(id: str) -> Flow[Stored[WaitingEntry]]:
    stored = yield from ask(Get(WaitingEntry, text(id, "entry")))
    if stored is None:
        raise NotFoundError(id)
    return stored


@flow
def take_offer(entry: str, token: Token | str) -> Flow[Order]:
    """
    Take the place that was offered, with the personal link. It is held, and paid with `checkout`.

    Raises:
        NotAllowedError: The link is not valid, for whatever reason.
        IllegalTransitionError: The offer has ended.
        InvalidValueError: An argument of another kind.
    """
    stored = yield from ask(Get(WaitingEntry, text(entry, "entry")))
    key = yield from ask(Key())
    is_good = verify(key, Purpose.OFFER, entry, 0, token)
    if not is_good or stored is None or stored.record.offer is None:
        raise NotAllowedError((TOKEN_NOT_VALID,))
    held = yield from ask(Get(Dossier, stored.record.offer.order))
    assert held is not None, "an offer is committed with its order"
    if stored.record.state is not WaitingState.TAKEN:
        at = yield from ask(Now())
        _, taken = stored.record.taken(at=at)
        yield from kept(replaces=(Stored(taken, stored.version),))
    return held.record.order


def offer_next(event: str) -> Flow[bool]:
    """Offer whatever is free to those who wait for it, who joined first coming first; whether anybody was offered."""
    waiting = yield from ask(Find(WaitingEntry, "waiting_for", event, limit=1))
    if not waiting:
        return False
    listing = yield from event_of(event)
    any_made = False
    for ticket in listing.record.event.tickets:
        for _ in range(MOST_OFFERS):
            try:
                made = yield from run(_offered(event, ticket.id))
            except StoreError:
                return any_made
            if made is None:
                break
            any_made = True
            yield from attempt(made)
    return any_made


@flow
def _offered(event: str, ticket: str) -> Flow[str | None]:
    """
    Hold a place for whoever is next, and tell them.

    Returns:
        The id of what is to be told; None if nobody waits, or nothing is free.
    """
    found = yield from ask(Find(WaitingEntry, "waiting", waiting_key(event, ticket), limit=1))
    if not found:
        return None
    listing = yield from event_of(event)
    plan = yield from ask(PlanOf(listing.record))
    at = yield from ask(Now())
    (entry,) = next_in_line([found[0].record], ticket, 1)
    who = entry.attendee
    if who is None:
        _, left = entry.left(at=at, by=SYSTEM)
        yield from kept(replaces=(Stored(left, found[0].version),))
        return None
    known = known_buyer(plan, None, who.person)
    price = yield from quoted(listing, plan, {ticket: 1}, (), at, buyer=known)
    order = yield from ask(NewId())
    try:
        outcome = reserve(
            plan,
            price,
            id=order,
            buyer=who.person,
            attendees=(who,),
            at=at,
            state=listing.record.state,
        )
    except RefusedError:
        return None  # nothing is free, or it is not on sale just now
    _, offered = entry.offered(order, plan.event.policy, at=at)
    work = Work(listing, plan, dossier=_held_for(outcome.order, offered), at=at)
    work.decided(outcome)
    work.dossier = evolve(work.dossier, order=_held_for(work.order, offered).order)
    told = Obligation(
        id=f"{entry.id}/offer",
        task=Task.TELL,
        event=event,
        order=order,
        subject=entry.id,
        key=f"{entry.id}/offer",
        made_at=at,
        due_at=at,
        message=MessageKind.OFFER,
    )
    work.insert(told)
    work.replace(found[0], offered)
    try:
        yield from written(work)
    except ExhaustedError:
        return None  # somebody else was quicker
    return told.id


def _held_for(order: Order, entry: WaitingEntry) -> Dossier:
    """The order, held for as long as the offer is good."""
    offer, hold = entry.offer, order.hold
    assert offer is not None
    until = max(offer.until, hold.until)
    longer = Hold(starts_at=hold.starts_at, until=until, latest=max(hold.latest, until))
    return Dossier(order=evolve(order, hold=longer), locale=entry.locale)


@flow
def end_offer(entry: str) -> Flow[bool]:
    """
    Note that an offer has ended that nobody took; its place goes back as every hold does that has run out.

    Returns:
        Whether anything changed.

    Raises:
        NotFoundError: There is no such entry.
    """
    stored = yield from _entry(entry)
    at = yield from ask(Now())
    offer = stored.record.offer
    if stored.record.state is not WaitingState.OFFERED or offer is None or offer.until > at:
        return False
    held = yield from ask(Get(Dossier, offer.order))
    if held is not None and held.record.order.state is OrderState.PAID:
        # Paid for, with or without the link: it was taken when the order moved last, or at the last moment.
        moved_at = held.record.order.history[-1].at
        _, after = stored.record.taken(at=min(moved_at, offer.until - timedelta.resolution))
    else:
        _, after = stored.record.expired(at=at)
    yield from kept(replaces=(Stored(after, stored.version),))
    return True
