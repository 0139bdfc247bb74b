"""
What happens to an order that is drawn: all that its tables allow, thrown by dice.

Money comes and goes as it would: what is asked is paid, in time or too late,
and what an outcome gives back is gone.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from attrs import define, evolve

from paidevents.catalog.decisions import Approval, Capture, LatePayment
from paidevents.catalog.event import Event
from paidevents.catalog.kinds import EventKind
from paidevents.catalog.people import SYSTEM, Role
from paidevents.errors import IllegalTransitionError, RefusedError
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.registration import RegistrationState
from paidevents.money.amount import Money
from paidevents.pricing.basket import Item
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.registration.deciding import approved, given_back, resent
from paidevents.registration.leaving import called_off, cancelled, refused
from paidevents.registration.order import Order
from paidevents.registration.outcome import Outcome
from paidevents.registration.reserving import invite, reserve
from paidevents.registration.settling import authorized, declined, expired, extended, honoured, paid, payment_lost
from paidevents.registration.transferring import changed, transferred
from paidevents.testing.strategies.amounts import Dice
from paidevents.testing.strategies.offers import NEW_YEAR
from paidevents.testing.strategies.people import BUYER, ORGANIZER, a_guest, a_person
from paidevents.testing.strategies.prices import a_gift, a_quote
from paidevents.testing.strategies.registering import a_cancellation
from paidevents.testing.strategies.whole import an_event

# How long nothing happens: a moment, less than a hold, more than one, until it is too late to cancel.
PAUSES = (timedelta(0), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=8), timedelta(days=20))
ELSEWHERE = "guest"

S = OrderState


@define
class Life:
    """
    An order, and what is true around it.

    Attributes:
        dice: What decides.
        plan: Of its event.
        at: The moment.
        order: As it is now.
        received: What was received for it, less what was given back.
    """

    dice: Dice
    plan: Plan
    at: datetime
    order: Order
    received: Money

    def step(self) -> None:
        """Let something happen, or not, if its tables do not allow it."""
        had = self.received
        self.at += self.dice.choice(PAUSES)
        try:
            outcome = self.dice.choice(_ACTS[self.order.state])(self)
        except (IllegalTransitionError, RefusedError):
            self.received = had
            return
        self.order = outcome.order
        for given in outcome.given:
            self.received -= given.refund.amount
        self.received -= outcome.in_vain

    def someone(self) -> str:
        """Id of one attendee."""
        return self.dice.choice([one.id for one in self.order.active or self.order.registrations])

    def some(self) -> list[str] | None:
        """Ids of one or two attendees, or None for all that are left."""
        ids = [one.id for one in self.order.active]
        return list(self.dice.some(ids, 2, 1)) if len(ids) > 1 and not self.dice.one_in(3) else None

    def payment(self) -> Money:
        """What was received in all, once the buyer has paid what is asked, or was asked before it was too late."""
        lapsed = [one for one in self.order.registrations if one.state is RegistrationState.LAPSED]
        self.received = max(self.received, self.order.asked + self.order.charge(lapsed))
        return self.received


def an_event_on_sale(dice: Dice) -> Event:
    """An event, often one whose organizer has a say in what becomes of orders."""
    event = an_event(dice, None, tuple(EventKind), True)
    if dice.one_in(2):
        return event
    policy = evolve(
        event.policy,
        approval=dice.choice(tuple(Approval)),
        capture=dice.choice(tuple(Capture)),
        late_payments=dice.choice(tuple(LatePayment)),
    )
    terms = evolve(a_cancellation(dice, event.currency), clawback=dice.one_in(2))
    return evolve(event, policy=policy, cancellation=terms)


def begun(dice: Dice, plan: Plan) -> Life:
    """An order that was just placed; one that nobody pays for, where nothing can be bought."""
    priced = a_quote(dice, plan)
    quote = priced if _can_be_had(priced) else _plain_quote(dice, plan)
    form, nothing = plan.event.form, Money.zero(plan.event.currency)
    if not _can_be_had(quote) or dice.one_in(12):
        role = dice.choice((Role.SPEAKER, Role.CO_ORGANIZER))
        placed = invite(plan, id="A1", attendee=a_guest(dice, form, 0), role=role, at=quote.at, by=ORGANIZER)
    else:
        count = len(quote.charges)
        places = [tuple(range(count))] if dice.one_in(5) else [(unit,) for unit in range(count)]
        guests = [a_guest(dice, form, number) for number in range(len(places))]
        placed = reserve(
            plan, quote, id="A1", buyer=a_person(dice), attendees=guests, places=places, at=quote.at, by=BUYER
        )
    return Life(dice, plan, quote.at, placed.order, nothing)


def _can_be_had(quote: Quote) -> bool:
    return not quote.refusals and not quote.provisional


def _plain_quote(dice: Dice, plan: Plan) -> Quote:
    """The price of as few places with the first ticket as it is sold for, three weeks before it begins."""
    event, first = plan.event, plan.event.tickets[0]
    sessions = tuple(session.id for session in event.sessions[:1]) if event.chooses_sessions else ()
    at = (event.window.starts_at or NEW_YEAR) - timedelta(weeks=3)
    return plan.quote([Item(first.id, first.least_per_order, sessions, a_gift(first))], at=at)


def _change(life: Life) -> Outcome:
    priced = a_quote(life.dice, life.plan)
    again = life.plan.quote(priced.record.basket, at=life.at)
    return changed(life.order, life.plan, life.someone(), again, at=life.at)


_Act = Callable[[Life], Outcome]
