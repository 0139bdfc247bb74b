"""What a story is told with: headings, sentences and tables, in one language, for a terminal of 100 columns."""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime

from paidevents.cli.columns import Columns, cell
from paidevents.reason import Reason

WIDTH = 98
INDENT = "   "
LOOK = f"{INDENT}→ "
QUOTED = f"{INDENT}  │ "


class Teller:
    """
    Prints a story.

    Args:
        locale: The language.
    """

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self._scenes = 0

    def words(self, value: object) -> str:
        """A reason or a value, as people of the locale write it."""
        return cell(value, self.locale)

    def scene(self, title: Reason, at: datetime) -> None:
        """A heading, with its number and the moment that the clock shows."""
        self._scenes += 1
        told, shown = f"── {self._scenes}. {self.words(title)} ", f" {self.words(at)}"
        print(f"\n{told}{'─' * max(WIDTH - len(told) - len(shown), 2)}{shown}\n")

    def say(self, reason: Reason) -> None:
        """Some sentences."""
        self._wrapped(self.words(reason), INDENT)

    def look(self, reason: Reason) -> None:
        """What is worth a look in what was shown."""
        self._wrapped(self.words(reason), LOOK)

    def quoted(self, text: str) -> None:
        """What somebody else reads."""
        self._wrapped(text, QUOTED, QUOTED)

    def lines(self, lines: Iterable[str]) -> None:
        """Lines that were made elsewhere."""
        for line in lines:
            print(f"{INDENT}{line}")

    def table(
        self,
        rows: Sequence[Sequence[object]],
        headings: Sequence[Reason] = (),
        *,
        right: Sequence[int] = (),
        totals: Sequence[Sequence[object]] = (),
    ) -> None:
        """Rows, their columns in line; those of *right* end in line."""
        self.lines(f"  {line}" for line in Columns(self.locale, headings, right).lines(rows, totals))

    def gap(self) -> None:
        """An empty line."""
        print()

    def _wrapped(self, text: str, first: str, rest: str = "") -> None:
        indent = rest or " " * len(first)
        lines = textwrap.wrap(
            text,
            WIDTH,
            initial_indent=first,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )
        print("\n".join(lines))
