"""The hostile cases of `vectors/hostile.json` about places that need a store, or flows at the same time."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from box_office.both_sides import Unsure, on_sale, quick, refunds, taken, wrong
from box_office.offices import BUYER, ORGANIZER, Office, person, talk
from box_office.stepping import interleaved

from paidevents import EUR, Money, Ticket
from paidevents.box_office import flows
from paidevents.box_office.asks import Recipe
from paidevents.errors import CommitUnknownError, DuplicateError, InvalidValueError, SoldOutError
from paidevents.lifecycle import OrderState
from paidevents.ports import Commit, MessageKind
from paidevents.stores import MemoryStore

AREAS = json.loads((Path(__file__).parent / "vectors" / "hostile.json").read_bytes())["areas"]
CASES = {case["id"]: case for case in AREAS["reservation"]}

handlers: dict[str, Callable[[Any], None]] = {}


def case(id: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    def keep(handler: Callable[[Any], None]) -> Callable[[Any], None]:
        handlers[id] = handler
        return handler

    return keep


def reserves(name: str, **more: Any) -> Recipe[Any]:
    return flows.reserve("talk", {"standard": 1}, buyer=person(name), id=name, **more)


@case("reservation-003")
def a_check_that_was_right_a_moment_ago(_: Any) -> None:
    """Two buyers and one place, in every order: both saw that it was free, and the store gives it to one."""

    def two() -> tuple[Office, Sequence[Recipe[Any]]]:
        return quick(capacity=1), (reserves("Ana"), reserves("Bo"))

    for office, walks in interleaved(two):
        assert {type(walk.error) for walk in walks} == {type(None), SoldOutError}
        assert taken(office) == 1


@case("reservation-005")
@case("reservation-006")
def paid_between_the_end_of_the_hold_and_the_sweep(_: Any) -> None:
    for is_gone in (False, True):
        office = on_sale(capacity=1)
        order = office.reserve().id
        shown = office.run(flows.checkout(order))
        office.world.card.pend(shown.url)
        office.deliver()
        office.world.clock.advance(days=7)
        office.run(flows.reconcile())
        if is_gone:
            office.sell()
        office.world.card.settle(shown.url)
        office.deliver()
        after = office.dossier(order)
        back = ["p1 -20.00 late succeeded"] if is_gone else []
        assert (refunds(office, order), bool(after.passes), taken(office)) == (back, not is_gone, 1)
        assert wrong(office) == []


@case("reservation-007")
def swept_twice_at_once(_: Any) -> None:
    def sweeps() -> tuple[Office, Sequence[Recipe[Any]]]:
        office = quick()
        order = office.reserve(2).id
        office.world.clock.advance(minutes=15)
        return office, (flows.expire(order), flows.expire(order))

    for office, walks in interleaved(sweeps):
        assert sorted(walk.result for walk in walks) == [False, True]
        assert taken(office) == 0


@case("reservation-009")
def fewer_places_than_are_sold(given: Any) -> None:
    office = on_sale(capacity=given["sold"])
    office.reserve(given["sold"])
    office.run(flows.declare(talk(capacity=given["capacity"]), by=ORGANIZER))
    price = office.run(flows.quote("talk", {"standard": 1}))
    assert [dict(reason.values)["left"] for reason in price.refusals] == [0]
    with pytest.raises(SoldOutError):
        office.reserve()
    assert taken(office) == given["sold"]


@case("reservation-010")
def counters_in_two_orders(_: Any) -> None:
    """However a basket names its tickets, its counters are taken in one order; many at once come to an end."""
    tickets = [Ticket(id=id, name=id.upper(), price=Money.of("20.00", EUR), quantity=200) for id in ("a", "b")]
    seen: list[list[str]] = []

    class Noting(MemoryStore):
        def commit(self, commit: Commit) -> None:
            seen.append([take.counter for take in commit.takes])
            super().commit(commit)

    office = quick(Noting(), capacity=400, tickets=tickets)
    baskets = [{"a": 1, "b": 1}, {"b": 1, "a": 1}] * 20
    with ThreadPoolExecutor(4) as pool:
        orders = list(pool.map(office.reserve, baskets))
    assert (len(orders), taken(office)) == (40, 80)
    assert all(counters == sorted(counters) for counters in seen)


@case("reservation-011")
def partly_available(given: Any) -> None:
    tickets = [Ticket(id=id, name=id, price=Money.of("20.00", EUR), quantity=given[id]) for id in ("a", "b")]
    office = quick(tickets=tickets)
    with pytest.raises(SoldOutError):
        office.reserve({"a": 1, "b": 1})
    assert taken(office) == 0 and not office.run(flows.dossiers("talk", by=ORGANIZER))


@case("reservation-012")
def asked_twice(_: Any) -> None:
    """A double click, and a commit whose answer was lost: one order, one hold."""
    office = quick()
    office.run(reserves("Ana"))
    with pytest.raises(DuplicateError):
        office.run(reserves("Ana"))
    assert taken(office) == 1
    for lost in ([True], [False], [False, True], [False, False], [False] * 3):
        store = Unsure()
        office = quick(store)
        store.lost = list(lost)
        if len(lost) == 3:
            with pytest.raises(CommitUnknownError):
                office.run(reserves("Bo"))
            assert taken(office) == 0
            continue
        assert office.run(reserves("Ana")).state is OrderState.HELD
        assert (taken(office), [one.id for one in office.run(flows.dossiers("talk", by=ORGANIZER))]) == (1, ["Ana"])


@case("reservation-014")
def one_offer_for_one_place(given: Any) -> None:
    def swept() -> tuple[Office, Sequence[Recipe[Any]]]:
        office = quick(capacity=1)
        office.reserve(by=BUYER)
        for name in ("Zoe", "Yan"):
            office.run(flows.join_list("talk", "standard", person(name)))
        office.world.clock.advance(minutes=15)
        return office, (flows.reconcile(),) * given["promote"]

    for office, walks in interleaved(swept, stride=20):
        assert [walk.error for walk in walks] == [None, None]
        assert [one.person.name for one in office.world.outbox.of(MessageKind.OFFER) if one.person] == ["Zoe"]
        assert taken(office) == 1


@case("reservation-016")
def a_year_later(_: Any) -> None:
    office = on_sale()
    held, settled = office.reserve().id, office.sell().id
    office.world.clock.advance(days=365)
    office.run(flows.reconcile())
    assert office.dossier(held).order.state is OrderState.EXPIRED
    assert (office.dossier(settled).order.state, taken(office)) == (OrderState.PAID, 1)


@case("reservation-018")
def odd_capacities(given: Any) -> None:
    none, many, flag = given["capacity"]
    with pytest.raises(SoldOutError):
        quick(capacity=none).reserve()
    assert quick(capacity=many).reserve().state is OrderState.HELD
    with pytest.raises(InvalidValueError, match="capacity"):
        talk(capacity=flag)


@pytest.mark.parametrize("id", sorted(handlers))
def test_hostile(id: str, caplog: pytest.LogCaptureFixture) -> None:
    handlers[id](CASES[id]["input"])
    assert caplog.text == ""  # and nothing of it is logged
