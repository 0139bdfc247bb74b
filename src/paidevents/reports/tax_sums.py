"""Taxes as they were booked: where they are owed, at which rate, and what is no longer owed after refunds."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from paidevents.checks import instance, of_kind, optional, settle, several
from paidevents.errors import InvalidValueError
from paidevents.ledger.account import Account
from paidevents.ledger.book import Book
from paidevents.ledger.entry import Entry
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.pricing.given_back import NOT_THE_SUM
from paidevents.reports.asked import MOST, one_currency
from paidevents.reports.booked import Booked
from paidevents.timing.window import Window

_AMOUNTS = ("charged", "given_back", "owed")


@frozen(kw_only=True)
class TaxRow:
    """
    A tax: `owed = charged - given_back`.

    Attributes:
        country: Where it is owed; empty in a total.
        name: Of the tax; empty in a total.
        rate: Its rate; None in a total.
        charged: What buyers paid of it, or came to owe.
        given_back: What of that is no longer owed, after refunds and changes of price; below zero if these made it
            more.
        owed: What remains.

    Raises:
        InvalidValueError: Amounts that do not add up, or an attribute that cannot be.
        CurrencyMismatchError: Two currencies.
    """

    country: str = ""
    name: str = ""
    rate: Rate | None = None
    charged: Money
    given_back: Money
    owed: Money

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            country=of_kind(str),
            name=of_kind(str),
            rate=optional(of_kind(Rate)),
            **dict.fromkeys(_AMOUNTS, of_kind(Money)),
        )
        one_currency(self.charged, self.given_back, self.owed)
        owed = self.charged - self.given_back
        if owed != self.owed:
            raise InvalidValueError("owed", NOT_THE_SUM.given(total=owed))


@frozen(kw_only=True)
class Taxes:
    """
    Taxes, added up.

    Attributes:
        rows: By country, rate and name; of each currency by itself.
        totals: One for each currency: what its rows add up to.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    rows: tuple[TaxRow, ...]
    totals: tuple[TaxRow, ...]

    def __attrs_post_init__(self) -> None:
        rows = several(of_kind(TaxRow), MOST)
        settle(self, rows=rows, totals=rows)


def taxes(book: Book, during: Window | None = None) -> Taxes:
    """
    Taxes by country, rate and name, less what was refunded.

    A refund counts when it was booked, not when the place was sold: so a quarter
    that was declared stays as it is.

    Args:
        book: Every movement of money.
        during: Only what was booked then; None for all.

    Raises:
        InvalidValueError: An argument of another kind.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR
        >>> from paidevents.catalog import Event, EventKind, TaxMode, TaxRate, TaxTable, Ticket
        >>> from paidevents.ledger import Occasion, sale
        >>> from paidevents.pricing import Plan
        >>> at = datetime(2026, 3, 1, tzinfo=UTC)
        >>> vat = TaxRate(country="FR", rate=Rate.of("20 %"))
        >>> video = Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("24.00", EUR))],
        ...     tax=TaxTable(mode=TaxMode.INCLUSIVE, seller="FR", rates=[vat]),
        ... )
        >>> sold = sale(Occasion(id="1", at=at, order="7"), Plan(video).quote({"standard": 1}, at=at))
        >>> row, = taxes(Book(sold)).rows
        >>> row.country, row.name, str(row.rate), str(row.owed)
        ('FR', 'VAT', '20 %', '4.00 EUR')
    """
    sums = TaxSums(during)
    sums.add(instance(book, "book", Book).entries)
    return sums.report()


class TaxSums:
    """
    The same of a ledger that is taken in page by page: only its rows are kept.

    It does not remember what was added: that no entry comes on two pages is the caller's.

    Args:
        during: Only what was booked then; None for all.

    Raises:
        InvalidValueError: An argument of another kind.

    Example:
        >>> sums = TaxSums()
        >>> for page in ([], []):
        ...     sums.add(page)
        >>> sums.report() == taxes(Book())
        True
    """

    __slots__ = ("_booked",)

    def __init__(self, during: Window | None = None) -> None:
        self._booked = Booked((Account.TAX,), during)

    def add(self, entries: Iterable[Entry]) -> None:
        """
        Add a page of entries.

        Raises:
            InvalidValueError: An id twice, or something that is no entry; then nothing was added.
        """
        self._booked.add(entries)

    def report(self) -> Taxes:
        """The taxes of all that was added."""
        rows = self._booked.by_party().items()
        return Taxes(
            rows=tuple(_row(columns, currency, **_named(party)) for (_, party, currency), columns in rows),
            totals=tuple(_row(columns, currency) for currency, columns in self._booked.totals().items()),
        )


def _named(party: str) -> dict[str, Any]:
    """Which tax it is: "FR:20 %:VAT" taken apart. Of other text, all is the name."""
    country, _, rest = party.partition(":")
    rate, _, name = rest.partition(":")
    try:
        return {"country": country, "rate": Rate.of(rate), "name": name}
    except InvalidValueError:
        return {"name": party}


def _row(columns: Counter[str], currency: Currency, **what: Any) -> TaxRow:
    charged, given_back = Money(columns["charged"], currency), Money(columns["given_back"], currency)
    return TaxRow(**what, charged=charged, given_back=given_back, owed=charged - given_back)
