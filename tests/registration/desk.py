"""A box office of one order: it does what outcomes say, at once and without fail, and looks whether the laws hold."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from worked.shop import AT, euros, shop, ticket

from paidevents import Money
from paidevents.catalog import Event
from paidevents.catalog.people import Actor, Role
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.registration import RegistrationState
from paidevents.pricing import Plan, Quote
from paidevents.registration import Attendee, Order, Outcome, Person, paid, reserve
from paidevents.testing.laws import broken_laws

ORGANIZER = Actor(Role.ORGANIZER, "42")
BUYER = Actor(Role.ATTENDEE, "7")
LATER = AT + timedelta(minutes=15)

NAMES = ("Ana", "Bo", "Cleo", "Dai", "Eve", "Finn")


def person(name: str = "Ana") -> Person:
    return Person(name=name, email=f"{name.lower()}@example.com")


def attendee(name: str = "Ana", **changed: Any) -> Attendee:
    return Attendee(person=person(name), **changed)


class Desk:
    """One order of an event, the money that came for it, and what it took."""

    def __init__(self, event: Event | None = None) -> None:
        self.plan = Plan(event or shop(ticket()))
        self.received = Money.zero(self.plan.event.currency)
        self.taken: Counter[str] = Counter()
        self.at = AT
        self.last: Outcome
        self.order: Order

    def quote(self, wanted: Mapping[str, int] | int = 1, *codes: str, at: datetime | None = None) -> Quote:
        basket = {self.plan.event.tickets[0].id: wanted} if isinstance(wanted, int) else wanted
        return self.plan.quote(basket, codes, at=at or self.at, taken=+self.taken)

    def reserve(self, wanted: Mapping[str, int] | int = 1, *codes: str, **changed: Any) -> Outcome:
        quote = self.quote(wanted, *codes)
        people = [attendee(NAMES[number % len(NAMES)]) for number in range(len(quote.charges))]
        given: dict[str, Any] = {"id": "A1", "buyer": person(), "attendees": people, "at": self.at, **changed}
        return self.done(reserve(self.plan, quote, **given))

    def pay(self, amount: str | Money | None = None, **changed: Any) -> Outcome:
        """All that is asked, or so much; and the order hears of it."""
        due = self.order.asked - self.received if amount is None else amount
        self.received += euros(due) if isinstance(due, str) else due
        return self.done(paid(self.order, self.plan, received=self.received, at=self.at, **changed))

    def do(self, decide: Callable[..., Outcome], *given: Any, **changed: Any) -> Outcome:
        """A decision about the order, at this moment, by the organizer."""
        return self.done(decide(self.order, self.plan, *given, **{"at": self.at, "by": ORGANIZER, **changed}))

    def done(self, outcome: Outcome) -> Outcome:
        """All that *outcome* says, and then the laws."""
        self.last, self.order = outcome, outcome.order
        for take in outcome.takes:
            self.taken[take.counter] += take.count
        for take in outcome.gives:
            self.taken[take.counter] -= take.count
        for given in outcome.given:
            self.received -= given.refund.amount
        self.received -= outcome.in_vain
        broken = broken_laws(self.order, self.plan, received=self.received, taken=self.taken)
        assert not broken, (broken, self.received, self.order.due, self.order.adjustment, self.order.given)
        return outcome

    @property
    def state(self) -> OrderState:
        return self.order.state

    @property
    def states(self) -> list[RegistrationState]:
        return [one.state for one in self.order.registrations]

    def meant(self) -> list[str]:
        """What the last outcome meant, and for whom."""
        return [f"{meant.registration} {meant.effect.value}".strip() for meant in self.last.meant]
