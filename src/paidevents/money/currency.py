"""
Currencies of ISO 4217: their codes, numbers, names, and how many decimals they are kept in.

The number of decimals a *provider* wants on the wire is another matter
(`provider_facts`), and what is *shown* a third (`format`). They differ: Stripe
takes ISK with two decimals, ISO has none.
"""

from attrs import field, frozen

from paidevents import checks
from paidevents.errors import InvalidValueError, UnknownCurrencyError
from paidevents.money._iso4217 import TABLE
from paidevents.reason import Reason

NO_MINOR_UNIT = Reason("no_minor_unit", "{code} names a metal, a fund or a test; it has no minor unit to count in.")


def _known(value: str) -> str:
    code = checks.instance(value, "currency", str)
    entry = TABLE.get(code)
    if entry is None:
        raise UnknownCurrencyError(ascii(code[:8])[1:-1])
    if entry[1] is None:
        raise UnknownCurrencyError(code, NO_MINOR_UNIT)
    return code


@frozen
class Currency:
    """
    A currency of ISO 4217 that can be counted in minor units.

    Attributes:
        code: Three capital letters.
        number: ISO's number for it, 0 to 999.
        digits: Decimals of its minor unit: 2 for EUR, 0 for JPY, 3 for KWD.
        name: ISO's English name; `currency_name` has it in other languages.

    Raises:
        UnknownCurrencyError: Not in the list (withdrawn, misspelt, lower case), or without a minor unit (XAU).

    Source:
        ISO 4217 list one, 2026-01-01.

    Example:
        >>> Currency("KWD").digits
        3
    """

    code: str = field(converter=_known)
    number: int = field(init=False, eq=False, repr=False)
    digits: int = field(init=False, eq=False, repr=False)
    name: str = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        number, digits, name = TABLE[self.code]
        object.__setattr__(self, "number", number)
        object.__setattr__(self, "digits", digits)
        object.__setattr__(self, "name", name)

    def __repr__(self) -> str:
        return f"Currency({self.code!r})"

    def __str__(self) -> str:
        return self.code

    # Only the code travels; the rest comes from the reader's own table.
    def __reduce__(self) -> tuple[type["Currency"], tuple[str]]:
        return (Currency, (self.code,))

    @classmethod
    def all(cls) -> tuple["Currency", ...]:
        """Every currency that has a minor unit, by code."""
        return tuple(cls(code) for code, (_, digits, _) in sorted(TABLE.items()) if digits is not None)


def checked_currency(value: object, field: str = "currency") -> Currency:
    """
    *value* if it is a Currency, or the currency whose code it is.

    Raises:
        UnknownCurrencyError: A code that is not one.
        InvalidValueError: Neither a Currency nor a str.
    """
    if isinstance(value, Currency):
        return value
    if isinstance(value, str):
        return Currency(value)
    raise InvalidValueError(field, checks.WRONG_TYPE.given(expected="Currency, str", got=type(value).__name__))


# The currencies that the two rule sets of `presets` name, and the yen. Any other: Currency("KWD").
AUD = Currency("AUD")
CAD = Currency("CAD")
CHF = Currency("CHF")
CZK = Currency("CZK")
DKK = Currency("DKK")
EUR = Currency("EUR")
GBP = Currency("GBP")
HKD = Currency("HKD")
HUF = Currency("HUF")
ILS = Currency("ILS")
JPY = Currency("JPY")
MXN = Currency("MXN")
NOK = Currency("NOK")
NZD = Currency("NZD")
PHP = Currency("PHP")
PLN = Currency("PLN")
RON = Currency("RON")
SEK = Currency("SEK")
SGD = Currency("SGD")
THB = Currency("THB")
USD = Currency("USD")
