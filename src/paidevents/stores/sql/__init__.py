"""Records, counters and ledgers in an SQL database. It needs the extra `sql`; `paidevents.stores` lends what it has."""

from importlib.util import find_spec

from paidevents.errors import MissingExtraError

if not (find_spec("alembic") and find_spec("sqlalchemy")):
    raise MissingExtraError("sql")
