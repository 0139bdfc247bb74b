"""The version of the tables: made, brought up to date and looked at with Alembic, in a table of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from paidevents.errors import SchemaMismatchError
from paidevents.stores.sql.failing import translated
from paidevents.stores.sql.schema import METADATA

VERSION_TABLE = "pe_schema"
NOTHING, UNKNOWN = "empty", "unknown"
_HOME = Path(__file__).parent / "migrations"


def newest() -> str:
    """The version that this library needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def found(connection: Connection) -> str:
    """The version that a database has: "empty" without tables of ours, "unknown" with such tables but no version."""
    version = _context(connection).get_current_revision()
    if version is not None:
        return version
    return UNKNOWN if _own_tables(connection) else NOTHING


def require(engine: Engine) -> None:
    """
    Make the tables where there are none.

    Raises:
        SchemaMismatchError: There are those of another version.
        StoreUnavailableError: The database does not answer, or is none.
    """
    with _connected(engine) as connection:
        version = found(connection)
        if version == NOTHING:
            upgrade(connection)
        elif version != newest():
            raise SchemaMismatchError(newest(), version)


def upgrade(connection: Connection) -> str:
    """
    Bring the tables up to date, or make them: all of it, or nothing. What is not ours is not touched.

    Returns:
        The version that was found.

    Raises:
        SchemaMismatchError: The tables are newer than this library, or of no known version.
    """
    version = found(connection)
    if version not in (NOTHING, *_known()):
        raise SchemaMismatchError(newest(), version)
    command.upgrade(_config(connection), "head")
    return version


def upgraded(engine: Engine) -> str:
    """
    Bring the tables of a database up to date, or make them; two at once do it once.

    Returns:
        The version that was found.

    Raises:
        SchemaMismatchError: As `upgrade`.
        StoreUnavailableError: The database does not answer, or is none.
    """
    with _connected(engine) as connection:
        return upgrade(connection)


def differences(engine: Engine) -> list[str]:
    """
    In what the tables of a database differ from what this library needs; nothing if it can be used.

    Raises:
        StoreUnavailableError: The database does not answer, or is none.
    """
    with _connected(engine) as connection:
        version = found(connection)
        if version != newest():
            return [str(SchemaMismatchError(newest(), version))]
        return [str(one) for one in compare_metadata(_context(connection), METADATA)]


def as_sql(dialect: str) -> str:
    """The statements that make the tables, for those who run their migrations themselves."""
    text = StringIO()
    config = _config(output=text)
    config.set_main_option("sqlalchemy.url", f"{dialect}://")
    command.upgrade(config, "head", sql=True)
    return text.getvalue()


def is_ours(_: object, name: str | None, kind: str, *rest: object) -> bool:
    """Whether something of a database is looked at: tables of ours, and what belongs to them."""
    return kind != "table" or (name or "").startswith("pe_")


def _config(connection: Connection | None = None, output: StringIO | None = None) -> Config:
    config = Config(output_buffer=output) if output is not None else Config()
    config.set_main_option("script_location", str(_HOME).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _known() -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "include_object": is_ours})


def _own_tables(connection: Connection) -> list[str]:
    return [name for name in inspect(connection).get_table_names() if name.startswith("pe_")]


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that keeps others from writing."""
    with translated(), engine.begin() as connection:
        yield connection
