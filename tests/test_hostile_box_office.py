"""The hostile cases of `vectors/hostile.json` about money and crashes that need a provider and flows, one function each."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import test_hostile_cases
import test_hostile_links
import test_hostile_orders
import test_hostile_reservations
from box_office.both_sides import LISTED, balances, books, on_sale, payments, quick, stuck, taken, wrong
from box_office.offices import BUYER, ORGANIZER, Office, person
from box_office.stepping import cut_short, interleaved

from paidevents import EUR, Money, Span
from paidevents.box_office import flows
from paidevents.box_office.asks import Recipe
from paidevents.catalog import Approval, Capture, Policy
from paidevents.errors import StoreError
from paidevents.lifecycle import OrderState
from paidevents.money import Currency
from paidevents.payments import PaymentRef, Snapshot
from paidevents.ports import Commit
from paidevents.providers import Fault
from paidevents.stores import MemoryStore
from paidevents.testing.crashes import crash_points
from paidevents.testing.world import World

AREAS = json.loads((Path(__file__).parent / "vectors" / "hostile.json").read_bytes())["areas"]
CASES = {case["id"]: case for area in AREAS.values() for case in area}
HERE = ("reservation", "payments", "webhooks", "tokens", "recovery", "state_machine")

# What has an answer in another file as well, or only there, because it needs neither a store nor flows.
ELSEWHERE = (
    test_hostile_cases.handlers,
    test_hostile_links.handlers,
    test_hostile_orders.handlers,
    test_hostile_reservations.handlers,
)

handlers: dict[str, Callable[[Any], None]] = {}


def case(id: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    def keep(handler: Callable[[Any], None]) -> Callable[[Any], None]:
        handlers[id] = handler
        return handler

    return keep


def test_every_case_of_these_areas_is_decided_here_or_in_another_file() -> None:
    decided = handlers.keys() | set[str]().union(*ELSEWHERE)
    assert {case["id"] for area in HERE for case in AREAS[area]} <= decided <= CASES.keys()


def begun(office: Office, *, is_paid: bool = False) -> str:
    """An order that is being paid, or is; nobody told of it yet."""
    order = office.reserve().id
    shown = office.run(flows.checkout(order))
    if is_paid:
        office.world.card.pay(shown.url)
    return order


def on_approval() -> tuple[Office, str]:
    """An order whose money is set aside, and waits for the organizer."""
    office = on_sale(policy=Policy(approval=Approval.MANUAL, capture=Capture.ON_APPROVAL))
    order = begun(office, is_paid=True)
    office.deliver()
    assert (books(office), payments(office, order)) == (["authorized"], ["p1 authorized"])
    return office, order


@case("payments-001")
def lost_answer_to_a_capture(_: Any) -> None:
    office, order = on_approval()
    office.world.card.script("capture", Fault.LOST_ANSWER)
    office.run(flows.approve(order, by=ORGANIZER))
    assert (books(office), payments(office, order)) == (["paid 20.00"], ["p1 authorized"])
    office.world.clock.advance(minutes=1)
    office.run(flows.reconcile())
    assert (books(office), payments(office, order)) == (["paid 20.00"], ["p1 paid"])
    assert wrong(office) == []


@case("payments-004")
def a_key_that_the_provider_forgot(_: Any) -> None:
    """Of a refund and a capture it is looked first; a start that nobody was shown is followed by the next attempt."""
    office = on_sale()
    order = office.sell().id
    office.world.card.script("refund", Fault.LOST_ANSWER)
    office.run(flows.cancel(order, by=BUYER))
    office.world.clock.advance(hours=25)
    office.run(flows.reconcile())
    assert books(office) == ["paid 20.00 -20.00 succeeded"]
    office = on_sale()
    order = office.sell().id
    office.world.card.script("refund", Fault.STICKY_ERROR)
    office.run(flows.cancel(order, by=BUYER))
    office.world.clock.advance(hours=25)
    office.run(flows.reconcile())
    assert (books(office), stuck(office)) == (["paid 20.00"], ["refund key_forgotten"])
    office, order = on_approval()
    office.world.card.script("capture", Fault.LOST_ANSWER)
    office.run(flows.approve(order, by=ORGANIZER))
    office.world.clock.advance(hours=25)
    office.run(flows.reconcile())
    assert (books(office), payments(office, order)) == (["paid 20.00"], ["p1 paid"])
    office = on_sale(policy=Policy(hold=Span(days=3)))
    order = office.reserve().id
    office.world.card.script("start", Fault.LOST_ANSWER, Fault.LOST_ANSWER)
    office.run(flows.checkout(order))
    office.world.clock.advance(hours=25)
    shown = office.run(flows.checkout(order))
    assert (office.dossier(order).payments[0].key, shown.url[-4:]) == (f"{order}-p1:2", "cs_3")


@case("payments-006")
def a_notification_and_the_return_at_once(_: Any) -> None:
    def both() -> tuple[Office, Sequence[Recipe[Any]]]:
        office = quick()
        order = begun(office, is_paid=True)
        headers, body = office.world.card.notifications()[-1]
        return office, (flows.receive("card:test", headers, body, account="main"), flows.look(order))

    for office, walks in interleaved(both, stride=4):
        assert [walk.error for walk in walks] == [None, None] and walks[0].result == 200
        assert office.told() == ["confirmation"]
        (order,) = office.run(flows.dossiers("talk", by=ORGANIZER))
        assert (len(order.passes), balances(office, order.id)) == (1, {"provider": "20.00", "organizer": "-20.00"})


@case("payments-007")
@case("payments-008")
def another_amount(given: Any) -> None:
    differs = Money(2001 if given["amount"] == "+1" else given["amount"], EUR)
    foreign = Money(2000, Currency(given.get("currency", "USD")))
    for came in (differs, foreign):
        office = quick()
        order = begun(office)
        office.world.card.pay_in_another_currency("cs_1", came)
        office.deliver()
        assert (payments(office, order), office.dossier(order).order.state) == (["p1 review"], OrderState.HELD)
        assert office.told() == ["decision_needed"]
        assert wrong(office) == []


@case("payments-012")
def an_unknown_status(_: Any) -> None:
    """The adapter breaks on an answer that it cannot read: nothing is concluded of it."""
    office = quick()
    order = begun(office, is_paid=True)
    office.world.card.script("fetch", *[Fault.GARBLED] * 4)
    assert office.deliver() == [503, 503]
    assert office.run(flows.reconcile()).failed == (order,)
    assert payments(office, order) == ["p1 open"]
    office.world.card.script("fetch")
    office.run(flows.reconcile())
    office.run(flows.reconcile())
    assert payments(office, order) == ["p1 paid"]


@case("payments-013")
def captured_but_pending(_: Any) -> None:
    office, order = on_approval()
    office.world.card.script("capture", Fault.PENDING_CAPTURE)
    after = office.run(flows.approve(order, by=ORGANIZER))
    assert (after.state, payments(office, order)) == (OrderState.AUTHORIZED, ["p1 pending"])
    assert not office.dossier(order).passes
    office.world.card.settle("cs_1")
    office.deliver()
    assert (office.dossier(order).order.state, payments(office, order)) == (OrderState.PAID, ["p1 paid"])
    assert wrong(office) == []


@case("payments-014")
def succeeded_and_failed_days_later(given: Any) -> None:
    office = quick()
    order = begun(office)
    card = office.world.card
    for word, days, expected in zip(given["seq"], (0, 3, 5), ("pending", "paid", "lost"), strict=True):
        office.world.clock.advance(days=days)
        {"processing": card.pend, "succeeded": card.settle, "failed": card.fail}[word]("cs_1")
        office.deliver()
        assert payments(office, order) == [f"p1 {expected}"]
    assert all(pass_.refusals for pass_ in office.dossier(order).passes)
    assert wrong(office) == []


@case("state_machine-011")
def cancelled_while_buyers_pay(_: Any) -> None:
    """Whatever comes first: what was paid is given back, or its refund is promised."""

    def both() -> tuple[Office, Sequence[Recipe[Any]]]:
        office = quick()
        begun(office, is_paid=True)
        headers, body = office.world.card.notifications()[-1]
        pays = flows.receive("card:test", headers, body, account="main")
        return office, (pays, flows.cancel_event("talk", by=ORGANIZER))

    for office, walks in interleaved(both, stride=25):
        assert [walk.error for walk in walks] == [None, None]
        office.run(flows.reconcile())
        (order,) = office.run(flows.dossiers("talk", by=ORGANIZER))
        assert (books(office), order.order.state) == (["paid 20.00 -20.00 succeeded"], OrderState.CANCELLED)
        assert wrong(office) == []


def sell_and_give_back(world: World) -> None:
    world.box.reserve("talk", {"standard": 1}, buyer=person(), by=BUYER, id="A1")
    world.card.pay(world.box.checkout("A1").url)
    world.deliver()
    world.box.cancel("A1", by=BUYER)


def world_on_sale() -> World:
    world = World()
    world.store.commit(Commit(id="listed", inserts=(LISTED,)))
    return world


@case("recovery-001")
def crashes_around_every_call(given: Any) -> None:
    for crashes in given["k"]:
        runs = crash_points(sell_and_give_back, crashes, make=world_on_sale, stride=1 if crashes == 1 else 4)
        assert not runs.failures, str(runs)


@case("recovery-002")
def crashes_inside_reconcile(_: Any) -> None:
    def swept() -> tuple[Office, Recipe[Any]]:
        """One order is paid, and nobody was told; one has run out; of one the refund's answer was lost."""
        office = quick()
        begun(office)
        begun(office, is_paid=True)
        order = office.sell().id
        office.world.card.script("refund", Fault.LOST_ANSWER)
        office.run(flows.cancel(order, by=BUYER))
        office.world.clock.advance(minutes=33)
        return office, flows.reconcile()

    ends = set()
    for office, _asks in cut_short(swept):
        office.world.clock.advance(minutes=2)
        office.run(flows.reconcile())
        ends.add((*books(office), taken(office), *sorted(office.told())))
        assert wrong(office) == []
    assert len(ends) == 1, "wherever it was cut short"


