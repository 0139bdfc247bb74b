"""
Amounts, rates and currency names as people of a locale write them.

For people, not for programs: how a locale writes changes with its data. The
decimals shown are ISO 4217's, always: the locale data knows other numbers for
some currencies, and changes them.
"""

import re
from decimal import localcontext
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberPattern, get_currency_name, parse_pattern

from paidevents import checks
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.reason import Reason

UNKNOWN_LOCALE = Reason("unknown_locale", "It is not a locale such as fr, pt_BR or zh-Hant-TW.")

_IDENTIFIER = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


def locale_of(identifier: str) -> Locale:
    """
    The locale of an identifier with `-` or `_`, such as "pt-BR".

    Raises:
        InvalidValueError: No such locale is known.
    """
    return _locale(checks.written(identifier, "locale", _IDENTIFIER, "fr, pt_BR, zh-Hant-TW")[0])


@lru_cache(maxsize=256)
def _locale(identifier: str) -> Locale:
    try:
        return Locale.parse(identifier.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise InvalidValueError("locale", UNKNOWN_LOCALE) from None


@lru_cache(maxsize=512)
def _pattern(locale: Locale, digits: int) -> NumberPattern:
    # From the text, not the object: that one is shared with everybody who uses the locale.
    pattern = parse_pattern(str(locale.currency_formats["standard"].pattern))
    pattern.frac_prec = (digits, digits)
    return pattern


def format_money(amount: Money, locale: str) -> str:
    """
    *amount* as people of *locale* write it: "1 234,56 €" in French, with the right spaces.

    Raises:
        InvalidValueError: *amount* is no Money, or *locale* is unknown.

    Example:
        >>> format_money(Money.of("1234.56", "EUR"), "de")
        '1.234,56\\xa0€'
    """
    checks.instance(amount, "amount", Money)
    where = locale_of(locale)
    with localcontext(prec=50):  # the pattern computes in the caller's context, which may round
        pattern = _pattern(where, amount.currency.digits)
        text: str = pattern.apply(amount.decimal, where, currency=amount.currency.code, currency_digits=False)
        return text


def format_rate(rate: Rate, locale: str) -> str:
    """
    *rate* in percent as people of *locale* write it, all decimals shown; a fraction where they never end.

    Raises:
        InvalidValueError: *rate* is no Rate, or *locale* is unknown.

    Example:
        >>> format_rate(Rate.of("8.875 %"), "de")
        '8,875\\xa0%'
    """
    where = locale_of(locale)
    percent = checks.instance(rate, "rate", Rate).percent()
    if percent is None:
        return str(rate)
    pattern = parse_pattern(str(where.percent_formats[None].pattern))
    pattern.frac_prec = (0, 15)
    numerator, denominator = rate.ratio
    with localcontext(prec=50) as context:
        text: str = pattern.apply(context.divide(numerator, denominator), where)
        return text


def currency_name(currency: Currency, locale: str) -> str:
    """
    What people of *locale* call *currency*; ISO's English name where the locale has none.

    Raises:
        InvalidValueError: *currency* is no Currency, or *locale* is unknown.

    Example:
        >>> currency_name(Currency("JPY"), "fr")
        'yen japonais'
    """
    code = checks.instance(currency, "currency", Currency).code
    name = get_currency_name(code, locale=locale_of(locale))
    return currency.name if name == code else name
