"""What was sold, of which tickets or when, and what it came to: sums that add up to those of the orders."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from attrs import frozen

from paidevents.checks import INT64_MAX, between, day, instance, of_kind, optional, settle, several, text_or_nothing
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.pricing.given_back import NOT_THE_SUM
from paidevents.registration.order import Order
from paidevents.reports.asked import MOST, named, one_currency
from paidevents.reports.places import Place, places_of
from paidevents.timing.local import checked_zone


class SalesBy(Enum):
    """What sales are added up by; of each event by itself."""

    TICKET = "ticket"
    TIER = "tier"  # of each ticket
    SESSION = "session"
    DAY = "day"
    PROMOTION = "promotion"  # all that took something off a place together, so that no place counts twice
    CODE = "code"  # the same with the codes that were used


@frozen(kw_only=True)
class SalesRow:
    """
    Places that were sold, and what they came to.

    `charged - given_back + adjusted = tax + fees + organizer_keeps`. What was
    given back counts where the place was sold, and so on the day of its sale.

    Attributes:
        event: Id of the event; empty in a total.
        ticket: Id of the ticket; None where sales are not added up by it.
        tier: Id of the tier, empty at base price; None likewise.
        session: Id of the session, empty where none was chosen; None likewise.
        day: When it was sold, in the zone that was asked for; None likewise.
        promotion: Ids of what took something off, such as "early + ten", empty if nothing did; None likewise.
        code: The codes, in the same way.
        places: How many were sold.
        gone: How many of these were given up or taken back since.
        list_price: Of these places, before any discount.
        discount: What promotions took off.
        waived: What the organizer confirmed without payment.
        charged: What buyers paid, fees and tax included.
        given_back: What of it was decided to be given back.
        adjusted: What changes of price came to: above zero by what places cost more before they were changed; below
            zero by what was paid for places that are gone and pays for others, which were priced anew.
        tax: What of the rest is owed to states, by the present prices and what was given back; `taxes` tells what
            was booked, and when.
        fees: What of it platform and provider take, as was reckoned, without the tax that is counted as tax.
        organizer_keeps: What remains.

    Raises:
        InvalidValueError: Amounts that do not add up, or an attribute that cannot be.
        CurrencyMismatchError: Two currencies.
    """

    event: str = ""
    ticket: str | None = None
    tier: str | None = None
    session: str | None = None
    day: date | None = None
    promotion: str | None = None
    code: str | None = None
    places: int
    gone: int
    list_price: Money
    discount: Money
    waived: Money
    charged: Money
    given_back: Money
    adjusted: Money
    tax: Money
    fees: Money
    organizer_keeps: Money

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            event=text_or_nothing,
            **dict.fromkeys(("ticket", "tier", "session", "promotion", "code"), optional(of_kind(str))),
            day=optional(day),
            **dict.fromkeys(("places", "gone"), between(0, INT64_MAX)),
            **dict.fromkeys(_AMOUNTS, of_kind(Money)),
        )
        one_currency(*(getattr(self, name) for name in _AMOUNTS))
        kept = self.charged - self.given_back + self.adjusted
        if kept != self.tax + self.fees + self.organizer_keeps:
            raise InvalidValueError("organizer_keeps", NOT_THE_SUM.given(total=kept))


_AMOUNTS = (
    *("list_price", "discount", "waived", "charged", "given_back", "adjusted"),
    *("tax", "fees", "organizer_keeps"),
)


@frozen(kw_only=True)
class Sales:
    """
    Sales, added up.

    Attributes:
        by: What they are added up by.
        rows: One for each, sorted; of each currency by itself.
        totals: One for each currency: what its rows add up to.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    by: SalesBy
    rows: tuple[SalesRow, ...]
    totals: tuple[SalesRow, ...]

    def __attrs_post_init__(self) -> None:
        rows = several(of_kind(SalesRow), MOST)
        settle(self, by=of_kind(SalesBy), rows=rows, totals=rows)


class Key(NamedTuple):
    """What places have in common; what they are not added up by is None."""

    event: str = ""
    ticket: str | None = None
    tier: str | None = None
    session: str | None = None
    day: date | None = None
    promotion: str | None = None
    code: str | None = None


def _together(names: Iterable[str]) -> str:
    return " + ".join(sorted({name for name in names if name}))


_KEYS: dict[SalesBy, Callable[[Place, ZoneInfo], Key]] = {
    SalesBy.TICKET: lambda place, _: Key(place.order.event, place.ticket),
    SalesBy.TIER: lambda place, _: Key(place.order.event, place.ticket, place.tier),
    SalesBy.SESSION: lambda place, _: Key(place.order.event, session=place.session),
    SalesBy.DAY: lambda place, zone: Key(place.order.event, day=place.sold_at.astimezone(zone).date()),
    SalesBy.PROMOTION: lambda place, _: Key(place.order.event, promotion=_together(one[0] for one in place.discounts)),
    SalesBy.CODE: lambda place, _: Key(place.order.event, code=_together(one[1] for one in place.discounts)),
}


