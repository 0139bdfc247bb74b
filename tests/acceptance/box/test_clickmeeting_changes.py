"""ClickMeeting's rules about what an organizer changes and offers, through the box office: price, date, places."""

from datetime import timedelta

import pytest
from acceptance.box.webinars import BEGINS, charges, letters, link, lot, said, save, seat, ticket, webinar
from attrs import evolve
from box_office.offices import ORGANIZER, Office, person

from paidevents import Currency, Money, Percent, PromoCode, Rate, RefusedError, Ticket, Window
from paidevents.box_office import flows
from paidevents.catalog import TaxMode, TaxTable
from paidevents.errors import NotAllowedError
from paidevents.presets import clickmeeting

TENTH = Percent(Rate.of("10 %"))


def test_the_price_of_a_scheduled_event_stays(office: Office) -> None:
    """CM-17: base price, lot, currency, fee and tax mode; each refusal says what stays, and the buyer pays as before."""
    event = webinar(ticket("49.00", lot("early", "29.00", 1)), tax=TaxTable(mode=TaxMode.INCLUSIVE, seller="FR"))
    office.publish(event)
    for changed, why in (
        (webinar(ticket("50.00", lot("early", "29.00", 1))), "The price of the ticket standard stays 49.00 EUR."),
        (
            webinar(ticket("49.00", lot("early", "28.00", 1))),
            "The price of the tier early of the ticket standard stays 29.00 EUR.",
        ),
        (webinar(*event.tickets, fees=()), "The fees stay as they are: service_fee."),
        (webinar(*event.tickets, tax=TaxTable(mode=TaxMode.EXCLUSIVE, seller="FR")), "The tax stays as it is."),
    ):
        with pytest.raises(RefusedError) as refused:
            office.run(flows.declare(evolve(changed, tax=changed.tax or event.tax), by=ORGANIZER))
        assert str(refused.value) == why
    in_zloty = webinar(Ticket(id="standard", name="Standard", price=Money.of("49.00", "PLN")), currency=Currency("PLN"))
    with pytest.raises(RefusedError, match=r"^The currency stays EUR: orders are counted in it\."):
        office.run(flows.declare(in_zloty, by=ORGANIZER))
    assert office.run(flows.listing("webinar")).event == event
    assert charges(office, count=2) == ["29.00", "49.00"]


def test_another_price_needs_another_event(office: Office) -> None:
    """CM-17: the first is cancelled and scheduled again; a draft, which nobody could buy, may change."""
    office.run(flows.draft(webinar(), by=ORGANIZER))
    office.run(flows.declare(webinar(ticket("50.00")), by=ORGANIZER))
    office.publish(webinar(ticket("51.00")))
    office.run(flows.cancel_event("webinar", by=ORGANIZER))
    with pytest.raises(RefusedError):
        seat(office)
    office.publish(webinar(ticket("52.00"), id="again"))
    assert str(office.reserve(1, event="again").asked) == "52.00 EUR"


def test_codes_are_added_ended_and_switched_off_on_a_scheduled_event(office: Office) -> None:
    """CM-17: the lock is on prices; 49.00 less 10 % are 44.10 while the code holds."""
    office.publish(webinar())
    now = office.world.clock.now()
    with_code = webinar(promotions=[save(TENTH)])
    for event, price in (
        (with_code, "44.10"),
        (webinar(promotions=[save(TENTH, enabled=False)]), "49.00"),
        (with_code, "44.10"),
        (webinar(promotions=[save(TENTH, PromoCode("SAVE", window=Window(ends_at=now)))]), "49.00"),
    ):
        office.run(flows.declare(event, by=ORGANIZER))
        assert charges(office, "SAVE") == [price]


def test_when_the_date_is_changed_everybody_with_a_place_is_told_at_once(office: Office) -> None:
    """CM-18: the old and the new date; the place and its link stay; who was refused hears nothing."""
    office.publish(webinar())
    paid = office.sell(2, event="webinar")
    office.run(flows.refuse(paid.id, [f"{paid.id}-2"], by=ORGANIZER))
    office.run(flows.reschedule(webinar(starts_at=BEGINS + timedelta(days=7)), by=ORGANIZER))
    (letter,) = letters(office, "rescheduled")
    assert (letter.person, letter.subject) == (person("Ana"), "New date: Webinar")
    assert "Before: April 14, 2026, 6:00 PM CEST\nWhen: April 21, 2026, 6:00 PM CEST" in said(letter)
    assert "Your place stays yours, and you need not do anything." in letter.body
    assert link(letter) == link(letters(office, "confirmation")[0])
    pass_id, token = link(letter)
    office.world.clock.set(BEGINS)
    with pytest.raises(NotAllowedError):
        office.run(flows.join("webinar", pass_id, token, device="phone"))
    office.world.clock.set(BEGINS + timedelta(days=7))
    assert office.run(flows.join("webinar", pass_id, token, device="phone")).has_attended()


def test_a_letter_about_the_new_date_that_does_not_get_through_is_sent_later_once(office: Office) -> None:
    """CM-18: the mail server is down for a moment; the next time that everything is looked at it is told."""
    office.publish(webinar())
    office.sell(2, event="webinar")
    office.world.outbox.fails = 1
    office.run(flows.reschedule(webinar(starts_at=BEGINS + timedelta(days=7)), by=ORGANIZER))
    assert len(letters(office, "rescheduled")) < 2
    for _ in range(2):
        office.world.clock.advance(hours=1)
        office.run(flows.reconcile())
        assert sorted(str(one.person and one.person.name) for one in letters(office, "rescheduled")) == ["Ana", "Bo"]


@pytest.mark.parametrize("size", [50, 200])
def test_no_more_tickets_are_sold_than_the_plan_has(office: Office, size: int) -> None:
    """CM-23: a plan for 50 sells 50, one for 200 sells 200; the next is sold out."""
    office.publish(webinar(policy=clickmeeting(plan_size=size).policy, capacity=size))
    for _ in range(size // 50):
        office.sell(50, event="webinar")
    with pytest.raises(RefusedError, match=r"^Places left: 0; asked for: 1\.$"):
        seat(office)
    assert len(letters(office, "confirmation")) == size
    assert office.world.store.taken("webinar", ["event"]) == {"event": size}


@pytest.mark.parametrize(
    ("capacity", "why"),
    [
        (51, "At most 50 places can be offered here: 51."),
        (None, "At most 50 places can be offered here, and nothing limits them."),
    ],
)
def test_no_more_tickets_are_offered_than_the_plan_has(office: Office, capacity: int | None, why: str) -> None:
    """CM-23: 51, or as many as come, are refused before anything is on sale; and later as well."""
    with pytest.raises(RefusedError) as refused:
        office.publish(webinar(capacity=capacity))
    assert str(refused.value) == why
    office.publish(webinar(capacity=50))
    with pytest.raises(RefusedError) as refused:
        office.run(flows.declare(webinar(capacity=capacity), by=ORGANIZER))
    assert str(refused.value) == why
