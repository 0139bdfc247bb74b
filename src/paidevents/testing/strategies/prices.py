"""Strategies for what a buyer asks for, and for the prices that answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from hypothesis import strategies as st

from paidevents.catalog.event import Event
from paidevents.catalog.fees import FeeTaker
from paidevents.catalog.kinds import EventKind
from paidevents.catalog.ticket import Ticket
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.pricing.basket import Basket, Item
from paidevents.pricing.buyer import Buyer
from paidevents.pricing.counters import Take, sold
from paidevents.pricing.given_back import RefundDue, UnitRefund
from paidevents.pricing.parts import FeeSettlement, Line, TaxSettlement, Totals, Unit
from paidevents.pricing.phase import Phase
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.pricing.reasons import AMOUNT_OFF, PERCENT_OFF
from paidevents.pricing.refunds import Clawback, clawback_due, refund_due, refund_of_amount
from paidevents.testing.strategies.amounts import Dice, made
from paidevents.testing.strategies.offers import NEW_YEAR, a_ticket
from paidevents.testing.strategies.whole import FEES, PROMOTIONS, an_event

T = TypeVar("T")

COUNTRIES = (None, "FR", "DE", "US")
SHARES = (Rate(1, 1), Rate(1, 2), Rate(1, 3))


def items() -> st.SearchStrategy[Item]:
    """Some places with a ticket, of some sessions or of none, or for a donation."""

    def make(dice: Dice) -> Item:
        ticket = a_ticket(dice, None, "standard", NEW_YEAR)
        sessions = dice.some(("first", "second", "third"), 3)
        return Item(ticket.id, dice.between(1, 9), sessions, a_gift(ticket))

    return made(make)


def baskets(event: Event | None = None) -> st.SearchStrategy[Basket]:
    """What can be asked for of *event*, or of any: whether it may be had is another matter."""
    return made(lambda dice: a_basket(dice, event or an_event(dice, None, tuple(EventKind), True)))


def a_basket(dice: Dice, event: Event) -> Basket:
    """A few places with some of the tickets of *event*."""
    wanted = []
    for ticket in dice.some(event.tickets, 3, 1):
        sessions = dice.some([session.id for session in event.sessions], 2, 1) if event.chooses_sessions else ()
        wanted.append(Item(ticket.id, dice.between(1, 6), sessions, a_gift(ticket)))
    return Basket(tuple(wanted))


def a_gift(ticket: Ticket) -> Money | None:
    """What a buyer gives for a donation."""
    return None if ticket.donation is None else ticket.donation.suggestion or ticket.donation.minimum


def buyers() -> st.SearchStrategy[Buyer]:
    """Buyers of whom something is known, or nothing."""
    return made(a_buyer)


def a_buyer(dice: Dice) -> Buyer:
    """A buyer, for a business now and then."""
    return Buyer(
        country=dice.choice(COUNTRIES),
        business_number="X123456789" if dice.one_in(4) else None,
        identities=dice.some(("account-7", "ana@example.org"), 2),
        orders_before=dice.below(3),
    )


def takes() -> st.SearchStrategy[Take]:
    """What is taken of a counter, with a limit or without."""
    return made(
        lambda dice: Take(
            dice.choice(("event", "tier/standard/early_bird", "promotion/save/orders")),
            dice.between(1, 20),
            dice.below(100) if dice.one_in(2) else None,
        )
    )


def quotes(event: Event | None = None) -> st.SearchStrategy[Quote]:
    """
    Real prices: of a basket of *event*, or of any, with some of its codes, at some moment, with something sold before.

    Some cannot be ordered, as their refusals say.

    Example:
        >>> from paidevents.testing.strategies import quotes
        >>> any_price = quotes()
    """
    return made(lambda dice: _priced(dice, event)[1])


def _priced(dice: Dice, event: Event | None) -> tuple[Plan, Quote]:
    bound = Plan(an_event(dice, None, tuple(EventKind), True) if event is None else event)
    return bound, a_quote(dice, bound)


def a_quote(dice: Dice, plan: Plan) -> Quote:
    """A price of *plan*."""
    event = plan.event
    codes = [code.text for promotion in event.promotions for code in promotion.codes]
    goods = [ticket.id for ticket in event.tickets]
    goods += [f"{ticket.id}/{tier.id}" for ticket in event.tickets for tier in ticket.tiers]
    return plan.quote(
        a_basket(dice, event),
        dice.some([*codes, "NO-SUCH-CODE"], 4),
        at=(event.window.starts_at or NEW_YEAR) - timedelta(days=dice.below(100) - 5),
        taken=sold(event, {good: dice.below(60) for good in dice.some(goods, 3)}),
        buyer=None if dice.one_in(3) else a_buyer(dice),
        provider=dice.choice((None, *(provider.name for provider in event.providers))),
    )


def refunds_due() -> st.SearchStrategy[RefundDue]:
    """Refunds of some places of a price, in full or in part, or of an amount."""

    def make(dice: Dice) -> RefundDue:
        quote = _priced(dice, None)[1]
        if dice.one_in(3):
            return refund_of_amount(quote, Money(dice.below(quote.charged.minor + 1), quote.currency))
        units = dice.some(range(len(quote.units)), 20, 1)
        return refund_due(quote, units, share=dice.choice(SHARES), fees=dice.choice((None, True, False)))

    return made(make)


def unit_refunds() -> st.SearchStrategy[UnitRefund]:
    """What is given back of one place."""
    return refunds_due().filter(lambda due: bool(due.units)).map(lambda due: due.units[0])


def clawbacks() -> st.SearchStrategy[Clawback]:
    """Refunds in which the places that are kept are priced anew."""

    def make(dice: Dice) -> Clawback:
        plan, quote = _priced(dice, None)
        return clawback_due(plan, quote, dice.some(range(len(quote.units)), 20, 1))

    return made(make)


def lines() -> st.SearchStrategy[Line]:
    """Lines of a price: a share or an amount off some places."""

    def make(dice: Dice, unit: Currency) -> Line:
        amounts = _amounts(dice)
        percent = PERCENT_OFF.given(rate=Rate(dice.between(1, 100), 100))
        reason = percent if dice.one_in(2) else AMOUNT_OFF.given(amount=Money(sum(amounts), unit))
        off = tuple(-amount for amount in amounts)
        named = (dice.choice(PROMOTIONS), dice.between(1, 9), dice.choice(("", "SAVE15")))
        return Line(dice.choice(tuple(Phase)), reason, Money(sum(off), unit), off, *named)

    return _in_a_currency(make)


def units() -> st.SearchStrategy[Unit]:
    """Places of a price."""

    def make(dice: Dice, unit: Currency) -> Unit:
        before_tax, tax = Money(dice.below(10**6), unit), Money(dice.below(10**5), unit)
        listed, fees = Money(dice.below(10**6), unit), Money(dice.below(10**4), unit)
        tier, session = dice.choice(("", "early_bird")), dice.choice(("", "first"))
        return Unit("standard", tier, session, listed, before_tax, before_tax, tax, before_tax + tax, fees)

    return _in_a_currency(make)


def totals() -> st.SearchStrategy[Totals]:
    """The sums of a price."""
    return quotes().map(lambda quote: quote.totals)


def fee_settlements() -> st.SearchStrategy[FeeSettlement]:
    """What fees come to."""

    def make(dice: Dice, unit: Currency) -> FeeSettlement:
        amounts = _amounts(dice)
        amount = Money(sum(amounts), unit)
        passed_on = amounts if dice.one_in(2) else (0,) * len(amounts)
        return FeeSettlement(
            dice.choice(FEES),
            dice.choice(tuple(FeeTaker)),
            amount,
            passed_on=Money(sum(passed_on), unit),
            tax=Money(sum(passed_on) // 6, unit),
            at_source=dice.one_in(2),
            refundable=dice.one_in(2),
            per_unit=amounts,
            passed_on_per_unit=passed_on,
        )

    return _in_a_currency(make)


def tax_settlements() -> st.SearchStrategy[TaxSettlement]:
    """What taxes come to."""

    def make(dice: Dice, unit: Currency) -> TaxSettlement:
        amounts = _amounts(dice)
        return TaxSettlement("VAT", "FR", Rate(dice.below(30), 100), Money(sum(amounts), unit), amounts)

    return _in_a_currency(make)


def _in_a_currency(make: Callable[[Dice, Currency], T]) -> st.SearchStrategy[T]:
    return made(lambda dice: make(dice, dice.prices(None).currency))


def _amounts(dice: Dice) -> tuple[int, ...]:
    return tuple(dice.between(1, 10**5) for _ in range(dice.between(1, 4)))
