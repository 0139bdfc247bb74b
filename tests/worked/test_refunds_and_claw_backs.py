"""Shares, fees that stay and fees that go, and orders priced anew for a part of them: reckoned by hand."""

from typing import Any

import pytest
from attrs import evolve
from worked.shop import card, code, euros, off, percent, price_of, prices, quote, refusals, shop, taxes, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import Fee, FeeBase, Match, Order, PercentMode, Pick, Policy, Promotion, Scope, Tier
from paidevents.errors import CurrencyMismatchError, RefundRefusedError
from paidevents.money import USD
from paidevents.pricing import Plan, RefundDue, clawback_due, refund_due, taxed_parts

BUYER = Rate(1, 1)
HALF = Rate(1, 2)


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


def test_two_shares_are_rounded_each_for_itself() -> None:
    """9.98 and 9.98 of 19.95 would be a cent too much, so the second half is refused; half and a third are 9.98 + 6.65."""
    paid = quote(shop(ticket("19.95")))
    first = refund_due(paid, [0], share=HALF)
    with pytest.raises(RefundRefusedError) as refused:
        refund_due(paid, [0], share=HALF, before=[first])
    assert dict(refused.value.reasons[0].values) == {"left": euros("9.97")}
    assert refund_due(paid, [0], share=Rate(1, 3), before=[first]).amount == euros("6.65")


def test_a_share_in_steps() -> None:
    """A third of 20.00 in steps of 0.05 is 6.65 (6.6667)."""
    assert refund_due(quote(shop(policy=Policy(step=5))), [0], share=Rate(1, 3)).amount == euros("6.65")


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
    assert dict(refused.value.reasons[0].values) == {"left": euros("0.00")}
    # The organizer's fault brings the fee as well: of 45.00 the half, 22.50, and 2.50 are left.
    last = refund_due(paid, [0], share=HALF, fees=True, before=made)
    assert amounts(last) == ("22.50", "0.00", "12.50")


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


def test_the_tax_of_parts_adds_up() -> None:
    """61.00 hold 9.74 at 19 %. In six tens and a one: 1.60 (9.74 × 10 / 61 = 1.5967), 1.59 (3.1934 → 3.19), 1.60, 1.60 …"""
    parts = [taxed_parts(6100, 974, before, min(1000, 6100 - before)) for before in range(0, 6100, 1000)]
    assert parts == [160, 159, 160, 160, 159, 160, 16]
    assert sum(parts) == 974
    assert taxed_parts(0, 0, 0, 0) == 0


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
