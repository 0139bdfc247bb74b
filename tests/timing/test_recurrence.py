"""Series of dates, as RFC 5545 reads them."""

import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from paidevents import Recurrence
from paidevents.errors import InvalidValueError
from paidevents.testing.strategies import recurrences, rules, wall_times

START = datetime(2026, 3, 24, 18)  # a Tuesday


def shown(series: Recurrence, at_most: int = 1000) -> list[str]:
    return [at.isoformat() for at in series.occurrences(at_most)]


def test_a_series_stays_at_its_hour_when_the_clocks_change() -> None:
    series = Recurrence(START, "Europe/Paris", "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3")
    assert shown(series) == ["2026-03-24T18:00:00+01:00", "2026-03-26T18:00:00+01:00", "2026-03-31T18:00:00+02:00"]


def test_a_time_that_is_skipped_moves_on_and_one_that_comes_twice_is_the_first() -> None:
    spring = Recurrence(datetime(2026, 3, 28, 2, 30), "Europe/Paris", "FREQ=DAILY;COUNT=3")
    assert shown(spring) == ["2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"]
    autumn = Recurrence(datetime(2026, 10, 24, 2, 30), "Europe/Paris", "FREQ=DAILY;COUNT=3")
    assert shown(autumn) == ["2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]


def test_dates_are_taken_out_and_added() -> None:
    series = Recurrence(
        START,
        "Europe/Paris",
        "FREQ=WEEKLY;COUNT=3",
        excluded=(START + timedelta(days=7), START + timedelta(days=8)),
        extra=(datetime(2026, 3, 1, 10), START + timedelta(days=8), START),
    )
    assert shown(series) == ["2026-03-01T10:00:00+01:00", "2026-03-24T18:00:00+01:00", "2026-04-07T18:00:00+02:00"]


def test_the_start_is_a_date_only_if_the_rule_hits_it() -> None:
    assert shown(Recurrence(START, "UTC", "FREQ=WEEKLY;BYDAY=FR;COUNT=1")) == ["2026-03-27T18:00:00+00:00"]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260407", "2026-04-07"),  # a bare day lasts to its end
        ("20260407T180000", "2026-04-07"),  # on the wall
        ("20260407T175959", "2026-03-31"),
        ("20260407T160000Z", "2026-04-07"),  # 18:00 in Paris, already in summer time
        ("20260407T155959Z", "2026-03-31"),
        ("20260401", "2026-03-31"),
    ],
)
def test_until_is_inclusive_and_knows_its_zone(until: str, last: str) -> None:
    series = Recurrence(START, "Europe/Paris", f"FREQ=WEEKLY;UNTIL={until}")
    assert shown(series)[-1].startswith(last)


def test_a_rule_without_an_end_is_followed_for_ten_years() -> None:
    series = Recurrence(START, "Europe/Paris", "FREQ=MONTHLY")
    assert len(series.occurrences()) == 120
    assert len(series.occurrences(5)) == 5
    assert len(Recurrence(START, "UTC", "FREQ=DAILY").occurrences()) == 1000


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5", "FREQ=MONTHLY;BYDAY=6MO"]
)
def test_a_rule_that_hits_nothing_soon_gives_up(rule: str) -> None:
    assert Recurrence(START, "UTC", rule).occurrences() == ()


