"""Refunds give back what was paid and no more: in any order, any parts, with or without the fees."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pricing.carts import AT, Cart, basket_of, carts, credits_of, event_of, prices_of, quote_of
from pricing.reference import Calculator, nearest

from paidevents import Money, Rate
from paidevents.errors import RefundRefusedError
from paidevents.money import EUR
from paidevents.pricing import (
    Plan,
    Quote,
    RefundDue,
    UnitRefund,
    clawback_due,
    refund_due,
    refund_of_amount,
    taxed_parts,
)

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


def without_order_fees(cart: Cart) -> Quote:
    """Its price with fees that are all given back, none of them due once for the order: a place is what it was charged."""
    return quote_of(replace(cart, dues=tuple(replace(due, per_order=0, kept=False) for due in cart.dues)))


@given(cart=paid_orders, unit=st.integers(0, 99), shares=st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_shares_of_a_place_are_rounded_once_in_all(cart: Cart, unit: int, shares: list[int]) -> None:
    """
    "Where pricing meets the rest", 8: share `k` of a unit refunds `R(gross × k)`; several, what they come to in all.

    Above 100 % nothing is given. Law 10: their taxes are those of one refund.
    """
    quote = without_order_fees(cart)
    unit %= len(quote.units)
    gross, tax = quote.charges[unit], quote.units[unit].tax.minor
    made: list[RefundDue] = []
    asked = back = 0
    for share in shares:
        asked += share
        if asked > 100 and gross and share:
            with pytest.raises(RefundRefusedError) as refused:
                refund_due(quote, [unit], share=Rate(share, 100), before=made)
            assert dict(refused.value.reasons[0].values) == {"left": Money(gross - back, EUR)}
            asked -= share
            continue
        made.append(refund_due(quote, [unit], share=Rate(share, 100), before=made))
        back = nearest(Fraction(gross * min(asked, 100), 100), cart.quantum)
        assert total(made, "amount") == back
        assert total(made, "tax") == taxed_parts(gross, tax, 0, back)
        assert 0 <= made[-1].tax.minor <= made[-1].amount.minor


@given(cart=paid_orders, shares=st.lists(st.tuples(st.integers(0, 99), st.integers(1, 50)), max_size=8))
def test_what_was_due_once_comes_back_by_the_least_share(cart: Cart, shares: list[tuple[int, int]]) -> None:
    """Of an order-fixed fee comes back what the least given back of all places did, rounded once."""
    quote = quote_of(cart)
    by_unit = [0] * len(quote.units)
    made: list[RefundDue] = []
    for number, share in shares:
        unit = number % len(quote.units)
        if by_unit[unit] + share <= 100:
            by_unit[unit] += share
            made.append(refund_due(quote, [unit], share=Rate(share, 100), fees=True, before=made))
    due_once = sum(
        min(nearest(due.per_order * due.share, cart.quantum), fee.passed_on.minor)
        for due, fee in zip(cart.dues, quote.fees, strict=True)
    )
    assert total(made, "order_fee") == nearest(Fraction(due_once * min(by_unit), 100), cart.quantum)


# Refunds one after the other: whether of a share or of an amount, which places, how much in percent, which fees.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("share", "amount", "amount of places")),
        st.integers(1, 2**20 - 1),
        st.integers(0, 100),
        st.sampled_from((None, True, False)),
    ),
    max_size=6,
)
Steps = list[tuple[str, int, int, bool | None]]


def one_after_the_other(quote: Quote, steps: Steps, quantum: int) -> list[RefundDue]:
    """What of *steps* is not refused; amounts are multiples of *quantum*, where there is so much."""
    made: list[RefundDue] = []
    for kind, bits, percent, fees in steps:
        units = [unit for unit in range(len(quote.units)) if bits >> unit % 20 & 1] or [0]
        left = quote.charged.minor - total(made, "amount")
        amount = Money(left * percent // 100 // quantum * quantum, EUR)
        try:
            if kind == "share":
                made.append(refund_due(quote, units, share=Rate(percent, 100), fees=fees, before=made))
            elif kind == "amount":
                made.append(refund_of_amount(quote, amount, fees=fees, before=made))
            else:
                made.append(refund_of_amount(quote, amount, units=units, fees=fees, before=made))
        except RefundRefusedError:
            # Of all that was charged, no more than is left was asked for.
            assert kind != "amount" or fees is not True
    return made


@given(cart=paid_orders, steps=STEPS, by_hand=st.booleans())
def test_whatever_was_given_back_the_rest_makes_it_all_that_was_paid(cart: Cart, steps: Steps, by_hand: bool) -> None:
    """Law 10: any sequence of shares and amounts, then the rest, sums to what was charged, its tax and its fees."""
    quote = quote_of(cart)
    made = one_after_the_other(quote, steps, 1 if by_hand else cart.quantum)
    rest = Money(quote.charged.minor - total(made, "amount"), EUR)
    with pytest.raises(RefundRefusedError) as refused:
        refund_of_amount(quote, rest + Money(1, EUR), before=made)
    assert dict(refused.value.reasons[0].values) == {"left": rest}
    made.append(refund_of_amount(quote, rest, before=made))
    assert total(made, "amount") == quote.charged.minor
    assert total(made, "tax") == quote.totals.tax.minor
    assert total(made, "fee") == quote.totals.fees_passed_on.minor
    back = [0] * len(quote.units)
    for each in (each for part in made for each in part.units):
        back[each.unit] += each.amount.minor
    assert all(minor <= charged for minor, charged in zip(back, quote.charges, strict=True))
    assert sum(back) + total(made, "order_fee") == quote.charged.minor


@given(cart=paid_orders, steps=STEPS, by_hand=st.booleans())
def test_every_part_of_a_sequence_is_within_bounds(cart: Cart, steps: Steps, by_hand: bool) -> None:
    """Law 10: no part below zero, no tax or fee above its refund; in steps, as long as amounts are."""
    quote = quote_of(cart)
    for made in one_after_the_other(quote, steps, 1 if by_hand else cart.quantum):
        parts: list[RefundDue | UnitRefund] = [made, *made.units]
        for each in parts:
            assert 0 <= each.tax.minor <= each.amount.minor
            assert 0 <= each.fee.minor <= each.amount.minor
            if not by_hand:
                assert each.amount.minor % cart.quantum == each.fee.minor % cart.quantum == 0
        assert made.fees is not False or not made.fee


@given(cart=paid_orders, steps=STEPS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_refunds_before_does_not_matter(cart: Cart, steps: Steps, order: Random) -> None:
    quote = quote_of(cart)
    made = one_after_the_other(quote, steps, cart.quantum)
    mixed = order.sample(made, len(made))
    rest = Money(quote.charged.minor - total(made, "amount"), EUR)
    assert refund_of_amount(quote, rest, before=made) == refund_of_amount(quote, rest, before=mixed)
    no_share = Rate(0, 1)
    assert refund_due(quote, [0], share=no_share, before=made) == refund_due(quote, [0], share=no_share, before=mixed)


@given(cart=paid_orders, first=st.integers(0, 100), percent=st.integers(0, 100))
def test_an_amount_is_spread_by_what_is_left(cart: Cart, first: int, percent: int) -> None:
    """Quota rule: each place bears its part of what is left, within one step."""
    quote = without_order_fees(cart)
    before = [refund_due(quote, [0], share=Rate(first, 100))]
    left = list(quote.charges)
    left[0] -= before[0].amount.minor
    amount = sum(left) * percent // 100 // cart.quantum * cart.quantum
    made = refund_of_amount(quote, Money(amount, EUR), before=before)
    parts = {each.unit: each.amount.minor for each in made.units}
    assert all(parts.values())
    for unit, rest in enumerate(left):
        quota = Fraction(amount * rest, sum(left) or 1)
        assert abs(parts.get(unit, 0) - quota) < cart.quantum
        assert parts.get(unit, 0) <= rest


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
