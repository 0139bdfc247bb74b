"""Starts that are answered in another way, and what is tried in vain."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from attrs import evolve
from box_office.both_sides import books, payments, quick, wait
from box_office.offices import BUYER

from paidevents.box_office import flows
from paidevents.errors import OutcomeUnknownError
from paidevents.payments import Snapshot
from paidevents.ports import Obligation, PaymentRequest
from paidevents.providers import Fault


def test_what_is_due_waits_longer_each_time_it_is_tried_in_vain() -> None:
    """After 1, 2, 4 minutes and so on; never more than six hours, and always under the same key."""
    office = quick()
    order = office.sell().id
    office.world.card.script("refund", *[Fault.LOST_REQUEST] * 20)
    office.run(flows.cancel(order, by=BUYER))
    tried = list[datetime]()
    for _ in range(60 * 24):
        office.world.clock.advance(minutes=1)
        if office.run(flows.reconcile()).done:
            tried.append(office.world.clock.now())
    waits = [(later - earlier) // timedelta(minutes=1) for earlier, later in pairwise(tried)]
    assert waits[:9] == [2, 4, 8, 16, 32, 64, 128, 256, 360]
    (refund,) = office.dossier(order).refunds
    assert refund.key == f"{order}-r1:1"


def test_a_start_that_was_answered_by_its_notification_is_not_asked_again() -> None:
    office = quick()
    order = office.reserve().id
    office.world.card.script("start", Fault.LOST_ANSWER)
    office.run(flows.checkout(order))
    office.deliver()
    wait(office, 1)
    assert (books(office), payments(office, order)) == (["open"], ["p1 open"])
    assert office.world.store.find(Obligation, "order", order) == ()


def test_a_start_that_fails_for_the_fifth_time_while_its_notification_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    office = quick()
    order = office.reserve().id
    card = office.world.card
    start, calls = card.start, list[str]()

    def failing(request: PaymentRequest, *, key: str) -> Snapshot:
        calls.append(key)
        if len(calls) == 5:
            start(evolve(request, expires_at=None), key=key)
            office.deliver()
        raise OutcomeUnknownError(card.name, "internal_error")

    monkeypatch.setattr(card, "start", failing)
    office.run(flows.checkout(order))
    wait(office, 1, 2, 4, 8, 16)
    assert (set(calls), len(calls)) == ({f"{order}-p1:1"}, 5)
    assert payments(office, order) == ["p1 open"]


def test_two_answers_to_one_start_are_two_payments_of_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that came before is known by its notification; the one that is answered has another name."""
    office = quick()
    order = office.reserve().id
    card = office.world.card
    card.script("start", Fault.LOST_ANSWER)
    office.run(flows.checkout(order))
    start, sent = card.start, card.notifications()

    def slow(request: PaymentRequest, *, key: str) -> Snapshot:
        made = start(request, key=f"{key}:forgotten")
        assert office.run(flows.receive(card.name, *sent[0], account=card.account)) == 200
        return made

    monkeypatch.setattr(card, "start", slow)
    office.run(flows.checkout(order))
    assert (books(office), payments(office, order)) == (["open", "open"], ["p1 open", "p2 open"])
