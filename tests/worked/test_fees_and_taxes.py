"""Fees and taxes, each checked with a pocket calculator."""

from datetime import UTC, date, datetime
from typing import Any

from paidevents import EUR, Currency, Money, Rate
from paidevents.catalog import (
    Event,
    EventKind,
    Fee,
    FeeBase,
    FeeTaker,
    Provider,
    TaxMode,
    TaxPlace,
    TaxRate,
    TaxTable,
    Ticket,
    WhenRateDiffers,
)
from paidevents.pricing import Buyer, Plan, Quote

AT = datetime(2026, 3, 1, tzinfo=UTC)
ALL, NONE = Rate.of("100 %"), Rate.of("0 %")
CAD = Currency("CAD")


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def vat(rate: str, mode: TaxMode = TaxMode.INCLUSIVE, **changed: Any) -> TaxTable:
    plain: dict[str, Any] = {"mode": mode, "seller": "FR", "rates": (TaxRate(country="FR", rate=Rate.of(rate)),)}
    return TaxTable(**{**plain, **changed})


def priced(price: str, *fees: Fee, count: int = 1, tax: TaxTable | None = None, **asked: Any) -> Quote:
    event = Event(
        id="video",
        title="Video",
        zone="Europe/Paris",
        currency=EUR,
        kind=EventKind.ON_DEMAND,
        tickets=(Ticket(id="seat", name="Seat", price=euros(price)),),
        fees=fees,
        tax=tax,
        providers=(Provider(name="stripe"), Provider(name="paypal")),
    )
    return Plan(event).quote({"seat": count}, at=AT, **asked)


def totals(quote: Quote) -> dict[str, str]:
    names = ("charged", "tax", "fees_passed_on", "organizer_keeps", "payout")
    return {name: str(getattr(quote.totals, name).decimal) for name in names}


def service(**changed: Any) -> Fee:
    return Fee(**{"id": "service", "rate": Rate.of("5 %"), **changed})


def test_a_fee_that_is_absorbed_is_the_organizers_alone() -> None:
    """5 % of 63.00 are 3.15; the buyer pays 63.00, the organizer keeps 59.85."""
    assert totals(priced("63.00", service())) == {
        "charged": "63.00",
        "tax": "0.00",
        "fees_passed_on": "0.00",
        "organizer_keeps": "59.85",
        "payout": "59.85",
    }


def test_a_fee_that_is_passed_on_bears_the_tax_of_the_ticket() -> None:
    """63.00 + 3.15 = 66.15; at 20 % included that holds 66.15 / 6 = 11.025, so 11.03: 10.50 in the ticket, 0.53 in the fee.

    The organizer keeps 66.15 - 11.03 - (3.15 - 0.53) = 52.50, which is 63.00 / 1.2.
    """
    assert totals(priced("63.00", service(buyer_share=ALL), tax=vat("20 %"))) == {
        "charged": "66.15",
        "tax": "11.03",
        "fees_passed_on": "3.15",
        "organizer_keeps": "52.50",
        "payout": "63.00",
    }


def test_a_fee_that_is_shared_is_borne_by_both() -> None:
    """40 % of 3.15 are 1.26: the buyer pays 64.26, and the other 1.89 are the organizer's: 64.26 - 3.15 = 61.11."""
    found = priced("63.00", service(buyer_share=Rate.of("40 %")))
    assert (found.charged, found.totals.organizer_keeps) == (euros("64.26"), euros("61.11"))
    (fee,) = found.fees
    assert (fee.amount, fee.passed_on) == (euros("3.15"), euros("1.26"))


def test_a_fee_on_all_that_is_charged_is_grossed_up_until_the_price_is_whole() -> None:
    """(50.00 + 0.30) / (1 - 0.029) = 51.8023…: 51.80 less 2.9 % of it (1.50) less 0.30 are 50.00."""
    card = Fee(
        id="card",
        taker=FeeTaker.PROVIDER,
        rate=Rate.of("2.9 %"),
        per_order=euros("0.30"),
        base=FeeBase.CHARGED,
        buyer_share=ALL,
        tax_category=None,
    )
    found = priced("50.00", card)
    assert (found.charged, found.totals.organizer_keeps) == (euros("51.80"), euros("50.00"))
    assert found.lines[-1].amount == euros("1.80")


