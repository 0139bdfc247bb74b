"""One box office behind two drivers, so that a test says once what holds for both."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import Any, TypeVar

from paidevents import EUR, Deadline, Event, Money, Provider, Span, Ticket
from paidevents.box_office import flows
from paidevents.box_office.asks import Recipe
from paidevents.catalog import Actor, Cancellation, Listing, Role
from paidevents.payments import Payment
from paidevents.ports import Dossier
from paidevents.providers import FakeProvider
from paidevents.registration import Order, Person
from paidevents.testing.world import World

T = TypeVar("T")

ORGANIZER = Actor(Role.ORGANIZER, "42")
BUYER = Actor(Role.ATTENDEE, "7")
NAMES = ("Ana", "Bo", "Cleo", "Dai", "Eve", "Finn")


def person(name: str = "Ana") -> Person:
    return Person(name=name, email=f"{name.lower()}@example.com")


def talk(**changed: Any) -> Event:
    """A talk for three at 20.00, or as it is *changed*; half the price comes back until a day before."""
    given: dict[str, Any] = {
        "id": "talk",
        "title": "A talk",
        "zone": "Europe/Paris",
        "currency": EUR,
        "capacity": 3,
        "starts_at": datetime(2026, 4, 14, 16, tzinfo=UTC),
        "duration": Span.of("90 min"),
        "tickets": [Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        "providers": [Provider(name="card"), Provider(name="bank_transfer")],
        "cancellation": Cancellation.full(Deadline.of("1 day before start")),
        **changed,
    }
    if given.get("sessions"):
        given.update(starts_at=None, duration=None)
    return Event(**given)


class Office:
    """
    A world, and one way to run its flows.

    Attributes:
        world: Clock, store, providers, outbox.
        is_async: The flows are awaited.
        fakes: The fake providers in it.
    """

    def __init__(self, *, is_async: bool = False, **world: Any) -> None:
        self.world = World(**world)
        self.is_async = is_async
        self.fakes = [one for one in self.world.tills if isinstance(one, FakeProvider)]
        self._delivered: Counter[tuple[str, str]] = Counter()

    def run(self, recipe: Recipe[T]) -> T:
        if self.is_async:
            return asyncio.run(self.world.async_box.run(recipe))
        return self.world.box.run(recipe)

    def publish(self, event: Event | None = None, **more: Any) -> Listing:
        return self.run(flows.publish(event or talk(), **{"by": ORGANIZER, **more}))

    def reserve(self, wanted: dict[str, int] | int = 1, *codes: str, event: str = "talk", **more: Any) -> Order:
        basket = {"standard": wanted} if isinstance(wanted, int) else wanted
        people = [person(NAMES[number % len(NAMES)]) for number in range(sum(basket.values()))]
        given: dict[str, Any] = {"buyer": people[0], "attendees": people, "by": BUYER, **more}
        return self.run(flows.reserve(event, basket, codes, **given))

    def pay(self, order: str, **more: Any) -> Dossier:
        """Check out, have the buyer pay, and bring the notifications."""
        checkout = self.run(flows.checkout(order, **more))
        self.till_of(self.dossier(order).payment(checkout.payment)).pay(checkout.url)
        self.deliver()
        return self.dossier(order)

    def sell(self, wanted: dict[str, int] | int = 1, *codes: str, **more: Any) -> Dossier:
        """Reserved, and paid."""
        return self.pay(self.reserve(wanted, *codes, **more).id)

    def till_of(self, payment: Payment) -> FakeProvider:
        """Whom it is paid with."""
        return next(one for one in self.fakes if (one.name, one.account) == (payment.provider, payment.account))

    def deliver(self) -> list[int]:
        """Bring every notification that was not brought yet; the statuses that were answered."""
        return [status for till in self.fakes for status in self._deliver(till)]

    def _deliver(self, till: FakeProvider) -> list[int]:
        world, where = self.world, (till.name, till.account)
        sent = till.notifications()[world.delivered if till is world.card else self._delivered[where] :]
        if till is world.card:
            world.delivered += len(sent)
        self._delivered[where] += len(sent)
        return [self.run(flows.receive(till.name, headers, body, account=till.account)) for headers, body in sent]

    def dossier(self, order: str) -> Dossier:
        return self.run(flows.dossier(order))

    def told(self) -> list[str]:
        return self.world.outbox.kinds()
