"""What entries add up to, however many: taken in page by page, so that no ledger has to be held whole."""

from collections import Counter
from collections.abc import Iterable, Mapping

from paidevents import checks
from paidevents.catalog.names import listed
from paidevents.ledger.account import Account
from paidevents.ledger.conservation import SIDES, Conservation
from paidevents.ledger.entry import Entry, EntryKind
from paidevents.money.amount import Money
from paidevents.money.currency import Currency

MOST_ENTRIES = 1_000_000

_entries = listed(Entry, MOST_ENTRIES)

# What a posting of the provider's account tells, by the kind of its entry.
_FLOWS = {
    EntryKind.CAPTURE: "captured",
    EntryKind.REFUND_PAID: "refunded",
    EntryKind.REFUND_FAILED: "refunded",
    EntryKind.SURPLUS_RETURNED: "refunded",
    EntryKind.DISPUTE_OPENED: "disputed",
    EntryKind.DISPUTE_WON: "disputed",
    EntryKind.PAYMENT_LOST: "lost",
}
# What is disputed is at the organizer's risk, so it is taken off what the organizer keeps.
_KEPT = {
    Account.ORGANIZER: "organizer_keeps",
    Account.DISPUTED: "organizer_keeps",
    Account.TAX: "tax",
    Account.PLATFORM: "platform_fees",
    Account.PROVIDER_FEES: "provider_fees",
    Account.SURPLUS: "surplus",
}


class LedgerSums:
    """
    The sums of a ledger, to which pages of entries are added in any order.

    It keeps a number for each account, tax, fee and provider, and one for each
    order that is not settled: what its buyer owes, or is owed. It does not
    remember what was added: that no entry comes on two pages is the caller's.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR
        >>> from paidevents.ledger import Occasion, capture, surplus
        >>> on = dict(at=datetime(2026, 3, 1, tzinfo=UTC), order="7", payment="p")
        >>> sums, twice = LedgerSums(), Money.of("20.00", EUR)
        >>> sums.add(capture(Occasion(id="1", **on), twice, "card"))
        >>> str(sums.conservation()[EUR].owed)
        '20.00 EUR'
        >>> sums.add(surplus(Occasion(id="2", **on), twice))
        >>> str(sums.conservation()[EUR].owed), str(sums.conservation()[EUR].surplus)
        ('0.00 EUR', '20.00 EUR')
    """

    __slots__ = ("_amounts", "_buyers", "_flows")

    def __init__(self) -> None:
        self._amounts: dict[Currency, Counter[tuple[Account, str]]] = {}
        self._flows: dict[Currency, Counter[str]] = {}
        self._buyers: dict[tuple[Currency, str], int] = {}

    def add(self, entries: Iterable[Entry]) -> None:
        """
        Add a page of entries.

        Raises:
            InvalidValueError: An id twice, or something that is no entry; then nothing was added.
        """
        page = list(entries) if isinstance(entries, Iterable) else entries
        for entry in _entries(page, "entries"):
            amounts = self._amounts.setdefault(entry.currency, Counter())
            flows = self._flows.setdefault(entry.currency, Counter())
            for posting in entry.postings:
                minor = posting.amount.minor
                amounts[posting.account, posting.party] += minor
                if posting.account is Account.BUYER:
                    self._owes((entry.currency, entry.order), minor)
                elif posting.account is Account.PROVIDER:
                    flow = _FLOWS[entry.kind]
                    flows[flow] += minor if flow == "captured" else -minor

    def balances(self) -> Mapping[Currency, Mapping[Account, Money]]:
        """What every account has come to, by currency; in each, all of them add up to nothing."""
        return {
            currency: {account: Money(minor, currency) for account, minor in _by_account(amounts).items()}
            for currency, amounts in self._amounts.items()
        }

    def by_party(self, account: Account) -> Mapping[Currency, Mapping[str, Money]]:
        """
        What one account has come to, by currency and party: by tax, by fee and who bears it, by provider.

        Raises:
            InvalidValueError: *account* is none.
        """
        checks.instance(account, "account", Account)
        found: dict[Currency, dict[str, Money]] = {}
        for currency, amounts in self._amounts.items():
            own = {party: minor for (each, party), minor in amounts.items() if each is account}
            if own:
                found[currency] = {party: Money(own[party], currency) for party in sorted(own)}
        return found

    def conservation(self) -> Mapping[Currency, Conservation]:
        """Where captured money is, by currency."""
        sums = {currency: Counter(flows) for currency, flows in self._flows.items()}
        for currency, amounts in self._amounts.items():
            for account, minor in _by_account(amounts).items():
                if account in _KEPT:
                    sums[currency][_KEPT[account]] -= minor
        for (currency, _), minor in self._buyers.items():
            sums[currency]["unpaid" if minor > 0 else "owed"] += abs(minor)
        return {currency: _conservation(counter, currency) for currency, counter in sums.items()}

    def _owes(self, buyer: tuple[Currency, str], minor: int) -> None:
        """A buyer owes so much more, or less. Who is even is forgotten, as most are: so what is kept stays small."""
        rest = self._buyers.pop(buyer, 0) + minor
        if rest:
            self._buyers[buyer] = rest


def _by_account(amounts: Mapping[tuple[Account, str], int]) -> Mapping[Account, int]:
    sums = dict.fromkeys(Account, 0)
    for (account, _), minor in amounts.items():
        sums[account] += minor
    return sums


def _conservation(sums: Counter[str], currency: Currency) -> Conservation:
    return Conservation(**{name: Money(sums[name], currency) for name in SIDES})
