"""What is given back of a place that is cancelled, and until when."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from catalog.declared import START, euros, talk

from paidevents import Deadline, InvalidValueError, Money, Rate, Window
from paidevents.catalog import Cancellation, Cause, EventKind, FeesBack, Refunding, RefundStep
from paidevents.errors import CurrencyMismatchError, NaiveDatetimeError
from paidevents.money import USD

PARIS = ZoneInfo("Europe/Paris")
SECOND = timedelta(seconds=1)
TALK = Window(START, START + timedelta(hours=1))
ALL, HALF, NOTHING = Rate(1, 1), Rate(1, 2), Rate(0, 1)


def step(until: str | None, share: Rate = ALL) -> RefundStep:
    return RefundStep(None if until is None else Deadline.of(until), share)


def shares(terms: Cancellation, *moments: datetime, window: Window = TALK) -> list[Rate]:
    return [terms.share_at(at, window, PARIS) for at in moments]


def refused(make: Any, *given: Any, **changed: Any) -> tuple[str, str]:
    with pytest.raises(InvalidValueError) as error:
        make(*given, **changed)
    return error.value.field, error.value.reason.code


# What is declared.


def test_where_nothing_is_declared_a_buyer_may_cancel_until_the_start_and_gets_nothing() -> None:
    terms = talk().cancellation
    assert terms == Cancellation() == Cancellation.none()
    assert (terms.steps, terms.kept, terms.fees, terms.text) == ((), None, FeesBack.AS_DECLARED, "")
    assert (terms.tax, terms.clawback, terms.pro_rata) == (True, False, False)
    assert terms.buyer_until == Deadline.of("at start")


def test_there_are_three_usual_terms() -> None:
    week = Deadline.of("7 days before start")
    assert Cancellation.none().steps == ()
    assert Cancellation.full().steps == (RefundStep(None, ALL),)
    assert Cancellation.full(week).steps == (RefundStep(week, ALL),)
    assert Cancellation.limited(step("7 days before start"), step(None, HALF)).steps == (
        RefundStep(week, ALL),
        RefundStep(None, HALF),
    )
    assert Cancellation.limited() == Cancellation.none()


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        (("at start", ALL), "until", "wrong_type"),
        ((None, "50 %"), "share", "wrong_type"),
        ((None, None), "share", "wrong_type"),
    ],
)
def test_a_step_that_cannot_be_is_refused(given: Any, field: str, reason: str) -> None:
    assert refused(RefundStep, *given) == (field, reason)


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"steps": [None]}, "steps[0]", "wrong_type"),
        ({"steps": [step("at start")] * 21}, "steps", "out_of_range"),
        ({"steps": [step(None), step("at start")]}, "steps[0].until", "step_without_end"),
        ({"steps": [step("at start"), step(None), step(None)]}, "steps[1].until", "step_without_end"),
        ({"kept": 500}, "kept", "wrong_type"),
        ({"kept": euros("-0.01")}, "kept", "negative_price"),
        ({"fees": "all"}, "fees", "wrong_type"),
        ({"tax": None}, "tax", "wrong_type"),
        ({"clawback": 1}, "clawback", "wrong_type"),
        ({"pro_rata": 1}, "pro_rata", "wrong_type"),
        ({"buyer_until": "at start"}, "buyer_until", "wrong_type"),
        ({"text": None}, "text", "wrong_type"),
        ({"text": "x" * 5001}, "text", "too_long"),
        ({"text": "a\tb"}, "text", "forbidden_characters"),
    ],
)
def test_terms_that_cannot_be_are_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    assert refused(Cancellation, **changed) == (field, reason)


def test_terms_may_be_of_many_steps_and_words() -> None:
    assert len(Cancellation(steps=(step("at start"),) * 20, text="x\n" * 2500).steps) == 20


def test_what_is_kept_is_of_the_events_currency() -> None:
    assert talk(cancellation=Cancellation(kept=euros("5.00"))).cancellation.kept == euros("5.00")
    with pytest.raises(CurrencyMismatchError):
        talk(cancellation=Cancellation(kept=Money.of("5.00", USD)))
    assert refused(talk, cancellation=None) == ("cancellation", "wrong_type")


def test_who_causes_it_what_comes_of_fees_and_who_makes_refunds_are_told_by_name() -> None:
    assert [cause.value for cause in Cause] == ["buyer", "organizer"]
    assert [fees.value for fees in FeesBack] == ["as_declared", "all", "none"]
    assert [who.value for who in Refunding] == ["automatic", "owed"]


# What is given back when.


def test_the_first_step_that_still_holds_says_the_share() -> None:
    """The talk begins on 2026-04-14 at 16:00 UTC: a week before is the 7th, 24 hours before the 13th."""
    terms = Cancellation.limited(
        step("7 days before start"), step("24 h before start", HALF), step(None, Rate.of("10 %"))
    )
    week, day = datetime(2026, 4, 7, 16, tzinfo=UTC), datetime(2026, 4, 13, 16, tzinfo=UTC)
    assert shares(terms, week - SECOND, week, day - SECOND, day) == [ALL, HALF, HALF, Rate(1, 10)]
    assert shares(terms, START - timedelta(days=999), START + timedelta(days=999)) == [ALL, Rate(1, 10)]


def test_after_the_last_step_nothing_is_given_back() -> None:
    terms = Cancellation.full(Deadline.of("at end"))
    assert shares(terms, START + timedelta(minutes=59, seconds=59), START + timedelta(hours=1)) == [ALL, NOTHING]
    assert shares(Cancellation.none(), START - timedelta(days=999)) == [NOTHING]


def test_shares_may_rise_and_a_step_may_never_hold() -> None:
    """Half until a day before, then all until the start; the third ends before the first does."""
    terms = Cancellation.limited(
        step("1 day before start", HALF), step("at start"), step("7 days before start", Rate(1, 3))
    )
    assert shares(terms, START - timedelta(days=8), START - SECOND, START) == [HALF, ALL, NOTHING]


def test_days_are_counted_on_the_wall_and_hours_as_they_pass() -> None:
    """
    On 2026-10-25 the clocks of Paris go back at 03:00, so that day has 25 hours.

    What begins then at 18:00 (17:00 UTC) begins 24 hours after 17:00 UTC the
    day before, where it was 19:00; a day before, at 18:00, it was 16:00 UTC.
    """
    sunday = Window(datetime(2026, 10, 25, 18, tzinfo=PARIS))
    day, hours = datetime(2026, 10, 24, 16, tzinfo=UTC), datetime(2026, 10, 24, 17, tzinfo=UTC)
    by_day, by_hours = Cancellation.limited(step("1 day before start")), Cancellation.limited(step("24 h before start"))
    assert shares(by_day, day - SECOND, day, window=sunday) == [ALL, NOTHING]
    assert shares(by_hours, day, hours - SECOND, hours, window=sunday) == [ALL, ALL, NOTHING]


def test_in_the_hour_that_is_shown_twice_the_later_moment_counts() -> None:
    """
    What begins in Paris on 2026-11-01 at 02:30 ends its week before at 02:30 on the 25th, which comes twice.

    First at 00:30 UTC, in summer time, then at 01:30 UTC: the buyer has until the second.
    """
    sunday = Window(datetime(2026, 11, 1, 2, 30, tzinfo=PARIS))
    terms = Cancellation.full(Deadline.of("7 days before start"))
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=fold) for fold in (0, 1))
    assert (first.astimezone(UTC).hour, second.astimezone(UTC).hour) == (0, 1)
    utc = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert shares(terms, first, utc - SECOND, utc, second, window=sunday) == [ALL, ALL, NOTHING, NOTHING]


def test_in_the_hour_that_is_skipped_the_deadline_moves_on_with_the_clocks() -> None:
    """On 2026-03-29 there is no 02:30 in Paris: a week before 2026-04-05 at 02:30 it is 03:30, or 01:30 UTC."""
    sunday = Window(datetime(2026, 4, 5, 2, 30, tzinfo=PARIS))
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert shares(Cancellation.full(Deadline.of("7 days before start")), at - SECOND, at, window=sunday) == [
        ALL,
        NOTHING,
    ]


def test_the_zone_decides_when_days_end() -> None:
    """A month before 2026-03-31 18:00 UTC is the last of February at that time on the wall, which differs by zone."""
    window, terms = (
        Window(datetime(2026, 3, 31, 18, tzinfo=UTC)),
        Cancellation.full(Deadline.of("1 month before start")),
    )
    at = datetime(2026, 2, 28, 18, 30, tzinfo=UTC)  # Paris: 20:00 on the wall in March is 20:00 in February, 19:00 UTC
    assert terms.share_at(at, window, "Europe/Paris") == ALL
    assert terms.share_at(at, window, "UTC") == NOTHING


def test_a_deadline_of_a_side_that_is_open_never_passes() -> None:
    late = datetime(8999, 1, 1, tzinfo=UTC)
    terms = Cancellation.limited(step("7 days before start", HALF), step(None))
    assert shares(terms, late, window=Window()) == [HALF]
    assert shares(Cancellation.full(Deadline.of("at end")), late, window=Window(START)) == [ALL]
    assert shares(Cancellation.full(Deadline.of("at start")), late, window=Window(None, START)) == [ALL]
    assert shares(Cancellation.full(Deadline.of("at start")), late, window=Window(START)) == [NOTHING]


def test_a_deadline_outside_the_years_of_use_has_passed_or_never_does() -> None:
    """A hundred years before 1950 no one could cancel; a hundred years after 8950 no one will."""
    early, late = Window(datetime(1950, 1, 1, tzinfo=UTC)), Window(datetime(8950, 1, 1, tzinfo=UTC))
    before, after = (
        Cancellation.full(Deadline.of("1200 months before start")),
        Cancellation.full(Deadline.of("1200 months after start")),
    )
    assert shares(before, datetime(1900, 1, 1, tzinfo=UTC), window=early) == [NOTHING]
    assert shares(after, datetime(8999, 1, 1, tzinfo=UTC), window=late) == [ALL]


# Until when a buyer may cancel.


def test_a_buyer_may_cancel_until_the_deadline() -> None:
    assert [talk().cancellation.is_open_at(at, TALK, PARIS) for at in (START - SECOND, START)] == [True, False]
    later = Cancellation(buyer_until=Deadline.of("2 days after end"))
    over = START + timedelta(hours=1, days=2)
    assert [later.is_open_at(at, TALK, PARIS) for at in (over - SECOND, over)] == [True, False]


def test_without_a_deadline_or_a_date_a_buyer_may_cancel_at_any_time() -> None:
    late = START + timedelta(days=999)
    assert Cancellation(buyer_until=None).is_open_at(late, TALK, PARIS)
    video = talk(kind=EventKind.ON_DEMAND)
    assert video.cancellation.is_open_at(late, video.window, video.zone)


@pytest.mark.parametrize("ask", ["share_at", "is_open_at"])
def test_it_is_asked_of_a_moment_a_window_and_a_zone(ask: str) -> None:
    for terms in (Cancellation.none(), Cancellation.full(), Cancellation(steps=(step("at end"),), buyer_until=None)):
        asked = getattr(terms, ask)
        with pytest.raises(NaiveDatetimeError):
            asked(datetime(2026, 4, 14), TALK, PARIS)
        assert refused(asked, "today", TALK, PARIS) == ("at", "wrong_type")
        assert refused(asked, START, None, PARIS) == ("window", "wrong_type")
        assert refused(asked, START, TALK, "Paris") == ("zone", "unknown_zone")
        assert refused(asked, START, TALK, None)[0] == "zone"
