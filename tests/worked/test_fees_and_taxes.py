"""Fees and taxes, reckoned by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from worked.shop import AT, card, code, euros, lines, off, percent, price_of, prices, quote, shop, skips, taxes, ticket

from paidevents import InvalidValueError, Rate, Rounding
from paidevents.catalog import (
    FREE,
    EventKind,
    Fee,
    FeeBase,
    FeeTaker,
    Match,
    Policy,
    Scope,
    Selection,
    TaxMode,
    TaxPlace,
    TaxRate,
    TaxTable,
    WhenRateDiffers,
)
from paidevents.pricing import Buyer, Plan, Quote

BUYER = Rate(1, 1)
TWENTY = taxes(("20 %", "standard"))
ON_TOP = evolve(TWENTY, mode=TaxMode.EXCLUSIVE)


def fee(rate: str = "5 %", **changed: Any) -> Fee:
    return Fee(**{"id": "service", "rate": Rate.of(rate), **changed})


def passed_on(rate: str = "5 %", **changed: Any) -> Fee:
    return fee(rate, **{"buyer_share": BUYER, **changed})


def sums(found: Quote) -> tuple[str, str, str, str]:
    """Charged, tax, all fees, and what the organizer keeps."""
    totals = found.totals
    amounts = (totals.charged, totals.tax, totals.platform_fees + totals.provider_fees, totals.organizer_keeps)
    charged, tax, fees, keeps = (str(amount.decimal) for amount in amounts)
    return charged, tax, fees, keeps


# Who bears a fee.


def test_a_fee_that_the_organizer_absorbs() -> None:
    """5 % of 63.00 is 3.15. Of 63.00, 10.50 are tax (63.00 / 6), so 63.00 - 10.50 - 3.15 = 49.35 are kept."""
    found = quote(shop(ticket("63.00"), fees=[fee()], tax=TWENTY))
    assert sums(found) == ("63.00", "10.50", "3.15", "49.35")
    assert lines(found) == []
    assert found.totals.payout == euros("59.85")


def test_a_fee_that_is_passed_on() -> None:
    """
    63.00 + 3.15 = 66.15, which hold 66.15 / 6 = 11.025 → 11.03 of tax, 0.53 of them in the fee.

    Kept are 66.15 - 11.03 - (3.15 - 0.53) = 52.50, as without any fee.
    """
    found = quote(shop(ticket("63.00"), fees=[passed_on()], tax=TWENTY))
    assert sums(found) == ("66.15", "11.03", "3.15", "52.50")
    assert (found.fees[0].passed_on, found.fees[0].tax) == (euros("3.15"), euros("0.53"))
    assert lines(found) == [("fee_passed_on", "3.15")]


def test_a_fee_that_is_split() -> None:
    """
    40 % of 3.15 are 1.26: 64.26 charged, with 10.71 of tax, 0.21 of them in the fee.

    Kept are 64.26 - 10.71 - (3.15 - 0.21) = 50.61.
    """
    found = quote(shop(ticket("63.00"), fees=[fee(buyer_share=Rate.of("40 %"))], tax=TWENTY))
    assert sums(found) == ("64.26", "10.71", "3.15", "50.61")
    assert lines(found) == [("fee_shared", "1.26")]


def test_a_fee_without_tax() -> None:
    """63.00 hold 10.50 of tax, the 3.15 of the fee hold none: 66.15 - 10.50 - 3.15 = 52.50."""
    found = quote(shop(ticket("63.00"), fees=[passed_on(tax_category=None)], tax=TWENTY))
    assert sums(found) == ("66.15", "10.50", "3.15", "52.50")
    assert found.fees[0].tax == euros("0.00")


def test_a_fee_of_the_same_rate_of_tax_is_taxed_with_the_places() -> None:
    """
    1.00 and a fee of 15 %, of another category at the same 20 %: 1.15 / 6 = 0.1917 → 0.19.

    One by one it would be 0.17 + 0.03 = 0.20.
    """
    table = taxes(("20 %", "standard"), ("20 %", "services"))
    found = quote(shop(ticket("1.00"), fees=[passed_on("15 %", tax_category="services")], tax=table))
    assert sums(found)[:2] == ("1.15", "0.19")
    assert len(found.taxes) == 1


def test_a_fee_of_another_rate_of_tax() -> None:
    """10.00 at 5.5 % hold 0.5213 → 0.52; the fee of 1.00 at 20 % holds 0.17: together 0.69."""
    table = taxes(("5.5 %", "standard"), ("20 %", "services"))
    found = quote(shop(ticket("10.00"), fees=[passed_on("10 %", tax_category="services")], tax=table))
    assert {str(tax.rate): tax.amount for tax in found.taxes} == {"5.5 %": euros("0.52"), "20 %": euros("0.17")}
    assert found.fees[0].tax == euros("0.17")


def test_who_takes_a_fee_and_where() -> None:
    """5 % for the platform, billed afterwards; 1.4 % + 0.25 for the provider, taken out of the payment."""
    fees = [
        fee(at_source=False),
        fee("1.4 %", id="payment", taker=FeeTaker.PROVIDER, per_order=euros("0.25"), base=FeeBase.CHARGED),
    ]
    totals = quote(shop(ticket("50.00"), fees=fees)).totals
    assert (totals.platform_fees, totals.provider_fees) == (euros("2.50"), euros("0.95"))
    assert (totals.payout, totals.organizer_keeps) == (euros("49.05"), euros("46.55"))


def test_a_providers_fee_is_due_with_that_provider_only() -> None:
    """2 % with the card, nothing with the bank; passed on, the totals differ: 20.40 and 20.00."""
    event = shop(fees=[passed_on("2 %", provider="card")], providers=[card(), card(name="bank")])
    with_card, with_bank = quote(event), quote(event, provider="bank")
    assert (with_card.charged, with_card.differs) == (euros("20.40"), ("bank",))
    assert (with_bank.charged, with_bank.differs) == (euros("20.00"), ("card",))


# What a fee comes to.


@pytest.mark.parametrize(
    ("base", "expected"),
    [(FeeBase.GROSS, "0.60"), (FeeBase.NET, "0.50"), (FeeBase.BEFORE_DISCOUNT, "1.20"), (FeeBase.CHARGED, "0.60")],
)
def test_of_what_a_fee_is_a_share(base: FeeBase, expected: str) -> None:
    """24.00 less half is 12.00 with 2.00 of tax in it: 5 % of 12.00, of 10.00, of 24.00, and of 12.00 charged."""
    event = shop(ticket("24.00"), fees=[fee(base=base)], tax=TWENTY, promotions=[code("half", percent("50 %"))])
    assert quote(event, 1, "half").fees[0].amount == euros(expected)


@pytest.mark.parametrize(
    ("base", "expected"),
    [(FeeBase.GROSS, "6.00"), (FeeBase.NET, "5.00"), (FeeBase.BEFORE_DISCOUNT, "5.00"), (FeeBase.CHARGED, "6.00")],
)
def test_of_what_a_fee_is_a_share_with_the_tax_on_top(base: FeeBase, expected: str) -> None:
    """100.00 and 20.00 of tax: 5 % of 120.00, of 100.00, of the list price, and of 120.00 charged."""
    assert quote(shop(ticket("100.00"), fees=[fee(base=base)], tax=ON_TOP)).fees[0].amount == euros(expected)


def test_a_passed_on_fee_is_no_part_of_its_own_base() -> None:
    """100.00 and 20.00 of tax; 5 % of 120.00 are 6.00, on which there are 1.20: 127.20. The organizer keeps 100.00."""
    found = quote(shop(ticket("100.00"), fees=[passed_on()], tax=ON_TOP))
    assert sums(found) == ("127.20", "21.20", "6.00", "100.00")
    assert found.fees[0].tax == euros("1.20")


def test_a_floor_and_a_cap_for_each_place() -> None:
    """
    5 % of 10.00, 30.00 and 100.00 are 0.50, 1.50 and 5.00; between 1.00 and 2.00 that is 1.00 + 1.50 + 2.00 = 4.50.

    All of it is shared by gross: 4.50 × 10 / 140 = 0.3214…, 0.9642… and 3.2142…; the odd cent goes to the dearest.
    """
    event = shop(
        ticket("10.00", "a"),
        ticket("30.00", "b"),
        ticket("100.00", "c"),
        fees=[fee(unit_floor=euros("1.00"), unit_cap=euros("2.00"))],
    )
    found = quote(event, {"a": 1, "b": 1, "c": 1})
    assert found.fees[0].amount == euros("4.50")
    assert found.fees[0].per_unit == (32, 96, 322)


@pytest.mark.parametrize(("count", "expected"), [(1, "2.00"), (3, "3.00"), (9, "4.00")])
def test_a_floor_and_a_cap_for_the_order(count: int, expected: str) -> None:
    """5 % of 20.00 each: 1.00, 3.00, 9.00; at least 2.00, at most 4.00."""
    assert quote(shop(fees=[fee(floor=euros("2.00"), cap=euros("4.00"))]), count).fees[0].amount == euros(expected)


@pytest.mark.parametrize(("exempt", "expected"), [(True, "0.80"), (False, "1.05")])
def test_fixed_parts_for_the_order_and_for_each_place(exempt: bool, expected: str) -> None:
    """0.30, and 0.25 for each of three places, one of which is free: 0.30 + 0.50, or 0.30 + 0.75 if it counts as well."""
    fixed = fee("0 %", per_order=euros("0.30"), per_unit=euros("0.25"), free_units_exempt=exempt)
    event = shop(ticket(), ticket("0.00", "press"), fees=[fixed])
    assert quote(event, {"standard": 2, "press": 1}).fees[0].amount == euros(expected)


@pytest.mark.parametrize(("exempt", "expected"), [(True, "2.00"), (False, "2.50")])
def test_bounds_for_each_place_and_free_ones(exempt: bool, expected: str) -> None:
    """Two at 20.00: 5 % are 1.00 each. A free place is exempt, or bears the floor of 0.50 like any other."""
    event = shop(ticket(), ticket("0.00", "press"), fees=[fee(unit_floor=euros("0.50"), free_units_exempt=exempt)])
    assert quote(event, {"standard": 2, "press": 1}).fees[0].amount == euros(expected)


@pytest.mark.parametrize("base", FeeBase)
def test_a_free_order_bears_no_fee(base: FeeBase) -> None:
    """Not even a fixed one, nor a floor, nor one on list prices."""
    untaxed = None if base is FeeBase.CHARGED else "standard"
    fees = [
        passed_on(
            base=base, per_order=euros("0.30"), floor=euros("1.00"), tax_category=untaxed, free_units_exempt=False
        ),
        fee(id="own", base=base, per_unit=euros("0.30"), floor=euros("1.00")),
    ]
    found = quote(shop(fees=fees, promotions=[code("free", FREE)]), 2, "free")
    assert sums(found) == ("0.00", "0.00", "0.00", "0.00")
    assert lines(found) == [("free", "-40.00")]


def test_what_the_buyer_is_told_of_a_fee() -> None:
    """With a rate, with a rate and a fixed part, and with nothing but that."""
    fees = [
        passed_on("5 %", name="Service"),
        passed_on("1 %", id="b", per_unit=euros("0.25"), per_order=euros("0.10")),
        passed_on("0 %", id="c", per_order=euros("0.40"), name="Posting"),
    ]
    told = [str(line.reason) for line in quote(shop(fees=fees), 2).lines]
    assert [code.partition(" ")[0].rstrip(":") for code in told] == ["Service", "b", "Posting"]
    assert "5 %" in told[0] and "0.60 EUR" in told[1]


# A fee on all that is charged.


def test_passing_the_providers_fee_on_leaves_the_face_value_whole() -> None:
    """
    (50.00 + 0.30) / (1 - 0.029) = 51.8023…, so the buyer pays 51.80; 2.9 % of that is 1.50, and 51.80 - 1.50 - 0.30 = 50.00.
    """
    stripe = passed_on(
        "2.9 %", per_order=euros("0.30"), base=FeeBase.CHARGED, tax_category=None, taker=FeeTaker.PROVIDER
    )
    found = quote(shop(ticket("50.00"), fees=[stripe]))
    assert sums(found) == ("51.80", "0.00", "1.80", "50.00")
    assert found.totals.payout == euros("50.00")


def test_a_part_of_it() -> None:
    """50.71 charged: 2.9 % are 1.47 (1.4706), and 0.30: 1.77, of which 40 % are 0.71: 50.00 + 0.71."""
    split = fee("2.9 %", per_order=euros("0.30"), base=FeeBase.CHARGED, tax_category=None, buyer_share=Rate.of("40 %"))
    found = quote(shop(ticket("50.00"), fees=[split]))
    assert (found.charged, found.fees[0].amount, found.fees[0].passed_on) == (
        euros("50.71"),
        euros("1.77"),
        euros("0.71"),
    )


def test_it_covers_fees_and_taxes_as_well() -> None:
    """
    100.00, a fee of 5.00 and 20 % on both: 126.00. (126.00 + 0.30) / 0.971 = 130.072…: 130.07, of which 2.9 % are 3.77.
    """
    fees = [
        passed_on(base=FeeBase.NET),
        passed_on("2.9 %", id="payment", per_order=euros("0.30"), base=FeeBase.CHARGED, tax_category=None),
    ]
    found = quote(shop(ticket("100.00"), fees=fees, tax=ON_TOP))
    assert lines(found) == [("fee_passed_on", "5.00"), ("tax_added", "21.00"), ("fee_with_fixed_part", "4.07")]
    assert found.charged == euros("130.07")


def test_two_of_them_cover_each_other() -> None:
    """10 % and 5 % of 117.64: 11.76 and 5.88, so 100.00 + 17.64. One cent less would leave 99.99."""
    fees = [
        passed_on("10 %", base=FeeBase.CHARGED, tax_category=None),
        passed_on(id="b", base=FeeBase.CHARGED, tax_category=None),
    ]
    found = quote(shop(ticket("100.00"), fees=fees))
    assert (found.charged, [each.amount for each in found.fees]) == (euros("117.64"), [euros("11.76"), euros("5.88")])


def test_all_that_is_charged_cannot_be_fees() -> None:
    """Each half of what is charged: together all of it, and no total would ever cover them."""
    halves = [passed_on("50 %", id=id, base=FeeBase.CHARGED, tax_category=None) for id in ("a", "b")]
    with pytest.raises(InvalidValueError) as refused:
        Plan(shop(fees=halves))
    assert (refused.value.field, refused.value.reason.code) == ("fees", "gross_up_too_large")
    assert quote(shop(fees=halves[:1])).charged == euros("40.00")


# The minimum, where more than the price is charged.


def test_a_fee_helps_to_reach_the_minimum() -> None:
    """0.20 left of 20.00; 0.48 and 5 % of it, 0.02, are 0.50. (0.47 and 0.02 are 0.49.) So raised by 0.28."""
    event = shop(fees=[passed_on()], providers=[card("0.50")], promotions=[code("most", percent("99 %"))])
    assert lines(quote(event, 1, "most")) == [
        ("most", "-19.80"),
        ("raised_to_minimum", "0.28"),
        ("fee_passed_on", "0.02"),
    ]


def test_a_fee_on_list_prices_reaches_it_alone() -> None:
    """1.00 left of 100.00; with a fee of 5 % of the list price, 5.00, only 5.00 are wanted for a minimum of 10.00."""
    event = shop(
        ticket("100.00"),
        fees=[passed_on(base=FeeBase.BEFORE_DISCOUNT)],
        providers=[card("10.00")],
        promotions=[code("most", percent("99 %"))],
    )
    found = quote(event, 1, "most")
    assert lines(found) == [("most", "-99.00"), ("raised_to_minimum", "4.00"), ("fee_passed_on", "5.00")]


def test_the_first_raise_that_reaches_the_minimum_is_no_matter_of_halving() -> None:
    """
    Prices 15, 13, 5, 14, 17, 4 after discounts of 51, 1, 34, 31, 9, 27, with 7, 19, 20, 7, 25 and 20 % on top.

    A raise by 75 is charged 164, by 76 166, by 77 only 165: the odd cents of it fall on other rates.
    """
    numbers = ((15, 51, 7), (13, 1, 19), (5, 34, 20), (14, 31, 7), (17, 9, 25), (4, 27, 20))
    event = shop(
        *(
            ticket(str(euros_(price + off)), f"t{at}", tax_category=f"r{rate}")
            for at, (price, off, rate) in enumerate(numbers)
        ),
        promotions=[
            code(f"s{at}", price_of(euros_(price)), match=Match(tickets=(f"t{at}",)))
            for at, (price, _, _) in enumerate(numbers)
        ],
        tax=taxes(*((f"{rate} %", f"r{rate}") for rate in (7, 19, 20, 25)), mode=TaxMode.EXCLUSIVE),
        providers=[card("1.66")],
    )
    found = quote(event, {f"t{at}": 1 for at in range(6)}, *(f"s{at}" for at in range(6)))
    assert (found.totals.adjustment, found.charged) == (euros("0.76"), euros("1.66"))


def euros_(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


# Taxes.


def test_a_tax_in_the_price_is_rounded_itself() -> None:
    """
    9.99 at 20 % hold 9.99 / 6 = 1.665: 1.67, half up. To round the price before tax, 8.325 to 8.33, would leave 1.66,
    as does a table that rounds halves down.
    """
    assert quote(shop(ticket("9.99"), tax=TWENTY)).totals.tax == euros("1.67")
    assert quote(shop(ticket("9.99"), tax=evolve(TWENTY, rounding=Rounding.HALF_DOWN))).totals.tax == euros("1.66")


def test_a_tax_is_rounded_once_for_each_rate() -> None:
    """3 × 3.33 at 8.875 % on top: 9.99 × 0.08875 = 0.8866 → 0.89: 0.30, 0.30 and 0.29. Each for itself: 3 × 0.30 = 0.90."""
    found = quote(shop(ticket("3.33"), tax=taxes(("8.875 %", "standard"), mode=TaxMode.EXCLUSIVE)), 3)
    assert (found.totals.tax, [unit.tax.minor for unit in found.units]) == (euros("0.89"), [30, 30, 29])
    assert lines(found) == [("tax_added", "0.89")]


def canada(*rates: TaxRate) -> TaxTable:
    return TaxTable(mode=TaxMode.EXCLUSIVE, seller="CA", rates=rates)


def test_two_taxes_on_one_place() -> None:
    """
    Quebec: GST 5 % and QST 9.975 % on 100.00: 14.975 % are 14.98, rounded once. GST 5.00 (14.98 × 5 / 14.975 = 5.0017),
    QST 9.98 (9.9783).

    Source: Revenu Québec, rates since 2013.
    """
    gst = TaxRate(country="CA", rate=Rate.of("5 %"), name="GST")
    qst = TaxRate(country="CA", rate=Rate.of("9.975 %"), name="QST")
    found = quote(shop(ticket("100.00"), tax=canada(qst, gst)))
    assert found.charged == euros("114.98")
    assert [(tax.name, str(tax.amount.decimal)) for tax in found.taxes] == [("GST", "5.00"), ("QST", "9.98")]
    assert len(lines(found)) == 2


def test_a_tax_on_a_tax() -> None:
    """
    Quebec in 2011: QST 8.5 % on the price with the GST of 5 % in it, 105.00: 8.925. Together 13.925 → 13.93.

    GST 13.93 × 5 / 13.925 = 5.0018 → 5.00, QST 8.93.
    """
    gst = TaxRate(country="CA", rate=Rate.of("5 %"), name="GST")
    qst = TaxRate(country="CA", rate=Rate.of("8.5 %"), name="QST", compound=True)
    found = quote(shop(ticket("100.00"), tax=canada(qst, gst)))
    assert [(tax.name, str(tax.amount.decimal)) for tax in found.taxes] == [("GST", "5.00"), ("QST", "8.93")]


def test_two_taxes_in_a_price() -> None:
    """11.50 hold 5 % and 10 % of 10.00: 0.50 and 1.00. Of three, 34.50: 1.50 and 3.00, by place as one would share 4.50."""
    table = TaxTable(
        mode=TaxMode.INCLUSIVE,
        seller="CA",
        rates=(
            TaxRate(country="CA", rate=Rate.of("5 %"), name="A"),
            TaxRate(country="CA", rate=Rate.of("10 %"), name="B"),
        ),
    )
    found = quote(shop(ticket("11.50"), tax=table), 3)
    assert [tax.per_unit for tax in found.taxes] == [(50, 50, 50), (100, 100, 100)]
    assert (found.totals.before_tax, lines(found)) == (euros("30.00"), [])


def test_a_tax_of_nothing_is_no_line() -> None:
    """One cent at 20 % on top: 0.002, nothing. And of two taxes on 0.05, 1 % and 20 %, only the second is a cent."""
    assert lines(quote(shop(ticket("0.01"), tax=ON_TOP))) == []
    two = canada(
        TaxRate(country="CA", rate=Rate.of("1 %"), name="A"), TaxRate(country="CA", rate=Rate.of("20 %"), name="B")
    )
    assert [(tax.name, tax.amount) for tax in quote(shop(ticket("0.05"), tax=two)).taxes] == [("B", euros("0.01"))]


def test_discounts_make_the_tax_less_and_a_raise_makes_it_more() -> None:
    """12.00 hold 2.00; less half, 6.00 hold 1.00. 0.12 raised to 0.60 hold 0.10."""
    event = shop(
        ticket("12.00"),
        tax=TWENTY,
        providers=[card("0.60")],
        promotions=[code("half", percent("50 %")), code("most", percent("99 %"))],
    )
    assert [quote(event, 1, *codes).totals.tax for codes in ((), ("half",), ("most",))] == list(
        map(euros, ("2.00", "1.00", "0.10"))
    )


EU = TaxTable(
    mode=TaxMode.INCLUSIVE,
    seller="FR",
    rates=(
        TaxRate(country="FR", rate=Rate.of("20 %")),
        TaxRate(country="DE", rate=Rate.of("19 %")),
        TaxRate(country="HU", rate=Rate.of("27 %")),
    ),
    reverse_charge=True,
)
GERMAN = Buyer(country="DE")
GERMAN_FIRM = Buyer(country="DE", business_number="DE136695976")


@pytest.mark.parametrize(
    ("buyer", "differs", "charged", "tax"),
    [
        (None, WhenRateDiffers.KEEP_NET, "12.00", "2.00"),
        (GERMAN, WhenRateDiffers.KEEP_GROSS, "12.00", "1.92"),
        (GERMAN, WhenRateDiffers.KEEP_NET, "11.90", "1.90"),
        (Buyer(country="HU"), WhenRateDiffers.KEEP_NET, "12.70", "2.70"),
        (GERMAN_FIRM, WhenRateDiffers.KEEP_GROSS, "12.00", "0.00"),
        (GERMAN_FIRM, WhenRateDiffers.KEEP_NET, "10.00", "0.00"),
        (Buyer(country="FR", business_number="FR40303265045"), WhenRateDiffers.KEEP_NET, "12.00", "2.00"),
        (Buyer(country="CH", business_number="CHE-116.281.710"), WhenRateDiffers.KEEP_GROSS, "12.00", "0.00"),
    ],
)
def test_a_buyer_elsewhere(buyer: Buyer | None, differs: WhenRateDiffers, charged: str, tax: str) -> None:
    """
    12.00 hold 2.00 at 20 %. At 19 % they hold 1.916 → 1.92; or the 10.00 before tax stay: 11.90, and at 27 % 12.70.

    A German firm owes the tax itself: 12.00 without tax, or 10.00. A French one does not; a Swiss one is outside the union,
    where the table has no rate.
    """
    found = quote(shop(ticket("12.00"), tax=evolve(EU, when_rate_differs=differs)), buyer=buyer)
    assert (found.charged, found.totals.tax) == (euros(charged), euros(tax))
    assert found.is_reverse_charged == (buyer is GERMAN_FIRM)


def test_a_plan_tells_a_firm_from_its_country() -> None:
    """Whoever asks first: 11.90 for a German, 10.00 for a German firm."""
    plan = Plan(shop(ticket("12.00"), tax=evolve(EU, when_rate_differs=WhenRateDiffers.KEEP_NET)))
    found = [plan.quote({"standard": 1}, at=AT, buyer=buyer).charged for buyer in (GERMAN, GERMAN_FIRM, GERMAN)]
    assert found == [euros("11.90"), euros("10.00"), euros("11.90")]


def test_a_buyer_elsewhere_with_the_tax_on_top() -> None:
    """10.00 and 19 % are 11.90; for a firm 10.00. Where the seller's country decides, 12.00."""
    table = evolve(EU, mode=TaxMode.EXCLUSIVE, when_rate_differs=WhenRateDiffers.KEEP_NET)
    assert quote(shop(ticket("10.00"), tax=table), buyer=GERMAN).charged == euros("11.90")
    assert quote(shop(ticket("10.00"), tax=table), buyer=GERMAN_FIRM).charged == euros("10.00")
    assert quote(shop(ticket("10.00"), tax=evolve(table, place=TaxPlace.SELLER)), buyer=GERMAN).charged == euros(
        "12.00"
    )


