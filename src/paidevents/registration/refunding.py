"""What is given back when places are given up: worked out once, for the preview and for the refund."""

from collections.abc import Sequence
from datetime import datetime

from paidevents.cancellation.due import CancellationDue, cancellation_due
from paidevents.catalog.cancellation import Cause
from paidevents.checks import instance, of_kind, optional, several
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.pricing.plan import Plan
from paidevents.reason import Reason
from paidevents.registration.order import Order
from paidevents.registration.registration import Registration

CHOOSE_WHO_LEAVES = Reason("choose_who_leaves", "Choose whose places are given up.")


def refund_preview(
    order: Order,
    plan: Plan,
    ids: Sequence[str] | None = None,
    *,
    at: datetime,
    cause: Cause = Cause.BUYER,
    share: Rate | None = None,
) -> tuple[CancellationDue, ...]:
    """
    What would be given back if some attendees gave up their places: the same objects as when they do.

    Args:
        order: As it is stored.
        plan: Of the event.
        ids: Whose places; None for all that are left.
        at: The moment.
        cause: Whose wish or fault it is.
        share: The organizer's choice, where it is more than what was promised.

    Returns:
        One for each quote in which one of them has places that were paid.

    Raises:
        InvalidValueError: No attendee, an unknown one, or an argument that cannot be.
    """
    instance(plan, "plan", Plan)
    return tuple(due for _, due in dues_of(order, plan, chosen_of(order, ids), cause=cause, at=at, share=share))


def dues_of(
    order: Order, plan: Plan, gone: Sequence[Registration], *, cause: Cause, at: datetime, share: Rate | None
) -> list[tuple[int, CancellationDue]]:
    """What is due for places that were paid, by quote."""
    instance(cause, "cause", Cause)
    optional(of_kind(Rate))(share, "share")
    paid = [one for one in gone if one.is_settled and not one.is_waived]
    stays = [one for one in order.active if one not in gone]
    # What there is money for: earlier places may have been given up for more than these cost.
    left = order.due - _still_paid_for(order, [one for one in order.active if not (one in gone and one.is_settled)])
    dues = []
    for number, quote in enumerate(order.quotes):
        units = order.units(number, paid)
        if units:
            due = cancellation_due(
                plan,
                quote,
                units,
                keep=order.units(number, stays),
                promised=(order.cancellation, plan.event.cancellation),
                cause=cause,
                at=at,
                before=order.refunds_of(number),
                share=share,
                most=max(left, Money.zero(left.currency)),
            )
            left -= due.refund.amount
            dues.append((number, due))
    return dues


def _still_paid_for(order: Order, stays: Sequence[Registration]) -> Money:
    """What the places of those who stay cost, less what was given back of them already."""
    paying = [one for one in stays if not one.is_waived]
    given = Money.zero(order.currency)
    for number in range(len(order.quotes)):
        units = order.units(number, paying)
        for refund in order.refunds_of(number):
            given += refund.order_fee
            given += sum((one.amount for one in refund.units if one.unit in units), Money.zero(order.currency))
    return max(order.charge(paying) - given, Money.zero(order.currency))


def chosen_of(order: Order, ids: Sequence[str] | None) -> tuple[Registration, ...]:
    """
    The attendees with these ids; None for all that are left.

    Raises:
        InvalidValueError: None, or one that the order has not.
    """
    if ids is None:
        chosen = instance(order, "order", Order).active
    else:
        names = several(of_kind(str))(ids, "ids")
        chosen = tuple(instance(order, "order", Order).registration(id) for id in dict.fromkeys(names))
    if not chosen:
        raise InvalidValueError("ids", CHOOSE_WHO_LEAVES)
    return chosen
