"""
Refunds: a part of a sale undone, and what the buyer is owed; and places that have another price from now on.

Who gives it back:

- states the tax in it;
- the platform what the buyer gets back of its fee, where that is refundable:
  what the organizer had absorbed of it, it keeps;
- payment providers nothing (GT-04);
- the organizer the rest.
"""

from collections import Counter
from collections.abc import Sequence

from paidevents import checks
from paidevents.catalog.ticket import price
from paidevents.checks import of_kind, several
from paidevents.errors import CurrencyMismatchError
from paidevents.ledger.account import Account, Bearer, fee_party
from paidevents.ledger.entry import Entry, EntryKind, Occasion, booked
from paidevents.ledger.left import Amounts, Left
from paidevents.ledger.shares import places_of, shares_of
from paidevents.money.amount import Money
from paidevents.money.rounding import half_up
from paidevents.pricing.given_back import RefundDue
from paidevents.pricing.quote import Quote

MOST_REFUNDS = 1000

_refunds = several(of_kind(RefundDue), MOST_REFUNDS)


def refund_owed(
    on: Occasion,
    quote: Quote,
    due: RefundDue,
    *,
    before: Sequence[RefundDue] = (),
    units: Sequence[int] | None = None,
) -> tuple[Entry, ...]:
    """
    What is owed to the buyer when places, or parts of them, are given back.

    Whatever the parts and their order, in the end the accounts are the same: a
    place that came back whole has left nothing but fees that nobody gives back,
    and those are the organizer's.

    Args:
        on: When, and in which order.
        quote: The price that was sold.
        due: What is given back.
        before: The refunds of this quote that were booked before, in order.
        units: Positions of the places that were sold at this price, and have no other since; None for all. Of what was
            due once for the order, states have the tax of these, and give back no more.

    Returns:
        One entry; none for a refund of nothing.

    Raises:
        InvalidValueError: An argument of another kind, or a refund that is not of this quote.
        CurrencyMismatchError: A refund in another currency.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR, Money, Rate
        >>> from paidevents.catalog import Event, EventKind, Fee, Ticket
        >>> from paidevents.pricing import Plan, refund_due
        >>> at = datetime(2026, 3, 1, tzinfo=UTC)
        >>> video = Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ...     fees=[Fee(id="service", rate=Rate.of("5 %"), buyer_share=Rate(1, 1))],
        ... )
        >>> paid = Plan(video).quote({"standard": 1}, at=at)
        >>> entry, = refund_owed(Occasion(id="2", at=at, order="7"), paid, refund_due(paid, [0]))
        >>> for posting in entry.postings:
        ...     print(posting.account.value, posting.amount)
        buyer -21.00 EUR
        organizer 20.00 EUR
        platform 1.00 EUR
    """
    checks.instance(on, "on", Occasion)
    checks.instance(quote, "quote", Quote)
    checks.instance(due, "due", RefundDue)
    sold = None if units is None else places_of(quote, units)
    amounts = Left(quote, _refunds(before, "before"), units=sold).given(due, "due")
    amounts[Account.BUYER, ""] = -due.amount.minor
    amounts[Account.ORGANIZER, ""] = -amounts.total()
    return booked(EntryKind.REFUND_OWED, on, amounts, quote.currency)


def repriced(
    on: Occasion,
    quote: Quote,
    fresh: Quote,
    units: Sequence[int] | None = None,
    *,
    asked: Money | None = None,
    unpaid: RefundDue | None = None,
    before: Sequence[RefundDue] = (),
    paying: Sequence[int] | None = None,
) -> tuple[Entry, ...]:
    """
    What changes when places have another price from now on: kept without their discount, or changed for others.

    Taxes, and what the platform would give back of its fees, become those of
    the fresh price, and later refunds are those of the fresh quote. What was
    paid beyond that price and not given back is kept, with its part of taxes
    and fees. What is short of it is asked for, or counts as given back of the
    fresh quote, with *unpaid* before its first refund; else it is the
    organizer's. Of a fee that nobody gives back, the platform gets more where
    it is more now.

    Args:
        on: When, and in which order.
        quote: The price that was sold.
        fresh: The price from now on.
        units: Positions in *quote* of the places that it replaces, those that were given
            back on this occasion included; None for all.
        asked: What the buyer has to pay besides; None for nothing.
        unpaid: What of the fresh price there is no money for, as `CancellationDue` says; None for nothing.
        before: The refunds of *quote* that were booked before, in order, those of this occasion included.
        paying: Positions in *fresh* of the places that were sold; None for all. For the others nobody pays (CM-20).

    Returns:
        One entry; none where nothing changes.

    Raises:
        InvalidValueError: An argument of another kind, a place twice, or a refund that is not of this quote.
        CurrencyMismatchError: Two currencies.
    """
    checks.instance(on, "on", Occasion)
    checks.instance(quote, "quote", Quote)
    more = Money.zero(quote.currency) if asked is None else price(asked, "asked")
    for other in (checks.instance(fresh, "fresh", Quote).currency, more.currency):
        if other != quote.currency:
            raise CurrencyMismatchError(quote.currency.code, other.code)
    places, every = places_of(quote, units), places_of(fresh, paying, "paying")
    left = Left(quote, _refunds(before, "before"))
    wanted = Left(fresh, () if unpaid is None else (checks.instance(unpaid, "unpaid", RefundDue),), "unpaid")
    had = sum(left.gross[unit] for unit in places)
    kept = min(max(had + more.minor - sum(wanted.gross[unit] for unit in every), 0), had)
    amounts: Amounts = Counter({(Account.BUYER, ""): more.minor})
    for key, minor in left.rest(places).items():
        amounts[key] = minor - (half_up(minor * kept, had) if kept else 0)
    amounts.subtract(wanted.rest(every))
    stayed = _staying(quote, places)
    for key, minor in _staying(fresh, every).items():
        amounts[key] -= max(minor - stayed[key], 0)
    amounts[Account.ORGANIZER, ""] = -amounts.total()
    return booked(EntryKind.REPRICED, on, amounts, quote.currency)


def _staying(quote: Quote, units: Sequence[int]) -> Amounts:
    """What the platform takes of some places and never gives back."""
    returned = {fee_party(fee.fee, Bearer.BUYER) for fee in quote.record.fee_records if fee.refundable}
    amounts: Amounts = Counter()
    for share in shares_of(quote):
        if share.account is Account.PLATFORM and share.party not in returned:
            amounts[share.account, share.party] += sum(share.amounts[unit] for unit in units)
    return amounts
