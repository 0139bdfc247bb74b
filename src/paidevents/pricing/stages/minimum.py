"""
The zone between nothing and the least that a provider charges.

It is no step of its own: a raise changes fees and taxes, which are part of what
is charged, so it is solved over the stages that come after it.
"""

from collections.abc import Sequence
from fractions import Fraction

from paidevents.catalog.decisions import BelowMinimum
from paidevents.catalog.event import Event
from paidevents.catalog.fees import FeeBase
from paidevents.money.alloc import alloc
from paidevents.money.amount import Money
from paidevents.pricing.draft import Draft
from paidevents.pricing.phase import Phase, Stage
from paidevents.pricing.reasons import RAISED_TO_MINIMUM, WAIVED
from paidevents.pricing.stages.fees import BoundFee, bound_fees
from paidevents.pricing.terms import Terms


class Minimum:
    """What a policy does below the minimum of some terms, solved over the stages of the tail."""

    __slots__ = ("_event", "_fees", "_tail", "_tail_is_ours", "_terms", "_what")

    def __init__(self, event: Event, terms: Terms, tail: Sequence[tuple[Phase, Stage]], tail_is_ours: bool) -> None:
        self._event = event
        self._terms = terms
        self._tail = tail
        self._tail_is_ours = tail_is_ours
        self._what = event.policy.below_minimum
        self._fees = [fee for fee in bound_fees(event, terms) if fee.fee.buyer_share.fraction]

    def settle(self, draft: Draft) -> bool:
        """
        Run the tail on *draft*, with a row for the minimum before it if there is one to be made.

        Returns:
            Whether the order is refused because it comes to less than the minimum.
        """
        mark = len(draft.rows)
        self._run_tail(draft)
        charged, least = draft.charged, self._terms.minimum
        if charged >= least or charged == 0:
            return False
        row: list[int] | None = None
        reason = RAISED_TO_MINIMUM
        if self._what is BelowMinimum.RAISE:
            row = self._raise(draft, charged)
        elif self._what is BelowMinimum.FREE:
            reason, row = WAIVED, [-price for price in draft.prices]
        if row is None:
            return True
        draft.rewind(mark)
        draft.phase = Phase.MINIMUM
        draft.add(reason, row, minimum=Money(least, self._terms.currency))
        self._run_tail(draft)
        return False

    def _run_tail(self, draft: Draft) -> None:
        for phase, stage in self._tail:
            draft.phase = phase
            stage(draft)

    def _raise(self, draft: Draft, charged: int) -> list[int] | None:
        """The least raise that reaches the minimum, by place; None if not all discounts together would."""
        quantum, least = self._terms.quantum, self._terms.minimum
        given = [max(full - price, 0) for full, price in zip(draft.list_prices, draft.prices, strict=True)]
        most = sum(given)
        if not self._fees and self._tail_is_ours and not draft.taxation.exclusive:
            raised = least - charged
            return alloc(raised, given, quantum) if raised <= most else None
        raised = max(quantum, self._surely_too_little(draft) // quantum * quantum)
        # One quantum at a time: with several rates of tax on top, a larger raise may charge less.
        while raised <= most:
            row = alloc(raised, given, quantum)
            trial = draft.with_prices([price + share for price, share in zip(draft.prices, row, strict=True)])
            self._run_tail(trial)
            if trial.charged >= least:
                return row
            raised += quantum
        return None

    def _surely_too_little(self, draft: Draft) -> int:
        """A raise below which the minimum cannot be reached, however everything is rounded."""
        if not self._tail_is_ours:
            return 0
        factor, besides = _ceiling(self._fees, draft)
        return int((self._terms.minimum - besides * factor) / factor) - draft.price


def _ceiling(fees: Sequence[BoundFee], draft: Draft) -> tuple[Fraction, int]:
    """A factor and an amount, of which (price + amount) × factor is never less than what is charged."""
    taxation, places, quantum = draft.taxation, len(draft.prices), draft.quantum
    rate = max((Fraction(key.numerator, key.denominator) for key in taxation.keys), default=Fraction(0))
    taxed = 1 + rate
    added = grossed = Fraction(0)
    besides = quantum * len(taxation.keys)
    for fee in fees:
        if fee.fee.base is FeeBase.CHARGED:
            grossed += fee.fee.rate.fraction * fee.fee.buyer_share.fraction
        elif fee.fee.base is FeeBase.BEFORE_DISCOUNT:
            # It does not follow the price.
            besides += int(fee.fee.rate.fraction * sum(draft.list_prices)) + 1
        else:
            added += fee.fee.rate.fraction
        besides += fee.fixed(places) + quantum * (places + 2)
    return taxed * (1 + added * taxed) / (1 - grossed), besides
