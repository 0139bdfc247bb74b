"""The tree of errors: `docs/reference/errors.md`."""

import inspect
from collections.abc import Iterator
from pathlib import Path

from generators.markdown import table
from paidevents import errors
from paidevents.errors import PaidEventsError

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "errors.md"

HEAD = """\
# Errors

Whatever this library refuses or cannot do is a `PaidEventsError`, and `except PaidEventsError` catches all of it.
The branches say who can act: whoever called, the person who wanted something, or the operator of the program.

An error carries codes, ids and reasons, never the record that it is about, and never a person's data.
Its `reasons` are values: [the codes](reasons.md) are for programs, and `explain` makes sentences of them, in English and French.

```python
>>> from paidevents import Money, PaidEventsError
>>> from paidevents.explain import explain
>>> try:
...     Money.of("12.505", "EUR")
... except PaidEventsError as error:
...     print(f"{error.reasons[0].code}: {explain(error, 'en')}")
too_many_digits: EUR has 2 decimals; the amount has more.

```

## The tree
"""

DETAILS = """\
## One by one

```{eval-rst}
"""


def tree(kind: type[PaidEventsError] = PaidEventsError, depth: int = 0) -> Iterator[tuple[int, type[PaidEventsError]]]:
    """Every error, each after the one it is a kind of, in the order in which they are written."""
    yield depth, kind
    for derived in kind.__subclasses__():
        if derived.__module__ == errors.__name__:
            yield from tree(derived, depth + 1)


def meaning(kind: type[PaidEventsError]) -> str:
    """The first sentences of its docstring."""
    paragraph = inspect.cleandoc(kind.__doc__ or "").split("\n\n")[0]
    return " ".join(paragraph.split())


def files() -> dict[Path, bytes]:
    lines = [HEAD]
    kinds = list(tree())
    rows = [
        (f"{'&nbsp;' * 4 * depth}{{py:obj}}`~paidevents.errors.{kind.__name__}`", meaning(kind))
        for depth, kind in kinds
    ]
    lines += [*table(("Error", "When"), rows), DETAILS.rstrip()]
    for _, kind in kinds:
        lines += [f".. autoexception:: paidevents.errors.{kind.__name__}", "   :members:", "   :show-inheritance:", ""]
    return {PAGE: ("\n".join(lines).rstrip() + "\n```\n").encode()}
