"""
What must hold of an order at every moment, whatever happened to it: a table of sentences.

A host's own tests ask it after every step, as ours do.

    broken_laws(order, plan, received=..., taken=...)  ->  the sentences that do not hold
"""

from collections import Counter
from collections.abc import Callable, Mapping

from attrs import frozen

from paidevents.catalog.decisions import LatePayment
from paidevents.lifecycle.order import ORDER, OrderState, OrderTrigger
from paidevents.lifecycle.registration import REGISTRATION, RegistrationState
from paidevents.money.amount import Money
from paidevents.pricing.plan import Plan
from paidevents.registration.moving import claimed, is_late
from paidevents.registration.order import Order

# Counters of uses of promotions: these come back as each promotion says.
_USES = ("promotion/", "first_purchase/")
_ENDED = (OrderState.EXPIRED, OrderState.CANCELLED)


@frozen
class Scene:
    """
    An order, and what is true around it.

    Attributes:
        order: As it is stored.
        plan: Of its event.
        received: What was received for it, less what was given back.
        taken: What it has taken and not given back, by counter.
    """

    order: Order
    plan: Plan
    received: Money
    taken: Mapping[str, int]


def _confirmed_is_paid(scene: Scene) -> bool:
    order = scene.order
    confirmed = [one for one in order.registrations if one.state is RegistrationState.CONFIRMED]
    if order.state is OrderState.PAID:
        return scene.received >= order.due
    return all(one.is_waived for one in confirmed)


def _ended_has_nobody(scene: Scene) -> bool:
    return (scene.order.state in _ENDED) <= (not scene.order.active)


def _paid_has_somebody(scene: Scene) -> bool:
    return (scene.order.state is OrderState.PAID) <= bool(scene.order.active)


def _kept_is_promised(scene: Scene) -> bool:
    order = scene.order
    if order.state is OrderState.EXPIRED and order.history[-1].trigger == OrderTrigger.PAY.value:
        # The organizer may be asked first; until then the money waits.
        return scene.received == order.due or scene.plan.event.policy.late_payments is LatePayment.REVIEW
    if order.state in _ENDED or (order.state is OrderState.PAID and order.change is None):
        return scene.received == order.due
    return True


def _due_is_no_debt(scene: Scene) -> bool:
    return scene.order.due.minor >= 0


def _taken_is_active(scene: Scene) -> bool:
    order = scene.order
    needed: Counter[str] = Counter()
    for take in claimed(order, order.active, scene.plan, late=is_late(order)):
        needed[take.counter] += 0 if take.counter.startswith(_USES) else take.count
    return order.change is not None or all(scene.taken.get(name, 0) == count for name, count in needed.items() if count)


def _nothing_stays_taken(scene: Scene) -> bool:
    seats = (count for counter, count in scene.taken.items() if not counter.startswith(_USES))
    return bool(scene.order.active) or not any(seats)


def _given_back_was_taken(scene: Scene) -> bool:
    return all(count >= 0 for count in scene.taken.values())


def _histories_replay(scene: Scene) -> bool:
    ORDER.replayed(scene.order.history, "history")
    for one in scene.order.registrations:
        REGISTRATION.replayed(one.history, "history")
    return True


LAWS: Mapping[str, Callable[[Scene], bool]] = {
    "Who is confirmed has paid, had nothing to pay, or was let off.": _confirmed_is_paid,
    "An order that has run out or is cancelled has nobody left.": _ended_has_nobody,
    "A paid order has somebody.": _paid_has_somebody,
    "What was received and not given back is what the order keeps.": _kept_is_promised,
    "Nobody is ever owed by their own order.": _due_is_no_debt,
    "What is somebody's place is taken, once.": _taken_is_active,
    "When nobody is left, no place stays taken.": _nothing_stays_taken,
    "Nothing is given back that was not taken.": _given_back_was_taken,
    "A history replays to its state.": _histories_replay,
}


def broken_laws(order: Order, plan: Plan, *, received: Money, taken: Mapping[str, int]) -> tuple[str, ...]:
    """
    The laws that do not hold of *order*; empty if all is well.

    Asked when what it owes was done: refunds that were decided are given, money in vain is back.

    Args:
        order: As it is stored.
        plan: Of its event.
        received: What was received for it, less what was given back.
        taken: What it has taken and not given back, by counter.
    """
    scene = Scene(order, plan, received, taken)
    return tuple(sentence for sentence, holds in LAWS.items() if not holds(scene))
