"""Show currencies: their decimals and names, and what providers take in them."""

import argparse
import json

from paidevents.money.amount import Money
from paidevents.money.amount_rules import AmountRule, Availability
from paidevents.money.currency import Currency
from paidevents.money.format import currency_name, format_money
from paidevents.money.provider_facts import PROVIDERS, amount_rule, provider_rules

NOTES = {
    Availability.LISTED: "",
    Availability.IN_COUNTRY: "accounts of its own country only",
    Availability.UNLISTED: "not listed; only where the account has it and the host declares it",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    parser.add_argument("code", nargs="?", metavar="CODE", help="one currency; all if left out")
    parser.add_argument("--provider", choices=PROVIDERS, help="only what this provider takes")
    parser.add_argument("--locale", default="en", help="language of names and amounts (default: en)")


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    if asked.code:
        return _one(Currency(asked.code), [asked.provider] if asked.provider else list(PROVIDERS), asked.locale)
    if asked.provider:
        return _all_of(asked.provider, asked.locale)
    for currency in Currency.all():
        print(f"{currency}  {currency.digits} digits  {currency_name(currency, asked.locale)}")
    return 0


def _one(currency: Currency, providers: list[str], locale: str) -> int:
    """One currency, in full. Status 1 if none of the providers takes it."""
    print(f"{currency}  {currency_name(currency, locale)}")
    print(f"  ISO 4217: number {currency.number:03}, {currency.digits} digits, {currency.name}")
    taken = 0
    for provider in providers:
        rule = amount_rule(provider, currency, declared=[currency])
        if rule is None:
            print(f"  {provider}: does not take it")
            continue
        taken += 1
        example = Money(123 * 10**currency.digits, currency)
        print(f"  {provider}: {_bounds(rule, locale)}")
        print(f"    {format_money(example, locale)} is sent as {json.dumps(rule.to_wire(example))}")
        if NOTES[rule.availability]:
            print(f"    {NOTES[rule.availability]}")
        print(f"    read {rule.as_of} at {rule.source}")
    return 0 if taken else 1


def _all_of(provider: str, locale: str) -> int:
    for rule in provider_rules(provider):
        notes = "  ".join(filter(None, (currency_name(rule.currency, locale), NOTES[rule.availability])))
        print(f"{rule.currency}  {rule.decimals} decimals  {_bounds(rule, locale)}  {notes}")
    return 0


def _bounds(rule: AmountRule, locale: str) -> str:
    step = Money(rule.step, rule.currency)
    bounds = {"minimum": rule.minimum, "maximum": rule.maximum, "step": step}
    return ", ".join(
        f"{name} {format_money(bound, locale) if bound else 'none published'}" for name, bound in bounds.items()
    )
