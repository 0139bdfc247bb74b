"""Letters about an order of the box office of one order: what the tests change one thing of."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from registration.desk import BUYER, Desk, attendee, person
from worked.shop import AT, shop, taxes, ticket

from paidevents import Deadline, Rate
from paidevents.access import Pass, Purpose
from paidevents.catalog import Approval, Cancellation, Event, Listing, Policy, RefundStep
from paidevents.explain import Telling, letter
from paidevents.lifecycle import OrderState, RegistrationState
from paidevents.ports import Dossier, Message, MessageKind
from paidevents.pricing import Basket, Item
from paidevents.registration import WaitingEntry, authorized, cancelled, reserve

K = MessageKind
TAXED = taxes(("20 %", "standard"))
TERMS = Cancellation.limited(
    RefundStep(Deadline.of("7 days before start"), Rate.of("100 %")),
    RefundStep(Deadline.of("24 h before start"), Rate.of("50 %")),
)
# Two days before it begins, when half is given back.
LATE = datetime(2026, 4, 12, 12, tzinfo=UTC)

LINKS = {purpose: f"https://tickets.example/{purpose.value}/x7" for purpose in Purpose}


def plain(text: str) -> str:
    """The text with ordinary spaces for those that do not break."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def sold(places: int = 1, *, paid: bool = True, **changed: Any) -> Desk:
    """An order of so many places of a talk, by Ana; she has the first of them, Bo the second."""
    tickets = changed.pop("tickets", (ticket("24.00"),))
    desk = Desk(shop(*tickets, **{"title": "A talk", **changed}))
    desk.reserve(places)
    if paid and desk.state is OrderState.HELD:
        desk.pay()
    return desk


def bought(event: Event, *items: Item) -> Desk:
    """An order of these places, all of them Ana's, which she has paid for."""
    desk = Desk(event)
    quote = desk.plan.quote(Basket.of(items), at=AT)
    given: dict[str, Any] = {"id": "A1", "buyer": person(), "attendees": [attendee()], "at": AT}
    desk.done(reserve(desk.plan, quote, places=[tuple(range(len(quote.charges)))], **given))
    desk.pay()
    return desk


def gone(**changed: Any) -> Desk:
    """Ana has cancelled two days before, and half of 24.00 is given back."""
    desk = sold(cancellation=TERMS, **changed)
    desk.at = LATE
    desk.do(cancelled, by=BUYER)
    return desk


def waits(**changed: Any) -> Desk:
    """Ana has paid, and the organizer is to decide."""
    return sold(policy=Policy(approval=Approval.MANUAL), **changed)


def set_aside() -> Desk:
    """Her money is set aside, and the organizer is to decide until March 3, noon UTC."""
    desk = waits(paid=False)
    desk.do(authorized, until=AT + timedelta(days=2))
    return desk


def waiting(**changed: Any) -> WaitingEntry:
    """Bo waits for a place."""
    plain: dict[str, Any] = {"id": "w1", "event": "shop", "ticket": "standard", "person": person("Bo"), "joined_at": AT}
    return WaitingEntry(**{**plain, **changed})


def offered() -> WaitingEntry:
    """The place of the order A1 is offered to Bo for a day, until noon UTC of March 2."""
    _, entry = waiting().offered("A1", Policy(), at=AT)
    return entry


def passes(desk: Desk, at: datetime | None = None) -> tuple[Pass, ...]:
    """A pass for each place that is confirmed, issued at that moment."""
    event, order = desk.plan.event, desk.order
    issued = []
    for one in order.registrations:
        if one.state is RegistrationState.CONFIRMED:
            units = [order.quotes[one.quote].units[unit] for unit in one.units]
            sessions = tuple(dict.fromkeys(unit.session for unit in units if unit.session))
            made = Pass.issued(event, id=one.id, registration_id=one.id, at=at or desk.at, sessions=sessions)
            issued.append(made)
    return tuple(issued)


def dossier(desk: Desk, **changed: Any) -> Dossier:
    return Dossier(**{"order": desk.order, "passes": passes(desk), **changed})


def listing(desk: Desk, **changed: Any) -> Listing:
    return Listing(**{"event": desk.plan.event, "organizer": "42", **changed})


def telling(desk: Desk, kind: MessageKind, **changed: Any) -> Telling:
    """What a letter to Ana, or to the organizer, may speak of, with every link there is."""
    usual: dict[str, Any] = {"listing": listing(desk), "dossier": dossier(desk), "registration": "A1-1", "links": LINKS}
    return Telling(kind=kind, **{**usual, **changed})


def told(desk: Desk, kind: MessageKind, locale: str = "en", **changed: Any) -> Message:
    """The letter, which there is."""
    message = letter(telling(desk, kind, **changed), locale)
    assert message is not None
    return message


def body(desk: Desk, kind: MessageKind, locale: str = "en", **changed: Any) -> str:
    """What it says."""
    return plain(told(desk, kind, locale, **changed).body)


def nobody(desk: Desk, kind: MessageKind, **changed: Any) -> bool:
    """Whether nobody is told."""
    return letter(telling(desk, kind, **changed), "en") is None


class Case(NamedTuple):
    """An order, and what is said besides."""

    desk: Desk
    said: dict[str, Any]


def case(kind: MessageKind) -> Case:
    """A letter of that kind that is true."""
    if kind in (K.AWAITING_APPROVAL, K.APPROVAL_NEEDED):
        return Case(waits(), {})
    if kind in (K.REFUSED, K.CANCELLED):
        return Case(gone(), {})
    if kind in (K.OFFER, K.LIST_CLOSED):
        return Case(sold(paid=False), {"registration": "", "entry": offered()})
    values = {"amount": "12.00 EUR", "sold": "120", "limit": "100", "task": "refund", "why": "outcome_unknown"}
    return Case(sold(), {"values": values})
