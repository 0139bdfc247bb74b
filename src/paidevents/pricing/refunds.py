"""
What a refund comes to: the parts of what was charged, and nothing that is priced anew.

Amounts of a place are given back as they were stored. Parts are cumulative: the
k-th refund is what the first k come to less what the first k-1 did, so that any
sequence of them adds up to the whole, tax and fee included.
"""

from collections.abc import Sequence

from attrs import frozen

from paidevents import checks
from paidevents.catalog.fees import WHOLE
from paidevents.catalog.ticket import price
from paidevents.checks import between, of_kind, optional, several
from paidevents.errors import CurrencyMismatchError, InvalidValueError, RefundRefusedError
from paidevents.money.alloc import alloc
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.pricing.given_back import RefundDue, UnitRefund
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.pricing.record import Record
from paidevents.pricing.refundable import Account, Accounts
from paidevents.reason import Reason

REFUND_EXCEEDS_PAID = Reason("refund_exceeds_paid", "At most {left} can be refunded.")
NOTHING_TO_REFUND = Reason("nothing_to_refund", "Choose what is to be refunded.")
CHOSEN_TWICE = Reason("chosen_twice", "The place {unit} was chosen twice.")


def refund_due(
    quote: Quote,
    units: Sequence[int],
    *,
    share: Rate = WHOLE,
    fees: bool | None = None,
    before: Sequence[RefundDue] = (),
) -> RefundDue:
    """
    The refund of some places of *quote*: a share of what each was charged.

    Shares of a place add up, exactly, and are rounded once: two halves of 19.95
    are 9.98 and 9.97. A passed-on fee is given back where it is refundable; what
    of it was due once for the order, with the last place, by the least share
    that was given back of any. What a provider took is never given back
    by it (GT-04), so that is the organizer's.

    Args:
        quote: As it was paid.
        units: Positions of the places, in any order.
        share: Of what is refundable of each place, besides the shares before.
        fees: True gives all passed-on fees back (the organizer's fault), False
            none; None asks each fee whether it is refundable.
        before: The refunds of this quote that were made before, of either kind.

    Raises:
        InvalidValueError: No places, one twice, or one that the quote has not; refunds
            before that cannot be this quote's.
        CurrencyMismatchError: A refund before in another currency.
        RefundRefusedError: More than what is left of a place would be given back.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR
        >>> from paidevents.catalog import Event, EventKind, Ticket
        >>> video = Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("19.95", EUR))],
        ... )
        >>> paid = Plan(video).quote({"standard": 2}, at=datetime(2026, 3, 1, tzinfo=UTC))
        >>> half = refund_due(paid, [1], share=Rate.of("50 %"))
        >>> half.amount, refund_due(paid, [1], share=Rate.of("50 %"), before=[half]).amount
        (Money.of('9.98', 'EUR'), Money.of('9.97', 'EUR'))
    """
    accounts = _accounts(quote, before)
    places = _chosen(units, len(accounts.places))
    rate = checks.instance(share, "share", Rate)
    with_fees = optional(of_kind(bool))(fees, "fees")
    refunds = []
    for unit in places:
        place = accounts.places[unit]
        amount = _share_of(place, rate, with_fees, accounts.record)
        place.share += rate.fraction
        refunds.append(_given(place, unit, amount, with_fees, accounts.record))
    once = accounts.order.due(accounts.least_share * accounts.order.whole(with_fees), with_fees)
    return _summed(accounts, refunds, once, rate, with_fees)


def refund_of_amount(
    quote: Quote,
    amount: Money,
    *,
    units: Sequence[int] | None = None,
    fees: bool | None = True,
    before: Sequence[RefundDue] = (),
) -> RefundDue:
    """
    The refund of a stated amount: what an organizer is free to give, or has given where the provider shows payments.

    It is spread over the places in proportion to what is left of each. Fees that
    were due once for the order come last, when nothing else is left of any place.

    Args:
        quote: As it was paid.
        amount: What the buyer gets, tax and fees included.
        units: Positions of the places that it is given for; None for all, and for the order.
        fees: Which passed-on fees may be in it, as in `refund_due`.
        before: The refunds of this quote that were made before, of either kind.

    Returns:
        The refund; its units are the places that something is given back of.

    Raises:
        InvalidValueError: An amount below zero; places or refunds before as in `refund_due`.
        CurrencyMismatchError: An amount or a refund before in another currency.
        RefundRefusedError: More than what is left.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR
        >>> from paidevents.catalog import Event, EventKind, Ticket
        >>> video = Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("19.95", EUR))],
        ... )
        >>> paid = Plan(video).quote({"standard": 2}, at=datetime(2026, 3, 1, tzinfo=UTC))
        >>> [str(each.amount) for each in refund_of_amount(paid, Money.of("5.00", EUR)).units]
        ['2.50 EUR', '2.50 EUR']
    """
    accounts = _accounts(quote, before)
    record = accounts.record
    places = list(range(len(accounts.places))) if units is None else _chosen(units, len(accounts.places))
    wanted = price(amount, "amount")
    if wanted.currency != record.currency:
        raise CurrencyMismatchError(record.currency.code, wanted.currency.code)
    with_fees = optional(of_kind(bool))(fees, "fees")
    left = [accounts.places[unit].left(with_fees) for unit in places]
    order_left = accounts.order.left(with_fees) if units is None else 0
    if wanted.minor > sum(left) + order_left:
        raise _exceeded(sum(left) + order_left, record)
    here = min(wanted.minor, sum(left))
    refunds = [
        _given(accounts.places[unit], unit, part, with_fees, record)
        for unit, part in zip(places, _spread(here, left, record.quantum), strict=True)
        if part
    ]
    return _summed(accounts, refunds, wanted.minor - here, None, with_fees)


