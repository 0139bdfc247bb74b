"""Each promise of a box office is seen to be broken when it is."""

from typing import Any

import pytest
from attrs import evolve
from box_office.offices import BUYER, ORGANIZER, Office, person, talk

from paidevents import Money, Percent, PromoCode, Promotion, Rate, Ticket
from paidevents.access import Revocation
from paidevents.box_office import Checkout, flows
from paidevents.catalog import Limit, LimitOf, Listing
from paidevents.checks import altered
from paidevents.errors import NotFoundError
from paidevents.ledger import Occasion, refund_paid
from paidevents.machine import Move
from paidevents.payments import RefundSnapshot, RefundStatus
from paidevents.ports import Commit, Message, MessageKind, PaymentRequest, Stored
from paidevents.pricing import Take
from paidevents.registration import WaitingEntry
from paidevents.stores import MemoryStore
from paidevents.testing import crashes
from paidevents.testing.evidence import Evidence
from paidevents.testing.log import Log
from paidevents.testing.promised_money import MONEY
from paidevents.testing.promises import broken_promises
from paidevents.testing.world import START, World


def euros(text: str) -> Money:
    return Money.of(text, "EUR")


def office(**changed: Any) -> Office:
    made = Office()
    made.publish(talk(**changed))
    return made


def put(made: Office, record: Any, kind: Any = None) -> None:
    """Write a record over what is there, as nobody should."""
    store = made.world.store
    found = store.get(kind or type(record), record.id)
    assert found is not None
    store.commit(Commit(id=f"put{made.world.ids.new()}", replaces=(Stored(record, found.version),)))


def counted(made: Office, *, takes: tuple[Take, ...] = (), gives: tuple[Take, ...] = ()) -> None:
    made.world.store.commit(Commit(id=made.world.ids.new(), event="talk", takes=takes, gives=gives))


def log_of(made: Office, *orders: str) -> Log:
    log = Log()
    log.told(made.run(flows.listing("talk")))
    for order in orders:
        log.told(made.dossier(order))
    return log


def broken(made: Office, sentence: str, *orders: str, log: Log | None = None) -> bool:
    return any(sentence in one for one in broken_promises(made.world, log or log_of(made, *orders)))


def test_more_places_are_taken_than_there_are() -> None:
    made = office()
    order = made.sell().id
    assert broken_promises(made.world, log_of(made, order)) == ()
    counted(made, takes=(Take("event", 5),))
    assert broken(made, "Of nothing more is taken than there is. (talk: 6 of 3 at event)", order)


def test_more_people_have_places_than_there_are() -> None:
    made = office()
    order = made.sell(3).id
    kept = made.run(flows.listing("talk"))
    put(made, altered(kept, event=evolve(kept.event, capacity=2)))
    assert broken(made, "(talk: 3 places are confirmed of 2)", order)
    assert broken(made, "(talk: 3 good links for 2 places)", order)


def test_a_promotion_is_used_more_often_than_it_may_be() -> None:
    ten = Promotion(
        id="ten", effect=Percent(Rate.of("10 %")), codes=(PromoCode("TEN"),), limits=(Limit(LimitOf.ORDERS, 1),)
    )
    made = office(promotions=[ten])
    order = made.sell(1, "TEN").id
    counted(made, takes=(Take("promotion/ten/orders", 1),))
    assert broken(made, "No promotion is used more often than it may be. (talk: 2 of 1", order)


def test_a_history_is_none() -> None:
    made = office()
    kept = made.run(flows.listing("talk"))
    put(made, altered(kept, history=(Move(at=START, trigger="end", state="ended", by=""),)))
    assert broken(made, "A history replays to its state.")


def test_a_letter_is_about_an_order_that_is_gone() -> None:
    made = office()
    said = Message(
        kind=MessageKind.REMINDER, event="talk", order="gone", person=person(), subject="Soon", body="It begins."
    )
    made.world.outbox.messages.append(said)
    assert broken(made, "(a letter is about gone, which is gone)")


def test_passes_and_places_do_not_belong_together() -> None:
    made = office()
    dossier = made.sell(2)
    first, second = dossier.passes
    revoked = dossier.with_pass(first.revoked(START, Revocation.WITHDRAWN)).with_pass(second.suspended(START))
    put(made, revoked)
    assert broken(made, f"({first.id} has a place and no pass)", dossier.id)
    assert broken(made, f"({second.id} has a pass that is suspended, and no dispute is open)", dossier.id)
    put(made, dossier)
    gone = made.run(flows.cancel(dossier.id, by=BUYER))
    put(made, made.dossier(gone.id).with_pass(first))
    assert broken(made, f"({first.id} has a pass and no place)", dossier.id)


