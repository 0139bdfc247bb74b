"""
What GoToWebinar's page promises, rule by rule.

Source: https://support.goto.com/webinar/help/accept-payments-faqs, read in
French in 2026. A rule that speaks of a sum, a payment or a person stands
further down, with what decides it.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from paidevents import USD, Currency, InvalidValueError, Money, Span
from paidevents.catalog import (
    Approval,
    Attendance,
    Capture,
    Charging,
    Event,
    EventKind,
    EventSession,
    PromoCode,
    Promotion,
    SetPrice,
    Ticket,
    refused_changes,
)
from paidevents.presets import gotowebinar

RULES = gotowebinar(attendance_limit=100)
START = datetime(2026, 4, 14, 16, tzinfo=UTC)


def dollars(amount: str) -> Money:
    return Money.of(amount, USD)


def standard(price: str = "100.00") -> Ticket:
    return Ticket(id="standard", name="Standard", price=dollars(price))


def webinar(**changed: Any) -> Event:
    """A live webinar for 1000 registrants, of whom 100 can be present, at 100 dollars."""
    dated = "sessions" not in changed and changed.get("kind") is not EventKind.ON_DEMAND
    plain = {
        "id": "project-management",
        "title": "Project management for beginners",
        "zone": "America/New_York",
        "currency": USD,
        "tickets": [standard()],
        "starts_at": START if dated else None,
        "duration": Span.of("1 h") if dated else None,
        "capacity": 1000,
        "policy": RULES.policy,
        "fees": RULES.fees(USD),
        "providers": RULES.providers(USD),
    }
    return Event(**{**plain, **changed})


def code(text: str, price: str) -> Promotion:
    return Promotion(id=text.lower(), effect=SetPrice((dollars(price),)), codes=(PromoCode(text),))


def weekly(count: int) -> list[EventSession]:
    return [
        EventSession(id=f"week_{week}", starts_at=START + timedelta(weeks=week), duration=Span.of("1 h"))
        for week in range(1, count + 1)
    ]


def test_stripe_is_the_only_provider() -> None:
    """GT-01: in every currency that can be charged."""
    for currency in RULES.policy.currencies:
        assert [provider.name for provider in RULES.providers(currency)] == ["stripe"]
        assert not RULES.policy.offers("paypal", currency)


def test_the_platform_takes_no_fee() -> None:
    """GT-03: there is no fee but the provider's own."""
    assert webinar().fees == ()
    assert all(RULES.fees(currency) == () for currency in RULES.policy.currencies)


def test_payment_is_switched_off_or_lost_without_any_change_of_price() -> None:
    """GT-06, GT-11: free while switched off or disconnected; that quotes are free then is pricing's."""
    event = webinar()
    for charging in (Charging.SWITCHED_OFF, Charging.DISCONNECTED):
        free = evolve(event, charging=charging)
        assert refused_changes(event, free) == refused_changes(free, event) == ()
        assert free.tickets == event.tickets


@pytest.mark.parametrize(("present", "registered"), [(100, 1000), (3000, 30_000)])
def test_ten_times_as_many_may_register_as_can_be_present(present: int, registered: int) -> None:
    """GT-07: "100 participants, 1 000 inscriptions"; both limits are data of the policy."""
    policy = gotowebinar(attendance_limit=present).policy
    assert (policy.attendance_limit, policy.max_capacity) == (present, registered)
    assert (gotowebinar().policy.attendance_limit, gotowebinar().policy.max_capacity) == (None, None)


def test_registrations_are_not_stopped_at_the_attendance_limit() -> None:
    """GT-07: the event offers more places than can be present."""
    assert (webinar().capacity, webinar().policy.attendance_limit) == (1000, 100)


