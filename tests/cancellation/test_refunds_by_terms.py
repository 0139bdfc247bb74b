"""What a buyer gets back by the terms, and what where it is the organizer's fault: reckoned by hand."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from cancellation.leaving import (
    ALL,
    CURVE,
    HALF,
    SECOND,
    SOON,
    WEEK_BEFORE,
    always,
    amounts,
    at,
    back,
    back_and_kept,
    codes,
    due,
    each_place,
    fee,
    step,
    told,
)
from worked.shop import AT, BEGINS, LENGTH, code, euros, percent, quote, shop, taxes, ticket

from paidevents import EUR, Money, Rate, Window
from paidevents.cancellation import CancellationDue, cancellation_due, unit_window
from paidevents.catalog import (
    Attendance,
    Cancellation,
    Cause,
    Event,
    EventKind,
    EventSession,
    FeesBack,
    Policy,
)
from paidevents.errors import CurrencyMismatchError, InvalidValueError, NaiveDatetimeError
from paidevents.money import USD
from paidevents.pricing import Item, Plan, RefundDue, refund_due, refund_of_amount

ORGANIZER = Cause.ORGANIZER
TAXED = taxes(("20 %", "standard"))


# By the time that is left.


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (WEEK_BEFORE - SECOND, ("20.00", "0.00")),
        (WEEK_BEFORE, ("10.00", "10.00")),
        (BEGINS - timedelta(days=1) - SECOND, ("10.00", "10.00")),
        (BEGINS - timedelta(days=1), ("0.00", "20.00")),
        (BEGINS + timedelta(days=1), ("0.00", "20.00")),
    ],
)
def test_a_share_holds_until_its_deadline_and_at_the_deadline_no_longer(
    moment: datetime, expected: tuple[str, str]
) -> None:
    """20.00: all of it until a week before, 50 % = 10.00 until a day before, and nothing from then on."""
    event = shop(cancellation=CURVE)
    assert back_and_kept(due(event, quote(event), [0], at=moment)) == expected


@pytest.mark.parametrize(
    ("deadline", "last"),
    [("1 day before start", "2026-03-28T17:00Z"), ("24 h before start", "2026-03-28T16:00Z")],
)
def test_in_the_night_when_the_clocks_change_a_day_is_no_24_hours(deadline: str, last: str) -> None:
    """It begins on 29 March 2026 at 18:00 in Paris (16:00Z). 18:00 the day before is 17:00Z; 24 hours before is 16:00Z."""
    event = shop(starts_at=at("2026-03-29T16:00Z"), cancellation=Cancellation.limited(step(deadline)))
    paid = quote(event)
    assert back(due(event, paid, [0], at=at(last) - SECOND)) == "20.00"
    assert back(due(event, paid, [0], at=at(last))) == "0.00"


def test_the_moment_may_be_told_in_any_zone() -> None:
    """The deadline, 18:00 in Paris on 7 April, is 1:00 in Tokyo on 8 April."""
    event = shop(cancellation=CURVE)
    paid = quote(event)
    assert back(due(event, paid, [0], at=at("2026-04-08T00:59:59+09:00"))) == "20.00"
    assert back(due(event, paid, [0], at=at("2026-04-08T01:00:00+09:00"))) == "10.00"


def test_what_was_charged_is_given_back_not_what_it_cost_at_first() -> None:
    """15 % off 20.00 is 17.00; half of that is 8.50."""
    event = shop(promotions=[code("off", percent("15 %"))], cancellation=always(HALF))
    assert back_and_kept(due(event, quote(event, 1, "off"), [0])) == ("8.50", "8.50")


def test_a_share_is_rounded_once_in_favour_of_the_buyer() -> None:
    """Half of 19.95 is 9.975 → 9.98, with 3.33 × 9.98 / 19.95 = 1.6658… → 1.67 of the tax. 9.97 is kept."""
    event = shop(ticket("19.95"), tax=TAXED, cancellation=always(HALF))
    found = due(event, quote(event), [0])
    assert (amounts(found.refund), found.kept) == (("9.98", "1.67", "0.00"), euros("9.97"))


def test_a_share_comes_in_steps_that_can_be_charged() -> None:
    """A third of 20.00 in steps of 0.05 is 6.65 (6.6667 is nearer to it than to 6.70)."""
    event = shop(policy=Policy(step=5), cancellation=always(Rate(1, 3)))
    assert back_and_kept(due(event, quote(event), [0])) == ("6.65", "13.35")


def test_a_permanent_event_has_no_deadlines_that_pass() -> None:
    video = shop(kind=EventKind.ON_DEMAND, cancellation=CURVE)
    found = due(video, quote(video), [0], at=at("2036-01-01T00:00Z"))
    assert (back(found), told(found)) == ("20.00", ["100 % is given back of a place that is cancelled now or later."])


def test_what_is_free_gives_nothing_back() -> None:
    event = shop(ticket("0.00"), cancellation=always(kept=euros("5.00")))
    found = due(event, quote(event), [0], cause=ORGANIZER)
    assert (back_and_kept(found), told(found)) == (("0.00", "0.00"), ["Nothing was paid for these places."])
    assert back_and_kept(due(event, quote(event), [0])) == ("0.00", "0.00")


def test_by_default_a_buyer_gets_nothing() -> None:
    event = shop()
    found = due(event, quote(event), [0])
    assert back_and_kept(found) == ("0.00", "20.00")
    assert each_place(found.refund) == [(0, "0.00")]
    assert told(found) == ["By the terms of the event nothing is given back of a place that is cancelled."]


# What is taken off.


def test_a_fixed_amount_is_kept_of_each_place() -> None:
    """2 × 20.00 and 3.00: of each 20.00 - 5.00 = 15.00, and of the third nothing. 5.00 + 5.00 + 3.00 are kept."""
    event = shop(ticket("20.00", "a"), ticket("3.00", "b"), cancellation=always(kept=euros("5.00")))
    found = due(event, quote(event, {"a": 2, "b": 1}), [0, 1, 2])
    assert each_place(found.refund) == [(0, "15.00"), (1, "15.00"), (2, "0.00")]
    assert (back_and_kept(found), codes(found)) == (("30.00", "13.00"), ["share_at_any_time", "amount_is_kept"])


def test_the_fixed_amount_is_taken_off_what_the_share_gives() -> None:
    """Half of 19.95 is 9.975; less 2.50 that is 7.475, rounded once: 7.48."""
    event = shop(ticket("19.95"), cancellation=always(HALF, kept=euros("2.50")))
    assert back_and_kept(due(event, quote(event), [0])) == ("7.48", "12.47")


def test_a_percentage_that_is_kept_is_what_the_share_leaves() -> None:
    """10 % of 20.00 are kept: 18.00 come back."""
    event = shop(cancellation=always(Rate.of("90 %")))
    assert back_and_kept(due(event, quote(event), [0])) == ("18.00", "2.00")


def test_the_tax_may_stay() -> None:
    """
    20.00 with 3.33 of tax in them: 16.67 without. Half is (20.00 - 3.33) / 2 = 8.335 → 8.34.

    A refund is a part of what was charged, so there is tax in it: of 8.34, 3.33 × 8.34 / 20 = 1.3886 → 1.39.
    """
    event = shop(tax=TAXED, cancellation=always(tax=False))
    found = due(event, quote(event), [0])
    assert back_and_kept(found) == ("16.67", "3.33")
    assert told(found)[-1] == "The tax is not given back: 3.33 EUR of what was charged."
    half = due(event, quote(event), [0], always(HALF, tax=False))
    assert (amounts(half.refund), half.kept) == (("8.34", "1.39", "0.00"), euros("11.66"))


def test_where_there_is_no_tax_none_can_stay() -> None:
    event = shop(cancellation=always(tax=False))
    found = due(event, quote(event), [0])
    assert (back(found), codes(found)) == ("20.00", ["share_at_any_time"])


@pytest.mark.parametrize(
    ("back_again", "refundable", "expected"),
    [
        (FeesBack.AS_DECLARED, True, ("21.00", "0.00", "1.00")),
        (FeesBack.AS_DECLARED, False, ("20.00", "0.00", "0.00")),
        (FeesBack.ALL, False, ("21.00", "0.00", "1.00")),
        (FeesBack.NONE, True, ("20.00", "0.00", "0.00")),
    ],
)
def test_fees_come_back_as_they_or_the_terms_declare(
    back_again: FeesBack, refundable: bool, expected: tuple[str, str, str]
) -> None:
    """20.00 and 5 % = 1.00 that the buyer paid."""
    event = shop(fees=[fee(rate=Rate.of("5 %"), refundable=refundable)], cancellation=always(fees=back_again))
    found = due(event, quote(event), [0])
    assert amounts(found.refund) == expected
    asked = {FeesBack.AS_DECLARED: None, FeesBack.ALL: True, FeesBack.NONE: False}[back_again]
    assert (found.refund.fees, found.refund.share) == (asked, None)
    stays = expected[2] == "0.00"
    assert (found.kept == euros("1.00"), "These fees are not given back: 1.00 EUR." in told(found)) == (stays, stays)


def test_a_share_of_a_place_is_one_of_its_fee() -> None:
    """Half of 20.00 + 1.00 is 10.50, 0.50 of it fee; without the fee 10.00 of the 21.00, and 11.00 are kept."""
    event = shop(fees=[fee(rate=Rate.of("5 %"))], cancellation=always(HALF))
    paid = quote(event)
    assert amounts(due(event, paid, [0]).refund) == ("10.50", "0.00", "0.50")
    assert back_and_kept(due(event, paid, [0], always(HALF, fees=FeesBack.NONE))) == ("10.00", "11.00")


def test_what_was_charged_once_for_the_order_comes_with_its_last_place() -> None:
    """2 × 20.00 and 1.00 for the order. 20.00 for the first to go; then half of 20.00 and of 1.00: 10.50."""
    event = shop(fees=[fee(per_order=euros("1.00"))], cancellation=CURVE)
    paid = quote(event, 2)
    first = due(event, paid, [0])
    assert (back_and_kept(first), first.refund.order_fee) == (("20.00", "0.00"), euros("0.00"))
    assert told(first)[-1] == "What was charged once for the order, 1.00 EUR, is given back with its last place."
    last = due(event, paid, [1], keep=[], at=WEEK_BEFORE, before=[first.refund])
    assert (back_and_kept(last), last.refund.order_fee) == (("10.50", "10.50"), euros("0.50"))
    assert codes(last) == ["share_until"]


def test_what_was_charged_once_and_stays_is_kept_with_the_last_place() -> None:
    """20.00 and 1.00 for the order that is not refundable: 20.00 back, 1.00 kept; nothing of it with the first of two."""
    event = shop(fees=[fee(per_order=euros("1.00"), refundable=False)], cancellation=always())
    last = due(event, quote(event), [0])
    assert (back_and_kept(last), told(last)[-1]) == (("20.00", "1.00"), "These fees are not given back: 1.00 EUR.")
    first = due(event, quote(event, 2), [0])
    assert (back_and_kept(first), codes(first)) == (("20.00", "0.00"), ["share_at_any_time"])


def test_the_tax_of_what_was_charged_once_stays_too() -> None:
    """20.00 and 1.20 for the order, each with a sixth of tax: 3.33 + 0.20. 16.67 and 1.00 come back; 3.53 are kept."""
    event = shop(
        fees=[fee(per_order=euros("1.20"), tax_category="standard")], tax=TAXED, cancellation=always(tax=False)
    )
    found = due(event, quote(event), [0])
    assert (back_and_kept(found), found.refund.order_fee) == (("17.67", "3.53"), euros("1.00"))
    assert told(found)[-1] == "The tax is not given back: 3.53 EUR of what was charged."


# A series.


def series(count: int = 5, **changed: Any) -> Event:
    """Sessions from 14 April on, a week apart."""
    sessions = [
        EventSession(id=f"s{number}", starts_at=BEGINS + timedelta(weeks=number), duration=LENGTH)
        for number in range(count)
    ]
    return shop(ticket("50.00"), sessions=sessions, **changed)


def test_of_a_series_what_has_begun_is_kept() -> None:
    """50.00 for five sessions; two have begun: 3/5 are 30.00. At the moment when one begins, it has begun."""
    event = series(cancellation=always(pro_rata=True))
    paid = quote(event)
    second = BEGINS + timedelta(weeks=1)
    found = due(event, paid, [0], at=second)
    assert back_and_kept(found) == ("30.00", "20.00")
    assert told(found)[1] == "Sessions that have begun: 2 of 5. What was paid for them is not given back."
    assert back(due(event, paid, [0], at=second - SECOND)) == "40.00"
    before = due(event, paid, [0], at=BEGINS - SECOND)
    assert (back(before), codes(before)) == ("50.00", ["share_at_any_time"])
    assert back(due(event, paid, [0], at=BEGINS + timedelta(weeks=4))) == "0.00"


def test_the_share_by_sessions_is_of_the_share_by_time() -> None:
    """Half of 50.00, of which 1/3 is left: 8.3333 → 8.33. Without the shares of sessions, 25.00."""
    event = series(3, cancellation=always(HALF, pro_rata=True))
    moment = BEGINS + timedelta(weeks=1)
    assert back(due(event, quote(event), [0], at=moment)) == "8.33"
    assert back(due(event, quote(event), [0], always(HALF), at=moment)) == "25.00"


def test_what_was_charged_once_is_given_back_by_the_least_share_that_goes_with_it() -> None:
    """1.00 for the order of 3/5 of a series: 0.60. Without fees that are refundable nothing of it."""
    event = series(fees=[fee(per_order=euros("1.00"))], cancellation=always(pro_rata=True))
    found = due(event, quote(event), [0], at=BEGINS + timedelta(weeks=1))
    assert (back_and_kept(found), found.refund.order_fee) == (("30.60", "20.40"), euros("0.60"))


def chosen(**changed: Any) -> Event:
    return series(3, attendance=Attendance.CHOSEN_SESSIONS, **changed)


def of_sessions(event: Event, *sessions: str, **changed: Any) -> Any:
    return quote(event, [Item("standard", 1, sessions)], **changed)


def test_each_session_that_was_chosen_has_deadlines_of_its_own() -> None:
    """
    50.00 each for 14, 21 and 28 April, at 18:00 in Paris. On the 14th at noon it is too late for the first, and a
    week before the others. At 18:00 the week of the second has begun: half of it.
    """
    event = chosen(cancellation=CURVE)
    paid = of_sessions(event, "s0", "s1", "s2")
    noon = at("2026-04-14T10:00Z")
    found = due(event, paid, [0, 1, 2], at=noon)
    assert each_place(found.refund) == [(0, "0.00"), (1, "50.00"), (2, "50.00")]
    later = due(event, paid, [0, 1, 2], at=at("2026-04-14T16:00Z"))
    assert each_place(later.refund) == [(0, "0.00"), (1, "25.00"), (2, "50.00")]
    assert told(later) == [
        "Nothing is given back of a place in the session of 2026-04-14 18:00:00+02:00 "
        "that is cancelled from 2026-04-13 18:00:00+02:00 on.",
        "50 % is given back of a place in the session of 2026-04-21 18:00:00+02:00 "
        "that is cancelled before 2026-04-20 18:00:00+02:00.",
        "100 % is given back of a place in the session of 2026-04-28 18:00:00+02:00 "
        "that is cancelled before 2026-04-21 18:00:00+02:00.",
    ]


def test_what_was_charged_once_for_several_sessions_comes_by_the_least_share() -> None:
    """1.00 for the order; half of one session and all of another: 25.00 + 50.00 + 0.50."""
    event = chosen(cancellation=CURVE, fees=[fee(per_order=euros("1.00"))])
    found = due(event, of_sessions(event, "s1", "s2"), [0, 1], at=at("2026-04-14T16:00Z"))
    assert (back(found), found.refund.order_fee) == ("75.50", euros("0.50"))


def test_a_chosen_session_that_has_begun_is_not_given_back_by_the_part_of_a_series() -> None:
    event = chosen(cancellation=always(pro_rata=True))
    paid = of_sessions(event, "s0", "s1")
    found = due(event, paid, [0, 1], at=BEGINS)
    assert each_place(found.refund) == [(0, "0.00"), (1, "50.00")]
    assert "sessions_begun" in codes(found)
    assert back(due(event, paid, [0, 1], at=BEGINS, cause=ORGANIZER)) == "50.00"


def test_when_a_place_takes_place() -> None:
    event, whole, single = chosen(), series(3), shop()
    paid = of_sessions(event, "s0", "s2")
    windows = [unit_window(event, paid, unit) for unit in (0, 1)]
    assert windows == [event.sessions[0].window, event.sessions[2].window]
    assert unit_window(whole, quote(whole), 0) == Window(BEGINS, BEGINS + timedelta(weeks=2, minutes=90))
    assert unit_window(single, quote(single), 0) == Window(BEGINS, BEGINS + timedelta(minutes=90))


def test_a_session_that_there_is_no_more_has_no_deadline_that_passes() -> None:
    event = chosen(cancellation=evolve(CURVE, pro_rata=True))
    paid = of_sessions(event, "s0", "s1")
    changed = evolve(event, sessions=event.sessions[1:])
    assert unit_window(changed, paid, 0) == Window()
    found = due(changed, paid, [0, 1], at=at("2026-04-30T00:00Z"))
    assert each_place(found.refund) == [(0, "50.00"), (1, "0.00")]


# The organizer's fault, and the organizer's choice.


def test_the_organizers_fault_gives_all_of_it_back() -> None:
    """
    2 × (20.00 + 1.00) and 1.00 for the order, whatever the terms keep: 21.00, and with the last 22.00.

    With both comes all of the tax: 40.00 × 20 / 120 = 6.67.
    """
    terms = Cancellation(kept=euros("5.00"), fees=FeesBack.NONE, tax=False, clawback=True)
    fees = [fee(rate=Rate.of("5 %"), refundable=False), fee(id="b", per_order=euros("1.00"), refundable=False)]
    event = shop(fees=fees, tax=TAXED, cancellation=terms)
    paid = quote(event, 2)
    first = due(event, paid, [1], cause=ORGANIZER, at=BEGINS + timedelta(days=9))
    assert (back_and_kept(first), first.fresh, first.cause) == (("21.00", "0.00"), None, ORGANIZER)
    assert told(first) == [
        "The organizer takes the places back: what was paid is given back, fees included.",
        "What was charged once for the order, 1.00 EUR, is given back with its last place.",
    ]
    last = due(event, paid, [0], keep=[], cause=ORGANIZER, before=[first.refund])
    assert (back_and_kept(last), codes(last)) == (("22.00", "0.00"), ["organizer_cancels"])
    assert (last.refund.fee, first.refund.tax + last.refund.tax) == (euros("2.00"), euros("6.67"))


def test_of_a_running_series_the_organizer_gives_back_what_is_not_delivered() -> None:
    """50.00 for five sessions, two begun: 30.00 where the terms say so, else all; so too if only one of two does."""
    event = series()
    paid, moment = quote(event), BEGINS + timedelta(weeks=1)
    by_part, whole = always(pro_rata=True), Cancellation()
    found = due(event, paid, [0], by_part, cause=ORGANIZER, at=moment)
    assert (back(found), codes(found)) == ("30.00", ["organizer_cancels", "sessions_begun"])
    assert back(due(event, paid, [0], whole, cause=ORGANIZER, at=moment)) == "50.00"
    assert back(due(event, paid, [0], by_part, whole, cause=ORGANIZER, at=moment)) == "50.00"
    assert back(due(event, paid, [0], by_part, cause=ORGANIZER, at=moment, share=Rate.of("80 %"))) == "40.00"


def test_the_organizer_may_give_more_than_was_promised() -> None:
    """GT-28: half of 20.00 was promised, less 4.00: 6.00. The choice of 25 % is 5.00, of 40 % is 8.00, of all 20.00."""
    event = shop(cancellation=always(HALF, kept=euros("4.00")))
    paid = quote(event)
    less, more, full = (due(event, paid, [0], share=share) for share in (Rate(1, 4), Rate(2, 5), ALL))
    assert [back(found) for found in (less, more, full)] == ["6.00", "8.00", "20.00"]
    assert codes(less) == ["share_at_any_time", "amount_is_kept"]
    assert told(more) == ["The organizer gives 40 % back, which is more than the terms of the event do."]
    assert codes(due(event, paid, [0], share=Rate(3, 10))) == codes(less)  # 6.00 as well: what was promised


def test_the_choice_of_all_is_of_all_but_fees_that_stay() -> None:
    """20.00 and 1.00 of fee that is not refundable, with tax, a share of nothing by now, and a claw-back."""
    terms = Cancellation(tax=False, clawback=True)
    event = shop(fees=[fee(per_unit=euros("1.00"), refundable=False)], tax=TAXED, cancellation=terms)
    found = due(event, quote(event, 2), [0], share=ALL)
    assert (back_and_kept(found), found.fresh) == (("20.00", "1.00"), None)
    assert codes(found) == ["organizers_choice", "fees_stay_paid"]
    assert back(due(event, quote(event, 2), [0], evolve(terms, fees=FeesBack.ALL), share=ALL)) == "21.00"


# What was promised, and what is promised by now.


def test_terms_that_were_loosened_help() -> None:
    event = shop(cancellation=always())
    frozen = Cancellation.none()
    found = due(event, quote(event), [0], frozen, event.cancellation)
    assert (back(found), codes(found)) == ("20.00", ["share_at_any_time"])


def test_terms_that_were_tightened_do_not_hurt() -> None:
    event = shop(cancellation=Cancellation.none())
    frozen = always(HALF)
    found = due(event, quote(event), [0], frozen, event.cancellation)
    assert (back(found), codes(found)) == ("10.00", ["share_at_any_time"])


def test_of_promises_that_give_the_same_the_first_is_told() -> None:
    """Half of 20.00, and all of it less 10.00."""
    event = shop()
    terms = (always(HALF), always(kept=euros("10.00")))
    first, second = (due(event, quote(event), [0], *order) for order in (terms, terms[::-1]))
    assert back(first) == back(second) == "10.00"
    assert codes(first) == ["share_at_any_time"]
    assert codes(second) == ["share_at_any_time", "amount_is_kept"]


def test_when_it_is_too_late_the_buyer_is_told_since_when() -> None:
    event = shop(cancellation=CURVE)
    assert told(due(event, quote(event), [0], at=SOON)) == [
        "Nothing is given back of a place that is cancelled from 2026-04-13 18:00:00+02:00 on."
    ]
    assert told(due(event, quote(event), [0])) == [
        "100 % is given back of a place that is cancelled before 2026-04-07 18:00:00+02:00."
    ]


def test_a_deadline_before_all_years_was_never_ahead() -> None:
    event = shop(starts_at=at("1901-01-01T00:00Z"), cancellation=Cancellation.limited(step("100 months before start")))
    assert codes(due(event, quote(event, at=at("1900-06-01T00:00Z")), [0], at=at("1900-07-01T00:00Z"))) == [
        "no_refund_promised"
    ]


# After other refunds.


def test_after_goodwill_everything_is_the_rest() -> None:
    """20.00, of which 5.00 were given for bad sound: 15.00 are left, with what is left of the 3.33 of tax: 2.50."""
    event = shop(tax=TAXED, cancellation=always())
    paid = quote(event)
    goodwill = refund_of_amount(paid, euros("5.00"))
    for cause in Cause:
        found = due(event, paid, [0], before=[goodwill], cause=cause)
        assert (amounts(found.refund), found.kept) == (("15.00", "2.50", "0.00"), euros("0.00"))
        assert told(found)[-1] == "5.00 EUR was given back before; no more is given than the rest of what was paid."


def test_goodwill_is_not_taken_off_what_was_promised_as_long_as_there_is_so_much() -> None:
    """Half of 20.00 is 10.00, after goodwill of 5.00 as well; after 12.00 only 8.00 are left."""
    event = shop(cancellation=always(HALF))
    paid = quote(event)
    made = [refund_of_amount(paid, euros("5.00"))]
    assert back_and_kept(due(event, paid, [0], before=made)) == ("10.00", "5.00")
    made.append(refund_of_amount(paid, euros("7.00"), before=made))
    assert back_and_kept(due(event, paid, [0], before=made)) == ("8.00", "0.00")


def test_after_a_share_everything_is_the_rest() -> None:
    """Half of 19.95 was 9.98; 9.97 are left. And when nothing is left, nothing is given, which is no error."""
    event = shop(ticket("19.95"), cancellation=always())
    paid = quote(event)
    half = refund_due(paid, [0], share=HALF)
    found = due(event, paid, [0], before=[half])
    assert back_and_kept(found) == ("9.97", "0.00")
    assert back_and_kept(due(event, paid, [0], before=[half, found.refund], cause=ORGANIZER)) == ("0.00", "0.00")


def test_a_rest_that_is_in_no_steps_is_given_back_whole() -> None:
    """
    20.00 in steps of 0.05, of which 0.52 were given by hand: 19.48. Half of 20.00 is 10.00.

    97.39 % of 20.00 is 19.478, which is nearer to 19.50 than to 19.45; but there are only 19.48.
    """
    event = shop(policy=Policy(step=5), cancellation=always())
    paid = quote(event)
    by_hand = [refund_of_amount(paid, euros("0.52"))]
    assert back(due(event, paid, [0], before=by_hand)) == "19.48"
    assert back(due(event, paid, [0], always(HALF), before=by_hand)) == "10.00"
    nearly = always(Rate.of("97.39 %"))
    assert back(due(event, paid, [0], nearly, before=by_hand)) == "19.48"
    two = quote(event, 2)
    found = due(event, two, [0, 1], nearly, before=[refund_of_amount(two, euros("0.52"), units=[0])])
    assert each_place(found.refund) == [(0, "19.48"), (1, "19.50")]


def test_goodwill_may_have_taken_what_was_charged_once() -> None:
    """20.00 and 1.00 for the order; all of it but 0.40 is given back. The last place gives the 0.40."""
    event = shop(fees=[fee(per_order=euros("1.00"))], cancellation=always())
    paid = quote(event)
    found = due(event, paid, [0], before=[refund_of_amount(paid, euros("20.60"))])
    assert (back_and_kept(found), found.refund.order_fee) == (("0.40", "0.00"), euros("0.40"))


def test_places_that_are_gone_already_are_neither_kept_nor_given_up() -> None:
    """Of 3 × 20.00 and 1.00 for the order, the first went with nothing; of the others one goes, then the last."""
    event = shop(fees=[fee(per_order=euros("1.00"))], cancellation=always())
    paid = quote(event, 3)
    gone = due(event, paid, [0], Cancellation.none())
    assert back_and_kept(gone) == ("0.00", "20.00")
    second = due(event, paid, [2], keep=[1])
    third = due(event, paid, [1], keep=[], before=[second.refund])
    assert [back_and_kept(found) for found in (second, third)] == [("20.00", "0.00"), ("21.00", "0.00")]


# Where less was paid than was charged.


def test_no_more_comes_back_than_there_is_money_for() -> None:
    """
    2 × 20.00 and 1.00 for the order; the organizer let one in for nothing, so 20.50 were paid for the other.

    Of 21.00 that would come back, 0.50 less: what was due once is the first to be less. Half of it is 10.50 as ever.
    """
    event = shop(fees=[fee(per_order=euros("1.00"))], cancellation=always())
    paid = quote(event, 2)
    asked: dict[str, Any] = {"keep": [], "most": euros("20.50")}
    found = due(event, paid, [1], **asked)
    assert (back_and_kept(found), found.refund.order_fee) == (("20.50", "0.00"), euros("0.50"))
    assert told(found)[-1] == (
        "Of what these places cost, 20.50 EUR was paid and is left: no more than that is given back."
    )
    half = due(event, paid, [1], always(HALF), **asked)
    assert (back_and_kept(half), codes(half)) == (("10.50", "10.00"), ["share_at_any_time"])
    assert back_and_kept(due(event, paid, [1], keep=[], most=euros("99.00"))) == ("21.00", "0.00")


def test_what_there_is_no_money_for_is_shared_by_what_would_come_back() -> None:
    """30.00 and 10.00 with 0.50 for the order; of 20.00 there are 15.00 for the first and 5.00 for the other, or nothing."""
    event = shop(ticket("30.00", "a"), ticket("10.00", "b"), fees=[fee(per_order=euros("0.50"))], cancellation=always())
    paid = quote(event, {"a": 1, "b": 1})
    found = due(event, paid, [0, 1], most=euros("20.00"))
    assert each_place(found.refund) == [(0, "15.00"), (1, "5.00")]
    assert (back_and_kept(found), found.refund.order_fee) == (("20.00", "0.00"), euros("0.00"))
    for cause in Cause:
        assert back_and_kept(due(event, paid, [0], most=euros("0.00"), cause=cause)) == ("0.00", "0.00")


def test_the_preview_is_the_refund() -> None:
    event = shop(tax=TAXED, fees=[fee(rate=Rate.of("5 %"))], cancellation=CURVE)
    paid = quote(event, 3)
    asked: dict[str, Any] = {"keep": [1], "promised": [CURVE], "cause": Cause.BUYER, "at": WEEK_BEFORE}
    shown = cancellation_due(Plan(event), paid, [2, 0], **asked)
    done = cancellation_due(Plan(event), paid, (0, 2), **asked)
    assert shown == done
    assert hash(shown) == hash(done)
    assert shown.units == (0, 2)


# What cannot be.


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"plan": "talk"}, "plan", "wrong_type"),
        ({"quote": None}, "quote", "wrong_type"),
        ({"units": []}, "units", "nothing_to_refund"),
        ({"units": [0, 0]}, "units[1]", "chosen_twice"),
        ({"units": [3]}, "units[0]", "out_of_range"),
        ({"units": 0}, "units", "wrong_type"),
        ({"keep": [1, 1]}, "keep[1]", "chosen_twice"),
        ({"keep": [1, 0]}, "keep[1]", "chosen_twice"),
        ({"keep": [True]}, "keep[0]", "bool_not_allowed"),
        ({"promised": []}, "promised", "empty"),
        ({"promised": [None]}, "promised[0]", "wrong_type"),
        ({"cause": "buyer"}, "cause", "wrong_type"),
        ({"at": None}, "at", "wrong_type"),
        ({"before": [None]}, "before[0]", "wrong_type"),
        ({"share": 1}, "share", "wrong_type"),
        ({"most": 100}, "most", "wrong_type"),
        ({"most": euros("-0.01")}, "most", "negative_price"),
    ],
)
def test_what_cannot_be_asked_for(changed: dict[str, Any], field: str, reason: str) -> None:
    event = shop()
    good: dict[str, Any] = {
        "plan": Plan(event),
        "quote": quote(event, 3),
        "units": [0],
        "keep": [1, 2],
        "promised": [Cancellation()],
        "cause": Cause.BUYER,
        "at": AT,
    }
    with pytest.raises(InvalidValueError) as refused:
        cancellation_due(**{**good, **changed})
    assert (refused.value.field, refused.value.reason.code) == (field, reason)


def test_a_quote_of_another_event_is_refused() -> None:
    event, other = shop(), shop(id="another")
    with pytest.raises(InvalidValueError) as refused:
        due(event, quote(other), [0])
    assert (refused.value.field, refused.value.reason.code) == ("quote", "unknown_id")
    for unit in (1, -1, None):
        junk: Any = unit
        with pytest.raises(InvalidValueError) as refused:
            unit_window(event, quote(event), junk)
        assert refused.value.field == "unit"


def test_a_moment_without_a_zone_is_refused() -> None:
    event = shop()
    with pytest.raises(NaiveDatetimeError):
        due(event, quote(event), [0], at=datetime(2026, 4, 1))


def test_amounts_in_another_currency_are_refused() -> None:
    event = shop()
    paid = quote(event)
    dollars = Money.zero(USD)
    nothing = RefundDue(units=(), order_fee=dollars, amount=dollars, tax=dollars, fee=dollars)
    for changed in ({"before": [nothing]}, {"most": dollars}):
        with pytest.raises(CurrencyMismatchError):
            due(event, paid, [0], **changed)
    with pytest.raises(CurrencyMismatchError) as refused:
        due(event, paid, [0], always(kept=Money.of("1.00", USD)))
    assert (refused.value.left, refused.value.right) == ("EUR", "USD")


def test_what_is_due_is_all_of_one_piece() -> None:
    event = shop(promotions=[])
    paid = quote(event, 2)
    found = due(event, paid, [0], always())
    good: dict[str, Any] = {"cause": Cause.BUYER, "units": [0], "refund": found.refund, "kept": Money.zero(EUR)}
    assert CancellationDue(**good).units == (0,)
    dollars = Money.zero(USD)
    other = RefundDue(units=(), order_fee=dollars, amount=dollars, tax=dollars, fee=dollars)
    for changed, field in (
        ({"units": [1]}, "refund"),
        ({"units": [1000]}, "units[0]"),
        ({"cause": None}, "cause"),
        ({"refund": None}, "refund"),
        ({"kept": euros("-0.01")}, "kept"),
        ({"fresh": 1}, "fresh"),
        ({"unpaid": found.refund}, "unpaid"),
        ({"unpaid": 1}, "unpaid"),
        ({"reasons": ["because"]}, "reasons[0]"),
        ({"refund": other}, "currency"),
        ({"kept": dollars}, "currency"),
        ({"fresh": paid, "unpaid": other}, "currency"),
        ({"refund": other, "kept": dollars, "fresh": paid}, "currency"),
    ):
        with pytest.raises(InvalidValueError) as refused:
            CancellationDue(**{**good, **changed})
        assert refused.value.field == field
    assert CancellationDue(**{**good, "fresh": paid, "unpaid": found.refund}).unpaid == found.refund
