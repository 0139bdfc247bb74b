"""Shares, fees that stay and fees that go, and orders priced anew for a part of them: reckoned by hand."""

from typing import Any

import pytest
from attrs import evolve
from worked.shop import card, code, euros, off, percent, price_of, prices, quote, refusals, shop, taxes, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import Fee, FeeBase, Match, Order, PercentMode, Pick, Policy, Promotion, Scope, Tier
from paidevents.errors import CurrencyMismatchError, RefundRefusedError
from paidevents.money import USD
from paidevents.pricing import Plan, RefundDue, UnitRefund, clawback_due, refund_due, refund_of_amount, taxed_parts

BUYER = Rate(1, 1)
HALF, WHOLE = Rate(1, 2), Rate(1, 1)


def fee(**changed: Any) -> Fee:
    return Fee(**{"id": "service", "buyer_share": BUYER, "tax_category": None, **changed})


def amounts(made: RefundDue) -> tuple[str, str, str]:
    """What the buyer gets, the tax in it, the fee in it."""
    return str(made.amount.decimal), str(made.tax.decimal), str(made.fee.decimal)


def test_a_place_comes_back_at_what_was_charged_for_it() -> None:
    """10.00 off 30.00 and 20.00: 24.00 and 16.00, with 4.00 and 2.67 of tax in them. The second comes back as 16.00."""
    event = shop(
        ticket("30.00", "a"),
        ticket("20.00", "b"),
        tax=taxes(("20 %", "standard")),
        promotions=[code("ten", off("10.00"), scope=Scope.ORDER)],
    )
    paid = quote(event, {"a": 1, "b": 1}, "ten")
    assert amounts(refund_due(paid, [1])) == ("16.00", "2.67", "0.00")
    assert amounts(refund_due(paid, [0, 1])) == ("40.00", "6.67", "0.00")


def test_a_share_by_policy() -> None:
    """Half of 19.95 is 9.975: 9.98, with 1.66 of the 3.33 of tax: 3.33 × 9.98 / 19.95 = 1.6658… → 1.67."""
    paid = quote(shop(ticket("19.95"), tax=taxes(("20 %", "standard"))))
    assert amounts(refund_due(paid, [0], share=HALF)) == ("9.98", "1.67", "0.00")
    assert amounts(refund_due(paid, [0], share=Rate(0, 1))) == ("0.00", "0.00", "0.00")


def left_of(refused: pytest.ExceptionInfo[RefundRefusedError]) -> str:
    """What the error says is left."""
    (reason,) = refused.value.reasons
    assert reason.code == "refund_exceeds_paid"
    return str(dict(reason.values)["left"])


def test_two_halves_are_the_whole() -> None:
    """
    Half of 19.95 is 9.975: 9.98. Two halves are 19.95, of which 9.97 are left to give; nothing after that.

    Of the 3.33 of tax 1.67 went with the first (3.33 × 9.98 / 19.95 = 1.6658…), so 1.66 go with the second.
    """
    paid = quote(shop(ticket("19.95"), tax=taxes(("20 %", "standard"))))
    first = refund_due(paid, [0], share=HALF)
    second = refund_due(paid, [0], share=HALF, before=[first])
    assert (amounts(first), amounts(second)) == (("9.98", "1.67", "0.00"), ("9.97", "1.66", "0.00"))
    for before, share, left in (([first], Rate(501, 1000), "9.97 EUR"), ([first, second], Rate(1, 1000), "0.00 EUR")):
        with pytest.raises(RefundRefusedError) as refused:
            refund_due(paid, [0], share=share, before=before)
        assert left_of(refused) == left
    assert refund_due(paid, [0], share=Rate(0, 1), before=[first, second]).amount == euros("0.00")


def test_shares_that_are_a_little_more_than_all_are_refused_although_no_cent_is_too_much() -> None:
    """50.001 % of 10.00 are 5.0001 → 5.00. Twice that is 10.0002, which would be 10.00 too."""
    paid = quote(shop(ticket("10.00")))
    first = refund_due(paid, [0], share=Rate(50001, 100000))
    assert first.amount == euros("5.00")
    with pytest.raises(RefundRefusedError) as refused:
        refund_due(paid, [0], share=Rate(50001, 100000), before=[first])
    assert left_of(refused) == "5.00 EUR"


