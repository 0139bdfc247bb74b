"""Everything is set right, whatever stands in the way; and what cannot be set right stops nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from box_office.both_sides import books, on_sale, payments, quick, refunds, taken, wrong
from box_office.offices import BUYER, ORGANIZER, Office, person, talk

from paidevents import EUR, Money
from paidevents.box_office import flows
from paidevents.box_office.flows import reconciling
from paidevents.box_office.flows.performing import MOST_ROUNDS
from paidevents.catalog import Listing
from paidevents.errors import ConflictError, StoreError
from paidevents.lifecycle import EventState, OrderState
from paidevents.payments import PaymentRef, Snapshot
from paidevents.ports import Commit, MessageKind, Obligation
from paidevents.providers import Fault
from paidevents.stores import MemoryStore


class Failing(MemoryStore):
    """A store that does not write what *refuses* says, and counts how often it was asked to."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0
        self.refuses: Any = None
        self.error: StoreError = StoreError(())

    def commit(self, commit: Commit) -> None:
        records = [*commit.inserts, *(stored.record for stored in commit.replaces)]
        if self.refuses is not None and any(isinstance(one, self.refuses) for one in records):
            self.refused += 1
            raise self.error
        super().commit(commit)


def test_in_a_world_where_all_is_right_nothing_is_done() -> None:
    office = quick()
    office.sell()
    office.reserve()
    assert office.run(flows.reconcile()).changes == 0


def test_what_was_left_to_it_is_done_all_at_once() -> None:
    office = Office(at_once=False)
    on_sale(office)
    order = office.reserve().id
    office.world.card.pay(office.run(flows.checkout(order)).url)
    gone = office.reserve().id
    office.world.clock.advance(minutes=16)
    done = office.run(flows.reconcile())
    assert (done.expired, done.news, done.failed) == (1, 1, ())
    assert office.told() == ["confirmation"]
    assert [office.dossier(one).order.state for one in (order, gone)] == [OrderState.PAID, OrderState.EXPIRED]
    office.run(flows.cancel(order, by=BUYER))
    assert refunds(office, order) == ["p1 -20.00 places requested"]
    office.run(flows.reconcile())
    assert books(office) == ["paid 20.00 -20.00 succeeded"]
    assert wrong(office) == []


