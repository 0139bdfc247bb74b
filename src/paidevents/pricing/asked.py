"""What a price is asked for with, in the form in which it can be looked up."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from paidevents import checks
from paidevents.pricing.basket import Basket
from paidevents.pricing.buyer import Buyer
from paidevents.pricing.codes import MOST_TYPED

# Codes of more characters together are read, but their price is not kept.
LONGEST_KEPT = 256

NOTHING_TAKEN: Mapping[str, int] = MappingProxyType({})


class Asked(NamedTuple):
    """All that a price is asked for with, besides the moment within a season, and what was taken."""

    basket: Basket
    codes: tuple[str, ...]
    season: int
    provider: str | None
    channel: str | None
    buyer: Buyer | None


def counts_of(taken: object) -> Mapping[str, int]:
    """
    *taken*, if it is numbers by counter.

    Raises:
        InvalidValueError: Something else, or a number below zero.
    """
    counts = checks.mapping(taken, "taken")
    for counter, count in counts.items():
        if type(count) is not int or count < 0:
            checks.integer(count, f"taken.{checks.text(counter, 'taken')}", 0)
    return counts


def texts_of(codes: object) -> tuple[str, ...]:
    """
    *codes*, if they are at most a hundred texts in a list or tuple.

    Raises:
        InvalidValueError: Something else, or more of them.
    """
    if isinstance(codes, list | tuple) and len(codes) <= MOST_TYPED and all(code.__class__ is str for code in codes):
        return tuple(codes)
    return checks.several(checks.of_kind(str), MOST_TYPED)(codes, "codes")
