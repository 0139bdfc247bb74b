"""
The phases of a price, and what a pricing rule is.

A rule is a step: a frozen value with a phase and one method, `bind`, which
makes a stage of it for an event. A stage adds rows to a draft and nothing else.
Steps run by phase, and within a phase by name: the order in which a host lists
them is never an input.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from paidevents.catalog.event import Event
    from paidevents.pricing.draft import Draft
    from paidevents.pricing.terms import Terms


class Phase(Enum):
    """The phases, in their order."""

    FACE = "face"
    UNIT_SET = "unit.set"
    UNIT_PERCENT = "unit.percent"
    UNIT_AMOUNT = "unit.amount"
    ORDER_SET = "order.set"
    ORDER_PERCENT = "order.percent"
    ORDER_AMOUNT = "order.amount"
    MINIMUM = "minimum"
    FEE = "fee"
    TAX = "tax"
    GROSS_UP = "gross_up"

    @property
    def place(self) -> int:
        """Where it stands among the phases, from 0."""
        return _PLACES[self]


_PLACES = {phase: place for place, phase in enumerate(Phase)}

Stage = Callable[["Draft"], None]


@runtime_checkable
class Step(Protocol):
    """
    A pricing rule.

    Attributes:
        name: Unique among the steps of a plan.
        phase: When it runs. Before `Phase.MINIMUM` it changes the prices of
            places, from `Phase.FEE` on it adds to what is charged besides.
    """

    @property
    def name(self) -> str: ...

    @property
    def phase(self) -> Phase: ...

    def bind(self, event: Event, terms: Terms) -> Stage | None:
        """
        The stage for *event* charged under *terms*; None if the step has nothing to do there.

        Whatever can be worked out once is worked out here: a stage runs for every quote.
        """
        ...
