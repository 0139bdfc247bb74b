"""What becomes of held places: paid, in time or late; kept longer; let go; lost with their payment."""

from datetime import datetime

from attrs import evolve

from paidevents.catalog.decisions import Approval
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.checks import instance
from paidevents.errors import IllegalTransitionError
from paidevents.lifecycle.order import OrderEffect, OrderFacts, OrderState, OrderTrigger
from paidevents.lifecycle.registration import RegistrationFacts, RegistrationState, RegistrationTrigger
from paidevents.money.amount import Money
from paidevents.pricing.plan import Plan
from paidevents.reason import Reason
from paidevents.registration.hold import Hold
from paidevents.registration.moving import claimed, freed, meant_by, together
from paidevents.registration.order import Order
from paidevents.registration.outcome import Meant, Outcome, outcome
from paidevents.registration.registration import Registration
from paidevents.registration.swapping import applied, dropped

NOTHING_CAME_LATE = Reason("nothing_came_late", "Nothing came that could be taken.")

_UNSETTLED = (RegistrationState.RESERVED, RegistrationState.AWAITING_APPROVAL)


def paid(
    order: Order, plan: Plan, *, received: Money, at: datetime, by: Actor = SYSTEM, has_room: bool = True
) -> Outcome:
    """
    Money has come in for *order*, or there is none to come.

    In time, the places are settled. After the hold ran out, the event's policy
    says whether they are taken again, whether the organizer decides, or whether
    the money goes back. A change of ticket is made once its difference is paid.

    Args:
        order: As it is stored.
        plan: Of the event.
        received: In all for the order, less what was given back; the new money included.
        at: The moment.
        by: Who saw it.
        has_room: The places of an order that has run out can be taken again.

    Raises:
        IllegalTransitionError: Not all has come, or nothing was to come.
        InvalidValueError: An argument that cannot be.
        CurrencyMismatchError: *received* is in another currency.
    """
    policy = instance(plan, "plan", Plan).event.policy
    facts = instance(order, "order", Order).facts(policy, at, received, has_room=has_room)
    return _taken(order, plan, OrderTrigger.PAY, facts=facts, received=received, at=at, by=by)


def honoured(order: Order, plan: Plan, *, received: Money, at: datetime, by: Actor, has_room: bool) -> Outcome:
    """
    The organizer takes what came late; what is missing of the price is forgiven.

    Raises:
        IllegalTransitionError: There is no room, or nothing came late.
        InvalidValueError: An argument that cannot be.
        CurrencyMismatchError: *received* is in another currency.
    """
    policy = instance(plan, "plan", Plan).event.policy
    facts = instance(order, "order", Order).facts(policy, at, received, has_room=has_room)
    if order.state is OrderState.EXPIRED and received <= order.due:
        raise IllegalTransitionError("order", order.state.value, OrderTrigger.HONOUR.value, (NOTHING_CAME_LATE,))
    taken = _taken(order, plan, OrderTrigger.HONOUR, facts=facts, received=received, at=at, by=by)
    forgiven = max(taken.order.due - received, Money.zero(order.currency))
    after = evolve(taken.order, adjustment=taken.order.adjustment - forgiven)
    return evolve(taken, order=after, forgiven=forgiven)


def declined(order: Order, plan: Plan, *, received: Money, at: datetime, by: Actor) -> Outcome:
    """
    The organizer gives back what came late.

    Raises:
        IllegalTransitionError: The order has not run out.
        InvalidValueError: An argument that cannot be.
    """
    policy = instance(plan, "plan", Plan).event.policy
    facts = instance(order, "order", Order).facts(policy, at, received)
    return _taken(order, plan, OrderTrigger.DECLINE, facts=facts, received=received, at=at, by=by)


def authorized(order: Order, plan: Plan, *, until: datetime, at: datetime, by: Actor = SYSTEM) -> Outcome:
    """
    The money is set aside, and the organizer decides until then.

    Args:
        order: Held.
        plan: Of the event.
        until: The end of the time to decide: the organizer's own, or the provider's if that is sooner.
        at: The moment.
        by: Who saw it.

    Raises:
        IllegalTransitionError: The order is not held.
        InvalidValueError: An argument that cannot be.
    """
    nothing = Money.zero(instance(order, "order", Order).currency)
    facts = order.facts(instance(plan, "plan", Plan).event.policy, at, nothing)
    row, moved = order.moved(OrderTrigger.AUTHORIZE, facts, by)
    hold = Hold(starts_at=order.hold.starts_at, until=until, latest=max(order.hold.latest, until))
    waiting = [one for one in order.registrations if one.state is RegistrationState.RESERVED]
    after, meant = together(
        moved, waiting, RegistrationTrigger.AUTHORIZE, RegistrationFacts(needs_approval=True), at=at, by=by
    )
    return outcome(evolve(after, hold=hold), [*meant_by(row), *meant])


def extended(order: Order, plan: Plan, *, until: datetime, at: datetime, by: Actor = SYSTEM) -> Outcome:
    """
    Hold the places, or those of a change, until then at least.

    Raises:
        IllegalTransitionError: Nothing is held any more, or it cannot be held that long.
        InvalidValueError: An argument that cannot be.
    """
    nothing = Money.zero(instance(order, "order", Order).currency)
    hold = order.hold if order.change is None else order.change.hold
    facts = order.facts(instance(plan, "plan", Plan).event.policy, at, nothing)
    row, moved = order.moved(OrderTrigger.EXTEND, evolve(facts, hold_can_last=hold.reaches(until)), by)
    longer = hold.extended(until)
    if moved.change is None:
        return outcome(evolve(moved, hold=longer), meant_by(row))
    return outcome(evolve(moved, change=evolve(moved.change, hold=longer)), meant_by(row))


