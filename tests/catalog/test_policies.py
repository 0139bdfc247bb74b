"""Policies, and what a provider takes under them."""

from typing import Any

import pytest
from catalog.declared import euros

from paidevents import EUR, USD, Currency, InvalidValueError, Money, Span
from paidevents.catalog import ChargeMinimum, LatePayment, Policy, Provider, ProviderCurrencies, Refunding
from paidevents.money import CHF, HUF, JPY, WireForm

ANY = Policy()


def refused(make: Any, **changed: Any) -> tuple[str, str]:
    with pytest.raises(InvalidValueError) as error:
        make(**changed)
    return error.value.field, error.value.reason.code


def rule_of(provider: Provider, currency: Currency = EUR, policy: Policy = ANY) -> tuple[int, Money | None]:
    rule = provider.rule(currency, policy)
    assert rule is not None
    return rule.step, rule.minimum


def test_a_policy_that_says_nothing_allows_everything() -> None:
    assert (ANY.most_per_order, ANY.max_codes, ANY.step, ANY.quote_lasts) == (100, None, 1, Span.of("15 min"))
    assert ANY.codes_enabled and ANY.tiers_enabled and not ANY.price_locked and not ANY.sells_recording
    assert not (ANY.kinds or ANY.currencies or ANY.providers or ANY.list_minimums or ANY.list_maximums)
    assert (ANY.max_capacity, ANY.attendance_limit, ANY.decide_within) == (None, None, None)


def test_what_a_policy_that_says_nothing_means_for_what_was_sold() -> None:
    assert (ANY.hold, ANY.longest_hold, ANY.offer_lasts) == (Span.of("15 min"), Span.of("7 days"), Span.of("1 day"))
    assert (ANY.late_payments, ANY.refunds) == (LatePayment.ACCEPT_IF_ROOM, Refunding.AUTOMATIC)
    assert (ANY.devices, ANY.recording_lasts) == (None, None)
    assert ANY.transferable and ANY.absentees_see_recording and not ANY.one_per_person


@pytest.mark.parametrize("lasts", ["1 min", "7 days", "6 days 24 h"])
def test_seats_are_held_from_a_minute_to_a_week(lasts: str) -> None:
    assert str(Policy(hold=Span.of(lasts)).hold)


@pytest.mark.parametrize("lasts", [Span(), Span.of("7 days 1 min"), Span.of("1 month"), Span(months=1, minutes=1)])
def test_seats_that_are_held_otherwise_are_refused(lasts: Span) -> None:
    assert refused(Policy, hold=lasts) == ("hold", "hold_too_long")


def test_the_longest_hold_is_no_shorter_than_any() -> None:
    """One day is 24 hours of 60 minutes here."""
    assert Policy(hold=Span.of("1 day"), longest_hold=Span.of("24 h")).longest_hold == Span(minutes=24 * 60)
    assert Policy(longest_hold=Span.of("90 days")).longest_hold == Span(days=90)
    short: dict[str, Any] = {"hold": Span.of("1 day"), "longest_hold": Span.of("23 h 59 min")}
    assert refused(Policy, **short) == ("longest_hold", "longest_hold_too_short")
    assert refused(Policy, longest_hold=Span()) == ("longest_hold", "longest_hold_too_short")
    assert refused(Policy, longest_hold=Span.of("1 month")) == ("longest_hold", "months_not_allowed")


@pytest.mark.parametrize("name", ["offer_lasts", "recording_lasts"])
def test_an_offer_and_a_recording_last_a_minute_at_least(name: str) -> None:
    assert refused(Policy, **{name: Span()}) == (name, "lasts_no_time")
    for lasts in (Span(minutes=1), Span(months=1)):
        changed: dict[str, Any] = {name: lasts}
        assert getattr(Policy(**changed), name) == lasts


@pytest.mark.parametrize("devices", [None, 1, 1000])
def test_a_pass_joins_from_one_to_a_thousand_devices_or_from_any_number(devices: int | None) -> None:
    assert Policy(devices=devices).devices == devices


def test_a_policy_may_allow_nothing_of_a_kind_and_one_place_an_order() -> None:
    policy = Policy(max_codes=0, max_capacity=0, attendance_limit=0, most_per_order=1)
    assert (policy.max_codes, policy.max_capacity, policy.attendance_limit, policy.most_per_order) == (0, 0, 0, 1)


