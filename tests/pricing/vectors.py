"""From the golden vectors to our types: an event of each vector's tickets and promotions, quoted once."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from paidevents import Money, Rate
from paidevents.catalog import (
    AmountOff,
    BelowMinimum,
    Event,
    EventKind,
    Fee,
    Match,
    Order,
    Percent,
    PercentMode,
    Pick,
    Policy,
    PromoCode,
    Promotion,
    Provider,
    Scope,
    Selection,
    SetPrice,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
)
from paidevents.money import Currency
from paidevents.pricing import Item, Plan, Quote

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors" / "pricing.json").read_bytes())
AT = datetime(2026, 1, 1, tzinfo=UTC)
EFFECTS = {"set": SetPrice, "percent": Percent, "amount": AmountOff}


def rate(text: str | int) -> Rate:
    return Rate(*Fraction(text).as_integer_ratio())


def promotion(given: dict[str, Any], currency: Currency) -> Promotion:
    value: Any = rate(given["value"]) if given["kind"] == "percent" else [Money(given["value"], currency)]
    picked = given["max_units"]
    return Promotion(
        id=given["id"],
        effect=EFFECTS[given["kind"]](value),
        scope=Scope(given["scope"]),
        match=Match(tickets=tuple(f"{ticket}-{place}" for ticket in given["match"] for place in range(20)))
        if given["match"]
        else Match(),
        pick=Pick(count=picked, order=Order(given["pick"])) if picked else None,
        codes=(PromoCode(given["id"]),),
        priority=given["priority"],
        stacking_class=given["cls"],
        combines_with=tuple(given["combines"]),
    )


def event(vector: dict[str, Any], selection: Selection = Selection.EXPLICIT) -> Event:
    """Every place of the vector is a ticket of its own, so that its list price can be what it likes."""
    facts = VECTORS["currencies"][vector["currency"]]
    currency = Currency(vector["currency"].removesuffix("5"))
    options = vector.get("options", {})
    rates = sorted({str(unit["tax"]) for unit in vector["units"]})
    return Event(
        id="vector",
        title=vector["title"],
        zone="UTC",
        currency=currency,
        kind=EventKind.ON_DEMAND,
        tickets=tuple(
            Ticket(
                id=f"t{place}",
                name=unit["ticket"],
                price=Money(unit["list"], currency),
                tax_category=f"rate{rates.index(str(unit['tax']))}",
            )
            for place, unit in enumerate(vector["units"])
        ),
        promotions=tuple(promotion(given, currency) for given in vector["promos"]),
        fees=(Fee(id="service", rate=Rate.of("5 %")),),
        tax=TaxTable(
            mode=TaxMode(options.get("tax_mode", "inclusive")),
            seller="FR",
            rates=tuple(
                TaxRate(country="FR", rate=rate(each), category=f"rate{place}") for place, each in enumerate(rates)
            ),
        ),
        providers=(Provider(name="card", minimum=Money(facts["minimum"], currency), step=facts["quantum"]),),
        policy=Policy(
            percent_mode=PercentMode(options.get("percent_mode", "compound")),
            below_minimum=BelowMinimum(options.get("below_minimum", "raise")),
            selection=selection,
        ),
    )


def quote(vector: dict[str, Any], selection: Selection = Selection.EXPLICIT) -> Quote:
    basket = [Item(f"t{place}") for place in range(len(vector["units"]))]
    codes = [given["id"] for given in vector["promos"]]
    return Plan(event(vector, selection)).quote(basket, codes, at=AT)
