"""
What a refund comes to: the parts of what was charged, and nothing that is priced anew.

Amounts of a place are given back as they were stored. Parts are cumulative: the
k-th refund is what the first k come to less what the first k-1 did, so that any
sequence of them adds up to the whole, tax and fee included.
"""

from collections.abc import Sequence

from attrs import frozen

from paidevents import checks
from paidevents.checks import between, of_kind, several
from paidevents.errors import InvalidValueError, RefundRefusedError
from paidevents.money.alloc import alloc
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.money.rounding import half_up
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.pricing.record import FeeRecord, Record
from paidevents.reason import Reason

REFUND_EXCEEDS_PAID = Reason("refund_exceeds_paid", "At most {left} can be refunded.")
NOTHING_TO_REFUND = Reason("nothing_to_refund", "Choose what is to be refunded.")
CHOSEN_TWICE = Reason("chosen_twice", "The place {unit} was chosen twice.")

WHOLE = Rate(1, 1)


def taxed_parts(gross: int, tax: int, before: int, amount: int) -> int:
    """
    The tax in a refund of *amount*, after refunds of *before*, of a *gross* that contains *tax*.

    All in minor units. Summed over any refunds that add up to *gross*, it is *tax*;
    no part is below zero or above what it is the tax of.

    Raises:
        InvalidValueError: A number below zero, a tax above its gross, or more than is left.

    Example:
        >>> taxed_parts(6100, 974, 0, 1000), taxed_parts(6100, 974, 1000, 1000)
        (160, 159)
    """
    checks.integer(gross, "gross", 0)
    checks.integer(tax, "tax", 0, gross)
    checks.integer(before, "before", 0, gross)
    checks.integer(amount, "amount", 0, gross - before)
    if not gross:
        return 0
    return half_up(tax * (before + amount), gross) - half_up(tax * before, gross)


@frozen(kw_only=True)
class UnitRefund:
    """
    What is given back of one place.

    Attributes:
        unit: Its position in the quote.
        amount: What the buyer gets, tax and fee included.
        tax: The tax in it.
        fee: The passed-on fees in it.
    """

    unit: int
    amount: Money
    tax: Money
    fee: Money


@frozen(kw_only=True)
class RefundDue:
    """
    What is given back: for each place, and in all.

    Attributes:
        units: One for each place, in the order of the quote.
        order_fee: The fixed part of passed-on fees that was due once for the order.
        amount: What the buyer gets.
        tax: The tax in it.
        fee: The passed-on fees in it.
    """

    units: tuple[UnitRefund, ...]
    order_fee: Money
    amount: Money
    tax: Money
    fee: Money


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

    A passed-on fee is given back where it is refundable; what of it was due once
    for the order, with the last place. What a provider took is never given back
    by it (GT-04), so that is the organizer's.

    Args:
        quote: As it was paid.
        units: Positions of the places, in any order.
        share: Of what is refundable of each place, rounded once to what can be charged.
        fees: True gives all passed-on fees back (the organizer's fault), False
            none; None asks each fee whether it is refundable.
        before: The refunds of this quote that were made before.

    Raises:
        InvalidValueError: No places, one twice, or one that the quote has not.
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
        >>> refund_due(paid, [1], share=Rate.of("50 %")).amount
        Money.of('9.98', 'EUR')
    """
    record = checks.instance(quote, "quote", Quote).record
    places = _chosen(units, len(record.places))
    rate = checks.instance(share, "share", Rate)
    paid_back = [0] * len(record.places)
    for made in several(of_kind(RefundDue))(before, "before"):
        for each in made.units:
            paid_back[each.unit] += each.amount.minor
    withheld = _order_parts(record, fees)
    refunds = []
    for unit in places:
        kept_fee = _fees_of(record, unit, fees, refundable=False)
        price = quote.charges[unit] - withheld[unit] - kept_fee
        left = max(price - paid_back[unit], 0)
        fee = _fees_of(record, unit, fees, refundable=True) - withheld[unit]
        amount = _share(price, rate, record.quantum)
        if amount > left:
            raise RefundRefusedError((REFUND_EXCEEDS_PAID.given(left=Money(left, record.currency)),))
        tax = taxed_parts(quote.charges[unit], record.tax[unit], paid_back[unit], amount)
        paid_back[unit] += amount
        fee_part = amount - _share(price - fee, rate, record.quantum)
        refunds.append(UnitRefund(unit=unit, **_money(record, amount=amount, tax=tax, fee=fee_part)))
    done = {each.unit for made in before for each in made.units} | set(places)
    is_last = len(done) == len(record.places) and not any(made.order_fee for made in before)
    order_fee = sum(withheld) if is_last else 0
    order_tax = sum(
        taxed_parts(quote.charges[unit], record.tax[unit], paid_back[unit], part)
        for unit, part in enumerate(withheld)
        if is_last
    )
    return RefundDue(
        units=tuple(refunds),
        **_money(
            record,
            order_fee=order_fee,
            amount=order_fee + sum(each.amount.minor for each in refunds),
            tax=order_tax + sum(each.tax.minor for each in refunds),
            fee=order_fee + sum(each.fee.minor for each in refunds),
        ),
    )


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


def _chosen(units: object, places: int) -> list[int]:
    chosen = several(between(0, places - 1))(units, "units")
    if not chosen:
        raise InvalidValueError("units", NOTHING_TO_REFUND)
    for place, unit in enumerate(chosen):
        if unit in chosen[:place]:
            raise InvalidValueError(f"units[{place}]", CHOSEN_TWICE.given(unit=unit))
    return sorted(chosen)


def _share(amount: int, rate: Rate, quantum: int) -> int:
    numerator, denominator = rate.ratio
    return amount if rate == WHOLE else half_up(amount * numerator, denominator * quantum) * quantum


def _fees_of(record: Record, unit: int, fees: bool | None, *, refundable: bool) -> int:
    """What of a place are passed-on fees that are given back, or that are not."""
    return sum(fee.passed_on[unit] for fee in record.fee_records if _is_given_back(fee, fees) is refundable)


def _is_given_back(fee: FeeRecord, fees: bool | None) -> bool:
    return fee.refundable if fees is None else fees


def _order_parts(record: Record, fees: bool | None) -> list[int]:
    """What of each place is its part of fees that were due once for the order, of those that are given back."""
    parts = [0] * len(record.places)
    for fee in record.fee_records:
        if fee.order_part and _is_given_back(fee, fees):
            shares = alloc(fee.order_part, fee.passed_on, record.quantum)
            parts = [before + share for before, share in zip(parts, shares, strict=True)]
    return parts


def _money(record: Record, **minor: int) -> dict[str, Money]:
    return {name: Money(amount, record.currency) for name, amount in minor.items()}
