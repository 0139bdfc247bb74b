"""Refunds give back what was paid and no more: in any order, any parts, with or without the fees."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pricing.carts import AT, Cart, basket_of, carts, credits_of, event_of, prices_of, quote_of
from pricing.reference import Calculator, nearest

from paidevents import Money, Rate
from paidevents.errors import RefundRefusedError
from paidevents.money import EUR
from paidevents.pricing import Plan, Quote, RefundDue, clawback_due, refund_due, taxed_parts

BITS = st.lists(st.integers(0, 3), min_size=20, max_size=20)
paid_orders = carts(deals=3, rejects=False)


def in_parts(quote: Quote, when: list[int], fees: bool | None = None) -> list[RefundDue]:
    """All places, given back in up to four refunds."""
    made: list[RefundDue] = []
    for turn in range(4):
        units = [unit for unit in range(len(quote.units)) if when[unit % len(when)] == turn]
        if units:
            made.append(refund_due(quote, units, fees=fees, before=made))
    return made


def total(made: list[RefundDue], name: str) -> int:
    return sum(getattr(each, name).minor for each in made)


@given(cart=paid_orders, when=BITS)
def test_whatever_the_order_all_that_was_paid_comes_back(cart: Cart, when: list[int]) -> None:
    """Law 10, refund: parts sum to gross and tax, all `>= 0`. Fees included: the organizer's fault."""
    quote = quote_of(cart)
    made = in_parts(quote, when, fees=True)
    assert total(made, "amount") == quote.charged.minor
    assert total(made, "tax") == quote.totals.tax.minor
    assert total(made, "fee") == quote.totals.fees_passed_on.minor


@given(cart=paid_orders, when=BITS)
def test_fees_that_are_not_refundable_stay(cart: Cart, when: list[int]) -> None:
    """Law 10: all that was charged but the passed-on fees that are not given back; without fees, none of them."""
    quote = quote_of(cart)
    passed_on = [fee.passed_on.minor for fee in quote.fees]
    kept = sum(minor for minor, fee in zip(passed_on, quote.fees, strict=True) if not fee.refundable)
    assert total(in_parts(quote, when), "amount") == quote.charged.minor - kept
    assert total(in_parts(quote, when), "fee") == sum(passed_on) - kept
    assert total(in_parts(quote, when, fees=False), "amount") == quote.charged.minor - sum(passed_on)
    assert total(in_parts(quote, when, fees=False), "fee") == 0


@given(cart=paid_orders, when=BITS, fees=st.sampled_from((None, True, False)))
def test_every_part_of_a_refund_is_within_bounds(cart: Cart, when: list[int], fees: bool | None) -> None:
    """Law 10: no part below zero, no tax or fee above its refund, every amount one that can be charged."""
    quote = quote_of(cart)
    for made in in_parts(quote, when, fees):
        assert 0 <= made.tax.minor <= made.amount.minor
        assert 0 <= made.order_fee.minor <= made.fee.minor <= made.amount.minor
        assert made.amount.minor % cart.quantum == made.fee.minor % cart.quantum == 0
        assert made.amount.minor == made.order_fee.minor + sum(each.amount.minor for each in made.units)
        for each in made.units:
            assert 0 <= each.tax.minor <= each.amount.minor <= quote.charges[each.unit]
            assert 0 <= each.fee.minor <= each.amount.minor
            assert each.amount.minor % cart.quantum == 0


@given(cart=paid_orders, when=BITS)
def test_what_was_due_once_for_the_order_comes_back_with_the_last_place(cart: Cart, when: list[int]) -> None:
    """ "Where pricing meets the rest", 8: an order-fixed fee only with the last unit, of the fees that are refundable."""
    quote = quote_of(cart)
    fixed = sum(
        min(nearest(due.per_order * due.share, cart.quantum), fee.passed_on.minor)
        for due, fee in zip(cart.dues, quote.fees, strict=True)
        if fee.refundable
    )
    *before, last = in_parts(quote, when)
    assert all(made.order_fee.minor == 0 for made in before)
    assert last.order_fee.minor == fixed


