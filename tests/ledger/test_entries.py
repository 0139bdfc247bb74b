"""What an entry is, and what it cannot be."""

from datetime import datetime
from typing import Any

import pytest
from attrs import fields
from ledger.books import AT
from worked.shop import euros

from paidevents import InvalidValueError, Money
from paidevents.errors import CurrencyMismatchError, NaiveDatetimeError
from paidevents.ledger import Account, Entry, EntryKind, Occasion, Posting
from paidevents.ledger.entry import ACCOUNTS, OF_A_PAYMENT, OF_A_REFUND

DEBIT = Posting(Account.PROVIDER, euros("5.00"), "card")
CREDIT = Posting(Account.BUYER, euros("-5.00"))


def entry(**changed: Any) -> Entry:
    plain = {
        "id": "1",
        "at": AT,
        "kind": EntryKind.CAPTURE,
        "order": "7",
        "payment": "p",
        "postings": [DEBIT, CREDIT],
    }
    return Entry(**{**plain, **changed})


def test_an_entry_keeps_its_postings_and_sums_them_by_account() -> None:
    split = entry(
        postings=(Posting(Account.PROVIDER, euros("3.00"), "a"), Posting(Account.PROVIDER, euros("2.00")), CREDIT)
    )
    assert split.amount(Account.PROVIDER) == euros("5.00")
    assert split.amount(Account.BUYER) == euros("-5.00")
    assert split.amount(Account.TAX) == euros("0.00")
    assert split.currency.code == "EUR"
    assert entry().postings == (DEBIT, CREDIT)
    with pytest.raises(InvalidValueError):
        split.amount("buyer")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"postings": [DEBIT, Posting(Account.BUYER, euros("-4.99"))]}, "postings", "unbalanced_entry"),
        ({"postings": [DEBIT, Posting(Account.BUYER, euros("5.00"))]}, "postings", "unbalanced_entry"),
        ({"postings": [DEBIT]}, "postings", "out_of_range"),
        ({"postings": []}, "postings", "out_of_range"),
        ({"postings": [DEBIT, None]}, "postings[1]", "wrong_type"),
        ({"postings": [DEBIT, Posting(Account.TAX, euros("-5.00"))]}, "postings[1].account", "account_untouched"),
        ({"kind": EntryKind.SALE}, "postings[0].account", "account_untouched"),
        ({"kind": "capture"}, "kind", "wrong_type"),
        ({"id": ""}, "id", "empty"),
        ({"order": ""}, "order", "empty"),
        ({"payment": ""}, "payment", "empty"),
        ({"kind": EntryKind.REFUND_PAID}, "refund", "empty"),
        ({"refund": None}, "refund", "wrong_type"),
    ],
)
def test_an_entry_that_cannot_be(changed: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        entry(**changed)
    assert (refused.value.field, refused.value.reason.code) == (field, reason)


def test_the_rest_of_an_unbalanced_entry_is_told() -> None:
    with pytest.raises(InvalidValueError, match=r"The postings come to 0\.01 EUR, not to nothing"):
        entry(postings=[DEBIT, Posting(Account.BUYER, euros("-4.99"))])


def test_one_currency_an_entry() -> None:
    with pytest.raises(CurrencyMismatchError):
        entry(postings=[DEBIT, Posting(Account.BUYER, Money.of("-5.00", "USD"))])


def test_a_moment_has_a_zone() -> None:
    for make in (entry, lambda **at: Occasion(id="1", order="7", **at)):
        with pytest.raises(NaiveDatetimeError):
            make(at=datetime(2026, 3, 1))


@pytest.mark.parametrize(
    ("arguments", "field", "reason"),
    [
        ((Account.BUYER, euros("0.00")), "amount", "empty_posting"),
        ((Account.BUYER, 5), "amount", "wrong_type"),
        (("buyer", euros("5.00")), "account", "wrong_type"),
        ((Account.BUYER, euros("5.00"), "x" * 401), "party", "too_long"),
        ((Account.BUYER, euros("5.00"), None), "party", "wrong_type"),
    ],
)
def test_a_posting_that_cannot_be(arguments: tuple[Any, ...], field: str, reason: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Posting(*arguments)
    assert (refused.value.field, refused.value.reason.code) == (field, reason)


@pytest.mark.parametrize("field", ["id", "order"])
def test_an_occasion_that_cannot_be(field: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Occasion(**{"id": "1", "at": AT, "order": "7", field: ""})  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.reason.code) == (field, "empty")


def test_every_kind_says_what_it_touches() -> None:
    """Two accounts at least; the provider's money moves with a payment or a refund, and never comes from nowhere."""
    assert ACCOUNTS.keys() == set(EntryKind)
    assert all(len(accounts) >= 2 for accounts in ACCOUNTS.values())
    touched = {kind for kind, accounts in ACCOUNTS.items() if accounts & {Account.PROVIDER, Account.DISPUTED}}
    assert touched <= OF_A_PAYMENT | OF_A_REFUND
    assert set().union(*ACCOUNTS.values()) == set(Account)


def test_entries_hold_ids_and_amounts_and_nothing_of_people() -> None:
    """Whoever is erased is named in no entry, so that none has to be changed."""
    assert [attribute.name for attribute in fields(Entry)] == [
        "id",
        "at",
        "kind",
        "order",
        "payment",
        "refund",
        "postings",
    ]
    assert [attribute.name for attribute in fields(Posting)] == ["account", "amount", "party"]
