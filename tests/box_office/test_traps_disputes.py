"""Disputes: a bank takes money back on the word of its customer; while it does, nothing else is given back (trap 12)."""

import pytest
from box_office.both_sides import balances, books, on_sale, payments, quick, record, refunds, taken, wrong
from box_office.offices import BUYER, ORGANIZER, Office, person

from paidevents import EUR, IllegalTransitionError, Money, Ticket
from paidevents.access import Purpose
from paidevents.box_office import flows
from paidevents.catalog import Policy, Refunding
from paidevents.errors import NotAllowedError
from paidevents.lifecycle import OrderState
from paidevents.ports import MessageKind
from paidevents.providers import Fault

TWO = [
    Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR)),
    Ticket(id="vip", name="VIP", price=Money.of("35.00", EUR)),
]


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def disputed(places: int = 1) -> tuple[Office, str]:
    """An order that is paid, and then disputed."""
    office = on_sale()
    order = office.sell(places).id
    office.world.card.dispute("cs_1")
    office.deliver()
    return office, order


def come(office: Office, order: str) -> None:
    """The holder of the first place comes to the door, with the link that was sent last."""
    begins = office.run(flows.listing("talk")).event.starts_at
    assert begins is not None
    office.world.clock.set(begins)
    sent = office.world.outbox.of(MessageKind.CONFIRMATION)[-1]
    _, _, place, token = sent.link(Purpose.JOIN).split("/")
    assert place == f"{order}-1"
    office.run(flows.join("talk", place, token, device="phone"))


def test_while_a_payment_is_disputed_its_passes_are_suspended_and_the_places_kept() -> None:
    office, order = disputed()
    assert (books(office), payments(office, order)) == (["paid 20.00 dispute open"], ["p1 paid"])
    assert balances(office, order) == {"disputed": "20.00", "organizer": "-20.00"}
    assert (taken(office), office.dossier(order).order.state) == (1, OrderState.PAID)
    (told,) = office.world.outbox.of(MessageKind.PAYMENT_DISPUTED)
    assert told.account == "42"
    assert wrong(office) == []
    with pytest.raises(NotAllowedError, match="not valid"):
        come(office, order)
    with pytest.raises(NotAllowedError):
        office.run(flows.transfer(order, f"{order}-1", person("Zoe"), by=BUYER))


def test_while_a_payment_is_disputed_nothing_of_it_is_given_back() -> None:
    """The bank may give the same money back as well."""
    office, order = disputed()
    office.run(flows.cancel(order, by=BUYER))
    assert refunds(office, order) == ["p1 -20.00 places owed"]
    office.run(flows.refund(order, by=ORGANIZER))
    assert (books(office), refunds(office, order)) == (["paid 20.00 dispute open"], ["p1 -20.00 places owed"])
    assert balances(office, order) == {"buyer": "-20.00", "disputed": "20.00"}
    assert wrong(office) == []


def test_a_dispute_that_is_won_restores_the_passes_and_the_links_are_sent_again() -> None:
    office, order = disputed()
    office.world.card.win_dispute("cs_1")
    office.deliver()
    assert balances(office, order) == {"provider": "20.00", "organizer": "-20.00"}
    assert office.told() == ["confirmation", "payment_disputed", "confirmation"]
    assert wrong(office) == []
    come(office, order)
    assert office.dossier(order).passes[0].visits


def test_what_is_owed_is_given_back_once_the_dispute_is_won() -> None:
    office, order = disputed()
    office.run(flows.cancel(order, by=BUYER))
    office.world.card.win_dispute("cs_1")
    office.deliver()
    assert books(office) == ["paid 20.00 dispute won -20.00 succeeded"]
    assert (refunds(office, order), balances(office, order)) == (["p1 -20.00 places succeeded"], {})
    assert wrong(office) == []


def test_a_dispute_that_is_lost_ends_the_places_that_it_paid_for() -> None:
    office, order = disputed(2)
    office.world.card.lose_dispute("cs_1")
    office.deliver()
    after = office.dossier(order)
    assert (books(office), payments(office, order)) == (["paid 40.00 dispute lost"], ["p1 lost"])
    assert (after.order.state, taken(office), balances(office, order)) == (OrderState.CANCELLED, 0, {})
    assert all(pass_.refusals for pass_ in after.passes)
    assert office.told()[-2:] == ["cancelled", "cancelled"]
    assert wrong(office) == []


