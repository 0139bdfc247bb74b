"""An event's prices, tried out one good and one promotion at a time: by the same plan that prices every order."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from paidevents.catalog.code import PromoCode
from paidevents.catalog.decisions import BelowMinimum, Selection
from paidevents.catalog.effects import AmountOff, SetPrice, amount_in
from paidevents.catalog.event import Charging, Event
from paidevents.catalog.kinds import Attendance
from paidevents.catalog.promotion import Promotion
from paidevents.catalog.ticket import Ticket
from paidevents.check.goods import Good, goods_of, last_moment
from paidevents.pricing.aligned import unaligned
from paidevents.pricing.basket import MOST_PLACES
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.pricing.terms import terms_of
from paidevents.timing.window import Window

_MOST_TICKETS = 100  # of one event


class Trial:
    """
    Quotes for so many places of one good, with one promotion or none, at the end of the sale.

    Windows, numbers of places and whatever a promotion asks of its buyer are left out: what is
    tried is what a price comes to once all of that is in order. Made by `of`.
    """

    def __init__(self, event: Event) -> None:
        self._at = last_moment(event)
        goods = [good for good in goods_of(event) if good.price is not None]
        self._place = {good.where: place for place, good in enumerate(goods)}
        ways = (event.policy.below_minimum, BelowMinimum.REJECT)
        self._plans = {way: [Plan(_bare(event, some, way)) for some in _chunks(goods)] for way in dict.fromkeys(ways)}
        self._own_way = event.policy.below_minimum

    @classmethod
    def of(cls, event: Event) -> "Trial | None":
        """The trial of *event*; None if an amount in it cannot be charged, so that it has no prices."""
        terms = [terms_of(event, provider) for provider in event.providers or (None,)]
        return None if any(list(unaligned(event, each)) for each in terms) else cls(event)

    def quote(
        self, good: Good, count: int, promotion: int | None = None, provider: str | None = None, *, plain: bool = False
    ) -> Quote:
        """
        What *count* places of *good* come to.

        Args:
            good: A good with a price.
            count: How many places.
            promotion: The position of a promotion that `is_tried`; None for none.
            provider: Whom they are paid with; None for the event's first.
            plain: Leave a total below the minimum as it is, refused.
        """
        place = self._place[good.where]
        plans = self._plans[BelowMinimum.REJECT if plain else self._own_way]
        codes = [] if promotion is None else [_code(promotion)]
        return plans[place // _MOST_TICKETS].quote({_id(place): count}, codes, at=self._at, provider=provider)


def is_tried(promotion: Promotion, event: Event) -> bool:
    """Whether *promotion* takes something off, and has all its amounts in the event's currency."""
    effect, currency = promotion.effect, event.currency
    fixed = effect.amounts if isinstance(effect, AmountOff | SetPrice) else ()
    known = all(amount_in(some, currency) is not None for some in (fixed, promotion.least_subtotal) if some)
    return effect is not None and known and (not promotion.currencies or currency in promotion.currencies)


def orders_with(promotion: Promotion, good: Good, event: Event) -> range:
    """How many places of *good* alone an order can have that gets *promotion*; empty if none can."""
    assert good.price is not None
    least = max(good.ticket.least_per_order, promotion.least_units)
    if promotion.pick is not None and promotion.pick.every is not None:
        least = max(least, promotion.pick.every)
    subtotal = amount_in(promotion.least_subtotal, event.currency)
    if subtotal:
        least = max(least, -(-subtotal // good.price.minor)) if good.price else MOST_PLACES + 1
    limits = (event.policy.most_per_order, good.ticket.most_per_order, good.ticket.most_per_customer)
    return range(least, min(limit for limit in limits if limit is not None) + 1)


def _bare(event: Event, goods: Sequence[tuple[int, Good]], way: BelowMinimum) -> Event:
    """*event* with each of *goods* as a ticket of its own, always on sale, and each promotion with a code."""
    return evolve(
        event,
        tickets=tuple(
            Ticket(id=_id(place), name=good.name, price=good.price, tax_category=good.ticket.tax_category)
            for place, good in goods
        ),
        promotions=tuple(
            Promotion(
                id=f"p{place}",
                effect=each.effect,
                scope=each.scope,
                pick=each.pick,
                codes=(PromoCode(_code(place)),),
            )
            for place, each in enumerate(event.promotions)
            if is_tried(each, event)
        ),
        sessions=tuple(evolve(session, capacity=None) for session in event.sessions[:1]),
        attendance=Attendance.ALL_SESSIONS,
        capacity=None,
        capacities=(),
        on_sale=Window(),
        charging=Charging.ON,
        policy=evolve(
            event.policy,
            codes_enabled=True,
            max_codes=None,
            selection=Selection.EXPLICIT,
            below_minimum=way,
            sells_recording=True,
            most_per_order=MOST_PLACES,
        ),
    )


def _chunks(goods: Sequence[Good]) -> Iterator[list[tuple[int, Good]]]:
    numbered = list(enumerate(goods))
    for first in range(0, len(numbered), _MOST_TICKETS):
        yield numbered[first : first + _MOST_TICKETS]


def _id(place: int) -> str:
    return f"g{place}"


def _code(promotion: int) -> str:
    return f"p{promotion}"
