"""
Our payments against the provider's: what is on one side only, and what the two sides do not say alike.

Nothing is changed here: what was not heard of yet is taken over when the
provider is asked, as always.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from paidevents.catalog.names import DUPLICATE_ID
from paidevents.checks import instance, of_kind, optional
from paidevents.errors import InvalidValueError
from paidevents.ledger.account import Account
from paidevents.ledger.book import Book
from paidevents.ledger.entry import Entry
from paidevents.ledger.sums import LedgerSums
from paidevents.lifecycle.refund import RefundState
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund
from paidevents.payments.snapshot import PaymentRef, RefundStatus, Snapshot
from paidevents.reason import Severity
from paidevents.registration.order import Order
from paidevents.reports.asked import named, things_of
from paidevents.reports.comparing import came, compared, compared_fees, not_here
from paidevents.reports.reconciled import (
    BOOK_DIFFERS,
    ProviderBalance,
    Reconciliation,
    ReconciliationRow,
)

Pair = tuple[Payment, Snapshot | None]
Sums = Counter[tuple[str, Currency]]

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
        >>> from paidevents.payments import Status
        >>> ref, price = PaymentRef("stripe:test", "acct_1", "cs_1"), Money.of("20.00", EUR)
        >>> seen = Snapshot(ref=ref, reference="A1", status=Status.PAID, requested=price, received=price)
        >>> row, = reconciliation([], [], [], [seen]).rows
        >>> print(row.severity.value, row.provider_id, row.theirs, row.reason)
        error cs_1 20.00 EUR The provider has a payment that is not known here.
    """
    books = optional(of_kind(Book))(book, "book")
    sums = ReconciliationSums()
    sums.add(orders, payments, refunds, snapshots)
    if books is not None:
        sums.add_entries(books.entries)
    return sums.report()


class ReconciliationSums:
    """
    The same of payments that are taken in page by page: only its rows and totals are kept.

    A page is of some orders, with all that there is of them on both sides. What a
    provider has that is of no order here may be on any page. It does not
    remember what was added: that nothing comes on two pages is the caller's.

    Args:
        notes: Rows that need nobody are kept as well: of each payment of which both sides say the same there is one.

    Raises:
        InvalidValueError: An argument of another kind.

    Example:
        >>> sums = ReconciliationSums(notes=False)
        >>> for page in ([], []):
        ...     sums.add(page, [], [], [])
        >>> sums.report().agrees
        True
    """

    __slots__ = ("_fees", "_here", "_ledger", "_notes", "_payments", "_there", "_unknown")

    def __init__(self, *, notes: bool = True) -> None:
        self._notes = instance(notes, "notes", bool)
        self._payments: list[ReconciliationRow] = []
        self._unknown: list[ReconciliationRow] = []
        self._fees: list[ReconciliationRow] = []
        self._here, self._there = Sums(), Sums()
        self._ledger: LedgerSums | None = None

    def add(
        self,
        orders: Iterable[Order],
        payments: Iterable[Payment],
        refunds: Iterable[Refund],
        snapshots: Iterable[Snapshot],
    ) -> None:
        """
        Add a page: orders, their payments and refunds, and what the providers say of them.

        Raises:
            InvalidValueError: An id or a payment of the provider twice, or an argument of another kind; then nothing
                was added.
        """
        ours = sorted(named(payments, "payments", Payment), key=lambda payment: (payment.order, payment.id))
        back = named(refunds, "refunds", Refund)
        theirs = _by_ref(things_of(snapshots, "snapshots", Snapshot))
        sold = named(orders, "orders", Order)
        pairs, unknown = _paired(ours, theirs)
        found = self._kept(row for pair in pairs for row in compared(*pair, back))
        elsewhere = self._kept(row for snapshot in unknown for row in not_here(snapshot))
        fees = self._kept(compared_fees(sold, pairs))
        self._payments += found
        self._unknown += elsewhere
        self._fees += fees
        _lie_here(self._here, pairs, back)
        _lie_there(self._there, theirs.values())

    def add_entries(self, entries: Iterable[Entry]) -> None:
        """
        Add a page of the ledger, also an empty one: from then on the books are compared as well.

        Raises:
            InvalidValueError: An id twice, or something that is no entry; then nothing was added.
        """
        ledger = self._ledger or LedgerSums()
        ledger.add(entries)
        self._ledger = ledger

    def report(self) -> Reconciliation:
        """What was found in all that was added."""
        totals = self._totals()
        rows = [
            *sorted(self._payments, key=lambda row: (row.order, row.payment)),
            *self._unknown,
            *self._fees,
            *(row for total in totals for row in _of_book(total)),
        ]
        rows.sort(key=lambda row: _PLACES[row.severity])
        return Reconciliation(rows=tuple(rows), totals=totals)

    def _kept(self, rows: Iterable[ReconciliationRow]) -> list[ReconciliationRow]:
        return [row for row in rows if self._notes or row.severity is not Severity.NOTE]

    def _totals(self) -> tuple[ProviderBalance, ...]:
        here, there, booked = self._here, self._there, Sums()
        providers = {provider for provider, _ in (*here, *there)}
        for parties in (self._ledger.by_party(Account.PROVIDER) if self._ledger is not None else {}).values():
            for provider, amount in parties.items():
                if provider in providers:
                    _add(booked, provider, amount)
        keys = sorted({*here, *there, *booked}, key=lambda key: (key[0], key[1].code))
        return tuple(
            ProviderBalance(
                provider=provider,
                ours=Money(here[provider, currency], currency),
                theirs=Money(there[provider, currency], currency),
                booked=None if self._ledger is None else Money(booked[provider, currency], currency),
            )
            for provider, currency in keys
        )


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


def _lie_here(sums: Sums, pairs: Iterable[Pair], refunds: Iterable[Refund]) -> None:
    """Add what lies with providers by our payments and refunds."""
    of = {payment.id: payment.provider for payment, _ in pairs}
    for payment, _ in pairs:
        _add(sums, payment.provider, came(payment.snapshot, payment.amount.currency))
    for refund in refunds:
        if refund.payment in of and refund.state is RefundState.SUCCEEDED:
            _add(sums, of[refund.payment], -refund.amount)


def _lie_there(sums: Sums, snapshots: Iterable[Snapshot]) -> None:
    """Add what lies with providers by what they say."""
    for seen in snapshots:
        _add(sums, seen.ref.provider, came(seen, seen.requested.currency))
        for made in seen.refunds:
            if made.status is RefundStatus.SUCCEEDED:
                _add(sums, seen.ref.provider, -made.amount)


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
