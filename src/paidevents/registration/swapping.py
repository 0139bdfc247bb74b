"""Other places instead of those that somebody has: what is taken, what comes back, and when."""

from datetime import datetime

from attrs import evolve

from paidevents.catalog.people import Actor
from paidevents.lifecycle.registration import RegistrationFacts, RegistrationTrigger
from paidevents.pricing.claims import less
from paidevents.pricing.counters import Take
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.registration.moving import is_late, together
from paidevents.registration.order import Change, Order
from paidevents.registration.outcome import Meant
from paidevents.registration.registration import Registration


def takes_beyond(order: Order, registration: Registration, quote: Quote, plan: Plan) -> tuple[Take, ...]:
    """
    What *quote* takes that the attendee's present places do not: one of both will be used, never both.

    So a change within the same event needs no second place in it, and a code that was used stays used once.
    """
    return less(plan.claims(quote, late=is_late(order)), _own(order, registration, plan))


def applied(order: Order, plan: Plan, *, at: datetime, by: Actor) -> tuple[Order, tuple[Take, ...], list[Meant]]:
    """The order with its open change made; what comes back of the places that it had before; and what that means."""
    change = _open(order)
    had = order.registration(change.registration)
    gives = less(_own(order, had, plan), plan.claims(change.quote, late=is_late(order)))
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


def dropped(order: Order, plan: Plan) -> tuple[Order, tuple[Take, ...]]:
    """The order without its open change, and what comes back of the places that it would have had."""
    change = _open(order)
    had = order.registration(change.registration)
    return evolve(order, change=None), takes_beyond(order, had, change.quote, plan)


def _own(order: Order, registration: Registration, plan: Plan) -> tuple[Take, ...]:
    """What the attendee's present places take."""
    return plan.claims(order.quotes[registration.quote], registration.units, late=is_late(order))


def _open(order: Order) -> Change:
    change = order.change
    assert change is not None, "the table asks first"
    return change