@pytest.mark.parametrize("lasts", ["1 min", "15 min", "1 day", "7 days", "1 week", "168 h", "6 days 24 h"])
def test_a_quote_lasts_from_a_minute_to_a_week(lasts: str) -> None:
    assert str(Policy(quote_lasts=Span.of(lasts)).quote_lasts)


@pytest.mark.parametrize("lasts", [Span(), Span.of("7 days 1 min"), Span.of("1 month"), Span(months=1, minutes=1)])
def test_a_quote_that_lasts_otherwise_is_refused(lasts: Span) -> None:
    assert refused(Policy, quote_lasts=lasts) == ("quote_lasts", "quote_lasts_too_long")


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"codes_enabled": 1}, "codes_enabled", "wrong_type"),
        ({"max_codes": 13}, "max_codes", "out_of_range"),
        ({"step": 0}, "step", "out_of_range"),
        ({"step": 1_000_001}, "step", "out_of_range"),
        ({"list_minimums": [euros("1"), euros("2")]}, "list_minimums[1]", "currency_twice"),
        ({"list_maximums": [euros("-1")]}, "list_maximums[0]", "negative_price"),
        ({"list_minimums": [euros("2")], "list_maximums": [euros("1")]}, "list_maximums[0]", "empty_range"),
        ({"charge_minimums": [euros("1")]}, "charge_minimums[0]", "wrong_type"),
        ({"currencies": ["EUR"]}, "currencies[0]", "wrong_type"),
        ({"kinds": ["live"]}, "kinds[0]", "wrong_type"),
        ({"providers": ["PayPal"]}, "providers[0]", "bad_format"),
        ({"provider_currencies": ["paypal"]}, "provider_currencies[0]", "wrong_type"),
        ({"max_capacity": -1}, "max_capacity", "out_of_range"),
        ({"most_per_order": 0}, "most_per_order", "out_of_range"),
        ({"most_per_order": 1001}, "most_per_order", "out_of_range"),
        ({"decide_within": "3 days"}, "decide_within", "wrong_type"),
        ({"hold": 15}, "hold", "wrong_type"),
        ({"longest_hold": None}, "longest_hold", "wrong_type"),
        ({"late_payments": "refund"}, "late_payments", "wrong_type"),
        ({"refunds": "owed"}, "refunds", "wrong_type"),
        ({"devices": 0}, "devices", "out_of_range"),
        ({"devices": 1001}, "devices", "out_of_range"),
        ({"one_per_person": None}, "one_per_person", "wrong_type"),
        ({"transferable": 1}, "transferable", "wrong_type"),
        ({"offer_lasts": None}, "offer_lasts", "wrong_type"),
        ({"absentees_see_recording": 0}, "absentees_see_recording", "wrong_type"),
        ({"recording_lasts": 30}, "recording_lasts", "wrong_type"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    assert refused(Policy, **changed) == (field, reason)


def test_bounds_of_declared_prices_may_meet_and_need_not_be_of_the_same_currencies() -> None:
    policy = Policy(list_minimums=(euros("2"),), list_maximums=(Money.of("1", USD), euros("2")))
    assert policy.list_maximums[1] == policy.list_minimums[0]


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"provider": "PayPal", "amount": euros("1")}, "provider"), ({"provider": "paypal", "amount": 1}, "amount")],
)
def test_a_charge_minimum_names_a_provider_and_an_amount(changed: dict[str, Any], field: str) -> None:
    assert refused(ChargeMinimum, **changed)[0] == field


def test_the_currencies_of_a_provider_are_currencies() -> None:
    assert refused(ProviderCurrencies, provider="paypal", currencies=["EUR"]) == ("currencies[0]", "wrong_type")


def test_a_policy_offers_every_provider_unless_it_names_some() -> None:
    assert Policy().offers("bank_transfer", EUR)
    stripe_only = Policy(providers=("stripe",))
    assert (stripe_only.offers("stripe", EUR), stripe_only.offers("paypal", EUR)) == (True, False)
    without_dollars = Policy(provider_currencies=(ProviderCurrencies("paypal", (EUR,)),))
    assert [without_dollars.offers(*pair) for pair in (("paypal", EUR), ("paypal", USD), ("stripe", USD))] == [
        *(True, False, True)
    ]