def test_thirds_are_the_whole() -> None:
    """Of 10.00: 3.3333 → 3.33; 6.6667 → 6.67, so 3.34 more; 10.00, so 3.33 more. What was asked for is kept with each."""
    paid = quote(shop(ticket("10.00")))
    made: list[RefundDue] = []
    for _ in range(3):
        made.append(refund_due(paid, [0], share=Rate(1, 3), before=made))
    assert [amounts(each)[0] for each in made] == ["3.33", "3.34", "3.33"]
    assert {(each.share, each.fees) for each in made} == {(Rate(1, 3), None)}


def test_a_share_that_comes_to_nothing_yet_is_not_lost() -> None:
    """A thousandth of 1.00 is 0.001 → 0.00. Five of them are 0.005 → 0.01."""
    paid = quote(shop(ticket("1.00")))
    made: list[RefundDue] = []
    for _ in range(6):
        made.append(refund_due(paid, [0], share=Rate(1, 1000), before=made))
    assert [amounts(each)[0] for each in made] == ["0.00", "0.00", "0.00", "0.00", "0.01", "0.00"]


def test_half_a_cent_that_was_given_as_one_is_not_asked_back() -> None:
    """Of 0.01 the half is 0.005 → 0.01. Nothing more is 0.00, and so is the other half."""
    paid = quote(shop(ticket("0.01")))
    made: list[RefundDue] = []
    for share in (HALF, Rate(0, 1), HALF):
        made.append(refund_due(paid, [0], share=share, before=made))
    assert [amounts(each)[0] for each in made] == ["0.01", "0.00", "0.00"]


def test_a_share_in_steps() -> None:
    """A third of 20.00 in steps of 0.05 is 6.65 (6.6667); two are 13.35 (13.3333), so 6.70 more; the rest is 6.65."""
    paid = quote(shop(policy=Policy(step=5)))
    made: list[RefundDue] = []
    for _ in range(3):
        made.append(refund_due(paid, [0], share=Rate(1, 3), before=made))
    assert [amounts(each)[0] for each in made] == ["6.65", "6.70", "6.65"]


@pytest.mark.parametrize(
    ("refundable", "fees", "expected"),
    [
        (True, None, ("42.00", "2.00")),
        (False, None, ("40.00", "0.00")),
        (False, True, ("42.00", "2.00")),
        (True, False, ("40.00", "0.00")),
    ],
)
def test_a_passed_on_fee_comes_back_if_it_is_refundable_or_the_fault_the_organizers(
    refundable: bool, fees: bool | None, expected: tuple[str, str]
) -> None:
    """2 × 20.00 and 5 % are 42.00."""
    paid = quote(shop(fees=[fee(rate=Rate.of("5 %"), refundable=refundable)]), 2)
    made = refund_due(paid, [0, 1], fees=fees)
    assert (str(made.amount.decimal), str(made.fee.decimal)) == expected


def test_half_of_a_place_is_half_of_its_fee() -> None:
    """20.00 and 1.00: half of 21.00 is 10.50, 0.50 of it fee. Without the fee 10.00."""
    paid = quote(shop(fees=[fee(rate=Rate.of("5 %"))]))
    assert amounts(refund_due(paid, [0], share=HALF)) == ("10.50", "0.00", "0.50")
    assert amounts(refund_due(paid, [0], share=HALF, fees=False)) == ("10.00", "0.00", "0.00")


def test_it_stays_where_the_fee_does() -> None:
    """2 × 20.00 and 1.00 for the order, kept: 20.00 for each place, and nothing with the last."""
    paid = quote(shop(fees=[fee(per_order=euros("1.00"), refundable=False)]), 2)
    first = refund_due(paid, [0])
    last = refund_due(paid, [1], before=[first])
    assert [amounts(made) for made in (first, last)] == [("20.00", "0.00", "0.00")] * 2
    assert amounts(refund_due(paid, [1], fees=True, before=[first])) == ("21.00", "0.00", "1.00")


def test_a_fee_that_stays_is_not_given_back_in_parts() -> None:
    """20.00 and 25.00 that stay: half is 10.00, another half 10.00, and then nothing is left but the fee."""
    paid = quote(shop(fees=[fee(per_unit=euros("25.00"), refundable=False)]))
    made: list[RefundDue] = []
    for _ in range(2):
        made.append(refund_due(paid, [0], share=HALF, before=made))
    assert [amounts(each)[0] for each in made] == ["10.00", "10.00"]
    with pytest.raises(RefundRefusedError) as refused:
        refund_due(paid, [0], share=HALF, before=made)
    assert left_of(refused) == "0.00 EUR"
    # The organizer's fault brings the fee as well: of 45.00 the half, 22.50, all of it fee, and 2.50 are left.
    last = refund_due(paid, [0], share=HALF, fees=True, before=made)
    assert amounts(last) == ("22.50", "0.00", "22.50")
    with pytest.raises(RefundRefusedError) as refused:
        refund_due(paid, [0], share=HALF, fees=True, before=[*made, last])
    assert left_of(refused) == "2.50 EUR"


