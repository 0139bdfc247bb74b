"""
Entries: what happened to money, as postings that add up to nothing.

An entry is written once and never changed; what was wrong is set right by
another. It names orders, payments and refunds by their ids and nobody by name,
so that a person can be erased and the books still stand.
"""

from collections.abc import Mapping
from enum import Enum

from attrs import frozen

from paidevents import checks
from paidevents.checks import UtcTime, instant, of_kind, settle, several, text, text_or_nothing
from paidevents.errors import InvalidValueError
from paidevents.ledger.account import Account
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.reason import Reason

UNBALANCED_ENTRY = Reason("unbalanced_entry", "The postings come to {rest}, not to nothing.")
EMPTY_POSTING = Reason("empty_posting", "A posting moves something.")
ACCOUNT_UNTOUCHED = Reason("account_untouched", "An entry of the kind {kind} does not touch the account {account}.")

_PLACES = {account: place for place, account in enumerate(Account)}

LONGEST_PARTY = 400
MOST_POSTINGS = 10_000


class EntryKind(Enum):
    """What happened, seen from the accounts: from which to which."""

    SALE = "sale"  # the buyer owes; organizer, states, platform and provider get their parts
    WAIVER = "waiver"  # a sale undone before it was paid: the organizer confirms without payment (CM-20)
    CAPTURE = "capture"  # buyer to provider
    PROVIDER_FEE = "provider_fee"  # the provider took more or less than was reckoned: the organizer's
    REFUND_OWED = "refund_owed"  # a part of a sale undone: the buyer is owed
    REPRICED = "repriced"  # places have another price from now on
    GOODWILL = "goodwill"  # the organizer gives the buyer more than is due
    REFUND_PAID = "refund_paid"  # provider to buyer
    REFUND_FAILED = "refund_failed"  # and back, for it never arrived
    REFUND_DROPPED = "refund_dropped"  # organizer and buyer settled it in another way
    FORGIVEN = "forgiven"  # the organizer lets go what the buyer owes
    RECOVERED = "recovered"  # and has it after all: it came, or the sale that it was let go of is undone
    SURPLUS = "surplus"  # paid twice, too much or in vain: held for the buyer
    SURPLUS_USED = "surplus_used"  # taken for what the buyer owes, after all
    SURPLUS_RETURNED = "surplus_returned"  # given back
    PAYMENT_LOST = "payment_lost"  # it failed after it had succeeded: the buyer owes again
    DISPUTE_OPENED = "dispute_opened"  # a bank took it back
    DISPUTE_WON = "dispute_won"  # and gave it back
    DISPUTE_LOST = "dispute_lost"  # and kept it: the buyer, who has it, owes again


A, K = Account, EntryKind

_SOLD = frozenset((A.BUYER, A.TAX, A.PLATFORM, A.PROVIDER_FEES, A.ORGANIZER))
_UNDONE = _SOLD - {A.PROVIDER_FEES}  # a refund never brings back what a provider took (GT-04)
_SETTLED = frozenset((A.BUYER, A.ORGANIZER))
_MOVED = frozenset((A.BUYER, A.PROVIDER))
_HELD = frozenset((A.BUYER, A.SURPLUS))

ACCOUNTS: Mapping[EntryKind, frozenset[Account]] = {
    K.SALE: _SOLD,
    K.WAIVER: _SOLD,
    K.CAPTURE: _MOVED,
    K.PROVIDER_FEE: frozenset((A.PROVIDER_FEES, A.ORGANIZER)),
    K.REFUND_OWED: _UNDONE,
    K.REPRICED: _UNDONE,
    K.GOODWILL: _SETTLED,
    K.REFUND_PAID: _MOVED,
    K.REFUND_FAILED: _MOVED | {A.SURPLUS},
    K.REFUND_DROPPED: _SETTLED,
    K.FORGIVEN: _SETTLED,
    K.RECOVERED: _SETTLED,
    K.SURPLUS: _HELD,
    K.SURPLUS_USED: _HELD,
    K.SURPLUS_RETURNED: frozenset((A.SURPLUS, A.PROVIDER)),
    K.PAYMENT_LOST: _MOVED,
    K.DISPUTE_OPENED: frozenset((A.DISPUTED, A.PROVIDER)),
    K.DISPUTE_WON: frozenset((A.DISPUTED, A.PROVIDER)),
    K.DISPUTE_LOST: frozenset((A.BUYER, A.DISPUTED)),
}


# What of these cannot be told apart without its payment, and without its refund.
OF_A_PAYMENT = frozenset(
    (
        *(K.CAPTURE, K.PROVIDER_FEE, K.SURPLUS, K.SURPLUS_USED, K.SURPLUS_RETURNED),
        *(K.PAYMENT_LOST, K.DISPUTE_OPENED, K.DISPUTE_WON, K.DISPUTE_LOST),
    )
)
OF_A_REFUND = frozenset((K.REFUND_PAID, K.REFUND_FAILED, K.REFUND_DROPPED, K.SURPLUS_RETURNED))


