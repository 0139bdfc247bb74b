"""A webinar under GoToWebinar's rules, on sale with a verified Stripe account, and what customers see of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from box_office.offices import NAMES, ORGANIZER, Office, person

from paidevents import USD, Event, Money, Span, Ticket
from paidevents.access import Purpose
from paidevents.box_office import flows
from paidevents.catalog import Actor, EventKind, EventSession, PromoCode, Promotion, Role, SetPrice
from paidevents.errors import RequestRejectedError
from paidevents.lifecycle import RegistrationState
from paidevents.payments import PaymentRef
from paidevents.ports import Dossier, Message, MessageKind
from paidevents.presets import gotowebinar
from paidevents.pricing import Item
from paidevents.pricing.counters import EVENT
from paidevents.providers import FakeProvider
from paidevents.registration import Order

RULES = gotowebinar(attendance_limit=100)
POLICY = RULES.policy
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BEGINS = datetime(2026, 4, 14, 16, tzinfo=UTC)
ENDS = BEGINS + timedelta(hours=1)
HELPER = Actor(Role.CO_ORGANIZER, "8")


def dollars(amount: str) -> Money:
    return Money.of(amount, USD)


def standard(price: str = "100.00") -> Ticket:
    return Ticket(id="standard", name="Standard", price=dollars(price))


def seminar(**changed: Any) -> Event:
    """A live webinar at 100.00 dollars, on April 14 at noon in New York, for an hour; or as it is *changed*."""
    is_dated = "sessions" not in changed and changed.get("kind") is not EventKind.ON_DEMAND
    given: dict[str, Any] = {
        "id": "seminar",
        "title": "A seminar",
        "zone": "America/New_York",
        "currency": USD,
        "tickets": [standard()],
        "starts_at": BEGINS if is_dated else None,
        "duration": Span.of("1 h") if is_dated else None,
        "capacity": 1000,
        "policy": POLICY,
        "fees": RULES.fees(USD),
        "providers": RULES.providers(USD),
        **changed,
    }
    return Event(**given)


def weekly(count: int) -> list[EventSession]:
    """So many sessions, called w1, w2 and so on, a week apart."""
    return [
        EventSession(id=f"w{week + 1}", starts_at=BEGINS + timedelta(weeks=week), duration=Span.of("1 h"))
        for week in range(count)
    ]


def code(text: str, price: str) -> Promotion:
    """A code that sets the price."""
    return Promotion(id=text.lower(), effect=SetPrice((dollars(price),)), codes=(PromoCode(text),))


def on_sale(office: Office, event: Event | None = None, **changed: Any) -> Office:
    """The office once the organizer's account is connected, and the webinar is on sale."""
    card = office.world.card
    office.run(flows.connect(ORGANIZER.id, card.name, card.account, by=ORGANIZER))
    office.publish(event or seminar(**changed))
    return office


def two_accounts(office: Office, *, card: str = "stripe:test", **second: Any) -> tuple[Office, FakeProvider]:
    """Another such office, with a second account at Stripe."""
    clock = office.world.clock
    till = FakeProvider("stripe:test", "second", clock=clock, **second)
    return Office(is_async=office.is_async, store=office.world.store, clock=clock, card=card, providers=[till]), till


def bring(office: Office, till: FakeProvider) -> list[int]:
    """Bring every notification of an account, those that were brought before as well: they change nothing."""
    sent = till.notifications()
    return [office.run(flows.receive(till.name, headers, body, account=till.account)) for headers, body in sent]


def register(office: Office, wanted: dict[str, int] | int = 1, *codes: str, **more: Any) -> Order:
    """Places are held for Ana, who buys, and for whom she brings along."""
    return office.reserve(wanted, *codes, **{"event": "seminar", **more})


def buy(office: Office, wanted: dict[str, int] | int = 1, *codes: str, **more: Any) -> Dossier:
    """Places are held, and paid."""
    return office.pay(register(office, wanted, *codes, **more).id)


def choose(office: Office, *sessions: str, name: str = NAMES[0]) -> Order:
    """One place in each of these sessions, for one person."""
    asked = [Item("standard", sessions=sessions)]
    places = [tuple(range(len(sessions)))]
    return office.run(flows.reserve("seminar", asked, buyer=person(name), places=places))


def states(dossier: Dossier) -> list[RegistrationState]:
    return [one.state for one in dossier.order.registrations]


def letters(office: Office, kind: MessageKind, name: str = "") -> list[Message]:
    """The letters of a kind; those to one person, if a name is given."""
    found = office.world.outbox.of(kind)
    return [one for one in found if not name or (one.person is not None and one.person.name == name)]


def letter(office: Office, kind: MessageKind, name: str = "") -> Message:
    """The only letter of a kind."""
    (found,) = letters(office, kind, name)
    return found


def link(message: Message, purpose: Purpose) -> tuple[str, str]:
    """The id and the token in the address for *purpose*, as it stands in the letter."""
    (line,) = [line for line in message.body.splitlines() if line.startswith(f"/{purpose.value}/")]
    assert line == message.link(purpose)
    _, _, id, token = line.split("/")
    return id, token


def plain(text: str) -> str:
    """The text with ordinary spaces for those that do not break."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def taken(office: Office, counter: str = EVENT) -> int:
    """How many places of the webinar are taken."""
    return office.world.store.taken("seminar", [counter]).get(counter, 0)


def balances(office: Office, order: str | None = None) -> dict[str, str]:
    """The accounts of the webinar's ledger, or of one order's, in which there is something."""
    found = office.run(flows.book("seminar", by=ORGANIZER)).balances(order)
    every = [(account, amount) for one in found.values() for account, amount in one.items() if amount]
    return {account.value: str(amount.decimal) for account, amount in every}


def in_books(till: FakeProvider) -> list[str]:
    """Each payment in an account's own books, the oldest first: where it stands, what came, and what went back."""
    found: list[str] = []
    while True:
        try:
            seen = till.fetch(PaymentRef(till.name, till.account, f"cs_{len(found) + 1}"))
        except RequestRejectedError:
            return found
        came = [] if seen.received is None else [str(seen.received.decimal)]
        back = [f"-{one.amount.decimal}" for one in seen.refunds]
        found.append(" ".join([seen.status.value, *came, *back]))
