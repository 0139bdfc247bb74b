"""
Say why a price is what it is, in sentences.

Status 1 if it cannot be ordered like that.
"""

import argparse

from paidevents.cli import asking
from paidevents.explain.sentences import explain


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    asking.add_arguments(parser)


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    answer = asking.answer(asked)
    print(explain(answer.quote, asked.locale, event=answer.event))
    return 1 if answer.quote.refusals else 0
