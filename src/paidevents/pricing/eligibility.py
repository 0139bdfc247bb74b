"""
Whether a promotion applies to an order, and if not, every reason why.

It looks at the places at list price, at the buyer and at what was taken; never
at another promotion or at a price that another one has reduced. So a promotion
that is dropped never makes another one inapplicable.
"""

from collections.abc import Iterable, Mapping

from paidevents.catalog.code import PromoCode
from paidevents.catalog.event import Event
from paidevents.catalog.promotion import Limit, LimitOf, LimitPer, Promotion
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.pricing.availability import Availability
from paidevents.pricing.buyer import Buyer
from paidevents.pricing.counters import first_purchase_counter, limit_counters
from paidevents.pricing.member import BoundPromotion, Member
from paidevents.pricing.pipeline import Cart
from paidevents.pricing.reasons import (
    BUDGET_EXHAUSTED,
    CURRENCY_MISMATCH,
    CUSTOMER_LIMIT,
    CUSTOMER_NOT_ENTITLED,
    EXHAUSTED,
    MIN_SUBTOTAL,
    MIN_UNITS,
    NO_MATCHING_TICKETS,
    NOT_FIRST_PURCHASE,
    WRONG_CHANNEL,
)
from paidevents.reason import Reason


def hits_of(bound: BoundPromotion, cart: Cart) -> list[int]:
    """The places that a promotion matches, in order, before any pick."""
    if bound.goods is None:
        return list(range(len(cart.goods)))
    return [unit for unit, good in enumerate(cart.goods) if good in bound.goods]


def member_of(bound: BoundPromotion, hits: list[int], cart: Cart, code: str, key: str | None) -> Member:
    """The promotion as a member of this price."""
    if bound.is_order:
        return Member(bound, bound.picked(hits, cart.list_prices), bound.groups(len(hits)), code, key)
    return Member(bound, hits, 1, code, key)


def reasons_against_places(
    bound: BoundPromotion, hits: list[int], cart: Cart, currency: Currency, channel: str | None
) -> Iterable[Reason]:
    """What speaks against a promotion in what is bought, and where."""
    promotion = bound.promotion
    if promotion.channels and channel not in promotion.channels:
        yield WRONG_CHANNEL
    if bound.numerator is None:
        known = ", ".join(amount.currency.code for amount in getattr(promotion.effect, "amounts", ()))
        yield CURRENCY_MISMATCH.given(have=currency.code, need=known)
    elif promotion.currencies and currency not in promotion.currencies:
        yield CURRENCY_MISMATCH.given(have=currency.code, need=", ".join(each.code for each in promotion.currencies))
    if not hits or (promotion.pick is not None and not bound.count(len(hits)) and not promotion.least_units):
        yield NO_MATCHING_TICKETS
    if promotion.least_subtotal:
        least = [amount for amount in promotion.least_subtotal if amount.currency == currency]
        subtotal = sum(cart.list_prices[unit] for unit in hits)
        if not least:
            known = ", ".join(amount.currency.code for amount in promotion.least_subtotal)
            yield CURRENCY_MISMATCH.given(have=currency.code, need=known)
        elif subtotal < least[0].minor:
            yield MIN_SUBTOTAL.given(missing=Money(least[0].minor - subtotal, currency))
    if len(hits) < promotion.least_units:
        yield MIN_UNITS.given(missing=promotion.least_units - len(hits))


def reasons_against_buyer(
    promotion: Promotion, code: PromoCode | None, buyer: Buyer | None, available: Availability
) -> Iterable[Reason]:
    """What speaks against it in who is buying, and in what was taken before."""
    marks: tuple[str, ...] = ()
    if buyer is not None and buyer.identities:
        marks = buyer.marks
        if promotion.customers and not set(buyer.identities) & set(promotion.customers):
            yield CUSTOMER_NOT_ENTITLED
        first = [first_purchase_counter(mark) for mark in marks] if promotion.first_purchase else []
        if first and (buyer.orders_before or any(available.left(counter, 1, 1) < 1 for counter in first)):
            yield NOT_FIRST_PURCHASE
    yield from reasons_against_uses(promotion, code, marks, available, ONE_OF_EACH)


ONE_OF_EACH = {LimitOf.ORDERS: 1, LimitOf.UNITS: 1, LimitOf.AMOUNT: 1}


def reasons_against_uses(
    promotion: Promotion,
    code: PromoCode | None,
    marks: tuple[str, ...],
    available: Availability,
    wanted: Mapping[LimitOf, int],
) -> Iterable[Reason]:
    """Why so many orders, places and minor units of it cannot be had. Nothing is granted in part."""
    key = None if code is None else code.key
    found: dict[str, Reason] = {}
    for limit in limits_of(promotion, code):
        counters = limit_counters(limit, promotion.id, key, marks)
        count = wanted[limit.of]
        if count > limit.most or any(available.left(counter, limit.most, count) < count for counter in counters):
            if limit.per is LimitPer.CUSTOMER:
                reason = CUSTOMER_LIMIT.given(limit=limit.most)
            else:
                reason = BUDGET_EXHAUSTED if limit.of is LimitOf.AMOUNT else EXHAUSTED
            found.setdefault(reason.code, reason)
    return [found[reason.code] for reason in (CUSTOMER_LIMIT, EXHAUSTED, BUDGET_EXHAUSTED) if reason.code in found]


def needs_identity(promotion: Promotion) -> bool:
    """Whether it has to be known who is buying."""
    return bool(
        promotion.customers
        or promotion.first_purchase
        or any(limit.per is LimitPer.CUSTOMER for limit in promotion.limits)
    )


def is_of_other_event(promotion: Promotion, event: Event) -> bool:
    """Whether it is one that an organizer shares among other events."""
    return bool(promotion.match.events) and event.id not in promotion.match.events


def limits_of(promotion: Promotion, code: PromoCode | None) -> list[Limit]:
    """All limits that hold for a use with this code: the promotion's and the code's own."""
    own = [] if code is None or code.uses is None else [Limit(LimitOf.ORDERS, code.uses, LimitPer.CODE)]
    return [*promotion.limits, *own]
