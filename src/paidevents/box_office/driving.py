"""
Drivers: who answers what flows ask, in a program that waits and in one that awaits.

Both run the same flows. A deciding flow that meets a conflict is begun anew from
its arguments; so nothing is decided on what is no longer true.
"""

import asyncio
from inspect import isawaitable
from typing import Any, TypeVar

from paidevents.box_office.asks import Ask, Flow, Recipe, Run
from paidevents.box_office.outside import Outside
from paidevents.checks import instance
from paidevents.errors import ConflictError, PaidEventsError

T = TypeVar("T")

# How often a flow is begun before a conflict is the caller's.
MOST_RUNS = 8


class Step:
    """
    A flow on its way: what it asks next, or what it came to.

    Args:
        begun: The flow.
    """

    __slots__ = ("_error", "_flow", "passed_on", "question", "result")

    def __init__(self, begun: Flow[Any]) -> None:
        self._flow = begun
        self._error: PaidEventsError | None = None
        # A conflict that a flow of its own did not get over: it is not ours to be repeated.
        self.passed_on: ConflictError | None = None
        self.question: Ask[Any] | None = None
        self.result: Any = None

    def go_on(self, answer: object = None) -> bool:
        """Give it the last answer, or throw the last error; whether it asks for more."""
        error, self._error = self._error, None
        try:
            self.question = self._flow.send(answer) if error is None else self._flow.throw(error)
        except StopIteration as stop:
            self.result = stop.value
            return False
        return True

    def failed(self, error: PaidEventsError) -> None:
        """The last question was answered with an error."""
        self._error = error
        if isinstance(self.question, Run) and isinstance(error, ConflictError):
            self.passed_on = error


class Driver:
    """
    Runs flows, and waits for what they ask.

    Args:
        outside: The ports.
    """

    def __init__(self, outside: Outside) -> None:
        self.outside = outside

    def run(self, recipe: Recipe[T]) -> T:
        """
        Run a flow to its end.

        Raises:
            PaidEventsError: What the flow raises; a ConflictError if others were always quicker.
            InvalidValueError: It is no recipe.
        """
        instance(recipe, "recipe", Recipe)
        left = MOST_RUNS
        while True:
            left -= 1
            step, answer = Step(recipe.begin()), None
            try:
                while step.go_on(answer):
                    assert step.question is not None
                    try:
                        answer = self.answer(step.question)
                    except PaidEventsError as error:
                        step.failed(error)
            except ConflictError as error:
                if not left or error is step.passed_on:
                    raise
            else:
                result: T = step.result
                return result

    def answer(self, question: Ask[T]) -> T:
        """What *question* is answered with."""
        return self.run(question.recipe) if isinstance(question, Run) else question.on(self.outside)


class AsyncDriver:
    """
    Runs the same flows, and awaits what they ask. Ports that cannot be awaited are called in a thread.

    Args:
        outside: The ports.
    """

    def __init__(self, outside: Outside) -> None:
        self.outside = outside

    async def run(self, recipe: Recipe[T]) -> T:
        """
        Run a flow to its end.

        Raises:
            PaidEventsError: As `Driver.run`.
        """
        instance(recipe, "recipe", Recipe)
        left = MOST_RUNS
        while True:
            left -= 1
            step, answer = Step(recipe.begin()), None
            try:
                while step.go_on(answer):
                    assert step.question is not None
                    try:
                        answer = await self.answer(step.question)
                    except PaidEventsError as error:
                        step.failed(error)
            except ConflictError as error:
                if not left or error is step.passed_on:
                    raise
            else:
                result: T = step.result
                return result

    async def answer(self, question: Ask[T]) -> T:
        """What *question* is answered with."""
        if isinstance(question, Run):
            result: T = await self.run(question.recipe)
            return result
        found: Any = await asyncio.to_thread(question.on, self.outside)
        answer: T = await found if isawaitable(found) else found
        return answer