def test_somebody_was_never_sent_their_link() -> None:
    made = office()
    order = made.sell().id
    made.world.outbox.messages.clear()
    assert broken(made, f"({order}-1 was never sent the link of their place)", order)


def test_what_is_due_is_left_undone() -> None:
    made = Office(at_once=False)
    made.publish(talk(capacity=1))
    order = made.reserve()
    entry = made.run(flows.join_list("talk", "standard", person("Bo")))
    made.run(flows.cancel(order.id, by=BUYER))
    made.run(flows.reconcile())
    made.world.clock.advance(days=3)
    offer = made.world.store.get(WaitingEntry, entry.id)
    assert offer is not None and offer.record.offer is not None
    assert broken(made, f"({offer.record.offer.order} is held since")
    assert broken(made, f"({entry.id} is offered a place since long)")
    made.run(flows.cancel_event("talk", by=ORGANIZER))
    assert broken(made, "is still to be done: call_off)")


def test_a_cancelled_event_has_people_or_keeps_money() -> None:
    made = office()
    order = made.sell().id
    kept = made.run(flows.listing("talk"))
    put(made, kept.cancelled(at=START, by=ORGANIZER)[1])
    assert broken(made, f"({order} has places in an event that is cancelled)", order)
    put(made, kept)
    made.run(flows.cancel_event("talk", by=ORGANIZER))
    dossier = made.dossier(order)
    put(made, altered(dossier, order=altered(dossier.order, adjustment=euros("5.00"))))
    assert broken(made, f"({order} keeps 5.00 EUR of an event that is cancelled)", order)


def test_somebody_waits_for_what_is_free() -> None:
    made = office(capacity=1)
    order = made.sell().id
    entry = made.run(flows.join_list("talk", "standard", person("Bo")))
    counted(made, gives=(Take("event", 1), Take("ticket/standard", 1)))
    assert broken(made, f"({entry.id} waits for a place of standard, and one is free)", order)
    put(made, altered(entry, person=None))
    assert not broken(made, "and one is free)", order)


def test_a_till_has_money_of_an_order_that_is_gone() -> None:
    made = office()
    request = PaymentRequest(reference="gone", payment="gone-p1", amount=euros("5.00"), description="Nothing")
    made.world.card.start(request, key="gone-p1:1")
    assert broken(made, "is of gone, which is gone)")


def test_money_was_recorded_that_nobody_saw() -> None:
    made = office()
    order = made.reserve().id
    made.run(flows.checkout(order, provider="bank_transfer"))
    (payment,) = made.dossier(order).payments
    made.run(flows.record_payment(order, payment.id, euros("20.00"), by=ORGANIZER))
    log = log_of(made, order)
    assert broken(made, f"({payment.id}: nobody saw 20.00 EUR)", log=log)
    log.saw(payment.id, euros("20.00"))
    assert broken_promises(made.world, log) == ()


def test_more_was_given_back_than_came() -> None:
    made = office()
    dossier = made.sell()
    evidence = Evidence.of(made.world, log_of(made, dossier.id))
    ((ref, seen),) = evidence.there.items()
    back = RefundSnapshot(id="re_9", amount=euros("21.00"), status=RefundStatus.SUCCEEDED)
    wrong = evolve(evidence, there={ref: altered(seen, refunds=(back,))})
    found = list(MONEY["No more is given back than came, and nothing twice."](wrong))
    assert found == [f"{ref.id}: 2100 of 2000 were given back", f"{dossier.id}-p1: 2100 of 2000 were given back"]


def test_the_books_do_not_add_up() -> None:
    made = office()
    order = made.sell().id
    evidence = Evidence.of(made.world, log_of(made, order))
    on = Occasion(id="x", at=START, order=order, payment=f"{order}-p1", refund="r9")
    wrong = evolve(evidence, entered=(*evidence.entered, *refund_paid(on, euros("21.00"), "card:test")))
    found = list(MONEY["No money is lost or made up in the books."](wrong))
    assert found == ["in all: the sides differ in EUR", f"{order}: the sides differ in EUR"]


def test_the_provider_has_what_nobody_knows_of() -> None:
    made = office()
    order = made.sell().id
    card = made.world.card
    request = PaymentRequest(reference=order, payment="other", amount=euros("5.00"), description="More")
    seen = card.pay(card.start(request, key="other:1"))
    assert broken(made, f"({seen.ref.id} has money, and nobody knows of it)", order)


