"""The same front door for programs that await."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, TypeVar

from paidevents.access.pass_ import Pass
from paidevents.access.tokens import HostKey, Token
from paidevents.box_office import flows
from paidevents.box_office.asks import Recipe
from paidevents.box_office.checkout import Checkout
from paidevents.box_office.driving import AsyncDriver
from paidevents.box_office.flows.reconciling import Reconciled
from paidevents.box_office.flows.selling import Wanted
from paidevents.box_office.front_door import LINKS, ports
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
from paidevents.ports.source import Clock, Ids
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


class AsyncBoxOffice(AsyncDriver):
    """
    The same box office for programs that await: the same flows, the same results.

    Ports that can be awaited are awaited; others are called in a thread.

    Args:
        store: Where everything is kept; a `Store`, or one whose methods are awaited.
        providers: As for `BoxOffice`; their methods may be awaited.
        key: What personal links are made with.
        notifier: What brings messages to people; `send` may be awaited.
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

    async def publish(self, event: Event, *, by: Actor, organizer: str = "", locale: str = "en") -> Listing:
        """Put an event on sale; see `flows.publish`."""
        return await self.run(flows.publish(event, by=by, organizer=organizer, locale=locale))

    async def reschedule(self, event: Event, *, by: Actor) -> Listing:
        """Move an event to another day, and tell everybody; see `flows.reschedule`."""
        return await self.run(flows.reschedule(event, by=by))

    async def cancel_event(self, event: str, *, by: Actor) -> Listing:
        """Cancel an event, tell everybody, and give back what was paid; see `flows.cancel_event`."""
        return await self.run(flows.cancel_event(event, by=by))

    async def quote(self, event: str, wanted: Wanted, codes: Sequence[str] = (), **more: Any) -> Quote:
        """The price of some places now; see `flows.quote`."""
        return await self.run(flows.quote(event, wanted, codes, **more))

    async def reserve(
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
        return await self.run(
            flows.reserve(event, wanted, codes, buyer=buyer, attendees=attendees, shown=shown, by=by, **more)
        )

    async def checkout(
        self, order: str, *, provider: str = "", return_url: str = "", cancel_url: str = "", by: Actor = SYSTEM
    ) -> Checkout:
        """Begin the payment of an order; see `flows.checkout`."""
        return await self.run(
            flows.checkout(order, provider=provider, return_url=return_url, cancel_url=cancel_url, by=by)
        )

    async def receive(self, provider: str, headers: Mapping[str, str], body: bytes, *, account: str = "main") -> int:
        """A provider's notification: the HTTP status to answer with; see `flows.receive`."""
        return await self.run(flows.receive(provider, headers, body, account=account))

    async def dossier(self, order: str, *, by: Actor = SYSTEM) -> Dossier:
        """An order with its payments, refunds and passes; see `flows.dossier`."""
        return await self.run(flows.dossier(order, by=by))

    async def approve(self, order: str, registrations: Sequence[str] | None = None, *, by: Actor) -> Order:
        """Let people in, whatever they paid; see `flows.approve`."""
        return await self.run(flows.approve(order, registrations, by=by))

    async def refuse(self, order: str, registrations: Sequence[str] | None = None, *, by: Actor) -> Order:
        """Refuse people, whatever they paid; see `flows.refuse`."""
        return await self.run(flows.refuse(order, registrations, by=by))

    async def preview(
        self, order: str, registrations: Sequence[str] | None = None, *, by: Actor = SYSTEM
    ) -> tuple[CancellationDue, ...]:
        """What would be given back if places were given up now; see `flows.preview`."""
        return await self.run(flows.preview(order, registrations, by=by))

    async def cancel(
        self, order: str, registrations: Sequence[str] | None = None, *, share: Rate | None = None, by: Actor
    ) -> Order:
        """Give places up, at the terms of the event; see `flows.cancel`."""
        return await self.run(flows.cancel(order, registrations, share=share, by=by))

    async def refund(self, order: str, amount: Money | None = None, *, by: Actor) -> Order:
        """Give back what is owed, or some amount out of goodwill; see `flows.refund`."""
        return await self.run(flows.refund(order, amount, by=by))

    async def join(
        self, event: str, pass_id: str, token: Token | str, *, device: str, session: str | None = None
    ) -> Pass:
        """Let the holder of a personal link in; see `flows.join`."""
        return await self.run(flows.join(event, pass_id, token, device=device, session=session))

    async def sales(self, event: str, grouped: SalesBy = SalesBy.TICKET, *, by: Actor) -> Sales:
        """What was sold, and what it came to; see `flows.sales`."""
        return await self.run(flows.sales(event, grouped, by=by))

    async def fees(self, event: str, during: Window | None = None, *, by: Actor) -> Fees:
        """Fees as they were booked; see `flows.fees`."""
        return await self.run(flows.fees(event, during, by=by))

    async def taxes(self, event: str, during: Window | None = None, *, by: Actor) -> Taxes:
        """Taxes as they were booked; see `flows.taxes`."""
        return await self.run(flows.taxes(event, during, by=by))

    async def owed(self, event: str, *, by: Actor) -> Owed:
        """Who owes what to whom; see `flows.owed`."""
        return await self.run(flows.owed(event, by=by))

    async def reconciliation(self, event: str, *, notes: bool = False, by: Actor) -> Reconciliation:
        """Our payments and books against what the providers said; see `flows.reconciliation`."""
        return await self.run(flows.reconciliation(event, notes=notes, by=by))

    async def conservation(self, event: str, *, by: Actor) -> Mapping[Currency, Conservation]:
        """Where captured money is, and whether the ledger balances; see `flows.conservation`."""
        return await self.run(flows.conservation(event, by=by))

    def participants(self, event: str, *, limit: int = 100, by: Actor) -> AsyncIterator[Participant]:
        """Everybody of an event, read *limit* orders at a time while they are taken; see `flows.participants`."""
        return self._each(lambda after: flows.participants(event, after=after, limit=limit, by=by))

    def entries(self, event: str, *, order: str = "", limit: int = 1000, by: Actor) -> AsyncIterator[Entry]:
        """The ledger of an event or an order, read *limit* entries at a time; see `flows.entries`."""
        return self._each(lambda after: flows.entries(event, order=order, after=after, limit=limit, by=by))

    async def book(self, event: str, *, order: str = "", by: Actor) -> Book:
        """The ledger of an event, or of one of its orders; see `flows.book`."""
        return await self.run(flows.book(event, order=order, by=by))

    async def reconcile(self) -> Reconciled:
        """Set everything right: to be called now and then, and after a restart; see `flows.reconcile`."""
        return await self.run(flows.reconcile())

    async def _each(self, page_after: Callable[[str], Recipe[Page[T]]]) -> AsyncIterator[T]:
        """Row by row; a page is asked for when the one before it was taken."""
        page = await self.run(page_after(""))
        while page.after:
            for row in page.rows:
                yield row
            page = await self.run(page_after(page.after))
