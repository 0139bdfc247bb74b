"""Sales: what the buyer comes to owe, and to whom it belongs."""

from collections import Counter
from collections.abc import Sequence

from paidevents import checks
from paidevents.ledger.account import Account
from paidevents.ledger.entry import Entry, EntryKind, Occasion, booked
from paidevents.ledger.shares import places_of, shares_of
from paidevents.pricing.quote import Quote


def sale(on: Occasion, quote: Quote, units: Sequence[int] | None = None) -> tuple[Entry, ...]:
    """
    The sale of a quote, or of some of its places.

    The buyer owes what is charged; of that the states get the tax, the platform
    and the provider their fees, as they were reckoned, and the organizer the
    rest, which is `quote.totals.organizer_keeps`. Sold at once or place by
    place, it comes to the same.

    Args:
        on: When, and in which order.
        quote: The price.
        units: Positions of the places; None for all.

    Returns:
        One entry; none if the places are free.

    Raises:
        InvalidValueError: An argument of another kind, a place twice, or one that the quote has not.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR, Money, Rate
        >>> from paidevents.catalog import Event, EventKind, Fee, Ticket
        >>> from paidevents.pricing import Plan
        >>> at = datetime(2026, 3, 1, tzinfo=UTC)
        >>> video = Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ...     fees=[Fee(id="service", rate=Rate.of("5 %"))],
        ... )
        >>> entry, = sale(Occasion(id="1", at=at, order="7"), Plan(video).quote({"standard": 1}, at=at))
        >>> for posting in entry.postings:
        ...     print(posting.account.value, posting.amount)
        buyer 20.00 EUR
        organizer -19.00 EUR
        platform -1.00 EUR
    """
    return _sold(EntryKind.SALE, on, quote, units, 1)


def waiver(on: Occasion, quote: Quote, units: Sequence[int] | None = None) -> tuple[Entry, ...]:
    """
    A sale undone before it was paid, for the organizer confirms without payment (CM-20).

    Nothing is paid, so there is no tax and no fee: it is the sale with the
    opposite sign. Who did it stands in the history of the registration.

    Args:
        on: When, and in which order.
        quote: The price that was owed.
        units: Positions of the places; None for all.

    Returns:
        One entry; none if the places are free.

    Raises:
        InvalidValueError: As `sale`.
    """
    return _sold(EntryKind.WAIVER, on, quote, units, -1)


def _sold(kind: EntryKind, on: Occasion, quote: Quote, units: object, sign: int) -> tuple[Entry, ...]:
    checks.instance(on, "on", Occasion)
    checks.instance(quote, "quote", Quote)
    places = places_of(quote, units)
    charged = sum(quote.charges[unit] for unit in places)
    amounts: Counter[tuple[Account, str]] = Counter({(Account.BUYER, ""): sign * charged})
    for share in shares_of(quote):
        amounts[share.account, share.party] -= sign * sum(share.amounts[unit] for unit in places)
    amounts[Account.ORGANIZER, ""] = -sum(amounts.values())
    return booked(kind, on, amounts, quote.currency)
