"""Where records are kept."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.stores.memory import MemoryStore as MemoryStore
    from paidevents.stores.sql.embedded import sqlite as sqlite
    from paidevents.stores.sql.store import SqlStore as SqlStore
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "memory": "MemoryStore",
            "sql.embedded": "sqlite",
            "sql.store": "SqlStore",
        },
    )
