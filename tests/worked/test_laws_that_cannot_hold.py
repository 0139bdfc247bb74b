"""
Laws that one would like to have, and numbers that show why nobody can.

They are no bugs: do not chase them. Each number here was reckoned by hand.
"""

import pytest
from pricing.vectors import VECTORS
from worked.shop import card, code, euros, off, percent, price_of, prices, quote, refusals, shop, skips, taxes, ticket

from paidevents import Money, Rate
from paidevents.catalog import (
    FREE,
    AmountOff,
    BelowMinimum,
    Event,
    Limit,
    LimitOf,
    Match,
    Order,
    Pick,
    Policy,
    Scope,
    TaxMode,
)
from paidevents.money import EUR, USD
from paidevents.pricing import refund_due

TO_ALL = Scope.ORDER


def charged(event: Event, count: int = 1, *codes: str) -> int:
    return quote(event, count, *codes).charged.minor


def test_every_counterexample_of_the_vectors_is_here() -> None:
    assert [each["law"] for each in VECTORS["counterexamples"]] == [
        "scale invariance",
        "additivity over orders",
        "allocation monotone in the total",
        *["stages commute"] * 3,
        "discounts add",
        "monotone under policy reject",
        "monotone with overlapping order scopes",
        "per-unit equals per-order rounding",
    ]


def test_1_ten_times_the_prices_is_not_ten_times_the_total() -> None:
    """15 % of 1.01 is 0.1515 → 0.15, leaving 0.86; of 10.10 it is 1.515 → 1.52, leaving 8.58 and not 8.60."""
    fifteen = [code("f", percent("15 %"))]
    assert charged(shop(ticket("1.01"), promotions=fifteen), 1, "f") == 86
    assert charged(shop(ticket("10.10"), promotions=fifteen), 1, "f") == 858 != 10 * 86


def test_2_two_orders_do_not_pay_what_one_order_of_both_pays() -> None:
    """15 % of 2.04 is 0.306 → 0.31: 1.73. Of 1.02 it is 0.153 → 0.15: 0.87, twice 1.74."""
    event = shop(ticket("1.02"), promotions=[code("f", percent("15 %"), scope=TO_ALL)])
    assert charged(event, 2, "f") == 173
    assert 2 * charged(event, 1, "f") == 174


def test_3_a_percentage_of_each_place_is_not_one_of_the_order() -> None:
    """33 % of 9.99 is 3.2967 → 3.30, three times 9.90: 20.07. Of 29.97 it is 9.8901 → 9.89: 20.08."""
    each, all_ = (shop(ticket("9.99"), promotions=[code("t", percent("33 %"), scope=scope)]) for scope in Scope)
    assert (charged(each, 3, "t"), charged(all_, 3, "t")) == (2007, 2008)


def test_4_a_larger_discount_may_take_less_off_a_place() -> None:
    """
    The Alabama paradox. 0.03 off 0.01, 0.03, 0.03: 0.43, 1.29, 1.29 → 1, 1, 1. 0.04: 0.57, 1.71, 1.71 → 0, 2, 2.

    The first place is free with the smaller discount and costs 0.01 with the larger.
    """
    event = shop(
        ticket("0.01", "a"),
        ticket("0.03", "b"),
        promotions=[code(f"o{n}", off(f"0.0{n}"), scope=TO_ALL) for n in (3, 4)],
    )
    assert prices(quote(event, {"a": 1, "b": 2}, "o3")) == ["0.00", "0.02", "0.02"]
    assert prices(quote(event, {"a": 1, "b": 2}, "o4")) == ["0.01", "0.01", "0.01"]
    assert [share.minor for share in Money(3, EUR).split([1, 3, 3])] == [1, 1, 1]
    assert [share.minor for share in Money(4, EUR).split([1, 3, 3])] == [0, 2, 2]


@pytest.mark.parametrize(
    ("first", "second", "canonical", "reversed_"),
    [
        # Ours sets the price first; what the witness calls "reversed" is the house's order.
        (price_of("0.60"), percent("50 %"), 90, 150),  # 3 × 0.60 × 0.5 = 0.90; else 3 × min(0.60, 0.50) = 1.50
        (price_of("0.60"), off("0.20"), 120, 180),  # 3 × (0.60 - 0.20) = 1.20; else 3 × min(0.60, 0.80) = 1.80
        (percent("50 %"), off("0.20"), 90, 120),  # 3 × (0.50 - 0.20) = 0.90; else 3 × 0.80 × 0.5 = 1.20
    ],
)
def test_5_stages_do_not_commute(first: object, second: object, canonical: int, reversed_: int) -> None:
    """So their order is fixed, whichever is typed first."""
    event = shop(ticket("1.00"), promotions=[code("a", first), code("b", second)])
    assert charged(event, 3, "a", "b") == charged(event, 3, "b", "a") == canonical != reversed_


