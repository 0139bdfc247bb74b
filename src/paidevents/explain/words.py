"""The values of a reason as words of a locale."""

from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_time, get_datetime_format, get_timezone_name
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
            return _moment(value, where)
        case date():
            return format_date(value, "long", locale=where)
        case _:
            return str(value)


def _moment(at: datetime, locale: Locale) -> str:
    """Day, time and zone; seconds only where there are any."""
    time = format_time(at, "medium" if at.second else "short", tzinfo=at.tzinfo, locale=locale)
    zone = get_timezone_name(at, "short", locale=locale)
    if not zone[0].isalpha():  # the locale has no short name for the zone; the zone itself may have one
        zone = at.tzname() or zone
    pattern = str(get_datetime_format("long", locale=locale)).replace("'", "")
    return pattern.replace("{0}", f"{time} {zone}").replace("{1}", format_date(at, "long", locale=locale))


def _length(span: Span, locale: Locale) -> str:
    hours, minutes = divmod(span.minutes, 60)
    amounts = ((span.months, "month"), (span.days, "day"), (hours, "hour"), (minutes, "minute"))
    parts = [format_unit(count, unit, locale=locale) for count, unit in amounts if count]
    return format_list(parts, locale=locale) if parts else format_unit(0, "minute", locale=locale)
