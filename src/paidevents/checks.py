"""
Checks shared by value types: strict integers, aware instants, bounded text.

Each check takes a value and the name of its field, returns the value in its
one accepted form, and raises an `InvalidValueError` otherwise. A value class
settles its attributes with them when it is constructed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, TypeVar, cast

from attrs import fields

from paidevents.errors import InvalidValueError, NaiveDatetimeError
from paidevents.reason import Reason

T = TypeVar("T")

Prose = Annotated[str, "text of several lines"]
Url = Annotated[str, "the address of a page"]
UtcTime = Annotated[datetime, "an instant, in UTC"]

WRONG_TYPE = Reason("wrong_type", "Expected {expected}, got {got}.")
ZONE_NOT_ALLOWED = Reason("zone_not_allowed", "It must be a local time, without a zone.")
BOOL_NOT_ALLOWED = Reason("bool_not_allowed", "True and False are not numbers here.")
OUT_OF_RANGE = Reason("out_of_range", "It must lie between {low} and {high}.")
TOO_LONG = Reason("too_long", "It is longer than {limit} characters.")
EMPTY = Reason("empty", "It is empty.")
BAD_FORMAT = Reason("bad_format", "It must look like this: {expected}.")
FORBIDDEN_CHARACTERS = Reason("forbidden_characters", "It contains control characters, surrogates or NUL.")
NOT_NFC = Reason("not_nfc", "Its characters are not composed (Unicode NFC).")
BAD_DURATION = Reason("bad_duration", "It must be a whole number of seconds, up to a hundred years.")

# What a signed 64-bit column holds: every database and wire format here has one.
INT64_MIN, INT64_MAX = -(2**63), 2**63 - 1

LONGEST = timedelta(days=36525)

# Far enough from datetime's own ends that no zone or offset leads over them.
FIRST_YEAR, LAST_YEAR = 1900, 9000


def instance(value: object, field: str, kind: type[T]) -> T:
    """*value* if it is a *kind*."""
    if not isinstance(value, kind):
        raise InvalidValueError(field, WRONG_TYPE.given(expected=kind.__name__, got=type(value).__name__))
    return value


def mapping(value: object, field: str) -> Mapping[Any, Any]:
    """*value* if it is a mapping."""
    if not isinstance(value, Mapping):
        raise InvalidValueError(field, WRONG_TYPE.given(expected="dict", got=type(value).__name__))
    return value


def integer(value: object, field: str, low: int = INT64_MIN, high: int = INT64_MAX) -> int:
    """*value* if it is an int (True is none) between *low* and *high*, both included."""
    if type(value) is not int:
        if isinstance(value, bool):
            raise InvalidValueError(field, BOOL_NOT_ALLOWED)
        # A subclass may compute with floats behind our back.
        raise InvalidValueError(field, WRONG_TYPE.given(expected="int", got=type(value).__name__))
    if not low <= value <= high:
        raise InvalidValueError(field, OUT_OF_RANGE.given(low=low, high=high))
    return value


def text(value: object, field: str, limit: int = 200) -> str:
    """*value* if it is a str of 1 to *limit* characters, NFC, one line, with nothing invisible that controls."""
    return _readable(instance(value, field, str), field, 1, limit)


def _readable(value: str, field: str, least: int, most: int, breaks: str = "") -> str:
    """*value* if it has from *least* to *most* characters, NFC, and of those that control only *breaks*."""
    if len(value) < least:
        raise InvalidValueError(field, EMPTY)
    if len(value) > most:
        raise InvalidValueError(field, TOO_LONG.given(limit=most))
    if value.isascii() and value.isprintable():
        return value  # as most is: nothing is left to be checked
    # What can be printed has none of these; that is quick to ask.
    if not value.isprintable() and any(
        unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in value if char not in breaks
    ):
        raise InvalidValueError(field, FORBIDDEN_CHARACTERS)
    if not unicodedata.is_normalized("NFC", value):
        raise InvalidValueError(field, NOT_NFC)
    return value


def text_or_nothing(value: object, field: str) -> str:
    """*value* if it is an empty str or passes `text`."""
    return "" if value == "" else text(value, field)


def written(value: object, field: str, pattern: re.Pattern[str], expected: str, limit: int = 64) -> re.Match[str]:
    """The match of *pattern* with the whole of *value*, measured before it is looked at; *expected* is an example."""
    value = instance(value, field, str)
    if len(value) > limit:
        raise InvalidValueError(field, TOO_LONG.given(limit=limit))
    match = pattern.fullmatch(value)
    if match is None:
        raise bad_format(field, expected)
    return match


def bad_format(field: str, expected: str) -> InvalidValueError:
    """The error for text of *field* that does not say what it should, such as the 30th of February."""
    return InvalidValueError(field, BAD_FORMAT.given(expected=expected))


def day(value: object, field: str) -> date:
    """*value* if it is a date, not a datetime, in a year of use."""
    value = instance(value, field, date)
    if isinstance(value, datetime):
        raise InvalidValueError(field, WRONG_TYPE.given(expected="date", got="datetime"))
    integer(value.year, field, FIRST_YEAR, LAST_YEAR)
    return value


def wall_time(value: object, field: str) -> datetime:
    """*value* if it is a datetime *without* a zone, as a clock on the wall shows it."""
    value = instance(value, field, datetime)
    if value.tzinfo is not None:
        raise InvalidValueError(field, ZONE_NOT_ALLOWED)
    integer(value.year, field, FIRST_YEAR, LAST_YEAR)
    return value.replace(fold=0)


def instant(value: object, field: str) -> datetime:
    """
    *value* in UTC, if it is an aware datetime.

    In UTC, because Python compares two times of one zone by their wall
    clocks: in the hour that is repeated in autumn, before and after look equal.
    """
    value = instance(value, field, datetime)
    if value.__class__ is datetime and value.tzinfo is UTC and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value  # as most are: nothing is left to be checked
    if value.utcoffset() is None:
        raise NaiveDatetimeError(field)
    integer(value.year, field, FIRST_YEAR, LAST_YEAR)
    return value.astimezone(UTC)


def duration(value: object, field: str) -> timedelta:
    """*value* if it is a timedelta of whole seconds, from zero to a hundred years."""
    value = instance(value, field, timedelta)
    if value.microseconds or not timedelta(0) <= value <= LONGEST:
        raise InvalidValueError(field, BAD_DURATION)
    return value


# Checks made of a bound or of another check.


def of_kind(kind: type[T]) -> Callable[[object, str], T]:
    """The check that a value is a *kind*."""
    return lambda value, field: instance(value, field, kind)


def between(low: int, high: int) -> Callable[[object, str], int]:
    """The check that a value is an int between *low* and *high*, both included."""
    return lambda value, field: integer(value, field, low, high)


def prose(limit: int, *, needed: bool = False) -> Callable[[object, str], str]:
    """The check that a value is text of one line or several, up to *limit* characters; empty unless it is *needed*."""
    return lambda value, field: _readable(instance(value, field, str), field, int(needed), limit, "\n")


def optional(check: Callable[[object, str], T]) -> Callable[[object, str], T | None]:
    """The same check, which lets None through."""
    return lambda value, field: None if value is None else check(value, field)


def several(check: Callable[[object, str], T], limit: int = 1000) -> Callable[[object, str], tuple[T, ...]]:
    """The same check for each of a list or tuple of at most *limit*."""

    def check_each(values: object, field: str) -> tuple[T, ...]:
        if values.__class__ is tuple and not values:
            return ()  # as most are: nothing is left to be checked
        if not isinstance(values, list | tuple):
            raise InvalidValueError(field, WRONG_TYPE.given(expected="list, tuple", got=type(values).__name__))
        integer(len(values), field, 0, limit)
        return tuple(check(value, f"{field}[{place}]") for place, value in enumerate(values))

    return check_each


def settle(value: object, **checks: Callable[[object, str], object]) -> None:
    """Put each named attribute of a frozen *value*, fresh from its constructor, through its check."""
    for name, check in checks.items():
        given = getattr(value, name)
        settled = check(given, name)
        if settled is not given:
            object.__setattr__(value, name, settled)


def altered(value: T, **changes: object) -> T:
    """
    A frozen *value* with other attributes, which are known to be good: nothing is checked again.

    For what the library has just decided itself. What comes from outside goes through the constructor.
    """
    kind = type(value)
    names = _NAMES.get(kind)
    if names is None:
        names = _NAMES[kind] = tuple(field.name for field in fields(cast(Any, kind)))
    new = object.__new__(kind)
    for name in names:
        object.__setattr__(new, name, changes[name] if name in changes else getattr(value, name))
    return new


_NAMES: dict[type, tuple[str, ...]] = {}
