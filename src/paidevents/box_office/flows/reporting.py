"""
Reports of a whole event, added up page by page: however many orders it has, no more than a page is held.

Orders are read one page after another, each as it is at that moment. What
changes while a report is made may be in it or not; of no order is it half.
"""

from collections.abc import Callable, Mapping, Sequence

from paidevents.access.roles import Action
from paidevents.box_office.asking_store import Entries
from paidevents.box_office.asks import Flow, Now, ask, flow
from paidevents.box_office.flows.loading import event_of, page_of_orders
from paidevents.catalog.people import Actor
from paidevents.ledger.conservation import Conservation
from paidevents.ledger.entry import Entry
from paidevents.ledger.sums import LedgerSums
from paidevents.money.currency import Currency
from paidevents.ports.dossier import Dossier
from paidevents.reports.debts import OwedSums
from paidevents.reports.fee_sums import Fees, FeeSums
from paidevents.reports.heard import last_heard
from paidevents.reports.owing import Owed
from paidevents.reports.reconciled import Reconciliation
from paidevents.reports.reconciling import ReconciliationSums
from paidevents.reports.sale_sums import Sales, SalesBy, SaleSums
from paidevents.reports.tax_sums import Taxes, TaxSums
from paidevents.timing.window import Window

ORDERS_ON_A_PAGE = 100
ENTRIES_ON_A_PAGE = 1000


@flow
def sales(event: str, grouped: SalesBy = SalesBy.TICKET, *, by: Actor) -> Flow[Sales]:
    """
    What was sold, and what it came to; days are those of the event's zone.

    Args:
        event: Id of the event.
        grouped: What is added up together.
        by: Who asks.

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
        InvalidValueError: An argument that cannot be.
    """
    stored = yield from event_of(event, by, Action.SEE_PAYMENTS)
    sums = SaleSums(grouped, zone=stored.record.event.zone)
    after = ""
    while page := (yield from page_of_orders(event, after, ORDERS_ON_A_PAGE)):
        sums.add(one.order for one in page)
        after = page[-1].id
    return sums.report()


@flow
def owed(event: str, *, by: Actor) -> Flow[Owed]:
    """
    Who owes what to whom: refunds that are to be made, money that waits for a decision (CM-21).

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
    """
    yield from event_of(event, by, Action.SEE_PAYMENTS)
    at = yield from ask(Now())
    sums = OwedSums(at=at)
    after = ""
    while page := (yield from page_of_orders(event, after, ORDERS_ON_A_PAGE)):
        sums.add(
            [one.order for one in page],
            [payment for one in page for payment in one.payments],
            [refund for one in page for refund in one.refunds],
        )
        after = page[-1].id
    return sums.report()


@flow
def fees(event: str, during: Window | None = None, *, by: Actor) -> Flow[Fees]:
    """
    Fees as they were booked: who takes them, and who bears them.

    Args:
        event: Id of the event.
        during: Only what was booked then; None for all.
        by: Who asks.

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
        InvalidValueError: An argument that cannot be.
    """
    yield from event_of(event, by, Action.SEE_LEDGER)
    sums = FeeSums(during)
    yield from _add_ledger(event, sums.add)
    return sums.report()


@flow
def taxes(event: str, during: Window | None = None, *, by: Actor) -> Flow[Taxes]:
    """
    Taxes as they were booked: by country, rate and name.

    Args:
        event: Id of the event.
        during: Only what was booked then; None for all.
        by: Who asks.

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
        InvalidValueError: An argument that cannot be.
    """
    yield from event_of(event, by, Action.SEE_LEDGER)
    sums = TaxSums(during)
    yield from _add_ledger(event, sums.add)
    return sums.report()


@flow
def conservation(event: str, *, by: Actor) -> Flow[Mapping[Currency, Conservation]]:
    """
    Where captured money is, by currency; and whether the ledger of the event balances: `holds` says so of each.

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
    """
    yield from event_of(event, by, Action.SEE_LEDGER)
    sums = LedgerSums()
    yield from _add_ledger(event, sums.add)
    return sums.conservation()


@flow
def reconciliation(event: str, *, notes: bool = False, by: Actor) -> Flow[Reconciliation]:
    """
    Our payments, refunds and books against what the providers last said of each payment and each refund.

    Nobody is asked anew: `reconcile` does that. The books of an order are read
    as far as they went when the order was read, so that what is sold meanwhile
    makes no difference.

    Args:
        event: Id of the event.
        notes: Rows that need nobody are wanted as well, such as those of payments that match: one for each.
        by: Who asks.

    Raises:
        NotAllowedError: Not theirs to see.
        NotFoundError: There is no such event.
        InvalidValueError: An argument that cannot be.
    """
    yield from event_of(event, by, Action.RECONCILE)
    sums = ReconciliationSums(notes=notes)
    sums.add_entries(())
    after = ""
    while page := (yield from page_of_orders(event, after, ORDERS_ON_A_PAGE)):
        heard = [last_heard(payment, one.refunds) for one in page for payment in one.payments]
        sums.add(
            [one.order for one in page],
            [payment for one in page for payment in one.payments],
            [refund for one in page for refund in one.refunds],
            [snapshot for snapshot in heard if snapshot is not None],
        )
        for one in page:
            yield from _add_entries_of(one, sums)
        after = page[-1].id
    return sums.report()


def _add_ledger(event: str, add: Callable[[Sequence[Entry]], None]) -> Flow[None]:
    after = ""
    while page := (yield from ask(Entries(event, "", after, ENTRIES_ON_A_PAGE))):
        add(page)
        after = page[-1].id


def _add_entries_of(dossier: Dossier, sums: ReconciliationSums) -> Flow[None]:
    """Add what was booked of an order until it became as it was read."""
    after, left = "", dossier.entries
    while left:
        page = yield from ask(
            Entries(dossier.order.event, dossier.id, after, min(left, ENTRIES_ON_A_PAGE)),
        )
        if not page:
            return  # somebody took them away: it shows in the balance
        sums.add_entries(page)
        after, left = page[-1].id, left - len(page)