def test_what_stays_before_tax_is_rounded_to_what_can_be_charged() -> None:
    """20.00 at 20 % are 16.666…; at 19 % 19.8333… → 19.83, and in steps of 0.05 19.85. So the providers differ."""
    event = shop(
        tax=evolve(EU, when_rate_differs=WhenRateDiffers.KEEP_NET), providers=[card(), card(name="coins", step=5)]
    )
    assert quote(event, buyer=GERMAN).charged == euros("19.83")
    assert quote(event, buyer=GERMAN, provider="coins").charged == euros("19.85")
    assert quote(event, buyer=GERMAN).differs == ("coins",)
    assert quote(event).differs == ()


def test_a_discount_is_taken_off_the_price_that_the_buyer_sees() -> None:
    """12.00 are 11.90 in Germany; 10 % of that is 1.19: 10.71, which hold 1.71 at 19 %."""
    event = shop(
        ticket("12.00"),
        tax=evolve(EU, when_rate_differs=WhenRateDiffers.KEEP_NET),
        promotions=[code("ten", percent("10 %"))],
    )
    totals = quote(event, 1, "ten", buyer=GERMAN).totals
    assert (totals.list, totals.charged, totals.tax) == (euros("11.90"), euros("10.71"), euros("1.71"))


def test_rates_begin_on_a_day_and_hold_for_kinds_of_events() -> None:
    """20 %, from 2 March on 10 %; for recordings of on-demand events 5 %: of 110.00 18.33, 10.00 and 5.24."""
    table = TaxTable(
        mode=TaxMode.INCLUSIVE,
        seller="FR",
        rates=(
            TaxRate(country="FR", rate=Rate.of("20 %")),
            TaxRate(country="FR", rate=Rate.of("10 %"), starts_on=date(2026, 3, 2), kinds=(EventKind.LIVE,)),
            TaxRate(country="FR", rate=Rate.of("5 %"), starts_on=date(2026, 3, 2), kinds=(EventKind.ON_DEMAND,)),
        ),
    )
    before, after = datetime(2026, 3, 1, 22, 59, tzinfo=UTC), datetime(2026, 3, 1, 23, tzinfo=UTC)
    live, video = shop(ticket("110.00"), tax=table), shop(ticket("110.00"), tax=table, kind=EventKind.ON_DEMAND)
    assert [quote(live, at=at).totals.tax.minor for at in (before, after)] == [1833, 1000]
    assert [quote(video, at=at).totals.tax.minor for at in (before, after)] == [1833, 524]


