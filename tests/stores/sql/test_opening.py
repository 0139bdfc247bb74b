"""What a file is called, how its texts are kept, and what is told of it when it fails."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from traceback import format_exception
from typing import Any

import pytest
from sqlalchemy import event
from stores.sql.commits import a_commit
from stores.sql.files import asked

from paidevents.access import Recording
from paidevents.errors import CorruptRecordError, InvalidValueError, SchemaMismatchError, StoreUnavailableError
from paidevents.stores import sqlite
from paidevents.testing.stores import samples


@pytest.mark.parametrize("name", ["a\0b", "\0", "\ud800", "talk\ud800.db"])
def test_what_no_file_is_called_is_no_path(tmp_path: Path, name: str) -> None:
    for path in (name, tmp_path / name):
        with pytest.raises(InvalidValueError) as caught:
            sqlite(path)
        assert (caught.value.field, caught.value.reason.code) == ("path", "forbidden_characters")
    assert list(tmp_path.iterdir()) == []


class InBytes:
    """A path that says what it is called in bytes, as paths may."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __fspath__(self) -> Any:
        return os.fsencode(self._path)


@pytest.mark.parametrize("name", ["talk.db", "a?mode=ro#x%41.db", "file:talk.db", "Été 🎟.db", "'; --.db", "-"])
def test_a_file_is_called_as_it_is_said(tmp_path: Path, name: str) -> None:
    for path in (tmp_path / name, str(tmp_path / name), InBytes(tmp_path / name)):
        with sqlite(path) as store:
            store.commit(a_commit(id="c1"))
        assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("encoding", ["UTF-16le", "UTF-16be"])
def test_a_file_whose_texts_are_in_another_order_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "host.db"
    with closing(sqlite3.connect(path)) as host:
        host.execute(f"PRAGMA encoding = '{encoding}'")
        host.execute("CREATE TABLE host (name TEXT)")
    with pytest.raises(SchemaMismatchError) as caught:
        sqlite(path)
    assert (caught.value.expected, caught.value.found) == ("UTF-8", encoding)
    assert asked(path, "SELECT name FROM sqlite_schema") == [("host",)]


def test_a_text_that_is_none_is_a_corrupt_record(tmp_path: Path) -> None:
    """Bytes that are no UTF-8, where SQLite takes them for a text."""
    path = tmp_path / "talk.db"
    for table, column, id in (
        ("pe_record", "body", "pe_record recording film"),
        ("pe_entry", "order_id", "pe_entry A1:1"),
        ("pe_posting", "party", "pe_entry A1:1"),
    ):
        path.unlink(missing_ok=True)
        with sqlite(path) as store:
            store.commit(a_commit(id="c1", event="talk", inserts=[samples.recording()], entries=[samples.entry()]))
            asked(path, f"UPDATE {table} SET {column} = CAST({column} || x'ff' AS TEXT)")
            with pytest.raises(CorruptRecordError) as caught:
                store.get(Recording, "film") if table == "pe_record" else store.entries("talk")
            assert caught.value.id == id


def test_what_fails_tells_nothing_of_what_was_to_be_kept(tmp_path: Path) -> None:
    """Neither a name nor an address is in what a log is told, causes and all."""
    with sqlite(tmp_path / "talk.db") as store:

        def cuts(connection: Any, cursor: object, statement: str, *rest: object) -> None:
            if statement.startswith("INSERT INTO pe_record"):
                connection.connection.dbapi_connection.close()

        event.listen(store._engine, "before_cursor_execute", cuts)
        with pytest.raises(StoreUnavailableError) as caught:
            store.commit(a_commit(id="c1", inserts=[samples.full_dossier()]))
    told = "".join(format_exception(caught.value))
    assert "INSERT INTO pe_record" in told
    assert not [word for word in ("Ana Lima", "ana@example.com", "cs_A1") if word in told]