def sales(orders: Iterable[Order], by: SalesBy = SalesBy.TICKET, *, zone: ZoneInfo | str = "UTC") -> Sales:
    """
    What was sold in *orders*, added up.

    Places that are held, lapsed or lost with their payment were not sold, nor
    are those that nobody pays for. Whoever gave a place up since had bought it.

    Args:
        orders: In any order, of any events.
        by: What is added up together.
        zone: Whose days are meant, such as `event.zone`; it matters for days only.

    Raises:
        InvalidValueError: An id twice, something that is no order, an order that has given
            back what none of its quotes has, or another argument that cannot be.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR
        >>> from paidevents.catalog import FREE, Event, EventKind, PromoCode, Promotion, Ticket
        >>> from paidevents.pricing import Plan
        >>> from paidevents.registration import Attendee, Person, reserve
        >>> plan = Plan(Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ...     promotions=[Promotion(id="guest", effect=FREE, codes=[PromoCode("GUEST")])],
        ... ))
        >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
        >>> ana = Person(name="Ana", email="ana@example.com")
        >>> had = reserve(
        ...     plan, plan.quote({"standard": 1}, ["guest"], at=noon),
        ...     id="A1", buyer=ana, attendees=[Attendee(person=ana)], at=noon,
        ... )
        >>> row, = sales([had.order], SalesBy.CODE).rows
        >>> row.code, row.places, str(row.list_price), str(row.discount), str(row.charged)
        ('GUEST', 1, '20.00 EUR', '20.00 EUR', '0.00 EUR')
    """
    sums = SaleSums(by, zone=zone)
    sums.add(orders)
    return sums.report()


class SaleSums:
    """
    The same of orders that are taken in page by page: only its rows are kept.

    It does not remember what was added: that no order comes on two pages is the caller's.

    Args:
        by: What is added up together.
        zone: Whose days are meant; it matters for days only.

    Raises:
        InvalidValueError: An argument that cannot be.

    Example:
        >>> sums = SaleSums(SalesBy.DAY, zone="Europe/Paris")
        >>> for page in ([], []):
        ...     sums.add(page)
        >>> sums.report() == sales([], SalesBy.DAY)
        True
    """

    __slots__ = ("_by", "_sums", "_zone")

    def __init__(self, by: SalesBy = SalesBy.TICKET, *, zone: ZoneInfo | str = "UTC") -> None:
        self._by = instance(by, "by", SalesBy)
        self._zone = checked_zone(zone)
        self._sums: dict[tuple[Key, Currency], Counter[str]] = {}

    def add(self, orders: Iterable[Order]) -> None:
        """
        Add a page of orders.

        Raises:
            InvalidValueError: An id twice, something that is no order, or an order that has given
                back what none of its quotes has; then nothing was added.
        """
        key_of = _KEYS[self._by]
        page: dict[tuple[Key, Currency], Counter[str]] = {}
        for order in named(orders, "orders", Order):
            for place in places_of(order):
                amounts = _amounts(place)
                if place.is_sold or any(amounts.values()):
                    page.setdefault((key_of(place, self._zone), order.currency), Counter()).update(amounts)
        for key, amounts_of_page in page.items():
            self._sums.setdefault(key, Counter()).update(amounts_of_page)

    def report(self) -> Sales:
        """The sales of all that was added."""
        in_order = sorted(self._sums.items(), key=lambda item: ([str(part) for part in item[0][0]], item[0][1].code))
        totals: dict[Currency, Counter[str]] = {}
        for (_, currency), amounts in in_order:
            totals.setdefault(currency, Counter()).update(amounts)
        return Sales(
            by=self._by,
            rows=tuple(_row(key, currency, amounts) for (key, currency), amounts in in_order),
            totals=tuple(
                _row(Key(), currency, totals[currency]) for currency in sorted(totals, key=lambda one: one.code)
            ),
        )


def _amounts(place: Place) -> dict[str, int]:
    return {
        "places": int(place.is_sold),
        "gone": int(place.is_gone),
        "list_price": place.list_price if place.is_sold else 0,
        "discount": place.discount if place.is_sold else 0,
        "waived": place.waived,
        "charged": place.charged,
        "given_back": place.given,
        "adjusted": place.adjusted,
        "tax": place.tax,
        "fees": place.fees,
        "organizer_keeps": place.kept - place.tax - place.fees,
    }


def _row(key: Key, currency: Currency, sums: Counter[str]) -> SalesRow:
    amounts: dict[str, Any] = {name: Money(sums[name], currency) for name in _AMOUNTS}
    return SalesRow(**key._asdict(), places=sums["places"], gone=sums["gone"], **amounts)
