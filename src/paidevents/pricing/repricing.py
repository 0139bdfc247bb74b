"""Some places of a quote as they would have been for them alone: what of it stays when it is priced again."""

from collections.abc import Iterable, Mapping, Sequence

from paidevents.catalog.event import Event
from paidevents.catalog.names import UNKNOWN_ID
from paidevents.checks import between, several
from paidevents.errors import InvalidValueError
from paidevents.money.currency import Currency
from paidevents.pricing.eligibility import hits_of, member_of, reasons_against_places
from paidevents.pricing.member import BoundPromotion, Member
from paidevents.pricing.pipeline import Cart, Pipeline
from paidevents.pricing.record import Context, Record
from paidevents.pricing.settlement import record_of
from paidevents.reason import Reason

OTHER_VERSION = Reason("other_version", "The quote was made with version {version} of {promotion}.")


def record_again(
    record: Record,
    kept: Sequence[int],
    event: Event,
    pipeline: Pipeline,
    goods: Sequence[tuple[str, str]],
    bound: Mapping[str, BoundPromotion],
) -> Record:
    """
    The price of the places *kept* as if there had been no others.

    Args:
        record: Of the quote.
        kept: Positions in it, in order.
        event: As it was when the quote was made.
        pipeline: Of the provider of the quote.
        goods: Ids of ticket and tier of what the event sells, by place.
        bound: Its promotions, by id.

    Raises:
        InvalidValueError: The event does not sell one of the places any more, or one of the
            promotions is gone or has another version by now.
    """
    cart = _cart_again(record, kept, goods)
    members = list(_members_again(record, cart, bound, event.currency))
    draft, below = pipeline.price(cart, members)
    context = Context(
        until=record.until,
        places=tuple(record.places[unit] for unit in kept),
        refusals=tuple(pipeline.terms.against(draft.charged, below)),
        codes=tuple((m.bound.promotion.id, m.key) for m in members if m.key is not None),
        opened=record.opened,
        marks=record.marks,
    )
    return record_of(event, pipeline, draft, context)


def kept_places(keep: object, places: int) -> list[int]:
    """
    *keep* in order, each once, if they are positions among so many *places*.

    Raises:
        InvalidValueError: They are not.
    """
    return sorted(set(several(between(0, places - 1))(keep, "keep")))


def _cart_again(record: Record, kept: Sequence[int], goods: Sequence[tuple[str, str]]) -> Cart:
    """The kept places at their own list prices, with their own taxes."""
    good_of = {names: place for place, names in enumerate(goods)}
    names = [(ticket, tier) for ticket, tier, _ in (record.places[unit] for unit in kept)]
    for name in names:
        if name not in good_of:
            raise InvalidValueError("quote", UNKNOWN_ID.given(id="/".join(name)))
    return Cart(
        [good_of[name] for name in names],
        [record.list_prices[unit] for unit in kept],
        [record.rates[unit] for unit in kept],
        record.taxation,
    )


def _members_again(
    record: Record, cart: Cart, bound: Mapping[str, BoundPromotion], currency: Currency
) -> Iterable[Member]:
    """The promotions that were credited, as far as they still apply to the places of *cart*."""
    codes = dict(record.codes)
    for id, version, typed in dict.fromkeys((row[2], row[3], row[4]) for row in record.rows if row[2]):
        one = bound.get(id)
        if one is None or one.promotion.version != version:
            raise InvalidValueError("quote", OTHER_VERSION.given(promotion=id, version=version))
        hits = hits_of(one, cart)
        channel = next(iter(one.promotion.channels), None)
        if not list(reasons_against_places(one, hits, cart, currency, channel)):
            yield member_of(one, hits, cart, typed, codes.get(id))
