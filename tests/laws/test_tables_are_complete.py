"""Every state meets every trigger, and a walk along the rows keeps the balance."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from machine.sample import ORDER, Effect, Facts, State, Trigger

from paidevents import IllegalTransitionError

facts = st.builds(Facts, hold_is_over=st.booleans(), seats_remain=st.booleans())
every_pair = [(state, trigger) for state in State for trigger in Trigger]


def test_the_table_is_checked_again_here_for_asserts_can_be_off() -> None:
    reached = {ORDER.initial} | {row.target for row in ORDER.rows}
    assert reached == set(State)
    for state, trigger in every_pair:
        rows = [row for row in ORDER.rows if (row.source, row.trigger) == (state, trigger)]
        assert all(row.when is not None for row in rows[:-1]), (state, trigger)


@pytest.mark.parametrize(("state", "trigger"), every_pair)
@given(seen=facts)
def test_a_row_answers_or_the_error_names_the_guards_that_refused(state: State, trigger: Trigger, seen: Facts) -> None:
    rows = [row for row in ORDER.rows if (row.source, row.trigger) == (state, trigger)]
    holding = [row for row in rows if row.when is None or row.when.test(seen)]
    choice = next(choice for choice in ORDER.allowed(state, seen) if choice.trigger is trigger)
    if holding:
        assert ORDER.fire(state, trigger, seen) is holding[0] is choice.row
    else:
        with pytest.raises(IllegalTransitionError) as refused:
            ORDER.fire(state, trigger, seen)
        assert refused.value.refused_by == choice.refused_by == tuple(row.when.reason for row in rows if row.when)


@given(seed=st.integers(), steps=st.integers(1, 60))
def test_a_walk_gives_back_what_it_took_and_no_more(seed: int, steps: int) -> None:
    """Take GIVE_BACK off a row, or put it on another, and this fails."""
    chance = random.Random(seed)
    state, taken = ORDER.initial, 1
    for _ in range(steps):
        seen = Facts(hold_is_over=chance.random() < 0.5, seats_remain=chance.random() < 0.5)
        usable = [choice.row for choice in ORDER.allowed(state, seen) if choice.row]
        if not usable:
            break
        row = chance.choice(usable)
        taken += row.then.count(Effect.RETAKE) - row.then.count(Effect.GIVE_BACK)
        state = row.target
        assert taken == (1 if state in {State.HELD, State.PAID} else 0)
