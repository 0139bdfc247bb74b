"""
Which taxes a buyer's places bear, resolved once before anything is priced.

Every place and every taxable fee points at a tax key: the whole tuple of its
rates. Amounts of one key are taxed together and rounded once.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from math import lcm

from attrs import field, frozen

from paidevents.catalog.event import Event
from paidevents.catalog.taxes import TaxMode, TaxRate, TaxTable, WhenRateDiffers, effective
from paidevents.checks import of_kind, several
from paidevents.money.alloc import alloc
from paidevents.money.rounding import Rounding
from paidevents.pricing.buyer import Buyer

# A host's own tax service: the rates for a category of tickets or fees and a buyer.
Taxes = Callable[[str, Buyer | None], Sequence[TaxRate]]


@frozen
class TaxKey:
    """
    The taxes on a place.

    Attributes:
        rates: Each of them, compound ones last.
        shares: What each comes to as a share of the price before tax.
        weights: The same over one denominator, to share a tax by.
        numerator: All of them together...
        denominator: ...as a share of the price before tax.
    """

    rates: tuple[TaxRate, ...]
    shares: tuple[Fraction, ...]
    weights: tuple[int, ...]
    numerator: int
    denominator: int

    @classmethod
    def of(cls, rates: tuple[TaxRate, ...]) -> "TaxKey":
        """The key of these rates."""
        shares = effective(rates)
        whole = sum(shares, start=Fraction(0))
        common = lcm(*(share.denominator for share in shares))
        return cls(
            rates,
            shares,
            tuple(int(share * common) for share in shares),
            whole.numerator,
            whole.denominator,
        )

    def parts(self, tax: int, step: int) -> list[int]:
        """What of *tax* each of the rates gets, in multiples of *step*."""
        return [tax] if len(self.rates) == 1 else alloc(tax, self.weights, step)


UNTAXED = TaxKey.of(())


@frozen
class Taxation:
    """
    The taxes of one buyer at one moment.

    Attributes:
        keys: Every tax key in use.
        key_of: Place of the key among them, by category.
        exclusive: Taxes are added on top.
        is_reversed: The buyer owes the tax itself.
        rounding: Of a contained tax, to a minor unit.
        factors: By category, what a list price is multiplied by where the buyer's rate
            differs and what the organizer keeps stays; absent where prices stay. List
            prices have it in them, so it is no part of what a quote says.
    """

    keys: tuple[TaxKey, ...] = (UNTAXED,)
    key_of: Mapping[str, int] = field(factory=dict)
    exclusive: bool = False
    is_reversed: bool = False
    rounding: Rounding = Rounding.HALF_UP
    factors: Mapping[str, Fraction] = field(factory=dict, eq=False)


NO_TAXES = Taxation()


def taxation_of(event: Event, at: datetime, buyer: Buyer | None, taxes: Taxes | None) -> Taxation:
    """
    The taxation of a buyer of *event* at *at*: by the host's *taxes* if given, else by the event's table.

    Raises:
        InvalidValueError: *taxes* gives something else than rates.
    """
    table = event.tax
    if table is None and taxes is None:
        return NO_TAXES
    categories = sorted(
        {ticket.tax_category for ticket in event.tickets}
        | {fee.tax_category for fee in event.fees if fee.tax_category is not None}
    )
    exclusive = table is not None and table.mode is TaxMode.EXCLUSIVE
    rounding = Rounding.HALF_UP if table is None else table.rounding
    if taxes is not None:
        given = {category: _given(taxes(category, buyer)) for category in categories}
        return _taxation(given, exclusive, False, rounding, {})
    assert table is not None
    country = None if buyer is None else buyer.country
    is_reversed = table.is_reversed(country, None if buyer is None else buyer.business_number)
    place = table.home(country)

    def rates_in(place: str) -> dict[str, tuple[TaxRate, ...]]:
        return {category: table.rates_in(place, category, event.kind, at, event.zone) for category in categories}

    rates = rates_in(place)
    if is_reversed:
        rates = dict.fromkeys(categories, ())
    return _taxation(rates, exclusive, is_reversed, rounding, _factors(table, rates, rates_in(table.seller)))


def _given(rates: object) -> tuple[TaxRate, ...]:
    return several(of_kind(TaxRate), 20)(rates, "taxes")


def _factors(
    table: TaxTable, rates: dict[str, tuple[TaxRate, ...]], home: dict[str, tuple[TaxRate, ...]]
) -> dict[str, Fraction]:
    if table.mode is TaxMode.EXCLUSIVE or table.when_rate_differs is WhenRateDiffers.KEEP_GROSS:
        return {}
    factors = {
        category: (1 + sum(effective(rates[category]))) / (1 + sum(effective(home[category]), start=Fraction(0)))
        for category in rates
    }
    return {category: factor for category, factor in factors.items() if factor != 1}


def _taxation(
    rates: dict[str, tuple[TaxRate, ...]],
    exclusive: bool,
    is_reversed: bool,
    rounding: Rounding,
    factors: dict[str, Fraction],
) -> Taxation:
    keys: list[TaxKey] = []
    key_of: dict[str, int] = {}
    places: dict[tuple[object, ...], int] = {}
    for category, taxes in rates.items():
        # Categories that bear the same taxes are taxed together, as are the passed-on fees of a rate with its places.
        levied = tuple((one.name, one.country, one.rate, one.compound) for one in taxes)
        if levied not in places:
            places[levied] = len(keys)
            keys.append(TaxKey.of(taxes))
        key_of[category] = places[levied]
    if UNTAXED not in keys:
        keys.append(UNTAXED)
    return Taxation(tuple(keys), key_of, exclusive, is_reversed, rounding, factors)
