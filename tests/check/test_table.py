"""The checker as a whole: its order, its table, and what it is given."""

from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType
from typing import Any

import pytest
from catalog.declared import euros, ticket
from check.told import paid, promotion, told

import paidevents.check
from paidevents import InvalidValueError, Rate
from paidevents.catalog import Percent
from paidevents.check import check, table
from paidevents.reason import Severity


def test_of_a_plain_talk_there_is_nothing_to_tell() -> None:
    assert check(paid()) == ()


def test_errors_come_before_warnings_and_those_before_notes() -> None:
    event = paid(
        tickets=[ticket(), ticket("vip", price=euros("0.20"), hidden=True)],
        promotions=[promotion(effect=Percent(Rate.of("10 %")), enabled=False)],
    )
    assert told(event) == [
        "error tickets[1].price: price_below_minimum",
        "warning tickets[1].hidden: hidden_for_good",
        "note promotions[0].enabled: promotion_switched_off",
    ]
    assert [found.severity for found in check(event)] == list(Severity)


def test_every_check_of_the_package_is_in_the_table() -> None:
    modules = [import_module(f"paidevents.check.{found.name}") for found in iter_modules(paidevents.check.__path__)]
    checks = {name for module in modules for name in vars(module) if name.startswith("check_")}
    assert checks == {check.__name__ for check in table.CHECKS if isinstance(check, FunctionType)}
    assert len(checks) == len(table.CHECKS)


@pytest.mark.parametrize("thing", [None, "talk", {}, [paid()]])
def test_only_an_event_is_checked(thing: Any) -> None:
    with pytest.raises(InvalidValueError, match="event: Expected Event"):
        check(thing)
