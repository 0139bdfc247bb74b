"""A webinar under ClickMeeting's rules, and what an organizer and a buyer see of it."""

from datetime import UTC, datetime
from typing import Any

from box_office.offices import ORGANIZER, Office

from paidevents import EUR, Event, Money, Span, Ticket, Window
from paidevents.access import Purpose
from paidevents.box_office import flows
from paidevents.catalog import AmountOff, EventKind, Percent, PromoCode, Promotion, Tier
from paidevents.payments import PaymentRef
from paidevents.ports import Dossier, Message, PaymentRequest
from paidevents.presets import clickmeeting
from paidevents.registration import Order

RULES = clickmeeting(plan_size=50)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BEGINS = datetime(2026, 4, 14, 16, tzinfo=UTC)


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def ticket(price: str = "49.00", *tiers: Tier, **changed: Any) -> Ticket:
    """The only ticket, in euros."""
    return Ticket(**{"id": "standard", "name": "Standard", "price": euros(price), "tiers": tiers, **changed})


def lot(id: str, price: str, quantity: int | None = None, until: datetime | None = None) -> Tier:
    """A reduced ticket: so many, until then, or both."""
    return Tier(id=id, name=id.title(), price=euros(price), quantity=quantity, window=Window(ends_at=until))


def save(effect: Percent | AmountOff, *codes: PromoCode, **changed: Any) -> Promotion:
    """What a promo code takes off; the code is SAVE unless others are given."""
    return Promotion(**{"id": "save", "effect": effect, "codes": codes or (PromoCode("SAVE"),), **changed})


def webinar(*tickets: Ticket, **changed: Any) -> Event:
    """A live webinar at 49.00 of an organizer with a plan for 50; Stripe takes the money, or PayPal if that is chosen."""
    currency = changed.get("currency", EUR)
    has_start = changed.get("kind", EventKind.LIVE).value in ("live", "recorded")
    given: dict[str, Any] = {
        "id": "webinar",
        "title": "Webinar",
        "zone": "Europe/Paris",
        "currency": currency,
        "tickets": tickets or (ticket(),),
        "starts_at": BEGINS if has_start else None,
        "duration": Span.of("90 min") if has_start else None,
        "capacity": 50,
        "policy": RULES.policy,
        "fees": RULES.takes,
        "providers": RULES.providers(currency)[::-1] if "providers" not in changed else (),
        **changed,
    }
    return Event(**given)


def seat(office: Office, *codes: str, count: int = 1, **more: Any) -> Order:
    """So many places of the webinar, held."""
    return office.reserve(count, *codes, event="webinar", **more)


def asked(office: Office, order: str) -> PaymentRequest:
    """What the provider was asked for, when the only payment of an order was started."""
    paid = office.dossier(order)
    return office.till_of(paid.payments[0]).request(ref_of(paid))


def ref_of(paid: Dossier) -> PaymentRef:
    """What the only payment of an order is called at its provider."""
    (payment,) = paid.payments
    assert payment.ref is not None
    return payment.ref


def charges(office: Office, *codes: str, count: int = 1) -> list[str]:
    """What so many places cost now, one by one."""
    price = office.run(flows.quote("webinar", {"standard": count}, codes))
    return [str(unit.charged.decimal) for unit in price.units]


def left_out(office: Office, *codes: str) -> dict[str, str]:
    """The codes that take nothing off now, each with the reason that its buyer is shown."""
    price = office.run(flows.quote("webinar", {"standard": 1}, codes))
    return {skipped.code or "": " ".join(map(str, skipped.reasons)) for skipped in price.skipped}


def letters(office: Office, *kinds: str) -> list[Message]:
    """What people were told that is of one of these kinds."""
    return [message for message in office.world.outbox.messages if message.kind.value in kinds]


def said(message: Message) -> str:
    """The text of a letter, with plain spaces."""
    return message.body.replace("\u202f", " ").replace("\u00a0", " ")


def link(message: Message, purpose: Purpose = Purpose.JOIN) -> tuple[str, str]:
    """The pass and the token of a link in a letter, as they stand in its text too."""
    address = message.link(purpose)
    assert address in message.body.splitlines()
    _, what, pass_id, token = address.split("/")
    assert what == purpose.value
    return pass_id, token


def owed(office: Office) -> list[tuple[str, str]]:
    """What is owed to buyers: why, and how much."""
    rows = office.run(flows.owed("webinar", by=ORGANIZER)).rows
    return [(row.kind.value, str(row.amount)) for row in rows if row.is_to_buyer]


def balances(office: Office) -> dict[str, str]:
    """The accounts of the event's ledger in which there is something; what stands to somebody's credit is below zero."""
    book = office.run(flows.book("webinar", by=ORGANIZER))
    return {
        account.value: str(amount)
        for accounts in book.balances().values()
        for account, amount in accounts.items()
        if amount
    }
