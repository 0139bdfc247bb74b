"""Money that is set aside first, and calls to a provider that it does not answer as one would like."""

from datetime import timedelta

import pytest
from attrs import evolve
from box_office.both_sides import balances, books, on_sale, payments, quick, refunds, stuck, taken, wait, wrong
from box_office.offices import BUYER, ORGANIZER, Office

from paidevents import Money, Span
from paidevents.box_office import flows
from paidevents.catalog import Approval, Capture, LatePayment, Policy
from paidevents.errors import RequestRejectedError
from paidevents.lifecycle import OrderState
from paidevents.payments import PaymentRef, RefundSnapshot, Snapshot
from paidevents.providers import Fault

ON_APPROVAL = Policy(approval=Approval.MANUAL, capture=Capture.ON_APPROVAL)


def set_aside(policy: Policy = ON_APPROVAL, places: int = 1) -> tuple[Office, str]:
    """An order whose money is set aside, and waits for the organizer."""
    office = on_sale(policy=policy)
    order = office.reserve(places).id
    office.world.card.pay(office.run(flows.checkout(order)).url)
    office.deliver()
    assert office.dossier(order).order.state is OrderState.AUTHORIZED
    return office, order


def test_what_is_approved_is_taken_and_then_they_are_let_in() -> None:
    office, order = set_aside()
    assert (books(office), balances(office, order)) == (["authorized"], {})
    assert office.told() == ["awaiting_approval", "approval_needed"]
    office.run(flows.approve(order, by=ORGANIZER))
    assert (books(office), payments(office, order)) == (["paid 20.00"], ["p1 paid"])
    assert (office.dossier(order).order.state, office.told()[-1]) == (OrderState.PAID, "confirmation")
    assert wrong(office) == []


def test_what_is_refused_is_let_go_of_and_costs_nothing() -> None:
    office, order = set_aside()
    office.run(flows.refuse(order, by=ORGANIZER))
    assert (books(office), payments(office, order)) == (["expired"], ["p1 expired"])
    assert (refunds(office, order), balances(office, order), taken(office)) == ([], {}, 0)
    assert wrong(office) == []


@pytest.mark.parametrize(("policy", "days"), [(ON_APPROVAL, 7), (evolve(ON_APPROVAL, decide_within=Span(days=2)), 2)])
def test_what_is_not_decided_in_time_is_let_go_of(policy: Policy, days: int) -> None:
    """A card keeps money for seven days; the organizer may have set less."""
    office, order = set_aside(policy)
    assert office.dossier(order).order.hold.until == office.world.clock.now() + timedelta(days=days)
    office.world.clock.advance(days=days)
    office.run(flows.reconcile())
    assert (books(office), payments(office, order)) == (["expired"], ["p1 expired"])
    assert (office.dossier(order).order.state, taken(office)) == (OrderState.EXPIRED, 0)
    assert wrong(office) == []


def test_what_a_provider_sets_aside_by_itself_is_taken_at_once() -> None:
    """As PayPal does with every payment; nobody has to approve it."""
    office = quick()
    order = office.reserve().id
    office.world.card.authorize(office.run(flows.checkout(order)).url)
    assert office.deliver() == [200, 200]
    assert (books(office), payments(office, order)) == (["paid 20.00"], ["p1 paid"])
    assert office.dossier(order).order.state is OrderState.PAID
    assert wrong(office) == []


def test_what_is_set_aside_too_late_is_let_go_of_free_of_charge() -> None:
    office = quick(policy=Policy(late_payments=LatePayment.REFUND))
    order = office.reserve().id
    page = office.run(flows.checkout(order)).url
    office.world.card.authorize(page)
    office.world.clock.advance(minutes=32)
    office.world.card.script("void", Fault.LOST_REQUEST)
    assert not office.run(flows.expire(order))
    office.run(flows.cancel(order, by=BUYER))
    assert (books(office), refunds(office, order)) == (["expired"], [])
    assert wrong(office) == []


def test_a_capture_that_is_declined_leaves_nobody_in() -> None:
    office, order = set_aside()
    office.world.card.script("capture", Fault.DECLINE)
    office.run(flows.approve(order, by=ORGANIZER))
    assert (books(office), payments(office, order)) == (["failed"], ["p1 failed"])
    assert (office.dossier(order).order.state, taken(office)) == (OrderState.EXPIRED, 0)
    assert wrong(office) == []


def test_a_capture_that_is_rejected_while_the_money_is_set_aside_is_left_to_a_person() -> None:
    office, order = set_aside()
    office.world.card.script("capture", Fault.REJECT)
    office.run(flows.approve(order, by=ORGANIZER))
    assert (books(office), payments(office, order)) == (["authorized"], ["p1 authorized"])
    assert (stuck(office), office.told()[-1]) == (["capture still_set_aside"], "task_stuck")
    office.world.card.expire("cs_1")
    office.deliver()
    assert (office.dossier(order).order.state, taken(office)) == (OrderState.EXPIRED, 0)


