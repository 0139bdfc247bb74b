"""News of one payment, taken in and committed: whoever brings them, a provider or a person."""

from paidevents.box_office.asking_tills import TillOf
from paidevents.box_office.asks import Flow, ask, flow
from paidevents.box_office.flows.loading import work_on, written
from paidevents.box_office.hearing import hear
from paidevents.box_office.work import Work
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.errors import ExhaustedError
from paidevents.lifecycle.payment import PaymentState
from paidevents.payments.payment import Payment
from paidevents.payments.snapshot import PaymentRef, Snapshot
from paidevents.ports.connection import is_live
from paidevents.ports.obligation import Obligation
from paidevents.ports.provider import Capability
from paidevents.ports.records import Stored


@flow
def heard(
    order: str, payment: str, snapshot: Snapshot, done: Stored[Obligation] | None = None, *, by: Actor = SYSTEM
) -> Flow[tuple[str, ...]]:
    """
    Take in what a provider says of a payment, or what a person recorded; and that *done* is done.

    Args:
        order: Id of the order.
        payment: Id of the payment; empty if all that is known is what the provider calls it.
        snapshot: What is said.
        done: What was to be done, and is; None for nothing.
        by: Who recorded it, if a person did.

    Returns:
        The ids of what is to be done in the world now.
    """
    try:
        return (yield from _taken_in(order, payment, snapshot, done, by))
    except ExhaustedError:
        # The places of an order that had run out are somebody else's by now.
        return (yield from _taken_in(order, payment, snapshot, done, by, has_room=False))


def _taken_in(
    order: str, payment: str, snapshot: Snapshot, done: Stored[Obligation] | None, by: Actor, *, has_room: bool = True
) -> Flow[tuple[str, ...]]:
    work = yield from work_on(order)
    work.by = by
    one = _named(work, payment, snapshot)
    if one is not None:
        hear(work, one, snapshot, has_room=has_room)
    if done is not None:
        work.replace(done, done.record.done(work.at))
    return (yield from written(work))


def _named(work: Work, payment: str, seen: Snapshot) -> Payment | None:
    """
    The payment that a provider calls so; None if it cannot be ours: we ask for no other currency, and
    what is only a test pays for nothing that we did not begin there.

    It may have told of it before it answered: then it is the one that nobody has
    named yet. Or an answer was lost for good, and what was started then is no
    payment of ours: it becomes one all the same, for money may come there.
    """
    ref, payments = seen.ref, work.dossier.payments
    started: tuple[Payment, ...] = (work.dossier.payment(payment),) if payment else ()
    known = [one for one in payments if one.ref == ref]
    for one in (*known, *started):
        if one.ref in (None, ref):
            named = one.started(ref)
            work.dossier = work.dossier.with_payment(named)
            return named
    nameless = [
        one
        for one in payments
        if one.ref is None and (one.provider, one.account, one.amount) == (ref.provider, ref.account, seen.requested)
    ]
    if nameless:
        # What is decided names it, unless these are news of an earlier attempt.
        return min(nameless, key=lambda one: one.state is not PaymentState.STARTING)
    is_begun_there = is_live(ref.provider) or any(one.provider == ref.provider for one in payments)
    if seen.requested.currency != work.order.currency or not is_begun_there:
        return None
    lost = Payment(
        id=f"{work.dossier.id}-p{len(payments) + 1}",
        order=work.dossier.id,
        provider=ref.provider,
        account=ref.account,
        amount=seen.requested,
        ref=ref,
    )
    work.dossier = work.dossier.with_payment(lost)
    return lost


def can_fetch(ref: PaymentRef) -> Flow[bool]:
    """Whether the provider can say what became of a payment."""
    till = yield from ask(TillOf(ref.provider, ref.account))
    return Capability.FETCH in till.capabilities
