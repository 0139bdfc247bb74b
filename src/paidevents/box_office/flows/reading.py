"""What there is: orders, people, debts and books, for those who may see them."""

from collections.abc import Sequence

from paidevents.access.roles import Action
from paidevents.box_office.asking_store import Entries, Find
from paidevents.box_office.asks import Flow, Now, ask, flow
from paidevents.box_office.flows.loading import event_of, work_on
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.ledger.book import Book
from paidevents.ledger.entry import Entry
from paidevents.ports.dossier import Dossier
from paidevents.ports.records import Stored
from paidevents.reports.debts import owed as owed_of
from paidevents.reports.owing import Owed
from paidevents.reports.participant import Participant
from paidevents.reports.people import participants as participants_of


@flow
def listing(event: str, *, by: Actor = SYSTEM) -> Flow[Listing]:
    """
    An event as it is declared now, and where it stands.

    Raises:
        NotFoundError: There is none.
    """
    stored = yield from event_of(event, by, Action.SEE_EVENT)
    return stored.record


@flow
def dossier(order: str, *, by: Actor = SYSTEM) -> Flow[Dossier]:
    """
    An order with its payments, refunds and passes.

    Raises:
        NotAllowedError: Not their order.
        NotFoundError: There is none.
    """
    work = yield from work_on(order, by, Action.SEE_REGISTRATION)
    return work.dossier


@flow
def dossiers(event: str, *, after: str = "", limit: int = 100, by: Actor) -> Flow[tuple[Dossier, ...]]:
    """
    A page of the orders of an event, by their ids.

    Args:
        event: Id of the event.
        after: Only those whose id comes after this one.
        limit: At most so many.
        by: Who asks.

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
        InvalidValueError: An argument that cannot be.
    """
    yield from event_of(event, by, Action.SEE_PARTICIPANTS)
    found = yield from ask(Find(Dossier, "event", event, after, limit))
    return tuple(stored.record for stored in found)


def _all(event: str) -> Flow[Sequence[Dossier]]:
    found: list[Stored[Dossier]] = []
    while True:
        page = yield from ask(Find(Dossier, "event", event, found[-1].record.id if found else ""))
        if not page:
            return [stored.record for stored in found]
        found += page


@flow
def participants(event: str, *, by: Actor) -> Flow[tuple[Participant, ...]]:
    """
    Everybody who has, had or may get a place: with payment status, price, buyer and discounts (CM-19).

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
    """
    yield from event_of(event, by, Action.SEE_PARTICIPANTS)
    found = yield from _all(event)
    refunds = [refund for one in found for refund in one.refunds]
    return participants_of([one.order for one in found], refunds)


@flow
def owed(event: str, *, by: Actor) -> Flow[Owed]:
    """
    Who owes what to whom: refunds that are to be made, money that waits for a decision (CM-21).

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
    """
    yield from event_of(event, by, Action.SEE_PAYMENTS)
    found = yield from _all(event)
    at = yield from ask(Now())
    payments = [payment for one in found for payment in one.payments]
    refunds = [refund for one in found for refund in one.refunds]
    return owed_of([one.order for one in found], payments, refunds, at=at)


@flow
def book(event: str, *, order: str = "", by: Actor) -> Flow[Book]:
    """
    The ledger of an event, or of one of its orders.

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
    """
    yield from event_of(event, by, Action.SEE_LEDGER)
    entries: list[Entry] = []
    while True:
        page = yield from ask(Entries(event, order, entries[-1].id if entries else ""))
        if not page:
            return Book(tuple(entries))
        entries += page
