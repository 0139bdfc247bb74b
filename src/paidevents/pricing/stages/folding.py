"""
How the promotions of one stage come together on one base.

Each fold is commutative: a least value, a product, a sum. So the order of the
members cannot matter for the total; it only says who is credited with what.
The k-th member's credit is what the first k take off less what the first k-1 do.
"""

from collections.abc import Callable, Sequence

from paidevents.catalog.decisions import PercentMode
from paidevents.money.rounding import half_up
from paidevents.pricing.member import Member

# Base, members in the order of credit, quantum: what each takes off.
Fold = Callable[[int, Sequence[Member], int], list[int]]


def fold_set(base: int, members: Sequence[Member], quantum: int) -> list[int]:
    """The least of the set prices, where it is less than *base*."""
    credits = []
    price = base
    for member in members:
        amount = member.bound.numerator
        assert amount is not None
        lower = min(price, amount * member.groups)
        credits.append(price - lower)
        price = lower
    return credits


def fold_compound(base: int, members: Sequence[Member], quantum: int) -> list[int]:
    """Percentages one after the other: what is kept is multiplied, and rounded once."""
    credits = []
    kept = whole = 1
    before = 0
    for member in members:
        numerator, denominator = member.bound.numerator, member.bound.denominator
        assert numerator is not None
        kept *= denominator - numerator
        whole *= denominator
        taken = _share(base, whole - kept, whole, quantum)
        credits.append(taken - before)
        before = taken
    return credits


def fold_added(base: int, members: Sequence[Member], quantum: int) -> list[int]:
    """Percentages added up to at most the whole, and rounded once."""
    credits = []
    part, whole = 0, 1
    before = 0
    for member in members:
        numerator, denominator = member.bound.numerator, member.bound.denominator
        assert numerator is not None
        part, whole = part * denominator + numerator * whole, whole * denominator
        taken = _share(base, min(part, whole), whole, quantum)
        credits.append(taken - before)
        before = taken
    return credits


def fold_amount(base: int, members: Sequence[Member], quantum: int) -> list[int]:
    """Amounts added up to at most *base*."""
    credits = []
    left = base
    for member in members:
        amount = member.bound.numerator
        assert amount is not None
        taken = min(left, amount * member.groups)
        credits.append(taken)
        left -= taken
    return credits


def _share(base: int, part: int, whole: int, quantum: int) -> int:
    """The share of *base*, rounded for the buyer; anything less than the whole leaves at least a quantum."""
    if part == whole or base == 0:
        return base
    return min(half_up(base * part, whole * quantum) * quantum, max(base - quantum, 0))


def percent_fold(mode: PercentMode) -> Fold:
    """The fold of percentages that a policy asks for."""
    return fold_compound if mode is PercentMode.COMPOUND else fold_added
