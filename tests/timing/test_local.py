"""Local days and times: gaps, repeated hours, days that begin late or not at all."""

from datetime import UTC, date, datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from paidevents.errors import InvalidValueError
from paidevents.timing import Side, end_of_day, instant_of, start_of_day, zone_of


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "zone", "starts"),
    [
        (date(2026, 6, 1), "Europe/Paris", "2026-05-31T22:00"),
        (date(2026, 1, 1), "UTC", "2026-01-01T00:00"),
        # Midnight is skipped: the day begins at 01:00.
        (date(2018, 11, 4), "America/Sao_Paulo", "2018-11-04T03:00"),
        # Midnight comes twice (01:00 back to 00:00): the first one.
        (date(2025, 11, 2), "America/Havana", "2025-11-02T04:00"),
        # Samoa had no 30 December 2011: it begins where the 31st does.
        (date(2011, 12, 30), "Pacific/Apia", "2011-12-30T10:00"),
        (date(2011, 12, 31), "Pacific/Apia", "2011-12-30T10:00"),
        (date(2026, 6, 30), "Asia/Kathmandu", "2026-06-29T18:15"),
        # The clocks went from 23:30 to 00:30: midnight lies within the gap.
        (date(1919, 3, 31), "America/Toronto", "1919-03-31T04:30"),
    ],
)
def test_a_day_starts_at_its_first_instant(day: date, zone: str, starts: str) -> None:
    assert start_of_day(day, zone) == utc(starts)
    assert start_of_day(day, zone).tzinfo is UTC


def test_a_day_ends_where_the_next_begins() -> None:
    assert end_of_day(date(2026, 12, 31), "Europe/Berlin") == utc("2026-12-31T23:00")
    assert end_of_day(date(2026, 3, 29), "Europe/Berlin") == utc("2026-03-29T22:00")


def test_a_local_time_is_one_instant() -> None:
    assert instant_of(datetime(2026, 4, 14, 18), "Europe/Paris") == utc("2026-04-14T16:00")
    assert instant_of(datetime(2026, 4, 14, 18), ZoneInfo("Europe/Paris"), Side.END) == utc("2026-04-14T16:00")


@pytest.mark.parametrize(
    ("zone", "local", "following"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 2, 30), "2026-03-29 03:00"),
        ("Europe/Berlin", datetime(2026, 3, 29, 2, 0), "2026-03-29 03:00"),
        ("America/Sao_Paulo", datetime(2018, 11, 4, 0, 15), "2018-11-04 01:00"),
        ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 15), "2026-10-04 02:30"),
        ("Pacific/Apia", datetime(2011, 12, 30, 12, 0, 0, 5), "2011-12-31 00:00"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused_with_the_next_one(zone: str, local: datetime, following: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        instant_of(local, zone)
    assert refused.value.reason.code == "nonexistent_local_time"
    assert dict(refused.value.reason.values)["next"] == following


def test_a_time_that_comes_twice_is_the_earlier_for_a_start_and_the_later_for_an_end() -> None:
    twice, zone = datetime(2026, 11, 1, 1, 30), "America/New_York"
    assert instant_of(twice, zone) == instant_of(twice, zone, Side.START) == utc("2026-11-01T05:30")
    assert instant_of(twice, zone, Side.END) == utc("2026-11-01T06:30")


def test_fold_decides_where_it_is_given() -> None:
    twice, zone = datetime(2026, 11, 1, 1, 30), "America/New_York"
    assert instant_of(twice, zone, Side.END, fold=0) == utc("2026-11-01T05:30")
    assert instant_of(twice, zone, Side.START, fold=1) == utc("2026-11-01T06:30")
    # What the datetime itself carries says nothing: it is set by accident as often as on purpose.
    assert instant_of(twice.replace(fold=1), zone) == utc("2026-11-01T05:30")
    for fold in (2, -1, True, "0"):
        with pytest.raises(InvalidValueError, match="fold"):
            instant_of(twice, zone, fold=fold)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "Mars/Olympus",
        "",
        "localtime",
        "posixrules",
        "right/Europe/Paris",
        "posix/Europe/Paris",
        "../Europe/Paris",
        "/etc/localtime",
        "Europe",
        "Europe/Paris\n",
        "x" * 65,
        "Europe/Par\x00is",
    ],
)
def test_a_zone_is_one_of_the_database_never_the_machines(name: str) -> None:
    with pytest.raises(InvalidValueError, match="zone"):
        zone_of(name)


def test_a_zone_without_a_name_is_refused() -> None:
    """One read from a file could not be written down."""
    with (files("tzdata") / "zoneinfo" / "UTC").open("rb") as data:
        nameless = ZoneInfo.from_file(data)
    with pytest.raises(InvalidValueError, match="zone"):
        start_of_day(date(2026, 1, 1), nameless)


@pytest.mark.parametrize("day", [datetime(2026, 1, 1), "2026-01-01", None, date(1899, 12, 31), date.max, date.min])
def test_a_day_is_a_date_of_our_centuries(day: object) -> None:
    for ask in (start_of_day, end_of_day):
        with pytest.raises(InvalidValueError, match="day"):
            ask(day, "UTC")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "local", [datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1), "2026-01-01T00:00", datetime.max]
)
def test_a_local_time_has_no_zone_of_its_own(local: object) -> None:
    with pytest.raises(InvalidValueError, match="local"):
        instant_of(local, "UTC")  # type: ignore[arg-type]
