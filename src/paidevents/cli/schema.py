"""Print a JSON Schema: of the event files that people write, or of one type of document."""

import argparse
import json

from paidevents.wire.event_file import event_file_schema
from paidevents.wire.json_schema import schema
from paidevents.wire.types import TYPES

EVENT_FILE = "event-file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    parser.add_argument(
        "type",
        nargs="?",
        default=EVENT_FILE,
        choices=(EVENT_FILE, *TYPES),
        metavar="TYPE",
        help=f"{EVENT_FILE} (default), or the type of a document: {', '.join(TYPES)}",
    )


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    print(json.dumps(event_file_schema() if asked.type == EVENT_FILE else schema(asked.type), indent=2))
    return 0
