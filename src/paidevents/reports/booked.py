"""What was booked for those who take a part of a price: sums of postings by account, party and currency."""

from collections import Counter
from collections.abc import Collection

from paidevents.checks import instance, of_kind, optional
from paidevents.ledger.account import Account
from paidevents.ledger.book import Book
from paidevents.ledger.entry import EntryKind
from paidevents.money.currency import Currency
from paidevents.timing.window import Window

# What a posting for one of them tells, by the kind of its entry; those of other kinds touch none of their accounts.
_COLUMNS = {
    EntryKind.SALE: "charged",
    EntryKind.WAIVER: "charged",
    EntryKind.REFUND_OWED: "given_back",
    EntryKind.REPRICED: "given_back",
    EntryKind.PROVIDER_FEE: "corrected",
}

Booked = dict[tuple[Account, str, Currency], Counter[str]]


def booked(book: Book, accounts: Collection[Account], during: Window | None) -> Booked:
    """
    What came to *accounts* and what went back, in minor units, in the order of accounts, parties and currencies.

    Args:
        book: Every movement of money.
        accounts: Of states, platform or providers.
        during: Only what was booked then; None for all.

    Raises:
        InvalidValueError: An argument of another kind.
    """
    entries = instance(book, "book", Book).entries
    window = optional(of_kind(Window))(during, "during")
    sums: Booked = {}
    for entry in entries:
        if window is not None and entry.at not in window:
            continue
        for posting in entry.postings:
            if posting.account in accounts:
                column = _COLUMNS[entry.kind]
                credit = posting.amount.minor if column == "given_back" else -posting.amount.minor
                sums.setdefault((posting.account, posting.party, entry.currency), Counter())[column] += credit
    return dict(sorted(sums.items(), key=lambda item: (item[0][0].value, item[0][1], item[0][2].code)))


def added(sums: Booked) -> dict[Currency, Counter[str]]:
    """The same of all accounts and parties together, by currency."""
    totals: dict[Currency, Counter[str]] = {}
    for (*_, currency), columns in sums.items():
        total = totals.setdefault(currency, Counter())
        for column, minor in columns.items():
            total[column] += minor
    return dict(sorted(totals.items(), key=lambda item: item[0].code))
