"""
The table of the rules of two platforms and of the tests that try them: `docs/reference/rules.md`.

The rules are sentences in `tests/acceptance/rules.toml`. A test names the rules that it tries
by their ids, at the beginning of its docstring: "CM-17: …" or "GT-27, GT-16: …".
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
ACCEPTANCE = ROOT / "tests" / "acceptance"
PAGE = ROOT / "docs" / "reference" / "rules.md"
BOX_OFFICE = "office"

_ID = r"(?:CM|GT)-\d\d"
_IDS = re.compile(rf"{_ID}(?:, {_ID})*(?=[:.])")

HEAD = """\
# The rules of two platforms

Two sellers of webinars promise on their help pages what is told here, each rule in a sentence of ours.
They often contradict each other: a price that is locked and one that changes, a fee and none.
Both are policies of one engine, and both are there as data: [`paidevents.presets`](api/presets.md).

Every rule is tried by tests, which name it at the beginning of their docstrings; they lie in `tests/acceptance`.
Those in `box` try it through a box office, once with a driver that waits and once with one that awaits: with a store,
payment providers that keep books of their own, and letters. The others try what decides it.
"""


class Named(NamedTuple):
    """
    A test that tries rules.

    Attributes:
        file: Of the test, within the directory.
        name: Of the test.
        rules: The ids that its docstring begins with; none if it does not.
        through_box: It takes the fixture of a box office.
    """

    file: str
    name: str
    rules: tuple[str, ...]
    through_box: bool


def platforms() -> dict[str, dict[str, Any]]:
    """By the letters that ids begin with: title, source, preset, and the rules by their ids."""
    return tomllib.loads((ACCEPTANCE / "rules.toml").read_text("utf-8"))


def named_tests() -> tuple[Named, ...]:
    """The tests of the directory, those through a box office first, else in order of their places."""
    paths = sorted(ACCEPTANCE.rglob("test_*.py"))
    found = [test for path in paths for test in _tests_in(path)]
    return tuple(sorted(found, key=lambda test: not test.through_box))


def _tests_in(path: Path) -> Iterator[Named]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            rules = _IDS.match(ast.get_docstring(node) or "")
            taken = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
            yield Named(
                file=path.relative_to(ACCEPTANCE).as_posix(),
                name=node.name,
                rules=tuple(rules[0].split(", ")) if rules else (),
                through_box=BOX_OFFICE in taken,
            )


def files() -> dict[Path, bytes]:
    tests = named_tests()
    lines = [HEAD]
    for platform in platforms().values():
        lines += [f"## {platform['title']}", ""]
        lines += [f"`presets.{platform['preset']}()`; source: {platform['source']}.", ""]
        lines += ["| Id | Rule | Tests |", "|---|---|---|"]
        for id, rule in platform["rules"].items():
            trying = "<br>".join(f"`{test.file}::{test.name}`" for test in tests if id in test.rules)
            lines.append(f"| {id} | {rule} | {trying} |")
        lines.append("")
    return {PAGE: "\n".join(lines).encode()}
