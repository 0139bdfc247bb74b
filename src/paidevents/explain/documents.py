"""Reasons and findings as plain values for JSON: what a program compares, and the sentence that people read."""

from datetime import date, datetime
from typing import Any

from paidevents.checks import instance
from paidevents.explain.translated import translated
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.reason import Finding, Reason


def reason_document(reason: Reason, locale: str) -> dict[str, Any]:
    """
    A reason: its code, its values, and its sentence in the language of *locale*.

    An amount is its minor units and currency, a rate a fraction such as "3/20",
    a day or a moment its ISO text; a length of time and a currency are text.

    Raises:
        InvalidValueError: *locale* is unknown.

    Example:
        >>> reason_document(Reason("too_high", "At most {most}.").given(most=Money.of("2000.00", "EUR")), "en")
        {'code': 'too_high', 'values': {'most': {'minor': 200000, 'currency': 'EUR'}}, 'text': 'At most €2,000.00.'}
    """
    values = {name: _plain(value) for name, value in reason.values}
    return {"code": reason.code, "values": values, "text": translated(reason, locale)}


def finding_document(finding: Finding, locale: str) -> dict[str, Any]:
    """
    A finding: its severity and place, the code of its reason with its values, and its sentence.

    Raises:
        InvalidValueError: *locale* is unknown, or *finding* is none.

    Example:
        >>> from paidevents.reason import Reason, Severity
        >>> too_high = Reason("too_high", "At most {most}.").given(most=Money.of("2000.00", "EUR"))
        >>> finding_document(Finding(Severity.ERROR, too_high, "tickets[0].price"), "en")["values"]
        {'most': {'minor': 200000, 'currency': 'EUR'}}
    """
    reason = reason_document(instance(finding, "finding", Finding).reason, locale)
    return {
        "severity": finding.severity.value,
        "where": finding.where,
        "reason": reason["code"],
        "values": reason["values"],
        "text": reason["text"],
    }


def _plain(value: object) -> object:
    match value:
        case bool() | int():
            return value
        case Money():
            return {"minor": value.minor, "currency": value.currency.code}
        case Rate():
            return "{}/{}".format(*value.ratio)
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value)
