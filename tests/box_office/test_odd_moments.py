"""What happens in the moment in which something else does, and what only a person can go on with."""

from datetime import timedelta
from typing import Any

import pytest
from box_office.both_sides import books, payments, quick, stuck, taken, wrong
from box_office.offices import BUYER, ORGANIZER, person, talk

from paidevents import EUR, IllegalTransitionError, Money, Ticket
from paidevents.box_office import flows
from paidevents.box_office.flows import paging, telling
from paidevents.catalog import Charging
from paidevents.errors import ExhaustedError, InvalidValueError, StoreError
from paidevents.lifecycle import OrderState, WaitingState
from paidevents.payments import Snapshot
from paidevents.payments.payment import OTHER_PAYMENT
from paidevents.ports import Commit, Dossier, MessageKind, PaymentRequest
from paidevents.providers import Fault
from paidevents.registration import WaitingEntry, called_off
from paidevents.stores import MemoryStore
from paidevents.testing.world import START

TWO = [
    Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR)),
    Ticket(id="vip", name="VIP", price=Money.of("35.00", EUR)),
]


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def test_an_order_is_given_up_while_its_page_is_being_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    office = quick()
    order = office.reserve().id
    card = office.world.card
    start = card.start

    def slow(request: PaymentRequest, *, key: str) -> Snapshot:
        made = start(request, key=key)
        office.run(flows.cancel(order, by=BUYER))
        return made

    monkeypatch.setattr(card, "start", slow)
    office.run(flows.checkout(order))
    assert (books(office), payments(office, order), taken(office)) == (["expired"], ["p1 expired"], 0)
    assert wrong(office) == []


def broken(request: PaymentRequest, *, key: str) -> Snapshot:
    raise InvalidValueError("snapshot", OTHER_PAYMENT)


def test_a_start_that_cannot_be_understood_is_left_to_a_person_who_is_told_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = quick()
    order = office.reserve().id
    monkeypatch.setattr(office.world.card, "start", broken)
    with pytest.raises(InvalidValueError):
        office.run(flows.checkout(order))
    office.world.clock.advance(minutes=2)
    assert office.run(flows.reconcile()).done == 2
    assert (stuck(office), office.told()) == (["start other_payment"], ["task_stuck"])
    shown = office.run(flows.checkout(order))
    assert (shown.url, shown.retry_after) == ("", timedelta(minutes=1))
    assert office.run(flows.reconcile()).changes == 0


def test_who_cannot_even_be_told_that_is_not_told_that_either(monkeypatch: pytest.MonkeyPatch) -> None:
    office = quick()
    order = office.reserve().id

    def no_letter(said: object) -> None:
        raise InvalidValueError("letter", OTHER_PAYMENT)

    with monkeypatch.context() as patch:
        patch.setattr(telling, "letter", no_letter)
        office.pay(order)
        assert (stuck(office), office.told()) == (["tell other_payment", "tell other_payment"], [])
    assert office.run(flows.reconcile()).changes == 0
    assert office.dossier(order).order.state is OrderState.PAID


def test_what_somebody_else_has_finished_meanwhile_is_not_left_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """The call takes longer than a minute: somebody else makes it too, and then this one cannot be understood."""
    office = quick()
    order = office.reserve().id
    card = office.world.card
    card.script("start", Fault.LOST_ANSWER)
    office.run(flows.checkout(order))
    office.world.clock.advance(minutes=1)
    start, calls = card.start, list[str]()

    def slow(request: PaymentRequest, *, key: str) -> Snapshot:
        calls.append(key)
        if len(calls) > 1:
            return start(request, key=key)
        office.world.clock.advance(minutes=2)
        office.run(flows.reconcile())
        return broken(request, key=key)

    monkeypatch.setattr(card, "start", slow)
    office.run(flows.reconcile())
    assert (stuck(office), office.told(), payments(office, order)) == ([], [], ["p1 open"])


