"""What GoToWebinar's page promises about cancelling: the terms and a way out stand in every letter, also in reminders."""

from datetime import timedelta

import pytest
from acceptance.box.seminars import (
    BEGINS,
    NOW,
    buy,
    choose,
    in_books,
    letter,
    letters,
    link,
    on_sale,
    plain,
    register,
    seminar,
    states,
    taken,
    weekly,
)
from box_office.offices import BUYER, ORGANIZER, Office, person

from paidevents import Deadline, Rate
from paidevents.access import Purpose
from paidevents.box_office import flows
from paidevents.catalog import (
    Attendance,
    Cancellation,
    EventKind,
    RefundStep,
)
from paidevents.errors import DuplicateError, IllegalTransitionError, InvalidValueError, NotAllowedError, RefusedError
from paidevents.lifecycle import RegistrationState
from paidevents.ports import MessageKind

K, R = MessageKind, RegistrationState

WORDS = "Annulation possible jusqu’à la veille.\n\nAprès cela, rien n’est remboursé."
UNTIL_THE_DAY_BEFORE = Cancellation(
    steps=(RefundStep(Deadline.of("1 day before start"), Rate.of("100 %")),), text=WORDS
)


def test_the_policy_on_cancellations_is_shown_with_the_event_and_told_in_every_letter(office: Office) -> None:
    """GT-27: in the organizer's words, and until when how much: 12:00 in New York, the day before."""
    on_sale(office, cancellation=UNTIL_THE_DAY_BEFORE)
    assert office.run(flows.listing("seminar")).event.cancellation.text == WORDS
    buy(office)
    office.run(flows.remind("seminar", by=ORGANIZER))
    for kind in (K.CONFIRMATION, K.REMINDER):
        told = plain(letter(office, kind).body)
        assert f"The organizer’s cancellation policy:\n{WORDS}" in told
        assert "100%" in told and "April 13, 2026, 12:00 PM EDT" in told


@pytest.mark.parametrize("kind", [K.CONFIRMATION, K.REMINDER])
def test_the_link_to_cancel_is_in_every_letter_and_works(office: Office, kind: MessageKind) -> None:
    """GT-27: whoever has the letter cancels that one place: 100.00 of 200.00 go back; the other keeps theirs."""
    sold = buy(on_sale(office, cancellation=UNTIL_THE_DAY_BEFORE), 2)
    office.run(flows.remind("seminar", by=ORGANIZER))
    way_out = link(letter(office, kind, "Bo"), Purpose.CANCEL)
    office.run(flows.cancel_by_link(*way_out))
    assert (states(office.dossier(sold.id)), taken(office)) == ([R.CONFIRMED, R.CANCELLED], 1)
    assert in_books(office.world.card) == ["paid 200.00 -100.00"]
    assert "as requested" in letter(office, K.CANCELLED, "Bo").body
    assert "$100.00 was given back" in plain(letter(office, K.REFUNDED, "Ana").body)
    with pytest.raises(NotAllowedError, match="This link is not valid"):
        office.run(flows.cancel_by_link(*way_out))


def test_the_link_to_cancel_works_until_the_event_begins(office: Office) -> None:
    """GT-27: the day before nothing comes back any more; at the beginning it is too late; a made-up link never works."""
    on_sale(office, cancellation=UNTIL_THE_DAY_BEFORE)
    for _ in range(2):
        buy(office)
    ana, late = (link(told, Purpose.CANCEL) for told in letters(office, K.CONFIRMATION))
    with pytest.raises(NotAllowedError, match="This link is not valid"):
        office.run(flows.cancel_by_link(ana[0], late[1]))
    office.world.clock.set(BEGINS - timedelta(days=1))
    office.run(flows.cancel_by_link(*ana))
    assert in_books(office.world.card) == ["paid 100.00", "paid 100.00"]
    assert "By the cancellation policy, nothing is given back." in letter(office, K.CANCELLED).body
    office.world.clock.set(BEGINS)
    with pytest.raises(IllegalTransitionError, match="too late"):
        office.run(flows.cancel_by_link(*late))


def test_everybody_who_is_confirmed_is_reminded_as_often_as_the_organizer_wishes(office: Office) -> None:
    """GT-27: twice here; not those who only hold a place, nor those who gave theirs up."""
    on_sale(office)
    gone = buy(office, 2)
    register(office, buyer=person("Eve"), attendees=[person("Eve")])
    office.run(flows.cancel(gone.id, [f"{gone.id}-2"], by=BUYER))
    assert office.run(flows.remind("seminar", id="a week before", by=ORGANIZER)) == BEGINS
    with pytest.raises(DuplicateError):
        office.run(flows.remind("seminar", id="a week before", by=ORGANIZER))
    assert office.run(flows.remind("seminar", by=ORGANIZER)) == BEGINS
    assert [told.person.name for told in letters(office, K.REMINDER) if told.person] == ["Ana", "Ana"]
    assert office.run(flows.reconcile()).changes == 0


def test_of_a_series_those_are_reminded_who_come_to_that_session(office: Office) -> None:
    """GT-27, GT-16: of the next one, or of the one that is named; the letter has that one date."""
    on_sale(office, sessions=weekly(3), attendance=Attendance.CHOSEN_SESSIONS)
    for name, weeks in (("Ana", ("w1", "w3")), ("Bo", ("w2",))):
        office.pay(choose(office, *weeks, name=name).id)
    for session, told in ((None, "Ana"), ("w2", "Bo"), ("w3", "Ana")):
        office.run(flows.remind("seminar", session=session, by=ORGANIZER))
        last = letters(office, K.REMINDER)[-1]
        assert last.person is not None and last.person.name == told
        assert plain(last.body).count("When: ") == 1
    office.world.clock.set(BEGINS)
    assert office.run(flows.remind("seminar", by=ORGANIZER)) == BEGINS + timedelta(weeks=1)
    assert len(letters(office, K.REMINDER)) == 4


def test_nobody_is_reminded_of_what_does_not_lie_ahead(office: Office) -> None:
    """GT-27: what has begun, was cancelled or has no date; a session that there is not; and only hosts remind."""
    on_sale(office)
    on_sale(office, seminar(id="video", kind=EventKind.ON_DEMAND))
    on_sale(office, seminar(id="course", sessions=weekly(1)))
    on_sale(office, seminar(id="off"))
    office.run(flows.cancel_event("off", by=ORGANIZER))
    with pytest.raises(InvalidValueError, match="Nothing here has the id w2"):
        office.run(flows.remind("course", session="w2", by=ORGANIZER))
    with pytest.raises(InvalidValueError):
        office.run(flows.remind("seminar", session="w1", by=ORGANIZER))
    with pytest.raises(InvalidValueError):
        office.run(flows.remind("seminar", id="x" * 41, by=ORGANIZER))
    with pytest.raises(NotAllowedError):
        office.run(flows.remind("seminar", by=BUYER))
    for moment, event in ((NOW, "off"), (NOW, "video"), (BEGINS, "seminar"), (BEGINS, "course")):
        office.world.clock.set(moment)
        with pytest.raises(RefusedError, match="Nothing lies ahead that anybody could be reminded of"):
            office.run(flows.remind(event, by=ORGANIZER))
    assert letters(office, K.REMINDER) == []
