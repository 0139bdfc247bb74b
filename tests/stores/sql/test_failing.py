"""When the file cannot be written, or the connection is lost: nothing is written, or it can be asked whether it was."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from stores.sql.commits import BEFORE, WHOLE, fails_whole, works_later
from stores.sql.files import asked, contents

from paidevents.errors import (
    CommitUnknownError,
    InvalidValueError,
    StoreUnavailableError,
)
from paidevents.stores import SqlStore, sqlite


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talk.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    with sqlite(path, patience=0) as opened:
        opened.commit(BEFORE)
        yield opened


@contextmanager
def each_connection(store: SqlStore, statement: str) -> Iterator[None]:
    """While this lasts, every connection begins with a statement."""

    def begins(connection: Any, *_: object) -> None:
        connection.execute(statement)

    event.listen(store._engine, "checkout", begins)
    yield
    event.remove(store._engine, "checkout", begins)


def test_a_file_that_may_only_be_read_is_not_written(store: SqlStore, path: Path) -> None:
    with each_connection(store, "PRAGMA query_only = ON"):
        fails_whole(store, path, "SQLITE_READONLY")
    with each_connection(store, "PRAGMA query_only = OFF"):
        works_later(store, path)


def test_a_full_disk_is_not_written_to(store: SqlStore, path: Path) -> None:
    ((pages,),) = asked(path, "PRAGMA page_count")
    with each_connection(store, f"PRAGMA max_page_count = {pages + 2}"):
        fails_whole(store, path, "SQLITE_FULL")
    with each_connection(store, "PRAGMA max_page_count = 1000000"):
        works_later(store, path)


def test_a_disk_that_is_full_at_the_very_end_leaves_nothing_either(store: SqlStore, path: Path) -> None:
    """Who is told that it is not known, and looks, finds nothing; the same commit is written when there is room."""
    resource = pytest.importorskip("resource")
    before, limits = contents(path), resource.getrlimit(resource.RLIMIT_FSIZE)
    room = path.with_name("talk.db-wal").stat().st_size + 9_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        with pytest.raises(CommitUnknownError) as caught:
            store.commit(WHOLE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.commit_id == "whole"
    assert (store.was_committed("whole"), contents(path)) == (False, before)
    works_later(store, path)


def test_while_another_writes_who_has_no_patience_does_not(store: SqlStore, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        fails_whole(store, path, "SQLITE_BUSY")
        with sqlite(path, patience=0) as opened_meanwhile:
            fails_whole(opened_meanwhile, path, "SQLITE_BUSY")
        another.execute("ROLLBACK")
    works_later(store, path)


def test_while_another_writes_no_tables_are_made(tmp_path: Path) -> None:
    path = tmp_path / "host.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as another:
        another.execute("PRAGMA journal_mode = WAL")
        another.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailableError) as caught:
            sqlite(path, patience=0)
        assert caught.value.cause == "SQLITE_BUSY"
        another.execute("ROLLBACK")
    with sqlite(path, patience=0) as store:
        assert not store.was_committed("whole")


def test_what_is_no_database_is_not_opened(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("Buy milk. " * 500)
    for path, cause in (
        (text, "SQLITE_NOTADB"),
        (tmp_path, "SQLITE_CANTOPEN"),
        (tmp_path / "no" / "such" / "talk.db", "SQLITE_CANTOPEN"),
    ):
        with pytest.raises(StoreUnavailableError) as caught:
            sqlite(path)
        assert caught.value.cause == cause
    assert text.read_text() == "Buy milk. " * 500


@pytest.mark.parametrize("junk", ["", b"talk.db", 7, None])
def test_what_is_no_path_is_not_opened(junk: Any) -> None:
    with pytest.raises(InvalidValueError) as caught:
        sqlite(junk)
    assert caught.value.field == "path"


@pytest.mark.parametrize("junk", [None, 7, object()])
def test_a_store_waits_for_what_can_be_entered(store: SqlStore, junk: Any) -> None:
    for turn, look, field in ((junk, nullcontext(), "turn"), (nullcontext(), junk, "look")):
        with pytest.raises(InvalidValueError) as caught:
            SqlStore(store._engine, turn=turn, look=look)
        assert caught.value.field == field
