"""A commit, against the price of what it sells; and whether it costs more once much is kept."""

from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime

from bench.harness import Row
from bench.pricing import ONE, PLAN, TAKEN, TWO_CODES
from paidevents.catalog import Listing
from paidevents.ports import Commit, Dossier, Expected
from paidevents.registration import Attendee, Person, reserve
from paidevents.stores import MemoryStore

AT = datetime(2026, 2, 1, 12, tzinfo=UTC)
ANA = Person(name="Ana Lima", email="ana@example.com")
MANY = 100_000


def quote() -> object:
    return PLAN.quote(ONE, TWO_CODES, at=AT, taken=TAKEN)


def reservations() -> Iterator[Commit]:
    """Prebuilt: a dossier is inserted, counters are taken, and the listing is expected. Each is of an order of its own."""
    priced = PLAN.quote(ONE, TWO_CODES, at=AT, taken=TAKEN)
    held = reserve(PLAN, priced, id="A1", buyer=ANA, attendees=[Attendee(person=ANA)], at=AT)
    dossier, takes = Dossier(order=held.order, account="7"), tuple(copy(take) for take in held.takes)
    for take in takes:
        object.__setattr__(take, "limit", take.limit and 10**9)
    number = 0
    while True:
        number += 1
        # Copies are quicker than constructors; ids come in no order, as they do.
        order, own = copy(dossier.order), copy(dossier)
        object.__setattr__(order, "id", f"{number * 2_654_435_761 % 2**32:08x}")
        object.__setattr__(own, "order", order)
        expects = (Expected(Listing, "job", 1),)
        yield Commit(id=f"c{number}", event="job", inserts=(own,), expects=expects, takes=takes)


class Sale:
    """A store in which so many places were sold. Called, it commits the next prebuilt reservation."""

    def __init__(self, sold: int = 0) -> None:
        self.sold = sold
        self.store = MemoryStore()
        self.ready: list[Commit] = []

    def __call__(self) -> None:
        if not self.ready:
            # The first call, from which the harness reckons its loops, prepares the scene: so there is one loop a round.
            self.prepare()
        self.store.commit(self.ready.pop())

    def prepare(self) -> None:
        self.store, commits = MemoryStore(), reservations()
        self.store.commit(Commit(id="listing", inserts=(Listing(event=PLAN.event, organizer="42"),)))
        for _ in range(self.sold):
            self.store.commit(next(commits))
        self.ready = [next(commits) for _ in range(ROUNDS + 1)]


ROUNDS = 3000

ROWS = (
    Row(
        "memory store: commit of a prebuilt reserve (a dossier, its takes, one record expected)",
        {"one quote": quote, "store.commit": Sale()},
        rounds=ROUNDS,
    ),
    Row(
        f"memory store: the same at 0 and at {MANY} sold",
        {"at 0": Sale(), f"at {MANY}": Sale(MANY)},
        rounds=ROUNDS,
        goal="≤ 1.15, aim 1.05",
    ),
)