def test_6_discounts_do_not_add() -> None:
    """50 % takes 5.00 off 10.00, another 50 % takes 5.00; both together 7.50."""
    event = shop(ticket("10.00"), promotions=[code("a", percent("50 %")), code("b", percent("50 %"))])
    assert (charged(event, 1, "a"), charged(event, 1, "b"), charged(event, 1, "a", "b")) == (500, 500, 250)


def test_7_equal_tickets_do_not_all_cost_the_same_if_the_total_is_exact() -> None:
    """10.00 off seven of 20.00 are 1.42857… each: six times 1.43 and once 1.42. 6 × 18.57 + 18.58 = 130.00."""
    found = quote(shop(promotions=[code("ten", off("10.00"), scope=TO_ALL)]), 7, "ten")
    assert prices(found) == ["18.57"] * 6 + ["18.58"]
    assert found.charged == euros("130.00")


def test_8_where_the_policy_is_to_refuse_a_discount_may_be_one_too_many() -> None:
    """40 % of 1.00 leaves 0.60; adding 0.30 off leaves 0.30, below the minimum of 0.50, and is refused."""
    event = shop(
        ticket("1.00"),
        promotions=[code("a", percent("40 %")), code("b", off("0.30"))],
        providers=[card("0.50")],
        policy=Policy(below_minimum=BelowMinimum.REJECT),
    )
    assert (charged(event, 1, "a"), refusals(quote(event, 1, "a"))) == (60, [])
    assert refusals(quote(event, 1, "a", "b")) == ["below_minimum"]


def test_9_discounts_on_overlapping_parts_of_an_order_may_cost_more_together() -> None:
    """
    A and B at 100.00 each. Both together for 100.00 are 50.00 each; half off B's part: 75.00.

    Were B for 10.00 besides: of 110.00, 10.00 are taken off, 9.09 and 0.91, so 90.91 and 9.09; half off
    B's part is 4.55, and 95.45 are left. A discount more, 20.45 dearer. So they are never taken together.
    """
    of_b = {"scope": TO_ALL, "match": Match(tickets=("b",))}
    event = shop(
        ticket("100.00", "a"),
        ticket("100.00", "b"),
        promotions=[
            code("both", price_of("100.00"), scope=TO_ALL),
            code("half", percent("50 %"), **of_b),
            code("ten", price_of("10.00"), **of_b),
        ],
    )
    assert [share.minor for share in Money(1000, EUR).split([10000, 1000])] == [909, 91]
    assert 10000 - 2500 < (10000 - 909) + (1000 - 91 - 455) == 9545
    basket = {"a": 1, "b": 1}
    found = quote(event, basket, "both", "half")
    assert (found.charged, skips(found)) == (euros("100.00"), {"half": ["scope_overlap"]})
    found = quote(event, basket, "both", "half", "ten")
    # B for 10.00, half of it: 100.00 + 5.00 are more than 100.00.
    assert (found.charged, skips(found)) == (euros("100.00"), {"half": ["scope_overlap"], "ten": ["scope_overlap"]})


def test_10_the_sum_of_rounded_taxes_is_not_the_rounded_tax_of_the_sum() -> None:
    """
    0.10 hold 0.016667 at 20 % → 0.02, three times 0.06; 0.30 hold 0.05.

    So it is rounded once for each rate, and shared: 0.02, 0.02, 0.01.
    """
    event = shop(ticket("0.10"), tax=taxes(("20 %", "standard")))
    assert quote(event, 1).totals.tax.minor == 2
    assert [unit.tax.minor for unit in quote(event, 3).units] == [2, 2, 1]


def test_11_near_the_minimum_a_cent_makes_a_leap() -> None:
    """0.01 becomes 0.50, and 0.00 stays 0.00."""
    event = shop(ticket("1.00"), promotions=[code("a", off("0.99")), code("b", off("1.00"))], providers=[card("0.50")])
    assert (charged(event, 1, "a"), charged(event, 1, "b")) == (50, 0)


