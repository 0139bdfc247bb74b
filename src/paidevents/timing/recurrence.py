"""
Series of dates: a rule of RFC 5545, the zone it is meant in, and what was added or taken out.

Kept as it was declared, in wall-clock time: "Tuesdays at 18:00 in Paris" stays
at 18:00 when the clocks change.
"""

import re
from calendar import isleap, weekday
from collections.abc import Iterator
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from attrs import field, frozen
from dateutil.rrule import rrule, rrulestr

from paidevents import checks
from paidevents.checks import settle, several, wall_time
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason
from paidevents.timing.local import WallTime, checked_zone, shifted_instant_of

BAD_RULE = Reason("bad_rule", "It is not a recurrence rule such as FREQ=WEEKLY;BYDAY=TU;COUNT=6.")
RULE_PART_NOT_SUPPORTED = Reason("rule_part_not_supported", "A recurrence rule here has no {part}.")
RULE_PART_TWICE = Reason("rule_part_twice", "The recurrence rule gives {part} twice.")
RULE_ENDS_TWICE = Reason("rule_ends_twice", "A recurrence rule ends by COUNT or by UNTIL, not by both.")

MOST_OCCURRENCES = 1000
# A rule is followed this far; one that hits nothing (30 February) ends its search here.
YEARS_AHEAD = 10

_NUMBERS = r"[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3}){0,99}"
_WEEKDAY = r"(?:[+-]?[0-9]{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)"
_PARTS = {
    "FREQ": re.compile(r"DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"[1-9][0-9]{0,2}"),
    "COUNT": re.compile(r"[1-9][0-9]{0,2}|1000"),
    "UNTIL": re.compile(r"(?P<day>[0-9]{8})(?:T(?P<time>[0-9]{6})(?P<utc>Z)?)?"),
    "WKST": re.compile(r"MO|TU|WE|TH|FR|SA|SU"),
    "BYDAY": re.compile(rf"{_WEEKDAY}(?:,{_WEEKDAY}){{0,99}}"),
    "BYMONTH": re.compile(_NUMBERS),
    "BYMONTHDAY": re.compile(_NUMBERS),
    "BYYEARDAY": re.compile(_NUMBERS),
    "BYWEEKNO": re.compile(_NUMBERS),
    "BYSETPOS": re.compile(_NUMBERS),
}
# The largest number of each part, which may be counted from the end with a minus; months are not.
_LARGEST = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}


def _in_range(name: str, content: str) -> bool:
    """Whether the numbers of a part can be; its library does not look."""
    if name not in _LARGEST:
        return True
    numbers = [int(number) for number in content.split(",")]
    return all(1 <= abs(number) <= _LARGEST[name] and (number > 0 or name != "BYMONTH") for number in numbers)


def _rule_parts(value: object, field: str) -> str:
    """The rule in capitals, without its optional "RRULE:", if every part is one that is supported."""
    text = checks.text(value, field, limit=500).upper().removeprefix("RRULE:")
    seen: set[str] = set()
    for part in text.split(";"):
        name, _, content = part.partition("=")
        if name not in _PARTS:
            if not re.fullmatch("[A-Z]{2,12}", name):
                raise InvalidValueError(field, BAD_RULE)
            raise InvalidValueError(field, RULE_PART_NOT_SUPPORTED.given(part=name))
        if name in seen:
            raise InvalidValueError(field, RULE_PART_TWICE.given(part=name))
        if not _PARTS[name].fullmatch(content) or not _in_range(name, content):
            raise InvalidValueError(field, BAD_RULE)
        seen.add(name)
    if "FREQ" not in seen:
        raise InvalidValueError(field, BAD_RULE)
    if {"COUNT", "UNTIL"} <= seen:
        raise InvalidValueError(field, RULE_ENDS_TWICE)
    return text


