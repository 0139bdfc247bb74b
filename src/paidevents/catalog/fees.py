"""Fees: what a platform or a payment provider takes, and who bears it."""

from enum import Enum
from fractions import Fraction

from attrs import frozen

from paidevents.catalog.names import identifier
from paidevents.catalog.ticket import price
from paidevents.checks import of_kind, optional, settle, text_or_nothing
from paidevents.errors import CurrencyMismatchError, InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.reason import Reason

FLOOR_ABOVE_CAP = Reason("floor_above_cap", "The floor is above the cap.")
GROSS_UP_UNTAXED = Reason(
    "gross_up_untaxed", "A fee on what is charged that the buyer bears comes after the tax and has none of its own."
)
GROSS_UP_TOO_LARGE = Reason("gross_up_too_large", "At most half of all that is charged can be passed on as a fee.")
NO_UNIT_BOUNDS = Reason("no_unit_bounds", "A fee on all that is charged has no bounds for single places.")

HALF = Fraction(1, 2)

NOTHING, WHOLE = Rate(0, 1), Rate(1, 1)


class FeeTaker(Enum):
    """Who takes a fee."""

    PLATFORM = "platform"  # the seller's software: ClickMeeting's service fee
    PROVIDER = "provider"  # the payment provider; an estimate until the true one is known


class FeeBase(Enum):
    """Of what a fee's rate is a share."""

    GROSS = "gross"  # what the places cost after discounts and the minimum, tax included
    NET = "net"  # the same before tax
    BEFORE_DISCOUNT = "before_discount"  # list prices
    CHARGED = "charged"  # all that the buyer pays, this fee included


@frozen(kw_only=True)
class Fee:
    """
    A fee: a share and fixed parts, within a floor and a cap.

    Attributes:
        id: Unique in its event.
        name: For people.
        taker: Who takes it.
        rate: The share of its base.
        base: Of what.
        per_order: Fixed part, once an order.
        per_unit: Fixed part, for each place.
        unit_floor: The least for each place.
        unit_cap: The most for each place.
        floor: The least for an order.
        cap: The most for an order.
        buyer_share: The share of it that the buyer bears: nothing if the
            organizer absorbs it, the whole if it is passed on.
        tax_category: The tax that its passed-on part bears; None for none.
        refundable: A refund gives its passed-on part back.
        free_units_exempt: Places that cost nothing carry no fixed part.
        at_source: It is taken out of the payment, not billed afterwards.
        provider: Only for payments by this provider; None for all.

    Raises:
        InvalidValueError: A floor above its cap, or a share that cannot be.
        CurrencyMismatchError: Two currencies.

    Source:
        CM-24 (5 % of the gross ticket price), GT-03.
    """

    id: str
    name: str = ""
    taker: FeeTaker = FeeTaker.PLATFORM
    rate: Rate = NOTHING
    base: FeeBase = FeeBase.GROSS
    per_order: Money | None = None
    per_unit: Money | None = None
    unit_floor: Money | None = None
    unit_cap: Money | None = None
    floor: Money | None = None
    cap: Money | None = None
    buyer_share: Rate = NOTHING
    tax_category: str | None = "standard"
    refundable: bool = True
    free_units_exempt: bool = True
    at_source: bool = True
    provider: str | None = None

    def __attrs_post_init__(self) -> None:
        amount = optional(price)
        settle(
            self,
            id=identifier,
            name=text_or_nothing,
            taker=of_kind(FeeTaker),
            rate=of_kind(Rate),
            base=of_kind(FeeBase),
            per_order=amount,
            per_unit=amount,
            unit_floor=amount,
            unit_cap=amount,
            floor=amount,
            cap=amount,
            buyer_share=of_kind(Rate),
            tax_category=optional(identifier),
            refundable=of_kind(bool),
            free_units_exempt=of_kind(bool),
            at_source=of_kind(bool),
            provider=optional(identifier),
        )
        for declared in self.amounts:
            if declared.currency != self.amounts[0].currency:
                raise CurrencyMismatchError(self.amounts[0].currency.code, declared.currency.code)
        for least, most, field in ((self.unit_floor, self.unit_cap, "unit_floor"), (self.floor, self.cap, "floor")):
            if least is not None and most is not None and least > most:
                raise InvalidValueError(field, FLOOR_ABOVE_CAP)
        if self.is_grossed_up and self.tax_category is not None:
            raise InvalidValueError("tax_category", GROSS_UP_UNTAXED)
        if self.is_grossed_up and self.rate.fraction * self.buyer_share.fraction > HALF:
            raise InvalidValueError("rate", GROSS_UP_TOO_LARGE)
        if self.base is FeeBase.CHARGED and (self.unit_floor is not None or self.unit_cap is not None):
            raise InvalidValueError("unit_floor", NO_UNIT_BOUNDS)

    @property
    def amounts(self) -> tuple[Money, ...]:
        """The amounts it declares."""
        declared = (self.per_order, self.per_unit, self.unit_floor, self.unit_cap, self.floor, self.cap)
        return tuple(amount for amount in declared if amount is not None)

    @property
    def is_grossed_up(self) -> bool:
        """Whether the buyer bears a share of what the buyer pays: the total is raised until it covers it."""
        return self.base is FeeBase.CHARGED and self.buyer_share > NOTHING
