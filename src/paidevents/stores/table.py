"""The records of one kind in memory: by id, by what they are found by, and by when they are due."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice, takewhile
from typing import Any, NamedTuple

from paidevents.ports.records import Record, Stored, kind_of
from paidevents.stores.ordered import Ordered


class Row(NamedTuple):
    """
    A record with all that it is found by.

    Attributes:
        id: Of the record.
        stored: The record and its version.
        indexes: Pairs of the name of an index and a value.
        due_at: When somebody has to look at it; None for never.
    """

    id: str
    stored: Stored[Any]
    indexes: frozenset[tuple[str, str]]
    due_at: datetime | None


def row_of(record: Record, version: int) -> Row:
    """
    *record* as a table keeps it.

    Raises:
        InvalidValueError: No store keeps such a thing.
    """
    kind = kind_of(type(record))
    return Row(kind.id(record), Stored(record, version), frozenset(kind.indexes(record)), kind.due_at(record))


_NOTHING: frozenset[tuple[str, str]] = frozenset()


class Table:
    """The records of one kind. What is written into it costs the same, however many there are."""

    __slots__ = ("_due", "_found", "_rows")

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._found: dict[tuple[str, str], Ordered[str]] = {}
        self._due = Ordered[tuple[datetime, str]]()

    def get(self, id: str) -> Stored[Any] | None:
        """The record with this id; None if there is none."""
        row = self._rows.get(id)
        return None if row is None else row.stored

    def version(self, id: str) -> int | None:
        """Its version; None if there is none."""
        row = self._rows.get(id)
        return None if row is None else row.stored.version

    def put(self, row: Row) -> None:
        """A new record, or one as it is now: it is found by what it says now, and no longer by what it said before."""
        before = self._rows.get(row.id)
        had, was_due = (_NOTHING, None) if before is None else (before.indexes, before.due_at)
        for index in had - row.indexes:
            ids = self._found[index]
            ids.remove(row.id)
            if not ids:
                del self._found[index]
        for index in row.indexes - had:
            found = self._found.get(index)
            if found is None:
                found = self._found[index] = Ordered()
            found.add(row.id)
        if was_due != row.due_at:
            if was_due is not None:
                self._due.remove((was_due, row.id))
            if row.due_at is not None:
                self._due.add((row.due_at, row.id))
        self._rows[row.id] = row

    def find(self, by: str, value: str, after: str, limit: int) -> tuple[Stored[Any], ...]:
        """Those found by a value, in order of their ids, from the first after *after* on."""
        ids = self._found.get((by, value))
        return () if ids is None else self._stored(islice(ids.after(after), limit))

    def due(self, until: datetime, after: tuple[datetime, str] | None, limit: int) -> tuple[Stored[Any], ...]:
        """Those due by *until*, the longest due first, from the first after *after* on."""
        keys = takewhile(lambda key: key[0] <= until, self._due.after(after))
        return self._stored(id for _, id in islice(keys, limit))

    def _stored(self, ids: Iterable[str]) -> tuple[Stored[Any], ...]:
        return tuple(self._rows[id].stored for id in ids)
