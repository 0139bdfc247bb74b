"""News of payments: told by a provider, looked up, or recorded by a person."""

from collections.abc import Mapping

from paidevents.access.roles import Action
from paidevents.box_office.asking_store import Find, Get
from paidevents.box_office.asking_tills import Fetch, Read
from paidevents.box_office.asks import Flow, ask, flow, run
from paidevents.box_office.flows.loading import work_on, written
from paidevents.box_office.flows.news import can_fetch, heard
from paidevents.box_office.flows.performing import afterwards
from paidevents.box_office.flows.waiting import offer_next
from paidevents.box_office.hearing import due_of, take_in, tell_of_refund
from paidevents.catalog.people import Actor
from paidevents.checks import of_kind, optional, text
from paidevents.errors import ExhaustedError, ForgedNotificationError, ProviderError, RefusedError, StoreError
from paidevents.money.amount import Money
from paidevents.payments import deciding
from paidevents.payments.payment import recorded
from paidevents.payments.refund import told
from paidevents.payments.snapshot import PaymentRef, RefundSnapshot, RefundStatus, Snapshot
from paidevents.ports.dossier import Dossier
from paidevents.ports.provider import Notification
from paidevents.ports.records import payment_key
from paidevents.reason import Reason
from paidevents.registration.order import Order
from paidevents.registration.settling import declined, honoured

NOT_BY_HAND = Reason("not_by_hand", "What {provider} takes, {provider} tells; it is not recorded by hand.")

OK, NOT_OURS, AGAIN = 200, 400, 503


@flow
def receive(provider: str, headers: Mapping[str, str], body: bytes, *, account: str) -> Flow[int]:
    """
    A provider's notification: it is verified, then the provider is asked what is true.

    Told twice, late or in any order, it comes to the same: what changes nothing
    commits nothing.

    Args:
        provider: The provider's name with its mode.
        headers: As they came.
        body: The bytes as they came.
        account: Of the provider.

    Returns:
        The HTTP status to answer with: 200; 400 if it is forged, and nothing of it was used;
        503 if it is to be sent again, for its payment is not known yet, or something is out of order.

    Raises:
        InvalidValueError: An argument that cannot be.
    """
    name, where = text(provider, "provider"), text(account, "account")
    try:
        news = yield from ask(Read(name, where, headers, body))
        if news is None:
            return OK
        order = yield from _order_of(news)
        if order is None:
            return AGAIN
        yield from _asked(order, news.ref)
        yield from afterwards(order)
    except ForgedNotificationError:
        return NOT_OURS
    except (ProviderError, StoreError):
        return AGAIN
    return OK


def _order_of(news: Notification) -> Flow[str | None]:
    """The order that it is about: by our reference, then by their name for the payment."""
    if news.reference:
        stored = yield from ask(Get(Dossier, news.reference))
        if stored is not None:
            return stored.record.id
    if news.ref is not None:
        key = payment_key(news.ref.provider, news.ref.account, news.ref.id)
        found = yield from ask(Find(Dossier, "payment", key, limit=1))
        return found[0].record.id if found else None
    return None


def _asked(order: str, ref: PaymentRef | None) -> Flow[bool]:
    """Ask what became of one payment of an order, or of all of which news are to be expected; whether it was news."""
    work = yield from work_on(order)
    refs = [one.ref for one in work.dossier.open_payments if one.ref is not None] if ref is None else [ref]
    is_news = False
    for one in refs:
        if (yield from can_fetch(one)):
            snapshot = yield from ask(Fetch(one))
            is_news |= yield from _told(order, snapshot)
    if is_news:
        yield from offer_next(work.order.event)  # what a lost payment had paid for is free
    return is_news


def _told(order: str, snapshot: Snapshot) -> Flow[bool]:
    if snapshot.reference != order:
        return False  # it says that it belongs to another order, whatever the notification claims
    before = yield from ask(Get(Dossier, order))
    yield from run(heard(order, "", snapshot))
    after = yield from ask(Get(Dossier, order))
    return before is not None and after is not None and before.version != after.version


@flow
def look(order: str) -> Flow[bool]:
    """
    Ask the providers what became of every payment of an order of which news are to be expected.

    Returns:
        Whether there was any news.

    Raises:
        NotFoundError: There is no such order.
        ProviderError: A provider does not answer.
    """
    is_news = yield from _asked(order, None)
    yield from afterwards(order)
    return is_news


@flow
def record_payment(order: str, payment: str, received: Money, *, fee: Money | None = None, by: Actor) -> Flow[Order]:
    """
    Record what came by bank transfer or in cash: all of it so far, not only this time.

    Too little, too much and too late are decided on as any other payment is.

    Args:
        order: Id of the order.
        payment: Id of the payment.
        received: What has come of it in all.
        fee: What was taken for it.
        by: Who saw it.

    Raises:
        NotAllowedError: Not theirs to record.
        RefusedError: The provider tells by itself what comes.
        InvalidValueError: An unknown payment, or an argument that cannot be.
    """
    work = yield from work_on(order, by, Action.RECORD_PAYMENT)
    one = work.dossier.payment(payment)
    seen = recorded(one, received, fee=optional(of_kind(Money))(fee, "fee"))
    if (yield from can_fetch(seen.ref)):
        raise RefusedError((NOT_BY_HAND.given(provider=one.provider),))
    yield from run(heard(order, payment, seen, by=by))
    yield from afterwards(order)
    return (yield from _order(order))


