"""
The tables of states, drawn: `docs/reference/states/*.svg`.

A state is a lane from top to bottom, and a move is a line across: from the
states it leaves, each a dot, to the state it leads to, an arrow. Moves that
differ only in where they begin are one line. So nothing ever crosses a word,
however many rows a table has, and the lines stand in the order in which they
are tried.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, NamedTuple

from paidevents.machine import Machine, Row

AnyRow = Row[Any, Any, Any, Any]

LANE, LINE = 36, 23  # from a lane to the next, from a line to the next
LETTER = 6.7  # how wide one is, in the font of the words
EDGE = 14
SLANT = 0.57  # sine of the angle of the states' names

STYLE = """
.lane{stroke:var(--color-background-border,#d0d4da);stroke-width:1.5}
.move{stroke:var(--color-brand-primary,#0b6b52);stroke-width:1.6}
.from,.head{fill:var(--color-brand-primary,#0b6b52)}
.stay{fill:var(--color-background-primary,#fff);stroke:var(--color-brand-primary,#0b6b52);stroke-width:1.6}
.begin,.final{fill:var(--color-foreground-primary,#1b1f24)}
.ring{fill:none;stroke:var(--color-foreground-primary,#1b1f24);stroke-width:1.4}
.band{fill:var(--color-background-secondary,#f6f7f9)}
text{font:11px var(--font-stack--monospace,ui-monospace,Menlo,Consolas,monospace);fill:var(--color-foreground-primary,#1b1f24)}
.state,.trigger{font-weight:600}
.then{fill:var(--color-foreground-secondary,#5a6270)}
""".strip()


class Line(NamedTuple):
    """
    Rows that differ only in where they begin.

    Attributes:
        rows: In the order of the table, one at least. Either all of them stay where they are, or none does.
    """

    rows: tuple[AnyRow, ...]

    @property
    def stays(self) -> bool:
        return self.rows[0].source is self.rows[0].target


def _alike(row: AnyRow) -> tuple[object, ...]:
    target = None if row.source is row.target else row.target
    return (row.trigger, row.when, row.then, target)


def lines_of(machine: Machine[Any, Any, Any, Any]) -> Iterator[Line]:
    """The lines of a drawing: by trigger, and so that each state's rows are met in the order of the table."""
    for trigger in machine.triggers:
        rows = [row for row in machine.rows if row.trigger is trigger]
        left = [[row for row in rows if _alike(row) == one] for one in dict.fromkeys(map(_alike, rows))]
        while left:
            # The first line of which no state has an earlier row in another line that is still to come.
            ready = (line for line in left if not any(_before(other, line, rows) for other in left if other != line))
            line = next(ready)
            left.remove(line)
            yield Line(tuple(line))


def _before(one: list[AnyRow], other: list[AnyRow], rows: list[AnyRow]) -> bool:
    """Whether some state has a row in each, that in *one* being the earlier."""
    return any(a.source is b.source and rows.index(a) < rows.index(b) for a in one for b in other)


def drawing(machine: Machine[Any, Any, Any, Any]) -> str:
    """The table as SVG. Colours are those of the page around it, or readable ones of its own."""
    lines = tuple(lines_of(machine))
    names = [state.value for state in machine.states]
    lane = {state: EDGE + LANE // 2 + LANE * place for place, state in enumerate(machine.states)}
    top = round(max(len(name) for name in names) * LETTER * SLANT) + 44
    bottom = top + LINE * len(lines) + 8
    words = EDGE + LANE * len(names) + 8
    # A name leans to the right, over its neighbours' lanes.
    leaning = max(lane[state] + len(state.value) * LETTER * 0.83 for state in machine.states)
    width = round(max(words + max(map(_length, lines)) * LETTER, leaning)) + EDGE
    height = bottom + 22
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img"><title>The states of {_with_article(machine.name)}</title>',
        f"<style>{STYLE}</style>",
        *_bands(lines, top, width),
    ]
    for state, x in lane.items():
        is_final = state in machine.final
        parts.append(f'<line class="lane" x1="{x}" y1="{top - 12}" x2="{x}" y2="{bottom}"/>')
        parts.append(
            f'<text class="state" transform="translate({x + 4} {top - 24}) rotate(-35)">{escape(state.value)}</text>'
        )
        if state is machine.initial:
            parts.append(f'<circle class="begin" cx="{x}" cy="{top - 14}" r="5"/>')
        if is_final:
            parts.append(f'<circle class="ring" cx="{x}" cy="{bottom + 7}" r="6.5"/>')
            parts.append(f'<circle class="final" cx="{x}" cy="{bottom + 7}" r="3.5"/>')
    for place, line in enumerate(lines):
        parts += _drawn(line, lane, top + LINE * place + LINE // 2, words)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _bands(lines: Sequence[Line], top: int, width: int) -> list[str]:
    """A band behind the lines of every second trigger."""
    triggers = list(dict.fromkeys(line.rows[0].trigger for line in lines))
    return [
        f'<rect class="band" x="0" y="{top + LINE * place}" width="{width}" height="{LINE}"/>'
        for place, line in enumerate(lines)
        if triggers.index(line.rows[0].trigger) % 2 == 0
    ]


def _drawn(line: Line, lane: dict[Any, int], y: int, words: int) -> list[str]:
    first = line.rows[0]
    xs = [lane[row.source] for row in line.rows]
    parts = [f"<g><title>{escape(_told(line))}</title>"]
    if line.stays:
        parts += [f'<circle class="stay" cx="{x}" cy="{y}" r="5"/>' for x in xs]
    else:
        end = lane[first.target]
        parts.append(f'<line class="move" x1="{min(*xs, end)}" y1="{y}" x2="{max(*xs, end)}" y2="{y}"/>')
        parts += [f'<circle class="from" cx="{x}" cy="{y}" r="3.6"/>' for x in xs]
        if min(xs) < end:
            parts.append(f'<path class="head" d="M{end} {y}l-9 -5v10z"/>')
        if max(xs) > end:
            parts.append(f'<path class="head" d="M{end} {y}l9 -5v10z"/>')
    guard = f" [{first.when.reason.code}]" if first.when else ""
    then = f" / {', '.join(effect.value for effect in first.then)}" if first.then else ""
    parts.append(
        f'<text x="{words}" y="{y + 4}"><tspan class="trigger">{escape(first.trigger.value)}</tspan>'
        f'{escape(guard)}<tspan class="then">{escape(then)}</tspan></text></g>'
    )
    return parts


def _length(line: Line) -> int:
    first = line.rows[0]
    guard = len(first.when.reason.code) + 3 if first.when else 0
    then = sum(len(effect.value) + 2 for effect in first.then) + 1 if first.then else 0
    return len(first.trigger.value) + guard + then


def _told(line: Line) -> str:
    """The line in words, which a reader sees when they point at it."""
    first = line.rows[0]
    begun = ", ".join(row.source.value for row in line.rows)
    told = f"{begun}: stays" if line.stays else f"{begun} → {first.target.value}"
    return f"{told}. Otherwise: {first.when.reason.text}" if first.when else told


def _with_article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
