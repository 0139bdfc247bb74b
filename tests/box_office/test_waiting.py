"""The waiting list: who joins first is offered a place first, and what nobody takes goes on to the next."""

from datetime import timedelta
from typing import Any

import pytest
from box_office.both_sides import books, on_sale, payments, quick, taken, wrong
from box_office.offices import BUYER, ORGANIZER, Office, person, talk

from paidevents import EUR, IllegalTransitionError, InvalidValueError, Money, Ticket
from paidevents.access import Purpose, Token, token
from paidevents.box_office import flows
from paidevents.catalog import Policy
from paidevents.errors import ExhaustedError, NotAllowedError, NotFoundError, SaleClosedError, StoreError
from paidevents.lifecycle import OrderState, WaitingState
from paidevents.ports import Commit, Message, MessageKind
from paidevents.registration import WaitingEntry
from paidevents.stores import MemoryStore
from paidevents.testing.world import KEY


def sold_out(*names: str, store: MemoryStore | None = None) -> tuple[Office, str, list[str]]:
    """A talk for one, which somebody has; the order, and the entries of those who wait."""
    office = quick(store, capacity=1)
    order = office.sell().id
    return office, order, [join(office, name) for name in names]


def join(office: Office, name: str) -> str:
    office.world.clock.advance(seconds=1)
    return office.run(flows.join_list("talk", "standard", person(name))).id


def entry(office: Office, id: str) -> WaitingEntry:
    stored = office.world.store.get(WaitingEntry, id)
    assert stored is not None
    return stored.record


def offers(office: Office) -> list[Message]:
    return office.world.outbox.of(MessageKind.OFFER)


def link(offer: Message) -> tuple[str, str]:
    _, purpose, id, secret = offer.link(Purpose.OFFER).split("/")
    assert purpose == "offer"
    return id, secret


def names(office: Office) -> list[str]:
    return [offer.person.name for offer in offers(office) if offer.person is not None]


def test_a_place_that_is_given_up_is_offered_to_who_joined_first_and_paid_by_them() -> None:
    office, order, (zoe, _) = sold_out("Zoe", "Yan")
    office.run(flows.cancel(order, by=BUYER))
    assert (names(office), taken(office)) == (["Zoe"], 1)
    held = office.run(flows.take_offer(*link(offers(office)[0])))
    assert (held.state, entry(office, zoe).state) == (OrderState.HELD, WaitingState.TAKEN)
    assert office.run(flows.take_offer(*link(offers(office)[0]))) == held, "clicked twice, it is theirs once"
    office.pay(held.id)
    assert (books(office)[-1], taken(office)) == ("paid 20.00", 1)
    assert wrong(office) == []


def test_an_offer_that_nobody_takes_goes_to_the_next_when_it_ends() -> None:
    office, order, (zoe, yan) = sold_out("Zoe", "Yan")
    office.run(flows.cancel(order, by=BUYER))
    office.world.clock.advance(days=1)
    office.run(flows.reconcile())
    assert (names(office), taken(office)) == (["Zoe", "Yan"], 1)
    assert [entry(office, id).state for id in (zoe, yan)] == [WaitingState.LAPSED, WaitingState.OFFERED]
    with pytest.raises(IllegalTransitionError):
        office.run(flows.take_offer(*link(offers(office)[0])))
    assert wrong(office) == []


def test_an_offer_is_paid_without_its_link_and_is_taken_all_the_same() -> None:
    office, order, (zoe,) = sold_out("Zoe")
    office.run(flows.cancel(order, by=BUYER))
    office.pay(offers(office)[0].order)
    assert entry(office, zoe).state is WaitingState.OFFERED
    office.world.clock.advance(days=1)
    office.run(flows.reconcile())
    assert (entry(office, zoe).state, names(office)) == (WaitingState.TAKEN, ["Zoe"])
    assert not office.run(flows.end_offer(zoe)), "once is enough"
    assert wrong(office) == []


def test_an_offer_that_has_not_ended_is_not_ended() -> None:
    office, order, (zoe, yan) = sold_out("Zoe", "Yan")
    office.run(flows.cancel(order, by=BUYER))
    assert not office.run(flows.end_offer(zoe))
    assert not office.run(flows.end_offer(yan)), "it was offered nothing"
    with pytest.raises(NotFoundError):
        office.run(flows.end_offer("nobody"))


