"""Where the present and new names come from. Everything else takes them as arguments."""

import re
from base64 import b32encode
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Protocol, runtime_checkable

from attrs import frozen

from paidevents.checks import WRONG_TYPE, instant, written
from paidevents.errors import InvalidValueError

_ID = re.compile(r"[a-z0-9]{8,32}")


@runtime_checkable
class Clock(Protocol):
    """
    Something that knows what time it is.

    It may stand still, jump and go back; whoever reads it relies on none of this.
    """

    def now(self) -> datetime:
        """The present moment, with a zone."""
        ...


@frozen
class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def read_clock(clock: Clock) -> datetime:
    """
    What *clock* says, in UTC.

    Raises:
        NaiveDatetimeError: It answered without a zone.
        InvalidValueError: It is no clock, or answered with something else than a datetime of our centuries.
    """
    if not isinstance(clock, Clock):
        raise InvalidValueError("clock", WRONG_TYPE.given(expected="Clock", got=type(clock).__name__))
    return instant(clock.now(), "clock")


@runtime_checkable
class Ids(Protocol):
    """
    Something that makes names for what is new.

    Promises: no name is ever given twice, also not by another process; nobody can
    guess the next; each is 8 to 32 small letters and digits of ASCII.
    """

    def new(self) -> str:
        """A name that nothing has."""
        ...


@frozen
class RandomIds:
    """Names of 16 letters and digits, from the machine's source of randomness."""

    def new(self) -> str:
        return b32encode(token_bytes(10)).decode().lower()


def read_id(ids: Ids) -> str:
    """
    A new name from *ids*.

    Raises:
        InvalidValueError: It is no source of names, or answered with something that cannot be one.
    """
    if not isinstance(ids, Ids):
        raise InvalidValueError("ids", WRONG_TYPE.given(expected="Ids", got=type(ids).__name__))
    return checked_id(ids.new(), "ids")


def checked_id(value: object, field: str) -> str:
    """*value* if it can be a new name: 8 to 32 small letters and digits."""
    return written(value, field, _ID, "7q2m4k1z", 32)[0]