@frozen
class Recurrence:
    """
    The dates of a series.

    Attributes:
        starts_at: Wall-clock time, without zone. The series has nothing before
            it; it is itself a date of the series only if the rule hits it.
        zone: The zone, or its name, in which the wall clock hangs.
        rule: An RRULE by day, week, month or year. One without COUNT or UNTIL
            is followed for ten years.
        excluded: Wall-clock times that the rule hits but that do not take place.
        extra: Wall-clock times that take place besides.

    Raises:
        InvalidValueError: A part of the rule is malformed, repeated or not
            supported, a time has a zone, or the zone is unknown.

    Source:
        RFC 5545, 3.3.10 (RRULE) and 3.8.5 (EXDATE, RDATE). UNTIL in UTC is an
        instant, without Z a wall-clock time, a bare day lasts to its end.

    Example:
        >>> tuesdays = Recurrence(datetime(2026, 3, 24, 18), "Europe/Paris", "FREQ=WEEKLY;COUNT=2")
        >>> [at.isoformat() for at in tuesdays.occurrences()]  # clocks change between them
        ['2026-03-24T18:00:00+01:00', '2026-03-31T18:00:00+02:00']
    """

    starts_at: WallTime
    zone: ZoneInfo = field(converter=checked_zone)
    rule: str
    excluded: tuple[WallTime, ...] = ()
    extra: tuple[WallTime, ...] = ()

    # The rule as it is followed, how far in time it was moved for that, and where it ends on the wall.
    _plan: tuple[rrule, timedelta, datetime] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        settle(self, starts_at=wall_time, rule=_rule_parts, excluded=several(wall_time), extra=several(wall_time))
        object.__setattr__(self, "_plan", self._planned())

    def occurrences(self, at_most: int = MOST_OCCURRENCES) -> tuple[datetime, ...]:
        """
        The first dates of the series, in order, each an aware datetime in its zone.

        A time that the clocks skip moves forward by what they skip; one that
        they show twice is the first.

        Args:
            at_most: How many, 1 to 1000.

        Raises:
            InvalidValueError: *at_most* is out of its range.
        """
        limit = checks.integer(at_most, "at_most", 1, MOST_OCCURRENCES)
        excluded = set(self.excluded)
        by_rule = islice((wall for wall in self._by_rule() if wall not in excluded), limit)
        walls = {*by_rule, *(set(self.extra) - excluded)}
        instants = sorted({shifted_instant_of(wall, self.zone) for wall in walls})
        return tuple(at.astimezone(self.zone) for at in instants[:limit])

    def _by_rule(self) -> Iterator[datetime]:
        """The wall-clock times that the rule hits."""
        rule, shift, last = self._plan
        return takewhile(lambda wall: wall <= last, (late - shift for late in rule))

    def _planned(self) -> tuple[rrule, timedelta, datetime]:
        parts = dict(part.split("=") for part in self.rule.split(";"))
        until = parts.pop("UNTIL", None)
        last = self.starts_at + timedelta(days=365 * YEARS_AHEAD)
        if until is not None:
            last = min(last, self._wall_clock(until))
        shift = date(_twin_year(self.starts_at.year), 1, 1) - date(self.starts_at.year, 1, 1)
        try:
            rule = rrulestr(";".join(map("=".join, parts.items())), dtstart=self.starts_at + shift)
        except ValueError:
            raise InvalidValueError("rule", BAD_RULE) from None
        assert isinstance(rule, rrule)
        return rule, shift, last

    def _wall_clock(self, until: str) -> datetime:
        """What UNTIL means on the wall."""
        match = _PARTS["UNTIL"].fullmatch(until)
        assert match is not None
        try:
            last = datetime.fromisoformat(f"{match['day']}T{match['time'] or '235959'}")
            return last.replace(tzinfo=UTC).astimezone(self.zone).replace(tzinfo=None) if match["utc"] else last
        except (ValueError, OverflowError):
            raise InvalidValueError("rule", BAD_RULE) from None


def _twin_year(year: int) -> int:
    """
    The last year that begins YEARS_AHEAD years with the same weekdays and leap days as *year* does.

    The rule's library looks for a hit up to year 9999, whatever its UNTIL: nine
    seconds for a daily rule with BYMONTH=2;BYMONTHDAY=30. Started there, it soon
    gives up. The calendar repeats every 400 years, so there is always a twin.
    """
    span = range(YEARS_AHEAD + 1)
    pattern = [isleap(year + ahead) for ahead in span]
    late = MAXYEAR - YEARS_AHEAD - 1
    while weekday(late, 1, 1) != weekday(year, 1, 1) or [isleap(late + ahead) for ahead in span] != pattern:
        late -= 1
    return late
