"""Notifications: twice, late, in any order, forged, garbled, lost, of the wrong mode, of what nobody knows yet (traps 4, 5, 16, 17, 18)."""

import itertools
from datetime import timedelta

import pytest
from box_office.both_sides import balances, books, on_sale, payments, receive, resend, taken, wrong
from box_office.offices import ORGANIZER, Office, talk

from paidevents.box_office import BoxOffice, flows
from paidevents.catalog import Provider
from paidevents.errors import RefusedError
from paidevents.lifecycle import OrderState
from paidevents.payments import PaymentRef, Snapshot
from paidevents.ports import Dossier
from paidevents.providers import FakeProvider, Fault
from paidevents.testing.world import KEY, VirtualClock

Sent = tuple[dict[str, str], bytes]


def version(office: Office, order: str) -> int:
    stored = office.world.store.get(Dossier, order)
    assert stored is not None
    return stored.version


def paid_but_not_told() -> tuple[Office, str, tuple[Sent, ...]]:
    """An order that is paid, of which the buyer's payment was told by nobody yet."""
    office = on_sale()
    order = office.reserve().id
    office.world.card.pay(office.run(flows.checkout(order)).url)
    return office, order, office.world.card.notifications()


def test_told_twice_a_payment_is_taken_once_and_the_second_time_nothing_is_written() -> None:
    office, order, sent = paid_but_not_told()
    assert [receive(office, *one) for one in sent] == [200, 200]
    before = version(office, order)
    assert [receive(office, *one) for one in (*sent, *reversed(sent))] == [200] * 4
    assert (version(office, order), office.told()) == (before, ["confirmation"])
    assert balances(office, order) == {"provider": "20.00", "organizer": "-20.00"}
    assert wrong(office) == []


@pytest.mark.parametrize("turn", list(itertools.permutations(range(4))))
def test_in_whatever_order_they_come_the_end_is_what_the_provider_says(turn: tuple[int, ...]) -> None:
    """Opened, declined, paid, given back by a person: the last of them is what is true, whichever is told last."""
    office, order, _ = paid_but_not_told_after_a_decline()
    sent = office.world.card.notifications()
    assert [receive(office, *sent[number]) for number in turn] == [200] * 4
    assert (books(office), payments(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 paid"])
    assert (office.dossier(order).received.minor, balances(office, order)) == (0, {})
    assert wrong(office) == []


def paid_but_not_told_after_a_decline() -> tuple[Office, str, tuple[Sent, ...]]:
    office = on_sale()
    order = office.reserve().id
    card = office.world.card
    shown = office.run(flows.checkout(order))
    card.decline_next()
    card.pay(shown.url)
    paid = card.pay(shown.url)
    card.refund_in_dashboard(paid, paid.requested)
    return office, order, card.notifications()


def test_expired_is_told_after_paid_and_changes_nothing() -> None:
    """Two checkouts of one order: one ran out, the other is paid, and that it ran out is told last."""
    office = on_sale()
    order = office.reserve(2).id
    office.run(flows.checkout(order))
    office.run(flows.cancel(order, [f"{order}-2"], by=ORGANIZER))
    office.world.card.pay(office.run(flows.checkout(order)).url)
    sent = office.world.card.notifications()
    assert [receive(office, *one) for one in reversed(sent)] == [200] * 4
    assert payments(office, order) == ["p1 expired", "p2 paid"]
    assert (taken(office), office.dossier(order).order.state) == (1, OrderState.PAID)
    assert wrong(office) == []


def test_what_is_told_while_it_is_being_told_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The buyer's browser comes back while the notification is at work: both asked, one writes, and one is told nothing new."""
    office, order, sent = paid_but_not_told()
    card = office.world.card
    fetch, between = card.fetch, [1, 1]

    def slow(ref: PaymentRef) -> Snapshot:
        seen = fetch(ref)
        if between:
            between.pop()
            office.run(flows.look(order))
        return seen

    monkeypatch.setattr(card, "fetch", slow)
    assert receive(office, *sent[-1]) == 200
    assert (office.told(), payments(office, order)) == (["confirmation"], ["p1 paid"])
    assert wrong(office) == []


@pytest.mark.parametrize("wrong", ["no header", "other secret", "other body", "too old", "to come", "two of a header"])
def test_what_is_forged_is_answered_with_400_and_nothing_of_it_is_used(wrong: str) -> None:
    office, order, sent = paid_but_not_told()
    (headers, body), clock = sent[-1], office.world.clock
    before = version(office, order)
    if wrong == "no header":
        headers = {}
    elif wrong == "other secret":
        headers = FakeProvider("card:test", clock=clock, secrets=[b"a secret that the account does not know"]).signed(
            body
        )
    elif wrong == "other body":
        body = body.replace(b"cs_1", b"cs_2")
    elif wrong == "too old":
        clock.advance(seconds=301)
    elif wrong == "to come":
        clock.advance(seconds=-301)
    else:
        headers = {**headers, **{name.upper(): value for name, value in headers.items()}}
    assert receive(office, headers, body) == 400
    assert (version(office, order), payments(office, order), office.told()) == (before, ["p1 open"], [])


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"id": 1}', b'{"kind": "payment.paid"}', b'{"id": "a", "id": "b"}', b"\xff"]
)
def test_what_is_signed_and_cannot_be_read_is_answered_with_400(body: bytes) -> None:
    office, order, _ = paid_but_not_told()
    assert receive(office, office.world.card.signed(body), body) == 400
    assert payments(office, order) == ["p1 open"]


