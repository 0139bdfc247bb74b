"""
Local days and local times to instants.

A zone's clocks skip an hour in spring and repeat one in autumn; some zones do
so at midnight, and one dropped a whole day. Every local date still has a first
instant, and every instant lies in exactly one day that begins so.
"""

import re
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from paidevents import checks
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

UNKNOWN_ZONE = Reason("unknown_zone", "It is not a time zone such as Europe/Paris.")
NONEXISTENT_LOCAL_TIME = Reason(
    "nonexistent_local_time", "The clocks in {zone} skip {local}; the next time there is {next}."
)

WallTime = Annotated[datetime, "without a zone, as a clock on the wall shows it"]

_ZONE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}")
# The machine's own zone, and copies of the database that count differently.
_NOT_ZONES = ("localtime", "posixrules", "Factory", "posix/", "right/")


class Side(Enum):
    """Which end of a window a local time is meant to be; it decides between two instants of one wall time."""

    START = "start"
    END = "end"


def zone_of(name: str) -> ZoneInfo:
    """
    The time zone of a name from the IANA database.

    Raises:
        InvalidValueError: No such zone is known on this machine.

    Example:
        >>> zone_of("Europe/Paris").key
        'Europe/Paris'
    """
    checks.written(name, "zone", _ZONE_NAME, "Europe/Paris")
    if not name.startswith(_NOT_ZONES):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise InvalidValueError("zone", UNKNOWN_ZONE)


def checked_zone(value: ZoneInfo | str, field: str = "zone") -> ZoneInfo:
    """*value* if it is a zone with a name, or the zone of that name; else an InvalidValueError."""
    if isinstance(value, str):
        return zone_of(value)
    zone = checks.instance(value, field, ZoneInfo)
    if zone.key is None:
        raise InvalidValueError(field, UNKNOWN_ZONE)
    return zone


def start_of_day(day: date, zone: ZoneInfo | str) -> datetime:
    """
    The first instant of *day* in *zone*, in UTC.

    If clocks skip midnight, the first instant after the gap; if midnight comes
    twice, the first one. A day that a zone dropped starts when the next does.

    Raises:
        InvalidValueError: *day* is no date, or *zone* is unknown.

    Example:
        >>> start_of_day(date(2018, 11, 4), "America/Sao_Paulo").isoformat()  # begins at 01:00
        '2018-11-04T03:00:00+00:00'
    """
    midnight = datetime.combine(checks.day(day, "day"), datetime.min.time())
    place = checked_zone(zone)
    found = _instants(midnight, place)
    return found[0] if found else _end_of_gap(midnight, place)


def end_of_day(day: date, zone: ZoneInfo | str) -> datetime:
    """
    The end of *day* in *zone*, in UTC: the first instant of the next day. "Through that day" ends here.

    Raises:
        InvalidValueError: *day* is no date, or *zone* is unknown.

    Example:
        >>> end_of_day(date(2026, 12, 31), "Europe/Berlin").isoformat()
        '2026-12-31T23:00:00+00:00'
    """
    return start_of_day(checks.day(day, "day") + timedelta(days=1), zone)


def instant_of(local: WallTime, zone: ZoneInfo | str, side: Side = Side.START, fold: int | None = None) -> datetime:
    """
    The instant, in UTC, at which clocks in *zone* show *local*.

    Args:
        local: A datetime without a zone.
        zone: The zone whose clocks are meant.
        side: If clocks show it twice: the earlier instant for a start, the
            later for an end. Both favour the buyer.
        fold: 0 or 1 chooses the earlier or the later instead.

    Raises:
        InvalidValueError: The clocks skip *local*, or an argument is of the wrong kind.

    Example:
        >>> instant_of(datetime(2026, 10, 25, 2, 30), "Europe/Paris", Side.END).isoformat()
        '2026-10-25T01:30:00+00:00'
    """
    wall = checks.wall_time(local, "local")
    place = checked_zone(zone)
    later = checks.instance(side, "side", Side) is Side.END
    if fold is not None:
        later = checks.integer(fold, "fold", 0, 1) == 1
    found = _instants(wall, place)
    if not found:
        opens = _end_of_gap(wall, place).astimezone(place)
        raise InvalidValueError(
            "local",
            NONEXISTENT_LOCAL_TIME.given(
                zone=place.key,
                local=wall.isoformat(" ", "minutes"),
                next=opens.replace(tzinfo=None).isoformat(" ", "minutes"),
            ),
        )
    return found[-1] if later else found[0]


def shifted_instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """
    The instant of a wall time that was computed, not typed, in UTC.

    Skipped by the clocks, it moves forward by what they skip (02:30 becomes
    03:30); shown twice, it is the first. So RFC 5545 reads recurring events.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _instants(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """The instants at which clocks show *wall*: none, one, or two in order."""
    candidates = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(at for at in candidates if at.astimezone(zone).replace(tzinfo=None, fold=0) == wall)


def _end_of_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after the gap that swallows *wall*."""
    # Read with the offset after the gap it lies before the jump, with the one before it, after.
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) // 2).replace(microsecond=0)
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
