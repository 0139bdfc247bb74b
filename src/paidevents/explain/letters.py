"""
Letters: a message of every kind, ready to be sent, in the reader's language.

A letter is written at the last moment, from the records as they stand by then.
What is no longer true is not told: who lost a place meanwhile is not reminded
of it. The links are the caller's; the letter only says what each is for.
"""

from collections.abc import Callable, Mapping

from paidevents.catalog.names import language
from paidevents.checks import instance
from paidevents.errors import InvalidValueError
from paidevents.explain import letters_to_attendees as to_attendees
from paidevents.explain import letters_to_organizers as to_organizers
from paidevents.explain.sheet import Sheet
from paidevents.explain.telling import Telling as Telling
from paidevents.lifecycle.registration import RegistrationState
from paidevents.lifecycle.waiting_list import WaitingState
from paidevents.money.format import locale_of
from paidevents.ports.message import Message, MessageKind

K, S = MessageKind, RegistrationState

PLAIN_LANGUAGE = "en"

_WRITERS: Mapping[MessageKind, Callable[[Sheet], None]] = {
    K.CONFIRMATION: to_attendees.confirmation,
    K.REMINDER: to_attendees.reminder,
    K.AWAITING_APPROVAL: to_attendees.awaiting_approval,
    K.REFUSED: to_attendees.refused,
    K.CANCELLED: to_attendees.cancelled,
    K.RESCHEDULED: to_attendees.rescheduled,
    K.RECORDING: to_attendees.recording,
    K.OFFER: to_attendees.offer,
    K.LIST_CLOSED: to_attendees.list_closed,
    K.REFUNDED: to_attendees.refunded,
    K.MONEY_RETURNED: to_attendees.money_returned,
    K.DECISION_NEEDED: to_organizers.decision_needed,
    K.APPROVAL_NEEDED: to_organizers.approval_needed,
    K.CAPACITY_WARNING: to_organizers.capacity_warning,
    K.REFUND_FAILED: to_organizers.refund_failed,
    K.PAYMENT_DISPUTED: to_organizers.payment_disputed,
    K.TASK_STUCK: to_organizers.task_stuck,
}

# Where a place has to stand for a letter about it to be true.
_TRUE_IN: Mapping[MessageKind, tuple[RegistrationState, ...]] = {
    K.CONFIRMATION: (S.CONFIRMED,),
    K.REMINDER: (S.CONFIRMED,),
    K.RECORDING: (S.CONFIRMED,),
    K.AWAITING_APPROVAL: (S.AWAITING_APPROVAL,),
    K.RESCHEDULED: (S.RESERVED, S.AWAITING_APPROVAL, S.CONFIRMED),
    K.APPROVAL_NEEDED: (S.AWAITING_APPROVAL,),
}
_LETS_IN = (K.CONFIRMATION, K.REMINDER, K.RECORDING)


def letter(telling: Telling, locale: str | None = None) -> Message | None:
    """
    The message that tells it.

    Args:
        telling: What it may speak of.
        locale: The reader's; where it has no texts, or is unknown, the message is in
            English. None for the language of the order, or for an organizer English.

    Returns:
        The message, with its texts and with what it says as values for programs;
        None if there is nobody to be told any more, or it is no longer true.

    Raises:
        InvalidValueError: A record, a value or a link is missing that the letter needs; or an
            argument that cannot be.

    Source:
        CM-16, CM-18, CM-21, GT-19, GT-20, GT-22, GT-24, GT-26, GT-27.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR, Money
        >>> from paidevents.catalog import Event, EventKind, Listing, Ticket
        >>> from paidevents.registration import Person, WaitingEntry
        >>> video = Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... )
        >>> ana = Person(name="Ana", email="ana@example.com")
        >>> waits = WaitingEntry(
        ...     id="w1", event="video", ticket="standard", person=ana, joined_at=datetime(2026, 3, 1, tzinfo=UTC)
        ... )
        >>> told = Telling(kind=K.LIST_CLOSED, listing=Listing(event=video, organizer="42"), entry=waits)
        >>> letter(told, "fr").subject
        'La liste d’attente est close\\xa0: A video'
    """
    person = instance(telling, "telling", Telling).person
    asked = language(_usual(telling) if locale is None else locale, "locale")
    if (person is None and not telling.is_for_organizer) or not _is_true(telling):
        return None
    sheet = Sheet(telling, _readable(asked))
    sheet.greet()
    _WRITERS[telling.kind](sheet)
    return Message(
        kind=telling.kind,
        event=sheet.event.id,
        order="" if telling.dossier is None else telling.dossier.id,
        person=person,
        account=telling.listing.organizer if telling.is_for_organizer else "",
        locale=asked,
        subject=sheet.subject,
        body=sheet.body,
        values=tuple(sheet.values.items()),
        links=tuple(sheet.links.items()),
    )


def _usual(telling: Telling) -> str:
    """The language of whom it is for: of the organizer, of who waits, or of the order, which is the buyer's."""
    if telling.is_for_organizer:
        return telling.listing.locale
    if telling.entry is not None:
        return telling.entry.locale
    return telling.known_dossier.locale


def _readable(locale: str) -> str:
    """*locale*, or that of plain English if nobody knows it."""
    try:
        locale_of(locale)
    except InvalidValueError:
        return PLAIN_LANGUAGE
    return locale


def _is_true(telling: Telling) -> bool:
    """Whether what it tells is still so: the place is there, and the offer stands."""
    if telling.kind is K.OFFER and telling.entry is not None:
        return telling.entry.state is WaitingState.OFFERED
    states = _TRUE_IN.get(telling.kind)
    if states is None:
        return True
    if not any(one.state in states for one in telling.places):
        return False
    held = telling.known_dossier.pass_of(telling.registration)
    return telling.kind not in _LETS_IN or held is None or not held.refusals
