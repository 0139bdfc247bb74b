"""What must hold of places and of the people who have them: each promise says what breaks it."""

from collections import Counter
from collections.abc import Iterator, Mapping

from paidevents.access.tokens import Purpose
from paidevents.errors import InvalidValueError
from paidevents.lifecycle.all_machines import MACHINES
from paidevents.lifecycle.event import EventState
from paidevents.lifecycle.registration import RegistrationState, RegistrationTrigger
from paidevents.lifecycle.waiting_list import WaitingState
from paidevents.machine import Move
from paidevents.ports.dossier import Dossier
from paidevents.ports.obligation import Obligation
from paidevents.pricing.counters import Take
from paidevents.pricing.plan import Plan
from paidevents.registration.moving import claimed, is_late
from paidevents.registration.order import Order
from paidevents.registration.person import Attendee, form_refusals
from paidevents.registration.registration import Registration
from paidevents.registration.reserving import sale_refusals
from paidevents.registration.waiting import WaitingEntry
from paidevents.testing.evidence import Evidence
from paidevents.testing.log import Told, forgotten

# Counters of uses of promotions: these come back as each promotion says.
USES = ("promotion/", "first_purchase/")

_CONFIRMED = RegistrationState.CONFIRMED


def _places(evidence: Evidence) -> Iterator[str]:
    """P1."""
    for event, name, taken, limit in _counts(evidence):
        if not name.startswith(USES) and taken > limit:
            yield f"{event}: {taken} of {limit} at {name}"
    for event, listing in evidence.listings.items():
        capacity = listing.event.capacity
        people = sum(len(one.units) for dossier in evidence.of_event(event) for one in _holders(dossier))
        if capacity is not None and not listing.event.chooses_sessions and people > capacity:
            yield f"{event}: {people} places are confirmed of {capacity}"


def _links(evidence: Evidence) -> Iterator[str]:
    """P1, by what was sent."""
    good: Counter[str] = Counter()
    seen = set[str]()
    for letter in evidence.letters:
        dossier, link = evidence.dossiers.get(letter.order), letter.link(Purpose.JOIN)
        if dossier is None or not link or link in seen:
            continue
        seen.add(link)
        for one in _holders(dossier):
            pass_ = dossier.pass_of(one.id)
            if one.units and pass_ is not None and evidence.joining(pass_.id, pass_.generation) == link:
                good[letter.event] += len(one.units)
    for event, listing in evidence.listings.items():
        capacity = listing.event.capacity
        if capacity is not None and not listing.event.chooses_sessions and good[event] > capacity:
            yield f"{event}: {good[event]} good links for {capacity} places"


def _uses(evidence: Evidence) -> Iterator[str]:
    """P9."""
    for event, name, taken, limit in _counts(evidence):
        if name.startswith(USES) and taken > limit:
            yield f"{event}: {taken} of {limit} at {name}"


def _counts(evidence: Evidence) -> Iterator[tuple[str, str, int, int]]:
    """Every counter that has a limit: the event, its name, what is taken, and the limit."""
    for event in evidence.listings:
        wanted = _ever_wanted(evidence, event)
        limits: dict[str, int] = {}
        for take in wanted:
            if take.limit is not None:
                limits[take.counter] = min(limits.get(take.counter, take.limit), take.limit)
        taken = evidence.taken(event, wanted)
        for name, limit in limits.items():
            yield event, name, taken.get(name, 0), limit


def _ever_wanted(evidence: Evidence, event: str) -> list[Take]:
    """What any order of an event ever took, as it is kept or as somebody was told."""
    plan = evidence.plan(event)
    kept = [dossier.order for dossier in evidence.of_event(event)]
    orders = (*kept, *(one for one in evidence.log.orders if one.event == event))
    found = [take for order in orders for quote in order.quotes for take in plan.claims(quote)]
    found += [take for order in orders for take in claimed(order, order.registrations, plan)]
    return found + [take for order in orders if order.change is not None for take in order.change.takes]


def _counted(evidence: Evidence) -> Iterator[str]:
    """P2: what is taken is somebody's, so that all else can be bought."""
    for event in evidence.listings:
        plan, needed = evidence.plan(event), Counter[str]()
        for dossier in evidence.of_event(event):
            needed.update(_needed(dossier.order, plan))
        wanted = _ever_wanted(evidence, event)
        taken = evidence.taken(event, wanted)
        for name in sorted({take.counter for take in wanted}):
            is_wrong = (
                taken.get(name, 0) < needed[name] if name.startswith(USES) else taken.get(name, 0) != needed[name]
            )
            if is_wrong:
                yield f"{event}: {taken.get(name, 0)} are taken of {name}, and {needed[name]} are somebody’s"


def _needed(order: Order, plan: Plan) -> Mapping[str, int]:
    needed: Counter[str] = Counter()
    for take in claimed(order, order.active, plan, late=is_late(order)):
        needed[take.counter] += take.count
    for take in () if order.change is None else order.change.takes:
        needed[take.counter] += take.count
    return needed


def _histories(evidence: Evidence) -> Iterator[str]:
    """P10."""
    for listing in evidence.listings.values():
        yield from _replayed("event", listing.id, listing.history)
    for entry in evidence.entries:
        yield from _replayed("waiting_list", entry.id, entry.history)
    for dossier in evidence.dossiers.values():
        yield from _replayed("order", dossier.id, dossier.order.history)
        for name, things in (
            ("registration", dossier.order.registrations),
            ("payment", dossier.payments),
            ("refund", dossier.refunds),
        ):
            for one in things:
                yield from _replayed(name, one.id, one.history)


