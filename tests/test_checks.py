"""The checks that value types share, where no value type of these floors shows them."""

from datetime import timedelta

import pytest

from paidevents import checks
from paidevents.errors import InvalidValueError
from paidevents.money import provider_limits


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "empty"),
        ("x" * 201, "too_long"),
        ("a\nb", "forbidden_characters"),
        ("a\x00b", "forbidden_characters"),
        ("a\x85b", "forbidden_characters"),
        ("a\u2028b", "forbidden_characters"),
        ("\ud800", "forbidden_characters"),
        ("e\u0301", "not_nfc"),
        (b"x", "wrong_type"),
    ],
)
def test_text_is_one_line_of_composed_characters(value: object, code: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        checks.text(value, "name")
    assert (refused.value.field, refused.value.reason.code) == ("name", code)


@pytest.mark.parametrize("value", ["Zoë", "x" * 200, "\u200bhidden", "👩‍🚀", "עברית"])
def test_text_may_be_of_any_script(value: str) -> None:
    assert checks.text(value, "name") == value


def test_prose_has_lines_and_may_be_empty_unless_it_is_needed() -> None:
    check = checks.prose(10)
    assert [check(value, "text") for value in ("", "One.\n\nTwo", "\n")] == ["", "One.\n\nTwo", "\n"]
    with pytest.raises(InvalidValueError, match="text: It is empty"):
        checks.prose(10, needed=True)("", "text")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("x" * 11, "too_long"),
        ("a\r\nb", "forbidden_characters"),
        ("a\tb", "forbidden_characters"),
        ("a\x00b", "forbidden_characters"),
        ("a\u2028b", "forbidden_characters"),
        ("\ud800", "forbidden_characters"),
        ("e\u0301", "not_nfc"),
        (b"x", "wrong_type"),
        (None, "wrong_type"),
    ],
)
def test_prose_is_of_composed_characters_in_lines_that_end_one_way(value: object, code: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        checks.prose(10)(value, "text")
    assert (refused.value.field, refused.value.reason.code) == ("text", code)


@pytest.mark.parametrize("value", [timedelta(-1), timedelta(microseconds=1), timedelta(days=40_000)])
def test_a_length_of_time_is_whole_seconds_of_up_to_a_century(value: timedelta) -> None:
    with pytest.raises(InvalidValueError, match="whole number of seconds"):
        checks.duration(value, "refund_window")
    assert checks.duration(provider_limits("paypal").refund_window, "refund_window") == timedelta(days=180)
