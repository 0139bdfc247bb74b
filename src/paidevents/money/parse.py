"""
Reading the amount that a person typed.

Strict where a guess would cost money: "1.234" is a thousand for a German and
nothing for a Frenchman, and "12,500" is never twelve fifty. What the locale
writes is read; what it would write differently is refused with the reason.
"""

import re
import unicodedata
from functools import lru_cache

from babel import Locale
from babel.numbers import get_currency_symbol, get_decimal_symbol, get_group_symbol, parse_pattern

from paidevents import checks
from paidevents.errors import AmountError
from paidevents.money.amount import TOO_MANY_DIGITS, Money
from paidevents.money.currency import Currency, checked_currency
from paidevents.money.format import format_money, locale_of
from paidevents.reason import Reason

NOT_AN_AMOUNT = Reason("not_an_amount", "It is not an amount in {currency} as written here: {example}.")

_LONGEST = 64
_MARKS = re.compile("[\u061c\u200e\u200f]")  # they steer the direction of writing and show nothing
_SPACES = re.compile("[ \u00a0\u2009\u202f]+")
_ALIKE = str.maketrans("\u2212\u2019\uffe5", "-'¥")  # minus, apostrophe and the wide yen, as keyboards have them

# The digit zero of each numbering system that some locale uses by default (CLDR 47).
_ZEROS = {
    "adlm": "\U0001e950",
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "cakm": "\U00011136",
    "deva": "\u0966",
    "hmnp": "\U0001e140",
    "mtei": "\uabf0",
    "mymr": "\u1040",
    "nkoo": "\u07c0",
    "olck": "\u1c50",
    "tibt": "\u0f20",
}


def parse_money(text: str, currency: Currency | str, locale: str) -> Money:
    """
    Read an amount as people of *locale* type it, with or without the currency's sign.

    Any kind of space may separate thousands where the locale uses one, and
    thousands need not be separated. The sign or code must be the expected
    currency's; "$" is read only where the locale means this currency by it.

    Args:
        text: What was typed, at most 64 characters.
        currency: The currency that was asked for, or its code.
        locale: Such as "fr" or "pt-BR".

    Raises:
        AmountError: Not written as the locale writes an amount in *currency*,
            too long, with more decimals than it has, or beyond 64 bits.
        UnknownCurrencyError: *currency* is not in use.
        InvalidValueError: *locale* is unknown.

    Example:
        >>> parse_money("1 234,56 €", "EUR", "fr")
        Money.of('1234.56', 'EUR')
    """
    unit = checked_currency(currency)
    where = locale_of(locale)
    if not isinstance(text, str):
        raise AmountError("amount", checks.WRONG_TYPE.given(expected="str", got=type(text).__name__))
    if len(text) > _LONGEST:
        raise AmountError("amount", checks.TOO_LONG.given(limit=_LONGEST))
    negative, typed = _unsigned(_plain(text), _plain(get_currency_symbol(unit.code, where)), unit.code)
    for number in _numbers(where):
        match = number.fullmatch(typed)
        if match:
            whole, decimals = _ascii(match["whole"]), _ascii(match["decimals"] or "")
            if len(decimals) > unit.digits:
                raise AmountError("amount", TOO_MANY_DIGITS.given(currency=unit, digits=unit.digits))
            return Money(int(negative + whole + decimals.ljust(unit.digits, "0")), unit)
    example = format_money(Money(123456789 * 10**unit.digits // 100000, unit), locale)
    raise AmountError("amount", NOT_AN_AMOUNT.given(currency=unit, example=example))


def _plain(text: str) -> str:
    """The text without marks, with one kind of space, minus, apostrophe and yen."""
    return _SPACES.sub(" ", _MARKS.sub("", text)).translate(_ALIKE).strip(" ")


def _unsigned(text: str, symbol: str, code: str) -> tuple[str, str]:
    """A minus or nothing, and the number left when sign and currency are taken off either end, once each."""
    negative = ""
    named = False
    while True:
        if not negative and text.startswith("-"):
            negative, text = "-", text[1:].lstrip(" ")
        elif not negative and text.endswith("-"):
            negative, text = "-", text[:-1].rstrip(" ")
        elif named:
            return negative, text
        elif rest := _without(text, symbol) or _without(text, code):
            named, text = True, rest
        else:
            return negative, text


def _without(text: str, name: str) -> str:
    if text[: len(name)].casefold() == name.casefold():
        return text[len(name) :].lstrip(" ")
    if text[len(text) - len(name) :].casefold() == name.casefold():
        return text[: len(text) - len(name)].rstrip(" ")
    return ""


@lru_cache(maxsize=256)
def _numbers(locale: Locale) -> tuple[re.Pattern[str], ...]:
    """What a number looks like there: in the digits used everywhere, and in the locale's own."""
    systems = ["latn"]
    if locale.default_numbering_system in _ZEROS:
        systems.append(locale.default_numbering_system)
    return tuple(_number(locale, system) for system in systems)


def _number(locale: Locale, system: str) -> re.Pattern[str]:
    zero = _ZEROS.get(system, "0")
    digit = f"[{zero}-{chr(ord(zero) + 9)}]"
    decimal = _plain(get_decimal_symbol(locale, numbering_system=system))
    group = _plain(get_group_symbol(locale, numbering_system=system)) or " "
    last, other = parse_pattern(str(locale.currency_formats["standard"].pattern)).grouping
    grouped = rf"{digit}{{1,{other}}}(?:{re.escape(group)}{digit}{{{other}}})*{re.escape(group)}{digit}{{{last}}}"
    return re.compile(rf"(?P<whole>{grouped}|{digit}{{1,19}})(?:{re.escape(decimal)}(?P<decimals>{digit}+))?")


def _ascii(digits: str) -> str:
    """The digits among *digits*, whatever the script, as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) for char in digits if char.isdecimal())
