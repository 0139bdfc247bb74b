"""Tickets and their reduced tiers."""

from attrs import frozen

from paidevents.catalog.names import identifier, listed
from paidevents.checks import INT64_MAX, between, of_kind, optional, settle, several, text, text_or_nothing
from paidevents.errors import CurrencyMismatchError, InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.reason import Reason
from paidevents.timing.window import Window

CURRENCY_TWICE = Reason("currency_twice", "There are two amounts in {currency}.")
NEGATIVE_PRICE = Reason("negative_price", "A price is never below zero.")
PRICE_OR_DONATION = Reason("price_or_donation", "A ticket has either a price or a donation.")
DONATION_HAS_NO_TIERS = Reason("donation_has_no_tiers", "Who chooses the amount needs no reduced tiers.")
TIER_WITHOUT_LIMIT = Reason("tier_without_limit", "A tier ends by a quantity, by a date, or by both.")
SUGGESTION_TOO_LOW = Reason("suggestion_too_low", "The suggested amount is below the least one.")
LEAST_ABOVE_MOST = Reason("least_above_most", "The least that can be bought is above the most.")

seats = between(0, INT64_MAX)


def price(value: object, field: str) -> Money:
    """*value* if it is an amount of zero or more."""
    amount = of_kind(Money)(value, field)
    if amount.minor < 0:
        raise InvalidValueError(field, NEGATIVE_PRICE)
    return amount


def one_a_currency(value: object, field: str) -> tuple[Money, ...]:
    """*value* if it is a list of amounts of zero or more, no two of one currency."""
    amounts = several(price)(value, field)
    seen: set[Currency] = set()
    for place, amount in enumerate(amounts):
        if amount.currency in seen:
            raise InvalidValueError(f"{field}[{place}]", CURRENCY_TWICE.given(currency=amount.currency))
        seen.add(amount.currency)
    return amounts


@frozen(kw_only=True)
class Tier:
    """
    A reduced price of a ticket, for a while or for the first ones: an early bird.

    A ticket's tiers open one after the other: the next opens when the one
    before is sold out or over. What a tier did not sell is not added to the next.

    Attributes:
        id: Unique in its ticket.
        name: For people.
        price: Of one place.
        quantity: How many there are; None if only time limits it.
        window: When it is open.
        enabled: Switched off, it is passed over.

    Raises:
        InvalidValueError: Neither a quantity nor an end, or an attribute that cannot be.

    Source:
        CM-03, CM-04, CM-05.
    """

    id: str
    price: Money
    name: str = ""
    quantity: int | None = None
    window: Window = Window()
    enabled: bool = True

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=identifier,
            price=price,
            name=text_or_nothing,
            quantity=optional(seats),
            window=of_kind(Window),
            enabled=of_kind(bool),
        )
        if self.quantity is None and self.window.ends_at is None:
            raise InvalidValueError("quantity", TIER_WITHOUT_LIMIT)


@frozen(kw_only=True)
class Donation:
    """
    A ticket whose buyer chooses the amount.

    Attributes:
        minimum: The least amount.
        suggestion: What is proposed; None for nothing.
        may_be_nothing: Nothing at all is also accepted, but no amount between nothing and the minimum.

    Raises:
        InvalidValueError: An amount below zero, or a suggestion that would be refused.
        CurrencyMismatchError: Two currencies.

    Source:
        CM-26.
    """

    minimum: Money
    suggestion: Money | None = None
    may_be_nothing: bool = False

    def __attrs_post_init__(self) -> None:
        settle(self, minimum=price, suggestion=optional(price), may_be_nothing=of_kind(bool))
        if self.suggestion is None:
            return
        if self.suggestion.currency != self.minimum.currency:
            raise CurrencyMismatchError(self.minimum.currency.code, self.suggestion.currency.code)
        if self.suggestion < self.minimum and (self.suggestion or not self.may_be_nothing):
            raise InvalidValueError("suggestion", SUGGESTION_TOO_LOW)


@frozen(kw_only=True)
class Ticket:
    """
    What is on sale: a name and a base price, or a donation.

    Attributes:
        id: Unique in its event.
        name: For people.
        price: The base price, which holds when no tier is open; None for a donation.
        donation: The bounds of the amount that the buyer chooses; None for a price.
        tiers: Reduced prices, in the order in which they open.
        quantity: How many there are of this ticket, tiers included; None for no such limit.
        on_sale: When it is on sale; the event's own end comes on top.
        hidden: It can be bought only with a promotion that opens it.
        least_per_order: The least in one order that has it at all.
        most_per_order: The most in one order; None for no such limit.
        most_per_customer: The most for one customer, over all orders; None for no such limit.
        tax_category: Which of the tax table's rates it bears.

    Raises:
        InvalidValueError: Both or neither of price and donation, tiers of a
            donation, two tiers of one id, or an attribute that cannot be.
        CurrencyMismatchError: A tier in another currency.

    Example:
        >>> print(Ticket(id="vip", name="VIP", price=Money.of("120.00", "EUR")).currency)
        EUR
    """

    id: str
    name: str
    price: Money | None = None
    donation: Donation | None = None
    tiers: tuple[Tier, ...] = ()
    quantity: int | None = None
    on_sale: Window = Window()
    hidden: bool = False
    least_per_order: int = 1
    most_per_order: int | None = None
    most_per_customer: int | None = None
    tax_category: str = "standard"

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=identifier,
            name=text,
            price=optional(price),
            donation=optional(of_kind(Donation)),
            tiers=listed(Tier, 100),
            quantity=optional(seats),
            on_sale=of_kind(Window),
            hidden=of_kind(bool),
            least_per_order=between(1, 1000),
            most_per_order=optional(between(1, INT64_MAX)),
            most_per_customer=optional(between(1, INT64_MAX)),
            tax_category=identifier,
        )
        if (self.price is None) == (self.donation is None):
            raise InvalidValueError("price", PRICE_OR_DONATION)
        if self.donation is not None and self.tiers:
            raise InvalidValueError("tiers", DONATION_HAS_NO_TIERS)
        for tier in self.tiers:
            if tier.price.currency != self.currency:
                raise CurrencyMismatchError(self.currency.code, tier.price.currency.code)
        for most in (self.most_per_order, self.most_per_customer):
            if most is not None and most < self.least_per_order:
                raise InvalidValueError("least_per_order", LEAST_ABOVE_MOST)

    @property
    def currency(self) -> Currency:
        """The currency it is sold in."""
        declared = self.price if self.donation is None else self.donation.minimum
        assert declared is not None
        return declared.currency
