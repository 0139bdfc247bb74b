"""The one way from list prices to what is charged: the stages of an event, bound once for some terms."""

from collections.abc import Callable, Sequence

from paidevents.catalog.decisions import BelowMinimum
from paidevents.catalog.event import Event
from paidevents.catalog.fees import NOTHING, Fee, FeeBase
from paidevents.pricing.draft import Draft
from paidevents.pricing.member import Member
from paidevents.pricing.phase import Phase, Stage, Step
from paidevents.pricing.stages.fees import bound_fees
from paidevents.pricing.stages.minimum import Minimum
from paidevents.pricing.stages.standard import STANDARD_STEPS
from paidevents.pricing.taxation import Taxation
from paidevents.pricing.terms import Terms


class Cart:
    """
    The places to be priced, before any discount.

    Attributes:
        goods: By place, which of the plan's goods it is.
        list_prices: Minor units, by place.
        rates: By place, which of the taxation's keys it bears.
        taxation: The taxes of the buyer.
    """

    __slots__ = ("goods", "list_prices", "rates", "taxation")

    def __init__(self, goods: list[int], list_prices: list[int], rates: list[int], taxation: Taxation) -> None:
        self.goods = goods
        self.list_prices = list_prices
        self.rates = rates
        self.taxation = taxation


class Pipeline:
    """
    The stages of an event under some terms.

    Attributes:
        terms: What the provider charges.
        fees: Every fee, whoever bears it.
    """

    __slots__ = ("_all_ours", "_discounts", "_is_monotone", "_minimum", "_rejects", "_takes_of_net", "fees", "terms")

    def __init__(self, event: Event, terms: Terms, steps: Sequence[Step]) -> None:
        self.terms = terms
        self.fees = bound_fees(event, terms)
        bound: list[tuple[Phase, Stage]] = []
        for step in sorted(steps, key=lambda step: (step.phase.place, step.name)):
            stage = step.bind(event, terms)
            if stage is not None:
                bound.append((step.phase, stage))
        self._rejects = event.policy.below_minimum is BelowMinimum.REJECT
        self._all_ours = all(step in STANDARD_STEPS for step in steps)
        tail_is_ours = all(step in STANDARD_STEPS for step in steps if step.phase.place > Phase.MINIMUM.place)
        self._discounts = [(phase, stage) for phase, stage in bound if phase.place <= Phase.MINIMUM.place]
        tail = [(phase, stage) for phase, stage in bound if phase.place > Phase.MINIMUM.place]
        self._minimum = Minimum(event, terms, tail, tail_is_ours)
        passed_on = [fee.fee for fee in self.fees if fee.fee.buyer_share > NOTHING]
        self._is_monotone = self._all_ours and not self._rejects and not any(map(_counts_places, passed_on))
        self._takes_of_net = any(fee.base is FeeBase.NET for fee in passed_on)

    def more_is_never_dearer(self, cart: Cart) -> bool:
        """
        Whether adding a promotion never raises what is charged for *cart*; the search relies on it.

        With several rates of tax it may: 100.00 untaxed and 100.00 with 20 % on top, together for
        100.00, are 110.00. Were the first free, all of the 100.00 would be taxed.
        """
        has_one_rate = len(set(cart.rates)) <= 1
        return self._is_monotone and (has_one_rate or not (cart.taxation.exclusive or self._takes_of_net))

    def charges(self, cart: Cart) -> Callable[[Sequence[Member]], int | None]:
        """
        A function that tells what is charged for *cart* with some promotions; None if that is refused.

        For a search: what a stage makes of the same prices with the same members, and what is
        charged for the same prices, is worked out once.
        """
        if not self._all_ours:
            return lambda members: self._charged(*self.price(cart, members))
        after: dict[tuple[object, ...], tuple[int, ...]] = {}
        charged: dict[tuple[int, ...], int | None] = {}

        def charge(members: Sequence[Member]) -> int | None:
            prices = tuple(cart.list_prices)
            by_phase = _by_phase(members)
            for phase, stage in self._discounts:
                mine = by_phase.get(phase)
                if mine is None:
                    if phase is not Phase.FACE:
                        continue  # our other stages take off what promotions say
                    mine = NOBODY
                key = (phase.value, prices, *map(id, mine))
                found = after.get(key)
                if found is None:
                    draft = self._draft(cart, list(prices), {phase: mine})
                    draft.phase = phase
                    stage(draft)
                    found = after[key] = tuple(draft.prices)
                prices = found
            if prices not in charged:
                draft = self._draft(cart, list(prices), {})
                charged[prices] = self._charged(draft, self._minimum.settle(draft))
            return charged[prices]

        return charge

    def charges_the_same_fees(self, other: "Pipeline") -> bool:
        """Whether another provider's payments bear the same fees."""
        return [fee.fee for fee in self.fees] == [fee.fee for fee in other.fees]

    def price(self, cart: Cart, members: Sequence[Member]) -> tuple[Draft, bool]:
        """
        The price of *cart* with exactly these promotions.

        Returns:
            The price, and whether it is refused for being below the minimum.
        """
        draft = self._draft(cart, cart.list_prices, _by_phase(members))
        for phase, stage in self._discounts:
            draft.phase = phase
            stage(draft)
        return draft, self._minimum.settle(draft)

    def _charged(self, draft: Draft, below: bool) -> int | None:
        return None if below and self._rejects else draft.charged

    def _draft(self, cart: Cart, prices: list[int], by_phase: dict[Phase, list[Member]]) -> Draft:
        return Draft(cart.list_prices, prices, cart.goods, cart.rates, cart.taxation, self.terms.quantum, by_phase)


NOBODY: list[Member] = []


def _by_phase(members: Sequence[Member]) -> dict[Phase, list[Member]]:
    """The members of each phase, in the order in which they are credited."""
    by_phase: dict[Phase, list[Member]] = {}
    for member in sorted(members, key=_rank) if len(members) > 1 else members:
        phase = member.bound.phase
        assert phase is not None
        by_phase.setdefault(phase, []).append(member)
    return by_phase


def _counts_places(fee: Fee) -> bool:
    """Whether a fee depends on how a price is shared among the places, and not on their sum alone."""
    by_place = (fee.per_unit, fee.unit_floor, fee.unit_cap)
    exempt = fee.base is FeeBase.BEFORE_DISCOUNT and fee.free_units_exempt
    return exempt or any(amount is not None for amount in by_place)


def _rank(member: Member) -> int:
    return member.bound.rank
