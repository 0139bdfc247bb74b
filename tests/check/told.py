"""The plain talk with Stripe to pay with, of which there is nothing to tell, and what is told of others."""

from typing import Any

from catalog.declared import talk

from paidevents.catalog import Event, PromoCode, Promotion, Provider
from paidevents.check import check
from paidevents.reason import Finding

STRIPE = Provider(name="stripe")


def paid(**changed: Any) -> Event:
    """The talk for 20.00 EUR, paid with Stripe."""
    return talk(**{"providers": [STRIPE], **changed})


def promotion(id: str = "spring", **changed: Any) -> Promotion:
    """A promotion with one code, unless it is automatic."""
    codes = [] if changed.get("automatic") else [PromoCode(id.upper())]
    return Promotion(**{"id": id, "codes": codes, **changed})


def told(event: Event) -> list[str]:
    """Every finding in short: how bad, where, and what."""
    return [f"{found.severity.value} {found.where}: {found.reason.code}" for found in check(event)]


def only(event: Event) -> Finding:
    """The one finding."""
    (found,) = check(event)
    return found


def says(event: Event) -> str:
    """The sentence of the one finding."""
    return str(only(event).reason)