def test_what_was_owed_of_a_payment_that_is_lost_is_the_organizers_to_drop() -> None:
    """The buyer has all of it from the bank: asked for, nothing is left to be given back."""
    office, order = disputed()
    office.run(flows.cancel(order, by=BUYER))
    office.world.card.lose_dispute("cs_1")
    office.deliver()
    assert (refunds(office, order), office.told()[-1]) == (["p1 -20.00 places owed"], "decision_needed")
    with pytest.raises(IllegalTransitionError, match="less than this left"):
        office.run(flows.refund(order, by=ORGANIZER))
    office.run(flows.drop_refund(order, f"{order}-r1", by=ORGANIZER))
    assert (refunds(office, order), balances(office, order)) == (["p1 -20.00 places dropped"], {})
    assert wrong(office) == []


def test_what_was_given_back_already_and_is_disputed_too_is_the_organizers_loss_to_settle() -> None:
    office = on_sale()
    order = office.sell(2).id
    office.run(flows.cancel(order, [f"{order}-2"], by=BUYER))
    office.world.card.dispute("cs_1")
    office.deliver()
    office.world.card.lose_dispute("cs_1")
    office.deliver()
    assert books(office) == ["paid 40.00 dispute lost -20.00 succeeded"]
    assert (refunds(office, order), office.told()[-1]) == (["p1 -20.00 places succeeded"], "decision_needed")
    assert (taken(office), office.dossier(order).order.state) == (0, OrderState.CANCELLED)


def test_of_two_disputed_payments_the_first_that_is_won_lets_nobody_in() -> None:
    """One paid the ticket, the other its change; only when both are decided are the links sent again."""
    office = quick(tickets=TWO)
    order = office.sell().id
    office.run(flows.change_ticket(order, f"{order}-1", {"vip": 1}, by=BUYER))
    office.pay(order)
    for page in ("cs_1", "cs_2"):
        office.world.card.dispute(page)
    office.deliver()
    told = office.told()
    office.world.card.win_dispute("cs_1")
    office.deliver()
    assert office.dossier(order).passes[0].refusals
    assert office.told() == told
    office.world.card.win_dispute("cs_2")
    office.deliver()
    assert not office.dossier(order).passes[0].refusals
    assert office.told() == [*told, "confirmation"]
    assert balances(office, order) == {"provider": "35.00", "organizer": "-35.00"}
    assert wrong(office) == []


def test_of_several_refunds_only_what_is_owed_is_asked_for_when_a_dispute_is_won() -> None:
    office = quick()
    order = office.sell(2).id
    office.run(flows.refund(order, euros("5.00"), by=ORGANIZER))
    office.world.card.dispute("cs_1")
    office.deliver()
    office.run(flows.cancel(order, [f"{order}-2"], by=BUYER))
    office.world.card.win_dispute("cs_1")
    office.deliver()
    assert [one.split(" ", 2)[2] for one in refunds(office, order)] == ["goodwill succeeded", "places succeeded"]
    assert wrong(office) == []


def test_where_the_organizer_makes_refunds_a_dispute_that_is_won_asks_for_none() -> None:
    office = on_sale(policy=Policy(refunds=Refunding.OWED))
    order = office.sell().id
    office.world.card.dispute("cs_1")
    office.deliver()
    office.run(flows.cancel(order, by=BUYER))
    office.world.card.win_dispute("cs_1")
    office.deliver()
    assert refunds(office, order) == ["p1 -20.00 places owed"]
    assert wrong(office) == []


def test_what_a_person_gives_back_of_more_than_the_places_cost_is_told_to_the_organizer() -> None:
    """The order is paid by transfer; 25.00 came by card as well, and wait for a decision; a person sends them back."""
    office = on_sale()
    order = office.reserve().id
    page = office.run(flows.checkout(order)).url
    office.world.card.script("void", Fault.LOST_REQUEST)
    bank = office.run(flows.checkout(order, provider="bank_transfer"))
    office.world.card.pay_another_amount(page, euros("25.00"))
    record(office, order, bank.payment, euros("20.00"))
    office.deliver()
    assert payments(office, order) == ["p1 review", "p2 paid"]
    office.world.card.refund_in_dashboard("cs_1", euros("25.00"))
    office.deliver()
    assert (refunds(office, order), office.told()[-1]) == (["p1 -25.00 elsewhere succeeded"], "decision_needed")
    assert balances(office, order) == {"provider": "20.00", "organizer": "-20.00"}
    assert wrong(office) == []
