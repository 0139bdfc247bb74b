"""Reasons, and the sentences made of them."""

import pickle
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from generators import catalogs

from paidevents import Money, Rate, Span
from paidevents.errors import InvalidValueError
from paidevents.explain import explain
from paidevents.money import EUR
from paidevents.reason import Finding, Reason, Severity, Skipped, names_in

REASONS = catalogs.all_reasons()
WELL_UNDER_WAY = 50  # reasons the package has at least; guards against a search that finds none


def test_every_reason_has_a_french_sentence_with_the_same_values() -> None:
    assert len(REASONS) > WELL_UNDER_WAY
    french = catalogs.committed("fr")
    for code, reason in REASONS.items():
        message = french.get(code)
        assert message is not None and message.string, f"no French for {code}: {reason.text}"
        assert not message.fuzzy, f"the French for {code} was written for another English text: {reason.text}"
        assert names_in(str(message.string)) == names_in(reason.text), code


# What stands beside an amount or between two is no sentence: the lines of a price, the words around them.
LINES = {
    "percent_off",
    "amount_off",
    "set_price",
    "raised_to_minimum",
    "waived",
    "payment_switched_off",
    "payment_disconnected",
    "fee_passed_on",
    "fee_with_fixed_part",
    "fixed_fee",
    "fee_shared",
    "tax_added",
}


def test_every_sentence_ends_like_one() -> None:
    assert REASONS.keys() >= LINES
    for code, reason in REASONS.items():
        if code in LINES or code.startswith("phrase_"):
            assert not reason.text.endswith(" "), reason
        else:
            assert reason.text[-1] in ".)]'" and not reason.text.startswith(" "), reason


def test_a_reason_is_told_with_its_values_in_the_words_of_the_locale() -> None:
    told = Reason("x", "{amount} {rate} {count} {day} {span} {flag} {name}").given(
        amount=Money.of("1234.5", EUR),
        rate=Rate.of("8.875 %"),
        count=12345,
        day=date(2026, 3, 1),
        span=Span.of("1 month 7 days 90 min"),
        flag=True,
        name="Zoë",
    )
    assert (
        explain(told, "en") == "€1,234.50 8.875% 12,345 March 1, 2026 1 month, 7 days, 1 hour, and 30 minutes True Zoë"
    )
    assert " ".join(explain(told, "fr").split()) == (
        "1 234,50 € 8,875 % 12 345 1 mars 2026 1 mois, 7 jours, 1 heure et 30 minutes True Zoë"
    )
    assert str(told).startswith("1234.50 EUR 8.875 % 12345 2026-03-01 ")


def test_a_language_without_a_catalog_is_told_in_english_with_its_own_numbers() -> None:
    left = REASONS["sold_out"].given(left=1234, wanted=5000)
    assert explain(left, "de") == "Places left: 1.234; asked for: 5.000."


def test_a_reason_of_the_host_is_told_as_it_was_written() -> None:
    assert explain(Reason("members_only", "Only for members."), "fr") == "Only for members."


def test_whatever_has_reasons_can_be_explained() -> None:
    french = "Seul un montant supérieur à zéro peut être encaissé."
    reason = REASONS["not_positive"]
    assert explain(Finding(Severity.ERROR, reason), "fr") == french
    assert explain(Skipped((reason, REASONS["empty"])), "fr") == f"{french} C’est vide."
    with pytest.raises(InvalidValueError, match="subject: Expected"):
        explain("nothing", "fr")  # type: ignore[arg-type]


def test_a_missing_value_is_named() -> None:
    with pytest.raises(TypeError, match="reason 'sold_out' needs left"):
        REASONS["sold_out"].given(wanted=1)


def test_a_value_may_have_any_name() -> None:
    assert str(Reason("x", "{self} {cls}").given(self=1, cls=2)) == "1 2"


def test_values_come_in_one_order_whatever_the_call() -> None:
    one = Reason("x", "{a}{b}").given(a=1, b=2)
    assert one == Reason("x", "{a}{b}").given(b=2, a=1)
    assert pickle.loads(pickle.dumps(one)) == one
    assert (one.retryable, Reason("x", "x", retryable=True).given().retryable) == (False, True)
    assert hash(one) == hash(Reason("x", "{a}{b}").given(b=2, a=1))


@pytest.mark.parametrize("values", [((1, 2),), 5, ((),)])
def test_values_are_pairs_with_a_name(values: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        Reason("x", "x", values=values)


@pytest.mark.parametrize("code", ["", "Late", "too-late", "_late", "late_", "1st", 7, None])
def test_a_code_is_lower_snake_case(code: object) -> None:
    with pytest.raises(ValueError, match="code"):
        Reason(code, "x")  # type: ignore[arg-type]


def test_a_text_reaches_nothing_but_its_values() -> None:
    """A sentence is no format string: attributes, indices and conversions stay letters."""
    sly = Reason("sly", "{a.__class__} {a[0]} {a!r} {a:>9} {a}").given(a=1)
    assert str(sly) == "{a.__class__} {a[0]} {a!r} {a:>9} 1"


def test_a_finding_prints_where_it_was_found() -> None:
    assert (
        str(Finding(Severity.WARNING, REASONS["empty"], "tickets[0].name")) == "warning: tickets[0].name: It is empty."
    )
    assert str(Finding(Severity.NOTE, REASONS["empty"])) == "note: It is empty."
    assert str(Skipped((REASONS["empty"], REASONS["missing"]), code="SAVE15")) == "SAVE15: It is empty. It is missing."


def test_a_moment_is_shown_in_its_own_zone() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    shown = explain(Reason("x", "{at}").given(at=noon.astimezone(ZoneInfo("Asia/Tokyo"))), "fr")
    assert "21:00" in shown
