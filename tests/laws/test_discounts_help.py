"""
Discounts help the buyer: more of them, or larger ones, never cost more.

Each law says on what condition it holds. Below a minimum the policy is to raise
or to waive, never to refuse; and, where it says so, what is charged follows the
sum of the prices, whichever place they belong to (`follows_the_sum`). Where it
does not, see `worked/test_laws_that_cannot_hold.py`.
"""

from dataclasses import replace
from fractions import Fraction
from math import floor

from hypothesis import assume, given
from hypothesis import strategies as st
from pricing.carts import Cart, Deal, carts, charge_of, credits_of, follows_the_sum, prices_of, quote_of
from pricing.reference import Calculator

steps = st.integers(1, 60)
one_of = st.integers(0, 255)


def combines(cart: Cart) -> bool:
    calculator = Calculator(cart)
    return calculator.feasible(calculator.applicable)


def plain(cart: Cart) -> Cart:
    """*cart* with absorbed fees and one rate of tax, if it does not follow the sum of its prices by itself."""
    if follows_the_sum(cart):
        return cart
    dues = tuple(replace(due, share=Fraction(0)) for due in cart.dues)
    return replace(cart, dues=dues, rates=cart.rates[:1] * len(cart.rates))


def with_all_combining(cart: Cart) -> Cart:
    """*cart* with one deal of the order, if several take from overlapping places."""
    if combines(cart):
        return cart
    of_order = [deal for deal in cart.deals if deal.of_order][:1]
    return replace(cart, deals=tuple(deal for deal in cart.deals if not deal.of_order or deal in of_order))


@given(
    cart=carts(dues=0),
    shares=st.tuples(*[st.fractions(Fraction(1, 1000), 1, max_denominator=1000)] * 2),
    of_order=st.booleans(),
)
def test_two_percentages_are_one(cart: Cart, shares: tuple[Fraction, Fraction], of_order: bool) -> None:
    """Law 5, composition: `p` and `q` in one COMPOUND stage equal the single percentage `p + q - pq`, to the cent."""
    p, q = shares
    two = tuple(Deal(id, "percent", share, of_order) for id, share in (("p", p), ("q", q)))
    one = (Deal("pq", "percent", p + q - p * q, of_order),)
    others = tuple(deal for deal in cart.deals if deal.kind != "percent" and not deal.of_order)
    quotes = [quote_of(replace(cart, deals=(*others, *deals), adds_percents=False)) for deals in (two, one)]
    assert prices_of(quotes[0]) == prices_of(quotes[1])
    assert quotes[0].totals == quotes[1].totals


@given(cart=carts(), which=one_of)
def test_one_more_promotion_never_costs_more(cart: Cart, which: int) -> None:
    """
    Law 6: more promotions never cost more.

    Given that all combine, that nothing is refused below the minimum, and that the charge follows the sum of the prices.
    """
    cart = plain(with_all_combining(cart))
    assume(cart.deals)
    left_out = cart.deals[which % len(cart.deals)]
    without = replace(cart, deals=tuple(deal for deal in cart.deals if deal is not left_out))
    assert charge_of(cart) <= charge_of(without)


@given(cart=carts(groups=True, best=True), which=one_of)
def test_one_more_code_never_costs_more_where_the_best_are_taken(cart: Cart, which: int) -> None:
    """Law 6, BEST: on no condition but that nothing is refused, for what was feasible stays so."""
    assume(cart.deals)
    left_out = cart.deals[which % len(cart.deals)]
    without = replace(cart, deals=tuple(deal for deal in cart.deals if deal is not left_out))
    assert charge_of(cart) <= charge_of(without)


@given(cart=carts(picks=False), which=one_of, more=steps)
def test_a_dearer_ticket_never_lowers_the_total(cart: Cart, which: int, more: int) -> None:
    """
    Law 7. Given, besides the conditions of law 6, that no promotion picks some of its places.

    Nor asks for a least worth of them, of course.
    """
    cart = plain(with_all_combining(cart))
    dearer = list(cart.prices)
    dearer[which % len(dearer)] += more * cart.quantum
    assert charge_of(cart) <= charge_of(replace(cart, prices=tuple(dearer)))


def half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


