"""Recordings: whom they are for, and when they can be seen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from access.doors import BEFORE, END, KEY, START, WEEK, link, place, refusals, series
from catalog.declared import talk

from paidevents import Span
from paidevents.access import (
    Attachment,
    Pass,
    Purpose,
    Recording,
    Revocation,
    Visit,
    admit_viewer,
    audience,
    entitlement_refusals,
    recording_refusals,
)
from paidevents.catalog import Event, Policy
from paidevents.errors import InvalidValueError, NaiveDatetimeError

LATER = END + timedelta(hours=2)
SECOND = timedelta(seconds=1)
PRESENT = place(id="present", visits=[Visit(None, START)])
ABSENT = place(id="absent")
NEWCOMER = place(id="newcomer", issued_at=LATER)


def film(**changed: Any) -> Recording:
    """The recording of the talk, published two hours after its end."""
    plain = {"id": "film", "event_id": "talk", "attached_at": END, "published_at": LATER}
    return Recording(**{**plain, **changed})


def told(recording: Recording, holder: Pass = PRESENT, event: Event | None = None, **changed: Any) -> list[str]:
    asked = {"event": event or talk(), "at": LATER, "account_active": True, "viewers": 0, **changed}
    return [reason.code for reason in recording_refusals(recording, holder, **asked)]


def test_a_published_recording_is_seen_by_who_has_a_place() -> None:
    assert told(film()) == told(film(), ABSENT) == told(film(), NEWCOMER) == []


@pytest.mark.parametrize(
    ("recording", "asked", "reason"),
    [
        (film(published_at=None), {}, "recording_not_published"),
        (film(), {"at": LATER - SECOND}, "recording_not_published"),
        (film(withdrawn_at=END), {}, "recording_withdrawn"),
        (film(published_at=None, withdrawn_at=END), {}, "recording_withdrawn"),
        (film(), {"account_active": False}, "account_not_active"),
        (film(), {"event": talk(policy=Policy(attendance_limit=5)), "viewers": 5}, "attendance_limit_reached"),
        (film(lasts=Span(minutes=1)), {"at": LATER + timedelta(minutes=1)}, "recording_expired"),
    ],
)
def test_each_condition_is_asked_for_itself(recording: Recording, asked: dict[str, Any], reason: str) -> None:
    """GT-18: published, and the account active, and the limit not reached, and within its period."""
    assert told(recording, **asked) == [reason]


def test_what_is_not_published_yet_may_be_seen_later_and_what_was_withdrawn_not() -> None:
    asked: dict[str, Any] = {"event": talk(), "at": LATER, "account_active": True, "viewers": 0}
    for recording, again in [(film(published_at=None), True), (film(withdrawn_at=END), False)]:
        assert [reason.retryable for reason in recording_refusals(recording, PRESENT, **asked)] == [again]


def test_up_to_the_limit_others_see_it() -> None:
    assert told(film(), event=talk(policy=Policy(attendance_limit=5)), viewers=4) == []
    assert told(film(), viewers=10**9) == []


def test_a_period_is_the_recordings_own_or_that_of_the_policy() -> None:
    """Thirty days on the calendar from 19:00 UTC, 21:00 in Paris, on April 14: until May 14 at 19:00 UTC."""
    event = talk(policy=Policy(recording_lasts=Span(days=30)))
    until = LATER + timedelta(days=30)
    assert film().seen_until(event) == until
    assert told(film(), event=event, at=until - SECOND) == []
    assert told(film(), event=event, at=until) == ["recording_expired"]
    assert told(film(lasts=Span(days=60)), event=event, at=until) == []
    assert film(lasts=Span(days=1)).seen_until(event) == LATER + timedelta(days=1)
    assert film().seen_until(talk()) is film(published_at=None).seen_until(event) is None


def test_days_of_a_period_are_days_of_the_event() -> None:
    """Over the end of summer time in Paris, October 25, a day has 25 hours."""
    published = datetime.fromisoformat("2026-10-24T12:00Z")
    assert film(published_at=published, lasts=Span(days=1)).seen_until(talk()) == published + timedelta(hours=25)


def test_absentees_see_it_unless_the_policy_says_otherwise() -> None:
    """GT-19: "Peut-on envoyer un enregistrement de session aux participants et aux absents qui ont payé ?" """
    strict = talk(policy=Policy(absentees_see_recording=False))
    assert told(film(), ABSENT, strict) == ["not_for_absentees"]
    assert told(film(), PRESENT, strict) == told(film(), NEWCOMER, strict) == []


def test_who_paid_for_the_event_sees_it_only_if_it_is_included() -> None:
    alone = film(included=False)
    assert told(alone, PRESENT) == told(alone, ABSENT) == ["recording_not_included"]
    assert told(alone, NEWCOMER) == []


def test_who_registers_at_the_very_end_has_paid_for_the_recording() -> None:
    alone = film(included=False)
    assert told(alone, place(issued_at=END)) == []
    assert told(alone, place(issued_at=END - SECOND)) == ["recording_not_included"]


def test_the_recording_of_a_session_is_for_those_of_that_session() -> None:
    event = series(policy=Policy(absentees_see_recording=False))
    second = film(session="week_1")
    assert told(second, place(sessions=("week_0",)), event) == ["other_session"]
    assert told(second, place(sessions=("week_1",)), event) == ["not_for_absentees"]
    assert told(second, place(visits=[Visit("week_0", START)]), event) == ["not_for_absentees"]
    assert told(second, place(visits=[Visit("week_1", START + WEEK)]), event) == []
    assert told(second, place(issued_at=END + WEEK), event) == []
    assert told(film(), place(visits=[Visit("week_0", START)]), event) == []


def test_nobody_is_too_late_for_what_has_no_end() -> None:
    """A session that is gone from the event has no end by which a newcomer could be told."""
    gone = film(session="week_9", included=False)
    assert told(gone, place(issued_at=LATER), series()) == ["recording_not_included"]


def test_a_recording_of_another_event_is_not_seen() -> None:
    assert told(film(event_id="other")) == ["other_session"]
    assert told(film(), place(event_id="other")) == ["other_session"]
    assert told(film(event_id="other"), place(event_id="other")) == ["other_session"]


def test_who_has_lost_the_place_has_lost_the_recording() -> None:
    assert told(film(), PRESENT.suspended(END)) == ["pass_suspended"]
    assert told(film(), PRESENT.revoked(END, Revocation.REFUNDED)) == ["pass_revoked"]


def test_every_reason_is_told_first_why_not_for_you_then_why_not_now() -> None:
    event = talk(policy=Policy(attendance_limit=1, absentees_see_recording=False))
    asked: dict[str, Any] = {"account_active": False, "viewers": 1}
    assert told(film(published_at=None), ABSENT, event, **asked) == [
        "not_for_absentees",
        "recording_not_published",
        "account_not_active",
        "attendance_limit_reached",
    ]


@pytest.mark.parametrize("attachment", Attachment)
@pytest.mark.parametrize(("attached_at", "due_at"), [(BEFORE, END), (END, END), (LATER, LATER)])
def test_it_is_sent_at_the_end_or_when_it_is_attached_later(
    attachment: Attachment, attached_at: datetime, due_at: datetime
) -> None:
    """GT-20: "À la fin du webinaire, cette vidéo sera envoyée aux inscrits"."""
    assert film(attachment=attachment, attached_at=attached_at).due_at(talk()) == due_at


def test_of_a_session_the_end_is_its_own() -> None:
    assert film(attached_at=BEFORE, session="week_1").due_at(series()) == END + WEEK
    assert film(attached_at=BEFORE).due_at(series()) == END + 3 * WEEK
    assert film(attached_at=BEFORE, session="week_9").due_at(series()) == BEFORE


def test_it_is_published_withdrawn_and_published_again() -> None:
    fresh = film(published_at=None)
    there = fresh.published(LATER)
    assert (there, there.published(LATER + SECOND)) == (film(), there)
    assert there.published(LATER + SECOND) is there
    gone = there.withdrawn(LATER)
    assert gone.withdrawn(LATER + SECOND) is gone
    assert told(gone, at=LATER + WEEK) == ["recording_withdrawn"]
    again = gone.published(LATER + WEEK)
    assert (again.published_at, again.withdrawn_at) == (LATER + WEEK, None)


def test_the_registrants_are_sent_it_but_for_those_whom_it_is_not_for() -> None:
    passes = [ABSENT, PRESENT, NEWCOMER, place(id="gone").revoked(END, Revocation.CANCELLED)]
    strict = talk(policy=Policy(absentees_see_recording=False))
    assert [each.id for each in audience(film(), passes, talk())] == ["absent", "present", "newcomer"]
    assert [each.id for each in audience(film(), passes, strict)] == ["present", "newcomer"]
    assert [each.id for each in audience(film(included=False), tuple(passes), talk())] == ["newcomer"]
    assert audience(film(), [], talk()) == ()


def see(holder: Pass | None, presented: str, **changed: Any) -> Pass:
    asked = {"event": talk(), "at": LATER, "account_active": True, "viewers": 0, **changed}
    return admit_viewer(holder, KEY, presented, film(), **asked)


def test_the_link_to_a_recording_is_personal() -> None:
    good = link(PRESENT, Purpose.RECORDING)
    assert see(PRESENT, good) is PRESENT
    for holder, presented in [
        (PRESENT, link(PRESENT, Purpose.JOIN)),
        (PRESENT, link(ABSENT, Purpose.RECORDING)),
        (PRESENT, good + "="),
        (None, good),
        (PRESENT.renewed(), good),
    ]:
        assert refusals(partial(see, holder, presented)) == ["token_not_valid"]
    assert refusals(lambda: see(PRESENT, good, account_active=False)) == ["account_not_active"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id": ""}, "id: It is empty"),
        ({"event_id": "A"}, "event_id: It must look like this"),
        ({"session": ""}, "session: It must look like this"),
        ({"attachment": "by_hand"}, "attachment: Expected Attachment"),
        ({"included": 1}, "included: Expected bool"),
        ({"lasts": Span()}, "lasts: It lasts no time at all"),
        ({"lasts": 5}, "lasts: Expected Span"),
        ({"published_at": "now"}, "published_at: Expected datetime"),
    ],
)
def test_what_cannot_be_is_no_recording(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        film(**changed)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: told(film(), account_active=1),
        lambda: told(film(), viewers=-1),
        lambda: told(film(), None),  # type: ignore[arg-type]
        lambda: entitlement_refusals(None, PRESENT, talk()),  # type: ignore[arg-type]
        lambda: entitlement_refusals(film(), PRESENT, None),  # type: ignore[arg-type]
        lambda: audience(film(), [None], talk()),  # type: ignore[list-item]
        lambda: audience(None, [], talk()),  # type: ignore[arg-type]
        lambda: film(lasts=Span(days=1)).seen_until(None),  # type: ignore[arg-type]
        lambda: film().due_at(None),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_asked_is_a_typed_error(ask: Callable[[], object]) -> None:
    with pytest.raises(InvalidValueError):
        ask()


@pytest.mark.parametrize(
    "ask",
    [
        lambda at: told(film(), at=at),
        lambda at: film().published(at),
        lambda at: film(withdrawn_at=END).withdrawn(at),
    ],
)
def test_a_moment_has_a_zone(ask: Callable[[datetime], object]) -> None:
    with pytest.raises(NaiveDatetimeError):
        ask(datetime(2026, 4, 14))