@pytest.mark.parametrize(
    "error", [IllegalTransitionError("order", "paid", "cancel"), InvalidValueError("x", OTHER_PAYMENT)]
)
def test_an_order_that_cannot_be_called_off_stops_no_other_and_a_person_is_told(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = quick()
    first, second = office.sell().id, office.sell().id

    def picky(order: Any, *given: Any, **more: Any) -> Any:
        if order.id == first:
            raise error
        return called_off(order, *given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(paging, "called_off", picky)
        office.run(flows.cancel_event("talk", by=ORGANIZER))
    states = [office.dossier(order).order.state for order in (first, second)]
    assert states == [OrderState.PAID, OrderState.CANCELLED]
    (told,) = office.world.outbox.of(MessageKind.TASK_STUCK)
    assert (told.order, dict(told.values)["task"]) == (first, "call_off")
    assert office.run(flows.reconcile()).changes == 0


def test_what_is_not_on_sale_any_more_is_not_made_free() -> None:
    """Sales are stopped, then payment is switched off: who holds a place keeps what was agreed."""
    office = quick()
    order = office.reserve().id
    office.run(flows.stop_sales("talk", by=ORGANIZER))
    office.world.clock.advance(seconds=1)
    assert office.run(flows.switch_payment("talk", on=False, by=ORGANIZER)).event.charging is Charging.SWITCHED_OFF
    assert office.dossier(order).order.state is OrderState.HELD
    assert office.pay(order).order.state is OrderState.PAID
    assert wrong(office) == []


class Flaky(MemoryStore):
    """A store that refuses some commits, as *refuses* says."""

    refuses: Any = None
    error: StoreError = StoreError(())

    def commit(self, commit: Commit) -> None:
        if self.refuses is not None and self.refuses(commit):
            raise self.error
        super().commit(commit)


def test_what_somebody_else_took_while_it_was_made_free_is_left_as_it_was() -> None:
    store = Flaky()
    office = quick(store)
    order = office.reserve().id
    store.error = ExhaustedError("event", 1, 0)
    store.refuses = lambda commit: any(isinstance(one.record, Dossier) for one in commit.replaces)
    office.run(flows.switch_payment("talk", on=False, by=ORGANIZER))
    store.refuses = None
    assert office.dossier(order).order.state is OrderState.HELD
    assert office.run(flows.reconcile()).changes == 0


def test_a_hold_that_cannot_be_ended_now_is_ended_the_next_time() -> None:
    store = Flaky()
    office = quick(store)
    office.reserve()
    office.world.clock.advance(minutes=15)
    store.refuses = lambda commit: bool(commit.gives)
    assert (office.run(flows.reconcile()).expired, taken(office)) == (0, 1)
    store.refuses = None
    assert (office.run(flows.reconcile()).expired, taken(office)) == (1, 0)


def test_at_the_last_moment_every_page_is_tried_to_be_closed_and_then_the_places_go() -> None:
    office = quick()
    order = office.reserve()
    office.run(flows.checkout(order.id))
    office.world.card.script("void", *[Fault.LOST_REQUEST] * 2)
    office.run(flows.checkout(order.id, provider="bank_transfer"))
    assert payments(office, order.id) == ["p1 open", "p2 open"]
    office.world.clock.set(order.hold.latest)
    assert office.run(flows.expire(order.id))
    assert taken(office) == 0
    assert wrong(office) == []


def test_who_waits_and_is_forgotten_is_passed_over() -> None:
    office = quick(capacity=1)
    order = office.sell().id
    nobody = WaitingEntry(id="19990101T000000-nobody", event="talk", ticket="standard", person=None, joined_at=START)
    office.world.store.commit(Commit(id="nobody", inserts=(nobody,)))
    zoe = office.run(flows.join_list("talk", "standard", person("Zoe"))).id
    office.run(flows.cancel(order, by=BUYER))
    office.run(flows.reconcile())
    store = office.world.store
    states = [stored.record.state for id in (nobody.id, zoe) if (stored := store.get(WaitingEntry, id))]
    assert states == [WaitingState.LEFT, WaitingState.OFFERED]


def test_of_very_many_who_wait_a_hundred_are_offered_places_at_once_and_the_rest_by_and_by() -> None:
    office = quick(capacity=1)
    office.sell()
    for number in range(101):
        office.world.clock.advance(seconds=1)
        office.run(flows.join_list("talk", "standard", person(f"P{number}")))
    office.run(flows.declare(talk(capacity=200), by=ORGANIZER))
    assert len(office.world.outbox.of(MessageKind.OFFER)) == 100
    office.run(flows.reconcile())
    assert (len(office.world.outbox.of(MessageKind.OFFER)), taken(office)) == (101, 102)
