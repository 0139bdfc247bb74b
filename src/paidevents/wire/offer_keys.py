"""Keys of a file with an event: what is on sale, and what is taken off."""

from collections.abc import Callable
from typing import Any

from paidevents.catalog.code import PromoCode
from paidevents.catalog.effects import FREE, AmountOff, Percent, SetPrice
from paidevents.catalog.promotion import Limit, LimitOf, LimitPer, Match, Order, Pick, Promotion, Restore, Scope
from paidevents.catalog.ticket import Donation, Ticket, Tier
from paidevents.errors import InvalidValueError
from paidevents.timing.window import Window
from paidevents.wire.keys import Ground, Reader, Shape, either, leaf, made, many, needed, one_of, table
from paidevents.wire.leaves import HERE
from paidevents.wire.refusals import MISSING, NOT_ONE_OF
from paidevents.wire.written import amount, amounts, begins, currency, ends, flag, number, rate, window, words

names = many(words)


def _windowed(kind: Callable[..., Any]) -> Callable[[dict[str, Any], Ground], Any]:
    """A *kind* with a window made of both its ends."""

    def make(values: dict[str, Any], _: Ground) -> Any:
        return kind(window=Window(values.pop("starts_at", None), values.pop("ends_at", None)), **values)

    return make


TIER = Shape(
    {
        "id": needed(words),
        "name": words,
        "price": needed(amount),
        "quantity": number,
        "from": begins,
        "until": ends,
        "enabled": flag,
    },
    _windowed(Tier),
    Tier,
)

DONATION = Shape({"minimum": needed(amount), "suggestion": amount, "may_be_nothing": flag}, made(Donation), Donation)

TICKET = Shape(
    {
        "id": needed(words),
        "name": needed(words),
        "price": amount,
        "donation": table(DONATION),
        "tiers": many(table(TIER)),
        "quantity": number,
        "on_sale": window,
        "hidden": flag,
        "least_per_order": number,
        "most_per_order": number,
        "most_per_customer": number,
        "tax": words.to("tax_category"),
    },
    made(Ticket),
    Ticket,
)

CODE = Shape(
    {"text": needed(words), "enabled": flag, "from": begins, "until": ends, "uses": number},
    _windowed(PromoCode),
    PromoCode,
)


def _pick(values: dict[str, Any], _: Ground) -> Pick:
    if "count" not in values:
        raise InvalidValueError("cheapest", MISSING)
    order, count = values.pop("count")
    return Pick(count=count, order=order, **values)


PICK = Shape(
    {
        "cheapest": number.then(lambda count: (Order.CHEAPEST, count)).to("count"),
        "dearest": number.then(lambda count: (Order.DEAREST, count)).to("count"),
        "every": number,
    },
    _pick,
    Pick,
)


def _limit(reader: Reader, of: LimitOf, per: LimitPer) -> Reader:
    return reader.then(lambda most: Limit(of, most, per))


# How much there is of a promotion: of each thing that is counted, for each for whom it is counted.
_COUNTED = {
    "uses": (number, LimitOf.ORDERS),
    "places": (number, LimitOf.UNITS),
    "budget": (amount.then(lambda money: money.minor), LimitOf.AMOUNT),
}
_COUNTED_FOR = {"": LimitPer.PROMOTION, "_per_code": LimitPer.CODE, "_per_customer": LimitPer.CUSTOMER}
LIMITS = {
    name + suffix: _limit(reader, of, per)
    for name, (reader, of) in _COUNTED.items()
    for suffix, per in _COUNTED_FOR.items()
}


def _promotion(values: dict[str, Any], ground: Ground) -> Promotion:
    match = Match(**{name: values.pop(name) for name in ("tickets", "tiers", "events") if name in values})
    limits = tuple(values.pop(name) for name in LIMITS if name in values)
    promotion: Promotion = _windowed(Promotion)({"match": match, "limits": limits, **values}, ground)
    return promotion


def _free(form: object) -> Percent:
    if form is not True:
        raise InvalidValueError(HERE, NOT_ONE_OF.given(allowed="true"))
    return FREE


PROMOTION = Shape(
    {
        "id": needed(words),
        "version": number,
        "name": words,
        "percent": rate.then(Percent).to("effect"),
        "amount_off": amounts.then(AmountOff).to("effect"),
        "set_price": amounts.then(SetPrice).to("effect"),
        "free": leaf(_free, {"const": True}).to("effect"),
        "scope": one_of(Scope),
        "tickets": names,
        "tiers": names,
        "events": names,
        "pick": table(PICK),
        "from": begins,
        "until": ends,
        "channels": names,
        "currencies": many(currency),
        "least_units": number,
        "least_subtotal": amounts,
        "first_purchase": flag,
        "customers": names,
        "automatic": flag,
        "enabled": flag,
        "codes": many(either(dict, table(CODE), words.then(PromoCode))),
        **LIMITS,
        "opens": names,
        "class": words.to("stacking_class"),
        "combines_with": names,
        "priority": number,
        "restore": one_of(Restore),
    },
    _promotion,
    Promotion,
)
