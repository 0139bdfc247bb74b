"""Records and entries as rows, and back. What does not read is a corrupt record, whatever is wrong with it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from paidevents.errors import CorruptRecordError, PaidEventsError
from paidevents.ledger.account import Account
from paidevents.ledger.entry import Entry, EntryKind, Posting
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.ports.records import KINDS, R, Record, Stored, kind_of
from paidevents.wire.convert import from_document, to_document

# Records are values: what was read once need not be read again while its text is the same.
MOST_REMEMBERED = 512

Row = dict[str, Any]

NAMES = {type_: kind.name for type_, kind in KINDS.items()}
_TYPES = {name: type_ for type_, name in NAMES.items()}

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
        record: R = _decoded(kind.name, body)
        if kind.id(record) == id:
            return Stored(record, version)
    except (PaidEventsError, ValueError, RecursionError):
        pass
    raise CorruptRecordError(f"pe_record {kind.name} {id}")


@lru_cache(MOST_REMEMBERED)
def _decoded(name: str, body: str) -> Any:
    return from_document(json.loads(body), _TYPES[name])


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
        CorruptRecordError: One does not read, or does not balance.
    """
    for id, own in groupby(rows, key=lambda row: str(row.id)):
        yield _entry(id, list(own))


def _entry(id: str, rows: Sequence[Any]) -> Entry:
    first = rows[0]
    try:
        currency, at = Currency(first.currency), first.at
        assert isinstance(at, datetime)
        return Entry(
            id=id,
            at=at,
            kind=EntryKind(first.kind),
            order=first.order_id,
            payment=first.payment,
            refund=first.refund,
            postings=tuple(
                Posting(Account(row.account), Money(row.minor, currency), row.party) for row in rows if row.account
            ),
        )
    except (PaidEventsError, ValueError):
        raise CorruptRecordError(f"pe_entry {id}") from None
