"""Money given back: once, whatever gets lost; also by a person at the provider, and if it fails days later (traps 2, 11 and 13)."""

from datetime import timedelta
from typing import Any

import pytest
from box_office.both_sides import (
    balances,
    books,
    on_sale,
    payments,
    record,
    refunds,
    resend,
    stuck,
    taken,
    with_till,
    wrong,
)
from box_office.offices import BUYER, ORGANIZER, Office

from paidevents import EUR, IllegalTransitionError, Money
from paidevents.box_office import flows
from paidevents.catalog import Policy, Refunding
from paidevents.errors import RefundRefusedError
from paidevents.lifecycle import OrderState
from paidevents.money import ProviderLimits
from paidevents.payments import RefundPurpose
from paidevents.ports import Capability
from paidevents.providers import Fault
from paidevents.reports import OwedKind


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def cancelled(*faults: Fault, places: int = 1, **changed: Any) -> tuple[Office, str]:
    """An order that was paid and is given up; the refund meets with *faults*."""
    office = on_sale(**changed)
    order = office.sell(places).id
    office.world.card.script("refund", *faults)
    office.run(flows.cancel(order, by=BUYER))
    return office, order


def attempts(office: Office, order: str) -> list[str]:
    return [refund.key.removeprefix(f"{order}-") for refund in office.dossier(order).refunds]


@pytest.mark.parametrize("fault", [Fault.LOST_ANSWER, Fault.GARBLED, Fault.LOST_REQUEST])
def test_a_refund_whose_answer_is_lost_is_made_once(fault: Fault) -> None:
    """Trap 2: the same key, and never another one: the provider is looked at before it is asked again."""
    office, order = cancelled(fault)
    assert refunds(office, order) == ["p1 -20.00 places requested"]
    assert balances(office, order) == {"buyer": "-20.00", "provider": "20.00"}, "until it is known, it is owed"
    office.world.clock.advance(minutes=1)
    office.run(flows.reconcile())
    assert (books(office), attempts(office, order)) == (["paid 20.00 -20.00 succeeded"], ["r1:1"])
    assert (refunds(office, order), balances(office, order)) == (["p1 -20.00 places succeeded"], {})
    assert office.told()[1:] == ["cancelled", "refunded"]
    assert wrong(office) == []


def test_a_refund_that_a_notification_tells_of_is_not_asked_for_again() -> None:
    office, order = cancelled(Fault.LOST_ANSWER)
    assert resend(office) == 200
    assert refunds(office, order) == ["p1 -20.00 places succeeded"]
    office.world.clock.advance(hours=1)
    office.run(flows.reconcile())
    assert (books(office), office.told()[1:]) == (["paid 20.00 -20.00 succeeded"], ["cancelled", "refunded"])
    assert wrong(office) == []


def test_a_refund_that_is_unknown_for_longer_than_its_key_is_kept_is_left_to_a_person() -> None:
    """After 24 hours the key is forgotten, so it is never used blindly: what the provider shows is looked at, and no more."""
    office, order = cancelled(Fault.STICKY_ERROR)
    for _ in range(30):
        office.world.clock.advance(hours=1)
        office.run(flows.reconcile())
    assert (books(office), attempts(office, order)) == (["paid 20.00"], ["r1:1"])
    assert (stuck(office), office.told()[1:]) == (["refund key_forgotten"], ["cancelled", "task_stuck"])
    assert wrong(office) == []
    office.world.card.refund_in_dashboard("cs_1", euros("20.00"))
    assert resend(office) == 200
    assert (refunds(office, order), balances(office, order)) == (["p1 -20.00 places succeeded"], {})
    assert wrong(office) == []


