"""Records, counters and ledgers in an SQL database. It needs the extra `sql`."""

from paidevents.errors import MissingExtraError

try:
    import alembic
    import sqlalchemy
except ImportError as error:
    raise MissingExtraError("sql") from error

__all__ = ("alembic", "sqlalchemy")