def test_shares_with_the_fee_and_without_it_add_up() -> None:
    """
    20.00 and 1.00 that stays. The organizer's fault first, half of 21.00: 10.50. By the policy 9.50 are left of
    20.00, which are 47.5 %. A share of nothing is nothing, and no more than that can be had.

    All 21.00 given back, nothing is left by the policy.
    """
    paid = quote(shop(fees=[fee(rate=Rate.of("5 %"), refundable=False)]))
    made = [refund_due(paid, [0], share=HALF, fees=True)]
    made.append(refund_due(paid, [0], share=Rate(475, 1000), before=made))
    assert [amounts(each) for each in made] == [("10.50", "0.00", "0.50"), ("9.50", "0.00", "0.00")]
    for before in (made, [refund_due(paid, [0], fees=True)]):
        assert amounts(refund_due(paid, [0], share=Rate(0, 1), before=before))[0] == "0.00"
        with pytest.raises(RefundRefusedError) as refused:
            refund_due(paid, [0], share=Rate(1, 1000), before=before)
        assert left_of(refused) == "0.00 EUR"


def test_a_fee_in_part_of_a_place_is_in_steps() -> None:
    """
    2.00 and 0.10 in steps of 0.05. A third is 0.70, of which 0.65 are no fee (0.70 × 200 / 210 = 0.6667).

    Two thirds are 1.40, 1.35 of them no fee (1.3333): 0.70 more. Of the last 0.70, 0.65 and the rest of the fee.
    """
    paid = quote(shop(ticket("2.00"), fees=[fee(rate=Rate.of("5 %"))], policy=Policy(step=5)))
    made: list[RefundDue] = []
    for _ in range(3):
        made.append(refund_due(paid, [0], share=Rate(1, 3), before=made))
    assert [amounts(each) for each in made] == [
        ("0.70", "0.00", "0.05"),
        ("0.70", "0.00", "0.00"),
        ("0.70", "0.00", "0.05"),
    ]


def test_of_two_fees_each_goes_its_own_way() -> None:
    """
    20.00, 1.00 for the order that is kept and 0.50 for the order that comes back: 21.50 charged, 20.50 given back.
    """
    fees = [fee(per_order=euros("1.00"), refundable=False), fee(id="b", per_order=euros("0.50"))]
    assert amounts(refund_due(quote(shop(fees=fees)), [0])) == ("20.50", "0.00", "0.50")


def test_fees_in_steps_come_back_in_steps() -> None:
    """
    Three places at 1.95 in steps of 0.05: 5 % of 5.85 are 0.2925 → 0.30, and 0.50 for the order.

    Of the 0.80 the places bear 0.30, 0.25 and 0.25, of which 0.20, 0.15 and 0.15 were due for the order.
    So each place comes back as 1.95 + 0.10, and the 0.50 with the last.
    """
    event = shop(ticket("1.95"), fees=[fee(rate=Rate.of("5 %"), per_order=euros("0.50"))], policy=Policy(step=5))
    paid = quote(event, 3)
    assert paid.charges == (225, 220, 220)
    made: list[RefundDue] = []
    for unit in range(3):
        made.append(refund_due(paid, [unit], before=made))
    assert [amounts(each)[0] for each in made] == ["2.05", "2.05", "2.55"]


def test_what_was_due_once_comes_back_by_the_least_share_of_all_places() -> None:
    """
    2 × 20.00 and 1.00 for the order. Half of the first place is 10.00, as the other is not given back at all.

    Then all of the second: 20.00, and as half of each is given back by now, 0.50 of the 1.00. With the other
    half of the first come the last 0.50. With a share of nothing comes nothing.
    """
    paid = quote(shop(fees=[fee(per_order=euros("1.00"))]), 2)
    made: list[RefundDue] = []
    for unit, share in ((0, HALF), (1, WHOLE), (0, HALF)):
        made.append(refund_due(paid, [unit], share=share, before=made))
    assert [(amounts(each)[0], str(each.order_fee.decimal)) for each in made] == [
        ("10.00", "0.00"),
        ("20.50", "0.50"),
        ("10.50", "0.50"),
    ]
    assert amounts(refund_due(paid, [0, 1], share=Rate(0, 1))) == ("0.00", "0.00", "0.00")


