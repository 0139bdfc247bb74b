"""Versioned, lossless JSON of the values that cross a border; events that people write; the schemas of both."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.wire.convert import dumps as dumps
    from paidevents.wire.convert import from_document as from_document
    from paidevents.wire.convert import loads as loads
    from paidevents.wire.convert import to_document as to_document
    from paidevents.wire.event_file import event_file_schema as event_file_schema
    from paidevents.wire.event_file import read_event as read_event
    from paidevents.wire.json_schema import schema as schema
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "convert": "dumps from_document loads to_document",
            "event_file": "event_file_schema read_event",
            "json_schema": "schema",
        },
    )
