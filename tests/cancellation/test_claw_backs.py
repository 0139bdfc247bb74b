"""Discounts that the places that stay no longer deserve: reckoned by hand."""

from typing import Any

import pytest
from attrs import evolve
from cancellation.leaving import (
    ALL,
    HALF,
    WEEK_BEFORE,
    always,
    back,
    back_and_kept,
    codes,
    due,
    each_place,
    fee,
    step,
    told,
)
from worked.shop import code, euros, off, percent, price_of, quote, shop, ticket

from paidevents import Rate
from paidevents.cancellation import CancellationDue
from paidevents.catalog import Cancellation, Cause, Event, FeesBack, Pick, Policy, Promotion, Scope
from paidevents.pricing import Quote, RefundDue, refund_of_amount

GROUP = Promotion(id="group", effect=percent("20 %"), automatic=True, least_units=6)
BACK = always(clawback=True)


def group(**changed: Any) -> Event:
    """10.00 a place, and 20 % off for six or more."""
    return shop(ticket("10.00"), **{"promotions": [GROUP], "cancellation": BACK, **changed})


def then(found: CancellationDue, paid: Quote, before: list[RefundDue]) -> tuple[Quote, list[RefundDue]]:
    """The order's quote from now on, and its refunds before."""
    if found.fresh is None:
        return paid, [*before, found.refund]
    return found.fresh, [] if found.unpaid is None else [found.unpaid]


def test_six_are_bought_for_less_five_are_given_back_and_then_the_last() -> None:
    """
    6 × 8.00 = 48.00. One alone is 10.00, of which 8.00 are paid: 2.00 are taken off the 5 × 8.00 = 40.00.

    38.00 come back, 7.60 of each place. The last is then 10.00, and comes back as that: 48.00 in all.
    """
    event = group()
    paid = quote(event, 6)
    assert str(paid.charged) == "48.00 EUR"
    first = due(event, paid, [0, 1, 2, 3, 4])
    assert back_and_kept(first) == ("38.00", "0.00")
    assert each_place(first.refund) == [(unit, "7.60") for unit in range(5)]
    assert (first.fresh and first.fresh.charged, first.unpaid) == (euros("10.00"), None)
    assert told(first) == [
        "100 % is given back of a place that is cancelled now or later.",
        "Bought alone, the places that stay would cost 10.00 EUR. Of what was paid for them 8.00 EUR is left: "
        "the difference, 2.00 EUR, is taken off what is given back.",
    ]
    fresh, before = then(first, paid, [])
    last = due(event, fresh, [0], before=before)
    assert (back_and_kept(last), last.fresh, codes(last)) == (("10.00", "0.00"), None, ["share_at_any_time"])


def test_one_by_one_the_same_comes_back_as_at_once() -> None:
    """
    One of six: five alone are 50.00, and 40.00 are left for them. 10.00 are missing, 8.00 are taken back: nothing
    comes back, and 2.00 of the 50.00 are not paid, 0.40 of each place.

    Then 4 alone are 40.00, of which 38.40 are paid: of the 9.60 come back 8.00. From then on 10.00 each: 48.00.
    """
    event = group()
    paid = quote(event, 6)
    found = due(event, paid, [2])
    assert back_and_kept(found) == ("0.00", "0.00")
    assert found.fresh is not None and found.unpaid is not None
    assert (found.fresh.charged, each_place(found.unpaid)) == (euros("50.00"), [(unit, "0.40") for unit in range(5)])
    assert told(found)[2:] == [
        "That leaves nothing to be given back, and the buyer owes nothing for the 2.00 EUR missing."
    ]
    five, before = then(found, paid, [])
    second = due(event, five, [0], before=before)
    assert back_and_kept(second) == ("8.00", "0.00")
    four, before = then(second, five, before)
    assert (str(four.charged), before) == ("40.00 EUR", [])
    for unit in range(4):
        found = due(event, four, [unit], keep=range(unit + 1, 4), before=before)
        assert (back_and_kept(found), found.fresh) == (("10.00", "0.00"), None)
        before.append(found.refund)


def test_a_bundle_is_not_bought_to_keep_one_of_it_for_less() -> None:
    """
    Three for 20.00, one alone is 15.00: two are 30.00, so nothing comes back of the first, and 10.00 are not paid.

    One of the two is then 15.00 of which 10.00 are paid: of the other 10.00 come back 5.00. What is kept costs 15.00.
    """
    three = code("three", price_of("20.00"), scope=Scope.ORDER, pick=Pick(count=3, every=3))
    event = shop(ticket("15.00"), promotions=[three], cancellation=BACK)
    paid = quote(event, 3, "three")
    first = due(event, paid, [0])
    assert first.unpaid is not None and first.unpaid.amount == euros("10.00")
    fresh, before = then(first, paid, [])
    second = due(event, fresh, [0], before=before)
    assert [back_and_kept(found) for found in (first, second)] == [("0.00", "0.00"), ("5.00", "0.00")]
    one, before = then(second, fresh, before)
    assert (back(due(event, one, [0])), before) == ("15.00", [])


