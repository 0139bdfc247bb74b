"""Lengths of time as people mean them, and moments relative to an event."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paidevents import Deadline, Span, Window
from paidevents.errors import InvalidValueError, NaiveDatetimeError
from paidevents.testing.strategies import instants, zones
from paidevents.timing import Anchor, Direction


def at(text: str, zone: str = "Europe/Paris") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90 min", Span(minutes=90)),
        ("24 h", Span(minutes=1440)),
        ("1 day", Span(days=1)),
        ("7 days", Span(days=7)),
        ("2 weeks", Span(days=14)),
        ("1 month 7 days 12 h 30 min", Span(1, 7, 750)),
        ("1 hour 30 minutes", Span(minutes=90)),
        ("0 min", Span()),
        ("24h", Span(minutes=1440)),
    ],
)
def test_a_length_is_read_as_people_write_it(text: str, span: Span) -> None:
    assert Span.of(text) == span


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "days",
        "-7 days",
        "7.5 days",
        "7 Days",
        "7 days ",
        "1 s",
        "٧ days",
        "7  days",
        "1 year",
        "9" * 70,
        7,
        None,
    ],
)
def test_what_is_no_length_is_refused(text: object) -> None:
    with pytest.raises(InvalidValueError, match="span"):
        Span.of(text)  # type: ignore[arg-type]


def test_it_prints_as_people_write_it() -> None:
    assert str(Span(2, 1, 60)) == "2 months 1 day 1 h"
    assert str(Span(1, 2, 90)) == "1 month 2 days 90 min"
    assert str(Span()) == "0 min"


def test_the_longest_is_a_century() -> None:
    assert Span(1200, 36525, 36525 * 24 * 60).months == 1200


@pytest.mark.parametrize(
    "parts",
    [(-1, 0, 0), (0, -1, 0), (0, 0, -1), (1201, 0, 0), (0, 36526, 0), (0, 0, 52596001), (1.0, 0, 0), (True, 0, 0)],
)
def test_its_parts_are_whole_and_bounded(parts: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidValueError):
        Span(*parts)


def test_24_hours_and_a_day_differ_over_a_change_of_clocks() -> None:
    """Paris loses an hour on 29 March 2026 and wins one on 25 October."""
    spring, autumn = at("2026-03-29T18:00"), at("2026-10-25T18:00")
    day, hours = Span.of("1 day"), Span.of("24 h")
    assert day.before(spring, "Europe/Paris") == at("2026-03-28T18:00")
    assert hours.before(spring, "Europe/Paris") == at("2026-03-28T17:00")
    assert day.before(autumn, "Europe/Paris") == at("2026-10-24T18:00")
    assert hours.before(autumn, "Europe/Paris") == at("2026-10-24T19:00")
    assert day.after(at("2026-03-28T18:00"), "Europe/Paris") == spring
    assert day.before(spring, "UTC") == hours.before(spring, "UTC")


def test_a_month_ends_with_its_last_day() -> None:
    assert Span.of("1 month").after(at("2026-01-31T12:00"), "Europe/Paris") == at("2026-02-28T12:00")
    assert Span.of("1 month").before(at("2028-03-31T12:00"), "Europe/Paris") == at("2028-02-29T12:00")


def test_the_calendar_is_counted_before_the_hours() -> None:
    """A day before Sunday 18:00 is Saturday 18:00; twelve hours before that, 06:00."""
    assert Span.of("1 day 12 h").before(at("2026-03-29T18:00"), "Europe/Paris") == at("2026-03-28T06:00")


def test_a_wall_time_that_is_skipped_moves_on_and_one_that_comes_twice_is_the_later() -> None:
    assert Span.of("1 day").before(at("2026-03-30T02:30"), "Europe/Paris") == at("2026-03-29T03:30")
    twice = Span.of("1 day").before(at("2026-10-26T02:30"), "Europe/Paris")
    assert twice == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_it_must_lead_to_a_moment_of_our_centuries() -> None:
    early, late = datetime(1950, 1, 1, tzinfo=UTC), datetime(8999, 1, 1, tzinfo=UTC)
    with pytest.raises(InvalidValueError, match="at: It leads out of the years 1900 to 9000"):
        Span(1200).before(early, "UTC")
    with pytest.raises(InvalidValueError, match="at: It leads out of the years 1900 to 9000"):
        Span(0, 36525).after(late, "UTC")
    with pytest.raises(NaiveDatetimeError):
        Span().before(datetime(2026, 1, 1), "UTC")
    with pytest.raises(InvalidValueError, match="zone"):
        Span().after(early, "Mars")


@given(minutes=st.integers(0, 10**6), moment=instants(), zone=zones())
def test_minutes_pass_alike_everywhere(minutes: int, moment: datetime, zone: ZoneInfo) -> None:
    span = Span(minutes=minutes)
    assert span.after(moment, zone) - moment == timedelta(minutes=minutes)
    assert span.before(span.after(moment, zone), zone) == moment


@given(span=..., shorter=st.integers(0, 100), moment=instants(), zone=zones())
def test_a_longer_span_leads_no_less_far(span: Span, shorter: int, moment: datetime, zone: ZoneInfo) -> None:
    less = Span(span.months, max(span.days - shorter, 0), span.minutes)
    assert less.after(moment, zone) <= span.after(moment, zone)
    assert less.before(moment, zone) >= span.before(moment, zone)


@given(span=..., deadline=...)
def test_what_they_print_reads_back(span: Span, deadline: Deadline) -> None:
    assert Span.of(str(span)) == span
    assert Deadline.of(str(deadline)) == deadline


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("7 days before start", "2026-03-24T18:00"),
        ("168 h before start", "2026-03-24T17:00"),
        ("at start", "2026-03-31T18:00"),
        ("2 h after end", "2026-03-31T21:30"),
        ("at end", "2026-03-31T19:30"),
        ("1 month after end", "2026-04-30T19:30"),
    ],
)
def test_a_deadline_refers_to_an_end_of_the_event(text: str, instant: str) -> None:
    event = Window(at("2026-03-31T18:00"), at("2026-03-31T19:30"))
    assert Deadline.of(text).instant(event, "Europe/Paris") == at(instant)
    assert str(Deadline.of(text)) == text


def test_a_deadline_needs_the_end_it_refers_to() -> None:
    endless = Window(at("2026-03-31T18:00"))
    with pytest.raises(InvalidValueError, match="event: The event is open"):
        Deadline.of("at end").instant(endless, "UTC")
    with pytest.raises(InvalidValueError, match="event: Expected Window"):
        Deadline.of("at start").instant(at("2026-03-31T18:00"), "UTC")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["7 days", "before start", "7 days before", "7 days until start", "at", "at 7 days start", None]
)
def test_what_is_no_deadline_is_refused(text: object) -> None:
    with pytest.raises(InvalidValueError):
        Deadline.of(text)  # type: ignore[arg-type]


def test_its_parts_are_checked() -> None:
    with pytest.raises(InvalidValueError, match="span"):
        Deadline("7 days")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="direction"):
        Deadline(Span(), "before")  # type: ignore[arg-type]
    assert Deadline(Span(days=1), Direction.AFTER, Anchor.END) == Deadline.of("1 day after end")
