"""What GoToWebinar's page promises who registers: approval, questions, letters with links, and a way out."""

from datetime import timedelta

import pytest
from acceptance.box.seminars import (
    BEGINS,
    HELPER,
    POLICY,
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
from attrs import evolve
from box_office.offices import BUYER, ORGANIZER, Office, person

from paidevents import Deadline, Rate, Span
from paidevents.access import Purpose
from paidevents.box_office import flows
from paidevents.catalog import (
    Approval,
    Attendance,
    Cancellation,
    Capture,
    Disclaimer,
    EventKind,
    Question,
    RefundStep,
    RegistrationForm,
)
from paidevents.errors import DuplicateError, IllegalTransitionError, InvalidValueError, NotAllowedError, RefusedError
from paidevents.lifecycle import OrderState, RegistrationState
from paidevents.ports import MessageKind
from paidevents.registration import Answer, Attendee

K, R = MessageKind, RegistrationState

BY_HAND = evolve(POLICY, approval=Approval.MANUAL)
SET_ASIDE = evolve(POLICY, approval=Approval.MANUAL, capture=Capture.ON_APPROVAL, decide_within=Span.of("3 days"))


def test_approved_automatically_the_confirmation_comes_right_after_the_payment(office: Office) -> None:
    """GT-22: not before, and nobody is asked."""
    order = register(on_sale(office)).id
    assert office.told() == []
    assert (states(office.pay(order)), office.told()) == ([R.CONFIRMED], ["confirmation"])


def test_approved_by_hand_the_registrant_pays_first_and_then_waits(office: Office) -> None:
    """GT-22: "les inscrits paient d'abord, puis voient s'afficher l'écran «En attente d'approbation par l'organisateur»"."""
    sold = buy(on_sale(office, policy=BY_HAND))
    assert (states(sold), in_books(office.world.card)) == ([R.AWAITING_APPROVAL], ["paid 100.00"])
    assert office.told() == ["awaiting_approval", "approval_needed"]
    waits, asked = letter(office, K.AWAITING_APPROVAL), letter(office, K.APPROVAL_NEEDED)
    assert "Your payment of $100.00 has arrived." in waits.body and not waits.link(Purpose.JOIN)
    assert (asked.account, "It is paid." in asked.body) == ("42", True)
    with pytest.raises(NotAllowedError):
        office.run(flows.approve(sold.id, by=BUYER))
    office.run(flows.approve(sold.id, by=ORGANIZER))
    assert states(office.dossier(sold.id)) == [R.CONFIRMED]
    assert letter(office, K.CONFIRMATION).link(Purpose.JOIN)


def test_who_paid_and_is_refused_has_everything_back(office: Office) -> None:
    """GT-22: whatever the terms say, for it was not the registrant's wish."""
    sold = buy(on_sale(office, policy=BY_HAND, cancellation=Cancellation.none()))
    office.run(flows.refuse(sold.id, by=ORGANIZER))
    assert (states(office.dossier(sold.id)), taken(office)) == ([R.REFUSED], 0)
    assert in_books(office.world.card) == ["paid 100.00 -100.00"]
    assert "$100.00 is given back" in plain(letter(office, K.REFUSED).body)


def test_money_that_is_set_aside_is_taken_once_the_organizer_approves(office: Office) -> None:
    """GT-22: authorized first: until then nothing was taken, and the letter says so."""
    held = buy(on_sale(office, policy=SET_ASIDE))
    assert (held.order.state, states(held)) == (OrderState.AUTHORIZED, [R.AWAITING_APPROVAL])
    assert in_books(office.world.card) == ["authorized"]
    assert "$100.00 is set aside for it, and nothing has been taken yet." in plain(
        letter(office, K.AWAITING_APPROVAL).body
    )
    office.run(flows.approve(held.id, by=ORGANIZER))
    office.deliver()
    assert in_books(office.world.card) == ["paid 100.00"]
    assert states(office.dossier(held.id)) == [R.CONFIRMED]
    assert office.told() == ["awaiting_approval", "approval_needed", "confirmation"]


@pytest.mark.parametrize("is_decided", [True, False])
def test_money_that_is_set_aside_is_let_go_of_if_the_organizer_refuses_or_never_decides(
    office: Office, is_decided: bool
) -> None:
    """GT-22: after three days without a decision it lapses; nothing was taken either way."""
    held = buy(on_sale(office, policy=SET_ASIDE))
    if is_decided:
        office.run(flows.refuse(held.id, by=ORGANIZER))
    else:
        office.world.clock.advance(days=3)
        office.run(flows.reconcile())
    assert (in_books(office.world.card), taken(office)) == (["expired"], 0)
    assert states(office.dossier(held.id)) == [R.REFUSED if is_decided else R.LAPSED]
    assert "The money that was set aside is released: nothing was taken." in letter(office, K.REFUSED).body


FORM = RegistrationForm(
    questions=(
        Question(id="company", text="Where do you work?", required=True),
        Question(id="role", text="What do you do there?", choices=("I manage", "I am managed")),
    ),
    disclaimer=Disclaimer(text="The webinar is recorded.", version=2),
)


def test_who_registers_accepts_the_disclaimer_and_answers_what_is_asked(office: Office) -> None:
    """GT-23: what is missing is said, all at once, and nothing is held; what was answered, the organizer sees."""
    on_sale(office, form=FORM)
    silent = Attendee(person=person("Ana"), answers=(Answer("role", "I rest"),), accepted=1)
    with pytest.raises(RefusedError) as refused:
        register(office, attendees=[silent])
    assert [reason.code for reason in refused.value.reasons] == [
        "answer_missing",
        "no_such_choice",
        "disclaimer_not_accepted",
    ]
    assert taken(office) == 0
    answers = (Answer("company", "ACME"), Answer("role", "I manage"))
    buy(office, attendees=[Attendee(person=person("Ana"), answers=answers, accepted=2)])
    (seen,) = office.run(flows.participants("seminar", by=ORGANIZER))
    assert (seen.name, seen.answers) == ("Ana", (("company", "ACME"), ("role", "I manage")))


def test_the_confirmation_is_sent_again_to_one_registrant(office: Office) -> None:
    """GT-24: to Bo, and not to Ana, with the same links; the organizer may have it sent, and who bought, nobody else."""
    sold = buy(on_sale(office), 2)
    first = letter(office, K.CONFIRMATION, "Bo")
    for by in (ORGANIZER, BUYER):
        office.run(flows.resend(sold.id, f"{sold.id}-2", by=by))
    with pytest.raises(NotAllowedError):
        office.run(flows.resend(sold.id, f"{sold.id}-2", by=HELPER))
    assert letters(office, K.CONFIRMATION, "Bo") == [first] * 3
    assert len(letters(office, K.CONFIRMATION, "Ana")) == 1


def test_a_fourth_device_gets_an_error(office: Office) -> None:
    """GT-25: three join, also once more; the fourth does not, until one of them is given up."""
    sold = buy(on_sale(office))
    way_in = link(letter(office, K.CONFIRMATION), Purpose.JOIN)
    office.world.clock.set(BEGINS)
    for device in ("phone", "laptop", "tablet", "phone"):
        office.run(flows.join("seminar", *way_in, device=device))
    with pytest.raises(NotAllowedError, match="This place is used on as many devices as it may be: 3"):
        office.run(flows.join("seminar", *way_in, device="television"))
    office.run(flows.release_device(sold.id, f"{sold.id}-1", "tablet", by=BUYER))
    assert office.run(flows.join("seminar", *way_in, device="television")).has_attended()


@pytest.mark.parametrize(
    ("locale", "note", "heading"),
    [
        ("en", "This link was made for you alone: please do not pass it on.", "The organizer adds:"),
        ("fr", "Ce lien a été créé pour vous seul", "L’organisateur ajoute"),
    ],
)
def test_the_join_link_is_personal_and_the_letter_says_so(office: Office, locale: str, note: str, heading: str) -> None:
    """GT-26: "Remarque : ne partagez pas ce lien avec d'autres utilisateurs"; and the organizer's own remark below it."""
    on_sale(office, form=RegistrationForm(remark="Only for those who paid.\nBe on time."))
    buy(office, 2, locale=locale)
    ana, bo = (letter(office, K.CONFIRMATION, name) for name in ("Ana", "Bo"))
    for told in (ana, bo):
        assert note in told.body
        assert heading in told.body and "\nOnly for those who paid.\nBe on time." in told.body
    mine, yours = (link(told, Purpose.JOIN) for told in (ana, bo))
    office.world.clock.set(BEGINS)
    with pytest.raises(NotAllowedError, match="This link is not valid"):
        office.run(flows.join("seminar", mine[0], yours[1], device="laptop"))


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
    office.world.clock.set(BEGINS)
    for event in ("seminar", "video", "course", "off"):
        with pytest.raises(RefusedError, match="Nothing lies ahead that anybody could be reminded of"):
            office.run(flows.remind(event, by=ORGANIZER))
    assert letters(office, K.REMINDER) == []
