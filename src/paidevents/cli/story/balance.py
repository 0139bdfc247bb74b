"""Whether the books balance: every entry of a store read again, and added up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from paidevents.catalog.event import Event
from paidevents.cli.reporting.words import ACCOUNTS, HEADINGS, TOGETHER
from paidevents.cli.story.teller import Teller
from paidevents.ledger.account import Account
from paidevents.ledger.entry import Entry
from paidevents.money.amount import Money
from paidevents.ports.store import Store
from paidevents.reason import Reason

BALANCE_TITLE = Reason("phrase_demo_balance", "The file is closed, opened again, and its ledger added up")
READ = Reason(
    "phrase_demo_say_read",
    "Entries: {entries}; postings in them: {postings}. Debits stand above zero, credits below it:",
)
LAST_LINE = "ledger balances: {sum}"  # for programs: the same in every language


def show_balance(tell: Teller, store: Store, events: Iterable[Event]) -> int:
    """
    Show what every account has come to, and end with the sum of all postings.

    Args:
        tell: Tells.
        store: Where the entries are.
        events: Whose ledgers they are, all in one currency.

    Returns:
        The exit status: 0 if all postings add up to nothing, else 1.
    """
    declared = tuple(events)
    entries = [tuple(entries_of(store, event.id)) for event in declared]
    postings = [posting for some in entries for entry in some for posting in entry.postings]
    tell.say(READ.given(entries=sum(map(len, entries)), postings=len(postings)))
    sums = [_sums(some) for some in entries]
    currency = declared[0].currency
    amounts = [[Money(each[account], currency) for each in sums] for account in Account]
    rows = [(ACCOUNTS[account], *row) for account, row in zip(Account, amounts, strict=True) if any(row)]
    totals = [(TOGETHER, *(Money(sum(each.values()), currency) for each in sums))]
    headings = (HEADINGS["account"], *(Reason(f"title_of_{event.id}", event.title) for event in declared))
    tell.table(rows, headings, right=range(1, len(headings)), totals=totals)
    rest = sum(posting.amount.minor for posting in postings)
    print()
    print(LAST_LINE.format(sum=rest))
    return 1 if rest else 0


def entries_of(store: Store, event: str) -> Iterator[Entry]:
    """All entries of an event's ledger, page by page."""
    after = ""
    while page := store.entries(event, after=after):
        yield from page
        after = page[-1].id


def _sums(entries: Iterable[Entry]) -> Mapping[Account, int]:
    sums: Counter[Account] = Counter()
    for entry in entries:
        for posting in entry.postings:
            sums[posting.account] += posting.amount.minor
    return sums