@given(cart=paid_orders, unit=st.integers(0, 99), share=st.integers(1, 99))
def test_a_share_of_a_place_is_rounded_once(cart: Cart, unit: int, share: int) -> None:
    """ "Where pricing meets the rest", 8: share `k` of a unit refunds `R(gross × k)`, where no fee is due for the order."""
    cart = replace(cart, dues=tuple(replace(due, per_order=0, kept=False) for due in cart.dues))
    quote = quote_of(cart)
    unit %= len(quote.units)
    rate = Rate(share, 100)
    made = refund_due(quote, [unit], share=rate)
    assert made.amount.minor == nearest(quote.charges[unit] * rate.fraction, cart.quantum)
    left = quote.charges[unit] - made.amount.minor
    again = refund_due(quote, [unit], share=rate, before=[made]) if made.amount.minor <= left else None
    if again is None:
        with pytest.raises(RefundRefusedError):
            refund_due(quote, [unit], share=rate, before=[made])
    else:
        assert again.amount == made.amount
        gross, tax = quote.charges[unit], quote.units[unit].tax.minor
        assert made.tax.minor + again.tax.minor == taxed_parts(gross, tax, 0, 2 * made.amount.minor)


@given(cart=paid_orders, when=BITS)
def test_nothing_is_given_back_twice(cart: Cart, when: list[int]) -> None:
    """§15: a refund beyond the remaining gross is refused."""
    quote = quote_of(cart)
    made = in_parts(quote, when)
    for unit in range(len(quote.units)):
        back = sum(each.amount.minor for part in made for each in part.units if each.unit == unit)
        if back:
            with pytest.raises(RefundRefusedError):
                refund_due(quote, [unit], before=made)
        else:
            assert refund_due(quote, [unit], before=made).amount.minor == 0


@given(data=st.data(), gross=st.integers(0, 10**7))
def test_the_tax_of_parts_telescopes(data: st.DataObject, gross: int) -> None:
    """Law 10: `round(tax * cum_k / gross) - round(tax * cum_(k-1) / gross)` is `>= 0`, at most its part, and sums to the tax."""
    tax = data.draw(st.integers(0, gross))
    cuts = sorted(data.draw(st.lists(st.integers(0, gross), max_size=6)))
    parts = [after - before for before, after in zip([0, *cuts], [*cuts, gross], strict=True)]
    taxes, before = [], 0
    for part in parts:
        taxes.append(taxed_parts(gross, tax, before, part))
        before += part
    assert sum(taxes) == tax
    assert all(0 <= found <= part for found, part in zip(taxes, parts, strict=True))


@given(cart=carts(groups=True, rejects=True), best=st.booleans())
def test_priced_again_an_order_costs_the_same(cart: Cart, best: bool) -> None:
    """Law 4: re-pricing an order from its snapshot equals the first pricing."""
    plan = Plan(event_of(replace(cart, best=best)))
    first = plan.quote(basket_of(cart), cart.codes, at=AT)
    everything = list(range(len(first.units)))
    again = plan.requote(first, everything)
    assert (again.lines, again.units, again.charges) == (first.lines, first.units, first.charges)
    assert (again.totals, again.taxes, again.fees) == (first.totals, first.taxes, first.fees)
    assert (again.refusals, again.at, again.provider) == (first.refusals, first.at, first.provider)
    assert again.good_until == first.good_until
    assert plan.claims(again) == plan.claims(first)
    assert clawback_due(plan, first, everything).amount.minor == 0


@given(cart=carts(), bits=st.lists(st.booleans(), min_size=20, max_size=20), refunded=st.integers(0, 300))
def test_a_claw_back_gives_back_what_is_left_above_the_fresh_price(cart: Cart, bits: list[bool], refunded: int) -> None:
    """
    "Where pricing meets the rest", 9: refund = max(0, paid - refunded - fresh).

    The fresh price is that of an independent calculator: the kept places alone, with the
    promotions that were credited.
    """
    plan = Plan(event_of(cart))
    first = plan.quote(basket_of(cart), cart.codes, at=AT)
    assume(not first.refusals)
    keep = [unit for unit in range(len(cart.units)) if bits[unit]]
    counts = tuple(sum(1 for unit in keep if cart.units[unit] == ticket) for ticket in range(len(cart.counts)))
    credited = tuple(deal for deal in cart.deals if deal.id in credits_of(first))
    calculator = Calculator(replace(cart, counts=counts, deals=credited))
    fresh = calculator.price(calculator.applicable)
    found = clawback_due(plan, first, keep, refunded=Money(refunded, EUR))
    assert prices_of(found.quote) == fresh.prices
    assert found.quote.charged.minor == fresh.charged
    assert found.amount.minor == max(0, first.charged.minor - refunded - fresh.charged)