def test_a_century_without_a_leap_day_has_none() -> None:
    """2100 is no leap year; the last February of these ten years ends on the 28th, as 2096's does on the 29th."""
    ends = Recurrence(START.replace(year=2090), "UTC", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1").occurrences()
    assert [at.date() for at in ends] == [
        date(year, 2, 29 if year in {2092, 2096} else 28) for year in range(2091, 2101)
    ]


@pytest.mark.parametrize("at_most", [0, -1, 1001, True, 1.5, None])
def test_how_many_is_bounded(at_most: int) -> None:
    with pytest.raises(InvalidValueError, match="at_most"):
        Recurrence(START, "UTC", "FREQ=DAILY").occurrences(at_most)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("", "empty"),
        ("FREQ=HOURLY", "bad_rule"),
        ("COUNT=5", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=0", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=1001", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=5;UNTIL=20270101", "rule_ends_twice"),
        ("FREQ=WEEKLY;FREQ=DAILY", "rule_part_twice"),
        ("FREQ=WEEKLY;BYHOUR=3", "rule_part_not_supported"),
        ("FREQ=WEEKLY;X-A=3", "bad_rule"),
        ("FREQ=WEEKLY;", "bad_rule"),
        ("FREQ=WEEKLY\nDTSTART:20260101", "forbidden_characters"),
        ("FREQ=WEEKLY;BYDAY=XX", "bad_rule"),
        ("FREQ=MONTHLY;BYDAY=0MO", "bad_rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "bad_rule"),
        ("FREQ=YEARLY;BYMONTH=13", "bad_rule"),
        ("FREQ=YEARLY;BYMONTH=-1", "bad_rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "bad_rule"),
        ("FREQ=YEARLY;BYYEARDAY=-367", "bad_rule"),
        ("FREQ=YEARLY;BYWEEKNO=54", "bad_rule"),
        ("FREQ=DAILY;BYSETPOS=367", "bad_rule"),
        ("FREQ=DAILY;UNTIL=20261345", "bad_rule"),
        ("FREQ=DAILY;UNTIL=00010101T000000Z", "bad_rule"),
        ("FREQ=DAILY;INTERVAL=0", "bad_rule"),
        ("FREQ=DAILY;BYSETPOS=0", "bad_rule"),
        ("R" * 501, "too_long"),
        (None, "wrong_type"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_at_once(rule: object, code: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Recurrence(START, "America/New_York", rule)  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.reason.code) == ("rule", code)


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("FREQ=YEARLY;BYMONTH=12", "2026-12-24"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-03-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-03-31"),
        ("FREQ=YEARLY;BYYEARDAY=366", "2028-12-31"),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "2026-12-28"),
        ("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366", "2028-12-31"),
    ],
)
def test_the_largest_number_of_each_part_is_followed(rule: str, first: str) -> None:
    assert shown(Recurrence(START, "UTC", rule), 1)[0].startswith(first)


def test_times_are_local_and_the_zone_is_known() -> None:
    impossible: tuple[Callable[[], object], ...] = (
        lambda: Recurrence(START.replace(tzinfo=UTC), "UTC", "FREQ=DAILY"),
        lambda: Recurrence(START, "UTC", "FREQ=DAILY", excluded=(START.replace(tzinfo=UTC),)),
        lambda: Recurrence(START, "UTC", "FREQ=DAILY", extra=(date(2026, 1, 1),)),  # type: ignore[arg-type]
        lambda: Recurrence(START, "UTC", "FREQ=DAILY", extra=START),  # type: ignore[arg-type]
        lambda: Recurrence(START, "UTC", "FREQ=DAILY", extra=(START,) * 1001),
        lambda: Recurrence(START, "Mars", "FREQ=DAILY"),
    )
    for series in impossible:
        with pytest.raises(InvalidValueError):
            series()


def test_a_rule_is_kept_without_its_prefix_and_in_capitals() -> None:
    series = Recurrence(START, "UTC", "RRULE:freq=daily;count=2")
    assert series.rule == "FREQ=DAILY;COUNT=2"
    assert series == Recurrence(START.replace(fold=1), "UTC", "FREQ=DAILY;COUNT=2")
    assert pickle.loads(pickle.dumps(series)).occurrences() == series.occurrences()


@given(series=recurrences(), at_most=st.integers(1, 50))
def test_dates_come_in_order_once_each_and_fewer_are_the_first(series: Recurrence, at_most: int) -> None:
    dates = [at.astimezone(UTC) for at in series.occurrences(50)]
    assert dates == sorted(set(dates))
    assert [at.astimezone(UTC) for at in series.occurrences(at_most)] == dates[:at_most]
    assert all(at.tzinfo is series.zone for at in series.occurrences(at_most))


@given(start=wall_times(), rule=rules())
def test_in_utc_a_rule_hits_what_its_library_says(start: datetime, rule: str) -> None:
    """The rule is followed in another century; the dates must be those of its own."""
    ours = [at.replace(tzinfo=None) for at in Recurrence(start, "UTC", rule).occurrences(40)]
    name, _, end = rule.rpartition(";UNTIL=")
    last = datetime.fromisoformat(f"{end}T235959") if name else start + timedelta(days=3650)
    theirs: list[datetime] = []
    for wall in rrulestr(name or rule, dtstart=start):
        if wall > min(last, start + timedelta(days=3650)) or len(theirs) == 40:
            break
        theirs.append(wall)
    assert ours == theirs