def test_somebody_was_shown_to_pay_where_nothing_is() -> None:
    made = office()
    log = log_of(made)
    log.told(Checkout(order="gone", payment="gone-p1", amount=euros("5.00"), url="https://pay.example/x"))
    assert broken(made, "(gone-p1 was shown to somebody, and is not there)", log=log)


def test_a_refund_was_made_that_nobody_knows_of() -> None:
    made = office()
    dossier = made.sell()
    (payment,) = dossier.payments
    assert payment.ref is not None
    refund = made.world.card.refund_in_dashboard(payment.ref, euros("5.00"))
    assert broken(made, f"({refund.id} of {payment.id} is succeeded there, and is not known so)", dossier.id)


def test_an_open_change_has_what_was_paid_before() -> None:
    vip = Ticket(id="vip", name="VIP", price=euros("50.00"))
    made = office(tickets=[*talk().tickets, vip])
    order = made.sell().id
    made.run(flows.change_ticket(order, f"{order}-1", {"vip": 1}, by=BUYER))
    assert made.dossier(order).order.change is not None
    assert broken_promises(made.world, log_of(made, order)) == ()


def test_something_is_always_left_to_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crashes, "MOST_MOMENTS", 1)
    world = World()
    world.box.publish(talk(), by=ORGANIZER)
    world.box.reserve("talk", {"standard": 1}, buyer=person())
    with pytest.raises(AssertionError, match="always something left"):
        crashes.quiet(world)


def test_a_second_time_something_is_left_to_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crashes, "quiet", lambda world: world.clock.advance(hours=1))

    def scenario(world: World) -> None:
        world.box.publish(talk(), by=ORGANIZER)
        world.box.reserve("talk", {"standard": 1}, buyer=person())

    found = crashes.crash_points(scenario, 1)
    assert any("A second time there is nothing left" in one for run in found.failures for one in run.broken)


def test_what_is_not_taken_is_brought_again() -> None:
    world = World()
    request = PaymentRequest(reference="gone", payment="gone-p1", amount=euros("5.00"), description="Nothing")
    world.card.pay(world.card.start(request, key="gone-p1:1"))
    assert set(world.deliver()) == set(world.deliver_again()) == {503}


class Mute(MemoryStore):
    """A store that does not say which events begin or end."""

    def due(self, kind: type[Any], *given: Any, **more: Any) -> Any:
        if kind is Listing:
            raise NotFoundError("listings")
        return super().due(kind, *given, **more)


def test_a_recovery_that_comes_to_no_end_is_a_failure_and_not_the_end_of_all_runs() -> None:
    def scenario(world: World) -> None:
        world.box.publish(talk(), by=ORGANIZER)
        world.box.reserve("talk", {"standard": 1}, buyer=person())

    found = crashes.crash_points(scenario, make=lambda: World(store=Mute()))
    assert (found.runs, len(found.failures)) == (5, 5)
    assert all("What is left can be done." in str(run) for run in found.failures)


def test_while_a_person_is_to_decide_what_came_nothing_is_broken() -> None:
    """20.00 were recorded, and then 25.00: the places stay, and the organizer is asked."""
    made = office()
    order = made.reserve().id
    payment = made.run(flows.checkout(order, provider="bank_transfer")).payment
    for amount in ("20.00", "25.00"):
        made.world.log.saw(payment, euros(amount))
        made.run(flows.record_payment(order, payment, euros(amount), by=ORGANIZER))
    assert broken_promises(made.world, made.world.log) == ()


def test_every_refund_is_known_or_one_of_them_is_not() -> None:
    made = office()
    order = made.sell(2).id
    for number in (1, 2):
        made.run(flows.cancel(order, [f"{order}-{number}"], by=BUYER))
    assert broken_promises(made.world, log_of(made, order)) == ()
    made.world.card.fail_refund("re_2")
    assert broken(made, "What is true of a refund", order)


def test_what_is_no_order_is_not_noted() -> None:
    log = Log()
    log.told("whatever else is answered")
    assert (log.things, log.checkouts, log.events) == ({}, {}, ())


def test_what_a_person_looks_at_again_breaks_no_promise() -> None:
    """20.00 came by transfer, and were then seen as 15.00: it is in review, and nobody says how it ends."""
    made = office()
    order = made.reserve().id
    made.run(flows.checkout(order, provider="bank_transfer"))
    (payment,) = made.dossier(order).payments
    for seen in ("20.00", "15.00"):
        made.run(flows.record_payment(order, payment.id, euros(seen), by=ORGANIZER))
    log = log_of(made, order)
    log.saw(payment.id, euros("15.00"))
    assert not any("are in the till, and" in one for one in broken_promises(made.world, log))
