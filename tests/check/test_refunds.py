"""Steps of a refund that never hold, and refunds that a provider no longer makes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from catalog.declared import START, euros, session, ticket, tier
from check.told import paid, says, told

from paidevents import Deadline, Money, Rate, Window
from paidevents.catalog import Attendance, Cancellation, Charging, Donation, Event, EventKind, Provider, RefundStep

PAYPAL = Provider(name="paypal")
ALL = Rate(1, 1)
NEVER_HOLDS = "warning cancellation.steps[1]: refund_step_never_holds"
TOO_SHORT = "warning cancellation: refund_window_too_short"


def step(until: str | None, share: str = "100 %") -> RefundStep:
    return RefundStep(None if until is None else Deadline.of(until), Rate.of(share))


def refunding(*steps: RefundStep, **changed: Any) -> Event:
    return paid(cancellation=Cancellation.limited(*steps), **changed)


def test_steps_in_the_order_in_which_they_end_are_in_order() -> None:
    assert (
        told(refunding(step("7 days before start"), step("24 h before start", "50 %"), step("1 min before start")))
        == []
    )
    assert told(refunding(step(None))) == told(refunding()) == []


@pytest.mark.parametrize("until", ["7 days before start", "24 h before start", "1 day before start"])
def test_a_step_that_ends_no_later_than_the_one_before_never_holds(until: str) -> None:
    """There is no change of clocks before the talk, so a day before it is 24 hours before it."""
    event = refunding(step("1 day before start", "50 %"), step(until))
    assert told(event) == [NEVER_HOLDS]
    assert says(event) == "This step (100 %) never holds: when it begins, it is over or nobody can cancel any more."


def test_the_latest_of_the_steps_before_counts() -> None:
    event = refunding(step("24 h before start"), step("7 days before start"), step("2 days before start"))
    assert told(event) == [NEVER_HOLDS, "warning cancellation.steps[2]: refund_step_never_holds"]


def test_a_step_that_begins_when_nobody_can_cancel_any_more_never_holds() -> None:
    """A buyer may cancel until the start."""
    assert told(refunding(step("at start"), step("at end", "50 %"))) == [NEVER_HOLDS]
    assert told(refunding(step("at start"), step(None, "50 %"))) == [NEVER_HOLDS]
    steps = (step("at start"), step("at end", "50 %"))
    assert told(paid(cancellation=Cancellation(steps=steps, buyer_until=None))) == []
    assert told(paid(cancellation=Cancellation(steps=steps, buyer_until=Deadline.of("1 min after start")))) == []


def test_hours_and_days_are_compared_as_the_clocks_go() -> None:
    """On 2026-10-25 the clocks of Paris go back: 24 hours before that evening are later than a day before."""
    evening = {"starts_at": datetime(2026, 10, 25, 17, tzinfo=UTC)}
    assert told(refunding(step("1 day before start"), step("24 h before start", "50 %"), **evening)) == []
    assert told(refunding(step("24 h before start"), step("1 day before start", "50 %"), **evening)) == [NEVER_HOLDS]


def test_of_sessions_that_are_chosen_one_in_which_it_holds_will_do() -> None:
    """Only before the second session, on that Sunday, does the second step hold for an hour."""
    sessions = [session("a"), session("b", datetime(2026, 10, 25, 17, tzinfo=UTC))]
    steps = (step("1 day before start"), step("24 h before start", "50 %"))
    chosen: dict[str, Any] = {"sessions": sessions, "attendance": Attendance.CHOSEN_SESSIONS}
    assert told(refunding(*steps, **chosen)) == []
    assert told(refunding(*steps, **{**chosen, "sessions": sessions[:1]})) == [NEVER_HOLDS]
    assert told(refunding(*steps, sessions=sessions)) == [NEVER_HOLDS]


def test_without_a_date_no_deadline_comes() -> None:
    event = refunding(step("7 days before start"), kind=EventKind.ON_DEMAND)
    assert told(event) == ["warning cancellation.steps[0].until: deadline_without_date"]
    assert says(event) == "The event has no date, so the deadline never comes: 100 % is given back at any time."
    both = refunding(step("7 days before start"), step(None, "50 %"), kind=EventKind.PERMANENT)
    assert told(both) == ["warning cancellation.steps[0].until: deadline_without_date", NEVER_HOLDS]
    assert told(refunding(step("7 days before start"), kind=EventKind.PERMANENT, sessions=[session("a")])) == []


# PayPal refunds for 180 days; Stripe sets no end.


def opening(days: int, *steps: RefundStep, **changed: Any) -> list[str]:
    """What is told of the talk with PayPal, on sale *days* before it begins."""
    return told(
        refunding(*steps, **{"providers": [PAYPAL], "on_sale": Window(START - timedelta(days=days)), **changed})
    )


def test_a_refund_that_is_promised_for_longer_than_its_provider_makes_any_is_a_warning() -> None:
    assert opening(181, step("at start")) == [TOO_SHORT]
    assert opening(180, step("at start")) == []
    event = refunding(step("at start"), providers=[PAYPAL], on_sale=Window(START - timedelta(days=200)))
    assert (
        says(event) == "A payment with paypal can be refunded for 180 days; a refund is promised for longer than that."
    )


def test_what_counts_is_the_last_moment_at_which_something_is_given_back() -> None:
    """200 days before the talk until 20 days before it, or 480 hours, are 180."""
    assert opening(200, step("480 h before start")) == []
    assert opening(200, step("480 h before start"), step("479 h before start", "1 %")) == [TOO_SHORT]
    assert opening(200, step("480 h before start"), step(None, "0 %")) == []
    assert opening(200) == []


def test_after_the_buyers_own_deadline_nothing_is_promised() -> None:
    terms = Cancellation(steps=(step(None),), buyer_until=Deadline.of("480 h before start"))
    event = paid(cancellation=terms, providers=[PAYPAL], on_sale=Window(START - timedelta(days=200)))
    assert told(event) == []


def test_only_providers_whose_limits_are_known_and_have_an_end_are_told_of() -> None:
    ways = [Provider(name="stripe"), Provider(name="cash")]
    assert opening(999, step("at start"), providers=ways) == []
    assert opening(999, step("at start"), providers=[*ways, PAYPAL]) == [TOO_SHORT]


def test_what_comes_on_sale_first_counts_if_it_costs_something() -> None:
    early, late = (Window(START - timedelta(days=days)) for days in (300, 100))
    always = {"on_sale": Window()}
    one, other = ticket(on_sale=late), ticket("vip", on_sale=early)
    assert opening(0, step("at start"), tickets=[one], **always) == []
    assert opening(0, step("at start"), tickets=[one, other], **always) == [TOO_SHORT]
    free = ticket("free", price=euros("0.00"), on_sale=early)
    assert opening(0, step("at start"), tickets=[one, free], **always) == []
    giving = ticket("gift", price=None, donation=Donation(minimum=euros("5.00")), on_sale=early)
    assert opening(0, step("at start"), tickets=[one, giving], **always) == [TOO_SHORT]


def test_of_a_sale_that_has_no_beginning_nothing_is_said_unless_the_promise_has_no_end() -> None:
    """A tier's window does not say when the ticket comes on sale."""
    window = Window(START - timedelta(days=300), START - timedelta(days=200))
    tiers = [tier(window=window)]
    assert opening(0, step("at start"), on_sale=Window(), tickets=[ticket(tiers=tiers)]) == []
    assert opening(0, step(None), on_sale=Window(), kind=EventKind.ON_DEMAND) == [TOO_SHORT]
    assert opening(0, on_sale=Window(), kind=EventKind.ON_DEMAND) == []


def test_of_what_is_never_on_sale_or_costs_nothing_no_refund_is_promised() -> None:
    nothing = [ticket(price=Money.of("0.00", "EUR"))]
    assert opening(0, step(None), on_sale=Window(), kind=EventKind.ON_DEMAND, tickets=nothing) == []
    assert opening(0, step("at start"), on_sale=Window(START + timedelta(days=1)), charging=Charging.ON) == [
        "warning on_sale: never_on_sale"
    ]
