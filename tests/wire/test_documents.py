"""Documents: what they look like, and every way in which one is refused."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from paidevents import Deadline, Money, Rate, Reason, Recurrence, Span, Window
from paidevents.catalog import Actor, Disclaimer, Percent, PromoCode, Promotion, Question, RefundStep, Role
from paidevents.errors import InvalidValueError
from paidevents.machine import Move
from paidevents.money import EUR, Currency
from paidevents.reason import Finding, Skipped
from paidevents.wire import document, dumps, from_document, loads, schema, to_document


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Money.of("15.00", EUR), '{"v": 1, "type": "money", "value": {"minor": 1500, "currency": "EUR"}}'),
        (Rate(71, 800), '{"v": 1, "type": "rate", "value": "71/800"}'),
        (EUR, '{"v": 1, "type": "currency", "value": "EUR"}'),
        (Span.of("7 days"), '{"v": 1, "type": "span", "value": "7 days"}'),
        (Deadline.of("2 h after end"), '{"v": 1, "type": "deadline", "value": "2 h after end"}'),
        (
            Window(datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))),
            '{"v": 1, "type": "window", "value": '
            '{"starts_at": {"at": "2026-01-01T11:00:00Z", "tz": "UTC"}, "ends_at": null}}',
        ),
        (
            PromoCode("Save 10", uses=5),
            '{"v": 1, "type": "promo_code", "value": {"text": "Save 10", "enabled": true, '
            '"window": {"starts_at": null, "ends_at": null}, "uses": 5}}',
        ),
        (
            Actor(Role.CO_ORGANIZER, "42"),
            '{"v": 1, "type": "actor", "value": {"role": "co_organizer", "id": "42"}}',
        ),
        (
            RefundStep(Deadline.of("24 h before start"), Rate(1, 2)),
            '{"v": 1, "type": "refund_step", "value": {"until": "24 h before start", "share": "1/2"}}',
        ),
        (RefundStep(None, Rate(1, 1)), '{"v": 1, "type": "refund_step", "value": {"until": null, "share": "1/1"}}'),
        (
            Disclaimer(text="Two\n\nparagraphs."),
            '{"v": 1, "type": "disclaimer", "value": {"text": "Two\\n\\nparagraphs.", "version": 1}}',
        ),
        (
            Move(datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Paris")), "pay", "paid", "provider:stripe"),
            '{"v": 1, "type": "move", "value": '
            '{"at": "2026-01-01T11:00:00Z", "trigger": "pay", "state": "paid", "by": "provider:stripe"}}',
        ),
        (
            Reason("too_late", "Ended at {at}.").given(at=datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))),
            '{"v": 1, "type": "reason", "value": {"code": "too_late", "text": "Ended at {at}.", "retryable": false, '
            '"values": {"at": {"tag": "instant", "value": {"at": "2026-01-01T11:00:00Z", "tz": "Europe/Paris"}}}}}',
        ),
    ],
)
def test_documents_look_like_this(value: object, text: str) -> None:
    assert dumps(value) == text
    assert loads(text, type(value)) == value


def test_text_of_several_lines_travels_where_there_may_be_any_and_nowhere_else() -> None:
    longest = Disclaimer(text="x\n" * 10_000)
    assert loads(dumps(longest), Disclaimer) == longest
    assert "'text': {'type': 'string', 'maxLength': 20000}" in str(schema("disclaimer"))
    for text, code in (('{"text": "a\\tb"}', "forbidden_characters"), ('{"text": 5}', "wrong_type")):
        with pytest.raises(InvalidValueError) as error:
            loads(f'{{"v": 1, "type": "disclaimer", "value": {text}}}', Disclaimer)
        assert (error.value.field, error.value.reason.code) == ("$.value.text", code)
    with pytest.raises(InvalidValueError) as error:
        loads('{"v": 1, "type": "question", "value": {"id": "a", "text": "a\\nb"}}', Question)
    assert (error.value.field, error.value.reason.code) == ("$.value.text", "forbidden_characters")


def test_what_a_union_holds_tells_its_kind() -> None:
    promotion = Promotion(id="save", effect=Percent(Rate.of("15 %")))
    assert '"effect": {"kind": "percent", "rate": "3/20"}' in dumps(promotion)
    assert loads(PROMOTION % '{"rate": "3/20", "kind": "percent"}', Promotion) == promotion
    assert loads(PROMOTION % 'null, "opens": ["vip"]', Promotion).effect is None
    assert dumps(promotion.effect) == '{"v": 1, "type": "percent", "value": {"rate": "3/20"}}'


def test_a_moment_keeps_its_zone_and_one_without_a_name_is_utc() -> None:
    paris = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Paris"), fold=1)
    back = loads(dumps(Reason("x", "x").given(at=paris)), Reason)
    at = dict(back.values)["at"]
    assert isinstance(at, datetime)
    assert (at.tzinfo, at.fold, at.utcoffset()) == (ZoneInfo("Europe/Paris"), 1, timedelta(hours=1))
    offset = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    at = dict(loads(dumps(Reason("x", "x").given(at=offset)), Reason).values)["at"]
    assert isinstance(at, datetime)
    assert (at, at.tzinfo) == (offset, UTC)


MONEY = '{"v": 1, "type": "money", "value": %s}'
WINDOW = '{"v": 1, "type": "window", "value": {"starts_at": %s, "ends_at": null}}'
FINDING = '{"v": 1, "type": "finding", "value": {"severity": "note", "where": "", "reason": %s}}'
REASON = '{"code": "x", "text": "", "retryable": false, "values": {"a": %s}}'
PROMOTION = '{"v": 1, "type": "promotion", "value": {"id": "save", "effect": %s}}'
SERIES = '{"v": 1, "type": "recurrence", "value": {"starts_at": "2026-01-01T18:00:00", "zone": "UTC", "rule": "FREQ=DAILY", %s}}'


@pytest.mark.parametrize(
    ("text", "kind", "path", "code"),
    [
        ("", Money, "$", "not_json"),
        ("{", Money, "$", "not_json"),
        ("NaN", Money, "$", "fraction_not_allowed"),
        ("[]", Money, "$", "wrong_type"),
        (b"\xff\xfe", Money, "$", "not_utf8"),
        ("[" * 40_000, Money, "$", "too_deep"),
        ("[" * 60_000, Money, "$", "too_many_values"),
        ("[" + "1," * 50_000 + "1]", Money, "$", "too_many_values"),
        ('"\ud800"', Money, "$", "not_utf8"),
        ("[" * 33 + "]" * 33, Money, "$" + "[0]" * 32, "too_deep"),
        ('{"a":' * 33 + "1" + "}" * 33, Money, "$" + ".a" * 32, "too_deep"),
        ('{"v": 1, "v": 1}', Money, "$.v", "duplicate_key"),
        ('{"v": 1, "type": "money"}', Money, "$.value", "missing"),
        ('{"v": 1, "type": "money", "value": {}, "x\\n\\u001b": 1}', Money, "$.x\\n\\x1b", "unknown_key"),
        ('{"v": 2, "type": "money", "value": {}}', Money, "$.v", "wrong_version"),
        ('{"v": true, "type": "money", "value": {}}', Money, "$.v", "bool_not_allowed"),
        ('{"v": 1, "type": "rate", "value": "1/2"}', Money, "$.type", "not_one_of"),
        ('{"v": 1, "type": null, "value": "1/2"}', Money, "$.type", "not_one_of"),
        (MONEY % "5", Money, "$.value", "wrong_type"),
        (MONEY % '{"minor": 5}', Money, "$.value.currency", "missing"),
        (MONEY % '{"minor": "5", "currency": "EUR"}', Money, "$.value.minor", "wrong_type"),
        (MONEY % '{"minor": 5.0, "currency": "EUR"}', Money, "$.value.minor", "fraction_not_allowed"),
        (MONEY % '{"minor": 1e2, "currency": "EUR"}', Money, "$.value.minor", "fraction_not_allowed"),
        (MONEY % '{"minor": true, "currency": "EUR"}', Money, "$.value.minor", "bool_not_allowed"),
        (MONEY % '{"minor": null, "currency": "EUR"}', Money, "$.value.minor", "wrong_type"),
        (MONEY % '{"minor": 9223372036854775808, "currency": "EUR"}', Money, "$.value.minor", "out_of_range"),
        (MONEY % ('{"minor": %s, "currency": "EUR"}' % ("9" * 5000)), Money, "$.value.minor", "out_of_range"),
        (MONEY % '{"minor": 5, "currency": "EUX"}', Money, "$.value.currency", "unknown_currency"),
        (MONEY % '{"minor": 5, "currency": "eur"}', Money, "$.value.currency", "bad_format"),
        (MONEY % '{"minor": 5, "currency": {}}', Money, "$.value.currency", "wrong_type"),
        (MONEY % '{"minor": 5, "currency": "EUR", "vat": 1}', Money, "$.value.vat", "unknown_key"),
        ('{"v": 1, "type": "rate", "value": "3/2"}', Rate, "$.value", "rate_above_one"),
        ('{"v": 1, "type": "rate", "value": "15 %"}', Rate, "$.value", "bad_format"),
        (WINDOW % '{"at": "2026-13-01T00:00:00Z", "tz": "UTC"}', Window, "$.value.starts_at.at", "bad_format"),
        (WINDOW % '{"at": "2026-01-01T24:00:00Z", "tz": "UTC"}', Window, "$.value.starts_at.at", "bad_format"),
        (WINDOW % '{"at": "2026-01-01T00:00:00", "tz": "UTC"}', Window, "$.value.starts_at.at", "bad_format"),
        (WINDOW % '{"at": "1800-01-01T00:00:00Z", "tz": "UTC"}', Window, "$.value.starts_at.at", "out_of_range"),
        (WINDOW % '{"at": "2026-01-01T00:00:00Z", "tz": "Mars"}', Window, "$.value.starts_at.tz", "unknown_zone"),
        (WINDOW % '"2026-01-01T00:00:00Z"', Window, "$.value.starts_at", "wrong_type"),
        (FINDING % "null", Finding, "$.value.reason", "wrong_type"),
        (FINDING % (REASON % '{"tag": "float", "value": 1}'), Finding, "$.value.reason.values.a.tag", "not_one_of"),
        (FINDING % (REASON % '{"tag": "rate", "value": 1}'), Finding, "$.value.reason.values.a.value", "wrong_type"),
        (
            FINDING % (REASON % '{"tag": "money", "value": {"minor": true, "currency": "EUR"}}'),
            Finding,
            "$.value.reason.values.a.value.minor",
            "bool_not_allowed",
        ),
        (FINDING % (REASON % "null"), Finding, "$.value.reason.values.a", "wrong_type"),
        (FINDING % (REASON % '"a\\u0000b"'), Finding, "$.value.reason.values.a", "forbidden_characters"),
        (FINDING % (REASON % "1").replace('"x"', '"X"'), Finding, "$.value.reason.code", "bad_format"),
        ('{"v": 1, "type": "finding", "value": {"severity": "bad"}}', Finding, "$.value.severity", "not_one_of"),
        (
            '{"v": 1, "type": "skipped", "value": {"subject": "", "reasons": "x"}}',
            Skipped,
            "$.value.reasons",
            "wrong_type",
        ),
        (
            '{"v": 1, "type": "skipped", "value": {"subject": "", "reasons": [1]}}',
            Skipped,
            "$.value.reasons[0]",
            "wrong_type",
        ),
        (PROMOTION % "null", Promotion, "$.value.effect", "nothing_to_gain"),
        (PROMOTION % '"15 %"', Promotion, "$.value.effect", "wrong_type"),
        (PROMOTION % '{"rate": "3/20"}', Promotion, "$.value.effect.kind", "missing"),
        (
            PROMOTION % '{"kind": "money", "minor": 1, "currency": "EUR"}',
            Promotion,
            "$.value.effect.kind",
            "not_one_of",
        ),
        (PROMOTION % '{"kind": ["percent"], "rate": "3/20"}', Promotion, "$.value.effect.kind", "not_one_of"),
        (PROMOTION % '{"kind": "percent", "rate": "0/1"}', Promotion, "$.value.effect.rate", "no_discount"),
        (PROMOTION % '{"kind": "percent", "rate": "3/20", "x": 1}', Promotion, "$.value.effect.x", "unknown_key"),
        (
            PROMOTION % '{"kind": "set_price", "amounts": [{"minor": 1}]}',
            Promotion,
            "$.value.effect.amounts[0].currency",
            "missing",
        ),
        ('{"v": 1, "type": "promo_code", "value": {"text": "A", "key": "b"}}', PromoCode, "$.value.key", "unknown_key"),
        (SERIES % '"extra": ["2026-02-30T00:00:00"]', Recurrence, "$.value.extra[0]", "bad_format"),
        (SERIES % '"rule": "x"', Recurrence, "$.value.rule", "duplicate_key"),
        ((SERIES % '"extra": []').replace("DAILY", "HOURLY"), Recurrence, "$.value.rule", "bad_rule"),
    ],
)
def test_what_is_no_document_is_refused_with_the_path_to_it(
    text: str | bytes, kind: type, path: str, code: str
) -> None:
    with pytest.raises(InvalidValueError) as refused:
        loads(text, kind)
    assert (refused.value.field, refused.value.reason.code) == (path, code)


def test_up_to_the_limits_it_is_read() -> None:
    deep: object = 1
    for _ in range(32):
        deep = [deep]
    assert document.read("[" * 32 + "1" + "]" * 32) == deep
    assert document.read('{"a":' * 32 + "null" + "}" * 32) != {}
    assert document.read(f"[{-(2**63)}, {2**63 - 1}, true, null]") == [-(2**63), 2**63 - 1, True, None]
    assert document.read(b" " * (1024 * 1024 - 2) + b'""') == ""


def test_size_is_measured_before_anything_is_read() -> None:
    for text in (" " * (1024 * 1024 + 1), b"[" * (1024 * 1024 + 1), "é" * (512 * 1024 + 1)):
        with pytest.raises(InvalidValueError, match=r"\$: The document is larger than 1048576 bytes\."):
            loads(text, Money)
    with pytest.raises(InvalidValueError, match=r"\$: Expected str, bytes, got int\."):
        loads(5, Money)  # type: ignore[arg-type]


def test_only_values_of_ours_are_written_or_read() -> None:
    for value in (5, "x", None, object(), Path(), Money):
        with pytest.raises(InvalidValueError, match="is not written as JSON"):
            to_document(value)
    kinds: tuple[Any, ...] = (int, [], "money")
    for kind in kinds:
        with pytest.raises(InvalidValueError, match="kind"):
            from_document({}, kind)


@pytest.mark.parametrize("value", [1.5, 2**63, "a\nb", "x" * 2001, None, datetime(2026, 1, 1)])
def test_what_could_not_be_read_back_is_not_written(value: object) -> None:
    with pytest.raises(InvalidValueError, match=r"^value: "):
        dumps(Reason("x", "x").given(x=value))


def test_a_key_with_a_default_may_be_left_out() -> None:
    assert loads('{"v": 1, "type": "window", "value": {}}', Window) == Window()


def test_schemas_are_asked_for_by_name() -> None:
    assert schema("money")["title"] == "money"
    for name in ("cart", "", None, 5):
        with pytest.raises(InvalidValueError, match="name: It must be one of: actor, amount_off, "):
            schema(name)  # type: ignore[arg-type]


def test_a_host_can_carry_documents_as_plain_values() -> None:
    carried = to_document(Money.of("1.234", "KWD"))
    assert carried == {"v": 1, "type": "money", "value": {"minor": 1234, "currency": "KWD"}}
    assert from_document(carried, Money).currency == Currency("KWD")
    with pytest.raises(InvalidValueError, match=r"\$\.1"):
        from_document(carried | {1: 2}, Money)
