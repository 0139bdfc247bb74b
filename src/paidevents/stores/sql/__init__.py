"""Records, counters and ledgers in an SQL database. It needs the extra `sql`; `paidevents.stores` lends what it has."""

from importlib import import_module

from paidevents.errors import MissingExtraError

try:
    for _name in ("alembic", "sqlalchemy"):
        import_module(_name)
except ImportError as error:
    raise MissingExtraError("sql") from error
