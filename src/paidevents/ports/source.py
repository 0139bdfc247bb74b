"""Where the present comes from. Everything else takes the time as an argument."""

from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from attrs import frozen

from paidevents.checks import WRONG_TYPE, instant
from paidevents.errors import InvalidValueError


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
