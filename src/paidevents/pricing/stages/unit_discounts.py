"""Discounts on each place by itself: set prices, percentages, amounts."""

from attrs import frozen

from paidevents.catalog.event import Event
from paidevents.catalog.promotion import Order
from paidevents.pricing.draft import Draft
from paidevents.pricing.member import Member, ordered
from paidevents.pricing.phase import Phase, Stage
from paidevents.pricing.stages.folding import fold_amount, fold_set, percent_fold
from paidevents.pricing.terms import Terms


@frozen
class UnitDiscounts:
    """
    What promotions take off single places, in one phase.

    Places of equal price that are hit by the same promotions end at equal prices.

    Attributes:
        phase: `UNIT_SET`, `UNIT_PERCENT` or `UNIT_AMOUNT`.
    """

    phase: Phase

    @property
    def name(self) -> str:
        return self.phase.value

    def bind(self, event: Event, terms: Terms) -> Stage:
        """See `Step.bind`."""
        phase, quantum = self.phase, terms.quantum
        percent = percent_fold(event.policy.percent_mode)
        fold = {Phase.UNIT_SET: fold_set, Phase.UNIT_PERCENT: percent, Phase.UNIT_AMOUNT: fold_amount}[phase]

        def stage(draft: Draft) -> None:
            members = draft.members.get(phase)
            if not members:
                return
            by_unit = _members_by_unit(members, draft)
            credits = [[0] * len(draft.prices) for _ in members]
            place_of = {id(member): place for place, member in enumerate(members)}
            known: dict[tuple[int, ...], list[int]] = {}
            for unit, hitting in by_unit.items():
                base = draft.prices[unit]
                key = (base, *map(id, hitting))
                shares = known.get(key)
                if shares is None:
                    shares = known[key] = fold(base, hitting, quantum)
                for member, share in zip(hitting, shares, strict=True):
                    credits[place_of[id(member)]][unit] = -share
            for member, row in zip(members, credits, strict=True):
                if any(row):
                    bound = member.bound
                    promotion = bound.promotion
                    assert bound.reason is not None
                    draft.add_row(bound.reason, row, bound.values, promotion.id, promotion.version, member.code)

        return stage


def _members_by_unit(members: list[Member], draft: Draft) -> dict[int, list[Member]]:
    """Who hits which place, each in the order of the members."""
    hits = {id(member): member.hits for member in members if member.bound.pick is None}
    if len(hits) < len(members):
        hits.update(_distinct_picks([member for member in members if member.bound.pick is not None], draft))
    by_unit: dict[int, list[Member]] = {}
    for member in members:
        for unit in hits[id(member)]:
            by_unit.setdefault(unit, []).append(member)
    return by_unit


def _distinct_picks(pickers: list[Member], draft: Draft) -> dict[int, list[int]]:
    """
    The places that each picks: others than those picked before, while there are enough.

    Three codes "one ticket free" on four tickets free three tickets, whatever
    the codes are called and in whichever order they were typed.
    """

    def turn(member: Member) -> tuple[object, ...]:
        pick = member.bound.pick
        assert pick is not None
        cheapest_first = pick.order is not Order.CHEAPEST
        count = member.bound.count(len(member.hits))
        return (member.bound.strength, len(member.hits), member.hits, cheapest_first, count, member.bound.promotion.id)

    picked: dict[int, list[int]] = {}
    taken: list[int] = []
    for member in sorted(pickers, key=turn):
        pick = member.bound.pick
        assert pick is not None
        count = member.bound.count(len(member.hits))
        matching = set(member.hits)
        fresh = ordered([unit for unit in member.hits if unit not in taken], draft.list_prices, pick)[:count]
        again = ordered([unit for unit in taken if unit in matching], draft.list_prices, pick)[: count - len(fresh)]
        taken += fresh
        picked[id(member)] = fresh + again
    return picked
