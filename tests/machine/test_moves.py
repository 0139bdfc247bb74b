"""What is kept of a state: its moves, made by the table and checked against it when they come back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import frozen
from machine.sample import ORDER, Effect, Facts, State, Trigger

from paidevents import IllegalTransitionError, InvalidValueError
from paidevents.checks import settle
from paidevents.errors import NaiveDatetimeError
from paidevents.machine import LONGEST_HISTORY, Move

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALL_HOLDS = Facts(hold_is_over=True, seats_remain=True)
NO_ROOM = Facts(hold_is_over=True, seats_remain=False)
EXPIRED = Move(NOON, "expire", "expired", "system")
REFUNDED = Move(NOON + HOUR, "pay", "expired")
PAID = Move(NOON + 2 * HOUR, "pay", "paid", "organizer:42")


def test_a_move_says_what_it_means_and_is_added_at_the_end() -> None:
    row, history = ORDER.moved((), Trigger.EXPIRE, ALL_HOLDS, at=NOON, by="system")
    assert (row.target, row.then) == (State.EXPIRED, (Effect.GIVE_BACK,))
    assert history == (EXPIRED,)
    row, later = ORDER.moved(history, Trigger.PAY, NO_ROOM, at=NOON + HOUR)
    assert row.then == (Effect.REFUND,)
    assert later == (EXPIRED, REFUNDED)
    assert history == (EXPIRED,)


def test_a_move_that_stays_where_it_was_is_kept_too() -> None:
    assert ORDER.reached((EXPIRED, REFUNDED)) is State.EXPIRED
    assert ORDER.reached((EXPIRED, REFUNDED, PAID)) is State.PAID
    assert ORDER.reached(()) is ORDER.initial


def test_what_the_table_refuses_adds_nothing() -> None:
    with pytest.raises(IllegalTransitionError) as refused:
        ORDER.moved((EXPIRED,), Trigger.CANCEL, ALL_HOLDS, at=NOON)
    assert (refused.value.state, refused.value.trigger, refused.value.refused_by) == ("expired", "cancel", ())


def test_a_moment_is_kept_in_utc() -> None:
    in_paris = datetime(2026, 3, 1, 13, tzinfo=ZoneInfo("Europe/Paris"))
    (move,) = ORDER.moved((), Trigger.CANCEL, ALL_HOLDS, at=in_paris)[1]
    assert (move.at, move.at.tzinfo) == (NOON, UTC)


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"at": NOON.replace(tzinfo=None)}, "at", "naive_datetime"),
        ({"at": None}, "at", "wrong_type"),
        ({"at": NOON.replace(year=1800)}, "at", "out_of_range"),
        ({"trigger": ""}, "trigger", "empty"),
        ({"trigger": Trigger.PAY}, "trigger", "wrong_type"),
        ({"state": "paid\n"}, "state", "forbidden_characters"),
        ({"state": "x" * 201}, "state", "too_long"),
        ({"by": None}, "by", "wrong_type"),
        ({"by": "\ud800"}, "by", "forbidden_characters"),
    ],
)
def test_a_move_that_cannot_be_is_refused(said: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Move(**{"at": NOON, "trigger": "pay", "state": "paid", **said})
    assert (refused.value.field, refused.value.reason.code) == (field, code)


def test_the_moment_and_the_person_are_checked_before_anything_moves() -> None:
    with pytest.raises(NaiveDatetimeError):
        ORDER.moved((), Trigger.PAY, ALL_HOLDS, at=datetime(2026, 3, 1))
    with pytest.raises(InvalidValueError, match="by: "):
        ORDER.moved((), Trigger.PAY, ALL_HOLDS, at=NOON, by="a\nb")


@frozen
class Kept:
    """A record that keeps the moves of an order."""

    history: tuple[Move, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(self, history=ORDER.replayed)


def test_a_history_that_follows_the_table_is_taken_as_a_tuple() -> None:
    assert Kept().history == ()
    assert Kept([EXPIRED, REFUNDED, PAID]).history == (EXPIRED, REFUNDED, PAID)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("moves", "before"),
    [
        ((REFUNDED,), 0),  # nothing expired before
        ((EXPIRED, EXPIRED), 1),
        ((EXPIRED, Move(NOON, "pay", "cancelled")), 1),  # no row leads there
        ((EXPIRED, REFUNDED, Move(NOON, "settle", "paid")), 2),  # a trigger that the table does not have
        ((EXPIRED, PAID, Move(NOON, "cancel", "gone")), 2),  # nor such a state
    ],
)
def test_a_history_that_breaks_the_table_is_refused_with_the_place(moves: tuple[Move, ...], before: int) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Kept(moves)
    assert refused.value.field == "history"
    assert str(refused.value.reason) == f"After {before} moves it breaks the table of the order."


@pytest.mark.parametrize(
    ("moves", "field", "code"),
    [
        (None, "history", "wrong_type"),
        ("expired", "history", "wrong_type"),
        ((EXPIRED, "paid"), "history[1]", "wrong_type"),
        ((EXPIRED, None), "history[1]", "wrong_type"),
        ((EXPIRED, *[REFUNDED] * LONGEST_HISTORY), "history", "out_of_range"),
    ],
)
def test_what_is_no_list_of_moves_is_refused(moves: Any, field: str, code: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Kept(moves)
    assert (refused.value.field, refused.value.reason.code) == (field, code)


def test_a_history_is_as_long_as_it_may_be() -> None:
    longest = (EXPIRED, *[REFUNDED] * (LONGEST_HISTORY - 1))
    assert ORDER.reached(Kept(longest).history) is State.EXPIRED
