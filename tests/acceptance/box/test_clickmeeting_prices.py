"""ClickMeeting's rules about reduced tickets and promo codes, through the box office. The base price is 49.00."""

from datetime import timedelta

import pytest
from acceptance.box.webinars import (
    BEGINS,
    NOW,
    asked,
    charges,
    euros,
    left_out,
    letters,
    lot,
    save,
    seat,
    ticket,
    webinar,
)
from attrs import evolve
from box_office.offices import ORGANIZER, Office

from paidevents import AmountOff, InvalidValueError, Percent, PromoCode, Rate, Span, Window
from paidevents.box_office import flows
from paidevents.catalog import EventKind, EventSession, Limit, LimitOf, LimitPer
from paidevents.errors import NotFoundError

LATER = NOW + timedelta(days=7)
TENTH = Percent(Rate.of("10 %"))


def test_an_early_bird_is_sold_by_its_name_at_its_price_until_it_expires(office: Office) -> None:
    """CM-03: 29.00 up to the last second of a week, 49.00 from the moment on at which it expires."""
    office.publish(webinar(ticket("49.00", lot("early", "29.00", until=LATER))))
    office.world.clock.set(LATER - timedelta(seconds=1))
    first = office.sell(event="webinar")
    office.world.clock.set(LATER)
    second = office.sell(event="webinar")
    assert [str(asked(office, paid.id).amount) for paid in (first, second)] == ["29.00 EUR", "49.00 EUR"]
    of_first, of_second = letters(office, "confirmation")
    assert "Ticket: Standard · Early\nPrice: €29.00" in of_first.body
    assert "Ticket: Standard\nPrice: €49.00" in of_second.body


def test_a_reduced_ticket_with_a_quantity_is_for_the_first_who_come(office: Office) -> None:
    """CM-04: two at 29.00; of an order for three, the third costs 49.00, 107.00 in all."""
    office.publish(webinar(ticket("49.00", lot("early", "29.00", 2))))
    assert charges(office, count=3) == ["29.00", "29.00", "49.00"]
    assert str(asked(office, office.sell(3, event="webinar").id).amount) == "107.00 EUR"
    assert charges(office) == ["49.00"]


def test_of_a_quantity_and_an_expiry_the_first_reached_ends_it(office: Office) -> None:
    """CM-04: once the two are sold it is over before its date; with one left it is over at its date."""
    both = webinar(ticket("49.00", lot("early", "29.00", 2, LATER)))
    office.publish(both)
    office.sell(1, event="webinar")
    assert charges(office) == ["29.00"]
    office.world.clock.set(LATER)
    assert charges(office) == ["49.00"], "one was left"
    office.world.clock.set(NOW)
    office.sell(1, event="webinar")
    assert charges(office) == ["49.00"], "it would have gone on for a week"


def test_a_reduced_ticket_that_nobody_paid_for_is_there_again(office: Office) -> None:
    """CM-04: held, it is nobody else's; when the hold runs out, the next one has it."""
    office.publish(webinar(ticket("49.00", lot("early", "29.00", 1))))
    seat(office)
    assert charges(office) == ["49.00"]
    office.world.clock.advance(minutes=15)
    office.run(flows.reconcile())
    assert charges(office) == ["29.00"]


def test_lots_open_one_after_the_other_and_the_base_price_holds_after_the_last(office: Office) -> None:
    """CM-05: one at 19.00; then 29.00 for a week; then one at 39.00; then 49.00."""
    lots = (lot("first", "19.00", 1), lot("second", "29.00", until=LATER), lot("third", "39.00", 1))
    office.publish(webinar(ticket("49.00", *lots)))
    paid = [office.sell(event="webinar") for _ in range(3)]
    office.world.clock.set(LATER)
    paid += [office.sell(event="webinar") for _ in range(2)]
    amounts = [str(asked(office, one.id).amount.decimal) for one in paid]
    assert amounts == ["19.00", "29.00", "29.00", "39.00", "49.00"]


def test_reduced_tickets_are_switched_off_and_on_as_a_whole(office: Office) -> None:
    """CM-06: of two lots none holds while they are off, also on an event that is scheduled."""
    event = webinar(ticket("49.00", lot("first", "19.00", 1), lot("second", "29.00", 1)))
    office.publish(event)
    assert charges(office) == ["19.00"]
    office.run(flows.declare(evolve(event, policy=evolve(event.policy, tiers_enabled=False)), by=ORGANIZER))
    assert charges(office, count=2) == ["49.00", "49.00"]
    office.run(flows.declare(event, by=ORGANIZER))
    assert charges(office, count=2) == ["19.00", "29.00"]


def test_promo_codes_are_switched_off_and_on_as_a_whole(office: Office) -> None:
    """CM-06: while they are off a buyer pays in full and is told why; lots are another switch."""
    event = webinar(ticket("49.00", lot("early", "29.00", 9)), promotions=[save(TENTH)])
    office.publish(event)
    office.run(flows.declare(evolve(event, policy=evolve(event.policy, codes_enabled=False)), by=ORGANIZER))
    assert (charges(office, "SAVE"), left_out(office, "SAVE")) == (["29.00"], {"SAVE": "This code is not valid here."})
    office.run(flows.declare(event, by=ORGANIZER))
    assert (charges(office, "SAVE"), left_out(office, "SAVE")) == (["26.10"], {})


