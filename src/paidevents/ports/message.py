"""What people are told, and the port through which it reaches them."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Protocol

from attrs import field, frozen

from paidevents.access.tokens import Purpose
from paidevents.catalog.names import identifier, language
from paidevents.checks import Prose, instance, of_kind, optional, prose, settle, several, text, text_or_nothing, written
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason
from paidevents.registration.person import Person

TOLD_TO_NOBODY = Reason("told_to_nobody", "A message is for a person or for an account, and for one of them only.")
BAD_PAIR = Reason("bad_pair", "This is a list of pairs: a name and a text.")

LONGEST_BODY = 20_000
LONGEST_VALUE = 5_000
MOST_VALUES = 50

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class MessageKind(Enum):
    """What a message tells."""

    # To who has a place, or hoped for one.
    CONFIRMATION = "confirmation"
    REMINDER = "reminder"
    AWAITING_APPROVAL = "awaiting_approval"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    RESCHEDULED = "rescheduled"
    RECORDING = "recording"
    OFFER = "offer"
    LIST_CLOSED = "list_closed"
    # To who pays.
    REFUNDED = "refunded"
    MONEY_RETURNED = "money_returned"  # it came late or in vain
    # To the organizer.
    DECISION_NEEDED = "decision_needed"
    APPROVAL_NEEDED = "approval_needed"
    CAPACITY_WARNING = "capacity_warning"
    REFUND_FAILED = "refund_failed"
    PAYMENT_DISPUTED = "payment_disputed"
    TASK_STUCK = "task_stuck"


def values_of(value: object, field: str) -> tuple[tuple[str, str], ...]:
    """*value* if it is pairs of a name and a plain text, in order of the names."""
    pairs = several(_pair, MOST_VALUES)(tuple(value.items()) if isinstance(value, Mapping) else value, field)
    return tuple(sorted(pairs))


def _pair(value: object, field: str) -> tuple[str, str]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise InvalidValueError(field, BAD_PAIR)
    name = written(value[0], field, _NAME, "ticket")[0]
    return name, prose(LONGEST_VALUE)(value[1], field)


@frozen(kw_only=True)
class Message:
    """
    A message, ready to be sent.

    It names a person and holds personal links, so nothing of that is printed.

    Attributes:
        kind: What it tells.
        event: Id of the event.
        order: Id of the order; empty where it is about none.
        person: Whom it is for; None if it is for an account.
        account: The organizer's account in the host application that it is for; empty if it is for a person.
        locale: The language.
        subject: One line.
        body: Plain text of several lines.
        values: What it says, by name, for a host that writes its own texts.
        links: The personal addresses in it, by purpose.

    Raises:
        InvalidValueError: For nobody, or an attribute that cannot be.
    """

    kind: MessageKind
    event: str
    order: str = ""
    person: Person | None = None
    account: str = ""
    locale: str = "en"
    subject: str = field(repr=False)
    body: Prose = field(repr=False)
    values: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    links: tuple[tuple[Purpose, str], ...] = field(default=(), repr=False)

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            kind=of_kind(MessageKind),
            event=identifier,
            order=text_or_nothing,
            person=optional(of_kind(Person)),
            account=text_or_nothing,
            locale=language,
            subject=text,
            body=prose(LONGEST_BODY, needed=True),
            values=values_of,
            links=several(_link),
        )
        if (self.person is None) is (not self.account):
            raise InvalidValueError("person", TOLD_TO_NOBODY)

    def link(self, purpose: Purpose) -> str:
        """The personal address for *purpose*; empty if it has none."""
        return next((address for what, address in self.links if what is instance(purpose, "purpose", Purpose)), "")


def _link(value: object, field: str) -> tuple[Purpose, str]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise InvalidValueError(field, BAD_PAIR)
    return instance(value[0], field, Purpose), text(value[1], field, 2000)


class Notifier(Protocol):
    """
    Whatever brings messages to people: mail, a queue of the host's.

    Promises asked of it: `send` returns once the message is in safe hands, and
    raises anything at all if it may not be; it is then asked again, later, with
    the same key. A key that it has seen is not sent a second time, if it can
    tell; people prefer a message twice to none.
    """

    def send(self, message: Message, *, key: str) -> None:
        """Send *message*, once for each *key*."""
        ...
