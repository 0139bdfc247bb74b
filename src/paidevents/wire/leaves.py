"""
The values that are written as one piece of JSON, and how.

One table: for each type its JSON form, both ways, and what that form must look
like. Whatever else travels is an attrs class and follows from its fields.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen

from paidevents import checks
from paidevents.checks import UtcTime
from paidevents.errors import InvalidValueError
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.payments.snapshot import LONGEST_URL
from paidevents.ports.message import BAD_PAIR
from paidevents.timing.deadline import Deadline, Span
from paidevents.timing.local import WallTime, zone_of

HERE = ""  # a leaf's complaint is about itself; the path to it is added on the way up
MOST_TEXT = 2000

LONGEST_PROSE = 20_000  # a disclaimer is the longest text there is
_PROSE = checks.prose(LONGEST_PROSE)

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_WALL = rf"{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{{6}})?"


@frozen
class Leaf:
    """
    How one type is written.

    Attributes:
        write: The value to its JSON form.
        read: The JSON form to the value; an InvalidValueError if it is not one.
        schema: JSON Schema of the form. It knows the shape; `read` also knows the calendar and the lists.
    """

    write: Callable[[Any], object]
    read: Callable[[object], Any]
    schema: dict[str, object]


def _text(write: Callable[[Any], str], read: Callable[[str], Any], pattern: str, expected: str) -> Leaf:
    """A leaf that is text of one pattern."""
    compiled = re.compile(pattern)

    def read_text(form: object) -> Any:
        try:
            return read(checks.written(form, HERE, compiled, expected, limit=100)[0])
        except InvalidValueError as error:
            raise InvalidValueError(HERE, error.reason) from None
        except ValueError:  # a month 13, an hour 24
            raise checks.bad_format(HERE, expected) from None

    return Leaf(write, read_text, {"type": "string", "pattern": f"^{pattern}$"})


def _read_rate(form: str) -> Rate:
    numerator, denominator = form.split("/")
    return Rate(int(numerator), int(denominator))


def _read_day(form: str) -> date:
    return checks.day(date.fromisoformat(form), HERE)


def _read_wall(form: str) -> datetime:
    return checks.wall_time(datetime.fromisoformat(form), HERE)


def _write_utc(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _read_utc(form: str) -> datetime:
    return checks.instant(datetime.fromisoformat(form), HERE)


def _write_seconds(length: timedelta) -> int:
    return length // timedelta(seconds=1)


def _read_seconds(form: object) -> timedelta:
    return timedelta(seconds=checks.integer(form, HERE, 0, _write_seconds(checks.LONGEST)))


# These are their own JSON form, checked on the way out as on the way in: what is written can be read.
def _plain_text(form: object) -> str:
    if type(form) is str and form.isascii() and form.isprintable() and len(form) <= MOST_TEXT:
        return form  # as most is: nothing is left to be checked
    return _one_line(form, MOST_TEXT)


def _plain_url(form: object) -> str:
    return _one_line(form, LONGEST_URL)


def _one_line(form: object, limit: int) -> str:
    text = checks.instance(form, HERE, str)
    return text if text == "" else checks.text(text, HERE, limit)


def _plain_prose(form: object) -> str:
    return _PROSE(form, HERE)


def _plain_bool(form: object) -> bool:
    return checks.instance(form, HERE, bool)


def _plain_int(form: object) -> int:
    return checks.integer(form, HERE)


def _read_pair(form: object) -> tuple[str, str]:
    pair = checks.instance(form, HERE, list)
    if len(pair) != 2:
        raise InvalidValueError(HERE, BAD_PAIR)
    return _plain_text(pair[0]), _plain_prose(pair[1])


_TEXT: dict[str, object] = {"type": "string", "maxLength": MOST_TEXT}
_LONG_TEXT: dict[str, object] = {"type": "string", "maxLength": LONGEST_PROSE}
_PAIR: dict[str, object] = {"type": "array", "prefixItems": [_TEXT, _LONG_TEXT], "minItems": 2, "maxItems": 2}

LEAVES: dict[Any, Leaf] = {
    str: Leaf(_plain_text, _plain_text, _TEXT),
    checks.Url: Leaf(_plain_url, _plain_url, {"type": "string", "maxLength": LONGEST_URL}),
    checks.Prose: Leaf(_plain_prose, _plain_prose, _LONG_TEXT),
    tuple[str, str]: Leaf(list, _read_pair, _PAIR),  # a name and a text
    bool: Leaf(_plain_bool, _plain_bool, {"type": "boolean"}),
    int: Leaf(_plain_int, _plain_int, {"type": "integer", "minimum": checks.INT64_MIN, "maximum": checks.INT64_MAX}),
    Currency: _text(str, Currency, "[A-Z]{3}", "EUR"),
    Rate: _text(lambda rate: "{}/{}".format(*rate.ratio), _read_rate, "[0-9]{1,13}/[1-9][0-9]{0,12}", "71/800"),
    ZoneInfo: _text(lambda zone: zone.key, zone_of, "[A-Za-z0-9_+/-]{1,64}", "Europe/Paris"),
    Span: _text(str, Span.of, "[0-9a-z ]{1,64}", "7 days"),
    Deadline: _text(str, Deadline.of, "[0-9a-z ]{1,80}", "7 days before start"),
    date: _text(date.isoformat, _read_day, _DAY, "2026-12-31"),
    WallTime: _text(datetime.isoformat, _read_wall, _WALL, "2026-12-31T18:00:00"),
    UtcTime: _text(_write_utc, _read_utc, f"{_WALL}Z", "2026-12-31T17:00:00Z"),
    timedelta: Leaf(_write_seconds, _read_seconds, {"type": "integer", "minimum": 0}),
}
