"""Promotions, and what they are made of."""

from typing import Any

import pytest
from catalog.declared import euros

from paidevents import EUR, USD, InvalidValueError, Money, Rate, Window
from paidevents.catalog import (
    FREE,
    AmountOff,
    Limit,
    LimitOf,
    LimitPer,
    Match,
    Order,
    Percent,
    Pick,
    PromoCode,
    Promotion,
    Restore,
    Scope,
    SetPrice,
)
from paidevents.catalog.effects import amount_in

DOLLARS = Money.of("10.00", USD)


def refused(make: Any, *given: Any, **named: Any) -> tuple[str, str]:
    with pytest.raises(InvalidValueError) as error:
        make(*given, **named)
    return error.value.field, error.value.reason.code


def save(**changed: Any) -> Promotion:
    return Promotion(**{"id": "save", "effect": FREE, **changed})


def test_free_is_a_hundred_percent() -> None:
    assert Percent(Rate.of("100 %")) == FREE


def test_a_percentage_takes_something_off() -> None:
    assert refused(Percent, Rate.of("0 %")) == ("rate", "no_discount")
    assert refused(Percent, "10 %") == ("rate", "wrong_type")
    assert Percent(Rate.of("0.0001 %")).rate == Rate(1, 1_000_000)


def test_an_amount_off_is_more_than_nothing_in_each_currency() -> None:
    assert AmountOff((euros("5.00"), DOLLARS)).amounts == (euros("5.00"), DOLLARS)
    assert refused(AmountOff, [euros("5.00"), Money(0, USD)]) == ("amounts", "no_discount")
    assert refused(AmountOff, [euros("-5.00")]) == ("amounts[0]", "negative_price")
    assert refused(AmountOff, []) == ("amounts", "no_amount")
    assert refused(AmountOff, euros("5.00")) == ("amounts", "wrong_type")


def test_a_set_price_may_be_nothing() -> None:
    assert SetPrice((Money(0, EUR),)).amounts == (Money(0, EUR),)
    assert refused(SetPrice, ()) == ("amounts", "no_amount")


@pytest.mark.parametrize("make", [AmountOff, SetPrice])
def test_a_currency_has_one_amount(make: Any) -> None:
    assert refused(make, [euros("5.00"), DOLLARS, euros("6.00")]) == ("amounts[2]", "currency_twice")


def test_an_amount_is_found_by_its_currency_and_never_converted() -> None:
    assert amount_in((euros("5.00"), DOLLARS), USD) == 1000
    assert amount_in((euros("5.00"),), USD) is None


def test_a_pick_is_at_most_the_group_it_is_taken_from() -> None:
    assert Pick(count=1, order=Order.CHEAPEST, every=3).every == 3
    assert Pick(count=3, every=3).count == 3
    assert refused(Pick, count=4, every=3) == ("count", "bad_pick")
    assert Pick(count=1, every=1).every == 1
    assert refused(Pick, count=0) == refused(Pick, count=1001) == ("count", "out_of_range")
    assert refused(Pick, count=1, every=0) == refused(Pick, count=1, every=1001) == ("every", "out_of_range")


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        (("orders", 5), "of", "wrong_type"),
        ((LimitOf.ORDERS, -1), "most", "out_of_range"),
        ((LimitOf.ORDERS, 5, "code"), "per", "wrong_type"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(given: tuple[Any, ...], field: str, reason: str) -> None:
    assert refused(Limit, *given) == (field, reason)


def test_a_limit_holds_for_the_whole_promotion_unless_it_says_otherwise() -> None:
    assert Limit(LimitOf.ORDERS, 0).per is LimitPer.PROMOTION


def test_a_match_names_ids() -> None:
    assert Match(tickets=("vip",)).tickets == ("vip",)
    assert refused(Match, tiers=["VIP"]) == ("tiers[0]", "bad_format")


def test_a_promotion_takes_something_off_or_opens_a_ticket() -> None:
    assert refused(save, effect=None) == ("effect", "nothing_to_gain")
    assert save(effect=None, opens=["vip"]).opens == ("vip",)


@pytest.mark.parametrize("effect", ["10 %", Rate.of("10 %"), euros("5.00"), Percent])
def test_an_effect_is_one_of_three(effect: object) -> None:
    with pytest.raises(InvalidValueError, match="effect: Expected Percent, AmountOff, SetPrice, got"):
        save(effect=effect)


def test_a_promotion_of_which_nothing_else_is_said_holds_always_for_everyone_and_everything() -> None:
    plain = save()
    assert (plain.version, plain.priority, plain.least_units, plain.pick) == (1, 0, 0, None)
    assert (plain.scope, plain.match, plain.window, plain.restore) == (
        Scope.UNIT,
        Match(),
        Window(),
        Restore.ON_FULL_REFUND,
    )
    assert plain.enabled and not plain.automatic and not plain.first_purchase
    assert not (plain.channels or plain.currencies or plain.customers or plain.limits or plain.codes)


def test_an_automatic_promotion_has_no_codes() -> None:
    assert refused(save, automatic=True, codes=[PromoCode("SAVE10")]) == ("codes", "automatic_or_codes")
    assert save(automatic=True).automatic


def test_two_codes_of_a_promotion_do_not_read_alike() -> None:
    codes = [PromoCode("SAVE10"), PromoCode("FRIEND"), PromoCode("save 10")]
    with pytest.raises(InvalidValueError) as error:
        save(codes=codes)
    assert (error.value.field, dict(error.value.reason.values)) == ("codes[2]", {"code": "save 10"})


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"id": "SAVE"}, "id", "bad_format"),
        ({"version": 0}, "version", "out_of_range"),
        ({"channels": ["web", "E-mail"]}, "channels[1]", "bad_format"),
        ({"currencies": ["EUR"]}, "currencies[0]", "wrong_type"),
        ({"least_units": -1}, "least_units", "out_of_range"),
        ({"least_subtotal": [euros("5.00"), euros("6.00")]}, "least_subtotal[1]", "currency_twice"),
        ({"customers": ["ana", ""]}, "customers[1]", "empty"),
        ({"codes": ["SAVE10"]}, "codes[0]", "wrong_type"),
        ({"limits": [Limit(LimitOf.ORDERS, 1)] * 21}, "limits", "out_of_range"),
        ({"priority": 1001}, "priority", "out_of_range"),
        ({"priority": -1001}, "priority", "out_of_range"),
        ({"least_units": 1001}, "least_units", "out_of_range"),
        ({"combines_with": ["standard"] * 101}, "combines_with", "out_of_range"),
        ({"customers": ("ana",) * 100_001}, "customers", "out_of_range"),
        ({"pick": 1}, "pick", "wrong_type"),
        ({"first_purchase": 1}, "first_purchase", "wrong_type"),
    ],
)
def test_a_promotion_that_cannot_be_is_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    assert refused(save, **changed) == (field, reason)


def test_a_promotion_combines_with_its_like_unless_it_says_otherwise() -> None:
    assert save().stacking_class in save().combines_with
    assert save(combines_with=[]).combines_with == ()


def test_a_promotion_may_have_a_hundred_thousand_codes() -> None:
    codes = tuple(PromoCode(f"save-{number}") for number in range(100_000))
    assert len(save(codes=codes).codes) == 100_000
    assert refused(save, codes=(*codes, PromoCode("one-more"))) == ("codes", "out_of_range")
