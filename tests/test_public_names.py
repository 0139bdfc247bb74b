"""Faces: what Python finds, what type checkers see, and what is committed agree."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import paidevents

HERE = Path(__file__).parent
FACES = sorted(
    ["paidevents"]
    + [module.name for module in pkgutil.walk_packages(paidevents.__path__, "paidevents.") if module.ispkg]
)
LAZY = [
    face for face in FACES if not face.startswith(("paidevents.cli", "paidevents.stores.sql", "paidevents.testing"))
]


def seen_by_type_checkers(face: str) -> set[str]:
    """The names that an `__init__` imports under TYPE_CHECKING."""
    source = importlib.import_module(face).__file__
    assert source is not None
    guarded = [node for node in ast.parse(Path(source).read_text("utf-8")).body if isinstance(node, ast.If)]
    imports = [node for guard in guarded for node in guard.body if isinstance(node, ast.ImportFrom)]
    for node in imports:
        assert all(alias.asname == alias.name for alias in node.names), f"{face}: not re-exported: {ast.unparse(node)}"
    return {alias.name for node in imports for alias in node.names}


@pytest.mark.parametrize("face", LAZY)
def test_a_face_lends_at_run_time_what_type_checkers_see(face: str) -> None:
    module = importlib.import_module(face)
    assert set(module.__all__) == seen_by_type_checkers(face)
    assert module.__all__ == sorted(module.__all__)
    assert dir(module) == module.__all__
    for name in module.__all__:
        assert getattr(module, name) is not None


@pytest.mark.parametrize("face", LAZY)
def test_a_lent_name_hides_no_module_of_its_package(face: str) -> None:
    module = importlib.import_module(face)
    modules = {found.name for found in pkgutil.iter_modules(module.__path__)}
    assert not modules & set(module.__all__)


def test_a_name_that_is_not_lent_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'paidevents' has no attribute 'Monny'"):
        paidevents.Monny  # type: ignore[attr-defined]  # noqa: B018


def test_the_public_names_are_the_committed_ones() -> None:
    """A new name is a decision that shows in a review: write it into `public_names.txt`."""
    names = [f"{face}.{name}" for face in LAZY for name in importlib.import_module(face).__all__]
    assert names == (HERE / "public_names.txt").read_text("utf-8").split()


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = "import sys, paidevents; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )
    assert "paidevents" in loaded
    assert not loaded & {"attr", "attrs", "babel", "cattrs", "dateutil", "hypothesis", "gettext", "zoneinfo"}


def test_reckoning_with_money_loads_neither_babel_nor_cattrs_nor_dateutil() -> None:
    script = (
        "import sys; from paidevents import EUR, Money, Rate, Rounding, amount_rule\n"
        "amount_rule('stripe', EUR).check(Money.of('12.50', EUR).times(Rate.of('10 %'), Rounding.HALF_UP))\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    loaded = set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )
    assert "attrs" in loaded
    assert not loaded & {"babel", "cattrs", "dateutil", "hypothesis"}
