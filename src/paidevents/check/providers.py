"""Whether the event may be what it is, and whether its providers can be paid with."""

from collections.abc import Iterator
from datetime import timedelta

from paidevents.catalog.decisions import Approval, Capture
from paidevents.catalog.event import Charging, Event
from paidevents.catalog.provider import Provider
from paidevents.check.findings import error, note, warning
from paidevents.money.amount_rules import Availability
from paidevents.money.provider_facts import (
    CURRENCY_NOT_SUPPORTED,
    CURRENCY_UNLISTED,
    PROVIDERS,
    amount_rule,
    provider_limits,
)
from paidevents.pricing.reasons import PAYMENT_DISCONNECTED, PAYMENT_SWITCHED_OFF
from paidevents.reason import Finding, Reason
from paidevents.timing.deadline import Span

NO_PROVIDER = Reason("no_provider", "It costs money, and there is no way to pay.")
PROVIDER_NOT_ALLOWED = Reason("provider_not_allowed", "{provider} cannot be used here, only {known}.")
PROVIDER_NOT_OFFERED = Reason("provider_not_offered", "{provider} is not offered in {currency} here.")
CURRENCY_IN_COUNTRY = Reason(
    "currency_in_country", "{provider} takes {currency} only from accounts in the country of that currency."
)
CURRENCY_NOT_ALLOWED = Reason("currency_not_allowed", "Events in {currency} are not allowed here, only in {known}.")
KIND_NOT_ALLOWED = Reason("kind_not_allowed", "Events of the kind {kind} are not allowed here, only {known}.")
CAPTURE_TOO_SHORT = Reason(
    "capture_too_short",
    "A payment with {provider} can be captured for {within}; the organizer takes up to {decide} to approve.",
)
DECISION_TIME_MISSING = Reason(
    "decision_time_missing",
    "A payment with {provider} can be captured for {within}; it is not said how long the organizer takes to approve.",
)
CAPTURE_UNKNOWN = Reason("capture_unknown", "It is not known how long a payment with {provider} can be captured.")
NOBODY_APPROVES = Reason("nobody_approves", "Payments are captured at once, for the organizer approves nobody.")


def check_policy(event: Event) -> Iterator[Finding]:
    """A currency or a kind that the policy does not allow."""
    policy = event.policy
    if policy.currencies and event.currency not in policy.currencies:
        known = ", ".join(currency.code for currency in policy.currencies)
        yield error("currency", CURRENCY_NOT_ALLOWED.given(currency=event.currency, known=known))
    if policy.kinds and event.kind not in policy.kinds:
        known = ", ".join(kind.value for kind in policy.kinds)
        yield error("kind", KIND_NOT_ALLOWED.given(kind=event.kind.value, known=known))


def check_providers(event: Event) -> Iterator[Finding]:
    """Nobody to pay with, and providers that cannot be."""
    costs = any(ticket.price is None or ticket.price for ticket in event.tickets)
    costs = costs or any(tier.price for ticket in event.tickets for tier in ticket.tiers)
    if costs and not event.providers and event.charging is Charging.ON:
        yield error("providers", NO_PROVIDER)
    for place, provider in enumerate(event.providers):
        yield from _unusable(event, provider, f"providers[{place}]")


def _unusable(event: Event, provider: Provider, where: str) -> Iterator[Finding]:
    policy, name, currency = event.policy, provider.name, event.currency
    if policy.providers and name not in policy.providers:
        yield error(where, PROVIDER_NOT_ALLOWED.given(provider=name, known=", ".join(policy.providers)))
    elif not policy.offers(name, currency):
        yield error(where, PROVIDER_NOT_OFFERED.given(provider=name, currency=currency))
    if name not in PROVIDERS:
        return
    known = amount_rule(name, currency, declared=[currency])
    if known is None:
        yield error(where, CURRENCY_NOT_SUPPORTED.given(provider=name, currency=currency))
    elif known.availability is Availability.UNLISTED and not provider.declared:
        yield error(where, CURRENCY_UNLISTED.given(provider=name, currency=currency))
    elif known.availability is Availability.IN_COUNTRY:
        yield note(where, CURRENCY_IN_COUNTRY.given(provider=name, currency=currency))


def check_approval(event: Event) -> Iterator[Finding]:
    """Payments that may have to be captured later than their provider allows."""
    policy = event.policy
    if policy.capture is not Capture.ON_APPROVAL:
        return
    if policy.approval is not Approval.MANUAL:
        yield note("policy.capture", NOBODY_APPROVES)
        return
    decide = policy.decide_within
    for provider in event.providers:
        if provider.name not in PROVIDERS:
            yield note("policy.capture", CAPTURE_UNKNOWN.given(provider=provider.name))
            continue
        longest = provider_limits(provider.name).capture_within
        if longest is None:
            continue
        within = Span(days=longest.days, minutes=longest.seconds // 60)
        if decide is None:
            yield warning("policy.decide_within", DECISION_TIME_MISSING.given(provider=provider.name, within=within))
        elif _at_most(decide) > longest:
            reason = CAPTURE_TOO_SHORT.given(provider=provider.name, within=within, decide=decide)
            yield error("policy.decide_within", reason)


def _at_most(span: Span) -> timedelta:
    """The longest that *span* can last, clocks that are put back aside."""
    return timedelta(days=31 * span.months + span.days, minutes=span.minutes)


def check_charging(event: Event) -> Iterator[Finding]:
    """No money is taken just now."""
    if event.charging is Charging.SWITCHED_OFF:
        yield note("charging", PAYMENT_SWITCHED_OFF)
    elif event.charging is Charging.DISCONNECTED:
        yield note("charging", PAYMENT_DISCONNECTED)
