"""Named roundings, each against the decimal module's."""

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paidevents import Rounding
from paidevents.errors import InvalidValueError

PEERS = {
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_DOWN: decimal.ROUND_HALF_DOWN,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.UP: decimal.ROUND_UP,
    Rounding.DOWN: decimal.ROUND_DOWN,
    Rounding.CEILING: decimal.ROUND_CEILING,
    Rounding.FLOOR: decimal.ROUND_FLOOR,
}
roundings = pytest.mark.parametrize("rounding", Rounding)


def test_every_rounding_has_a_peer() -> None:
    assert set(PEERS) == set(Rounding)


@roundings
@pytest.mark.parametrize("tenths", [-25, -20, -16, -15, -14, -5, -1, 0, 1, 4, 5, 6, 14, 15, 16, 20, 25])
def test_ties_and_their_neighbours_go_where_decimal_sends_them(rounding: Rounding, tenths: int) -> None:
    expected = int((Decimal(tenths) / 10).quantize(Decimal(1), rounding=PEERS[rounding]))
    assert rounding(tenths, 10) == expected


@roundings
@given(numerator=st.integers(-(10**20), 10**20), exponent=st.integers(0, 10))
def test_decimals_round_as_decimal_rounds_them(rounding: Rounding, numerator: int, exponent: int) -> None:
    expected = int(Decimal(numerator).scaleb(-exponent).quantize(Decimal(1), rounding=PEERS[rounding]))
    assert rounding(numerator, 10**exponent) == expected


@roundings
@given(numerator=st.integers(-(10**12), 10**12), denominator=st.integers(1, 10**6))
def test_a_rounding_is_off_by_less_than_one_and_a_half_one_by_a_half(
    rounding: Rounding, numerator: int, denominator: int
) -> None:
    off = abs(rounding(numerator, denominator) - Fraction(numerator, denominator))
    assert off < 1
    if "half" in rounding.value:
        assert off <= Fraction(1, 2)


@pytest.mark.parametrize("arguments", [(1, 0), (1, -1), (1.0, 2), (True, 2), (1, 2.0), (2**256, 1)])
def test_only_whole_numbers_over_a_positive_one_are_rounded(arguments: tuple[int, int]) -> None:
    with pytest.raises(InvalidValueError):
        Rounding.HALF_UP(*arguments)
