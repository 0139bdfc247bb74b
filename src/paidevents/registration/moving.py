"""How registrations move together, and what comes back when some of them go."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from attrs import evolve

from paidevents.catalog.people import Actor
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.registration import RegistrationFacts, RegistrationTrigger
from paidevents.pricing.counters import Take
from paidevents.pricing.plan import Plan
from paidevents.registration.counters import person_takes
from paidevents.registration.order import Order, OrderRow
from paidevents.registration.outcome import Meant
from paidevents.registration.registration import Registration


def meant_by(row: OrderRow) -> list[Meant]:
    """What a row of the order's table means."""
    return [Meant(effect) for effect in row.then]


def together(
    order: Order,
    registrations: Iterable[Registration],
    trigger: RegistrationTrigger,
    facts: RegistrationFacts | Callable[[Registration], RegistrationFacts],
    *,
    at: datetime,
    by: Actor,
) -> tuple[Order, list[Meant]]:
    """
    The order after *trigger* was fired for some of its attendees, and what that means. All of them move, or none.

    Raises:
        IllegalTransitionError: One of them cannot.
    """
    moved: dict[str, Registration] = {}
    meant: list[Meant] = []
    for one in registrations:
        row, after = one.moved(trigger, facts(one) if callable(facts) else facts, at=at, by=by)
        moved[one.id] = after
        meant += [Meant(effect, one.id) for effect in row.then]
    return evolve(order, registrations=tuple(moved.get(one.id, one) for one in order.registrations)), meant


def freed(order: Order, after: Order, plan: Plan, *, paid: bool) -> list[Take]:
    """
    What comes back of the places that are active in *order* and no longer in *after*.

    Args:
        order: Before.
        after: The same order later, with the same quotes.
        plan: Of the event.
        paid: They had been paid, so that uses of promotions come back as these say.
    """
    was_late = is_late(order)
    gone = [one for one in order.active if not after.registration(one.id).is_active]
    gives = person_takes(gone, plan.event.policy)
    for number, quote in enumerate(order.quotes):
        before, keep = order.taken_units(number, order.active), after.taken_units(number, after.active)
        if set(before) - set(keep):
            gives += plan.releases(quote, before, keep, paid=paid, late=was_late)
    return gives


def restored(order: Order, plan: Plan) -> list[Take]:
    """The uses of promotions that come back when an order is given back whole."""
    if is_late(order):
        return []
    settled = [one for one in order.registrations if one.is_settled and not one.is_waived]
    return [
        take
        for number, quote in enumerate(order.quotes)
        for take in plan.restored(quote, order.taken_units(number, settled))
    ]


def claimed(order: Order, registrations: Collection[Registration], plan: Plan, *, late: bool = False) -> list[Take]:
    """What some attendees take: their places, and each person's one."""
    return person_takes(registrations, plan.event.policy) + placed(order, registrations, plan, late=late)


def placed(order: Order, registrations: Collection[Registration], plan: Plan, *, late: bool = False) -> list[Take]:
    """What the places of some attendees take."""
    units = [(quote, order.taken_units(number, registrations)) for number, quote in enumerate(order.quotes)]
    return [take for quote, some in units if some for take in plan.claims(quote, some, late=late)]


def is_late(order: Order) -> bool:
    """Whether it was honoured after its hold had run out: then it takes no tier, and no use of a promotion."""
    return any(move.state == OrderState.EXPIRED.value for move in order.history)
