"""`check_schema` reads all that is kept, and tells what cannot be used as it stands."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from paidevents.ports import Commit
from paidevents.pricing import Take
from paidevents.stores import check_schema, sqlite
from paidevents.stores.sql import reading_all
from paidevents.testing.stores import samples

UNREADABLE = "The stored record cannot be read: {}.".format
UNSAID = "pe_found: rows that no readable record says: {}"
# What somebody did to a row, and what is told of it.
ALTERED = {
    "delete from pe_record where id = 'film'": ["pe_found: a row without its pe_record", UNSAID.format(1)],
    "update pe_record set body = '{}' where id = 'stripe/42'": [
        UNREADABLE("pe_record connection stripe/42"),
        UNSAID.format(2),
    ],
    "insert into pe_found values ('order', 'account', '8', 'A1')": [UNSAID.format(1)],
    "update pe_record set kind = 'thing' where id = 'stripe/42'": [
        "pe_found: a row without its pe_record",
        "pe_found: a row without its pe_record",
        "pe_record thing stripe/42: no store keeps such a thing",
        UNSAID.format(2),
    ],
    "update pe_found set value = 'other' where kind = 'order' and found_by = 'event'": [
        "pe_record order A1: it is not found by event",
        UNSAID.format(1),
    ],
    "update pe_record set due_at = null where id = 'A1'": [
        "pe_record order A1: it is due at another time than it says"
    ],
    "update pe_record set due_at = 'soon' where id = 'talk'": [
        "pe_record event talk: it is due at another time than it says"
    ],
    "update pe_counter set taken = 1.5 where counter = 'event'": [UNREADABLE("pe_counter talk event")],
    "update pe_posting set minor = minor + 1 where entry = 'A1:2' and place = 1": [UNREADABLE("pe_entry A1:2")],
}


def alter(path: Path, statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statements)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a record of each kind, two counters and two entries in it."""
    path = tmp_path / "talk.db"
    with sqlite(path) as store:
        takes = (Take("event", 2, 3), Take("ticket/standard", 2))
        entries = (samples.entry("A1:1"), samples.entry("A1:2"))
        store.commit(Commit(id="c1", event="talk", inserts=tuple(samples.one_of_each()), takes=takes, entries=entries))
    return path


@pytest.mark.parametrize("statement", ALTERED)
def test_what_somebody_altered_is_told(path: Path, statement: str) -> None:
    assert check_schema(path) == ()
    alter(path, statement)
    assert list(check_schema(path)) == ALTERED[statement]


def test_however_much_there_is_all_of_it_is_looked_over(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In pages of two: the last record, counter and entry of seven are told."""
    monkeypatch.setattr(reading_all, "A_PAGE", 2)
    with sqlite(path) as store:
        for number in range(5):
            film, counter, entry = samples.recording(f"f{number}"), Take(f"z{number}", 1), samples.entry(f"A2:{number}")
            store.commit(Commit(id=f"n{number}", event="talk", inserts=(film,), takes=(counter,), entries=(entry,)))
    assert check_schema(path) == ()
    alter(
        path,
        "update pe_record set body = '' where id = 'f4'; update pe_counter set taken = 'x' where counter = 'z4';"
        "update pe_entry set kind = 'gift' where id = 'A2:4';",
    )
    record, *others = map(UNREADABLE, ("pe_record recording f4", "pe_counter talk z4", "pe_entry A2:4"))
    assert check_schema(path) == (record, UNSAID.format(1), *others)
