"""What GoToWebinar's page promises who registers: approval, questions, and a link for three devices."""

import pytest
from acceptance.box.seminars import (
    BEGINS,
    HELPER,
    POLICY,
    buy,
    in_books,
    letter,
    letters,
    link,
    on_sale,
    plain,
    register,
    states,
    taken,
)
from attrs import evolve
from box_office.offices import BUYER, ORGANIZER, Office, person

from paidevents import Span
from paidevents.access import Purpose
from paidevents.box_office import flows
from paidevents.catalog import (
    Approval,
    Cancellation,
    Capture,
    Disclaimer,
    Question,
    RegistrationForm,
)
from paidevents.errors import NotAllowedError, RefusedError
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
    (seen,) = office.run(flows.participants("seminar", by=ORGANIZER)).rows
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
