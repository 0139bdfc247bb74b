"""One commit in one transaction: every write is conditional, and what was refused is looked up afterwards."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.base import Executable

from paidevents.checks import INT64_MAX
from paidevents.ports.records import Record, Stored
from paidevents.ports.store import Commit
from paidevents.pricing.counters import Take
from paidevents.stores.judging import counted, refuse_conflicts, refuse_duplicates
from paidevents.stores.sql import statements
from paidevents.stores.sql.prepared import Prepared
from paidevents.stores.sql.rows import NAMES, Row, counts, entry_row, keys, posting_rows, read, version_read, written

# SQLite takes no more values than this in one statement.
MOST_ASKED = 500


class MisfitError(Exception):
    """Something of the commit does not fit what is there: nothing of it stays, and `judge` says what."""


class Rows(NamedTuple):
    """The rows of a commit's records."""

    replaced: list[Row]
    inserted: list[Row]


def rows_of(commit: Commit) -> Rows:
    """
    What is to be written of records: made before anybody has to wait for it.

    Raises:
        InvalidValueError: A record of a type derived from one that is kept.
    """
    return Rows(
        [written(stored.record, stored.version) for stored in commit.replaces],
        [written(record, 1) for record in commit.inserts],
    )


class Writer:
    """
    Writes commits, each within a transaction that is somebody else's.

    Args:
        dialect: The database's.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._remember = Prepared(statements.remember(dialect.name), dialect)
        self._version = Prepared(statements.VERSION, dialect)
        self._insert = Prepared(statements.INSERT, dialect)
        self._replace = Prepared(statements.REPLACE, dialect)
        self._get = Prepared(statements.GET, dialect)
        self._find_by = Prepared(statements.FIND_BY, dialect)
        self._forget = Prepared(statements.FORGET, dialect)
        self._give = Prepared(statements.GIVE, dialect)
        self._take = Prepared(statements.take(dialect.name), dialect)
        self._book = Prepared(statements.BOOK, dialect)
        self._post = Prepared(statements.POST, dialect)

    def write(self, connection: Connection, commit: Commit, rows: Rows) -> None:
        """
        Write *commit*, unless it was written before.

        Args:
            connection: In a transaction.
            commit: What is written.
            rows: Those of its records.

        Raises:
            MisfitError: It does not fit what is there.
        """
        if self._remember.run(connection, {"id": commit.id}).rowcount:
            try:
                self._write(connection, commit, rows)
            except IntegrityError:
                raise MisfitError from None

    def _write(self, connection: Connection, commit: Commit, rows: Rows) -> None:
        for expected in commit.expects:
            asked = {"of_kind": NAMES[expected.type], "of_id": expected.id}
            _demand(self._version.run(connection, asked).scalar() == expected.version)
        self._put(connection, commit, rows)
        if commit.gives:
            _all(self._give, connection, [_count(commit.event, each) for each in commit.gives])
        if commit.takes:
            _demand(all(each.limit is None or each.count <= each.limit for each in commit.takes))
            _all(self._take, connection, [_count(commit.event, each) for each in commit.takes])
        if commit.entries:
            self._book.run(connection, *(entry_row(commit.event, entry) for entry in commit.entries))
            self._post.run(connection, *(row for entry in commit.entries for row in posting_rows(commit.event, entry)))

    def _put(self, connection: Connection, commit: Commit, rows: Rows) -> None:
        """Records, and what they are found by."""
        new, gone = list[Row](), list[Row]()
        if commit.replaces:
            # Twice in one commit, with one version and then the next, it would be found both times.
            _demand(len({(row["kind"], row["id"]) for row in rows.replaced}) == len(rows.replaced))
            for row, stored in zip(rows.replaced, commit.replaces, strict=True):
                own = {"of_kind": row["kind"], "of_id": row["id"]}
                had, has = self._had(connection, own, stored), keys(stored.record)
                new += [_key(row, by, value) for by, value in has - had]
                gone += [{**own, "by": by, "of_value": value} for by, value in had - has]
            _all(self._replace, connection, [_replaced(row) for row in rows.replaced])
        if commit.inserts:
            self._insert.run(connection, *rows.inserted)
            new += [
                _key(row, by, value)
                for row, record in zip(rows.inserted, commit.inserts, strict=True)
                for by, value in keys(record)
            ]
        if gone:
            self._forget.run(connection, *gone)
        if new:
            self._find_by.run(connection, *new)

    def _had(self, connection: Connection, own: Row, stored: Stored[Record]) -> set[tuple[str, str]]:
        """
        What a record is found by until it is replaced: it says so itself, and who replaces it has read it.

        So whoever changes what records are found by (`KINDS`) brings the rows of `pe_found` along in a migration.
        """
        type_: Any = type(stored.record)
        found = self._get.run(connection, own).first()
        _demand(found is not None and found.version == stored.version)
        assert found is not None
        return keys(read(type_, own["of_id"], found.version, found.body).record)


def judge(connection: Connection, commit: Commit) -> None:
    """
    Say why *commit* does not fit what is there; nothing if by now it does.

    Raises:
        ConflictError, DuplicateError, ExhaustedError, CorruptRecordError: As `Store.commit`.
    """

    def version_of(type_: type[object], id: str) -> int | None:
        found = connection.execute(statements.GET, {"of_kind": NAMES[type_], "of_id": id}).scalar()
        return version_read(type_, id, found)

    refuse_conflicts(commit, version_of)
    own = [entry.id for entry in commit.entries]
    booked = {row.id for row in in_parts(connection, statements.BOOKED, commit.event, "ids", own)}
    refuse_duplicates(commit, version_of, booked)
    names = sorted({each.counter for each in (*commit.takes, *commit.gives)})
    counted(commit, counts(commit.event, in_parts(connection, statements.TAKEN, commit.event, "counters", names)))


def in_parts(connection: Connection, statement: Executable, event: str, name: str, values: Sequence[str]) -> list[Any]:
    """The rows of an event for any number of values."""
    found: list[Any] = []
    for start in range(0, len(values), MOST_ASKED):
        part = values[start : start + MOST_ASKED]
        found += connection.execute(statement, {"of_event": event, name: part})
    return found


def _replaced(row: Row) -> Row:
    """The values of an update, from the row as it was read."""
    return {
        "of_kind": row["kind"],
        "of_id": row["id"],
        "read": row["version"],
        "next": min(row["version"] + 1, INT64_MAX),  # none gets there; but it may be asked for
        "is_due_at": row["due_at"],
        "as_body": row["body"],
    }


def _key(row: Row, by: str, value: str) -> Row:
    return {"kind": row["kind"], "found_by": by, "value": value, "id": row["id"]}


def _count(event: str, one: Take) -> Row:
    """Of a counter without a limit, what a database can hold is one."""
    limit = INT64_MAX if one.limit is None else one.limit
    return {"of_event": event, "of_counter": one.counter, "count": one.count, "room": limit - one.count}


def _all(statement: Prepared, connection: Connection, rows: list[Row]) -> None:
    """Run a conditional statement for each of *rows*; refused unless each of them found its row."""
    _demand(statement.run(connection, *rows).rowcount == len(rows))


def _demand(fits: bool) -> None:
    if not fits:
        raise MisfitError
