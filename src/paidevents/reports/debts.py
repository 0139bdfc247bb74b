"""
What is owed to whom: refunds that wait to be made, money that nobody has decided on, and what buyers have not paid yet.

Nothing is lost between two records: what came for an order, less all its
refunds, is what the order keeps. What is more is a surplus, what is less the
buyer's debt.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from attrs import evolve

from paidevents.checks import instant
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.payment import PaymentState
from paidevents.lifecycle.refund import RefundState
from paidevents.lifecycle.registration import RegistrationTrigger
from paidevents.machine import Move
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund, RefundPurpose
from paidevents.registration.order import Order
from paidevents.reports.asked import named
from paidevents.reports.owing import Owed, OwedKind, OwedRow

_KINDS = {
    RefundState.OWED: OwedKind.REFUND_OWED,
    RefundState.FAILED: OwedKind.REFUND_FAILED,
    RefundState.REQUESTED: OwedKind.REFUND_UNDER_WAY,
    RefundState.PENDING: OwedKind.REFUND_UNDER_WAY,
}
_CAME = (PaymentState.PAID.value, PaymentState.REVIEW.value)
# After these, places are given back for, or a part of them.
_GIVES_BACK = frozenset(
    trigger.value
    for trigger in (
        RegistrationTrigger.CANCEL,
        RegistrationTrigger.CALL_OFF,
        RegistrationTrigger.REFUSE,
        RegistrationTrigger.CHANGE,
    )
)
_PLACES = {kind: place for place, kind in enumerate(OwedKind)}


def owed(orders: Iterable[Order], payments: Iterable[Payment], refunds: Iterable[Refund], *, at: datetime) -> Owed:
    """
    What is owed by now: to buyers, and by them.

    What is only set aside at a provider is neither paid nor owed: an order that
    waits for its approval asks for nothing.

    Args:
        orders: Whose debts are asked for.
        payments: All that there are of these orders; of others they do not matter.
        refunds: All that there are of these orders; of others they do not matter.
        at: The moment.

    Raises:
        InvalidValueError: An id twice, or an argument of another kind.
        NaiveDatetimeError: The moment has no zone.

    Example:
        >>> from datetime import UTC
        >>> from paidevents import EUR
        >>> from paidevents.catalog import Event, EventKind, Ticket
        >>> from paidevents.pricing import Plan
        >>> from paidevents.registration import Attendee, Person, reserve
        >>> plan = Plan(Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... ))
        >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
        >>> ana = Person(name="Ana", email="ana@example.com")
        >>> held = reserve(
        ...     plan, plan.quote({"standard": 1}, at=noon),
        ...     id="A1", buyer=ana, attendees=[Attendee(person=ana)], at=noon,
        ... )
        >>> owed([held.order], [], [], at=noon).rows
        (OwedRow('unpaid', 'A1', 20.00 EUR, …),)
    """
    sums = OwedSums(at=at)
    sums.add(orders, payments, refunds)
    return sums.report()


class OwedSums:
    """
    The same of orders that are taken in page by page: only what is owed is kept.

    It does not remember what was added: that no order comes on two pages is the caller's.

    Args:
        at: The moment.

    Raises:
        InvalidValueError: It is none.
        NaiveDatetimeError: It has no zone.

    Example:
        >>> from datetime import UTC
        >>> sums = OwedSums(at=datetime(2026, 3, 1, 12, tzinfo=UTC))
        >>> for page in ([], []):
        ...     sums.add(page, [], [])
        >>> sums.report()
        Owed(rows=(), totals=())
    """

    __slots__ = ("_now", "_rows")

    def __init__(self, *, at: datetime) -> None:
        self._now = instant(at, "at")
        self._rows: list[OwedRow] = []

    def add(self, orders: Iterable[Order], payments: Iterable[Payment], refunds: Iterable[Refund]) -> None:
        """
        Add a page of orders, with all payments and refunds that there are of them.

        Raises:
            InvalidValueError: An id twice, or an argument of another kind; then nothing was added.
        """
        paid: defaultdict[str, list[Payment]] = defaultdict(list)
        for payment in named(payments, "payments", Payment):
            paid[payment.order].append(payment)
        back: defaultdict[str, list[Refund]] = defaultdict(list)
        for refund in named(refunds, "refunds", Refund):
            back[refund.order].append(refund)
        found = named(orders, "orders", Order)
        self._rows += [row for order in found for row in _of_order(order, paid[order.id], back[order.id], self._now)]

    def report(self) -> Owed:
        """What is owed of all that was added."""
        rows = sorted(self._rows, key=lambda row: (_PLACES[row.kind], row.since or self._now, row.order, row.refund))
        return Owed(rows=tuple(rows), totals=_totals(rows))


def _totals(rows: Iterable[OwedRow]) -> tuple[OwedRow, ...]:
    sums: Counter[tuple[OwedKind, Currency]] = Counter()
    for row in rows:
        sums[row.kind, row.amount.currency] += row.amount.minor
    in_order = sorted(sums.items(), key=lambda item: (_PLACES[item[0][0]], item[0][1].code))
    return tuple(OwedRow(kind=kind, amount=Money(minor, currency)) for (kind, currency), minor in in_order)


def _of_order(order: Order, payments: Sequence[Payment], refunds: Sequence[Refund], now: datetime) -> list[OwedRow]:
    found = [*_refunds(order, payments, refunds), *_reviews(payments, refunds), *_balance(order, payments, refunds)]
    name, email = (order.buyer.name, order.buyer.email) if order.buyer is not None else (None, None)
    return [
        evolve(
            row,
            order=order.id,
            buyer_name=name,
            buyer_email=email,
            days=None if row.since is None else max((now - row.since).days, 0),
        )
        for row in found
    ]


def _refunds(order: Order, payments: Sequence[Payment], refunds: Sequence[Refund]) -> Iterator[OwedRow]:
    """Refunds that have not been made."""
    came = {payment.id: _came_at(payment.history) for payment in payments}
    for refund in refunds:
        if refund.state in _KINDS:
            yield OwedRow(
                kind=_KINDS[refund.state],
                payment=refund.payment,
                refund=refund.id,
                purpose=refund.purpose,
                amount=refund.amount,
                since=_decided_at(refund, order, came.get(refund.payment)),
            )


def _reviews(payments: Sequence[Payment], refunds: Sequence[Refund]) -> Iterator[OwedRow]:
    """Money that came and is not what was due."""
    for payment in payments:
        left = _left(payment, refunds)
        if payment.state is PaymentState.REVIEW and left.minor > 0:
            yield OwedRow(kind=OwedKind.REVIEW, payment=payment.id, amount=left, since=payment.history[-1].at)


def _balance(order: Order, payments: Sequence[Payment], refunds: Sequence[Refund]) -> Iterator[OwedRow]:
    """What came for an order, less all its refunds, against what it keeps or asks for."""
    counted = [one for one in payments if one.state is PaymentState.PAID and one.received.currency == order.currency]
    received = sum(_left(payment, refunds).minor for payment in counted)
    asked = max(order.asked.minor, 0)
    if order.state is OrderState.AUTHORIZED:
        asked = min(asked, received)  # the rest is set aside
    rest = received - asked
    if rest > 0:
        latest = max((at for payment in counted if (at := _came_at(payment.history))), default=None)
        yield OwedRow(
            kind=OwedKind.LATE if order.state is OrderState.EXPIRED else OwedKind.SURPLUS,
            payment=counted[0].id if len(counted) == 1 else "",
            amount=Money(rest, order.currency),
            since=latest,
        )
    elif rest < 0:
        yield OwedRow(kind=OwedKind.UNPAID, amount=Money(-rest, order.currency), since=_asked_at(order))


def _left(payment: Payment, refunds: Sequence[Refund]) -> Money:
    """What came with *payment*, less all refunds of it: what is to go back is a debt of its own."""
    received = payment.received
    back = sum(one.amount.minor for one in refunds if one.payment == payment.id)
    return Money(received.minor - back, received.currency)


def _asked_at(order: Order) -> datetime:
    return order.hold.starts_at if order.change is None else order.change.hold.starts_at


def _decided_at(refund: Refund, order: Order, came_at: datetime | None) -> datetime | None:
    """Since when it is owed: since it failed or was asked for; else since what it is for."""
    if refund.history:
        return refund.history[-1].at
    if refund.purpose is RefundPurpose.PLACES:
        moves = (move.at for one in order.registrations for move in one.history if move.trigger in _GIVES_BACK)
        return max(moves, default=None)
    return None if refund.purpose is RefundPurpose.GOODWILL else came_at


def _came_at(history: Sequence[Move]) -> datetime | None:
    return next((move.at for move in history if move.state in _CAME), None)
