"""Places that are given up: what was asked, checked, and what is known of their order."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from attrs import frozen

from paidevents.cancellation.shares import Held, held, own_quote
from paidevents.catalog.cancellation import Cancellation, FeesBack
from paidevents.catalog.event import Event
from paidevents.catalog.ticket import price
from paidevents.checks import EMPTY, between, instance, instant, of_kind, several
from paidevents.errors import CurrencyMismatchError, InvalidValueError
from paidevents.money.rounding import half_up
from paidevents.pricing.given_back import RefundDue
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.pricing.refundable import Accounts
from paidevents.pricing.refunds import CHOSEN_TWICE, NOTHING_TO_REFUND

# As `Accounts` asks for them.
FEES = {FeesBack.AS_DECLARED: None, FeesBack.ALL: True, FeesBack.NONE: False}


@frozen(kw_only=True)
class GivenUp:
    """
    Places that are given up, and what is known of their order.

    Attributes:
        event: As it is declared now.
        quote: As it was paid.
        units: Positions of the places, in order.
        keep: Positions of those that stay.
        before: The refunds of this quote that were made before.
        at: The moment, in UTC.
        most: What there is money for, in minor units; None if that is what was charged.
    """

    event: Event
    quote: Quote
    units: tuple[int, ...]
    keep: tuple[int, ...]
    before: tuple[RefundDue, ...]
    at: datetime
    most: int | None = None

    def accounts(self) -> Accounts:
        """What can be given back of the order, as the refunds before have left it."""
        return Accounts(self.quote, self.before)

    def held(self, terms: Cancellation) -> tuple[Held, ...]:
        """What *terms* give back of each place."""
        return tuple(held(terms, self.event, self.quote, unit, self.at) for unit in self.units)

    def rounded(self, exact: Fraction, most: int) -> int:
        """*exact* minor units rounded to what can be charged; not below nothing, nor above *most*."""
        if exact >= most:
            return most
        step = self.quote.record.quantum
        return min(max(half_up(exact.numerator, exact.denominator * step) * step, 0), most)


def given_up(plan: object, quote: Quote, units: object, keep: object, before: object, at: object) -> GivenUp:
    """
    The same, put through the checks.

    Raises:
        InvalidValueError: No places, one twice, kept and given up, or not in the quote; a
            quote of another event; an argument of another kind.
        NaiveDatetimeError: *at* has no zone.
    """
    event = instance(plan, "plan", Plan).event
    places = between(0, len(own_quote(event, quote).record.places) - 1)
    chosen, stays = several(places)(units, "units"), several(places)(keep, "keep")
    if not chosen:
        raise InvalidValueError("units", NOTHING_TO_REFUND)
    _check_once(chosen, "units", ())
    _check_once(stays, "keep", chosen)
    return GivenUp(
        event=event,
        quote=quote,
        units=tuple(sorted(chosen)),
        keep=stays,
        before=several(of_kind(RefundDue))(before, "before"),
        at=instant(at, "at"),
    )


def promises(promised: object) -> tuple[Cancellation, ...]:
    """*promised*, if it is one promise at least."""
    terms = several(of_kind(Cancellation))(promised, "promised")
    if not terms:
        raise InvalidValueError("promised", EMPTY)
    return terms


def amount_of(value: object, field: str, quote: Quote) -> int:
    """Minor units of an amount that is not below nothing, in the currency of *quote*."""
    amount = price(value, field)
    if amount.currency != quote.currency:
        raise CurrencyMismatchError(quote.currency.code, amount.currency.code)
    return amount.minor


def _check_once(places: Iterable[int], field: str, others: Iterable[int]) -> None:
    seen = set(others)
    for number, unit in enumerate(places):
        if unit in seen:
            raise InvalidValueError(f"{field}[{number}]", CHOSEN_TWICE.given(unit=unit))
        seen.add(unit)
