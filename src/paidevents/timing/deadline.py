"""
Lengths of time as people mean them, and moments relative to an event.

"24 h before" counts hours as they pass. "7 days before" counts days on the
calendar and keeps the time on the wall. Over a change of clocks they differ.
"""

import re
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Self
from zoneinfo import ZoneInfo

from attrs import frozen
from dateutil.relativedelta import relativedelta

from paidevents import checks
from paidevents.checks import between, instant, of_kind, settle
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason
from paidevents.timing.local import checked_zone
from paidevents.timing.window import Window

NO_SUCH_ANCHOR = Reason("no_such_anchor", "The event is open on the side that the deadline refers to.")
TOO_FAR = Reason("too_far", "It leads out of the years {first} to {last}.")

# Months, days and minutes in one of each.
_UNITS = {
    "month": (1, 0, 0),
    "week": (0, 7, 0),
    "day": (0, 1, 0),
    "hour": (0, 0, 60),
    "h": (0, 0, 60),
    "minute": (0, 0, 1),
    "min": (0, 0, 1),
}
_PART = r"([0-9]{1,6}) ?(months?|weeks?|days?|hours?|h|minutes?|min)"
_PARTS = re.compile(_PART)
_SPAN = re.compile(rf"{_PART}(?: {_PART}){{0,3}}")
_DEADLINE = re.compile(r"(?:(?P<span>.+) (?P<side>before|after)|at) (?P<anchor>start|end)")


@frozen
class Span:
    """
    A length of time: calendar months and days, then minutes as they pass.

    Attributes:
        months: Calendar months; the day is cut to the month's last where needed.
        days: Calendar days; the time on the wall stays.
        minutes: Minutes that pass, whatever the clocks do meanwhile.

    Raises:
        InvalidValueError: Not whole, negative, or longer than about a hundred years.

    Example:
        >>> Span.of("1 week 12 h")
        Span(months=0, days=7, minutes=720)
    """

    months: int = 0
    days: int = 0
    minutes: int = 0

    def __attrs_post_init__(self) -> None:
        settle(self, months=between(0, 1200), days=between(0, 36525), minutes=between(0, 36525 * 24 * 60))

    @classmethod
    def of(cls, text: str) -> Self:
        """
        Read a length such as "90 min", "24 h", "7 days" or "1 month 12 h".

        Raises:
            InvalidValueError: Not written so, or too long.
        """
        checks.written(text, "span", _SPAN, "90 min, 24 h, 7 days, 1 month 12 h")
        months = days = minutes = 0
        for count, name in _PARTS.findall(text):
            month, day, minute = _UNITS[name.removesuffix("s")]
            months, days, minutes = months + int(count) * month, days + int(count) * day, minutes + int(count) * minute
        return cls(months, days, minutes)

    def after(self, at: datetime, zone: ZoneInfo | str) -> datetime:
        """
        The instant this long after *at*, in UTC; the calendar part is counted in *zone*, first.

        Raises:
            NaiveDatetimeError: *at* has no zone.
            InvalidValueError: *zone* is unknown, or the result is out of range.
        """
        return self._moved(at, zone, 1)

    def before(self, at: datetime, zone: ZoneInfo | str) -> datetime:
        """
        The instant this long before *at*, in UTC; the calendar part is counted in *zone*, first.

        Raises:
            NaiveDatetimeError: *at* has no zone.
            InvalidValueError: *zone* is unknown, or the result is out of range.

        Example:
            >>> start = datetime(2026, 3, 29, 16, tzinfo=UTC)  # 18:00 in Paris, first day of summer time
            >>> Span.of("1 day").before(start, "Europe/Paris").isoformat()
            '2026-03-28T17:00:00+00:00'
            >>> Span.of("24 h").before(start, "Europe/Paris").isoformat()
            '2026-03-28T16:00:00+00:00'
        """
        return self._moved(at, zone, -1)

    def _moved(self, at: datetime, zone: ZoneInfo | str, sign: int) -> datetime:
        moment, place = instant(at, "at"), checked_zone(zone)
        try:
            if not self.months and place.key == "UTC":
                # Nothing is shown twice or skipped there: a day is 24 hours.
                return instant(moment + sign * timedelta(days=self.days, minutes=self.minutes), "at")
            if self.months or self.days:
                wall = moment.astimezone(place) + sign * relativedelta(months=self.months, days=self.days)
                # Shown twice: the later, for a deadline favours the buyer. Skipped: moved on by what was skipped.
                moment = max(wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
            return instant(moment + sign * timedelta(minutes=self.minutes), "at")
        except (OverflowError, ValueError):
            raise InvalidValueError(
                "at", TOO_FAR.given(first=str(checks.FIRST_YEAR), last=str(checks.LAST_YEAR))
            ) from None

    def __str__(self) -> str:
        hours, minutes = divmod(self.minutes, 60)
        amounts = [
            (self.months, "month"),
            (self.days, "day"),
            *([(self.minutes, "min")] if minutes else [(hours, "h")]),
        ]
        parts = [
            f"{count} {name}{'s' if count > 1 and name in {'month', 'day'} else ''}" for count, name in amounts if count
        ]
        return " ".join(parts) or "0 min"


class Anchor(Enum):
    """The end of the event that a deadline refers to."""

    START = "start"
    END = "end"


class Direction(Enum):
    """On which side of its anchor a deadline lies."""

    BEFORE = "before"
    AFTER = "after"


@frozen
class Deadline:
    """
    A moment relative to an event: "7 days before start", "2 h after end", "at start".

    Attributes:
        span: How far away.
        direction: Before or after.
        anchor: Of the event's start or end.

    Example:
        >>> print(Deadline.of("24 h before start"))
        24 h before start
    """

    span: Span
    direction: Direction = Direction.BEFORE
    anchor: Anchor = Anchor.START

    def __attrs_post_init__(self) -> None:
        settle(self, span=of_kind(Span), direction=of_kind(Direction), anchor=of_kind(Anchor))

    @classmethod
    def of(cls, text: str) -> Self:
        """
        Read a deadline: a span, "before" or "after", "start" or "end"; or "at start", "at end".

        Raises:
            InvalidValueError: Not written so.
        """
        match = checks.written(text, "deadline", _DEADLINE, "7 days before start, 2 h after end, at end", limit=80)
        span = Span.of(match["span"]) if match["span"] else Span()
        return cls(span, Direction(match["side"] or "before"), Anchor(match["anchor"]))

    def instant(self, event: Window, zone: ZoneInfo | str) -> datetime:
        """
        The moment, in UTC, for an event that takes place in *event*, its days counted in *zone*.

        Raises:
            InvalidValueError: *event* is open at the anchor, *zone* is unknown, or the result is out of range.
        """
        window = checks.instance(event, "event", Window)
        anchor = window.starts_at if self.anchor is Anchor.START else window.ends_at
        if anchor is None:
            raise InvalidValueError("event", NO_SUCH_ANCHOR)
        if self.direction is Direction.BEFORE:
            return self.span.before(anchor, zone)
        return self.span.after(anchor, zone)

    def __str__(self) -> str:
        if self.span == Span():
            return f"at {self.anchor.value}"
        return f"{self.span} {self.direction.value} {self.anchor.value}"
