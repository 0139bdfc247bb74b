"""In which order codes are typed, promotions declared or named: no input of a price."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from pricing.carts import AT, Cart, Deal, basket_of, carts, event_of, prices_of, quote_of
from pricing.reference import Calculator

from paidevents.pricing import Item, Plan, Quote

NOISE = ("", " ", "\0", "nope", "NOPE", "n-o", "ѕave", "x" * 300, "%")


def combines(cart: Cart) -> bool:
    """Whether all of its deals may be taken together."""
    calculator = Calculator(cart)
    return calculator.feasible(calculator.applicable)


@given(cart=carts(groups=True, rejects=True), data=st.data())
def test_codes_in_any_order(cart: Cart, data: st.DataObject) -> None:
    """Law 3, entry order: any permutation of the codes gives the identical result, trace and reasons included."""
    typed = [*cart.codes, *data.draw(st.lists(st.sampled_from(NOISE), max_size=3))]
    turned = data.draw(st.permutations(typed))
    plan = Plan(event_of(cart), remember=0)
    assert plan.quote(basket_of(cart), typed, at=AT) == plan.quote(basket_of(cart), turned, at=AT)


@given(cart=carts(groups=True), best=st.booleans(), data=st.data())
def test_promotions_declared_in_any_order(cart: Cart, best: bool, data: st.DataObject) -> None:
    """Law 3: nor is the order in which the organizer wrote them down."""
    cart = replace(cart, best=best)
    turned = replace(cart, deals=tuple(data.draw(st.permutations(cart.deals))))
    assert quote_of(cart) == quote_of(turned)


@given(cart=carts(groups=True), data=st.data())
def test_the_same_code_twice_is_the_code_once(cart: Cart, data: st.DataObject) -> None:
    """Law 4, set semantics: typed again, and in other letters."""
    again = data.draw(st.lists(st.sampled_from(cart.codes), max_size=3)) if cart.codes else []
    typed = [*cart.codes, *again, *(code.upper() for code in again), *(f" {code}\t" for code in again)]
    assert quote_of(cart, typed) == quote_of(cart)


@given(cart=carts(matches=False, picks=False), data=st.data())
def test_places_in_any_order_come_to_the_same(cart: Cart, data: st.DataObject) -> None:
    """
    §2: the basket's order only says who gets the odd cent, where every place is matched by all.

    With one rate of tax: with several, the odd cent of a discount may fall under another rate.
    What is paid is the same, not each price: an odd cent that went to another place weighs in the next stage.
    """
    cart = replace(cart, rates=cart.rates[:1] * len(cart.rates), dues=())
    plan = Plan(event_of(cart))
    turned: Sequence[Item] = data.draw(st.permutations(basket_of(cart)))
    one, other = (plan.quote(basket, cart.codes, at=AT) for basket in (basket_of(cart), turned))
    assert one.charged == other.charged
    assert one.totals.tax == other.totals.tax


def renamed(cart: Cart, data: st.DataObject) -> Cart:
    """*cart* with other ids and priorities."""
    names = data.draw(st.permutations([f"n{place}" for place in range(len(cart.deals))]))

    def other(deal: Deal, name: str) -> Deal:
        return replace(deal, id=name, priority=data.draw(st.integers(-2, 2)))

    return replace(cart, deals=tuple(other(deal, name) for deal, name in zip(cart.deals, names, strict=True)))


@given(cart=carts(), data=st.data())
def test_names_and_priorities_change_who_is_credited_and_no_price(cart: Cart, data: st.DataObject) -> None:
    """
    Law 18, renaming and priority: they never change unit prices or totals.

    Where all combine: of two sets that cost the same, the ids decide which is taken.
    """
    if not combines(cart):
        cart = replace(cart, deals=tuple(deal for deal in cart.deals if not deal.of_order))
    one, other = quote_of(cart), quote_of(renamed(cart, data))
    assert prices_of(one) == prices_of(other)
    assert (one.charged, one.charges, one.totals) == (other.charged, other.charges, other.totals)


@given(cart=carts(deals=5, groups=True), best=st.booleans(), data=st.data())
def test_names_and_priorities_change_no_total_of_those_that_do_not_combine(
    cart: Cart, best: bool, data: st.DataObject
) -> None:
    """Law 18: and the total never, even where only some are taken."""
    cart = replace(cart, best=best)
    assert quote_of(cart).charged == quote_of(renamed(cart, data)).charged


def says_the_same(one: Quote, other: Quote) -> bool:
    return one == other and hash(one) == hash(other) and one.lines == other.lines


@given(cart=carts(groups=True))
def test_asked_again_a_plan_answers_the_same(cart: Cart) -> None:
    """A plan never changes what it answers, whether it remembers or not."""
    plan, forgetful = Plan(event_of(cart)), Plan(event_of(cart), remember=0)
    quotes = [each.quote(basket_of(cart), cart.codes, at=AT) for each in (plan, plan, forgetful)]
    assert says_the_same(quotes[0], quotes[1]) and says_the_same(quotes[0], quotes[2])
