"""Rows with their columns in line, each cell as people of a locale write it."""

from collections.abc import Iterable, Iterator, Sequence

from paidevents.explain.translated import translated
from paidevents.explain.words import word
from paidevents.reason import Reason

GAP = "  "


class Columns:
    """
    A table that may come in pages: the first of them says how wide its columns are.

    Args:
        locale: Of headings and cells.
        headings: A name for each column; none for a table without.
        right: The positions of columns whose cells end in line: numbers and amounts.
    """

    def __init__(self, locale: str, headings: Sequence[Reason] = (), right: Iterable[int] = ()) -> None:
        self._locale = locale
        self._headings = [translated(heading, locale) for heading in headings]
        self._right = frozenset(right)
        self._widths: list[int] = []

    def lines(self, rows: Iterable[Sequence[object]], totals: Iterable[Sequence[object]] = ()) -> Iterator[str]:
        """The lines of some rows, the headings before the first of them, and *totals* below a rule."""
        cells, sums = ([[cell(one, self._locale) for one in row] for row in some] for some in (rows, totals))
        if not self._widths:
            whole = [*([self._headings] if self._headings else []), *cells, *sums]
            self._widths = [max(map(len, column)) for column in zip(*whole, strict=True)]
            if self._headings:
                yield self._line(self._headings)
                yield self._rule()
        yield from map(self._line, cells)
        if sums:
            yield self._rule()
            yield from map(self._line, sums)

    def _line(self, row: Sequence[str]) -> str:
        return GAP.join(
            f"{text:>{width}}" if place in self._right else f"{text:{width}}"
            for place, (text, width) in enumerate(zip(row, self._widths, strict=True))
        ).rstrip()

    def _rule(self) -> str:
        return GAP.join("─" * width for width in self._widths)


def cell(value: object, locale: str) -> str:
    """What stands in a cell: nothing for None."""
    if value is None:
        return ""
    return translated(value, locale) if isinstance(value, Reason) else word(value, locale)
