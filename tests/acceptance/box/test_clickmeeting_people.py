"""ClickMeeting's rules about participants, through the box office: who is let in, who decides, who sees it."""

from datetime import timedelta

import pytest
from acceptance.box.webinars import BEGINS, balances, letters, link, lot, said, save, seat, ticket, webinar
from attrs import evolve
from box_office.offices import BUYER, ORGANIZER, Office, person

from paidevents import Percent, Rate, RefusedError, Span
from paidevents.box_office import flows
from paidevents.catalog import Actor, EventKind, EventSession, Role
from paidevents.errors import IllegalTransitionError, NotAllowedError, RequestRejectedError

TENTH = Percent(Rate.of("10 %"))


def test_a_permanent_event_is_paid_once_and_attended_again_and_again_with_one_access(office: Office) -> None:
    """CM-15: 49.00 once; the link of the one confirmation opens every session of a quarter of a year."""
    first = EventSession(id="w0", starts_at=BEGINS, duration=Span.of("1 h"))
    sessions = [evolve(first, id=f"w{n}", starts_at=BEGINS + timedelta(weeks=n)) for n in range(13)]
    office.publish(webinar(kind=EventKind.PERMANENT, sessions=sessions))
    paid = office.sell(event="webinar")
    (letter,) = letters(office, "confirmation")
    pass_id, token = link(letter)
    for session in sessions:
        office.world.clock.set(session.starts_at)
        office.run(flows.join("webinar", pass_id, token, device="phone"))
    after = office.dossier(paid.id)
    assert ([str(one.received) for one in after.payments], len(after.passes)) == (["49.00 EUR"], 1)
    assert after.passes[0].has_attended()


def test_a_permanent_event_goes_on_when_its_last_session_is_over(office: Office) -> None:
    """CM-15: it is not ended by itself; a session that is added is told, and the same link opens it; others still buy."""
    first = EventSession(id="w0", starts_at=BEGINS, duration=Span.of("1 h"))
    event = webinar(kind=EventKind.PERMANENT, sessions=[first])
    office.publish(event)
    office.sell(event="webinar")
    pass_id, token = link(letters(office, "confirmation")[0])
    office.world.clock.set(BEGINS + timedelta(days=3))
    assert (office.run(flows.reconcile()).changes, office.run(flows.tick("webinar"))) == (0, False)
    assert office.run(flows.listing("webinar")).state.value == "scheduled"
    added = evolve(first, id="w1", starts_at=BEGINS + timedelta(weeks=1))
    office.run(flows.reschedule(evolve(event, sessions=(first, added)), by=ORGANIZER))
    (letter,) = letters(office, "rescheduled")
    assert ("When: April 21, 2026, 6:00 PM CEST" in said(letter), link(letter)) == (True, (pass_id, token))
    office.world.clock.set(added.starts_at)
    assert office.run(flows.join("webinar", pass_id, token, device="phone")).has_attended()
    assert office.sell(event="webinar").order.state.value == "paid"
    office.run(flows.end("webinar", by=ORGANIZER))
    with pytest.raises(RefusedError, match="not on sale"):
        seat(office)


def test_after_the_payment_the_participant_receives_a_join_link_with_a_token(office: Office) -> None:
    """CM-16: at the address of the form, once it is paid and not before; the link lets in whoever it was made for."""
    office.publish(webinar())
    held = seat(office, attendees=[person("Bo")], buyer=person("Ana"))
    assert office.told() == []
    office.pay(held.id)
    (letter,) = letters(office, "confirmation")
    assert letter.person == person("Bo")
    assert letter.subject == "Your place: Webinar"
    assert "Your place for “Webinar” is confirmed." in letter.body
    assert "When: April 14, 2026, 6:00 PM CEST\nTicket: Standard\nPrice: €49.00" in said(letter)
    pass_id, token = link(letter)
    office.world.clock.set(BEGINS)
    assert office.run(flows.join("webinar", pass_id, token, device="phone")).has_attended()
    with pytest.raises(NotAllowedError, match=r"^This link is not valid\.$"):
        office.run(flows.join("webinar", pass_id, f"{token}x", device="phone"))


def test_the_organizer_sends_the_confirmation_again(office: Office) -> None:
    """CM-16: the same link to the same address, as often as it is lost; no stranger has it sent, and nobody before it is paid."""
    office.publish(webinar())
    paid = office.sell(2, event="webinar")
    office.run(flows.resend(paid.id, f"{paid.id}-2", by=ORGANIZER))
    first, second, again = letters(office, "confirmation")
    assert (first.person, second.person, again.person) == (person("Ana"), person("Bo"), person("Bo"))
    assert (link(again), again.body) == (link(second), second.body)
    with pytest.raises(NotAllowedError):
        office.run(flows.resend(paid.id, f"{paid.id}-2", by=Actor(Role.ATTENDEE, "8")))
    held = seat(office)
    with pytest.raises(IllegalTransitionError):
        office.run(flows.resend(held.id, f"{held.id}-1", by=ORGANIZER))


