"""
The pages of the interface: `docs/reference/interface.md`, and in `docs/reference/api` a page for each package.

They name what there is; Sphinx fills in signatures and docstrings when the site is built.
"""

import ast
import inspect
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from pathlib import Path

from generators.markdown import table
from generators.public_api import (
    GROUPS,
    MODULES,
    ROOT,
    TESTING,
    Public,
    lent_by,
    lent_by_the_root,
    module_of,
    owned_by,
    source_of,
    written_in,
)

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "api"
FENCE = "```{eval-rst}"
LONGEST_VALUE = 72
INTERFACE = (
    "Every name that a program may use, by the path that it is imported by.",
    f"The most common ones are in [`{ROOT}`](api/{ROOT}.md) itself; errors have [a page of their own](errors.md).",
    "What is not listed here is ours, and may change without a word.",
)


def files() -> dict[Path, bytes]:
    pages = {PAGES.parent / "interface.md": interface_page(), PAGES / f"{ROOT}.md": root_page()}
    for name in (name for names in GROUPS.values() for name in names):
        pages[PAGES / f"{page_of(name)}.md"] = package_page(name, names_of(name))
    return {path: page.encode() for path, page in pages.items()}


def page_of(name: str) -> str:
    return name.replace(".", "-")


def names_of(name: str) -> Iterator[Public]:
    if name == "testing":
        return (public for module in TESTING for public in written_in(f"{name}.{module}"))
    return written_in(name) if name in MODULES else owned_by(name)


def interface_page() -> str:
    """The packages, each with its first sentences."""
    lines = ["# The interface", "", *INTERFACE, ""]
    for title, names in GROUPS.items():
        lines += [f"## {title}", ""]
        for name in names:
            told = inspect.cleandoc(module_of(name).__doc__ or "").split("\n\n")[0]
            lines.append(f"- [`{ROOT}.{name}`](api/{page_of(name)}.md): {' '.join(told.split())}")
        lines.append("")
    pages = [f"api/{page_of(name)}" for name in (ROOT, *(name for names in GROUPS.values() for name in names))]
    return "\n".join([*lines, "```{toctree}", ":hidden:", "", *pages, "```"]) + "\n"


def root_page() -> str:
    """The names that the root lends: each is told of on the page of its area."""
    lines = [f"# {ROOT}", "", *documented(ROOT), ""]
    lines += ["What most programs need can be imported from here.", ""]
    told = sorted(lent_by_the_root().items(), key=lambda pair: pair[0].casefold())
    lines += table(("Name", "Told of with"), [(f"{{py:obj}}`{name} <{path}>`", area_of(path)) for name, path in told])
    return "\n".join(lines)


def area_of(path: str) -> str:
    """The page that an object is told of on."""
    module = path.rpartition(".")[0]
    if module == f"{ROOT}.errors":
        return f"[{module}](../errors.md)"
    if module == ROOT:
        module = lent_by("")[path.rpartition(".")[2]]
    return f"[{module}]({page_of(module.removeprefix(f'{ROOT}.'))}.md)"


def package_page(package: str, names: Iterable[Public]) -> str:
    """A section for each module that the names are written in, the module's docstring first."""
    full = f"{ROOT}.{package}"
    lines = [f"# {full}", ""]
    homes = [(home, list(group)) for home, group in groupby(names, key=lambda public: public.home)]
    if homes and homes[0][0] != full:
        lines += [*documented(full), ""]
    for home, group in homes:
        if len(homes) > 1:
            lines += [f"## {heading(home)}", ""]
        lines += [FENCE, f".. automodule:: {home}", "   :no-index:", ""]
        for public in (public for public in group if public.directive):
            lines += [*directive(public), ""]
        for _, together in groupby((public for public in group if not public.directive), key=kind_of):
            lines += [*constants(list(together)), ""]
        lines[-1:] = ["```", ""]
    return "\n".join(lines)


def documented(module: str) -> list[str]:
    return [FENCE, f".. automodule:: {module}", "   :no-index:", "```"]


def heading(home: str) -> str:
    """The module's name, as words."""
    return home.rpartition(".")[2].strip("_").replace("_", " ").capitalize()


def directive(public: Public) -> Iterator[str]:
    yield f".. {public.directive}:: {public.path}"
    if public.directive != "autofunction":
        yield "   :members:"


def constants(names: Sequence[Public]) -> Iterator[str]:
    """Constants that stand together: one with its value, several without."""
    first = assignment(names[0])
    yield f".. py:data:: {names[0].name}"
    yield from (f"             {other.name}" for other in names[1:])
    yield f"   :module: {names[0].path.rpartition('.')[0]}"
    if kind_of(names[0]):
        yield f"   :type: {kind_of(names[0])}"
    value = ast.unparse(first.value) if first.value else ""
    if len(names) == 1 and len(value) <= LONGEST_VALUE:
        yield f"   :value: {value}"
    remark = comment_above(names[0], first)
    yield from ("", f"   {remark}") if remark else ()


def assignment(public: Public) -> ast.Assign | ast.AnnAssign:
    """Where a constant is written."""
    for node in ast.parse(source_of(public.home)).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id == public.name:
                return node
    raise AssertionError(f"{public.path} is not written in {public.home}")


def kind_of(public: Public) -> str:
    """Its type, as it is written or as it is; none for a type that has a name of its own."""
    node = assignment(public)
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.annotation)
    return "" if isinstance(node.value, ast.Subscript | ast.BinOp) else type(public.value).__name__


def comment_above(public: Public, node: ast.stmt) -> str:
    lines = source_of(public.home).splitlines()[: node.lineno - 1]
    comment = list(takewhile(lambda line: line.startswith("# "), reversed(lines)))
    return " ".join(line.removeprefix("# ") for line in reversed(comment))
