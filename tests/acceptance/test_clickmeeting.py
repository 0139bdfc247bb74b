"""
What ClickMeeting's page promises, rule by rule.

Source: https://knowledge.clickmeeting.com, "Webinaires payants", read in French
in 2026. A rule that speaks of a sum, a payment or a person stands further down,
with what decides it.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from registration.desk import Desk

from paidevents import EUR, Currency, InvalidValueError, Money, Rate, Span, Window
from paidevents.access import HostKey, Pass, Purpose, admit, fingerprint, token
from paidevents.catalog import (
    AmountOff,
    BelowMinimum,
    Donation,
    Event,
    EventKind,
    EventSession,
    FeeBase,
    FeeTaker,
    Limit,
    LimitOf,
    LimitPer,
    Percent,
    Policy,
    PromoCode,
    Promotion,
    Provider,
    Refunding,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
    Tier,
    refused_changes,
)
from paidevents.lifecycle import OrderState
from paidevents.payments import (
    Due,
    Payment,
    PaymentRef,
    Refund,
    RefundPurpose,
    RefundSnapshot,
    RefundStatus,
    decide,
    recorded,
    told,
)
from paidevents.presets import clickmeeting
from paidevents.registration import approved, called_off, refused
from paidevents.reports import OwedKind, PaymentStatus, as_csv, owed, participants

RULES = clickmeeting(plan_size=50)
START = datetime(2026, 4, 14, 16, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def standard(**changed: Any) -> Ticket:
    return Ticket(**{"id": "standard", "name": "Standard", "price": euros("20.00"), **changed})


def webinar(**changed: Any) -> Event:
    """A live webinar of an organizer with a plan for 50, in euros."""
    dated = changed.get("kind", EventKind.LIVE) is EventKind.LIVE
    plain = {
        "id": "webinar",
        "title": "Webinar",
        "zone": "Europe/Paris",
        "currency": EUR,
        "tickets": [standard()],
        "starts_at": START if dated else None,
        "duration": Span.of("90 min") if dated else None,
        "capacity": 50,
        "policy": RULES.policy,
        "fees": RULES.fees(EUR),
        "providers": RULES.providers(EUR),
    }
    return Event(**{**plain, **changed})


def early_bird(**changed: Any) -> Tier:
    return Tier(**{"id": "early_bird", "name": "Early bird", "price": euros("15.00"), **changed})


def save(effect: Percent | AmountOff, *codes: PromoCode, **changed: Any) -> Promotion:
    return Promotion(**{"id": "save", "effect": effect, "codes": codes, **changed})


def test_paypal_and_stripe_can_be_paid_with() -> None:
    """CM-01: a host connects PayPal or Stripe. That their credentials are checked is the adapters'."""
    assert RULES.policy.providers == ("paypal", "stripe")
    assert not RULES.policy.offers("bank_transfer", EUR)


def test_an_early_bird_has_a_name_a_reduced_price_and_an_expiry() -> None:
    """CM-03: a reduced ticket has a name, a reduced price and an expiry instant."""
    tier = early_bird(window=Window(None, MARCH))
    event = webinar(tickets=[standard(tiers=[tier])])
    kept = event.tickets[0].tiers[0]
    assert (kept.name, kept.price, kept.window.ends_at, kept.quantity) == ("Early bird", euros("15.00"), MARCH, None)


def test_an_early_bird_may_have_a_quantity_instead_or_both() -> None:
    """CM-04: it may have a quantity instead, or both; without any limit it is refused."""
    assert early_bird(quantity=50).window.ends_at is None
    assert early_bird(quantity=50, window=Window(None, MARCH)).quantity == 50
    with pytest.raises(InvalidValueError) as refused:
        early_bird()
    assert refused.value.reason.code == "tier_without_limit"


