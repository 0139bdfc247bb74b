"""
What happens to an order that is drawn: all that its tables allow, thrown by dice.

Money comes and goes as it would: what is asked is paid, in time or too late,
and what an outcome gives back is gone.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from attrs import define, evolve

from paidevents.catalog.decisions import Approval, Capture, LatePayment
from paidevents.catalog.effects import Percent
from paidevents.catalog.event import Event
from paidevents.catalog.kinds import EventKind
from paidevents.catalog.people import Role
from paidevents.catalog.promotion import Promotion
from paidevents.catalog.ticket import Ticket
from paidevents.errors import IllegalTransitionError, RefusedError
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.registration import RegistrationState
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
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

# What several get together, they have no longer when some of them go.
_TOGETHER = Promotion(id="together", effect=Percent(Rate(1, 4)), automatic=True, least_units=2)

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

    def lived(self, most: int) -> Order:
        """The order once up to *most* things have happened to it; where a group is to stay one, it often breaks up."""
        if self.plan.event.cancellation.clawback and self.dice.one_in(2):
            self.step(_pay)
            self.step(_one_leaves)
        for _ in range(self.dice.below(most + 1)):
            self.at += self.dice.choice(PAUSES)
            self.step(self.dice.choice(_ACTS[self.order.state]))
        return self.order

    def step(self, act: "Callable[[Life], Outcome]") -> None:
        """Let something happen, or not, if its tables do not allow it."""
        had = self.received
        try:
            outcome = act(self)
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
    promotions = (*event.promotions, _TOGETHER) if terms.clawback else event.promotions
    return evolve(event, policy=policy, cancellation=terms, promotions=promotions)


def begun(dice: Dice, plan: Plan) -> Life:
    """An order that was just placed; one that nobody pays for, where nothing can be bought."""
    quote = a_quote(dice, plan)
    if not _can_be_had(quote):
        quote = _plain_quote(plan, plan.event.tickets[0], _early(plan.event), more=dice.below(3))
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


def _early(event: Event) -> datetime:
    return (event.window.starts_at or NEW_YEAR) - timedelta(weeks=3)


def _can_be_had(quote: Quote) -> bool:
    return not quote.refusals and not quote.provisional


def _plain_quote(plan: Plan, ticket: Ticket, at: datetime, more: int = 0) -> Quote:
    """The price of as few places with *ticket* as are sold together, or some *more*."""
    event = plan.event
    sessions = tuple(session.id for session in event.sessions[:1]) if event.chooses_sessions else ()
    return plan.quote([Item(ticket.id, ticket.least_per_order + more, sessions, a_gift(ticket))], at=at)


def _pay(life: Life) -> Outcome:
    received, has_room = life.payment(), not life.dice.one_in(4)
    return paid(life.order, life.plan, received=received, at=life.at, has_room=has_room)


def _authorize(life: Life) -> Outcome:
    until = life.at + timedelta(days=life.dice.between(1, 7))
    return authorized(life.order, life.plan, until=until, at=life.at)


def _extend(life: Life) -> Outcome:
    return extended(life.order, life.plan, until=life.at + timedelta(minutes=32), at=life.at)


def _expire(life: Life) -> Outcome:
    change = life.order.change
    life.at = max(life.at, life.order.hold.until if change is None else change.hold.until)
    return expired(life.order, life.plan, at=life.at)


def _approve(life: Life) -> Outcome:
    return approved(life.order, life.plan, life.some(), received=life.received, at=life.at, by=ORGANIZER)


def _cancel(life: Life) -> Outcome:
    return cancelled(life.order, life.plan, life.some(), at=life.at, by=BUYER)


def _one_leaves(life: Life) -> Outcome:
    return cancelled(life.order, life.plan, [life.someone()], at=life.at, by=BUYER)


def _refuse(life: Life) -> Outcome:
    return refused(life.order, life.plan, life.some(), at=life.at, by=ORGANIZER)


def _call_off(life: Life) -> Outcome:
    return called_off(life.order, life.plan, life.some(), at=life.at, by=ORGANIZER)


def _change(life: Life) -> Outcome:
    quote = _plain_quote(life.plan, life.dice.choice(life.plan.event.tickets), life.at)
    return changed(life.order, life.plan, life.someone(), quote, at=life.at, by=BUYER)


def _transfer(life: Life) -> Outcome:
    guest = a_guest(life.dice, life.plan.event.form, 100 + life.dice.below(2))
    return transferred(life.order, life.plan, life.someone(), guest, at=life.at, by=BUYER)


def _favour(life: Life) -> Outcome:
    """Something is given back that nobody has a right to; where nobody paid, the confirmation is sent again."""
    if not life.order.quotes:
        return resent(life.order, life.someone(), at=life.at, by=ORGANIZER)
    amount = Money(life.received.minor * life.dice.between(1, 3) // 4, life.order.currency)
    quote = life.dice.below(len(life.order.quotes))
    return given_back(life.order, amount, received=life.received, quote=quote)


def _resend(life: Life) -> Outcome:
    return resent(life.order, life.someone(), at=life.at, by=ORGANIZER)


def _lose(life: Life) -> Outcome:
    life.received = Money(life.received.minor * life.dice.below(4) // 4, life.order.currency)
    return payment_lost(life.order, life.plan, received=life.received, at=life.at)


def _honour(life: Life) -> Outcome:
    return honoured(life.order, life.plan, received=life.payment(), at=life.at, by=ORGANIZER, has_room=True)


def _decline(life: Life) -> Outcome:
    return declined(life.order, life.plan, received=life.payment(), at=life.at, by=ORGANIZER)


_LEAVE = (_cancel, _refuse, _call_off)
_ACTS: Mapping[OrderState, Sequence[Callable[[Life], Outcome]]] = {
    S.HELD: (*(_pay,) * 6, _authorize, _authorize, _extend, _expire, _expire, _approve, *_LEAVE),
    S.AUTHORIZED: (_pay, _approve, _expire, _lose, *_LEAVE),
    S.PAID: (_one_leaves, _change, _change, _pay, _transfer, _favour, _resend, _expire, _extend, _lose, *_LEAVE),
    S.EXPIRED: (_pay, _honour, _decline),
    S.CANCELLED: (_pay,),
}
