"""
What the two pages promise about prices, by rule.

Each is computed by the one way to a price, `Plan.quote`, under the preset of
its platform. The arithmetic stands in the docstring.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from attrs import evolve

from paidevents import EUR, USD, Money, Rate, Span, Window
from paidevents.catalog import (
    FREE,
    AmountOff,
    Attendance,
    Charging,
    Donation,
    Event,
    EventKind,
    EventSession,
    Fee,
    FeeTaker,
    Limit,
    LimitOf,
    Percent,
    PromoCode,
    Promotion,
    Provider,
    SetPrice,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
    Tier,
)
from paidevents.presets import clickmeeting, gotowebinar
from paidevents.pricing import Item, Plan, Quote, refund_due, sold

START = datetime(2026, 4, 14, 16, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
PARIS = "Europe/Paris"


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def through(day: date) -> Window:
    return Window.of_days(None, day, PARIS)


def webinar(**changed: Any) -> Event:
    """A ClickMeeting webinar at 49.00."""
    rules = clickmeeting(plan_size=200)
    plain: dict[str, Any] = {
        "id": "webinar",
        "title": "Webinar",
        "zone": PARIS,
        "currency": EUR,
        "starts_at": START,
        "duration": Span.of("90 min"),
        "tickets": (Ticket(id="standard", name="Standard", price=euros("49.00")),),
        "policy": rules.policy,
        "fees": rules.fees(EUR),
        "providers": (Provider(name="stripe"), Provider(name="paypal")),
    }
    return Event(**{**plain, **changed})


def conference(**changed: Any) -> Event:
    """A GoToWebinar webinar at 100.00 US dollars."""
    rules = gotowebinar(attendance_limit=100)
    plain: dict[str, Any] = {
        "id": "webinar",
        "title": "Webinar",
        "zone": "America/New_York",
        "currency": USD,
        "starts_at": START,
        "duration": Span.of("1 h"),
        "tickets": (Ticket(id="standard", name="Standard", price=Money.of("100.00", USD)),),
        "policy": rules.policy,
        "fees": rules.fees(USD),
        "providers": rules.providers(USD),
    }
    return Event(**{**plain, **changed})


def with_code(effect: Percent | AmountOff | SetPrice, code: str = "CODE", **changed: Any) -> tuple[Promotion, ...]:
    return (Promotion(**{"id": "promotion", "effect": effect, "codes": (PromoCode(code),), **changed}),)


def lots() -> tuple[Ticket, ...]:
    early = Tier(id="early", price=euros("29.00"), quantity=3, window=through(date(2026, 3, 31)))
    second = Tier(id="second", price=euros("39.00"), quantity=2)
    return (Ticket(id="standard", name="Standard", price=euros("49.00"), tiers=(early, second)),)


def quote(event: Event, *codes: str, count: int = 1, at: datetime = MARCH, **asked: Any) -> Quote:
    return Plan(event).quote({"standard": count}, codes, at=at, **asked)


def prices(quote: Quote) -> list[str]:
    return [str(unit.price.decimal) for unit in quote.units]


def reasons(quote: Quote) -> list[str]:
    return [reason.code for skipped in quote.skipped for reason in skipped.reasons]


def test_cm_03_a_reduced_ticket_ends_at_its_instant() -> None:
    """CM-03: 29.00 through 31 March in Paris, that is until 22:00 UTC; then the next price."""
    last = datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert prices(quote(webinar(tickets=lots()), at=last - timedelta(seconds=1))) == ["29.00"]
    assert prices(quote(webinar(tickets=lots()), at=last)) == ["39.00"]


def test_cm_04_a_reduced_ticket_ends_with_its_quantity_or_its_date_whichever_comes_first() -> None:
    """CM-04: three at 29.00; the fourth, still in March, costs 39.00."""
    event = webinar(tickets=lots())
    assert prices(quote(event, taken=sold(event, {"early": 2}))) == ["29.00"]
    assert prices(quote(event, taken=sold(event, {"early": 3}))) == ["39.00"]


def test_cm_05_lots_open_one_after_the_other_and_then_the_base_price_holds() -> None:
    """CM-05: seven at once are 3 × 29.00, 2 × 39.00 and 2 × 49.00."""
    assert prices(quote(webinar(tickets=lots()), count=7)) == ["29.00"] * 3 + ["39.00"] * 2 + ["49.00"] * 2


def test_cm_06_lots_and_codes_are_switched_off_as_a_whole() -> None:
    """CM-06: without lots 49.00; without codes the code is as if it were not there."""
    event = webinar(tickets=lots(), promotions=with_code(Percent(Rate.of("10 %"))))
    assert prices(quote(evolve(event, policy=evolve(event.policy, tiers_enabled=False)))) == ["49.00"]
    off = quote(evolve(event, policy=evolve(event.policy, codes_enabled=False)), "CODE")
    assert (prices(off), reasons(off)) == (["29.00"], ["code_disabled"])


def test_cm_08_a_code_takes_a_share_or_an_amount_off() -> None:
    """CM-08: 10 % of 49.00 are 4.90; or 5.00."""
    assert prices(quote(webinar(promotions=with_code(Percent(Rate.of("10 %")))), "code")) == ["44.10"]
    assert prices(quote(webinar(promotions=with_code(AmountOff((euros("5.00"),)))), "code")) == ["44.00"]


def test_cm_09_a_code_ends_with_its_uses_or_its_date() -> None:
    """CM-09: two orders may use it, through 31 March."""
    event = webinar(
        promotions=with_code(
            Percent(Rate.of("10 %")), limits=(Limit(LimitOf.ORDERS, 2),), window=through(date(2026, 3, 31))
        )
    )
    assert quote(event, "CODE", taken={"promotion/promotion/orders": 1}).charged == euros("44.10")
    assert reasons(quote(event, "CODE", taken={"promotion/promotion/orders": 2})) == ["exhausted"]
    assert reasons(quote(event, "CODE", at=datetime(2026, 3, 31, 22, tzinfo=UTC))) == ["expired"]


def test_cm_10_a_code_applies_to_the_lot_that_is_current() -> None:
    """CM-10: 10 % of 29.00 are 2.90, not of 49.00."""
    event = webinar(tickets=lots(), promotions=with_code(Percent(Rate.of("10 %"))))
    assert prices(quote(event, "CODE")) == ["26.10"]


def test_cm_11_codes_work_for_permanent_and_on_demand_events() -> None:
    """CM-11: 10 % of 49.00."""
    for kind in (EventKind.PERMANENT, EventKind.ON_DEMAND):
        event = webinar(kind=kind, starts_at=None, duration=None, promotions=with_code(Percent(Rate.of("10 %"))))
        assert prices(quote(event, "CODE")) == ["44.10"]


def test_cm_12_a_hundred_per_cent_is_free_and_no_provider_takes_part() -> None:
    """CM-12: nothing is charged, no fee is due, no minimum is applied."""
    free = quote(webinar(promotions=with_code(FREE)), "CODE", count=2)
    assert free.is_free
    assert free.totals.platform_fees == euros("0")
    assert [line.reason.code for line in free.lines] == ["percent_off"]
    assert free.refusals == ()


def test_cm_13_a_discounted_charge_below_a_providers_minimum_is_raised_to_it() -> None:
    """CM-13: 99 % of 49.00 leave 0.49: Stripe charges 0.50, PayPal 1.00 in euros."""
    event = webinar(promotions=with_code(Percent(Rate.of("99 %"))))
    by_stripe = quote(event, "CODE", provider="stripe")
    assert (by_stripe.charged, by_stripe.differs) == (euros("0.50"), ("paypal",))
    assert quote(event, "CODE", provider="paypal").charged == euros("1.00")
    assert str(by_stripe.lines[-1].amount) == "0.01 EUR"


def test_cm_15_a_permanent_event_is_paid_once() -> None:
    """CM-15: one place, one price, whatever sessions there are, and no end of sale."""
    dates = tuple(
        EventSession(id=f"s{week}", starts_at=START + timedelta(weeks=week), duration=Span.of("1 h"))
        for week in range(3)
    )
    event = webinar(kind=EventKind.PERMANENT, starts_at=None, duration=None, sessions=dates)
    late = quote(event, at=START + timedelta(days=3000))
    assert (prices(late), late.refusals) == (["49.00"], ())


def test_cm_19_what_was_taken_off_and_by_which_code_can_be_read_place_by_place() -> None:
    """CM-19: two at 29.00 less 10 %."""
    event = webinar(tickets=lots(), promotions=with_code(Percent(Rate.of("10 %"))))
    found = quote(event, "code", count=2)
    assert [(unit.tier, str(unit.charged)) for unit in found.units] == [("early", "26.10 EUR")] * 2
    assert [(line.promotion, line.code, line.per_unit) for line in found.lines] == [("promotion", "CODE", (-290, -290))]


def test_cm_24_the_service_fee_is_five_per_cent_of_the_gross_price() -> None:
    """CM-24: 5 % of 44.10 are 2.205, so 2.21; the organizer keeps 41.89."""
    found = quote(webinar(promotions=with_code(Percent(Rate.of("10 %")))), "CODE")
    assert found.totals.platform_fees == euros("2.21")
    assert found.totals.organizer_keeps == euros("41.89")


def test_cm_25_a_price_can_contain_its_tax() -> None:
    """CM-25: 49.00 at 23 % contain 9.16 (49 × 23 / 123 = 9.1626)."""
    tax = TaxTable(mode=TaxMode.INCLUSIVE, seller="PL", rates=(TaxRate(country="PL", rate=Rate.of("23 %")),))
    totals = quote(webinar(tax=tax)).totals
    assert (totals.charged, totals.tax, totals.before_tax) == (euros("49.00"), euros("9.16"), euros("39.84"))


def test_cm_26_a_donation_is_what_the_buyer_chooses() -> None:
    """CM-26: 12.00 where 5.00 is the least; 3.00 is refused."""
    event = webinar(tickets=(Ticket(id="gift", name="Gift", donation=Donation(minimum=euros("5.00"))),))
    given = Plan(event).quote([Item("gift", amount=euros("12.00"))], at=MARCH)
    assert given.charged == euros("12.00")
    too_small = Plan(event).quote([Item("gift", amount=euros("3.00"))], at=MARCH)
    assert [reason.code for reason in too_small.refusals] == ["donation_too_small"]


def test_cm_28_the_buyer_chooses_among_the_providers() -> None:
    """CM-28: the quote holds for the one that was chosen."""
    assert quote(webinar(), provider="paypal").provider == "paypal"
    assert quote(webinar()).provider == "stripe"


def test_gt_03_there_is_no_platform_fee_but_the_providers_own() -> None:
    """GT-03: 2.9 % + 0.30 of 100.00 are 3.20; the organizer keeps 96.80."""
    card = Fee(id="card", taker=FeeTaker.PROVIDER, rate=Rate.of("2.9 %"), per_order=Money.of("0.30", USD))
    totals = quote(conference(fees=(card,))).totals
    assert (totals.platform_fees.minor, totals.provider_fees.minor, totals.organizer_keeps.minor) == (0, 320, 9680)


def test_gt_04_a_refund_does_not_bring_the_providers_fee_back() -> None:
    """GT-04: 100.00 go back to the buyer; the 3.20 that the provider took were the organizer's and stay gone."""
    card = Fee(id="card", taker=FeeTaker.PROVIDER, rate=Rate.of("2.9 %"), per_order=Money.of("0.30", USD))
    paid = quote(conference(fees=(card,)))
    refund = refund_due(paid, [0])
    assert refund.amount == Money.of("100.00", USD)
    assert (paid.totals.payout - refund.amount) == Money.of("-3.20", USD)