def test_a_refund_that_was_made_although_its_key_is_forgotten_is_found_by_looking() -> None:
    office, order = cancelled(Fault.LOST_ANSWER)
    office.world.clock.advance(days=2)
    office.world.card.script("refund", Fault.FORGET_KEYS)
    office.run(flows.reconcile())
    assert (books(office), refunds(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 -20.00 places succeeded"])
    assert wrong(office) == []


def test_while_the_provider_cannot_be_looked_at_nothing_is_given_back() -> None:
    office, order = cancelled(Fault.LOST_ANSWER)
    office.world.clock.advance(minutes=1)
    office.world.card.script("fetch", *[Fault.LOST_REQUEST] * 3)
    assert office.run(flows.reconcile()).failed == (order,)
    assert (refunds(office, order), attempts(office, order)) == (["p1 -20.00 places requested"], ["r1:1"])
    office.world.clock.advance(minutes=2)
    office.run(flows.reconcile())
    assert books(office) == ["paid 20.00 -20.00 succeeded"]
    assert wrong(office) == []


def test_what_is_promised_cannot_be_promised_twice() -> None:
    """Trap 11: 20.00 were paid; while 15.00 are on their way, no more than 5.00 are left to give."""
    office = on_sale()
    order = office.sell().id
    office.world.card.script("refund", Fault.PENDING_REFUND)
    office.run(flows.refund(order, euros("15.00"), by=ORGANIZER))
    with pytest.raises(RefundRefusedError):
        office.run(flows.refund(order, euros("5.01"), by=ORGANIZER))
    office.run(flows.refund(order, euros("5.00"), by=ORGANIZER))
    assert books(office) == ["paid 20.00 -15.00 pending -5.00 succeeded"]
    assert refunds(office, order) == ["p1 -15.00 goodwill pending", "p1 -5.00 goodwill succeeded"]
    assert (office.dossier(order).order.state, taken(office)) == (OrderState.PAID, 1), "nobody loses a place over it"


def test_a_refund_that_fails_after_it_had_succeeded_is_owed_again_and_made_under_another_key() -> None:
    office, order = cancelled(Fault.PENDING_REFUND)
    assert refunds(office, order) == ["p1 -20.00 places pending"]
    office.world.card.complete_refund("re_1")
    office.deliver()
    assert (refunds(office, order), balances(office, order)) == (["p1 -20.00 places succeeded"], {})
    office.world.clock.advance(days=5)
    office.world.card.fail_refund("re_1")
    office.deliver()
    assert refunds(office, order) == ["p1 -20.00 places failed"]
    assert balances(office, order) == {"buyer": "-20.00", "provider": "20.00"}
    assert office.told()[1:] == ["cancelled", "refunded", "refund_failed"]
    (row,) = [one for one in office.run(flows.owed("talk", by=ORGANIZER)).rows if one.is_to_buyer]
    assert (row.kind, row.amount) == (OwedKind.REFUND_FAILED, euros("20.00"))
    assert wrong(office) == []
    office.run(flows.refund(order, by=ORGANIZER))
    assert (books(office), attempts(office, order)) == (["paid 20.00 -20.00 failed -20.00 succeeded"], ["r1:2"])
    assert (refunds(office, order), balances(office, order)) == (["p1 -20.00 places succeeded"], {})
    assert wrong(office) == []


@pytest.mark.parametrize("fault", [Fault.REJECT, Fault.FAILED_REFUND])
def test_a_refund_that_the_provider_does_not_make_is_owed_until_the_organizer_tries_again(fault: Fault) -> None:
    """Too little money there, say: the same key would say the same for ever."""
    office, order = cancelled(fault)
    assert (refunds(office, order), office.told()[1:]) == (["p1 -20.00 places failed"], ["cancelled", "refund_failed"])
    for _ in range(3):
        office.world.clock.advance(days=1)
        office.run(flows.reconcile())
    assert attempts(office, order) == ["r1:1"], "a new attempt is a decision of its own"
    office.run(flows.refund(order, by=ORGANIZER))
    assert (refunds(office, order), attempts(office, order)) == (["p1 -20.00 places succeeded"], ["r1:2"])
    assert wrong(office) == []


def test_a_refund_comes_too_late_for_the_provider_and_is_settled_in_another_way() -> None:
    kept = timedelta(hours=24)
    limits = ProviderLimits(
        provider="own", shortest_checkout=timedelta(minutes=30), key_retention=kept, refund_window=kept
    )
    office, own = with_till(limits=limits)
    order = office.reserve().id
    own.pay(office.run(flows.checkout(order)).url)
    office.run(flows.look(order))
    office.world.clock.advance(days=2)
    office.run(flows.cancel(order, by=BUYER))
    assert refunds(office, order) == ["p1 -20.00 places failed"]
    office.run(flows.drop_refund(order, f"{order}-r1", by=ORGANIZER))
    assert (refunds(office, order), own.payments()[0].refunds) == (["p1 -20.00 places dropped"], ())
    with pytest.raises(IllegalTransitionError):
        office.run(flows.drop_refund(order, f"{order}-r1", by=ORGANIZER))


def test_refunds_that_the_organizer_makes_are_owed_until_asked_for() -> None:
    office, order = cancelled(policy=Policy(refunds=Refunding.OWED))
    assert (books(office), refunds(office, order)) == (["paid 20.00"], ["p1 -20.00 places owed"])
    assert wrong(office) == []
    office.run(flows.refund(order, by=ORGANIZER))
    assert (books(office), refunds(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 -20.00 places succeeded"])
    assert wrong(office) == []


def test_what_a_person_gives_back_at_the_provider_settles_what_was_owed() -> None:
    """Trap 13, CM-21: the organizer's usual way. It is found by the notification, and asked for by nobody."""
    office, order = cancelled(policy=Policy(refunds=Refunding.OWED))
    office.world.card.refund_in_dashboard("cs_1", euros("20.00"))
    office.deliver()
    assert (refunds(office, order), balances(office, order)) == (["p1 -20.00 places succeeded"], {})
    assert office.told()[1:] == ["cancelled", "refunded"]
    office.run(flows.refund(order, by=ORGANIZER))
    assert books(office) == ["paid 20.00 -20.00 succeeded"]
    assert wrong(office) == []


def test_what_a_person_gives_back_without_anything_owed_is_goodwill_and_costs_nobody_a_place() -> None:
    office = on_sale()
    order = office.sell(2).id
    office.world.card.refund_in_dashboard("cs_1", euros("15.00"))
    office.deliver()
    assert refunds(office, order) == ["p1 -15.00 elsewhere succeeded"]
    assert balances(office, order) == {"provider": "25.00", "organizer": "-25.00"}
    assert (taken(office), office.dossier(order).order.state) == (2, OrderState.PAID)
    assert wrong(office) == []
    office.run(flows.cancel(order, by=BUYER))
    assert books(office) == ["paid 40.00 -15.00 succeeded -25.00 succeeded"], "no more goes back than came"
    assert balances(office, order) == {}
    assert wrong(office) == []


def test_what_a_person_gives_back_of_money_that_waits_is_told_to_the_organizer() -> None:
    office = on_sale()
    order = office.reserve().id
    shown = office.run(flows.checkout(order))
    office.world.card.pay_another_amount(shown.url, euros("15.00"))
    office.deliver()
    office.world.card.refund_in_dashboard("cs_1", euros("15.00"))
    office.deliver()
    assert (payments(office, order), refunds(office, order)) == (["p1 review"], ["p1 -15.00 elsewhere succeeded"])
    assert office.told() == ["decision_needed", "decision_needed"]
    assert balances(office, order) == {}
    assert wrong(office) == []


def test_a_transfer_is_given_back_by_hand_and_that_is_recorded() -> None:
    office = on_sale()
    order = office.reserve().id
    shown = office.run(flows.checkout(order, provider="bank_transfer"))
    record(office, order, shown.payment, euros("20.00"))
    office.run(flows.cancel(order, by=BUYER))
    assert refunds(office, order) == ["p1 -20.00 places pending"]
    office.run(flows.record_refund(order, f"{order}-r1", by=ORGANIZER))
    office.run(flows.record_refund(order, f"{order}-r1", by=ORGANIZER))
    (made,) = office.dossier(order).refunds
    assert (made.history[-1].by, made.purpose) == ("organizer:42", RefundPurpose.PLACES)
    assert (balances(office, order), office.told()[-2:]) == ({}, ["cancelled", "refunded"])
    assert wrong(office) == []


def test_a_provider_that_gives_back_all_or_nothing_leaves_the_rest_to_a_person() -> None:
    office, own = with_till(capabilities=frozenset(Capability) - {Capability.PARTIAL_REFUND})
    order = office.reserve(2).id
    own.pay(office.run(flows.checkout(order)).url)
    office.run(flows.look(order))
    office.run(flows.cancel(order, [f"{order}-2"], by=BUYER))
    assert (refunds(office, order), own.payments()[0].refunds) == (["p1 -20.00 places failed"], ())
    assert office.told()[-1] == "refund_failed"
