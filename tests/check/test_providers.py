"""Whether the event may be what it is, and whether its providers can be paid with."""

from typing import Any

import pytest
from attrs import evolve
from catalog.declared import euros, ticket, tier
from check.told import STRIPE, only, paid, says, told

from paidevents import EUR, USD, Currency, Money, Span
from paidevents.catalog import (
    Approval,
    Capture,
    Charging,
    Donation,
    EventKind,
    Policy,
    Provider,
    ProviderCurrencies,
    Ticket,
)
from paidevents.check import providers
from paidevents.money import provider_limits
from paidevents.presets import clickmeeting, gotowebinar


def test_what_costs_something_needs_somebody_to_pay_with() -> None:
    assert told(paid(providers=[])) == ["error providers: no_provider"]
    assert told(paid(providers=[], tickets=[ticket(price=euros("0.00"))])) == []
    giving = ticket(price=None, donation=Donation(minimum=euros("5.00"), may_be_nothing=True))
    assert told(paid(providers=[], tickets=[giving])) == ["error providers: no_provider"]


def test_a_reduced_price_costs_something_too() -> None:
    odd = ticket(price=euros("0.00"), tiers=[tier()])
    assert told(paid(providers=[], tickets=[odd])) == [
        "error providers: no_provider",
        "warning tickets[0].tiers[0].price: tier_not_reduced",
    ]


@pytest.mark.parametrize(
    ("charging", "code"),
    [(Charging.SWITCHED_OFF, "payment_switched_off"), (Charging.DISCONNECTED, "payment_disconnected")],
)
def test_while_no_money_is_taken_no_provider_is_needed(charging: Charging, code: str) -> None:
    assert told(paid(providers=[], charging=charging)) == [f"note charging: {code}"]


def in_currency(code: str, **changed: Any) -> Any:
    price = Money.of("2000", code)
    return paid(currency=Currency(code), tickets=[Ticket(id="standard", name="Standard", price=price)], **changed)


def test_a_currency_that_a_provider_does_not_take_is_an_error() -> None:
    event = in_currency("HUF", providers=[Provider(name="paypal"), Provider(name="cash")])
    assert told(event) == []
    event = in_currency("KRW", providers=[Provider(name="paypal"), Provider(name="cash")])
    assert told(event) == ["error providers[0]: currency_not_supported"]


def test_an_unlisted_currency_has_to_be_declared() -> None:
    assert told(in_currency("KWD")) == ["error providers[0]: currency_unlisted"]
    assert told(in_currency("KWD", providers=[Provider(name="stripe", declared=True)])) == []
    assert says(in_currency("KWD")) == "stripe takes KWD only from accounts that have been given it."


def test_a_currency_may_be_open_to_accounts_of_its_own_country() -> None:
    event = in_currency("BRL", providers=[Provider(name="paypal")])
    assert told(event) == ["note providers[0]: currency_in_country"]
    assert says(event) == "paypal takes BRL only from accounts in the country of that currency."


def test_a_provider_that_the_policy_does_not_have_is_an_error() -> None:
    event = paid(providers=[STRIPE, Provider(name="paypal")], policy=gotowebinar().policy)
    assert told(event) == ["error providers[1]: provider_not_allowed"]
    assert says(event) == "paypal cannot be used here, only stripe."


def test_a_provider_may_be_offered_in_other_currencies_only() -> None:
    """Forints are sold with Stripe only; PayPal takes them, in whole units."""
    event = in_currency("HUF", providers=[Provider(name="paypal")], policy=clickmeeting().policy)
    assert told(event) == ["error providers[0]: provider_not_offered"]
    assert says(event) == "paypal is not offered in HUF here."
    some = Policy(provider_currencies=(ProviderCurrencies("stripe", (EUR,)),))
    assert told(paid(policy=some)) == []


def test_a_currency_that_the_policy_does_not_have_is_an_error() -> None:
    event = paid(policy=Policy(currencies=(USD,)))
    assert told(event) == ["error currency: currency_not_allowed"]
    assert says(event) == "Events in EUR are not allowed here, only in USD."
    assert (
        told(
            paid(
                policy=Policy(
                    currencies=(
                        USD,
                        EUR,
                    )
                )
            )
        )
        == []
    )


def test_a_kind_that_the_policy_does_not_have_is_an_error() -> None:
    policy = Policy(
        kinds=(
            EventKind.RECORDED,
            EventKind.ON_DEMAND,
        )
    )
    assert told(paid(policy=policy)) == ["error kind: kind_not_allowed"]
    assert says(paid(policy=policy)) == "Events of the kind live are not allowed here, only recorded, on_demand."
    assert told(paid(policy=policy, kind=EventKind.ON_DEMAND)) == []


def approved(decide: str | None, *names: str, approval: Approval = Approval.MANUAL) -> Any:
    policy = Policy(
        approval=approval, capture=Capture.ON_APPROVAL, decide_within=None if decide is None else Span.of(decide)
    )
    return paid(policy=policy, providers=[Provider(name=name) for name in names])


def test_a_decision_must_come_while_the_payment_can_be_captured() -> None:
    """Stripe: 7 days; PayPal: 3 hours."""
    assert told(approved("7 days", "stripe")) == []
    assert told(approved("1 month", "stripe")) == ["error policy.decide_within: capture_too_short"]
    assert told(approved("2 h", "stripe", "paypal")) == []
    reason = only(approved("2 days", "stripe", "paypal")).reason
    assert str(reason) == "A payment with paypal can be captured for 3 h; the organizer takes up to 2 days to approve."


def test_how_long_a_decision_takes_has_to_be_said() -> None:
    event = approved(None, "stripe")
    assert told(event) == ["warning policy.decide_within: decision_time_missing"]
    assert "captured for 7 days" in says(event)


def test_of_other_providers_it_is_not_known_how_long_they_wait() -> None:
    assert told(approved("2 days", "bank_transfer")) == ["note policy.capture: capture_unknown"]


def test_a_provider_that_sets_no_limit_can_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    patient = evolve(provider_limits("paypal"), capture_within=None)
    monkeypatch.setattr(providers, "provider_limits", lambda name: patient)
    assert told(approved("2 days", "paypal")) == []


def test_nobody_waits_for_an_approval_that_is_automatic() -> None:
    assert told(approved("2 days", "stripe", approval=Approval.AUTOMATIC)) == ["note policy.capture: nobody_approves"]
    assert told(paid(policy=Policy(approval=Approval.MANUAL))) == []
