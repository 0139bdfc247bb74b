"""Payments and refunds around an order, as their own tables make them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from worked.shop import AT, euros

from paidevents import Money
from paidevents.lifecycle import REFUND, OrderState, RefundFacts, RefundTrigger
from paidevents.machine import Move
from paidevents.payments import (
    Due,
    Payment,
    PaymentRef,
    Refund,
    RefundPurpose,
    RefundSnapshot,
    RefundStatus,
    Snapshot,
    Status,
    decide,
)
from paidevents.registration import Order

T = RefundTrigger


def said(received: str | Money | None = "20.00", *, id: str = "cs_1", order: str = "A1", **changed: Any) -> Snapshot:
    """What the provider says of a payment of 20.00; nothing of money where nothing is received."""
    plain: dict[str, Any] = {
        "ref": PaymentRef("stripe:test", "acct_1", id),
        "reference": order,
        "status": Status.OPEN if received is None else Status.PAID,
        "requested": euros("20.00"),
        "received": euros(received) if isinstance(received, str) else received,
    }
    return Snapshot(**{**plain, **changed})


def heard(seen: Snapshot, *, id: str = "p1", asked: Money | None = None, at: datetime = AT, **due: Any) -> Payment:
    """The payment after that was heard of it: an order that is held waits for as much as was requested."""
    order, amount = seen.reference, asked or seen.requested
    started = Payment(id=id, order=order, provider=seen.ref.provider, account=seen.ref.account, amount=amount)
    plain: dict[str, Any] = {"reference": order, "order": OrderState.HELD, "asked": amount, "received": amount - amount}
    return decide(started, seen, Due(**{**plain, **due}), at=at).payment


def came(amount: str, *, id: str = "p1", order: Order | str = "A1", received: str | None = None, **due: Any) -> Payment:
    """A payment that came, as it was asked for or not."""
    requested = euros(amount)
    reference = order if isinstance(order, str) else order.id
    return heard(said(received or amount, id=f"cs_{id}", order=reference, requested=requested), id=id, **due)


def refund(amount: str, *triggers: RefundTrigger, id: str = "r1", at: datetime = AT, **changed: Any) -> Refund:
    history: tuple[Move, ...] = ()
    for trigger in triggers:
        _, history = REFUND.moved(history, trigger, RefundFacts(), at=at)
    plain: dict[str, Any] = {"order": "A1", "payment": "p1", "purpose": RefundPurpose.PLACES}
    return Refund(**{**plain, "id": id, "amount": euros(amount), "history": history, **changed})


def made(amount: str, status: RefundStatus = RefundStatus.SUCCEEDED, id: str = "re_1", key: str = "") -> RefundSnapshot:
    """What the provider says of a refund."""
    return RefundSnapshot(id=id, amount=euros(amount), status=status, key=key)


MADE: Sequence[RefundTrigger] = (T.REQUEST, T.SUCCEED)
