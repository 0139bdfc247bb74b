"""One commit in one transaction: every write is conditional, and what was refused is looked up afterwards."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.base import Executable

from paidevents.checks import INT64_MAX
from paidevents.ports.records import Record
from paidevents.ports.store import Commit
from paidevents.pricing.counters import Take
from paidevents.stores.judging import counted, refuse_conflicts, refuse_duplicates
from paidevents.stores.sql import statements
from paidevents.stores.sql.rows import NAMES, entry_row, keys, posting_rows, written
from paidevents.stores.sql.statements import take

# SQLite takes no more values than this in one statement.
MOST_ASKED = 500


class MisfitError(Exception):
    """Something of the commit does not fit what is there: nothing of it stays, and `judge` says what."""


class Writer:
    """
    Writes commits, each within a transaction that is somebody else's.

    Args:
        dialect: The name of the database's dialect.
    """

    def __init__(self, dialect: str) -> None:
        self._take = take(dialect)

    def write(self, connection: Connection, commit: Commit) -> bool:
        """
        Write *commit*; False if it was written before.

        Raises:
            MisfitError: It does not fit what is there.
        """
        if was_written(connection, commit.id):
            return False
        try:
            self._write(connection, commit)
        except IntegrityError:
            raise MisfitError from None
        return True

    def _write(self, connection: Connection, commit: Commit) -> None:
        connection.execute(statements.REMEMBER, {"id": commit.id})
        for expected in commit.expects:
            asked = {"of_kind": NAMES[expected.type], "of_id": expected.id}
            _demand(connection.execute(statements.VERSION, asked).scalar() == expected.version)
        if commit.replaces:
            _replace(connection, commit)
        if commit.inserts:
            _insert(connection, commit.inserts)
        if commit.gives:
            _all(connection, statements.GIVE, [_count(commit.event, give) for give in commit.gives])
        if commit.takes:
            _demand(all(each.limit is None or each.count <= each.limit for each in commit.takes))
            _all(connection, self._take, [_count(commit.event, each) for each in commit.takes])
        if commit.entries:
            connection.execute(statements.BOOK, [entry_row(commit.event, entry) for entry in commit.entries])
            rows = [row for entry in commit.entries for row in posting_rows(commit.event, entry)]
            connection.execute(statements.POST, rows)


def judge(connection: Connection, commit: Commit) -> None:
    """
    Say why *commit* does not fit what is there; nothing if by now it does.

    Raises:
        ConflictError, DuplicateError, ExhaustedError, CorruptRecordError: As `Store.commit`.
    """

    def version_of(type_: type[object], id: str) -> int | None:
        found: int | None = connection.execute(statements.GET, {"of_kind": NAMES[type_], "of_id": id}).scalar()
        return found

    refuse_conflicts(commit, version_of)
    own = [entry.id for entry in commit.entries]
    booked = {row.id for row in in_parts(connection, statements.BOOKED, commit.event, "ids", own)}
    refuse_duplicates(commit, version_of, booked)
    names = sorted({each.counter for each in (*commit.takes, *commit.gives)})
    counted(
        commit,
        {row.counter: row.taken for row in in_parts(connection, statements.TAKEN, commit.event, "counters", names)},
    )


def was_written(connection: Connection, id: str) -> bool:
    """Whether the commit with this id is there."""
    return connection.execute(statements.REMEMBERED, {"of_id": id}).scalar() is not None


def in_parts(connection: Connection, statement: Executable, event: str, name: str, values: Sequence[str]) -> list[Any]:
    """The rows of an event for any number of values."""
    found: list[Any] = []
    for start in range(0, len(values), MOST_ASKED):
        part = values[start : start + MOST_ASKED]
        found += connection.execute(statement, {"of_event": event, name: part})
    return found


def _replace(connection: Connection, commit: Commit) -> None:
    rows = [(written(stored.record, stored.version), stored) for stored in commit.replaces]
    updates = [
        {
            "of_kind": row["kind"],
            "of_id": row["id"],
            "read": stored.version,
            "is_due_at": row["due_at"],
            "as_body": row["body"],
        }
        for row, stored in rows
    ]
    _all(connection, statements.REPLACE, updates)
    new, gone = [], []
    for row, stored in rows:
        own = {"of_kind": row["kind"], "of_id": row["id"]}
        had = {(key.found_by, key.value) for key in connection.execute(statements.KEYS, own)}
        has = keys(stored.record)
        new += [_key(row, by, value) for by, value in has - had]
        gone += [{**own, "by": by, "of_value": value} for by, value in had - has]
    if gone:
        connection.execute(statements.FORGET, gone)
    if new:
        connection.execute(statements.FIND_BY, new)


def _insert(connection: Connection, records: Sequence[Record]) -> None:
    rows = [(written(record, 1), record) for record in records]
    connection.execute(statements.INSERT, [row for row, _ in rows])
    found = [_key(row, by, value) for row, record in rows for by, value in keys(record)]
    if found:
        connection.execute(statements.FIND_BY, found)


def _key(row: dict[str, Any], by: str, value: str) -> dict[str, str]:
    return {"kind": row["kind"], "found_by": by, "value": value, "id": row["id"]}


def _count(event: str, one: Take) -> dict[str, Any]:
    """Of a counter without a limit, what a database can hold is one."""
    limit = INT64_MAX if one.limit is None else one.limit
    return {"of_event": event, "of_counter": one.counter, "count": one.count, "room": limit - one.count}


def _all(connection: Connection, statement: Executable, rows: list[dict[str, Any]]) -> None:
    """Run a conditional statement for each of *rows*; refused unless each of them found its row."""
    _demand(connection.execute(statement, rows).rowcount == len(rows))


def _demand(fits: bool) -> None:
    if not fits:
        raise MisfitError
