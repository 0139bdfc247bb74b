"""What Stripe and PayPal take, and amounts on the wire."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from paidevents.errors import AmountError, AmountRefusedError, CurrencyMismatchError, InvalidValueError
from paidevents.money import (
    EUR,
    HUF,
    JPY,
    USD,
    AmountRule,
    Availability,
    Currency,
    Money,
    WireForm,
    amount_rule,
    provider_limits,
    provider_rules,
)

FACTS = Path(__file__).parents[1] / "facts"


def rule_of(provider: str, code: str) -> AmountRule:
    currency = Currency(code)
    rule = amount_rule(provider, currency, declared=[currency])
    assert rule is not None
    return rule


@pytest.mark.parametrize(
    ("provider", "code", "amount", "wire"),
    [
        ("stripe", "EUR", "12.50", 1250),
        ("stripe", "JPY", "500", 500),
        # ISO counts kronur and shillings whole; Stripe wants two decimals that are zero.
        ("stripe", "ISK", "990", 99000),
        ("stripe", "UGX", "5", 500),
        # ISO counts the ariary in hundredths; Stripe takes it whole.
        ("stripe", "MGA", "500.00", 500),
        # Stripe charges forints in hundredths; PayPal takes them whole, as it does Taiwan dollars.
        ("stripe", "HUF", "175.50", 17550),
        ("paypal", "HUF", "176.00", "176"),
        ("stripe", "TWD", "30.05", 3005),
        ("paypal", "TWD", "30.00", "30"),
        ("stripe", "KWD", "1.230", 1230),
        ("paypal", "EUR", "12.50", "12.50"),
        ("paypal", "EUR", "0.05", "0.05"),
        ("paypal", "EUR", "-0.05", "-0.05"),
        ("paypal", "EUR", "0.00", "0.00"),
        ("paypal", "JPY", "500", "500"),
        ("paypal", "JPY", "-500", "-500"),
    ],
)
def test_the_decimals_on_the_wire_are_the_providers(provider: str, code: str, amount: str, wire: int | str) -> None:
    """payments.md traps 14: decimals belong to provider and currency, never to the currency alone."""
    rule, money = rule_of(provider, code), Money.of(amount, code)
    assert rule.to_wire(money) == wire
    assert rule.from_wire(wire) == money


@pytest.mark.parametrize(
    ("provider", "code", "amount"),
    [("stripe", "MGA", "5.20"), ("stripe", "KWD", "1.234"), ("paypal", "HUF", "175.50"), ("paypal", "TWD", "0.01")],
)
def test_an_amount_off_the_step_is_refused_never_rounded(provider: str, code: str, amount: str) -> None:
    rule, money = rule_of(provider, code), Money.of(amount, code)
    with pytest.raises(AmountRefusedError) as refused:
        rule.to_wire(money)
    assert [reason.code for reason in refused.value.reasons] == ["off_step"]
    assert [reason.code for reason in rule.refusals(money)][-1] == "off_step"


@pytest.mark.parametrize(
    ("provider", "code", "wire"), [("stripe", "ISK", 550), ("stripe", "UGX", 501), ("stripe", "KWD", 1234)]
)
def test_what_no_amount_is_sent_as_is_not_read_as_one(provider: str, code: str, wire: int) -> None:
    with pytest.raises(AmountRefusedError):
        rule_of(provider, code).from_wire(wire)


@pytest.mark.parametrize("wire", [12.5, "1250", True, None, 2**63])
def test_whole_numbers_are_read_from_whole_numbers_only(wire: object) -> None:
    with pytest.raises(AmountError):
        rule_of("stripe", "EUR").from_wire(wire)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wire",
    [1250, "12.5", "12", "12.500", "012.50", "1,250.00", "", "NaN", " 12.50", "12.50\n", "1e2", "٠.٥٠", "9" * 99],
)
def test_text_is_read_with_all_its_decimals_only(wire: object) -> None:
    with pytest.raises(AmountError):
        rule_of("paypal", "EUR").from_wire(wire)  # type: ignore[arg-type]


def test_text_beyond_64_bits_is_refused() -> None:
    with pytest.raises(AmountError, match="between"):
        rule_of("paypal", "EUR").from_wire("9223372036854775807.00")


@pytest.mark.parametrize(
    ("provider", "code", "amount", "codes"),
    [
        ("stripe", "EUR", "0.50", []),
        ("stripe", "EUR", "0.49", ["below_minimum"]),
        ("stripe", "EUR", "999999.99", []),
        ("stripe", "EUR", "1000000.00", ["above_maximum"]),
        ("stripe", "USD", "0.00", ["not_positive"]),
        ("stripe", "USD", "-1.00", ["not_positive"]),
        ("stripe", "GBP", "0.30", []),
        ("stripe", "HUF", "174.99", ["below_minimum"]),
        ("stripe", "JPY", "49", ["below_minimum"]),
        ("stripe", "THB", "10.00", []),
        ("stripe", "ISK", "1", []),  # no minimum is published for krónur
        ("stripe", "ISK", "999999", []),
        ("stripe", "ISK", "1000000", ["above_maximum"]),
        ("stripe", "MGA", "99999999.00", []),
        ("stripe", "MGA", "100000000.00", ["above_maximum"]),
        ("stripe", "MGA", "100000000.20", ["above_maximum", "off_step"]),
        ("paypal", "HUF", "-0.50", ["not_positive", "off_step"]),
        ("paypal", "EUR", "0.01", []),
    ],
)
def test_every_reason_why_a_charge_would_be_refused(provider: str, code: str, amount: str, codes: list[str]) -> None:
    rule, money = rule_of(provider, code), Money.of(amount, code)
    assert [reason.code for reason in rule.refusals(money)] == codes
    if codes:
        with pytest.raises(AmountRefusedError) as refused:
            rule.check(money)
        assert refused.value.reasons == rule.refusals(money)
    else:
        assert rule.check(money) is money


def test_another_currency_is_the_callers_mistake() -> None:
    rule = rule_of("stripe", "EUR")
    for ask in (rule.refusals, rule.check, rule.to_wire):
        with pytest.raises(CurrencyMismatchError):
            ask(Money(100, USD))
        with pytest.raises(InvalidValueError, match="amount: Expected Money"):
            ask(100)  # type: ignore[arg-type]


def test_stripes_minimums_are_those_it_publishes() -> None:
    """docs.stripe.com/currencies, "Minimum and maximum charge amounts"; in minor units as ISO counts them."""
    published = {
        "USD": 50,
        "AED": 200,
        "ARS": 50,
        "AUD": 50,
        "BRL": 50,
        "CAD": 50,
        "CHF": 50,
        "COP": 50,
        "CZK": 1500,
        "DKK": 250,
        "EUR": 50,
        "GBP": 30,
        "HKD": 400,
        "HUF": 17500,
        "IDR": 50,
        "ILS": 50,
        "INR": 50,
        "JPY": 50,
        "KRW": 50,
        "MXN": 1000,
        "MYR": 200,
        "NOK": 300,
        "NZD": 50,
        "PHP": 50,
        "PLN": 200,
        "RON": 200,
        "RUB": 50,
        "SEK": 300,
        "SGD": 50,
        "THB": 1000,
        "ZAR": 50,
    }
    minimums = {rule.currency.code: rule.minimum.minor for rule in provider_rules("stripe") if rule.minimum}
    assert minimums == published
    assert all(rule.minimum is None and rule.maximum is None for rule in provider_rules("paypal"))


def test_every_pair_that_is_known_has_a_rule_and_no_other() -> None:
    for provider, size in (("stripe", 137), ("paypal", 26)):
        known = json.loads((FACTS / f"{provider}_currencies.json").read_bytes())["currencies"]
        codes = [code for code in sorted(known) if code not in {"ANG", "STD"}]  # withdrawn by ISO
        assert [rule.currency.code for rule in provider_rules(provider)] == codes
        assert len(codes) == size


def test_declared_currencies_are_several() -> None:
    with pytest.raises(InvalidValueError, match="declared: Expected list, tuple, set, frozenset, got str"):
        amount_rule("stripe", Currency("KWD"), declared="KWD")  # type: ignore[arg-type]


def test_an_unlisted_currency_must_be_declared() -> None:
    """Stripe no longer lists three-decimal currencies."""
    kwd = Currency("KWD")
    assert amount_rule("stripe", kwd) is None
    declared = amount_rule("stripe", kwd, declared={kwd})
    assert declared is not None
    assert (declared.availability, declared.step) == (Availability.UNLISTED, 10)
    assert amount_rule("paypal", kwd, declared={kwd}) is None


def test_a_currency_of_one_country_is_open_to_its_accounts() -> None:
    assert rule_of("paypal", "BRL").availability is Availability.IN_COUNTRY
    assert rule_of("paypal", "RUB").availability is Availability.UNLISTED
    assert rule_of("paypal", "EUR").availability is Availability.LISTED


def test_limits_say_what_the_providers_promise() -> None:
    stripe, paypal = provider_limits("stripe"), provider_limits("paypal")
    assert (stripe.shortest_checkout, paypal.shortest_checkout) == (timedelta(minutes=30), timedelta(0))
    assert (stripe.key_retention, paypal.key_retention) == (timedelta(hours=24), timedelta(hours=6))
    assert (stripe.capture_within, paypal.capture_within) == (timedelta(days=7), timedelta(hours=3))
    assert (stripe.refund_window, paypal.refund_window) == (None, timedelta(days=180))


@pytest.mark.parametrize("provider", ["adyen", "", "STRIPE"])
def test_an_unknown_provider_is_named_with_the_known(provider: str) -> None:
    for ask in (
        lambda: amount_rule(provider, EUR),
        lambda: provider_rules(provider),
        lambda: provider_limits(provider),
    ):
        with pytest.raises(InvalidValueError, match=r"known are paypal, stripe\."):
            ask()


def test_a_host_writes_the_rule_of_its_own_provider() -> None:
    """A bank transfer of whole forints, from 500 Ft on."""
    rule = AmountRule(
        provider="bank",
        currency=HUF,
        form=WireForm.DECIMAL_TEXT,
        decimals=2,
        step=100,
        minimum=Money.of("500", HUF),
    )
    assert rule.to_wire(Money.of("500", HUF)) == "500.00"
    assert [reason.code for reason in rule.refusals(Money.of("499.50", HUF))] == ["below_minimum", "off_step"]


@pytest.mark.parametrize(
    ("provider", "code", "step", "quantum", "minimum", "maximum"),
    [
        ("stripe", "CHF", 1, 1, "0.50", "999999.99"),
        ("stripe", "CHF", 5, 5, "0.50", "999999.95"),
        ("stripe", "CHF", 20, 20, "0.60", "999999.80"),
        ("stripe", "HUF", 100, 100, "175.00", "999999.00"),
        ("stripe", "HUF", 500, 500, "175.00", "999995.00"),
        ("stripe", "KWD", 4, 20, None, "99999.980"),
        ("paypal", "HUF", 5, 100, None, None),
    ],
)
def test_an_organizers_step_and_the_providers_make_the_quantum(
    provider: str, code: str, step: int, quantum: int, minimum: str | None, maximum: str | None
) -> None:
    rule = rule_of(provider, code).stepped(step)
    assert rule.step == quantum
    assert rule.minimum == (None if minimum is None else Money.of(minimum, code))
    assert rule.maximum == (None if maximum is None else Money.of(maximum, code))


def test_a_step_that_leaves_no_amount_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="maximum: No amount lies between"):
        rule_of("stripe", "EUR").stepped(100_000_000)
    for step in (0, -5, 1.5, True):
        with pytest.raises(InvalidValueError, match="step"):
            rule_of("stripe", "EUR").stepped(step)  # type: ignore[arg-type]


def test_a_rule_that_contradicts_itself_is_refused() -> None:
    def rule(**changes: object) -> AmountRule:
        given = {"provider": "p", "currency": EUR, "form": WireForm.MINOR_UNITS, "decimals": 2, "step": 1, **changes}
        return AmountRule(**given)  # type: ignore[arg-type]

    assert rule().step == 1
    assert rule(minimum=Money(50, EUR), maximum=Money(50, EUR)).refusals(Money(50, EUR)) == ()
    with pytest.raises(InvalidValueError, match=r"step: Only multiples of 0\.10 EUR can be charged\."):
        rule(decimals=1)
    with pytest.raises(AmountRefusedError):
        rule(step=5, minimum=Money(51, EUR))
    with pytest.raises(CurrencyMismatchError):
        rule(maximum=Money(100, JPY))
    for changes in (
        {"step": 0},
        {"decimals": 7},
        {"form": "text"},
        {"currency": "EUR"},
        {"provider": ""},
        {"as_of": 1},
    ):
        with pytest.raises(InvalidValueError, match=next(iter(changes))):
            rule(**changes)