def test_who_leaves_gives_the_offer_to_the_next() -> None:
    office, order, (zoe, yan, _) = sold_out("Zoe", "Yan", "Xia")
    assert office.run(flows.leave_list(yan, by=ORGANIZER)).state is WaitingState.LEFT
    office.run(flows.cancel(order, by=BUYER))
    office.world.clock.advance(seconds=1)
    assert office.run(flows.leave_list(zoe, by=ORGANIZER)).state is WaitingState.LEFT
    assert (names(office), taken(office)) == (["Zoe", "Xia"], 1)
    with pytest.raises(IllegalTransitionError):
        office.run(flows.leave_list(zoe, by=ORGANIZER))
    assert wrong(office) == []


def test_who_leaves_after_paying_keeps_the_place() -> None:
    office, order, (zoe,) = sold_out("Zoe")
    office.run(flows.cancel(order, by=BUYER))
    paid = office.pay(offers(office)[0].order)
    office.run(flows.leave_list(zoe, by=ORGANIZER))
    assert (office.dossier(paid.id).order.state, taken(office)) == (OrderState.PAID, 1)
    assert wrong(office) == []


def test_a_page_of_an_offer_that_is_left_is_closed() -> None:
    office, order, (zoe,) = sold_out("Zoe")
    office.run(flows.cancel(order, by=BUYER))
    offered = offers(office)[0].order
    office.run(flows.checkout(offered))
    office.world.clock.advance(seconds=1)
    office.run(flows.leave_list(zoe, by=ORGANIZER))
    assert (books(office)[-1], payments(office, offered), taken(office)) == ("expired", ["p1 expired"], 0)
    assert wrong(office) == []


@pytest.mark.parametrize("which", ["another purpose", "another entry", "nothing", "no offer"])
def test_a_link_that_is_not_of_the_offer_takes_nothing(which: str) -> None:
    office, order, (zoe, yan) = sold_out("Zoe", "Yan")
    office.run(flows.cancel(order, by=BUYER))
    id, secret = link(offers(office)[0])
    tried: dict[str, tuple[str, Token | str]] = {
        "another purpose": (id, token(KEY, Purpose.CANCEL, id, 0)),
        "another entry": (yan, secret),
        "nothing": ("nobody", secret),
        "no offer": (yan, token(KEY, Purpose.OFFER, yan, 0)),
    }
    with pytest.raises(NotAllowedError) as refused:
        office.run(flows.take_offer(*tried[which]))
    assert [reason.code for reason in refused.value.reasons] == ["token_not_valid"]
    assert entry(office, zoe).state is WaitingState.OFFERED


def test_nobody_waits_for_what_will_never_be() -> None:
    office = quick()
    with pytest.raises(InvalidValueError, match="ticket"):
        office.run(flows.join_list("talk", "box", person()))
    with pytest.raises(NotFoundError):
        office.run(flows.join_list("nowhere", "standard", person()))
    office.run(flows.cancel_event("talk", by=ORGANIZER))
    with pytest.raises(SaleClosedError):
        office.run(flows.join_list("talk", "standard", person()))


def test_who_joins_while_there_is_room_is_offered_a_place_at_once() -> None:
    office = quick()
    join(office, "Zoe")
    assert (names(office), taken(office)) == (["Zoe"], 1)


def test_who_waits_is_told_that_there_will_be_no_place() -> None:
    office, order, (zoe, yan, xia) = sold_out("Zoe", "Yan", "Xia")
    office.run(flows.leave_list(yan, by=ORGANIZER))
    office.run(flows.cancel(order, by=BUYER))
    office.run(flows.cancel_event("talk", by=ORGANIZER))
    assert [entry(office, id).state for id in (zoe, yan, xia)] == [
        WaitingState.CLOSED,
        WaitingState.LEFT,
        WaitingState.CLOSED,
    ]
    told = office.world.outbox.of(MessageKind.LIST_CLOSED)
    assert sorted(one.person.name for one in told if one.person is not None) == ["Xia", "Zoe"]
    assert taken(office) == 0
    assert wrong(office) == []


