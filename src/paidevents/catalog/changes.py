"""
What of a scheduled event can no longer be changed.

Orders refer to an event by its id and are counted in its currency: those two
stay, whatever the policy. Where prices are locked, all that they are made of
stays as well. What is new has no price to keep: tickets and promotions may be
added, and whatever only gives more, may give more. What is given back when a
place is cancelled may change whenever the organizer likes: an order keeps the
terms it was bought under.
"""

from collections.abc import Iterator

from paidevents.catalog.event import Event
from paidevents.catalog.ticket import Ticket, Tier
from paidevents.checks import instance
from paidevents.reason import Reason
from paidevents.timing.window import Window

EVENT_ID_STAYS = Reason("event_id_stays", "The event keeps its id {id}: orders refer to it.")
CURRENCY_STAYS = Reason("currency_stays", "The currency stays {currency}: orders are counted in it.")
LOCK_STAYS = Reason("lock_stays", "Prices that are locked stay locked.")
ATTENDANCE_STAYS = Reason("attendance_stays", "What a ticket gives access to stays as it is.")
TICKET_STAYS = Reason("ticket_stays", "The ticket {ticket} stays; its sale can be ended.")
PRICE_STAYS = Reason("price_stays", "The price of the ticket {ticket} stays {price}.")
DONATION_STAYS = Reason("donation_stays", "The bounds of the donation {ticket} stay as they are.")
TAX_CATEGORY_STAYS = Reason("tax_category_stays", "The ticket {ticket} stays in the tax category {category}.")
TIER_IS_NEW = Reason("tier_is_new", "The ticket {ticket} cannot have another tier: {tier}.")
TIER_STAYS = Reason("tier_stays", "The tier {tier} of the ticket {ticket} stays; it can be switched off.")
TIER_PRICE_STAYS = Reason("tier_price_stays", "The price of the tier {tier} of the ticket {ticket} stays {price}.")
TIER_SHRINKS = Reason("tier_shrinks", "The tier {tier} of the ticket {ticket} can have more places and time, not less.")
TIERS_STAY_IN_ORDER = Reason("tiers_stay_in_order", "The tiers of the ticket {ticket} stay in their order.")
FEE_STAYS = Reason("fee_stays", "The fees stay as they are: {fee}.")
TAX_STAYS = Reason("tax_stays", "The tax stays as it is.")


def refused_changes(before: Event, after: Event) -> tuple[Reason, ...]:
    """
    Why a scheduled event cannot become what its organizer wants it to be.

    It is asked once buyers can have seen a price, and decides by the policy of
    *before*. Dates, places, providers, promotions and their codes, the terms of a
    cancellation and the form are free to change. So are prices, unless they are locked: then base prices, tiers, the
    bounds of donations, fees and tax stay. A tier may be switched on and off,
    be given more places, or more time.

    Args:
        before: The event as it was scheduled.
        after: The same event as it is meant to be.

    Returns:
        Every reason, each naming what it is about; empty if all may be changed so.

    Raises:
        InvalidValueError: An argument is no Event.

    Source:
        CM-17, CM-18; GT-08 where prices are not locked.

    Example:
        >>> from datetime import UTC, datetime
        >>> from attrs import evolve
        >>> from paidevents import EUR, Money, Span
        >>> from paidevents.catalog import Policy
        >>> talk = Event(
        ...     id="talk", title="A talk", zone="Europe/Paris", currency=EUR, policy=Policy(price_locked=True),
        ...     starts_at=datetime(2026, 4, 14, 16, tzinfo=UTC), duration=Span.of("90 min"),
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... )
        >>> dearer = evolve(talk, tickets=[evolve(talk.tickets[0], price=Money.of("25.00", EUR))])
        >>> print(*refused_changes(talk, dearer))
        The price of the ticket standard stays 20.00 EUR.
        >>> refused_changes(talk, evolve(talk, duration=Span.of("2 h")))
        ()
    """
    instance(before, "before", Event)
    instance(after, "after", Event)
    reasons = []
    if after.id != before.id:
        reasons.append(EVENT_ID_STAYS.given(id=before.id))
    if after.currency != before.currency:
        reasons.append(CURRENCY_STAYS.given(currency=before.currency))
    if before.policy.price_locked:
        reasons += _of_the_lock(before, after)
    return tuple(reasons)


def _of_the_lock(before: Event, after: Event) -> Iterator[Reason]:
    if not after.policy.price_locked:
        yield LOCK_STAYS
    if after.attendance is not before.attendance:
        yield ATTENDANCE_STAYS.given(attendance=before.attendance.value)
    tickets = {ticket.id: ticket for ticket in after.tickets}
    for ticket in before.tickets:
        if ticket.id in tickets:
            yield from _of_a_ticket(ticket, tickets[ticket.id])
        else:
            yield TICKET_STAYS.given(ticket=ticket.id)
    old, new = ({fee.id: fee for fee in event.fees} for event in (before, after))
    for fee in old | new:
        if old.get(fee) != new.get(fee):
            yield FEE_STAYS.given(fee=fee)
    if after.tax != before.tax:
        yield TAX_STAYS


def _of_a_ticket(before: Ticket, after: Ticket) -> Iterator[Reason]:
    if before.price is not None and after.price != before.price:
        yield PRICE_STAYS.given(ticket=before.id, price=before.price)
    if before.donation is not None:
        chosen = after.donation
        bounds = None if chosen is None else (chosen.minimum, chosen.may_be_nothing)
        if bounds != (before.donation.minimum, before.donation.may_be_nothing):
            yield DONATION_STAYS.given(ticket=before.id)
    if after.tax_category != before.tax_category:
        yield TAX_CATEGORY_STAYS.given(ticket=before.id, category=before.tax_category)
    old, new = ({tier.id: tier for tier in ticket.tiers} for ticket in (before, after))
    for id, tier in old.items():
        if id in new:
            yield from _of_a_tier(before, tier, new[id])
        else:
            yield TIER_STAYS.given(ticket=before.id, tier=id)
    for id in new:
        if id not in old:
            yield TIER_IS_NEW.given(ticket=before.id, tier=id)
    if [id for id in new if id in old] != [id for id in old if id in new]:
        yield TIERS_STAY_IN_ORDER.given(ticket=before.id)


def _of_a_tier(ticket: Ticket, before: Tier, after: Tier) -> Iterator[Reason]:
    if after.price != before.price:
        yield TIER_PRICE_STAYS.given(ticket=ticket.id, tier=before.id, price=before.price)
    fewer = after.quantity is not None and (before.quantity is None or after.quantity < before.quantity)
    if fewer or not _covers(after.window, before.window):
        yield TIER_SHRINKS.given(ticket=ticket.id, tier=before.id)


def _covers(window: Window, other: Window) -> bool:
    return window.intersection(other) == other
