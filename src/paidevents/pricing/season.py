"""
What holds between two moments at which anything changes: which tiers are open, what is on sale.

Worked out once for each stretch of time, so that a quote asks no window.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from paidevents.catalog.code import PromoCode
from paidevents.catalog.event import Event
from paidevents.catalog.promotion import Promotion
from paidevents.catalog.ticket import Ticket
from paidevents.checks import FIRST_YEAR
from paidevents.pricing.counters import tier_counter
from paidevents.pricing.reasons import EXPIRED, NOT_STARTED, SALE_ENDED, SALE_NOT_STARTED
from paidevents.reason import Reason
from paidevents.timing.local import start_of_day
from paidevents.timing.window import Window

# Where the years of the library begin, and so the first season.
BEGINNING = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)

# An open tier: its place among the goods, its counter, how many there are.
Rung = tuple[int, str, int | None]


class Goods:
    """
    What can be bought: every ticket at base price and at the price of each tier.

    Attributes:
        names: Ids of ticket and tier, the tier empty for the base price, by place.
        prices: Minor units, by place; 0 for a donation.
        base: Place of a ticket's base price, by its id.
        tiers: Places of a ticket's tiers, in order, by its id.
        donations: Places whose price the buyer chooses.
    """

    def __init__(self, event: Event) -> None:
        self.names: list[tuple[str, str]] = []
        self.prices: list[int] = []
        self.base: dict[str, int] = {}
        self.tiers: dict[str, list[int]] = {}
        self.donations: set[int] = set()
        for ticket in event.tickets:
            self.base[ticket.id] = len(self.names)
            if ticket.price is None:
                self.donations.add(len(self.names))
            self._add(ticket.id, "", 0 if ticket.price is None else ticket.price.minor)
            self.tiers[ticket.id] = []
            for tier in ticket.tiers:
                self.tiers[ticket.id].append(len(self.names))
                self._add(ticket.id, tier.id, tier.price.minor)

    def _add(self, ticket: str, tier: str, price: int) -> None:
        self.names.append((ticket, tier))
        self.prices.append(price)

    def matching(self, promotion: Promotion) -> frozenset[int] | None:
        """Which of them a promotion can be taken off; None for all."""
        tickets, tiers = promotion.match.tickets, promotion.match.tiers
        found = frozenset(
            place
            for place, (ticket, tier) in enumerate(self.names)
            if (not tickets or ticket in tickets) and (not tiers or tier in tiers) and place not in self.donations
        )
        return None if len(found) == len(self.names) else found


def edges_of(event: Event) -> list[datetime]:
    """Every moment at which something in the event changes by itself, in order."""
    windows = [event.on_sale]
    for ticket in event.tickets:
        windows += [ticket.on_sale, *(tier.window for tier in ticket.tiers)]
    for promotion in event.promotions:
        windows += [promotion.window, *(code.window for code in promotion.codes)]
    moments = {moment for window in windows for moment in (window.starts_at, window.ends_at)}
    if event.sale_ends_with_it:
        moments |= {event.window.ends_at, *(session.window.ends_at for session in event.sessions)}
    if event.tax is not None:
        moments |= {start_of_day(rate.starts_on, event.zone) for rate in event.tax.rates}
    return sorted(moment for moment in moments if moment is not None and moment > BEGINNING)


class Season:
    """
    A stretch of time in which nothing changes by itself.

    Attributes:
        until: Its end; None if it never ends.
        ladders: The open tiers of each ticket, in order, by the ticket's id.
        closed: Why a ticket is not on sale, by its id; absent if it is.
        past_sessions: Ids of the sessions that are no longer sold.
    """

    def __init__(self, event: Event, goods: Goods, starts_at: datetime, until: datetime | None) -> None:
        self._event = event
        self._at = starts_at
        self._against: dict[tuple[str, str | None], tuple[Reason, ...]] = {}
        self.until = until
        self.ladders = {ticket.id: list(self._ladder(ticket, goods)) for ticket in event.tickets}
        why = {ticket.id: self._why_closed(ticket) for ticket in event.tickets}
        self.closed = {ticket: reason for ticket, reason in why.items() if reason is not None}
        self.past_sessions = {
            session.id for session in event.sessions if event.sale_ends_with_it and session.window.is_over(starts_at)
        }

    def reasons_against(self, promotion: Promotion, code: PromoCode | None) -> tuple[Reason, ...]:
        """Why a promotion, or the code it was asked for with, does not hold now."""
        key = (promotion.id, None if code is None else code.key)
        known = self._against.get(key)
        if known is None:
            windows = [promotion.window] + ([] if code is None else [code.window])
            known = self._against[key] = tuple(self._outside(windows))
        return known

    def _outside(self, windows: list[Window]) -> Iterable[Reason]:
        opens = self._opens(windows)
        if opens is not None:
            yield NOT_STARTED.given(starts_at=opens)
        ends = [window.ends_at for window in windows if window.ends_at is not None and window.ends_at <= self._at]
        if ends:
            yield EXPIRED.given(ends_at=min(ends).astimezone(self._event.zone))

    def _opens(self, windows: list[Window]) -> datetime | None:
        """When all of *windows* will have opened; None if they have."""
        starts = [window.starts_at for window in windows if window.starts_at is not None]
        last = max(starts, default=self._at)
        return last.astimezone(self._event.zone) if last > self._at else None

    def _ladder(self, ticket: Ticket, goods: Goods) -> Iterable[Rung]:
        if not self._event.policy.tiers_enabled:
            return
        for place, tier in zip(goods.tiers[ticket.id], ticket.tiers, strict=True):
            if tier.enabled and self._at in tier.window:
                yield place, tier_counter(ticket.id, tier.id), tier.quantity

    def _why_closed(self, ticket: Ticket) -> Reason | None:
        event = self._event
        windows = [event.on_sale, ticket.on_sale]
        if event.sale_ends_with_it:
            windows.append(Window(None, event.window.ends_at))
        if any(window.is_over(self._at) for window in windows):
            return SALE_ENDED.given(ticket=ticket.name)
        opens = self._opens(windows)
        return None if opens is None else SALE_NOT_STARTED.given(ticket=ticket.name, starts_at=opens)