def test_several_lots_are_declared_in_the_order_in_which_they_open() -> None:
    """CM-05: several lots may be created; which one is open is decided when a price is asked for."""
    lots = [early_bird(id=f"lot_{number}", quantity=10) for number in range(1, 6)]
    event = webinar(tickets=[standard(tiers=lots)])
    assert [tier.id for tier in event.tickets[0].tiers] == ["lot_1", "lot_2", "lot_3", "lot_4", "lot_5"]


def test_reduced_tickets_and_codes_are_switched_on_and_off_as_a_whole() -> None:
    """CM-06: each of the two as a whole, also after the event was scheduled."""
    event = webinar(tickets=[standard(tiers=[early_bird(quantity=50)])])
    assert event.policy.tiers_enabled and event.policy.codes_enabled
    for switched_off in (evolve(event.policy, tiers_enabled=False), evolve(event.policy, codes_enabled=False)):
        off = evolve(event, policy=switched_off)
        assert refused_changes(event, off) == refused_changes(off, event) == ()


@pytest.mark.parametrize("kind", [EventKind.PERMANENT, EventKind.ON_DEMAND])
def test_permanent_and_on_demand_events_have_no_reduced_tickets(kind: EventKind) -> None:
    """CM-07: refused when the event is configured, with the place and the reason."""
    with pytest.raises(InvalidValueError) as refused:
        webinar(kind=kind, tickets=[standard(tiers=[early_bird(quantity=50)])])
    assert refused.value.field == "tickets[0].tiers"
    assert str(refused.value.reason) == f"An event of the kind {kind.value} has no reduced tiers."


@pytest.mark.parametrize("effect", [Percent(Rate.of("20 %")), AmountOff((euros("5.00"),))])
def test_a_code_takes_a_percentage_or_an_amount_off(effect: Percent | AmountOff) -> None:
    """CM-08: a promo code takes a percentage or a fixed amount off."""
    event = webinar(promotions=[save(effect, PromoCode("SAVE20"))])
    assert event.promotions[0].effect == effect


@pytest.mark.parametrize("uses", [None, 100])
@pytest.mark.parametrize("ends_at", [None, MARCH])
def test_a_code_is_limited_by_uses_by_expiry_or_by_both(uses: int | None, ends_at: datetime | None) -> None:
    """CM-09: on the code itself, or on its promotion for each of its codes."""
    code = PromoCode("SAVE20", uses=uses, window=Window(None, ends_at))
    limits = [] if uses is None else [Limit(LimitOf.ORDERS, uses, LimitPer.CODE)]
    event = webinar(promotions=[save(Percent(Rate.of("20 %")), code, limits=limits)])
    assert event.promotions[0].codes == (code,)
    assert event.promotions[0].limits == tuple(limits)


@pytest.mark.parametrize("kind", [EventKind.PERMANENT, EventKind.ON_DEMAND])
def test_permanent_and_on_demand_events_have_codes(kind: EventKind) -> None:
    """CM-11: promo codes are available for permanent and on-demand events."""
    promotion = save(Percent(Rate.of("20 %")), PromoCode("SAVE20"))
    assert webinar(kind=kind, promotions=[promotion]).promotions == (promotion,)


# The page's list for PayPal, and its table of ceilings.
PAYPAL = "USD EUR PLN GBP AUD BRL CAD CHF CZK DKK HKD ILS INR MXN MYR NOK NZD PHP RUB SEK SGD"
CEILINGS = {
    **dict.fromkeys(("USD", "EUR", "GBP", "CHF"), 2000),
    "PLN": 8000,
    "RUB": 200_000,
    **dict.fromkeys(("AUD", "CAD", "NZD"), 3000),
    "CZK": 46_000,
    "DKK": 13_000,
    "HKD": 20_000,
    "ILS": 74_000,
    "MXN": 40_000,
    "NOK": 17_000,
    "PHP": 106_000,
    "SGD": 2800,
    "SEK": 18_000,
    "THB": 66_000,
    "HUF": 700_000,
    "RON": 8000,
}


