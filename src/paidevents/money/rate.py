"""Rates as exact fractions: a third stays a third."""

import re
from fractions import Fraction

from attrs import frozen

from paidevents import checks
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

RATE_ABOVE_ONE = Reason("rate_above_one", "A rate is a share of at most 100 %.")
RATE_TOO_FINE = Reason("rate_too_fine", "A rate's denominator is at most 10^12 in lowest terms.")

_FORMS = "8.875 %, 0.08875, 71/800"
_WRITTEN = re.compile(
    r"(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,12})?) ?%"
    r"|(?P<decimal>[01]\.[0-9]{1,12})"
    r"|(?P<numerator>[0-9]{1,13})/(?P<denominator>[0-9]{1,13})"
)
_FINEST = 10**12


@frozen(init=False, order=True)
class Rate:
    """
    A share between nothing and the whole, exact.

    A percentage, a tax rate, a part of a fee. It never enlarges what it is
    applied to, and what it leaves to be rounded is rounded by whoever applies it.

    Attributes:
        fraction: From 0 to 1, with a denominator of at most 10^12 in lowest terms.

    Example:
        >>> Rate.of("8.875 %")
        Rate(71, 800)
    """

    fraction: Fraction

    def __init__(self, numerator: int, denominator: int) -> None:
        """
        The rate *numerator* / *denominator*; it is put in lowest terms.

        Raises:
            InvalidValueError: Not ints, below 0, above 1, or too fine.
        """
        checks.integer(numerator, "numerator", 0)
        checks.integer(denominator, "denominator", 1)
        if numerator > denominator:
            raise InvalidValueError("rate", RATE_ABOVE_ONE)
        fraction = Fraction(numerator, denominator)
        if fraction.denominator > _FINEST:
            raise InvalidValueError("rate", RATE_TOO_FINE)
        object.__setattr__(self, "fraction", fraction)

    @classmethod
    def of(cls, text: str) -> "Rate":
        """
        Read a rate exactly: a percentage, a decimal below or equal to one, or a fraction.

        A bare "15" is refused: it could be 15 % or fifteen times.

        Raises:
            InvalidValueError: Not written in one of the forms, or not a possible rate.
        """
        match = checks.written(text, "rate", _WRITTEN, _FORMS, limit=32)
        if match["denominator"]:
            return cls(int(match["numerator"]), int(match["denominator"]))
        whole, _, decimals = (match["percent"] or match["decimal"]).partition(".")
        return cls(int(whole + decimals), 10 ** len(decimals) * (100 if match["percent"] else 1))

    @property
    def ratio(self) -> tuple[int, int]:
        """Numerator and denominator in lowest terms, for arithmetic in whole numbers."""
        return self.fraction.as_integer_ratio()

    def percent(self) -> str | None:
        """The rate in percent as plain decimal text, or None where that never ends (a third)."""
        scaled = self.fraction * 100
        for decimals in range(13):
            if 10**decimals % scaled.denominator == 0:
                digits = str(scaled.numerator * 10**decimals // scaled.denominator).rjust(decimals + 1, "0")
                return digits if not decimals else f"{digits[:-decimals]}.{digits[-decimals:]}"
        return None

    def __repr__(self) -> str:
        return "Rate({}, {})".format(*self.ratio)

    def __str__(self) -> str:
        percent = self.percent()
        return "{}/{}".format(*self.ratio) if percent is None else f"{percent} %"
