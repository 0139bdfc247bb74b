"""A price with everything in it, against the least that the same arithmetic can cost, and against py-moneyed."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import moneyed

from bench.harness import Row
from paidevents import EUR, Money, Rate, Span, Window
from paidevents.catalog import (
    AmountOff,
    Event,
    Fee,
    Percent,
    Policy,
    PromoCode,
    Promotion,
    Provider,
    Scope,
    Selection,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
    Tier,
)
from paidevents.pricing import Basket, Plan
from paidevents.timing import end_of_day

END = end_of_day(date(2026, 2, 28), "Europe/Paris")
AT = datetime(2026, 2, 1, 12, tzinfo=UTC)
TAKEN: Mapping[str, int] = {"tier/standard/early_bird": 10}


def promotions() -> tuple[Promotion, ...]:
    return (
        Promotion(id="p15", effect=Percent(Rate.of("15 %")), codes=(PromoCode("SAVE15"),)),
        Promotion(id="five", effect=AmountOff((Money(500, EUR),)), codes=(PromoCode("FIVE"),)),
        Promotion(id="order", effect=AmountOff((Money(1000, EUR),)), codes=(PromoCode("TEN"),), scope=Scope.ORDER),
    )


def event(all_promotions: tuple[Promotion, ...], policy: Policy) -> Event:
    return Event(
        id="job",
        title="The job of the bench",
        zone="Europe/Paris",
        currency=EUR,
        starts_at=datetime(2026, 4, 14, 16, tzinfo=UTC),
        duration=LENGTH,
        tickets=(
            Ticket(
                id="standard",
                name="Standard",
                price=Money(10000, EUR),
                tiers=(Tier(id="early_bird", price=Money(8000, EUR), quantity=50, window=Window(None, END)),),
            ),
        ),
        promotions=all_promotions,
        fees=(Fee(id="service", rate=Rate.of("5 %"), buyer_share=Rate.of("100 %")),),
        tax=TaxTable(mode=TaxMode.INCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate.of("20 %")),)),
        providers=(Provider(name="stripe"),),
        policy=policy,
    )


def integer_limit(taken: int = 10, at: datetime = AT) -> tuple[int, int, int, int]:
    """The same price in whole numbers, written out by hand: what nothing that says why can beat."""
    price = 8000 if at < END and taken < 50 else 10000
    price -= (2 * price * 15 + 100) // 200
    price -= min(price, 500)
    if 0 < price < 50:
        price = 50
    fee = (2 * price * 5 + 100) // 200
    gross = price + fee
    tax = (2 * gross * 20 + 120) // 240
    return price, fee, tax, gross


CENT = Decimal("0.01")


def moneyed_price() -> object:
    """The same with py-moneyed, with no word on why."""
    price = moneyed.Money("80.00", "EUR")
    price -= rounded(price * Decimal("0.15"))
    price -= moneyed.Money("5.00", "EUR")
    price = max(price, moneyed.Money("0.50", "EUR"))
    gross = price + rounded(price * Decimal("0.05"))
    return gross, rounded(gross * Decimal(20) / Decimal(120))


def rounded(share: object) -> moneyed.Money:
    assert isinstance(share, moneyed.Money)
    return moneyed.Money(share.amount.quantize(CENT, ROUND_HALF_UP), "EUR")


def ten_limit() -> list[tuple[int, int, int, int]]:
    return [integer_limit() for _ in range(10)]


LENGTH = Span.of("90 min")
PLAN = Plan(event(promotions(), Policy()))
ONE, TEN = Basket.of({"standard": 1}), Basket.of({"standard": 10})
TWO_CODES, THREE_CODES = ("SAVE15", "FIVE"), ("SAVE15", "FIVE", "TEN")


def quote() -> object:
    return PLAN.quote(ONE, TWO_CODES, at=AT, taken=TAKEN)


def quote_and_read() -> object:
    return PLAN.quote(ONE, TWO_CODES, at=AT, taken=TAKEN).lines


def quote_of_ten() -> object:
    return PLAN.quote(TEN, THREE_CODES, at=AT, taken=TAKEN)


def twelve(classes: int) -> tuple[Promotion, ...]:
    """Twelve codes in so many classes, of which each combines with the others but not with itself; or with all."""
    found = []
    for number in range(12):
        own = f"c{number % classes}"
        others = tuple(f"c{each}" for each in range(classes) if f"c{each}" != own) if classes > 1 else (own,)
        effect = Percent(Rate(3 + number, 100)) if number % 2 else AmountOff((Money(100 + 37 * number, EUR),))
        found.append(
            Promotion(
                id=f"p{number}",
                effect=effect,
                codes=(PromoCode(f"CODE{number}"),),
                stacking_class=own,
                combines_with=others,
            )
        )
    return tuple(found)


TWELVE = tuple(f"CODE{number}" for number in range(12))
EXCLUSIVE = Plan(event(twelve(4), Policy(selection=Selection.BEST)))
COMPATIBLE = Plan(event(twelve(1), Policy(selection=Selection.BEST, max_codes=6)))

assert PLAN.quote(ONE, TWO_CODES, at=AT, taken=TAKEN).charged.minor == integer_limit()[3]

COLD, COLD_EXCLUSIVE, COLD_COMPATIBLE = (Plan(plan.event, remember=0) for plan in (PLAN, EXCLUSIVE, COMPATIBLE))


def first_quote() -> object:
    return COLD.quote(ONE, TWO_CODES, at=AT, taken=TAKEN)


ROWS = (
    Row(
        "quote one seat: early bird, 15 %, 5.00 off, minimum, fee passed on, VAT",
        {
            "the integer limit": integer_limit,
            "paidevents, lines not read": quote,
            "paidevents, lines read": quote_and_read,
            "paidevents, never asked before": first_quote,
            "py-moneyed, no lines at all": moneyed_price,
        },
        goal="not read ≤ 12, aim 4; read ≤ 20, aim 8",
    ),
    Row(
        "quote ten seats with three promotions",
        {
            "ten times the integer limit": ten_limit,
            "paidevents": quote_of_ten,
            "paidevents, never asked before": lambda: COLD.quote(TEN, THREE_CODES, at=AT, taken=TAKEN),
        },
        goal="≤ 12, aim 5",
    ),
    Row(
        "the best of twelve codes, nothing asked before",
        {
            "one quote, never asked before": first_quote,
            "in 4 exclusive classes": lambda: COLD_EXCLUSIVE.quote(ONE, TWELVE, at=AT, taken=TAKEN),
            "all compatible, at most 6": lambda: COLD_COMPATIBLE.quote(ONE, TWELVE, at=AT, taken=TAKEN),
        },
        rounds=20,
        goal="≤ 30, aim 10; ≤ 300, aim 100",
    ),
    Row("bind a plan", {"one quote": quote, "Plan(event)": lambda: Plan(PLAN.event)}),
)