def test_gt_06_a_disconnected_provider_turns_the_event_free() -> None:
    """GT-06: new quotes are 0 and say why."""
    found = quote(conference(charging=Charging.DISCONNECTED))
    assert found.is_free
    assert [line.reason.code for line in found.lines] == ["payment_disconnected"]


def test_gt_07_sale_goes_on_beyond_the_attendance_limit_up_to_ten_times_it() -> None:
    """GT-07: 100 can attend, 1000 can register."""
    event = conference(capacity=1000)
    assert quote(event, taken=sold(event, {"standard": 999})).refusals == ()
    assert [reason.code for reason in quote(event, taken=sold(event, {"standard": 1000})).refusals] == ["sold_out"]


def test_gt_08_a_price_that_was_changed_holds_for_new_quotes() -> None:
    """GT-08: 100.00 before, 80.00 after; the first quote says what it said."""
    before = quote(conference())
    cheaper = (Ticket(id="standard", name="Standard", price=Money.of("80.00", USD)),)
    assert quote(conference(tickets=cheaper)).charged == Money.of("80.00", USD)
    assert before.charged == Money.of("100.00", USD)


def test_gt_09_a_code_sets_the_price() -> None:
    """GT-09: a code for 60.00, and one for 40.00; of both together the lower holds."""
    event = conference(
        promotions=(
            Promotion(id="sixty", effect=SetPrice((Money.of("60.00", USD),)), codes=(PromoCode("SIXTY"),)),
            Promotion(id="forty", effect=SetPrice((Money.of("40.00", USD),)), codes=(PromoCode("FORTY"),)),
        )
    )
    assert prices(quote(event, "SIXTY")) == ["60.00"]
    assert prices(quote(event, "SIXTY", "FORTY")) == ["40.00"]