def test_the_organizer_sees_who_paid_what_for_whom_and_under_which_conditions(office: Office) -> None:
    """CM-19: 29.00 less 10 % are 26.10; 49.00 is not paid yet; nobody but the hosts sees it."""
    office.publish(webinar(ticket("49.00", lot("early", "29.00", 1)), promotions=[save(TENTH)]))
    office.pay(seat(office, "SAVE", buyer=person("Eve"), attendees=[person("Ana")]).id)
    seat(office, buyer=person("Bo"))
    rows = office.run(flows.participants("webinar", by=ORGANIZER)).rows
    seen = {
        (row.name, row.buyer_name, row.payment.value, row.state.value, *row.tiers): (
            str(row.list_price),
            str(row.charged),
            [str(discount) for discount in row.discounts],
        )
        for row in rows
    }
    assert seen == {
        ("Ana", "Eve", "paid", "confirmed", "early"): ("29.00 EUR", "26.10 EUR", ["save (SAVE): 2.90 EUR"]),
        ("Ana", "Bo", "unpaid", "reserved", ""): ("49.00 EUR", "49.00 EUR", []),
    }
    with pytest.raises(NotAllowedError):
        office.run(flows.participants("webinar", by=BUYER))


def test_the_organizer_confirms_who_has_not_paid_and_the_debt_is_waived(office: Office) -> None:
    """CM-20: it is recorded who did it; the place is confirmed, the page to pay at is closed, and no money is booked."""
    office.publish(webinar())
    held = seat(office)
    page = office.run(flows.checkout(held.id))
    office.run(flows.approve(held.id, by=ORGANIZER))
    (row,) = office.run(flows.participants("webinar", by=ORGANIZER)).rows
    assert (row.payment.value, row.state.value, row.waived_by) == ("waived", "confirmed", "organizer:42")
    assert office.told() == ["confirmation"]
    with pytest.raises(RequestRejectedError):
        office.world.card.pay(page.url)
    assert (office.run(flows.checkout(held.id)).is_paid, balances(office)) == (True, {})


def test_who_pays_in_the_moment_in_which_the_debt_is_waived_has_the_money_back(office: Office) -> None:
    """CM-20: 49.00 had come when the page was to be closed; they were not needed any more and go back at once."""
    office.publish(webinar())
    held = seat(office)
    office.world.card.pay(office.run(flows.checkout(held.id)).url)
    office.run(flows.approve(held.id, by=ORGANIZER))
    office.deliver()
    office.run(flows.reconcile())
    (letter,) = letters(office, "money_returned")
    assert "€49.00 goes back to you" in letter.body
    after = office.dossier(held.id)
    assert [(str(one.amount), one.state.value) for one in after.refunds] == [("49.00 EUR", "succeeded")]
    assert (str(after.received), after.order.state.value, balances(office)) == ("0.00 EUR", "paid", {})


def test_the_organizer_refuses_one_of_an_order_whatever_was_paid(office: Office) -> None:
    """CM-20: one of two who paid, and one who did not; each is told, their place is on sale again."""
    office.publish(webinar(capacity=3))
    paid, held = office.sell(2, event="webinar"), seat(office)
    office.run(flows.refuse(paid.id, [f"{paid.id}-2"], by=ORGANIZER))
    office.run(flows.refuse(held.id, by=ORGANIZER))
    rows = office.run(flows.participants("webinar", by=ORGANIZER)).rows
    assert sorted((row.payment.value, row.state.value) for row in rows) == [
        ("paid", "confirmed"),
        ("refund_owed", "refused"),
        ("void", "refused"),
    ]
    assert [letter.person for letter in letters(office, "refused")] == [person("Bo"), person("Ana")]
    moves = office.dossier(paid.id).order.registration(f"{paid.id}-2").history
    assert (moves[-1].trigger, moves[-1].by) == ("refuse", "organizer:42")
    assert seat(office, count=2).state.value == "held"


def test_who_was_refused_is_not_let_in_and_only_a_host_decides(office: Office) -> None:
    """CM-20: the link of the confirmation is dead; buyers decide about nobody."""
    office.publish(webinar())
    paid = office.sell(event="webinar")
    pass_id, token = link(letters(office, "confirmation")[0])
    for decision in (flows.approve, flows.refuse):
        with pytest.raises(NotAllowedError):
            office.run(decision(paid.id, by=BUYER))
    office.run(flows.refuse(paid.id, by=ORGANIZER))
    office.world.clock.set(BEGINS)
    with pytest.raises(NotAllowedError):
        office.run(flows.join("webinar", pass_id, token, device="phone"))