@pytest.mark.parametrize("given", [(None, EUR), ("stripe", "EUR")])
def test_a_policy_is_asked_about_a_name_and_a_currency(given: Any) -> None:
    with pytest.raises(InvalidValueError, match="Expected"):
        Policy().offers(*given)


def test_a_provider_that_is_not_offered_takes_nothing() -> None:
    assert Provider(name="paypal").rule(EUR, Policy(providers=("stripe",))) is None


def test_a_known_provider_has_its_own_rule() -> None:
    """Stripe charges 0.50 EUR at least, PayPal publishes nothing and takes forints whole."""
    assert rule_of(Provider(name="stripe")) == (1, euros("0.50"))
    assert rule_of(Provider(name="paypal")) == (1, None)
    assert rule_of(Provider(name="paypal"), HUF) == (100, None)


def test_a_currency_that_a_provider_does_not_list_is_declared_or_not_taken() -> None:
    kwd = Currency("KWD")
    assert Provider(name="stripe").rule(kwd, Policy()) is None
    assert rule_of(Provider(name="stripe", declared=True), kwd)[0] == 10
    assert Provider(name="paypal", declared=True).rule(kwd, Policy()) is None


def test_a_provider_of_the_host_takes_whatever_the_host_says() -> None:
    rule = Provider(name="bank_transfer", minimum=Money(100, JPY), step=10).rule(JPY, Policy())
    assert rule is not None
    assert (rule.provider, rule.form, rule.decimals, rule.step) == ("bank_transfer", WireForm.DECIMAL_TEXT, 0, 10)
    assert (rule.minimum, rule.maximum) == (Money(100, JPY), None)
    assert rule_of(Provider(name="bank_transfer")) == (1, None)


def test_the_highest_minimum_wins() -> None:
    """Of Stripe's 0.50, the account's 0.80 and the platform's 1.00; the platform's for PayPal is another matter."""
    policy = Policy(
        charge_minimums=(
            ChargeMinimum("stripe", euros("1.00")),
            ChargeMinimum("stripe", Money.of("3.00", USD)),
            ChargeMinimum("paypal", euros("2.00")),
        )
    )
    account = Provider(name="stripe", minimum=euros("0.80"))
    assert rule_of(account) == (1, euros("0.80"))
    assert rule_of(account, policy=policy) == (1, euros("1.00"))
    assert rule_of(Provider(name="stripe", minimum=euros("0.20"))) == (1, euros("0.50"))


def test_a_minimum_is_rounded_up_to_the_step_of_all_three() -> None:
    """0.52 CHF in steps of 5 is 0.55; 175.50 HUF with PayPal is 176.00; steps of 4 and 10 meet at 20."""
    assert rule_of(Provider(name="stripe", minimum=Money.of("0.52", CHF)), CHF, Policy(step=5)) == (
        5,
        Money.of("0.55", CHF),
    )
    assert rule_of(Provider(name="paypal", minimum=Money.of("175.50", HUF)), HUF) == (100, Money.of("176", HUF))
    assert rule_of(Provider(name="cash", minimum=euros("0.41"), step=4), policy=Policy(step=10)) == (20, euros("0.60"))


def test_a_minimum_above_the_providers_maximum_leaves_nothing_to_charge() -> None:
    """Stripe charges 999999.99 at most."""
    with pytest.raises(InvalidValueError) as error:
        Provider(name="stripe", minimum=euros("1000000.00")).rule(EUR, Policy())
    assert error.value.reason.code == "empty_range"


@pytest.mark.parametrize("given", [("EUR", Policy()), (EUR, None)])
def test_a_provider_is_asked_about_a_currency_under_a_policy(given: Any) -> None:
    with pytest.raises(InvalidValueError, match="Expected"):
        Provider(name="stripe").rule(*given)


@pytest.mark.parametrize(
    ("changed", "field"), [({"name": "Stripe"}, "name"), ({"declared": [EUR]}, "declared"), ({"step": 0}, "step")]
)
def test_a_provider_that_cannot_be_is_refused(changed: dict[str, Any], field: str) -> None:
    assert refused(Provider, **{"name": "stripe", **changed})[0] == field