def test_a_charge_below_a_providers_minimum_is_raised_to_it() -> None:
    """CM-13: PayPal 1.00 in 21 currencies, Stripe by its own table."""
    assert RULES.policy.below_minimum is BelowMinimum.RAISE
    assert len(PAYPAL.split()) == 21
    declared = {(floor.provider, floor.amount) for floor in RULES.policy.charge_minimums}
    assert declared == {("paypal", Money.of("1.00", code)) for code in PAYPAL.split()}
    minimums = {provider.name: provider.rule(EUR, RULES.policy) for provider in RULES.providers(EUR)}
    assert {name: rule.minimum for name, rule in minimums.items() if rule} == {
        "paypal": euros("1.00"),
        "stripe": euros("0.50"),
    }


def test_a_declared_price_is_at_least_one_and_at_most_its_currencys_ceiling() -> None:
    """CM-14: the bounds are data of the policy, one of each for each currency, and no other currency is sold in."""
    assert {most.currency.code: most for most in RULES.policy.list_maximums} == {
        code: Money.of(str(ceiling), code) for code, ceiling in CEILINGS.items()
    }
    assert set(RULES.policy.list_minimums) == {Money.of("1.00", code) for code in CEILINGS}
    assert {currency.code for currency in RULES.policy.currencies} == set(CEILINGS)


@pytest.mark.parametrize("code", ["HUF", "RON"])
def test_forints_and_lei_are_paid_with_stripe_only(code: str) -> None:
    """CM-14: "with Stripe only"; PayPal would take forints, but is not offered in them."""
    currency = Currency(code)
    assert [provider.name for provider in RULES.providers(currency)] == ["stripe"]
    assert Provider(name="paypal").rule(currency, RULES.policy) is None
    assert (Provider(name="paypal").rule(currency, Policy()) is not None) is (code == "HUF")


def test_a_permanent_event_sells_one_place_for_all_its_sessions() -> None:
    """CM-15: the participant pays once and attends a series of sessions with one access; its sale does not end."""
    sessions = [
        EventSession(id=f"week_{week}", starts_at=START + timedelta(weeks=week), duration=Span.of("1 h"))
        for week in range(1, 5)
    ]
    event = webinar(kind=EventKind.PERMANENT, sessions=sessions)
    assert not event.chooses_sessions
    assert not event.sale_ends_with_it


def test_what_makes_the_price_cannot_be_changed_once_the_event_is_scheduled() -> None:
    """CM-17: base price, tiers, currency, fee and tax mode stay; each refusal names what it is about."""
    taxes = TaxTable(mode=TaxMode.INCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate.of("20 %")),))
    before = webinar(tickets=[standard(tiers=[early_bird(quantity=50)])], tax=taxes)
    dearer = standard(price=euros("25.00"), tiers=[early_bird(quantity=50, price=euros("12.00"))])
    after = evolve(before, tickets=(dearer,), tax=evolve(taxes, mode=TaxMode.EXCLUSIVE), fees=())
    assert [str(reason) for reason in refused_changes(before, after)] == [
        "The price of the ticket standard stays 20.00 EUR.",
        "The price of the tier early_bird of the ticket standard stays 15.00 EUR.",
        "The fees stay as they are: service_fee.",
        "The tax stays as it is.",
    ]
    in_zlotys = webinar(
        currency=Currency("PLN"),
        tickets=[standard(price=Money.of("80.00", "PLN"))],
        providers=[Provider(name="stripe")],
    )
    assert "currency_stays" in {reason.code for reason in refused_changes(webinar(), in_zlotys)}


