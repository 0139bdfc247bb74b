"""
Sell two small events on a SQLite file, and tell the story: with a virtual clock, and nobody's card is charged.

With the name of an event, print its file: a beginning for your own.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from paidevents.cli import story
from paidevents.cli.event_files import demo_events, demo_text
from paidevents.cli.prices import show_prices
from paidevents.cli.progress import Progress
from paidevents.errors import InvalidValueError
from paidevents.money.format import locale_of
from paidevents.reason import Reason

NOTHING_IS_SOLD = Reason("nothing_is_sold", "Nothing is sold there, so no file is needed.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    names = ", ".join(demo_events())
    what = parser.add_mutually_exclusive_group()
    what.add_argument("name", nargs="?", metavar="NAME", help=f"print the file of this event: {names}")
    what.add_argument("--kill", action="store_true", help="kill a second process in the middle of a sale, and recover")
    what.add_argument("--prices", action="store_true", help="price orders for the example events instead")
    parser.add_argument("--db", metavar="FILE", help="a new file to sell on; it stays (default: one that is deleted)")
    parser.add_argument("--locale", default="en", help="language of the story (default: en)")


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    locale_of(asked.locale)
    sells = not (asked.name or asked.prices)
    if asked.db is not None and not sells:
        raise InvalidValueError("--db", NOTHING_IS_SOLD)
    if sells:
        return _sell(asked)
    if asked.prices:
        show_prices(asked.locale)
    else:
        print(demo_text(asked.name), end="")
    return 0


def _sell(asked: argparse.Namespace) -> int:
    if asked.db is not None:
        return _told(asked.db, asked)
    with TemporaryDirectory(prefix="paidevents-") as folder:
        return _told(str(Path(folder) / "demo.db"), asked)


def _told(path: str, asked: argparse.Namespace) -> int:
    if asked.kill:
        with Progress(sys.stderr) as progress:
            return story.tell_of_kill(path, asked.locale, progress)
    return story.tell_story(path, asked.locale)
