"""The tables made, brought up to date, compared and written down with Alembic; the version has a table of its own."""

from io import StringIO

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from paidevents.errors import SchemaMismatchError
from paidevents.stores.sql import standing
from paidevents.stores.sql.schema import METADATA
from paidevents.stores.sql.standing import NOTHING, VERSION_TABLE, found, looking, newest, writing


def upgrade(connection: Connection) -> str:
    """
    Bring the tables up to date, or make them: all of it, or nothing. What is not ours is not touched.

    Returns:
        The version that was found.

    Raises:
        SchemaMismatchError: The tables are newer than this library, or of no known version.
    """
    version = found(connection)
    if version not in (NOTHING, *standing.versions()):
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
    with writing(engine) as connection:
        return upgrade(connection)


def differences(engine: Engine) -> list[str]:
    """
    In what the tables of a database differ from what this library needs; nothing if it can be used.

    Raises:
        StoreUnavailableError: The database does not answer, or is none.
    """
    with looking(engine) as connection:
        version = found(connection)
        if version != newest():
            return [str(SchemaMismatchError(newest(), version))]
        options = {"version_table": VERSION_TABLE, "include_object": is_ours}
        return [str(one) for one in compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)]


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
    config = Config() if output is None else Config(output_buffer=output)
    config.set_main_option("script_location", str(standing.MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
