"""How many places there are, and how many an order or a customer may have."""

from datetime import timedelta
from typing import Any

import pytest
from catalog.declared import START, session, ticket
from check.told import paid, says, told

from paidevents.catalog import Attendance, Capacity, Policy

PLAN = Policy(max_capacity=50)


def test_more_places_than_the_plan_allows_are_an_error() -> None:
    assert told(paid(capacity=51, policy=PLAN)) == ["error capacity: too_many_offered"]
    assert says(paid(capacity=51, policy=PLAN)) == "At most 50 places can be offered here: 51."
    assert told(paid(capacity=50, policy=PLAN)) == []
    assert told(paid(capacity=51)) == []


def test_a_plan_needs_a_number_of_places() -> None:
    """CM-23: without one, more could be sold than the plan has."""
    assert told(paid(policy=PLAN)) == ["error capacity: capacity_missing"]


@pytest.mark.parametrize(
    ("changed", "places"),
    [
        ({"tickets": [ticket(quantity=20), ticket("vip", quantity=30)]}, None),
        ({"tickets": [ticket(quantity=20), ticket("vip", quantity=31)]}, 51),
        ({"tickets": [ticket(), ticket("vip")], "capacities": [("room", 50, ["standard", "vip"])]}, None),
        ({"tickets": [ticket(), ticket("vip")], "capacities": [("room", 51, ["standard", "vip"])]}, 51),
        ({"sessions": [session("a", capacity=50), session("b", START + timedelta(days=7))]}, None),
        ({"sessions": [session("a", capacity=51), session("b", START + timedelta(days=7), capacity=60)]}, 51),
    ],
)
def test_tickets_sessions_and_shared_places_limit_them_as_well(changed: dict[str, Any], places: int | None) -> None:
    shared = [Capacity(id=id, places=count, tickets=names) for id, count, names in changed.pop("capacities", ())]
    event = paid(capacities=shared, policy=PLAN, **changed)
    assert told(event) == ([] if places is None else ["error capacity: too_many_offered"])


def test_where_sessions_are_chosen_each_has_its_places() -> None:
    chosen: dict[str, Any] = {"attendance": Attendance.CHOSEN_SESSIONS, "policy": PLAN}
    second = START + timedelta(days=7)
    assert told(paid(sessions=[session("a", capacity=40), session("b", second, capacity=50)], **chosen)) == []
    assert told(paid(sessions=[session("a", capacity=40), session("b", second)], **chosen)) == [
        "error capacity: capacity_missing"
    ]
    assert told(paid(sessions=[session("a", capacity=40), session("b", second, capacity=51)], **chosen)) == [
        "error capacity: too_many_offered"
    ]


def test_places_shared_by_some_tickets_do_not_limit_the_others() -> None:
    room = Capacity(id="room", places=40, tickets=("vip",))
    assert told(paid(tickets=[ticket(), ticket("vip")], capacities=[room], policy=PLAN)) == [
        "error capacity: capacity_missing"
    ]


def test_more_places_than_people_can_be_present_are_worth_a_note() -> None:
    """GT-07: the organizer must watch."""
    small = Policy(attendance_limit=100)
    assert told(paid(capacity=101, policy=small)) == ["note capacity: more_than_can_attend"]
    assert told(paid(policy=small)) == ["note capacity: more_than_can_attend"]
    assert told(paid(capacity=100, policy=small)) == []


def test_a_ticket_without_places_is_noted() -> None:
    assert told(paid(tickets=[ticket(quantity=0, least_per_order=2)])) == ["note tickets[0]: no_places"]


def test_at_least_so_many_together_must_be_there() -> None:
    pairs = [ticket(least_per_order=11)]
    assert told(paid(tickets=pairs, capacity=10)) == ["warning tickets[0].least_per_order: least_never_met"]
    assert told(paid(tickets=pairs, capacity=11)) == []
    assert told(paid(tickets=pairs, policy=Policy(most_per_order=10))) == [
        "warning tickets[0].least_per_order: least_never_met"
    ]
    assert says(paid(tickets=pairs, capacity=10)) == (
        "Nobody can buy standard: at least 11 are sold together, and at most 10 can be had."
    )


def test_limits_that_are_never_met_are_noted() -> None:
    greedy = [ticket(most_per_order=20, most_per_customer=30)]
    assert told(paid(tickets=greedy, capacity=19)) == [
        "note tickets[0].most_per_order: limit_never_met",
        "note tickets[0].most_per_customer: limit_never_met",
    ]
    assert told(paid(tickets=greedy, capacity=30)) == []
    assert told(paid(tickets=greedy)) == []
    assert told(paid(tickets=[ticket(most_per_order=101)])) == ["note tickets[0].most_per_order: limit_never_met"]


def test_places_shared_with_other_tickets_count() -> None:
    room = Capacity(id="room", places=4, tickets=("standard",))
    tickets = [ticket(most_per_order=5), ticket("vip", most_per_order=5)]
    assert told(paid(tickets=tickets, capacities=[room])) == ["note tickets[0].most_per_order: limit_never_met"]


def test_a_place_in_all_sessions_takes_one_of_each() -> None:
    sessions = [session("a", capacity=4), session("b", START + timedelta(days=7))]
    greedy = [ticket(most_per_order=5)]
    assert told(paid(tickets=greedy, sessions=sessions)) == ["note tickets[0].most_per_order: limit_never_met"]
    chosen = paid(tickets=greedy, sessions=sessions, attendance=Attendance.CHOSEN_SESSIONS)
    assert told(chosen) == []
