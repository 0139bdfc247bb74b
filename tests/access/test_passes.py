"""Passes: devices, visits, and how one ends."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from access.doors import BEFORE, END, KEY, START, link, place, refusals, series
from attrs import evolve
from catalog.declared import talk

from paidevents import Window
from paidevents.access import Device, Pass, Purpose, Revocation, Visit, verify
from paidevents.catalog import Attendance, Policy
from paidevents.errors import InvalidValueError, NaiveDatetimeError

LATER = START + timedelta(minutes=10)


def test_a_pass_is_issued_for_what_was_bought_with_the_devices_of_the_policy() -> None:
    event = series(policy=Policy(devices=2))
    issued = Pass.issued(event, id="p1", registration_id="r1", at=BEFORE, sessions=["week_2", "week_0"])
    assert (issued.event_id, issued.sessions, issued.most_devices) == ("talk", ("week_2", "week_0"), 2)
    assert (issued.issued_at, issued.generation, issued.devices, issued.visits) == (BEFORE, 0, (), ())
    assert (issued.window, issued.refusals) == (Window(), ())
    assert Pass.issued(talk(), id="p1", registration_id="r1", at=BEFORE).most_devices is None


def test_where_sessions_are_chosen_none_is_not_all() -> None:
    with pytest.raises(InvalidValueError, match="sessions: It is empty"):
        Pass.issued(series(), id="p1", registration_id="r1", at=BEFORE)
    whole = series(attendance=Attendance.ALL_SESSIONS)
    assert Pass.issued(whole, id="p1", registration_id="r1", at=BEFORE).sessions == ()


def test_a_pass_is_for_its_sessions_or_for_all() -> None:
    chosen, whole = place(sessions=("week_1",)), place()
    assert [chosen.is_for(session) for session in ("week_1", "week_2", None)] == [True, False, True]
    assert [whole.is_for(session) for session in ("week_1", "week_2", None)] == [True, True, True]


def test_as_many_devices_come_in_as_may_and_no_more() -> None:
    """GT-25: three. The fourth is told so, and nothing changes."""
    there = place()
    for device in ("phone", "laptop", "tablet"):
        there = there.admitted(device, START)
    assert refusals(lambda: there.admitted("watch", START)) == ["too_many_devices"]
    assert [device.id for device in there.devices] == ["phone", "laptop", "tablet"]
    assert there.device_refusals("laptop") == () != there.device_refusals("watch")


def test_a_known_device_comes_in_again_and_nothing_is_new() -> None:
    there = place().admitted("phone", START)
    assert there.admitted("phone", LATER) is there
    assert there.devices == (Device("phone", START),)
    assert there.visits == (Visit(None, START),)


def test_of_each_session_the_first_visit_is_noted() -> None:
    first = place().admitted("phone", START, "week_0")
    both = first.admitted("phone", LATER, "week_1")
    assert both.admitted("phone", END, "week_0") is both
    assert both.visits == (Visit("week_0", START), Visit("week_1", LATER))
    assert [both.has_attended(session) for session in ("week_1", "week_2", None)] == [True, False, True]
    assert not place().has_attended()


def test_a_second_device_changes_no_visit() -> None:
    there = place().admitted("phone", START).admitted("laptop", LATER)
    assert there.visits == (Visit(None, START),)
    assert there.devices == (Device("phone", START), Device("laptop", LATER))


def test_without_a_limit_no_device_is_remembered() -> None:
    there = place(most_devices=None)
    for device in range(50):
        there = there.admitted(str(device), START)
    assert (there.devices, there.visits) == ((), (Visit(None, START),))


def test_a_device_that_is_released_makes_room_for_another() -> None:
    there = place(most_devices=1).admitted("phone", START)
    assert there.released("laptop") is there
    assert [device.id for device in there.released("phone").admitted("laptop", LATER).devices] == ["laptop"]


def test_a_place_that_is_handed_on_has_no_devices_and_new_links() -> None:
    before = place().admitted("phone", START)
    sent = link(before)
    after = before.renewed()
    assert (after.generation, after.devices, after.visits) == (1, (), before.visits)
    assert not verify(KEY, Purpose.JOIN, after.id, after.generation, sent)
    assert evolve(after, generation=0, devices=before.devices) == before


def test_a_disputed_place_is_suspended_and_restored_with_a_new_link() -> None:
    before = place().admitted("phone", START)
    suspended = before.suspended(LATER)
    assert (suspended.generation, suspended.suspended_at) == (1, LATER)
    assert [reason.code for reason in suspended.refusals] == ["pass_suspended"]
    assert refusals(lambda: suspended.admitted("phone", END)) == ["pass_suspended"]
    assert refusals(suspended.renewed) == ["pass_suspended"]
    assert suspended.suspended(END) is suspended
    restored = suspended.restored()
    assert (restored.generation, restored.refusals) == (1, ())
    assert restored.restored() is restored
    assert restored.admitted("phone", END) is restored
    assert link(before) != link(restored)


@pytest.mark.parametrize("why", Revocation)
def test_a_pass_ends_once_and_for_all(why: Revocation) -> None:
    ended = place().revoked(START, why)
    assert (ended.generation, ended.revoked_at, ended.revoked_for) == (1, START, why)
    assert [reason.code for reason in ended.refusals] == ["pass_revoked"]
    assert refusals(lambda: ended.admitted("phone", END)) == ["pass_revoked"]
    assert refusals(ended.renewed) == ["pass_revoked"]
    assert ended.revoked(END, Revocation.WITHDRAWN) is ended
    assert ended.suspended(END) is ended.restored() is ended


def test_a_lost_dispute_ends_what_was_suspended() -> None:
    ended = place().suspended(START).revoked(END, Revocation.DISPUTED)
    assert (ended.generation, ended.suspended_at) == (2, START)
    assert [reason.code for reason in ended.refusals] == ["pass_revoked"]
    assert ended.restored() is ended


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id": ""}, "id: It is empty"),
        ({"registration_id": 5}, "registration_id: Expected str"),
        ({"event_id": "../../"}, "event_id: It must look like this"),
        ({"generation": -1}, "generation: It must lie between 0"),
        ({"generation": True}, "generation: True and False"),
        ({"most_devices": 0}, "most_devices: It must lie between 1 and 1000"),
        ({"window": None}, "window: Expected Window"),
        ({"sessions": ["a", "b", "a"]}, r"sessions\[2\]: The id a is used twice"),
        ({"visits": [Visit(None, START), Visit(None, END)]}, r"visits\[1\]: The id  is used twice"),
        ({"visits": [Visit("a", START), Visit("a", END)]}, r"visits\[1\]: The id a is used twice"),
        ({"devices": [Device("a", START), Device("a", END)]}, r"devices\[1\].id: The id a is used twice"),
        ({"devices": [Device("a", START), Device("b", END)], "most_devices": 1}, "as many devices as it may be: 1"),
        ({"revoked_at": START}, "revoked_for: What is revoked was revoked at some time"),
        ({"revoked_for": Revocation.REFUNDED}, "revoked_for: What is revoked was revoked at some time"),
        ({"revoked_at": START, "revoked_for": "refunded"}, "revoked_for: Expected Revocation"),
    ],
)
def test_what_cannot_be_is_no_pass(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        place(**changed)


def test_a_visit_of_the_event_and_one_of_a_session_are_two() -> None:
    assert len(place(visits=[Visit(None, START), Visit("a", END)]).visits) == 2


@pytest.mark.parametrize(
    "ask",
    [
        lambda: place().admitted("", START),
        lambda: place().admitted("phone", START, "../../"),
        lambda: place().revoked(START, "refunded"),  # type: ignore[arg-type]
        lambda: place().revoked(START, Revocation.REFUNDED).revoked(START, None),  # type: ignore[arg-type]
        lambda: Pass.issued(series(), id="p", registration_id="r", at=BEFORE, sessions=["week_9"]),
        lambda: Pass.issued(None, id="p", registration_id="r", at=BEFORE),  # type: ignore[arg-type]
        lambda: Device(" " * 201, START),
        lambda: Visit(7, START),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_done_is_a_typed_error(ask: Callable[[], object]) -> None:
    with pytest.raises(InvalidValueError):
        ask()


@pytest.mark.parametrize(
    "ask",
    [
        lambda at: place().admitted("phone", at),
        lambda at: place().suspended(at),
        lambda at: place().revoked(at, Revocation.CANCELLED),
        lambda at: place().revoked(START, Revocation.CANCELLED).suspended(at),
        lambda at: place(issued_at=at),
    ],
)
def test_a_moment_has_a_zone(ask: Callable[[datetime], object]) -> None:
    with pytest.raises(NaiveDatetimeError):
        ask(datetime(2026, 4, 14))
