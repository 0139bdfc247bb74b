"""SQLite: our commit against the same by hand, as more is sold, and with many who wait; and the memory of a report."""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.harness import Row
from bench.pricing import PLAN
from bench.stores import MANY, reservations
from paidevents.catalog import Listing
from paidevents.ports import Commit
from paidevents.stores import SqlStore, sqlite
from paidevents.stores.sql.rows import written

ROUNDS = 400
_FOLDER = tempfile.TemporaryDirectory(prefix="paidevents-bench-")
_SETTINGS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
_TABLES = """
create table counter (event text, counter text, taken integer not null, primary key (event, counter)) without rowid;
create table dossier (id text primary key, version integer not null, due_at text, body text not null);
create table found (by_what text, value text, id text, primary key (by_what, value, id)) without rowid;
create table done (id text primary key) without rowid;
"""


def new_file(name: str) -> Path:
    path = Path(_FOLDER.name) / f"{name}.db"
    path.unlink(missing_ok=True)
    return path


class ByHand:
    """
    What nobody can do with less: one seat counted on a condition, the order written down, in one transaction.

    The order's text is made beforehand; there are no ids of commits, no other counters, nothing expected.
    """

    def __init__(self) -> None:
        self.rows: list[tuple[str, str]] = []

    def __call__(self) -> None:
        if not self.rows:
            self.prepare()
        id, body = self.rows.pop()
        run = self.connection.execute
        run("begin immediate")
        counted = run("update counter set taken = taken + 1 where event = ? and counter = ? and taken < ?", self.seat)
        assert counted.rowcount == 1
        run("insert into dossier values (?, 1, '2026-02-01 12:15:00', ?)", (id, body))
        run("insert into found values ('event', 'job', ?)", (id,))
        run("commit")

    def prepare(self) -> None:
        self.connection = sqlite3.connect(new_file("by_hand"), isolation_level=None)
        for setting in _SETTINGS:
            self.connection.execute(f"pragma {setting}")
        self.connection.executescript(_TABLES)
        self.connection.execute("insert into counter values ('job', 'event', 0)")
        self.seat = ("job", "event", 10**9)
        commits = reservations()
        for _ in range(ROUNDS + 1):
            row = written(next(commits).inserts[0], 1)
            self.rows.append((row["id"], row["body"]))


class Sale:
    """A store in which so many places were sold. Called, it commits the next prebuilt reservation."""

    def __init__(self, name: str, sold: int = 0) -> None:
        self.name, self.sold = name, sold
        self.ready: list[Commit] = []

    def __call__(self) -> None:
        if not self.ready:
            self.prepare()
        self.store.commit(self.ready.pop())

    def prepare(self) -> None:
        self.store, commits = filled(self.name, self.sold)
        self.ready = [next(commits) for _ in range(ROUNDS + 1)]


def filled(name: str, sold: int) -> tuple[SqlStore, Iterator[Commit]]:
    """A store in a new file in which so much is sold; and what is sold next."""
    store, commits = sqlite(new_file(name)), reservations()
    store.commit(Commit(id="listing", inserts=(Listing(event=PLAN.event, organizer="42"),)))
    # A thousand orders at a time: it is not this that is measured.
    for start in range(0, sold, 1000):
        part = [next(commits) for _ in range(min(1000, sold - start))]
        store.commit(
            Commit(
                id=f"filling {start}",
                event="job",
                inserts=tuple(one.inserts[0] for one in part),
                takes=tuple(take for one in part for take in one.takes),
            )
        )
    return store, commits


def most_held(path: Path) -> tuple[int, int]:
    """
    How many participants a process of its own reads from a file, page after page.

    Returns:
        Their number, and the most memory the process held for it, in KiB, beyond what it held before the second page.
    """
    told = subprocess.run([sys.executable, "-m", "bench.reading", path], capture_output=True, check=True, text=True)
    read, held = map(int, told.stdout.split())
    return read, held


def memory() -> None:
    """Print how much memory a report holds, over few and over many registrations."""
    print(f"\n{MEMORY_OF_A_REPORT}   (goal: as much over many as over few)")
    for sold in (MANY // 100, MANY):
        name = f"report over {sold}"
        filled(name, sold)[0].close()
        read, held = most_held(Path(_FOLDER.name) / f"{name}.db")
        assert read == sold
        print(f"  over {sold}, beyond the first thousand{'':<{18 - len(str(sold))}} {held / 1024:9.1f} MiB")


MEMORY_OF_A_REPORT = "SQLite store: memory of a report, all participants page after page"
MEMORY = {MEMORY_OF_A_REPORT: memory}
ROWS = (
    Row(
        "SQLite store: commit of a prebuilt reserve, and as little as can be by hand (sqlite3, WAL, FULL)",
        {"by hand": ByHand(), "store.commit": Sale("commit")},
        rounds=ROUNDS,
        goal="≤ 2.5, aim 1.67",
    ),
    Row(
        f"SQLite store: the same at 0 and at {MANY} sold",
        {"at 0": Sale("at 0"), f"at {MANY}": Sale(f"at {MANY}", MANY)},
        rounds=ROUNDS,
        goal="≤ 1.15, aim 1.05",
    ),
)
