"""
What became of each place of an order: what the reports of orders add up.

Amounts are whole minor units here. Of every place, and so of every order,
`charged - given + adjusted` is what is kept; of that the states, the platform
and the provider have their parts, and the organizer has the rest.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from paidevents.checks import instance
from paidevents.lifecycle.registration import RegistrationTrigger
from paidevents.money.alloc import alloc
from paidevents.pricing.phase import Phase
from paidevents.pricing.quote import Quote
from paidevents.registration.order import Order
from paidevents.registration.registration import Registration
from paidevents.reports.given import Back, Backs
from paidevents.reports.parts import Parts, parts_of

_LOST = RegistrationTrigger.LOSE_PAYMENT.value
_SOLD = frozenset((RegistrationTrigger.SETTLE.value, RegistrationTrigger.APPROVE.value))


def is_sold(registration: Registration) -> bool:
    """Whether its places were sold: paid for, or let go for nothing; whoever gave theirs up since counts as well."""
    return registration.is_waived or (registration.is_settled and not registration.is_lost)


class Place:
    """
    What became of one place.

    Attributes:
        order: In which order.
        registration: Whose.
        quote: Number of the quote of the order in which its price is.
        unit: Its position there; -1 for a place that nobody pays for.
        ticket: Id of its ticket; empty for a place that nobody pays for.
        tier: Id of its tier; empty at base price.
        session: Id of its session; empty where none is chosen.
        is_sold: It was sold; whatever was not, has no amounts but what it lists and what was given back.
        list_price: Before any discount.
        discounts: What took something off, if it was a promotion: its id, the code if it needed one, and how much.
        discount: What was taken off in all.
        price: What the buyer has to pay for it, or had to.
        tax_in_price: The tax in that.
        waived: What of that the organizer waived.
        charged: What was paid for it.
        decided: What was decided to be given back: by which of the order's decisions, and how much.
        adjusted: What changes of price came to: above zero by what it cost more before it was changed; below zero
            by what was paid for it and pays for others, which were priced anew.
        tax: What is owed to states, by its present price and refunds.
        fees: What platform and provider take, the tax in it not counted twice.
    """

    __slots__ = (
        "adjusted",
        "charged",
        "decided",
        "discount",
        "discounts",
        "fees",
        "is_sold",
        "list_price",
        "order",
        "price",
        "quote",
        "registration",
        "session",
        "tax",
        "tax_in_price",
        "ticket",
        "tier",
        "unit",
        "waived",
    )

    def __init__(self, order: Order, registration: Registration, unit: int = -1) -> None:
        self.order = order
        self.registration = registration
        self.quote = registration.quote
        self.unit = unit
        self.ticket = self.tier = self.session = ""
        self.is_sold = unit >= 0 and is_sold(registration)
        self.list_price = self.discount = self.price = self.tax_in_price = 0
        self.waived = self.charged = self.adjusted = self.tax = self.fees = 0
        self.decided: list[tuple[int, int]] = []
        self.discounts: tuple[tuple[str, str, int], ...] = ()

    def priced(self, quote: Quote, parts: Parts) -> Self:
        """The same, with what its quote says of it."""
        unit, record = self.unit, quote.record
        self.ticket, self.tier, self.session = record.places[unit]
        self.list_price = record.list_prices[unit]
        taken_off = [
            (promotion, code, -row[unit])
            for phase, _, promotion, _, code, row, _ in record.rows
            if row[unit] and Phase.FACE.place < phase.place < Phase.MINIMUM.place
        ]
        self.discount = sum(amount for *_, amount in taken_off)
        self.discounts = tuple(one for one in taken_off if one[0])
        self.price, self.tax_in_price = quote.charges[unit], record.tax[unit]
        if self.is_sold and self.registration.is_waived:
            self.waived = self.price
        elif self.is_sold:
            self.charged, self.tax, self.fees = self.price, parts.tax[unit], parts.fees[unit]
        return self

    @property
    def is_gone(self) -> bool:
        """Whether it was sold and is nobody's any more."""
        return self.is_sold and not self.registration.is_active

    @property
    def given(self) -> int:
        """What was decided to be given back."""
        return sum(amount for _, amount in self.decided)

    @property
    def kept(self) -> int:
        """What is kept of what was paid for it."""
        return self.charged - self.given + self.adjusted

    @property
    def sold_at(self) -> datetime:
        """When it was sold; what was not, when it was ordered."""
        moves = (move.at for move in self.registration.history if move.trigger in _SOLD)
        return next(moves, self.order.hold.starts_at)


