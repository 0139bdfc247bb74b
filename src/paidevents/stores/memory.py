"""A store in memory: the reference of what a store promises, and what tests and simulations run on."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from threading import Lock
from types import MappingProxyType

from paidevents.checks import instance, instant
from paidevents.ledger.entry import Entry
from paidevents.ports.records import KINDS, R, Stored, found_by, kind_of
from paidevents.ports.store import Commit
from paidevents.stores.asked import counters_of, limit_of, place_of
from paidevents.stores.journal import Journal
from paidevents.stores.judging import counted, refuse_conflicts, refuse_duplicates
from paidevents.stores.table import Row, Table, row_of

_NO_COUNTS: Mapping[str, int] = MappingProxyType({})


class MemoryStore:
    """
    Records, counters and ledgers for as long as the process lives.

    Any number of threads may use it at once: each call waits for those before it,
    and sees all of what they committed. What a commit costs depends on the commit,
    not on what is kept already.

    Example:
        >>> from paidevents.ports import Connection
        >>> from paidevents.pricing import Take
        >>> store, noon = MemoryStore(), datetime.fromisoformat("2026-03-01T12:00Z")
        >>> shop = Connection(owner="42", provider="stripe:test", account="acct_1", connected_at=noon)
        >>> store.commit(Commit(id="c1", inserts=[shop], event="talk", takes=[Take("event", 2, limit=3)]))
        >>> store.get(Connection, "stripe/42").version, dict(store.taken("talk", ["event"]))
        (1, {'event': 2})
        >>> store.commit(Commit(id="c2", replaces=[Stored(shop, 1)], event="talk", takes=[Take("event", 2, limit=3)]))
        Traceback (most recent call last):
        ...
        paidevents.errors.ExhaustedError: event: left 1, asked for 2.
        >>> store.get(Connection, "stripe/42").version
        1
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._tables = {type_: Table() for type_ in KINDS}
        self._taken: dict[str, dict[str, int]] = {}
        self._journals: dict[str, Journal] = {}
        self._committed: set[str] = set()

    def get(self, kind: type[R], id: str) -> Stored[R] | None:
        """
        The record with this id; None if there is none.

        Raises:
            InvalidValueError: No store keeps such a thing, or the id is no text.
        """
        table = self._table(kind)
        instance(id, "id", str)
        with self._lock:
            return table.get(id)

    def find(self, kind: type[R], by: str, value: str, *, after: str = "", limit: int = 100) -> tuple[Stored[R], ...]:
        """
        The records that are found by this value, in order of their ids.

        Args:
            kind: The type of the records.
            by: The name of an index of theirs.
            value: Compared letter by letter.
            after: Only those whose id comes after this one, in order of code points.
            limit: At most so many.

        Raises:
            InvalidValueError: They are not found by that, the limit is below zero, or another argument cannot be.
        """
        table = self._table(kind)
        found_by(kind, by)
        instance(value, "value", str)
        instance(after, "after", str)
        most = limit_of(limit)
        with self._lock:
            return table.find(by, value, after, most)

    def due(
        self, kind: type[R], until: datetime, *, after: tuple[datetime, str] | None = None, limit: int = 100
    ) -> tuple[Stored[R], ...]:
        """
        The records that somebody has to look at by then, that moment included: the longest due first, then by id.

        Args:
            kind: The type of the records.
            until: The moment.
            after: Only those after this moment and id, in that order; None for all.
            limit: At most so many.

        Raises:
            InvalidValueError: The limit is below zero, or another argument cannot be.
            NaiveDatetimeError: A moment has no zone.
        """
        table = self._table(kind)
        moment, place, most = instant(until, "until"), place_of(after), limit_of(limit)
        with self._lock:
            return table.due(moment, place, most)

    def taken(self, event: str, counters: Iterable[str]) -> Mapping[str, int]:
        """
        What is taken of each of these counters of an event; of what was never taken, nothing is said.

        Raises:
            InvalidValueError: An argument that cannot be.
        """
        instance(event, "event", str)
        names = counters_of(counters)
        with self._lock:
            counts = self._taken.get(event, _NO_COUNTS)
            return MappingProxyType({name: counts[name] for name in names if name in counts})

    def entries(self, event: str, *, order: str = "", after: str = "", limit: int = 1000) -> tuple[Entry, ...]:
        """
        Entries of an event's ledger in the order in which they were committed.

        Args:
            event: Id of the event.
            order: Only those of this order; empty for all.
            after: Only those after the entry with this id: none, if it is not there.
            limit: At most so many.

        Raises:
            InvalidValueError: The limit is below zero, or another argument cannot be.
        """
        instance(event, "event", str)
        instance(order, "order", str)
        instance(after, "after", str)
        most = limit_of(limit)
        with self._lock:
            journal = self._journals.get(event)
            return () if journal is None else journal.page(order, after, most)

    def was_committed(self, id: str) -> bool:
        """
        Whether the commit with this id was written.

        Raises:
            InvalidValueError: The id is no text.
        """
        instance(id, "id", str)
        with self._lock:
            return id in self._committed

    def commit(self, commit: Commit) -> None:
        """
        Write all of *commit*, or nothing. One that was written already changes nothing, and is not refused.

        What is given back is given back first, so that a commit may take it again;
        a counter without limit goes up to 2**63 - 1.

        Raises:
            ConflictError: A record that is replaced or expected has another version, or is not there.
            DuplicateError: A record that is inserted, or an entry, is there already; or a record comes twice.
            ExhaustedError: A counter has less left than is to be taken.
            CorruptRecordError: More would be given back than was taken.
            InvalidValueError: It is no commit, or has a record of a type derived from one that is kept.
        """
        instance(commit, "commit", Commit)
        with self._lock:
            if commit.id in self._committed:
                return
            self._refuse_conflicts(commit)
            self._refuse_duplicates(commit)
            counts = self._counted(commit)
            rows = [row_of(record, 1) for record in commit.inserts]
            rows += [row_of(stored.record, stored.version + 1) for stored in commit.replaces]
            # All that can fail has been done.
            self._write(commit, rows, counts)

    def _refuse_conflicts(self, commit: Commit) -> None:
        refuse_conflicts(commit, self._version_of)

    def _refuse_duplicates(self, commit: Commit) -> None:
        refuse_duplicates(commit, self._version_of, self._journals.get(commit.event, ()))

    def _counted(self, commit: Commit) -> dict[str, int]:
        return counted(commit, self._taken.get(commit.event, _NO_COUNTS))

    def _write(self, commit: Commit, rows: Iterable[Row], counts: Mapping[str, int]) -> None:
        for row in rows:
            self._tables[type(row.stored.record)].put(row)
        if counts:
            self._taken.setdefault(commit.event, {}).update(counts)
        if commit.entries:
            journal = self._journals.get(commit.event)
            if journal is None:
                journal = self._journals[commit.event] = Journal()
            for entry in commit.entries:
                journal.append(entry)
        self._committed.add(commit.id)

    def _table(self, type_: type[object]) -> Table:
        kind_of(type_)
        return self._tables[type_]

    def _version_of(self, type_: type[object], id: str) -> int | None:
        return self._table(type_).version(id)
