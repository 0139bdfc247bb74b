"""Where records are kept."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.stores.memory import MemoryStore as MemoryStore
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "memory": "MemoryStore",
        },
    )
