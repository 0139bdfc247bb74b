"""Holds that have run out: the provider is asked first, and only then the places go back."""

from datetime import datetime

from paidevents.box_office.asking_store import Due
from paidevents.box_office.asking_tills import Fetch, Void
from paidevents.box_office.asks import Flow, Now, ask, flow, run
from paidevents.box_office.flows.loading import work_on, written
from paidevents.box_office.flows.news import can_fetch, heard
from paidevents.box_office.flows.performing import afterwards
from paidevents.errors import ProviderError, RequestRejectedError, StoreError
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.payment import PaymentState
from paidevents.payments.payment import Payment
from paidevents.payments.snapshot import PaymentRef, Snapshot
from paidevents.ports.dossier import Dossier
from paidevents.registration.settling import expired

A_PAGE = 100


@flow
def expire(order: str) -> Flow[bool]:
    """
    Let go of what an order holds, if its hold has run out and nothing was paid.

    What can still be paid is voided first, and the provider says what is true
    then: it may have been paid in that moment. While it does not answer, the
    places are kept, for as long as a hold may last at most.

    Returns:
        Whether its places, or those of an open change, went back.

    Raises:
        NotFoundError: There is no such order.
    """
    work = yield from work_on(order)
    dossier, at = work.dossier, work.at
    if not _is_due(dossier, at):
        return False
    change = dossier.order.change
    is_last = at >= (dossier.order.hold.latest if change is None else change.hold.latest)
    for payment in dossier.payments:
        if payment.ref is not None and _can_be_paid(payment, dossier):
            seen = yield from run(_voided(payment, payment.ref))
            if seen is not None:
                yield from run(heard(order, payment.id, seen))
            elif not is_last:
                return False
    is_gone = yield from run(_let_go(order))
    yield from afterwards(order)
    return is_gone


def _is_due(dossier: Dossier, at: datetime) -> bool:
    return dossier.due_at is not None and dossier.due_at <= at


def _can_be_paid(payment: Payment, dossier: Dossier) -> bool:
    if payment.state is PaymentState.AUTHORIZED:
        # What is set aside for an order that waits for approval is let go of with it, by its table.
        return dossier.order.state is not OrderState.AUTHORIZED
    return payment.state is PaymentState.OPEN


@flow
def _voided(payment: Payment, ref: PaymentRef) -> Flow[Snapshot | None]:
    """What is true of a payment once it is voided; None if nobody knows."""
    try:
        try:
            return (yield from ask(Void(ref, f"{payment.key}:void")))
        except RequestRejectedError:
            if (yield from can_fetch(ref)):
                return (yield from ask(Fetch(ref)))
    except ProviderError:
        return None
    return None


@flow
def _let_go(order: str) -> Flow[bool]:
    work = yield from work_on(order)
    if not _is_due(work.dossier, work.at):
        return False
    work.decided(expired(work.order, work.plan, at=work.at, by=work.by))
    yield from written(work)
    return True


def let_go(event: str) -> Flow[bool]:
    """Let go of what has run out in an event; whether anything was."""
    at = yield from ask(Now())
    any_gone, after = False, None
    while True:
        page = yield from ask(Due(Dossier, at, after, A_PAGE))
        for stored in page:
            if stored.record.order.event == event:
                any_gone |= yield from attempt_expiry(stored.record.id)
        if len(page) < A_PAGE:
            return any_gone
        last = page[-1].record
        assert last.due_at is not None
        after = (last.due_at, last.id)


def attempt_expiry(order: str) -> Flow[bool]:
    """Let go of what an order holds, if that is possible now."""
    try:
        return (yield from run(expire(order)))
    except StoreError:
        return False