def expired(order: Order, plan: Plan, *, at: datetime, by: Actor = SYSTEM) -> Outcome:
    """
    The hold has run out: what is not settled goes back; of a change, only the change.

    Raises:
        IllegalTransitionError: It has not, or nothing is held.
        InvalidValueError: An argument that cannot be.
    """
    nothing = Money.zero(instance(order, "order", Order).currency)
    facts = order.facts(instance(plan, "plan", Plan).event.policy, at, nothing)
    row, moved = order.moved(OrderTrigger.EXPIRE, facts, by)
    meant = meant_by(row)
    if OrderEffect.DROP_CHANGE in row.then:
        after, gives = dropped(moved)
        return outcome(after, meant, gives=gives)
    return _let_go(order, moved, plan, meant, at=at, by=by)


def payment_lost(order: Order, plan: Plan, *, received: Money, at: datetime, by: Actor = SYSTEM) -> Outcome:
    """
    A payment failed after it had succeeded, or was lost in a dispute.

    The places that it paid for are gone; those that what is left pays for, and
    those that nobody had to pay for, stay. The latest change is the first to go.
    What is left and pays for none of them goes back.

    Args:
        order: Authorized or paid.
        plan: Of the event.
        received: What is left in all, less what was given back.
        at: The moment.
        by: Who saw it.

    Raises:
        IllegalTransitionError: No money of it can be lost.
        InvalidValueError: An argument that cannot be.
    """
    facts = instance(order, "order", Order).facts(instance(plan, "plan", Plan).event.policy, at, received)
    lost = _unpaid_by(order, received)
    stays = [one for one in order.active if one not in lost]
    row, moved = order.moved(OrderTrigger.LOSE_PAYMENT, evolve(facts, keeps_places=bool(stays)), by)
    meant = meant_by(row)
    if OrderEffect.LAPSE_REGISTRATIONS in row.then:
        return _let_go(order, moved, plan, meant, at=at, by=by)
    after, more = together(moved, lost, RegistrationTrigger.LOSE_PAYMENT, RegistrationFacts(), at=at, by=by)
    gives = freed(order, after, plan, paid=True)
    if after.change is not None:
        after, dropped_takes = dropped(after)
        gives += dropped_takes
    # What was kept of places that are gone, or given back of these, was of the money that is lost.
    kept = min(max(after.due, Money.zero(after.currency)), received)
    after = evolve(after, adjustment=kept - after.charge(after.active))
    return outcome(after, meant + more, gives=gives, in_vain=received - kept)


def _taken(
    order: Order, plan: Plan, trigger: OrderTrigger, *, facts: OrderFacts, received: Money, at: datetime, by: Actor
) -> Outcome:
    row, moved = order.moved(trigger, facts, by)
    meant = meant_by(row)
    if OrderEffect.APPLY_CHANGE in row.then:
        after, gives, more = applied(moved, plan, at=at, by=by)
        return outcome(after, meant + more, gives=gives, in_vain=_beyond(after, received))
    if OrderEffect.SETTLE_REGISTRATIONS not in row.then:
        goes_back = OrderEffect.REFUND_IN_FULL in row.then
        return outcome(moved, meant, in_vain=_beyond(moved, received) if goes_back else None)
    again = OrderEffect.RETAKE_PLACES in row.then
    states = (RegistrationState.LAPSED,) if again else _UNSETTLED
    settled = [one for one in order.registrations if one.state in states]
    manual = plan.event.policy.approval is Approval.MANUAL

    after, more = together(
        moved,
        settled,
        RegistrationTrigger.SETTLE,
        lambda one: RegistrationFacts(needs_approval=manual and bool(one.units)),
        at=at,
        by=by,
    )
    takes = claimed(order, settled, plan, late=True) if again else ()
    return outcome(after, meant + more, takes=takes, in_vain=_beyond(after, received))


def _beyond(order: Order, received: Money) -> Money:
    """What came and is not due."""
    return max(received - order.due, Money.zero(order.currency))


def _let_go(order: Order, moved: Order, plan: Plan, meant: list[Meant], *, at: datetime, by: Actor) -> Outcome:
    """What is not settled goes back."""
    unsettled = [one for one in order.registrations if one.state in _UNSETTLED]
    after, more = together(moved, unsettled, RegistrationTrigger.LAPSE, RegistrationFacts(), at=at, by=by)
    return outcome(after, meant + more, gives=freed(order, after, plan, paid=False))


def _unpaid_by(order: Order, received: Money) -> list[Registration]:
    """The attendees whose places *received* does not pay for, the latest first to go."""
    latest = sorted(
        (one for one in order.active if order.charge([one])),
        key=lambda one: one.quote,
        reverse=True,
    )
    lost: list[Registration] = []
    missing = order.due - received
    for one in latest:
        if missing.minor > 0:
            lost.append(one)
            missing -= order.charge([one])
    return lost