@frozen(kw_only=True)
class Occasion:
    """
    When something happens to money, and to what it belongs: all of an entry but its kind and its amounts.

    Attributes:
        id: Of the entry, unique in a book.
        at: When it happened, in UTC.
        order: Id of the order.
        payment: Id of the payment; empty where none takes part.
        refund: Id of the refund; empty where none takes part.

    Raises:
        InvalidValueError: An attribute that cannot be.
        NaiveDatetimeError: The moment has no zone.
    """

    id: str
    at: UtcTime
    order: str
    payment: str = ""
    refund: str = ""

    def __attrs_post_init__(self) -> None:
        settle(self, id=text, at=instant, order=text, payment=text_or_nothing, refund=text_or_nothing)


@frozen
class Posting:
    """
    What one account is debited or credited with.

    Attributes:
        account: Which.
        amount: A debit above zero, a credit below; never nothing.
        party: Which tax, fee or provider, where the account is of several; never a person.

    Raises:
        InvalidValueError: An amount of nothing, or an attribute that cannot be.
    """

    account: Account
    amount: Money
    party: str = ""

    def __attrs_post_init__(self) -> None:
        settle(self, account=of_kind(Account), amount=of_kind(Money), party=_party)
        if not self.amount:
            raise InvalidValueError("amount", EMPTY_POSTING)


@frozen(kw_only=True)
class Entry:
    """
    Something that happened to money. It is made by the functions of this package, each for one kind.

    Attributes:
        id: Unique in a book; given by whoever books.
        at: When it happened, in UTC.
        kind: What.
        order: Id of the order.
        payment: Id of the payment; empty where none takes part.
        refund: Id of the refund; empty where none takes part.
        postings: Two at least, of one currency; they add up to nothing.

    Raises:
        InvalidValueError: Postings that do not balance, or touch what their
            kind does not; a payment or refund that its kind needs is missing;
            or an attribute that cannot be.
        CurrencyMismatchError: Two currencies.
        NaiveDatetimeError: The moment has no zone.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR
        >>> owed = Posting(Account.BUYER, Money.of("-20.00", EUR))
        >>> Entry(id="1", at=datetime(2026, 3, 1, tzinfo=UTC), kind=EntryKind.FORGIVEN, order="7", postings=[
        ...     Posting(Account.ORGANIZER, Money.of("19.00", EUR)), owed])
        Traceback (most recent call last):
        ...
        paidevents.errors.InvalidValueError: postings: The postings come to -1.00 EUR, not to nothing.
    """

    id: str
    at: UtcTime
    kind: EntryKind
    order: str
    payment: str = ""
    refund: str = ""
    postings: tuple[Posting, ...]

    def __attrs_post_init__(self) -> None:
        settle(self, kind=of_kind(EntryKind))
        settle(
            self,
            id=text,
            at=instant,
            order=text,
            payment=text if self.kind in OF_A_PAYMENT else text_or_nothing,
            refund=text if self.kind in OF_A_REFUND else text_or_nothing,
            postings=several(of_kind(Posting), MOST_POSTINGS),
        )
        checks.integer(len(self.postings), "postings", 2)
        total = sum((posting.amount for posting in self.postings), Money.zero(self.currency))
        if total:
            raise InvalidValueError("postings", UNBALANCED_ENTRY.given(rest=total))
        for place, posting in enumerate(self.postings):
            if posting.account not in ACCOUNTS[self.kind]:
                reason = ACCOUNT_UNTOUCHED.given(kind=self.kind.value, account=posting.account.value)
                raise InvalidValueError(f"postings[{place}].account", reason)

    @property
    def currency(self) -> Currency:
        """Of all its postings."""
        return self.postings[0].amount.currency

    def amount(self, account: Account) -> Money:
        """
        What it moves on one account, of all parties.

        Raises:
            InvalidValueError: *account* is none.
        """
        checks.instance(account, "account", Account)
        found = (posting.amount for posting in self.postings if posting.account is account)
        return sum(found, Money.zero(self.currency))


def booked(
    kind: EntryKind, on: Occasion, amounts: Mapping[tuple[Account, str], int], currency: Currency
) -> tuple[Entry, ...]:
    """The entry of these amounts, in minor units by account and party; none where nothing moves."""
    in_order = sorted(amounts.items(), key=lambda item: _PLACES[item[0][0]])
    postings = tuple(Posting(account, Money(minor, currency), party) for (account, party), minor in in_order if minor)
    if not postings:
        return ()
    entry = Entry(
        id=on.id, at=on.at, kind=kind, order=on.order, payment=on.payment, refund=on.refund, postings=postings
    )
    return (entry,)


def _party(value: object, field: str) -> str:
    return "" if value == "" else text(value, field, LONGEST_PARTY)
