"""Letters: what every kind of message says, in English and in French."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from explain.post import LINKS, body, dossier, listing, nobody, passes, plain, sold, telling, told
from registration.desk import BUYER, ORGANIZER, Desk, attendee, person
from worked.shop import AT, BEGINS, LENGTH, euros, shop, taxes, ticket

from paidevents import Deadline, InvalidValueError, Rate, Span
from paidevents.access import Purpose, Recording
from paidevents.catalog import (
    Approval,
    Cancellation,
    EventKind,
    EventSession,
    Policy,
    Refunding,
    RefundStep,
    RegistrationForm,
)
from paidevents.catalog.people import Role
from paidevents.explain import letter
from paidevents.lifecycle import PaymentState
from paidevents.ports import Message, MessageKind
from paidevents.registration import (
    Attendee,
    Person,
    WaitingEntry,
    authorized,
    called_off,
    cancelled,
    expired,
    invite,
    payment_lost,
    refused,
)

K = MessageKind
TAXED = taxes(("20 %", "standard"))
TERMS = Cancellation.limited(
    RefundStep(Deadline.of("7 days before start"), Rate.of("100 %")),
    RefundStep(Deadline.of("24 h before start"), Rate.of("50 %")),
)
# Ten days before it begins, so that half is given back a day before.
LATE = datetime(2026, 4, 12, 12, tzinfo=UTC)


def waiting(**changed: Any) -> WaitingEntry:
    plain: dict[str, Any] = {"id": "w1", "event": "shop", "ticket": "standard", "person": person("Bo"), "joined_at": AT}
    return WaitingEntry(**{**plain, **changed})


def offered() -> WaitingEntry:
    """The place of the order A1 is offered to Bo for a day, until noon of March 2."""
    _, entry = waiting().offered("A1", Policy(), at=AT)
    return entry


def gone(**changed: Any) -> Desk:
    """Ana has cancelled two days before, and half of 24.00 is given back."""
    desk = sold(cancellation=TERMS, **changed)
    desk.at = LATE
    desk.do(cancelled, by=BUYER)
    return desk


def waits(**changed: Any) -> Desk:
    return sold(policy=Policy(approval=Approval.MANUAL), **changed)


@dataclass
class Case:
    """An order, and what is said besides."""

    desk: Desk
    said: dict[str, Any] = field(default_factory=dict)


def case(kind: MessageKind) -> Case:
    """A letter of that kind that is true."""
    if kind in (K.AWAITING_APPROVAL, K.APPROVAL_NEEDED):
        return Case(waits())
    if kind in (K.REFUSED, K.CANCELLED):
        return Case(gone())
    if kind in (K.OFFER, K.LIST_CLOSED):
        return Case(sold(paid=False), {"registration": "", "entry": offered()})
    values = {"amount": "12.00 EUR", "sold": "120", "limit": "100", "task": "refund", "why": "outcome_unknown"}
    return Case(sold(), {"values": values})


@pytest.mark.parametrize("kind", K)
def test_every_kind_is_written_in_both_languages(kind: MessageKind) -> None:
    it = case(kind)
    english, french = (told(it.desk, kind, locale, **it.said) for locale in ("en", "fr"))
    for message in (english, french):
        assert "{" not in message.subject + message.body
        assert message.subject.endswith(": A talk") and len(message.subject) <= 78
        assert message.kind is kind and message.event == "shop" and dict(message.values)["title"] == "A talk"
    assert english.subject != french.subject
    assert not set(english.body.split("\n\n")) & set(french.body.split("\n\n"))
    assert english.values == french.values and english.links == french.links


@pytest.mark.parametrize("kind", K)
def test_each_reaches_a_person_or_the_organizer_and_names_no_attendee_to_the_latter(kind: MessageKind) -> None:
    it = case(kind)
    message = told(it.desk, kind, **it.said)
    if message.account:
        assert message.account == "42" and message.person is None
        assert "Ana" not in message.body and "example.com" not in message.body and not message.links
    else:
        reader = "Bo" if kind in (K.OFFER, K.LIST_CLOSED) else "Ana"
        assert message.person == person(reader)
        assert message.body.startswith(f"Hello {reader},\n\n")


# Word for word.


def test_a_confirmation_says_all_there_is_to_know() -> None:
    """24.00 with 20 % tax in it: 24 / 6 = 4.00 is tax. April 14, 16:00 UTC is 18:00 in Paris."""
    desk = sold(
        policy=Policy(devices=3),
        tax=TAXED,
        form=RegistrationForm(remark="Bring a pen.\nAnd paper."),
        cancellation=Cancellation(steps=TERMS.steps, text="We are easy to talk to."),
    )
    message = told(desk, K.CONFIRMATION)
    assert message.subject == "Your place: A talk"
    assert plain(message.body) == (
        "Hello Ana,\n"
        "\n"
        "Your place for “A talk” is confirmed. It is good to have you with us!\n"
        "\n"
        "When: April 14, 2026, 6:00 PM CEST\n"
        "Ticket: Standard\n"
        "Price: €24.00, of which €4.00 is tax\n"
        "Order: A1\n"
        "\n"
        "Join here:\n"
        "https://tickets.example/join/x7\n"
        "\n"
        "This link was made for you alone: please do not pass it on. "
        "Number of devices that you can use the link on: 3.\n"
        "\n"
        "The organizer adds:\n"
        "Bring a pen.\n"
        "And paper.\n"
        "\n"
        "If you no longer want your place, you can cancel it here:\n"
        "https://tickets.example/cancel/x7\n"
        "\n"
        "You can cancel until April 14, 2026, 6:00 PM CEST.\n"
        "\n"
        "100% is given back of a place that is cancelled before April 7, 2026, 6:00 PM CEST. "
        "50% is given back of a place that is cancelled before April 13, 2026, 6:00 PM CEST. "
        "Nothing is given back of a place that is cancelled from April 13, 2026, 6:00 PM CEST on.\n"
        "\n"
        "The organizer’s cancellation policy:\n"
        "We are easy to talk to."
    )
    assert dict(message.values) == {
        "title": "A talk",
        "zone": "Europe/Paris",
        "order": "A1",
        "starts_at": "2026-04-14T16:00:00+00:00",
        "dates": "2026-04-14T16:00:00+00:00",
        "tickets": "Standard",
        "price": "24.00 EUR",
        "tax": "4.00 EUR",
        "cancel_until": "2026-04-14T16:00:00+00:00",
    }
    assert dict(message.links) == {purpose: LINKS[purpose] for purpose in (Purpose.JOIN, Purpose.CANCEL)}
    french = told(desk, K.CONFIRMATION, "fr")
    assert french.subject == "Votre place\xa0: A talk"
    assert plain(french.body) == (
        "Bonjour Ana,\n"
        "\n"
        "Votre place pour « A talk » est confirmée. C’est un plaisir de vous compter parmi nous !\n"
        "\n"
        "Quand : 14 avril 2026, 18:00 CEST\n"
        "Billet : Standard\n"
        "Prix : 24,00 €, dont 4,00 € de taxe\n"
        "Commande : A1\n"
        "\n"
        "Pour participer :\n"
        "https://tickets.example/join/x7\n"
        "\n"
        "Ce lien a été créé pour vous seul : merci de ne pas le transmettre. "
        "Nombre d’appareils sur lesquels vous pouvez utiliser le lien : 3.\n"
        "\n"
        "L’organisateur ajoute :\n"
        "Bring a pen.\n"
        "And paper.\n"
        "\n"
        "Si vous ne voulez plus de votre place, vous pouvez l’annuler ici :\n"
        "https://tickets.example/cancel/x7\n"
        "\n"
        "Vous pouvez annuler jusqu’au 14 avril 2026, 18:00 CEST.\n"
        "\n"
        "Une place annulée avant le 7 avril 2026, 18:00 CEST est remboursée à hauteur de 100 %. "
        "Une place annulée avant le 13 avril 2026, 18:00 CEST est remboursée à hauteur de 50 %. "
        "Une place annulée à partir du 13 avril 2026, 18:00 CEST n’est pas remboursée.\n"
        "\n"
        "Les conditions d’annulation de l’organisateur :\n"
        "We are easy to talk to."
    )


def test_a_cancellation_says_what_is_given_back() -> None:
    """Two days before, half of 24.00: 12.00, and of it 12 / 6 = 2.00 is tax."""
    desk = gone(tax=TAXED)
    message = told(desk, K.CANCELLED)
    assert message.subject == "Cancelled: A talk"
    assert plain(message.body) == (
        "Hello Ana,\n"
        "\n"
        "Your place for “A talk” is cancelled, as requested.\n"
        "\n"
        "When: April 14, 2026, 6:00 PM CEST\n"
        "Ticket: Standard\n"
        "Order: A1\n"
        "\n"
        "€12.00 is given back, the way it was paid. It can take a few days to arrive. That includes €2.00 of tax."
    )
    assert {"refund": "12.00 EUR", "refund_tax": "2.00 EUR"}.items() <= dict(message.values).items()
    french = told(desk, K.CANCELLED, "fr")
    assert french.subject == "Annulation\xa0: A talk"
    assert plain(french.body) == (
        "Bonjour Ana,\n"
        "\n"
        "Votre place pour « A talk » est annulée, comme demandé.\n"
        "\n"
        "Quand : 14 avril 2026, 18:00 CEST\n"
        "Billet : Standard\n"
        "Commande : A1\n"
        "\n"
        "12,00 € vous sont remboursés par le moyen de paiement utilisé. Cela peut prendre quelques jours. "
        "Ce montant comprend 2,00 € de taxe."
    )


def test_an_offer_says_what_for_how_much_and_until_when() -> None:
    """Made on March 1 at noon UTC and good for a day: until 13:00 in Paris, in winter."""
    desk = sold(paid=False)
    message = told(desk, K.OFFER, registration="", entry=offered())
    assert message.subject == "A place for you: A talk"
    assert plain(message.body) == (
        "Hello Bo,\n"
        "\n"
        "Good news: a place for “A talk” has become free, and it is set aside for you.\n"
        "\n"
        "When: April 14, 2026, 6:00 PM CEST\n"
        "Ticket: Standard\n"
        "Price: €24.00\n"
        "Order: A1\n"
        "\n"
        "Take it here until March 2, 2026, 1:00 PM CET:\n"
        "https://tickets.example/offer/x7\n"
        "\n"
        "This link was made for you alone: please do not pass it on.\n"
        "\n"
        "If you do not want it, you need not do anything: it is then offered to somebody else."
    )
    assert dict(message.values)["until"] == "2026-03-02T12:00:00+00:00"
    assert message.links == ((Purpose.OFFER, LINKS[Purpose.OFFER]),)
    french = told(desk, K.OFFER, "fr", registration="", entry=offered())
    assert french.subject == "Une place pour vous\xa0: A talk"
    assert plain(french.body) == (
        "Bonjour Bo,\n"
        "\n"
        "Bonne nouvelle : une place pour « A talk » s’est libérée, et elle vous est réservée.\n"
        "\n"
        "Quand : 14 avril 2026, 18:00 CEST\n"
        "Billet : Standard\n"
        "Prix : 24,00 €\n"
        "Commande : A1\n"
        "\n"
        "Prenez-la ici jusqu’au 2 mars 2026, 13:00 CET :\n"
        "https://tickets.example/offer/x7\n"
        "\n"
        "Ce lien a été créé pour vous seul : merci de ne pas le transmettre.\n"
        "\n"
        "Si vous n’en voulez pas, vous n’avez rien à faire : elle sera proposée à quelqu’un d’autre."
    )


def test_the_organizer_is_told_what_came_and_what_can_be_done() -> None:
    desk = sold(paid=False)
    values = {"why": "short", "amount": "15.00 EUR", "asked": "24.00 EUR"}
    message = told(desk, K.DECISION_NEEDED, registration="", values=values)
    assert message.subject == "Please decide on a payment: A talk"
    assert message.body == (
        "Hello,\n"
        "\n"
        "For the order A1 for “A talk”, €15.00 came, and €24.00 was due.\n"
        "\n"
        "You can accept the payment as it is, or decline it: then all of it goes back. "
        "Until you decide, nothing happens with this money."
    )
    french = told(desk, K.DECISION_NEEDED, "fr", registration="", values=values)
    assert french.subject == "Un paiement attend votre décision\xa0: A talk"
    assert plain(french.body) == (
        "Bonjour,\n"
        "\n"
        "Pour la commande A1 pour « A talk », 15,00 € sont arrivés, et 24,00 € étaient dus.\n"
        "\n"
        "Vous pouvez accepter le paiement tel quel, ou le refuser : alors tout est rendu. "
        "Tant que vous n’avez pas décidé, rien n’est fait de cet argent."
    )


# What the documents promise.

SETTINGS: dict[str, dict[str, Any]] = {
    "bare": {},
    "never refunded, never cancelled": {"cancellation": Cancellation(buyer_until=Deadline.of("30 days before start"))},
    "with words": {"cancellation": Cancellation(text="No refunds."), "form": RegistrationForm(remark="No way out.")},
    "free": {"tickets": (ticket("0.00"),)},
    "no transfers": {"policy": Policy(transferable=False, devices=1)},
    "without a date": {"kind": EventKind.ON_DEMAND},
    "platform": {"policy": Policy(refunds=Refunding.OWED, price_locked=True)},
}


@pytest.mark.parametrize("locale", ["en", "fr", "de", "xx"])
@pytest.mark.parametrize("kind", [K.CONFIRMATION, K.REMINDER])
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_the_link_to_cancel_cannot_be_removed(settings: dict[str, Any], kind: MessageKind, locale: str) -> None:
    """GT-27: it is in every confirmation and reminder, whatever the organizer has decided."""
    desk = sold(**settings)
    message = told(desk, kind, locale)
    assert LINKS[Purpose.CANCEL] in message.body.splitlines()
    assert message.link(Purpose.CANCEL) == LINKS[Purpose.CANCEL]
    with pytest.raises(InvalidValueError, match=r"links\.cancel: A message of the kind \w+ is not written without it"):
        told(desk, kind, locale, links={Purpose.JOIN: LINKS[Purpose.JOIN]})


def test_the_link_to_cancel_is_there_after_the_event_too() -> None:
    after = sold(policy=Policy(sells_recording=True))
    for_recording = dossier(after, passes=passes(after, BEGINS + timedelta(days=1)))
    assert LINKS[Purpose.CANCEL] in body(after, K.CONFIRMATION, dossier=for_recording)


def test_the_confirmation_says_that_its_link_is_personal_and_adds_the_remark() -> None:
    """GT-26, GT-25: of devices nothing is said where they are not limited."""
    told_of = body(sold(form=RegistrationForm(remark="Be on time.")), K.CONFIRMATION)
    assert "This link was made for you alone: please do not pass it on.\n" in told_of
    assert "The organizer adds:\nBe on time.\n" in told_of
    assert "devices" not in told_of
    assert "The organizer adds" not in body(sold(), K.CONFIRMATION)


def test_who_pays_after_the_event_gets_the_recording() -> None:
    """GT-17, GT-18: the talk is over at 17:30 UTC; a pass of that moment is for the recording, one before is not."""
    desk = sold(policy=Policy(sells_recording=True))
    over = BEGINS + timedelta(minutes=90)
    message = told(desk, K.CONFIRMATION, dossier=dossier(desk, passes=passes(desk, over)))
    assert (
        "It has taken place already: see the recording here, as soon as it is published:\n"
        "https://tickets.example/recording/x7\n\nThis link was made for you alone"
    ) in message.body
    assert message.link(Purpose.RECORDING) and not message.link(Purpose.JOIN)
    before = told(desk, K.CONFIRMATION, dossier=dossier(desk, passes=passes(desk, over - timedelta(seconds=1))))
    assert before.link(Purpose.JOIN) and not before.link(Purpose.RECORDING)


def test_a_payment_that_arrived_and_one_that_is_set_aside_are_told_apart() -> None:
    """GT-22."""
    paid = body(waits(), K.AWAITING_APPROVAL)
    assert "The organizer looks at your registration now" in paid
    assert "Your payment of €24.00 has arrived. If your registration is not accepted, all of it is given back." in paid
    desk = waits(paid=False)
    desk.do(authorized, until=AT + timedelta(days=2))
    assert "€24.00 is set aside for it, and nothing has been taken yet." in body(desk, K.AWAITING_APPROVAL)
    free = body(waits(tickets=(ticket("0.00"),)), K.AWAITING_APPROVAL, links={})
    assert "Price: free of charge" in free and "payment" not in free and "set aside" not in free


def test_a_new_date_is_told_beside_the_old_one_and_the_place_stays() -> None:
    """CM-18: at 12:00 UTC it is 14:00 in Paris, in summer."""
    values = {"old_starts_at": "2026-04-10T14:00:00+02:00"}
    said = body(sold(), K.RESCHEDULED, values=values)
    assert "has a new date. Your place stays yours" in said
    assert "Before: April 10, 2026, 2:00 PM CEST\nWhen: April 14, 2026, 6:00 PM CEST\n" in said
    assert LINKS[Purpose.CANCEL] in said and LINKS[Purpose.JOIN] in said
    bare = body(waits(), K.RESCHEDULED, links={})
    assert bare.endswith("\n\nWhen: April 14, 2026, 6:00 PM CEST")


def test_a_recording_is_sent_with_its_end_where_it_has_one() -> None:
    """GT-20: published at noon UTC on March 1, for 30 days: until 14:00 in Paris, where summer has begun meanwhile."""
    film = Recording(id="film", event_id="shop", attached_at=AT, lasts=Span(minutes=30 * 24 * 60)).published(AT)
    message = told(sold(), K.RECORDING, recording=film)
    assert "See the recording here:\nhttps://tickets.example/recording/x7\n\nIt can be seen until March 31" in message.body
    assert dict(message.values)["until"] == "2026-03-31T12:00:00+00:00"
    assert plain(message.body).endswith("\n\nThis link was made for you alone: please do not pass it on.")
    assert "until" not in body(sold(), K.RECORDING)


def test_a_letter_about_places_that_cost_nothing_says_so_and_speaks_of_no_money() -> None:
    desk = Desk(shop(title="A talk"))
    desk.done(invite(desk.plan, id="A1", attendee=attendee(), role=Role.SPEAKER, at=AT, by=ORGANIZER))
    said = body(desk, K.CONFIRMATION)
    assert "CEST\nPrice: free of charge\nOrder: A1\n" in said and "given back" not in said
    desk.do(called_off)
    assert body(desk, K.CANCELLED).endswith("Order: A1")


def test_who_pays_for_several_sees_what_the_order_costs_and_the_others_do_not() -> None:
    """Two places of 24.00 are 48.00."""
    desk = sold(2)
    assert "Price: €24.00\nOrder: A1, €48.00 in all\n" in body(desk, K.CONFIRMATION)
    bo = told(desk, K.CONFIRMATION, registration="A1-2")
    assert bo.person == person("Bo") and "Price: €24.00\nOrder: A1\n" in bo.body and "48" not in bo.body
    erased = dossier(desk, order=desk.order.erased())
    assert nobody(desk, K.CONFIRMATION, dossier=erased)


# What becomes of the money.


@pytest.mark.parametrize(
    ("refunds", "said"),
    [
        (Refunding.AUTOMATIC, "€24.00 is given back, the way it was paid. It can take a few days to arrive."),
        (Refunding.OWED, "The organizer will refund €24.00."),
    ],
)
def test_who_is_refused_is_told_who_gives_the_money_back(refunds: Refunding, said: str) -> None:
    """CM-21."""
    desk = sold(policy=Policy(refunds=refunds))
    desk.do(refused)
    message = body(desk, K.REFUSED, values={"why": "It is for members."})
    assert message == (
        "Hello Ana,\n\nWe are sorry: the organizer could not accept your registration for “A talk”.\n\n"
        f"The organizer writes:\nIt is for members.\n\nOrder: A1\n\n{said}"
    )


def test_a_refund_that_was_decided_is_told_rather_than_what_the_order_knows() -> None:
    desk = gone(tax=TAXED)
    said = body(desk, K.CANCELLED, values={"refund": "20.00 EUR"})
    assert said.endswith("€20.00 is given back, the way it was paid. It can take a few days to arrive.")
    assert body(desk, K.CANCELLED, values={"refund": "12.00 EUR"}).endswith("That includes €2.00 of tax.")


def test_of_money_that_is_kept_only_who_gave_the_place_up_is_told() -> None:
    desk = sold()
    desk.do(cancelled, by=BUYER)
    assert body(desk, K.CANCELLED).endswith("By the cancellation policy, nothing is given back.")
    lost = sold()
    lost.received = euros("0.00")
    lost.done(payment_lost(lost.order, lost.plan, received=lost.received, at=AT))
    said = body(lost, K.CANCELLED)
    assert "The payment for your place for “A talk” was taken back, so the place is cancelled." in said
    assert said.endswith("Order: A1")


def test_money_that_was_set_aside_is_let_go_and_an_unpaid_place_is_told_of_no_money() -> None:
    desk = waits(paid=False)
    desk.do(authorized, until=AT + timedelta(days=2))
    desk.at = AT + timedelta(days=2)
    desk.do(expired)
    said = body(desk, K.REFUSED)
    assert "was not decided on in time, and has lapsed." in said
    assert said.endswith("The money that was set aside is released: nothing was taken.")
    unpaid = sold(paid=False)
    unpaid.do(refused)
    assert body(unpaid, K.REFUSED).endswith("Order: A1")


def test_why_a_place_is_gone_is_told_as_it_was_said_or_as_it_looks() -> None:
    desk = sold()
    desk.do(called_off)
    sorry = "We are sorry: the organizer has cancelled your place for “A talk”."
    off = "We are sorry: “A talk” will not take place, and your place is cancelled."
    assert sorry in body(desk, K.CANCELLED)
    assert off in body(desk, K.CANCELLED, values={"why": "event_cancelled"})
    _, scheduled = listing(desk).scheduled(at=AT, by=ORGANIZER, is_sound=True)
    _, called = scheduled.cancelled(at=AT, by=ORGANIZER)
    assert off in body(desk, K.CANCELLED, listing=called)
    assert off in body(desk, K.CANCELLED, listing=called, values={"why": "by_organizer"})
    words = body(desk, K.CANCELLED, listing=called, values={"why": "The speaker is ill."})
    assert f"{off}\n\nThe organizer writes:\nThe speaker is ill.\n\n" in words
    assert "writes" not in body(desk, K.CANCELLED, listing=called, values={"why": "event_cancelled"})
    assert "writes" not in body(desk, K.REFUSED, values={"why": "by_organizer"})
    assert "Your place for “A talk” is cancelled." in body(sold(), K.CANCELLED)


def test_a_buyer_is_told_what_was_given_back() -> None:
    said = told(sold(), K.REFUNDED, registration="", values={"amount": "12.00 EUR"})
    assert said.person == person("Ana")
    assert said.body.endswith(
        "€12.00 was given back for your order A1 for “A talk”. It can take a few days to arrive."
    )


def test_the_buyer_and_not_the_attendee_hears_of_refunds() -> None:
    desk = sold(2)
    for kind in (K.REFUNDED, K.MONEY_RETURNED):
        assert told(desk, kind, registration="A1-2", values={"amount": "1.00 EUR"}).person == person("Ana")


# Who is told nothing.


def test_who_was_erased_is_told_nothing() -> None:
    desk = sold(2)
    erased = dossier(desk, order=desk.order.erased())
    for kind in (K.CONFIRMATION, K.REMINDER, K.REFUSED, K.CANCELLED, K.RESCHEDULED, K.RECORDING):
        assert nobody(desk, kind, dossier=erased)
        assert nobody(desk, kind, dossier=erased, registration="")
    for kind in (K.REFUNDED, K.MONEY_RETURNED):
        assert nobody(desk, kind, dossier=erased, values={"amount": "1.00 EUR"})
    for kind in (K.OFFER, K.LIST_CLOSED):
        assert nobody(desk, kind, entry=waiting(person=None))
    assert told(desk, K.TASK_STUCK, dossier=erased).account == "42"


def test_what_is_no_longer_true_is_not_told() -> None:
    lost = gone()
    for kind in (K.CONFIRMATION, K.REMINDER, K.RECORDING, K.AWAITING_APPROVAL, K.RESCHEDULED, K.APPROVAL_NEEDED):
        assert nobody(lost, kind)
    desk = sold()
    (held,) = passes(desk)
    suspended = dossier(desk, passes=(held.suspended(AT),))
    for kind in (K.CONFIRMATION, K.REMINDER, K.RECORDING):
        assert nobody(desk, kind, dossier=suspended)
    assert LINKS[Purpose.CANCEL] in body(desk, K.RESCHEDULED, dossier=suspended)
    assert nobody(desk, K.OFFER, entry=waiting())
    assert LINKS[Purpose.JOIN] in body(desk, K.CONFIRMATION, dossier=dossier(desk, passes=()))


# Languages.


def test_a_language_without_texts_is_written_to_in_english_with_its_own_numbers() -> None:
    german = told(sold(), K.CONFIRMATION, "de")
    assert german.locale == "de" and "Price: 24,00\xa0€" in german.body and german.subject == "Your place: A talk"
    nowhere = told(sold(), K.CONFIRMATION, "xx")
    assert nowhere.locale == "xx" and nowhere.body == told(sold(), K.CONFIRMATION, "en").body


def test_without_a_language_the_orders_is_taken_and_an_organizer_is_written_to_in_english() -> None:
    french = dossier(sold(), locale="fr_CA")
    message = letter(telling(sold(), K.CONFIRMATION, dossier=french))
    assert message is not None and message.locale == "fr_CA" and message.subject.startswith("Votre place")
    organizer = letter(telling(sold(), K.TASK_STUCK, dossier=french))
    assert organizer is not None and organizer.locale == "en"
    closed = letter(telling(sold(), K.LIST_CLOSED, dossier=None, registration="", entry=waiting()))
    assert closed is not None and (closed.locale, closed.order) == ("en", "")
    with pytest.raises(InvalidValueError, match="locale"):
        letter(telling(sold(), K.CONFIRMATION), "Klingon!")


# Safety.


def test_nothing_personal_is_printed() -> None:
    """P13: neither a name, nor an address, nor a link."""
    desk = sold()
    for kind in K:
        it = case(kind)
        message = letter(telling(it.desk, kind, **it.said), "en")
        for thing in (message, telling(it.desk, kind, **it.said)):
            shown = repr(thing) + str(thing)
            assert not any(secret in shown for secret in ("Ana", "Bo,", "@", "://", "x7", "Hello"))
    assert isinstance(letter(telling(desk, K.CONFIRMATION), "en"), Message)


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Ana Lima", "Hello Ana Lima,"),
        ("O’Neil-Łukasz, jr.", "Hello O’Neil-Łukasz, jr.,"),
        ("You won: http://evil.example", "Hello,"),
        ("Visit evil.example now", "Hello,"),
        ("Call 555 123", "Hello,"),
        ("WWW evil example", "Hello,"),
        ("me@evil", "Hello,"),
        ("A" * 61, "Hello,"),
    ],
)
def test_a_name_that_leads_anywhere_is_not_repeated(name: str, greeting: str) -> None:
    """Whoever registers a stranger could write to them through us."""
    desk = Desk(shop(title="A talk"))
    desk.reserve(1, attendees=[Attendee(person=Person(name=name, email="bo@example.com"))])
    desk.pay()
    assert body(desk, K.CONFIRMATION).startswith(f"{greeting}\n\nYour place")


@pytest.mark.parametrize("title", ["A talk\nBcc: x@example.com", "A\r\nB", "A\x00", "A\u2028B", "A\x85B"])
def test_a_title_cannot_bring_a_second_line_into_a_subject(title: str) -> None:
    with pytest.raises(InvalidValueError, match="title"):
        sold(title=title)


@pytest.mark.parametrize("kind", K)
def test_a_subject_is_one_line_of_at_most_200_characters(kind: MessageKind) -> None:
    it = case(kind)
    long = sold(title="Ab " * 66)
    event = long.plan.event
    for locale in ("en", "fr"):
        subject = told(it.desk, kind, locale, **{**it.said, "listing": listing(it.desk, event=event)}).subject
        assert len(subject) <= 200 and subject.isprintable() is ("\xa0" not in subject) and subject.endswith("…")


def test_what_stands_in_a_title_is_not_filled_in() -> None:
    message = told(sold(title="{order} {name} {title}"), K.CONFIRMATION)
    assert message.subject == "Your place: {order} {name} {title}"
    assert "Your place for “{order} {name} {title}” is confirmed." in message.body


def test_the_longest_letter_there_can_be_is_sent() -> None:
    """Everything as long as it may be: the links stand in it whole."""
    long = "W" * 199
    sessions = [
        EventSession(id=f"s{number}", starts_at=BEGINS + timedelta(days=number), duration=LENGTH) for number in range(300)
    ]
    steps = [RefundStep(Deadline.of(f"{number} days before start"), Rate.of("33.33 %")) for number in range(40, 20, -1)]
    desk = sold(
        title=long,
        sessions=sessions,
        tickets=(ticket("24.00", name=long),),
        policy=Policy(devices=3),
        form=RegistrationForm(remark="é" * 5000),
        cancellation=Cancellation(steps=steps, kept=euros("1.00"), tax=False, pro_rata=True, text="à" * 5000),
        tax=TAXED,
    )
    links = {purpose: f"https://tickets.example/{purpose.value}/".ljust(2000, "x") for purpose in Purpose}
    for locale in ("en", "fr", "de", "ta", "am"):
        message = told(desk, K.CONFIRMATION, locale, links=links)
        assert links[Purpose.CANCEL] in message.body and links[Purpose.JOIN] in message.body
        assert "é" * 5000 in message.body and "à" * 5000 in message.body
        assert len(dict(message.values)["dates"].split()) == 150
    assert "\nAnd more: 290\n" in told(desk, K.CONFIRMATION, links=links).body


def test_a_payment_that_is_to_be_looked_at_is_found_without_being_named() -> None:
    assert PaymentState.REVIEW  # see test_letters_to_organizers.py
