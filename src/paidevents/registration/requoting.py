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
        quote: The same places in the same order, priced anew; nothing is to be paid for them.
        at: The moment.
        by: Who did it.

    Raises:
        RefusedError: The quote refuses them.
        IllegalTransitionError: The order is not held.
        InvalidValueError: Not the same places in the same order, something is to be paid, or an argument cannot be.
    """
    fresh = orderable(quote)
    held = sorted((one.quote, unit) for one in instance(order, "order", Order).active for unit in one.units)
    same = [order.quotes[number].record.places[unit] for number, unit in held]
    if [_good(place) for place in same] != [_good(place) for place in fresh.record.places] or fresh.charged:
        raise InvalidValueError("quote", NOT_THE_SAME_PLACES)
    number = len(order.quotes)
    position = {place: new for new, place in enumerate(held)}
    moved = evolve(
        order,
        quotes=(*order.quotes, fresh),
        registrations=tuple(
            evolve(one, quote=number, units=tuple(position[one.quote, unit] for unit in one.units))
            if one.is_active
            else one
            for one in order.registrations
        ),
    )
    settled = paid(moved, plan, received=moved.due, at=at, by=by)
    takes, gives = claimed(moved, moved.active, plan), claimed(order, order.active, plan)
    return outcome(settled.order, settled.meant, takes=takes, gives=gives)


def _good(place: tuple[str, str, str]) -> tuple[str, str]:
    """The ticket and the session of a place, whatever its tier."""
    ticket, _, session = place
    return ticket, session
