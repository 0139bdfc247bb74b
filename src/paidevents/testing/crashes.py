"""
Crashes: a scenario is run again and again, and each time everything ends at another point of it.

What is in memory is gone then; the store and the provider's books stay. The box
office begins anew on them, `reconcile` is called until nothing is left to be
done, and every promise is looked at. A second `reconcile` has to do nothing.

    print(crash_points(sell_and_refund))
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from itertools import product
from typing import Any, TypeVar

from attrs import field, frozen

from paidevents.box_office.asking_store import Write
from paidevents.box_office.asking_tills import Capture, PayBack, Start, Void
from paidevents.box_office.asks import Ask, Recipe, Run, Send
from paidevents.box_office.driving import Driver
from paidevents.box_office.front_door import BoxOffice
from paidevents.checks import integer
from paidevents.errors import PaidEventsError
from paidevents.ports.dossier import Dossier
from paidevents.ports.obligation import Obligation
from paidevents.ports.records import kind_of
from paidevents.registration.waiting import WaitingEntry
from paidevents.testing.log import Log
from paidevents.testing.promises import broken_promises
from paidevents.testing.world import World

T = TypeVar("T")

Scenario = Callable[[World], object]

# What changes the world. Between two of these nothing is done, so a crash there is one after the first.
EFFECTS: tuple[type[Ask[Any]], ...] = (Write, Start, Capture, Void, PayBack, Send)

MOST_CRASHES, MOST_SHOWN = 3, 5

# How long it may take until nothing is left to be done.
MOST_MOMENTS = 500
HORIZON, A_WHILE = timedelta(days=40), timedelta(seconds=1)


class Crash(BaseException):
    """The process ends here. It is no `Exception`: nothing catches it on its way."""


class Side(Enum):
    """On which side of an effect it ends."""

    BEFORE = "before"
    AFTER = "after"  # it was done, and nobody here knows


@frozen
class CrashPoint:
    """
    Where everything ends.

    Attributes:
        number: Of the effect, from 1: of the scenario; after a crash, of the recovery.
        side: Before it or after.
    """

    number: int
    side: Side

    def __str__(self) -> str:
        return f"{self.side.value} effect {self.number}"


@frozen(kw_only=True)
class CrashRun:
    """
    A run of a scenario, and what became of it.

    Attributes:
        points: The crash, or the crashes one after the other; none if it ran to its end.
        length: How many effects there were after the last of them.
        effects: What was done, in words.
        broken: The promises that do not hold, and what breaks them; none if all is well.
    """

    points: tuple[CrashPoint, ...]
    length: int
    effects: tuple[str, ...] = field(repr=False)
    broken: tuple[str, ...]

    def __str__(self) -> str:
        crashes = ", then ".join(map(str, self.points)) or "without a crash"
        lines = [f"{crashes}:", *(f"  {sentence}" for sentence in self.broken), "  what was done:"]
        return "\n".join([*lines, *(f"    {number}. {name}" for number, name in enumerate(self.effects, 1))])


@frozen
class CrashRuns:
    """
    What became of all runs.

    Attributes:
        runs: How many there were.
        effects: How many effects the scenario has.
        failures: Those after which a promise did not hold.
    """

    runs: int
    effects: int
    failures: tuple[CrashRun, ...]

    def __str__(self) -> str:
        told = f"Runs: {self.runs}; effects of the scenario: {self.effects}; went wrong: {len(self.failures)}."
        return "\n\n".join([told, *map(str, self.failures[:MOST_SHOWN])])


class Watched(BoxOffice):
    """
    A box office that counts what it does, ends where it is told to, and notes what it answers.

    Args:
        inner: The box office that answers what flows ask.
        log: Where what callers are told is noted.
        until: Where everything ends; None for nowhere.

    Attributes:
        effects: What was done, in words.
    """

    def __init__(self, inner: BoxOffice, log: Log, until: CrashPoint | None = None) -> None:
        Driver.__init__(self, inner.outside)
        self.effects: list[str] = []
        self._inner, self._log, self._until = inner, log, until
        self._depth = 0

    def run(self, recipe: Recipe[T]) -> T:
        """Run a flow to its end, and note what the caller is told."""
        self._depth += 1
        try:
            result = super().run(recipe)
        finally:
            self._depth -= 1
        if not self._depth:
            self._log.told(result)
        return result

    def answer(self, question: Ask[T]) -> T:
        """What *question* is answered with, unless everything ends before or after it."""
        if not isinstance(question, EFFECTS):
            return self._own(question) if isinstance(question, Run) else self._inner.answer(question)
        number = len(self.effects) + 1
        self.effects.append(_named(question))
        self._ends(number, Side.BEFORE)
        answer: T = self._inner.answer(question)
        self._ends(number, Side.AFTER)
        return answer

    def _own(self, question: Run[T]) -> T:
        return self.run(question.recipe)

    def _ends(self, number: int, side: Side) -> None:
        if self._until == CrashPoint(number, side):
            raise Crash


def _named(effect: Ask[object]) -> str:
    """An effect, for people: what a commit writes, whom a call is about."""
    if isinstance(effect, Write):
        commit = effect.commit
        changed = [*commit.inserts, *(stored.record for stored in commit.replaces)]
        return " ".join(["Write", *(f"{type(one).__name__} {one.id}" for one in changed)])
    if isinstance(effect, Send):
        return f"Send {effect.message.kind.value} {effect.key}"
    return f"{type(effect).__name__} {getattr(effect, 'key', '')}"


def crash_points(scenario: Scenario, k: int = 1, *, make: Callable[[], World] = World, stride: int = 1) -> CrashRuns:
    """
    Run *scenario* once for each point where everything can end, and look at every promise each time.

    A point is before or after something that changes the world: a commit, a call
    to a provider, a message. What a scenario does besides, such as a buyer who
    pays, happens between two of them. It must do the same in each run.

    Args:
        scenario: Does something in a world, with `world.box`. It must not go on after a `Crash`.
        k: How many crashes there are in a run: the second is in the recovery from the first, and so on.
        make: Makes a world, in which no crash has happened yet; whatever it has done already does not crash.
        stride: Of so many points only the first is tried; 1 for all of them.

    Returns:
        How many runs there were, and those that went wrong. Printed, it says where and how.

    Raises:
        InvalidValueError: *k* is below 1 or above 3, or *stride* below 1.

    Example:
        >>> def look(world: World) -> None:
        ...     world.box.reconcile()
        >>> print(crash_points(look))
        Runs: 1; effects of the scenario: 0; went wrong: 0.
    """
    most, step = integer(k, "k", 1, MOST_CRASHES), integer(stride, "stride", 1)
    whole = _run(scenario, make, ())
    done, last = [whole], [whole]
    for _ in range(most):
        last = [_run(scenario, make, (*one.points, point)) for one in last for point in _points(one.length)[::step]]
        done += last
    return CrashRuns(len(done), whole.length, tuple(one for one in done if one.broken))


def _points(length: int) -> list[CrashPoint]:
    return [CrashPoint(number, side) for number, side in product(range(1, length + 1), Side)]


def quiet(world: World) -> None:
    """
    Reconcile until nothing is left to be done; time goes on to each moment at which something is due.

    It does not go on to when events begin or end, nor further than 40 days.

    Raises:
        AssertionError: Something is always left.
    """
    end = world.clock.now() + HORIZON
    for _ in range(MOST_MOMENTS):
        world.box.reconcile()
        due = _next_due(world, end)
        if due is None:
            return
        world.clock.set(max(due, world.clock.now() + A_WHILE))
    raise AssertionError("there is always something left to be done")


def _next_due(world: World, end: datetime) -> datetime | None:
    """The next moment at which somebody has to look at something."""
    store = world.store
    found: list[object] = [one.record for one in store.due(Obligation, end, limit=1)]
    found += [one.record for one in store.due(Dossier, end, limit=1)]
    found += [one.record for one in store.due(WaitingEntry, end, limit=1)]
    moments = [kind_of(type(one)).due_at(one) for one in found]
    return min((moment for moment in moments if moment is not None), default=None)


def _run(scenario: Scenario, make: Callable[[], World], points: tuple[CrashPoint, ...]) -> CrashRun:
    """The scenario up to the first crash, the recovery from it up to the next, and so on; and what became of it."""
    world = make()
    effects, broken = list[str](), list[str]()
    length = 0

    def recover(world: World, how: Scenario | None = None) -> None:
        try:
            (how or quiet)(world)
        except (PaidEventsError, AssertionError) as error:
            broken.append(f"What is left can be done. ({error!r})")

    for act, until in zip((scenario, *(recover for _ in points)), (*points, None), strict=True):
        watched = world.box = Watched(world.box, world.log, until)
        try:
            act(world)
        except Crash:
            world.restart()
        length = len(watched.effects)
        effects += watched.effects
    if not points:
        recover(world)
    if world.deliver_again():
        recover(world)
    broken += broken_promises(world, world.log)
    again = world.box = Watched(world.box, world.log)
    recover(world, lambda world: world.box.reconcile())
    if again.effects:
        broken.append(f"A second time there is nothing left to be done. ({', '.join(again.effects)})")
    return CrashRun(points=points, length=length, effects=tuple(effects), broken=tuple(dict.fromkeys(broken)))