@pytest.mark.parametrize("way", ["more places", "a hold runs out", "a payment is lost", "reopened"])
def test_however_a_place_becomes_free_it_is_offered(way: str) -> None:
    office = quick(capacity=1)
    if way == "a hold runs out":
        office.reserve()
        join(office, "Zoe")
        office.world.clock.advance(minutes=16)
        office.run(flows.reconcile())
    elif way == "a payment is lost":
        office.sell()
        join(office, "Zoe")
        office.world.card.fail("cs_1")
        office.deliver()
    elif way == "more places":
        office.sell()
        join(office, "Zoe")
        office.run(flows.declare(talk(capacity=2), by=ORGANIZER))
    else:
        office.run(flows.stop_sales("talk", by=ORGANIZER))
        join(office, "Zoe")
        assert names(office) == []
        office.run(flows.reopen_sales("talk", by=ORGANIZER))
    assert names(office) == ["Zoe"]
    assert wrong(office) == []


def test_each_ticket_has_a_line_of_its_own() -> None:
    price = Money.of("20.00", EUR)
    tickets = [Ticket(id=id, name=id, price=price, quantity=1) for id in ("a", "b")]
    office = quick(tickets=tickets)
    first = office.reserve({"a": 1, "b": 1}).id
    for ticket, name in (("b", "Zoe"), ("a", "Yan"), ("b", "Xia")):
        office.world.clock.advance(seconds=1)
        office.run(flows.join_list("talk", ticket, person(name)))
    office.run(flows.cancel(first, [f"{first}-2"], by=BUYER))
    assert names(office) == ["Zoe"]
    office.run(flows.cancel(first, by=BUYER))
    assert names(office) == ["Zoe", "Yan"]


def test_who_has_a_place_already_is_offered_none_and_holds_up_nobody() -> None:
    office = on_sale(capacity=2, policy=Policy(one_per_person=True))
    office.reserve()
    order = office.reserve(buyer=person("Bo"), attendees=[person("Bo")]).id
    join(office, "Ana")
    office.run(flows.cancel(order, by=BUYER))
    assert names(office) == []
    assert taken(office) == 1


class Late(MemoryStore):
    """A store in which somebody else is quicker, or which is down for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[StoreError] = []

    def commit(self, commit: Commit) -> None:
        if self.errors and any(isinstance(one, WaitingEntry) for one in _replaced(commit)):
            raise self.errors.pop()
        super().commit(commit)


def _replaced(commit: Commit) -> list[Any]:
    return [stored.record for stored in commit.replaces]


@pytest.mark.parametrize("error", [ExhaustedError("event", 1, 0), StoreError(())])
def test_a_place_that_somebody_else_took_in_the_same_moment_is_not_offered(error: StoreError) -> None:
    store = Late()
    office, order, (zoe,) = sold_out("Zoe", store=store)
    store.errors = [error]
    office.run(flows.cancel(order, by=BUYER))
    assert (names(office), entry(office, zoe).state, taken(office)) == ([], WaitingState.WAITING, 0)
    office.run(flows.reconcile())
    assert (names(office), taken(office)) == (["Zoe"], 1)
    assert wrong(office) == []


def test_an_offer_that_cannot_be_ended_now_is_ended_the_next_time() -> None:
    store = Late()
    office, order, (zoe,) = sold_out("Zoe", store=store)
    office.run(flows.cancel(order, by=BUYER))
    office.world.clock.advance(days=1)
    store.errors = [StoreError(())]
    assert office.run(flows.reconcile()).failed in ((zoe,), ())
    office.run(flows.reconcile())
    assert (entry(office, zoe).state, taken(office)) == (WaitingState.LAPSED, 0)
    assert wrong(office) == []


def test_an_offer_lasts_a_day_and_its_place_as_long() -> None:
    office, order, (zoe,) = sold_out("Zoe")
    office.run(flows.cancel(order, by=BUYER))
    offer = entry(office, zoe).offer
    assert offer is not None
    assert offer.until == office.world.clock.now() + timedelta(days=1)
    assert office.dossier(offer.order).order.hold.until == offer.until
