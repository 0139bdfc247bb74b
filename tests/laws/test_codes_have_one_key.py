"""Codes: each text has one key, which is a code itself, and spellings of one code share it."""

import unicodedata

from hypothesis import assume, example, given
from hypothesis import strategies as st

from paidevents import InvalidValueError
from paidevents.catalog import PromoCode, code_key

# What folding trips over: ligatures, letters that grow when folded, marks in both orders, invisible ones, dashes, spaces.
NASTY = "ﬁﬃŉǰΐßẞſKÅϐϑςΣİıIi\u0307\u0301\u0327\u0345\u1fb3ᾳΆ\u0390ﬅﬆﷺ\u200b\u200d\u00ad\u2060\ufe0f\u034f\u3164\u1160\uffa0\u180e\u180f\U000e0100\u202e\u2066\ufeff\u2010\u2013\u2212﹘－ \t\n\u0085\u00a0\u2028\u3000ⅣⒶＡ１①²ªº゙ﾞ각\uac01\u1100\u1161\u11a8_-.०"
CHARACTERS = (
    st.sampled_from(NASTY)
    | st.characters(categories=("L", "M", "Nd", "Cf", "Pd", "Zs"))
    | st.sampled_from("SAVE10saveXyZ-_.")
)
TYPED = st.text(CHARACTERS, max_size=40)


def key_of(raw: str) -> str | None:
    try:
        return code_key(raw)
    except InvalidValueError as error:
        assert error.reason.code in {"code_empty", "code_malformed"}
        return None


@given(raw=TYPED)
@example(raw="I\u0307")
@example(raw="\u0130\u0307")
@example(raw="\u0345\u03b1")
@example(raw="S\u1e9e")
def test_the_key_of_a_key_is_itself(raw: str) -> None:
    key = key_of(raw)
    assert key is None or code_key(key) == key


@given(raw=TYPED)
def test_a_key_is_short_composed_and_has_neither_space_nor_capital_of_ascii(raw: str) -> None:
    key = key_of(raw)
    if key is None:
        return
    assert 1 <= len(key) <= 64
    assert unicodedata.is_normalized("NFKC", key)
    assert not any(char.isspace() or "A" <= char <= "Z" or unicodedata.category(char) == "Cf" for char in key)


@given(
    raw=TYPED, where=st.integers(0, 40), unseen=st.sampled_from(" \t\n\u00a0\u3000\u200b\u200d\u00ad\u2060\ufeff\u202e")
)
def test_space_and_what_is_not_seen_change_nothing(raw: str, where: int, unseen: str) -> None:
    """Not between a letter and its mark, though: there a space keeps the two from being composed."""
    before, after = raw[:where], raw[where:]
    assume(not after or not unicodedata.combining(after[0]))
    assume(
        unicodedata.normalize("NFKC", before) + unicodedata.normalize("NFKC", after)
        == unicodedata.normalize("NFKC", raw)
    )
    assert key_of(f"{before}{unseen}{after}") == key_of(raw)


@given(raw=st.text("SAVEsave019-_.", min_size=1, max_size=64))
def test_case_and_width_change_nothing(raw: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in raw)
    assert code_key(raw) == code_key(raw.upper()) == code_key(raw.lower()) == code_key(wide) == raw.lower()


@given(raw=TYPED)
def test_a_declared_code_is_found_by_its_text_and_by_its_key(raw: str) -> None:
    try:
        code = PromoCode(raw)
    except InvalidValueError:
        return
    assert code.key == code_key(raw) == code_key(code.key) == PromoCode(code.key).key
