"""
Price an order: what it costs, what that is made of, and what did not apply.

Status 1 if it cannot be ordered like that.
"""

import argparse
import json

from paidevents.cli import asking
from paidevents.cli.as_json import quote_document
from paidevents.cli.sheet import Sheet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    asking.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    answer = asking.answer(asked)
    if asked.json:
        print(json.dumps(quote_document(answer.quote, answer.event, asked.locale), ensure_ascii=False, indent=2))
    else:
        print("\n".join(Sheet(answer.quote, answer.event, asked.locale).lines()))
    return 1 if answer.quote.refusals else 0
