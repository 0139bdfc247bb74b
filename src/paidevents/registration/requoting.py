"""Another price for places that are held: that of a moment in which nothing is charged."""

from datetime import datetime

from attrs import evolve

from paidevents.catalog.people import SYSTEM, Actor
from paidevents.checks import instance
from paidevents.errors import InvalidValueError
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.reason import Reason
from paidevents.registration.moving import claimed
from paidevents.registration.order import Order
from paidevents.registration.orderable import orderable
from paidevents.registration.outcome import Outcome, outcome
from paidevents.registration.settling import paid

NOT_THE_SAME_PLACES = Reason("not_the_same_places", "It has to price the same places, at nothing.")


def requoted(order: Order, plan: Plan, quote: Quote, *, at: datetime, by: Actor = SYSTEM) -> Outcome:
    """
    Give the unpaid places of a held order another price: that of a moment in which nothing is charged.

    For an event whose payment was switched off, or whose account is gone (GT-06,
    GT-11): who holds places then has them for nothing.

    Args:
        order: Held, and all of it unpaid.
        plan: Of the event as it is now.
        quote: The same places, priced anew; nothing is to be paid for them.
        at: The moment.
        by: Who did it.

    Raises:
        RefusedError: The quote refuses them.
        IllegalTransitionError: The order is not held.
        InvalidValueError: Not the same number of places, something is to be paid, or an argument cannot be.
    """
    count = sum(len(one.units) for one in instance(order, "order", Order).active)
    fresh = orderable(quote)
    if len(fresh.charges) != count or fresh.charged:
        raise InvalidValueError("quote", NOT_THE_SAME_PLACES)
    units = iter(range(count))
    number = len(order.quotes)
    moved = evolve(
        order,
        quotes=(*order.quotes, fresh),
        registrations=tuple(
            evolve(one, quote=number, units=tuple(next(units) for _ in one.units)) if one.is_active else one
            for one in order.registrations
        ),
    )
    settled = paid(moved, plan, received=moved.due, at=at, by=by)
    takes, gives = claimed(moved, moved.active, plan), claimed(order, order.active, plan)
    return outcome(settled.order, settled.meant, takes=takes, gives=gives)
