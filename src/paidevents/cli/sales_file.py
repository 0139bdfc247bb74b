"""SQLite files that something is sold on: a new one, or one that is there."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from paidevents import stores
from paidevents.cli.event_files import NO_SUCH_FILE
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

if TYPE_CHECKING:
    from paidevents.stores.sql.store import SqlStore

FILE_IS_NOT_EMPTY = Reason("file_is_not_empty", "There is something in this file already; choose a new one.")
NOTHING_SOLD_HERE = Reason("nothing_sold_here", "This is no file that paidevents sells on.")

_OURS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'pe_schema'"


def new_file(path: str) -> "SqlStore":
    """
    A store on a new file, to be used in a `with` statement.

    Raises:
        InvalidValueError: There is something in the file already, or no file can be called so; `field` is the path.
        StoreUnavailableError: It cannot be made there.
        MissingExtraError: The extra `sql` is not installed.
    """
    if _size(path):
        raise InvalidValueError(path, FILE_IS_NOT_EMPTY)
    return stores.sqlite(path)


def known_file(path: str) -> "SqlStore":
    """
    A store on a file that paidevents sells on, to be used in a `with` statement. Nothing is written to any other.

    Raises:
        InvalidValueError: There is no such file, or something else is in it; `field` is the path.
        SchemaMismatchError: It is of another version: `paidevents db upgrade` brings it up to date.
        MissingExtraError: The extra `sql` is not installed.
    """
    if _size(path) is None:
        raise InvalidValueError(path, NO_SUCH_FILE)
    if not _is_ours(Path(path)):
        raise InvalidValueError(path, NOTHING_SOLD_HERE)
    return stores.sqlite(path)


def _size(path: str) -> int | None:
    """How much is in the file; None if there is none."""
    try:
        return Path(path).stat().st_size
    except FileNotFoundError:
        return None
    except (OSError, ValueError):  # a name with a NUL in it, or one that is too long
        raise InvalidValueError(path, NO_SUCH_FILE) from None


def _is_ours(path: Path) -> bool:
    """Whether our tables are in it; it is only looked at."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(_OURS).fetchone() is not None
    except sqlite3.Error:  # it is no database, or a folder
        return False