def test_codes_may_be_added_ended_and_switched_off_and_limits_raised() -> None:
    """CM-17: the lock is on prices, not on codes; a lot may be given more places."""
    code = PromoCode("SAVE20", uses=10)
    before = webinar(
        capacity=40,
        tickets=[standard(tiers=[early_bird(quantity=20)])],
        promotions=[save(Percent(Rate.of("20 %")), code)],
    )
    after = evolve(
        before,
        capacity=50,
        tickets=(standard(tiers=[early_bird(quantity=30)]),),
        promotions=(
            save(
                Percent(Rate.of("20 %")),
                evolve(code, uses=20, enabled=False, window=Window(None, MARCH)),
                PromoCode("FRIEND"),
            ),
        ),
    )
    assert refused_changes(before, after) == ()


def test_the_date_may_be_changed() -> None:
    """CM-18: changing the date is allowed. Whoever has a place is told by the box office."""
    before = webinar()
    assert refused_changes(before, evolve(before, starts_at=START + timedelta(days=30))) == ()


def test_refunds_are_owed_until_the_organizer_makes_them() -> None:
    """CM-21: who makes refunds is data of the policy; elsewhere they are made at once."""
    assert RULES.policy.refunds is Refunding.OWED
    assert Policy().refunds is Refunding.AUTOMATIC


@pytest.mark.parametrize("size", [50, 200])
def test_the_number_of_tickets_is_at_most_the_plans_size(size: int) -> None:
    """CM-23: the plan's size is data of the policy."""
    assert clickmeeting(plan_size=size).policy.max_capacity == size
    assert clickmeeting().policy.max_capacity is None


def test_the_platform_takes_five_percent_of_the_gross_price() -> None:
    """CM-24: a service fee of 5 % of the gross ticket price, in every currency, borne by the organizer."""
    for currency in RULES.policy.currencies:
        (fee,) = RULES.fees(currency)
        assert (fee.rate, fee.base, fee.taker) == (Rate.of("5 %"), FeeBase.GROSS, FeeTaker.PLATFORM)
        assert (fee.amounts, fee.buyer_share) == ((), Rate(0, 1))


@pytest.mark.parametrize("tax", [None, TaxTable(mode=TaxMode.INCLUSIVE, seller="FR")])
def test_tax_is_optional(tax: TaxTable | None) -> None:
    """CM-25: VAT is optional."""
    assert webinar(tax=tax).tax == tax


def test_a_participant_may_choose_the_amount() -> None:
    """CM-26: donations."""
    donation = Donation(minimum=euros("1.00"), suggestion=euros("10.00"))
    event = webinar(tickets=[standard(price=None, donation=donation)])
    assert event.tickets[0].donation == donation


@pytest.mark.parametrize(
    ("provider", "code", "taken"),
    [
        ("stripe", "EUR", True),
        ("paypal", "EUR", True),
        ("paypal", "RON", False),  # PayPal has no lei
        ("paypal", "RUB", False),  # and roubles no more, unless the account still has them
        ("stripe", "RUB", True),
        ("stripe", "KPW", False),
    ],
)
def test_a_provider_may_be_unavailable_for_a_currency(provider: str, code: str, taken: bool) -> None:
    """CM-27: it is known when the event is configured, without a call to the provider."""
    assert (Provider(name=provider).rule(Currency(code), RULES.policy) is not None) is taken


def test_kinds_and_providers_depend_on_the_plan() -> None:
    """CM-31: a plan without a kind or a provider is the same policy with less in it."""
    assert set(RULES.policy.kinds) == set(EventKind) - {EventKind.WEBCAST}
    small = evolve(RULES.policy, kinds=(EventKind.LIVE,), providers=("stripe",))
    assert not small.offers("paypal", EUR)
    assert webinar(policy=small).policy.kinds == (EventKind.LIVE,)


def test_a_permanent_event_is_paid_once_and_attended_with_one_access() -> None:
    """CM-15: the same link opens session after session, whenever they are held."""
    event = webinar(kind=EventKind.PERMANENT)
    key = HostKey(b"0123456789abcdef0123456789abcdef")
    holder = Pass.issued(event, id="p1", registration_id="r1", at=MARCH)
    link = token(key, Purpose.JOIN, "p1", 0).reveal()
    for week in range(52):
        holder = admit(holder, key, link, event=event, device="phone", at=MARCH + timedelta(weeks=week))
    assert holder.generation == 0 and holder.has_attended()