def test_once_all_is_given_back_what_was_due_once_comes_with_the_organizers_fault() -> None:
    """2 × 20.00, 1.00 for the order that stays and 1.00 that comes back, half of it with each half of the order."""
    fees = [fee(per_order=euros("1.00"), refundable=False), fee(id="b", per_order=euros("1.00"))]
    paid = quote(shop(fees=fees), 2)
    first = refund_due(paid, [0, 1], share=HALF)
    last = refund_due(paid, [0, 1], share=HALF, fees=True, before=[first])
    assert (amounts(first), amounts(last)) == (("20.50", "0.00", "0.50"), ("21.50", "0.00", "1.50"))


def test_the_tax_of_parts_adds_up() -> None:
    """61.00 hold 9.74 at 19 %. In six tens and a one: 1.60 (9.74 × 10 / 61 = 1.5967), 1.59 (3.1934 → 3.19), 1.60, 1.60 …"""
    parts = [taxed_parts(6100, 974, before, min(1000, 6100 - before)) for before in range(0, 6100, 1000)]
    assert parts == [160, 159, 160, 160, 159, 160, 16]
    assert sum(parts) == 974
    assert taxed_parts(0, 0, 0, 0) == 0


# A stated amount.


def each_place(made: RefundDue) -> list[tuple[int, str]]:
    return [(each.unit, str(each.amount.decimal)) for each in made.units]


def test_an_amount_is_spread_by_what_is_left_of_each_place() -> None:
    """
    20.00 and 30.00: of 5.00 the first bears 2.00 and the second 3.00, which leaves 18.00 and 27.00.

    Then 18.00 for the first place alone leaves nothing of it: of 1.00 more the second bears all.
    """
    paid = quote(shop(ticket("20.00", "a"), ticket("30.00", "b")), {"a": 1, "b": 1})
    made = [refund_of_amount(paid, euros("5.00"))]
    made.append(refund_of_amount(paid, euros("18.00"), units=[0], before=made))
    made.append(refund_of_amount(paid, euros("1.00"), before=made))
    assert [each_place(each) for each in made] == [[(0, "2.00"), (1, "3.00")], [(0, "18.00")], [(1, "1.00")]]
    assert {(each.share, each.fees) for each in made} == {(None, True)}


def test_the_cents_of_an_amount_go_to_the_largest_remainders() -> None:
    """
    10.00 of three places at 19.95 are 3.3333 each: 3.34, 3.33, 3.33. That leaves 16.61, 16.62, 16.62.

    0.01 more goes to the largest rest, the second (and not the third: the first of equals).
    """
    paid = quote(shop(ticket("19.95")), 3)
    first = refund_of_amount(paid, euros("10.00"))
    assert each_place(first) == [(0, "3.34"), (1, "3.33"), (2, "3.33")]
    assert each_place(refund_of_amount(paid, euros("0.01"), before=[first])) == [(1, "0.01")]


def test_tax_and_fee_go_with_an_amount_as_they_are_part_of_what_is_charged() -> None:
    """
    20.00 and 1.00 of fee, with 20 % of tax in the 20.00: 3.33. Of 21.00, 5.25 is a quarter.

    Tax 3.33 × 5.25 / 21 = 0.8325 → 0.83, fee 0.25. With the other 15.75 come 2.50 and 0.75.
    """
    paid = quote(shop(tax=taxes(("20 %", "standard")), fees=[fee(rate=Rate.of("5 %"))]))
    first = refund_of_amount(paid, euros("5.25"))
    last = refund_of_amount(paid, euros("15.75"), before=[first])
    assert (amounts(first), amounts(last)) == (("5.25", "0.83", "0.25"), ("15.75", "2.50", "0.75"))


def test_what_was_due_once_is_the_last_of_an_amount() -> None:
    """2 × 20.00 and 1.00 for the order: 40.40 are 20.00 of each place and 0.40 of the 1.00. 0.60 are left."""
    paid = quote(shop(fees=[fee(per_order=euros("1.00"))]), 2)
    made = [refund_of_amount(paid, euros("40.40"))]
    assert (each_place(made[0]), made[0].order_fee) == ([(0, "20.00"), (1, "20.00")], euros("0.40"))
    with pytest.raises(RefundRefusedError) as refused:
        refund_of_amount(paid, euros("0.61"), before=made)
    assert left_of(refused) == "0.60 EUR"
    made.append(refund_of_amount(paid, euros("0.60"), before=made))
    assert (amounts(made[1]), made[1].units) == (("0.60", "0.00", "0.60"), ())
    # For a place alone it is never given.
    with pytest.raises(RefundRefusedError) as refused:
        refund_of_amount(paid, euros("20.01"), units=[0])
    assert left_of(refused) == "20.00 EUR"


