"""Records and entries as rows, and back. What does not read is a corrupt record, whatever is wrong with it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from paidevents.checks import INT64_MAX, instance, integer
from paidevents.errors import CorruptRecordError, InvalidValueError, PaidEventsError
from paidevents.ledger.account import Account
from paidevents.ledger.entry import Entry, EntryKind, Posting
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.ports.records import KINDS, R, Record, Stored, kind_of
from paidevents.wire.convert import from_document, to_document

# Records are values: what was read once need not be read again while its text is the same.
MOST_REMEMBERED, LONGEST_REMEMBERED = 512, 32_768

Row = dict[str, Any]

NAMES = {type_: kind.name for type_, kind in KINDS.items()}
TYPES = {name: type_ for type_, name in NAMES.items()}

_as_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def written(record: Record, version: int) -> Row:
    """The row of a record."""
    kind = kind_of(type(record))
    return {
        "kind": kind.name,
        "id": kind.id(record),
        "version": version,
        "due_at": kind.due_at(record),
        "body": _as_text(to_document(record)),
    }


def keys(record: Record) -> set[tuple[str, str]]:
    """What it is found by: pairs of a name and a value."""
    return set(kind_of(type(record)).indexes(record))


def read(type_: type[R], id: str, version: int, body: str) -> Stored[R]:
    """
    The record of a row.

    Raises:
        CorruptRecordError: It does not read, or is another's.
    """
    kind = kind_of(type_)
    try:
        decoded = _remembered if len(body) <= LONGEST_REMEMBERED else _decoded
        record: R = decoded(kind.name, body)
        if kind.id(record) == id:
            return Stored(record, version)
    except (PaidEventsError, ValueError, RecursionError):
        pass
    raise _corrupt_record(type_, id)


def version_read(type_: type[object], id: str, found: object) -> int | None:
    """
    The version that stands in a row; None if there is no row.

    Raises:
        CorruptRecordError: It is none.
    """
    try:
        return None if found is None else integer(found, "version", 1, INT64_MAX)
    except InvalidValueError:
        raise _corrupt_record(type_, id) from None


def _corrupt_record(type_: type[object], id: str) -> CorruptRecordError:
    return CorruptRecordError(f"pe_record {kind_of(type_).name} {id}")


def counts(event: str, rows: Iterable[Any]) -> Mapping[str, int]:
    """
    What is taken of the counters of an event, from their rows.

    Raises:
        CorruptRecordError: It is no number, or less than nothing.
    """
    found: dict[str, int] = {}
    for row in rows:
        try:
            found[row.counter] = integer(row.taken, "taken", 0, INT64_MAX)
        except InvalidValueError:
            raise CorruptRecordError(f"pe_counter {event} {row.counter}") from None
    return found


def _decoded(name: str, body: str) -> Any:
    return from_document(json.loads(body), TYPES[name])


_remembered = lru_cache(MOST_REMEMBERED)(_decoded)


def entry_row(event: str, entry: Entry) -> Row:
    """The row of an entry."""
    return {
        "event": event,
        "id": entry.id,
        "order_id": entry.order,
        "at": entry.at,
        "kind": entry.kind.value,
        "payment": entry.payment,
        "refund": entry.refund,
        "currency": entry.currency.code,
    }


def posting_rows(event: str, entry: Entry) -> Iterator[Row]:
    """The rows of its postings."""
    for place, posting in enumerate(entry.postings):
        yield {
            "event": event,
            "entry": entry.id,
            "place": place,
            "account": posting.account.value,
            "party": posting.party,
            "minor": posting.amount.minor,
        }


def entries(rows: Iterable[Any]) -> Iterator[Entry]:
    """
    The entries of rows that have a posting each, those of one entry together.

    Raises:
        CorruptRecordError: One does not read, does not balance, or lacks a posting before its last.
    """
    for _, own in groupby(rows, key=lambda row: row.number):
        yield entry_of(list(own))


def entry_of(rows: Sequence[Any]) -> Entry:
    """
    The entry of its rows.

    Raises:
        CorruptRecordError: As `entries`.
    """
    first, id = rows[0], rows[0].id
    if [row.place for row in rows] != list(range(len(rows))):
        raise CorruptRecordError(f"pe_entry {id}")
    try:
        currency = Currency(first.currency)
        return Entry(
            id=id,
            at=moment(first.at),
            kind=EntryKind(first.kind),
            order=first.order_id,
            payment=first.payment,
            refund=first.refund,
            postings=tuple(Posting(Account(row.account), Money(row.minor, currency), row.party) for row in rows),
        )
    except (PaidEventsError, ValueError):
        raise CorruptRecordError(f"pe_entry {id}") from None


def moment(found: object) -> datetime:
    """
    A moment as a database answers it: SQLite has but texts, in UTC without saying so.

    Raises:
        ValueError: It is none.
    """
    return instance(datetime.fromisoformat(f"{found}+00:00") if isinstance(found, str) else found, "at", datetime)