def test_the_share_is_of_what_the_claw_back_leaves() -> None:
    """5 × 8.00 - 2.00 = 38.00; half of it is 19.00. Of the 48.00, 10.00 pay for the one that stays and 19.00 are kept."""
    event = group(cancellation=always(HALF, clawback=True))
    found = due(event, quote(event, 6), [0, 1, 2, 3, 4])
    assert back_and_kept(found) == ("19.00", "19.00")


def test_what_is_taken_back_is_shared_by_what_is_left() -> None:
    """
    Two at 40.00 and four at 10.00, 20 % off: 32.00 and 8.00. One of the cheap is kept: 2.00 are missing.

    Of 2 × 32.00 + 3 × 8.00 = 88.00 each bears 1/44: 0.7272…, 0.7272…, 0.1818…: 0.73, 0.73, 0.18, 0.18, 0.18.
    """
    event = shop(ticket("40.00", "a"), ticket("10.00", "b"), promotions=[GROUP], cancellation=BACK)
    found = due(event, quote(event, {"a": 2, "b": 4}), [0, 1, 2, 3, 4])
    assert each_place(found.refund) == [(0, "31.27"), (1, "31.27"), (2, "7.82"), (3, "7.82"), (4, "7.82")]
    assert back(found) == "86.00"


def test_what_is_taken_back_is_in_steps() -> None:
    """As above with steps of 0.10: 0.70, 0.70, 0.20, 0.20, 0.20. After goodwill of 0.01 it can be in steps no more."""
    event = shop(
        ticket("40.00", "a"),
        ticket("10.00", "b"),
        promotions=[GROUP],
        cancellation=BACK,
        policy=Policy(step=10),
    )
    paid = quote(event, {"a": 2, "b": 4})
    expected = [(0, "31.30"), (1, "31.30"), (2, "7.80"), (3, "7.80"), (4, "7.80")]
    assert each_place(due(event, paid, [0, 1, 2, 3, 4]).refund) == expected
    by_hand = [refund_of_amount(paid, euros("0.01"), units=[5])]
    assert back(due(event, paid, [0, 1, 2, 3, 4], before=by_hand)) == "85.99"


def test_a_fixed_amount_and_the_sessions_come_after_the_claw_back() -> None:
    """38.00 are 7.60 a place; less 1.00 each, 6.60: 33.00."""
    event = group(cancellation=always(kept=euros("1.00"), clawback=True))
    assert back_and_kept(due(event, quote(event, 6), [0, 1, 2, 3, 4])) == ("33.00", "5.00")


def test_fees_that_stay_are_not_given_back_with_a_claw_back_either() -> None:
    """
    6 × 8.00 and 5 %: 8.40 each. One alone is 10.50: 2.10 are missing of it.

    With their fees 5 × 8.40 - 2.10 = 39.90 come back; without, 5 × 8.00 - 2.10 = 37.90, and 5 × 0.40 are kept.
    """
    service = fee(rate=Rate.of("5 %"), refundable=False)
    event = group(fees=[service])
    paid = quote(event, 6)
    assert back_and_kept(due(event, paid, [0, 1, 2, 3, 4])) == ("37.90", "2.00")
    assert back_and_kept(due(event, paid, [0, 1, 2, 3, 4], evolve(BACK, fees=FeesBack.ALL))) == ("39.90", "0.00")


def test_fees_that_stay_pay_for_what_is_missing_first() -> None:
    """
    Two at 8.00 instead of 10.00, and 5.00 each that stay: 26.00. One alone is 15.00: 2.00 more than its 13.00.

    Of the other 8.00 come back 6.00, and 5.00 are kept. At 1.00 instead of 10.00 it is 9.00 more than its 6.00:
    of the 1.00 nothing comes back. Of the 12.00 there are, all pay for the 15.00, and 3.00 are not paid.
    """
    fees = [fee(per_unit=euros("5.00"), refundable=False)]
    pair = evolve(GROUP, least_units=2)
    event = group(promotions=[pair], fees=fees)
    assert back_and_kept(due(event, quote(event, 2), [0])) == ("6.00", "5.00")
    event = group(promotions=[evolve(pair, effect=percent("90 %"))], fees=fees)
    found = due(event, quote(event, 2), [0])
    assert (back_and_kept(found), found.unpaid and found.unpaid.amount) == (("0.00", "0.00"), euros("3.00"))
    # At 6.00 it is 4.00 more than 11.00: 2.00 come back of 6.00, and of the fee nothing is used up.
    event = group(promotions=[evolve(pair, effect=percent("40 %"))], fees=fees)
    assert back_and_kept(due(event, quote(event, 2), [0])) == ("2.00", "5.00")


def test_what_was_charged_once_is_paid_by_those_that_stay() -> None:
    """2 × 10.00 and 1.00 for the order: one alone is 11.00, which is what is left for it. Nothing is taken back."""
    event = group(fees=[fee(per_order=euros("1.00"))])
    paid = quote(event, 2)
    found = due(event, paid, [0])
    assert (back_and_kept(found), found.fresh) == (("10.00", "0.00"), None)
    assert codes(found) == ["share_at_any_time", "once_for_the_order"]
    # With a discount: 6 × 8.00 + 1.00; one alone is 11.00 of which 9.00 are paid.
    assert back(due(event, quote(event, 6), [0, 1, 2, 3, 4])) == "38.00"


