"""A process that opens the store of a file by itself, and buys from it; it says what became of every try."""

from multiprocessing.connection import Connection
from typing import Any

from box_office.offices import person
from stores.sql.seller import Named

from paidevents import Money
from paidevents.errors import PaidEventsError
from paidevents.stores import sqlite
from paidevents.testing.world import World

TRIES = 8


def buy(world: World, number: int) -> dict[str, list[str]]:
    """For each event what became of so many tries: the id of an order, or the name of an error."""

    def attempt(event: str, *codes: str, **more: Any) -> str:
        try:
            return world.box.reserve(event, {"standard": 1}, codes, buyer=person(f"P{number}"), **more).id
        except PaidEventsError as error:
            return type(error).__name__

    half = Money.of("10.00", "EUR")
    return {
        "talk": [attempt("talk") for _ in range(TRIES)],
        "lecture": [attempt("lecture", "HALF", shown=half) for _ in range(TRIES)],
    }


def run(line: Connection, path: str, number: int) -> None:
    """Open the store, say so, wait for the word, and answer with what it came to."""
    with sqlite(path) as store:
        world: Any = World(store=store)
        world.ids = Named(f"b{number}")
        world.restart()
        line.send("open")
        line.recv()  # all of them begin at once
        line.send(buy(world, number))