def test_12_refunds_in_another_order_have_other_taxes_step_by_step() -> None:
    """
    10.00 hold 1.67 at 20 %. First 25 % then 50 %: 2.50 hold 0.4175 → 0.42; 7.50 hold 1.2525 → 1.25, so 0.83 more.
    First 50 % then 25 %: 5.00 hold 0.835 → 0.84, then 0.41. Both ways 1.25 in all.
    """
    paid = quote(shop(ticket("10.00"), tax=taxes(("20 %", "standard"))))
    found = []
    for shares in ((Rate(1, 4), Rate(1, 2)), (Rate(1, 2), Rate(1, 4))):
        first = refund_due(paid, [0], share=shares[0])
        found.append((first.tax.minor, refund_due(paid, [0], share=shares[1], before=[first]).tax.minor))
    assert found == [(42, 83), (84, 41)]


def test_13_a_code_in_a_quote_is_promised_by_a_hold_only() -> None:
    """Its last use may be taken in between: 18.00 are quoted, then 20.00."""
    event = shop(promotions=[code("ten", percent("10 %"), limits=(Limit(LimitOf.ORDERS, 1),))])
    assert charged(event, 1, "ten") == 1800
    later = quote(event, 1, "ten", taken={"promotion/ten/orders": 1})
    assert (later.charged.minor, skips(later)) == (2000, {"ten": ["exhausted"]})


def test_14_an_amount_has_no_other_currency() -> None:
    """Nothing is converted: an amount in dollars is no amount in euros."""
    event = shop(promotions=[code("five", AmountOff((Money.of("5.00", USD),)))])
    assert skips(quote(event, 1, "five")) == {"five": ["promotion_currency"]}


# Of the laws that hold on conditions, what is beyond them.


def test_law_6_with_taxes_of_several_rates_on_top() -> None:
    """
    More promotions may cost more: 100.00 untaxed and 100.00 with 20 % on top, both for 100.00, are 50.00 + 50.00 + 10.00 of tax.

    With the untaxed one free as well, the 100.00 are all taxed: 100.00 + 20.00.
    """
    event = shop(
        ticket("100.00", "a", tax_category="none"),
        ticket("100.00", "b", tax_category="full"),
        tax=taxes(("0 %", "none"), ("20 %", "full"), mode=TaxMode.EXCLUSIVE),
        promotions=[code("both", price_of("100.00"), scope=TO_ALL), code("free", FREE, match=Match(tickets=("a",)))],
    )
    both = {"a": 1, "b": 1}
    assert quote(event, both, "both").charged == euros("110.00")
    assert quote(event, both, "both", "free").charged == euros("120.00")


def test_law_7_where_promotions_pick_some_of_the_places() -> None:
    """
    A dearer ticket may lower the total. The dearest is free and 5.00 are taken off the cheapest of two at 10.00.

    Of equal prices the first is dearest and cheapest: free, and nothing left to take off, so 10.00.
    Were it 11.00, it would be the dearest only, and the other the cheapest: 5.00.
    """
    cheapest = Pick(count=1, order=Order.CHEAPEST)
    promotions = [code("dearest", FREE, pick=Pick(count=1)), code("cheapest", off("5.00"), scope=TO_ALL, pick=cheapest)]
    for price, expected in (("10.00", "10.00"), ("11.00", "5.00")):
        event = shop(ticket(price, "a"), ticket("10.00", "b"), promotions=promotions)
        assert quote(event, {"a": 1, "b": 1}, "dearest", "cheapest").charged == euros(expected)


def test_law_5_does_not_reach_over_two_stages() -> None:
    """
    15 % of each of two at 1.02 is 0.15, leaving 1.74; 15 % of that is 0.261 → 0.26: 1.48.

    In one stage they are 27.75 % of 2.04, 0.5661 → 0.57: 1.47.
    """
    each, all_, one = (
        code("a", percent("15 %")),
        code("b", percent("15 %"), scope=TO_ALL),
        code("c", percent("27.75 %"), scope=TO_ALL),
    )
    event = shop(ticket("1.02"), promotions=[each, all_, one])
    assert (charged(event, 2, "a", "b"), charged(event, 2, "c")) == (148, 147)