def test_what_is_about_something_else_is_answered_with_200() -> None:
    office, order, _ = paid_but_not_told()
    office.world.card.announce("payout.paid")
    assert resend(office) == 200
    assert payments(office, order) == ["p1 open"]


def test_of_what_nobody_knows_yet_it_is_answered_that_it_is_to_be_sent_again() -> None:
    """Trap 4: the store that the web server asks lags behind; a moment later it knows the order."""
    office, order, sent = paid_but_not_told()
    behind = on_sale()
    other = BoxOffice(behind.world.store, [office.world.card], key=KEY, clock=office.world.clock)
    assert other.receive("card:test", *sent[-1]) == 503
    assert behind.run(flows.dossiers("talk", by=ORGANIZER)) == ()
    assert receive(office, *sent[-1]) == 200
    assert payments(office, order) == ["p1 paid"]


def test_a_notification_that_knows_no_order_of_ours_is_resolved_by_the_name_of_the_payment() -> None:
    office, order, _ = paid_but_not_told()
    said = b'{"id": "evt_9", "ref": "cs_1", "reference": "elsewhere", "kind": "payment.paid"}'
    assert receive(office, office.world.card.signed(said), said) == 200
    assert payments(office, order) == ["p1 paid"]
    assert wrong(office) == []


def test_a_notification_that_names_another_order_than_the_provider_does_changes_neither() -> None:
    """It says that what one order paid was for the other: asked, the provider knows better."""
    office, order, _ = paid_but_not_told()
    other = office.reserve().id
    office.run(flows.checkout(other))
    said = b'{"id": "evt_9", "ref": "cs_1", "reference": "%s", "kind": "payment.paid"}' % other.encode()
    assert receive(office, office.world.card.signed(said), said) == 200
    assert (payments(office, order), payments(office, other)) == (["p1 open"], ["p1 open"])


def test_while_the_provider_is_down_it_is_to_be_sent_again_and_then_it_is_taken() -> None:
    office, order, sent = paid_but_not_told()
    for fault in (Fault.LOST_REQUEST, Fault.LOST_ANSWER, Fault.GARBLED):
        office.world.card.script("fetch", fault)
        assert receive(office, *sent[-1]) == 503
    assert payments(office, order) == ["p1 open"]
    assert receive(office, *sent[-1]) == 200
    assert payments(office, order) == ["p1 paid"]
    assert wrong(office) == []


def test_what_was_never_told_is_found_by_reconciling() -> None:
    """Trap 17: whatever was sent within three days is lost, on both sides of the money."""
    office, order, _ = paid_but_not_told()
    assert office.run(flows.reconcile()).news == 1
    assert (payments(office, order), office.told()) == (["p1 paid"], ["confirmation"])
    office.run(flows.cancel(order, by=ORGANIZER))
    assert wrong(office) == []


def test_reconciling_goes_on_with_the_others_where_one_provider_does_not_answer() -> None:
    office = on_sale()
    first, second = (office.reserve().id for _ in range(2))
    for order in (first, second):
        office.world.card.pay(office.run(flows.checkout(order)).url)
    office.world.card.script("fetch", Fault.LOST_REQUEST, Fault.LOST_REQUEST)
    done = office.run(flows.reconcile())
    assert (done.changes, done.failed) == (0, (first, second)), "of what nobody said nothing is concluded"
    office.world.card.script("fetch", Fault.LOST_REQUEST)
    done = office.run(flows.reconcile())
    assert (done.news, done.failed) == (2, ())
    assert [payments(office, order) for order in (first, second)] == [["p1 paid"], ["p1 paid"]]
    assert wrong(office) == []


def test_what_a_test_account_takes_never_pays_for_a_place_that_is_sold_live() -> None:
    """Trap 18: the mode is part of the name, so a payment of one is never that of the other."""
    office, order, sent = paid_but_not_told()
    live = FakeProvider("card:live", clock=office.world.clock)
    box = BoxOffice(office.world.store, [live], key=KEY, clock=office.world.clock)
    assert box.receive("card:live", *sent[-1]) == 503, "it is signed with the same secret, and nobody knows it there"
    assert box.receive("card:test", *sent[-1]) == 503, "there is no such account here"
    assert payments(office, order) == ["p1 open"]
    with pytest.raises(RefusedError, match="of another mode"):
        mixed = FakeProvider("card:live", "acct_1", clock=office.world.clock, broken=["mode_differs"])
        BoxOffice(office.world.store, [mixed], key=KEY).run(flows.connect("42", "card:live", "acct_1", by=ORGANIZER))


def test_where_real_money_can_be_taken_what_is_only_a_test_takes_none() -> None:
    clock = VirtualClock()
    office = Office(providers=[FakeProvider("card:live", clock=clock)], clock=clock)
    office.publish(talk(providers=[Provider(name="card")]))
    order = office.reserve().id
    with pytest.raises(RefusedError, match="Nothing can be paid with card here"):
        office.run(flows.checkout(order, provider="card:test"))
    assert office.run(flows.checkout(order, provider="card:live")).url == "https://pay.example/card:live/cs_1"
    assert (books(office), office.dossier(order).payments[0].provider) == ([], "card:live")


def test_a_signature_is_good_for_five_minutes_before_and_after() -> None:
    office, _, sent = paid_but_not_told()
    begun = office.world.clock.now()
    for seconds, answered in ((-300, 200), (300, 200), (301, 400)):
        office.world.clock.set(begun + timedelta(seconds=seconds))
        assert receive(office, *sent[-1]) == answered
