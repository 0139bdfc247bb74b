"""What a file of SQLite says when it is opened by somebody else."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

TABLES = ("pe_record", "pe_found", "pe_counter", "pe_entry", "pe_posting", "pe_commit")


def asked(path: Path, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a statement; what it writes stays, checks or not."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        return connection.execute(statement, values).fetchall()


def is_sound(path: Path) -> bool:
    """Whether the file is whole, and every row has what it belongs to."""
    return asked(path, "PRAGMA integrity_check") == [("ok",)] and asked(path, "PRAGMA foreign_key_check") == []


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that is kept, table by table."""
    return {table: sorted(asked(path, f"SELECT * FROM {table}"), key=repr) for table in TABLES}


def put_back(path: Path, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Let the file have these rows, and no others."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table, own in rows.items():
            connection.execute(f"DELETE FROM {table}")
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(own[0]))})", own)
