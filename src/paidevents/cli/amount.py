"""
Read an amount as a person typed it, and say whether a provider would take it.

Status 1 if the provider would refuse it.
"""

import argparse
import json
from typing import Any

from paidevents.explain.sentences import explain
from paidevents.money.amount import Money
from paidevents.money.amount_rules import AmountRule
from paidevents.money.currency import Currency
from paidevents.money.format import format_money
from paidevents.money.parse import parse_money
from paidevents.money.provider_facts import CURRENCY_NOT_SUPPORTED, CURRENCY_UNLISTED, PROVIDERS, amount_rule
from paidevents.reason import Reason
from paidevents.wire.convert import to_document


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    parser.add_argument("text", metavar="TEXT", help='what was typed, such as "1 234,56 €"')
    parser.add_argument("--currency", required=True, metavar="CODE", help="the currency that is expected, such as EUR")
    parser.add_argument("--locale", required=True, help="how the person writes, such as fr or en-GB")
    parser.add_argument("--provider", choices=PROVIDERS, help="say whether this provider would charge it")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    amount = parse_money(asked.text, Currency(asked.currency), asked.locale)
    rule = amount_rule(asked.provider, amount.currency) if asked.provider else None
    reasons: tuple[Reason, ...] = ()
    if rule is not None:
        reasons = rule.refusals(amount)
    elif asked.provider:
        known = amount_rule(asked.provider, amount.currency, declared=[amount.currency])
        refusal = CURRENCY_NOT_SUPPORTED if known is None else CURRENCY_UNLISTED
        reasons = (refusal.given(provider=asked.provider, currency=amount.currency),)
    if asked.json:
        print(json.dumps(_document(amount, asked, rule, reasons), ensure_ascii=False, indent=2))
    else:
        _show(amount, asked, rule, reasons)
    return 1 if reasons else 0


def _show(amount: Money, asked: argparse.Namespace, rule: AmountRule | None, reasons: tuple[Reason, ...]) -> None:
    digits = amount.currency.digits
    print(f"{format_money(amount, asked.locale)}   {amount!r}")
    print(f"  {'minor units':12} {amount.minor} ({amount.currency}, {digits} digit{'s' if digits != 1 else ''})")
    if reasons:
        for place, reason in enumerate(reasons):
            print(f"  {asked.provider if place == 0 else '':12} {explain(reason, asked.locale)} [{reason.code}]")
    elif rule is not None:
        print(f"  {rule.provider:12} takes it, sent as {json.dumps(rule.to_wire(amount))}")


def _document(
    amount: Money, asked: argparse.Namespace, rule: AmountRule | None, reasons: tuple[Reason, ...]
) -> dict[str, Any]:
    document: dict[str, Any] = {"amount": to_document(amount), "text": format_money(amount, asked.locale)}
    if asked.provider:
        document["provider"] = {
            "name": asked.provider,
            "wire": rule.to_wire(amount) if rule is not None and not reasons else None,
            "refusals": [{**to_document(reason), "text": explain(reason, asked.locale)} for reason in reasons],
        }
    return document
