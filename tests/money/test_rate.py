"""Rates: exact shares between nothing and the whole."""

from fractions import Fraction

import pytest
from hypothesis import given

from paidevents import Rate
from paidevents.errors import InvalidValueError


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("8.875 %", Fraction(71, 800)),
        ("15%", Fraction(3, 20)),
        ("100 %", Fraction(1)),
        ("0 %", Fraction(0)),
        ("0.15", Fraction(3, 20)),
        ("1.0", Fraction(1)),
        ("1/3", Fraction(1, 3)),
        ("2/6", Fraction(1, 3)),
        ("71/800", Fraction(71, 800)),
        ("1/1000000000000", Fraction(1, 10**12)),
    ],
)
def test_a_rate_is_read_exactly(text: str, fraction: Fraction) -> None:
    assert Rate.of(text).fraction == fraction


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("15", "bad_format"),  # 15 %, or fifteen times?
        ("1", "bad_format"),
        ("0,15", "bad_format"),
        ("-5 %", "bad_format"),
        ("5  %", "bad_format"),
        ("5 %\n", "bad_format"),
        ("٥ %", "bad_format"),
        ("NaN", "bad_format"),
        ("", "bad_format"),
        ("150 %", "rate_above_one"),
        ("1.5", "rate_above_one"),
        ("4/3", "rate_above_one"),
        ("1/0", "out_of_range"),
        ("1/9999999999999", "rate_too_fine"),
        ("0.000000000001 %", "rate_too_fine"),
        ("1/1000000000001", "rate_too_fine"),
        ("1" * 33, "too_long"),
        (0.15, "wrong_type"),
        (None, "wrong_type"),
    ],
)
def test_what_is_no_rate_is_refused_with_the_reason(text: object, code: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Rate.of(text)  # type: ignore[arg-type]
    assert refused.value.reason.code == code


@pytest.mark.parametrize(("numerator", "denominator"), [(0.5, 1), (True, 2), (-1, 2), (1, -2), (1, 0), (2, 1)])
def test_its_parts_are_whole_and_make_a_share(numerator: int, denominator: int) -> None:
    with pytest.raises(InvalidValueError):
        Rate(numerator, denominator)


def test_it_prints_as_a_percentage_or_where_that_never_ends_as_a_fraction() -> None:
    assert str(Rate(71, 800)) == "8.875 %"
    assert str(Rate(1, 1)) == "100 %"
    assert str(Rate(1, 200)) == "0.5 %"
    assert str(Rate(1, 10**12)) == "0.0000000001 %"
    assert str(Rate(1, 3)) == "1/3"
    assert repr(Rate(2, 6)) == "Rate(1, 3)"


def test_rates_are_ordered_by_size() -> None:
    assert Rate(1, 3) < Rate(1, 2) < Rate(2, 3)
    assert max(Rate.of("5 %"), Rate.of("15 %")) == Rate.of("15 %")


@given(rate=...)
def test_its_text_and_its_repr_read_back(rate: Rate) -> None:
    assert eval(repr(rate)) == rate
    assert Rate.of(str(rate)) == rate
    assert Rate(*rate.ratio) == rate
