"""Where a story takes place: a box office on a store, a provider that is played, and a clock that is set by hand."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from paidevents.catalog.event import Event
from paidevents.catalog.people import Actor, Role
from paidevents.cli.event_files import DEMO, read_event_file
from paidevents.cli.reporting.words import ACCOUNTS, TOGETHER
from paidevents.cli.sheet import Sheet
from paidevents.cli.story.teller import Teller
from paidevents.ledger.account import Account
from paidevents.money.amount import Money
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import Message, MessageKind
from paidevents.ports.store import Store
from paidevents.pricing.quote import Quote
from paidevents.reason import Reason
from paidevents.registration.order import Order
from paidevents.registration.person import Person
from paidevents.testing.world import World

ZONE = ZoneInfo("Europe/Paris")
ORGANIZER = Actor(Role.ORGANIZER, "olga")
PODCAST, BOOK_CLUB = "podcast", "book_club"
OPENING = datetime(2026, 3, 2, 9, tzinfo=ZONE)

STANDING = Reason("phrase_demo_standing", "{title}: {taken} of {places} places taken, {money} lie with the providers.")


class Stage:
    """
    A world, and what is told of it.

    Args:
        store: Where everything is kept.
        locale: The language.
        events: Ids of the events that are sold.

    Attributes:
        world: The box office and all that it works with.
        tell: Tells.
        events: The events, by their ids, as they are declared now.
        orders: Ids of orders, by who bought.
    """

    def __init__(self, store: Store, locale: str, events: Iterable[str] = (PODCAST, BOOK_CLUB)) -> None:
        self.world = World(store=store, card="stripe:test", at=OPENING)
        self.tell = Teller(locale)
        self.events: dict[str, Event] = {name: read_event_file(DEMO + name) for name in events}
        self.orders: dict[str, str] = {}

    @property
    def now(self) -> datetime:
        """The moment that the clock shows, in the zone of the events."""
        return self.world.clock.now().astimezone(ZONE)

    def scene(self, title: Reason, month: int, day: int, hour: int, minute: int = 0) -> None:
        """
        A scene begins, at a moment of 2026.

        What a job does now and then is done first: holds that ran out are let go of.
        """
        self.world.clock.set(datetime(2026, month, day, hour, minute, tzinfo=ZONE))
        self.world.box.reconcile()
        self.tell.scene(title, self.now)

    def reserve(self, who: str, event: str, count: int = 1, *codes: str, others: tuple[str, ...] = ()) -> Order:
        """*who* orders places, one for everybody named, or all of the only ticket there is."""
        ticket = self.events[event].tickets[0].id
        people = [person(name) for name in (who, *others)]
        order = self.world.box.reserve(
            event,
            {ticket: count},
            codes,
            buyer=people[0],
            attendees=people,
            locale=self.tell.locale,
            id=f"order-{who.lower()}",
            by=account(who),
        )
        self.orders[who] = order.id
        return order

    def pay_by_card(self, who: str) -> Dossier:
        """*who* pays at the provider's page, and the provider's notifications come in."""
        checkout = self.world.box.checkout(self.orders[who])
        self.world.card.pay(checkout.url)
        self.world.deliver()
        return self.dossier(who)

    def dossier(self, who: str) -> Dossier:
        """The order of *who*, as it is stored."""
        return self.world.box.dossier(self.orders[who])

    def letters(self, kind: MessageKind, event: str) -> list[Message]:
        """What was written about an event."""
        return [letter for letter in self.world.outbox.of(kind) if letter.event == event]

    def price(self, quote: Quote) -> None:
        """Show a price, line by line."""
        self.tell.lines(Sheet(quote, self.events[quote.event], self.tell.locale).compact())

    def standing(self, event: str) -> None:
        """Show how many places are taken, and how much money lies with the providers."""
        declared = self.events[event]
        taken = self.world.store.taken(event, ["event"]).get("event", 0)
        money = self.world.box.book(event, by=ORGANIZER).balances().get(declared.currency, {})
        lies = money.get(Account.PROVIDER, Money.zero(declared.currency))
        self.tell.look(STANDING.given(title=declared.title, taken=taken, places=declared.capacity or taken, money=lies))

    def ledger(self, who: str) -> None:
        """Show what became of the money of an order: all accounts that were moved, and their sum."""
        dossier = self.dossier(who)
        book = self.world.box.book(dossier.order.event, order=dossier.id, by=ORGANIZER)
        for currency, amounts in book.balances().items():
            rows = [(ACCOUNTS[account], amount) for account, amount in amounts.items() if amount]
            self.tell.table(rows, right=(1,), totals=[(TOGETHER, sum(amounts.values(), Money.zero(currency)))])


def person(name: str) -> Person:
    """Somebody of the story."""
    return Person(name=name, email=f"{name.lower()}@example.com")


def account(name: str) -> Actor:
    """The account of a buyer of the story."""
    return Actor(Role.ATTENDEE, name.lower())