def test_a_capture_is_rejected_and_nobody_can_be_asked_why() -> None:
    office, order = set_aside()
    office.world.card.script("capture", Fault.REJECT)
    office.world.card.script("fetch", Fault.LOST_REQUEST)
    office.run(flows.approve(order, by=ORGANIZER))
    assert (stuck(office), payments(office, order)) == ([], ["p1 authorized"])
    wait(office, 1)
    assert stuck(office) == ["capture still_set_aside"], "the key says the same again, and then it is looked at"


def test_a_capture_that_was_made_is_found_before_it_is_asked_for_again() -> None:
    office, order = set_aside()
    office.world.card.script("capture", Fault.LOST_ANSWER)
    office.run(flows.approve(order, by=ORGANIZER))
    office.deliver()
    assert payments(office, order) == ["p1 paid"], "the notification was quicker"
    wait(office, 1)
    assert (books(office), stuck(office)) == (["paid 20.00"], [])
    assert wrong(office) == []


def test_a_void_that_is_rejected_is_looked_at_and_no_more() -> None:
    """It cannot be voided, for it is paid: that is all there is to know."""
    office = quick()
    order = office.reserve().id
    page = office.run(flows.checkout(order)).url
    office.world.card.script("void", Fault.REJECT)
    office.world.card.pay(page)
    office.run(flows.cancel(order, by=BUYER))
    assert (books(office), refunds(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 -20.00 late succeeded"])
    assert wrong(office) == []


def test_a_page_that_cannot_be_closed_when_the_hold_is_over_is_looked_at_first() -> None:
    for is_paid in (False, True):
        office = quick()
        order = office.reserve().id
        page = office.run(flows.checkout(order)).url
        if is_paid:
            office.world.card.pay(page)
        office.world.clock.advance(minutes=32)
        office.world.card.script("void", Fault.REJECT)
        assert office.run(flows.expire(order)) is not is_paid
        assert (taken(office), stuck(office)) == (int(is_paid), [])
        assert wrong(office) == []


def test_a_transfer_is_no_longer_waited_for_when_the_hold_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nobody to ask; and if even that is rejected, the places are kept to the last moment."""
    office = quick()
    order = office.reserve()
    office.run(flows.checkout(order.id, provider="bank_transfer"))
    assert office.run(flows.look(order.id)) is False
    office.world.clock.set(office.dossier(order.id).order.hold.until)

    def rejected(ref: PaymentRef, *, key: str) -> Snapshot:
        raise RequestRejectedError("bank_transfer", "no")

    with monkeypatch.context() as patch:
        patch.setattr(office.world.bank, "void", rejected)
        assert not office.run(flows.expire(order.id))
        assert taken(office) == 1
    assert office.run(flows.expire(order.id))
    assert (payments(office, order.id), taken(office)) == (["p1 expired"], 0)
    assert wrong(office) == []


def test_a_void_of_what_nobody_can_look_at_is_done_when_it_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    office = quick()
    order = office.reserve().id
    office.run(flows.checkout(order, provider="bank_transfer"))

    def rejected(ref: PaymentRef, *, key: str) -> Snapshot:
        raise RequestRejectedError("bank_transfer", "no")

    monkeypatch.setattr(office.world.bank, "void", rejected)
    office.run(flows.cancel(order, by=BUYER))
    assert (payments(office, order), stuck(office)) == (["p1 open"], [])
    assert office.run(flows.reconcile()).changes == 0


def test_a_refund_that_is_rejected_after_it_was_made_stays_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notification tells of it while the provider still answers that it will not."""
    office = quick()
    order = office.sell().id
    card = office.world.card
    refund = card.refund

    def twice(ref: PaymentRef, amount: Money, *, key: str) -> RefundSnapshot:
        refund(ref, amount, key=key)
        office.run(flows.look(order))
        raise RequestRejectedError(card.name, "already_refunded")

    monkeypatch.setattr(card, "refund", twice)
    office.run(flows.cancel(order, by=BUYER))
    assert (books(office), refunds(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 -20.00 places succeeded"])
    assert office.told() == ["confirmation", "cancelled", "refunded"]
    assert wrong(office) == []


def test_a_refund_that_was_settled_before_it_was_asked_for_is_not_asked_for() -> None:
    """The box office leaves it to whoever reconciles; meanwhile the organizer makes it by hand."""
    office = Office(at_once=False)
    on_sale(office)
    order = office.reserve().id
    page = office.run(flows.checkout(order)).url
    office.world.card.pay(page)
    office.run(flows.look(order))
    office.run(flows.cancel(order, by=BUYER))
    assert refunds(office, order) == ["p1 -20.00 places requested"]
    office.world.card.refund_in_dashboard("cs_1", office.dossier(order).refunds[0].amount)
    office.run(flows.look(order))
    office.run(flows.reconcile())
    assert (books(office), refunds(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 -20.00 places succeeded"])
    assert wrong(office) == []
