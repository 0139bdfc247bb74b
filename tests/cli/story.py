"""Commands that take a while, run once for all tests of a module."""

import contextlib
import io
from collections.abc import Sequence

from paidevents.cli import main


def told(*arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output with its spaces made plain, standard error; without any fixture of pytest."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(arguments)
    return status, out.getvalue().replace("\xa0", " ").replace("\u202f", " "), err.getvalue()


def scenes(text: str) -> list[str]:
    """A story, taken apart: what comes before the first heading, then one text for each."""
    return text.split("\n── ")


def words(text: str) -> str:
    """*text* on one line, each gap one space wide."""
    return " ".join(text.split())


def amount_of(lines: Sequence[str], first: str) -> str:
    """The last cell of the only line that begins with *first*."""
    (found,) = (line for line in lines if line.strip().startswith(first))
    return found.split()[-1]
