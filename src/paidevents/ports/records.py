"""What a store keeps: six kinds of records, by what each is found, and when each has to be looked at."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from attrs import frozen

from paidevents.access.recording import Recording
from paidevents.catalog.listing import Listing
from paidevents.checks import INT64_MAX, WRONG_TYPE, between, settle
from paidevents.errors import InvalidValueError
from paidevents.lifecycle.event import EventState
from paidevents.lifecycle.waiting_list import WaitingState
from paidevents.ports.connection import Connection
from paidevents.ports.dossier import Dossier
from paidevents.ports.obligation import Obligation
from paidevents.reason import Reason
from paidevents.registration.waiting import WaitingEntry

NO_SUCH_INDEX = Reason("no_such_index", "These records are not found by {by}; they are by {known}.")

Record: TypeAlias = Listing | Dossier | WaitingEntry | Recording | Connection | Obligation
R = TypeVar("R", Listing, Dossier, WaitingEntry, Recording, Connection, Obligation)
R_co = TypeVar("R_co", bound=Record, covariant=True)


class Kind(NamedTuple):
    """
    How records of one type are kept.

    Attributes:
        name: Of the kind, for tables and documents.
        id: The record's id; unique among records of its kind.
        found_by: Names of what it is found by.
        indexes: For a record, pairs of such a name and a value.
        due_at: When somebody has to look at it; None for never.
    """

    name: str
    id: Callable[[Any], str]
    found_by: tuple[str, ...]
    indexes: Callable[[Any], Iterable[tuple[str, str]]]
    due_at: Callable[[Any], datetime | None]


def _of_listing(one: Listing) -> Iterable[tuple[str, str]]:
    yield "all", "event"
    yield "organizer", one.organizer


def _clock_of(one: Listing) -> datetime | None:
    """When it begins or ends; what has no date of its own does neither by itself, whatever sessions it has."""
    if not one.event.rules.has_dates:
        return None
    window = one.event.window
    moments = {EventState.SCHEDULED: window.starts_at, EventState.LIVE: window.ends_at}
    return moments.get(one.state)


def _of_dossier(one: Dossier) -> Iterable[tuple[str, str]]:
    yield "event", one.order.event
    if one.account:
        yield "account", one.account
    if one.open_payments:
        yield "open", "payment"
    if any(refund.is_owed for refund in one.refunds):
        yield "owed", one.order.event
    for payment in one.payments:
        if payment.ref is not None:
            yield "payment", payment_key(payment.ref.provider, payment.ref.account, payment.ref.id)
    for pass_ in one.passes:
        yield "pass", pass_.id


def _of_entry(one: WaitingEntry) -> Iterable[tuple[str, str]]:
    yield "event", one.event
    if one.state is WaitingState.WAITING:
        yield "waiting", waiting_key(one.event, one.ticket)
        yield "waiting_for", one.event
        yield "open", "waiting"
    if one.offer is not None:
        yield "order", one.offer.order


def _offer_ends(one: WaitingEntry) -> datetime | None:
    return one.offer.until if one.offer is not None and one.state is WaitingState.OFFERED else None


def _of_recording(one: Recording) -> Iterable[tuple[str, str]]:
    yield "event", one.event_id


def _of_connection(one: Connection) -> Iterable[tuple[str, str]]:
    yield "owner", one.owner
    yield "account", account_key(one.provider, one.account)


def _of_obligation(one: Obligation) -> Iterable[tuple[str, str]]:
    if one.order and one.next_at is not None:
        yield "order", one.order
    if one.stuck:
        yield "stuck", one.event


def _id(one: Any) -> str:
    id: str = one.id
    return id


def _never(one: object) -> None:
    return None


def payment_key(provider: str, account: str, id: str) -> str:
    """By what the order of a provider's payment is found."""
    return f"{provider}/{account}/{id}"


def account_key(provider: str, account: str) -> str:
    """By what those are found who are, or were, paid through an account."""
    return f"{provider}/{account}"


def waiting_key(event: str, ticket: str) -> str:
    """By what those are found who wait for a ticket, who joined first standing first."""
    return f"{event}/{ticket}"


KINDS: Mapping[type[Any], Kind] = MappingProxyType(
    {
        Listing: Kind("event", _id, ("all", "organizer"), _of_listing, _clock_of),
        Dossier: Kind(
            "order",
            _id,
            ("event", "account", "open", "owed", "payment", "pass"),
            _of_dossier,
            lambda one: one.due_at,
        ),
        WaitingEntry: Kind(
            "waiting", _id, ("event", "waiting", "waiting_for", "open", "order"), _of_entry, _offer_ends
        ),
        Recording: Kind("recording", _id, ("event",), _of_recording, _never),
        Connection: Kind("connection", _id, ("owner", "account"), _of_connection, _never),
        Obligation: Kind("obligation", _id, ("order", "stuck"), _of_obligation, lambda one: one.next_at),
    }
)


def kind_of(type_: type[object]) -> Kind:
    """
    How records of a type are kept.

    Raises:
        InvalidValueError: No store keeps such a thing.
    """
    kind = KINDS.get(type_) if isinstance(type_, type) else None
    if kind is None:
        expected, got = ", ".join(each.__name__ for each in KINDS), getattr(type_, "__name__", type(type_).__name__)
        raise InvalidValueError("record", WRONG_TYPE.given(expected=expected, got=got))
    return kind


def found_by(type_: type[object], by: str) -> str:
    """
    *by*, if records of a type are found by it.

    Raises:
        InvalidValueError: They are not, or no store keeps such a thing.
    """
    names = kind_of(type_).found_by
    if by not in names:
        raise InvalidValueError("by", NO_SUCH_INDEX.given(by=str(by)[:50], known=", ".join(names)))
    return by


def record(value: object, field: str) -> Record:
    """*value* if a store keeps such a thing."""
    if isinstance(value, Record):
        return value
    expected = ", ".join(each.__name__ for each in KINDS)
    raise InvalidValueError(field, WRONG_TYPE.given(expected=expected, got=type(value).__name__))


@frozen
class Stored(Generic[R_co]):
    """
    A record and its version: 1 when it was inserted, one more for each time it was replaced.

    Attributes:
        record: As it was read.
        version: Its version then.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    record: R_co
    version: int

    def __attrs_post_init__(self) -> None:
        settle(self, record=record, version=between(1, INT64_MAX))
