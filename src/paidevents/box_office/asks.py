"""
Asks: what a flow needs to know, or wants done, as data.

A flow yields an ask and is resumed with its answer, whose type follows from the
ask. Each says by itself how it is answered; who answers is a driver.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from datetime import datetime
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeAlias, TypeVar

from attrs import frozen

from paidevents.access.tokens import HostKey, Purpose, token
from paidevents.box_office.outside import Outside
from paidevents.catalog.listing import Listing
from paidevents.checks import instant
from paidevents.ports.message import Message
from paidevents.ports.source import checked_id
from paidevents.pricing.plan import Plan

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
P = ParamSpec("P")


class Ask(ABC, Generic[T_co]):
    """Something that a flow asks for. `on` answers it; the answer of an asynchronous port is still to be awaited."""

    __slots__ = ()

    @abstractmethod
    def on(self, outside: Outside) -> T_co:
        """The answer."""


Flow: TypeAlias = Generator[Ask[Any], Any, T]


def ask(question: Ask[T]) -> Flow[T]:
    """Yield *question*, and return its answer."""
    answer: T = yield question
    return answer


class Recipe(Generic[T]):
    """
    A flow that has not begun, and can begin again: what a driver runs.

    Args:
        begin: Makes the flow, anew each time.
        name: Of the flow, for people.
    """

    __slots__ = ("begin", "name")

    def __init__(self, begin: Callable[[], Flow[T]], name: str) -> None:
        self.begin = begin
        self.name = name

    def __repr__(self) -> str:
        return f"<Recipe {self.name}>"


def flow(function: Callable[P, Flow[T]]) -> Callable[P, Recipe[T]]:
    """Make calls of a generator function recipes: its arguments are kept, and it begins when a driver runs it."""

    @wraps(function)
    def recipe(*args: P.args, **kwargs: P.kwargs) -> Recipe[T]:
        return Recipe(lambda: function(*args, **kwargs), function.__name__)

    return recipe


def run(recipe: Recipe[T]) -> Flow[T]:
    """Have *recipe* run to its end by itself: what it commits stays, and a conflict in it repeats only it."""
    return ask(Run(recipe))


@frozen
class Run(Ask[T]):
    """A flow of its own. Drivers run it."""

    recipe: Recipe[T]

    def on(self, outside: Outside) -> T:
        raise AssertionError("a driver runs it")


@frozen
class Now(Ask[datetime]):
    """The present moment, in UTC."""

    def on(self, outside: Outside) -> datetime:
        return instant(outside.clock.now(), "clock")


@frozen
class NewId(Ask[str]):
    """A name that nothing has."""

    def on(self, outside: Outside) -> str:
        return checked_id(outside.ids.new(), "ids")


@frozen
class PlanOf(Ask[Plan]):
    """The prices of an event."""

    listing: Listing

    def on(self, outside: Outside) -> Plan:
        return outside.plans.of(self.listing.event)


@frozen
class Key(Ask[HostKey]):
    """The key that links are recognised with."""

    def on(self, outside: Outside) -> HostKey:
        return outside.key


@frozen
class Link(Ask[str]):
    """A personal address."""

    purpose: Purpose
    id: str
    generation: int

    def on(self, outside: Outside) -> str:
        secret = token(outside.key, self.purpose, self.id, self.generation).reveal()
        return outside.links.format(purpose=self.purpose.value, id=self.id, token=secret)


@frozen
class AtOnce(Ask[bool]):
    """Whether what is to be done in the world is done at once, or is left to whoever reconciles."""

    def on(self, outside: Outside) -> bool:
        return outside.at_once


@frozen
class Send(Ask[None]):
    """Bring a message on its way."""

    message: Message
    key: str

    def on(self, outside: Outside) -> None:
        return outside.send(self.message, self.key)
