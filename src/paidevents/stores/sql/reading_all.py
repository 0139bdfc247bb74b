"""Every row of a database read once, page by page: what does not read, or is not found by what it says."""

from collections.abc import Generator, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, select, tuple_

from paidevents.errors import CorruptRecordError
from paidevents.ports.records import kind_of
from paidevents.stores.sql import statements
from paidevents.stores.sql.rows import TYPES, counts, entry_of, keys, moment, read
from paidevents.stores.sql.schema import COUNTER, ENTRY, FOUND, RECORD

A_PAGE = 500

_RECORDS = select(*statements.as_kept(RECORD)).order_by(RECORD.c.kind, RECORD.c.id)
_ALL_FOUND = select(func.count()).select_from(FOUND)
_COUNTERS = select(COUNTER).order_by(COUNTER.c.event, COUNTER.c.counter)
_ENTRIES = select(*statements.as_kept(ENTRY)).order_by(ENTRY.c.number)


def unlike(connection: Connection) -> Iterator[str]:
    """
    A line for each row that cannot be used as it stands.

    Records are compared with what they are found by and when they are due;
    counters and entries have to read. It takes as long as there is much.
    """
    yield from _records(connection)
    yield from _counters(connection)
    yield from _entries(connection)


def _records(connection: Connection) -> Iterator[str]:
    found = 0
    page = connection.execute(_RECORDS.limit(A_PAGE)).all()
    while page:
        for row in page:
            found += yield from _record(connection, row)
        after = tuple_(RECORD.c.kind, RECORD.c.id) > (page[-1].kind, page[-1].id)
        page = connection.execute(_RECORDS.where(after).limit(A_PAGE)).all()
    more = connection.execute(_ALL_FOUND).scalar_one() - found
    if more:
        yield f"pe_found: rows that no readable record says: {more}"


def _record(connection: Connection, row: Any) -> Generator[str, None, int]:
    """What is wrong with it; and the number of rows by which it is found."""
    name = f"pe_record {row.kind} {row.id}"
    if row.kind not in TYPES:
        yield f"{name}: no store keeps such a thing"
        return 0
    type_: Any = TYPES[row.kind]
    try:
        record = read(type_, row.id, row.version, row.body).record
    except CorruptRecordError as error:
        yield str(error)
        return 0
    found = 0
    for by, value in sorted(keys(record)):
        asked = {"of_kind": row.kind, "of_id": row.id, "by": by, "of_value": value}
        if connection.execute(statements.IS_FOUND, asked).first() is not None:
            found += 1
        else:
            yield f"{name}: it is not found by {by}"
    if not _is_due(row.due_at, kind_of(type_).due_at(record)):
        yield f"{name}: it is due at another time than it says"
    return found


def _is_due(found: object, due_at: datetime | None) -> bool:
    try:
        return due_at == (None if found is None else moment(found))
    except ValueError:
        return False


def _counters(connection: Connection) -> Iterator[str]:
    page = connection.execute(_COUNTERS.limit(A_PAGE)).all()
    while page:
        for row in page:
            try:
                counts(row.event, [row])
            except CorruptRecordError as error:
                yield str(error)
        after = tuple_(COUNTER.c.event, COUNTER.c.counter) > (page[-1].event, page[-1].counter)
        page = connection.execute(_COUNTERS.where(after).limit(A_PAGE)).all()


def _entries(connection: Connection) -> Iterator[str]:
    number = 0
    while page := connection.execute(_entries_after(number)).all():
        for _, rows in groupby(page, key=lambda row: row.number):
            yield from _entry(list(rows))
        number = page[-1].number


def _entries_after(number: int) -> statements.Columns:
    return statements.with_postings(_ENTRIES.where(ENTRY.c.number > number).limit(A_PAGE))


def _entry(rows: Sequence[Any]) -> Iterator[str]:
    try:
        entry_of(rows)
    except CorruptRecordError as error:
        yield str(error)