def test_a_host_with_a_tax_service_of_its_own() -> None:
    """It is asked once for each category, with the buyer: 10 % of 10.00 in 11.00, and with no table taxes are in the price."""
    asked: list[tuple[str, Buyer | None]] = []

    def service(category: str, buyer: Buyer | None) -> Sequence[TaxRate]:
        asked.append((category, buyer))
        return [TaxRate(country="US", rate=Rate.of("10 %"), name="Sales tax")]

    event = shop(ticket("11.00"), fees=[fee(tax_category="services")])
    found = quote(event, buyer=GERMAN, taxes=service)
    assert (found.charged, found.totals.tax) == (euros("11.00"), euros("1.00"))
    assert asked == [("services", GERMAN), ("standard", GERMAN)]
    assert [tax.name for tax in found.taxes] == ["Sales tax"]
    on_top = evolve(event, tax=ON_TOP)
    assert quote(on_top, taxes=service).charged == euros("12.10")


@pytest.mark.parametrize("answer", [None, "20 %", [Fraction(1, 5)], [Rate.of("20 %")]])
def test_a_tax_service_that_answers_something_else(answer: Any) -> None:
    with pytest.raises(InvalidValueError) as refused:
        quote(shop(), taxes=lambda category, buyer: answer)
    assert refused.value.field.startswith("taxes")


