"""A quote is the sum of its lines, by order and by place, and no part of it is out of bounds."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from pricing.carts import Cart, Due, carts, quote_of

from paidevents.catalog import FeeTaker
from paidevents.pricing import Phase


@given(cart=carts(groups=True, rejects=True))
def test_lines_lead_from_the_list_price_to_the_charge(cart: Cart) -> None:
    """Law 1, conservation: list total + trace = price total; per unit; per line of trace."""
    quote = quote_of(cart)
    totals = quote.totals
    prices, charges = list(cart.listed), list(cart.listed)
    for line in quote.lines:
        assert sum(line.per_unit) == line.amount.minor != 0
        charges = [before + change for before, change in zip(charges, line.per_unit, strict=True)]
        if line.phase.place <= Phase.MINIMUM.place:
            prices = [before + change for before, change in zip(prices, line.per_unit, strict=True)]
    assert prices == [unit.price.minor for unit in quote.units]
    assert charges == [unit.charged.minor for unit in quote.units]
    assert [unit.list_price.minor for unit in quote.units] == list(cart.listed)
    assert totals.list.minor == sum(cart.listed)
    assert totals.list - totals.discount + totals.adjustment == totals.price
    assert (totals.price.minor, totals.charged.minor) == (sum(prices), sum(charges))


@given(cart=carts(groups=True, rejects=True))
def test_what_is_charged_is_before_tax_and_tax(cart: Cart) -> None:
    """Law 1: `gross = net + tax`, by order, by place, and tax by tax."""
    quote = quote_of(cart)
    totals = quote.totals
    assert totals.before_tax + totals.tax == totals.charged
    for unit in quote.units:
        assert unit.before_tax + unit.tax == unit.charged
    for place, unit in enumerate(quote.units):
        assert sum(tax.per_unit[place] for tax in quote.taxes) == unit.tax.minor
    assert sum(tax.amount.minor for tax in quote.taxes) == totals.tax.minor


@given(cart=carts())
def test_the_shares_of_a_fee_are_the_fee(cart: Cart) -> None:
    """Law 1: fee shares sum to the fee; what the organizer keeps is what is left of the charge."""
    quote = quote_of(cart)
    totals = quote.totals
    for fee in quote.fees:
        assert sum(fee.per_unit) == fee.amount.minor
        assert sum(fee.passed_on_per_unit) == fee.passed_on.minor
        assert 0 <= fee.tax.minor <= fee.passed_on.minor <= fee.amount.minor
    assert sum(fee.passed_on.minor for fee in quote.fees) == totals.fees_passed_on.minor
    assert sum(fee.amount.minor for fee in quote.fees if fee.taker is FeeTaker.PLATFORM) == totals.platform_fees.minor
    on_top = quote.record.taxation.exclusive
    deducted = sum(fee.amount.minor - (0 if on_top else fee.tax.minor) for fee in quote.fees)
    assert totals.organizer_keeps.minor == totals.charged.minor - totals.tax.minor - deducted
    assert totals.payout.minor == totals.charged.minor - sum(fee.amount.minor for fee in quote.fees if fee.at_source)


@given(cart=carts(exclusive=False, dues=0))
def test_nothing_is_negative_and_nothing_above_its_list_price(cart: Cart) -> None:
    """Law 2, bounds, tax in the prices: `0 <= gross_u <= list_u`; the total is 0 or at least the minimum."""
    quote = quote_of(cart)
    for unit in quote.units:
        assert 0 <= unit.tax.minor <= unit.charged.minor <= unit.list_price.minor
    assert quote.is_free or quote.charged.minor >= cart.minimum


@given(cart=carts())
def test_whatever_the_taxes_and_fees_the_total_is_nothing_or_the_minimum_at_least(cart: Cart) -> None:
    """Law 2: and no place costs less than nothing, nor, before taxes and fees, more than its list price."""
    quote = quote_of(cart)
    for unit in quote.units:
        assert 0 <= unit.price.minor <= unit.list_price.minor
        assert 0 <= unit.tax.minor <= unit.charged.minor
        assert unit.fees.minor >= 0
    assert quote.is_free or quote.charged.minor >= cart.minimum
    assert quote.is_free == (quote.totals.price.minor == 0)


@given(cart=carts(), base=st.sampled_from(("gross", "net")))
def test_a_share_of_what_is_charged_is_no_more_than_it(cart: Cart, base: str) -> None:
    """Law 2: `0 <= fee_u <= gross_u`, for fees that are a share and nothing else, borne by the organizer."""
    cart = replace(cart, dues=tuple(Due(due.rate, base=base) for due in cart.dues[:1]))
    for unit in quote_of(cart).units:
        assert 0 <= unit.fees.minor <= unit.charged.minor


@given(cart=carts())
def test_every_amount_keeps_to_the_step(cart: Cart) -> None:
    """Law 19, quantum: every price, charge and fee is a multiple of it; a tax in the price is one of a minor unit."""
    quote, step = quote_of(cart), cart.quantum
    for unit in quote.units:
        amounts = [unit.list_price, unit.price, unit.charged, unit.fees]
        if cart.exclusive:
            amounts += [unit.tax, unit.before_tax]
        assert all(amount.minor % step == 0 for amount in amounts)
    assert all(minor % step == 0 for line in quote.lines for minor in line.per_unit)
    assert all(minor % step == 0 for fee in quote.fees for minor in (*fee.per_unit, *fee.passed_on_per_unit))


@given(cart=carts(deals=0))
def test_without_promotions_list_prices_are_paid(cart: Cart) -> None:
    """Law 13, identity: no promotions leave list prices and an empty trace."""
    quote = quote_of(cart)
    assert [unit.price for unit in quote.units] == [unit.list_price for unit in quote.units]
    assert not [line for line in quote.lines if line.phase.place <= Phase.MINIMUM.place]


@given(cart=carts(deals=0, dues=0, exclusive=False))
def test_the_advertised_price_is_what_is_charged(cart: Cart) -> None:
    """§8: the price of one, times how many, to the cent, when nothing else applies; tax is taken out of that."""
    quote = quote_of(cart)
    assert quote.charged.minor == sum(cart.listed)
    assert not quote.lines
    for rate in set(cart.rates):
        gross = sum(price for price, ticket in zip(cart.listed, cart.units, strict=True) if cart.rates[ticket] == rate)
        tax = sum(
            unit.tax.minor for unit, ticket in zip(quote.units, cart.units, strict=True) if cart.rates[ticket] == rate
        )
        assert abs(tax - gross * rate / (1 + rate)) <= Fraction(1, 2)