def test_gt_10_the_code_gratuit_at_zero_is_free() -> None:
    """GT-10."""
    event = conference(promotions=with_code(SetPrice((Money.zero(USD),)), "GRATUIT"))
    found = quote(event, "gratuit")
    assert found.is_free and found.refusals == ()


def test_gt_11_payment_is_switched_off_for_a_while() -> None:
    """GT-11: 0 while it is off, 100.00 again when it is on."""
    off = quote(conference(charging=Charging.SWITCHED_OFF))
    assert off.is_free
    assert [line.reason.code for line in off.lines] == ["payment_switched_off"]
    assert quote(conference()).charged == Money.of("100.00", USD)


def series(attendance: Attendance) -> Event:
    dates = tuple(
        EventSession(id=f"s{week}", starts_at=START + timedelta(weeks=week), duration=Span.of("1 h"), capacity=10)
        for week in range(3)
    )
    return conference(starts_at=None, duration=None, sessions=dates, attendance=attendance)


def test_gt_16_all_sessions_for_one_price_or_chosen_ones_for_a_price_each() -> None:
    """GT-16: 100.00 for all three; or 100.00 for each of two, which takes a place in each of the two."""
    assert quote(series(Attendance.ALL_SESSIONS)).charged == Money.of("100.00", USD)
    plan = Plan(series(Attendance.CHOSEN_SESSIONS))
    two = plan.quote([Item("standard", sessions=("s0", "s2"))], at=MARCH)
    assert two.charged == Money.of("200.00", USD)
    assert {take.counter for take in plan.claims(two)} == {"event", "session/s0", "session/s2", "ticket/standard"}


def test_gt_17_the_recording_is_sold_when_the_event_is_over() -> None:
    """GT-17: a day later, at the same price."""
    assert quote(conference(), at=START + timedelta(days=1)).refusals == ()
    assert [reason.code for reason in quote(webinar(), at=START + timedelta(days=1)).refusals] == ["sale_ended"]


def test_gt_28_a_refund_is_full_limited_or_none() -> None:
    """GT-28: of 100.00 all, half, or nothing."""
    paid = quote(conference())
    shares = [refund_due(paid, [0], share=Rate.of(share)).amount.minor for share in ("100 %", "50 %", "0 %")]
    assert shares == [10000, 5000, 0]
