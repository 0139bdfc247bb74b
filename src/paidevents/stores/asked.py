"""What a store may be asked with: the checks that every store of ours makes, before it looks."""

from collections.abc import Iterable
from datetime import datetime

from paidevents.checks import WRONG_TYPE, instance, instant, integer
from paidevents.errors import InvalidValueError


def limit_of(limit: int) -> int:
    """
    How many are asked for.

    Raises:
        InvalidValueError: It is below zero, or no number.
    """
    return integer(limit, "limit", 0)


def place_of(after: object) -> tuple[datetime, str] | None:
    """
    After which moment and id.

    Raises:
        InvalidValueError: It is no such pair.
        NaiveDatetimeError: The moment has no zone.
    """
    if after is None:
        return None
    if not isinstance(after, tuple | list) or len(after) != 2:
        raise InvalidValueError("after", WRONG_TYPE.given(expected="(datetime, str)", got=type(after).__name__))
    return instant(after[0], "after"), instance(after[1], "after", str)


def counters_of(counters: object) -> list[str]:
    """
    The names of counters.

    Raises:
        InvalidValueError: They are none.
    """
    if isinstance(counters, str) or not isinstance(counters, Iterable):
        raise InvalidValueError("counters", WRONG_TYPE.given(expected="Iterable", got=type(counters).__name__))
    return [instance(counter, "counters", str) for counter in counters]
