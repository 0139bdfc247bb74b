"""Fees as they were booked: who takes them, who bears them, and what came back of them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from paidevents.catalog.fees import FeeTaker
from paidevents.checks import instance, of_kind, optional, settle, several
from paidevents.errors import InvalidValueError
from paidevents.ledger.account import Account, Bearer
from paidevents.ledger.book import Book
from paidevents.ledger.entry import Entry
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.pricing.given_back import NOT_THE_SUM
from paidevents.reports.asked import MOST, one_currency
from paidevents.reports.booked import Booked
from paidevents.timing.window import Window

_TAKERS = {Account.PLATFORM: FeeTaker.PLATFORM, Account.PROVIDER_FEES: FeeTaker.PROVIDER}
_BEARERS = {bearer.value: bearer for bearer in Bearer}
_AMOUNTS = ("charged", "given_back", "corrected", "total")


@frozen(kw_only=True)
class FeeRow:
    """
    What one takes of a fee and another bears: `total = charged - given_back + corrected`.

    Tax in it is not counted: that is owed to states.

    Attributes:
        taker: Who takes it; None in a total.
        fee: Its id, or the provider's name where no event declares it; empty in a total.
        bearer: Who bears it; None in a total.
        charged: As it was reckoned when places were sold.
        given_back: What came back of it, with refunds and with changes of price; below zero if these made it more.
        corrected: What the provider took beyond that; below zero if it took less.
        total: What remains.

    Raises:
        InvalidValueError: Amounts that do not add up, or an attribute that cannot be.
        CurrencyMismatchError: Two currencies.
    """

    taker: FeeTaker | None = None
    fee: str = ""
    bearer: Bearer | None = None
    charged: Money
    given_back: Money
    corrected: Money
    total: Money

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            taker=optional(of_kind(FeeTaker)),
            fee=of_kind(str),
            bearer=optional(of_kind(Bearer)),
            **dict.fromkeys(_AMOUNTS, of_kind(Money)),
        )
        one_currency(*(getattr(self, name) for name in _AMOUNTS))
        total = self.charged - self.given_back + self.corrected
        if total != self.total:
            raise InvalidValueError("total", NOT_THE_SUM.given(total=total))


@frozen(kw_only=True)
class Fees:
    """
    Fees, added up.

    Attributes:
        rows: By who takes them, fee and bearer; of each currency by itself.
        totals: One for each currency: what its rows add up to.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    rows: tuple[FeeRow, ...]
    totals: tuple[FeeRow, ...]

    def __attrs_post_init__(self) -> None:
        rows = several(of_kind(FeeRow), MOST)
        settle(self, rows=rows, totals=rows)


def fees(book: Book, during: Window | None = None) -> Fees:
    """
    Fees by who takes them and who bears them.

    Args:
        book: Every movement of money.
        during: Only what was booked then; None for all.

    Raises:
        InvalidValueError: An argument of another kind.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR, Rate
        >>> from paidevents.catalog import Event, EventKind, Fee, Ticket
        >>> from paidevents.ledger import Occasion, sale
        >>> from paidevents.pricing import Plan
        >>> at = datetime(2026, 3, 1, tzinfo=UTC)
        >>> video = Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ...     fees=[Fee(id="service", rate=Rate.of("5 %"))],
        ... )
        >>> sold = sale(Occasion(id="1", at=at, order="7"), Plan(video).quote({"standard": 1}, at=at))
        >>> row, = fees(Book(sold)).rows
        >>> row.taker.value, row.fee, row.bearer.value, str(row.total)
        ('platform', 'service', 'organizer', '1.00 EUR')
    """
    sums = FeeSums(during)
    sums.add(instance(book, "book", Book).entries)
    return sums.report()


class FeeSums:
    """
    The same of a ledger that is taken in page by page: only its rows are kept.

    It does not remember what was added: that no entry comes on two pages is the caller's.

    Args:
        during: Only what was booked then; None for all.

    Raises:
        InvalidValueError: An argument of another kind.

    Example:
        >>> sums = FeeSums()
        >>> for page in ([], []):
        ...     sums.add(page)
        >>> sums.report() == fees(Book())
        True
    """

    __slots__ = ("_booked",)

    def __init__(self, during: Window | None = None) -> None:
        self._booked = Booked(_TAKERS, during)

    def add(self, entries: Iterable[Entry]) -> None:
        """
        Add a page of entries.

        Raises:
            InvalidValueError: An id twice, or something that is no entry; then nothing was added.
        """
        self._booked.add(entries)

    def report(self) -> Fees:
        """The fees of all that was added."""
        return Fees(
            rows=tuple(
                _row(columns, currency, taker=_TAKERS[account], **_named(party))
                for (account, party, currency), columns in self._booked.by_party().items()
            ),
            totals=tuple(_row(columns, currency) for currency, columns in self._booked.totals().items()),
        )


def _named(party: str) -> dict[str, Any]:
    """Which fee it is and who bears it: "service:buyer" taken apart. Of other text, all is the fee."""
    fee, _, bearer = party.rpartition(":")
    return {"fee": fee, "bearer": _BEARERS[bearer]} if bearer in _BEARERS else {"fee": party}


def _row(columns: Counter[str], currency: Currency, **what: Any) -> FeeRow:
    total = columns["charged"] - columns["given_back"] + columns["corrected"]
    amounts: dict[str, Any] = {name: Money(columns[name], currency) for name in _AMOUNTS[:-1]}
    return FeeRow(**what, **amounts, total=Money(total, currency))
