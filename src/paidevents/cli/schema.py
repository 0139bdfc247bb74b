"""Print a JSON Schema: of the event files that people write, or of one type of document."""

import argparse
import json

from paidevents.errors import InvalidValueError
from paidevents.reason import Reason
from paidevents.wire.event_file import event_file_schema
from paidevents.wire.json_schema import schema
from paidevents.wire.types import TYPES

UNKNOWN_TYPE = Reason("unknown_type", "No document has this type; paidevents schema --help lists them.")

EVENT_FILE = "event-file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    types = ", ".join(TYPES)
    parser.add_argument(
        "type", nargs="?", default=EVENT_FILE, metavar="TYPE", help=f"{EVENT_FILE} (default), or of a document: {types}"
    )


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    if asked.type != EVENT_FILE and asked.type not in TYPES:
        raise InvalidValueError("TYPE", UNKNOWN_TYPE)
    print(json.dumps(event_file_schema() if asked.type == EVENT_FILE else schema(asked.type), indent=2))
    return 0
