"""The same scripts with the driver that waits and the one that awaits: the same is asked, kept and told."""

import asyncio
from typing import Any, TypeVar

import pytest
from box_office.test_crashes import SCENARIOS

from paidevents.box_office import AsyncBoxOffice, BoxOffice
from paidevents.box_office.asking_store import Write
from paidevents.box_office.asks import Ask, Recipe, Run
from paidevents.box_office.driving import AsyncDriver, Driver
from paidevents.ports import Commit, Stored
from paidevents.pricing import Plan
from paidevents.testing.world import World

T = TypeVar("T")

Trace = list[tuple[object, object]]


class Waiting(BoxOffice):
    """It waits, and notes what is asked and answered."""

    def __init__(self, box: BoxOffice, trace: Trace) -> None:
        Driver.__init__(self, box.outside)
        self.trace = trace

    def answer(self, question: Ask[T]) -> T:
        with Noted(self.trace, question) as noted:
            noted.answer = super().answer(question)
        answer: T = noted.answer
        return answer


class AlsoAwaiting(AsyncBoxOffice):
    """It awaits, and notes the same."""

    def __init__(self, box: AsyncBoxOffice, trace: Trace) -> None:
        AsyncDriver.__init__(self, box.outside)
        self.trace = trace

    async def answer(self, question: Ask[T]) -> T:
        with Noted(self.trace, question) as noted:
            noted.answer = await super().answer(question)
        answer: T = noted.answer
        return answer


class Noted:
    """A question with its answer, or with the error that it was answered with."""

    def __init__(self, trace: Trace, question: Ask[Any]) -> None:
        self.trace = trace
        self.answer: Any = None
        self.question = question.recipe.name if isinstance(question, Run) else question

    def __enter__(self) -> Any:
        return self

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        found = self.answer.event if isinstance(self.answer, Plan) else self.answer
        answer = found if error is None else (type(error), str(error))
        self.trace.append((self.question, answer))


class Awaited(BoxOffice):
    """A box office that waits for one that awaits: so the same script runs with both."""

    def __init__(self, box: AlsoAwaiting) -> None:
        Driver.__init__(self, box.outside)
        self.box = box

    def run(self, recipe: Recipe[T]) -> T:
        return asyncio.run(self.box.run(recipe))


class Told(World):
    """A world with one of both drivers."""

    def __init__(self, *, is_async: bool) -> None:
        self.is_async, self.trace = is_async, Trace()
        super().__init__()

    def restart(self) -> None:
        super().restart()
        if self.is_async:
            self.box = Awaited(AlsoAwaiting(self.async_box, self.trace))
        else:
            self.box = Waiting(self.box, self.trace)


def kept(world: Told) -> dict[tuple[str, str], Stored[Any] | None]:
    """Everything that was ever written, as it is now."""
    commits: list[Commit] = [question.commit for question, _ in world.trace if isinstance(question, Write)]
    written: list[Any] = [one for commit in commits for one in commit.inserts]
    return {(type(one).__name__, one.id): world.store.get(type(one), one.id) for one in written}


def lived(name: str, *, is_async: bool) -> Told:
    prepare, scenario = SCENARIOS[name]
    made: list[Told] = []

    def make() -> World:
        made.append(Told(is_async=is_async))
        return made[-1]

    prepare(make)
    (world,) = made
    scenario(world)
    world.box.reconcile()
    return world


@pytest.mark.parametrize("name", [name for name in SCENARIOS if name != "sell, and leave the rest to the sweep"])
def test_both_drivers_ask_keep_and_tell_the_same(name: str) -> None:
    waits, awaits = lived(name, is_async=False), lived(name, is_async=True)
    assert waits.trace == awaits.trace
    assert len(waits.trace) > 10
    assert kept(waits) == kept(awaits)
    assert waits.outbox.messages == awaits.outbox.messages
    assert waits.card.payments() == awaits.card.payments()
