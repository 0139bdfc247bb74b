"""
Taxes: whether prices contain them, and which rates hold for whom and when.

The rates are the host's data. What is decided here is which of them apply to a
buyer; what they come to is computed in `pricing`.
"""

import re
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from zoneinfo import ZoneInfo

from attrs import frozen

from paidevents import checks
from paidevents.catalog.kinds import EventKind
from paidevents.catalog.names import identifier
from paidevents.checks import day, instant, of_kind, optional, settle, several, text
from paidevents.errors import InvalidValueError
from paidevents.money.rate import Rate
from paidevents.money.rounding import Rounding
from paidevents.reason import Reason

NO_TAX_RATE = Reason("no_tax_rate", "There is no rate of tax for {country} on {day}.")
RATES_OVERLAP = Reason("rates_overlap", "The tax {name} has two rates for {country} from {day} on.")

_COUNTRY = re.compile("[A-Z]{2}")
# Members of the European Union, within which a business buyer abroad owes the tax itself (2026-01-01; Greece is GR):
# https://european-union.europa.eu/principles-countries-history/eu-countries_en
_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EU = frozenset(re.findall("[A-Z]{2}", _MEMBERS))


def country(value: object, field: str) -> str:
    """*value* if it looks like a country of ISO 3166: two capital letters."""
    return checks.written(value, field, _COUNTRY, "FR")[0]


_country_or_none = optional(country)


class TaxMode(Enum):
    """Whether a price contains its tax."""

    INCLUSIVE = "inclusive"
    EXCLUSIVE = "exclusive"  # it is added on top


class TaxPlace(Enum):
    """Whose country's rates hold."""

    BUYER = "buyer"  # where the consumer lives; virtual events in the EU since 2025
    SELLER = "seller"


class WhenRateDiffers(Enum):
    """What stays when a buyer's rate is not that of the seller's country, and prices contain the tax."""

    KEEP_GROSS = "keep_gross"  # the price; the organizer keeps more or less of it
    KEEP_NET = "keep_net"  # what the organizer keeps; the price changes


@frozen(kw_only=True)
class TaxRate:
    """
    One rate of one tax in one country, from a day on.

    Attributes:
        country: ISO 3166, two letters.
        rate: Of the price before tax.
        starts_on: The first day it holds, in the event's zone, until a later one of the same tax begins.
        category: The tickets and fees that bear it.
        name: Of the tax. Taxes of several names on one place are added up.
        compound: It is reckoned on the price with the other taxes in it.
        kinds: Only for events of these kinds; empty for all.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    country: str
    rate: Rate
    starts_on: date = date(1900, 1, 1)
    category: str = "standard"
    name: str = "VAT"
    compound: bool = False
    kinds: tuple[EventKind, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            country=country,
            rate=of_kind(Rate),
            starts_on=day,
            category=identifier,
            name=text,
            compound=of_kind(bool),
            kinds=several(of_kind(EventKind)),
        )


@frozen(kw_only=True)
class TaxTable:
    """
    How an event is taxed.

    Attributes:
        mode: Whether prices contain the tax.
        seller: The organizer's country.
        rates: The host's rates, in any order.
        place: Whose country's rates hold.
        when_rate_differs: What stays if that is not the seller's.
        rounding: Of a tax to a minor unit.
        reverse_charge: A business buyer in another country of the EU is
            charged no tax, if the seller is in the EU.

    Raises:
        InvalidValueError: Two rates of one tax for one kind of event that
            begin on one day, or an attribute that cannot be.
    """

    mode: TaxMode
    seller: str
    rates: tuple[TaxRate, ...] = ()
    place: TaxPlace = TaxPlace.BUYER
    when_rate_differs: WhenRateDiffers = WhenRateDiffers.KEEP_GROSS
    rounding: Rounding = Rounding.HALF_UP
    reverse_charge: bool = True

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            mode=of_kind(TaxMode),
            seller=country,
            rates=several(of_kind(TaxRate)),
            place=of_kind(TaxPlace),
            when_rate_differs=of_kind(WhenRateDiffers),
            rounding=of_kind(Rounding),
            reverse_charge=of_kind(bool),
        )
        begun: set[tuple[object, ...]] = set()
        for place, one in enumerate(self.rates):
            for kind in dict.fromkeys(one.kinds) or EventKind:
                begins = (one.country, one.name, one.category, one.starts_on, kind)
                if begins in begun:
                    reason = RATES_OVERLAP.given(name=one.name, country=one.country, day=one.starts_on)
                    raise InvalidValueError(f"rates[{place}]", reason)
                begun.add(begins)

    def is_reversed(self, buyer_country: str | None, business_number: str | None) -> bool:
        """
        Whether the buyer, a business in another country of the EU, owes the tax itself.

        Raises:
            InvalidValueError: *buyer_country* is no country.

        Source:
            Directive 2006/112/EC, articles 44 and 196.
        """
        home = _country_or_none(buyer_country, "buyer_country")
        abroad = home != self.seller and home in EU and self.seller in EU
        return self.reverse_charge and bool(business_number) and abroad

    def home(self, buyer_country: str | None) -> str:
        """
        The country whose rates hold for a buyer; the seller's if nobody knows where the buyer lives.

        Raises:
            InvalidValueError: *buyer_country* is no country.
        """
        lives = _country_or_none(buyer_country, "buyer_country")
        return self.seller if self.place is TaxPlace.SELLER or lives is None else lives

    def rates_in(self, place: str, category: str, kind: EventKind, at: datetime, zone: ZoneInfo) -> tuple[TaxRate, ...]:
        """
        The rates of each tax that hold at *at* in the country *place*, by name, compound ones last.

        Raises:
            InvalidValueError: An argument is of the wrong kind.
        """
        today = instant(at, "at").astimezone(checks.instance(zone, "zone", ZoneInfo)).date()
        latest: dict[str, TaxRate] = {}
        for one in self.rates:
            fits = one.country == place and one.category == category and (not one.kinds or kind in one.kinds)
            if fits and one.starts_on <= today:
                known = latest.get(one.name)
                if known is None or one.starts_on > known.starts_on:
                    latest[one.name] = one
        return tuple(sorted(latest.values(), key=lambda one: (one.compound, one.name)))


def effective(rates: tuple[TaxRate, ...]) -> tuple[Fraction, ...]:
    """
    What each of several taxes on one place comes to, as a share of the price before all of them.

    A compound tax is reckoned on the price with the taxes before it in it: 5 % and, on top of that,
    10 % are 5 % and 10.5 %.
    """
    shares: list[Fraction] = []
    for one in rates:
        share = one.rate.fraction
        shares.append(share * (1 + sum(shares)) if one.compound else share)
    return tuple(shares)