@pytest.mark.parametrize("kind", [EventKind.PERMANENT, EventKind.ON_DEMAND])
def test_a_permanent_or_on_demand_event_with_reduced_tickets_is_not_put_on_sale(
    office: Office, kind: EventKind
) -> None:
    """CM-07: refused when it is configured, with the place and the reason; nothing is kept of it."""
    with pytest.raises(InvalidValueError) as refused:
        office.publish(webinar(ticket("49.00", lot("early", "29.00", 9)), kind=kind))
    assert str(refused.value) == f"tickets[0].tiers: An event of the kind {kind.value} has no reduced tiers."
    with pytest.raises(NotFoundError):
        office.run(flows.listing("webinar"))
    office.publish(webinar(kind=kind))
    assert charges(office) == ["49.00"]


@pytest.mark.parametrize(
    ("effect", "paid"), [(Percent(Rate.of("20 %")), "39.20"), (AmountOff((euros("5.00"),)), "44.00")]
)
def test_a_promo_code_takes_a_percentage_or_an_amount_off(
    office: Office, effect: Percent | AmountOff, paid: str
) -> None:
    """CM-08: 20 % of 49.00 are 9.80, and 39.20 are left; 5.00 off leave 44.00. It is typed in any letters."""
    office.publish(webinar(promotions=[save(effect)]))
    assert str(asked(office, office.sell(1, "save", event="webinar").id).amount) == f"{paid} EUR"


def test_a_code_with_a_number_of_uses_is_good_for_so_many_orders(office: Office) -> None:
    """CM-09: two orders, whatever their size; the third pays in full, and its buyer sees why."""
    office.publish(webinar(promotions=[save(TENTH, limits=[Limit(LimitOf.ORDERS, 2, LimitPer.CODE)])]))
    paid = [office.sell(count, "SAVE", event="webinar") for count in (1, 2, 1)]
    assert [str(asked(office, one.id).amount) for one in paid] == ["44.10 EUR", "88.20 EUR", "49.00 EUR"]
    assert left_out(office, "SAVE") == {"SAVE": "It has been used up."}


def test_a_code_with_an_expiry_is_good_until_then(office: Office) -> None:
    """CM-09: 44.10 up to the last second, 49.00 from the moment on at which it expires."""
    office.publish(webinar(promotions=[save(TENTH, PromoCode("SAVE", window=Window(ends_at=LATER)))]))
    office.world.clock.set(LATER - timedelta(seconds=1))
    assert charges(office, "SAVE") == ["44.10"]
    office.world.clock.set(LATER)
    assert (charges(office, "SAVE"), len(left_out(office, "SAVE"))) == (["49.00"], 1)


def test_of_uses_and_expiry_the_first_reached_ends_a_code_and_an_unpaid_use_comes_back(office: Office) -> None:
    """CM-09: one use until a date: held by an order that is not paid, it is free again when that has run out."""
    office.publish(webinar(promotions=[save(TENTH, PromoCode("SAVE", uses=1, window=Window(ends_at=LATER)))]))
    seat(office, "SAVE")
    assert charges(office, "SAVE") == ["49.00"]
    office.world.clock.advance(minutes=15)
    office.run(flows.reconcile())
    assert charges(office, "SAVE") == ["44.10"]
    office.sell(1, "SAVE", event="webinar")
    assert charges(office, "SAVE") == ["49.00"], "used up, a week before it expires"


def test_a_code_takes_its_share_of_the_reduced_ticket_that_is_open(office: Office) -> None:
    """CM-10: 10 % of 29.00 are 2.90, and 26.10 are left; of the base price they would be 4.90."""
    office.publish(webinar(ticket("49.00", lot("early", "29.00", 1)), promotions=[save(TENTH)]))
    assert charges(office, "SAVE", count=2) == ["26.10", "44.10"]
    assert str(asked(office, office.sell(1, "SAVE", event="webinar").id).amount) == "26.10 EUR"


@pytest.mark.parametrize("kind", [EventKind.PERMANENT, EventKind.ON_DEMAND])
def test_permanent_and_on_demand_events_are_bought_with_codes(office: Office, kind: EventKind) -> None:
    """CM-11: 44.10 of 49.00, also years later."""
    office.publish(webinar(kind=kind, promotions=[save(TENTH)]))
    office.world.clock.set(BEGINS + timedelta(days=2000))
    paid = office.sell(1, "SAVE", event="webinar")
    assert (str(asked(office, paid.id).amount), len(letters(office, "confirmation"))) == ("44.10 EUR", 1)


def test_a_permanent_event_with_sessions_is_bought_with_codes_too(office: Office) -> None:
    """CM-11: two sessions, one price, 44.10; a code that nobody made changes nothing and says so."""
    weeks = [EventSession(id=f"w{n}", starts_at=BEGINS + timedelta(weeks=n), duration=Span.of("1 h")) for n in (0, 1)]
    office.publish(webinar(kind=EventKind.PERMANENT, sessions=weeks, promotions=[save(TENTH)]))
    assert charges(office, "SAVE") == ["44.10"]
    assert (charges(office, "WRONG"), left_out(office, "WRONG")) == (
        ["49.00"],
        {"WRONG": "This code is not valid here."},
    )
