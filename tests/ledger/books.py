"""Books for examples that can be checked with a pencil: who has what, in euros, at a glance."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from attrs import fields

from paidevents import Rate
from paidevents.catalog import Fee
from paidevents.ledger import Account, Book, Conservation, Entry, Occasion
from paidevents.money import EUR

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ORDER, PAYMENT, REFUND = "order-1", "payment-1", "refund-1"

_numbers = count(1)


def on(**changed: Any) -> Occasion:
    """An occasion with an id of its own."""
    return Occasion(
        **{
            "id": f"entry-{next(_numbers)}",
            "at": AT,
            "order": ORDER,
            "payment": PAYMENT,
            "refund": REFUND,
            **changed,
        }
    )


def fee(rate: str = "5 %", **changed: Any) -> Fee:
    return Fee(**{"id": "service", "rate": Rate.of(rate), **changed})


def passed_on(rate: str = "5 %", **changed: Any) -> Fee:
    return fee(rate, **{"buyer_share": Rate(1, 1), **changed})


def postings(entries: tuple[Entry, ...]) -> dict[str, str]:
    """The postings of one entry, by account, or by account and party where there is one."""
    (entry,) = entries
    return {
        " ".join(filter(None, (posting.account.value, posting.party))): str(posting.amount.decimal)
        for posting in entry.postings
    }


def balances(book: Book, order: str | None = ORDER) -> dict[str, str]:
    """The accounts in which there is something."""
    found = book.balances(order).get(EUR, {})
    return {account.value: str(amount.decimal) for account, amount in found.items() if amount}


def parties(book: Book, account: Account) -> dict[str, str]:
    found = book.by_party(account).get(EUR, {})
    return {party: str(amount.decimal) for party, amount in found.items()}


def where(book: Book, order: str | None = ORDER) -> dict[str, str]:
    """What has become of what came in, without what is nothing; the equation holds."""
    found = book.conservation(order)[EUR]
    assert found.holds
    amounts = {each.name: getattr(found, each.name) for each in fields(Conservation)}
    return {name: str(amount.decimal) for name, amount in amounts.items() if amount}
