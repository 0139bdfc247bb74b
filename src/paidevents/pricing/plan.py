"""
An event bound for pricing: everything that is the same for every quote is worked out once.

`Plan.quote` is the one way to a price, for display, checkout, change and refund.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

from paidevents import checks
from paidevents.catalog.event import Event
from paidevents.catalog.names import UNKNOWN_ID
from paidevents.catalog.policies import BelowMinimum, Selection
from paidevents.catalog.promotion import LimitOf
from paidevents.checks import FIRST_YEAR, LAST_YEAR
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.amount_rules import ABOVE_MAXIMUM, BELOW_MINIMUM
from paidevents.pricing.aligned import check_alignment
from paidevents.pricing.applicable import Promotions
from paidevents.pricing.availability import Availability
from paidevents.pricing.basket import Basket, Item
from paidevents.pricing.buyer import Buyer
from paidevents.pricing.claims import claims_of
from paidevents.pricing.codes import MOST_TYPED
from paidevents.pricing.counters import Take
from paidevents.pricing.draft import Draft
from paidevents.pricing.eligibility import hits_of, member_of, reasons_against_places, reasons_against_uses
from paidevents.pricing.member import BoundPromotion, Member
from paidevents.pricing.memory import Memory
from paidevents.pricing.phase import Step
from paidevents.pricing.pipeline import Cart, Pipeline
from paidevents.pricing.quote import Quote
from paidevents.pricing.reasons import NO_EFFECT, PROVIDER_CANNOT
from paidevents.pricing.record import Context, Record
from paidevents.pricing.season import BEGINNING, Goods, Season, edges_of
from paidevents.pricing.seating import Seating
from paidevents.pricing.select import Candidates
from paidevents.pricing.settlement import fee_records, tax_records
from paidevents.pricing.stages.standard import STANDARD_STEPS
from paidevents.pricing.taxation import Taxation, Taxes, taxation_of
from paidevents.pricing.terms import terms_of
from paidevents.reason import Reason, Skipped

OTHER_VERSION = Reason("other_version", "The quote was made with version {version} of {promotion}.")

# Codes of more characters together are read, but their price is not kept.
LONGEST_KEPT = 256

NOTHING_TAKEN: Mapping[str, int] = MappingProxyType({})


class Asked(NamedTuple):
    """All that a price is asked for with, besides the moment within a season, and what was taken."""

    basket: Basket
    codes: tuple[str, ...]
    season: int
    provider: str | None
    channel: str | None
    buyer: Buyer | None


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
        bound = [
            BoundPromotion(promotion, place, event, self._goods.matching(promotion))
            for place, promotion in enumerate(event.promotions)
        ]
        for rank, one in enumerate(sorted(bound, key=lambda one: one.credit_order)):
            one.rank = rank
            one.compatible = sum(1 << other.place for other in bound if other is not one and one.combines_with(other))
        self._bound = {one.promotion.id: one for one in bound}
        self._promotions = Promotions(event, bound)
        self._seating = Seating(event, self._goods)
        self._pipelines: dict[str | None, Pipeline] = {}
        for provider in event.providers or (None,):
            terms = terms_of(event, provider)
            check_alignment(event, terms)
            self._pipelines[terms.provider] = Pipeline(event, terms, steps)
        self._pipelines[None] = next(iter(self._pipelines.values()))
        self._edges = edges_of(event)
        self._memory = Memory(checks.integer(remember, "remember", 0, 10**6))
        self._seasons: dict[int, Season] = {}
        self._taxations: dict[tuple[int, str | None, bool], Taxation] = {}
        lasts = event.policy.quote_lasts
        self._lasts = lasts.days * 24 * 60 + lasts.minutes

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
            _texts(codes),
            bisect_right(self._edges, moment),
            None if provider is None else checks.instance(provider, "provider", str),
            None if channel is None else checks.instance(channel, "channel", str),
            None if buyer is None else checks.instance(buyer, "buyer", Buyer),
        )
        counts = taken if taken is NOTHING_TAKEN else _counts(taken)
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
        pipeline = self._pipeline(asked.provider)
        season = self._seasons.get(asked.season) or self._season(asked.season)
        taxation = self._taxation(asked.season, at, buyer, taxes)
        places = self._seating.place(asked.basket, season, pipeline.terms, taxation, available)
        applicable = self._promotions.applicable(asked.codes, places, season, buyer, asked.channel, available)
        marks = buyer.marks if buyer is not None else ()
        skipped = applicable.skipped
        members, draft, below = self._settled(applicable.members, places.cart, pipeline, marks, available, skipped)
        credited = {row[2] for row in draft.rows}
        opening = {promotion for promotion, _ in applicable.openers}
        for member in members:
            id = member.bound.promotion.id
            if id not in credited and id not in opening:
                skipped.append(Skipped((NO_EFFECT,), promotion=id, code=member.code))
        refusals = places.refusals
        refusals += self._seating.hidden(places, applicable.opened)
        refusals += self._seating.beyond_customer(places, marks, available)
        refusals += _beyond_terms(draft.charged, below, pipeline)
        lost = {each.promotion for each in skipped}
        names = self._goods.names
        context = Context(
            until=season.until,
            places=tuple(
                (*names[good], session) for good, session in zip(places.cart.goods, places.sessions, strict=True)
            ),
            skipped=tuple(sorted(skipped, key=_told)),
            provisional=tuple(each for each in applicable.provisional if each.promotion not in lost),
            refusals=tuple(refusals),
            codes=tuple(sorted((m.bound.promotion.id, m.key) for m in members if m.key is not None)),
            opened=tuple(sorted(applicable.openers)),
            marks=marks,
            differs=tuple(self._differing(pipeline, draft.charged, applicable.members, places.cart, marks, available)),
        )
        return self._made(draft, pipeline, context)

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
        kept = _positions(keep, len(record.places))
        pipeline = self._pipeline(record.provider)
        good_of = {names: place for place, names in enumerate(self._goods.names)}
        names = [(ticket, tier) for ticket, tier, _ in (record.places[unit] for unit in kept)]
        for name in names:
            if name not in good_of:
                raise InvalidValueError("quote", UNKNOWN_ID.given(id="/".join(name)))
        cart = Cart(
            [good_of[name] for name in names],
            [record.list_prices[unit] for unit in kept],
            [record.rates[unit] for unit in kept],
            record.taxation,
        )
        members = list(self._members_again(record, cart))
        draft, below = pipeline.price(cart, members)
        fresh = self._made(
            draft,
            pipeline,
            Context(
                until=record.until,
                places=tuple(record.places[unit] for unit in kept),
                refusals=tuple(_beyond_terms(draft.charged, below, pipeline)),
                codes=tuple((m.bound.promotion.id, m.key) for m in members if m.key is not None),
                opened=record.opened,
                marks=record.marks,
            ),
        )
        return Quote(fresh, quote.at)

    def claims(self, quote: Quote) -> tuple[Take, ...]:
        """
        What *quote* takes, by counter: places, tiers, uses of promotions. A store takes all or nothing.

        Raises:
            InvalidValueError: The quote is another event's.
        """
        return claims_of(self._own(quote), self.event, self._seating)

    def edges(self) -> tuple[datetime, ...]:
        """Every moment at which a price or an offer may change by itself, in order."""
        return tuple(self._edges)

    def _settled(
        self,
        candidates: list[Member],
        cart: Cart,
        pipeline: Pipeline,
        marks: tuple[str, ...],
        available: Availability,
        skipped: list[Skipped],
    ) -> tuple[Sequence[Member], Draft, bool]:
        """Choose, and price; and again without what there is not enough left of."""
        while True:
            members, losers = self._chosen(candidates, cart, pipeline)
            draft, below = pipeline.price(cart, members)
            short = list(_short(members, draft, marks, available))
            if not short:
                skipped += losers
                return members, draft, below
            skipped += [
                Skipped(reasons, promotion=member.bound.promotion.id, code=member.code) for member, reasons in short
            ]
            candidates = [member for member in candidates if all(member is not lost for lost, _ in short)]

    def _chosen(self, members: list[Member], cart: Cart, pipeline: Pipeline) -> tuple[Sequence[Member], list[Skipped]]:
        policy = self.event.policy
        if not members or (len(members) == 1 and policy.selection is Selection.EXPLICIT and policy.max_codes != 0):
            return members, []
        candidates = Candidates(members, policy.max_codes)
        if policy.selection is Selection.EXPLICIT and candidates.all_combine:
            return members, []

        chosen = candidates.best(pipeline.charges(cart), pipeline.more_is_never_dearer(cart))
        losers = [
            Skipped(reasons, promotion=member.bound.promotion.id, code=member.code)
            for member, reasons in candidates.losers(chosen)
        ]
        return chosen, losers

    def _differing(
        self,
        pipeline: Pipeline,
        charged: int,
        candidates: list[Member],
        cart: Cart,
        marks: tuple[str, ...],
        available: Availability,
    ) -> Iterable[str]:
        """The providers with which another total would be charged."""
        rejects = self.event.policy.below_minimum is BelowMinimum.REJECT
        for name, other in self._pipelines.items():
            if name is None or other is pipeline or not other.terms.is_open:
                continue
            one, two = pipeline.terms, other.terms
            same = one.quantum == two.quantum and pipeline.charges_the_same_fees(other)
            # What one rejects may be the cheapest with the other.
            beyond = charged > max(one.minimum, two.minimum) and not rejects
            if same and (one.minimum == two.minimum or beyond):
                continue
            there = self._seating.under(cart, two)
            _, draft, _ = self._settled(candidates, there, other, marks, available, [])
            if draft.charged != charged:
                yield name

    def _made(self, draft: Draft, pipeline: Pipeline, context: Context) -> Record:
        return Record(
            self.event.id,
            self.event.currency,
            pipeline.terms.provider,
            context.until,
            self._lasts,
            pipeline.terms.quantum,
            context.places,
            tuple(draft.list_prices),
            tuple(draft.prices),
            tuple(draft.fees),
            tuple(draft.tax),
            tuple(draft.on_top),
            tuple(draft.gross_ups),
            tuple(draft.rates),
            draft.taxation,
            tuple(draft.rows),
            fee_records(pipeline.fees, draft),
            tax_records(draft),
            *context[2:],
        )

    def _own(self, quote: Quote) -> Quote:
        if checks.instance(quote, "quote", Quote).event != self.event.id:
            raise InvalidValueError("quote", UNKNOWN_ID.given(id=quote.event))
        return quote

    def _members_again(self, record: Record, cart: Cart) -> Iterable[Member]:
        """The promotions that were credited, as far as they still apply to the places of *cart*."""
        codes = dict(record.codes)
        for id, version, typed in dict.fromkeys((row[2], row[3], row[4]) for row in record.rows if row[2]):
            bound = self._bound.get(id)
            if bound is None or bound.promotion.version != version:
                raise InvalidValueError("quote", OTHER_VERSION.given(promotion=id, version=version))
            hits = hits_of(bound, cart)
            channel = next(iter(bound.promotion.channels), None)
            if not list(reasons_against_places(bound, hits, cart, self.event.currency, channel)):
                yield member_of(bound, hits, cart, typed, codes.get(id))

    def _pipeline(self, provider: str | None) -> Pipeline:
        found = self._pipelines.get(provider)
        if found is None:
            raise InvalidValueError("provider", UNKNOWN_ID.given(id=provider))
        return found

    def _season(self, index: int) -> Season:
        starts_at = self._edges[index - 1] if index else BEGINNING
        until = self._edges[index] if index < len(self._edges) else None
        season = self._seasons[index] = Season(self.event, self._goods, starts_at, until)
        return season

    def _taxation(self, index: int, at: datetime, buyer: Buyer | None, taxes: Taxes | None) -> Taxation:
        if taxes is not None:
            return taxation_of(self.event, at, buyer, taxes)
        key = (index, None, False) if buyer is None else (index, buyer.country, buyer.business_number is not None)
        found = self._taxations.get(key)
        if found is None:
            found = self._taxations[key] = taxation_of(self.event, at, buyer, None)
        return found


def _counts(taken: object) -> Mapping[str, int]:
    """*taken*, if it is numbers by counter."""
    counts = checks.mapping(taken, "taken")
    for counter, count in counts.items():
        if type(count) is not int or count < 0:
            checks.integer(count, f"taken.{checks.text(counter, 'taken')}", 0)
    return counts


def _texts(codes: object) -> tuple[str, ...]:
    """*codes*, if they are at most a hundred texts in a list or tuple."""
    if isinstance(codes, list | tuple) and len(codes) <= MOST_TYPED and all(code.__class__ is str for code in codes):
        return tuple(codes)
    return checks.several(checks.of_kind(str), MOST_TYPED)(codes, "codes")


def _positions(keep: object, places: int) -> list[int]:
    kept = checks.several(checks.between(0, places - 1))(keep, "keep")
    return sorted(set(kept))


def _short(
    members: Sequence[Member], draft: Draft, marks: tuple[str, ...], available: Availability
) -> Iterable[tuple[Member, tuple[Reason, ...]]]:
    """The members of which there is not enough left for what they would take off."""
    for member in members:
        promotion = member.bound.promotion
        if all(limit.of is LimitOf.ORDERS for limit in promotion.limits):
            continue
        rows = [row[5] for row in draft.rows if row[2] == promotion.id]
        taken_off = {
            LimitOf.ORDERS: 1,
            LimitOf.UNITS: sum(1 for row in rows for amount in row if amount),
            LimitOf.AMOUNT: -sum(map(sum, rows)),
        }
        code = next((code for code in promotion.codes if code.key == member.key), None)
        reasons = tuple(reasons_against_uses(promotion, code, marks, available, taken_off))
        if reasons:
            yield member, reasons


def _beyond_terms(charged: int, below: bool, pipeline: Pipeline) -> Iterable[Reason]:
    terms = pipeline.terms
    if not terms.is_open:
        yield PROVIDER_CANNOT.given(provider=terms.provider, currency=terms.currency)
    if below:
        yield BELOW_MINIMUM.given(provider=terms.provider, minimum=Money(terms.minimum, terms.currency))
    if terms.maximum is not None and charged > terms.maximum:
        yield ABOVE_MAXIMUM.given(provider=terms.provider, maximum=Money(terms.maximum, terms.currency))


def _told(skipped: Skipped) -> tuple[str, str]:
    return skipped.promotion, skipped.code
