"""`paidevents db`: what it prints, and its status."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from paidevents.cli import main
from paidevents.stores import check_schema, schema_sql
from paidevents.stores.sql.standing import newest

AT_ONCE = 6


def test_tables_are_made_once_and_found_up_to_date_afterwards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tickets.db"
    assert [main(["db", action, str(path)]) for action in ("init", "init", "upgrade", "check")] == [0, 0, 0, 0]
    assert capsys.readouterr().out.splitlines() == [
        f"{path}: empty → {newest()}",
        f"{path}: version {newest()}, up to date",
        f"{path}: version {newest()}, up to date",
        f"{path}: nothing is wrong",
    ]


def test_what_is_wrong_is_told_with_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "host.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table orders (id integer)")
    assert main(["db", "check", str(path)]) == 1
    assert capsys.readouterr().out == f"{path}: The database has schema empty, this version needs {newest()}.\n"


@pytest.mark.parametrize("action", ["upgrade", "check"])
def test_a_file_that_is_not_there_is_not_made(tmp_path: Path, action: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tickets.db"
    assert main(["db", action, str(path)]) == 2
    assert "There is no such file" in capsys.readouterr().err
    assert not path.exists()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ana, " * 100)
    assert main(["db", "upgrade", str(path)]) == 2
    assert "SQLITE_NOTADB" in capsys.readouterr().err
    assert path.read_text() == "Dear Ana, " * 100


def test_the_statements_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "sql", "--dialect", "postgresql"]) == 0
    assert capsys.readouterr().out == schema_sql("postgresql")
    assert main(["db", "sql", "--dialect", "oracle"]) == 2


def test_store_009_many_processes_make_the_tables_at_once(tmp_path: Path) -> None:
    """One of them does; the others find them made."""
    path = tmp_path / "tickets.db"
    command = [sys.executable, "-X", "utf8", "-m", "paidevents", "db", "init", str(path)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
        for _ in range(AT_ONCE)
    ]
    told = sorted(one.communicate()[0] for one in running)
    assert [one.returncode for one in running] == [0] * AT_ONCE, told
    assert told == sorted([f"{path}: empty → {newest()}\n"] + [f"{path}: version {newest()}, up to date\n"] * 5)
    assert check_schema(path) == ()
