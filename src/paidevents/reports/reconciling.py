"""
Our payments against the provider's: what is on one side only, and what the two sides do not say alike.

Nothing is changed here: what was not heard of yet is taken over when the
provider is asked, as always.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from paidevents.catalog.names import DUPLICATE_ID
from paidevents.checks import of_kind, optional
from paidevents.errors import InvalidValueError
from paidevents.ledger.account import Account
from paidevents.ledger.book import Book
from paidevents.lifecycle.payment import PaymentState
from paidevents.lifecycle.refund import RefundState
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund
from paidevents.payments.snapshot import DisputeStatus, PaymentRef, RefundStatus, Snapshot, Status
from paidevents.reason import Severity
from paidevents.registration.order import Order
from paidevents.reports.asked import named, things_of
from paidevents.reports.comparing import compared_fees, compared_refunds
from paidevents.reports.reconciled import (
    AMOUNT_DIFFERS,
    BOOK_DIFFERS,
    MISSING_AT_PROVIDER,
    PAYMENT_MATCHES,
    UNKNOWN_HERE,
    ProviderBalance,
    Reconciliation,
    ReconciliationRow,
)

Pair = tuple[Payment, Snapshot | None]
Sums = Counter[tuple[str, Currency]]

_HAS_MONEY = (PaymentState.PAID, PaymentState.REVIEW)
# What the provider has to know; it may forget what never came to anything.
_KNOWN_THERE = (*_HAS_MONEY, PaymentState.OPEN, PaymentState.AUTHORIZED, PaymentState.PENDING)
_MAY_BE_PAID = (Status.OPEN, Status.AUTHORIZED, Status.PENDING)
_PLACES = {severity: place for place, severity in enumerate(Severity)}


def reconciliation(
    orders: Iterable[Order],
    payments: Iterable[Payment],
    refunds: Iterable[Refund],
    snapshots: Iterable[Snapshot],
    book: Book | None = None,
) -> Reconciliation:
    """
    Compare payments, refunds, fees and balances with what the providers say.

    Args:
        orders: Of which fees were reckoned; those of others are not compared.
        payments: Ours.
        refunds: Ours; those of other payments do not matter.
        snapshots: What the providers say of all their payments of the same time.
        book: The movements of these payments, to be compared as well; None to leave that out.

    Raises:
        InvalidValueError: An id or a payment of the provider twice, or an argument of another kind.

    Example:
        >>> from paidevents import EUR
        >>> ref, price = PaymentRef("stripe:test", "acct_1", "cs_1"), Money.of("20.00", EUR)
        >>> seen = Snapshot(ref=ref, reference="A1", status=Status.PAID, requested=price, received=price)
        >>> row, = reconciliation([], [], [], [seen]).rows
        >>> print(row.severity.value, row.provider_id, row.theirs, row.reason)
        error cs_1 20.00 EUR The provider has a payment that is not known here.
    """
    ours = sorted(named(payments, "payments", Payment), key=lambda payment: (payment.order, payment.id))
    back = named(refunds, "refunds", Refund)
    theirs = _by_ref(things_of(snapshots, "snapshots", Snapshot))
    books = optional(of_kind(Book))(book, "book")
    sold = named(orders, "orders", Order)
    pairs, unknown = _paired(ours, theirs)
    totals = _totals(pairs, back, theirs.values(), books)
    rows = [
        *(row for pair in pairs for row in _of_payment(pair, back)),
        *(row for snapshot in unknown for row in _unknown(snapshot)),
        *compared_fees(sold, pairs),
        *(row for total in totals for row in _of_book(total)),
    ]
    rows.sort(key=lambda row: _PLACES[row.severity])
    return Reconciliation(rows=tuple(rows), totals=totals)


def _by_ref(snapshots: Sequence[Snapshot]) -> dict[PaymentRef, Snapshot]:
    found: dict[PaymentRef, Snapshot] = {}
    for place, snapshot in enumerate(snapshots):
        if snapshot.ref in found:
            raise InvalidValueError(f"snapshots[{place}].ref", DUPLICATE_ID.given(id=snapshot.ref.id))
        found[snapshot.ref] = snapshot
    return found


def _paired(ours: Sequence[Payment], theirs: dict[PaymentRef, Snapshot]) -> tuple[list[Pair], list[Snapshot]]:
    """Ours with theirs, by their name for it, or by our reference where that was never heard; the rest of theirs."""
    named_here = {payment.ref for payment in ours}
    rest = [snapshot for snapshot in theirs.values() if snapshot.ref not in named_here]
    pairs: list[Pair] = []
    for payment in ours:
        seen = theirs.get(payment.ref) if payment.ref is not None else _answer_to(payment, rest)
        if payment.ref is None and seen is not None:
            rest.remove(seen)
        pairs.append((payment, seen))
    return pairs, rest


def _answer_to(payment: Payment, rest: Sequence[Snapshot]) -> Snapshot | None:
    """What a payment is called whose answer was lost."""
    asked = (payment.provider, payment.account, payment.order, payment.amount)
    return next(
        (one for one in rest if (one.ref.provider, one.ref.account, one.reference, one.requested) == asked), None
    )


def _of_payment(pair: Pair, refunds: Sequence[Refund]) -> Iterator[ReconciliationRow]:
    payment, seen = pair
    here = _came(payment.snapshot, payment.amount.currency)
    if seen is None:
        if payment.state in _KNOWN_THERE:
            yield ReconciliationRow(
                severity=Severity.ERROR if payment.state in _HAS_MONEY else Severity.WARNING,
                reason=MISSING_AT_PROVIDER,
                provider=payment.provider,
                account=payment.account,
                order=payment.order,
                payment=payment.id,
                provider_id=payment.ref.id if payment.ref is not None else "",
                here=payment.state.value,
                ours=here,
            )
        return
    there = _came(seen, payment.amount.currency)
    found = list(compared_refunds(payment, seen, refunds))
    differs = here != there
    if differs or not found:
        yield ReconciliationRow(
            severity=Severity.ERROR if differs else Severity.NOTE,
            reason=AMOUNT_DIFFERS.given(ours=here, theirs=there) if differs else PAYMENT_MATCHES,
            provider=payment.provider,
            account=payment.account,
            order=payment.order,
            payment=payment.id,
            provider_id=seen.ref.id,
            here=payment.state.value,
            there=seen.status.value,
            ours=here,
            theirs=there,
        )
    yield from found


def _unknown(seen: Snapshot) -> Iterator[ReconciliationRow]:
    there = _came(seen, seen.requested.currency)
    if there or seen.refunds or seen.status in _MAY_BE_PAID:
        yield ReconciliationRow(
            severity=Severity.WARNING if seen.status in _MAY_BE_PAID else Severity.ERROR,
            reason=UNKNOWN_HERE,
            provider=seen.ref.provider,
            account=seen.ref.account,
            order=seen.reference,
            provider_id=seen.ref.id,
            there=seen.status.value,
            theirs=there,
        )


def _came(seen: Snapshot | None, currency: Currency) -> Money:
    """What came of a payment, less what is disputed, or was lost in a dispute."""
    if seen is None or seen.received is None:
        return Money.zero(currency)
    if seen.dispute in (DisputeStatus.OPEN, DisputeStatus.LOST):
        return seen.received - (seen.disputed or seen.received)
    return seen.received


def _totals(
    pairs: Sequence[Pair], refunds: Sequence[Refund], theirs: Iterable[Snapshot], book: Book | None
) -> tuple[ProviderBalance, ...]:
    here, there = Sums(), Sums()
    of = {payment.id: payment.provider for payment, _ in pairs}
    for payment, _ in pairs:
        _add(here, payment.provider, _came(payment.snapshot, payment.amount.currency))
    for refund in refunds:
        if refund.payment in of and refund.state is RefundState.SUCCEEDED:
            _add(here, of[refund.payment], -refund.amount)
    for seen in theirs:
        _add(there, seen.ref.provider, _came(seen, seen.requested.currency))
        for made in seen.refunds:
            if made.status is RefundStatus.SUCCEEDED:
                _add(there, seen.ref.provider, -made.amount)
    booked = Sums()
    providers = {provider for provider, _ in (*here, *there)}
    for parties in (book.by_party(Account.PROVIDER) if book is not None else {}).values():
        for provider, amount in parties.items():
            if provider in providers:
                _add(booked, provider, amount)
    keys = sorted({*here, *there, *booked}, key=lambda key: (key[0], key[1].code))
    return tuple(
        ProviderBalance(
            provider=provider,
            ours=Money(here[provider, currency], currency),
            theirs=Money(there[provider, currency], currency),
            booked=None if book is None else Money(booked[provider, currency], currency),
        )
        for provider, currency in keys
    )


def _add(sums: Sums, provider: str, amount: Money) -> None:
    sums[provider, amount.currency] += amount.minor


def _of_book(total: ProviderBalance) -> Iterator[ReconciliationRow]:
    if total.booked is not None and total.booked != total.theirs:
        yield ReconciliationRow(
            severity=Severity.ERROR,
            reason=BOOK_DIFFERS.given(ours=total.booked, theirs=total.theirs),
            provider=total.provider,
            ours=total.booked,
            theirs=total.theirs,
        )