def test_an_amount_is_in_steps_where_all_of_it_is() -> None:
    """
    Three places at 2.00 in steps of 0.05: 0.25 are five steps, two of the first two places and one of the third.

    0.52, as it was given by hand, is no whole number of steps: 0.52 × 190 / 575 = 0.1718 of the first two, and
    0.52 × 195 / 575 = 0.1763 of the third, so 0.17, 0.17 and 0.18. What is left is in steps of a cent after that,
    and so is an amount of it. A share still is in steps: half of 2.00 is 1.00.
    """
    paid = quote(shop(ticket("2.00"), policy=Policy(step=5)), 3)
    made = [refund_of_amount(paid, euros("0.25"))]
    made.append(refund_of_amount(paid, euros("0.52"), before=made))
    made.append(refund_of_amount(paid, euros("0.10"), units=[0, 1], before=made))
    made.append(refund_due(paid, [0], share=HALF, before=made))
    assert [each_place(each) for each in made] == [
        [(0, "0.10"), (1, "0.10"), (2, "0.05")],
        [(0, "0.17"), (1, "0.17"), (2, "0.18")],
        [(0, "0.05"), (1, "0.05")],
        [(0, "1.00")],
    ]


def test_there_is_no_more_fee_in_an_amount_than_is_left_of_it() -> None:
    """
    2.00 and 0.10 in steps of 0.05. Of 1.05, 1.00 is no fee. 2.02 in all, by hand, would be 1.90 (1.9238) and 0.12 of fee.

    But no more than 0.05 is left of that, so the 0.97 are 0.92 and 0.05. The last 0.08 are no fee.
    """
    paid = quote(shop(ticket("2.00"), fees=[fee(rate=Rate.of("5 %"))], policy=Policy(step=5)))
    made: list[RefundDue] = []
    for amount in ("1.05", "0.97", "0.08"):
        made.append(refund_of_amount(paid, euros(amount), before=made))
    assert [amounts(each)[2] for each in made] == ["0.05", "0.05", "0.00"]


def test_what_is_left_of_places_is_given_in_cents_where_it_is_in_no_steps() -> None:
    """
    Two places at 0.10 in steps of 0.05, 0.14 given by hand: 0.03 are left of each. 0.05 are 0.03 and 0.02.

    2.00 less 0.03 by hand: a share of 98.5 % is all that is left, 1.97. Less 0.02, 98.9 % is 1.978, which would be
    2.00 in steps, but 1.98 are left.
    """
    small = quote(shop(ticket("0.10"), policy=Policy(step=5)), 2)
    by_hand = refund_of_amount(small, euros("0.14"))
    assert each_place(refund_of_amount(small, euros("0.05"), before=[by_hand])) == [(0, "0.03"), (1, "0.02")]
    paid = quote(shop(ticket("2.00"), policy=Policy(step=5)))
    for given, share, left in (("0.03", Rate(985, 1000), "1.97"), ("0.02", Rate(989, 1000), "1.98")):
        before = [refund_of_amount(paid, euros(given))]
        assert amounts(refund_due(paid, [0], share=share, before=before))[0] == left


def test_an_amount_is_so_much_less_for_shares() -> None:
    """Of 20.00, 5.00 and three quarters (15.00) are all; a hundredth more is too much, and all of it as well."""
    paid = quote(shop(ticket("20.00")))
    made = [refund_of_amount(paid, euros("5.00"))]
    for share in (Rate(76, 100), WHOLE):
        with pytest.raises(RefundRefusedError) as refused:
            refund_due(paid, [0], share=share, before=made)
        assert left_of(refused) == "15.00 EUR"
    assert amounts(refund_due(paid, [0], share=Rate(3, 4), before=made))[0] == "15.00"


