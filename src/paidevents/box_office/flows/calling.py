"""
Calls to a provider: each made under the key that was committed before it.

Whatever gets lost on the way, the same call is repeated under the same key, or
the provider is asked what is true. Another key is used only where nothing can
have happened twice.
"""

from paidevents.box_office.asking_tills import Capture, Fetch, PayBack, Start, TillOf, Void
from paidevents.box_office.asks import Flow, Now, ask, flow, run
from paidevents.box_office.flows.loading import finished, postponed, work_on, written
from paidevents.box_office.hearing import due_of, hear, tell_of_refund
from paidevents.box_office.work import Work
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.errors import (
    ExhaustedError,
    OutcomeUnknownError,
    PaymentDeclinedError,
    ProviderError,
    ProviderUnavailableError,
    RequestRejectedError,
)
from paidevents.lifecycle.payment import PaymentState, PaymentTrigger
from paidevents.lifecycle.refund import RefundState, RefundTrigger
from paidevents.payments.payment import Payment
from paidevents.payments.refund import told
from paidevents.payments.snapshot import PaymentRef, RefundSnapshot, Snapshot
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.ports.provider import Capability, PaymentRequest
from paidevents.ports.records import Stored
from paidevents.reason import Reason

KEY_FORGOTTEN = Reason("key_forgotten", "It is not known whether it was done, and the provider has forgotten the key.")
STILL_SET_ASIDE = Reason("still_set_aside", "The provider did not take what is set aside.")

# A provider that answers the same error as often as this has saved it with the key.
MOST_REPEATS = 5

Claimed = Stored[Obligation]


@flow
def heard(
    order: str, payment: str, snapshot: Snapshot, done: Claimed | None = None, *, by: Actor = SYSTEM
) -> Flow[tuple[str, ...]]:
    """
    Take in what a provider says of a payment, or what a person recorded; and that *done* is done.

    Returns:
        The ids of what is to be done in the world now.
    """
    for has_room in (True, False):
        work = yield from work_on(order)
        work.by = by
        one = _named(work, payment, snapshot.ref)
        hear(work, one, snapshot, has_room=has_room)
        if done is not None:
            work.replace(done, done.record.done(work.at))
        try:
            return (yield from written(work))
        except ExhaustedError:
            # The places of an order that had run out are somebody else's by now.
            if not has_room:
                raise
    raise AssertionError  # without room nothing is taken


def _named(work: Work, payment: str, ref: PaymentRef) -> Payment:
    """The payment, with the name that the provider has for it."""
    one = work.dossier.payment(payment).started(ref)
    work.dossier = work.dossier.with_payment(one)
    return one


def start(claimed: Claimed) -> Flow[ProviderError | None]:
    """Open a payment; what came in the way, or None."""
    request, till = yield from run(_request(claimed))
    if request is None or till is None:
        return None
    order, payment = claimed.record.order, claimed.record.subject
    try:
        snapshot = yield from ask(Start(till[0], till[1], request, claimed.record.key))
    except (OutcomeUnknownError, ProviderUnavailableError) as error:
        yield from run(_start_again(claimed))
        return error
    except ProviderError as error:
        yield from run(_start_failed(claimed))
        return error
    yield from run(heard(order, payment, snapshot, claimed))
    return None


@flow
def _request(claimed: Claimed) -> Flow[tuple[PaymentRequest | None, tuple[str, str] | None]]:
    """What to ask for; nothing if it is no longer wanted, which is noted."""
    one = claimed.record
    work = yield from work_on(one.order)
    payment = work.dossier.payment(one.subject)
    if payment.state is not PaymentState.STARTING or one.key != payment.key or not due_of(work, payment).is_waiting:
        if payment.state is PaymentState.STARTING:
            _, given_up = payment.moved(PaymentTrigger.EXPIRE, at=work.at)
            work.dossier = work.dossier.with_payment(given_up)
        work.replace(claimed, one.done(work.at))
        yield from written(work)
        return None, None
    values, buyer = dict(one.values), work.order.buyer
    request = PaymentRequest(
        reference=one.order,
        payment=payment.id,
        amount=payment.amount,
        description=values["description"],
        statement=values["statement"],
        short_statement=values["short_statement"],
        support=values["support"],
        return_url=values["return_url"],
        cancel_url=values["cancel_url"],
        expires_at=None if not values["expires_at"] else work.at.fromisoformat(values["expires_at"]),
        email="" if buyer is None else buyer.email,
        locale=work.dossier.locale,
        capture_later=values["capture_later"] == "yes",
    )
    return request, (payment.provider, payment.account)


@flow
def _start_failed(claimed: Claimed) -> Flow[None]:
    """The provider does not open it, now or ever: nobody can pay there."""
    work = yield from work_on(claimed.record.order)
    payment = work.dossier.payment(claimed.record.subject)
    if payment.state is PaymentState.STARTING:
        _, failed = payment.moved(PaymentTrigger.FAIL, at=work.at)
        work.dossier = work.dossier.with_payment(failed)
    work.replace(claimed, claimed.record.done(work.at))
    yield from written(work)


@flow
def _start_again(claimed: Claimed) -> Flow[None]:
    """
    Try it later, under the same key; under another once the provider must have forgotten it, or keeps
    repeating the same error. Nobody was ever shown where to pay, so nobody can pay twice.
    """
    one = claimed.record
    work = yield from work_on(one.order)
    payment = work.dossier.payment(one.subject)
    till = yield from ask(TillOf(payment.provider, payment.account))
    is_stale = work.at - one.made_at >= till.limits.key_retention or one.tries >= MOST_REPEATS
    if not is_stale or payment.ref is not None or payment.state is not PaymentState.STARTING:
        work.replace(claimed, one.later(work.at))
    else:
        again = payment.again()
        work.dossier = work.dossier.with_payment(again)
        work.owe(Task.START, payment.id, key=again.key, values=dict(one.values))
        work.replace(claimed, one.done(work.at))
    yield from written(work)


