"""What docstrings leave to the reader of the source: defaults, the members of an enum, the tests of a suite."""

import ast
import inspect
import re
from enum import Enum
from textwrap import dedent
from typing import Any

import attrs
from sphinx.application import Sphinx

_MEMBER = re.compile(r"^    ([A-Z][A-Z0-9_]*) = [^#\n]*(?:# *(.*))?$", re.MULTILINE)
_DEFAULT = re.compile(r"attr_dict\['(\w+)'\]\.default")
_REMARK = re.compile(r"Annotated\[(\w+), '[^']*'\]")
_FLOW = re.compile(r"Generator\[Ask\[Any\], Any, (.*)\]$")
_QUOTED = re.compile(r"(?<![`:\w])`([^`\n]+)`(?!`)")
_NAME = re.compile(r"[A-Za-z_][\w.]*")
_SUITES = ("paidevents.testing.store_suite.StoreSuite", "paidevents.testing.provider_suite.ProviderSuite")


def members_of(enum: type[Enum]) -> list[str]:
    """Each member with its value, and what the comment beside it says."""
    remarks = dict(_MEMBER.findall(inspect.getsource(enum)))
    lines = [""]
    for member in enum:
        remark = remarks.get(member.name)
        lines.append(f"- ``{member.name}`` = ``{member.value!r}``" + (f": {remark}" if remark else ""))
    return [*lines, ""]


def promises_of(suite: type) -> list[str]:
    """The names of the suite's tests, as sentences."""
    tests = (name for part in reversed(suite.__mro__) for name in vars(part) if name.startswith("test_"))
    sentences = (name.removeprefix("test_").replace("_", " ") for name in dict.fromkeys(tests))
    return ["", ".. rubric:: What it tests", "", *(f"- {text[0].upper()}{text[1:]}." for text in sentences), ""]


def defaults_of(record: type) -> dict[str, str]:
    """The defaults of a record's attributes, as they are written."""
    found: dict[str, str] = {}
    for part in reversed(record.__mro__):
        if attrs.has(part):
            (node,) = ast.parse(dedent(inspect.getsource(part))).body
            assert isinstance(node, ast.ClassDef)
            found |= {
                line.target.id: _written(line.value)
                for line in node.body
                if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.value
            }
    return found


def _written(value: ast.expr) -> str:
    """The default in `x: int = 1`, or in `x: int = field(default=1)`."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "field":
        named = {keyword.arg: keyword.value for keyword in value.keywords}
        return ast.unparse(named["default"]) if "default" in named else "..."
    return ast.unparse(value)


def quoted(line: str) -> str:
    """The line with what is no name in double quotes, which stand for themselves."""
    return _QUOTED.sub(lambda found: found[0] if _NAME.fullmatch(found[1]) else f"`{found[0]}`", line)


def complete(app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:
    lines[:] = map(quoted, lines)
    if inspect.isclass(thing) and issubclass(thing, Enum):
        lines += members_of(thing)
    if name in _SUITES:
        lines += promises_of(thing)


def signed(
    app: Sphinx, what: str, name: str, thing: Any, options: Any, signature: str | None, returns: str | None
) -> tuple[str | None, str | None]:
    if inspect.isclass(thing) and issubclass(thing, Enum):
        return "", None  # nobody makes a member by calling it
    if signature and inspect.isclass(thing) and attrs.has(thing):
        defaults = defaults_of(thing)
        signature = _DEFAULT.sub(lambda found: defaults.get(found[1], "..."), signature)
    if returns and name.startswith("paidevents.box_office.flows."):
        returns = _FLOW.sub(r"Recipe[\1]", returns)  # what it is wrapped in answers at once, and is run later
    return signature and _REMARK.sub(r"\1", signature), returns and _REMARK.sub(r"\1", returns)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("autodoc-process-docstring", complete)
    app.connect("autodoc-process-signature", signed)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
