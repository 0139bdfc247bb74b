"""Which of the promotions that apply are taken, and what the order costs with them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from paidevents.catalog.decisions import Selection
from paidevents.catalog.policies import Policy
from paidevents.catalog.promotion import LimitOf
from paidevents.pricing.availability import Availability
from paidevents.pricing.draft import Draft
from paidevents.pricing.eligibility import reasons_against_uses
from paidevents.pricing.member import Member
from paidevents.pricing.pipeline import Cart, Pipeline
from paidevents.pricing.reasons import NO_EFFECT
from paidevents.pricing.select import Candidates
from paidevents.reason import Reason, Skipped

# Promotions that are not taken, each with its reasons.
Lost = list[tuple[Member, tuple[Reason, ...]]]


class Settled(NamedTuple):
    """
    What is taken, and the price with it.

    Attributes:
        members: The promotions.
        draft: The price.
        below: Whether it is refused for being below the minimum.
        skipped: The promotions that are not taken, with their reasons.
    """

    members: Sequence[Member]
    draft: Draft
    below: bool
    skipped: list[Skipped]

    def without_effect(self, opening: set[str]) -> list[Skipped]:
        """Those that are taken and take nothing off, and are not among those that open a ticket."""
        credited = {row[2] for row in self.draft.rows}
        return [
            Skipped((NO_EFFECT,), promotion=id, code=member.code)
            for member in self.members
            if (id := member.bound.promotion.id) not in credited and id not in opening
        ]


class Choosing:
    """The policy of an event, ready to choose by."""

    __slots__ = ("_policy",)

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def settled(
        self, candidates: list[Member], cart: Cart, pipeline: Pipeline, marks: tuple[str, ...], available: Availability
    ) -> Settled:
        """Choose, and price; and again without what there is not enough left of."""
        skipped: list[Skipped] = []
        while True:
            members, losers = self._chosen(candidates, cart, pipeline)
            draft, below = pipeline.price(cart, members)
            short = list(_short(members, draft, marks, available))
            skipped += [
                Skipped(reasons, promotion=member.bound.promotion.id, code=member.code)
                for member, reasons in short or losers
            ]
            if not short:
                return Settled(members, draft, below, skipped)
            candidates = [member for member in candidates if all(member is not lost for lost, _ in short)]

    def _chosen(self, members: list[Member], cart: Cart, pipeline: Pipeline) -> tuple[Sequence[Member], Lost]:
        """All that were asked for if they combine, or the best for the buyer; and the others."""
        policy = self._policy
        if not members or (len(members) == 1 and policy.selection is Selection.EXPLICIT and policy.max_codes != 0):
            return members, []
        candidates = Candidates(members, policy.max_codes)
        if policy.selection is Selection.EXPLICIT and candidates.all_combine:
            return members, []
        chosen = candidates.best(pipeline.charges(cart), pipeline.more_is_never_dearer(cart))
        return chosen, candidates.losers(chosen)


def _short(
    members: Sequence[Member], draft: Draft, marks: tuple[str, ...], available: Availability
) -> Iterable[tuple[Member, tuple[Reason, ...]]]:
    """The members of which there is not enough left for what they would take off."""
    for member in members:
        promotion = member.bound.promotion
        if all(limit.of is LimitOf.ORDERS for limit in promotion.limits):
            continue
        rows = [row[5] for row in draft.rows if row[2] == promotion.id]
        taken_off = {
            LimitOf.ORDERS: 1,
            LimitOf.UNITS: sum(1 for row in rows for amount in row if amount),
            LimitOf.AMOUNT: -sum(map(sum, rows)),
        }
        code = next((code for code in promotion.codes if code.key == member.key), None)
        reasons = tuple(reasons_against_uses(promotion, code, marks, available, taken_off))
        if reasons:
            yield member, reasons
