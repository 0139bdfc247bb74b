"""
Rounding with a name, in whole numbers.

Every place that can lose a fraction says which of these it uses, once.
"""

from collections.abc import Callable
from enum import Enum

from paidevents import checks


def half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number, a tie away from zero. *denominator* is positive."""
    if numerator >= 0:
        return (2 * numerator + denominator) // (2 * denominator)
    return -((denominator - 2 * numerator) // (2 * denominator))


def half_down(numerator: int, denominator: int) -> int:
    """The nearest whole number, a tie toward zero. *denominator* is positive."""
    if numerator >= 0:
        return -((denominator - 2 * numerator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def half_even(numerator: int, denominator: int) -> int:
    """The nearest whole number, a tie to the even one. *denominator* is positive."""
    whole, rest = divmod(numerator, denominator)
    twice = 2 * rest
    return whole + (twice > denominator or (twice == denominator and whole % 2 == 1))


def floor(numerator: int, denominator: int) -> int:
    """The whole number at or below. *denominator* is positive."""
    return numerator // denominator


def ceiling(numerator: int, denominator: int) -> int:
    """The whole number at or above. *denominator* is positive."""
    return -(-numerator // denominator)


def down(numerator: int, denominator: int) -> int:
    """Toward zero. *denominator* is positive."""
    return floor(numerator, denominator) if numerator >= 0 else ceiling(numerator, denominator)


def up(numerator: int, denominator: int) -> int:
    """Away from zero. *denominator* is positive."""
    return ceiling(numerator, denominator) if numerator >= 0 else floor(numerator, denominator)


class Rounding(Enum):
    """
    The ways to make a whole number of a fraction; call one with numerator and denominator.

    Example:
        >>> Rounding.HALF_UP(1995, 10), Rounding.HALF_EVEN(5, 2)
        (200, 2)
    """

    HALF_UP = "half_up"
    HALF_DOWN = "half_down"
    HALF_EVEN = "half_even"
    UP = "up"
    DOWN = "down"
    CEILING = "ceiling"
    FLOOR = "floor"

    def __call__(self, numerator: int, denominator: int) -> int:
        """
        *numerator* / *denominator*, rounded.

        Raises:
            InvalidValueError: One is no int, or *denominator* is not positive.
        """
        checks.integer(numerator, "numerator", _LOW, _HIGH)
        checks.integer(denominator, "denominator", 1, _HIGH)
        return _BY_NAME[self._value_](numerator, denominator)


# Products of a 64-bit amount and a rate's parts, with room to spare.
_LOW, _HIGH = -(2**255), 2**255

_BY_NAME: dict[str, Callable[[int, int], int]] = {
    "half_up": half_up,
    "half_down": half_down,
    "half_even": half_even,
    "up": up,
    "down": down,
    "ceiling": ceiling,
    "floor": floor,
}
