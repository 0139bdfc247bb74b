"""Stretches of time that include their start and not their end."""

from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from attrs import frozen

from paidevents.checks import instance, instant, optional, settle
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason
from paidevents.timing.local import end_of_day, start_of_day

EMPTY_WINDOW = Reason("empty_window", "It ends before it starts, or at the same moment.")


@frozen
class Window:
    """
    From `starts_at` on, until just before `ends_at`.

    Windows that touch never overlap and leave no gap. Instants are kept in UTC.

    Attributes:
        starts_at: First instant inside; None if it was always open.
        ends_at: First instant no longer inside; None if it never closes.

    Raises:
        NaiveDatetimeError: An end has no zone.
        InvalidValueError: It would be empty.

    Example:
        >>> march = Window.of_days(date(2026, 3, 1), date(2026, 3, 31), "Europe/Paris")
        >>> march.ends_at.isoformat()  # summer time has begun
        '2026-03-31T22:00:00+00:00'
        >>> march.ends_at in march
        False
    """

    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def __attrs_post_init__(self) -> None:
        settle(self, starts_at=optional(instant), ends_at=optional(instant))
        if self.starts_at is not None and self.ends_at is not None and self.ends_at <= self.starts_at:
            raise InvalidValueError("ends_at", EMPTY_WINDOW)

    @classmethod
    def of_days(cls, first: date | None, last: date | None, zone: ZoneInfo | str) -> Self:
        """
        From the start of the *first* local day through the *last* one; None leaves an end open.

        Raises:
            InvalidValueError: No dates, an unknown zone, or no instant lies between.
        """
        return cls(
            None if first is None else start_of_day(first, zone),
            None if last is None else end_of_day(last, zone),
        )

    def __contains__(self, at: datetime) -> bool:
        moment = instant(at, "at")
        return (self.starts_at is None or self.starts_at <= moment) and not self.is_over(moment)

    def is_over(self, at: datetime) -> bool:
        """
        Whether the window has closed by *at*.

        Raises:
            NaiveDatetimeError: *at* has no zone.
        """
        moment = instant(at, "at")
        return self.ends_at is not None and self.ends_at <= moment

    def intersection(self, other: "Window") -> "Window | None":
        """
        What lies in both windows, or None.

        Raises:
            InvalidValueError: *other* is no Window.
        """
        instance(other, "other", Window)
        starts = [at for at in (self.starts_at, other.starts_at) if at is not None]
        ends = [at for at in (self.ends_at, other.ends_at) if at is not None]
        starts_at, ends_at = max(starts, default=None), min(ends, default=None)
        if starts_at is not None and ends_at is not None and ends_at <= starts_at:
            return None
        return Window(starts_at, ends_at)
