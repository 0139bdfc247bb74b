"""What a notebook says, as text: to be held against what it said when it was committed."""

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from typing import Any

PICTURE = "[a picture]"


def said(cell: Any) -> list[str]:
    """
    The text that a cell printed or answered with, line by line; a picture is only counted.

    How a picture is drawn, to the pixel, is its library's business and changes with it.
    """
    return list(_lines(cell.get("outputs", ())))


def differences(name: str, committed: Any, fresh: Any) -> list[str]:
    """The lines of a diff, cell by cell, from what is committed to what was said now; empty if it is the same."""
    found: list[str] = []
    for before, now in zip(committed.cells, fresh.cells, strict=True):
        where = f"{name}, cell {before.id}"
        old, new = said(before), said(now)
        found += unified_diff(old, new, f"{where}, as committed", f"{where}, now", lineterm="", n=2)
    return found


def _lines(outputs: Iterable[Any]) -> Iterator[str]:
    for stream, text in _joined(outputs):
        mark = "stderr: " if stream == "stderr" else ""
        for line in text.splitlines():
            yield mark + line


def _joined(outputs: Iterable[Any]) -> list[tuple[str, str]]:
    """What was printed in a row is one text, in however many pieces the kernel sent it."""
    joined: list[tuple[str, str]] = []
    for output in outputs:
        if output.output_type == "stream":
            if joined and joined[-1][0] == output.name:
                joined[-1] = (output.name, joined[-1][1] + output.text)
            else:
                joined.append((output.name, output.text))
        elif any(kind.startswith("image/") for kind in output.data):
            joined.append(("picture", PICTURE))
        else:
            joined.append(("result", output.data.get("text/plain", "")))
    return joined
