"""A payment of 100.00, what a provider says of it, and an order that needs it: what the tests change one thing of."""

from datetime import UTC, datetime, timedelta
from typing import Any

from paidevents import Money
from paidevents.lifecycle import (
    PAYMENT,
    REFUND,
    OrderState,
    PaymentFacts,
    PaymentState,
    PaymentTrigger,
    RefundFacts,
    RefundTrigger,
)
from paidevents.machine import Move
from paidevents.money import EUR, USD
from paidevents.payments import (
    DisputeStatus,
    Due,
    Payment,
    PaymentRef,
    Refund,
    RefundPurpose,
    RefundSnapshot,
    RefundStatus,
    Snapshot,
    Status,
)

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOON = AT + timedelta(minutes=30)
REF = PaymentRef("stripe:test", "acct_1", "cs_1")


def eur(amount: int) -> Money:
    return Money(amount * 100, EUR)


def usd(amount: int) -> Money:
    return Money(amount * 100, USD)


def seen(status: Status = Status.PAID, **changed: Any) -> Snapshot:
    """What the provider says: all 100.00 came, if it is paid."""
    plain: dict[str, Any] = {"ref": REF, "reference": "A7", "status": status, "requested": eur(100)}
    return Snapshot(**{**plain, "received": eur(100) if status is Status.PAID else None, **changed})


def due(order: OrderState = OrderState.HELD, **changed: Any) -> Due:
    """An order that asks for 100.00 and has nothing of it."""
    plain: dict[str, Any] = {"reference": "A7", "order": order, "asked": eur(100), "received": eur(0)}
    return Due(**{**plain, **changed})


def starting(**changed: Any) -> Payment:
    plain: dict[str, Any] = {"id": "p1", "order": "A7", "provider": "stripe:test", "account": "acct_1"}
    return Payment(**{**plain, "amount": eur(100), **changed})


def moves(*triggers: PaymentTrigger, at: datetime = AT) -> tuple[Move, ...]:
    history: tuple[Move, ...] = ()
    for trigger in triggers:
        _, history = PAYMENT.moved(history, trigger, PaymentFacts(), at=at)
    return history


T = PaymentTrigger

# How a payment came to stand where it stands, and what was seen of it last.
WAYS: dict[PaymentState, tuple[tuple[PaymentTrigger, ...], Snapshot | None]] = {
    PaymentState.STARTING: ((), None),
    PaymentState.OPEN: ((T.OPEN,), seen(Status.OPEN)),
    PaymentState.AUTHORIZED: ((T.OPEN, T.AUTHORIZE), seen(Status.AUTHORIZED)),
    PaymentState.PENDING: ((T.OPEN, T.PEND), seen(Status.PENDING)),
    PaymentState.PAID: ((T.OPEN, T.RECEIVE), seen()),
    PaymentState.REVIEW: ((T.OPEN, T.MISMATCH), seen(received=eur(60))),
    PaymentState.FAILED: ((T.OPEN, T.FAIL), seen(Status.FAILED)),
    PaymentState.EXPIRED: ((T.OPEN, T.EXPIRE), seen(Status.EXPIRED)),
    PaymentState.LOST: ((T.OPEN, T.RECEIVE, T.LOSE), seen(Status.FAILED)),
}


def standing(state: PaymentState, last: Snapshot | None = None, *, at: datetime = AT, **changed: Any) -> Payment:
    """A payment that stands there, of which *last* was seen last."""
    way, usual = WAYS[state]
    snapshot = last or usual
    ref = None if snapshot is None else snapshot.ref
    return starting(**{"ref": ref, "snapshot": snapshot, "history": moves(*way, at=at), **changed})


def paid(last: Snapshot | None = None, **changed: Any) -> Payment:
    return standing(PaymentState.PAID, last, **changed)


def refund(amount: int, *triggers: RefundTrigger, id: str = "r1", **changed: Any) -> Refund:
    history: tuple[Move, ...] = ()
    for trigger in triggers:
        _, history = REFUND.moved(history, trigger, RefundFacts(), at=AT)
    plain: dict[str, Any] = {"id": id, "order": "A7", "payment": "p1", "purpose": RefundPurpose.PLACES}
    return Refund(**{**plain, "amount": eur(amount), "history": history, **changed})


def made(amount: int, status: RefundStatus = RefundStatus.SUCCEEDED, id: str = "re_1", key: str = "") -> RefundSnapshot:
    return RefundSnapshot(id=id, amount=eur(amount), status=status, key=key)


def disputed(dispute: DisputeStatus, **changed: Any) -> Snapshot:
    return seen(dispute=dispute, **changed)