def test_the_join_link_holds_a_token_that_can_be_sent_again() -> None:
    """CM-16: only its fingerprint is kept, and what is sent again is the same; that it is sent is the flow's."""
    key = HostKey(b"0123456789abcdef0123456789abcdef")
    first, again = (token(key, Purpose.JOIN, "p1", 0) for _ in range(2))
    assert first.reveal() == again.reveal()
    assert fingerprint(first) == fingerprint(again) != first.reveal()


def test_the_organizer_sees_every_participant_with_price_buyer_and_discount() -> None:
    """
    CM-19: payment status, price, buyer and the discount conditions applied.

    Of four early birds at 15.00 with 20 % off, 12.00 each, one is let off and one refused before the others pay.
    """
    event = webinar(
        tickets=[standard(tiers=[early_bird(quantity=50)])],
        promotions=[save(Percent(Rate.of("20 %")), PromoCode("SAVE20"))],
    )
    desk = Desk(event)
    desk.reserve(4, "save20")
    desk.do(approved, ["A1-3"], received=desk.received)
    desk.do(refused, ["A1-4"])
    desk.pay()
    found = participants([desk.order])
    assert [(row.name, row.payment.value, str(row.charged)) for row in found] == [
        ("Ana", "paid", "12.00 EUR"),
        ("Bo", "paid", "12.00 EUR"),
        ("Cleo", "waived", "0.00 EUR"),
        ("Dai", "void", "12.00 EUR"),
    ]
    assert {(row.buyer_name, row.buyer_email) for row in found} == {("Ana", "ana@example.com")}
    assert {(*row.tickets, *row.tiers, str(row.list_price)) for row in found} == {
        ("standard", "early_bird", "15.00 EUR")
    }
    assert {str(discount) for row in found for discount in row.discounts} == {"save (SAVE20): 3.00 EUR"}
    assert [row.waived_by for row in found] == ["", "", "organizer:42", ""]
    assert len(as_csv(found).splitlines()) == 5


def test_a_refund_is_shown_as_owed_until_the_organizer_has_made_it() -> None:
    """CM-21: the event is cancelled; the refund stands as owed, and one that is seen at the provider settles it."""
    desk = Desk(webinar())
    desk.reserve(1)
    desk.pay()
    desk.at += timedelta(days=1)
    desk.do(called_off)
    price, week_later = euros("20.00"), desk.at + timedelta(days=7)
    paid_at = PaymentRef("paypal:test", "acct", "capture_1")
    started = Payment(id="p1", order="A1", provider="paypal:test", account="acct", amount=price).started(paid_at)
    due = Due(reference="A1", order=OrderState.HELD, asked=price, received=euros("0.00"))
    payment = decide(started, recorded(started, price), due, at=MARCH).payment
    refund = Refund(id="r1", order="A1", payment="p1", amount=price, purpose=RefundPurpose.PLACES)
    (row,) = owed([desk.order], [payment], [refund], at=week_later).rows
    assert (row.kind, row.order, str(row.amount), row.days) == (OwedKind.REFUND_OWED, "A1", "20.00 EUR", 7)
    assert (row.buyer_name, row.since) == ("Ana", desk.at)
    (participant,) = participants([desk.order], [refund])
    assert (participant.payment, participant.refund_owed) == (PaymentStatus.REFUND_OWED, price)

    made_by_hand = RefundSnapshot(id="refund_1", amount=price, status=RefundStatus.SUCCEEDED)
    refund = told(refund, made_by_hand, at=week_later)
    assert owed([desk.order], [payment], [refund], at=week_later).rows == ()
    (participant,) = participants([desk.order], [refund])
    assert (participant.payment, participant.given_back) == (PaymentStatus.GIVEN_BACK, price)
