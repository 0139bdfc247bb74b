"""A small shop, for examples that can be checked with a pocket calculator."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from paidevents import EUR, Money, Rate, Span
from paidevents.catalog import (
    AmountOff,
    Donation,
    Event,
    EventKind,
    Percent,
    PromoCode,
    Promotion,
    Provider,
    SetPrice,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
)
from paidevents.pricing import Basket, Item, Plan, Quote

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
BEGINS = datetime(2026, 4, 14, 16, tzinfo=UTC)
LENGTH = Span.of("90 min")


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def ticket(price: str = "20.00", id: str = "standard", **changed: Any) -> Ticket:
    return Ticket(**{"id": id, "name": id.capitalize(), "price": euros(price), **changed})


def gift(**donation: Any) -> Ticket:
    """A ticket whose buyer chooses the amount."""
    return Ticket(id="gift", name="Gift", donation=Donation(**donation))


def percent(rate: str) -> Percent:
    return Percent(Rate.of(rate))


def off(amount: str) -> AmountOff:
    return AmountOff((euros(amount),))


def price_of(amount: str) -> SetPrice:
    return SetPrice((euros(amount),))


def code(id: str, effect: Any, **changed: Any) -> Promotion:
    """A promotion with one code, which is its id."""
    return Promotion(**{"id": id, "effect": effect, "codes": (PromoCode(id),), **changed})


def taxes(*rates: tuple[str, str], mode: TaxMode = TaxMode.INCLUSIVE, **changed: Any) -> TaxTable:
    """A table of pairs of rate and category."""
    table = tuple(TaxRate(country="FR", rate=Rate.of(rate), category=category) for rate, category in rates)
    return TaxTable(**{"mode": mode, "seller": "FR", "rates": table, **changed})


def card(minimum: str | None = None, **changed: Any) -> Provider:
    return Provider(**{"name": "card", "minimum": None if minimum is None else euros(minimum), **changed})


def shop(*tickets: Ticket, **changed: Any) -> Event:
    """A talk of 90 minutes in April, or a series if sessions are given."""
    dated = "sessions" not in changed and changed.get("kind", EventKind.LIVE) is EventKind.LIVE
    plain = {
        "id": "shop",
        "title": "Shop",
        "zone": "Europe/Paris",
        "currency": EUR,
        "tickets": tickets or (ticket(),),
        "starts_at": BEGINS if dated else None,
        "duration": LENGTH if dated else None,
    }
    return Event(**{**plain, **changed})


def quote(event: Event, wanted: dict[str, int] | Sequence[Item] | int = 1, *codes: str, **asked: Any) -> Quote:
    """A quote for so many of the only ticket, or for a basket."""
    basket = Basket.of({event.tickets[0].id: wanted} if isinstance(wanted, int) else wanted)
    return Plan(event).quote(basket, codes, **{"at": AT, **asked})


def prices(found: Quote) -> list[str]:
    return [str(unit.price.decimal) for unit in found.units]


def lines(found: Quote) -> list[tuple[str, str]]:
    """Reason, or promotion, and amount of every line."""
    return [(line.promotion or line.reason.code, str(line.amount.decimal)) for line in found.lines]


def skips(found: Quote) -> dict[str, list[str]]:
    """The codes of the reasons of what did not apply, by promotion or code."""
    return {each.promotion or each.code: [reason.code for reason in each.reasons] for each in found.skipped}


def refusals(found: Quote) -> list[str]:
    return [reason.code for reason in found.refusals]


def taken(plan: Plan, found: Quote) -> dict[str, int]:
    return {take.counter: take.count for take in plan.claims(found)}