class Halting(MemoryStore):
    """A store that fails at the second page of whatever is looked for."""

    is_down = False

    def find(self, kind: Any, by: str, value: str, *, after: str = "", limit: int = 100) -> Any:
        if self.is_down and after:
            raise StoreError(())
        return super().find(kind, by, value, after=after, limit=limit)


@case("recovery-004")
def a_list_that_ends_half_way(_: Any) -> None:
    store = Halting()
    office = quick(store)
    orders = [begun(office, is_paid=True), begun(office)]
    store.is_down = True
    with pytest.raises(StoreError):
        office.run(flows.reconcile())
    assert [payments(office, order) for order in orders] == [["p1 paid"], ["p1 open"]]
    office.run(flows.cancel_event("talk", by=ORGANIZER))
    store.is_down = False
    office.world.clock.advance(minutes=2)
    office.run(flows.reconcile())
    assert [one.split()[0] for one in books(office)] == ["paid", "expired"]
    assert all(office.dossier(order).order.state is OrderState.CANCELLED for order in orders)
    assert wrong(office) == []


@case("recovery-006")
def a_look_that_lags_behind(given: Any) -> None:
    """What was captured is seen 300 seconds later: until then it is asked for again, always under the same key."""
    delay = timedelta(seconds=int(given["delay"].split()[0]))
    office, order = on_approval()
    card, clock = office.world.card, office.world.clock
    fetch, capture, keys = card.fetch, card.capture, list[str]()
    stale, until = fetch(PaymentRef(card.name, card.account, "cs_1")), clock.now() + delay

    def lagging(ref: PaymentRef) -> Snapshot:
        seen = fetch(ref)
        return stale if clock.now() < until else seen

    def noted(ref: PaymentRef, amount: Money | None = None, *, key: str) -> Snapshot:
        keys.append(key)
        return capture(ref, amount, key=key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(card, "fetch", lagging)
        patch.setattr(card, "capture", noted)
        card.script("capture", Fault.LOST_ANSWER, Fault.LOST_ANSWER)
        office.run(flows.approve(order, by=ORGANIZER))
        for _minute in range(6):
            clock.advance(minutes=1)
            office.run(flows.reconcile())
    assert (set(keys), len(keys) > 1, books(office)) == ({f"{order}-p1:1:capture"}, True, ["paid 20.00"])
    assert payments(office, order) == ["p1 paid"]
    assert wrong(office) == []


@pytest.mark.parametrize("id", sorted(handlers))
def test_hostile(id: str, caplog: pytest.LogCaptureFixture) -> None:
    handlers[id](CASES[id]["input"])
    assert caplog.text == ""  # and nothing of it is logged
