"""What flows ask of the store."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import frozen

from paidevents.box_office.asks import Ask
from paidevents.box_office.outside import Outside
from paidevents.ledger.entry import Entry
from paidevents.ports.records import R, Stored
from paidevents.ports.store import Commit


@frozen
class Get(Ask[Stored[R] | None]):
    """The record with an id."""

    kind: type[R]
    id: str

    def on(self, outside: Outside) -> Stored[R] | None:
        return outside.store.get(self.kind, self.id)


@frozen
class Find(Ask[tuple[Stored[R], ...]]):
    """A page of the records that are found by a value."""

    kind: type[R]
    by: str
    value: str
    after: str = ""
    limit: int = 100

    def on(self, outside: Outside) -> tuple[Stored[R], ...]:
        return outside.store.find(self.kind, self.by, self.value, after=self.after, limit=self.limit)


@frozen
class Due(Ask[tuple[Stored[R], ...]]):
    """A page of the records that somebody has to look at."""

    kind: type[R]
    until: datetime
    after: tuple[datetime, str] | None = None
    limit: int = 100

    def on(self, outside: Outside) -> tuple[Stored[R], ...]:
        return outside.store.due(self.kind, self.until, after=self.after, limit=self.limit)


@frozen
class Taken(Ask[Mapping[str, int]]):
    """What is taken of some counters of an event."""

    event: str
    counters: Iterable[str]

    def on(self, outside: Outside) -> Mapping[str, int]:
        return outside.store.taken(self.event, self.counters)


@frozen
class Entries(Ask[tuple[Entry, ...]]):
    """A page of the ledger."""

    event: str
    order: str = ""
    after: str = ""
    limit: int = 1000

    def on(self, outside: Outside) -> tuple[Entry, ...]:
        return outside.store.entries(self.event, order=self.order, after=self.after, limit=self.limit)


@frozen
class Write(Ask[None]):
    """Write a commit: all of it, or nothing."""

    commit: Commit

    def on(self, outside: Outside) -> None:
        return outside.store.commit(self.commit)


@frozen
class WasCommitted(Ask[bool]):
    """Whether a commit was written."""

    id: str

    def on(self, outside: Outside) -> bool:
        return outside.store.was_committed(self.id)
