"""A store in an SQL database: each commit is one transaction, each look one statement."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from types import MappingProxyType, TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, Transaction
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.base import Executable

from paidevents.checks import WRONG_TYPE, instance, instant
from paidevents.errors import CommitUnknownError, InvalidValueError, StoreError, StoreUnavailableError
from paidevents.ledger.entry import Entry
from paidevents.ports.records import R, Stored, found_by, kind_of
from paidevents.ports.store import Commit
from paidevents.reason import Reason
from paidevents.stores.asked import counters_of, limit_of, place_of
from paidevents.stores.sql import statements
from paidevents.stores.sql.failing import translated
from paidevents.stores.sql.forking import closed_before_fork
from paidevents.stores.sql.kept_text import is_kept, kept_before
from paidevents.stores.sql.rows import counts, entries, read
from paidevents.stores.sql.writing import MisfitError, Rows, Writer, in_parts, judge, rows_of

OTHER_PROCESS = Reason("other_process", "A store that was opened before a fork is not used after it: open it anew.")

# How often a commit is begun that was refused, but would fit when it is looked at: others gave back meanwhile.
MOST_BEGUN = 8

T = TypeVar("T")


class SqlStore:
    """
    Records, counters and ledgers in an SQL database, such as `sqlite` opens one.

    Any number of threads may use it at once, and any number of processes one
    database, each with a store of its own. What a commit costs depends on the
    commit, not on what is kept already. Close it, or use it in a `with` statement.

    Args:
        engine: The database, with its schema up to date. The store closes it.
        turn: What a write waits for within this process, so that it need not in the database; as a
            context manager which can be entered again and again.
        look: What a look waits for, likewise.

    Raises:
        InvalidValueError: An argument that cannot be.
    """

    def __init__(
        self, engine: Engine, *, turn: AbstractContextManager[object], look: AbstractContextManager[object]
    ) -> None:
        self._engine = instance(engine, "engine", Engine)
        # One pool for both. The option tells a database that cares who is going to write.
        self._reader = engine.execution_options(looks=True)
        self._turn, self._look = _context(turn, "turn"), _context(look, "look")
        self._writer = Writer(engine.dialect)
        self._process = os.getpid()
        if not isinstance(engine.pool, StaticPool):  # a database in memory has no file
            closed_before_fork(self)

    def close(self) -> None:
        """Close all connections. Whatever is asked afterwards opens new ones."""
        # Those that were inherited are another process's: whoever closes them takes its locks away.
        self._engine.dispose(close=os.getpid() == self._process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def get(self, kind: type[R], id: str) -> Stored[R] | None:
        """
        The record with this id; None if there is none.

        Raises:
            InvalidValueError: No store keeps such a thing, or the id is no text.
            StoreError: It does not read, or the database does not answer.
        """
        asked = {"of_kind": kind_of(kind).name, "of_id": instance(id, "id", str)}
        for row in self._rows(statements.GET, asked):
            return read(kind, id, row.version, row.body)
        return None

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
            StoreError: One does not read, or the database does not answer.
        """
        asked = {
            "of_kind": kind_of(kind).name,
            "by": found_by(kind, by),
            "of_value": instance(value, "value", str),
            "after": kept_before(instance(after, "after", str)),
            "most": limit_of(limit),
        }
        return tuple(read(kind, row.id, row.version, row.body) for row in self._rows(statements.FIND, asked))

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
            StoreError: One does not read, or the database does not answer.
        """
        asked: dict[str, Any] = {"of_kind": kind_of(kind).name, "until": instant(until, "until")}
        place, asked["most"] = place_of(after), limit_of(limit)
        statement = statements.DUE
        if place is not None:
            asked["after_at"], asked["after"] = place[0], kept_before(place[1])
            statement = statements.DUE_AFTER
        return tuple(read(kind, row.id, row.version, row.body) for row in self._rows(statement, asked))

    def taken(self, event: str, counters: Iterable[str]) -> Mapping[str, int]:
        """
        What is taken of each of these counters of an event; of what was never taken, nothing is said.

        Raises:
            InvalidValueError: An argument that cannot be.
            StoreError: One is no number, or the database does not answer.
        """
        instance(event, "event", str)
        names = [name for name in dict.fromkeys(counters_of(counters)) if is_kept(name)]
        if not names or not is_kept(event):
            return MappingProxyType({})
        with self._looking() as connection:
            rows = in_parts(connection, statements.TAKEN, event, "counters", names)
        return MappingProxyType(counts(event, rows))

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
            StoreError: One does not read, or the database does not answer.
        """
        asked = {
            "of_event": instance(event, "event", str),
            "order": instance(order, "order", str),
            "after": instance(after, "after", str),
            "most": limit_of(limit),
        }
        statement = statements.ENTRIES[bool(order), bool(after)]
        return tuple(entries(self._rows(statement, asked)))

    def was_committed(self, id: str) -> bool:
        """
        Whether the commit with this id was written.

        Raises:
            InvalidValueError: The id is no text.
            StoreError: The database does not answer.
        """
        return bool(self._rows(statements.REMEMBERED, {"of_id": instance(id, "id", str)}))

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
            CommitUnknownError: The connection was lost at the very end: ask `was_committed`.
            StoreUnavailableError: The database does not answer; nothing was written.
            InvalidValueError: It is no commit, or has a record of a type derived from one that is kept.
        """
        instance(commit, "commit", Commit)
        self._refuse_after_fork()
        rows = rows_of(commit)
        for _ in range(MOST_BEGUN):
            with self._turn:
                if self._wrote(commit, rows):
                    return
                with self._connected(self._reader) as connection:
                    judge(connection, commit)
        raise StoreUnavailableError("others are always quicker")

    def _wrote(self, commit: Commit, rows: Rows) -> bool:
        """Whether it is there; if not, it does not fit what is."""
        with self._connected(self._engine) as connection:
            transaction = connection.begin()
            try:
                self._writer.write(connection, commit, rows)
            except MisfitError:
                _undo(transaction)
                return False
            except BaseException:
                _undo(transaction)
                raise
            try:
                transaction.commit()
            except DBAPIError as error:
                _undo(transaction)
                raise CommitUnknownError(commit.id) from error
            return True

    def _rows(self, statement: Executable, asked: Mapping[str, Any]) -> list[Any]:
        """What a statement finds. Text that no database keeps is not there."""
        if not all(is_kept(value) for value in asked.values() if isinstance(value, str)):
            return []
        with self._looking() as connection:
            return list(connection.execute(statement, asked))

    @contextmanager
    def _looking(self) -> Iterator[Connection]:
        self._refuse_after_fork()
        with self._look, self._connected(self._reader) as connection:
            yield connection

    def _refuse_after_fork(self) -> None:
        """Before anything is waited for: who held it in the parent does not give it back here."""
        if os.getpid() != self._process:
            raise StoreError((OTHER_PROCESS,))

    @contextmanager
    def _connected(self, engine: Engine) -> Iterator[Connection]:
        """A connection, whose errors are ours."""
        with translated(), engine.connect() as connection:
            yield connection


def _context(value: object, field: str) -> AbstractContextManager[object]:
    if isinstance(value, AbstractContextManager):
        return value
    raise InvalidValueError(field, WRONG_TYPE.given(expected="AbstractContextManager", got=type(value).__name__))


def _undo(transaction: Transaction) -> None:
    """Give up a transaction that may be over already, or whose connection is gone: nothing of it stays."""
    try:
        transaction.rollback()
    except SQLAlchemyError:
        return
