"""Windows include their start and not their end."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paidevents import Window
from paidevents.errors import InvalidValueError, NaiveDatetimeError
from paidevents.testing.strategies import instants

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_it_holds_its_start_and_not_its_end() -> None:
    window = Window(NOON, NOON + HOUR)
    assert NOON in window
    assert NOON + HOUR not in window
    assert NOON - timedelta(microseconds=1) not in window
    assert NOON + HOUR - timedelta(microseconds=1) in window
    assert not window.is_over(NOON - HOUR) and not window.is_over(NOON) and window.is_over(NOON + HOUR)


def test_an_end_may_be_open() -> None:
    assert NOON in Window()
    assert NOON in Window(starts_at=NOON) and NOON not in Window(ends_at=NOON)
    assert not Window(starts_at=NOON).is_over(NOON + 1000 * HOUR)


@pytest.mark.parametrize("end", [NOON, NOON - HOUR])
def test_an_empty_window_is_refused(end: datetime) -> None:
    with pytest.raises(InvalidValueError, match="ends_at: It ends before it starts"):
        Window(NOON, end)


def test_it_is_kept_in_utc() -> None:
    paris = Window(NOON.astimezone(ZoneInfo("Europe/Paris")), (NOON + HOUR).astimezone(timezone(2 * HOUR)))
    assert paris == Window(NOON, NOON + HOUR)
    assert paris.starts_at is not None and paris.starts_at.tzinfo is UTC


def test_an_hour_that_comes_twice_is_not_mixed_up() -> None:
    """Python finds both 02:30 equal, and 02:59 of the first later than 02:00 of the second."""
    zone = ZoneInfo("Europe/Paris")
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=fold) for fold in (0, 1))
    assert first == second
    window = Window(first, second)
    assert first in window and second not in window
    assert second.replace(minute=0) in window


def test_a_time_without_a_zone_is_refused_everywhere() -> None:
    naive = datetime(2026, 6, 1)
    for ask in (
        lambda: Window(naive),
        lambda: Window(None, naive),
        lambda: Window().is_over(naive),
        lambda: naive in Window(),
    ):
        with pytest.raises(NaiveDatetimeError):
            ask()


@pytest.mark.parametrize("end", ["2026-01-01", date(2026, 1, 1), 5, datetime.max.replace(tzinfo=UTC)])
def test_an_end_is_a_datetime_of_our_centuries(end: object) -> None:
    with pytest.raises(InvalidValueError, match="starts_at"):
        Window(end)  # type: ignore[arg-type]


def test_days_last_through_the_last_one() -> None:
    april = Window.of_days(date(2026, 4, 1), date(2026, 4, 30), "Europe/Paris")
    assert april == Window(datetime(2026, 3, 31, 22, tzinfo=UTC), datetime(2026, 4, 30, 22, tzinfo=UTC))
    assert Window.of_days(None, None, "UTC") == Window()
    with pytest.raises(InvalidValueError, match="ends_at"):
        Window.of_days(date(2011, 12, 30), date(2011, 12, 30), "Pacific/Apia")  # a day that never was


def test_windows_that_touch_have_nothing_in_common() -> None:
    assert Window(NOON, NOON + HOUR).intersection(Window(NOON + HOUR, None)) is None
    assert Window(None, NOON + HOUR).intersection(Window(NOON, None)) == Window(NOON, NOON + HOUR)
    with pytest.raises(InvalidValueError, match="other: Expected Window"):
        Window().intersection(NOON)  # type: ignore[arg-type]


@given(one=..., other=..., at=instants())
def test_an_intersection_holds_what_both_hold(one: Window, other: Window, at: datetime) -> None:
    both = one.intersection(other)
    assert both == other.intersection(one)
    assert (both is not None and at in both) == (at in one and at in other)


@given(window=..., at=instants(), hours=st.integers(-14, 14))
def test_the_zone_an_instant_is_shown_in_changes_nothing(window: Window, at: datetime, hours: int) -> None:
    assert (at in window) == (at.astimezone(timezone(timedelta(hours=hours))) in window)
