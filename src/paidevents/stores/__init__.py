"""Where records are kept."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.stores.memory import MemoryStore as MemoryStore
    from paidevents.stores.sql.embedded import sqlite as sqlite
    from paidevents.stores.sql.store import SqlStore as SqlStore
    from paidevents.stores.sql.upkeep import Upgraded as Upgraded
    from paidevents.stores.sql.upkeep import check_schema as check_schema
    from paidevents.stores.sql.upkeep import schema_sql as schema_sql
    from paidevents.stores.sql.upkeep import upgrade_schema as upgrade_schema
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "memory": "MemoryStore",
            "sql.embedded": "sqlite",
            "sql.store": "SqlStore",
            "sql.upkeep": "Upgraded check_schema schema_sql upgrade_schema",
        },
    )
