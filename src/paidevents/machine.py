"""
State machines as checked tables.

A table's rows say, for a state and a trigger, where it leads and what that
means. Several rows may answer one trigger: the first whose guard holds wins,
and an unguarded row must be the last of its pair. Code fires the table, docs
draw it and tests walk it; nothing changes a state outside it.

The asserts guard against mistakes in a table. They run when its module is
imported, and again in a test, since `python -O` leaves them out. What a caller
can get wrong raises.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from paidevents.checks import UtcTime, instant, of_kind, settle, several, text, text_or_nothing
from paidevents.errors import IllegalTransitionError, InvalidValueError
from paidevents.reason import Reason

LONGEST_HISTORY = 10_000

NOT_A_HISTORY = Reason("not_a_history", "After {moves} moves it breaks the table of the {machine}.")

S = TypeVar("S", bound=Enum)
T = TypeVar("T", bound=Enum)
F = TypeVar("F")
E = TypeVar("E", bound=Enum)


@frozen
class Guard(Generic[F]):
    """
    A condition on the facts, with the reason a refused caller is told.

    Attributes:
        test: A pure function of the facts.
        reason: What is missing when the test fails.
    """

    test: Callable[[F], bool]
    reason: Reason


@frozen
class Row(Generic[S, T, F, E]):
    """
    One line of a table.

    Attributes:
        source: State before.
        trigger: What happened.
        target: State after; may be the source.
        when: Holds for this row to answer; None always holds.
        then: What the move means, in order; the caller sees to it.
    """

    source: S
    trigger: T
    target: S
    when: Guard[F] | None = None
    then: tuple[E, ...] = ()

    def holds(self, facts: F) -> bool:
        return self.when is None or self.when.test(facts)


@frozen
class Choice(Generic[S, T, F, E]):
    """
    Whether a trigger may be used now.

    Attributes:
        trigger: The trigger in question.
        row: The row that would answer, or None.
        refused_by: If none does, the reasons of the guards that refused.
    """

    trigger: T
    row: Row[S, T, F, E] | None
    refused_by: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        return self.row is not None


@frozen
class Move:
    """
    One move in the life of a thing. Its moves are all that is kept of its state.

    Attributes:
        at: When, in UTC.
        trigger: Value of what happened.
        state: Value of the state that it led to.
        by: Who did it, such as "organizer:42"; never a name or an address. Empty where it is not known.

    Raises:
        InvalidValueError: An attribute that cannot be.
        NaiveDatetimeError: The moment has no zone.
    """

    at: UtcTime
    trigger: str
    state: str
    by: str = ""

    def __attrs_post_init__(self) -> None:
        settle(self, at=instant, trigger=text, state=text, by=text_or_nothing)


@frozen
class Machine(Generic[S, T, F, E]):
    """
    A transition table, checked once when its module is imported.

    Attributes:
        name: The thing that has the states, as a sentence would call it.
        initial: State of a new one.
        triggers: The enum of all triggers.
        rows: The table.

    Example:
        >>> class Door(Enum):
        ...     OPEN = "open"
        ...     SHUT = "shut"
        >>> class Act(Enum):
        ...     SHUT = "shut"
        >>> door = Machine("door", Door.OPEN, Act, (Row(Door.OPEN, Act.SHUT, Door.SHUT),))
        >>> door.fire(Door.OPEN, Act.SHUT, None).target
        <Door.SHUT: 'shut'>
        >>> door.fire(Door.SHUT, Act.SHUT, None)
        Traceback (most recent call last):
        ...
        paidevents.errors.IllegalTransitionError: “shut” is not possible for the door while it is “shut”.
    """

    name: str
    initial: S
    triggers: type[T]
    rows: tuple[Row[S, T, F, E], ...]
    # By the words of state and trigger: to look an enum's member up costs more than all the rest.
    _answers: dict[tuple[str, str], tuple[Row[S, T, F, E], ...]] = field(init=False, repr=False, eq=False)
    _edges: frozenset[tuple[str, str, str]] = field(init=False, repr=False, eq=False)
    _states: dict[str, S] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        reached = {self.initial} | {row.target for row in self.rows if row.target is not row.source}
        assert not set(self.states) - reached, f"{self.name}: a state nothing leads to"
        assert not set(self.triggers) - {row.trigger for row in self.rows}, f"{self.name}: a trigger nothing answers"
        answers: dict[tuple[str, str], tuple[Row[S, T, F, E], ...]] = {}
        for row in self.rows:
            pair = (row.source.value, row.trigger.value)
            earlier = answers.get(pair, ())
            assert all(other.when for other in earlier), f"{self.name}: a row that can never be used: {row}"
            answers[pair] = (*earlier, row)
        edges = frozenset((row.source.value, row.trigger.value, row.target.value) for row in self.rows)
        object.__setattr__(self, "_answers", answers)
        object.__setattr__(self, "_edges", edges)
        object.__setattr__(self, "_states", {state.value: state for state in self.states})

    @property
    def states(self) -> tuple[S, ...]:
        """All states, in the order of their enum."""
        return tuple(type(self.initial))

    @property
    def final(self) -> tuple[S, ...]:
        """The states nothing leads out of, in the order of their enum."""
        left = {row.source for row in self.rows if row.target is not row.source}
        return tuple(state for state in self.states if state not in left)

    def fire(self, state: S, trigger: T, facts: F) -> Row[S, T, F, E]:
        """
        Find the row that answers *trigger*. Looks only; the caller acts on it.

        Raises:
            IllegalTransitionError: No row, or no row whose guard holds; says which guards refused.
        """
        if state.__class__ is not self.initial.__class__ or trigger.__class__ is not self.triggers:
            raise IllegalTransitionError(self.name, _word(state), _word(trigger))
        return self._fire(state._value_, trigger._value_, facts)

    def _fire(self, state: str, trigger: str, facts: F) -> Row[S, T, F, E]:
        answers = self._answers.get((state, trigger), ())
        for row in answers:
            if row.when is None or row.when.test(facts):
                return row
        refused_by = tuple(row.when.reason for row in answers if row.when)
        raise IllegalTransitionError(self.name, state, trigger, refused_by)

    def allowed(self, state: S, facts: F) -> tuple[Choice[S, T, F, E], ...]:
        """
        Every trigger, in the order of its enum, with the row it would find or why it is refused.

        A page shows its buttons from this; a disabled one can say why.
        """
        choices = []
        for trigger in self.triggers:
            answers = self._answers.get((state.value, trigger.value), ())
            row = next((row for row in answers if row.holds(facts)), None)
            refused_by = () if row else tuple(other.when.reason for other in answers if other.when)
            choices.append(Choice(trigger, row, refused_by))
        return tuple(choices)

    def moved(
        self, history: Sequence[Move], trigger: T, facts: F, *, at: datetime, by: str = ""
    ) -> tuple[Row[S, T, F, E], tuple[Move, ...]]:
        """
        Fire *trigger* at the end of *history*: the row that answers, and the history with its move.

        Raises:
            IllegalTransitionError: As `fire`.
            InvalidValueError: *at* or *by* cannot be.
        """
        state: str = history[-1].state if history else self.initial._value_
        if trigger.__class__ is not self.triggers:
            raise IllegalTransitionError(self.name, state, _word(trigger))
        row = self._fire(state, trigger._value_, facts)
        return row, (*history, _made(row, at, by))

    def reached(self, history: Sequence[Move]) -> S:
        """The state at the end of a *history* that has been replayed once."""
        return self._states[history[-1].state] if history else self.initial

    def replayed(self, moves: object, field: str) -> tuple[Move, ...]:
        """
        *moves*, if they lead from the initial state along the rows of the table. A check, as in `checks`.

        Raises:
            InvalidValueError: They are no moves, or one is in no row.
        """
        history = several(of_kind(Move), LONGEST_HISTORY)(moves, field)
        state: str = self.initial.value
        for place, move in enumerate(history):
            if (state, move.trigger, move.state) not in self._edges:
                raise InvalidValueError(field, NOT_A_HISTORY.given(moves=place, machine=self.name))
            state = move.state
        return history

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram, in UML's notation: trigger [guard] / effects."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial.value}"]
        lines += [f"    {row.source.value} --> {row.target.value}: {_label(row)}" for row in self.rows]
        lines += [f"    {state.value} --> [*]" for state in self.final]
        return "\n".join(lines) + "\n"

    def dot(self) -> str:
        """The table for Graphviz."""
        lines = [f'digraph "{self.name}" {{', "    node [shape=box, style=rounded]", "    start [shape=point]"]
        lines += [f'    start -> "{self.initial.value}"']
        lines += [f'    "{state.value}" [peripheries=2]' for state in self.final]
        lines += [f'    "{row.source.value}" -> "{row.target.value}" [label="{_label(row)}"]' for row in self.rows]
        return "\n".join(lines) + "\n}\n"


def _made(row: Row[Any, Any, Any, Any], at: datetime, by: str) -> Move:
    """The move along *row*: its words are the table's own, so only the moment and the person are checked."""
    moment, person = instant(at, "at"), text_or_nothing(by, "by")
    move = object.__new__(Move)
    put = object.__setattr__
    put(move, "at", moment)
    put(move, "trigger", row.trigger._value_)
    put(move, "state", row.target._value_)
    put(move, "by", person)
    return move


def _label(row: Row[Any, Any, Any, Any]) -> str:
    guard = f" [{row.when.reason.code}]" if row.when else ""
    then = f" / {', '.join(effect.value for effect in row.then)}" if row.then else ""
    return f"{row.trigger.value}{guard}{then}"


def _word(member: object) -> str:
    """What an error calls a state or trigger, also one of another table."""
    return str(member.value) if isinstance(member, Enum) else type(member).__name__
