"""Discounts on several places together: a set price, a percentage, an amount, shared out to the last unit."""

from collections.abc import Sequence

from attrs import frozen

from paidevents.catalog.event import Event
from paidevents.money.alloc import alloc
from paidevents.pricing.draft import Draft
from paidevents.pricing.member import Member
from paidevents.pricing.phase import Phase, Stage
from paidevents.pricing.stages.folding import Fold, fold_amount, fold_set, percent_fold
from paidevents.pricing.terms import Terms


@frozen
class OrderDiscounts:
    """
    What promotions take off an order, in one phase.

    Rounded once, then shared by price: over the rates of tax first, so that
    none of them bears it alone, then over the places of each.

    Attributes:
        phase: `ORDER_SET`, `ORDER_PERCENT` or `ORDER_AMOUNT`.
    """

    phase: Phase

    @property
    def name(self) -> str:
        return self.phase.value

    def bind(self, event: Event, terms: Terms) -> Stage:
        """See `Step.bind`."""
        phase = self.phase
        percent = percent_fold(event.policy.percent_mode)
        fold = {Phase.ORDER_SET: fold_set, Phase.ORDER_PERCENT: percent, Phase.ORDER_AMOUNT: fold_amount}[phase]

        def stage(draft: Draft) -> None:
            members = draft.members.get(phase)
            if not members:
                return
            groups: dict[tuple[int, ...], list[Member]] = {}
            for member in members:
                groups.setdefault(tuple(member.hits), []).append(member)
            rows: dict[int, list[int]] = {}
            for units, together in groups.items():
                for member, row in zip(together, _shared(fold, units, together, draft), strict=True):
                    rows[id(member)] = row
            for member in members:
                row = rows[id(member)]
                if any(row):
                    bound = member.bound
                    promotion = bound.promotion
                    assert bound.reason is not None
                    draft.add_row(bound.reason, row, bound.values, promotion.id, promotion.version, member.code)

        return stage


def _shared(fold: Fold, units: tuple[int, ...], members: list[Member], draft: Draft) -> list[list[int]]:
    """The row of each member: exact by place, and exact by promotion."""
    quantum = draft.quantum
    nothing = [0] * len(draft.prices)
    base = sum(draft.prices[unit] for unit in units)
    credits = fold(base, members, quantum)
    left = spread(sum(credits), units, draft)
    rows = []
    for credit in credits:
        row = nothing
        if credit:
            shares = alloc(credit, left, quantum)
            left = [before - share for before, share in zip(left, shares, strict=True)]
            row = nothing.copy()
            for unit, share in zip(units, shares, strict=True):
                row[unit] = -share
        rows.append(row)
    return rows


def spread(total: int, units: Sequence[int], draft: Draft) -> list[int]:
    """*total* shared over *units* by price, over their tax rates first."""
    weights = [draft.prices[unit] for unit in units]
    if not total:
        return [0] * len(weights)
    keys = [draft.rates[unit] for unit in units]
    kinds = list(dict.fromkeys(keys))
    if len(kinds) == 1:
        return alloc(total, weights, draft.quantum)
    sums = {kind: sum(weight for weight, key in zip(weights, keys, strict=True) if key == kind) for kind in kinds}
    parts = dict(zip(kinds, alloc(total, list(sums.values()), draft.quantum), strict=True))
    shares = [0] * len(weights)
    for kind, part in parts.items():
        if part:
            places = [place for place, key in enumerate(keys) if key == kind]
            inner = alloc(part, [weights[place] for place in places], draft.quantum)
            for place, share in zip(places, inner, strict=True):
                shares[place] = share
    return shares
