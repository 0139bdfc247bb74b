"""Letters reach the right people in a language they know, and nobody can misuse them."""

from datetime import timedelta

import pytest
from explain.post import (
    LINKS,
    TAXED,
    K,
    body,
    case,
    dossier,
    gone,
    listing,
    nobody,
    passes,
    sold,
    telling,
    told,
    waiting,
)
from registration.desk import Desk
from worked.shop import AT, BEGINS, LENGTH, euros, shop, ticket

from paidevents import Deadline, InvalidValueError, Rate
from paidevents.access import Purpose
from paidevents.catalog import Cancellation, EventSession, Policy, RefundStep, RegistrationForm
from paidevents.explain import letter
from paidevents.ports import Message, MessageKind
from paidevents.registration import Attendee, Person

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
        assert len(subject) <= 200 and len(subject.splitlines()) == 1 and subject.endswith("…")


def test_what_stands_in_a_title_is_not_filled_in() -> None:
    message = told(sold(title="{order} {name} {title}"), K.CONFIRMATION)
    assert message.subject == "Your place: {order} {name} {title}"
    assert "Your place for “{order} {name} {title}” is confirmed." in message.body


def test_the_longest_letter_there_can_be_is_sent() -> None:
    """Everything as long as it may be: the links stand in it whole."""
    long = "W" * 199
    sessions = [
        EventSession(id=f"s{number}", starts_at=BEGINS + timedelta(days=number), duration=LENGTH)
        for number in range(300)
    ]
    steps = [RefundStep(Deadline.of(f"{days} days before start"), Rate.of("33.33 %")) for days in range(40, 20, -1)]
    desk = sold(
        title=long,
        sessions=sessions,
        tickets=(ticket("24.00", name=long),),
        policy=Policy(devices=3),
        form=RegistrationForm(remark="é" * 5000),
        cancellation=Cancellation(steps=tuple(steps), kept=euros("1.00"), tax=False, pro_rata=True, text="à" * 5000),
        tax=TAXED,
    )
    links = {purpose: f"https://tickets.example/{purpose.value}/".ljust(2000, "x") for purpose in Purpose}
    for locale in ("en", "fr", "de", "ta", "am"):
        message = told(desk, K.CONFIRMATION, locale, links=links)
        assert links[Purpose.CANCEL] in message.body and links[Purpose.JOIN] in message.body
        assert "é" * 5000 in message.body and "à" * 5000 in message.body
        assert len(dict(message.values)["dates"].split()) == 150
    assert "\nAnd more: 290\n" in told(desk, K.CONFIRMATION, links=links).body
