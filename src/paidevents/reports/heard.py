"""What a provider last said of a payment, where nobody asks it anew."""

from collections.abc import Sequence

from attrs import evolve

from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund, of_payment
from paidevents.payments.snapshot import RefundSnapshot, Snapshot, Status
from paidevents.reports.comparing import STANDS_FOR


def last_heard(payment: Payment, refunds: Sequence[Refund]) -> Snapshot | None:
    """
    The latest snapshot of *payment*, with what the provider has answered to our refunds since; None before the first.

    A refund that was asked for, and answered at once, is in no snapshot until
    there is other news of its payment.

    Raises:
        InvalidValueError: A refund is of the payment's id and of another order.
    """
    seen = payment.snapshot
    if seen is None or seen.status not in (Status.PAID, Status.FAILED):
        return seen
    answered = tuple(
        RefundSnapshot(id=one.provider_id, amount=one.amount, status=STANDS_FOR[one.state], key=one.key)
        for one in of_payment(payment, refunds)
        if one.provider_id and one.state in STANDS_FOR
    )
    return evolve(seen, refunds=answered).after(seen)
