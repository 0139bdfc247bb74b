"""The tables with all the facts that can be told apart by their guards, and walks along their rows."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import product
from typing import Any, get_type_hints

from attrs import frozen
from hypothesis import strategies as st
from machine.sample import ORDER as SAMPLE
from machine.sample import Facts

from paidevents import Machine, Row
from paidevents.lifecycle import (
    MACHINES,
    EventFacts,
    OrderFacts,
    PaymentFacts,
    RefundFacts,
    RegistrationFacts,
    WaitingFacts,
)
from paidevents.machine import Move

AnyMachine = Machine[Any, Any, Any, Any]
AnyRow = Row[Any, Any, Any, Any]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
AROUND_NOON = (NOON - timedelta(hours=1), NOON, NOON + timedelta(hours=1))

VALUES: dict[Any, tuple[object, ...]] = {
    bool: (False, True),
    datetime: AROUND_NOON,
    datetime | None: (None, *AROUND_NOON),
}


def every_combination(kind: type) -> tuple[Any, ...]:
    """Facts of *kind* with every combination of values: the moment is noon, other times are before, at and after it."""
    hints = get_type_hints(kind)
    values = [(NOON,) if name == "at" else VALUES[hint] for name, hint in hints.items()]
    return tuple(kind(**dict(zip(hints, chosen, strict=True))) for chosen in product(*values))


def triggers_of(machine: AnyMachine) -> tuple[Enum, ...]:
    """All triggers, in the order of their enum."""
    kind: type[Enum] = machine.triggers
    return tuple(kind)


TABLES: dict[str, AnyMachine] = {"sample": SAMPLE, **MACHINES}
FACTS: dict[str, tuple[Any, ...]] = {
    "sample": every_combination(Facts),
    "event": every_combination(EventFacts),
    "order": every_combination(OrderFacts),
    "registration": every_combination(RegistrationFacts),
    "payment": every_combination(PaymentFacts),
    "refund": every_combination(RefundFacts),
    "waiting_list": every_combination(WaitingFacts),
}


@frozen
class Walk:
    """
    One life.

    Attributes:
        rows: The rows that answered, in order.
        history: The moves that were kept.
    """

    rows: tuple[AnyRow, ...]
    history: tuple[Move, ...]


@st.composite
def walks(draw: st.DrawFn, machine: AnyMachine, facts: tuple[Any, ...], most: int = 20) -> Walk:
    """Lives of up to *most* moves, each a trigger that the table allows for some facts."""
    rows: list[AnyRow] = []
    history: tuple[Move, ...] = ()
    for minute in range(draw(st.integers(1, most))):
        seen = draw(st.sampled_from(facts))
        usable = [choice.trigger for choice in machine.allowed(machine.reached(history), seen) if choice.allowed]
        if usable:
            at = NOON + timedelta(minutes=minute)
            row, history = machine.moved(history, draw(st.sampled_from(usable)), seen, at=at, by="system")
            rows.append(row)
    return Walk(tuple(rows), history)


def every_walk(machine: AnyMachine, most: int = 5) -> Iterator[tuple[AnyRow, ...]]:
    """Every way of up to *most* rows, each from where the one before led; that each can answer, a test says."""
    walks: list[tuple[AnyRow, ...]] = [()]
    for _ in range(most):
        ends = [(walk, walk[-1].target if walk else machine.initial) for walk in walks]
        walks = [(*walk, row) for walk, state in ends for row in machine.rows if row.source is state]
        yield from walks


def walks_of(name: str) -> st.SearchStrategy[Walk]:
    """Lives of one of the tables."""
    return walks(TABLES[name], FACTS[name])
