"""
What a quote takes: places, tiers and uses of promotions. All of it or nothing.

Some places of a quote take what it would take if they were alone in it. What is
given back when some of them go is what all took before, less what those take
that stay; so places given back one by one give back what was taken, and no more.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from paidevents.catalog.event import Event
from paidevents.catalog.promotion import LimitOf, Promotion, Restore
from paidevents.pricing.counters import Take, customer_counter, first_purchase_counter, limit_counters, tier_counter
from paidevents.pricing.eligibility import limits_of
from paidevents.pricing.quote import Quote
from paidevents.pricing.seating import Seating


def claims_of(quote: Quote, event: Event, seating: Seating, units: Collection[int] | None = None) -> tuple[Take, ...]:
    """The counters that *quote* takes, or some places of it, by name, each once."""
    chosen = range(len(quote.record.places)) if units is None else sorted(units)
    return _merged((*_of_places(quote, event, seating, chosen), *_of_promotions(quote, event, chosen)))


def places_of(quote: Quote, seating: Seating, units: Collection[int]) -> tuple[Take, ...]:
    """
    Of what some places of *quote* take, only what there has to be room for: no tier, and no use of a promotion.

    For a payment that came too late: the price that was paid is honoured.
    """
    return _merged(_of_seats(quote, seating, sorted(units)))


def releases_of(
    quote: Quote, event: Event, seating: Seating, units: Collection[int], keep: Collection[int], *, paid: bool
) -> tuple[Take, ...]:
    """
    What is given back of what the places *units* took when only *keep* of them stay.

    Once an order was *paid*, only those uses of promotions come back that do so on any refund.
    """
    stays = {take.counter: take.count for take in claims_of(quote, event, seating, keep)}
    if paid:
        lasting = {one.id for one in event.promotions if one.restore is not Restore.ON_ANY_REFUND}
        stays.update((take.counter, take.count) for take in _of_promotions(quote, event, sorted(units), lasting))
    return _less(claims_of(quote, event, seating, units), stays)


def restored_of(quote: Quote, event: Event, units: Collection[int]) -> tuple[Take, ...]:
    """The uses of promotions that come back when all that was paid for *units*, the whole order, is given back."""
    restored = {one.id for one in event.promotions if one.restore is Restore.ON_FULL_REFUND}
    return _merged(_of_promotions(quote, event, sorted(units), restored))


def less(takes: Iterable[Take], others: Iterable[Take]) -> tuple[Take, ...]:
    """What *takes* take more of each counter than *others* do."""
    return _less(takes, {take.counter: take.count for take in others})


def _less(takes: Iterable[Take], counts: Mapping[str, int]) -> tuple[Take, ...]:
    more = ((take, take.count - counts.get(take.counter, 0)) for take in takes)
    return tuple(Take(take.counter, count, take.limit) for take, count in more if count > 0)


def _merged(found: Iterable[Take]) -> tuple[Take, ...]:
    takes: dict[str, Take] = {}
    for take in found:
        before = takes.get(take.counter)
        if before is not None:
            limits = [limit for limit in (before.limit, take.limit) if limit is not None]
            takes[take.counter] = Take(take.counter, before.count, min(limits, default=None))
        else:
            takes[take.counter] = take
    return tuple(sorted(takes.values()))


def _of_seats(quote: Quote, seating: Seating, units: Iterable[int]) -> Iterable[Take]:
    places = [quote.record.places[unit] for unit in units]
    by_ticket = Counter(ticket for ticket, _, _ in places)
    for counter, count, limit in seating.wanted(by_ticket, (session for _, _, session in places)) if places else ():
        yield Take(counter, count, limit)


def _of_places(quote: Quote, event: Event, seating: Seating, units: Collection[int]) -> Iterable[Take]:
    yield from _of_seats(quote, seating, units)
    places = [quote.record.places[unit] for unit in units]
    by_ticket = Counter(ticket for ticket, _, _ in places)
    tiers = {(ticket.id, tier.id): tier.quantity for ticket in event.tickets for tier in ticket.tiers}
    for (ticket, tier), count in Counter((ticket, tier) for ticket, tier, _ in places if tier).items():
        yield Take(tier_counter(ticket, tier), count, tiers.get((ticket, tier)))
    for declared in event.tickets:
        if declared.most_per_customer is not None and declared.id in by_ticket:
            for mark in quote.record.marks:
                yield Take(customer_counter(declared.id, mark), by_ticket[declared.id], declared.most_per_customer)


def _of_promotions(
    quote: Quote, event: Event, units: Collection[int], only: Collection[str] | None = None
) -> Iterable[Take]:
    by_id = {promotion.id: promotion for promotion in event.promotions}
    for id, (key, taken, count) in used(quote, units).items():
        promotion = by_id.get(id)
        if promotion is not None and (only is None or id in only):
            uses = {LimitOf.ORDERS: 1, LimitOf.UNITS: count, LimitOf.AMOUNT: taken}
            yield from _of_one(promotion, key, uses, quote)


def used(quote: Quote, units: Collection[int] | None = None) -> dict[str, tuple[str, int, int]]:
    """
    The promotions in *quote*, or in some places of it.

    Returns:
        By promotion: the key of its code, the minor units that it takes off, and of how many places.
    """
    chosen = range(len(quote.record.places)) if units is None else units
    found = {promotion: (key, 0, 0) for promotion, key in quote.record.opened if chosen}
    keys = dict(quote.record.codes)
    for _, _, promotion, _, _, row, _ in quote.record.rows:
        amounts = [-row[unit] for unit in chosen if row[unit]]
        if promotion and amounts:
            found[promotion] = (keys.get(promotion, ""), sum(amounts), len(amounts))
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