def test_the_rest_by_amount_is_what_shares_have_left() -> None:
    """Half of 19.95 is 9.98, so 9.97 are left, and not a cent more. No share comes to a cent after that."""
    paid = quote(shop(ticket("19.95")))
    made = [refund_due(paid, [0], share=HALF)]
    with pytest.raises(RefundRefusedError) as refused:
        refund_of_amount(paid, euros("9.98"), before=made)
    assert left_of(refused) == "9.97 EUR"
    made.append(refund_of_amount(paid, euros("9.97"), before=made))
    # 9.975 and 9.97 are 19.945: 0.005 were asked for by nobody, but the cent is given.
    assert amounts(refund_due(paid, [0], share=Rate(1, 4000), before=made))[0] == "0.00"


def test_a_fee_that_stays_may_be_in_an_amount() -> None:
    """
    20.00 and 5.00 that stay. 10.00 of 25.00 are 8.00 of price and 2.00 of fee.

    Half of the 20.00 is 10.00 of price, and then 20.00 are given back: by the policy nothing is left.
    The organizer may give the 5.00 that are: 2.00 of price and 3.00 of fee.
    """
    paid = quote(shop(fees=[fee(per_unit=euros("5.00"), refundable=False)]))
    made = [refund_of_amount(paid, euros("10.00"))]
    made.append(refund_due(paid, [0], share=HALF, before=made))
    for fees in (None, False):
        with pytest.raises(RefundRefusedError) as refused:
            refund_of_amount(paid, euros("0.01"), fees=fees, before=made)
        assert left_of(refused) == "0.00 EUR"
    made.append(refund_of_amount(paid, euros("5.00"), before=made))
    assert [amounts(each) for each in made] == [
        ("10.00", "0.00", "2.00"),
        ("10.00", "0.00", "0.00"),
        ("5.00", "0.00", "3.00"),
    ]
    # More is given back than the policy ever would: it is not owed by the other place.
    two = quote(shop(fees=[fee(per_unit=euros("5.00"), refundable=False)]), 2)
    before = [refund_of_amount(two, euros("25.00"), units=[0])]
    assert each_place(refund_of_amount(two, euros("20.00"), fees=None, before=before)) == [(1, "20.00")]


def test_without_fees_an_amount_is_of_the_price() -> None:
    """20.00, 5.00 of fee and 1.00 for the order: without fees, 20.00 can be given back, and none of it is fee."""
    paid = quote(shop(fees=[fee(per_unit=euros("5.00"), per_order=euros("1.00"))]))
    assert amounts(refund_of_amount(paid, euros("20.00"), fees=False)) == ("20.00", "0.00", "0.00")
    with pytest.raises(RefundRefusedError) as refused:
        refund_of_amount(paid, euros("20.01"), fees=False)
    assert left_of(refused) == "20.00 EUR"
    first = refund_of_amount(paid, euros("20.00"), fees=False)
    assert amounts(refund_of_amount(paid, euros("6.00"), before=[first])) == ("6.00", "0.00", "6.00")


def test_nothing_can_be_given_of_nothing() -> None:
    """A free place, and no amount at all."""
    paid = quote(shop(ticket("0.00"), ticket("5.00", "b")), {"standard": 1, "b": 1})
    assert each_place(refund_of_amount(paid, euros("1.00"))) == [(1, "1.00")]
    assert refund_of_amount(paid, euros("0.00")).units == ()
    with pytest.raises(RefundRefusedError):
        refund_of_amount(paid, euros("0.01"), units=[0])


def test_amounts_that_cannot_be_given_back() -> None:
    paid = quote(shop())
    junk: Any = "5.00"
    for amount, field in ((euros("-0.01"), "amount"), (junk, "amount"), (Money.of("1.00", USD), "currency")):
        with pytest.raises(InvalidValueError) as refused:
            refund_of_amount(paid, amount)
        assert refused.value.field == field
    for wrong, field in (({"fees": "no"}, "fees"), ({"units": [1]}, "units[0]"), ({"units": []}, "units")):
        with pytest.raises(InvalidValueError) as refused:
            refund_of_amount(paid, euros("1.00"), **wrong)
        assert refused.value.field == field


