"""What there is: one event, one order, and pages of orders, people and the ledger, for those who may see them."""

from paidevents.access.roles import Action
from paidevents.box_office.asking_store import Entries
from paidevents.box_office.asks import Flow, ask, flow
from paidevents.box_office.flows.loading import event_of, page_of_orders, work_on
from paidevents.box_office.page import MOST_ON_A_PAGE, Page
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.checks import integer
from paidevents.ledger.book import Book
from paidevents.ledger.entry import Entry
from paidevents.ports.dossier import Dossier
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
        limit: At most so many, up to 1000.
        by: Who asks.

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
        InvalidValueError: An argument that cannot be.
    """
    yield from event_of(event, by, Action.SEE_PARTICIPANTS)
    return (yield from page_of_orders(event, after, _limit(limit)))


@flow
def participants(event: str, *, after: str = "", limit: int = 100, by: Actor) -> Flow[Page[Participant]]:
    """
    Everybody who has, had or may get a place: with payment status, price, buyer and discounts (CM-19).

    They stand order by order, by the ids of the orders; of each page, all of its orders.

    Args:
        event: Id of the event.
        after: Where the page before ended; empty for the first.
        limit: Of at most so many orders, up to 1000.
        by: Who asks.

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
        InvalidValueError: An argument that cannot be.
    """
    yield from event_of(event, by, Action.SEE_PARTICIPANTS)
    found = yield from page_of_orders(event, after, _limit(limit))
    rows = tuple(row for one in found for row in participants_of([one.order], one.refunds))
    return Page(rows, found[-1].id if found else "")


@flow
def entries(event: str, *, order: str = "", after: str = "", limit: int = 1000, by: Actor) -> Flow[Page[Entry]]:
    """
    A page of the ledger of an event, or of one of its orders, as it was written.

    Args:
        event: Id of the event.
        order: Only entries of this order; empty for all.
        after: Where the page before ended; empty for the first.
        limit: At most so many, up to 1000.
        by: Who asks.

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
        InvalidValueError: An argument that cannot be.
    """
    yield from event_of(event, by, Action.SEE_LEDGER)
    found = yield from ask(Entries(event, order, after, _limit(limit)))
    return Page(found, found[-1].id if found else "")


@flow
def book(event: str, *, order: str = "", by: Actor) -> Flow[Book]:
    """
    The ledger of one order, or of a whole event: all of it, in memory.

    Of an event with very many orders, take `entries` page by page, or sums: `conservation`, `fees`, `taxes`.

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
    """
    yield from event_of(event, by, Action.SEE_LEDGER)
    found: list[Entry] = []
    while page := (yield from ask(Entries(event, order, found[-1].id if found else ""))):
        found += page
    return Book(tuple(found))


def _limit(value: int) -> int:
    return integer(value, "limit", 1, MOST_ON_A_PAGE)
