"""The hostile cases of `vectors/hostile.json` that orders and registrations decide, one function each."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from registration.desk import BUYER, ORGANIZER, Desk, attendee
from worked.shop import AT, code, euros, off, shop, ticket

from paidevents import IllegalTransitionError, InvalidValueError, Span
from paidevents.catalog import Cancellation, Limit, LimitOf, LimitPer, Listing, Policy, Restore
from paidevents.errors import SaleClosedError, SoldOutError
from paidevents.lifecycle import EventState, OrderState, RegistrationState
from paidevents.pricing import Buyer, Plan
from paidevents.registration import Hold, WaitingEntry, cancelled, erased, expired, next_in_line, paid

AREAS = json.loads((Path(__file__).parent / "vectors" / "hostile.json").read_bytes())["areas"]
CASES = {case["id"]: case for area in AREAS.values() for case in area}

handlers: dict[str, Callable[[Any], None]] = {}


def case(id: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    def keep(handler: Callable[[Any], None]) -> Callable[[Any], None]:
        handlers[id] = handler
        return handler

    return keep


def limited(restore: Restore = Restore.ON_FULL_REFUND, per: LimitPer = LimitPer.PROMOTION) -> Desk:
    """One order may use the code."""
    once = code("five", off("5.00"), limits=(Limit(LimitOf.ORDERS, 1, per),), restore=restore)
    return Desk(shop(ticket(), promotions=(once,), cancellation=Cancellation.full()))


@case("promo-003")
def one_code_one_customer(_: Any) -> None:
    """Two orders of one customer claim the same counter, with a limit of 1: a store takes it once."""
    plan = limited(per=LimitPer.CUSTOMER).plan
    ana = Buyer(identities=("ana@example.com",))
    first, second = (plan.claims(plan.quote({"standard": 1}, ["five"], at=AT, buyer=ana)) for _ in range(2))
    used = [take for take in first if take.counter.startswith("promotion/")]
    assert [(take.count, take.limit) for take in used] == [(1, 1)] and first == second
    after = plan.quote({"standard": 1}, ["five"], at=AT, buyer=ana, taken={used[0].counter: 1})
    assert [reason.code for skipped in after.skipped for reason in skipped.reasons] == ["customer_limit"]


@case("promo-005")
@case("reservation-007")
def expired_twice(_: Any) -> None:
    desk = limited()
    desk.reserve(2, "five")
    desk.at += timedelta(minutes=15)
    desk.do(expired)
    assert not +desk.taken
    with pytest.raises(IllegalTransitionError):
        desk.do(expired)


@case("promo-006")
def refunded_twice(_: Any) -> None:
    for restore, left in ((Restore.NEVER, 1), (Restore.ON_FULL_REFUND, 0), (Restore.ON_ANY_REFUND, 0)):
        desk = limited(restore)
        desk.reserve(1, "five")
        desk.pay()
        desk.do(cancelled, by=BUYER)
        assert desk.taken["promotion/five/orders"] == left
        with pytest.raises(InvalidValueError):
            desk.do(cancelled, by=BUYER)


def run_out(places: int | None = 1) -> Desk:
    desk = Desk(shop(ticket(), capacity=places))
    desk.reserve(1)
    desk.at += timedelta(minutes=16)
    desk.do(expired)
    return desk


@case("reservation-005")
def expired_while_paying(_: Any) -> None:
    desk = run_out()
    assert desk.pay("20.00").order.state is OrderState.PAID
    assert desk.taken["event"] == 1


@case("reservation-006")
def paid_when_the_place_is_gone(_: Any) -> None:
    desk = run_out()
    outcome = desk.pay("20.00", has_room=False)
    assert (outcome.in_vain, desk.states) == (euros("20.00"), [RegistrationState.LAPSED])
    assert not outcome.takes and "issue_pass" not in " ".join(desk.meant())


@case("reservation-009")
def fewer_places_than_are_sold(given: Any) -> None:
    desk = Desk(shop(ticket(), capacity=given["sold"]))
    desk.reserve(given["sold"])
    desk.pay()
    desk.plan = Plan(evolve(desk.plan.event, capacity=given["capacity"]))
    (refusal,) = desk.quote(1).refusals
    assert dict(refusal.values)["left"] == 0
    with pytest.raises(SoldOutError):
        desk.reserve(1)
    assert desk.taken["event"] == given["sold"]


@case("reservation-011")
def partly_available(given: Any) -> None:
    desk = Desk(shop(ticket(id="a", quantity=given["a"]), ticket(id="b", quantity=given["b"])))
    with pytest.raises(SoldOutError):
        desk.reserve({"a": 1, "b": 1})
    assert not desk.taken


@case("reservation-014")
def one_offer_for_one_place(given: Any) -> None:
    line = [
        WaitingEntry(id=f"w{n}", event="shop", ticket="standard", person=None, joined_at=AT + timedelta(minutes=n))
        for n in range(3)
    ]
    offered: list[str] = []
    free = 1
    for _ in range(given["promote"]):
        for one in next_in_line(line, "standard", free):
            after = one.offered("A2", Policy(), at=AT)[1]
            line = [after if entry.id == one.id else entry for entry in line]
            offered.append(one.id)
            free -= 1
    assert offered == ["w0"]


@case("reservation-016")
def a_year_later(_: Any) -> None:
    held, settled = Desk(), Desk()
    for desk in (held, settled):
        desk.reserve(1)
    settled.pay()
    held.at = settled.at = AT + timedelta(days=365)
    held.do(expired)
    with pytest.raises(IllegalTransitionError):
        settled.do(expired)
    assert (held.state, settled.state) == (OrderState.EXPIRED, OrderState.PAID)


@case("reservation-017")
def a_hold_of_no_or_endless_time(given: Any) -> None:
    for ttl in given["ttl"]:
        with pytest.raises(InvalidValueError):
            Policy(hold=Span(minutes=int(ttl) // 60 if ttl != "nan" else ttl))
    with pytest.raises(InvalidValueError, match="hold"):
        Policy(hold=Span())
    assert Hold.under(Policy(hold=Span(minutes=1)), AT).until == AT + timedelta(minutes=1)


@case("reservation-018")
def odd_capacities(given: Any) -> None:
    none, many, flag = given["capacity"]
    with pytest.raises(SoldOutError):
        Desk(shop(ticket(), capacity=none)).reserve(1)
    (first, *_) = Desk(shop(ticket(), capacity=many)).reserve(1).takes
    assert (first.counter, first.limit) == ("event", 2**31)
    with pytest.raises(InvalidValueError, match="capacity"):
        shop(ticket(), capacity=flag)


@case("state_machine-012")
def an_event_that_is_not_on_sale(given: Any) -> None:
    for state in given["event"]:
        desk = Desk()
        with pytest.raises(SaleClosedError) as refused:
            desk.reserve(1, state=EventState(state))
        assert [reason.code for reason in refused.value.reasons] == ["event_not_on_sale"]
    assert Listing(event=shop(ticket()), organizer="42").state is EventState.DRAFT


@case("people_and_text-009")
def a_person_is_forgotten(_: Any) -> None:
    desk = Desk(shop(ticket(), cancellation=Cancellation.full()))
    desk.reserve(1, attendees=[attendee("Zebulon")])
    desk.pay()
    before = desk.order
    desk.done(erased(desk.order, desk.plan))
    assert "zebulon" not in str(desk.order.registrations).lower() and desk.order.buyer is None
    assert (desk.order.due, desk.order.quotes, desk.order.history) == (before.due, before.quotes, before.history)
    desk.do(cancelled, by=ORGANIZER)
    assert desk.received == euros("0.00")


@case("state_machine-001")
def every_state_and_trigger_of_an_order_changes_it_by_its_table_or_not_at_all(_: Any) -> None:
    """The full matrix is a law of the tables; here, that a refusal leaves an order as it was."""
    desk = Desk()
    desk.reserve(1)
    before = desk.order
    attempts: tuple[Callable[[], object], ...] = (
        lambda: paid(before, desk.plan, received=euros("0.00"), at=AT),
        lambda: expired(before, desk.plan, at=AT),
    )
    for ask in attempts:
        with pytest.raises(IllegalTransitionError) as refused:
            ask()
        assert (refused.value.machine, refused.value.state) == ("order", "held")
    assert desk.order is before


TRIED = sorted(handlers)


@pytest.mark.parametrize("id", TRIED)
def test_hostile(id: str, caplog: pytest.LogCaptureFixture) -> None:
    handlers[id](CASES[id]["input"])
    assert caplog.text == ""  # and nothing of it is logged


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    assert Hold.under(Policy(), datetime.fromisoformat("2026-03-01T13:00+01:00")) == Hold.under(Policy(), AT)