@given(
    prices=st.lists(st.integers(0, 20_000), min_size=1, max_size=4).map(tuple),
    share=st.fractions(Fraction(1, 1000), 1, max_denominator=1000),
    amount=st.integers(1, 20_000),
    of_order=st.booleans(),
)
def test_percent_before_amount_is_never_dearer_than_the_other_way_round(
    prices: tuple[int, ...], share: Fraction, amount: int, of_order: bool
) -> None:
    """Law 8: `(b(1-p)) - a <= (b-a)(1-p)`, rounded as prices are. The other way round is reckoned here."""
    deals = (Deal("p", "percent", share, of_order), Deal("a", "amount", amount, of_order))
    cart = Cart(prices, (Fraction(0),) * len(prices), (1,) * len(prices), deals)
    other_way = 0
    for base in [sum(prices)] if of_order else prices:
        left = base - min(base, amount)
        off = half_up(left * share)
        other_way += left - (min(off, max(left - 1, 0)) if share < 1 else left)
    assert charge_of(cart) <= other_way


@given(cart=carts(), makes_free=st.sampled_from(("percent", "set")), of_order=st.booleans())
def test_what_makes_every_place_free_makes_the_order_free(cart: Cart, makes_free: str, of_order: bool) -> None:
    """Law 14, absorption: 100 % or a set price of 0 on every unit makes the charge 0, whatever is added."""
    free = Deal("free", makes_free, 1 if makes_free == "percent" else 0, of_order)
    others = with_all_combining(cart).deals
    if of_order:
        others = tuple(deal for deal in others if not deal.of_order)
    quote = quote_of(replace(cart, deals=(*others, free)))
    assert quote.is_free and not quote.taxes
    assert all(fee.amount.minor == 0 for fee in quote.fees)


@given(cart=carts(deals=3, dues=0, exclusive=False), which=one_of, more=steps)
def test_a_set_price_above_the_price_changes_nothing(cart: Cart, which: int, more: int) -> None:
    """Law 15, never raise: a set price at or above every price has no effect and says so."""
    price = max(cart.prices) + (more - 1) * cart.quantum
    high = Deal("high", "set", price or cart.quantum)
    quote, before = quote_of(replace(cart, deals=(*cart.deals, high))), quote_of(cart)
    assert prices_of(quote) == prices_of(before)
    assert "high" not in credits_of(quote)
    reasons = {each.promotion: [reason.code for reason in each.reasons] for each in quote.skipped}
    assert reasons["high"] in (["no_effect"], ["superseded"])


@given(cart=carts(low=True))
def test_the_minimum_lifts_no_place_above_its_list_price(cart: Cart) -> None:
    """Law 15: and takes back no more than was given."""
    quote = quote_of(replace(cart, below="raise"))
    for line in quote.lines:
        if line.reason.code == "raised_to_minimum":
            for minor, unit in zip(line.per_unit, quote.units, strict=True):
                assert minor >= 0 and unit.price <= unit.list_price


@given(cart=carts())
def test_a_place_that_nothing_matches_keeps_its_price(cart: Cart) -> None:
    """Law 16, locality: a unit matched by no promotion keeps its list price (given no waiver)."""
    quote = quote_of(cart)
    if any(line.reason.code == "waived" for line in quote.lines):
        return
    for unit in quote.units:
        if all(deal.tickets and unit.ticket not in deal.tickets for deal in cart.deals):
            assert unit.price == unit.list_price


def stronger(deal: Deal, by: int, quantum: int) -> Deal:
    """A larger percentage or amount, or a lower price."""
    if deal.kind == "percent":
        return replace(deal, value=min(Fraction(1), deal.share + Fraction(by, 300)))
    change = by * quantum
    return replace(deal, value=deal.minor + change if deal.kind == "amount" else max(deal.minor - change, 0))


@given(cart=carts(matches=False), which=one_of, by=steps)
def test_a_stronger_promotion_never_costs_more(cart: Cart, which: int, by: int) -> None:
    """
    Law 26: raising `p` or an amount, or lowering a set price, never raises the total.

    Given that every promotion matches all places, and the conditions of law 6.
    """
    cart = plain(with_all_combining(cart))
    assume(cart.deals)
    which %= len(cart.deals)
    deals = tuple(stronger(deal, by, cart.quantum) if at == which else deal for at, deal in enumerate(cart.deals))
    assert charge_of(replace(cart, deals=deals)) <= charge_of(cart)
