"""Which tax rates hold for whom, where, when."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from paidevents import InvalidValueError, Rate
from paidevents.catalog import EventKind, TaxMode, TaxPlace, TaxRate, TaxTable
from paidevents.catalog.taxes import effective
from paidevents.errors import NaiveDatetimeError

PARIS, LIVE, NOON = ZoneInfo("Europe/Paris"), EventKind.LIVE, datetime(2026, 6, 1, 12, tzinfo=UTC)


def rate(percent: str, country: str = "FR", **changed: Any) -> TaxRate:
    return TaxRate(country=country, rate=Rate.of(f"{percent} %"), **changed)


def table(*rates: TaxRate, **changed: Any) -> TaxTable:
    return TaxTable(**{"mode": TaxMode.INCLUSIVE, "seller": "FR", "rates": rates, **changed})


def test_a_rate_holds_from_the_start_of_its_first_day_in_the_events_zone() -> None:
    """The last second of 2026 in Paris is 22:59:59 UTC of New Year's Eve."""
    old, new = rate("20"), rate("21", starts_on=date(2027, 1, 1))
    taxes = table(new, old)
    before, after = datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert taxes.rates_in("FR", "standard", LIVE, before, PARIS) == (old,)
    assert taxes.rates_in("FR", "standard", LIVE, after, PARIS) == (new,)
    assert taxes.rates_in("FR", "standard", LIVE, after, ZoneInfo("America/New_York")) == (old,)


def test_a_rate_that_names_no_day_has_always_held() -> None:
    """From 1900 on, which is the first year there is here."""
    first = datetime(1900, 1, 1, tzinfo=UTC)
    assert table(rate("20")).rates_in("FR", "standard", LIVE, first, ZoneInfo("UTC")) == (rate("20"),)


def test_rates_are_of_a_country_a_category_and_a_kind() -> None:
    full, low, live, other = (
        rate("20", kinds=[EventKind.ON_DEMAND]),
        rate("5.5", category="reduced"),
        rate("10", kinds=[LIVE]),
        rate("19", "DE"),
    )
    taxes = table(full, low, live, other)
    assert taxes.rates_in("FR", "standard", LIVE, NOON, PARIS) == (live,)
    assert taxes.rates_in("FR", "standard", EventKind.ON_DEMAND, NOON, PARIS) == (full,)
    assert taxes.rates_in("FR", "reduced", LIVE, NOON, PARIS) == (low,)
    assert taxes.rates_in("DE", "standard", LIVE, NOON, PARIS) == (other,)
    assert taxes.rates_in("IT", "standard", LIVE, NOON, PARIS) == ()


def test_several_taxes_come_by_name_and_those_on_top_of_others_last() -> None:
    """Quebec until 2013: 9.5 % on the price with the 5 % in it are 9.975 % of the price."""
    federal, provincial = rate("5", "CA", name="GST"), rate("9.5", "CA", name="AQST", compound=True)
    taxes = table(provincial, federal).rates_in("CA", "standard", LIVE, NOON, PARIS)
    assert taxes == (federal, provincial)
    assert effective(taxes) == (Fraction(5, 100), Fraction(9975, 100_000))


def test_taxes_side_by_side_are_each_of_the_price_before_them() -> None:
    assert effective((rate("5", name="GST"), rate("7", name="PST"))) == (Fraction(5, 100), Fraction(7, 100))
    assert effective(()) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [((), ()), ((LIVE,), (LIVE,)), ((), (LIVE,)), ((LIVE, EventKind.WEBCAST), (EventKind.WEBCAST,))],
)
def test_two_rates_of_one_tax_do_not_begin_on_one_day(one: tuple[EventKind, ...], other: tuple[EventKind, ...]) -> None:
    with pytest.raises(InvalidValueError) as error:
        table(rate("20", kinds=one), rate("5.5", kinds=other))
    assert (error.value.field, error.value.reason.code) == ("rates[1]", "rates_overlap")


def test_rates_that_differ_in_anything_may_begin_on_one_day() -> None:
    rates = (
        rate("20", kinds=(LIVE, LIVE)),
        rate("20", kinds=(EventKind.WEBCAST,)),
        rate("20", "DE"),
        rate("20", category="reduced"),
        rate("20", name="GST"),
        rate("20", starts_on=date(1900, 1, 2)),
    )
    assert table(*rates).rates == rates


@pytest.mark.parametrize(
    ("seller", "buyer", "number", "reversed_"),
    [
        ("FR", "DE", "DE123456789", True),
        ("FR", "DE", None, False),
        ("FR", "DE", "", False),
        ("FR", "FR", "FR12345678901", False),
        ("FR", None, "DE123456789", False),
        ("FR", "CH", "CHE123456789", False),
        ("FR", "GB", "GB123456789", False),
        ("CH", "FR", "FR12345678901", False),
    ],
)
def test_a_business_in_another_country_of_the_union_owes_the_tax_itself(
    seller: str, buyer: str | None, number: str | None, reversed_: bool
) -> None:
    """Directive 2006/112/EC, articles 44 and 196."""
    assert table(seller=seller).is_reversed(buyer, number) is reversed_
    assert table(seller=seller, reverse_charge=False).is_reversed(buyer, number) is False


def test_the_rates_are_those_of_the_buyers_country_where_it_is_known() -> None:
    assert table().home("DE") == "DE"
    assert table().home(None) == "FR"
    assert table(place=TaxPlace.SELLER).home("DE") == "FR"


@pytest.mark.parametrize("country", ["de", "DEU", "", 7, ["DE"]])
def test_a_country_is_two_capital_letters(country: Any) -> None:
    for ask in (lambda: table().home(country), lambda: table().is_reversed(country, "1"), lambda: rate("20", country)):
        with pytest.raises(InvalidValueError, match="country"):
            ask()


def test_rates_are_asked_for_at_an_instant_in_a_zone() -> None:
    with pytest.raises(NaiveDatetimeError):
        table().rates_in("FR", "standard", LIVE, datetime(2026, 6, 1), PARIS)
    with pytest.raises(InvalidValueError, match="zone"):
        table().rates_in("FR", "standard", LIVE, NOON, "Europe/Paris")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"mode": "inclusive"}, "mode"),
        ({"seller": "fr"}, "seller"),
        ({"rates": [Rate.of("20 %")]}, "rates[0]"),
        ({"place": None}, "place"),
        ({"rounding": "half_up"}, "rounding"),
    ],
)
def test_a_table_that_cannot_be_is_refused(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        table(**changed)
    assert error.value.field == field


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"starts_on": NOON}, "starts_on"), ({"kinds": ["live"]}, "kinds[0]"), ({"name": ""}, "name")],
)
def test_a_rate_that_cannot_be_is_refused(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        rate("20", **changed)
    assert error.value.field == field