def places_of(order: Order) -> tuple[Place, ...]:
    """
    What became of each place of *order*, attendee by attendee; of one that nobody pays for there is one as well.

    Raises:
        InvalidValueError: *order* is none, or has given back what none of its quotes has.
        CurrencyMismatchError: It has given back in another currency.
    """
    quotes = [(quote, parts_of(quote)) for quote in instance(order, "order", Order).quotes]
    places = tuple(
        Place(order, one, unit).priced(*quotes[one.quote]) if one.units else Place(order, one)
        for one in order.registrations
        for unit in one.units or (-1,)
    )
    backs = Backs(order)
    holders = _holders(order, places)
    for back in backs.decided(lambda quote, unit: bool(holders[quote, unit].charged)):
        _give_back(holders[back.quote, back.unit], back)
    rest = _kept(order) - sum(place.kept for place in places)
    rest += _pay_for_the_others(min(rest, 0), places, backs)
    rest -= _keep_of_before(max(rest, 0), holders, backs)
    _adjust(rest, places)
    return places


def _kept(order: Order) -> int:
    """What is kept for the places that were sold."""
    return (order.due - order.charge(one for one in order.active if not is_sold(one))).minor


def _holders(order: Order, places: Sequence[Place]) -> dict[tuple[int, int], Place]:
    """
    Whose each position of each quote is, or was before the price of that place became one of a later quote.

    Positions that are nobody's any more were, in order, those of the places that
    are in later quotes.
    """
    holders = {(place.quote, place.unit): place for place in places}
    for number, quote in enumerate(order.quotes):
        later = [place for place in places if place.quote > number]
        first = {place.quote: position for position, place in reversed([*enumerate(later)])}
        later.sort(key=lambda place: (first[place.quote], place.unit))
        left = [unit for unit in range(len(quote.charges)) if (number, unit) not in holders]
        for position, unit in enumerate(left):
            holders[number, unit] = later[min(position, len(later) - 1)] if later else places[0]
    return holders


def _give_back(place: Place, back: Back) -> None:
    place.decided.append((back.decision, back.amount))
    if place.charged and place.quote == back.quote:
        place.tax -= back.tax
        place.fees -= back.fees


def _pay_for_the_others(missing: int, places: Sequence[Place], backs: Backs) -> int:
    """
    Take what is *missing*, an amount below zero, out of the places that are gone: the others were priced anew.

    As in a claw-back, it is taken in proportion to what is left of each, and as
    of money that goes back, no tax is owed of it.

    Returns:
        What was taken.
    """
    gone = [place for place in places if place.is_gone and place.charged] if missing else []
    lefts = [backs.left(place.quote, place.unit) for place in gone]
    most = min(-missing, sum(lefts))
    if not most:
        return 0
    for place, part in zip(gone, alloc(most, lefts), strict=True):
        tax, fees = backs.take(place.quote, place.unit, part)
        place.adjusted -= part
        place.tax -= tax
        place.fees -= fees
    return most


def _keep_of_before(more: int, holders: Mapping[tuple[int, int], Place], backs: Backs) -> int:
    """
    Keep what was paid beyond the present price of places that cost *more* before they were changed.

    Returns:
        What was kept.
    """
    cheaper = [
        (key, place, less)
        for key, place in holders.items()
        if more and place.is_sold and key != (place.quote, place.unit)
        if (less := place.order.quotes[key[0]].charges[key[1]] - place.charged) > 0
    ]
    if not cheaper:
        return 0
    for (key, place, _), part in zip(cheaper, alloc(more, [less for *_, less in cheaper]), strict=True):
        tax, fees = backs.keep(*key, part)
        place.adjusted += part
        place.tax += tax
        place.fees += fees
    return more


def _adjust(rest: int, places: Sequence[Place]) -> None:
    """What was let go or is kept for any other reason, in proportion to what was charged."""
    sold = [place for place in places if place.is_sold] or list(places)
    weights = [place.charged for place in sold]
    for place, part in zip(sold, alloc(rest, weights if any(weights) else [1] * len(sold)), strict=True):
        place.adjusted += part