def test_what_can_be_noted_nowhere_is_tried_so_often_and_no_more_and_is_done_later() -> None:
    """The store writes no obligation: what is due stays due, and the caller is not kept waiting for ever."""
    store = Failing()
    office = quick(store)
    order = office.sell().id
    office.world.card.script("refund", Fault.LOST_REQUEST)
    office.run(flows.cancel(order, by=BUYER))
    office.world.clock.advance(minutes=1)
    store.refuses = Obligation
    office.run(flows.look(order))
    assert (store.refused, refunds(office, order)) == (MOST_ROUNDS, ["p1 -20.00 places requested"])
    assert office.run(flows.reconcile()).changes == 0
    store.refuses = None
    office.run(flows.reconcile())
    assert (books(office), refunds(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 -20.00 places succeeded"])
    assert wrong(office) == []


def test_an_event_that_cannot_be_noted_as_begun_is_noted_the_next_time() -> None:
    store = Failing()
    office = quick(store)
    begins = talk().starts_at
    assert begins is not None
    office.world.clock.set(begins)
    for error in (StoreError(()), ConflictError("talk", 1, 2)):
        store.refuses, store.error = Listing, error
        assert office.run(flows.reconcile()).moved == 0
    store.refuses = None
    assert office.run(flows.reconcile()).moved == 1
    assert office.run(flows.listing("talk")).state is EventState.LIVE


def test_a_provider_that_has_something_new_each_time_does_not_keep_it_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its fee is another one whenever it is asked."""
    office = quick()
    order = office.sell().id
    office.world.card.dispute("cs_1")
    office.deliver()
    card, asked = office.world.card, list[int]()
    fetch = card.fetch

    def restless(ref: PaymentRef) -> Snapshot:
        asked.append(len(asked) + 1)
        return evolve(fetch(ref), fee=Money(len(asked), EUR))

    monkeypatch.setattr(card, "fetch", restless)
    done = office.run(flows.reconcile())
    assert done.news == len(asked) == reconciling.MOST_ROUNDS
    assert payments(office, order) == ["p1 paid"]


def test_a_letter_that_does_not_get_through_is_sent_later_once() -> None:
    office = quick()
    office.world.outbox.fails = 3
    order = office.sell().id
    assert (office.dossier(order).order.state, office.told()) == (OrderState.PAID, [])
    for minutes in (1, 2, 4, 8):
        office.world.clock.advance(minutes=minutes)
        office.run(flows.reconcile())
    assert office.told() == ["confirmation"]
    assert wrong(office) == []


def test_what_is_due_of_one_event_does_not_wait_for_another() -> None:
    """Cancelling one event does what is due of it; what is due of the other is nobody's business then."""
    office = quick(capacity=5)
    office.publish(talk(id="other"))
    elsewhere = office.reserve(event="other").id
    office.world.card.pay(office.run(flows.checkout(elsewhere)).url)
    office.world.outbox.fails = 1
    office.run(flows.look(elsewhere))
    office.sell(2)
    office.world.clock.advance(minutes=1)
    told = len(office.told())
    office.run(flows.cancel_event("talk", by=ORGANIZER))
    assert office.told()[told:] == ["cancelled", "cancelled", "refunded"]
    assert office.run(flows.reconcile()).done == 1
    assert office.told()[-1] == "confirmation"


def test_an_order_that_something_is_wrong_with_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of three payments cannot be read any more: the others are heard, and its order is named."""
    office = quick()
    orders = [office.reserve().id for _ in range(3)]
    for order in orders:
        office.world.card.pay(office.run(flows.checkout(order)).url)
    card = office.world.card
    fetch = card.fetch

    def foreign(ref: PaymentRef) -> Snapshot:
        seen = fetch(ref)
        return evolve(seen, ref=evolve(ref, account="elsewhere")) if ref.id == "cs_2" else seen

    with monkeypatch.context() as patch:
        patch.setattr(card, "fetch", foreign)
        done = office.run(flows.reconcile())
    assert done.news >= 2
    assert [payments(office, order)[0] for order in orders][::2] == ["p1 paid", "p1 paid"]
    office.run(flows.reconcile())
    assert payments(office, orders[1])[0] == "p1 paid"


def test_money_asked_for_in_another_currency_under_our_name_is_not_ours() -> None:
    """A person has started something at the provider, and gave it the number of our order."""
    office = quick()
    order = office.reserve().id
    office.world.card.pay(office.run(flows.checkout(order)).url)
    card = office.world.card
    asked = evolve(card.request("cs_1"), amount=Money.of("20.00", "USD"), expires_at=None)
    card.pay(card.start(asked, key="by hand"))
    assert office.deliver() == [200] * 4
    assert (payments(office, order), office.dossier(order).order.state) == (["p1 paid"], OrderState.PAID)
    assert office.run(flows.reconcile()).changes == 0


def test_every_order_of_a_large_event_is_called_off_page_by_page() -> None:
    office = quick(capacity=120)
    for number in range(60):
        office.run(flows.reserve("talk", {"standard": 2}, buyer=person(), id=f"A{number:02}"))
    office.run(flows.cancel_event("talk", by=ORGANIZER))
    every = office.run(flows.dossiers("talk", limit=100, by=ORGANIZER))
    assert {one.order.state for one in every} == {OrderState.CANCELLED}
    assert (len(every), taken(office)) == (60, 0)
    assert len(office.run(flows.dossiers("talk", after="A49", by=ORGANIZER))) == 10
    assert len(list(office.world.box.participants("talk", by=ORGANIZER))) == 120
    assert office.run(flows.reconcile()).changes == 0


def test_an_order_that_was_given_up_before_is_not_called_off_again() -> None:
    office = quick()
    order = office.sell().id
    office.run(flows.cancel(order, by=BUYER))
    told = office.told()
    office.run(flows.cancel_event("talk", by=ORGANIZER))
    assert (office.told(), books(office)) == (told, ["paid 20.00 -20.00 succeeded"])


def test_an_offer_ends_and_is_made_again_however_often_it_is_looked() -> None:
    office = quick(capacity=1)
    order = office.sell().id
    for name in ("Zoe", "Yan"):
        office.world.clock.advance(seconds=1)
        office.run(flows.join_list("talk", "standard", person(name)))
    office.run(flows.cancel(order, by=BUYER))
    for _ in range(3):
        office.world.clock.advance(days=1)
        office.run(flows.reconcile())
        office.run(flows.reconcile())
    assert [one.person.name for one in office.world.outbox.of(MessageKind.OFFER) if one.person] == ["Zoe", "Yan"]
    assert taken(office) == 0
    assert office.world.clock.now() - timedelta(days=3) > office.dossier(order).order.hold.starts_at
    assert wrong(office) == []
