"""
How places are given up: by who has them, by the organizer, or because there will be no event.

What is given back is worked out once, in `paidevents.cancellation`; the preview
that a buyer sees is the same object as the refund.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from attrs import evolve

from paidevents.cancellation.due import CancellationDue, unit_window
from paidevents.catalog.cancellation import Cause
from paidevents.catalog.people import Actor
from paidevents.checks import instance
from paidevents.lifecycle.order import OrderState, OrderTrigger
from paidevents.lifecycle.registration import RegistrationFacts, RegistrationTrigger
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.pricing.plan import Plan
from paidevents.registration.moving import freed, meant_by, restored, together
from paidevents.registration.order import Order
from paidevents.registration.outcome import Outcome, outcome
from paidevents.registration.parts import Given, Repriced
from paidevents.registration.refunding import chosen_of, dues_of
from paidevents.registration.registration import Registration
from paidevents.registration.swapping import dropped

T = RegistrationTrigger


def cancelled(
    order: Order, plan: Plan, ids: Sequence[str] | None = None, *, at: datetime, by: Actor, share: Rate | None = None
) -> Outcome:
    """
    The attendee or the buyer wishes it. What is given back is what was promised when it was bought.

    Args:
        order: As it is stored.
        plan: Of the event.
        ids: Whose places; None for all that are left.
        at: The moment.
        by: Who cancels.
        share: The organizer's choice, where it is more than what was promised (GT-28).

    Raises:
        IllegalTransitionError: It is too late, or one of them has no place any more; all keep theirs.
        InvalidValueError: No attendee, an unknown one, or an argument that cannot be.
    """
    return _leave(order, plan, ids, T.CANCEL, cause=Cause.BUYER, at=at, by=by, share=share)


def called_off(order: Order, plan: Plan, ids: Sequence[str] | None = None, *, at: datetime, by: Actor) -> Outcome:
    """
    The organizer takes places back, or cancels the event: all that was paid for them is given back.

    Raises:
        IllegalTransitionError: One of them has no place any more; all keep theirs.
        InvalidValueError: No attendee, an unknown one, or an argument that cannot be.
    """
    return _leave(order, plan, ids, T.CALL_OFF, cause=Cause.ORGANIZER, at=at, by=by)


def refused(order: Order, plan: Plan, ids: Sequence[str] | None = None, *, at: datetime, by: Actor) -> Outcome:
    """
    The organizer refuses somebody, whatever was paid (CM-20): all of it is given back, never with claw-back.

    Raises:
        IllegalTransitionError: One of them has no place any more; all keep theirs.
        InvalidValueError: No attendee, an unknown one, or an argument that cannot be.
    """
    return _leave(order, plan, ids, T.REFUSE, cause=Cause.ORGANIZER, at=at, by=by)


def _leave(
    order: Order,
    plan: Plan,
    ids: Sequence[str] | None,
    trigger: RegistrationTrigger,
    *,
    cause: Cause,
    at: datetime,
    by: Actor,
    share: Rate | None = None,
) -> Outcome:
    chosen = chosen_of(order, ids)
    instance(plan, "plan", Plan)

    def seen(one: Registration) -> RegistrationFacts:
        return RegistrationFacts(is_in_time=cause is Cause.ORGANIZER or _in_time(order, one, plan, at))

    after, meant = together(order, chosen, trigger, seen, at=at, by=by)
    dues = dues_of(order, plan, chosen, cause=cause, at=at, share=share)
    given = tuple(Given(quote=number, refund=due.refund) for number, due in dues if due.refund.amount)
    gives = freed(order, after, plan, paid=order.state is OrderState.PAID)
    if after.change is not None and after.change.registration in {one.id for one in chosen}:
        after, takes = dropped(after)
        gives += takes
    after = _settled_up(order, after, chosen, dues, given)
    if not after.active:
        row, after = after.moved(OrderTrigger.CANCEL, after.facts(plan.event.policy, at, after.due), by)
        meant += meant_by(row)
        if not after.due and any(one.is_settled for one in order.registrations):
            gives += restored(order, plan)
    elif order.state is OrderState.HELD and after.asked == Money.zero(order.currency):
        # Who is left has nothing to pay: the organizer had confirmed them.
        row, after = after.moved(OrderTrigger.WAIVE, after.facts(plan.event.policy, at, after.asked), by)
        meant += meant_by(row)
    return outcome(after, meant, gives=gives, given=given)


def _settled_up(
    order: Order,
    after: Order,
    gone: Collection[Registration],
    dues: Iterable[tuple[int, CancellationDue]],
    given: tuple[Given, ...],
) -> Order:
    """The order with its kept places at their fresh price, and what is kept of the others."""
    for number, due in dues:
        if due.fresh is not None:
            units = after.units(number, after.active)
            position = {unit: new for new, unit in enumerate(units)}
            fresh = Repriced(quote=len(after.quotes), of=number, units=units, unpaid=due.unpaid)
            after = evolve(
                after,
                quotes=(*after.quotes, due.fresh),
                repriced=(*after.repriced, fresh),
                registrations=tuple(
                    evolve(one, quote=fresh.quote, units=tuple(position[unit] for unit in one.units))
                    if one.is_active and one.quote == number
                    else one
                    for one in after.registrations
                ),
            )
    stays = order.due - order.charge(one for one in gone if not one.is_settled)
    for one in given:
        stays -= one.refund.amount
    return evolve(after, given=(*order.given, *given), adjustment=stays - after.charge(after.active))


def _in_time(order: Order, registration: Registration, plan: Plan, at: datetime) -> bool:
    """Whether a place of it may still be cancelled, as was promised or as is allowed by now."""
    event = plan.event
    windows = [unit_window(event, order.quotes[registration.quote], unit) for unit in registration.units]
    return not windows or any(
        promised.is_open_at(at, window, event.zone)
        for promised in (order.cancellation, event.cancellation)
        for window in windows
    )
