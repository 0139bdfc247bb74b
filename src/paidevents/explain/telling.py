"""Tellings: what a letter may speak of, gathered by whoever has it sent."""

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from paidevents.access.recording import Recording
from paidevents.access.tokens import Purpose
from paidevents.catalog.listing import Listing
from paidevents.catalog.names import UNKNOWN_ID
from paidevents.checks import instance, of_kind, optional, settle, several, text, text_or_nothing
from paidevents.errors import InvalidValueError
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import BAD_PAIR, MessageKind, values_of
from paidevents.reason import Reason
from paidevents.registration.person import Person
from paidevents.registration.registration import Registration
from paidevents.registration.waiting import WaitingEntry

NEEDED_TO_TELL = Reason("needed_to_tell", "A message of the kind {kind} is not written without it.")

LONGEST_ADDRESS = 2000

TO_BUYER = frozenset((MessageKind.REFUNDED, MessageKind.MONEY_RETURNED))
TO_ORGANIZER = frozenset(
    (
        MessageKind.DECISION_NEEDED,
        MessageKind.APPROVAL_NEEDED,
        MessageKind.CAPACITY_WARNING,
        MessageKind.REFUND_FAILED,
        MessageKind.PAYMENT_DISPUTED,
        MessageKind.TASK_STUCK,
    )
)

Values = Mapping[str, str] | Sequence[tuple[str, str]]
Links = Mapping[Purpose, str] | Sequence[tuple[Purpose, str]]


def _values(value: Values) -> tuple[tuple[str, str], ...]:
    return values_of(value, "values")


def _links(value: Links) -> tuple[tuple[Purpose, str], ...]:
    return several(_link)(tuple(value.items()) if isinstance(value, Mapping) else value, "links")


def _link(value: object, field: str) -> tuple[Purpose, str]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise InvalidValueError(field, BAD_PAIR)
    return instance(value[0], field, Purpose), text(value[1], field, LONGEST_ADDRESS)


@frozen(kw_only=True)
class Telling:
    """
    What a letter may speak of.

    The records are as they stand when it is written, so that a letter that is
    sent late tells what is true by then. What no record knows stands in the
    values. These are understood; others are passed on to the message, but for `by`, which is for the records:

    - `amount`, `asked`, `refund`: what came, what should have come, and what is given back for places that are
      gone: amounts, as `str` writes them ("20.00 EUR");
    - `old_starts_at`: the date before, in ISO 8601 with its offset;
    - `why`: why a place is gone: `event_cancelled`, `as_requested`, `by_organizer`, `payment_lost` or the
      organizer's own words; why there is something to decide: a `Meaning` of the payment; why a task is stuck;
    - `session`: id of the one that it is about;
    - `sold`, `limit`: whole numbers;
    - `task`: which one is stuck.

    Attributes:
        kind: What is told.
        listing: The event.
        dossier: The order that it is about; None for none.
        registration: Id of the attendee's place; empty for the whole order.
        entry: The place in the waiting list that it is about; None for none.
        recording: The recording that it is about; None for none.
        values: What is told besides what the records say, by name.
        links: The personal addresses of the reader, by purpose. Those that the letter needs are put in it.

    Raises:
        InvalidValueError: A record of another event, an unknown registration, nobody who could be told,
            or an attribute that cannot be.
    """

    kind: MessageKind
    listing: Listing
    dossier: Dossier | None = None
    registration: str = ""
    entry: WaitingEntry | None = None
    recording: Recording | None = None
    values: tuple[tuple[str, str], ...] = field(default=(), converter=_values, repr=False)
    links: tuple[tuple[Purpose, str], ...] = field(default=(), converter=_links, repr=False)

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            kind=of_kind(MessageKind),
            listing=of_kind(Listing),
            dossier=optional(of_kind(Dossier)),
            registration=text_or_nothing,
            entry=optional(of_kind(WaitingEntry)),
            recording=optional(of_kind(Recording)),
        )
        events = {
            "dossier": self.dossier and self.dossier.order.event,
            "entry": self.entry and self.entry.event,
            "recording": self.recording and self.recording.event_id,
        }
        for name, event in events.items():
            if event is not None and event != self.listing.event.id:
                raise InvalidValueError(name, UNKNOWN_ID.given(id=event))
        if self.registration:
            self.known_dossier.order.registration(self.registration)
        elif self.dossier is None and self.entry is None and not self.is_for_organizer:
            raise self._missing("dossier")

    @property
    def is_for_organizer(self) -> bool:
        """Whether it is told to the organizer's account, not to a person."""
        return self.kind in TO_ORGANIZER

    @property
    def person(self) -> Person | None:
        """
        Whom it is for: who waits, who pays, or the attendee; None for an organizer, and once they were erased.
        """
        if self.is_for_organizer:
            return None
        if self.kind in TO_BUYER:
            return self.known_dossier.order.buyer
        if self.entry is not None:
            return self.entry.person
        if not self.registration:
            return self.known_dossier.order.buyer
        attendee = self.places[0].attendee
        return None if attendee is None else attendee.person

    @property
    def known_dossier(self) -> Dossier:
        """
        The dossier.

        Raises:
            InvalidValueError: There is none, and the letter needs it.
        """
        if self.dossier is None:
            raise self._missing("dossier")
        return self.dossier

    @property
    def places(self) -> tuple[Registration, ...]:
        """
        The registrations that it is about: one, or those of the order that have places, or all if none has.

        Raises:
            InvalidValueError: There is no dossier, and the letter needs it.
        """
        order = self.known_dossier.order
        return (order.registration(self.registration),) if self.registration else order.active or order.registrations

    def value(self, name: str) -> str:
        """What stands in the values under *name*; empty for nothing."""
        return dict(self.values).get(name, "")

    def address(self, purpose: Purpose, *, needed: bool) -> str:
        """
        The link for *purpose*; empty for none.

        Raises:
            InvalidValueError: There is none, and the letter needs it.
        """
        found = dict(self.links).get(purpose, "")
        if needed and not found:
            raise self._missing(f"links.{purpose.value}")
        return found

    def _missing(self, field: str) -> InvalidValueError:
        return InvalidValueError(field, NEEDED_TO_TELL.given(kind=self.kind.value))
