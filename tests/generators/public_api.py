"""
What can be imported, as the docs show it: each object by the shortest path that people import it by.

A face lends names of deeper modules. Which module it is, is read from the
imports that type checkers see; a name that two faces lend belongs to the one
nearer to it.
"""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

ROOT = "paidevents"

# The pages, in the order of their use. `pricing.stages` lends again what `pricing` does, and has none.
GROUPS = {
    "Selling": ("box_office", "box_office.flows"),
    "What the organizer declares": ("catalog", "timing", "money", "presets", "check"),
    "What it costs, and what comes back": ("pricing", "cancellation"),
    "What is kept": ("registration", "payments", "access", "ledger", "lifecycle", "machine"),
    "What a host brings": ("ports", "stores", "providers"),
    "What is told": ("explain", "reports", "wire", "reason"),
    "Your own tests": ("testing",),
}
# Of these the modules that are imported by their own names; every other page is that of a face, which lends names.
MODULES = ("machine", "reason")
TESTING = ("world", "store_suite", "provider_suite", "promises", "laws", "crashes", "log", "strategies")
FACES = tuple(name for names in GROUPS.values() for name in names if name not in (*MODULES, "testing"))


class Public(NamedTuple):
    """
    An object that people import.

    Attributes:
        path: As they import it, `paidevents.catalog.Event`.
        home: The module that it is written in, `paidevents.catalog.event`.
        value: The object.
    """

    path: str
    home: str
    value: object

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def directive(self) -> str:
        """What autodoc has for it; empty for a constant."""
        if inspect.isclass(self.value):
            return "autoexception" if issubclass(self.value, BaseException) else "autoclass"
        return "autofunction" if inspect.isroutine(self.value) else ""


def module_of(name: str) -> ModuleType:
    return importlib.import_module(f"{ROOT}.{name}".rstrip("."))


def source_of(module: str) -> str:
    path = importlib.import_module(module).__file__
    assert path is not None
    return Path(path).read_text("utf-8")


def lent_by(face: str) -> dict[str, str]:
    """The names that a face lends, each with its home, in the order of their homes."""
    tree = ast.parse(source_of(module_of(face).__name__))
    guarded = [node for node in tree.body if isinstance(node, ast.If)]
    imports = [node for guard in guarded for node in guard.body if isinstance(node, ast.ImportFrom)]
    return {alias.name: node.module or "" for node in imports for alias in node.names}


def owned_by(face: str) -> Iterator[Public]:
    """What a face lends and no face nearer to it, in the order of their homes."""
    for name, home in lent_by(face).items():
        nearer = [other for other in FACES if len(other) > len(face) and home.startswith(f"{ROOT}.{other}.")]
        if not any(name in lent_by(other) for other in nearer):
            yield Public(f"{module_of(face).__name__}.{name}", home, getattr(module_of(face), name))


def written_in(name: str) -> Iterator[Public]:
    """What is public in a module, or in the modules of a package, that has no face; by the root's name if that lends it."""
    module, root = module_of(name), lent_by("")
    home = module.__name__
    for label, value in vars(module).items():
        here = getattr(value, "__module__", "")
        if label.startswith("_") or not (inspect.isclass(value) or inspect.isroutine(value)):
            continue
        if here == home or here.startswith(f"{home}."):
            yield Public(f"{ROOT}.{label}" if root.get(label) == home else f"{home}.{label}", home, value)


def lent_by_the_root() -> dict[str, str]:
    """The names of `paidevents` itself, each with the path that it is documented by."""
    paths = {}
    for name, home in lent_by("").items():
        owners = [face for face in FACES if lent_by(face).get(name) == home]
        if home == f"{ROOT}.errors":
            paths[name] = f"{home}.{name}"
        else:
            paths[name] = f"{ROOT}.{owners[0]}.{name}" if owners else f"{ROOT}.{name}"
    return paths
