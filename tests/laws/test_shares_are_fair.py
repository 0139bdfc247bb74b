"""Equal places cost the same, and nobody bears more of an order's discount than a step above the exact share."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from pricing.carts import Cart, Deal, carts, credits_of, prices_of, quote_of

shares = st.fractions(Fraction(1, 1000), 1, max_denominator=1000)


@given(cart=carts(deals=0, dues=0), share=shares, amount=st.integers(1, 5000), by_amount=st.booleans())
def test_a_discount_on_an_order_is_shared_by_price(cart: Cart, share: Fraction, amount: int, by_amount: bool) -> None:
    """Law 9, allocation: sums exactly; capacity; quota rule, less than two steps where there are several rates."""
    value = amount * cart.quantum if by_amount else share
    deal = Deal("off", "amount" if by_amount else "percent", value, of_order=True)
    quote = quote_of(replace(cart, deals=(deal,), minimum=0))
    row = credits_of(quote).get("off", (0,) * len(cart.units))
    total = sum(row)
    assert total == sum(cart.listed) - sum(prices_of(quote))
    steps = 1 if len({cart.rates[ticket] for ticket in cart.units}) == 1 else 2
    for taken, listed in zip(row, cart.listed, strict=True):
        assert 0 <= taken <= listed
        exact = Fraction(total * listed, sum(cart.listed)) if total else Fraction(0)
        assert abs(taken - exact) < steps * cart.quantum


@given(cart=carts(deals=0, dues=0), share=shares)
def test_no_rate_of_tax_bears_a_discount_alone(cart: Cart, share: Fraction) -> None:
    """§5: over the tax rates first, each within a step of its exact share, then over the units of each."""
    quote = quote_of(replace(cart, deals=(Deal("off", "percent", share, of_order=True),), minimum=0))
    row = credits_of(quote).get("off", (0,) * len(cart.units))
    for rate in set(cart.rates):
        mine = [place for place, ticket in enumerate(cart.units) if cart.rates[ticket] == rate]
        exact = Fraction(sum(row) * sum(cart.listed[place] for place in mine), sum(cart.listed) or 1)
        assert abs(sum(row[place] for place in mine) - exact) < cart.quantum


def twins(cart: Cart, prices: list[int]) -> list[list[int]]:
    """The prices of places with the same list price and the same rate of tax."""
    found: dict[tuple[int, Fraction], list[int]] = {}
    for ticket, price in zip(cart.units, prices, strict=True):
        found.setdefault((cart.prices[ticket], cart.rates[ticket]), []).append(price)
    return list(found.values())


@given(cart=carts(picks=False, matches=False, dues=0), same=st.booleans())
def test_equal_places_with_equal_discounts_cost_the_same(cart: Cart, same: bool) -> None:
    """Law 17, uniformity: after UNIT stages, units with equal list price, rate and hits get equal prices."""
    prices = cart.prices[:1] * len(cart.prices) if same else cart.prices
    deals = tuple(replace(deal, of_order=False) for deal in cart.deals)
    cart = replace(cart, prices=prices, deals=deals, minimum=0)
    assert all(len(set(alike)) == 1 for alike in twins(cart, prices_of(quote_of(cart))))


@given(cart=carts(picks=False, matches=False, dues=0), same=st.booleans())
def test_equal_places_end_within_a_step_of_each_other(cart: Cart, same: bool) -> None:
    """Law 17: if every ORDER promotion matches all units, and up to three ORDER stages and a raise. Measured, not proved."""
    if same:
        cart = replace(cart, prices=cart.prices[:1] * len(cart.prices), rates=cart.rates[:1] * len(cart.rates))
    assert all(max(alike) - min(alike) <= cart.quantum for alike in twins(cart, prices_of(quote_of(cart))))
