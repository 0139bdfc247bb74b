"""A process that sells from a file until it is killed; whoever kills it has the provider's books and hears of every sale."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from multiprocessing.connection import Connection
from typing import Any

from box_office.offices import BUYER, person
from sqlalchemy import Engine, event

from paidevents.ports import Capability
from paidevents.stores import sqlite
from paidevents.testing.world import VirtualClock, World

WRITES = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE")

Ask = Callable[..., Any]


class Named:
    """New names, which no other process makes."""

    def __init__(self, prefix: str) -> None:
        self._prefix, self._numbers = prefix, count(1)

    def new(self) -> str:
        return f"{self._prefix}n{next(self._numbers):05}"


class Distant:
    """A provider, or a notifier, at the other end of the line."""

    name, account, capabilities = "card:test", "main", frozenset(Capability)

    def __init__(self, which: str, ask: Ask) -> None:
        self._which, self._ask = which, ask

    def __getattr__(self, method: str) -> Ask:
        if method.startswith("_"):
            raise AttributeError(method)
        return lambda *given, **named: self._ask(self._which, method, *given, **named)


def asking(line: Connection) -> Ask:
    """Say something, and wait until it is answered: here it may be killed."""

    def ask(which: str, method: str, *given: object, **named: object) -> Any:
        line.send((which, method, given, named))
        answer, error = line.recv()
        if error is not None:
            raise error
        return answer

    return ask


def announced(engine: Any, ask: Ask) -> None:
    """Say each statement that writes, and each COMMIT, before it is done."""

    def says(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith(WRITES):
            ask("file", "does", statement[:40])

    event.listen(engine, "before_cursor_execute", says)
    event.listen(engine, "commit", lambda connection: ask("file", "does", "COMMIT"))


def make(line: Connection, path: str) -> None:
    """Open a new file, and so make its tables; each statement is announced."""
    ask = asking(line)
    event.listen(Engine, "before_cursor_execute", lambda *given: ask("file", "does", given[2].strip()[:40]))
    event.listen(Engine, "commit", lambda connection: ask("file", "does", "COMMIT"))
    sqlite(path).close()
    ask("file", "does", "it is open")


def sell(line: Connection, path: str, at: datetime, prefix: str) -> None:
    """Sell, and give every second place back, until somebody puts an end to it."""
    ask = asking(line)
    store = sqlite(path)
    announced(store._engine, ask)
    world: Any = World(store=store, clock=VirtualClock(at))
    world.ids, world.outbox = Named(prefix), Distant("outbox", ask)
    world.tills = (Distant("card", ask), world.bank)
    world.restart()
    for number in count():
        order = world.box.reserve("talk", {"standard": 1}, buyer=person(f"P{number}"), by=BUYER)
        ask("log", "told", order)
        checkout = world.box.checkout(order.id, provider="card")
        ask("log", "told", checkout)
        ask("card", "pay", checkout.url)
        for headers, body in ask("world", "news"):
            world.box.receive("card:test", headers, body)
        ask("log", "told", world.box.dossier(order.id))
        if number % 2:
            ask("log", "told", world.box.cancel(order.id, by=BUYER))
