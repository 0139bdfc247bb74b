"""Faults that random lives of whole box offices showed (`laws/test_journeys`), each at its shortest."""

from box_office.offices import BUYER, ORGANIZER, Office, person, talk

from paidevents import EUR, Money, Ticket, Window
from paidevents.box_office import flows
from paidevents.catalog import Approval, Capture, Policy, Refunding, Tier
from paidevents.lifecycle import OrderState, RegistrationState, WaitingState
from paidevents.payments import Status
from paidevents.ports import MessageKind
from paidevents.registration import WaitingEntry
from paidevents.testing.crashes import quiet
from paidevents.testing.promises import broken_promises

EARLY = Tier(id="early", price=Money.of("15.00", EUR), quantity=2, window=Window())
STANDARD = Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))
ON_APPROVAL = Policy(approval=Approval.MANUAL, capture=Capture.ON_APPROVAL)


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def office(**changed: object) -> Office:
    made = Office()
    made.publish(talk(**changed))
    return made


def is_well(made: Office) -> bool:
    quiet(made.world)
    assert broken_promises(made.world, made.world.log) == ()
    return not made.world.box.reconcile().changes


def refunds(made: Office, order: str) -> list[str]:
    return [f"{one.amount.decimal} {one.state.value}" for one in made.dossier(order).refunds]


def entry(made: Office, id: str) -> WaitingEntry:
    found = made.world.store.get(WaitingEntry, id)
    assert found is not None
    return found.record


def test_who_leaves_in_the_moment_of_the_offer_or_long_after_it_gives_the_place_to_the_next() -> None:
    for days in (0, 9):
        made = office(capacity=1)
        first, second = (made.run(flows.join_list("talk", "standard", person(name))) for name in ("Ana", "Bo"))
        made.world.clock.advance(days=days)
        made.run(flows.leave_list(first.id, by=ORGANIZER))
        made.world.clock.advance(minutes=1)
        made.run(flows.reconcile())
        assert entry(made, second.id).state is WaitingState.OFFERED


def test_an_offer_that_is_made_free_in_the_moment_in_which_it_ends_is_taken() -> None:
    made = office(capacity=1)
    waits = made.run(flows.join_list("talk", "standard", person()))
    made.world.clock.advance(days=1)
    made.run(flows.switch_payment("talk", on=False, by=ORGANIZER))
    made.run(flows.reconcile())
    assert entry(made, waits.id).state is WaitingState.TAKEN
    assert is_well(made)


def test_what_is_full_is_made_free_all_the_same() -> None:
    """Two hold the two places at 15.00 and one at 20.00; at no price each keeps the place that they have."""
    made = office(tickets=[Ticket(id="standard", name="Standard", price=euros("20.00"), tiers=(EARLY,))], capacity=3)
    held = [made.reserve(2), made.reserve(1)]
    made.run(flows.switch_payment("talk", on=False, by=ORGANIZER))
    assert [made.dossier(one.id).order.state for one in held] == [OrderState.PAID] * 2
    assert is_well(made)


def test_a_place_that_nobody_had_to_pay_for_stays_good_when_a_payment_is_lost() -> None:
    made = office()
    order = made.reserve(2)
    made.run(flows.approve(order.id, [f"{order.id}-1"], by=ORGANIZER))
    made.pay(order.id)
    for tell in (made.world.card.dispute, made.world.card.lose_dispute):
        tell("cs_1")
        made.deliver()
    dossier = made.dossier(order.id)
    assert [one.state for one in dossier.order.registrations] == [
        RegistrationState.CONFIRMED,
        RegistrationState.CANCELLED,
    ]
    assert [one.refusals == () for one in dossier.passes] == [True, False]
    assert is_well(made)


def test_a_place_that_nobody_had_to_pay_for_stays_when_what_was_set_aside_for_the_other_runs_out() -> None:
    made = office(policy=ON_APPROVAL)
    order = made.reserve(2)
    made.run(flows.approve(order.id, [f"{order.id}-1"], by=ORGANIZER))
    made.pay(order.id)
    assert made.dossier(order.id).order.state is OrderState.AUTHORIZED
    assert is_well(made)
    dossier = made.dossier(order.id)
    assert dossier.order.state is OrderState.PAID
    assert [one.state for one in dossier.order.registrations] == [RegistrationState.CONFIRMED, RegistrationState.LAPSED]


def test_what_is_set_aside_is_let_go_of_when_the_order_is_paid_in_another_way() -> None:
    made = office(policy=ON_APPROVAL)
    order = made.reserve()
    transfer = made.run(flows.checkout(order.id, provider="bank_transfer"))
    made.pay(order.id, provider="card")
    made.world.log.saw(transfer.payment, euros("20.00"))
    made.run(flows.record_payment(order.id, transfer.payment, euros("20.00"), by=ORGANIZER))
    assert [one.status for one in made.world.card.payments()] == [Status.EXPIRED]
    assert is_well(made)


