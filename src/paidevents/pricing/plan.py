"""
An event bound for pricing: everything that is the same for every quote is worked out once.

`Plan.quote` is the one way to a price, for display, checkout, change and refund.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from paidevents import checks
from paidevents.catalog.event import Event
from paidevents.catalog.names import UNKNOWN_ID
from paidevents.checks import FIRST_YEAR, LAST_YEAR
from paidevents.errors import InvalidValueError
from paidevents.pricing.applicable import Promotions
from paidevents.pricing.asked import LONGEST_KEPT, NOTHING_TAKEN, Asked, counts_of, texts_of
from paidevents.pricing.availability import Availability
from paidevents.pricing.basket import Basket, Item
from paidevents.pricing.buyer import Buyer
from paidevents.pricing.calendar import Calendar
from paidevents.pricing.choosing import Choosing
from paidevents.pricing.claims import claims_of, less, places_of, releases_of, restored_of
from paidevents.pricing.counters import Take
from paidevents.pricing.memory import Memory
from paidevents.pricing.phase import Step
from paidevents.pricing.quote import Quote
from paidevents.pricing.record import Context, Record
from paidevents.pricing.repricing import kept_places, record_again
from paidevents.pricing.season import Goods
from paidevents.pricing.seating import Seating
from paidevents.pricing.settlement import record_of
from paidevents.pricing.stages.standard import STANDARD_STEPS
from paidevents.pricing.taxation import Taxes
from paidevents.pricing.tills import Tills
from paidevents.reason import Skipped


class Plan:
    """
    The prices of an event.

    Bound once, asked as often as you like, from as many threads as you like:
    it never changes what it answers.

    Args:
        event: The event.
        steps: The pricing rules; `STANDARD_STEPS` and whatever a host adds to them.
        remember: Prices of so many places together are kept, to be given again when the same is
            asked and nothing that matters to it has changed. 0 keeps none; the prices are the same.

    Raises:
        InvalidValueError: A declared amount that a provider of the event cannot charge (`unaligned_amount`), or fees
            that no total would cover (`gross_up_too_large`).

    Example:
        >>> from paidevents import EUR, Money, Rate, Span
        >>> from paidevents.catalog import Event, Percent, PromoCode, Promotion, Ticket
        >>> talk = Event(
        ...     id="talk", title="A talk", zone="Europe/Paris", currency=EUR,
        ...     starts_at=datetime(2026, 4, 14, 16, tzinfo=UTC), duration=Span.of("90 min"),
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("19.95", EUR))],
        ...     promotions=[Promotion(id="ten", effect=Percent(Rate.of("10 %")), codes=[PromoCode("TEN")])],
        ... )
        >>> quote = Plan(talk).quote({"standard": 2}, ["ten"], at=datetime(2026, 3, 1, tzinfo=UTC))
        >>> quote.charged
        Money.of('35.90', 'EUR')
        >>> [(str(line.reason), str(line.amount)) for line in quote.lines]
        [('10 % off', '-4.00 EUR')]
    """

    def __init__(self, event: Event, steps: Sequence[Step] = STANDARD_STEPS, remember: int = 10_000) -> None:
        self.event = checks.instance(event, "event", Event)
        self._goods = Goods(event)
        self._promotions = Promotions(event, self._goods)
        self._choosing = Choosing(event.policy)
        self._seating = Seating(event, self._goods)
        self._tills = Tills(event, steps, self._choosing, self._seating)
        self._calendar = Calendar(event, self._goods)
        self._edges = self._calendar.edges
        self._memory = Memory(checks.integer(remember, "remember", 0, 10**6))

    def quote(
        self,
        basket: Basket | Mapping[str, int] | Sequence[Item],
        codes: Sequence[str] = (),
        *,
        at: datetime,
        taken: Mapping[str, int] = NOTHING_TAKEN,
        buyer: Buyer | None = None,
        channel: str | None = None,
        provider: str | None = None,
        taxes: Taxes | None = None,
    ) -> Quote:
        """
        The price of *basket* at the moment *at*.

        Args:
            basket: Counts by ticket id, or items.
            codes: As they were typed, in any order.
            at: An aware datetime.
            taken: What is held and sold, by counter (see `counters`); what is missing counts as 0.
            buyer: What is known of the buyer.
            channel: Where the order comes from, for promotions that ask.
            provider: Whom it will be paid with; None for the event's first.
            taxes: A host's own tax service, in place of the event's table.

        Returns:
            A quote, whatever speaks against the order: see its `refusals`.

        Raises:
            InvalidValueError: Unusable input: a ticket, session or provider that the event
                has not, an impossible number, text that is no text.
            NaiveDatetimeError: *at* has no zone.
            CurrencyMismatchError: A donation in another currency.
        """
        wanted = basket if basket.__class__ is Basket else Basket.of(basket)
        assert isinstance(wanted, Basket)
        moment = at if at.__class__ is datetime and at.tzinfo is UTC else checks.instant(at, "at")
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            checks.instant(moment, "at")
        asked = Asked(
            wanted,
            texts_of(codes),
            bisect_right(self._edges, moment),
            None if provider is None else checks.instance(provider, "provider", str),
            None if channel is None else checks.instance(channel, "channel", str),
            None if buyer is None else checks.instance(buyer, "buyer", Buyer),
        )
        counts = taken if taken is NOTHING_TAKEN else counts_of(taken)
        # What depends on a person, or on a service of the host, is not kept; nor is what is too long to be a code.
        if taxes is not None or (buyer is not None and buyer.identities) or sum(map(len, asked.codes)) > LONGEST_KEPT:
            return Quote(self._record(asked, moment, Availability(counts), taxes), moment)
        known = self._memory.find(asked, counts)
        if known is None:
            available = Availability(counts)
            known = self._memory.keep(asked, available, self._record(asked, moment, available, None))
        return Quote(known.record, moment, known.views)

    def _record(self, asked: Asked, at: datetime, available: Availability, taxes: Taxes | None) -> Record:
        buyer = asked.buyer
        pipeline = self._tills.pipeline(asked.provider)
        season = self._calendar.season(asked.season)
        taxation = self._calendar.taxation(asked.season, at, buyer, taxes)
        places = self._seating.place(asked.basket, season, pipeline.terms, taxation, available)
        applicable = self._promotions.applicable(asked.codes, places, season, buyer, asked.channel, available)
        marks = buyer.marks if buyer is not None else ()
        cart, opening = places.cart, {promotion for promotion, _ in applicable.openers}
        settled = self._choosing.settled(applicable.members, cart, pipeline, marks, available)
        skipped = [*applicable.skipped, *settled.skipped, *settled.without_effect(opening)]
        charged = settled.draft.charged
        refusals = places.refusals
        refusals += self._seating.hidden(places, applicable.opened)
        refusals += self._seating.beyond_customer(places, marks, available)
        refusals += pipeline.terms.against(charged, settled.below)
        refused = {each.promotion for each in skipped}
        context = Context(
            until=season.until,
            places=self._seating.named(places),
            skipped=tuple(sorted(skipped, key=_told)),
            provisional=tuple(each for each in applicable.provisional if each.promotion not in refused),
            refusals=tuple(refusals),
            codes=tuple(sorted((m.bound.promotion.id, m.key) for m in settled.members if m.key is not None)),
            opened=tuple(sorted(applicable.openers)),
            marks=marks,
            differs=tuple(self._tills.differing(pipeline, charged, applicable.members, cart, marks, available)),
        )
        return record_of(self.event, pipeline, settled.draft, context)

    def requote(self, quote: Quote, keep: Sequence[int]) -> Quote:
        """
        The price of some places of *quote*, as it would have been for them alone: for a claw-back.

        Their list prices, their taxes and the promotions of the quote stay; limits and windows are
        not asked again. What needs a number or worth of places is asked of those that are kept.

        Args:
            quote: A quote of this event.
            keep: Which places, by their position in it.

        Raises:
            InvalidValueError: The quote is another event's, a promotion of it has another
                version by now, or *keep* are no positions in it.
        """
        record = self._own(quote).record
        kept = kept_places(keep, len(record.places))
        pipeline = self._tills.pipeline(record.provider)
        goods, promotions = self._goods.names, self._promotions.bound
        return Quote(record_again(record, kept, self.event, pipeline, goods, promotions), quote.at)

    def claims(self, quote: Quote, units: Collection[int] | None = None, *, late: bool = False) -> tuple[Take, ...]:
        """
        What *quote* takes, by counter: places, tiers, uses of promotions. A store takes all or nothing.

        Args:
            quote: A quote of this event.
            units: Of which places, by their position in it; None for all.
            late: It was paid too late: there has to be room, but the price is honoured
                whatever became of its tiers and promotions.

        Raises:
            InvalidValueError: The quote is another event's, or has no such place.
        """
        chosen = range(len(self._own(quote).record.places)) if units is None else _units(units, quote)
        if late:
            return places_of(quote, self._seating, chosen)
        return claims_of(quote, self.event, self._seating, chosen)

    def releases(
        self, quote: Quote, units: Collection[int], keep: Collection[int], *, paid: bool, late: bool = False
    ) -> tuple[Take, ...]:
        """
        What comes back of what the places *units* took when only *keep* of them stay.

        Args:
            quote: A quote of this event.
            units: The places that had been taken, by their position in it.
            keep: Those of them that stay.
            paid: They had been paid: uses of promotions come back as each promotion's `restore` says,
                those on a full refund with `restored`.
            late: As for `claims`.

        Raises:
            InvalidValueError: As `claims`.
        """
        before, after = _units(units, self._own(quote)), _units(keep, quote)
        if late:
            return less(places_of(quote, self._seating, before), places_of(quote, self._seating, after))
        return releases_of(quote, self.event, self._seating, before, after, paid=paid)

    def restored(self, quote: Quote, units: Collection[int]) -> tuple[Take, ...]:
        """
        The uses of promotions that come back when all that was paid for an order's places *units* is given back.

        Raises:
            InvalidValueError: As `claims`.
        """
        return restored_of(self._own(quote), self.event, _units(units, quote))

    def edges(self) -> tuple[datetime, ...]:
        """Every moment at which a price or an offer may change by itself, in order."""
        return tuple(self._edges)

    def _own(self, quote: Quote) -> Quote:
        if checks.instance(quote, "quote", Quote).event != self.event.id:
            raise InvalidValueError("quote", UNKNOWN_ID.given(id=quote.event))
        return quote


def _units(units: object, quote: Quote) -> tuple[int, ...]:
    return checks.several(checks.between(0, len(quote.record.places) - 1))(units, "units")


def _told(skipped: Skipped) -> tuple[str, str]:
    return skipped.promotion, skipped.code