def test_refunds_before_of_another_order_are_seen_where_they_cannot_be_this_ones() -> None:
    """A place that there is not, more than was charged, more fee than there is, another currency."""
    paid = quote(shop(fees=[fee(rate=Rate.of("5 %"))]))
    place: dict[str, Any] = {"unit": 0, "amount": euros("20.00"), "tax": euros("0.00"), "fee": euros("0.00")}
    dollars = Money.zero(USD)
    for changed, field in (
        ({"unit": 1}, "before[1].units"),
        ({"amount": euros("20.01")}, "before[1]"),
        ({"fee": euros("1.01")}, "before[1]"),
        ({"amount": dollars, "tax": dollars, "fee": dollars}, "currency"),
    ):
        one = UnitRefund(**{**place, **changed})
        nothing = Money.zero(one.amount.currency)
        other = RefundDue(units=(one,), order_fee=nothing, amount=one.amount, tax=nothing, fee=one.fee)
        with pytest.raises(InvalidValueError) as refused:
            refund_due(paid, [0], before=[refund_due(paid, [0], share=Rate(0, 1)), other])
        assert refused.value.field == field


def test_a_refund_is_the_sum_of_its_parts() -> None:
    """2.00 of a place, 0.30 of them tax and 0.10 fee, and 0.50 for the order: 2.50, with 0.60 of fee."""
    place: dict[str, Any] = {"unit": 3, "amount": euros("2.00"), "tax": euros("0.30"), "fee": euros("0.10")}
    one = UnitRefund(**place)
    good: dict[str, Any] = {
        "units": [one],
        "order_fee": euros("0.50"),
        "amount": euros("2.50"),
        "tax": euros("0.40"),
        "fee": euros("0.60"),
    }
    assert RefundDue(**good).units == (one,)
    for changed, field in (
        ({"unit": -1}, "unit"),
        ({"unit": 1000}, "unit"),
        ({"amount": euros("-1.00")}, "amount"),
        ({"tax": euros("2.01")}, "tax"),
        ({"fee": euros("2.01")}, "fee"),
        ({"tax": None}, "tax"),
        ({"fee": Money.zero(USD)}, "currency"),
    ):
        with pytest.raises(InvalidValueError) as refused:
            UnitRefund(**{**place, **changed})
        assert refused.value.field == field
    for wrong, field in (
        ({"units": [place]}, "units[0]"),
        ({"amount": euros("2.51")}, "amount"),
        ({"fee": euros("0.50")}, "fee"),
        ({"tax": euros("2.51")}, "tax"),
        ({"order_fee": euros("0.49")}, "amount"),
        ({"order_fee": Money.of("0.50", USD)}, "currency"),
        ({"tax": Money.zero(USD)}, "currency"),
        ({"share": HALF.fraction}, "share"),
        ({"fees": 1}, "fees"),
    ):
        with pytest.raises(InvalidValueError) as refused:
            RefundDue(**{**good, **wrong})
        assert refused.value.field == field
    with pytest.raises(InvalidValueError) as refused:
        RefundDue(**{**good, "amount": euros("2.40")})
    assert dict(refused.value.reason.values) == {"total": euros("2.50")}


# Claw-backs.

GROUP = Promotion(id="group", effect=percent("20 %"), automatic=True, least_units=5)


def test_nothing_is_claimed_from_the_buyer() -> None:
    """5 × 16.00 = 80.00; four alone are 4 × 20.00 = 80.00, three 60.00 with 20.00 back, less what was given back before."""
    event = shop(promotions=[GROUP])
    plan, paid = Plan(event), quote(event, 5)
    assert clawback_due(plan, paid, [0, 1, 2, 3]).amount == euros("0.00")
    assert clawback_due(plan, paid, [0, 1, 2], refunded=euros("15.00")).amount == euros("5.00")
    assert clawback_due(plan, paid, [0, 1, 2], refunded=euros("25.00")).amount == euros("0.00")
    assert clawback_due(plan, paid, []).amount == euros("80.00")
    with pytest.raises(CurrencyMismatchError):
        clawback_due(plan, paid, [0], refunded=Money.of("1.00", USD))


def test_kept_places_keep_their_tiers() -> None:
    """One early bird at 15.00 and two at 20.00; the last is kept at 20.00 although an early bird is free again."""
    tiers = (Tier(id="early", price=euros("15.00"), quantity=1),)
    event = shop(ticket(tiers=tiers))
    plan, paid = Plan(event), quote(event, 3)
    assert clawback_due(plan, paid, [2]).amount == euros("35.00")
    assert clawback_due(plan, paid, [0]).amount == euros("40.00")


