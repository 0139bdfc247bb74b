"""Letters: what every kind of message says, in English and in French."""

import pytest
from explain.post import LINKS, TAXED, TERMS, K, case, gone, offered, plain, sold, told
from registration.desk import person

from paidevents.access import Purpose
from paidevents.catalog import Cancellation, Policy, RegistrationForm
from paidevents.ports import MessageKind


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
