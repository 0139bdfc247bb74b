"""
Small orders of every kind, as plain numbers: for laws, and for the independent calculator next door.

A cart knows nothing of the library's types until `event_of` makes an event of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import strategies as st

from paidevents import Money, Rate
from paidevents.catalog import (
    AmountOff,
    BelowMinimum,
    Event,
    EventKind,
    Fee,
    FeeBase,
    Match,
    Order,
    Percent,
    PercentMode,
    Pick,
    Policy,
    PromoCode,
    Promotion,
    Provider,
    Scope,
    Selection,
    SetPrice,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
)
from paidevents.money import EUR
from paidevents.pricing import Item, Plan, Quote

T = TypeVar("T")

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
WHOLE = Fraction(1)


@dataclass(frozen=True)
class Deal:
    """
    A promotion: `value` is a share of the price, an amount off, or the price itself, by its kind.

    `count` is how many places it picks, 0 for all; `every`, how many it needs for each pick.
    """

    id: str
    kind: str  # set, percent or amount
    value: Fraction | int
    of_order: bool = False
    tickets: tuple[str, ...] = ()
    count: int = 0
    every: int = 0
    cheapest: bool = False
    coded: bool = True
    group: str = "standard"
    combines: tuple[str, ...] = ("standard",)
    priority: int = 0

    @property
    def share(self) -> Fraction:
        return Fraction(self.value)

    @property
    def minor(self) -> int:
        assert isinstance(self.value, int)
        return self.value


@dataclass(frozen=True)
class Due:
    """
    A fee.

    `share` is what of it the buyer bears; `taxed_like` is the ticket whose tax it
    bears; `kept` says that a refund does not give it back.
    """

    rate: Fraction = Fraction(0)
    share: Fraction = Fraction(0)
    base: str = "gross"
    per_order: int = 0
    per_unit: int = 0
    floor: int = 0
    cap: int | None = None
    taxed_like: int | None = None
    kept: bool = False

    @property
    def is_grossed_up(self) -> bool:
        return self.base == "charged" and self.share > 0


@dataclass(frozen=True)
class Cart:
    """Tickets t0, t1 … with prices, tax rates and counts, and the rules that they are sold by."""

    prices: tuple[int, ...] = (1000,)
    rates: tuple[Fraction, ...] = (Fraction(0),)
    counts: tuple[int, ...] = (1,)
    deals: tuple[Deal, ...] = ()
    dues: tuple[Due, ...] = ()
    exclusive: bool = False
    adds_percents: bool = False
    below: str = "raise"
    quantum: int = 1
    minimum: int = 0
    best: bool = False
    max_codes: int | None = None

    @property
    def units(self) -> tuple[int, ...]:
        """The place of each unit's ticket, in the order of the basket."""
        return tuple(ticket for ticket, count in enumerate(self.counts) for _ in range(count))

    @property
    def listed(self) -> tuple[int, ...]:
        return tuple(self.prices[ticket] for ticket in self.units)

    @property
    def codes(self) -> list[str]:
        return [deal.id for deal in self.deals if deal.coded]


def rate_of(value: Fraction) -> Rate:
    return Rate(*value.as_integer_ratio())


def euros(minor: int | None) -> Money | None:
    return None if minor is None else Money(minor, EUR)


def promotion_of(deal: Deal) -> Promotion:
    effect: Any
    if deal.kind == "percent":
        effect = Percent(rate_of(deal.share))
    else:
        effect = {"set": SetPrice, "amount": AmountOff}[deal.kind]((Money(deal.minor, EUR),))
    pick = None
    if deal.count:
        order = Order.CHEAPEST if deal.cheapest else Order.DEAREST
        pick = Pick(count=deal.count, order=order, every=deal.every or None)
    return Promotion(
        id=deal.id,
        effect=effect,
        scope=Scope.ORDER if deal.of_order else Scope.UNIT,
        match=Match(tickets=deal.tickets),
        pick=pick,
        automatic=not deal.coded,
        codes=(PromoCode(deal.id),) if deal.coded else (),
        stacking_class=deal.group,
        combines_with=deal.combines,
        priority=deal.priority,
    )


def fee_of(place: int, due: Due) -> Fee:
    return Fee(
        id=f"fee{place}",
        rate=rate_of(due.rate),
        base=FeeBase(due.base),
        per_order=euros(due.per_order) if due.per_order else None,
        per_unit=euros(due.per_unit) if due.per_unit else None,
        floor=euros(due.floor) if due.floor else None,
        cap=euros(due.cap),
        buyer_share=rate_of(due.share),
        # A category of its own, so that the rate of tax is the same although the category is not.
        tax_category=None if due.taxed_like is None else f"fee{due.taxed_like}",
        refundable=not due.kept,
    )


