"""Records of all six kinds, as plain as they can be, for tests of stores."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from attrs import evolve

from paidevents.access.pass_ import Pass
from paidevents.access.recording import Recording
from paidevents.catalog.event import Event
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import SYSTEM
from paidevents.catalog.ticket import Ticket
from paidevents.ledger.account import Account
from paidevents.ledger.entry import Entry, EntryKind, Posting
from paidevents.money.amount import Money
from paidevents.money.currency import EUR
from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund, RefundPurpose
from paidevents.payments.snapshot import PaymentRef
from paidevents.ports.connection import Connection
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.ports.records import Record
from paidevents.pricing.plan import Plan
from paidevents.registration.order import Order
from paidevents.registration.person import Attendee, Person
from paidevents.registration.reserving import reserve
from paidevents.registration.waiting import Offer, WaitingEntry
from paidevents.timing.deadline import Span

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BEGINS = NOON + timedelta(days=30)
MINUTE = timedelta(minutes=1)
PRICE = Money(2000, EUR)
ANA = Person(name="Ana Lima", email="ana@example.com")


@cache
def event(id: str = "talk") -> Event:
    """A talk of an hour, thirty days after `NOON`."""
    ticket = Ticket(id="standard", name="Standard", price=PRICE)
    return Event(
        id=id,
        title="A talk",
        zone="Europe/Paris",
        currency=EUR,
        starts_at=BEGINS,
        duration=Span(minutes=60),
        tickets=(ticket,),
    )


def listing(id: str = "talk", organizer: str = "42") -> Listing:
    """A talk that nobody can buy yet."""
    return Listing(event=event(id), organizer=organizer)


def on_sale(id: str = "talk", organizer: str = "42") -> Listing:
    """A talk that is on sale, and so begins by itself."""
    return listing(id, organizer).scheduled(at=NOON, by=SYSTEM, is_sound=True)[1]


@cache
def order(id: str, of: str) -> Order:
    """One place, held for fifteen minutes from `NOON` on."""
    plan = Plan(event(of))
    quote = plan.quote({"standard": 1}, at=NOON)
    return reserve(plan, quote, id=id, buyer=ANA, attendees=[Attendee(person=ANA)], at=NOON).order


def dossier(id: str = "A1", *, of: str = "talk", account: str = "") -> Dossier:
    """An order that is held, of an event, by the buyer with an account or none."""
    return Dossier(order=order(id, of), account=account)


def full_dossier(id: str = "A1", *, of: str = "talk") -> Dossier:
    """The same with a payment that is open, a refund that is owed and a pass."""
    payment = Payment(
        id=f"{id}-p1",
        order=id,
        provider="stripe:test",
        account="acct_1",
        amount=PRICE,
        ref=PaymentRef("stripe:test", "acct_1", f"cs_{id}"),
    )
    refund = Refund(id=f"{id}-r1", order=id, payment=payment.id, amount=PRICE, purpose=RefundPurpose.LATE)
    place = Pass(id=f"{id}-1", registration_id=f"{id}-1", event_id=of, issued_at=NOON)
    return evolve(dossier(id, of=of, account="7"), payments=(payment,), refunds=(refund,), passes=(place,))


def waiting(id: str = "w1", *, of: str = "talk", offered_until: datetime | None = None) -> WaitingEntry:
    """Somebody who waits, or has the offer of order A9."""
    entry = WaitingEntry(id=id, event=of, ticket="standard", person=ANA, joined_at=NOON)
    if offered_until is None:
        return entry
    offered = entry.offered("A9", event(of).policy, at=NOON)[1]
    return evolve(offered, offer=Offer(order="A9", until=offered_until))


def recording(id: str = "film", *, of: str = "talk") -> Recording:
    """The recording of an event."""
    return Recording(id=id, event_id=of, attached_at=BEGINS)


def connection(owner: str = "42", account: str = "acct_1") -> Connection:
    """The account that an owner is paid through; its id is `stripe/` and the owner."""
    return Connection(owner=owner, provider="stripe:test", account=account, connected_at=NOON)


def obligation(id: str = "A1/1", *, of: str = "talk", order: str = "A1", due_at: datetime = NOON) -> Obligation:
    """A message that is to be sent."""
    return Obligation(
        id=id,
        task=Task.TELL,
        event=of,
        order=order,
        subject=f"{order}-1" if order else "",
        key=id,
        made_at=NOON,
        due_at=due_at,
        message=MessageKind.CONFIRMATION,
    )


def entry(id: str = "A1:1", *, order: str = "A1", minor: int = 2000, at: datetime = NOON) -> Entry:
    """So many minor units that the buyer of an order no longer owes the organizer."""
    amount = Money(minor, EUR)
    postings = (Posting(Account.ORGANIZER, amount), Posting(Account.BUYER, -amount))
    return Entry(id=id, at=at, kind=EntryKind.FORGIVEN, order=order, postings=postings)


def one_of_each() -> Sequence[Record]:
    """A record of each kind, which belong together."""
    return (on_sale(), full_dossier(), waiting(), recording(), connection(), obligation())