def _replayed(machine: str, id: str, history: tuple[Move, ...]) -> Iterator[str]:
    try:
        MACHINES[machine].replayed(history, id)
    except InvalidValueError as error:
        yield str(error)


def _remembered(evidence: Evidence) -> Iterator[str]:
    """What callers were told, by their log."""
    things: list[Told] = [*evidence.listings.values(), *evidence.entries]
    for dossier in evidence.dossiers.values():
        things += [dossier.order, *dossier.payments, *dossier.refunds]
    kept: dict[tuple[type[object], str], Told] = {(type(one), one.id): one for one in things}
    for (kind, id), told in evidence.log.things.items():
        yield from forgotten(told, kept.get((kind, id)))
    for letter in evidence.letters:
        if letter.order and letter.order not in evidence.dossiers:
            yield f"a letter is about {letter.order}, which is gone"


def _passes(evidence: Evidence) -> Iterator[str]:
    """P12: who has a place has a pass that is good; whoever has none any more has not."""
    for dossier in evidence.dossiers.values():
        disputed = any(till.is_disputed for till in evidence.tills(dossier))
        for one in dossier.order.registrations:
            pass_ = dossier.pass_of(one.id)
            if one.state is _CONFIRMED:
                if pass_ is None or pass_.revoked_at is not None:
                    yield f"{one.id} has a place and no pass"
                elif pass_.suspended_at is not None and not disputed:
                    yield f"{one.id} has a pass that is suspended, and no dispute is open"
            elif pass_ is not None and pass_.revoked_at is None:
                yield f"{one.id} has a pass and no place"


def _confirmed(evidence: Evidence) -> Iterator[str]:
    """Who has a place was sent a link that is good now."""
    links = {letter.link(Purpose.JOIN) for letter in evidence.letters}
    for dossier in evidence.dossiers.values():
        for one in _holders(dossier):
            pass_ = dossier.pass_of(one.id)
            knows = pass_ is None or evidence.joining(pass_.id, pass_.generation) in links
            if not knows and one.attendee is not None and pass_ is not None and pass_.suspended_at is None:
                yield f"{one.id} was never sent the link of their place"


def _let_go(evidence: Evidence) -> Iterator[str]:
    """Nothing is held beyond its time, and nothing is left to be done."""
    store, at = evidence.world.store, evidence.at
    for held in store.due(Dossier, at):
        yield f"{held.record.id} is held since {held.record.due_at}"
    for left in store.due(Obligation, at):
        yield f"{left.record.id} is still to be done: {left.record.task.value}"
    for offered in store.due(WaitingEntry, at):
        yield f"{offered.record.id} is offered a place since long"


def _called_off(evidence: Evidence) -> Iterator[str]:
    """P11: of an event that is cancelled nobody has a place, and of what was called off nothing is kept."""
    for event, listing in evidence.listings.items():
        if listing.state is not EventState.CANCELLED:
            continue
        for dossier in evidence.of_event(event):
            order = dossier.order
            if order.active:
                yield f"{order.id} has places in an event that is cancelled"
            paid = [one for one in order.registrations if one.is_settled]
            if paid and all(_was_called_off(one) for one in paid) and order.due:
                yield f"{order.id} keeps {order.due} of an event that is cancelled"


def _was_called_off(one: Registration) -> bool:
    """Whether the organizer took it back as it was bought: of one that was changed, a part may have been kept."""
    triggers = [move.trigger for move in one.history]
    was_changed = RegistrationTrigger.CHANGE.value in triggers
    return bool(triggers) and triggers[-1] == RegistrationTrigger.CALL_OFF.value and not was_changed


def _offered(evidence: Evidence) -> Iterator[str]:
    """P2: nobody waits for what is free."""
    first: dict[tuple[str, str], WaitingEntry] = {}
    for entry in sorted(evidence.entries, key=lambda one: (one.joined_at, one.id)):
        if entry.state is WaitingState.WAITING:
            first.setdefault((entry.event, entry.ticket), entry)
    for (event, ticket), entry in first.items():
        plan, person = evidence.plan(event), entry.person
        if person is None or sale_refusals(plan, evidence.listings[event].state):
            continue
        quote = plan.quote({ticket: 1}, at=evidence.at, taken=evidence.taken(event, _ever_wanted(evidence, event)))
        has_one = plan.event.policy.one_per_person
        if not (quote.refusals or has_one or form_refusals(plan.event.form, Attendee(person=person))):
            yield f"{entry.id} waits for a place of {ticket}, and one is free"


def _holders(dossier: Dossier) -> list[Registration]:
    return [one for one in dossier.order.registrations if one.state is _CONFIRMED]


# What must hold at every moment, and what must hold when nothing is left to be done.
PLACES = {
    "Of nothing more is taken than there is.": _places,
    "No more people can join with what they were sent than there are places.": _links,
    "No promotion is used more often than it may be.": _uses,
    "A history replays to its state.": _histories,
    "What somebody was told stays true, or is changed by a move that is kept.": _remembered,
}
QUIET_PLACES = {
    "What is taken is somebody’s, so that all else can be bought.": _counted,
    "Who has a place has a good pass, and nobody else has.": _passes,
    "Who has a place was sent a link that is good.": _confirmed,
    "Nothing is held beyond its time, and nothing is left to be done.": _let_go,
    "Of an event that is cancelled nobody has a place, and nothing of it is kept.": _called_off,
    "Nobody waits for what is free.": _offered,
}
