"""Payments begun: answers that get lost, keys that are forgotten, prices that change (traps 1, 3 and 4)."""

from datetime import timedelta

import pytest
from box_office.both_sides import balances, books, late, on_sale, payments, refunds, resend, taken, wrong
from box_office.offices import BUYER, Office

from paidevents import EUR, Money, Span
from paidevents.box_office import flows
from paidevents.catalog import LatePayment, Policy
from paidevents.errors import RefusedError
from paidevents.lifecycle import OrderState
from paidevents.payments import Snapshot
from paidevents.ports import Obligation, PaymentRequest
from paidevents.providers import Fault

MINUTE = timedelta(minutes=1)


def keys(office: Office, order: str) -> list[str]:
    """The key of every start that was decided on, in order."""
    store, number, found = office.world.store, 1, []
    while (one := store.get(Obligation, f"{order}/{number}")) is not None:
        found += [one.record.key] if one.record.task.value == "start" else []
        number += 1
    return found


def test_an_answer_that_is_lost_is_asked_for_again_under_the_same_key_and_it_is_the_same_checkout() -> None:
    office = on_sale()
    order = office.reserve().id
    office.world.card.script("start", Fault.LOST_ANSWER)
    first = office.run(flows.checkout(order))
    assert (first.url, first.retry_after) == ("", MINUTE)
    assert (books(office), payments(office, order)) == (["open"], ["p1 starting"])
    again = office.run(flows.checkout(order))
    assert again.url.endswith("cs_1") and again.payment == first.payment
    assert (books(office), keys(office, order)) == (["open"], [f"{order}-p1:1"])
    office.world.card.pay(again.url)
    assert office.deliver() == [200, 200]
    assert (payments(office, order), balances(office, order)) == (
        ["p1 paid"],
        {"provider": "20.00", "organizer": "-20.00"},
    )
    assert wrong(office) == []


def test_what_a_crash_left_unanswered_is_started_by_reconciling_under_the_same_key() -> None:
    office = on_sale()
    order = office.reserve().id
    office.world.card.script("start", Fault.GARBLED)
    office.run(flows.checkout(order))
    office.world.clock.advance(minutes=1)
    assert office.run(flows.reconcile()).done == 1
    assert (books(office), keys(office, order)) == (["open"], [f"{order}-p1:1"])
    assert office.run(flows.checkout(order)).url.endswith("cs_1")
    assert wrong(office) == []


def test_a_key_that_the_provider_must_have_forgotten_is_followed_by_the_next_attempt() -> None:
    """Keys are kept for 24 hours: at the 25th hour the old one makes another checkout, and its answer is lost too."""
    office = on_sale(policy=Policy(hold=Span(days=3)))
    order = office.reserve().id
    office.world.card.script("start", Fault.LOST_ANSWER, Fault.LOST_ANSWER)
    office.run(flows.checkout(order))
    office.world.clock.advance(hours=25)
    shown = office.run(flows.checkout(order))
    assert keys(office, order) == [f"{order}-p1:1", f"{order}-p1:2"]
    assert (books(office), shown.url[-4:]) == (["open", "open", "open"], "cs_3")
    office.world.card.pay(shown.url)
    assert [resend(office, index) for index in range(4)] == [200] * 4
    assert books(office) == ["expired", "expired", "paid 20.00"], "what nobody was shown cannot be paid any more"
    assert office.dossier(order).order.state is OrderState.PAID
    assert wrong(office) == []


def test_an_error_that_is_repeated_for_its_key_is_followed_by_the_next_attempt() -> None:
    """Asked at once and after 1, 3, 7 and 15 minutes, it says the same five times."""
    office = on_sale()
    order = office.reserve().id
    office.world.card.script("start", Fault.STICKY_ERROR)
    office.run(flows.checkout(order))
    for wait in (1, 2, 4):
        office.world.clock.advance(minutes=wait)
        office.run(flows.reconcile())
        assert (books(office), keys(office, order)) == ([], [f"{order}-p1:1"])
    office.world.clock.advance(minutes=8)
    office.run(flows.reconcile())
    assert (books(office), keys(office, order)) == (["open"], [f"{order}-p1:1", f"{order}-p1:2"])
    shown = office.run(flows.checkout(order))
    assert shown.expires_at == office.world.clock.now() + timedelta(minutes=31), "its page is open as long as any other"
    office.world.card.pay(shown.url)
    office.deliver()
    assert payments(office, order) == ["p1 paid"]
    assert wrong(office) == []


def test_a_request_that_never_arrived_is_asked_anew_if_its_page_would_close_too_soon() -> None:
    office = on_sale()
    order = office.reserve().id
    office.world.card.script("start", Fault.LOST_REQUEST)
    assert office.run(flows.checkout(order)).retry_after == MINUTE
    office.world.clock.advance(minutes=2)
    shown = office.run(flows.checkout(order))
    assert (books(office), keys(office, order)) == (["open"], [f"{order}-p1:1", f"{order}-p1:2"])
    assert shown.expires_at == office.world.clock.now() + timedelta(minutes=31)
    assert office.dossier(order).order.hold.until == office.world.clock.now() + timedelta(minutes=32)


