"""Findings as plain values: what `check --json` prints."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from paidevents import EUR, InvalidValueError, Money, Rate, Span
from paidevents.explain.documents import finding_document
from paidevents.reason import Finding, Reason, Severity


def document(**values: object) -> dict[str, Any]:
    reason = Reason("odd", "{" + "} {".join(values) + "}").given(**values)
    return finding_document(Finding(Severity.WARNING, reason, "tickets[0]"), "en")


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("standard", "standard"),
        (12, 12),
        (True, True),
        (Money.of("-0.50", EUR), {"minor": -50, "currency": "EUR"}),
        (Rate.of("15 %"), "3/20"),
        (EUR, "EUR"),
        (Span.of("7 days"), "7 days"),
        (date(2026, 2, 28), "2026-02-28"),
        (datetime(2026, 2, 28, 17, tzinfo=UTC), "2026-02-28T17:00:00+00:00"),
    ],
)
def test_values_are_plain(value: object, plain: object) -> None:
    assert document(value=value)["values"] == {"value": plain}


def test_a_finding_says_how_bad_where_and_what() -> None:
    assert document(count=1234) == {
        "severity": "warning",
        "where": "tickets[0]",
        "reason": "odd",
        "values": {"count": 1234},
        "text": "1,234",
    }


def test_its_sentence_is_in_the_language_asked_for() -> None:
    gone = Finding(Severity.NOTE, Reason("no_codes", "x"))
    assert finding_document(gone, "fr")["text"] == "x"
    with pytest.raises(InvalidValueError):
        finding_document(gone, "klingon")


@pytest.mark.parametrize("thing", [None, "a finding", Reason("x", "x")])
def test_nothing_else_is_a_finding(thing: Any) -> None:
    with pytest.raises(InvalidValueError, match="finding: Expected Finding"):
        finding_document(thing, "en")
