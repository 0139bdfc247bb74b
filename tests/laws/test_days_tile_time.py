"""Every instant lies in exactly one local day of every zone."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given

from paidevents import Window
from paidevents.errors import InvalidValueError
from paidevents.testing.strategies import days, instants, wall_times, zones
from paidevents.timing import Side, end_of_day, instant_of, start_of_day

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "pricing.json").read_bytes())


@pytest.mark.parametrize("vector", VECTORS["expiry"], ids=lambda vector: f"{vector['zone']} {vector['last_day']}")
def test_the_golden_vectors(vector: dict[str, str]) -> None:
    day = date.fromisoformat(vector["last_day"])
    assert start_of_day(day, vector["zone"]) == datetime.fromisoformat(vector["starts_at"])
    assert end_of_day(day, vector["zone"]) == datetime.fromisoformat(vector["ends_at"])


@given(day=days(), zone=zones())
@example(day=date(2011, 12, 29), zone=ZoneInfo("Pacific/Apia"))
@example(day=date(2018, 11, 3), zone=ZoneInfo("America/Sao_Paulo"))
@example(day=date(2025, 11, 2), zone=ZoneInfo("America/Havana"))
def test_a_day_ends_where_the_next_begins(day: date, zone: ZoneInfo) -> None:
    start, end = start_of_day(day, zone), end_of_day(day, zone)
    assert end == start_of_day(day + timedelta(days=1), zone)
    assert timedelta(0) <= end - start <= timedelta(hours=25)
    assert (end == start) == (zone.key == "Pacific/Apia" and day == date(2011, 12, 30))


@given(at=instants(), zone=zones())
@example(at=datetime(2018, 11, 4, 2, 59, 59, tzinfo=UTC), zone=ZoneInfo("America/Sao_Paulo"))
@example(at=datetime(2025, 11, 2, 5, 30, tzinfo=UTC), zone=ZoneInfo("America/Havana"))
def test_every_instant_lies_in_one_day_which_is_the_one_on_the_calendar(at: datetime, zone: ZoneInfo) -> None:
    around = [at.date() + timedelta(days=offset) for offset in range(-3, 4)]
    holding = [day for day in around if start_of_day(day, zone) <= at < end_of_day(day, zone)]
    assert holding == [at.astimezone(zone).date()]


@given(first=days(), zone=zones())
def test_windows_of_days_tile_as_their_days_do(first: date, zone: ZoneInfo) -> None:
    week = Window.of_days(first, first + timedelta(days=6), zone)
    following = Window.of_days(first + timedelta(days=7), first + timedelta(days=13), zone)
    assert week.ends_at == following.starts_at
    assert week.intersection(following) is None


@given(wall=wall_times(), zone=zones())
def test_a_wall_time_is_shown_by_the_instant_it_is_read_as(wall: datetime, zone: ZoneInfo) -> None:
    try:
        start, end = instant_of(wall, zone, Side.START), instant_of(wall, zone, Side.END)
    except InvalidValueError as error:
        # Then no instant of the days around shows it; offsets are whole quarters of an hour.
        assert error.reason.code == "nonexistent_local_time"
        shown = {
            (wall.replace(tzinfo=UTC) + timedelta(minutes=15 * quarter)).astimezone(zone).replace(tzinfo=None, fold=0)
            for quarter in range(-4 * 30, 4 * 30)
        }
        assert wall not in shown
        return
    assert start <= end
    for at in (start, end):
        assert at.astimezone(zone).replace(tzinfo=None, fold=0) == wall