def capture(claimed: Claimed) -> Flow[ProviderError | None]:
    """Take what is set aside."""
    return (yield from _on_payment(claimed, (PaymentState.AUTHORIZED,)))


def void(claimed: Claimed) -> Flow[ProviderError | None]:
    """See to it that nothing can be paid any more."""
    return (yield from _on_payment(claimed, (PaymentState.OPEN, PaymentState.AUTHORIZED, PaymentState.PENDING)))


def _on_payment(claimed: Claimed, while_in: tuple[PaymentState, ...]) -> Flow[ProviderError | None]:
    one = claimed.record
    work = yield from work_on(one.order)
    payment = work.dossier.payment(one.subject)
    ref = payment.ref
    if payment.state not in while_in or ref is None:
        yield from run(_done(claimed))
        return None
    try:
        if one.tries > 1 and (yield from can_fetch(ref)):
            # It may have been done: look before it is tried again.
            snapshot = yield from ask(Fetch(ref))
            yield from run(heard(one.order, one.subject, snapshot))
            work = yield from work_on(one.order)
            if work.dossier.payment(one.subject).state not in while_in:
                yield from run(_done(claimed))
                return None
        snapshot = yield from ask(_asked(one, ref))
    except (OutcomeUnknownError, ProviderUnavailableError) as error:
        yield from run(_later(claimed))
        return error
    except ProviderError as error:
        return (yield from _refused(claimed, ref, while_in, error))
    yield from run(heard(one.order, one.subject, snapshot, claimed))
    return None


def _asked(one: Obligation, ref: PaymentRef) -> Capture | Void:
    return Capture(ref, one.key) if one.task is Task.CAPTURE else Void(ref, one.key)


def _refused(
    claimed: Claimed, ref: PaymentRef, while_in: tuple[PaymentState, ...], error: ProviderError
) -> Flow[ProviderError | None]:
    """The provider will not: what is true instead is asked, and if that says nothing, a person looks at it."""
    one = claimed.record
    if (yield from can_fetch(ref)):
        try:
            snapshot = yield from ask(Fetch(ref))
        except ProviderError:
            yield from run(_later(claimed))
            return error
        yield from run(heard(one.order, one.subject, snapshot))
    work = yield from work_on(one.order)
    if one.task is Task.CAPTURE and work.dossier.payment(one.subject).state in while_in:
        yield from run(_stuck(claimed, STILL_SET_ASIDE))
    else:
        yield from run(_done(claimed))
    return error


def pay_back(claimed: Claimed) -> Flow[ProviderError | None]:
    """Give back so much of a payment."""
    one = claimed.record
    work = yield from work_on(one.order)
    refund = work.dossier.refund(one.subject)
    ref = work.dossier.payment(refund.payment).ref
    if refund.state is not RefundState.REQUESTED or refund.key != one.key or ref is None:
        yield from run(_done(claimed))
        return None
    try:
        if one.tries > 1 and (yield from can_fetch(ref)):
            snapshot = yield from ask(Fetch(ref))
            yield from run(heard(one.order, refund.payment, snapshot))
            work = yield from work_on(one.order)
            if work.dossier.refund(one.subject).state is not RefundState.REQUESTED:
                yield from run(_done(claimed))
                return None
            till = yield from ask(TillOf(ref.provider, ref.account))
            if work.at - one.made_at >= till.limits.key_retention:
                yield from run(_stuck(claimed, KEY_FORGOTTEN))
                return None
        seen = yield from ask(PayBack(ref, refund.amount, one.key))
    except (OutcomeUnknownError, ProviderUnavailableError) as error:
        yield from run(_later(claimed))
        return error
    except (RequestRejectedError, PaymentDeclinedError) as error:
        yield from run(_refund_told(claimed, None))
        return error
    yield from run(_refund_told(claimed, seen))
    return None


@flow
def _refund_told(claimed: Claimed, seen: RefundSnapshot | None) -> Flow[None]:
    """What became of a refund; None if the provider will not make it."""
    one = claimed.record
    work = yield from work_on(one.order)
    refund = work.dossier.refund(one.subject)
    if seen is not None:
        after = told(refund, seen, at=work.at)
    elif refund.state is RefundState.REQUESTED and refund.key == one.key:
        after = refund.moved(RefundTrigger.FAIL, at=work.at)
    else:
        after = refund
    work.dossier = work.dossier.with_refund(after)
    tell_of_refund(work, refund, after)
    work.replace(claimed, one.done(work.at))
    yield from written(work)


def can_fetch(ref: PaymentRef) -> Flow[bool]:
    """Whether the provider can say what became of a payment."""
    till = yield from ask(TillOf(ref.provider, ref.account))
    return Capability.FETCH in till.capabilities


@flow
def _done(claimed: Claimed) -> Flow[None]:
    at = yield from ask(Now())
    yield from finished(claimed, at)


@flow
def _later(claimed: Claimed) -> Flow[None]:
    at = yield from ask(Now())
    yield from postponed(claimed, at)


@flow
def _stuck(claimed: Claimed, why: Reason) -> Flow[None]:
    work = yield from work_on(claimed.record.order)
    work.tell_organizer(MessageKind.TASK_STUCK, task=claimed.record.task.value, why=why.code)
    work.replace(claimed, claimed.record.left_to_a_person(why))
    yield from written(work)
