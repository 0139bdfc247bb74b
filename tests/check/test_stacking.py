"""Promotions that one side only would combine, and classes that no promotion has."""

from typing import Any

from check.told import paid, promotion, says, told

from paidevents import Rate
from paidevents.catalog import Percent, Policy

TENTH = Percent(Rate.of("10 %"))
GROUP: dict[str, Any] = {"stacking_class": "group"}


def pair(one: dict[str, Any], other: dict[str, Any], **changed: Any) -> Any:
    both = [promotion("a", effect=TENTH, **one), promotion("b", effect=TENTH, **other)]
    return paid(promotions=both, **changed)


def test_promotions_that_allow_each_other_combine() -> None:
    assert told(pair({}, {})) == []
    assert told(pair({"combines_with": ["standard", "group"]}, {**GROUP, "combines_with": ["standard"]})) == []


def test_what_one_side_only_allows_is_a_warning() -> None:
    event = pair({}, {**GROUP, "combines_with": ["standard"]})
    assert told(event) == ["warning promotions[1].combines_with: one_sided_stacking"]
    assert says(event) == "b allows a, a does not allow b: they will not combine."


def test_what_allows_none_stands_alone_and_is_meant_to() -> None:
    assert told(pair({}, {"combines_with": []})) == []
    assert told(pair({}, {**GROUP, "combines_with": []})) == []


def test_what_neither_side_allows_is_meant_so() -> None:
    assert told(pair({}, {**GROUP, "combines_with": ["group"]})) == []


def test_codes_that_cannot_meet_in_an_order_need_not_combine() -> None:
    one_sided: dict[str, Any] = {**GROUP, "combines_with": ["standard"]}
    assert told(pair({}, one_sided, policy=Policy(max_codes=1))) == []
    assert told(pair({}, one_sided, policy=Policy(max_codes=2))) == [
        "warning promotions[1].combines_with: one_sided_stacking"
    ]
    assert told(pair({}, {**one_sided, "automatic": True}, policy=Policy(max_codes=1))) == [
        "warning promotions[1].combines_with: one_sided_stacking"
    ]


def test_of_promotions_that_stack_alike_the_first_is_told() -> None:
    many = [promotion(f"a{number}", effect=TENTH) for number in range(3)]
    many += [promotion(f"b{number}", effect=TENTH, stacking_class="group") for number in range(3)]
    event = paid(promotions=many)
    assert says(event) == "b0 allows a0, a0 does not allow b0: they will not combine."


def test_promotions_that_are_switched_off_are_left_out() -> None:
    event = pair({"enabled": False}, {**GROUP, "combines_with": ["standard", "nobody"], "enabled": False})
    assert {line.partition(":")[0] for line in told(event)} == {
        "note promotions[0].enabled",
        "note promotions[1].enabled",
    }


def test_a_class_that_no_promotion_has_is_noted() -> None:
    event = pair({"combines_with": ["standard", "vouchers"]}, {})
    assert told(event) == ["note promotions[0].combines_with[1]: unknown_class"]
    assert says(event) == "No promotion has the class vouchers."


def test_the_class_that_is_there_by_default_is_no_mistake() -> None:
    assert told(paid(promotions=[promotion("a", effect=TENTH, combines_with=["standard"], **GROUP)])) == []
