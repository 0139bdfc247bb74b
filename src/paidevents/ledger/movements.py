"""
Movements: money that comes and goes, and debts that are settled in another way.

Each takes the occasion and an amount above zero, and gives the one entry in
which that amount goes from one account to another.
"""

from paidevents import checks
from paidevents.catalog.ticket import price
from paidevents.checks import text
from paidevents.errors import InvalidValueError
from paidevents.ledger.account import Account, Bearer, fee_party
from paidevents.ledger.entry import Entry, EntryKind, Occasion, booked
from paidevents.money.amount import Money
from paidevents.reason import Reason

NOT_A_MOVEMENT = Reason("not_a_movement", "Only an amount above zero moves.")
NOT_PAID_BACK = Reason("not_paid_back", "It is not the entry in which this refund was paid.")

LONGEST_PROVIDER = 100


def capture(on: Occasion, amount: Money, provider: str) -> tuple[Entry, ...]:
    """
    A payment came in: it lies with the provider, all of it, and the buyer owes so much less.

    Whatever is received is booked, also what is too much or in vain; `surplus` sets that aside.

    Args:
        on: When, in which order, by which payment.
        amount: What was received, the provider's fee not taken off.
        provider: Its name, of up to 100 characters.

    Raises:
        InvalidValueError: An amount that is not above zero, no payment, or an argument of another kind.

    Example:
        >>> from datetime import UTC, datetime
        >>> on = Occasion(id="2", at=datetime(2026, 3, 1, tzinfo=UTC), order="7", payment="p")
        >>> entry, = capture(on, Money.of("20.00", "EUR"), "card")
        >>> [(posting.account.value, str(posting.amount)) for posting in entry.postings]
        [('buyer', '-20.00 EUR'), ('provider', '20.00 EUR')]
    """
    return _moved(EntryKind.CAPTURE, on, amount, _at(provider), _BUYER)


def provider_fee_seen(on: Occasion, estimated: Money, actual: Money, provider: str) -> tuple[Entry, ...]:
    """
    What a provider took for a payment, when that is known: the difference to what was reckoned is the organizer's.

    Passed on, a fee is charged as it was reckoned. A payment that no sale
    reckoned with, such as one paid twice, and a dispute, cost what they cost.

    Args:
        on: When, in which order, for which payment.
        estimated: What was reckoned, tax included, such as `quote.totals.provider_fees`; zero if nothing was.
        actual: What was taken, zero or more.
        provider: Its name, of up to 100 characters.

    Returns:
        One entry; none if both are the same.

    Raises:
        InvalidValueError: An amount below zero, no payment, or an argument of another kind.
        CurrencyMismatchError: Two currencies.
    """
    checks.instance(on, "on", Occasion)
    price(estimated, "estimated")
    more = price(actual, "actual") - estimated
    party = fee_party(_name(provider), Bearer.ORGANIZER)
    amounts = {(Account.ORGANIZER, ""): more.minor, (Account.PROVIDER_FEES, party): -more.minor}
    return booked(EntryKind.PROVIDER_FEE, on, amounts, more.currency)


def goodwill(on: Occasion, amount: Money) -> tuple[Entry, ...]:
    """
    The organizer gives the buyer more than is due: no part of a price comes back, so no tax and no fee does.

    Raises:
        InvalidValueError: An amount that is not above zero, or an argument of another kind.
    """
    return _moved(EntryKind.GOODWILL, on, amount, _ORGANIZER, _BUYER)


def refund_paid(on: Occasion, amount: Money, provider: str) -> tuple[Entry, ...]:
    """
    What was owed to the buyer was given back, by us or by a person at the provider.

    Raises:
        InvalidValueError: An amount that is not above zero, no refund, or an argument of another kind.
    """
    return _moved(EntryKind.REFUND_PAID, on, amount, _BUYER, _at(provider))


def refund_failed(on: Occasion, paid: Entry) -> tuple[Entry, ...]:
    """
    What was given back never arrived: the money lies with the provider again, and is owed again.

    Args:
        on: When, in which order, of which refund.
        paid: The entry in which it was given back, as refund or as surplus.

    Raises:
        InvalidValueError: *paid* is no such entry of this refund, or an argument of another kind.
    """
    checks.instance(on, "on", Occasion)
    was_paid = checks.instance(paid, "paid", Entry).kind in (EntryKind.REFUND_PAID, EntryKind.SURPLUS_RETURNED)
    if not was_paid or (paid.order, paid.refund) != (on.order, on.refund):
        raise InvalidValueError("paid", NOT_PAID_BACK)
    amounts = {(posting.account, posting.party): -posting.amount.minor for posting in paid.postings}
    return booked(EntryKind.REFUND_FAILED, on, amounts, paid.currency)


