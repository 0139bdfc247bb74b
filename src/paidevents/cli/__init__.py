"""
The command line: one file a command, each a parser and a function that prints.

It answers 0, or 1 where the answer is "refused", or 2 with one line for input
that cannot be. No input makes it print a traceback.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from io import TextIOWrapper
from typing import NoReturn
from unicodedata import category

from paidevents.cli import amount, check, currencies, dates, db, demo, diagram, explain, quote, report, schema, timeline
from paidevents.cli.welcome import welcome
from paidevents.errors import PaidEventsError

COMMANDS = (demo, quote, explain, timeline, check, report, schema, amount, currencies, dates, diagram, db)


class _Parser(argparse.ArgumentParser):
    """argparse, saying what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {one_line(message)} (see {self.prog} --help)\n")


def one_line(text: str) -> str:
    """*text* with whatever could break or steer a terminal's line written out."""
    return "".join(char if char.isprintable() or category(char) == "Zs" else ascii(char)[1:-1] for char in text)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    whole = _Parser(
        prog="paidevents", description="Sell access to online events, exact to the cent.", allow_abbrev=False
    )
    whole.add_argument("--version", action="version", version=f"paidevents {version('paidevents')}")
    whole.set_defaults(run=_welcome)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=False)
    for command in COMMANDS:
        name = command.__name__.rpartition(".")[2]
        summary = (command.__doc__ or "").strip().splitlines()[0]
        one = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        command.add_arguments(one)
        one.set_defaults(run=command.run)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character gets a substitute, not a traceback.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    asked = parser().parse_args(arguments)
    try:
        status: int = asked.run(asked)
        sys.stdout.flush()
    except PaidEventsError as error:
        print(f"paidevents: {one_line(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _welcome(_: argparse.Namespace) -> int:
    welcome()
    return 0
