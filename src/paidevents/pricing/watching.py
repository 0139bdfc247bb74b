"""Which counters a price may depend on: so that a store is asked for these, and never for all that were ever taken."""

from collections.abc import Sequence
from contextlib import suppress

from paidevents.catalog.code import code_key
from paidevents.catalog.event import Event
from paidevents.checks import instance, of_kind, several
from paidevents.errors import InvalidValueError
from paidevents.pricing.asked import texts_of
from paidevents.pricing.counters import (
    EVENT,
    capacity_counter,
    customer_counter,
    first_purchase_counter,
    limit_counters,
    session_counter,
    ticket_counter,
    tier_counter,
)
from paidevents.pricing.eligibility import limits_of, needs_identity


def watched(event: Event, codes: Sequence[str] = (), marks: Sequence[str] = ()) -> tuple[str, ...]:
    """
    The counters that a price of *event* may ask for, in order.

    Args:
        event: The event.
        codes: As they were typed.
        marks: Of the buyer, as `Buyer.marks` has them.

    Raises:
        InvalidValueError: An argument that cannot be.

    Example:
        >>> from paidevents import EUR, Money
        >>> from paidevents.catalog import EventKind, Ticket
        >>> video = Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... )
        >>> watched(video)
        ('event', 'ticket/standard')
    """
    instance(event, "event", Event)
    people = several(of_kind(str))(marks, "marks")
    counters = {EVENT, *(session_counter(each.id) for each in event.sessions)}
    counters.update(capacity_counter(each.id) for each in event.capacities)
    for ticket in event.tickets:
        counters.add(ticket_counter(ticket.id))
        counters.update(tier_counter(ticket.id, tier.id) for tier in ticket.tiers)
        if ticket.most_per_customer is not None:
            counters.update(customer_counter(ticket.id, mark) for mark in people)
    keys = _keys(codes)
    for promotion in event.promotions:
        if promotion.first_purchase:
            counters.update(first_purchase_counter(mark) for mark in people)
        for code in [None, *(code for code in promotion.codes if code.key in keys)]:
            for limit in limits_of(promotion, code):
                counters.update(limit_counters(limit, promotion.id, code.key if code else None, people))
    return tuple(sorted(counters))


def asks_who_buys(event: Event) -> bool:
    """
    Whether a price of *event* depends on who is buying.

    Raises:
        InvalidValueError: It is no event.
    """
    instance(event, "event", Event)
    limited = any(ticket.most_per_customer is not None for ticket in event.tickets)
    return limited or any(needs_identity(promotion) for promotion in event.promotions)


def _keys(codes: Sequence[str]) -> set[str]:
    keys = set()
    for text in texts_of(codes):
        with suppress(InvalidValueError):  # the quote says what is wrong with it
            keys.add(code_key(text))
    return keys
