"""Whom the money goes to, and that nobody pays twice."""

import pytest
from box_office.offices import BUYER, ORGANIZER, Office, person, talk

from paidevents import RefusedError
from paidevents.box_office import flows
from paidevents.catalog import Actor, Question, RegistrationForm, Role
from paidevents.lifecycle import PaymentState
from paidevents.registration import Answer, Attendee

ANOTHER = Actor(Role.ORGANIZER, "43")


def office() -> Office:
    made = Office()
    made.publish()
    return made


def test_money_never_goes_to_an_account_that_somebody_else_has_connected() -> None:
    """43 has connected nothing, and the one account there is became 42's: CM-22."""
    made = Office()
    made.run(flows.connect("42", "card:test", "main", by=ORGANIZER))
    made.publish(by=ANOTHER)
    order = made.reserve()
    with pytest.raises(RefusedError, match="Nothing can be paid with card here"):
        made.run(flows.checkout(order.id))
    made.run(flows.disconnect("42", "card", by=ORGANIZER))
    with pytest.raises(RefusedError, match="Nothing can be paid with card here"):
        made.run(flows.checkout(order.id))


@pytest.mark.parametrize("way", ["pend", "authorize"])
def test_what_is_on_its_way_is_shown_and_nothing_else_is_begun(way: str) -> None:
    made = office()
    order = made.reserve()
    first = made.run(flows.checkout(order.id))
    card = made.world.card
    {"pend": card.pend, "authorize": card.authorize}[way](first.url)
    if way == "pend":
        made.deliver()
    again = made.run(flows.checkout(order.id))
    assert again.payment == first.payment
    assert len(made.dossier(order.id).payments) == len(card.payments()) == 1


def test_who_waits_says_first_what_the_form_asks_for_and_then_is_offered_a_place() -> None:
    made = Office()
    form = RegistrationForm(questions=(Question(id="level", text="Your level?", required=True),))
    made.publish(talk(capacity=1, form=form))
    ana, bo = (Attendee(person=person(name), answers=(Answer("level", "high"),)) for name in ("Ana", "Bo"))
    sold = made.run(flows.reserve("talk", {"standard": 1}, buyer=ana.person, attendees=[ana], by=BUYER))
    with pytest.raises(RefusedError, match="level has to be answered"):
        made.run(flows.join_list("talk", "standard", bo.person))
    entry = made.run(flows.join_list("talk", "standard", bo, locale="fr"))
    made.run(flows.cancel(sold.id, by=BUYER))
    (offer,) = [one for one in made.world.outbox.messages if one.kind.value == "offer"]
    assert (offer.person, offer.locale, entry.attendee) == (bo.person, "fr", bo)
    assert made.dossier(offer.order).order.registrations[0].attendee == bo


def test_a_buyer_who_asks_twice_has_one_payment() -> None:
    made = office()
    order = made.reserve()
    addresses = {made.run(flows.checkout(order.id)).url for _ in range(3)}
    (payment,) = made.dossier(order.id).payments
    assert (len(addresses), payment.state) == (1, PaymentState.OPEN)
