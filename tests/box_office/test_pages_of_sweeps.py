"""What concerns many is done page by page: nobody waits behind what cannot be done, and no commit is too long."""

from datetime import timedelta

import pytest
from box_office.both_sides import quick
from box_office.offices import BUYER, ORGANIZER, Office, person, talk

from paidevents.box_office import flows
from paidevents.box_office.flows import paging, reconciling
from paidevents.catalog import Listing, Policy
from paidevents.errors import StoreError
from paidevents.lifecycle import EventState, OrderState
from paidevents.ports import Commit, MessageKind, Obligation
from paidevents.pricing.counters import EVENT
from paidevents.providers import Fault
from paidevents.registration import WaitingEntry
from paidevents.stores import MemoryStore
from paidevents.testing.stores import samples


class Stubborn(MemoryStore):
    """A store that does not replace records of these ids, or not so often; it notes how many letters each commit has."""

    def __init__(self) -> None:
        super().__init__()
        self.never: set[str] = set()
        self.letters: list[int] = []
        self.tries = -1

    def commit(self, commit: Commit) -> None:
        if any(stored.record.id in self.never for stored in commit.replaces):
            self.tries -= 1
            self.never = self.never if self.tries else set()
            raise StoreError(())
        self.letters.append(sum(isinstance(one, Obligation) for one in commit.inserts))
        super().commit(commit)


def test_events_that_cannot_be_moved_on_keep_no_other_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two on a page, and of five that begin the first four cannot be written."""
    monkeypatch.setattr(reconciling, "A_PAGE", 2)
    store = Stubborn()
    office = Office(store=store)
    ids = [f"talk{number}" for number in range(5)]
    for id in ids:
        office.publish(talk(id=id))
    begins = talk().starts_at
    assert begins is not None
    office.world.clock.set(begins)
    store.never = set(ids[:4])
    assert office.run(flows.reconcile()).moved == 1
    states = [found.record.state for id in ids if (found := store.get(Listing, id)) is not None]
    assert states == [EventState.SCHEDULED] * 4 + [EventState.LIVE]


def test_offers_that_cannot_be_ended_keep_no_other_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One on a page, and of three offers that end together the first two cannot be written."""
    monkeypatch.setattr(reconciling, "A_PAGE", 1)
    store = Stubborn()
    office = quick(store)
    order = office.sell(3).id
    waiting = [office.run(flows.join_list("talk", "standard", person(name))).id for name in ("Xia", "Yan", "Zoe")]
    office.run(flows.cancel(order, by=BUYER))
    office.world.clock.advance(days=1)
    store.never = set(waiting[:2])
    done = office.run(flows.reconcile())
    assert (done.offered, set(done.failed)) == (1, set(waiting[:2]))
    states = [found.record.state.value for id in waiting if (found := store.get(WaitingEntry, id)) is not None]
    assert states == ["offered", "offered", "lapsed"]
    store.never.clear()
    assert office.run(flows.reconcile()).failed == ()


def test_what_works_at_the_second_try_has_not_failed() -> None:
    """The offer of Xia cannot be ended at first; in the next round, for Zoe's changed something, it can."""
    store = Stubborn()
    office = quick(store)
    order = office.sell(3).id
    first, _ = (office.run(flows.join_list("talk", "standard", person(name))).id for name in ("Xia", "Zoe"))
    office.run(flows.cancel(order, by=BUYER))
    office.world.clock.advance(days=1)
    store.never, store.tries = {first}, 1
    done = office.run(flows.reconcile())
    assert (done.offered, done.failed, store.never) == (2, (), set())


def test_no_more_letters_are_written_at_once_than_a_commit_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders of three, one, two and two; four letters at most: so three and one, then two and two."""
    monkeypatch.setattr(paging, "MOST_WRITTEN", 4)
    store = Stubborn()
    office = quick(store, capacity=10)
    for number, count in enumerate((3, 1, 2, 2)):
        office.sell(count, id=f"A{number}")
    store.letters.clear()
    office.run(flows.remind("talk", by=ORGANIZER))
    assert [count for count in store.letters if count > 1] == [4, 4]
    assert [one.kind for one in office.world.outbox.messages].count(MessageKind.REMINDER) == 8


def test_a_start_is_found_behind_any_number_of_other_tasks() -> None:
    """Of an order so much is to be done, a hundred letters first, that the start is not on the first page."""
    office = Office()
    office.publish()
    order = office.reserve(id="A1").id
    later = office.world.clock.now() + timedelta(days=1)
    letters = tuple(samples.obligation(f"0/{number:03}", order=order, due_at=later) for number in range(100))
    office.world.store.commit(Commit(id="letters", inserts=letters))
    office.world.card.script("start", Fault.LOST_REQUEST)
    assert office.run(flows.checkout(order)).url == ""
    assert office.run(flows.checkout(order)).url != ""


def test_a_thousand_places_of_one_order_are_given_up_at_once() -> None:
    """Whoever has one is told of it, in one commit with all the rest."""
    office = quick(capacity=1000, policy=Policy(most_per_order=1000))
    order = office.sell(1000).id
    office.run(flows.cancel(order, by=ORGANIZER))
    office.run(flows.reconcile())  # of so much, not all is done at once
    dossier = office.dossier(order)
    assert (dossier.order.state, [refund.state.value for refund in dossier.refunds]) == (
        OrderState.CANCELLED,
        ["succeeded"],
    )
    assert office.told().count("cancelled") == 1000
    assert office.world.store.taken("talk", [EVENT]) == {EVENT: 0}


def test_eleven_groups_of_a_hundred_are_all_reminded() -> None:
    """They are on one page of orders, and a commit takes a thousand letters."""
    office = quick(capacity=1100)
    for number in range(11):
        order = office.reserve(id=f"A{number:02}", wanted=100).id
        office.run(flows.approve(order, by=ORGANIZER))
    office.run(flows.remind("talk", by=ORGANIZER))
    assert [one.kind for one in office.world.outbox.messages].count(MessageKind.REMINDER) == 1100
    assert office.world.store.find(Obligation, "stuck", "talk") == ()
