"""Flows that are walked through ask by ask, so that others come between, or everything ends there."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any, TypeVar

from box_office.offices import Office

from paidevents.box_office.asks import AtOnce, Key, Link, NewId, Now, PlanOf, Recipe, Run
from paidevents.box_office.driving import MOST_RUNS, Step
from paidevents.errors import ConflictError, PaidEventsError

T = TypeVar("T")

# What is asked of nobody whom others change.
OWN = (AtOnce, Key, Link, NewId, Now, PlanOf)

Make = Callable[[], tuple[Office, Sequence[Recipe[Any]]]]


class Frame:
    """A flow on its way, and how often it can begin anew."""

    def __init__(self, recipe: Recipe[Any]) -> None:
        self.recipe = recipe
        self.left = MOST_RUNS
        self.begin()

    def begin(self) -> None:
        self.left -= 1
        self.step = Step(self.recipe.begin())
        self.answer: Any = None


class Walk:
    """
    What a driver does with a flow, one ask of the outside at a time.

    Attributes:
        asks: How many of a store or a provider were answered.
        result: What the flow came to.
        error: What it raised; None if it did not.
        is_over: Whether it came to its end.
    """

    def __init__(self, office: Office, recipe: Recipe[Any]) -> None:
        self._outside = office.world.box.outside
        self._frames = [Frame(recipe)]
        self.asks = 0
        self.result: Any = None
        self.error: PaidEventsError | None = None
        self.is_over = False

    def go(self) -> bool:
        """Go on until something is asked of a store or a provider, and have it answered; whether there is more to come."""
        while not self.is_over:
            frame = self._frames[-1]
            try:
                goes_on = frame.step.go_on(frame.answer)
            except PaidEventsError as error:
                self._failed(frame, error)
                continue
            if not goes_on:
                self._ended(frame.step.result)
            elif isinstance(frame.step.question, Run):
                self._frames.append(Frame(frame.step.question.recipe))
            elif self._answer(frame):
                return True
        return False

    def to_the_end(self) -> None:
        while self.go():
            pass

    def _answer(self, frame: Frame) -> bool:
        question = frame.step.question
        assert question is not None
        is_shared = not isinstance(question, OWN)
        self.asks += is_shared
        try:
            frame.answer = question.on(self._outside)
        except PaidEventsError as error:
            frame.step.failed(error)
        return is_shared

    def _failed(self, frame: Frame, error: PaidEventsError) -> None:
        if isinstance(error, ConflictError) and frame.left and error is not frame.step.passed_on:
            frame.begin()
            return
        self._frames.pop()
        if self._frames:
            self._frames[-1].step.failed(error)
        else:
            self.error, self.is_over = error, True

    def _ended(self, result: object) -> None:
        self._frames.pop()
        if self._frames:
            self._frames[-1].answer = result
        else:
            self.result, self.is_over = result, True


def interleaved(make: Make, stride: int = 1) -> Iterator[tuple[Office, list[Walk]]]:
    """
    Two flows in the same moment: one gives way to the other after so many asks, and that one after so many.

    What is asked of nobody else, the time or a new name, is no place to give way.

    Args:
        make: A fresh office, and the two flows.
        stride: Of so many places where the second gives way only the first is tried; that it does not, always.

    Returns:
        The office and the two flows at their ends, for every order.
    """
    for first in (0, 1):
        office, recipes = make()
        alone = [Walk(office, recipe) for recipe in recipes]
        for walk in (alone[first], alone[1 - first]):
            walk.to_the_end()
        most = alone[1 - first].asks + 1
        for before, between in product(range(1, alone[first].asks + 1), (*range(1, most, stride), most)):
            office, recipes = make()
            walks = [Walk(office, recipe) for recipe in recipes]
            for walk, asks in ((walks[first], before), (walks[1 - first], between)):
                while walk.asks < asks and walk.go():
                    pass
            walks[first].to_the_end()
            walks[1 - first].to_the_end()
            yield office, walks


def cut_short(make: Callable[[], tuple[Office, Recipe[Any]]]) -> Iterator[tuple[Office, int]]:
    """The same flow again and again, and each time everything ends after one more ask: what is in memory is gone."""
    asks = 0
    while True:
        office, recipe = make()
        walk = Walk(office, recipe)
        while walk.asks < asks and walk.go():
            pass
        yield office, walk.asks
        if walk.is_over:
            return
        asks += 1