def test_the_price_may_be_changed_at_any_time() -> None:
    """GT-08: up, down and to nothing; but neither id nor currency, for there are orders."""
    event = webinar()
    for price in ("120.00", "80.00", "0.00"):
        assert refused_changes(event, evolve(event, tickets=(standard(price),))) == ()
    in_pounds = evolve(
        event,
        currency=Currency("GBP"),
        tickets=(Ticket(id="standard", name="Standard", price=Money.of("80.00", "GBP")),),
    )
    assert [reason.code for reason in refused_changes(event, in_pounds)] == ["currency_stays"]


def test_there_are_any_number_of_codes_and_each_sets_the_price() -> None:
    """GT-09: "autant de codes promotionnels que vous le souhaitez"; the price is what is declared, not a reduction."""
    event = webinar(promotions=[code(f"CODE{number}", "60.00") for number in range(500)])
    assert len(event.promotions) == 500
    assert {promotion.effect for promotion in event.promotions} == {SetPrice((dollars("60.00"),))}


def test_two_codes_never_read_alike() -> None:
    """GT-09: else nobody could say which price a buyer meant."""
    with pytest.raises(InvalidValueError) as refused:
        webinar(promotions=[code("EARLY", "60.00"), evolve(code("Early", "50.00"), id="other")])
    assert refused.value.reason.code == "code_of_two"


def test_a_code_may_set_the_price_to_nothing() -> None:
    """GT-10: "GRATUIT" at 0 $; that no provider is asked is pricing's."""
    assert webinar(promotions=[code("GRATUIT", "0.00")]).promotions[0].codes[0].key == "gratuit"


@pytest.mark.parametrize("kind", [EventKind.LIVE, EventKind.RECORDED, EventKind.WEBCAST])
def test_live_recorded_and_webcast_events_can_be_paid(kind: EventKind) -> None:
    """GT-14: "en direct, enregistrés et Webcast", according to the plan, which is the same policy with less in it."""
    assert kind in RULES.policy.kinds
    assert webinar(kind=kind).kind is kind
    assert evolve(RULES.policy, kinds=(kind,)).kinds == (kind,)


def test_the_currencies_are_ten() -> None:
    """GT-15: no other currency is sold in."""
    codes = ["AUD", "CAD", "CHF", "DKK", "EUR", "GBP", "MXN", "NOK", "SEK", "USD"]
    assert sorted(currency.code for currency in RULES.policy.currencies) == codes
    with pytest.raises(InvalidValueError, match="gotowebinar has no events in PLN"):
        RULES.providers(Currency("PLN"))


@pytest.mark.parametrize("attendance", Attendance)
def test_a_series_is_registered_for_as_a_whole_or_by_session(attendance: Attendance) -> None:
    """GT-16: "Toutes" or "Individuelle"."""
    series = webinar(sessions=weekly(4), attendance=attendance)
    assert series.chooses_sessions is (attendance is Attendance.CHOSEN_SESSIONS)
    assert series.window.starts_at == START + timedelta(weeks=1)
    assert series.window.ends_at == START + timedelta(weeks=4, hours=1)


def test_the_recording_stays_on_sale_after_the_event() -> None:
    """GT-17: at the same address, so the sale of the event does not end with it."""
    assert not webinar().sale_ends_with_it
    assert evolve(webinar(), policy=evolve(RULES.policy, sells_recording=False)).sale_ends_with_it


def test_videos_on_demand_can_be_paid() -> None:
    """GT-21: a video has neither date nor end of sale."""
    assert EventKind.ON_DEMAND in RULES.policy.kinds
    video = webinar(kind=EventKind.ON_DEMAND)
    assert video.window.starts_at is None and not video.sale_ends_with_it


@pytest.mark.parametrize("approval", Approval)
def test_approval_is_automatic_or_manual(approval: Approval) -> None:
    """GT-22: automatic by default; by hand, the registrant pays first."""
    assert RULES.policy.approval is Approval.AUTOMATIC
    policy = evolve(RULES.policy, approval=approval)
    assert (policy.approval, policy.capture) == (approval, Capture.AT_ONCE)
