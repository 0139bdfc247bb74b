"""Tables of Markdown, as the generated pages have them."""

from collections.abc import Iterable, Sequence

# What a cell would not show as it is.
_ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\|*<>[]`"})


def plain(text: str) -> str:
    """*text* such that every character is shown as it is."""
    return text.translate(_ESCAPED)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table. A head that ends in a colon stands over numbers, to the right."""
    names = [name.removesuffix(":") for name in head]
    rules = ["---:" if name.endswith(":") else "---" for name in head]
    return [_row(names), f"|{'|'.join(rules)}|", *map(_row, rows), ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
