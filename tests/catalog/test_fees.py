"""Fees as declared; what they come to is pricing's."""

from typing import Any

import pytest
from catalog.declared import euros

from paidevents import USD, InvalidValueError, Money, Rate
from paidevents.catalog import Fee, FeeBase, FeeTaker
from paidevents.errors import CurrencyMismatchError

WHOLE, HALF = Rate(1, 1), Rate(1, 2)
GROSS_OF_THE_PLATFORM = (FeeBase.GROSS, FeeTaker.PLATFORM)


def fee(**changed: Any) -> Fee:
    return Fee(**{"id": "service", **changed})


def refused(**changed: Any) -> tuple[str, str]:
    with pytest.raises(InvalidValueError) as error:
        fee(**changed)
    return error.value.field, error.value.reason.code


def test_a_fee_knows_its_amounts() -> None:
    declared = fee(per_order=euros("0.30"), per_unit=euros("0.10"), cap=euros("9.99"))
    assert declared.amounts == (euros("0.30"), euros("0.10"), euros("9.99"))
    assert fee(rate=Rate.of("5 %")).amounts == ()


def test_a_fee_of_which_nothing_else_is_said_is_the_organizers_and_is_given_back() -> None:
    plain = fee()
    assert (plain.rate, plain.buyer_share, plain.base, plain.taker) == (Rate(0, 1), Rate(0, 1), *GROSS_OF_THE_PLATFORM)
    assert plain.refundable and plain.free_units_exempt and plain.at_source
    assert (plain.name, plain.tax_category, plain.provider) == ("", "standard", None)


def test_the_amounts_of_a_fee_are_of_one_currency() -> None:
    with pytest.raises(CurrencyMismatchError, match="EUR and USD"):
        fee(per_order=euros("0.30"), cap=Money.of("5.00", USD))


@pytest.mark.parametrize(("floor", "cap"), [("floor", "cap"), ("unit_floor", "unit_cap")])
def test_a_floor_is_not_above_its_cap(floor: str, cap: str) -> None:
    one, two = euros("1.00"), euros("2.00")
    assert refused(**{floor: two, cap: one}) == (floor, "floor_above_cap")
    both, only_floor = {floor: one, cap: one}, {floor: two}
    assert fee(**both).amounts == (one, one)
    assert fee(**only_floor).amounts == (two,)


@pytest.mark.parametrize(
    ("base", "share", "grossed_up"),
    [
        (FeeBase.CHARGED, WHOLE, True),
        (FeeBase.CHARGED, HALF, True),
        (FeeBase.CHARGED, Rate(0, 1), False),
        (FeeBase.GROSS, WHOLE, False),
    ],
)
def test_a_share_of_what_is_charged_is_grossed_up_where_the_buyer_bears_it(
    base: FeeBase, share: Rate, grossed_up: bool
) -> None:
    declared = fee(rate=Rate.of("5 %"), base=base, buyer_share=share, tax_category=None)
    assert declared.is_grossed_up is grossed_up


def test_a_fee_that_is_grossed_up_bears_no_tax() -> None:
    assert refused(base=FeeBase.CHARGED, buyer_share=HALF) == ("tax_category", "gross_up_untaxed")


def test_at_most_half_of_the_total_is_passed_on_and_single_places_have_no_bounds() -> None:
    """Half of 100 % leaves half of the total for the tickets; the whole of it would leave nothing."""
    passed_on = {"base": FeeBase.CHARGED, "tax_category": None}
    assert refused(rate=Rate(501, 1000), buyer_share=WHOLE, **passed_on) == ("rate", "gross_up_too_large")
    assert fee(rate=WHOLE, buyer_share=HALF, base=FeeBase.CHARGED, tax_category=None).is_grossed_up
    assert refused(unit_cap=euros("1.00"), **passed_on) == ("unit_floor", "no_unit_bounds")
    assert refused(unit_floor=euros("1.00"), **passed_on) == ("unit_floor", "no_unit_bounds")


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"id": "5 %"}, "id", "bad_format"),
        ({"rate": "5 %"}, "rate", "wrong_type"),
        ({"base": "gross"}, "base", "wrong_type"),
        ({"per_unit": euros("-0.01")}, "per_unit", "negative_price"),
        ({"buyer_share": 1}, "buyer_share", "wrong_type"),
        ({"provider": "Stripe"}, "provider", "bad_format"),
        ({"tax_category": ""}, "tax_category", "bad_format"),
        ({"refundable": None}, "refundable", "wrong_type"),
    ],
)
def test_a_fee_that_cannot_be_is_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    assert refused(**changed) == (field, reason)
