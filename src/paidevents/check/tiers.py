"""
Reduced tiers: whether anybody reaches them, and whether they are reduced.

Which tiers are open at a moment is asked of the pricing's own seasons: of
those that are open together, a later one sells when the earlier ones are
sold out.
"""

from collections.abc import Iterator

from attrs import Factory, evolve, frozen

from paidevents.catalog.event import Event
from paidevents.catalog.ticket import Ticket, Tier
from paidevents.check.findings import note, warning
from paidevents.check.goods import places_of, sale_of
from paidevents.checks import INT64_MAX
from paidevents.pricing.season import BEGINNING, Goods, Season, edges_of
from paidevents.reason import Finding, Reason

TIERS_SWITCHED_OFF = Reason("tiers_switched_off", "Reduced tiers are switched off.")
TIER_SWITCHED_OFF = Reason("tier_switched_off", "The tier {tier} is switched off.")
TIER_NEVER_OPEN = Reason("tier_never_open", "The tier {tier} is never open while {ticket} is on sale.")
TIER_NEVER_REACHED = Reason(
    "tier_never_reached", "Nobody reaches the tier {tier}: all that time {earlier} is open, which is never sold out."
)
TIER_WITHOUT_PLACES = Reason("tier_without_places", "Nobody reaches the tier {tier}: there are no places for it.")
TIER_LARGER_THAN_PLACES = Reason(
    "tier_larger_than_places", "Of the tier {tier} at most {left} can be sold, not {quantity}."
)
TIER_NOT_DEARER = Reason("tier_not_dearer", "The tier {tier} costs no more than {earlier} before it: {price}.")
TIER_NOT_REDUCED = Reason("tier_not_reduced", "The tier {tier} costs no less than the base price, {base}: {price}.")


@frozen
class Reach:
    """
    What buyers reach of a ticket's tiers.

    Attributes:
        opened: Ids of the tiers that are open at some time of the sale.
        behind: By tier, an earlier one that it waits for and that is never sold out.
        left: By tier, the most places that are left for it when its turn comes.
    """

    opened: set[str] = Factory(set)
    behind: dict[str, str] = Factory(dict)
    left: dict[str, int] = Factory(dict)


def check_tiers(event: Event) -> Iterator[Finding]:
    """Tiers that nobody reaches, in part or at all, and tiers in no order of price."""
    if not event.policy.tiers_enabled and any(ticket.tiers for ticket in event.tickets):
        yield note("policy.tiers_enabled", TIERS_SWITCHED_OFF)
    for place, ticket in enumerate(event.tickets):
        path = f"tickets[{place}]"
        for number, tier in enumerate(ticket.tiers):
            if not tier.enabled:
                yield note(f"{path}.tiers[{number}].enabled", TIER_SWITCHED_OFF.given(tier=tier.id))
        yield from _reachable(event, ticket, path)
        yield from _reduced(ticket, path)


def _reachable(event: Event, ticket: Ticket, path: str) -> Iterator[Finding]:
    places = places_of(event, ticket)
    if sale_of(event, ticket) is None or places == 0:
        return
    reach = _reach(event, ticket, INT64_MAX if places is None else places)
    for number, tier in enumerate(ticket.tiers):
        where = f"{path}.tiers[{number}]"
        if not tier.enabled:
            continue
        if tier.id not in reach.opened:
            yield warning(f"{where}.window", TIER_NEVER_OPEN.given(tier=tier.id, ticket=ticket.id))
        elif tier.id not in reach.left:
            yield warning(where, TIER_NEVER_REACHED.given(tier=tier.id, earlier=reach.behind[tier.id]))
        elif reach.left[tier.id] <= 0 or tier.quantity == 0:
            yield warning(f"{where}.quantity", TIER_WITHOUT_PLACES.given(tier=tier.id))
        elif tier.quantity is not None and tier.quantity > reach.left[tier.id]:
            reason = TIER_LARGER_THAN_PLACES.given(tier=tier.id, quantity=tier.quantity, left=reach.left[tier.id])
            yield warning(f"{where}.quantity", reason)


def _reach(event: Event, ticket: Ticket, places: int) -> Reach:
    """Season by season: who is open, who is open before, and what those leave of so many *places*."""
    alone = evolve(
        event,
        tickets=(ticket,),
        capacities=(),
        promotions=(),
        tax=None,
        policy=evolve(event.policy, tiers_enabled=True),
    )
    goods, reach = Goods(alone), Reach()
    quantities = {tier.id: tier.quantity for tier in ticket.tiers}
    for at in (BEGINNING, *edges_of(alone)):
        season = Season(alone, goods, at, None)
        left, endless = places, ""
        for good, _, _ in season.ladders[ticket.id] if ticket.id not in season.closed else ():
            tier = goods.names[good][1]
            reach.opened.add(tier)
            if endless:
                reach.behind[tier] = endless
                continue
            reach.left[tier] = max(left, reach.left.get(tier, left))
            quantity = quantities[tier]
            if quantity is None:
                endless = tier
            else:
                left -= quantity
    return reach


def _reduced(ticket: Ticket, path: str) -> Iterator[Finding]:
    before: Tier | None = None
    for number, tier in enumerate(ticket.tiers):
        if not tier.enabled:
            continue
        where = f"{path}.tiers[{number}].price"
        if ticket.price is not None and tier.price >= ticket.price:
            yield warning(where, TIER_NOT_REDUCED.given(tier=tier.id, price=tier.price, base=ticket.price))
        if before is not None and tier.price <= before.price:
            yield warning(where, TIER_NOT_DEARER.given(tier=tier.id, price=tier.price, earlier=before.id))
        before = tier
