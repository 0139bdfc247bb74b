"""
Payments begun with a provider, under a key that was committed before.

A start whose answer is lost is the one unknown that harms nobody: its page was
never shown, so nobody can pay there. It is repeated under the same key, and
under another one where that would only repeat an error.
"""

from datetime import datetime

from paidevents.box_office.asking_tills import Start, TillOf
from paidevents.box_office.asks import Flow, ask, flow, run
from paidevents.box_office.flows.loading import postponed, work_on, written
from paidevents.box_office.flows.news import heard
from paidevents.box_office.hearing import MARGIN, due_of
from paidevents.box_office.work import Work
from paidevents.errors import (
    IllegalTransitionError,
    OutcomeUnknownError,
    ProviderError,
    ProviderUnavailableError,
    RequestRejectedError,
)
from paidevents.lifecycle.payment import PaymentState, PaymentTrigger
from paidevents.money.provider_facts import ProviderLimits
from paidevents.payments.payment import Payment
from paidevents.ports.obligation import Obligation, Task
from paidevents.ports.provider import PaymentRequest
from paidevents.ports.records import Stored
from paidevents.registration.hold import GRACE, payment_hold_until
from paidevents.registration.settling import extended

# A provider that answers the same error as often as this has saved it with the key.
MOST_REPEATS = 5

Claimed = Stored[Obligation]


def start(claimed: Claimed) -> Flow[ProviderError | None]:
    """Open a payment; what came in the way, or None."""
    request, till = yield from run(_request(claimed))
    if request is None or till is None:
        return None
    order, payment = claimed.record.order, claimed.record.subject
    try:
        snapshot = yield from ask(Start(till[0], till[1], request, claimed.record.key))
    except ProviderUnavailableError as error:
        yield from run(postponed(claimed))
        return error
    except OutcomeUnknownError as error:
        yield from run(_start_again(claimed))
        return error
    except ProviderError as error:
        yield from run(_start_failed(claimed, error))
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
        expires_at=datetime.fromisoformat(values["expires_at"]),
        email="" if buyer is None else buyer.email,
        locale=work.dossier.locale,
        capture_later=values["capture_later"] == "yes",
    )
    return request, (payment.provider, payment.account)


@flow
def _start_failed(claimed: Claimed, error: ProviderError) -> Flow[None]:
    """
    The provider does not open it, now or ever: nobody can pay there.

    Unless it was asked so late that its page would have closed too soon: then it is asked anew.
    """
    one = claimed.record
    work = yield from work_on(one.order)
    payment = work.dossier.payment(one.subject)
    limits = (yield from ask(TillOf(payment.provider, payment.account))).limits
    closes_at = datetime.fromisoformat(dict(one.values)["expires_at"])
    is_late = isinstance(error, RequestRejectedError) and closes_at - work.at < limits.shortest_checkout
    if payment.state is PaymentState.STARTING and not (is_late and _started_anew(work, payment, one, limits)):
        _, failed = payment.moved(PaymentTrigger.FAIL, at=work.at)
        work.dossier = work.dossier.with_payment(failed)
    work.replace(claimed, one.done(work.at))
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
    limits = (yield from ask(TillOf(payment.provider, payment.account))).limits
    is_stale = work.at - one.made_at >= limits.key_retention or one.tries >= MOST_REPEATS
    if is_stale and _started_anew(work, payment, one, limits):
        work.replace(claimed, one.done(work.at))
    else:
        work.replace(claimed, one.later(work.at))
    yield from written(work)


def _started_anew(work: Work, payment: Payment, one: Obligation, limits: ProviderLimits) -> bool:
    """Whether it can be started once more: under another key, with a page that stays open as long as any other."""
    if payment.state is not PaymentState.STARTING or payment.ref is not None:
        return False
    try:
        closes_at = page_closes_at(work, limits)
    except IllegalTransitionError:
        return False  # the places cannot be held that long any more
    again = payment.again()
    work.dossier = work.dossier.with_payment(again)
    work.owe(Task.START, payment.id, key=again.key, values={**dict(one.values), "expires_at": closes_at.isoformat()})
    return True


def page_closes_at(work: Work, limits: ProviderLimits) -> datetime:
    """
    Have the places held while a provider's page stays open that is opened now, and when that is to close.

    Raises:
        IllegalTransitionError: They cannot be held that long.
    """
    order = work.order
    hold = order.hold if order.change is None else order.change.hold
    least = work.at + limits.shortest_checkout + GRACE
    until = max(least, min(payment_hold_until(hold, work.at, limits.shortest_checkout), hold.latest))
    work.decided(extended(order, work.plan, until=until, at=work.at, by=work.by))
    return (until - MARGIN).replace(microsecond=0)
