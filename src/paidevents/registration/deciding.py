"""What is done by hand: confirming people, giving money back out of goodwill, confirming once more, forgetting."""

from collections.abc import Sequence
from datetime import datetime

from attrs import evolve

from paidevents.catalog.people import Actor
from paidevents.checks import instance, integer, of_kind, several
from paidevents.errors import RefundRefusedError
from paidevents.lifecycle.order import OrderState, OrderTrigger
from paidevents.lifecycle.registration import RegistrationFacts, RegistrationState, RegistrationTrigger
from paidevents.money.amount import Money
from paidevents.pricing.plan import Plan
from paidevents.pricing.refunds import REFUND_EXCEEDS_PAID, refund_of_amount
from paidevents.registration.counters import person_takes
from paidevents.registration.moving import meant_by, together
from paidevents.registration.order import Order
from paidevents.registration.outcome import Outcome, outcome
from paidevents.registration.parts import Given
from paidevents.registration.registration import Registration


def approved(
    order: Order, plan: Plan, ids: Sequence[str] | None = None, *, received: Money, at: datetime, by: Actor
) -> Outcome:
    """
    The organizer lets people in, whatever was paid: what is unpaid is waived (CM-20, GT-22).

    Where the money is only set aside, the whole order is approved, and it is
    taken first; the places are settled when it has come.

    Args:
        order: As it is stored.
        plan: Of the event.
        ids: Whose places; None for all that wait for it.
        received: For the order in all, less what was given back.
        at: The moment.
        by: Who lets them in; it is recorded.

    Raises:
        IllegalTransitionError: One of them cannot be let in; nobody is.
        InvalidValueError: An unknown attendee, or an argument that cannot be.
    """
    policy = instance(plan, "plan", Plan).event.policy
    if instance(order, "order", Order).state is OrderState.AUTHORIZED:
        row, moved = order.moved(OrderTrigger.APPROVE, order.facts(policy, at, received), by)
        return outcome(moved, meant_by(row))
    waiting = (RegistrationState.RESERVED, RegistrationState.AWAITING_APPROVAL)
    chosen = (
        [one for one in order.registrations if one.state in waiting]
        if ids is None
        else [order.registration(id) for id in dict.fromkeys(several(of_kind(str))(ids, "ids"))]
    )
    facts = RegistrationFacts(is_paid=order.state is OrderState.PAID)
    after, meant = together(order, chosen, RegistrationTrigger.APPROVE, facts, at=at, by=by)
    if order.state is OrderState.HELD and after.asked <= received:
        row, after = after.moved(OrderTrigger.WAIVE, after.facts(policy, at, received), by)
        meant += meant_by(row)
    return outcome(after, meant, forgiven=order.due - after.due)


def given_back(order: Order, amount: Money, *, received: Money, quote: int = 0) -> Outcome:
    """
    The organizer gives some of the money back, and nobody loses a place: goodwill, or a refund seen at the provider.

    Args:
        order: As it is stored.
        amount: How much.
        received: For the order in all, less what was given back.
        quote: For the paid places of which of its quotes.

    Raises:
        RefundRefusedError: It is more than what is left.
        InvalidValueError: An argument that cannot be.
        CurrencyMismatchError: *amount* is in another currency.
    """
    number = integer(quote, "quote", 0, len(instance(order, "order", Order).quotes) - 1)
    units = order.units(number, _paid_for(order))
    if not units:
        raise RefundRefusedError((REFUND_EXCEEDS_PAID.given(left=Money.zero(order.currency)),))
    refund = refund_of_amount(order.quotes[number], amount, units=units, before=order.refunds_of(number))
    left = min(instance(received, "received", Money), order.due)
    if refund.amount > left:
        raise RefundRefusedError((REFUND_EXCEEDS_PAID.given(left=left),))
    given = Given(quote=number, refund=refund)
    after = evolve(order, given=(*order.given, given), adjustment=order.adjustment - refund.amount)
    return outcome(after, (), given=(given,))


def _paid_for(order: Order) -> list[Registration]:
    """
    Whose places still have what was paid for them.

    What was lost has nothing. What is left of places that were given up pays for the others, where these were
    priced anew.
    """
    priced_anew = {one.of for one in order.repriced}
    settled = [one for one in order.registrations if one.is_settled and not (one.is_waived or one.is_lost)]
    return [one for one in settled if one.is_active or one.quote not in priced_anew]


def resent(order: Order, id: str, *, at: datetime, by: Actor) -> Outcome:
    """
    Have the confirmation of one attendee sent again (CM-16, GT-24).

    Raises:
        IllegalTransitionError: There is nothing to confirm.
        InvalidValueError: An unknown attendee, or an argument that cannot be.
    """
    one = instance(order, "order", Order).registration(id)
    return outcome(*together(order, [one], RegistrationTrigger.RESEND, RegistrationFacts(), at=at, by=by))


def erased(order: Order, plan: Plan) -> Outcome:
    """
    Forget the people of an order. What was paid and done stays, in amounts and ids.

    Raises:
        InvalidValueError: An argument of another kind.
    """
    policy = instance(plan, "plan", Plan).event.policy
    return outcome(instance(order, "order", Order).erased(), (), gives=person_takes(order.active, policy))
