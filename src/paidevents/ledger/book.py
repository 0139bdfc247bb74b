"""Books: entries in the order in which they were written, and what they add up to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from paidevents.catalog.names import listed
from paidevents.checks import UtcTime, instant, of_kind, optional, settle, several, text, text_or_nothing
from paidevents.errors import CurrencyMismatchError
from paidevents.ledger.account import Account
from paidevents.ledger.conservation import Conservation
from paidevents.ledger.entry import Entry, EntryKind
from paidevents.ledger.sums import MOST_ENTRIES, LedgerSums
from paidevents.money.amount import Money
from paidevents.money.currency import Currency

_entries = listed(Entry, MOST_ENTRIES)
_order = optional(text)


@frozen(kw_only=True)
class StatementLine:
    """
    One posting, as a statement of account shows it.

    Attributes:
        entry: Id of the entry.
        at: When, in UTC.
        kind: What happened.
        payment: Id of the payment; empty where none takes part.
        refund: Id of the refund; empty where none takes part.
        account: Which account.
        party: Which tax, fee or provider.
        amount: A debit above zero, a credit below.
        balance: What the account of this order has come to.

    Raises:
        InvalidValueError: An attribute that cannot be.
        CurrencyMismatchError: Two currencies.
    """

    entry: str
    at: UtcTime
    kind: EntryKind
    payment: str
    refund: str
    account: Account
    party: str
    amount: Money
    balance: Money

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            entry=text,
            at=instant,
            kind=of_kind(EntryKind),
            payment=text_or_nothing,
            refund=text_or_nothing,
            account=of_kind(Account),
            party=of_kind(str),
            amount=of_kind(Money),
            balance=of_kind(Money),
        )
        if self.amount.currency != self.balance.currency:
            raise CurrencyMismatchError(self.amount.currency.code, self.balance.currency.code)


@frozen
class Book:
    """
    Entries, none of them twice. Nothing is ever changed or taken out of it.

    Attributes:
        entries: In the order in which they were written, of any orders and currencies.

    Raises:
        InvalidValueError: An id twice, or something that is no entry.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR
        >>> from paidevents.ledger import Occasion, capture, surplus
        >>> on = dict(at=datetime(2026, 3, 1, tzinfo=UTC), order="7", payment="p")
        >>> twice = Money.of("20.00", EUR)
        >>> book = Book().added(capture(Occasion(id="1", **on), twice, "card"))
        >>> book = book.added(surplus(Occasion(id="2", **on), twice))
        >>> {account.value: str(amount) for account, amount in book.balances("7")[EUR].items() if amount}
        {'provider': '20.00 EUR', 'surplus': '-20.00 EUR'}
        >>> book.conservation("7")[EUR].holds
        True
    """

    entries: tuple[Entry, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(self, entries=_entries)

    def added(self, entries: Sequence[Entry]) -> "Book":
        """
        The book with these entries at its end.

        Raises:
            InvalidValueError: An id that it has already, or something that is no entry.
        """
        return Book((*self.entries, *several(of_kind(Entry), MOST_ENTRIES)(entries, "entries")))

    def balances(self, order: str | None = None) -> Mapping[Currency, Mapping[Account, Money]]:
        """
        What every account has come to, by currency; in each, all of them add up to nothing.

        Args:
            order: Id of an order; None for all.

        Raises:
            InvalidValueError: *order* is no text.
        """
        return self._sums(order).balances()

    def by_party(self, account: Account, order: str | None = None) -> Mapping[Currency, Mapping[str, Money]]:
        """
        What one account has come to, by currency and party: by tax, by fee and who bears it, by provider.

        Args:
            account: Which.
            order: Id of an order; None for all.

        Raises:
            InvalidValueError: *account* is none, or *order* is no text.
        """
        return self._sums(order).by_party(account)

    def statement(self, order: str) -> tuple[StatementLine, ...]:
        """
        Every posting of an order, with what its account has come to.

        Raises:
            InvalidValueError: *order* is no text.
        """
        balances: Counter[tuple[Account, Currency]] = Counter()
        lines = []
        for entry in self._of(text(order, "order")):
            for posting in entry.postings:
                balances[posting.account, entry.currency] += posting.amount.minor
                lines.append(
                    StatementLine(
                        entry=entry.id,
                        at=entry.at,
                        kind=entry.kind,
                        payment=entry.payment,
                        refund=entry.refund,
                        account=posting.account,
                        party=posting.party,
                        amount=posting.amount,
                        balance=Money(balances[posting.account, entry.currency], entry.currency),
                    )
                )
        return tuple(lines)

    def conservation(self, order: str | None = None) -> Mapping[Currency, Conservation]:
        """
        Where captured money is, by currency.

        Args:
            order: Id of an order; None for all.

        Raises:
            InvalidValueError: *order* is no text.
        """
        return self._sums(order).conservation()

    def _sums(self, order: str | None) -> LedgerSums:
        sums = LedgerSums()
        sums.add(self._of(order))
        return sums

    def _of(self, order: str | None) -> Iterator[Entry]:
        wanted = _order(order, "order")
        return (entry for entry in self.entries if wanted is None or entry.order == wanted)
