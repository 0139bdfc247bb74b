"""Every example in a docstring runs, and everything public has one sentence at least."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import paidevents

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(paidevents.__path__, "paidevents.") if "__main__" not in module.name
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(examples) > 20


@pytest.mark.parametrize("name", ["paidevents", *MODULES])
def test_everything_public_says_what_it_is_for(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    for label, thing in inspect.getmembers(module, lambda thing: inspect.isclass(thing) or inspect.isfunction(thing)):
        if thing.__module__ == name and not label.startswith("_"):
            assert thing.__doc__, f"{name}.{label}"