def test_an_order_of_which_a_person_gave_all_back_stops_no_other_when_the_event_is_cancelled() -> None:
    """Nobody was told of it; half of it is cancelled, which the provider refuses; then the event is."""
    made = office()
    sold, other = made.sell(2), made.sell()
    made.world.card.refund_in_dashboard("cs_1", euros("40.00"))
    made.run(flows.cancel(sold.id, [f"{sold.id}-1"], by=BUYER))
    made.run(flows.cancel_event("talk", by=ORGANIZER))
    assert made.dossier(other.id).order.state is OrderState.CANCELLED
    assert refunds(made, other.id) == ["20.00 succeeded"]
    assert not made.dossier(sold.id).order.active
    assert is_well(made)


def test_what_nobody_accepted_pays_for_no_refund() -> None:
    """23.00 come for 20.00, which nobody decides on; the card pays; what is given back is the card's."""
    made = office()
    order = made.reserve()
    transfer = made.run(flows.checkout(order.id, provider="bank_transfer"))
    made.world.log.saw(transfer.payment, euros("23.00"))
    made.run(flows.record_payment(order.id, transfer.payment, euros("23.00"), by=ORGANIZER))
    made.pay(order.id, provider="card")
    made.run(flows.cancel(order.id, by=BUYER))
    dossier = made.dossier(order.id)
    assert [(one.payment, str(one.amount)) for one in dossier.refunds] == [(f"{order.id}-p2", "20.00 EUR")]
    assert is_well(made)


def test_what_is_settled_in_another_way_or_still_owed_pays_for_no_other_ticket() -> None:
    """20.00 are paid, 8.00 of them owed; dropped or failed, the ticket of 35.00 costs 35.00 − 12.00 = 23.00 more."""
    for is_dropped in (True, False):
        policy = Policy(refunds=Refunding.OWED)
        tickets = [STANDARD, Ticket(id="cheap", name="Cheap", price=euros("12.00"))]
        made = office(tickets=[*tickets, Ticket(id="vip", name="VIP", price=euros("35.00"))], policy=policy)
        sold = made.sell()
        made.run(flows.change_ticket(sold.id, f"{sold.id}-1", {"cheap": 1}, by=BUYER))
        assert refunds(made, sold.id) == ["8.00 owed"]
        if is_dropped:
            made.run(flows.drop_refund(sold.id, f"{sold.id}-r1", by=ORGANIZER))
        else:
            made.run(flows.refund(sold.id, by=ORGANIZER))
            made.world.card.fail_refund("re_1")
            made.deliver()
        made.run(flows.change_ticket(sold.id, f"{sold.id}-1", {"vip": 1}, by=BUYER))
        assert str(made.run(flows.checkout(sold.id, provider="card")).amount) == "23.00 EUR"


def test_after_goodwill_all_of_the_rest_comes_back_when_people_are_called_off_one_by_one() -> None:
    """40.00 − 0.50 = 39.50 = 19.75 + 19.75."""
    made = office()
    sold = made.sell(2)
    made.run(flows.refund(sold.id, euros("0.50"), by=ORGANIZER))
    for number in (1, 2):
        made.run(flows.take_back(sold.id, [f"{sold.id}-{number}"], by=ORGANIZER))
    assert refunds(made, sold.id) == ["0.50 succeeded", "19.75 succeeded", "19.75 succeeded"]
    assert not made.dossier(sold.id).order.due
    assert is_well(made)


def test_what_came_and_was_too_little_goes_back_when_the_hold_has_run_out() -> None:
    """20.00 are paid, and 1.00 given back in the dashboard, before anybody is told: 19.00 pay for nothing."""
    made = office()
    order = made.reserve()
    page = made.run(flows.checkout(order.id, provider="card")).url
    made.world.card.pay(page)
    made.world.card.refund_in_dashboard(page, euros("1.00"))
    made.world.clock.advance(hours=1)
    made.run(flows.reconcile())
    assert made.dossier(order.id).order.state is OrderState.EXPIRED
    assert sorted(refunds(made, order.id)) == ["1.00 succeeded", "19.00 succeeded"]
    assert is_well(made)


def test_what_came_and_was_too_little_is_enough_once_fewer_are_left() -> None:
    """39.00 of 40.00 are there; one of two is refused, and 20.00 are the other's: 19.00 go back."""
    made = office()
    order = made.reserve(2)
    page = made.run(flows.checkout(order.id, provider="card")).url
    made.world.card.pay(page)
    made.world.card.refund_in_dashboard(page, euros("1.00"))
    made.deliver()
    assert made.dossier(order.id).order.state is OrderState.HELD
    after = made.run(flows.refuse(order.id, [f"{order.id}-1"], by=ORGANIZER))
    assert [one.state for one in after.registrations] == [RegistrationState.REFUSED, RegistrationState.CONFIRMED]
    assert (after.state, refunds(made, order.id)) == (OrderState.PAID, ["1.00 succeeded", "19.00 succeeded"])
    assert is_well(made)


def test_a_place_that_becomes_free_while_nobody_looks_is_offered_by_whoever_reconciles() -> None:
    made = office(capacity=1)
    made.reserve()
    made.run(flows.join_list("talk", "standard", person("Zoe")))
    made.world.clock.advance(minutes=16)
    assert made.run(flows.reconcile()).offered
    assert [one.person for one in made.world.outbox.of(MessageKind.OFFER)] == [person("Zoe")]
    made.world.clock.advance(days=1)
    assert is_well(made)