def test_places_that_would_be_cheaper_alone_stay_at_their_price() -> None:
    """10.00 off 2 × 10.00 is 5.00 each. One alone would be free; 5.00 come back of the other, and not 10.00."""
    event = group(promotions=[code("ten", off("10.00"), scope=Scope.ORDER)])
    found = due(event, quote(event, 2, "ten"), [0])
    assert (back_and_kept(found), found.fresh) == (("5.00", "0.00"), None)


def test_with_the_last_places_nothing_is_taken_back() -> None:
    event = group()
    found = due(event, quote(event, 6), range(6))
    assert (back_and_kept(found), found.fresh, codes(found)) == (("48.00", "0.00"), None, ["share_at_any_time"])


def test_the_organizers_fault_takes_nothing_back() -> None:
    """Even if the terms were others by now; and a buyer for whom they were loosened."""
    event = group()
    paid = quote(event, 6)
    found = due(event, paid, [0], cause=Cause.ORGANIZER)
    assert (back_and_kept(found), found.fresh) == (("8.00", "0.00"), None)
    loosened = due(event, paid, [0], BACK, always())
    assert (back_and_kept(loosened), loosened.fresh) == (("8.00", "0.00"), None)
    chosen = due(event, paid, [0], share=ALL)
    assert (back_and_kept(chosen), codes(chosen)) == (("8.00", "0.00"), ["organizers_choice"])


def test_a_promise_with_a_claw_back_counts_where_it_gives_more_than_one_without() -> None:
    event = group()
    paid = quote(event, 6)
    for terms in ((BACK, Cancellation.none()), (always(HALF), BACK)):
        assert back_and_kept(due(event, paid, [0, 1, 2, 3, 4], *terms)) == ("38.00", "0.00")
    less = due(event, paid, [0, 1, 2, 3, 4], always(HALF), always(Rate(1, 4), clawback=True))
    assert (back_and_kept(less), less.fresh) == (("20.00", "20.00"), None)


def test_when_nothing_is_given_back_any_more_the_price_is_fresh_all_the_same() -> None:
    """Too late for the five: 48.00 - 10.00 = 38.00 are kept. The one that stays is worth 10.00 from now on."""
    event = group(cancellation=Cancellation(steps=(step("7 days before start"),), clawback=True))
    found = due(event, quote(event, 6), [0, 1, 2, 3, 4], at=WEEK_BEFORE)
    assert (back_and_kept(found), found.fresh and found.fresh.charged) == (("0.00", "38.00"), euros("10.00"))


@pytest.mark.parametrize(("goodwill", "expected"), [("6.00", "32.00"), ("40.00", "0.00")])
def test_what_was_given_back_before_counts(goodwill: str, expected: str) -> None:
    """48.00, less 6.00 (1.00 of each), less 10.00 for the one that stays: 32.00. After 40.00 there is nothing to give."""
    event = group()
    paid = quote(event, 6)
    found = due(event, paid, [0, 1, 2, 3, 4], before=[refund_of_amount(paid, euros(goodwill))])
    assert back_and_kept(found) == (expected, "0.00")
    assert codes(found)[-1] == "given_back_before"
    unpaid = euros("0.00") if found.unpaid is None else found.unpaid.amount
    assert unpaid == (euros("2.00") if goodwill == "40.00" else euros("0.00"))


def test_with_a_claw_back_too_there_is_no_more_than_was_paid() -> None:
    """38.00 would come back of five; of 30.00 there are 30.00 less the 2.00 that are missing for the last: 28.00."""
    event = group()
    paid = quote(event, 6)
    found = due(event, paid, [0, 1, 2, 3, 4], most=euros("30.00"))
    assert (back_and_kept(found), found.unpaid) == (("28.00", "0.00"), None)
    none = due(event, paid, [0, 1, 2, 3, 4], most=euros("0.50"))
    assert (back_and_kept(none), none.unpaid and none.unpaid.amount) == (("0.00", "0.00"), euros("1.50"))


def test_where_the_offer_has_changed_the_discount_is_not_looked_at() -> None:
    """Another version of the promotion, or none: what it was cannot be told any more, and that is not the buyer's doing."""
    event = group()
    paid = quote(event, 6)
    for changed in (
        evolve(event, promotions=(evolve(GROUP, version=2),)),
        evolve(event, promotions=()),
        evolve(event, tickets=(ticket(id="other"),)),
    ):
        found = due(changed, paid, [0, 1, 2, 3, 4], BACK)
        assert (back_and_kept(found), found.fresh) == (("40.00", "0.00"), None)
        assert told(found)[1] == (
            "What the event sells has changed since, so the discount of the places that stay is kept."
        )
        assert codes(due(changed, paid, range(6), BACK)) == ["share_at_any_time"]
        assert codes(due(changed, paid, [0], always())) == ["share_at_any_time"]
