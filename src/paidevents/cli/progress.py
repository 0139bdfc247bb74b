"""A line for whoever waits in front of a terminal: shown only once something takes more than a second."""

from collections.abc import Callable
from time import monotonic_ns
from types import TracebackType
from typing import Self, TextIO

PATIENCE_NS = 1_000_000_000
PAUSE_NS = 100_000_000  # between two lines: nobody reads faster
CLEAR = "\r\x1b[K"


class Progress:
    """
    How far something has come, on one line that is written anew, and gone at the end.

    It says nothing where nobody sees it: on a stream that is no terminal.

    Args:
        stream: Where to; standard error, usually.
        now_ns: A clock, in nanoseconds from any moment.

    Example:
        >>> import sys
        >>> with Progress(sys.stderr) as progress:
        ...     progress.told("3 of 7")
    """

    def __init__(self, stream: TextIO, now_ns: Callable[[], int] = monotonic_ns) -> None:
        self._stream = stream
        self._now_ns = now_ns
        self._next_ns = now_ns() + PATIENCE_NS
        self._is_shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.clear()

    def told(self, text: str) -> None:
        """So far it has come."""
        now = self._now_ns()
        if now < self._next_ns or not self._stream.isatty():
            return
        self._next_ns, self._is_shown = now + PAUSE_NS, True
        self._write(f"{CLEAR}{text}")

    def clear(self) -> None:
        """Take the line away: something else is going to be printed."""
        if self._is_shown:
            self._is_shown = False
            self._write(CLEAR)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