@flow
def record_refund(order: str, refund: str, *, by: Actor) -> Flow[Order]:
    """
    Record that a refund was paid out by hand.

    Raises:
        NotAllowedError: Not theirs to record.
        RefusedError: The provider tells by itself what became of it.
        InvalidValueError: An unknown refund, or an argument that cannot be.
    """
    yield from run(_paid_out(order, refund, by))
    yield from afterwards(order)
    return (yield from _order(order))


@flow
def _paid_out(order: str, refund: str, by: Actor) -> Flow[None]:
    work = yield from work_on(order, by, Action.REFUND)
    one = work.dossier.refund(refund)
    payment = work.dossier.payment(one.payment)
    if payment.ref is not None and (yield from can_fetch(payment.ref)):
        raise RefusedError((NOT_BY_HAND.given(provider=payment.provider),))
    paid = RefundSnapshot(id=one.provider_id or one.key, amount=one.amount, status=RefundStatus.SUCCEEDED)
    after = told(one, paid, at=work.at, by=str(by))
    work.dossier = work.dossier.with_refund(after)
    tell_of_refund(work, one, after)
    yield from written(work)


@flow
def accept_payment(order: str, payment: str, *, by: Actor) -> Flow[Order]:
    """
    Take what came although it is not what was due: what is missing is forgiven, what is too much goes back.

    Raises:
        NotAllowedError: Not theirs to decide.
        IllegalTransitionError: The payment does not wait for a decision.
        CurrencyMismatchError: It came in another currency: it can only be given back.
        InvalidValueError: An unknown payment, or an argument that cannot be.
    """
    yield from run(_reviewed(order, payment, by, is_accepted=True))
    yield from afterwards(order)
    return (yield from _order(order))


@flow
def decline_payment(order: str, payment: str, *, by: Actor) -> Flow[Order]:
    """
    Do not take what came: all of it goes back.

    Raises:
        NotAllowedError: Not theirs to decide.
        IllegalTransitionError: The payment does not wait for a decision, or places hang on it.
        InvalidValueError: An unknown payment, or an argument that cannot be.
    """
    yield from run(_reviewed(order, payment, by, is_accepted=False))
    yield from afterwards(order)
    return (yield from _order(order))


@flow
def _reviewed(order: str, payment: str, by: Actor, *, is_accepted: bool) -> Flow[None]:
    try:
        yield from _decided(order, payment, by, is_accepted=is_accepted)
    except ExhaustedError:
        # The places of an order that had run out are somebody else's by now.
        yield from _decided(order, payment, by, is_accepted=is_accepted, has_room=False)


def _decided(order: str, payment: str, by: Actor, *, is_accepted: bool, has_room: bool = True) -> Flow[None]:
    work = yield from work_on(order, by, Action.RECORD_PAYMENT)
    one = work.dossier.payment(payment)
    decided = deciding.accepted if is_accepted else deciding.declined
    due = due_of(work, one, has_room=has_room)
    take_in(work, decided(one, due, work.dossier.refunds, at=work.at, by=str(by)), has_room=has_room)
    yield from written(work)


@flow
def honour(order: str, *, by: Actor) -> Flow[Order]:
    """
    Take what came too late, where the organizer decides on that: the places are taken again.

    Raises:
        NotAllowedError: Not theirs to decide.
        IllegalTransitionError: There is no room, or nothing came late.
        InvalidValueError: An argument that cannot be.
    """
    yield from run(_late(order, by, is_honoured=True))
    yield from afterwards(order)
    return (yield from _order(order))


@flow
def turn_down(order: str, *, by: Actor) -> Flow[Order]:
    """
    Give back what came too late, where the organizer decides on that.

    Raises:
        NotAllowedError: Not theirs to decide.
        IllegalTransitionError: The order has not run out.
        InvalidValueError: An argument that cannot be.
    """
    yield from run(_late(order, by, is_honoured=False))
    yield from afterwards(order)
    return (yield from _order(order))


@flow
def _late(order: str, by: Actor, *, is_honoured: bool) -> Flow[None]:
    work = yield from work_on(order, by, Action.RECORD_PAYMENT)
    before, received = work.order, work.dossier.received
    if not is_honoured:
        work.decided(declined(before, work.plan, received=received, at=work.at, by=by))
        yield from written(work)
        return
    work.decided(honoured(before, work.plan, received=received, at=work.at, by=by, has_room=True))
    try:
        yield from written(work)
    except ExhaustedError:
        # It raises, for there is no room.
        honoured(before, work.plan, received=received, at=work.at, by=by, has_room=False)


def _order(id: str) -> Flow[Order]:
    work = yield from work_on(id)
    return work.order
