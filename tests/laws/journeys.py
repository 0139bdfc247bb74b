"""A whole box office as something that chance can act on: everybody who does something with it, and all that goes wrong."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from box_office.offices import BUYER, NAMES, ORGANIZER, person, talk

from paidevents import EUR, Money, Rate, Ticket, Window
from paidevents.access import Purpose
from paidevents.box_office import flows
from paidevents.box_office.asks import Recipe
from paidevents.catalog import Event, Limit, LimitOf, LimitPer, Percent, Policy, PromoCode, Promotion, Tier
from paidevents.errors import IllegalTransitionError, NotFoundError, ProviderError, RefusedError
from paidevents.payments import Snapshot, Status
from paidevents.ports import Dossier, MessageKind
from paidevents.registration import WaitingEntry
from paidevents.testing.crashes import Crash, CrashPoint, Watched, quiet
from paidevents.testing.promises import broken_promises
from paidevents.testing.world import World

T = TypeVar("T")

REFUSALS = (RefusedError, IllegalTransitionError, ProviderError, NotFoundError)
TICKETS = ("standard", "vip", "cheap")
# What nobody can do by themselves: to ask a provider again that has forgotten, or that refuses.
LEFT_TO_A_PERSON = {"key_forgotten", "still_set_aside"}
METHODS = ("start", "fetch", "capture", "void", "refund")


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def tickets() -> list[Ticket]:
    early = Tier(id="early", price=euros("14.90"), quantity=2, window=Window())
    return [
        Ticket(id="standard", name="Standard", price=euros("20.00"), tiers=(early,)),
        Ticket(id="vip", name="VIP", price=euros("35.00")),
        Ticket(id="cheap", name="Cheap", price=euros("12.00")),
    ]


TEN = Promotion(
    id="ten",
    effect=Percent(Rate.of("10 %")),
    codes=(PromoCode("TEN"),),
    limits=(
        Limit(LimitOf.UNITS, 4, LimitPer.PROMOTION),
        Limit(LimitOf.ORDERS, 2, LimitPer.PROMOTION),
        Limit(LimitOf.ORDERS, 1, LimitPer.CUSTOMER),
    ),
)
GROUP = Promotion(id="group", effect=Percent(Rate.of("25 %")), automatic=True, least_units=3)


def event(policy: Policy, capacity: int | None, **changed: Any) -> Event:
    promotions = [TEN, GROUP]
    return talk(tickets=tickets(), promotions=promotions, policy=policy, capacity=capacity, **changed)


class Town:
    """
    A world, and the people in it.

    Whoever acts is chosen by a number, so that chance needs to know nothing of them.

    Attributes:
        world: The world.
        orders: Ids of the orders that somebody was told of.
        pages: Where something can be paid: ids of payments and what they are called there.
        brought: How often each notification was brought.
    """

    def __init__(self, declared: Event, *, at_once: bool = True) -> None:
        self.world = World(at_once=at_once)
        self.event = declared
        self.watch()
        self.world.box.publish(declared, by=ORGANIZER)
        self.orders: list[str] = []
        self.brought: set[int] = set()

    def watch(self, until: CrashPoint | None = None) -> None:
        """Begin anew, up to some point."""
        self.world.restart()
        self.world.box = Watched(self.world.box, self.world.log, until)

    def do(self, recipe: Recipe[T]) -> T | None:
        """What a flow comes to; None if it is refused, or if everything ended on the way."""
        try:
            return self.world.box.run(recipe)
        except REFUSALS:
            return None
        except Crash:
            self.watch()
            return None

    def there(self, act: Callable[[], object]) -> None:
        """Something happens at the provider, if it can."""
        try:
            act()
        except ProviderError:
            return

    # Who and what there is.

    def of(self, things: Sequence[T], number: int) -> T | None:
        return things[number % len(things)] if things else None

    def dossier(self, number: int) -> Dossier | None:
        id = self.of(self.orders, number)
        found = None if id is None else self.world.store.get(Dossier, id)
        return None if found is None else found.record

    def some(self, dossier: Dossier, number: int) -> list[str] | None:
        """One attendee, or several, or all."""
        ids = [one.id for one in dossier.order.active]
        return ids[number % len(ids) :][: 1 + number % 2] if ids and number % 3 else None

    def payments(self, *statuses: Status) -> list[Snapshot]:
        """What the provider has; of what is open only what somebody was shown."""
        shown = {one.url for one in self.world.log.checkouts.values()}
        there = [seen for seen in self.world.card.payments() if seen.status in statuses]
        return [seen for seen in there if seen.status is not Status.OPEN or seen.url in shown]

    def waiting(self) -> list[WaitingEntry]:
        return [one.record for one in self.world.store.find(WaitingEntry, "event", self.event.id)]

    # What callers do.

    def reserve(self, places: int, ticket: int, code: bool, who: int) -> None:
        people = [person(NAMES[(who + number) % len(NAMES)]) for number in range(places)]
        wanted = {TICKETS[ticket]: places} if places < 3 else {TICKETS[ticket]: places - 1, "cheap": 1}
        if ticket == 2:
            wanted = {"cheap": places}
        id = f"A{len(self.orders) + 1}"
        self.orders.append(id)
        codes = ["ten"] if code else []
        self.do(flows.reserve("talk", wanted, codes, buyer=people[0], attendees=people, id=id, by=BUYER))

    def record(self, number: int, kind: int) -> None:
        """A person sees that something has come by transfer, and records it."""
        dossier = self.dossier(number)
        by_hand = [] if dossier is None else [one for one in dossier.payments if one.provider == "bank_transfer"]
        payment = self.of(by_hand, number)
        if dossier is not None and payment is not None:
            came = payment.amount if kind else payment.amount - euros("1.00")
            came = came + euros("3.00") if kind == 2 else came
            if came < max(self.world.log.by_hand.get(payment.id, ()), default=came):
                return  # what has come once has come
            self.world.log.saw(payment.id, came)
            self.do(flows.record_payment(dossier.id, payment.id, came, by=ORGANIZER))

    def take_offer(self, number: int) -> None:
        offer = self.of(self.world.outbox.of(MessageKind.OFFER), number)
        if offer is not None:
            _, _, entry, token = offer.link(Purpose.OFFER).split("/")
            order = self.do(flows.take_offer(entry, token))
            if order is not None and order.id not in self.orders:
                self.orders.append(order.id)

    def bring(self, number: int) -> None:
        """One of the notifications that were sent, perhaps once more."""
        sent = self.world.card.notifications()
        if sent:
            self._bring(number % len(sent))

    def bring_all(self) -> None:
        """All that were never brought, in order."""
        for index in range(len(self.world.card.notifications())):
            if index not in self.brought:
                self._bring(index)

    def _bring(self, index: int) -> None:
        card = self.world.card
        headers, body = card.resend(index)
        status = self.do(flows.receive(card.name, headers, body, account=card.account))
        assert status in (None, 200, 503)
        if status == 200:
            self.brought.add(index)

    def bring_what_nobody_asks_for(self) -> None:
        """What happens to a payment that is done with, only its notification tells; so it comes in the end."""
        card = self.world.card
        last = {json.loads(body).get("ref"): index for index, (_, body) in enumerate(card.notifications())}
        for index in last.values():
            self._bring(index)

    # What is looked at.

    def look(self, *, is_quiet: bool = False) -> None:
        broken = broken_promises(self.world, self.world.log, quiet=is_quiet)
        assert not broken, "\n".join(broken)

    def calm_down(self) -> None:
        """Nothing goes wrong any more, and nothing is left to be done; and then nothing is done."""
        self.world.card.heals()
        self.world.outbox.fails = 0
        self.watch()
        quiet(self.world)
        self.bring_what_nobody_asks_for()
        quiet(self.world)
        self.look(is_quiet=True)
        self.watch()
        again = self.world.box.reconcile()
        assert isinstance(self.world.box, Watched)
        assert (again.changes, again.failed, self.world.box.effects) == (0, (), [])
        stuck = {dict(one.values)["why"] for one in self.world.outbox.of(MessageKind.TASK_STUCK)}
        assert stuck <= LEFT_TO_A_PERSON, stuck
