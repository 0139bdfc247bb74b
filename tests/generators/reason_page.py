"""Every reason, with its sentences: `docs/reference/reasons.md`."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import paidevents
from generators.catalogs import all_reasons, committed
from generators.markdown import plain, table

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "reasons.md"

HEAD = """\
# Reasons

Why something did not apply, is refused, or should worry the organizer: a code for programs, and a sentence for people.
Codes are kept within a major version; sentences may become better ones.
`{name}` stands for a value, which the reason carries: an amount, a date, a count, in words of the reader's language.

A reason that is marked “again” can be tried again: the same request may succeed later, unchanged.

```python
>>> from paidevents import EUR, Money, amount_rule
>>> from paidevents.explain import explain
>>> (reason,) = amount_rule("stripe", EUR).refusals(Money.of("0.20", "EUR"))
>>> reason.code, reason.retryable, dict(reason.values)["minimum"]
('below_minimum', False, Money.of('0.50', 'EUR'))
>>> print(explain(reason, "fr"))
Un paiement en ligne est d’au moins 0,50\u00a0€.

```

The sections are the areas that a reason comes from.
"""

_DEFINED = re.compile(r"\bReason\(\s*\"([a-z0-9_]+)\"")
ELSEWHERE = "explain"  # whose words are reasons that no module writes out one by one


def areas() -> dict[str, str]:
    """By code: the area that a reason is written in."""
    found = {}
    for module in pkgutil.walk_packages(paidevents.__path__, "paidevents."):
        if not module.name.endswith("__main__"):
            area = module.name.split(".")[1]
            source = inspect.getsource(importlib.import_module(module.name))
            found.update(dict.fromkeys(_DEFINED.findall(source), area))
    return found


def sections() -> Iterator[tuple[str, list[str]]]:
    """Each area with the codes of its reasons."""
    area_of = areas()
    by_area: dict[str, list[str]] = {}
    for code in sorted(all_reasons()):
        by_area.setdefault(area_of.get(code, ELSEWHERE), []).append(code)
    yield from sorted(by_area.items())


def files() -> dict[Path, bytes]:
    reasons, french = all_reasons(), committed("fr")
    lines = [HEAD]
    for area, codes in sections():
        lines += [f"## {area}", ""]
        rows = []
        for code in codes:
            message = french.get(code)
            told = message.string if message and isinstance(message.string, str) else ""
            again = "again" if reasons[code].retryable else ""
            rows.append((f"`{code}`", plain(reasons[code].text), plain(told), again))
        lines += table(("Code", "English", "French", "Again"), rows)
    return {PAGE: "\n".join(lines).encode()}
