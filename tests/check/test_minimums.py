"""Promotions that leave a buyer less to pay than a provider takes. Stripe takes 0.50 EUR at least, PayPal nothing less here than 1.00."""

from datetime import UTC, datetime
from typing import Any

import pytest
from catalog.declared import euros, session, ticket, tier
from check.told import STRIPE, only, paid, promotion, says, told

from paidevents import Money, Rate, Window
from paidevents.catalog import (
    AmountOff,
    BelowMinimum,
    Charging,
    Fee,
    Limit,
    LimitOf,
    Match,
    Order,
    Percent,
    Pick,
    Policy,
    PromoCode,
    Provider,
    Scope,
    Selection,
    SetPrice,
    TaxMode,
    TaxRate,
    TaxTable,
)
from paidevents.check import check

PAYPAL = Provider(name="paypal", minimum=euros("1.00"))
RAISED = "warning promotions[0].effect: raised_by_minimum"
VAIN = "warning promotions[0].effect: takes_nothing_off"


def percent(text: str) -> Percent:
    return Percent(Rate.of(text))


def event(effect: Any, price: str = "20.00", **changed: Any) -> Any:
    """The talk at *price* with one promotion; what begins with an event's word changes the event."""
    own = {"policy", "providers", "tax", "fees", "tickets", "sessions", "charging", "on_sale"}
    of_event = {name: changed.pop(name) for name in own & changed.keys()}
    return paid(
        **{"tickets": [ticket(price=euros(price))], "promotions": [promotion(effect=effect, **changed)], **of_event}
    )


def test_what_lands_below_the_minimum_is_raised_to_it() -> None:
    """98 % off 20.00 leave 0.40."""
    found = only(event(percent("98 %")))
    assert str(found.reason) == (
        "With spring, 1 × standard would cost 0.40 EUR: stripe takes at least 0.50 EUR, so the buyer pays 0.50 EUR."
    )
    assert found.where == "promotions[0].effect"
    assert told(event(percent("97.5 %"))) == []


def test_or_it_is_waived_or_refused_as_the_policy_says() -> None:
    free = only(event(percent("98 %"), policy=Policy(below_minimum=BelowMinimum.FREE))).reason
    assert (free.code, dict(free.values)["charged"]) == ("waived_by_minimum", euros("0.00"))
    refused = only(event(percent("98 %"), policy=Policy(below_minimum=BelowMinimum.REJECT))).reason
    assert (refused.code, dict(refused.values)["charged"]) == ("refused_by_minimum", euros("0.40"))


def test_free_is_not_below_the_minimum() -> None:
    assert told(event(percent("100 %"))) == []
    assert told(event(AmountOff((euros("20.00"),)))) == []
    assert told(event(SetPrice((euros("0.00"),)))) == []


def test_every_provider_has_a_minimum_of_its_own() -> None:
    """96 % off 20.00 leave 0.80: enough for Stripe."""
    both = [STRIPE, PAYPAL]
    assert dict(only(event(percent("96 %"), providers=both)).reason.values)["provider"] == "paypal"
    assert told(event(percent("98 %"), providers=both)) == [RAISED] * 2
    assert told(event(percent("98 %"), providers=[Provider(name="cash")])) == []


def test_each_reduced_price_is_tried() -> None:
    """90 % off 20.00 leave 2.00, off 4.00 leave 0.40."""
    tickets = [ticket(tiers=[tier(price=euros("4.00"))]), ticket("vip", price=euros("50.00"))]
    assert dict(only(event(percent("90 %"), tickets=tickets)).reason.values)["ticket"] == "standard/early_bird"
    assert told(event(percent("90 %"), tickets=tickets, match=Match(tickets=("vip",)))) == []


def test_only_what_is_on_sale_while_the_promotion_holds_is_tried() -> None:
    march = datetime(2026, 3, 1, tzinfo=UTC)
    tickets = [ticket(tiers=[tier(price=euros("4.00"), window=Window(None, march))])]
    assert told(event(percent("90 %"), tickets=tickets)) == [RAISED]
    assert told(event(percent("90 %"), tickets=tickets, window=Window(march))) == []
    late = [PromoCode("LATE", window=Window(march)), PromoCode("OFF", enabled=False)]
    assert told(event(percent("90 %"), tickets=tickets, codes=late)) == []


def test_lots_that_are_switched_off_are_not_tried() -> None:
    off = [ticket(tiers=[tier(price=euros("4.00"), enabled=False)])]
    assert RAISED not in told(event(percent("90 %"), tickets=off))
    on = [ticket(tiers=[tier(price=euros("4.00"))])]
    assert RAISED not in told(event(percent("90 %"), tickets=on, policy=Policy(tiers_enabled=False)))


def test_tax_and_fees_on_top_count() -> None:
    """97.8 % off 20.00 leave 0.44; with 20 % of tax they are 0.53, with a fee of 0.10 0.54."""
    tax = TaxTable(mode=TaxMode.EXCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate.of("20 %")),))
    fee = Fee(id="service", per_unit=euros("0.10"), buyer_share=Rate(1, 1))
    assert told(event(percent("97.8 %"))) == [RAISED]
    assert RAISED not in told(event(percent("97.8 %"), tax=tax))
    assert told(event(percent("97.8 %"), fees=[fee])) == []


