"""Which version the tables of a database have, and which one is needed. Alembic is not asked for that."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, Engine, Text, column, inspect, select, table

from paidevents.errors import SchemaMismatchError
from paidevents.stores.sql.failing import translated

VERSION_TABLE = "pe_schema"
NOTHING, UNKNOWN = "empty", "unknown"
MIGRATIONS = Path(__file__).parent / "migrations"

_VERSION = select(table(VERSION_TABLE, column("version_num", Text)).c.version_num)


def versions() -> list[str]:
    """All that there were, in order; the last one is needed. A migration's file is called like its version."""
    return sorted(path.name[1:5] for path in (MIGRATIONS / "versions").glob("r[0-9][0-9][0-9][0-9]_*.py"))


def newest() -> str:
    """The version that this library needs."""
    return versions()[-1]


def found(connection: Connection) -> str:
    """The version that a database has: "empty" without tables of ours, "unknown" with such tables but no version."""
    own = [name for name in inspect(connection).get_table_names() if name.startswith("pe_")]
    if VERSION_TABLE not in own:
        return UNKNOWN if own else NOTHING
    version: str | None = connection.execute(_VERSION).scalar()
    return UNKNOWN if version is None else version


def require(engine: Engine) -> None:
    """
    Make the tables where there are none.

    Raises:
        SchemaMismatchError: There are those of another version.
        StoreUnavailableError: The database does not answer, or is none.
    """
    with looking(engine) as connection:
        version = found(connection)
    if version == NOTHING:
        # Alembic takes as long to load as SQLAlchemy does: who opens what is in order does without.
        import_module("paidevents.stores.sql.versions").upgraded(engine)
    elif version != newest():
        raise SchemaMismatchError(newest(), version)


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """
    A connection that waits for nobody who writes.

    Raises:
        StoreUnavailableError: The database does not answer, or is none.
    """
    with translated(), engine.execution_options(looks=True).connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """
    A connection in a transaction that keeps others from writing.

    Raises:
        StoreUnavailableError: The database does not answer, or is none.
    """
    with translated(), engine.begin() as connection:
        yield connection