def test_a_request_that_never_arrived_is_given_up_once_the_places_cannot_be_held_that_long() -> None:
    office = on_sale(policy=Policy(longest_hold=Span(minutes=33)))
    order = office.reserve().id
    office.world.card.script("start", Fault.LOST_REQUEST)
    office.run(flows.checkout(order))
    office.world.clock.advance(minutes=2)
    with pytest.raises(RefusedError, match="does not take this payment"):
        office.run(flows.checkout(order))
    assert (payments(office, order), taken(office)) == (["p1 failed"], 0)


def test_what_is_started_is_announced_before_its_answer_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap 4: the notification comes while the call that starts it has not returned yet."""
    office = on_sale()
    order = office.reserve().id
    card = office.world.card
    start, answered = card.start, list[int]()

    def slow(request: PaymentRequest, *, key: str) -> Snapshot:
        made = start(request, key=key)
        card.pay(made)
        answered.extend(office.deliver())
        return made

    monkeypatch.setattr(card, "start", slow)
    shown = office.run(flows.checkout(order))
    assert (answered, shown.is_paid) == ([200, 200], True)
    assert (books(office), payments(office, order)) == (["paid 20.00"], ["p1 paid"])
    assert office.told() == ["confirmation"]
    assert wrong(office) == []


def test_what_an_earlier_attempt_opened_is_told_while_the_next_one_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both are payments of the order: the buyer is shown one, and the other can be paid no more once that is paid."""
    office = on_sale()
    order = office.reserve().id
    card = office.world.card
    card.script("start", Fault.LOST_ANSWER)
    office.run(flows.checkout(order))
    start = card.start

    def slow(request: PaymentRequest, *, key: str) -> Snapshot:
        made = start(request, key=f"{key}:forgotten")
        office.deliver()
        return made

    monkeypatch.setattr(card, "start", slow)
    shown = office.run(flows.checkout(order))
    assert (books(office), payments(office, order)) == (["open", "open"], ["p1 open", "p2 open"])
    card.pay(shown.url)
    office.deliver()
    assert sorted(payments(office, order)) == ["p1 paid", "p2 expired"]
    assert wrong(office) == []


def test_money_that_comes_where_nobody_was_shown_to_pay_is_the_orders_all_the_same() -> None:
    """The answer was lost for good, and the order has run out; then somebody pays at the address that we never knew."""
    office = on_sale(policy=late(LatePayment.REFUND))
    order = office.reserve().id
    office.world.card.script("start", Fault.LOST_ANSWER)
    office.run(flows.checkout(order))
    office.world.card.pay("cs_1")
    office.world.clock.set(office.dossier(order).order.hold.until)
    office.run(flows.expire(order))
    assert (payments(office, order), office.dossier(order).order.state) == (["p1 expired"], OrderState.EXPIRED)
    assert resend(office) == 200
    assert (books(office), payments(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 paid"])
    assert refunds(office, order) == ["p1 -20.00 late succeeded"]
    assert (balances(office, order), office.told()) == ({}, ["money_returned"])
    assert wrong(office) == []


def test_a_payment_that_is_not_ours_becomes_one_if_it_names_our_order() -> None:
    """Two answers were lost, and their keys forgotten: all three checkouts are known once something is told of them."""
    office = on_sale()
    order = office.reserve().id
    office.world.card.script("start", Fault.LOST_ANSWER, Fault.FORGET_KEYS)
    office.run(flows.checkout(order))
    shown = office.run(flows.checkout(order))
    assert (books(office), payments(office, order)) == (["open", "open"], ["p1 open"])
    office.world.card.pay("cs_1")  # somebody had the address from the provider's own mail
    assert office.deliver() == [200, 200, 200]
    assert (books(office), payments(office, order)) == (["paid 20.00", "expired"], ["p1 expired", "p2 paid"])
    assert shown.payment == f"{order}-p1"
    assert wrong(office) == []


def test_what_costs_something_else_by_now_is_another_payment_and_the_old_one_is_voided() -> None:
    """Trap 3: two places at 20.00 were to be paid; one of them is given up before. A key is never used for another amount."""
    office = on_sale()
    order = office.reserve(2).id
    first = office.run(flows.checkout(order))
    office.run(flows.cancel(order, [f"{order}-2"], by=BUYER))
    second = office.run(flows.checkout(order))
    assert (first.amount, second.amount) == (Money.of("40.00", EUR), Money.of("20.00", EUR))
    assert (books(office), payments(office, order)) == (["expired", "open"], ["p1 expired", "p2 open"])
    assert keys(office, order) == [f"{order}-p1:1", f"{order}-p2:1"]
    office.world.card.pay(second.url)
    office.deliver()
    assert balances(office, order) == {"provider": "20.00", "organizer": "-20.00"}
    assert wrong(office) == []


def test_what_was_paid_at_the_old_price_in_the_last_moment_is_taken_and_the_rest_goes_back() -> None:
    office = on_sale()
    order = office.reserve(2).id
    first = office.run(flows.checkout(order))
    office.world.card.pay(first.url)
    office.run(flows.cancel(order, [f"{order}-2"], by=BUYER))
    office.run(flows.checkout(order))  # it is voided first, and the provider says that it is paid
    assert books(office)[0] == "paid 40.00 -20.00 succeeded"
    assert (payments(office, order)[0], refunds(office, order)) == ("p1 paid", ["p1 -20.00 surplus succeeded"])
    office.deliver()
    assert books(office)[1:] in ([], ["expired"])
    assert (taken(office), office.dossier(order).order.state) == (1, OrderState.PAID)
    assert wrong(office) == []