def refund_dropped(on: Occasion, amount: Money) -> tuple[Entry, ...]:
    """
    What was owed to the buyer was settled in another way: the organizer keeps what lies with the provider.

    Raises:
        InvalidValueError: An amount that is not above zero, no refund, or an argument of another kind.
    """
    return _moved(EntryKind.REFUND_DROPPED, on, amount, _BUYER, _ORGANIZER)


def forgiven(on: Occasion, amount: Money) -> tuple[Entry, ...]:
    """
    The organizer lets go what the buyer owes: too little was paid, or what was paid was lost.

    The sale stays as it is, with its tax and its fees.

    Raises:
        InvalidValueError: An amount that is not above zero, or an argument of another kind.
    """
    return _moved(EntryKind.FORGIVEN, on, amount, _ORGANIZER, _BUYER)


def recovered(on: Occasion, amount: Money) -> tuple[Entry, ...]:
    """
    What the organizer had let go is none of its losses after all: it came again, or what it was asked for is undone.

    Raises:
        InvalidValueError: An amount that is not above zero, or an argument of another kind.
    """
    return _moved(EntryKind.RECOVERED, on, amount, _BUYER, _ORGANIZER)


def surplus(on: Occasion, amount: Money) -> tuple[Entry, ...]:
    """
    Of what came in, so much was not owed: it is held for the buyer.

    Raises:
        InvalidValueError: An amount that is not above zero, no payment, or an argument of another kind.
    """
    return _moved(EntryKind.SURPLUS, on, amount, _BUYER, _SURPLUS)


def surplus_used(on: Occasion, amount: Money) -> tuple[Entry, ...]:
    """
    What was held for the buyer is taken for what the buyer owes: the organizer honours what came late.

    Raises:
        InvalidValueError: An amount that is not above zero, no payment, or an argument of another kind.
    """
    return _moved(EntryKind.SURPLUS_USED, on, amount, _SURPLUS, _BUYER)


def surplus_returned(on: Occasion, amount: Money, provider: str) -> tuple[Entry, ...]:
    """
    What was held for the buyer was given back.

    Raises:
        InvalidValueError: An amount that is not above zero, no payment, no refund, or an argument of another kind.
    """
    return _moved(EntryKind.SURPLUS_RETURNED, on, amount, _SURPLUS, _at(provider))


def payment_lost(on: Occasion, amount: Money, provider: str) -> tuple[Entry, ...]:
    """
    A payment failed after it had succeeded: the money is gone, and the buyer owes it again.

    What becomes of that debt is another entry: `refund_owed` where the places
    are gone as well, `forgiven` where they stay.

    Raises:
        InvalidValueError: An amount that is not above zero, no payment, or an argument of another kind.
    """
    return _moved(EntryKind.PAYMENT_LOST, on, amount, _BUYER, _at(provider))


def dispute_opened(on: Occasion, amount: Money, provider: str) -> tuple[Entry, ...]:
    """
    A bank took money back until a dispute is decided.

    Raises:
        InvalidValueError: An amount that is not above zero, no payment, or an argument of another kind.
    """
    return _moved(EntryKind.DISPUTE_OPENED, on, amount, _disputed(provider), _at(provider))


def dispute_won(on: Occasion, amount: Money, provider: str) -> tuple[Entry, ...]:
    """
    The bank gave it back.

    Raises:
        InvalidValueError: An amount that is not above zero, no payment, or an argument of another kind.
    """
    return _moved(EntryKind.DISPUTE_WON, on, amount, _at(provider), _disputed(provider))


def dispute_lost(on: Occasion, amount: Money, provider: str) -> tuple[Entry, ...]:
    """
    The bank kept it, for the buyer: who therefore owes again what was paid with it, as in `payment_lost`.

    Raises:
        InvalidValueError: An amount that is not above zero, no payment, or an argument of another kind.
    """
    return _moved(EntryKind.DISPUTE_LOST, on, amount, _BUYER, _disputed(provider))


Side = tuple[Account, str]

_BUYER: Side = (Account.BUYER, "")
_ORGANIZER: Side = (Account.ORGANIZER, "")
_SURPLUS: Side = (Account.SURPLUS, "")


def _name(provider: object) -> str:
    return text(provider, "provider", LONGEST_PROVIDER)


def _at(provider: object) -> Side:
    return Account.PROVIDER, _name(provider)


def _disputed(provider: object) -> Side:
    return Account.DISPUTED, _name(provider)


def _moved(kind: EntryKind, on: Occasion, amount: Money, debit: Side, credit: Side) -> tuple[Entry, ...]:
    checks.instance(on, "on", Occasion)
    if checks.instance(amount, "amount", Money).minor <= 0:
        raise InvalidValueError("amount", NOT_A_MOVEMENT)
    return booked(kind, on, {debit: amount.minor, credit: -amount.minor}, amount.currency)
