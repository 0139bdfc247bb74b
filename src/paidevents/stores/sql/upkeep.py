"""What is done to a database beside selling: its tables made, brought up to date, looked over, written down."""

from os import PathLike

from attrs import frozen
from sqlalchemy import Engine

from paidevents.checks import settle, text
from paidevents.errors import InvalidValueError
from paidevents.stores.sql import versions
from paidevents.stores.sql.embedded import engine_of
from paidevents.stores.sql.reading_all import unlike
from paidevents.stores.sql.standing import looking, newest
from paidevents.wire.refusals import NOT_ONE_OF

DIALECTS = ("sqlite", "postgresql")


@frozen
class Upgraded:
    """
    What became of the tables of a database.

    Attributes:
        before: The version that was found; "empty" if there were none.
        after: The version that they have now.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    before: str
    after: str

    def __attrs_post_init__(self) -> None:
        settle(self, before=text, after=text)


def upgrade_schema(path: str | PathLike[str]) -> Upgraded:
    """
    Make the tables in a file of SQLite, or bring them up to date; what is not ours is not touched.

    All of it happens, or nothing. Several processes may do it at once: one does, the others find it done.

    Raises:
        SchemaMismatchError: The tables are newer than this library, or of no known version.
        StoreUnavailableError: The file cannot be opened, or is no database.
        InvalidValueError: No path.

    Example:
        >>> upgrade_schema(":memory:")
        Upgraded(before='empty', after='0002')
    """
    engine = engine_of(path)
    try:
        return Upgraded(versions.upgraded(engine), newest())
    finally:
        engine.dispose()


def check_schema(path: str | PathLike[str]) -> tuple[str, ...]:
    """
    What is wrong with a file of SQLite: its tables are of another version or altered, it is damaged, or a row is.

    All of it is read once, page by page; that takes its time.

    Returns:
        A line for each; none if a store can use it.

    Raises:
        StoreUnavailableError: The file cannot be opened, or is no database.
        InvalidValueError: No path.
    """
    engine = engine_of(path)
    try:
        return tuple(versions.differences(engine) or _damages(engine))
    finally:
        engine.dispose()


def schema_sql(dialect: str = "sqlite") -> str:
    """
    The statements that make the tables, for those who run their migrations themselves.

    Args:
        dialect: "sqlite" or "postgresql".

    Raises:
        InvalidValueError: Another dialect.
    """
    if dialect not in DIALECTS:
        raise InvalidValueError("dialect", NOT_ONE_OF.given(allowed=", ".join(DIALECTS)))
    return versions.as_sql(dialect)


def _damages(engine: Engine) -> list[str]:
    """What SQLite itself says of the file; rows that belong to nothing, and those that do not read."""
    with looking(engine) as connection:
        told = [str(line) for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars()]
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        odd = list(unlike(connection))
    return [*(line for line in told if line != "ok"), *(f"{row[0]}: a row without its {row[2]}" for row in lost), *odd]
