"""Strategies for orders, and for all that they are made of: each has lived a life that its tables allow."""

from datetime import timedelta

from hypothesis import strategies as st

from paidevents.catalog.event import Event
from paidevents.money.amount import Money
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.pricing.refunds import refund_due, refund_of_amount
from paidevents.registration.hold import Hold
from paidevents.registration.order import Order
from paidevents.registration.parts import Change, Given, Repriced
from paidevents.registration.registration import Registration
from paidevents.testing.strategies.amounts import Dice, made
from paidevents.testing.strategies.living import an_event_on_sale, begun
from paidevents.testing.strategies.offers import NEW_YEAR
from paidevents.testing.strategies.prices import a_quote

MOST_STEPS = 5


def holds() -> st.SearchStrategy[Hold]:
    """Holds of some minutes or days."""
    return made(_a_hold)


def _a_hold(dice: Dice) -> Hold:
    starts_at = NEW_YEAR + timedelta(minutes=dice.below(10**5))
    until = starts_at + timedelta(minutes=1 + dice.below(10**4))
    return Hold(starts_at=starts_at, until=until, latest=until + timedelta(days=dice.below(8)))


def givens() -> st.SearchStrategy[Given]:
    """What was given back of some places of an order."""

    def make(dice: Dice) -> Given:
        quote = _a_quote(dice)
        return Given(quote=dice.below(3), refund=refund_due(quote, dice.some(range(len(quote.charges)), 5, 1)))

    return made(make)


def changes() -> st.SearchStrategy[Change]:
    """Changes of ticket that wait for their payment."""
    return made(lambda dice: Change(registration="A1-1", quote=_a_quote(dice), hold=_a_hold(dice)))


def _a_quote(dice: Dice) -> Quote:
    return a_quote(dice, Plan(an_event_on_sale(dice.at_once())))


def repricings() -> st.SearchStrategy[Repriced]:
    """Quotes that priced kept places anew."""

    def make(dice: Dice) -> Repriced:
        fresh, before = _a_quote(dice), dice.below(3)
        count = len(fresh.charges)
        unpaid = refund_of_amount(fresh, Money(dice.below(fresh.charged.minor + 1), fresh.currency))
        return Repriced(
            quote=before + 1 + dice.below(3),
            of=before,
            units=dice.some(range(2 * count), count, count),
            unpaid=unpaid if dice.one_in(2) else None,
        )

    return made(make)


def orders(event: Event | None = None) -> st.SearchStrategy[Order]:
    """
    Orders of *event*, or of any, to which up to five things have happened; some of the people are forgotten.

    Example:
        >>> from paidevents.testing.strategies import orders
        >>> any_order = orders()
    """
    plan = None if event is None else Plan(event)
    return made(lambda dice: an_order(dice, plan))


def an_order(dice: Dice, plan: Plan | None = None) -> Order:
    """An order by *plan*, or by any."""
    ground = dice.at_once()
    life = begun(ground, Plan(an_event_on_sale(ground)) if plan is None else plan)
    life.dice = dice
    order = life.lived(MOST_STEPS)
    return order.erased() if dice.one_in(8) else order


def registrations() -> st.SearchStrategy[Registration]:
    """The attendees of orders, whatever became of them."""
    return made(lambda dice: dice.choice(an_order(dice).registrations))
