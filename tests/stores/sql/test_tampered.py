"""What somebody tampered with (store-008) is a corrupt record, named by its table and its id, and nothing else ever."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from stores.sql.commits import a_commit
from stores.sql.files import asked, contents, put_back

from paidevents.access import Recording
from paidevents.catalog import Listing
from paidevents.errors import CorruptRecordError
from paidevents.ports import KINDS, Connection, Dossier, Expected, Obligation, Stored
from paidevents.ports.records import Record
from paidevents.pricing import Take
from paidevents.registration import WaitingEntry
from paidevents.stores import SqlStore, sqlite
from paidevents.stores.sql.rows import read
from paidevents.testing.stores import samples
from paidevents.wire.convert import to_document

Look = Callable[[SqlStore], object]

RECORDS: tuple[Record, ...] = tuple(samples.one_of_each())
FULL = a_commit(
    id="full", event="talk", inserts=RECORDS, takes=[Take("event", 3)], entries=[samples.entry(), samples.entry("A1:2")]
)

LOOKS: dict[str, tuple[Look, ...]] = {
    "pe_record event talk": (
        lambda store: store.get(Listing, "talk"),
        lambda store: store.find(Listing, "organizer", "42"),
        lambda store: store.due(Listing, samples.BEGINS),
    ),
    "pe_record order A1": (
        lambda store: store.get(Dossier, "A1"),
        lambda store: store.find(Dossier, "event", "talk"),
        lambda store: store.due(Dossier, samples.BEGINS),
    ),
    "pe_record waiting w1": (
        lambda store: store.get(WaitingEntry, "w1"),
        lambda store: store.find(WaitingEntry, "event", "talk"),
    ),
    "pe_record recording film": (
        lambda store: store.get(Recording, "film"),
        lambda store: store.find(Recording, "event", "talk"),
    ),
    "pe_record connection stripe/42": (
        lambda store: store.get(Connection, "stripe/42"),
        lambda store: store.find(Connection, "owner", "42"),
    ),
    "pe_record obligation A1/1": (
        lambda store: store.get(Obligation, "A1/1"),
        lambda store: store.find(Obligation, "order", "A1"),
        lambda store: store.due(Obligation, samples.BEGINS),
    ),
    "pe_entry A1:1": (lambda store: store.entries("talk"), lambda store: store.entries("talk", limit=1)),
    "pe_entry A1:2": (lambda store: store.entries("talk", after="A1:1"),),
    "pe_counter talk event": (
        lambda store: store.taken("talk", ["event", "other"]),
        lambda store: store.commit(a_commit(id="take", event="talk", takes=[Take("event", 1, 2)])),
    ),
}


def of(id: str, path: str, value: str) -> tuple[str, str]:
    """In the document of a record another value stands at *path*."""
    kind, key = id.split()[1:]
    return id, f"UPDATE pe_record SET body = json_set(body, '{path}', {value}) WHERE kind = '{kind}' AND id = '{key}'"


def each(column: str, *values: str) -> Iterator[tuple[str, str]]:
    """In a column of every row stands another value; whatever is looked at does not read."""
    table, name = column.split(".")
    for value in values:
        for id in (one for one in LOOKS if one.startswith(table)):
            yield id, f"UPDATE {table} SET {name} = {value}"


TAMPERED: tuple[tuple[str, str], ...] = (
    # Unknown words.
    of("pe_record obligation A1/1", "$.value.task", "'sing'"),
    of("pe_record event talk", "$.value.event.kind", "'opera'"),
    of("pe_record order A1", "$.value.payments[0].provider", "7"),
    of("pe_record order A1", "$.value.refunds[0].purpose", "'gift'"),
    of("pe_record order A1", "$.type", "'listing'"),
    of("pe_record order A1", "$.v", "2"),
    ("pe_entry A1:1", "UPDATE pe_entry SET kind = 'theft'"),
    ("pe_entry A1:1", "UPDATE pe_posting SET account = 'pocket'"),
    # Amounts that cannot be.
    of("pe_record event talk", "$.value.event.tickets[0].price.minor", "-1"),
    of("pe_record order A1", "$.value.payments[0].amount.minor", "-2000"),
    of("pe_record order A1", "$.value.refunds[0].amount.minor", "0"),
    of("pe_record order A1", "$.value.refunds[0].amount.minor", "'20.00'"),
    of("pe_record order A1", "$.value.refunds[0].amount.currency", "'EURO'"),
    ("pe_entry A1:1", "UPDATE pe_posting SET minor = minor + 1 WHERE place = 0"),
    ("pe_entry A1:1", "UPDATE pe_posting SET minor = 0"),
    ("pe_entry A1:1", "UPDATE pe_entry SET currency = 'ZZZ'"),
    # Documents that are none, or another's.
    *each("pe_record.body", "''", "'{'", "'null'", "5", "x'ff'", "'[' || hex(zeroblob(10)) || '9'"),
    *each("pe_record.body", "replace(hex(zeroblob(50000)), '00', '[')", "hex(zeroblob(5000)) || '1'"),
    ("pe_record order A1", "UPDATE pe_record SET body = (SELECT body FROM pe_record WHERE kind = 'obligation')"),
    ("pe_record order A1", "UPDATE pe_record SET body = replace(body, '\"A1\"', '\"A2\"') WHERE kind = 'order'"),
    # What SQLite takes in a column of numbers.
    *each("pe_record.version", "'first'", "1.5", "0", "x'01'", "9e99"),
    *each("pe_counter.taken", "'many'", "2.5", "x'01'", "9e99"),
    ("pe_entry A1:1", "UPDATE pe_posting SET minor = 'much'"),
    ("pe_entry A1:1", "UPDATE pe_posting SET minor = minor + 0.5"),
    # Moments.
    *each("pe_entry.at", "'noon'", "''", "12", "x'00'", "'2026-02-30 12:00:00'", "'0001-01-01 00:00:00'"),
    of("pe_record obligation A1/1", "$.value.due_at", "'noon'"),
    of("pe_record recording film", "$.value.attached_at", "'2026-03-01T12:00:00'"),
    of("pe_record connection stripe/42", "$.value.connected_at", "1772366400"),
    of("pe_record waiting w1", "$.value.joined_at", "null"),
    # Postings that are missing, or too many.
    ("pe_entry A1:2", "DELETE FROM pe_posting WHERE entry = 'A1:2'"),
    ("pe_entry A1:1", "DELETE FROM pe_posting WHERE place = 0"),
    ("pe_entry A1:1", "DELETE FROM pe_posting WHERE place = 1"),
    ("pe_entry A1:1", "INSERT INTO pe_posting VALUES ('talk', 'A1:1', 2, '', '', 5)"),
    # Names that are bytes.
    ("pe_entry A1:1", "UPDATE pe_entry SET order_id = CAST(order_id AS BLOB)"),
    ("pe_entry A1:1", "UPDATE pe_entry SET payment = x'00'"),
    ("pe_entry A1:1", "UPDATE pe_posting SET party = x'00'"),
)


JUNK: tuple[Any, ...] = (None, True, -1, 2**63, 1.5, "", "x", "\ud800", "a\0b", [], {}, [None], {"a": 1}, [[[[]]]])


def leaves(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a document that has no parts of its own."""
    if isinstance(document, dict | list) and document:
        for key, part in document.items() if isinstance(document, dict) else enumerate(document):
            yield from leaves(part, (*path, key))
    else:
        yield path


