"""At the door: who is let in, when, to which session, and what the others are told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from access.doors import BEFORE, DOORS, END, KEY, START, WEEK, come, link, place, refusals, series
from attrs import evolve
from catalog.declared import session, talk

from paidevents import Span, Window
from paidevents.access import (
    HostKey,
    Pass,
    Purpose,
    Revocation,
    Visit,
    access_window,
    admit,
    recognised,
    token,
)
from paidevents.catalog import Attendance, Event, EventKind, Policy
from paidevents.errors import InvalidValueError, NaiveDatetimeError, NotAllowedError
from paidevents.explain import explain

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("kind", [EventKind.LIVE, EventKind.RECORDED, EventKind.WEBCAST])
def test_what_has_a_date_opens_half_an_hour_before_and_closes_with_its_end(kind: EventKind) -> None:
    event = talk(kind=kind, starts_at=START, duration=Span.of("1 h"))
    assert access_window(event) == Window(DOORS, END)
    assert access_window(event, opens_before=Span()) == Window(START, END)
    assert access_window(event, opens_before=Span(days=1)) == Window(START - timedelta(days=1), END)


@pytest.mark.parametrize("kind", [EventKind.PERMANENT, EventKind.ON_DEMAND])
def test_what_has_no_date_is_always_open(kind: EventKind) -> None:
    assert access_window(talk(kind=kind)) == Window()


def test_a_permanent_event_is_open_whatever_its_sessions() -> None:
    event = talk(kind=EventKind.PERMANENT, sessions=[session("first")])
    assert access_window(event) == access_window(event, ["first"]) == Window()


def test_a_series_opens_with_the_first_of_its_sessions_and_closes_with_the_last() -> None:
    assert access_window(series()) == Window(DOORS, END + 3 * WEEK)
    assert access_window(series(), ["week_2", "week_1"]) == Window(DOORS + WEEK, END + 2 * WEEK)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: access_window(series(), ["week_9"]),
        lambda: access_window(series(), "week_1"),
        lambda: access_window(None),  # type: ignore[arg-type]
        lambda: access_window(talk(), opens_before=30),  # type: ignore[arg-type]
    ],
)
def test_a_window_of_what_is_not_there_is_a_typed_error(ask: Callable[[], object]) -> None:
    with pytest.raises(InvalidValueError):
        ask()


def test_the_holder_of_the_link_is_let_in_and_noted() -> None:
    holder = place()
    there = come(holder, link(holder))
    assert there.visits == (Visit(None, START),)
    assert [device.id for device in there.devices] == ["phone"]
    assert come(there, link(there), at=START + SECOND) is there
    assert come(holder, token(KEY, Purpose.JOIN, "p1", 0)) == there


@pytest.mark.parametrize(
    ("at", "told"),
    [(DOORS - SECOND, ["not_yet_open"]), (DOORS, []), (END - SECOND, []), (END, ["no_longer_open"])],
)
def test_the_doors_are_open_from_their_first_moment_to_the_end(at: datetime, told: list[str]) -> None:
    holder = place()
    ask = partial(come, holder, link(holder), at=at)
    assert (refusals(ask) if told else []) == told
    assert told or ask().has_attended()


def test_who_comes_too_early_is_told_when_to_come_in_the_zone_of_the_event() -> None:
    """The talk begins at 16:00 UTC, 18:00 in Paris; the doors open half an hour before."""
    holder = place()
    with pytest.raises(NotAllowedError) as refused:
        come(holder, link(holder), at=BEFORE)
    assert "17:30" in explain(refused.value, "fr") and "14 avril 2026" in explain(refused.value, "fr")
    assert refused.value.reasons[0].retryable


def test_a_change_of_the_date_moves_the_doors_of_every_pass() -> None:
    holder = place()
    moved = talk(starts_at=START + WEEK, duration=Span.of("1 h"))
    assert refusals(lambda: come(holder, link(holder), event=moved)) == ["not_yet_open"]
    assert come(holder, link(holder), event=moved, at=START + WEEK).has_attended()


def test_a_pass_may_have_a_window_of_its_own() -> None:
    late = place(window=Window(START + timedelta(minutes=30)))
    assert refusals(lambda: come(late, link(late))) == ["not_yet_open"]
    assert come(late, link(late), at=END - SECOND).has_attended()
    over = place(window=Window(None, START))
    assert refusals(lambda: come(over, link(over))) == ["no_longer_open"]
    never = place(window=Window(None, DOORS))
    assert refusals(lambda: come(never, link(never), at=BEFORE)) == ["no_longer_open"]


def test_of_a_series_the_session_that_is_open_is_joined() -> None:
    holder = place(sessions=("week_1", "week_3"))
    asked: dict[str, Any] = {"event": series()}
    assert refusals(lambda: come(holder, link(holder), **asked)) == ["not_yet_open"]
    assert come(holder, link(holder), at=START + WEEK, **asked).visits == (Visit("week_1", START + WEEK),)
    assert refusals(lambda: come(holder, link(holder), at=START + 2 * WEEK, **asked)) == ["not_yet_open"]
    assert come(holder, link(holder), at=END + 3 * WEEK - SECOND, **asked).has_attended("week_3")
    assert refusals(lambda: come(holder, link(holder), at=END + 3 * WEEK, **asked)) == ["no_longer_open"]


def test_who_is_between_two_sessions_is_told_the_next() -> None:
    holder = place()
    with pytest.raises(NotAllowedError) as refused:
        come(holder, link(holder), event=series(), at=END)
    assert dict(refused.value.reasons[0].values)["opens_at"] == DOORS + WEEK


def test_a_place_for_all_sessions_is_good_for_each() -> None:
    holder, event = place(), series(attendance=Attendance.ALL_SESSIONS)
    for week in range(4):
        holder = come(holder, link(holder), event=event, at=START + week * WEEK)
    assert [visit.session for visit in holder.visits] == ["week_0", "week_1", "week_2", "week_3"]


@pytest.mark.parametrize("asked", ["week_0", "week_9", "../../", "", "x" * 1000])
def test_a_session_that_was_not_chosen_is_refused(asked: str) -> None:
    holder = place(sessions=("week_1",))
    assert refusals(lambda: come(holder, link(holder), event=series(), session=asked)) == ["other_session"]


def test_a_session_that_is_asked_for_is_joined_in_its_own_time() -> None:
    holder = place()
    asked: dict[str, Any] = {"event": series(), "session": "week_1"}
    assert come(holder, link(holder), at=START + WEEK, **asked).has_attended("week_1")
    assert refusals(lambda: come(holder, link(holder), at=START, **asked)) == ["not_yet_open"]
    assert refusals(lambda: come(holder, link(holder), at=START + 2 * WEEK, **asked)) == ["no_longer_open"]
    assert refusals(lambda: come(holder, link(holder), session="week_1")) == ["other_session"]


def test_a_permanent_event_is_joined_at_any_time_for_any_session() -> None:
    event = talk(kind=EventKind.PERMANENT, sessions=[session("first"), session("second", START + WEEK)])
    holder = place()
    assert come(holder, link(holder), event=event, at=BEFORE).visits == (Visit(None, BEFORE),)
    assert come(holder, link(holder), event=event, at=BEFORE, session="second").visits == (Visit("second", BEFORE),)
    chosen = place(sessions=("first",))
    assert refusals(lambda: come(chosen, link(chosen), event=event, session="second")) == ["other_session"]


def test_nobody_else_can_be_present_at_the_limit() -> None:
    holder, event = place(), talk(policy=Policy(attendance_limit=100))
    assert come(holder, link(holder), event=event, present=99).has_attended()
    assert refusals(lambda: come(holder, link(holder), event=event, present=100)) == ["attendance_limit_reached"]
    assert come(holder, link(holder), present=10**6).has_attended()
    assert come(holder, link(holder), event=talk(policy=Policy(attendance_limit=1))).has_attended()


def test_who_is_refused_for_now_may_come_again() -> None:
    holder = place()
    full = talk(policy=Policy(attendance_limit=0))
    cases: list[tuple[dict[str, Any], bool]] = [({"at": BEFORE}, True), ({"event": full}, True), ({"at": END}, False)]
    for asked, again in cases:
        with pytest.raises(NotAllowedError) as refused:
            come(holder, link(holder), **asked)
        assert [reason.retryable for reason in refused.value.reasons] == [again]


def test_every_reason_is_told_at_once() -> None:
    full = place(most_devices=1).admitted("laptop", START)
    ask = partial(come, full, link(full), event=talk(policy=Policy(attendance_limit=0)), at=END)
    assert refusals(ask) == ["no_longer_open", "attendance_limit_reached", "too_many_devices"]
    suspended = full.suspended(END)
    assert refusals(lambda: come(suspended, link(suspended), at=END)) == ["pass_suspended"]
    ended = full.revoked(END, Revocation.REFUNDED)
    assert refusals(lambda: come(ended, link(ended), at=END)) == ["pass_revoked"]


def answer(ask: Callable[[], object]) -> tuple[object, ...]:
    """All that the asker sees of an error."""
    with pytest.raises(NotAllowedError) as refused:
        ask()
    return (type(refused.value), str(refused.value), repr(refused.value), refused.value.reasons, vars(refused.value))


def test_absent_foreign_ended_and_wrong_look_the_same() -> None:
    """state_machine-015, tokens-005."""
    holder = place()
    good = link(holder)
    foreign = place(event_id="other")
    moved = [holder.renewed(), holder.suspended(START), *(holder.revoked(START, why) for why in Revocation)]
    asks: list[Callable[[], Pass]] = [
        lambda: come(None, good),
        lambda: come(None, ""),
        lambda: come(None, "../../"),
        lambda: come(foreign, link(foreign)),
        lambda: come(holder, link(holder, Purpose.CANCEL)),
        lambda: come(holder, link(holder, key=HostKey(b"x" * 32))),
        lambda: come(None, "x" * 10**6, session="../../"),
        lambda: come(None, good, at=BEFORE, present=10**6),
        lambda: recognised(holder.renewed(), KEY, Purpose.JOIN, good, talk()),
        *(partial(come, ended, good) for ended in moved),
    ]
    assert len({repr(answer(ask)) for ask in asks}) == 1
    assert refusals(asks[0]) == ["token_not_valid"]


def test_the_stand_in_of_an_absent_pass_has_no_link() -> None:
    nobody = token(KEY, Purpose.JOIN, "nobody", 0)
    assert refusals(lambda: come(None, nobody)) == ["token_not_valid"]
    namesake = evolve(place(), id="nobody")
    assert come(namesake, nobody).has_attended()


def test_a_link_that_cancels_is_recognised_by_its_purpose() -> None:
    holder = place()
    assert recognised(holder, KEY, Purpose.CANCEL, link(holder, Purpose.CANCEL), talk()) is holder
    assert refusals(lambda: recognised(holder, KEY, Purpose.CANCEL, link(holder, Purpose.JOIN), talk())) == [
        "token_not_valid"
    ]


@pytest.mark.parametrize("found", [place(), None])
@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"event": None}, InvalidValueError),
        ({"device": ""}, InvalidValueError),
        ({"session": 5}, InvalidValueError),
        ({"present": -1}, InvalidValueError),
        ({"opens_before": 30}, InvalidValueError),
        ({"at": datetime(2026, 4, 14)}, NaiveDatetimeError),
    ],
)
def test_what_cannot_be_asked_is_a_typed_error_pass_or_no_pass(
    found: Pass | None, changed: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        come(found, link(place()), **changed)


def test_what_was_found_is_a_pass_or_nothing() -> None:
    event: Event = talk()
    with pytest.raises(InvalidValueError, match="found: Expected Pass"):
        admit(event, KEY, "x", event=event, device="phone", at=START)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="key: Expected HostKey"):
        admit(None, b"x" * 32, "x", event=event, device="phone", at=START)  # type: ignore[arg-type]
