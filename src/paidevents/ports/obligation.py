"""Obligations: what has to be done in the world because of a decision, committed together with it."""

from datetime import datetime, timedelta
from enum import Enum

from attrs import evolve, frozen

from paidevents.catalog.names import identifier
from paidevents.checks import (
    UtcTime,
    between,
    instance,
    instant,
    of_kind,
    optional,
    settle,
    text,
    text_or_nothing,
)
from paidevents.errors import InvalidValueError
from paidevents.ports.message import MessageKind, values_of
from paidevents.reason import Reason

TASK_NEEDS_ORDER = Reason("task_needs_order", "A task of this kind is done for one order.")
TASK_NEEDS_MESSAGE = Reason("task_needs_message", "What is told has a kind, and nothing else has.")

# How long whoever does it has for it before somebody else may try.
LEASE = timedelta(seconds=60)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
MOST_TRIES = 10_000


class Task(Enum):
    """What is to be done."""

    START = "start"  # these four ask a provider
    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"
    TELL = "tell"  # one message
    TELL_ALL = "tell_all"  # the same to everybody who has a place
    CALL_OFF = "call_off"  # every order of an event that was cancelled
    REQUOTE = "requote"  # every order that is held, for nothing is charged any more
    CLOSE_LIST = "close_list"  # everybody who waits for a place
    PUBLISH = "publish"  # a recording


_OF_AN_ORDER = (Task.START, Task.CAPTURE, Task.VOID, Task.REFUND)
_TELLS = (Task.TELL, Task.TELL_ALL)


@frozen(kw_only=True)
class Obligation:
    """
    Something to be done in the world, once, and again until it is known to be done.

    Attributes:
        id: Unique; a second one of the same id is refused, so that nothing is due twice.
        task: What.
        event: Id of the event.
        order: Id of the order; empty where it is for the whole event.
        subject: Id of the payment, refund, registration, recording or entry that it is about; empty for none.
        key: What a provider, or who is told, knows the repeated call by; the same in every try.
        made_at: When it was decided.
        due_at: When it is to be done next.
        tries: How often it was tried.
        leased_until: Somebody is at it until then; None for nobody.
        done_at: When it was done, or was no longer needed; None before.
        stuck: Why only a person can go on with it; empty if nobody has to.
        message: What kind of thing is told.
        values: What is told besides what the records say, as names and plain texts.
        cursor: How far it has come, where it is done page by page.

    Raises:
        InvalidValueError: No order where one is needed, no kind of message where something is
            told, or an attribute that cannot be.
        NaiveDatetimeError: A moment has no zone.
    """

    id: str
    task: Task
    event: str
    order: str = ""
    subject: str = ""
    key: str = ""
    made_at: UtcTime
    due_at: UtcTime
    tries: int = 0
    leased_until: UtcTime | None = None
    done_at: UtcTime | None = None
    stuck: str = ""
    message: MessageKind | None = None
    values: tuple[tuple[str, str], ...] = ()
    cursor: str = ""

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=text,
            task=of_kind(Task),
            event=identifier,
            order=text_or_nothing,
            subject=text_or_nothing,
            key=text_or_nothing,
            made_at=instant,
            due_at=instant,
            tries=between(0, MOST_TRIES),
            leased_until=optional(instant),
            done_at=optional(instant),
            stuck=text_or_nothing,
            message=optional(of_kind(MessageKind)),
            values=values_of,
            cursor=text_or_nothing,
        )
        if self.task in _OF_AN_ORDER and not (self.order and self.subject):
            raise InvalidValueError("order", TASK_NEEDS_ORDER)
        if (self.task in _TELLS) is (self.message is None):
            raise InvalidValueError("message", TASK_NEEDS_MESSAGE)

    @property
    def next_at(self) -> datetime | None:
        """When somebody may try it next; None if nobody has to any more."""
        if self.done_at is not None or self.stuck:
            return None
        return self.due_at if self.leased_until is None else max(self.due_at, self.leased_until)

    def claimed(self, at: datetime) -> "Obligation":
        """The same while somebody is at it, for as long as a lease lasts."""
        moment = instant(at, "at")
        return evolve(self, leased_until=moment + LEASE, tries=min(self.tries + 1, MOST_TRIES))

    def done(self, at: datetime) -> "Obligation":
        """The same once it is done, or no longer needed."""
        return evolve(self, done_at=instant(at, "at"), leased_until=None)

    def later(self, at: datetime) -> "Obligation":
        """The same, to be tried again: after a minute, then after twice as long each time, six hours at most."""
        moment = instant(at, "at")
        wait = min(FIRST_WAIT * 2 ** min(max(self.tries - 1, 0), 10), LONGEST_WAIT)
        return evolve(self, due_at=moment + wait, leased_until=None)

    def on_page(self, cursor: str) -> "Obligation":
        """The same with everything up to *cursor* done."""
        return evolve(self, cursor=text_or_nothing(cursor, "cursor"))

    def left_to_a_person(self, why: Reason) -> "Obligation":
        """The same, which nobody tries again by itself."""
        return evolve(self, stuck=instance(why, "why", Reason).code, leased_until=None)
