"""Amounts that an event declares, against the step that can be charged."""

from collections.abc import Iterable

from paidevents.catalog.effects import AmountOff, SetPrice
from paidevents.catalog.event import Event
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.pricing.terms import Terms
from paidevents.reason import Reason

UNALIGNED_AMOUNT = Reason("unaligned_amount", "Only multiples of {step} can be charged: {amount}.")


def declared_amounts(event: Event) -> Iterable[tuple[str, Money]]:
    """Every amount in the event's currency that a price is made of, with its path."""
    for place, ticket in enumerate(event.tickets):
        path = f"tickets[{place}]"
        if ticket.price is not None:
            yield f"{path}.price", ticket.price
        if ticket.donation is not None:
            yield f"{path}.donation.minimum", ticket.donation.minimum
        for number, tier in enumerate(ticket.tiers):
            yield f"{path}.tiers[{number}].price", tier.price
    for place, promotion in enumerate(event.promotions):
        if isinstance(promotion.effect, AmountOff | SetPrice):
            for amount in promotion.effect.amounts:
                if amount.currency == event.currency:
                    yield f"promotions[{place}].effect", amount
    for place, fee in enumerate(event.fees):
        for amount in fee.amounts:
            yield f"fees[{place}]", amount


def unaligned(event: Event, terms: Terms) -> Iterable[tuple[str, Reason]]:
    """The declared amounts that cannot be charged under *terms*, each with its path."""
    if terms.quantum > 1:
        for path, amount in declared_amounts(event):
            if amount.minor % terms.quantum:
                step = Money(terms.quantum, terms.currency)
                yield path, UNALIGNED_AMOUNT.given(step=step, amount=amount, provider=terms.provider or "")


def check_alignment(event: Event, terms: Terms) -> None:
    """
    Make sure that every declared amount can be charged under *terms*.

    Raises:
        InvalidValueError: One cannot; `field` is its path.
    """
    for path, reason in unaligned(event, terms):
        raise InvalidValueError(path, reason)
