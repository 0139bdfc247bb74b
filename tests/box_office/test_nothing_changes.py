"""Asked a second time, or for nothing, nothing changes; and what is not there is said to be not there."""

from typing import Any

import pytest
from box_office.both_sides import on_sale, payments, quick, receive, refunds, resend, taken, wrong
from box_office.offices import BUYER, ORGANIZER, Office, person

from paidevents import EUR, IllegalTransitionError, Money, Ticket
from paidevents.access import Purpose, token
from paidevents.box_office import flows
from paidevents.box_office.asks import Recipe
from paidevents.catalog import Actor, Charging, Listing, Role
from paidevents.errors import (
    ExhaustedError,
    InvalidValueError,
    NotAllowedError,
    NotFoundError,
    PriceChangedError,
    RefundRefusedError,
    RefusedError,
    SoldOutError,
)
from paidevents.ports import Commit, MessageKind, Notification, Obligation, Task
from paidevents.stores import MemoryStore
from paidevents.testing.world import KEY, START

TWO = [
    Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR)),
    Ticket(id="vip", name="VIP", price=Money.of("35.00", EUR)),
]


def version(office: Office) -> int:
    stored = office.world.store.get(Listing, "talk")
    assert stored is not None
    return stored.version


def test_a_team_that_has_somebody_already_stays_as_it_is() -> None:
    office = quick()
    helper = Actor(Role.SPEAKER, "45")
    office.run(flows.dismiss("talk", helper, by=ORGANIZER))
    assert version(office) == 1
    assert office.run(flows.appoint("talk", helper, by=ORGANIZER)).team == (helper,)
    office.run(flows.appoint("talk", helper, by=ORGANIZER))
    assert version(office) == 2
    assert office.run(flows.dismiss("talk", helper, by=ORGANIZER)).team == ()
    with pytest.raises(InvalidValueError):
        office.run(flows.appoint("talk", BUYER, by=ORGANIZER))


def test_payment_that_is_switched_on_stays_on() -> None:
    office = quick()
    office.run(flows.switch_payment("talk", on=True, by=ORGANIZER))
    assert version(office) == 1
    assert office.run(flows.switch_payment("talk", on=False, by=ORGANIZER)).event.charging is Charging.SWITCHED_OFF
    office.run(flows.switch_payment("talk", on=False, by=ORGANIZER))
    assert version(office) == 2


def test_sales_that_go_on_are_not_reopened() -> None:
    with pytest.raises(RefusedError, match="not stopped"):
        quick().run(flows.reopen_sales("talk", by=ORGANIZER))


def test_at_the_door_of_an_event_that_is_not_there_no_link_is_good() -> None:
    office = quick()
    order = office.sell().id
    secret = token(KEY, Purpose.JOIN, f"{order}-1", 0)
    seeing = token(KEY, Purpose.RECORDING, f"{order}-1", 0)
    tried: tuple[Recipe[Any], ...] = (
        flows.join("nowhere", f"{order}-1", secret, device="phone"),
        flows.watch("nowhere", "film", f"{order}-1", seeing),
        flows.watch("talk", "film", f"{order}-1", seeing),
        flows.cancel_by_link("nobody-1", secret),
    )
    for recipe in tried:
        with pytest.raises(NotAllowedError, match="not valid"):
            office.run(recipe)


def test_a_device_is_forgotten_and_nothing_of_a_place_that_nobody_has() -> None:
    office = quick()
    order = office.reserve().id
    with pytest.raises(NotFoundError):
        office.run(flows.release_device(order, f"{order}-1", "phone", by=BUYER))
    office.pay(order)
    assert office.run(flows.release_device(order, f"{order}-1", "phone", by=BUYER)).devices == ()


def test_a_recording_is_published_once_and_withdrawn_once() -> None:
    office = quick()
    office.sell()
    film = office.run(flows.attach_recording("talk", id="film", by=ORGANIZER))
    office.world.clock.advance(days=60)
    office.run(flows.reconcile())
    told = office.told()
    assert told.count("recording") == 1
    assert office.run(flows.publish_recording(film.id, by=ORGANIZER)).published_at is not None
    assert office.told() == told
    gone = office.run(flows.withdraw_recording(film.id, by=ORGANIZER))
    assert office.run(flows.withdraw_recording(film.id, by=ORGANIZER)) == gone
    for recipe in (flows.publish_recording("nothing", by=ORGANIZER), flows.withdraw_recording("nothing", by=ORGANIZER)):
        with pytest.raises(NotAllowedError):
            office.run(recipe)


