"""The front door: a box office with its ports, and a method for each thing that most programs do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from paidevents.access.pass_ import Pass
from paidevents.access.tokens import HostKey, Token
from paidevents.box_office import flows
from paidevents.box_office.asks import Recipe
from paidevents.box_office.checkout import Checkout
from paidevents.box_office.driving import Driver
from paidevents.box_office.flows.reconciling import Reconciled
from paidevents.box_office.flows.selling import Wanted
from paidevents.box_office.outside import Outside, Plans, Providers, Tills
from paidevents.box_office.page import Page
from paidevents.cancellation.due import CancellationDue
from paidevents.catalog.event import Event
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.ledger.book import Book
from paidevents.ledger.conservation import Conservation
from paidevents.ledger.entry import Entry
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import Notifier
from paidevents.ports.source import Clock, Ids, RandomIds, SystemClock
from paidevents.ports.store import Store
from paidevents.pricing.phase import Step
from paidevents.pricing.quote import Quote
from paidevents.pricing.stages.standard import STANDARD_STEPS
from paidevents.registration.order import Order
from paidevents.registration.person import Attendee, Person
from paidevents.reports.fee_sums import Fees
from paidevents.reports.owing import Owed
from paidevents.reports.participant import Participant
from paidevents.reports.reconciled import Reconciliation
from paidevents.reports.sale_sums import Sales, SalesBy
from paidevents.reports.tax_sums import Taxes
from paidevents.timing.window import Window

T = TypeVar("T")

LINKS = "/{purpose}/{id}/{token}"


def ports(
    store: Any,
    providers: Any = (),
    *,
    key: HostKey,
    notifier: Any = None,
    clock: Clock | None = None,
    ids: Ids | None = None,
    links: str = LINKS,
    steps: Sequence[Step] = STANDARD_STEPS,
    at_once: bool = True,
) -> Outside:
    """The ports of a box office, with what most hosts do not choose."""
    return Outside(
        store=store,
        tills=Tills(providers),
        notifier=notifier,
        clock=clock or SystemClock(),
        ids=ids or RandomIds(),
        key=key,
        links=links,
        plans=Plans(steps),
        at_once=at_once,
    )


class BoxOffice(Driver):
    """
    Sells access to events: every use case, on the ports that it is given.

    The methods are the common path. `flows` has all there is: `box.run(flows.transfer(...))`.
    It keeps nothing in memory but prices; as many as you like may work on one store.

    Args:
        store: Where everything is kept.
        providers: Accounts at payment providers; or a function from a provider's name and
            an account to it, where organizers have accounts of their own.
        key: What personal links are made with.
        notifier: What brings messages to people; None if nobody is told anything.
        clock: What time it is; the machine's if none is given.
        ids: New names; random if none is given.
        links: What a personal address looks like, with `{purpose}`, `{id}` and `{token}` in it.
        steps: The pricing rules.
        at_once: Providers and people are asked and told at once. Otherwise by whoever calls `reconcile`.

    Raises:
        InvalidValueError: An argument that cannot be.
    """

    def __init__(
        self,
        store: Store,
        providers: Providers = (),
        *,
        key: HostKey,
        notifier: Notifier | None = None,
        clock: Clock | None = None,
        ids: Ids | None = None,
        links: str = LINKS,
        steps: Sequence[Step] = STANDARD_STEPS,
        at_once: bool = True,
    ) -> None:
        super().__init__(
            ports(
                store,
                providers,
                key=key,
                notifier=notifier,
                clock=clock,
                ids=ids,
                links=links,
                steps=steps,
                at_once=at_once,
            )
        )

    def publish(self, event: Event, *, by: Actor, organizer: str = "", locale: str = "en") -> Listing:
        """Put an event on sale; see `flows.publish`."""
        return self.run(flows.publish(event, by=by, organizer=organizer, locale=locale))

    def reschedule(self, event: Event, *, by: Actor) -> Listing:
        """Move an event to another day, and tell everybody; see `flows.reschedule`."""
        return self.run(flows.reschedule(event, by=by))

    def cancel_event(self, event: str, *, by: Actor) -> Listing:
        """Cancel an event, tell everybody, and give back what was paid; see `flows.cancel_event`."""
        return self.run(flows.cancel_event(event, by=by))

    def quote(self, event: str, wanted: Wanted, codes: Sequence[str] = (), **more: Any) -> Quote:
        """The price of some places now; see `flows.quote`."""
        return self.run(flows.quote(event, wanted, codes, **more))

    def reserve(
        self,
        event: str,
        wanted: Wanted,
        codes: Sequence[str] = (),
        *,
        buyer: Person,
        attendees: Sequence[Attendee | Person] | None = None,
        shown: Quote | Money | None = None,
        by: Actor = SYSTEM,
        **more: Any,
    ) -> Order:
        """Hold places at the price of this moment; see `flows.reserve`."""
        return self.run(
            flows.reserve(event, wanted, codes, buyer=buyer, attendees=attendees, shown=shown, by=by, **more)
        )

    def checkout(
        self, order: str, *, provider: str = "", return_url: str = "", cancel_url: str = "", by: Actor = SYSTEM
    ) -> Checkout:
        """Begin the payment of an order; see `flows.checkout`."""
        return self.run(flows.checkout(order, provider=provider, return_url=return_url, cancel_url=cancel_url, by=by))

    def receive(self, provider: str, headers: Mapping[str, str], body: bytes, *, account: str = "main") -> int:
        """A provider's notification: the HTTP status to answer with; see `flows.receive`."""
        return self.run(flows.receive(provider, headers, body, account=account))

    def dossier(self, order: str, *, by: Actor = SYSTEM) -> Dossier:
        """An order with its payments, refunds and passes; see `flows.dossier`."""
        return self.run(flows.dossier(order, by=by))

    def approve(self, order: str, registrations: Sequence[str] | None = None, *, by: Actor) -> Order:
        """Let people in, whatever they paid; see `flows.approve`."""
        return self.run(flows.approve(order, registrations, by=by))

    def refuse(self, order: str, registrations: Sequence[str] | None = None, *, by: Actor) -> Order:
        """Refuse people, whatever they paid; see `flows.refuse`."""
        return self.run(flows.refuse(order, registrations, by=by))

    def preview(
        self, order: str, registrations: Sequence[str] | None = None, *, by: Actor = SYSTEM
    ) -> tuple[CancellationDue, ...]:
        """What would be given back if places were given up now; see `flows.preview`."""
        return self.run(flows.preview(order, registrations, by=by))

    def cancel(
        self, order: str, registrations: Sequence[str] | None = None, *, share: Rate | None = None, by: Actor
    ) -> Order:
        """Give places up, at the terms of the event; see `flows.cancel`."""
        return self.run(flows.cancel(order, registrations, share=share, by=by))

    def refund(self, order: str, amount: Money | None = None, *, by: Actor) -> Order:
        """Give back what is owed, or some amount out of goodwill; see `flows.refund`."""
        return self.run(flows.refund(order, amount, by=by))

    def join(self, event: str, pass_id: str, token: Token | str, *, device: str, session: str | None = None) -> Pass:
        """Let the holder of a personal link in; see `flows.join`."""
        return self.run(flows.join(event, pass_id, token, device=device, session=session))

    def sales(self, event: str, grouped: SalesBy = SalesBy.TICKET, *, by: Actor) -> Sales:
        """What was sold, and what it came to; see `flows.sales`."""
        return self.run(flows.sales(event, grouped, by=by))

    def fees(self, event: str, during: Window | None = None, *, by: Actor) -> Fees:
        """Fees as they were booked; see `flows.fees`."""
        return self.run(flows.fees(event, during, by=by))

    def taxes(self, event: str, during: Window | None = None, *, by: Actor) -> Taxes:
        """Taxes as they were booked; see `flows.taxes`."""
        return self.run(flows.taxes(event, during, by=by))

    def owed(self, event: str, *, by: Actor) -> Owed:
        """Who owes what to whom; see `flows.owed`."""
        return self.run(flows.owed(event, by=by))

    def reconciliation(self, event: str, *, notes: bool = False, by: Actor) -> Reconciliation:
        """Our payments and books against what the providers said; see `flows.reconciliation`."""
        return self.run(flows.reconciliation(event, notes=notes, by=by))

    def conservation(self, event: str, *, by: Actor) -> Mapping[Currency, Conservation]:
        """Where captured money is, and whether the ledger balances; see `flows.conservation`."""
        return self.run(flows.conservation(event, by=by))

    def participants(self, event: str, *, limit: int = 100, by: Actor) -> Iterator[Participant]:
        """Everybody of an event, read *limit* orders at a time while they are taken; see `flows.participants`."""
        return self._each(lambda after: flows.participants(event, after=after, limit=limit, by=by))

    def entries(self, event: str, *, order: str = "", limit: int = 1000, by: Actor) -> Iterator[Entry]:
        """The ledger of an event or an order, read *limit* entries at a time; see `flows.entries`."""
        return self._each(lambda after: flows.entries(event, order=order, after=after, limit=limit, by=by))

    def book(self, event: str, *, order: str = "", by: Actor) -> Book:
        """The ledger of an event, or of one of its orders; see `flows.book`."""
        return self.run(flows.book(event, order=order, by=by))

    def reconcile(self) -> Reconciled:
        """Set everything right: to be called now and then, and after a restart; see `flows.reconcile`."""
        return self.run(flows.reconcile())

    def _each(self, page_after: Callable[[str], Recipe[Page[T]]]) -> Iterator[T]:
        """Row by row; a page is asked for when the one before it was taken."""
        page = self.run(page_after(""))
        while page.after:
            yield from page.rows
            page = self.run(page_after(page.after))
