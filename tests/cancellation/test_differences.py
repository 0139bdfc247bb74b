"""A cheaper ticket instead: what of the difference comes back, reckoned by hand."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from cancellation.leaving import ALL, CURVE, EARLY, HALF, WEEK_BEFORE, always, amounts, each_place, fee
from worked.shop import AT, BEGINS, LENGTH, euros, quote, shop, taxes, ticket

from paidevents import Money, Rate
from paidevents.cancellation import difference_due
from paidevents.catalog import Attendance, Cancellation, Event, EventSession, FeesBack, Policy
from paidevents.errors import CurrencyMismatchError, InvalidValueError
from paidevents.money import USD
from paidevents.pricing import Item, Plan, Quote, RefundDue, refund_of_amount


def difference(
    event: Event, paid: Quote, amount: str, *terms: Cancellation, units: Iterable[int] = (0,), **changed: Any
) -> RefundDue:
    asked = {"promised": terms or (event.cancellation,), "at": EARLY, **changed}
    return difference_due(Plan(event), paid, list(units), euros(amount), **asked)


def test_of_the_difference_comes_back_what_was_promised_for_a_cancellation() -> None:
    """35.00 - 20.00 = 15.00: all of it a week before, then half: 7.50, then nothing."""
    event = shop(ticket("35.00"), cancellation=CURVE)
    paid = quote(event)
    moments = (EARLY, WEEK_BEFORE, BEGINS)
    found = [difference(event, paid, "15.00", at=moment) for moment in moments]
    assert [str(made.amount.decimal) for made in found] == ["15.00", "7.50", "0.00"]
    assert [each_place(made) for made in found] == [[(0, "15.00")], [(0, "7.50")], []]


def test_no_fixed_amount_is_kept_and_nothing_taken_back() -> None:
    event = shop(ticket("35.00"), cancellation=always(kept=euros("5.00"), clawback=True))
    assert amounts(difference(event, quote(event), "15.00"))[0] == "15.00"


def test_the_better_of_the_promises_counts() -> None:
    event = shop(ticket("35.00"))
    paid = quote(event)
    for terms in ((always(HALF), always()), (always(), always(HALF))):
        assert amounts(difference(event, paid, "15.00", *terms))[0] == "15.00"


def test_fees_that_stay_are_no_part_of_it() -> None:
    """
    35.00 + 5 % = 36.75 instead of 21.00: 15.75 less. 15.00 of it is price, and 0.75 fee.

    Half of the 15.75 is 7.875 → 7.88. Of that 7.88 × 35 / 36.75 = 7.5047… → 7.50 is price, so 0.38 is fee.
    """
    event = shop(ticket("35.00"), fees=[fee(rate=Rate.of("5 %"), refundable=False)])
    paid = quote(event)
    assert amounts(difference(event, paid, "15.75", always())) == ("15.00", "0.00", "0.00")
    assert amounts(difference(event, paid, "15.75", always(fees=FeesBack.ALL))) == ("15.75", "0.00", "0.75")
    assert amounts(difference(event, paid, "15.75", always(HALF, fees=FeesBack.ALL))) == ("7.88", "0.00", "0.38")


def test_the_tax_of_it_may_stay() -> None:
    """35.00 hold 5.83 at 20 %: 29.17 / 35.00 of 15.00 is 12.5014… → 12.50, with 5.83 × 12.50 / 35 = 2.0821… → 2.08."""
    event = shop(ticket("35.00"), tax=taxes(("20 %", "standard")))
    assert amounts(difference(event, quote(event), "15.00", always(tax=False))) == ("12.50", "2.08", "0.00")


def test_it_is_never_more_than_what_is_left() -> None:
    """Of 35.00, 25.00 were given back: of a difference of 15.00, and of 40.00, the 10.00 that are left."""
    event = shop(ticket("35.00"), cancellation=always())
    paid = quote(event)
    before = [refund_of_amount(paid, euros("25.00"))]
    assert amounts(difference(event, paid, "15.00", before=before))[0] == "10.00"
    assert amounts(difference(event, paid, "40.00"))[0] == "35.00"


def test_it_is_rounded_once_for_all_places() -> None:
    """Half of 10.01 is 5.005 → 5.01: of three places 1.67 each. In steps of 0.05 it is 5.00: 1.70, 1.65 and 1.65."""
    event = shop(ticket("35.00"), cancellation=always(HALF))
    made = difference(event, quote(event, 3), "10.01", units=range(3))
    assert each_place(made) == [(0, "1.67"), (1, "1.67"), (2, "1.67")]
    event = shop(ticket("35.00"), cancellation=always(HALF), policy=Policy(step=5))
    made = difference(event, quote(event, 3), "10.01", units=range(3))
    assert each_place(made) == [(0, "1.70"), (1, "1.65"), (2, "1.65")]


def test_each_session_counts_by_its_own_deadline_and_part() -> None:
    """
    Two sessions at 35.00, one that has begun: 20.00 less for both is 10.00 for each. All is promised, so 10.00 of the
    second; half where the share goes by time: 5.00.
    """
    sessions = [
        EventSession(id=f"s{number}", starts_at=BEGINS + timedelta(days=3 * number), duration=LENGTH)
        for number in range(2)
    ]
    event = shop(ticket("35.00"), sessions=sessions, attendance=Attendance.CHOSEN_SESSIONS)
    paid = quote(event, [Item("standard", 1, ("s0", "s1"))])
    for terms, expected in ((always(pro_rata=True), "10.00"), (CURVE, "5.00"), (always(), "20.00")):
        assert amounts(difference(event, paid, "20.00", terms, units=(0, 1), at=BEGINS))[0] == expected


def test_of_what_was_free_nothing_comes_back() -> None:
    event = shop(ticket("0.00"), cancellation=always())
    assert amounts(difference(event, quote(event), "5.00"))[0] == "0.00"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"amount": euros("-0.01")}, "amount"),
        ({"amount": "15.00"}, "amount"),
        ({"amount": Money.zero(USD)}, "currency"),
        ({"units": [1]}, "units[0]"),
        ({"units": ()}, "units"),
        ({"promised": ()}, "promised"),
        ({"at": "now"}, "at"),
        ({"before": 1}, "before"),
    ],
)
def test_a_difference_that_cannot_be(changed: dict[str, Any], field: str) -> None:
    event = shop()
    good: dict[str, Any] = {
        "plan": Plan(event),
        "quote": quote(event),
        "units": [0],
        "amount": euros("1.00"),
        "promised": [always(ALL)],
        "at": AT,
    }
    with pytest.raises(InvalidValueError) as refused:
        difference_due(**{**good, **changed})
    assert refused.value.field == field
    assert isinstance(refused.value, CurrencyMismatchError) == (field == "currency")
