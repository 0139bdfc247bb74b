"""The values of a reason as words of a locale."""

from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from paidevents.money.amount import Money
from paidevents.money.format import format_money, format_rate, locale_of
from paidevents.money.rate import Rate
from paidevents.timing.deadline import Span


def word(value: object, locale: str) -> str:
    """
    *value* as people of *locale* write it: an amount, a rate, a number, a day, a moment in its own zone.

    Raises:
        InvalidValueError: *locale* is unknown.
    """
    where = locale_of(locale)
    match value:
        case bool():
            return str(value)
        case int():
            return format_decimal(Decimal(value), locale=where)
        case Money():
            return format_money(value, locale)
        case Rate():
            return format_rate(value, locale)
        case Span():
            return _length(value, where)
        case datetime():
            return format_datetime(value, "long", tzinfo=value.tzinfo, locale=where)
        case date():
            return format_date(value, "long", locale=where)
        case _:
            return str(value)


def _length(span: Span, locale: Locale) -> str:
    hours, minutes = divmod(span.minutes, 60)
    amounts = ((span.months, "month"), (span.days, "day"), (hours, "hour"), (minutes, "minute"))
    parts = [format_unit(count, unit, locale=locale) for count, unit in amounts if count]
    return format_list(parts, locale=locale) if parts else format_unit(0, "minute", locale=locale)
