"""Strategies for what things with a state keep of their lives."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from paidevents.lifecycle.all_machines import MACHINES
from paidevents.machine import Machine, Move
from paidevents.testing.strategies.amounts import Dice, made
from paidevents.testing.strategies.registering import actors
from paidevents.testing.strategies.values import instants

MOST_MOVES = 8


def moves() -> st.SearchStrategy[Move]:
    """Moves of any of the six tables, made by somebody, by itself, or by nobody knows whom."""
    return made(_a_move)


def _a_move(dice: Dice) -> Move:
    row = dice.choice(dice.choice(tuple(MACHINES.values())).rows)
    return Move(dice.draw(instants()), row.trigger.value, row.target.value, _somebody(dice))


def histories(machine: Machine[Any, Any, Any, Any], *, most: int = MOST_MOVES) -> st.SearchStrategy[tuple[Move, ...]]:
    """
    Histories of up to *most* moves, each along a row of *machine*, in the order of time.

    Which guards held is not asked: somebody did, and only the moves are kept.

    Example:
        >>> from paidevents.lifecycle import REFUND
        >>> refunds = histories(REFUND, most=3)
    """
    return made(lambda dice: _a_history(dice, machine, most))


def _a_history(dice: Dice, machine: Machine[Any, Any, Any, Any], most: int) -> tuple[Move, ...]:
    state, at, moves = machine.initial, dice.draw(instants()), list[Move]()
    for _ in range(dice.below(most + 1)):
        rows = [row for row in machine.rows if row.source is state]
        if not rows:
            break
        row = dice.choice(rows)
        moves.append(Move(at, row.trigger.value, row.target.value, _somebody(dice)))
        state, at = row.target, at + timedelta(minutes=dice.below(20_000))
    return tuple(moves)


def _somebody(dice: Dice) -> str:
    return str(dice.draw(actors())) if dice.one_in(2) else ""
