"""Reduced tiers: whether anybody reaches them, and whether they are reduced."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from catalog.declared import START, euros, session, ticket, tier
from check.told import paid, says, told

from paidevents import Window
from paidevents.catalog import Attendance, Capacity, Policy

MARCH, APRIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
UNTIL_MARCH, UNTIL_APRIL, IN_MARCH = Window(None, MARCH), Window(None, APRIL), Window(MARCH, APRIL)


def lots(*tiers: dict[str, Any], **changed: Any) -> Any:
    """A ticket with tiers at 10.00, 11.00 and so on."""
    made = [
        tier(f"lot{place}", **{"price": euros(f"{10 + place}.00"), "quantity": None, **each})
        for place, each in enumerate(tiers)
    ]
    return paid(**{"tickets": [ticket(tiers=made, **changed.pop("ticket", {}))], **changed})


def test_lots_in_sequence_are_as_they_should_be() -> None:
    assert told(lots({"quantity": 30}, {"quantity": 70, "window": UNTIL_MARCH}, {"window": UNTIL_APRIL})) == []


def test_a_lot_behind_one_that_is_never_sold_out_and_ends_later_is_never_reached() -> None:
    event = lots({"window": UNTIL_APRIL}, {"window": UNTIL_MARCH})
    assert told(event) == ["warning tickets[0].tiers[1]: tier_never_reached"]
    assert says(event) == ("Nobody reaches the tier lot1: all that time lot0 is open, which is never sold out.")
    assert told(lots({"window": UNTIL_MARCH}, {"window": UNTIL_APRIL})) == []
    assert told(lots({"window": UNTIL_APRIL, "quantity": 30}, {"window": UNTIL_MARCH})) == []


def test_two_lots_may_keep_a_third_from_buyers_between_them() -> None:
    between = Window(datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 15, tzinfo=UTC))
    event = lots({"window": UNTIL_MARCH}, {"window": IN_MARCH}, {"window": between})
    assert told(event) == ["warning tickets[0].tiers[2]: tier_never_reached"]
    longer = Window(datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC))
    assert told(lots({"window": UNTIL_MARCH}, {"window": IN_MARCH}, {"window": longer})) == []


@pytest.mark.parametrize(
    "window", [Window(START + timedelta(hours=1), None), Window(None, datetime(2026, 1, 1, tzinfo=UTC))]
)
def test_a_lot_outside_the_sale_is_never_open(window: Window) -> None:
    """The talk ends at 17:00; the sale begins on the 1st of January."""
    january = Window(datetime(2026, 1, 1, tzinfo=UTC))
    event = lots({"quantity": 5, "window": window}, on_sale=january)
    assert told(event) == ["warning tickets[0].tiers[0].window: tier_never_open"]
    assert told(lots({"quantity": 5, "window": IN_MARCH}, on_sale=january)) == []


def test_of_a_ticket_that_is_never_on_sale_only_that_is_told() -> None:
    over = Window(START + timedelta(days=1), None)
    event = lots({"quantity": 5}, ticket={"on_sale": over})
    assert told(event) == ["warning tickets[0].on_sale: ticket_never_on_sale"]


def test_a_lot_that_the_ones_before_leave_no_place_is_never_reached() -> None:
    event = lots({"quantity": 30}, {"quantity": 20}, {"quantity": 10}, capacity=50)
    assert told(event) == ["warning tickets[0].tiers[2].quantity: tier_without_places"]
    assert told(lots({"quantity": 30}, {"quantity": 20}, {"quantity": 10}, capacity=60)) == []


def test_a_lot_of_nothing_is_never_reached() -> None:
    assert told(lots({"quantity": 0}, {"quantity": 5})) == ["warning tickets[0].tiers[0].quantity: tier_without_places"]


@pytest.mark.parametrize(
    "changed",
    [
        {"capacity": 40},
        {"ticket": {"quantity": 40}},
        {"capacities": [Capacity(id="room", places=40, tickets=("standard",))]},
        {"sessions": [session("a", capacity=40)]},
    ],
)
def test_a_lot_may_have_more_than_is_left_for_it(changed: dict[str, Any]) -> None:
    event = lots({"quantity": 30}, {"quantity": 20}, **changed)
    assert told(event) == ["warning tickets[0].tiers[1].quantity: tier_larger_than_places"]
    assert says(event) == "Of the tier lot1 at most 10 can be sold, not 20."


def test_what_a_lot_did_not_sell_in_time_is_left_for_the_next() -> None:
    """Thirty until March, then all of the forty may still be there."""
    assert told(lots({"quantity": 30, "window": UNTIL_MARCH}, {"quantity": 40, "window": IN_MARCH}, capacity=40)) == []
    assert told(lots({"quantity": 30, "window": UNTIL_MARCH}, {"quantity": 40}, capacity=40)) == []


def test_without_places_nothing_is_told_of_lots() -> None:
    assert told(lots({"quantity": 30}, capacity=0)) == ["note tickets[0]: no_places"]


def test_places_of_chosen_sessions_are_no_limit_for_a_lot() -> None:
    sessions = [session("a", capacity=10), session("b", START + timedelta(days=1), capacity=10)]
    assert told(lots({"quantity": 20}, sessions=sessions, attendance=Attendance.CHOSEN_SESSIONS)) == []


def test_a_lot_that_is_switched_off_is_noted_and_passed_over() -> None:
    event = lots({"window": UNTIL_APRIL, "enabled": False, "price": euros("30.00")}, {"window": UNTIL_MARCH})
    assert told(event) == ["note tickets[0].tiers[0].enabled: tier_switched_off"]


def test_lots_are_checked_although_all_are_switched_off() -> None:
    off = Policy(tiers_enabled=False)
    assert told(lots({"quantity": 5}, policy=off)) == ["note policy.tiers_enabled: tiers_switched_off"]
    assert told(lots({"window": UNTIL_APRIL}, {"window": UNTIL_MARCH}, policy=off)) == [
        "warning tickets[0].tiers[1]: tier_never_reached",
        "note policy.tiers_enabled: tiers_switched_off",
    ]
    assert told(paid(policy=off)) == []


def test_lots_get_dearer() -> None:
    event = lots({"quantity": 5}, {"quantity": 5, "price": euros("10.00")}, {"quantity": 5})
    assert told(event) == ["warning tickets[0].tiers[1].price: tier_not_dearer"]
    assert says(event) == "The tier lot1 costs no more than lot0 before it: 10.00 EUR."


def test_lots_cost_less_than_the_base_price() -> None:
    event = lots({"quantity": 5, "price": euros("20.00")})
    assert told(event) == ["warning tickets[0].tiers[0].price: tier_not_reduced"]
    assert says(event) == "The tier lot0 costs no less than the base price, 20.00 EUR: 20.00 EUR."
    assert told(lots({"quantity": 5, "price": euros("19.99")})) == []
