"""
A price while it is being made: whole numbers, one column a kind of amount, one entry a place.

Stages read the columns and add rows. Nothing here is Money: lines are made of
the rows when somebody reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paidevents.pricing.phase import Phase
from paidevents.reason import Reason

if TYPE_CHECKING:
    from paidevents.pricing.member import Member
    from paidevents.pricing.stages.fees import BoundFee
    from paidevents.pricing.taxation import Taxation

# Phase, reason, promotion, its version, code as typed, minor units of each place, values of the reason.
Row = tuple[Phase, Reason, str, int, str, tuple[int, ...], tuple[tuple[str, object], ...]]
# A fee, all of it, and what of it the buyer pays, by place.
FeeRow = tuple["BoundFee", tuple[int, ...], tuple[int, ...]]
# Place of a tax key, place of a tax in it, and its minor units by place.
TaxRow = tuple[int, int, tuple[int, ...]]


class Draft:
    """
    The columns of a price in the making.

    Attributes:
        list_prices: Minor units, by place. Not to be changed.
        prices: The same after the rows so far; written by `add` only.
        fees: What is passed on, by place.
        tax: The tax in what is charged, by place, on top or contained.
        on_top: The tax that is added to the prices, by place.
        gross_ups: What covers a fee on what is charged, by place.
        rows: What was added, in order.
        quantum: The step that every amount keeps to.
    """

    __slots__ = (
        "fee_rows",
        "fees",
        "goods",
        "gross_ups",
        "list_prices",
        "members",
        "on_top",
        "phase",
        "prices",
        "quantum",
        "rates",
        "rows",
        "tax",
        "tax_rows",
        "taxation",
    )

    def __init__(
        self,
        list_prices: list[int],
        prices: list[int],
        goods: Sequence[int],
        rates: Sequence[int],
        taxation: Taxation,
        quantum: int,
        members: dict[Phase, list[Member]],
    ) -> None:
        self.list_prices = list_prices
        self.prices = prices
        self.goods = goods
        self.rates = rates
        self.taxation = taxation
        self.quantum = quantum
        self.members = members
        self.phase = Phase.FACE
        self.rows: list[Row] = []
        self._clear()

    def _clear(self) -> None:
        nothing = [0] * len(self.prices)
        self.fees, self.tax, self.on_top, self.gross_ups = nothing, nothing, nothing, nothing
        self.fee_rows: list[FeeRow] = []
        self.tax_rows: list[TaxRow] = []

    def with_prices(self, prices: list[int]) -> Draft:
        """The same places at other prices, nothing charged besides yet, no rows."""
        return Draft(self.list_prices, prices, self.goods, self.rates, self.taxation, self.quantum, {})

    def rewind(self, mark: int) -> None:
        """Forget the rows from *mark* on, which changed no price, and all that is charged besides."""
        del self.rows[mark:]
        self._clear()

    @property
    def price(self) -> int:
        """The sum of the prices."""
        return sum(self.prices)

    @property
    def charges(self) -> list[int]:
        """The same, by place."""
        return list(map(sum, zip(self.prices, self.fees, self.on_top, self.gross_ups, strict=True)))

    @property
    def charged(self) -> int:
        """What the buyer would be charged as things stand."""
        return sum(self.prices) + sum(self.fees) + sum(self.on_top) + sum(self.gross_ups)

    def add(self, reason: Reason, per_unit: Sequence[int], **values: object) -> None:
        """
        Add a row: so many minor units for each place, less than zero if it is taken off.

        Args:
            reason: What the row is; its sentence may name *values*.
            per_unit: One number a place, multiples of the quantum.
            values: What the sentence names.
        """
        self.add_row(reason, per_unit, tuple(values.items()))

    def add_row(
        self,
        reason: Reason,
        per_unit: Sequence[int],
        values: tuple[tuple[str, object], ...] = (),
        promotion: str = "",
        version: int = 0,
        code: str = "",
    ) -> None:
        """`add`, for the steps of the house: in the name of a promotion."""
        phase = self.phase
        row = tuple(per_unit)
        self.rows.append((phase, reason, promotion, version, code, row, values))
        place = phase.place
        if place <= _LAST_OF_PRICES:
            self.prices = [price + change for price, change in zip(self.prices, row, strict=True)]
        elif phase is Phase.FEE:
            self.fees = [fee + change for fee, change in zip(self.fees, row, strict=True)]
        elif phase is Phase.TAX:
            self.on_top = [tax + change for tax, change in zip(self.on_top, row, strict=True)]
        else:
            self.gross_ups = [fee + change for fee, change in zip(self.gross_ups, row, strict=True)]


_LAST_OF_PRICES = Phase.MINIMUM.place