def altered(document: Any, path: tuple[Any, ...], value: object) -> Any:
    """The same with another value there."""
    whole = part = deepcopy(document)
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return whole


def test_store_008_what_was_tampered_with_is_told_by_its_table_and_id(tmp_path: Path) -> None:
    """An unknown word, an amount that cannot be, no JSON, another's document, a text for a number, half an entry."""
    path = tmp_path / "full.db"
    with sqlite(path) as store:
        store.commit(FULL)
        as_it_was = contents(path)
        for id, statement in dict.fromkeys(TAMPERED):
            asked(path, statement)
            for look in LOOKS[id]:
                with pytest.raises(CorruptRecordError) as caught:
                    pytest.fail(f"{statement}: {look(store)!r}")
                assert caught.value.id == id, statement
            put_back(path, as_it_was)
        assert len(store.entries("talk")) == 2 and store.taken("talk", ["event"]) == {"event": 3}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: KINDS[type(record)].name)
def test_store_008_whatever_stands_anywhere_in_a_document_reads_or_is_corrupt(record: Any) -> None:
    """No error but this one, wherever junk is put; and what still reads has the same id."""
    kind, document, refused = KINDS[type(record)], to_document(record), 0
    for path in leaves(document):
        for junk in JUNK:
            body = json.dumps(altered(document, path, junk))
            try:
                assert kind.id(read(type(record), kind.id(record), 1, body).record) == kind.id(record)
            except CorruptRecordError as error:
                assert error.id == f"pe_record {kind.name} {kind.id(record)}"
                refused += 1
    assert refused > 10 * len(list(leaves(document))), "most of it is refused"


def test_store_008_less_than_nothing_is_taken_of_no_counter(tmp_path: Path) -> None:
    with sqlite(tmp_path / "talk.db") as store:
        store.commit(FULL)
        asked(tmp_path / "talk.db", "UPDATE pe_counter SET taken = -1")
        with pytest.raises(CorruptRecordError) as caught:
            store.taken("talk", ["event"])
    assert caught.value.id == "pe_counter talk event"


def test_store_008_a_version_that_is_none_is_no_conflict(tmp_path: Path) -> None:
    """Whoever is told of a conflict looks again; here that leads nowhere."""
    film = samples.recording()
    with sqlite(tmp_path / "talk.db") as store:
        store.commit(FULL)
        asked(tmp_path / "talk.db", "UPDATE pe_record SET version = 'first'")
        for commit in (
            a_commit(id="again", replaces=[Stored(film, 1)]),
            a_commit(id="expects", expects=[Expected(Recording, "film", 1)]),
            a_commit(id="anew", inserts=[film]),
        ):
            with pytest.raises(CorruptRecordError) as caught:
                store.commit(commit)
            assert caught.value.id == "pe_record recording film"
            assert not store.was_committed(commit.id)
