"""SQLite: a store in one file, with nothing to install and nothing to run beside the program."""

import sqlite3
from contextlib import nullcontext
from os import PathLike, fsdecode, fsencode, fspath
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from paidevents.checks import FORBIDDEN_CHARACTERS, WRONG_TYPE, between
from paidevents.errors import InvalidValueError, SchemaMismatchError
from paidevents.stores.sql.standing import require
from paidevents.stores.sql.store import SqlStore

IN_MEMORY = ":memory:"
# How many threads look at once; more wait for their turn.
MOST_CONNECTIONS = 16
ENCODING = "UTF-8"

_SETTINGS = (
    "PRAGMA journal_mode = WAL",  # who looks does not wait for who writes
    "PRAGMA synchronous = FULL",  # what was acknowledged outlives a power cut
    "PRAGMA foreign_keys = ON",
)


def sqlite(path: str | PathLike[str], *, patience: int = 30) -> SqlStore:
    """
    A store in a file of SQLite. A new or empty file gets its tables; a file of your own keeps what is in it.

    Beside the file there are two more while it is open, `-wal` and `-shm`: they belong to it.
    It has to lie on a local disk. A process that forks opens it anew in the child, and
    forks while no other thread is at it.

    Args:
        path: The file; ":memory:" for one that is gone when it is closed.
        patience: How many seconds a write waits for those of other processes.

    Raises:
        SchemaMismatchError: The tables are those of another version: `paidevents db upgrade` brings them up to date.
            Or the file's texts are in UTF-16, which another program chose.
        StoreUnavailableError: The file cannot be opened, or is no database.
        InvalidValueError: No path, or a patience below zero or above an hour.

    Example:
        >>> from paidevents.ports import Commit
        >>> from paidevents.pricing import Take
        >>> with sqlite(":memory:") as store:
        ...     store.commit(Commit(id="c1", event="talk", takes=[Take("event", 2, limit=3)]))
        ...     dict(store.taken("talk", ["event"]))
        {'event': 2}
    """
    engine = engine_of(path, patience)
    try:
        require(engine)
    except BaseException:
        engine.dispose()
        raise
    turn = Lock()
    # All threads share the one connection of a database in memory.
    return SqlStore(engine, turn=turn, look=turn if isinstance(engine.pool, StaticPool) else nullcontext())


def engine_of(path: str | PathLike[str], patience: int = 30) -> Engine:
    """
    The database in a file, whatever is in it.

    Raises:
        InvalidValueError: No path, or a patience that cannot be.
    """
    if not isinstance(path, str | PathLike) or not fspath(path):
        raise InvalidValueError("path", WRONG_TYPE.given(expected="str, PathLike", got=type(path).__name__))
    name, seconds = _named(path), between(0, 3600)(patience, "patience")
    pool: dict[str, Any] = {"poolclass": QueuePool, "pool_size": MOST_CONNECTIONS, "max_overflow": 0}
    if name == IN_MEMORY:
        pool = {"poolclass": StaticPool}
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=name),
        hide_parameters=True,  # what is kept is nobody's to read in a log
        connect_args={"timeout": seconds, "check_same_thread": False},
        **pool,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _named(path: str | PathLike[str]) -> str:
    """The name of a file, if one can be called so."""
    try:
        name = fsdecode(path)
        fsencode(name)
    except UnicodeError:
        name = "\0"
    if "\0" in name:
        raise InvalidValueError("path", FORBIDDEN_CHARACTERS)
    return name


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    # Transactions begin when we say so, not when the driver thinks that it is time.
    connection.isolation_level = None
    connection.text_factory = _text
    ((encoding,),) = connection.execute("PRAGMA encoding")
    if encoding != ENCODING:  # in another, letters stand in another order
        raise SchemaMismatchError(ENCODING, encoding)
    for setting in _SETTINGS:
        connection.execute(setting)


def _text(kept: bytes) -> str:
    """A text as it is kept. What is none has surrogates, which no record may have: it is corrupt, and is told so."""
    return kept.decode(errors="surrogateescape")


def _begin(connection: Connection) -> None:
    """Whoever is going to write says so at once: what was read cannot be changed by others before it is written."""
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("looks") else "BEGIN IMMEDIATE")
