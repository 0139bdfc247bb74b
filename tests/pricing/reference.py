"""
An independent calculator: the meaning of a price, sentence by sentence, in exact fractions.

Slow and plain. It knows carts as plain numbers and nothing of the library, so
that where the two agree, both have read the same meaning.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from itertools import combinations, pairwise
from math import floor

from pricing.carts import Cart, Deal, Due

Row = dict[int, int]
STAGES = (
    (False, "set"),
    (False, "percent"),
    (False, "amount"),
    (True, "set"),
    (True, "percent"),
    (True, "amount"),
)


def nearest(exact: Fraction, step: int) -> int:
    """The nearest multiple of *step*; of two, the one above."""
    return step * floor(exact / step + Fraction(1, 2))


def shared(total: int, weights: Sequence[int], step: int) -> list[int]:
    """Largest remainder; ties by larger weight, then by order."""
    quotas = [Fraction(total, step) * weight / sum(weights) for weight in weights]
    shares = [floor(quota) for quota in quotas]
    places = sorted(range(len(weights)), key=lambda p: (shares[p] - quotas[p], -weights[p], p))
    for place in places[: total // step - sum(shares)]:
        shares[place] += 1
    return [share * step for share in shares]


@dataclass
class Priced:
    """
    A price. `deals` is what each deal takes off each unit, `adjusted` what the minimum
    adds or waives, `tax` all tax of a unit, `fees` for each fee its total and what is passed on, by unit.
    """

    prices: list[int]
    deals: dict[str, list[int]] = field(default_factory=dict)
    adjusted: list[int] | None = None
    refused: bool = False
    charges: list[int] = field(default_factory=list)
    tax: list[int] = field(default_factory=list)
    fees: list[tuple[list[int], list[int]]] = field(default_factory=list)

    @property
    def charged(self) -> int:
        return sum(self.charges)


class Calculator:
    """The prices of one cart."""

    def __init__(self, cart: Cart) -> None:
        self.cart = cart
        self.listed = list(cart.listed)
        self.units = cart.units
        self.rate_of = [cart.rates[ticket] for ticket in self.units]

    # What a deal is taken off.

    def matched(self, deal: Deal) -> list[int]:
        return [u for u, ticket in enumerate(self.units) if not deal.tickets or f"t{ticket}" in deal.tickets]

    def picks(self, deal: Deal) -> int:
        matched = len(self.matched(deal))
        wanted = deal.count * (matched // deal.every) if deal.every else deal.count
        return min(wanted, matched)

    def in_turn(self, deal: Deal, units: Iterable[int]) -> list[int]:
        sign = 1 if deal.cheapest else -1
        return sorted(units, key=lambda u: (sign * self.listed[u], u))

    def taken_off(self, deal: Deal) -> list[int]:
        """The set of an order's deal: the units that it picks."""
        units = self.matched(deal)
        return sorted(self.in_turn(deal, units)[: self.picks(deal)]) if deal.count else units

    def groups(self, deal: Deal) -> int:
        return len(self.matched(deal)) // deal.every if deal.every else 1

    def hits(self, deals: Sequence[Deal]) -> dict[str, list[int]]:
        """The units of each deal of one unit stage: those that pick take different ones while there are enough."""
        hits = {deal.id: self.matched(deal) for deal in deals if not deal.count}
        taken: list[int] = []
        for deal in sorted((deal for deal in deals if deal.count), key=self.turn):
            matched = self.matched(deal)
            fresh = self.in_turn(deal, (u for u in matched if u not in taken))[: self.picks(deal)]
            again = self.in_turn(deal, (u for u in taken if u in matched))[: self.picks(deal) - len(fresh)]
            hits[deal.id] = fresh + again
            taken += fresh
        return hits

    def turn(self, deal: Deal) -> tuple[object, ...]:
        matched = self.matched(deal)
        return (self.strength(deal), len(matched), matched, not deal.cheapest, self.picks(deal), deal.id)

    def strength(self, deal: Deal) -> Fraction:
        """Less is stronger."""
        return deal.share if deal.kind == "set" else -deal.share

    # One stage.

    def folded(self, kind: str, base: int, deals: Sequence[Deal]) -> int:
        """What some deals of a stage take off *base* together."""
        if not deals:
            return 0
        if kind == "set":
            return max(0, base - min(deal.minor * self.groups(deal) for deal in deals))
        if kind == "amount":
            return min(base, sum(deal.minor * self.groups(deal) for deal in deals))
        if self.cart.adds_percents:
            part = min(Fraction(1), sum((deal.share for deal in deals), Fraction(0)))
        else:
            part = 1 - reduce(lambda kept, deal: kept * (1 - deal.share), deals, Fraction(1))
        off = nearest(base * part, self.cart.quantum)
        return min(off, base - self.cart.quantum) if part < 1 and base > 0 else off

    def credits(self, kind: str, base: int, deals: Sequence[Deal]) -> list[int]:
        sums = [self.folded(kind, base, deals[:count]) for count in range(len(deals) + 1)]
        return [after - before for before, after in pairwise(sums)]

    def of_units(self, kind: str, prices: list[int], deals: list[Deal]) -> dict[str, list[int]]:
        hits = self.hits(deals)
        rows = {deal.id: [0] * len(prices) for deal in deals}
        for unit, price in enumerate(prices):
            hitting = [deal for deal in deals if unit in hits[deal.id]]
            # A fixed amount counts once for each place that it is taken off.
            plain = [Deal(deal.id, deal.kind, deal.value) for deal in hitting]
            for deal, credit in zip(plain, self.credits(kind, price, plain), strict=True):
                rows[deal.id][unit] = credit
        return rows

    def of_orders(self, kind: str, prices: list[int], deals: list[Deal]) -> dict[str, list[int]]:
        rows = {deal.id: [0] * len(prices) for deal in deals}
        sets = {tuple(self.taken_off(deal)) for deal in deals}
        for units in sets:
            members = [deal for deal in deals if tuple(self.taken_off(deal)) == units]
            credits = self.credits(kind, sum(prices[u] for u in units), members)
            left = self.spread(sum(credits), units, prices)
            for deal, credit in zip(members, credits, strict=True):
                if credit:
                    shares = shared(credit, [left[u] for u in units], self.cart.quantum)
                    for unit, share in zip(units, shares, strict=True):
                        rows[deal.id][unit] = share
                        left[unit] -= share
        return rows

    def spread(self, total: int, units: Sequence[int], prices: list[int]) -> Row:
        """Over the tax rates first, then over the units of each."""
        found = dict.fromkeys(units, 0)
        if not total:
            return found
        rates = list(dict.fromkeys(self.rate_of[u] for u in units))
        of_rate = {rate: [u for u in units if self.rate_of[u] == rate] for rate in rates}
        parts = shared(total, [sum(prices[u] for u in of_rate[rate]) for rate in rates], self.cart.quantum)
        for rate, part in zip(rates, parts, strict=True):
            if part:
                shares = shared(part, [prices[u] for u in of_rate[rate]], self.cart.quantum)
                found.update(zip(of_rate[rate], shares, strict=True))
        return found

    # The whole way.

    def price(self, deals: Sequence[Deal]) -> Priced:
        """The price with exactly these deals."""
        prices, rows = list(self.listed), {}
        ranked = sorted(deals, key=lambda deal: (-deal.priority, self.strength(deal), deal.id))
        for of_order, kind in STAGES:
            members = [deal for deal in ranked if (deal.of_order, deal.kind) == (of_order, kind)]
            if members:
                stage = (self.of_orders if of_order else self.of_units)(kind, prices, members)
                rows.update({id: row for id, row in stage.items() if any(row)})
                prices = [price - sum(row[u] for row in stage.values()) for u, price in enumerate(prices)]
        found = self.settled(prices)
        found.deals = rows
        return found

    def settled(self, prices: list[int]) -> Priced:
        plain = self.tail(prices)
        least = -(-self.cart.minimum // self.cart.quantum) * self.cart.quantum
        if not 0 < plain.charged < least:
            return plain
        if self.cart.below == "free":
            found = self.tail([0] * len(prices))
            found.adjusted = [-price for price in prices]
            return found
        if self.cart.below == "raise":
            given = [max(full - price, 0) for full, price in zip(self.listed, prices, strict=True)]
            for delta in range(self.cart.quantum, sum(given) + 1, self.cart.quantum):
                more = shared(delta, given, self.cart.quantum)
                found = self.tail([price + share for price, share in zip(prices, more, strict=True)])
                if found.charged >= least:
                    found.adjusted = more
                    return found
        plain.refused = True
        return plain

    def tail(self, prices: list[int]) -> Priced:
        """Fees passed on, tax, gross-up, and what every fee comes to."""
        cart, nothing = self.cart, [0] * len(prices)
        found = Priced(prices=prices)
        dues: dict[int, tuple[list[int], list[int]]] = {}
        grosses = self.grosses(prices)
        if any(prices):
            for place, due in enumerate(cart.dues):
                if due.base != "charged":
                    total = self.fee(due, sum(self.base(due, prices)), prices)
                    passed = nearest(total * due.share, cart.quantum)
                    dues[place] = (
                        shared(total, grosses, cart.quantum),
                        shared(passed, grosses, cart.quantum) if passed else nothing,
                    )
        fees = [sum(passed[u] for _, passed in dues.values()) for u in range(len(prices))]
        found.tax = self.taxes(prices, {place: passed for place, (_, passed) in dues.items()})
        on_top = found.tax if cart.exclusive else nothing
        before = [sum(parts) for parts in zip(prices, fees, on_top, strict=True)]
        found.charges = before
        up = [place for place, due in enumerate(cart.dues) if due.is_grossed_up]
        if up and any(before):

            def passed_on(charged: int) -> list[int]:
                return [
                    nearest(self.fee(cart.dues[place], charged, prices) * cart.dues[place].share, cart.quantum)
                    for place in up
                ]

            charged = sum(before)
            while charged - sum(passed_on(charged)) < sum(before):
                charged += cart.quantum
            for place, part in zip(up, passed_on(charged), strict=True):
                row = shared(part, before, cart.quantum)
                dues[place] = (shared(self.fee(cart.dues[place], charged, prices), before, cart.quantum), row)
                found.charges = [sum(parts) for parts in zip(found.charges, row, strict=True)]
        for place, due in enumerate(cart.dues):
            if due.base == "charged" and not due.share and any(found.charges):
                dues[place] = (shared(self.fee(due, sum(found.charges), prices), grosses, cart.quantum), nothing)
        found.fees = [dues.get(place, (nothing, nothing)) for place in range(len(cart.dues))]
        return found

    def fee(self, due: Due, base: int, prices: list[int]) -> int:
        """Free units are exempt from the fixed part."""
        fee = nearest(base * due.rate, self.cart.quantum) + due.per_order
        fee += due.per_unit * sum(1 for price in prices if price)
        fee = max(fee, due.floor)
        return fee if due.cap is None else min(fee, due.cap)

    def base(self, due: Due, prices: list[int]) -> list[int]:
        if due.base == "before_discount":
            return [full if price else 0 for full, price in zip(self.listed, prices, strict=True)]
        if due.base == "gross":
            return self.grosses(prices)
        if self.cart.exclusive:
            return prices
        return [price - tax for price, tax in zip(prices, self.taxes(prices, {}), strict=True)]

    def grosses(self, prices: list[int]) -> list[int]:
        """The unit's gross: its price with its own tax, whichever the tax mode."""
        if not self.cart.exclusive:
            return prices
        return [sum(parts) for parts in zip(prices, self.taxes(prices, {}), strict=True)]

    def taxes(self, prices: list[int], passed_on: dict[int, list[int]]) -> list[int]:
        """The tax of each unit: for each rate rounded once, then shared by what of the unit bears it."""
        taxes = [0] * len(prices)
        for rate in set(self.cart.rates):
            taxed = [price if self.rate_of[u] == rate else 0 for u, price in enumerate(prices)]
            for place, row in passed_on.items():
                like = self.cart.dues[place].taxed_like
                if like is not None and self.cart.rates[like] == rate:
                    taxed = [before + more for before, more in zip(taxed, row, strict=True)]
            if any(taxed):
                exclusive, step = self.cart.exclusive, self.cart.quantum if self.cart.exclusive else 1
                tax = nearest(sum(taxed) * (rate if exclusive else rate / (1 + rate)), step)
                taxes = [before + t for before, t in zip(taxes, shared(tax, taxed, step), strict=True)]
        return taxes

    # Which deals.

    @property
    def applicable(self) -> list[Deal]:
        """Those that match something, and pick something."""
        return [deal for deal in self.cart.deals if self.taken_off(deal)]

    def feasible(self, deals: Sequence[Deal]) -> bool:
        most = self.cart.max_codes
        if most is not None and sum(deal.coded for deal in deals) > most:
            return False
        return all(self.together(one, other) for one, other in combinations(deals, 2))

    def together(self, one: Deal, other: Deal) -> bool:
        if one.group not in other.combines or other.group not in one.combines:
            return False
        if one.of_order and other.of_order:
            mine, yours = set(self.taken_off(one)), set(self.taken_off(other))
            return mine == yours or not mine & yours
        return True

    def subsets(self) -> Iterable[tuple[Deal, ...]]:
        some = self.applicable
        for count in range(len(some) + 1):
            yield from (chosen for chosen in combinations(some, count) if self.feasible(chosen))

    def best(self) -> tuple[Deal, ...]:
        """The least charge, then the fewest codes, then the first ids."""

        def cost(deals: tuple[Deal, ...]) -> tuple[object, ...]:
            found = self.price(deals)
            # What is refused is no choice, unless there is none.
            return (found.refused, found.charged, sum(deal.coded for deal in deals), sorted(d.id for d in deals))

        return min(self.subsets(), key=cost)

    def chosen(self) -> tuple[Deal, ...]:
        """What was asked for if it combines, or the best of it."""
        some = tuple(self.applicable)
        return some if not self.cart.best and self.feasible(some) else self.best()

    def answer(self) -> Priced:
        return self.price(self.chosen())


Chosen = Callable[[Calculator], tuple[Deal, ...]]


def priced(cart: Cart) -> Priced:
    """The price of *cart*."""
    return Calculator(cart).answer()
