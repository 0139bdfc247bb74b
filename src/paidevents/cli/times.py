"""Moments as they are typed on the command line."""

import re
from datetime import datetime

from paidevents import checks
from paidevents.ports.source import SystemClock, read_clock

_LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]")
_INSTANT = re.compile(rf"{_LOCAL.pattern}(?::[0-5][0-9])?(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})")


def local(text: str, field: str) -> datetime:
    """
    A local time, without a zone.

    Raises:
        InvalidValueError: It is not written like 2027-03-16T18:00.
    """
    return _read(text, field, _LOCAL, "2027-03-16T18:00")


def instant_or_now(text: str | None, field: str) -> datetime:
    """
    An instant, in UTC; the present one if nothing was typed.

    Raises:
        InvalidValueError: It is not written like 2027-01-01T12:00Z, with seconds or without.
    """
    if text is None:
        return read_clock(SystemClock())
    return checks.instant(_read(text, field, _INSTANT, "2027-01-01T12:00Z"), field)


def _read(text: str, field: str, pattern: re.Pattern[str], example: str) -> datetime:
    checks.written(text, field, pattern, example)
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # the 30th of February
        raise checks.bad_format(field, example) from None