def test_the_best_is_the_best_with_the_fee() -> None:
    """
    0.01, 0.03 and 0.03 with a fee of 0.50 for each place that costs something, passed on.

    0.03 off the order are shared 0.4286, 1.2857, 1.2857, so 1, 1, 1: left are 0.00, 0.02, 0.02 and 2 × 0.50: 1.04.
    0.04 are shared 0.5714, 1.7143, 1.7143, so 0, 2, 2: left are three times 0.01 and 3 × 0.50: 1.53.
    """
    promotions = [code("three", off("0.03"), scope=Scope.ORDER), code("one", off("0.01"), scope=Scope.ORDER)]
    event = shop(
        ticket("0.01", "a"),
        ticket("0.03", "b"),
        fees=[passed_on("0 %", per_unit=euros("0.50"))],
        promotions=promotions,
        policy=Policy(selection=Selection.BEST),
    )
    found = quote(event, {"a": 1, "b": 2}, "three", "one")
    assert (found.charged, prices(found), skips(found)) == (
        euros("1.04"),
        ["0.00", "0.02", "0.02"],
        {"one": ["superseded"]},
    )
    explicit = quote(evolve(event, policy=Policy()), {"a": 1, "b": 2}, "three", "one")
    assert (explicit.charged, prices(explicit)) == (euros("1.53"), ["0.01", "0.01", "0.01"])
