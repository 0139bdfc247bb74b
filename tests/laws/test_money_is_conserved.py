"""What is shared out is what there was, to the last unit, and nobody gets a step too many."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paidevents import Money, Rate, Rounding
from paidevents.money import EUR
from paidevents.testing.strategies import moneys, weights

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "pricing.json").read_bytes())
steps = st.sampled_from((1, 5, 10, 100))


@pytest.mark.parametrize("vector", VECTORS["allocation"])
def test_the_golden_vectors(vector: dict[str, list[int]]) -> None:
    shares = Money(vector["total"], EUR).split(vector["weights"], vector["quantum"])  # type: ignore[arg-type]
    assert [share.minor for share in shares] == vector["expect"]


@given(data=st.data(), shared=weights(), step=steps)
def test_units_in_equal_units_out(data: st.DataObject, shared: list[int], step: int) -> None:
    amount = data.draw(moneys(step=step))
    shares = amount.split(shared, step)
    assert len(shares) == len(shared)
    assert sum(shares, Money.zero(amount.currency)) == amount
    assert all(share.minor % step == 0 for share in shares)


@given(data=st.data(), shared=weights(), step=steps)
def test_every_share_is_within_a_step_of_its_exact_part(data: st.DataObject, shared: list[int], step: int) -> None:
    amount = data.draw(moneys(EUR, step=step))
    for share, weight in zip(amount.split(shared, step), shared, strict=True):
        assert abs(share.minor - Fraction(amount.minor * weight, sum(shared))) < step
        assert share.minor == 0 or weight > 0


@given(amount=moneys(EUR, low=0), shared=weights())
def test_a_larger_weight_never_gets_less_nor_an_earlier_place_of_the_same(amount: Money, shared: list[int]) -> None:
    shares = [share.minor for share in amount.split(shared)]
    order = sorted(range(len(shared)), key=lambda place: (-shared[place], place))
    assert [shares[place] for place in order] == sorted(shares, reverse=True)


@given(prices=st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any), data=st.data())
def test_a_discount_shared_by_price_takes_no_price_below_zero(prices: list[int], data: st.DataObject) -> None:
    """The capacity lemma: with the prices as weights, no share exceeds its price."""
    discount = data.draw(st.integers(0, sum(prices)))
    shares = Money(discount, EUR).split(prices)
    assert all(0 <= share.minor <= price for share, price in zip(shares, prices, strict=True))


@given(amount=moneys(EUR), shared=weights())
def test_what_is_owed_is_shared_like_what_is_had(amount: Money, shared: list[int]) -> None:
    if amount.minor == -(2**63):
        return
    assert [-share for share in (-amount).split(shared)] == list(amount.split(shared))


def test_monotone_in_the_amount_it_is_not() -> None:
    """The Alabama paradox, which no rule within a step of the exact share escapes: one unit more, one share less."""
    assert [share.minor for share in Money(3, EUR).split([1, 3, 3])] == [1, 1, 1]
    assert [share.minor for share in Money(4, EUR).split([1, 3, 3])] == [0, 2, 2]


@given(amount=moneys(EUR), rate=..., rounding=st.sampled_from(Rounding))
def test_a_share_is_off_by_less_than_a_unit_and_never_more_than_the_whole(
    amount: Money, rate: Rate, rounding: Rounding
) -> None:
    share = amount.times(rate, rounding)
    assert abs(share.minor - amount.minor * rate.fraction) < 1
    assert abs(share) <= abs(amount) if amount.minor > -(2**63) else True


@given(one=moneys(EUR, low=-(2**60), high=2**60), other=moneys(EUR, low=-(2**60), high=2**60))
def test_sums_forget_nothing(one: Money, other: Money) -> None:
    assert one + other == other + one
    assert (one + other) - other == one
    assert one - one == Money.zero(EUR)
    assert (one < other) == (one.minor < other.minor)