def test_what_is_asked_of_the_buyer_is_taken_for_granted() -> None:
    asked: dict[str, Any] = {
        "channels": ["newsletter"],
        "first_purchase": True,
        "customers": ["ana"],
        "limits": [Limit(LimitOf.ORDERS, 0)],
    }
    assert told(event(percent("98 %"), **asked)) == [RAISED]


def test_neither_other_codes_nor_a_stop_of_payments_change_it() -> None:
    policy = Policy(selection=Selection.BEST, max_codes=0, below_minimum=BelowMinimum.REJECT)
    assert told(event(percent("98 %"), policy=policy, charging=Charging.SWITCHED_OFF)) == [
        "warning promotions[0].effect: refused_by_minimum",
        "note charging: payment_switched_off",
    ]


def test_the_smallest_order_that_can_have_it_is_tried() -> None:
    """98 % off three times 20.00 leave 1.20, off two 0.80; from 35.00 on two are needed."""
    assert told(event(percent("98 %"), least_units=2)) == []
    assert told(event(percent("98 %"), least_subtotal=[euros("35.00")])) == []
    assert told(event(percent("98 %"), tickets=[ticket(least_per_order=2)])) == []
    third = Pick(count=1, order=Order.CHEAPEST, every=3)
    assert told(event(percent("99 %"), price="0.50", pick=third)) == []


def test_an_amount_off_the_order_may_cover_some_places_and_leave_too_little_of_the_next() -> None:
    """10.00 off 5.20 are more than enough, off two times 5.20 leave 0.40."""
    reason = only(event(AmountOff((euros("10.00"),)), "5.20", scope=Scope.ORDER)).reason
    assert str(reason).startswith("With spring, 2 × standard would cost 0.40 EUR: ")
    assert told(event(AmountOff((euros("10.00"),)), "5.20")) == []
    assert told(event(AmountOff((euros("10.00"),)), "5.20", scope=Scope.ORDER, pick=Pick(count=1))) == []
    assert told(event(AmountOff((euros("10.00"),)), "6.00", scope=Scope.ORDER)) == []


def test_an_order_that_nobody_can_place_is_not_tried() -> None:
    one = [ticket(price=euros("5.20"), most_per_order=1)]
    assert told(event(AmountOff((euros("10.00"),)), tickets=one, scope=Scope.ORDER)) == []
    assert told(event(percent("98 %"), tickets=[ticket(most_per_order=1)], least_units=2)) == []
    assert told(event(percent("98 %"), policy=Policy(most_per_order=1), least_units=2)) == []
    assert told(event(percent("98 %"), tickets=[ticket(most_per_customer=1)], least_units=2)) == []


def test_a_price_set_below_the_minimum_is_told_once() -> None:
    tickets = [ticket(), ticket("vip")]
    assert says(event(SetPrice((euros("0.30"),)), tickets=tickets)) == (
        "spring sets the price 0.30 EUR; stripe takes at least 0.50 EUR."
    )
    assert (
        told(event(SetPrice((euros("0.30"),)), providers=[STRIPE, PAYPAL]))
        == ["warning promotions[0].effect: set_price_below_minimum"] * 2
    )
    assert told(event(SetPrice((euros("0.50"),)))) == []


@pytest.mark.parametrize(
    ("effect", "price", "changed"),
    [
        (SetPrice((euros("20.00"),)), "20.00", {}),
        (SetPrice((euros("25.00"),)), "20.00", {}),
        (percent("0.01 %"), "20.00", {}),
        (percent("10 %"), "0.00", {}),
        (AmountOff((euros("5.00"),)), "0.00", {"scope": Scope.ORDER}),
        (SetPrice((euros("5000.00"),)), "20.00", {"scope": Scope.ORDER}),
    ],
)
def test_what_takes_nothing_off_is_a_warning(effect: Any, price: str, changed: dict[str, Any]) -> None:
    assert told(event(effect, price, **changed)) == [VAIN]


def test_what_takes_something_off_somewhere_is_not_in_vain() -> None:
    """25.00 for the order is no discount for one place, but for two; 0.01 % of 100 × 20.00 are 0.20."""
    assert told(event(SetPrice((euros("25.00"),)), scope=Scope.ORDER)) == []
    assert told(event(percent("0.01 %"), scope=Scope.ORDER)) == []
    assert told(event(SetPrice((euros("25.00"),)), tickets=[ticket(), ticket("vip", price=euros("50.00"))])) == []
    unreached = event(percent("10 %"), "0.00", least_subtotal=[euros("1.00")])
    assert told(unreached) == []


def test_what_has_no_price_is_not_tried() -> None:
    assert told(event(percent("98 %"), policy=Policy(step=15))) == ["error tickets[0].price: unaligned_amount"]
    dollars = AmountOff((Money.of("19.80", "USD"),))
    assert told(event(dollars)) == ["error promotions[0].effect: no_amount_in_currency"]


def test_more_prices_than_an_event_has_tickets_are_tried_in_parts() -> None:
    lots = [tier(f"lot{number}", price=euros(f"{number + 10}.00"), quantity=1) for number in range(100)]
    many = [ticket("wide", price=euros("500.00"), tiers=lots), ticket("last", price=euros("4.00"))]
    (found,) = {str(dict(one.reason.values)["ticket"]) for one in check(event(percent("90 %"), tickets=many))}
    assert found == "last"


def test_a_series_is_tried_like_an_event_with_one_date() -> None:
    assert told(event(percent("98 %"), sessions=[session("a", capacity=10)])) == [RAISED]
