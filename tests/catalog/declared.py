"""One plain talk in Paris, and events that differ from it in what a test is about."""

from datetime import UTC, datetime
from typing import Any

from paidevents import EUR, Money, Span
from paidevents.catalog import Event, EventSession, Ticket, Tier

START = datetime(2026, 4, 14, 16, tzinfo=UTC)
HOUR = Span.of("1 h")


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def ticket(id: str = "standard", **changed: Any) -> Ticket:
    return Ticket(**{"id": id, "name": id.capitalize(), "price": euros("20.00"), **changed})


def tier(id: str = "early_bird", **changed: Any) -> Tier:
    return Tier(**{"id": id, "price": euros("15.00"), "quantity": 50, **changed})


def session(id: str, starts_at: datetime = START, **changed: Any) -> EventSession:
    return EventSession(**{"id": id, "starts_at": starts_at, "duration": HOUR, **changed})


def talk(**changed: Any) -> Event:
    """The talk, dated unless *changed* says when it is."""
    dates = {} if changed.keys() & {"sessions", "kind"} else {"starts_at": START, "duration": HOUR}
    plain = {"id": "talk", "title": "A talk", "zone": "Europe/Paris", "currency": EUR, "tickets": [ticket()]}
    return Event(**{**plain, **dates, **changed})
