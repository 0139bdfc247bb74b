"""
Where the amounts of one event lie, and the dice that events are made with.

An event takes some two hundred decisions. A strategy made for each of them would
cost four times as much, so all are thrown with the same few; and what matters
little one by one is thrown together, for a failing test is made smaller choice by choice.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from attrs import define, frozen
from hypothesis import strategies as st

from paidevents.checks import INT64_MAX, between, of_kind, settle
from paidevents.money.amount import Money
from paidevents.money.currency import Currency

T = TypeVar("T")

# Of two decimals, none and three; taken by both providers, by them in whole units only, by neither.
USUAL = ("EUR", "USD", "GBP", "CHF", "PLN", "SEK", "CZK", "MXN", "JPY", "HUF", "TWD", "KWD")

_ROOM = 2**62
_FEW, _MANY, _ALL = st.integers(0, 255), st.integers(0, 2**22 - 1), st.integers(0, _ROOM - 1)
# Of a large range Hypothesis likes small numbers best; of bytes it likes all.
_WIDTH = 16
_BYTES = st.binary(min_size=_WIDTH, max_size=_WIDTH)


@frozen
class Prices:
    """
    Where the amounts of an event lie.

    Attributes:
        currency: Their currency.
        step: They are multiples of so many minor units.
        least: A price is nothing, or at least so many minor units.
        most: And at most so many; about two thousand major units if it is not said.

    Raises:
        InvalidValueError: An attribute that cannot be, or no amount lies between.

    Example:
        >>> from paidevents.money import CHF
        >>> Prices(CHF, step=5, least=52).up(52)
        55
    """

    currency: Currency
    step: int = 1
    least: int = 1
    most: int = 0

    def __attrs_post_init__(self) -> None:
        settle(self, currency=of_kind(Currency), step=between(1, 10**12), least=between(0, 10**12))
        if self.most == 0:
            usual: int = 2 * 10 ** max(self.currency.digits + 3, 5)
            object.__setattr__(self, "most", max(usual, 100 * self.least, 100 * self.step))
        settle(self, most=between(self.up(self.least), INT64_MAX))

    def up(self, minor: int) -> int:
        """The next multiple of the step from *minor* on."""
        return -(-minor // self.step) * self.step

    @property
    def coin(self) -> int:
        """About one major unit."""
        return self.up(10**self.currency.digits)


Bounds = Prices | Currency | None


@define
class Dice:
    """What decides, in the hands of Hypothesis; everything shrinks to the first choice."""

    draw: st.DrawFn

    def together(self) -> "Dice":
        """Dice that fall together: one number decides all that they are asked."""
        return _Together(self.draw)

    def at_once(self) -> "Dice":
        """Dice for what is only the ground of something else: a few draws decide all of it, with its parts."""
        return _AtOnce(self.draw)

    def below(self, count: int) -> int:
        """A number from 0 to just below *count*."""
        return self.draw(_FEW if count <= 64 else _MANY) % count if count > 1 else 0

    def between(self, low: int, high: int) -> int:
        """A number from *low* to *high*."""
        return low + self.below(high - low + 1)

    def choice(self, choices: Sequence[T]) -> T:
        """One of *choices*."""
        return choices[self.below(len(choices))]

    def part(self, make: "Callable[[Dice], T]") -> T:
        """What *make* makes of the dice, by itself: what fails is made smaller part by part."""
        return self.draw(made(make))

    def one_in(self, count: int) -> bool:
        """True once in *count* times."""
        return self.below(count) == count - 1

    def some(self, things: Sequence[T], most: int, least: int = 0) -> tuple[T, ...]:
        """From *least* to *most* of *things*, none twice, in any order."""
        left = list(things)
        count = self.between(least, min(most, len(left)))
        return tuple(left.pop(self.below(len(left))) for _ in range(count))

    def prices(self, bounds: Bounds) -> Prices:
        """The *bounds*, or those of a currency, or those of any."""
        if isinstance(bounds, Prices):
            return bounds
        return Prices(Currency(self.choice(USUAL)) if bounds is None else bounds)

    def amount(self, prices: Prices, low: int, high: int) -> Money:
        """An amount between *low* and *high*, a multiple of the step; often of the whole major unit."""
        number, fine = divmod(self.below(2**21), 3)
        unit = prices.step if fine == 2 or -(-low // prices.coin) > high // prices.coin else prices.coin
        least, most = -(-low // unit), high // unit
        return Money((least + number % (most - least + 1)) * unit, prices.currency)

    def charge(self, prices: Prices) -> Money:
        """What a ticket can cost: an amount, or now and then nothing."""
        if self.one_in(8):
            return Money.zero(prices.currency)
        return self.amount(prices, prices.least, prices.most)


@define
class _Together(Dice):
    """The rest of a number that was drawn, and how much can still be decided by it."""

    number: int = 0
    room: int = 1

    def below(self, count: int) -> int:
        if self.room < count:
            self.number, self.room = self.draw(_ALL), _ROOM
        self.number, found = divmod(self.number, count)
        self.room //= count
        return found


@define
class _AtOnce(_Together):
    """The same with more room, for whatever is made with it."""

    def below(self, count: int) -> int:
        if self.room < count:
            self.number, self.room = int.from_bytes(self.draw(_BYTES)), 2 ** (8 * _WIDTH)
        self.number, found = divmod(self.number, count)
        self.room //= count
        return found

    def together(self) -> Dice:
        return self

    def part(self, make: Callable[[Dice], T]) -> T:
        return make(self)


@st.composite
def _dice(draw: st.DrawFn) -> Dice:
    return Dice(draw)


_DICE = _dice()


def made(make: Callable[[Dice], T]) -> st.SearchStrategy[T]:
    """The strategy of what *make* makes of the dice."""
    return _DICE.map(make)


def usual_currencies() -> st.SearchStrategy[Currency]:
    """The currencies in which events are drawn."""
    return st.sampled_from(USUAL).map(Currency)
