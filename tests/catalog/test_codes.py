"""Codes and their keys, where no law says it all."""

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from paidevents import InvalidValueError, Window
from paidevents.catalog import PromoCode, code_key

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "pricing.json").read_bytes())["codes"]


def refused(raw: Any) -> str:
    with pytest.raises(InvalidValueError) as error:
        code_key(raw)
    assert error.value.field == "code"
    return error.value.reason.code


def test_there_are_seventeen_golden_vectors() -> None:
    assert len(VECTORS) == 17


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: ascii(vector["raw"]))
def test_a_key_is_the_golden_one(vector: dict[str, str | None]) -> None:
    raw, key = vector["raw"], vector["key"]
    if key is None:
        assert refused(raw) == "code_empty"
    else:
        assert code_key(raw or "") == key


@pytest.mark.parametrize("raw", ["", " ", "\t\r\n", "\u200b", "\u00ad\u2060", "\ufe0f", "\u3164", "\u2028"])
def test_nothing_that_can_be_seen_is_no_code(raw: str) -> None:
    assert refused(raw) == "code_empty"


@pytest.mark.parametrize(
    "raw", ["SA\x00VE", "SAVE\x1b", "\ud800", "SA\u0085VE\x7f", "10%", "a+b", "\U0001f39f", "\u2800", "½", "a" * 65]
)
def test_other_characters_are_malformed(raw: str) -> None:
    """A Braille blank is a symbol; one half comes apart into digits and a fraction slash."""
    assert refused(raw) == "code_malformed"


@pytest.mark.parametrize("raw", [None, 7, b"SAVE10", ["SAVE10"], True])
def test_only_text_is_a_code(raw: object) -> None:
    assert refused(raw) == "wrong_type"


def test_length_is_counted_before_and_after_folding() -> None:
    assert code_key("A" * 64) == "a" * 64
    assert code_key(" " * 192 + "A" * 64) == "a" * 64
    assert refused(" " * 193 + "A" * 64) == "code_malformed"
    assert code_key("ﬁ" * 32) == "fi" * 32
    assert refused("ﬁ" * 33) == "code_malformed"


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\ufe58", "\uff0d"])
def test_every_dash_is_one(dash: str) -> None:
    assert code_key(f"save{dash}10") == "save-10"


@pytest.mark.parametrize("unseen", ["\u034f", "\u115f", "\u17b4", "\u180b", "\u180f", "\u3164", "\uffa0", "\U000e0100"])
def test_letters_and_marks_that_nobody_sees_are_left_out(unseen: str) -> None:
    """Else two codes that look the same would be two; whoever declares one of them is told."""
    assert code_key(f"SA{unseen}VE") == "save"
    with pytest.raises(InvalidValueError, match="text: The code has characters that cannot be seen"):
        PromoCode(f"SA{unseen}VE")


@pytest.mark.parametrize(("one", "other"), [("SAVE", "S\u0410VE"), ("10", "IO"), ("SAVE-10", "SAVE_10"), ("é", "e")])
def test_what_only_looks_alike_is_another_code(one: str, other: str) -> None:
    """A Cyrillic A, letters for digits, an underscore for a dash, a letter without its accent."""
    assert code_key(one) != code_key(other)


@pytest.mark.parametrize("alike", ["İstanbul", "ISTANBUL", "istanbul", "ıstanbul", "I\u0307STANBUL"])
def test_no_i_of_turkish_makes_another_code(alike: str) -> None:
    assert code_key(alike) == "istanbul"


def test_folding_ends_after_six_rounds() -> None:
    """Each takes one dot off the i, and one round is needed to see that nothing is left to do."""
    assert code_key("i" + 5 * "\u0307") == "i"
    assert refused("i" + 6 * "\u0307") == "code_malformed"


def test_a_declared_code_keeps_its_text_and_knows_its_key() -> None:
    code = PromoCode("Été-2026")
    assert (code.text, code.key, code.enabled, code.uses, code.window) == ("Été-2026", "été-2026", True, None, Window())
    assert pickle.loads(pickle.dumps(code)) == code
    assert code != PromoCode("ÉTÉ-2026")
    assert hash(code) == hash(PromoCode("Été-2026"))


def test_a_key_that_is_the_text_is_not_kept_twice() -> None:
    code = PromoCode("save10")
    assert code.key is code.text


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"text": "SA\u200bVE"}, "text", "not_printable"),
        ({"text": "SA\u00adVE"}, "text", "not_printable"),
        ({"text": "SA\x00VE"}, "text", "forbidden_characters"),
        ({"text": "E\u0301TE"}, "text", "not_nfc"),
        ({"text": ""}, "text", "empty"),
        ({"text": "  "}, "text", "code_empty"),
        ({"text": "10 %"}, "text", "code_malformed"),
        ({"text": "A" * 201}, "text", "too_long"),
        ({"text": "A" * 65}, "text", "code_malformed"),
        ({"enabled": 1}, "enabled", "wrong_type"),
        ({"window": None}, "window", "wrong_type"),
        ({"uses": -1}, "uses", "out_of_range"),
        ({"uses": True}, "uses", "bool_not_allowed"),
    ],
)
def test_a_code_that_cannot_be_is_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        PromoCode(**{"text": "SAVE10", **changed})
    assert (error.value.field, error.value.reason.code) == (field, reason)


def test_a_code_may_have_no_uses_and_a_window_of_its_own() -> None:
    window = Window(None, datetime(2026, 3, 1, tzinfo=UTC))
    code = PromoCode("SAVE10", window=window, uses=0)
    assert (code.window, code.uses) == (window, 0)
