"""
The store: what it keeps, and the one operation that writes.

A commit is data. A store does all of it, or nothing, and says why; so a SQL store
may put many that wait into one transaction and answer each by itself.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from attrs import frozen

from paidevents.checks import INT64_MAX, between, instance, of_kind, settle, several, text, text_or_nothing
from paidevents.errors import InvalidValueError
from paidevents.ledger.entry import Entry
from paidevents.ports.records import R, Record, Stored, kind_of, record
from paidevents.pricing.counters import Take
from paidevents.reason import Reason

COUNTS_OF_NO_EVENT = Reason("counts_of_no_event", "Counters and entries are an event’s: say which.")

# An order has up to a thousand places, and whoever gives up all of them at once is told of each.
MOST_WRITTEN = 5000
MOST_COUNTED = 100_000


def _type(value: object, field: str) -> type[Any]:
    known: type[Any] = instance(value, field, type)
    kind_of(known)
    return known


@frozen
class Expected:
    """
    That a record is still as it was read, although it is not changed.

    Attributes:
        type: The type of the record.
        id: Its id.
        version: Its version when it was read.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    type: type[Any]
    id: str
    version: int

    def __attrs_post_init__(self) -> None:
        settle(self, type=_type, id=text, version=between(1, INT64_MAX))


@frozen(kw_only=True)
class Commit:
    """
    All that one decision writes. It is written whole, or not at all.

    Attributes:
        id: Unique, made before the first try and stored along with it: a commit that is
            tried again is recognised and changes nothing a second time.
        event: Whose counters and entries they are; empty if there are none.
        inserts: Records that are new.
        replaces: Records as they are to be, each with the version that was read.
        expects: Records that are not changed, and have to be as they were read.
        takes: What is taken of bounded counters, each by one conditional change.
        gives: What is given back.
        entries: Of the ledger, in order.

    Raises:
        InvalidValueError: Counters or entries of no event, or an attribute that cannot be.
    """

    id: str
    event: str = ""
    inserts: tuple[Record, ...] = ()
    replaces: tuple[Stored[Record], ...] = ()
    expects: tuple[Expected, ...] = ()
    takes: tuple[Take, ...] = ()
    gives: tuple[Take, ...] = ()
    entries: tuple[Entry, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=text,
            event=text_or_nothing,
            inserts=several(record, MOST_WRITTEN),
            replaces=several(of_kind(Stored), MOST_WRITTEN),
            expects=several(of_kind(Expected), MOST_WRITTEN),
            takes=several(of_kind(Take), MOST_COUNTED),
            gives=several(of_kind(Take), MOST_COUNTED),
            entries=several(of_kind(Entry), MOST_WRITTEN),
        )
        if (self.takes or self.gives or self.entries) and not self.event:
            raise InvalidValueError("event", COUNTS_OF_NO_EVENT)


class Store(Protocol):
    """
    Where records, counters and the ledger are kept. `testing.StoreSuite` has every promise as a test.

    Whatever it answers was committed: nobody sees half of a commit. Any method may
    raise a `StoreError`; then nothing was written, unless it is a `CommitUnknownError`.
    """

    def get(self, kind: type[R], id: str) -> Stored[R] | None:
        """The record with this id; None if there is none."""
        ...

    def find(self, kind: type[R], by: str, value: str, *, after: str = "", limit: int = 100) -> tuple[Stored[R], ...]:
        """
        The records that are found by this value (see `records.KINDS`), in order of their ids.

        Args:
            kind: The type of the records.
            by: The name of an index.
            value: Compared letter by letter.
            after: Only those whose id comes after this one, in order of code points.
            limit: At most so many.
        """
        ...

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
        """
        ...

    def taken(self, event: str, counters: Iterable[str]) -> Mapping[str, int]:
        """What is taken of each of these counters of an event; what was never taken of may be missing."""
        ...

    def entries(self, event: str, *, order: str = "", after: str = "", limit: int = 1000) -> tuple[Entry, ...]:
        """
        Entries of an event's ledger in the order in which they were committed.

        Args:
            event: Id of the event.
            order: Only those of this order; empty for all.
            after: Only those after the entry with this id: none, if it is not there.
            limit: At most so many.
        """
        ...

    def commit(self, commit: Commit) -> None:
        """
        Write all of *commit*. One that was written already changes nothing, and is not refused.

        Counters are changed conditionally: with `limit` L, taking n succeeds only while taken + n ≤ L.
        What a commit gives back comes before what it takes, so it may take the same again.

        Raises:
            ConflictError: A record that is replaced or expected has another version, or is not there.
            DuplicateError: A record that is inserted, or an entry of the event, is there already; or one comes twice.
            ExhaustedError: A counter has less left than is to be taken.
            CorruptRecordError: More would be given back than was taken: a promise is broken, nothing is written.
            CommitUnknownError: Nobody knows whether it was written: ask `was_committed`.
            StoreUnavailableError: The database does not answer; nothing was written.
        """
        ...

    def was_committed(self, id: str) -> bool:
        """Whether the commit with this id was written."""
        ...
