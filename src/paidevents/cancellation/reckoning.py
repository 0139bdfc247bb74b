"""
What places that are given up come to under some terms, in whole numbers.

For each place, in this order:

1. what was charged for it, with those of its fees that are given back;
2. less its part of what a claw-back takes back (see `Missing`);
3. times the share by time, times the share of the sessions that have not begun;
4. where the tax stays, times the part of it that is no tax;
5. less the fixed amount that is kept;
6. rounded once, to what can be charged; not below nothing, and not above what is
   left of the place: what was charged less what was given back before, less 2.

What fees charged once for the order comes with the last place, by the least
share (3 and 4) of those that are given up with it. Where there is money for less
than all that comes to, what was due once is the first to be less.
"""

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from paidevents.cancellation.given_up import FEES, GivenUp
from paidevents.cancellation.shares import Held
from paidevents.catalog.cancellation import Cancellation
from paidevents.errors import CurrencyMismatchError
from paidevents.money.alloc import alloc
from paidevents.money.amount import Money
from paidevents.pricing.given_back import RefundDue, UnitRefund
from paidevents.pricing.quote import Quote
from paidevents.pricing.refundable import Account, Accounts


@frozen(kw_only=True)
class Missing:
    """
    What the places that stay would cost beyond what is left of what was paid for them. In minor units.

    Attributes:
        fresh: Their price, as if they had been bought alone.
        left: What was charged for them, and once for the order, less what was given back.
        amount: How much less that is.
    """

    fresh: Quote
    left: int
    amount: int


@frozen(kw_only=True)
class Reckoned:
    """
    What some terms give back, and the numbers that it was made of.

    Attributes:
        terms: By which it was reckoned.
        by_choice: They are the organizer's choice of a share, not what was promised.
        held: What they give back of each place.
        refund: What the buyer gets.
        kept: What is kept of what was left of the places; of a quote that is priced anew, beyond the fresh price.
        missing: What the places that stay deserve no longer; None if nothing.
        taken_back: What of it is taken back, in minor units: of what was to be given back, at most all.
        unpaid: What of the fresh price there is no money for, in minor units.
        charged: What was charged for the places, the last with what was due once, in minor units.
        given: What of that was given back before.
        fee: The fees in it that stay.
        tax: The tax in it.
        once: What comes back with the last place, and does not yet.
        most: What there is money for; None where that is not said, or no less is given for it.
    """

    terms: Cancellation
    by_choice: bool
    held: tuple[Held, ...]
    refund: RefundDue
    kept: Money
    missing: Missing | None
    taken_back: int
    unpaid: int
    charged: int
    given: int
    fee: int
    tax: int
    once: int
    most: int | None


def reckoned(gone: GivenUp, terms: Cancellation, fresh: Quote | None, *, by_choice: bool = False) -> Reckoned:
    """
    What *terms* give back of places that are given up.

    Args:
        gone: The places.
        terms: What was promised, or what the organizer chose.
        fresh: The price of the places that stay, as if they had been bought alone;
            None if none stay, or they are not priced anew.
        by_choice: The organizer chose it.

    Raises:
        InvalidValueError: Refunds before that cannot be this quote's.
        CurrencyMismatchError: One of them, or the amount that is kept, is in another currency.
    """
    accounts, fees = gone.accounts(), FEES[terms.fees]
    places = [accounts.places[unit] for unit in gone.units]
    missing = _missing(accounts, gone.keep, fresh) if terms.clawback and fresh is not None else None
    owed = 0 if missing is None else missing.amount
    quantum = gone.quote.record.quantum
    lefts = [place.left(fees) for place in places]
    taken = _taken(owed, lefts, quantum)
    each_held = gone.held(terms)
    factors = [one.fraction for one in each_held]
    kept = _kept(terms, gone.quote)
    amounts = [
        gone.rounded((place.whole(fees) - part) * factor * no_tax(place, terms) - kept, left - part)
        for place, part, factor, left in zip(places, taken, factors, lefts, strict=True)
    ]
    order, once = accounts.order, 0
    if not gone.keep:
        places = [*places, order]
        once = gone.rounded(order.whole(fees) * min(factors) * no_tax(order, terms), order.left(fees))
    charged, given = sum(each.charged for each in places), sum(each.given for each in places)
    money = charged - given if gone.most is None else min(gone.most, charged - given)
    excess = max(sum(amounts) + once - max(money - owed, 0), 0)
    amounts, once = _lowered(amounts, once, excess, quantum)
    sums = {
        "charged": charged,
        "given": given,
        "fee": sum(each.charged - each.whole(fees) for each in places),
        "tax": sum(each.tax for each in places),
        "once": order.whole(fees) if gone.keep else 0,
    }
    refund = _refund(accounts, gone.units, amounts, once, fees)
    rest = money - owed - refund.amount.minor
    return Reckoned(
        terms=terms,
        by_choice=by_choice,
        held=each_held,
        refund=refund,
        kept=Money(max(rest, 0), gone.quote.currency),
        missing=missing,
        taken_back=sum(taken),
        unpaid=max(-rest, 0),
        most=money if excess else None,
        **sums,
    )


def no_tax(account: Account, terms: Cancellation) -> Fraction:
    """What part of what was charged is given back where *terms* keep the tax."""
    if terms.tax or not account.charged:
        return Fraction(1)
    return Fraction(account.charged - account.tax, account.charged)


def _kept(terms: Cancellation, quote: Quote) -> int:
    if terms.kept is None:
        return 0
    if terms.kept.currency != quote.currency:
        raise CurrencyMismatchError(quote.currency.code, terms.kept.currency.code)
    return terms.kept.minor


def _missing(accounts: Accounts, keep: Sequence[int], fresh: Quote) -> Missing | None:
    stays = [accounts.order, *(accounts.places[unit] for unit in keep)]
    left = sum(each.charged - each.given for each in stays)
    amount = fresh.charged.minor - left
    return Missing(fresh=fresh, left=left, amount=amount) if amount > 0 else None


def _taken(amount: int, lefts: Sequence[int], quantum: int) -> list[int]:
    """What of each is taken back, in proportion to what is left of it; at most all."""
    most = min(amount, sum(lefts))
    if not most:
        return [0] * len(lefts)
    return alloc(most, lefts, 1 if any(each % quantum for each in (most, *lefts)) else quantum)


def _lowered(amounts: Sequence[int], once: int, excess: int, quantum: int) -> tuple[list[int], int]:
    """So much less of what was due once, and then of the places, in proportion to what they would give back."""
    of_once = min(excess, once)
    less = _taken(excess - of_once, amounts, quantum)
    return [amount - part for amount, part in zip(amounts, less, strict=True)], once - of_once


def _refund(
    accounts: Accounts, units: Sequence[int], amounts: Sequence[int], once: int, fees: bool | None
) -> RefundDue:
    """So much of each place, and of what was due once, with the taxes and fees in it."""
    currency = accounts.record.currency
    parts = [(amount, *accounts.places[unit].give(amount, fees)) for unit, amount in zip(units, amounts, strict=True)]
    order = (once, *accounts.order.give(once, fees))
    amount, tax, fee = (sum(column) for column in zip(order, *parts, strict=True))
    return RefundDue(
        units=tuple(
            UnitRefund(unit=unit, amount=Money(part, currency), tax=Money(tax, currency), fee=Money(fee, currency))
            for unit, (part, tax, fee) in zip(units, parts, strict=True)
        ),
        order_fee=Money(once, currency),
        amount=Money(amount, currency),
        tax=Money(tax, currency),
        fee=Money(fee, currency),
        fees=fees,
    )
