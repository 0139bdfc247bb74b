"""What a driver says when it fails, as an error of ours: by its name alone, for its text may tell what was kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from paidevents.errors import StoreUnavailableError


@contextmanager
def translated() -> Iterator[None]:
    """
    Whatever fails within, and was not looked for, is a database that does not answer.

    Raises:
        StoreUnavailableError: It was locked, full, out of reach, or no database.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreUnavailableError(_name(error)) from error


def _name(error: SQLAlchemyError) -> str:
    """Such as SQLITE_BUSY, SQLITE_FULL or SQLITE_NOTADB."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(cause, "sqlite_errorname", type(cause).__name__))
