"""Machines: which row answers, what a refused caller is told, what a table may not say."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pytest
from machine.sample import DIAGRAM, GRAPH, HOLD_IS_OVER, ORDER, Effect, Facts, State, Trigger

from paidevents import IllegalTransitionError, Machine, Row
from paidevents.explain import explain

NOTHING_HOLDS = Facts(hold_is_over=False, seats_remain=False)
ALL_HOLDS = Facts(hold_is_over=True, seats_remain=True)


def test_the_first_row_whose_guard_holds_answers() -> None:
    assert ORDER.fire(State.EXPIRED, Trigger.PAY, ALL_HOLDS).then == (Effect.RETAKE, Effect.CONFIRM)
    assert ORDER.fire(State.EXPIRED, Trigger.PAY, NOTHING_HOLDS).then == (Effect.REFUND,)


def test_a_guard_that_refuses_says_why() -> None:
    with pytest.raises(IllegalTransitionError) as refused:
        ORDER.fire(State.HELD, Trigger.EXPIRE, NOTHING_HOLDS)
    error = refused.value
    assert (error.machine, error.state, error.trigger) == ("order", "held", "expire")
    assert error.refused_by == (HOLD_IS_OVER.reason,)
    assert str(error) == "“expire” is not possible for the order while it is “held”. The seats are still held."
    assert explain(error, "fr").startswith("Action impossible\xa0: «\xa0laisser expirer\xa0» (commande\xa0: réservée).")


def test_a_trigger_that_no_row_answers_is_refused_by_nobody() -> None:
    with pytest.raises(IllegalTransitionError) as refused:
        ORDER.fire(State.PAID, Trigger.PAY, ALL_HOLDS)
    assert refused.value.refused_by == ()


@pytest.mark.parametrize("stranger", ["held", None, Effect.REFUND, 3])
def test_what_is_no_state_or_trigger_of_the_table_is_refused(stranger: Any) -> None:
    for state, trigger in ((stranger, Trigger.PAY), (State.HELD, stranger)):
        with pytest.raises(IllegalTransitionError):
            ORDER.fire(state, trigger, ALL_HOLDS)
    with pytest.raises(IllegalTransitionError) as refused:
        ORDER.moved((), stranger, ALL_HOLDS, at=datetime(2026, 3, 1, tzinfo=UTC))
    assert (refused.value.state, refused.value.refused_by) == ("held", ())


def test_every_trigger_is_listed_with_its_row_or_why_not() -> None:
    held = {choice.trigger: choice for choice in ORDER.allowed(State.HELD, NOTHING_HOLDS)}
    assert list(held) == list(Trigger)
    assert [trigger for trigger, choice in held.items() if choice.allowed] == [Trigger.PAY, Trigger.CANCEL]
    assert held[Trigger.EXPIRE].refused_by == (HOLD_IS_OVER.reason,)
    pay = held[Trigger.PAY].row
    assert pay is not None and pay.target is State.PAID
    cancelled = ORDER.allowed(State.CANCELLED, ALL_HOLDS)
    assert [(choice.allowed, choice.refused_by) for choice in cancelled] == [(False, ())] * 3


def test_a_table_draws_itself() -> None:
    assert ORDER.mermaid() == DIAGRAM
    assert ORDER.dot() == GRAPH


def test_it_knows_where_it_ends() -> None:
    assert ORDER.states == tuple(State)
    assert ORDER.final == (State.CANCELLED,)


class Lamp(Enum):
    OFF = "off"
    ON = "on"


class Switch(Enum):
    PRESS = "press"
    BREAK = "break"


def lamp(*rows: Row[Lamp, Switch, None, Effect]) -> Machine[Lamp, Switch, None, Effect]:
    return Machine("lamp", Lamp.OFF, Switch, rows)


def test_a_table_with_a_mistake_in_it_is_not_made() -> None:
    press, fail = (
        Row[Lamp, Switch, None, Effect](Lamp.OFF, Switch.PRESS, Lamp.ON),
        Row[Lamp, Switch, None, Effect](Lamp.ON, Switch.BREAK, Lamp.OFF),
    )
    assert lamp(press, fail).final == ()
    with pytest.raises(AssertionError, match="a state nothing leads to"):
        lamp(Row(Lamp.OFF, Switch.PRESS, Lamp.OFF), fail)
    with pytest.raises(AssertionError, match="a trigger nothing answers"):
        lamp(press)
    with pytest.raises(AssertionError, match="a row that can never be used"):
        lamp(press, press, fail)
