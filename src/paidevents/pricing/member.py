"""A promotion bound to an event's currency and step, and a promotion that takes part in a price."""

from fractions import Fraction

from paidevents.catalog.effects import AmountOff, Percent, SetPrice, amount_in
from paidevents.catalog.event import Event
from paidevents.catalog.promotion import Order, Pick, Promotion, Scope
from paidevents.money.amount import Money
from paidevents.pricing.phase import Phase
from paidevents.pricing.reasons import AMOUNT_OFF, PERCENT_OFF, SET_PRICE

_PHASES = {
    (Scope.UNIT, SetPrice): Phase.UNIT_SET,
    (Scope.UNIT, Percent): Phase.UNIT_PERCENT,
    (Scope.UNIT, AmountOff): Phase.UNIT_AMOUNT,
    (Scope.ORDER, SetPrice): Phase.ORDER_SET,
    (Scope.ORDER, Percent): Phase.ORDER_PERCENT,
    (Scope.ORDER, AmountOff): Phase.ORDER_AMOUNT,
}
_REASONS = {Percent: PERCENT_OFF, AmountOff: AMOUNT_OFF, SetPrice: SET_PRICE}


class BoundPromotion:
    """
    What of a promotion is the same for every quote, in whole numbers.

    Attributes:
        promotion: As it was declared.
        place: Its place among the event's promotions; also its bit in a set of them.
        phase: The phase that it is taken off in; None if it only opens tickets.
        goods: Which goods it can be taken off; None for all of them.
        numerator: Of its rate; or its amount in minor units; None if it has none in the event's currency.
        denominator: Of its rate.
        strength: Smaller is stronger; compared within a phase.
        rank: Where it stands in the `credit_order` of all: who is credited first.
        compatible: Bits of the promotions that it combines with.
    """

    __slots__ = (
        "compatible",
        "denominator",
        "goods",
        "is_order",
        "numerator",
        "phase",
        "pick",
        "place",
        "promotion",
        "rank",
        "reason",
        "strength",
        "values",
    )

    def __init__(self, promotion: Promotion, place: int, event: Event, goods: frozenset[int] | None) -> None:
        effect = promotion.effect
        self.promotion = promotion
        self.place = place
        self.goods = goods
        self.pick = promotion.pick
        self.is_order = promotion.scope is Scope.ORDER
        self.phase = None if effect is None else _PHASES[promotion.scope, type(effect)]
        self.reason = None if effect is None else _REASONS[type(effect)]
        self.numerator, self.denominator = _numbers(promotion, event)
        self.values: tuple[tuple[str, object], ...] = ()
        self.strength = Fraction(0)
        if isinstance(effect, Percent):
            self.values = (("rate", effect.rate),)
            self.strength = -effect.rate.fraction
        elif effect is not None and self.numerator is not None:
            self.values = (("amount", Money(self.numerator, event.currency)),)
            self.strength = Fraction(self.numerator if isinstance(effect, SetPrice) else -self.numerator)
        self.rank = 0
        self.compatible = 0

    @property
    def credit_order(self) -> tuple[int, Fraction, str]:
        """By priority, then the strongest, then the id."""
        return (-self.promotion.priority, self.strength, self.promotion.id)

    def combines_with(self, other: "BoundPromotion") -> bool:
        """Whether the two may be in one order: each one's class is among those the other combines with."""
        one, two = self.promotion, other.promotion
        return two.stacking_class in one.combines_with and one.stacking_class in two.combines_with

    def picked(self, hits: list[int], list_prices: list[int]) -> list[int]:
        """Those of the places *hits* that it picks, in the order of the basket."""
        if self.pick is None:
            return hits
        return sorted(ordered(hits, list_prices, self.pick)[: self.count(len(hits))])

    def count(self, matching: int) -> int:
        """How many of so many matching places it picks, if it picks."""
        pick = self.pick
        assert pick is not None
        return min(matching, pick.count if pick.every is None else matching // pick.every * pick.count)

    def groups(self, matching: int) -> int:
        """How many times a fixed amount of an order counts: once for each full group."""
        return 1 if self.pick is None or self.pick.every is None else matching // self.pick.every


def ordered(hits: list[int], list_prices: list[int], pick: Pick) -> list[int]:
    """*hits* in the order in which they are picked: by list price, then as they stand in the basket."""
    sign = 1 if pick.order is Order.CHEAPEST else -1
    return sorted(hits, key=lambda unit: (sign * list_prices[unit], unit))


def _numbers(promotion: Promotion, event: Event) -> tuple[int | None, int]:
    effect = promotion.effect
    if effect is None:
        return 0, 1
    if isinstance(effect, Percent):
        return effect.rate.ratio
    return amount_in(effect.amounts, event.currency), 1


class Member:
    """
    A promotion in one price: which places it matches, and with which code it was asked for.

    Attributes:
        bound: The promotion.
        hits: The places that it matches, in order; for an order's promotion only those that it picks.
        groups: How many times a fixed amount counts.
        code: The code as it was typed; empty for an automatic promotion.
        key: The code's key; None for an automatic promotion.
    """

    __slots__ = ("bound", "code", "groups", "hits", "key")

    def __init__(self, bound: BoundPromotion, hits: list[int], groups: int, code: str, key: str | None) -> None:
        self.bound = bound
        self.hits = hits
        self.groups = groups
        self.code = code
        self.key = key
