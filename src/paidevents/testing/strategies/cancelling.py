"""Strategies for what is due when places are given up."""

from datetime import timedelta

from attrs import evolve
from hypothesis import strategies as st

from paidevents.cancellation.due import CancellationDue, cancellation_due
from paidevents.catalog.cancellation import Cause
from paidevents.catalog.kinds import EventKind
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.pricing.plan import Plan
from paidevents.pricing.refunds import refund_of_amount
from paidevents.testing.strategies.amounts import Dice, made
from paidevents.testing.strategies.prices import a_quote
from paidevents.testing.strategies.registering import a_cancellation
from paidevents.testing.strategies.whole import an_event

CHOICES = (None, None, Rate(1, 2), Rate(1, 1))


def cancellations_due() -> st.SearchStrategy[CancellationDue]:
    """What is due for some places of a price, by any terms, for anybody's wish or fault, at any time."""
    return made(_a_cancellation_due)


def _a_cancellation_due(dice: Dice) -> CancellationDue:
    event = an_event(dice.at_once(), None, tuple(EventKind), True)
    plan = Plan(event)
    quote = a_quote(dice, plan)
    places = range(len(quote.units))
    gone = dice.some(places, max(len(places) - 1, 1), 1)
    terms = a_cancellation(dice, event.currency)
    return cancellation_due(
        plan,
        quote,
        gone,
        keep=[unit for unit in places if unit not in gone],
        promised=(evolve(terms, clawback=True) if dice.one_in(2) else terms, event.cancellation),
        cause=dice.choice((Cause.BUYER, Cause.BUYER, Cause.ORGANIZER)),
        at=quote.at + timedelta(days=dice.below(100)),
        before=[refund_of_amount(quote, _some(dice, quote.charged))] if dice.one_in(2) else [],
        share=dice.choice(CHOICES),
    )


def _some(dice: Dice, amount: Money) -> Money:
    """From none to all of *amount*, in tenths."""
    return Money(amount.minor * dice.below(11) // 10, amount.currency)
