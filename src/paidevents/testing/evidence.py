"""All that promises are checked by: the provider's books, what callers were told, and what the store has."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from attrs import field, frozen

from paidevents.access.tokens import Purpose
from paidevents.box_office.asks import Link
from paidevents.catalog.listing import Listing
from paidevents.ledger.book import Book
from paidevents.ledger.entry import Entry
from paidevents.lifecycle.refund import RefundState
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.payment import Payment
from paidevents.payments.snapshot import DisputeStatus, PaymentRef, RefundStatus, Snapshot
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import Message
from paidevents.ports.provider import Capability
from paidevents.ports.records import R, Stored
from paidevents.pricing.counters import Take
from paidevents.pricing.plan import Plan
from paidevents.providers.fake import FakeProvider
from paidevents.registration.waiting import WaitingEntry
from paidevents.testing.log import Log
from paidevents.testing.world import World

A_PAGE = 100


@frozen
class InTill:
    """
    What is in the till of one payment, in minor units of one currency, as the till says it.

    Attributes:
        payment: The payment, as it is kept.
        currency: In which it came.
        came: What was received of it.
        back: What was given back, also what is on its way.
        done: What of that has arrived.
        at_bank: What a bank took of it, until a dispute is decided or for good.
        is_disputed: A dispute of it is open.
        is_lost: Nothing of it is left: it failed after all, or a dispute of it was lost.
    """

    payment: Payment
    currency: Currency
    came: int
    back: int
    done: int
    at_bank: int
    is_disputed: bool
    is_lost: bool


@frozen(kw_only=True)
class Evidence:
    """
    What is known from all sides.

    Attributes:
        world: The world that is looked at.
        log: What callers were told.
        there: Every payment in the books of the fake providers.
        listings: Events by their ids: those that anybody was told of, or wrote to, or paid for.
        dossiers: Orders with all that belongs to them, by their ids.
        entries: Of the waiting lists.
        entered: The ledgers.
    """

    world: World
    log: Log
    there: Mapping[PaymentRef, Snapshot]
    listings: Mapping[str, Listing]
    dossiers: Mapping[str, Dossier]
    entries: tuple[WaitingEntry, ...]
    entered: tuple[Entry, ...] = field(repr=False)

    @classmethod
    def of(cls, world: World, log: Log) -> "Evidence":
        """All there is to see now."""
        store = world.store
        fakes = [till for till in world.tills if isinstance(till, FakeProvider)]
        there = {seen.ref: seen for till in fakes for seen in till.payments()}
        letters = world.outbox.messages
        named = dict.fromkeys(
            (
                *(one.id for one in log.orders),
                *(seen.reference for seen in there.values()),
                *(letter.order for letter in letters if letter.order),
            )
        )
        orders = [found.record for id in named if (found := store.get(Dossier, id)) is not None]
        events = dict.fromkeys(
            (*log.events, *(one.order.event for one in orders), *(letter.event for letter in letters))
        )
        listings = {id: kept.record for id in events if (kept := store.get(Listing, id)) is not None}
        dossiers = {one.record.id: one.record for id in listings for one in _all(world, Dossier, id)}
        return cls(
            world=world,
            log=log,
            there=there,
            listings=listings,
            dossiers={**{one.id: one for one in orders}, **dossiers},
            entries=tuple(one.record for id in listings for one in _all(world, WaitingEntry, id)),
            entered=tuple(entry for id in listings for entry in _entries(world, id)),
        )

    @property
    def at(self) -> datetime:
        """The present."""
        return self.world.clock.now()

    @property
    def book(self) -> Book:
        """All ledgers as one book."""
        return Book(self.entered)

    def plan(self, event: str) -> Plan:
        """The prices of an event."""
        return self.world.box.outside.plans.of(self.listings[event].event)

    def of_event(self, event: str) -> list[Dossier]:
        """The orders of an event."""
        return [one for one in self.dossiers.values() if one.order.event == event]

    def taken(self, event: str, takes: Sequence[Take]) -> Mapping[str, int]:
        """What the store says is taken of the counters of *takes*."""
        return self.world.store.taken(event, sorted({take.counter for take in takes}))

    def tills(self, dossier: Dossier) -> Iterator[InTill]:
        """What is in the till of each payment of an order: by the books there, or by what a person recorded."""
        for payment in dossier.payments:
            seen = self.seen(payment)
            if seen is not None and (seen.received is not None or seen.refunds):
                came = seen.received or Money.zero(seen.requested.currency)
                refunds = self._refunds(dossier, payment, seen)
                at_bank = seen.dispute in (DisputeStatus.OPEN, DisputeStatus.LOST)
                yield InTill(
                    payment=payment,
                    currency=came.currency,
                    came=came.minor,
                    back=sum(minor for minor, _ in refunds),
                    done=sum(minor for minor, is_done in refunds if is_done),
                    at_bank=min((seen.disputed or came).minor, came.minor) if at_bank else 0,
                    is_disputed=seen.dispute is DisputeStatus.OPEN,
                    is_lost=seen.is_gone,
                )

    def _refunds(self, dossier: Dossier, payment: Payment, seen: Snapshot) -> list[tuple[int, bool]]:
        """What was given back of a payment and did not fail, and whether it has arrived."""
        if self.is_by_hand(payment):
            own = [refund for refund in dossier.refunds if refund.payment == payment.id and refund.state in _BY_HAND]
            return [(refund.amount.minor, refund.state is RefundState.SUCCEEDED) for refund in own]
        made = [refund for refund in seen.refunds if refund.status is not RefundStatus.FAILED]
        return [(refund.amount.minor, refund.status is RefundStatus.SUCCEEDED) for refund in made]

    def seen(self, payment: Payment) -> Snapshot | None:
        """What is true of a payment: by the books there; where nobody keeps any, by what was recorded."""
        return payment.snapshot if self.is_by_hand(payment) else self.there.get(payment.ref or _NOWHERE)

    def is_by_hand(self, payment: Payment) -> bool:
        """Whether a person records what comes of a payment."""
        till = self.world.box.outside.tills.get(payment.provider, payment.account)
        return Capability.FETCH not in till.capabilities

    def joining(self, id: str, generation: int) -> str:
        """The address with which the holder of a pass joins."""
        return Link(Purpose.JOIN, id, generation).on(self.world.box.outside)

    @property
    def letters(self) -> Sequence[Message]:
        """What was sent."""
        return self.world.outbox.messages


_NOWHERE = PaymentRef("nowhere", "main", "none")
_BY_HAND = (RefundState.PENDING, RefundState.SUCCEEDED)


def _all(world: World, kind: type[R], event: str) -> Iterator[Stored[R]]:
    after = ""
    while page := world.store.find(kind, "event", event, after=after, limit=A_PAGE):
        yield from page
        after = page[-1].record.id


def _entries(world: World, event: str) -> Iterator[Entry]:
    after = ""
    while page := world.store.entries(event, after=after):
        yield from page
        after = page[-1].id
