"""Many at once, in one process and in eight: never one place, and never one use of a code, too many, nor one too few."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from box_office.offices import ORGANIZER, Office, person, talk
from box_office.test_crowds import CROWD, at_once, buy
from stores.sql import buyer
from stores.sql.files import asked, is_sound

from paidevents import Money, Rate
from paidevents.catalog import Limit, LimitOf, Percent, PromoCode, Promotion
from paidevents.errors import PriceChangedError, SoldOutError
from paidevents.ports import Dossier, Stored
from paidevents.pricing.counters import EVENT
from paidevents.stores import SqlStore, sqlite
from paidevents.testing.promises import broken_promises
from paidevents.testing.world import World

HALF = Promotion(
    id="half", effect=Percent(Rate.of("50 %")), codes=(PromoCode("HALF"),), limits=(Limit(LimitOf.ORDERS, 5),)
)
USES = "promotion/half/orders"
PROCESSES, PLACES = 8, 20


def orders(store: SqlStore, event: str) -> tuple[Stored[Dossier], ...]:
    return store.find(Dossier, "event", event, limit=1000)


@pytest.mark.parametrize(("capacity", "places"), [(1, 1), (10, 1), (10, 3), (63, 1)])
def test_of_many_threads_as_many_get_places_as_there_are(tmp_path: Path, capacity: int, places: int) -> None:
    """Of 64 who want so many places each, as many get them as there are places for; the others are told."""
    served = capacity // places
    with sqlite(tmp_path / "talk.db") as store:
        office = Office(store=store)
        office.publish(talk(capacity=capacity))
        assert at_once(lambda number: buy(office, number, places)) == {
            "": served,
            SoldOutError.__name__: CROWD - served,
        }
        assert store.taken("talk", [EVENT, "ticket/standard"]) == dict.fromkeys(
            (EVENT, "ticket/standard"), served * places
        )
        assert len(orders(store, "talk")) == len(office.world.log.orders) == served
        assert not broken_promises(office.world, office.world.log)
    assert is_sound(tmp_path / "talk.db")


def test_of_many_threads_as_many_use_a_code_as_may(tmp_path: Path) -> None:
    """5 uses at half price: 64 ask for it, 5 of them pay 10.00, and the others were not shown 20.00."""
    with sqlite(tmp_path / "talk.db") as store:
        office = Office(store=store)
        office.publish(talk(capacity=None, promotions=[HALF]))
        tens = Money.of("10.00", "EUR")

        def act(number: int) -> None:
            who = person(f"P{number}")
            office.world.log.told(office.world.box.reserve("talk", {"standard": 1}, ["HALF"], buyer=who, shown=tens))

        assert at_once(act) == {"": 5, PriceChangedError.__name__: CROWD - 5}
        assert store.taken("talk", [USES, EVENT]) == {USES: 5, EVENT: 5}
        assert {one.record.order.due for one in orders(store, "talk")} == {tens}
        assert not broken_promises(office.world, office.world.log)
    assert is_sound(tmp_path / "talk.db")


@frozen
class Sold:
    """What came of eight processes: the file, and for each event what became of every try."""

    path: Path
    tries: dict[str, list[str]]

    def ids(self, event: str) -> list[str]:
        return [each for each in self.tries[event] if not each.endswith("Error")]

    def refused(self, event: str) -> Counter[str]:
        return Counter(each for each in self.tries[event] if each.endswith("Error"))


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory, processes: Any) -> Iterator[Sold]:
    """Eight processes, each with a store of its own, buy from one file as fast as they can."""
    path = tmp_path_factory.mktemp("crowd") / "sales.db"
    with sqlite(path) as store:
        world = World(store=store)
        world.box.publish(talk(capacity=PLACES), by=ORGANIZER)
        world.box.publish(talk(id="lecture", capacity=None, promotions=[HALF]), by=ORGANIZER)
    lines = [processes.Pipe() for _ in range(PROCESSES)]
    running = [
        processes.Process(target=buyer.run, args=(its_end, str(path), number))
        for number, (_, its_end) in enumerate(lines)
    ]
    for process in running:
        process.start()
    for line, its_end in lines:
        its_end.close()  # so that whoever ends is heard to
        assert line.recv() == "open"
    for line, _ in lines:
        line.send("go")
    came = [line.recv() for line, _ in lines]
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0] * PROCESSES
    yield Sold(path, {event: [each for one in came for each in one[event]] for event in came[0]})


def test_of_many_processes_as_many_get_places_as_there_are(sold: Sold) -> None:
    """8 × 8 tries for 20 places: 20 orders and 44 refusals, each of which says that it is sold out."""
    assert sold.refused("talk") == {SoldOutError.__name__: 8 * 8 - PLACES}
    assert len(set(sold.ids("talk"))) == len(sold.ids("talk")) == PLACES
    with sqlite(sold.path) as store:
        assert sorted(sold.ids("talk")) == [one.record.id for one in orders(store, "talk")]
        assert store.taken("talk", [EVENT]) == {EVENT: PLACES}
    assert is_sound(sold.path)


def test_of_many_processes_as_many_use_a_code_as_may(sold: Sold) -> None:
    """8 × 8 tries for 5 uses: 5 orders at half price, and 59 who are told that the price is another."""
    assert sold.refused("lecture") == {PriceChangedError.__name__: 8 * 8 - 5}
    with sqlite(sold.path) as store:
        kept = orders(store, "lecture")
        assert sorted(sold.ids("lecture")) == [one.record.id for one in kept]
        assert [str(one.record.order.due) for one in kept] == ["10.00 EUR"] * 5
        assert store.taken("lecture", [USES, EVENT]) == {USES: 5, EVENT: 5}


def test_what_many_processes_wrote_is_written_once(sold: Sold) -> None:
    """A commit for each order and each event, a counter for each that was taken of, and nothing else."""
    assert asked(sold.path, "SELECT count(*) FROM pe_commit") == [(PLACES + 5 + 2,)]
    counted = asked(sold.path, "SELECT event, counter, taken FROM pe_counter ORDER BY event, counter")
    assert counted == [
        *(("lecture", counter, 5) for counter in (EVENT, USES, "ticket/standard")),
        *(("talk", counter, PLACES) for counter in (EVENT, "ticket/standard")),
    ]
