"""Presets by name, and what an event is declared with; the rules themselves are in `acceptance`."""

from typing import Any

import pytest

from paidevents import EUR, USD, Currency, InvalidValueError, Money, Rate
from paidevents.catalog import Fee, Policy
from paidevents.money import HUF, JPY
from paidevents.presets import PRESETS, Preset, clickmeeting, gotowebinar, preset


def test_every_preset_is_found_by_its_name() -> None:
    for name, make in PRESETS.items():
        assert preset(name) == make()
        assert preset(name).name == name
    assert preset("clickmeeting") == clickmeeting()
    assert preset("gotowebinar") == gotowebinar()


@pytest.mark.parametrize("name", ["", "ClickMeeting", "zoom", "__class__"])
def test_a_name_that_no_preset_has_is_refused(name: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        preset(name)
    assert str(error.value) == "preset: No preset has this name; known are clickmeeting, gotowebinar."


@pytest.mark.parametrize("name", [None, 7, ["clickmeeting"]])
def test_a_name_is_text(name: Any) -> None:
    with pytest.raises(InvalidValueError, match="preset: Expected str"):
        preset(name)


def test_fees_with_fixed_parts_are_those_of_the_currency() -> None:
    share = Fee(id="share", rate=Rate.of("5 %"))
    cents, pence = (Fee(id=code.lower(), per_order=Money.of("0.30", code)) for code in ("EUR", "USD"))
    rules = Preset(name="platform", takes=(share, cents, pence))
    assert rules.fees(EUR) == (share, cents)
    assert rules.fees(USD) == (share, pence)
    assert rules.fees(JPY) == (share,)


def test_providers_are_those_that_take_the_currency() -> None:
    assert [provider.name for provider in clickmeeting().providers(EUR)] == ["paypal", "stripe"]
    assert [provider.name for provider in clickmeeting().providers(HUF)] == ["stripe"]
    assert Preset(name="platform").providers(EUR) == ()


@pytest.mark.parametrize("ask", [Preset.fees, Preset.providers])
def test_a_currency_that_the_platform_does_not_have_is_refused(ask: Any) -> None:
    with pytest.raises(InvalidValueError) as error:
        ask(gotowebinar(), Currency("JPY"))
    assert str(error.value) == "currency: gotowebinar has no events in JPY."
    with pytest.raises(InvalidValueError, match="currency: Expected Currency"):
        ask(gotowebinar(), "EUR")


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"name": "A platform"}, "name"), ({"policy": None}, "policy"), ({"takes": [EUR]}, "takes[0]")],
)
def test_a_preset_that_cannot_be_is_refused(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        Preset(**{"name": "platform", "policy": Policy(), **changed})
    assert error.value.field == field


@pytest.mark.parametrize("size", [0, -1, True, 50.0, "50", 2**63])
def test_a_plan_has_a_size(size: Any) -> None:
    with pytest.raises(InvalidValueError, match="plan_size"):
        clickmeeting(plan_size=size)
    with pytest.raises(InvalidValueError, match="attendance_limit"):
        gotowebinar(attendance_limit=size)
