"""Answers as plain values for JSON: what a program wants to know, each amount with its currency."""

from datetime import datetime
from typing import Any

import attrs

from paidevents.catalog.event import Event
from paidevents.explain.documents import reason_document
from paidevents.money.amount import Money
from paidevents.pricing.parts import FeeSettlement, Line, TaxSettlement, Unit
from paidevents.pricing.quote import Quote
from paidevents.reason import Skipped
from paidevents.wire.convert import to_document

Plain = dict[str, Any]


def quote_document(quote: Quote, event: Event, locale: str) -> Plain:
    """A price: its places, lines, settlement and sums, and the reasons for what did not apply."""

    def moment(at: datetime) -> str:
        return at.astimezone(event.zone).isoformat()

    totals = attrs.asdict(quote.totals, recurse=False)
    return {
        "event": quote.event,
        "at": moment(quote.at),
        "good_until": moment(quote.good_until),
        "provider": quote.provider,
        "differs": list(quote.differs),
        "units": [_unit(unit) for unit in quote.units],
        "lines": [_line(line, locale) for line in quote.lines],
        "skipped": [_skipped(one, locale) for one in quote.skipped],
        "provisional": [_skipped(one, locale) for one in quote.provisional],
        "refusals": [reason_document(reason, locale) for reason in quote.refusals],
        "reverse_charge": quote.is_reverse_charged,
        "settlement": {"fees": [_fee(fee) for fee in quote.fees], "taxes": [_tax(tax) for tax in quote.taxes]},
        "totals": {name: amount_document(amount) for name, amount in totals.items()},
    }


def amount_document(amount: Money) -> Plain:
    """An amount: its minor units and its currency."""
    return {"minor": amount.minor, "currency": amount.currency.code}


def _amounts(minor: tuple[int, ...], like: Money) -> list[Plain]:
    return [amount_document(Money(each, like.currency)) for each in minor]


def _unit(unit: Unit) -> Plain:
    return {
        "ticket": unit.ticket,
        "tier": unit.tier or None,
        "session": unit.session or None,
        "list": amount_document(unit.list_price),
        "price": amount_document(unit.price),
        "before_tax": amount_document(unit.before_tax),
        "tax": amount_document(unit.tax),
        "charged": amount_document(unit.charged),
        "fees": amount_document(unit.fees),
    }


def _line(line: Line, locale: str) -> Plain:
    return {
        "phase": line.phase.value,
        "reason": reason_document(line.reason, locale),
        "promotion": line.promotion or None,
        "code": line.code or None,
        "amount": amount_document(line.amount),
        "per_unit": _amounts(line.per_unit, line.amount),
    }


def _skipped(one: Skipped, locale: str) -> Plain:
    return {
        "code": one.code or None,
        "promotion": one.promotion or None,
        "reasons": [reason_document(reason, locale) for reason in one.reasons],
    }


def _fee(fee: FeeSettlement) -> Plain:
    return {
        "fee": fee.fee,
        "taker": fee.taker.value,
        "amount": amount_document(fee.amount),
        "passed_on": amount_document(fee.passed_on),
        "tax": amount_document(fee.tax),
        "at_source": fee.at_source,
        "refundable": fee.refundable,
        "per_unit": _amounts(fee.per_unit, fee.amount),
    }


def _tax(tax: TaxSettlement) -> Plain:
    return {
        "name": tax.name,
        "country": tax.country,
        "rate": to_document(tax.rate)["value"],
        "amount": amount_document(tax.amount),
        "per_unit": _amounts(tax.per_unit, tax.amount),
    }