class Quicker(MemoryStore):
    """A store in which somebody else has just taken what is to be taken."""

    is_late = False

    def commit(self, commit: Commit) -> None:
        if self.is_late and commit.takes:
            raise ExhaustedError("ticket/vip", 1, 0)
        super().commit(commit)


def test_another_ticket_is_changed_to_at_the_price_that_was_shown_while_there_is_one() -> None:
    store = Quicker()
    office = quick(store, tickets=TWO)
    order = office.sell().id
    with pytest.raises(PriceChangedError) as refused:
        office.run(flows.change_ticket(order, f"{order}-1", {"vip": 1}, shown=Money.of("34.00", EUR), by=BUYER))
    assert refused.value.quote.charged == Money.of("35.00", EUR)
    store.is_late = True
    with pytest.raises(SoldOutError):
        office.run(flows.change_ticket(order, f"{order}-1", {"vip": 1}, by=BUYER))
    store.is_late = False
    assert office.dossier(order).order.change is None
    office.run(flows.change_ticket(order, f"{order}-1", {"vip": 1}, shown=Money.of("35.00", EUR), by=BUYER))
    assert office.run(flows.checkout(order)).amount == Money.of("15.00", EUR)
    assert wrong(office) == []


def test_nothing_is_confirmed_again_that_was_not_confirmed() -> None:
    office = quick()
    order = office.reserve().id
    with pytest.raises(IllegalTransitionError):
        office.run(flows.resend(order, f"{order}-1", by=BUYER))
    with pytest.raises(InvalidValueError):
        office.run(flows.resend(order, "somebody", by=BUYER))


def test_nothing_is_given_back_that_nobody_paid() -> None:
    office = quick()
    order = office.reserve().id
    with pytest.raises(RefundRefusedError):
        office.run(flows.refund(order, Money.of("1.00", EUR), by=ORGANIZER))
    office.run(flows.refund(order, by=ORGANIZER))
    with pytest.raises(InvalidValueError, match="refund"):
        office.run(flows.drop_refund(order, f"{order}-r1", by=ORGANIZER))
    assert office.dossier(order).refunds == ()


def test_of_an_order_that_is_not_there_nothing_is_known() -> None:
    office = quick()
    tried: tuple[Recipe[Any], ...] = (
        flows.look("nowhere"),
        flows.expire("nowhere"),
        flows.dossier("nowhere"),
        flows.preview("nowhere"),
    )
    for recipe in tried:
        with pytest.raises(NotFoundError):
            office.run(recipe)
    assert office.run(flows.perform("nowhere/1")) is None
    assert not office.run(flows.expire(office.reserve().id))


def test_a_notification_that_names_nothing_that_we_know_is_to_be_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says our reference only, as some do; or nothing at all."""
    office = quick()
    order = office.reserve().id
    office.world.card.pay(office.run(flows.checkout(order)).url)
    card = office.world.card
    for said, answered, stands in (
        (Notification(reference="nowhere"), 503, "p1 open"),
        (Notification(), 503, "p1 open"),
        (Notification(reference=order), 200, "p1 paid"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(card, "notification", lambda headers, body, said=said: said)
            assert receive(office, {}, b"") == answered
        assert payments(office, order) == [stands]
    assert resend(office) == 200


def test_what_is_to_be_told_of_what_is_not_there_is_no_longer_needed() -> None:
    office = quick()
    for number, (event, kind) in enumerate((("gone", MessageKind.CAPACITY_WARNING), ("talk", MessageKind.OFFER))):
        told = Obligation(
            id=f"t{number}",
            task=Task.TELL,
            event=event,
            subject="nobody",
            key="t",
            made_at=START,
            due_at=START,
            message=kind,
        )
        office.world.store.commit(Commit(id=f"t{number}", inserts=(told,)))
    assert office.run(flows.reconcile()).done == 2
    assert (office.told(), office.run(flows.reconcile()).changes) == ([], 0)


def test_an_order_whose_people_are_forgotten_is_given_back_all_the_same() -> None:
    office = on_sale()
    order = office.sell(2).id
    office.run(flows.erase(order, by=ORGANIZER))
    assert (office.dossier(order).account, office.dossier(order).order.buyer) == ("", None)
    with pytest.raises(NotAllowedError):
        office.run(flows.dossier(order, by=BUYER))
    office.run(flows.cancel_event("talk", by=ORGANIZER))
    assert (refunds(office, order), taken(office)) == (["p1 -40.00 places succeeded"], 0)
    assert wrong(office) == []
    assert person("Bo").name == "Bo"
