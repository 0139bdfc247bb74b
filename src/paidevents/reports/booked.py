"""What was booked for those who take a part of a price: sums of postings by account, party and currency."""

from collections import Counter
from collections.abc import Collection, Iterable

from paidevents.checks import of_kind, optional
from paidevents.ledger.account import Account
from paidevents.ledger.entry import Entry, EntryKind
from paidevents.money.currency import Currency
from paidevents.reports.asked import named
from paidevents.timing.window import Window

# What a posting for one of them tells, by the kind of its entry; those of other kinds touch none of their accounts.
_COLUMNS = {
    EntryKind.SALE: "charged",
    EntryKind.WAIVER: "charged",
    EntryKind.REFUND_OWED: "given_back",
    EntryKind.REPRICED: "given_back",
    EntryKind.PROVIDER_FEE: "corrected",
}

ByParty = dict[tuple[Account, str, Currency], Counter[str]]


class Booked:
    """
    What came to some accounts and what went back, in minor units.

    Args:
        accounts: Of states, platform or providers.
        during: Only what was booked then; None for all.

    Raises:
        InvalidValueError: An argument of another kind.
    """

    __slots__ = ("_accounts", "_during", "_sums")

    def __init__(self, accounts: Collection[Account], during: Window | None) -> None:
        self._accounts = accounts
        self._during = optional(of_kind(Window))(during, "during")
        self._sums: ByParty = {}

    def add(self, entries: Iterable[Entry]) -> None:
        """
        Add a page of entries.

        Raises:
            InvalidValueError: An id twice, or something that is no entry; then nothing was added.
        """
        for entry in named(entries, "entries", Entry):
            if self._during is not None and entry.at not in self._during:
                continue
            for posting in entry.postings:
                if posting.account in self._accounts:
                    column = _COLUMNS[entry.kind]
                    credit = posting.amount.minor if column == "given_back" else -posting.amount.minor
                    key = (posting.account, posting.party, entry.currency)
                    self._sums.setdefault(key, Counter())[column] += credit

    def by_party(self) -> ByParty:
        """The sums, in the order of accounts, parties and currencies."""
        return dict(sorted(self._sums.items(), key=lambda item: (item[0][0].value, item[0][1], item[0][2].code)))

    def totals(self) -> dict[Currency, Counter[str]]:
        """The same of all accounts and parties together, by currency."""
        totals: dict[Currency, Counter[str]] = {}
        for (*_, currency), columns in self._sums.items():
            total = totals.setdefault(currency, Counter())
            for column, minor in columns.items():
                total[column] += minor
        return dict(sorted(totals.items(), key=lambda item: item[0].code))
