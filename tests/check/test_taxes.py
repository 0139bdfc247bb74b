"""Rates of tax that are missing, and taxes that are not exact."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from catalog.declared import euros, ticket, tier
from check.told import only, paid, says, told

from paidevents import Rate, Rounding, Window
from paidevents.catalog import EventKind, Fee, TaxMode, TaxPlace, TaxRate, TaxTable

FRENCH = TaxRate(country="FR", rate=Rate.of("20 %"))


def taxed(*rates: TaxRate, tax: dict[str, Any] | None = None, **changed: Any) -> Any:
    table = {"mode": TaxMode.EXCLUSIVE, "seller": "FR", "place": TaxPlace.SELLER, **(tax or {})}
    return paid(tax=TaxTable(rates=rates, **table), **changed)


def test_there_is_a_rate_for_every_ticket() -> None:
    tickets = [ticket(), ticket("book", tax_category="reduced")]
    event = taxed(FRENCH, tickets=tickets)
    assert told(event) == ["warning tickets[1].tax_category: tax_rate_missing"]
    assert says(event) == "There is no rate of tax for FR in the category reduced."
    none = TaxRate(country="FR", rate=Rate(0, 1), category="reduced")
    assert told(taxed(FRENCH, none, tickets=tickets)) == []


@pytest.mark.parametrize(
    "other",
    [TaxRate(country="DE", rate=Rate.of("19 %")), TaxRate(country="FR", rate=Rate(1, 5), kinds=(EventKind.ON_DEMAND,))],
)
def test_rates_elsewhere_or_for_other_kinds_are_none(other: TaxRate) -> None:
    assert told(taxed(other)) == ["warning tickets[0].tax_category: tax_rate_missing"]


def test_there_is_a_rate_when_the_sale_begins() -> None:
    later = TaxRate(country="FR", rate=Rate.of("20 %"), starts_on=date(2026, 2, 1))
    january = Window(datetime(2026, 1, 1, tzinfo=UTC))
    assert told(taxed(later, on_sale=january)) == ["warning tickets[0].tax_category: tax_rate_later"]
    assert told(taxed(later, on_sale=Window(datetime(2026, 2, 1, tzinfo=UTC)))) == []
    assert told(taxed(later)) == []


def test_a_rate_that_begins_after_the_sale_is_none() -> None:
    after = TaxRate(country="FR", rate=Rate.of("20 %"), starts_on=date(2026, 5, 1))
    assert told(taxed(after)) == ["warning tickets[0].tax_category: tax_rate_missing"]
    assert told(taxed(after, kind=EventKind.ON_DEMAND)) == []
    never = Window(datetime(2027, 1, 1, tzinfo=UTC))
    assert told(taxed(after, on_sale=never)) == ["warning on_sale: never_on_sale"]


def test_there_is_a_rate_for_every_fee_that_a_buyer_bears() -> None:
    share: dict[str, Any] = {"id": "service", "rate": Rate.of("5 %"), "tax_category": "services"}
    assert told(taxed(FRENCH, fees=[Fee(**share, buyer_share=Rate(1, 2))])) == [
        "warning fees[0].tax_category: tax_rate_missing"
    ]
    assert told(taxed(FRENCH, fees=[Fee(**share)])) == []
    assert told(taxed(FRENCH, fees=[Fee(**{**share, "tax_category": None}, buyer_share=Rate(1, 2))])) == []


def test_buyers_of_other_countries_pay_no_tax() -> None:
    event = taxed(FRENCH, TaxRate(country="DE", rate=Rate.of("19 %")), tax={"place": TaxPlace.BUYER})
    assert told(event) == ["note tax.rates: tax_elsewhere"]
    assert says(event) == "There are rates of tax for DE, FR only; buyers elsewhere pay none."
    assert told(taxed(tax={"place": TaxPlace.BUYER})) == ["warning tickets[0].tax_category: tax_rate_missing"]


def inclusive(price: str, rate: str = "20 %", **changed: Any) -> Any:
    contained = {"mode": TaxMode.INCLUSIVE, **changed.pop("tax", {})}
    tickets = [ticket(price=euros(price), **changed)]
    return taxed(TaxRate(country="FR", rate=Rate.of(rate)), tax=contained, tickets=tickets)


@pytest.mark.parametrize(
    ("price", "rate"),
    [
        ("12.00", "20 %"),  # 10.00 and 2.00
        ("20.00", "20 %"),  # 16.67, of which 20 % are 3.334, and 3.33
        ("11.90", "19 %"),
        ("20.00", "0 %"),
        ("0.00", "20 %"),
    ],
)
def test_a_price_that_some_price_before_tax_makes_is_exact(price: str, rate: str) -> None:
    assert told(inclusive(price, rate)) == []


def test_halfway_between_two_amounts_of_tax() -> None:
    """9.99 × 20/120 = 1.665."""
    found = only(inclusive("9.99"))
    assert (found.severity.value, found.where) == ("note", "tickets[0].price")
    assert str(found.reason) == (
        "The tax in 9.99 EUR lies halfway between two amounts: 1.67 EUR is charged, other systems may show 1.66 EUR."
    )
    down = only(inclusive("9.99", tax={"rounding": Rounding.HALF_EVEN})).reason
    assert dict(down.values)["tax"] == euros("1.66")
    assert dict(down.values)["other"] == euros("1.67")


def test_a_price_that_no_price_before_tax_makes() -> None:
    """9.98 + 19 % = 11.8762, so 11.88; 9.99 + 19 % = 11.8881, so 11.89; 9.97 makes 11.86, and nothing 11.87."""
    assert says(inclusive("11.87", "19 %")) == (
        "No price before tax comes to 11.87 EUR with its tax: the tax in it, 1.90 EUR, is rounded."
    )


def test_other_ways_of_rounding_make_the_same_prices() -> None:
    """8.32 and 20 % of it, 1.664, are 9.98, although a tax that is rounded up leaves 8.31."""
    assert told(inclusive("9.98", tax={"rounding": Rounding.UP})) == []


def test_it_is_told_once_a_ticket_of_its_first_price() -> None:
    lots = [tier(price=euros("9.99")), tier("second", price=euros("9.87"), quantity=5)]
    event = taxed(
        FRENCH,
        tax={"mode": TaxMode.INCLUSIVE},
        tickets=[ticket(tiers=lots[:1]), ticket("vip", price=euros("12.03"), tiers=lots[:1])],
    )
    assert told(event) == ["note tickets[0].tiers[0].price: tax_tie", "note tickets[1].price: tax_tie"]


def test_a_tax_on_top_is_exact() -> None:
    assert told(taxed(FRENCH, tickets=[ticket(price=euros("9.99"))])) == []
    assert told(paid(tickets=[ticket(price=euros("9.99"))])) == []
