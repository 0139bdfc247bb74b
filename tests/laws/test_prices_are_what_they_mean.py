"""Every amount of a price is that of an independent calculator in exact fractions, which knows none of the code."""

from hypothesis import given
from pricing.carts import Cart, carts, credits_of, prices_of, quote_of
from pricing.reference import Priced, priced

from paidevents.pricing import Quote


def is_the_same(found: Quote, meant: Priced) -> None:
    assert prices_of(found) == meant.prices
    assert credits_of(found) == {id: tuple(row) for id, row in meant.deals.items()}
    assert [unit.charged.minor for unit in found.units] == list(found.charges) == meant.charges
    assert [unit.tax.minor for unit in found.units] == meant.tax
    assert [(list(fee.per_unit), list(fee.passed_on_per_unit)) for fee in found.fees] == meant.fees
    adjusted = [list(line.per_unit) for line in found.lines if line.phase.value == "minimum"]
    assert adjusted == ([] if meant.adjusted is None else [meant.adjusted])
    assert [reason.code for reason in found.refusals] == ["below_minimum"] * meant.refused
    assert (found.charged.minor, found.totals.tax.minor) == (meant.charged, sum(meant.tax))


@given(cart=carts(dues=0))
def test_discounts_minimum_and_tax(cart: Cart) -> None:
    """§4 to §7: every stage, pick and credit; the minimum; tax in the price or on top."""
    is_the_same(quote_of(cart), priced(cart))


@given(cart=carts(deals=2))
def test_fees(cart: Cart) -> None:
    """§8: absorbed, passed on, split, on whatever base, and the gross-up."""
    is_the_same(quote_of(cart), priced(cart))


@given(cart=carts(groups=True, rejects=True))
def test_what_does_not_combine(cart: Cart) -> None:
    """§9, EXPLICIT: all that was asked for if it combines, else the best of it."""
    is_the_same(quote_of(cart), priced(cart))


@given(cart=carts(deals=5, groups=True, rejects=True, best=True))
def test_the_best_for_the_buyer(cart: Cart) -> None:
    """§9, BEST: the least charge, then the fewest codes, then the first ids."""
    is_the_same(quote_of(cart), priced(cart))
