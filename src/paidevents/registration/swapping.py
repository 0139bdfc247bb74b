"""Other places instead of those that somebody has: what is taken, what comes back, and when."""

from collections.abc import Iterable
from datetime import datetime

from attrs import evolve

from paidevents.catalog.people import Actor
from paidevents.lifecycle.registration import RegistrationFacts, RegistrationTrigger
from paidevents.pricing.counters import Take
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.registration.moving import is_late, placed, together
from paidevents.registration.order import Order
from paidevents.registration.outcome import Meant, netted
from paidevents.registration.parts import Change
from paidevents.registration.registration import Registration


def swap(
    order: Order, registration: Registration, quote: Quote, plan: Plan, taken: Iterable[Take] = ()
) -> tuple[tuple[Take, ...], tuple[Take, ...]]:
    """
    What the order takes with *quote* instead of the attendee's present places, and what comes back, *taken* included.

    One of both will be used, never both. So a change needs no second place in the
    event, and a code that was used for this place stays used once.
    """
    late = is_late(order)
    others = [one for one in order.active if one.id != registration.id]
    after = [*placed(order, others, plan, late=late), *plan.claims(quote, late=late)]
    return netted(after, [*placed(order, [*others, registration], plan, late=late), *taken])


def applied(order: Order, plan: Plan, *, at: datetime, by: Actor) -> tuple[Order, tuple[Take, ...], list[Meant]]:
    """The order with its open change made; what comes back of the places that it had before; and what that means."""
    change = _open(order)
    had = order.registration(change.registration)
    gives = swap(order, had, change.quote, plan, change.takes)[1]
    number = len(order.quotes)
    has = evolve(had, quote=number, units=tuple(range(len(change.quote.charges))))
    swapped = evolve(
        order,
        quotes=(*order.quotes, change.quote),
        registrations=tuple(has if one.id == has.id else one for one in order.registrations),
        change=None,
    )
    after, meant = together(swapped, [has], RegistrationTrigger.CHANGE, RegistrationFacts(), at=at, by=by)
    return after, gives, meant


def dropped(order: Order) -> tuple[Order, tuple[Take, ...]]:
    """The order without its open change, and what comes back of the places that it would have had."""
    return evolve(order, change=None), _open(order).takes


def _open(order: Order) -> Change:
    change = order.change
    assert change is not None, "the table asks first"
    return change