def event_of(cart: Cart) -> Event:
    rates = tuple(
        TaxRate(country="FR", rate=rate_of(rate), category=f"{of}{ticket}")
        for ticket, rate in enumerate(cart.rates)
        for of in ("t", "fee")
    )
    return Event(
        id="cart",
        title="A cart",
        zone="UTC",
        currency=EUR,
        kind=EventKind.ON_DEMAND,
        tickets=tuple(
            Ticket(id=f"t{place}", name=f"T{place}", price=Money(price, EUR), tax_category=f"t{place}")
            for place, price in enumerate(cart.prices)
        ),
        promotions=tuple(map(promotion_of, cart.deals)),
        fees=tuple(fee_of(place, due) for place, due in enumerate(cart.dues)),
        tax=TaxTable(mode=TaxMode.EXCLUSIVE if cart.exclusive else TaxMode.INCLUSIVE, seller="FR", rates=rates),
        providers=(Provider(name="card", minimum=euros(cart.minimum), step=cart.quantum),),
        policy=Policy(
            percent_mode=PercentMode.ADD if cart.adds_percents else PercentMode.COMPOUND,
            below_minimum=BelowMinimum(cart.below),
            selection=Selection.BEST if cart.best else Selection.EXPLICIT,
            max_codes=cart.max_codes,
        ),
    )


def basket_of(cart: Cart) -> list[Item]:
    return [Item(f"t{place}", count) for place, count in enumerate(cart.counts) if count]


def quote_of(cart: Cart, codes: Sequence[str] | None = None) -> Quote:
    return Plan(event_of(cart)).quote(basket_of(cart), cart.codes if codes is None else codes, at=AT)


def charge_of(cart: Cart) -> int:
    return quote_of(cart).charged.minor


def prices_of(quote: Quote) -> list[int]:
    return [unit.price.minor for unit in quote.units]


def credits_of(quote: Quote) -> dict[str, tuple[int, ...]]:
    """What each promotion takes off each place."""
    return {line.promotion: tuple(-minor for minor in line.per_unit) for line in quote.lines if line.promotion}


# How carts are drawn.

SMALL = st.integers(0, 255)
TAXES = tuple(map(Fraction, ("0", "1/5", "19/100", "7/100", "1/4", "71/800", "1/5")))
SHARES = tuple(map(Fraction, ("1/10", "3/20", "1/3", "1/2", "99/100", "9999/10000", "1", "7/1000", "33/100", "1/1000")))
NEARLY = tuple(map(Fraction, ("99/100", "9/10", "9999/10000", "19/20")))
KINDS = ("percent", "amount", "set")
GROUPS = ("standard", "standard", "extra", "alone")


