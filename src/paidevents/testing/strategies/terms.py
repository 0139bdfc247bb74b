"""Strategies for the terms of a sale: fees, taxes, policies and providers."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from paidevents.catalog.cancellation import Refunding
from paidevents.catalog.decisions import Approval, BelowMinimum, Capture, LatePayment, PercentMode, Selection
from paidevents.catalog.fees import Fee, FeeBase, FeeTaker
from paidevents.catalog.kinds import EventKind
from paidevents.catalog.policies import ChargeMinimum, Policy, ProviderCurrencies
from paidevents.catalog.provider import Provider
from paidevents.catalog.taxes import TaxMode, TaxPlace, TaxRate, TaxTable, WhenRateDiffers
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.money.rounding import Rounding
from paidevents.testing.strategies.amounts import Bounds, Dice, Prices, made
from paidevents.testing.strategies.offers import TAX_CATEGORIES
from paidevents.timing.deadline import Span

COUNTRIES = ("FR", "DE", "PL", "CH", "US", "CA", "JP")
MILLENNIUM = date(2000, 1, 1)
# One tax; two that are added; one on top of another, as in Quebec until 2013.
TAXES = ((("VAT", False),), (("GST", False), ("PST", False)), (("GST", False), ("QST", True)))
TAX_RATES = tuple(map(Rate.of, ("20 %", "8.1 %", "5 %", "9.975 %", "19 %", "23 %", "0 %")))
NAMES = ("stripe", "paypal", "bank_transfer", "cash")
# The amounts of a fee, from how many tenths of a major unit to how many.
PARTS = {
    "per_order": (1, 30),
    "per_unit": (1, 20),
    "unit_floor": (1, 5),
    "unit_cap": (5, 50),
    "floor": (1, 10),
    "cap": (10, 500),
}
FLAGS = ("refundable", "free_units_exempt", "at_source")
BEARERS = (Rate(0, 1), Rate(1, 1), Rate(2, 5))
QUOTES_LAST = tuple(map(Span.of, ("15 min", "1 min", "1 day 30 min", "7 days")))


def fees(bounds: Bounds = None) -> st.SearchStrategy[Fee]:
    """Fees of every base and bearer, with fixed parts, floors and caps."""
    return made(lambda dice: a_fee(dice, bounds, "service"))


def a_fee(dice: Dice, bounds: Bounds, id: str, providers: Sequence[str] = ()) -> Fee:
    """A fee, perhaps only for one of *providers*."""
    prices = dice.prices(bounds)
    tenth = prices.up(10 ** max(prices.currency.digits - 1, 0))
    base, borne = dice.choice(tuple(FeeBase)), dice.choice(BEARERS)
    provider = dice.choice((None, *providers))
    untaxed = base is FeeBase.CHARGED and borne > BEARERS[0]
    parts: dict[str, Any] = {
        part: dice.amount(prices, PARTS[part][0] * tenth, PARTS[part][1] * tenth)
        for part in dice.some(tuple(PARTS), 3)
        if base is not FeeBase.CHARGED or not part.startswith("unit_")
    }
    if dice.one_in(2):
        parts.update(dict.fromkeys(dice.some(FLAGS, 2, 1), False))
    return Fee(
        id=id,
        name=id.capitalize(),
        taker=FeeTaker.PLATFORM if provider is None else FeeTaker.PROVIDER,
        rate=Rate(dice.below(100), 1000),
        base=base,
        buyer_share=borne,
        tax_category=None if untaxed or dice.one_in(3) else TAX_CATEGORIES[0],
        provider=provider,
        **parts,
    )


def tax_rates() -> st.SearchStrategy[TaxRate]:
    """Rates of a tax, from some day on, some only for one kind of event."""
    return made(lambda dice: a_tax_rate(dice, dice.choice(COUNTRIES)))


def a_tax_rate(dice: Dice, country: str) -> TaxRate:
    """A rate of some tax in *country*."""
    name, compound = dice.choice(dice.choice(TAXES))
    return TaxRate(
        country=country,
        rate=dice.choice(TAX_RATES),
        starts_on=MILLENNIUM + timedelta(days=dice.below(40 * 365)),
        category=dice.choice(TAX_CATEGORIES),
        name=name,
        compound=compound,
        kinds=dice.some(tuple(EventKind), 1),
    )


def tax_tables() -> st.SearchStrategy[TaxTable]:
    """
    Tables with one tax or several, added up or one on top of another.

    There is always a rate for the seller's country and each of the categories that `tickets` have.
    """
    return made(a_tax_table)


def a_tax_table(dice: Dice) -> TaxTable:
    """A table of up to two countries."""
    seller = dice.choice(COUNTRIES)
    rates = []
    for country in dict.fromkeys((seller, *dice.some(COUNTRIES, 1))):
        for name, compound in dice.choice(TAXES):
            rate = dice.choice(TAX_RATES)
            for category, share in zip(TAX_CATEGORIES, (rate, Rate(rate.ratio[0], 2 * rate.ratio[1])), strict=True):
                rates.append(TaxRate(country=country, rate=share, category=category, name=name, compound=compound))
    if dice.one_in(3):
        rates.append(a_tax_rate(dice, seller))
    mode = dice.choice(tuple(TaxMode))
    if not dice.one_in(2):
        return TaxTable(mode=mode, seller=seller, rates=tuple(rates))
    return TaxTable(
        mode=mode,
        seller=seller,
        rates=tuple(rates),
        place=dice.choice(tuple(TaxPlace)),
        when_rate_differs=dice.choice(tuple(WhenRateDiffers)),
        rounding=dice.choice((Rounding.HALF_UP, Rounding.HALF_EVEN)),
        reverse_charge=dice.one_in(2),
    )


def charge_minimums(bounds: Bounds = None) -> st.SearchStrategy[ChargeMinimum]:
    """Least charges of up to two major units."""
    return made(lambda dice: a_charge_minimum(dice, bounds, dice.choice(NAMES)))


def a_charge_minimum(dice: Dice, bounds: Bounds, provider: str) -> ChargeMinimum:
    """A least charge with *provider*."""
    prices = dice.prices(bounds)
    return ChargeMinimum(provider, dice.amount(prices, prices.step, 2 * prices.coin))


def provider_currencies(bounds: Bounds = None) -> st.SearchStrategy[ProviderCurrencies]:
    """The currencies in which a provider is offered, that of *bounds* among them."""
    return made(lambda dice: some_currencies(dice, dice.prices(bounds).currency, dice.choice(NAMES)))


def some_currencies(dice: Dice, currency: Currency, provider: str) -> ProviderCurrencies:
    """Some currencies in which *provider* is offered, *currency* among them."""
    return ProviderCurrencies(provider, (currency, *dice.some((Currency("NOK"), Currency("HUF")), 2)))


def providers(bounds: Bounds = None) -> st.SearchStrategy[Provider]:
    """Ways to pay, known ones and the host's own, some with a minimum or a step."""
    return made(lambda dice: a_provider(dice, bounds, dice.choice(NAMES)))


