"""
Every state meets every trigger, every row can answer, and every history that a table makes it takes back.

What the walks keep in balance, `test_walks_keep_the_balance` says.
"""

from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws.tables import FACTS, TABLES, AnyMachine, AnyRow, triggers_of, walks_of

from paidevents import IllegalTransitionError, InvalidValueError
from paidevents.lifecycle import MACHINES
from paidevents.machine import Move

every_table = pytest.mark.parametrize("name", TABLES)

# Where a life ends for good. A payment never does: money may come after anything.
FINAL = {
    "sample": ["cancelled"],
    "event": ["cancelled"],
    "order": ["cancelled"],
    "registration": ["refused", "cancelled"],
    "payment": [],
    "refund": ["dropped"],
    "waiting_list": ["taken", "lapsed", "left", "closed"],
}


def rows_for(machine: AnyMachine, state: Enum, trigger: Enum) -> list[AnyRow]:
    return [row for row in machine.rows if row.source is state and row.trigger is trigger]


def first_that_holds(machine: AnyMachine, state: Enum, trigger: Enum, facts: Any) -> AnyRow | None:
    rows = rows_for(machine, state, trigger)
    return next((row for row in rows if row.when is None or row.when.test(facts)), None)


def test_no_table_is_left_out() -> None:
    assert list(TABLES) == ["sample", *MACHINES] == list(FACTS) == list(FINAL)


@every_table
def test_the_table_is_checked_again_here_for_asserts_can_be_off(name: str) -> None:
    machine = TABLES[name]
    for state in machine.states:
        for trigger in machine.triggers:
            rows = rows_for(machine, state, trigger)
            assert all(row.when is not None for row in rows[:-1]), (state, trigger)
    assert {row.trigger for row in machine.rows} == set(triggers_of(machine))


@every_table
def test_a_row_speaks_of_its_table_and_says_nothing_twice(name: str) -> None:
    machine = TABLES[name]
    states, triggers = type(machine.initial), machine.triggers
    for row in machine.rows:
        assert (type(row.source), type(row.trigger), type(row.target)) == (states, triggers, states), row
        assert len(set(row.then)) == len(row.then), row
    effects = {effect for row in machine.rows for effect in row.then}
    (kind,) = {type(effect) for effect in effects}
    assert effects == set(kind.__members__.values()), "an effect that no row has"


@every_table
def test_every_state_can_be_reached_from_the_first(name: str) -> None:
    machine = TABLES[name]
    reached = {machine.initial}
    for _ in machine.states:
        reached |= {row.target for row in machine.rows if row.source in reached}
    assert reached == set(machine.states)


@every_table
def test_it_ends_where_it_is_said_to_end(name: str) -> None:
    assert [state.value for state in TABLES[name].final] == FINAL[name]


@every_table
def test_a_row_answers_or_the_error_names_the_guards_that_refused(name: str) -> None:
    """Every state with every trigger and every combination of facts; and `allowed` agrees with `fire`."""
    machine = TABLES[name]
    for state in machine.states:
        for facts in FACTS[name]:
            choices = machine.allowed(state, facts)
            assert [choice.trigger for choice in choices] == list(triggers_of(machine))
            for choice in choices:
                row = first_that_holds(machine, state, choice.trigger, facts)
                assert choice.row is row
                if row is not None:
                    assert machine.fire(state, choice.trigger, facts) is row
                    assert choice.allowed and choice.refused_by == ()
                    continue
                with pytest.raises(IllegalTransitionError) as refused:
                    machine.fire(state, choice.trigger, facts)
                guards = [each.when.reason for each in rows_for(machine, state, choice.trigger) if each.when]
                assert not choice.allowed
                assert list(refused.value.refused_by) == list(choice.refused_by) == guards


@every_table
def test_every_row_answers_for_some_facts(name: str) -> None:
    """None stands in the shade of an earlier one, or asks for what cannot be."""
    machine = TABLES[name]
    for row in machine.rows:
        answers = (first_that_holds(machine, row.source, row.trigger, facts) is row for facts in FACTS[name])
        assert any(answers), row


@every_table
@given(data=st.data())
def test_every_walk_leaves_a_history_that_the_table_takes_back(name: str, data: st.DataObject) -> None:
    machine, walk = TABLES[name], data.draw(walks_of(name))
    assert machine.replayed(walk.history, "history") == machine.replayed(list(walk.history), "history") == walk.history
    assert machine.reached(walk.history) is (walk.rows[-1].target if walk.rows else machine.initial)
    assert [(move.trigger, move.state) for move in walk.history] == [
        (row.trigger.value, row.target.value) for row in walk.rows
    ]


@every_table
@given(data=st.data())
def test_a_history_with_one_move_altered_is_refused_at_its_place(name: str, data: st.DataObject) -> None:
    """Altered into a move that no row makes from where it stands; what came before is untouched."""
    machine = TABLES[name]
    walk = data.draw(walks_of(name).filter(lambda walk: walk.rows))
    place = data.draw(st.integers(0, len(walk.rows) - 1))
    source = walk.rows[place].source
    made = {(row.trigger, row.target) for row in machine.rows if row.source is source}
    never = [(each, state) for each in machine.triggers for state in machine.states if (each, state) not in made]
    trigger, state = data.draw(st.sampled_from(never))
    altered = list(walk.history)
    altered[place] = Move(altered[place].at, trigger.value, state.value, altered[place].by)
    with pytest.raises(InvalidValueError) as refused:
        machine.replayed(altered, "history")
    assert refused.value.reason.code == "not_a_history"
    assert dict(refused.value.reason.values)["moves"] == place
