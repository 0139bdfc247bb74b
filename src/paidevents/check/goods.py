"""What an event sells, one good for each declared price: where it stands, when it is on sale, how many there are."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from attrs import frozen

from paidevents.catalog.event import Event
from paidevents.catalog.promotion import Promotion
from paidevents.catalog.ticket import Ticket, Tier
from paidevents.money.amount import Money
from paidevents.pricing.eligibility import is_of_other_event
from paidevents.pricing.season import BEGINNING, edges_of
from paidevents.timing.window import Window


@frozen
class Good:
    """
    A ticket at base price or at the price of a tier.

    Attributes:
        ticket: The ticket.
        tier: The tier; None at base price.
        where: Path of the price.
        price: Of one place; None if the buyer chooses it.
        window: When it is on sale; None if never, or if it is switched off.
    """

    ticket: Ticket
    tier: Tier | None
    where: str
    price: Money | None
    window: Window | None

    @property
    def name(self) -> str:
        """Its id, as counters write it: of the ticket, or of ticket and tier."""
        return self.ticket.id if self.tier is None else f"{self.ticket.id}/{self.tier.id}"

    def has(self, promotion: Promotion) -> bool:
        """Whether *promotion* can be taken off it, windows aside."""
        match = promotion.match
        return (
            self.price is not None
            and (not match.tickets or self.ticket.id in match.tickets)
            and (not match.tiers or (self.tier is not None and self.tier.id in match.tiers))
        )


def goods_of(event: Event) -> tuple[Good, ...]:
    """Every good of *event*, each ticket's base price before its tiers."""
    return tuple(_goods(event))


def _goods(event: Event) -> Iterator[Good]:
    for place, ticket in enumerate(event.tickets):
        window, path = sale_of(event, ticket), f"tickets[{place}]"
        yield Good(ticket, None, f"{path}.price", ticket.price, window)
        for number, tier in enumerate(ticket.tiers):
            opens = common(window, tier.window) if tier.enabled and event.policy.tiers_enabled else None
            yield Good(ticket, tier, f"{path}.tiers[{number}].price", tier.price, opens)


def sale_of(event: Event, ticket: Ticket | None = None) -> Window | None:
    """When *event* is on sale, or one ticket of it; None if never."""
    ends_at = event.window.ends_at if event.sale_ends_with_it else None
    own = Window() if ticket is None else ticket.on_sale
    return common(event.on_sale, own, Window(None, ends_at))


def common(*windows: Window | None) -> Window | None:
    """What lies in all of *windows*; None if nothing does."""
    whole: Window | None = Window()
    for window in windows:
        whole = None if whole is None or window is None else whole.intersection(window)
    return whole


def times_of(promotion: Promotion) -> set[Window]:
    """When *promotion* can be had: by itself, or with each of its codes that are switched on."""
    windows = {code.window for code in promotion.codes if code.enabled} if promotion.codes else {Window()}
    together = (common(promotion.window, window) for window in windows)
    return {window for window in together if window is not None}


def last_moment(event: Event) -> datetime:
    """A moment at the end of the sale, when everything that is dated has begun."""
    sale = sale_of(event)
    if sale is not None and sale.ends_at is not None:
        return max(BEGINNING, sale.ends_at - timedelta(microseconds=1))
    return max([BEGINNING, *edges_of(event)])


def places_of(event: Event, ticket: Ticket) -> int | None:
    """The most places that can be sold of *ticket*; None if nothing limits them."""
    limits = [event.capacity, ticket.quantity]
    limits += [shared.places for shared in event.capacities if ticket.id in shared.tickets]
    if not event.chooses_sessions:
        limits += [session.capacity for session in event.sessions]
    return min((limit for limit in limits if limit is not None), default=None)


def places_offered(event: Event) -> int | None:
    """The most places that can be sold at once, of one session where sessions are chosen; None if without limit."""
    limits = [event.capacity]
    by_session = [session.capacity for session in event.sessions]
    if not event.chooses_sessions:
        limits += by_session
    elif None not in by_session:
        limits.append(max(_known(by_session)))
    by_ticket = [ticket.quantity for ticket in event.tickets]
    if None not in by_ticket:
        limits.append(sum(_known(by_ticket)))
    limits += [shared.places for shared in event.capacities if {t.id for t in event.tickets} <= {*shared.tickets}]
    return min(_known(limits), default=None)


def _known(limits: Iterable[int | None]) -> list[int]:
    return [limit for limit in limits if limit is not None]


def in_use(event: Event) -> Iterator[tuple[int, Promotion]]:
    """The promotions that are switched on and for this event, each with its position."""
    for place, promotion in enumerate(event.promotions):
        if promotion.enabled and not is_of_other_event(promotion, event):
            yield place, promotion