def test_fixed_parts_floors_and_caps() -> None:
    """Three places at 20.00.

    Per place: 5 % of 20.00 are 1.00, and 0.30: 1.30, three times 3.90. Per order: 5 % of 60.00 and 0.50: 3.50.
    A cap of 1.00 a place: 3.00. A floor of 5.00 an order: 5.00. A cap of 2.00 an order: 2.00.
    """
    cases: list[tuple[dict[str, Any], str]] = [
        ({"per_unit": euros("0.30")}, "3.90"),
        ({"per_order": euros("0.50")}, "3.50"),
        ({"per_unit": euros("0.30"), "unit_cap": euros("1.00")}, "3.00"),
        ({"unit_floor": euros("1.10")}, "3.30"),
        ({"floor": euros("5.00")}, "5.00"),
        ({"cap": euros("2.00")}, "2.00"),
    ]
    for changed, expected in cases:
        assert str(priced("20.00", service(**changed), count=3).totals.platform_fees.decimal) == expected


def test_the_base_of_a_fee() -> None:
    """Of 60.00 with 20 % included 50.00 are net: 5 % are 3.00 or 2.50. On top of 60.00, the gross is 72.00: 3.60."""
    included, on_top = vat("20 %"), vat("20 %", TaxMode.EXCLUSIVE)

    def fee(base: FeeBase, tax: TaxTable) -> str:
        return str(priced("60.00", service(base=base), tax=tax).totals.platform_fees.decimal)

    assert (fee(FeeBase.GROSS, included), fee(FeeBase.NET, included)) == ("3.00", "2.50")
    assert (fee(FeeBase.GROSS, on_top), fee(FeeBase.NET, on_top)) == ("3.60", "3.00")
    assert fee(FeeBase.CHARGED, on_top) == "3.60"
    assert fee(FeeBase.BEFORE_DISCOUNT, included) == "3.00"


def test_a_fee_for_one_provider_is_due_with_that_provider_only() -> None:
    """PayPal's 0.49 passed on: 20.49, with Stripe 20.00, and each quote says that the other differs."""
    paypal = Fee(id="paypal", per_order=euros("0.49"), provider="paypal", buyer_share=ALL)
    by_paypal, by_stripe = (priced("20.00", paypal, provider=name) for name in ("paypal", "stripe"))
    assert (by_paypal.charged, by_paypal.differs) == (euros("20.49"), ("stripe",))
    assert (by_stripe.charged, by_stripe.differs) == (euros("20.00"), ("paypal",))


def test_the_tax_is_rounded_not_the_price_without_it() -> None:
    """9.99 / 6 = 1.665 is a tie, so the tax is 1.67; a system that rounds 9.99 / 1.2 = 8.325 to 8.33 has 1.66."""
    assert priced("9.99", tax=vat("20 %")).totals.tax == euros("1.67")


def test_tax_on_top() -> None:
    """19 % of three times 3.33 are 1.8981, so 1.90: 11.89 in all, shared 0.64, 0.63, 0.63."""
    found = priced("3.33", count=3, tax=vat("19 %", TaxMode.EXCLUSIVE))
    assert (found.charged, found.totals.tax) == (euros("11.89"), euros("1.90"))
    assert [unit.tax.minor for unit in found.units] == [64, 63, 63]


def quebec(compound: bool) -> Quote:
    rates = (
        TaxRate(country="CA", rate=Rate.of("5 %"), name="GST"),
        TaxRate(country="CA", rate=Rate.of("9.975 %"), name="QST", compound=compound),
    )
    event = Event(
        id="video",
        title="Video",
        zone="America/Toronto",
        currency=CAD,
        kind=EventKind.ON_DEMAND,
        tickets=(Ticket(id="seat", name="Seat", price=Money.of("100.00", CAD)),),
        tax=TaxTable(mode=TaxMode.EXCLUSIVE, seller="CA", rates=rates),
    )
    return Plan(event).quote({"seat": 1}, at=AT)


def test_two_taxes_on_one_place() -> None:
    """Quebec since 2013: 5 % and 9.975 % of 100.00 are 14.975, so 14.98, of which 5.00 and 9.98.

    Shared by 5 to 9.975: 5.0017 and 9.9783; the unit left over goes to the larger remainder.
    """
    found = quebec(compound=False)
    assert found.charged.minor == 11498
    assert [(tax.name, tax.amount.minor) for tax in found.taxes] == [("GST", 500), ("QST", 998)]


def test_a_tax_on_a_tax() -> None:
    """Compound: 5 % of 100.00, and 9.975 % of 105.00 = 10.47375: together 15.47375, so 15.47 = 5.00 + 10.47."""
    found = quebec(compound=True)
    assert found.charged.minor == 11547
    assert [(tax.name, tax.amount.minor) for tax in found.taxes] == [("GST", 500), ("QST", 1047)]
    assert [str(line.reason) for line in found.lines] == ["GST (5 %)", "QST (9.975 %)"]


