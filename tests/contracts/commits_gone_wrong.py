"""Stores of which each breaks one promise of `commit`."""

import time
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from threading import Event, Lock, current_thread
from typing import Any

from attrs import evolve

from paidevents.errors import DuplicateError
from paidevents.ports import KINDS, Commit, Stored
from paidevents.ports.records import kind_of
from paidevents.stores import MemoryStore
from paidevents.stores.table import Row, Table
from paidevents.testing.stores import samples


class ForgetsVersions(MemoryStore):
    def _refuse_conflicts(self, commit: Commit) -> None:
        super()._refuse_conflicts(evolve(commit, replaces=()))


class ForgetsExpects(MemoryStore):
    def _refuse_conflicts(self, commit: Commit) -> None:
        super()._refuse_conflicts(evolve(commit, expects=()))


class ForgetsMissing(MemoryStore):
    """What is not there is written as if it were."""

    def _refuse_conflicts(self, commit: Commit) -> None:
        replaces = tuple(one for one in commit.replaces if self._table(type(one.record)).get(one.record.id) is not None)
        expects = tuple(one for one in commit.expects if self._table(one.type).get(one.id) is not None)
        super()._refuse_conflicts(evolve(commit, replaces=replaces, expects=expects))


class ExpectsWhatItWrites(MemoryStore):
    """What is expected is looked at when the rest is written."""

    def _refuse_conflicts(self, commit: Commit) -> None:
        super()._refuse_conflicts(evolve(commit, expects=tuple(one for one in commit.expects if one.version != 2)))


class RaisesWhatIsExpected(MemoryStore):
    def _write(self, commit: Commit, rows: Iterable[Row], counts: Mapping[str, int]) -> None:
        super()._write(commit, rows, counts)
        for expected in commit.expects:
            found = self._table(expected.type).get(expected.id)
            if found is not None:
                row = self._table(expected.type)._rows[expected.id]
                self._table(expected.type).put(row._replace(stored=evolve(found, version=found.version + 1)))


class InsertsOver(MemoryStore):
    def _refuse_duplicates(self, commit: Commit) -> None:
        super()._refuse_duplicates(evolve(commit, inserts=()))


class InsertsTwice(MemoryStore):
    """Looks at what is there, and not at the commit itself."""

    def _refuse_duplicates(self, commit: Commit) -> None:
        for one in commit.inserts:
            super()._refuse_duplicates(evolve(commit, inserts=(one,), replaces=()))


class BooksTwice(MemoryStore):
    def _refuse_duplicates(self, commit: Commit) -> None:
        super()._refuse_duplicates(evolve(commit, entries=()))


class WritesRecordsFirst(MemoryStore):
    """Records are written before counters are looked at."""

    def _counted(self, commit: Commit) -> dict[str, int]:
        for record in commit.inserts:
            kind = kind_of(type(record))
            stored: Stored[Any] = Stored(record, 1)
            row = Row(kind.id(record), stored, frozenset(kind.indexes(record)), kind.due_at(record))
            self._table(type(record)).put(row)
        return super()._counted(commit)


class CountsFirst(MemoryStore):
    """Counters are taken one after the other, and not given back if one is exhausted."""

    def _counted(self, commit: Commit) -> dict[str, int]:
        after: dict[str, int] = {}
        for take in commit.takes:
            after |= super()._counted(evolve(commit, takes=(take,), gives=()))
            self._taken.setdefault(commit.event, {}).update(after)
        return after | super()._counted(evolve(commit, takes=()))


class CommitsAgain(MemoryStore):
    def commit(self, commit: Commit) -> None:
        self._committed.discard(commit.id)
        super().commit(commit)


class CountsAgain(MemoryStore):
    """What is repeated is recognised, once the counters were changed."""

    def commit(self, commit: Commit) -> None:
        if self.was_committed(commit.id):
            self._taken.setdefault(commit.event, {}).update(self._counted(evolve(commit, takes=(), gives=())))
            for take in commit.takes:
                self._taken[commit.event][take.counter] += take.count
        super().commit(commit)


class RemembersRefusals(MemoryStore):
    def _refuse_conflicts(self, commit: Commit) -> None:
        self._committed.add(commit.id)
        super()._refuse_conflicts(commit)


class ForgetsCommits(MemoryStore):
    def was_committed(self, id: str) -> bool:
        return False


class RefusesQuietly(MemoryStore):
    """What is refused is not told."""

    def commit(self, commit: Commit) -> None:
        try:
            super().commit(commit)
        except DuplicateError:
            return


class NoLock(MemoryStore):
    def __init__(self) -> None:
        super().__init__()
        self._lock: Any = nullcontext()


class ChecksThenActs(NoLock):
    """Of those that come at once, two have looked before either writes."""

    def __init__(self) -> None:
        super().__init__()
        self.owner, self.first, self.second = current_thread(), Lock(), Event()

    def _counted(self, commit: Commit) -> dict[str, int]:
        counts = super()._counted(commit)
        if current_thread() is not self.owner:
            if self.first.acquire(blocking=False):
                self.second.wait(10)
            else:
                self.second.set()
        return counts


class LocksThePartsOfACommit(NoLock):
    """A reader comes in between two records of a commit."""

    def _write(self, commit: Commit, rows: Iterable[Row], counts: Mapping[str, int]) -> None:
        for row in rows:
            time.sleep(0.002)
            super()._write(evolve(commit, entries=()), [row], {})
        super()._write(commit, [], counts)


class CountsLate(NoLock):
    """A reader comes in between the records of a commit and its counters."""

    def _write(self, commit: Commit, rows: Iterable[Row], counts: Mapping[str, int]) -> None:
        super()._write(evolve(commit, takes=(), gives=()), rows, {})
        for name, count in counts.items():
            time.sleep(0.002)
            self._taken.setdefault(commit.event, {})[name] = count


class SkipsVersions(MemoryStore):
    def _write(self, commit: Commit, rows: Iterable[Row], counts: Mapping[str, int]) -> None:
        skipped = [row._replace(stored=evolve(row.stored, version=row.stored.version * 2 - 1)) for row in rows]
        super()._write(commit, skipped, counts)


class IsNeverFresh(MemoryStore):
    def __init__(self) -> None:
        super().__init__()
        self.commit(Commit(id="before", inserts=(samples.dossier(),)))


class KeepsAllKindsTogether(MemoryStore):
    """An id is good for one record, of whatever kind."""

    def __init__(self) -> None:
        super().__init__()
        self._tables = dict.fromkeys(KINDS, Table())