def a_provider(dice: Dice, bounds: Bounds, name: str) -> Provider:
    """The provider *name* with terms of its own."""
    prices = dice.prices(bounds)
    if not dice.one_in(3):
        return Provider(name=name)
    least = dice.amount(prices, prices.step, 2 * prices.coin) if dice.one_in(2) else None
    return Provider(name=name, declared=dice.one_in(2), minimum=least, step=dice.choice((1, 5)))


def policies(bounds: Bounds = None) -> st.SearchStrategy[Policy]:
    """Policies of every kind, that allow live events in the currency of *bounds* and some provider."""
    return made(lambda dice: a_policy(dice, bounds, EventKind.LIVE, NAMES))


def a_policy(dice: Dice, bounds: Bounds, kind: EventKind, providers: Sequence[str]) -> Policy:
    """A policy that allows events of *kind* with *providers*; their prices must keep to its step and bounds."""
    prices = dice.prices(bounds)
    return Policy(
        percent_mode=dice.choice(tuple(PercentMode)),
        below_minimum=dice.choice(tuple(BelowMinimum)),
        selection=dice.choice(tuple(Selection)),
        step=dice.choice((1, 1, 1, 5, 10, 100)),
        max_codes=dice.below(5) if dice.one_in(3) else None,
        **(_allowance(dice.together(), prices, kind, providers) if dice.one_in(3) else {}),
        **(_conduct(dice.together()) if dice.one_in(3) else {}),
    )


def _allowance(dice: Dice, prices: Prices, kind: EventKind, providers: Sequence[str]) -> dict[str, Any]:
    """What a policy lets be declared."""
    unit = prices.currency
    return {
        "list_minimums": dice.some((Money(prices.coin, unit),), 1),
        "list_maximums": dice.some((Money(100 * prices.up(prices.most), unit),), 1),
        "charge_minimums": tuple(a_charge_minimum(dice, prices, name) for name in dice.some(providers, 1)),
        "currencies": dice.choice(((), (unit,), (Currency("NOK"), unit))),
        "provider_currencies": tuple(some_currencies(dice, unit, name) for name in dice.some(providers, 1)),
        "kinds": dice.choice(((), (kind,), tuple(EventKind))),
        "providers": dice.choice(((), tuple(providers), NAMES)),
        "max_capacity": dice.choice((None, 10_000)),
        "attendance_limit": dice.choice((None, 100)),
    }


def _conduct(dice: Dice) -> dict[str, Any]:
    """How a policy lets be sold."""
    return {
        "codes_enabled": not dice.one_in(4),
        "tiers_enabled": not dice.one_in(4),
        "most_per_order": dice.between(10, 100),
        "price_locked": dice.one_in(2),
        "sells_recording": dice.one_in(2),
        "approval": dice.choice(tuple(Approval)),
        "capture": dice.choice(tuple(Capture)),
        "decide_within": dice.choice((None, Span.of("2 days"))),
        "quote_lasts": dice.choice(QUOTES_LAST),
        **_afterwards(dice),
    }


def _afterwards(dice: Dice) -> dict[str, Any]:
    """What a policy says of what was sold."""
    return {
        "hold": dice.choice(QUOTES_LAST),
        "longest_hold": dice.choice((Span.of("7 days"), Span.of("30 days"))),
        "late_payments": dice.choice(tuple(LatePayment)),
        "refunds": dice.choice(tuple(Refunding)),
        "devices": dice.choice((None, 3)),
        "one_per_person": dice.one_in(3),
        "transferable": not dice.one_in(3),
        "offer_lasts": dice.choice((Span.of("1 day"), Span.of("1 min"))),
        "absentees_see_recording": not dice.one_in(3),
        "recording_lasts": dice.choice((None, Span.of("1 month"))),
    }