def test_kept_places_are_picked_and_shared_anew() -> None:
    """
    Three at 9.00 for 20.00: two kept are no full three any more, 18.00, so 2.00 come back.

    Of 9.00 and 5.00 the cheaper was free. Alone, the dearer is the cheapest: 9.00 come back.
    """
    event = shop(
        ticket("9.00"), promotions=[code("three", price_of("20.00"), scope=Scope.ORDER, pick=Pick(count=3, every=3))]
    )
    plan, paid = Plan(event), quote(event, 3, "three")
    assert (paid.charged, clawback_due(plan, paid, [0, 1]).amount) == (euros("20.00"), euros("2.00"))
    free = shop(
        ticket("9.00", "a"),
        ticket("5.00", "b"),
        promotions=[code("free", percent("100 %"), pick=Pick(count=1, order=Order.CHEAPEST))],
    )
    paid = quote(free, {"a": 1, "b": 1}, "free")
    kept = clawback_due(Plan(free), paid, [0])
    assert (prices(kept.quote), kept.amount) == (["0.00"], euros("9.00"))


def test_a_fresh_price_knows_the_taxes_the_channel_and_the_minimum_of_the_first() -> None:
    """98 % off 2 × 10.00 leaves 0.40, above the minimum of 0.30; of one, 0.20 is raised to that. It holds 0.05 of tax."""
    event = shop(
        ticket("10.00"),
        providers=[card("0.30")],
        tax=taxes(("20 %", "standard")),
        promotions=[code("most", percent("98 %"), channels=("mail",))],
    )
    plan, paid = Plan(event), quote(event, 2, "most", channel="mail")
    fresh = clawback_due(plan, paid, [1])
    assert (paid.charged, fresh.quote.charged, fresh.amount) == (euros("0.40"), euros("0.30"), euros("0.10"))
    assert (fresh.quote.totals.tax, fresh.quote.at, refusals(fresh.quote)) == (euros("0.05"), paid.at, [])


def test_percentages_that_covered_one_another_hold_alone() -> None:
    """60 % for three or more and 50 % for all, added: 100 %. Of one kept, only the 50 % are left."""
    event = shop(
        promotions=[code("a", percent("60 %"), least_units=3), code("b", percent("50 %"))],
        policy=Policy(percent_mode=PercentMode.ADD),
    )
    paid = quote(event, 3, "a", "b")
    assert paid.is_free
    assert prices(clawback_due(Plan(event), paid, [0]).quote) == ["10.00"]


@pytest.mark.parametrize("keep", [[3], [-1], [True], 0, None])
def test_kept_places_that_are_none(keep: Any) -> None:
    event = shop()
    with pytest.raises(InvalidValueError) as refused:
        Plan(event).requote(quote(event, 3), keep)
    assert refused.value.field.startswith("keep")


def test_a_quote_of_other_versions_is_not_priced_again() -> None:
    """A promotion that was changed or is gone, or a tier that is gone."""
    ten = code("ten", percent("10 %"), match=Match(tickets=("standard",)))
    tiers = (Tier(id="early", price=euros("15.00"), quantity=1),)
    event = shop(ticket(tiers=tiers), promotions=[ten])
    paid = quote(event, 2, "ten")
    changes: tuple[tuple[dict[str, Any], str], ...] = (
        ({"promotions": [evolve(ten, version=2, codes=ten.codes)]}, "other_version"),
        ({"promotions": []}, "other_version"),
        ({"tickets": (ticket(),)}, "unknown_id"),
    )
    for change, reason in changes:
        with pytest.raises(InvalidValueError) as refused:
            clawback_due(Plan(evolve(event, **change)), paid, [0, 1])
        assert (refused.value.field, refused.value.reason.code) == ("quote", reason)
    assert clawback_due(Plan(evolve(event, promotions=(evolve(ten, priority=5),))), paid, [0, 1]).amount == euros(
        "0.00"
    )


def test_a_gross_up_comes_back_with_its_place() -> None:
    """50.00 and 1.80 of fees on all that is charged, 0.30 of them once: 51.50 of the place, then 0.30."""
    event = shop(ticket("50.00"), fees=[fee(rate=Rate.of("2.9 %"), per_order=euros("0.30"), base=FeeBase.CHARGED)])
    made = refund_due(quote(event), [0])
    assert (amounts(made), made.order_fee, made.units[0].amount) == (
        ("51.80", "0.00", "1.80"),
        euros("0.30"),
        euros("51.50"),
    )


def test_places_to_refund_are_named_each_once() -> None:
    paid = quote(shop(ticket("20.00")))
    for units, field in (([], "units"), ([0, 0], "units[1]"), ([1], "units[0]"), ([True], "units[0]")):
        with pytest.raises(InvalidValueError) as refused:
            refund_due(paid, units)
        assert refused.value.field == field
