"""Ten times a process that sells is killed with -9 (store-001): what it said it sold is sold, and the rest is set right."""

import signal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from box_office.offices import ORGANIZER, talk
from stores.sql import seller
from stores.sql.commits import a_commit
from stores.sql.files import TABLES, asked, contents, is_sound

from paidevents.errors import PaidEventsError
from paidevents.ports import Dossier
from paidevents.pricing import Take
from paidevents.pricing.counters import EVENT
from paidevents.stores import MemoryStore, sqlite
from paidevents.testing.crashes import quiet
from paidevents.testing.promises import broken_promises
from paidevents.testing.world import World

HAS_NO_KILL = not hasattr(signal, "SIGKILL")

# Of each order the state that its history ends with, read without any of our code; each has one place.
STATES = "SELECT json_extract(body, '$.value.order.history[#-1].state') FROM pe_record WHERE kind = 'order'"
WITHOUT_PLACE = ("expired", "cancelled")


class Kill(Enum):
    UNHEARD = "before what it says is done"
    UNANSWERED = "after it was done, before it knows"
    ON = "while it goes on"


# Which of the things that it says is its last: statements and commits in the midst of the first sale
# and of later ones, calls to the provider, letters, and what callers are told.
ROUNDS = (
    (2, Kill.UNHEARD),
    (9, Kill.ON),
    (17, Kill.UNANSWERED),
    (24, Kill.UNHEARD),
    (38, Kill.ON),
    (55, Kill.UNHEARD),
    (71, Kill.UNANSWERED),
    (96, Kill.ON),
    (113, Kill.UNHEARD),
    (150, Kill.UNANSWERED),
)


class Books:
    """All that is outside of the process that is killed: the provider, the letters, and what people were told."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.said = list[str]()

    def does(self, statement: str) -> None:
        """The file is not ours to be looked at."""

    def news(self) -> list[tuple[dict[str, str], bytes]]:
        sent = self.world.card.notifications()[self.world.delivered :]
        self.world.delivered += len(sent)
        return [(self.world.card.signed(body), body) for _, body in sent]

    def answer(self, which: str, method: str, given: tuple[Any, ...], named: dict[str, Any]) -> object:
        """What comes of it: the answer, or an error."""
        world: Any = self.world
        ends = {"card": world.card, "outbox": world.outbox, "log": world.log, "file": self, "world": self}
        try:
            return getattr(ends[which], method)(*given, **named), None
        except PaidEventsError as error:
            return None, error


def killed(processes: Any, path: Path, books: Books, prefix: str, last: int, how: Kill) -> str:
    """Have it sell until it has said so much, and kill it; what it said last."""
    line, its_end = processes.Pipe()
    clock = books.world.clock
    process = processes.Process(target=seller.sell, args=(its_end, str(path), clock.now(), prefix))
    process.start()
    its_end.close()
    said = ""
    with line:
        for number in range(1, last + 1):
            which, method, given, named = line.recv()
            said = f"{which}.{method} {given[0] if which == 'file' else ''}".strip()
            if number < last or how is not Kill.UNHEARD:
                answer = books.answer(which, method, given, named)
                if number < last or how is Kill.ON:
                    line.send(answer)
        process.kill()
    process.join()
    assert process.exitcode == -signal.SIGKILL, "it was killed, and did not end by itself"
    return said


@pytest.mark.skipif(HAS_NO_KILL, reason="nobody is killed with -9 here")
def test_store_001_whoever_is_killed_loses_nothing_that_was_acknowledged(tmp_path: Path, processes: Any) -> None:
    path, world = tmp_path / "sales.db", World(store=MemoryStore())
    books, said = Books(world), list[str]()
    for round, (last, how) in enumerate(ROUNDS):
        with sqlite(path) as store:
            world.store = store
            world.restart()
            if not round:
                world.log.told(world.box.publish(talk(capacity=1000), by=ORGANIZER))
        said.append(killed(processes, path, books, f"r{round}", last, how))
        where = f"round {round}, {how.value}: {said[-1]}"
        assert is_sound(path), where
        with sqlite(path) as store:
            world.store = store
            world.restart()
            for order in world.log.orders:
                found = store.get(Dossier, order.id)
                assert found is not None, f"{where}: {order.id} is lost"
                assert len(found.record.order.history) >= len(order.history), f"{where}: {order.id} is older"
            sold = sum(state not in WITHOUT_PLACE for (state,) in asked(path, STATES))
            assert store.taken("talk", [EVENT]).get(EVENT, 0) == sold, where
            assert not broken_promises(world, world.log, quiet=False), where
            quiet(world)
            world.deliver_again()
            quiet(world)
            assert broken_promises(world, world.log) == (), where
            before = contents(path)
            assert world.box.reconcile().changes == 0, where
            assert contents(path) == before, where
    assert len(world.log.orders) > 10 and len(set(said)) > 6, "enough was sold, and it ended at many different points"


@pytest.mark.skipif(HAS_NO_KILL, reason="nobody is killed with -9 here")
def test_store_001_whoever_is_killed_while_the_tables_are_made_leaves_all_of_them_or_none(
    tmp_path: Path, processes: Any
) -> None:
    """Before each statement of it; whoever opens the file next finds nothing in the way."""
    said, last = "", 0
    while said != "it is open":
        last += 1
        path = tmp_path / f"{last}.db"
        line, its_end = processes.Pipe()
        process = processes.Process(target=seller.make, args=(its_end, str(path)))
        process.start()
        its_end.close()
        with line:
            for number in range(1, last + 1):
                said = line.recv()[2][0]
                if number < last:
                    line.send((None, None))
            process.kill()
        process.join()
        tables = {name for (name,) in asked(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")}
        assert tables in (set(), {*TABLES, "pe_schema"}), said
        with sqlite(path) as store:
            store.commit(a_commit(id="c1", event="talk", takes=[Take(EVENT, 1, 1)]))
        assert is_sound(path), said
    assert last > 10, "many statements make the tables"
