"""Declared prices, against what a policy and the providers allow."""

from collections.abc import Iterator

from attrs import frozen

from paidevents.catalog.event import Event
from paidevents.check.findings import error, warning
from paidevents.check.goods import goods_of
from paidevents.check.trial import Trial
from paidevents.money.amount import Money
from paidevents.money.amount_rules import ABOVE_MAXIMUM
from paidevents.pricing.aligned import UNALIGNED_AMOUNT, declared_amounts
from paidevents.pricing.terms import terms_of
from paidevents.reason import Finding, Reason

PRICE_BELOW_MINIMUM = Reason("price_below_minimum", "A price is nothing or at least {minimum}: {price}.")
PRICE_ABOVE_MAXIMUM = Reason("price_above_maximum", "A price is at most {maximum}: {price}.")
SMALL_DONATION_REFUSED = Reason(
    "small_donation_refused", "{provider} takes at least {minimum}: a smaller donation is refused."
)
CHARGE_ABOVE_MAXIMUM = Reason(
    "charge_above_maximum",
    "{places} × {ticket} would cost {charged}, tax and fees included: {provider} takes at most {maximum}.",
)


@frozen
class Bound:
    """
    The least or the most that an amount can be.

    Attributes:
        amount: The bound.
        provider: Who sets it; empty for the policy.
    """

    amount: Money
    provider: str = ""


def price_bounds(event: Event) -> tuple[list[Bound], list[Bound]]:
    """The least and the most that a price can be, by whom: policy and providers."""
    least = [Bound(amount) for amount in event.policy.list_minimums if amount.currency == event.currency]
    most = [Bound(amount) for amount in event.policy.list_maximums if amount.currency == event.currency]
    for provider in event.providers:
        rule = provider.rule(event.currency, event.policy)
        if rule is not None and rule.minimum is not None:
            least.append(Bound(rule.minimum, provider.name))
        if rule is not None and rule.maximum is not None:
            most.append(Bound(rule.maximum, provider.name))
    return least, most


def declared_prices(event: Event) -> Iterator[tuple[str, Money]]:
    """Every price that is declared, with its path; of a donation the least amount and the suggestion."""
    for place, ticket in enumerate(event.tickets):
        if ticket.donation is not None:
            yield f"tickets[{place}].donation.minimum", ticket.donation.minimum
            if ticket.donation.suggestion is not None:
                yield f"tickets[{place}].donation.suggestion", ticket.donation.suggestion
    for good in goods_of(event):
        if good.price is not None:
            yield good.where, good.price


def check_bounds(event: Event) -> Iterator[Finding]:
    """Prices below the least or above the most. Nothing is a price, too."""
    below, above = price_bounds(event)
    least = max(below, key=lambda bound: bound.amount, default=None)
    most = min(above, key=lambda bound: bound.amount, default=None)
    for where, price in declared_prices(event):
        if price and least is not None and price < least.amount:
            yield error(where, PRICE_BELOW_MINIMUM.given(price=price, minimum=least.amount, provider=least.provider))
        if most is not None and price > most.amount:
            yield error(where, PRICE_ABOVE_MAXIMUM.given(price=price, maximum=most.amount, provider=most.provider))


def check_steps(event: Event) -> Iterator[Finding]:
    """Amounts that are no multiples of what can be charged: no price is made of them."""
    steps: dict[int, str] = {}
    for way in event.providers or (None,):
        terms = terms_of(event, way)
        steps.setdefault(terms.quantum, terms.provider or "")
    for path, amount in dict.fromkeys((*declared_amounts(event), *declared_prices(event))):
        for quantum, provider in steps.items():
            if amount.minor % quantum:
                step = Money(quantum, event.currency)
                yield error(path, UNALIGNED_AMOUNT.given(step=step, amount=amount, provider=provider))


def check_small_donations(event: Event) -> Iterator[Finding]:
    """Donations that may be so small that a provider does not take them."""
    bounds, _ = price_bounds(event)
    least = max((bound for bound in bounds if bound.provider), key=lambda bound: bound.amount, default=None)
    for place, ticket in enumerate(event.tickets):
        if ticket.donation is not None and not ticket.donation.minimum and least is not None and least.amount:
            reason = SMALL_DONATION_REFUSED.given(provider=least.provider, minimum=least.amount)
            yield warning(f"tickets[{place}].donation.minimum", reason)


def check_charges(event: Event) -> Iterator[Finding]:
    """The smallest order of a ticket that a provider does not take because it comes to too much."""
    trial = Trial.of(event)
    if trial is None:
        return
    for good in goods_of(event):
        for provider in event.providers:
            rule = provider.rule(event.currency, event.policy)
            if good.price is None or rule is None or rule.maximum is None or good.price > rule.maximum:
                continue
            count = good.ticket.least_per_order
            quote = trial.quote(good, count, provider=provider.name)
            if any(reason.code == ABOVE_MAXIMUM.code for reason in quote.refusals):
                yield error(
                    good.where,
                    CHARGE_ABOVE_MAXIMUM.given(
                        places=count,
                        ticket=good.name,
                        charged=quote.charged,
                        provider=provider.name,
                        maximum=rule.maximum,
                    ),
                )
