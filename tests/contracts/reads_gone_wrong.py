"""Stores of which each breaks one promise of what is read."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from attrs import evolve

from paidevents.ledger import Entry
from paidevents.ports import KINDS, Dossier, Obligation, Stored
from paidevents.stores import MemoryStore
from paidevents.stores.table import Row, Table


class Changed(Table):
    """A table that is told something else: what *change* makes of a row and the one before it."""

    __slots__ = ("change",)

    def __init__(self, change: Callable[[Row, Row | None], Row]) -> None:
        super().__init__()
        self.change = change

    def put(self, row: Row) -> None:
        super().put(self.change(row, self._rows.get(row.id)))


class KeepsOldIndexes(MemoryStore):
    def __init__(self) -> None:
        super().__init__()
        self._tables = {type_: Changed(_with_old_indexes) for type_ in KINDS}


def _with_old_indexes(row: Row, before: Row | None) -> Row:
    return row if before is None else row._replace(indexes=row.indexes | before.indexes)


class KeepsOldMoments(MemoryStore):
    def __init__(self) -> None:
        super().__init__()
        self._tables = {type_: Changed(_with_old_moment) for type_ in KINDS}


def _with_old_moment(row: Row, before: Row | None) -> Row:
    return row if before is None else row._replace(due_at=before.due_at or row.due_at)


class FindsBackwards(MemoryStore):
    def find(self, *asked: Any, **page: Any) -> tuple[Stored[Any], ...]:
        return super().find(*asked, **page)[::-1]


class FindsInUtf16(MemoryStore):
    def find(self, *asked: Any, **page: Any) -> tuple[Stored[Any], ...]:
        found: tuple[Stored[Any], ...] = super().find(*asked, **page)
        return tuple(sorted(found, key=lambda one: str(one.record.id).encode("utf-16-be")))


class FindsFromTheStart(MemoryStore):
    def find(self, *asked: Any, after: str = "", **page: Any) -> tuple[Stored[Any], ...]:
        return super().find(*asked, **page)


class FindsTheLastAgain(MemoryStore):
    """A page begins with the one that it is to come after."""

    def find(self, kind: Any, by: str, value: str, *, after: str = "", limit: int = 100) -> tuple[Stored[Any], ...]:
        last = super().get(kind, after) if after else None
        return (*(() if last is None else (last,)), *super().find(kind, by, value, after=after, limit=limit))[:limit]


class FindsAll(MemoryStore):
    def find(self, *asked: Any, limit: int = 100, **page: Any) -> tuple[Stored[Any], ...]:
        return super().find(*asked, limit=10**6, **page)


class FindsInAnyCase(MemoryStore):
    def get(self, kind: type[Any], id: str) -> Stored[Any] | None:
        return super().get(kind, id) or super().get(kind, id.lower()) or super().get(kind, id.upper())


class IsDueLater(MemoryStore):
    """The moment itself is left out."""

    def due(self, kind: type[Any], until: datetime, **page: Any) -> tuple[Stored[Any], ...]:
        return tuple(one for one in super().due(kind, until, **page) if KINDS[kind].due_at(one.record) != until)


class IsDueById(MemoryStore):
    def due(self, *asked: Any, **page: Any) -> tuple[Stored[Any], ...]:
        return tuple(sorted(super().due(*asked, **page), key=lambda one: str(one.record.id)))


class IsDueByMomentOnly(MemoryStore):
    """Of those that are due at the same moment, a page leaves out the rest."""

    def due(
        self, kind: Any, until: datetime, *, after: tuple[datetime, str] | None = None, limit: int = 100
    ) -> tuple[Stored[Any], ...]:
        later = after and (after[0], "\U0010ffff")
        return super().due(kind, until, after=later, limit=limit)


class IsDueToTheSecond(MemoryStore):
    def due(self, kind: Any, until: datetime, **page: Any) -> tuple[Stored[Any], ...]:
        def second(one: Stored[Any]) -> tuple[datetime, str]:
            return KINDS[kind].due_at(one.record).replace(microsecond=0), one.record.id  # type: ignore[union-attr]

        return tuple(sorted(super().due(kind, until, **page), key=second))


class BooksByDate(MemoryStore):
    def entries(self, *asked: Any, **page: Any) -> tuple[Entry, ...]:
        return tuple(sorted(super().entries(*asked, **page), key=lambda one: one.at))


class BooksOfAllEvents(MemoryStore):
    def entries(self, event: str, **page: Any) -> tuple[Entry, ...]:
        return tuple(entry for each in sorted(self._journals) for entry in super(BooksOfAllEvents, self).entries(each))


class BooksFromTheStart(MemoryStore):
    def entries(self, event: str, *, after: str = "", **page: Any) -> tuple[Entry, ...]:
        return super().entries(event, **page)


class BooksAfterItsOwnOnly(MemoryStore):
    """An entry of another order is no place to go on from."""

    def entries(self, event: str, *, order: str = "", after: str = "", limit: int = 1000) -> tuple[Entry, ...]:
        own = [one.id for one in super().entries(event, order=order, limit=10**6)]
        return super().entries(event, order=order, after=after if after in own else "", limit=limit)


class KeepsOneIndex(MemoryStore):
    """Of each record."""

    def __init__(self) -> None:
        super().__init__()
        self._tables = {
            type_: Changed(lambda row, _: row._replace(indexes=frozenset(sorted(row.indexes)[:1]))) for type_ in KINDS
        }


class FindsNothingByNothing(MemoryStore):
    """What says nothing is found by an empty text."""

    def __init__(self) -> None:
        super().__init__()
        nothing = frozenset({("account", ""), ("order", "")})
        self._tables = {type_: Changed(lambda row, _: row._replace(indexes=row.indexes | nothing)) for type_ in KINDS}


class FindsByValuesInAnyCase(MemoryStore):
    def find(self, kind: Any, by: str, value: str, **page: Any) -> tuple[Stored[Any], ...]:
        return super().find(kind, by, value, **page) or super().find(kind, by, value.lower(), **page)


class LosesPasses(MemoryStore):
    def get(self, kind: type[Any], id: str) -> Stored[Any] | None:
        found: Stored[Any] | None = super().get(kind, id)
        return evolve(found, record=evolve(found.record, passes=())) if found is not None and kind is Dossier else found


class CutsTexts(MemoryStore):
    def get(self, kind: type[Any], id: str) -> Stored[Any] | None:
        found: Stored[Any] | None = super().get(kind, id)
        if found is None or kind is not Obligation:
            return found
        values = tuple((name, text[:255]) for name, text in found.record.values)
        return evolve(found, record=evolve(found.record, values=values))


class LosesMicroseconds(MemoryStore):
    def get(self, kind: type[Any], id: str) -> Stored[Any] | None:
        found: Stored[Any] | None = super().get(kind, id)
        if found is None or kind is not Obligation:
            return found
        return evolve(found, record=evolve(found.record, due_at=found.record.due_at.replace(microsecond=0)))

    def entries(self, *asked: Any, **page: Any) -> tuple[Entry, ...]:
        return tuple(evolve(one, at=one.at.replace(microsecond=0)) for one in super().entries(*asked, **page))


class IsDueByTheClockOnTheWall(MemoryStore):
    def due(self, kind: type[Any], until: datetime, **page: Any) -> tuple[Stored[Any], ...]:
        return super().due(kind, until.replace(tzinfo=UTC), **page)


class HasShorterPages(MemoryStore):
    """Than is said, where nothing is asked."""

    def find(self, *asked: Any, limit: int = 50, **page: Any) -> tuple[Stored[Any], ...]:
        return super().find(*asked, limit=limit, **page)

    def due(self, *asked: Any, limit: int = 50, **page: Any) -> tuple[Stored[Any], ...]:
        return super().due(*asked, limit=limit, **page)

    def entries(self, *asked: Any, limit: int = 50, **page: Any) -> tuple[Entry, ...]:
        return super().entries(*asked, limit=limit, **page)
