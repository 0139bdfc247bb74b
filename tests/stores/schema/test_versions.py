"""The tables have a version from the first day: made, brought up to date, and refused where they are others."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from paidevents.catalog import Listing
from paidevents.errors import InvalidValueError, SchemaMismatchError, StoreUnavailableError
from paidevents.ports import Commit, Dossier, Stored
from paidevents.stores import Upgraded, check_schema, schema_sql, sqlite, upgrade_schema
from paidevents.stores.sql import standing
from paidevents.testing.stores import samples

FIRST = Path(__file__).with_name("first_revision.sql")
LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{new}", "{old}"


def upgrade():
    op.add_column("pe_record", sa.Column("later", sa.Text()))
    {more}
"""


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A file as the first version of these tables left it, with a record of each kind in it."""
    path = tmp_path / "first.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST.read_text("utf-8"))
    return path


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A library that is one version ahead of this one."""
    yield ahead(tmp_path, monkeypatch)


def ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> str:
    home, old = tmp_path / "migrations", standing.newest()
    new = f"{int(old) + 1:04}"
    shutil.copytree(standing.MIGRATIONS, home)
    (home / "versions" / f"r{new}_later.py").write_text(LATER.format(new=new, old=old, more=more), "utf-8")
    monkeypatch.setattr(standing, "MIGRATIONS", home)
    return new


def test_what_the_first_version_left_is_read_once_it_is_brought_up_to_date(first: Path) -> None:
    assert upgrade_schema(first) == Upgraded("0001", standing.newest())
    assert check_schema(first) == ()
    with sqlite(first) as store:
        for record in samples.one_of_each():
            kind: Any = type(record)
            assert store.get(kind, record.id) == Stored(record, 1), record.id
        assert store.find(Listing, "all", "event") == (Stored(samples.on_sale(), 1),)
        assert store.find(Dossier, "event", "talk") == (Stored(samples.full_dossier(), 1),)
        assert store.due(Dossier, samples.BEGINS) == (Stored(samples.full_dossier(), 1),)
        assert store.taken("talk", ["event", "ticket/standard"]) == {"event": 2, "ticket/standard": 2}
        assert store.entries("talk") == (samples.entry("A1:1"), samples.entry("A1:2", minor=2**62))
        assert store.was_committed("c1")


def test_a_new_file_gets_the_tables_that_the_library_works_with(tmp_path: Path) -> None:
    """Migrations and tables say the same; what is made now is what the first version comes to."""
    path = tmp_path / "new.db"
    assert upgrade_schema(path) == Upgraded("empty", standing.newest())
    assert upgrade_schema(path) == Upgraded(standing.newest(), standing.newest())
    assert check_schema(path) == ()
    assert {name for (name,) in rows(path, "select name from sqlite_master where type = 'table'")} == {
        *("pe_record", "pe_found", "pe_counter", "pe_entry", "pe_posting", "pe_commit", "pe_schema")
    }


def test_a_file_is_brought_to_the_next_version_with_all_that_is_in_it(first: Path, later: str) -> None:
    assert upgrade_schema(first) == Upgraded("0001", later)
    with sqlite(first) as store:
        assert store.get(Dossier, "A1") == Stored(samples.full_dossier(), 1)
        store.commit(Commit(id="c2", replaces=(Stored(samples.full_dossier(), 1),)))
    assert rows(first, "select later from pe_record where id = 'A1'") == [(None,)]


def test_what_fails_half_way_leaves_everything_as_it_was(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead(tmp_path, monkeypatch, more="op.execute(\"insert into pe_counter values ('talk', 'x', -1)\")")
    with pytest.raises(StoreUnavailableError, match="SQLITE_CONSTRAINT_CHECK"):
        upgrade_schema(first)
    assert rows(first, "select version_num from pe_schema") == [("0001",)]
    assert "later" not in [row[1] for row in rows(first, "pragma table_info(pe_record)")]


def test_store_007_tables_of_an_older_version_are_refused(first: Path, later: str) -> None:
    with pytest.raises(SchemaMismatchError) as refused:
        sqlite(first)
    assert (refused.value.expected, refused.value.found) == (later, "0001")
    assert check_schema(first) == (f"The database has schema 0001, this version needs {later}.",)


def test_store_007_tables_of_a_newer_version_are_refused(
    first: Path, later: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade_schema(first)
    monkeypatch.undo()
    for act in (sqlite, upgrade_schema):
        with pytest.raises(SchemaMismatchError) as refused:
            act(first)
        assert (refused.value.expected, refused.value.found) == (standing.newest(), later)
    assert check_schema(first) == (f"The database has schema {later}, this version needs {standing.newest()}.",)


def test_store_007_tables_without_a_version_are_refused(first: Path) -> None:
    with closing(sqlite3.connect(first)) as connection:
        connection.execute("drop table pe_schema")
    for act in (sqlite, upgrade_schema):
        with pytest.raises(SchemaMismatchError, match="unknown"):
            act(first)


def test_the_second_version_has_an_index_less(first: Path) -> None:
    indexes = "select name from sqlite_master where type = 'index' and tbl_name = 'pe_found' and sql is not null"
    assert rows(first, indexes) == [("ix_pe_found_kind_id",)]
    upgrade_schema(first)
    assert rows(first, indexes) == []


def test_tables_that_somebody_altered_are_told(first: Path) -> None:
    upgrade_schema(first)
    with closing(sqlite3.connect(first)) as connection:
        connection.execute("drop index ix_pe_record_due")
    (told,) = check_schema(first)
    assert "ix_pe_record_due" in told


def test_who_opens_or_checks_does_not_wait_for_who_writes(tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    upgrade_schema(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with sqlite(path, patience=0) as store:
            assert store.taken("talk", ["event"]) == {}
        assert check_schema(path) == ()


def test_the_tables_of_a_host_are_left_alone(tmp_path: Path) -> None:
    """Neither its tables nor its own Alembic version are ours."""
    path = tmp_path / "host.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "create table orders (id integer primary key, note text); insert into orders values (1, 'mine');"
            "create table alembic_version (version_num text); insert into alembic_version values ('host');"
        )
    with sqlite(path) as store:
        store.commit(Commit(id="c1", inserts=(samples.dossier(),)))
    assert check_schema(path) == ()
    assert rows(path, "select id, note from orders") == [(1, "mine")]
    assert rows(path, "select version_num from alembic_version") == [("host",)]


def test_the_statements_can_be_had_in_two_dialects(tmp_path: Path) -> None:
    """Run by hand, they make what the library makes."""
    path = tmp_path / "by_hand.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(schema_sql())
    assert check_schema(path) == ()
    assert 'COLLATE "C"' in schema_sql("postgresql") and "fillfactor = 50" in schema_sql("postgresql")
    with pytest.raises(InvalidValueError, match="dialect"):
        schema_sql("oracle")