@dataclass(frozen=True)
class Dice:
    """Decisions made of numbers below 256; the first choice is the plain one."""

    thrown: Callable[[], int]

    def below(self, count: int) -> int:
        return self.thrown() % count

    def choice(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def minor(self, most: int, quantum: int) -> int:
        """A multiple of *quantum* up to *most* of them; small ones as often as large ones."""
        wide = (self.thrown() << 8 | self.thrown()) if self.below(2) else self.thrown() % 32
        return (wide % most + 1) * quantum


def a_deal(dice: Dice, place: int, cart_tickets: int, quantum: int, *, picks: bool, matches: bool) -> Deal:
    kind = dice.choice(KINDS)
    value: Fraction | int = dice.choice(SHARES) if kind == "percent" else dice.minor(3000, quantum)
    if kind == "set" and dice.below(8) == 7:
        value = 0
    tickets: tuple[str, ...] = ()
    if matches and dice.below(3) == 2:
        tickets = tuple(f"t{ticket}" for ticket in range(cart_tickets) if dice.below(2))
    count = every = 0
    if picks and dice.below(3) == 2:
        count = 1 + dice.below(3)
        every = count + dice.below(2) if dice.below(2) else 0
    return Deal(
        # Ids whose order says nothing.
        id=f"{'dbfaec'[place % 6]}{place}",
        kind=kind,
        value=value,
        of_order=dice.below(3) == 2,
        tickets=tickets,
        count=count,
        every=every,
        cheapest=dice.below(2) == 1,
        coded=dice.below(5) < 4,
        priority=dice.below(3),
    )


def a_due(dice: Dice, tickets: int, quantum: int) -> Due:
    base = dice.choice(("gross", "net", "before_discount", "charged"))
    share = dice.choice((Fraction(0), WHOLE, Fraction(2, 5)))
    untaxed = base == "charged" and share > 0
    floor = dice.minor(60, quantum) if dice.below(4) == 3 else 0
    return Due(
        rate=dice.choice((Fraction(1, 20), Fraction(29, 1000), Fraction(0), Fraction(1, 4))),
        share=share,
        base=base,
        per_order=dice.minor(50, quantum) if dice.below(3) == 2 else 0,
        per_unit=dice.minor(50, quantum) if dice.below(3) == 2 else 0,
        floor=floor,
        cap=floor + dice.minor(300, quantum) if dice.below(4) == 3 else None,
        taxed_like=None if untaxed or dice.below(3) == 2 else dice.below(tickets),
        kept=dice.below(3) == 2,
    )


def a_cart(
    dice: Dice,
    *,
    deals: int = 6,
    dues: int = 2,
    picks: bool = True,
    matches: bool = True,
    groups: bool = False,
    rejects: bool = False,
    exclusive: bool | None = None,
    one_rate: bool = False,
    best: bool = False,
    low: bool = False,
) -> Cart:
    """
    Carts of one to four tickets with up to so many *deals* and *dues*.

    Args:
        picks: Deals may pick some of their places.
        matches: Deals may be for some tickets only.
        groups: Deals may not combine, and codes be too many.
        rejects: The policy below the minimum may be to reject.
        exclusive: Whether taxes are on top; either if not given.
        one_rate: All tickets bear one rate of tax.
        best: Only the best deals are taken.
        low: There is a minimum, and a deal that takes nearly everything off.
    """
    quantum = dice.choice((1, 1, 5, 10, 100))
    tickets = 1 + dice.below(4)
    # Below its minimum nothing can be sold at all, so no price is.
    minimums = (50, 200) if low else (0, 50, 200, 1)
    minimum = dice.choice(minimums) if quantum < 100 else dice.choice((200, 200 if low else 0))
    lowest = -(-minimum // quantum)
    prices = tuple(dice.minor(3000, quantum) + lowest * quantum for _ in range(tickets))
    if dice.below(6) == 5:
        prices = (0, *prices[1:])
    rates = tuple(dice.choice(TAXES) for _ in range(tickets))
    some = tuple(
        a_deal(dice, place, tickets, quantum, picks=picks, matches=matches) for place in range(dice.below(deals + 1))
    )
    if low:
        some += (Deal("low", "percent", dice.choice(NEARLY), bool(dice.below(2))),)
    if groups:
        some = tuple(grouped(dice, deal) for deal in some)
    return Cart(
        prices=prices,
        rates=rates[:1] * tickets if one_rate else rates,
        counts=(1 + dice.below(3), *(dice.below(4) for _ in range(tickets - 1))),
        deals=some,
        dues=tuple(a_due(dice, tickets, quantum) for _ in range(dice.below(dues + 1))),
        exclusive=dice.below(3) == 2 if exclusive is None else exclusive,
        adds_percents=dice.below(3) == 2,
        below=dice.choice(("raise", "free", "reject") if rejects else ("raise", "free")),
        quantum=quantum,
        minimum=minimum,
        best=best,
        max_codes=dice.choice((None, None, 0, 1, 2, 3)) if groups else None,
    )


@st.composite
def carts(draw: st.DrawFn, /, **bounds: Any) -> Cart:
    """Carts within the bounds of `a_cart`."""
    return a_cart(Dice(lambda: draw(SMALL)), **bounds)


def grouped(dice: Dice, deal: Deal) -> Deal:
    """*deal* in a class that may not combine with others."""
    combines = tuple(group for group in ("standard", "extra") if dice.below(4) < 3)
    return replace(deal, group=dice.choice(GROUPS), combines=combines)


def follows_the_sum(cart: Cart) -> bool:
    """
    Whether what is charged depends on the sum of the prices alone.

    It does not where a tax on top, or a passed-on fee on prices before tax, has several
    rates, nor where a passed-on fee counts the places that cost something.
    """
    several = len({cart.rates[ticket] for ticket in cart.units}) > 1
    passed_on = [due for due in cart.dues if due.share]
    counted = any(due.per_unit or due.base == "before_discount" for due in passed_on)
    return not counted and not (several and (cart.exclusive or any(due.base == "net" for due in passed_on)))