@frozen(kw_only=True)
class Clawback:
    """
    What is given back when the places that are kept no longer deserve their discount.

    Attributes:
        amount: What the buyer gets; never less than nothing.
        quote: The price of the places that are kept; the order's quote from now on.
    """

    amount: Money
    quote: Quote


def clawback_due(plan: Plan, quote: Quote, keep: Sequence[int], *, refunded: Money | None = None) -> Clawback:
    """
    The refund when some places are given back and the others are priced as if they had been alone.

    Buying six for a group discount and giving five back does not leave one at the
    group's price. Nothing is claimed from the buyer. Never used where the organizer cancels.

    Args:
        plan: Of the event as it was when the quote was made.
        quote: As it was paid.
        keep: Positions of the places that are kept.
        refunded: What was given back before.

    Raises:
        InvalidValueError: As `Plan.requote`.
        CurrencyMismatchError: *refunded* is in another currency.
    """
    fresh = checks.instance(plan, "plan", Plan).requote(quote, keep)
    nothing = Money.zero(fresh.currency)
    given = nothing if refunded is None else checks.instance(refunded, "refunded", Money)
    due = quote.charged - given - fresh.charged
    return Clawback(amount=max(due, nothing), quote=fresh)


def _accounts(quote: object, before: object) -> Accounts:
    return Accounts(checks.instance(quote, "quote", Quote), several(of_kind(RefundDue))(before, "before"))


def _chosen(units: object, places: int) -> list[int]:
    chosen = several(between(0, places - 1))(units, "units")
    if not chosen:
        raise InvalidValueError("units", NOTHING_TO_REFUND)
    for place, unit in enumerate(chosen):
        if unit in chosen[:place]:
            raise InvalidValueError(f"units[{place}]", CHOSEN_TWICE.given(unit=unit))
    return sorted(chosen)


def _share_of(place: Account, share: Rate, fees: bool | None, record: Record) -> int:
    """What another *share* of a place comes to."""
    whole = place.whole(fees)
    asked = share.fraction * whole
    if asked and place.asked + asked > whole:
        raise _exceeded(place.left(fees), record)
    return place.due(place.asked + asked, fees)


def _spread(amount: int, left: Sequence[int], step: int) -> list[int]:
    """*amount* by what is left, in steps where all of it is in steps."""
    if not amount:
        return [0] * len(left)
    return alloc(amount, left, 1 if any(each % step for each in (amount, *left)) else step)


def _given(place: Account, unit: int, amount: int, fees: bool | None, record: Record) -> UnitRefund:
    tax, fee = place.give(amount, fees)
    return UnitRefund(unit=unit, **_money(record, amount=amount, tax=tax, fee=fee))


def _summed(
    accounts: Accounts, refunds: Sequence[UnitRefund], once: int, share: Rate | None, fees: bool | None
) -> RefundDue:
    order_tax, order_fee = accounts.order.give(once, fees)
    sums = _money(
        accounts.record,
        order_fee=order_fee,
        amount=once + sum(each.amount.minor for each in refunds),
        tax=order_tax + sum(each.tax.minor for each in refunds),
        fee=order_fee + sum(each.fee.minor for each in refunds),
    )
    return RefundDue(units=tuple(refunds), **sums, share=share, fees=fees)


def _money(record: Record, **minor: int) -> dict[str, Money]:
    return {name: Money(amount, record.currency) for name, amount in minor.items()}


def _exceeded(left: int, record: Record) -> RefundRefusedError:
    return RefundRefusedError((REFUND_EXCEEDS_PAID.given(left=Money(left, record.currency)),))
