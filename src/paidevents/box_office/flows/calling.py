"""
Calls to a provider about a payment that it has: each made under the key that was committed before it.

Whatever gets lost on the way, the same call is repeated under the same key, or
the provider is asked what is true. Another key is used only where nothing can
have happened twice.
"""

from paidevents.box_office.asking_tills import Capture, Fetch, PayBack, TillOf, Void
from paidevents.box_office.asks import Flow, ask, flow, run
from paidevents.box_office.flows.loading import finished, postponed, work_on, written
from paidevents.box_office.flows.news import can_fetch, heard
from paidevents.box_office.hearing import tell_of_refund
from paidevents.errors import (
    OutcomeUnknownError,
    PaymentDeclinedError,
    ProviderError,
    ProviderUnavailableError,
    RequestRejectedError,
)
from paidevents.lifecycle.payment import PaymentState
from paidevents.lifecycle.refund import RefundState, RefundTrigger
from paidevents.payments.refund import told
from paidevents.payments.snapshot import PaymentRef, RefundSnapshot
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.ports.records import Stored
from paidevents.reason import Reason

KEY_FORGOTTEN = Reason("key_forgotten", "It is not known whether it was done, and the provider has forgotten the key.")
STILL_SET_ASIDE = Reason("still_set_aside", "The provider did not take what is set aside.")

Claimed = Stored[Obligation]


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
        yield from run(finished(claimed))
        return None
    try:
        if one.tries > 1 and (yield from can_fetch(ref)):
            # It may have been done: look before it is tried again.
            snapshot = yield from ask(Fetch(ref))
            yield from run(heard(one.order, one.subject, snapshot))
            work = yield from work_on(one.order)
            if work.dossier.payment(one.subject).state not in while_in:
                yield from run(finished(claimed))
                return None
        snapshot = yield from ask(_asked(one, ref))
    except (OutcomeUnknownError, ProviderUnavailableError) as error:
        yield from run(postponed(claimed))
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
            yield from run(postponed(claimed))
            return error
        yield from run(heard(one.order, one.subject, snapshot))
    work = yield from work_on(one.order)
    if one.task is Task.CAPTURE and work.dossier.payment(one.subject).state in while_in:
        yield from run(_stuck(claimed, STILL_SET_ASIDE))
    else:
        yield from run(finished(claimed))
    return error


def pay_back(claimed: Claimed) -> Flow[ProviderError | None]:
    """Give back so much of a payment."""
    one = claimed.record
    work = yield from work_on(one.order)
    refund = work.dossier.refund(one.subject)
    ref = work.dossier.payment(refund.payment).ref
    if refund.state is not RefundState.REQUESTED or refund.key != one.key or ref is None:
        yield from run(finished(claimed))
        return None
    try:
        if one.tries > 1 and (yield from can_fetch(ref)):
            snapshot = yield from ask(Fetch(ref))
            yield from run(heard(one.order, refund.payment, snapshot))
            work = yield from work_on(one.order)
            if work.dossier.refund(one.subject).state is not RefundState.REQUESTED:
                yield from run(finished(claimed))
                return None
            till = yield from ask(TillOf(ref.provider, ref.account))
            if work.at - one.made_at >= till.limits.key_retention:
                yield from run(_stuck(claimed, KEY_FORGOTTEN))
                return None
        seen = yield from ask(PayBack(ref, refund.amount, one.key))
    except (OutcomeUnknownError, ProviderUnavailableError) as error:
        yield from run(postponed(claimed))
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


@flow
def _stuck(claimed: Claimed, why: Reason) -> Flow[None]:
    work = yield from work_on(claimed.record.order)
    work.tell_organizer(MessageKind.TASK_STUCK, task=claimed.record.task.value, why=why.code)
    work.replace(claimed, claimed.record.left_to_a_person(why))
    yield from written(work)