TWO_COUNTRIES = (
    TaxRate(country="FR", rate=Rate.of("20 %")),
    TaxRate(country="HU", rate=Rate.of("27 %")),
)


def test_the_rate_is_that_of_the_buyers_country_and_the_price_stays() -> None:
    """120.00 hold 20.00 in France; in Hungary 120 × 27 / 127 = 25.5118, so 25.51; by the seller's rates 20.00 again."""
    table = vat("20 %", rates=TWO_COUNTRIES)
    assert priced("120.00", tax=table).totals.tax == euros("20.00")
    hungarian = priced("120.00", tax=table, buyer=Buyer(country="HU"))
    assert (hungarian.charged, hungarian.totals.tax) == (euros("120.00"), euros("25.51"))
    at_home = vat("20 %", rates=TWO_COUNTRIES, place=TaxPlace.SELLER)
    assert priced("120.00", tax=at_home, buyer=Buyer(country="HU")).totals.tax == euros("20.00")


def test_the_price_moves_where_what_the_organizer_keeps_is_to_stay() -> None:
    """120.00 / 1.20 × 1.27 = 127.00, of which 27.00 are tax: 100.00 stay either way."""
    table = vat("20 %", rates=TWO_COUNTRIES, when_rate_differs=WhenRateDiffers.KEEP_NET)
    hungarian = priced("120.00", tax=table, buyer=Buyer(country="HU"))
    assert (hungarian.charged, hungarian.totals.before_tax) == (euros("127.00"), euros("100.00"))
    assert hungarian.totals.list == euros("127.00")


def test_a_business_in_another_country_of_the_union_owes_the_tax_itself() -> None:
    """120.00 with nothing in it, if the price stays; 100.00 if what the organizer keeps stays."""
    business = Buyer(country="HU", business_number="HU12345678")
    kept = priced("120.00", tax=vat("20 %", rates=TWO_COUNTRIES), buyer=business)
    assert (kept.charged, kept.totals.tax, kept.is_reverse_charged) == (euros("120.00"), euros("0"), True)
    table = vat("20 %", rates=TWO_COUNTRIES, when_rate_differs=WhenRateDiffers.KEEP_NET)
    assert priced("120.00", tax=table, buyer=business).charged == euros("100.00")
    at_home = Buyer(country="FR", business_number="FR12345678901")
    assert not priced("120.00", tax=vat("20 %"), buyer=at_home).is_reverse_charged


def test_a_rate_holds_from_its_day_on() -> None:
    """19.6 % through 2013 in France, 20 % from 1 January 2014: 119.60 hold 19.60, then 119.6 / 6 = 19.93."""
    rates = (
        TaxRate(country="FR", rate=Rate.of("19.6 %")),
        TaxRate(country="FR", rate=Rate.of("20 %"), starts_on=date(2014, 1, 1)),
    )
    event = Event(
        id="video",
        title="Video",
        zone="Europe/Paris",
        currency=EUR,
        kind=EventKind.ON_DEMAND,
        tickets=(Ticket(id="seat", name="Seat", price=euros("119.60")),),
        tax=vat("20 %", rates=rates),
    )
    plan = Plan(event)
    midnight = datetime(2013, 12, 31, 23, tzinfo=UTC)
    before = plan.quote({"seat": 1}, at=midnight.replace(hour=22, minute=59))
    assert (before.totals.tax, before.good_until) == (euros("19.60"), midnight)
    assert plan.quote({"seat": 1}, at=midnight).totals.tax == euros("19.93")


def test_a_tax_service_of_the_hosts_own_takes_the_place_of_the_table() -> None:
    """8.875 % in New York on top of 33.33: 2.958, so 2.96."""
    asked: list[tuple[str, Buyer | None]] = []

    def taxes(category: str, buyer: Buyer | None) -> tuple[TaxRate, ...]:
        asked.append((category, buyer))
        return (TaxRate(country="US", rate=Rate.of("8.875 %"), name="Sales tax"),)

    found = priced("33.33", tax=vat("20 %", TaxMode.EXCLUSIVE), taxes=taxes)
    assert (found.charged, [tax.country for tax in found.taxes]) == (euros("36.29"), ["US"])
    assert asked == [("standard", None)]
    assert priced("33.33", taxes=taxes).totals.tax == euros("2.72")  # contained: 33.33 × 0.08875 / 1.08875 = 2.7169
