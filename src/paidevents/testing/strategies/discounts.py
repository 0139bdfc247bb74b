"""Strategies for promotions: what they take off, of what, how often, and with which codes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from paidevents.catalog.code import PromoCode
from paidevents.catalog.effects import AmountOff, Effect, Percent, SetPrice
from paidevents.catalog.promotion import Limit, LimitOf, LimitPer, Match, Order, Pick, Promotion, Restore, Scope
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.testing.strategies.amounts import Bounds, Dice, Prices, made
from paidevents.testing.strategies.offers import LOTS, NEW_YEAR
from paidevents.timing.window import Window

# Nothing ends in a digit, so that a number behind it makes another code of it.
WORDS = ("SAVE", "friend-", "GRATUIT", "Été", "ΣΑΣ.", "straße_", "Ⅳ-")
CLASSES = ("standard", "extra", "group")
ELSEWHERE = Money.of("10.00", "NOK")
FINE_RATES = (Rate(1, 3), Rate(1, 1), Rate(1, 10_000), Rate(71, 800))
LIMITS = tuple((of, per) for of in LimitOf for per in LimitPer)
DAY = timedelta(days=1)


def percents() -> st.SearchStrategy[Percent]:
    """Shares off; often whole percents, now and then all of it."""
    return made(a_percent)


def a_percent(dice: Dice) -> Percent:
    """A share off."""
    return Percent(dice.choice(FINE_RATES) if dice.one_in(3) else Rate(dice.between(1, 99), 100))


def amounts_off(bounds: Bounds = None) -> st.SearchStrategy[AmountOff]:
    """Amounts off, at least one step; some know another currency too."""
    return made(lambda dice: an_amount_off(dice, bounds))


def an_amount_off(dice: Dice, bounds: Bounds) -> AmountOff:
    """An amount off within *bounds*."""
    prices = dice.prices(bounds)
    return AmountOff((dice.amount(prices, prices.step, prices.most // 4), *_elsewhere(dice)))


def set_prices(bounds: Bounds = None) -> st.SearchStrategy[SetPrice]:
    """Prices that are set, some of them nothing; some know another currency too."""
    return made(lambda dice: a_set_price(dice, bounds))


def a_set_price(dice: Dice, bounds: Bounds) -> SetPrice:
    """A price that is set within *bounds*."""
    return SetPrice((dice.charge(dice.prices(bounds)), *_elsewhere(dice)))


def _elsewhere(dice: Dice) -> tuple[Money, ...]:
    return (ELSEWHERE,) if dice.one_in(5) else ()


def effects(bounds: Bounds = None) -> st.SearchStrategy[Effect]:
    """What is taken off, in every way."""
    return made(lambda dice: an_effect(dice, bounds))


def an_effect(dice: Dice, bounds: Bounds) -> Effect:
    """One of the three."""
    which = dice.below(4)
    if which == 3:
        return a_set_price(dice, bounds)
    return an_amount_off(dice, bounds) if which == 2 else a_percent(dice)


def picks() -> st.SearchStrategy[Pick]:
    """The dearest or the cheapest of an order, or of each full group."""
    return made(a_pick)


def a_pick(dice: Dice) -> Pick:
    """A pick of up to three."""
    count = dice.between(1, 3)
    every = count + dice.below(4) if dice.one_in(2) else None
    return Pick(count=count, order=dice.choice(tuple(Order)), every=every)


def matches(
    tickets: Sequence[str] = ("standard", "vip"),
    tiers: Sequence[str] = LOTS,
    events: Sequence[str] = ("talk",),
) -> st.SearchStrategy[Match]:
    """What can be matched: everything, or some of the ids of *tickets*, *tiers* and *events*."""
    return made(lambda dice: a_match(dice, tickets, tiers, events))


def a_match(dice: Dice, tickets: Sequence[str], tiers: Sequence[str], events: Sequence[str]) -> Match:
    """A match of some of these, every other time of everything."""
    if not dice.one_in(2):
        return Match()
    return Match(tickets=dice.some(tickets, 2), tiers=dice.some(tiers, 1), events=dice.some(events, 1))


def promotion_limits() -> st.SearchStrategy[Limit]:
    """How much of a promotion there is: orders, places or money, in all, of a code, or for a customer."""
    return made(lambda dice: a_limit(dice, *dice.choice(LIMITS)))


def a_limit(dice: Dice, of: LimitOf, per: LimitPer) -> Limit:
    """A limit that counts *of*, for *per*."""
    return Limit(of, dice.below(20 if of is not LimitOf.AMOUNT else 100_000), per)


def codes() -> st.SearchStrategy[PromoCode]:
    """Codes as organizers write them, for some time and so many orders, or without end."""
    return made(lambda dice: a_code(dice, dice.below(100), NEW_YEAR))


def a_code(dice: Dice, number: int, starts_at: datetime) -> PromoCode:
    """A code; two of different *number* do not read alike."""
    text = f"{dice.choice(WORDS)}{number}"
    if not dice.one_in(3):
        return PromoCode(text)
    uses = dice.below(20) if dice.one_in(2) else None
    return PromoCode(text, enabled=not dice.one_in(5), window=_window(dice, starts_at), uses=uses)


def _window(dice: Dice, starts_at: datetime) -> Window:
    """Mostly open on both ends; else it ends before an event, or begins before it, or both."""
    if not dice.one_in(3):
        return Window()
    opens_at = starts_at - 60 * DAY if dice.one_in(2) else None
    return Window(opens_at, starts_at - 7 * DAY if opens_at is None or dice.one_in(2) else None)


def promotions(bounds: Bounds = None) -> st.SearchStrategy[Promotion]:
    """Promotions of every effect, scope, pick, limit and class, with codes or without."""
    return made(lambda dice: a_promotion(dice, bounds, "save", NEW_YEAR))


def a_promotion(
    dice: Dice,
    bounds: Bounds,
    id: str,
    starts_at: datetime,
    *,
    match: Match | None = None,
    opens: Sequence[str] = (),
    number: int = 0,
) -> Promotion:
    """A promotion that opens all of the tickets *opens*; its codes have *number* and the two after it."""
    prices = dice.prices(bounds)
    automatic = dice.one_in(4)
    return Promotion(
        id=id,
        effect=None if opens and dice.one_in(2) else an_effect(dice, prices),
        match=a_match(dice, ("standard", "vip"), LOTS, ("talk",)) if match is None else match,
        automatic=automatic,
        codes=() if automatic else _codes(dice, number, starts_at),
        opens=tuple(opens),
        **(_reach(dice.together(), automatic, starts_at) if dice.one_in(2) else {}),
        **(_stacking(dice.together()) if dice.one_in(2) else {}),
        **(_conditions(dice.together(), prices) if dice.one_in(3) else {}),
    )


def _reach(dice: Dice, automatic: bool, starts_at: datetime) -> dict[str, Any]:
    """How much a promotion takes off, how long, and how often."""
    limits = dice.some([limit for limit in LIMITS if not (automatic and limit[1] is LimitPer.CODE)], 2)
    return {
        "scope": dice.choice((Scope.ORDER, Scope.UNIT)),
        "pick": a_pick(dice) if dice.one_in(2) else None,
        "window": _window(dice, starts_at),
        "limits": tuple(a_limit(dice, of, per) for of, per in limits),
        "enabled": not dice.one_in(8),
    }


def _stacking(dice: Dice) -> dict[str, Any]:
    """With what a promotion combines, and what becomes of it."""
    return {
        "stacking_class": dice.choice(CLASSES),
        "combines_with": dice.some(CLASSES, 3),
        "priority": dice.between(0, 2),
        "restore": dice.choice(tuple(Restore)),
        "version": dice.between(1, 3),
    }


def _codes(dice: Dice, number: int, starts_at: datetime) -> tuple[PromoCode, ...]:
    return tuple(a_code(dice.together(), number + place, starts_at) for place in range(dice.between(1, 3)))


def _conditions(dice: Dice, prices: Prices) -> dict[str, Any]:
    """For whom and for how much a promotion holds, where it does not hold for all."""
    known = (prices.currency, ELSEWHERE.currency)
    return {
        "channels": dice.some(("web", "widget"), 2),
        "currencies": known[: dice.below(3)],
        "least_units": dice.below(6),
        "least_subtotal": (dice.amount(prices, prices.step, prices.most), ELSEWHERE) if dice.one_in(2) else (),
        "first_purchase": dice.one_in(3),
        "customers": dice.some(("customer-1", "customer-2"), 2),
    }
