"""What a quote takes: places, tiers and uses of promotions. All of it or nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping

from paidevents.catalog.event import Event
from paidevents.catalog.promotion import LimitOf, Promotion
from paidevents.pricing.counters import Take, customer_counter, first_purchase_counter, limit_counters, tier_counter
from paidevents.pricing.eligibility import limits_of
from paidevents.pricing.quote import Quote
from paidevents.pricing.seating import Seating


def claims_of(quote: Quote, event: Event, seating: Seating) -> tuple[Take, ...]:
    """The counters that *quote* takes, by name, each once."""
    takes: dict[str, Take] = {}
    for take in (*_of_places(quote, event, seating), *_of_promotions(quote, event)):
        before = takes.get(take.counter)
        if before is not None:
            limits = [limit for limit in (before.limit, take.limit) if limit is not None]
            takes[take.counter] = Take(take.counter, before.count, min(limits, default=None))
        else:
            takes[take.counter] = take
    return tuple(sorted(takes.values()))


def _of_places(quote: Quote, event: Event, seating: Seating) -> Iterable[Take]:
    places = quote.record.places
    by_ticket = Counter(ticket for ticket, _, _ in places)
    for counter, count, limit in seating.wanted(by_ticket, (session for _, _, session in places)):
        yield Take(counter, count, limit)
    tiers = {(ticket.id, tier.id): tier.quantity for ticket in event.tickets for tier in ticket.tiers}
    for (ticket, tier), count in Counter((ticket, tier) for ticket, tier, _ in places if tier).items():
        yield Take(tier_counter(ticket, tier), count, tiers[ticket, tier])
    for declared in event.tickets:
        if declared.most_per_customer is not None and declared.id in by_ticket:
            for mark in quote.record.marks:
                yield Take(customer_counter(declared.id, mark), by_ticket[declared.id], declared.most_per_customer)


def _of_promotions(quote: Quote, event: Event) -> Iterable[Take]:
    by_id = {promotion.id: promotion for promotion in event.promotions}
    for id, (key, taken, units) in used(quote).items():
        promotion = by_id[id]
        yield from _of_one(promotion, key, {LimitOf.ORDERS: 1, LimitOf.UNITS: units, LimitOf.AMOUNT: taken}, quote)


def used(quote: Quote) -> dict[str, tuple[str, int, int]]:
    """By promotion: the key of its code, the minor units that it takes off, and of how many places."""
    found = {promotion: (key, 0, 0) for promotion, key in quote.record.opened}
    keys = dict(quote.record.codes)
    for _, _, promotion, _, _, row, _ in quote.record.rows:
        if promotion:
            taken, units = -sum(row), sum(1 for amount in row if amount)
            found[promotion] = (keys.get(promotion, ""), taken, units)
    return found


def _of_one(promotion: Promotion, key: str, wanted: Mapping[LimitOf, int], quote: Quote) -> Iterable[Take]:
    marks = quote.record.marks
    code = next((code for code in promotion.codes if code.key == key), None)
    for limit in limits_of(promotion, code):
        for counter in limit_counters(limit, promotion.id, key or None, marks):
            if wanted[limit.of]:
                yield Take(counter, wanted[limit.of], limit.most)
    if promotion.first_purchase:
        for mark in marks:
            yield Take(first_purchase_counter(mark), 1, 1)
