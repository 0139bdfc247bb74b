"""Strategies for what is on sale: tickets, their tiers, and donations."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from paidevents.catalog.ticket import Donation, Ticket, Tier
from paidevents.testing.strategies.amounts import Bounds, Dice, made
from paidevents.timing.window import Window

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
LOTS = ("early_bird", "second_lot", "third_lot")
TAX_CATEGORIES = ("standard", "reduced")


def tiers(bounds: Bounds = None) -> st.SearchStrategy[Tier]:
    """Reduced prices, ended by a quantity, by a date, or by both."""
    return made(lambda dice: a_tier(dice, bounds, LOTS[0], None, NEW_YEAR))


def a_tier(dice: Dice, bounds: Bounds, id: str, below: int | None, ends_at: datetime) -> Tier:
    """A tier that costs less than *below* minor units, or anything within *bounds*."""
    prices = dice.prices(bounds)
    limit = dice.choice(("quantity", "both", "end"))
    rare = dice.below(6)
    opens_at = ends_at - timedelta(days=30) if limit != "quantity" and rare == 5 else None
    return Tier(
        id=id,
        name=id.replace("_", " ").capitalize(),
        price=dice.amount(prices, prices.least, prices.most if below is None else below - prices.step),
        quantity=None if limit == "end" else dice.below(50),
        window=Window(opens_at, None if limit == "quantity" else ends_at),
        enabled=rare != 4,
    )


def donations(bounds: Bounds = None) -> st.SearchStrategy[Donation]:
    """Donations, with a suggestion or without, some that may also be nothing."""
    return made(lambda dice: a_donation(dice, bounds))


def a_donation(dice: Dice, bounds: Bounds) -> Donation:
    """A donation within *bounds*."""
    prices = dice.prices(bounds)
    minimum = dice.amount(prices, prices.least, prices.most)
    suggestion = dice.amount(prices, minimum.minor, prices.most) if dice.one_in(2) else None
    return Donation(minimum=minimum, suggestion=suggestion, may_be_nothing=dice.one_in(2))


def tickets(bounds: Bounds = None) -> st.SearchStrategy[Ticket]:
    """
    Tickets with up to three tiers below their price, or for a donation.

    Example:
        >>> from paidevents.money import EUR
        >>> in_euros = tickets(EUR)
    """
    return made(lambda dice: a_ticket(dice, bounds, "standard", NEW_YEAR))


def a_ticket(
    dice: Dice, bounds: Bounds, id: str, starts_at: datetime, *, has_tiers: bool = True, may_hide: bool = True
) -> Ticket:
    """A ticket for an event that begins at *starts_at*."""
    prices = dice.prices(bounds)
    base = None if dice.one_in(8) else dice.charge(prices)
    lots: list[Tier] = []
    if has_tiers and base is not None and base.minor > prices.up(prices.least):
        days = sorted((dice.below(120) for _ in range(dice.below(4))), reverse=True)
        lots = [
            a_tier(dice, prices, lot, base.minor, starts_at - timedelta(days=before))
            for lot, before in zip(LOTS, days, strict=False)
        ]
    return Ticket(
        id=id,
        name=id.replace("_", " ").capitalize(),
        price=base,
        donation=a_donation(dice, prices) if base is None else None,
        tiers=tuple(lots),
        hidden=may_hide and dice.one_in(5),
        **(_limits(dice.together(), starts_at) if dice.one_in(2) else {}),
    )


def _limits(dice: Dice, starts_at: datetime) -> dict[str, Any]:
    """How a ticket is not like most of them."""
    least = dice.choice((1, 1, 2, 3))
    most = least + dice.below(10) if dice.one_in(2) else None
    return {
        "quantity": dice.below(200) if dice.one_in(2) else None,
        "on_sale": Window(None, starts_at) if dice.one_in(4) else Window(),
        "least_per_order": least,
        "most_per_order": most,
        "most_per_customer": most and most + dice.below(3),
        "tax_category": dice.choice(TAX_CATEGORIES),
    }
