"""
How a package shows its names without loading its modules (PEP 562).

A face is an `__init__` with two halves: imports under `TYPE_CHECKING`, which
type checkers and editors read, and one call of `face`, which Python runs.
A test proves that both halves say the same.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module

# Type checkers take this name for true wherever it stands. Importing it from `typing`
# would cost a program that starts twenty times what all the faces do.
TYPE_CHECKING = False


def face(package: str, homes: Mapping[str, str]) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """
    Make the `__all__`, `__getattr__` and `__dir__` of *package*.

    Args:
        package: The package's `__name__`.
        homes: For each module, relative to the package, the names it lends, separated by spaces.
    """
    home_of = {name: f"{package}.{home}" for home, names in homes.items() for name in names.split()}
    names = sorted(home_of)

    def load(name: str) -> object:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(home_of[name]), name)
        setattr(sys.modules[package], name, value)  # the next look-up does not come here
        return value

    return names, load, lambda: names
