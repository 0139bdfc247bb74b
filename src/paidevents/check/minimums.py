"""Promotions that leave a buyer less to pay than a provider takes, or that take nothing off at all."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from paidevents.catalog.effects import AmountOff, SetPrice, amount_in
from paidevents.catalog.event import Event
from paidevents.catalog.promotion import Promotion, Scope
from paidevents.check.findings import warning
from paidevents.check.goods import Good, common, goods_of, in_use, times_of
from paidevents.check.prices import Bound, price_bounds
from paidevents.check.trial import Trial, is_tried, orders_with
from paidevents.money.amount import Money
from paidevents.money.amount_rules import BELOW_MINIMUM
from paidevents.pricing.quote import Quote
from paidevents.reason import Finding, Reason

_TOO_LITTLE = "With {promotion}, {places} × {ticket} would cost {amount}: {provider} takes at least {minimum}, "
RAISED_BY_MINIMUM = Reason("raised_by_minimum", _TOO_LITTLE + "so the buyer pays {charged}.")
WAIVED_BY_MINIMUM = Reason("waived_by_minimum", _TOO_LITTLE + "so the buyer pays nothing.")
REFUSED_BY_MINIMUM = Reason("refused_by_minimum", _TOO_LITTLE + "so the order is refused.")
SET_PRICE_BELOW_MINIMUM = Reason(
    "set_price_below_minimum", "{promotion} sets the price {amount}; {provider} takes at least {minimum}."
)
TAKES_NOTHING_OFF = Reason("takes_nothing_off", "{promotion} takes nothing off any ticket that it is for.")


def check_minimums(event: Event) -> Iterator[Finding]:
    """Every promotion alone, on every price that is on sale while it holds, with every provider."""
    trial = Trial.of(event)
    if trial is None:
        return
    goods = goods_of(event)
    bounds = [bound for bound in price_bounds(event)[0] if bound.provider]
    for place, promotion in in_use(event):
        tried = list(_tried(promotion, goods)) if is_tried(promotion, event) else []
        for bound in bounds if tried else ():
            yield from _below(event, trial, place, tried, bound)
        if tried and all(_is_in_vain(event, trial, place, good) for good in tried):
            yield warning(f"promotions[{place}].effect", TAKES_NOTHING_OFF.given(promotion=promotion.id))


def _tried(promotion: Promotion, goods: Sequence[Good]) -> Iterator[Good]:
    times = times_of(promotion)
    return (good for good in goods if good.has(promotion) and any(common(good.window, time) for time in times))


def _below(event: Event, trial: Trial, place: int, goods: Sequence[Good], bound: Bound) -> Iterator[Finding]:
    """What lands between nothing and what a provider takes at least."""
    promotion, where = event.promotions[place], f"promotions[{place}].effect"
    too_little = _set_too_low(promotion, bound)
    if too_little is not None:
        values = {"promotion": promotion.id, "provider": bound.provider}
        yield warning(where, SET_PRICE_BELOW_MINIMUM.given(amount=too_little, minimum=bound.amount, **values))
        return
    for good in goods:
        reason = _lands(event, trial, place, good, bound)
        if reason is not None:
            yield warning(where, reason)


def _set_too_low(promotion: Promotion, bound: Bound) -> Money | None:
    """The price that *promotion* sets, if it is between nothing and *bound*."""
    if not isinstance(promotion.effect, SetPrice):
        return None
    amount = Money(amount_in(promotion.effect.amounts, bound.amount.currency) or 0, bound.amount.currency)
    return amount if amount and amount < bound.amount else None


def _lands(event: Event, trial: Trial, place: int, good: Good, bound: Bound) -> Reason | None:
    """What the smallest order that is not free comes to, if that is too little."""
    promotion, provider = event.promotions[place], bound.provider
    orders = orders_with(promotion, good, event)
    if not _may_cover_some(promotion):
        orders = orders[:1]
    first = bisect_left(
        orders, True, key=lambda count: not trial.quote(good, count, place, provider, plain=True).is_free
    )
    if first == len(orders):
        return None
    plain = trial.quote(good, orders[first], place, provider, plain=True)
    if not _is_below(plain):
        return None
    paid = trial.quote(good, orders[first], place, provider)
    reason = WAIVED_BY_MINIMUM if paid.is_free else RAISED_BY_MINIMUM
    return (REFUSED_BY_MINIMUM if _is_below(paid) else reason).given(
        promotion=promotion.id,
        places=orders[first],
        ticket=good.name,
        amount=plain.charged,
        provider=provider,
        minimum=bound.amount,
        charged=paid.charged,
    )


def _may_cover_some(promotion: Promotion) -> bool:
    """Whether few places may be free with it and more of them not: an amount off a whole order, once."""
    once = promotion.pick is None or promotion.pick.every is None
    return isinstance(promotion.effect, AmountOff) and promotion.scope is Scope.ORDER and once


def _is_below(quote: Quote) -> bool:
    return any(reason.code == BELOW_MINIMUM.code for reason in quote.refusals)


def _is_in_vain(event: Event, trial: Trial, place: int, good: Good) -> bool:
    """Whether neither the smallest nor the largest order that can have the promotion gets anything off."""
    orders = orders_with(event.promotions[place], good, event)
    return bool(orders) and all(trial.quote(good, count, place).skipped for count in {orders[0], orders[-1]})
