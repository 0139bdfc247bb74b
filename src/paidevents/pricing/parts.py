"""The parts of a quote, as they are read: places, lines, fees, taxes, sums."""

from __future__ import annotations

from attrs import frozen

from paidevents.catalog.fees import FeeTaker
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.pricing.phase import Phase
from paidevents.reason import Reason


@frozen
class Unit:
    """
    One place in a quote.

    Attributes:
        ticket: Id of its ticket.
        tier: Id of its tier; empty at base price.
        session: Id of its session; empty where none is chosen.
        list_price: Before any discount.
        price: After discounts and the minimum.
        before_tax: What is charged for it, without tax.
        tax: The tax in what is charged for it.
        charged: What the buyer pays for it, passed-on fees included.
        fees: Its share of all fees, whoever bears them.
    """

    ticket: str
    tier: str
    session: str
    list_price: Money
    price: Money
    before_tax: Money
    tax: Money
    charged: Money
    fees: Money


@frozen
class Line:
    """
    One step from the list price to what is charged. The lines of a quote and its list price add up to that.

    Attributes:
        phase: When it was reckoned.
        reason: What it is, with its values.
        amount: Less than zero if it is taken off.
        per_unit: Minor units of each place; their sum is the amount.
        promotion: Id of the promotion; empty if it is none.
        version: The promotion's version; 0 if it is none.
        code: The code as it was typed; empty if there is none.
    """

    phase: Phase
    reason: Reason
    amount: Money
    per_unit: tuple[int, ...]
    promotion: str = ""
    version: int = 0
    code: str = ""


@frozen
class FeeSettlement:
    """
    What one fee comes to, and who bears it.

    Attributes:
        fee: Its id.
        taker: Who takes it.
        amount: All of it.
        passed_on: What of it the buyer pays.
        tax: The tax in what the buyer pays of it.
        at_source: It is taken out of the payment.
        refundable: A refund gives the passed-on part back.
        per_unit: Minor units of it for each place.
        passed_on_per_unit: Minor units that the buyer pays of it, for each place.
    """

    fee: str
    taker: FeeTaker
    amount: Money
    passed_on: Money
    tax: Money
    at_source: bool
    refundable: bool
    per_unit: tuple[int, ...]
    passed_on_per_unit: tuple[int, ...]


@frozen
class TaxSettlement:
    """
    What one tax comes to.

    Attributes:
        name: Of the tax.
        country: Where it is owed.
        rate: Its rate.
        amount: The tax.
        per_unit: Minor units of it for each place.
    """

    name: str
    country: str
    rate: Rate
    amount: Money
    per_unit: tuple[int, ...]


@frozen(kw_only=True)
class Totals:
    """
    The sums of a quote. `list + discount-free changes = charged`, `before_tax + tax = charged`.

    Attributes:
        list: List prices.
        discount: What promotions take off, zero or more.
        adjustment: What a minimum adds, or a waiver takes off.
        price: What the places cost: list - discount + adjustment.
        before_tax: What is charged, without tax.
        tax: The tax in what is charged.
        charged: What the buyer pays.
        fees_passed_on: What of the fees the buyer pays.
        platform_fees: All platform fees.
        provider_fees: All provider fees, estimated.
        organizer_keeps: What is charged, less tax and fees.
        payout: What lands in the account: what is charged, less the fees taken at source.
    """

    list: Money
    discount: Money
    adjustment: Money
    price: Money
    before_tax: Money
    tax: Money
    charged: Money
    fees_passed_on: Money
    platform_fees: Money
    provider_fees: Money
    organizer_keeps: Money
    payout: Money
