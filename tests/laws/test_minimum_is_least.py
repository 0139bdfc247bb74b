"""A raise to the least online payment is the least that reaches it; nothing at all stays nothing."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from pricing.carts import Cart, Deal, Due, carts, quote_of
from pricing.reference import Calculator, priced, shared

from paidevents.pricing import Quote

MANY_RATES = tuple(Fraction(percent, 100) for percent in (7, 19, 20, 25))


def raise_of(quote: Quote) -> int:
    return sum(line.amount.minor for line in quote.lines if line.reason.code == "raised_to_minimum")


def is_least(cart: Cart, quote: Quote) -> None:
    """
    No smaller raise of the discounted prices reaches the minimum.

    Every smaller one is shared out and charged here, by the independent calculator.
    """
    calculator, minimum = Calculator(cart), -(-cart.minimum // cart.quantum) * cart.quantum
    raised = [line for line in quote.lines if line.reason.code == "raised_to_minimum"]
    if not raised:
        return
    (line,) = raised
    before = [unit.price.minor - minor for unit, minor in zip(quote.units, line.per_unit, strict=True)]
    given_ = [unit.list_price.minor - price for unit, price in zip(quote.units, before, strict=True)]
    assert 0 < calculator.tail(before).charged < minimum
    assert list(line.per_unit) == shared(line.amount.minor, given_, cart.quantum)
    assert quote.charged.minor >= minimum
    for delta in range(cart.quantum, line.amount.minor, cart.quantum):
        more = shared(delta, given_, cart.quantum)
        charged = calculator.tail([price + share for price, share in zip(before, more, strict=True)]).charged
        assert charged < minimum, f"{delta} would do"


@given(cart=carts(deals=2, dues=0, low=True, exclusive=False))
def test_a_price_with_its_tax_in_it_is_raised_to_the_minimum_itself(cart: Cart) -> None:
    """Law 25: in INCLUSIVE mode without passed-on fees the charge equals `m`."""
    quote = quote_of(replace(cart, below="raise"))
    minimum = -(-cart.minimum // cart.quantum) * cart.quantum
    if raise_of(quote):
        assert quote.charged.minor == minimum
    assert quote.is_free or quote.charged.minor >= minimum


@given(cart=carts(deals=2, low=True))
def test_no_smaller_raise_would_do(cart: Cart) -> None:
    """Law 25, raise is minimal: no smaller delta reaches `m`, whatever the taxes and the fees."""
    cart = replace(cart, below="raise")
    is_least(cart, quote_of(cart))


@given(
    prices=st.lists(st.integers(0, 40), min_size=2, max_size=6),
    discounts=st.lists(st.integers(0, 60), min_size=6, max_size=6),
    rates=st.lists(st.sampled_from(MANY_RATES), min_size=6, max_size=6),
    minimum=st.integers(1, 250),
    dues=st.sampled_from(
        (
            (),
            (Due(Fraction(1, 20), Fraction(1)),),
            (Due(Fraction(1, 20), Fraction(1), taxed_like=0),),
            (Due(Fraction(1, 4), Fraction(1), "before_discount"),),
            (Due(Fraction(29, 1000), Fraction(1), "charged", per_order=30),),
        )
    ),
)
def test_no_smaller_raise_would_do_where_a_larger_one_may_charge_less(
    prices: list[int], discounts: list[int], rates: list[Fraction], minimum: int, dues: tuple[Due, ...]
) -> None:
    """
    Law 25: with several rates on top the charge is not monotone in the raise.

    So a search that halves an interval would miss it.
    """
    listed = tuple(price + off for price, off in zip(prices, discounts, strict=False))
    if sum(listed) < 2 * minimum:
        listed = (listed[0] + 2 * minimum, *listed[1:])
    deals = tuple(Deal(f"set{at}", "set", price, tickets=(f"t{at}",)) for at, price in enumerate(prices))
    cart = Cart(listed, tuple(rates[: len(listed)]), (1,) * len(listed), deals, dues, exclusive=True, minimum=minimum)
    quote = quote_of(cart)
    assert quote.charged.minor == priced(cart).charged
    is_least(cart, quote)


@given(cart=carts(low=True))
def test_a_discount_of_everything_is_never_raised(cart: Cart) -> None:
    """§7: a 100 % code is decided before the minimum, whatever else is stacked."""
    deals = tuple(deal for deal in cart.deals if not deal.of_order)
    quote = quote_of(replace(cart, deals=(*deals, Deal("free", "percent", 1))))
    assert quote.is_free and not quote.refusals and not raise_of(quote)


@given(cart=carts(low=True, rejects=True))
def test_below_the_minimum_the_policy_decides(cart: Cart) -> None:
    """§7: raised, waived with a negative line, or refused; never silently charged."""
    quote = quote_of(cart)
    minimum = -(-cart.minimum // cart.quantum) * cart.quantum
    codes = {line.reason.code: line.amount.minor for line in quote.lines if line.phase.value == "minimum"}
    if quote.refusals:
        assert 0 < quote.charged.minor < minimum
        assert cart.below == "reject" and not codes
    elif "waived" in codes:
        assert cart.below == "free" and quote.is_free and codes["waived"] < 0
    elif codes:
        assert cart.below == "raise" and codes["raised_to_minimum"] > 0
