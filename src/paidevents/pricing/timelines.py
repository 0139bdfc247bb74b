"""
The price over time and over seats sold: when it changes, and why.

Made of quotes of one place, so it shows what would be charged, never something
that was worked out beside it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from attrs import frozen

from paidevents import checks
from paidevents.catalog.event import Event
from paidevents.catalog.names import known
from paidevents.catalog.ticket import Ticket
from paidevents.money.amount import Money
from paidevents.pricing.basket import Item
from paidevents.pricing.counters import sold
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.pricing.reasons import SALE_ENDED, SALE_NOT_STARTED
from paidevents.reason import Reason
from paidevents.timing.local import start_of_day
from paidevents.timing.window import Window

SALE_OPENS = Reason("sale_opens", "The sale opens.")
SALE_CLOSES = Reason("sale_closes", "The sale closes.")
TIER_OPENS = Reason("tier_opens", "{tier} opens.")
TIER_ENDS = Reason("tier_ends", "{tier} ends.")
PROMOTION_STARTS = Reason("promotion_starts", "The discount “{promotion}” begins.")
PROMOTION_ENDS = Reason("promotion_ends", "The discount “{promotion}” ends.")
TAX_CHANGES = Reason("tax_changes", "A rate of tax changes.")
WHEN_SOLD_OUT = Reason("when_sold_out", "{tier} is sold out after so many: {places}.")

_NOT_ON_SALE = frozenset((SALE_NOT_STARTED.code, SALE_ENDED.code))
# Before the first edge any moment will do: nothing changes there by itself.
SHORTEST = timedelta(seconds=1)
ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@frozen(kw_only=True)
class Rung:
    """
    What one place costs while so many are sold.

    Attributes:
        tier: Id of the tier; empty at base price.
        sold_from: How many places of the ticket are sold when this price begins to hold.
        places: How many there are at it; None for as many as there are at all.
        list_price: Before any discount.
        charged: What the buyer of one place pays.
        reason: Why the price holds from there; None for the first.
    """

    tier: str
    sold_from: int
    places: int | None
    list_price: Money
    charged: Money
    reason: Reason | None


@frozen(kw_only=True)
class Stretch:
    """
    A stretch of time in which the price of a ticket changes by sale only.

    Attributes:
        ticket: Id of the ticket.
        window: From its beginning to its end; open where nothing changes before or after.
        rungs: The prices, in the order in which they are sold; empty while nothing is on sale.
        reasons: Why the stretch begins; empty for the first.
    """

    ticket: str
    window: Window
    rungs: tuple[Rung, ...]
    reasons: tuple[Reason, ...]


def timeline(event: Event, ticket: str | None = None, *, plan: Plan | None = None) -> tuple[Stretch, ...]:
    """
    The price of each ticket of *event*, or of one, from the first change to the last.

    A price is what one place costs without a code, automatic promotions,
    passed-on fees and taxes included, paid with the event's first provider. For
    a donation it is what is suggested, or the minimum.

    Args:
        event: The event.
        ticket: Id of a ticket; None for all of them.
        plan: The event's plan, if there is one already.

    Returns:
        The stretches of each ticket in turn, in order, without a gap. Neighbours that cost the same are one.

    Raises:
        InvalidValueError: The event has no such ticket, or cannot be priced (see `Plan`).

    Example:
        >>> from datetime import date
        >>> from paidevents import EUR, Span
        >>> from paidevents.catalog import Ticket, Tier
        >>> talk = Event(
        ...     id="talk", title="A talk", zone="Europe/Paris", currency=EUR,
        ...     starts_at=datetime(2026, 4, 14, 16, tzinfo=UTC), duration=Span.of("90 min"),
        ...     tickets=(Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR), tiers=(
        ...         Tier(id="early", price=Money.of("15.00", EUR), quantity=30,
        ...              window=Window.of_days(None, date(2026, 2, 28), "Europe/Paris")),
        ...     )),),
        ... )
        >>> for stretch in timeline(talk):
        ...     ends = stretch.window.ends_at
        ...     print([(rung.places, str(rung.charged)) for rung in stretch.rungs], ends and ends.isoformat())
        [(30, '15.00 EUR'), (None, '20.00 EUR')] 2026-02-28T23:00:00+00:00
        [(None, '20.00 EUR')] 2026-04-14T17:30:00+00:00
        [] None
    """
    checks.instance(event, "event", Event)
    if ticket is not None:
        known([checks.instance(ticket, "ticket", str)], event.tickets, "ticket")
    bound = Plan(event) if plan is None else checks.instance(plan, "plan", Plan)
    found: list[Stretch] = []
    for each in event.tickets:
        if ticket in (None, each.id):
            found += _joined(_stretches(bound, each))
    return tuple(found)


def _stretches(plan: Plan, ticket: Ticket) -> Iterable[Stretch]:
    edges = plan.edges()
    starts: tuple[datetime | None, ...] = (None, *edges)
    ends: tuple[datetime | None, ...] = (*edges, None)
    for starts_at, ends_at in zip(starts, ends, strict=True):
        at = starts_at if starts_at is not None else (edges[0] - SHORTEST if edges else ANY_TIME)
        yield Stretch(
            ticket=ticket.id,
            window=Window(starts_at, ends_at),
            rungs=tuple(_rungs(plan, ticket, at)),
            reasons=tuple(_reasons(plan.event, ticket, starts_at)) if starts_at is not None else (),
        )


def _rungs(plan: Plan, ticket: Ticket, at: datetime) -> Iterable[Rung]:
    """Sell the tiers out one after the other, and ask what the next place costs."""
    gone: dict[str, int] = {}
    before: Quote | None = None
    quantities = {tier.id: tier.quantity for tier in ticket.tiers}
    while True:
        quote = plan.quote((_one_place(plan.event, ticket),), at=at, taken=sold(plan.event, gone))
        if any(reason.code in _NOT_ON_SALE for reason in quote.refusals):
            return
        (unit,) = quote.units
        quantity = quantities.get(unit.tier)
        reason = None
        if before is not None:
            last = before.units[0].tier
            reason = WHEN_SOLD_OUT.given(tier=_name(ticket, last), places=quantities[last])
        yield Rung(
            tier=unit.tier,
            sold_from=sum(gone.values()),
            places=quantity,
            list_price=unit.list_price,
            charged=quote.charged,
            reason=reason,
        )
        if quantity is None:
            return
        gone[f"{ticket.id}/{unit.tier}"] = quantity
        before = quote


def _one_place(event: Event, ticket: Ticket) -> Item:
    sessions = (event.sessions[-1].id,) if event.chooses_sessions else ()
    amount = None
    if ticket.donation is not None:
        amount = ticket.donation.suggestion or ticket.donation.minimum
    return Item(ticket.id, 1, sessions, amount)


def _reasons(event: Event, ticket: Ticket, at: datetime) -> Iterable[Reason]:
    """What begins or ends at *at*, as far as the ticket's price can have to do with it."""
    windows = [event.on_sale, ticket.on_sale]
    if event.sale_ends_with_it:
        windows.append(Window(None, event.window.ends_at))
    if any(window.starts_at == at for window in windows):
        yield SALE_OPENS
    if any(window.ends_at == at for window in windows):
        yield SALE_CLOSES
    for tier in ticket.tiers:
        if tier.enabled and tier.window.ends_at == at:
            yield TIER_ENDS.given(tier=_name(ticket, tier.id))
        if tier.enabled and tier.window.starts_at == at:
            yield TIER_OPENS.given(tier=_name(ticket, tier.id))
    for promotion in event.promotions:
        if promotion.automatic and promotion.enabled:
            if promotion.window.ends_at == at:
                yield PROMOTION_ENDS.given(promotion=promotion.name or promotion.id)
            if promotion.window.starts_at == at:
                yield PROMOTION_STARTS.given(promotion=promotion.name or promotion.id)
    if event.tax is not None and any(start_of_day(rate.starts_on, event.zone) == at for rate in event.tax.rates):
        yield TAX_CHANGES


def _name(ticket: Ticket, tier: str) -> str:
    return next(each.name or each.id for each in ticket.tiers if each.id == tier)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Neighbours at the same prices as one."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if joined and joined[-1].rungs == stretch.rungs:
            last = joined.pop()
            whole = Window(last.window.starts_at, stretch.window.ends_at)
            joined.append(Stretch(ticket=last.ticket, window=whole, rungs=last.rungs, reasons=last.reasons))
        else:
            joined.append(stretch)
    return joined
