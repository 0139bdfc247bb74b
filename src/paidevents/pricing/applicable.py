"""Which promotions apply to an order: those that were asked for with a code, and those that need none."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from paidevents.catalog.code import PromoCode
from paidevents.catalog.event import Event
from paidevents.catalog.policies import MOST_CANDIDATES
from paidevents.pricing.availability import Availability
from paidevents.pricing.buyer import Buyer
from paidevents.pricing.codes import CodeBook
from paidevents.pricing.eligibility import (
    hits_of,
    is_of_other_event,
    member_of,
    needs_identity,
    reasons_against_buyer,
    reasons_against_places,
)
from paidevents.pricing.member import BoundPromotion, Member
from paidevents.pricing.reasons import (
    CODE_DISABLED,
    DUPLICATE_CODE,
    IDENTITY_REQUIRED,
    NO_EFFECT,
    TOO_MANY_PROMOTIONS,
    WRONG_EVENT,
)
from paidevents.pricing.season import Goods, Season
from paidevents.pricing.seating import Places
from paidevents.reason import Reason, Skipped


class Applicable(NamedTuple):
    """
    What applies.

    Attributes:
        members: The promotions that may take something off.
        skipped: Codes and promotions that do not apply, with their reasons.
        provisional: Those that apply if it turns out who is buying.
        openers: Promotions that open a ticket of the order, with the key of the code.
        opened: Ids of the tickets that are opened.
    """

    members: list[Member]
    skipped: list[Skipped]
    provisional: list[Skipped]
    openers: list[tuple[str, str]]
    opened: frozenset[str]


class Promotions:
    """
    The promotions of an event, and its codes.

    Attributes:
        bound: Every one of them, by id.
    """

    def __init__(self, event: Event, goods: Goods) -> None:
        self._event = event
        bound = [
            BoundPromotion(promotion, place, event, goods.matching(promotion))
            for place, promotion in enumerate(event.promotions)
        ]
        for rank, one in enumerate(sorted(bound, key=lambda one: one.credit_order)):
            one.rank = rank
            one.compatible = sum(1 << other.place for other in bound if other is not one and one.combines_with(other))
        self.bound = {one.promotion.id: one for one in bound}
        self._book = CodeBook(bound)
        self._automatic = [one for one in bound if one.promotion.automatic and one.promotion.enabled]

    def applicable(
        self,
        codes: Sequence[str],
        places: Places,
        season: Season,
        buyer: Buyer | None,
        channel: str | None,
        available: Availability,
    ) -> Applicable:
        """What applies to *places*, out of the *codes* typed and whatever needs no code."""
        found, skipped = self._book.look_up(codes)
        answer = Applicable([], skipped, [], [], frozenset())
        if not found and not self._automatic:
            return answer
        opened: set[str] = set()
        asked: list[tuple[BoundPromotion, PromoCode | None]] = [(one, None) for one in self._automatic]
        asked.extend(found)
        weighed = []
        # Of several codes of one promotion, the first by key that applies is the one that is used.
        used: dict[str, PromoCode | None] = {}
        for bound, code in asked:
            hits = hits_of(bound, places.cart)
            reasons = list(self._against(bound, code, hits, places, season, buyer, channel, available))
            weighed.append((bound, code, hits, reasons))
            if not reasons:
                used.setdefault(bound.promotion.id, code)
        for bound, code, hits, reasons in weighed:
            promotion = bound.promotion
            why = reasons if used.get(promotion.id, code) is code else [DUPLICATE_CODE]
            typed, key = ("", None) if code is None else (code.text, code.key)
            if why:
                skipped.append(Skipped(tuple(why), promotion=promotion.id, code=typed))
                continue
            if (buyer is None or not buyer.identities) and needs_identity(promotion):
                answer.provisional.append(Skipped((IDENTITY_REQUIRED,), promotion=promotion.id, code=typed))
            if not places.by_ticket.keys().isdisjoint(promotion.opens):
                opened.update(promotion.opens)
                answer.openers.append((promotion.id, key or ""))
            if bound.phase is not None:
                answer.members.append(member_of(bound, hits, places.cart, typed, key))
        return self._bounded(answer._replace(opened=frozenset(opened)))

    def _against(
        self,
        bound: BoundPromotion,
        code: PromoCode | None,
        hits: list[int],
        places: Places,
        season: Season,
        buyer: Buyer | None,
        channel: str | None,
        available: Availability,
    ) -> Iterable[Reason]:
        promotion = bound.promotion
        if code is not None and not (promotion.enabled and code.enabled and self._event.policy.codes_enabled):
            yield CODE_DISABLED
            return
        if is_of_other_event(promotion, self._event):
            yield WRONG_EVENT
            return
        yield from season.reasons_against(promotion, code)
        yield from reasons_against_places(bound, hits, places.cart, self._event.currency, channel)
        if promotion.limits or promotion.customers or promotion.first_purchase or code is not None:
            yield from reasons_against_buyer(promotion, code, buyer, available)
        if bound.phase is None and places.by_ticket.keys().isdisjoint(promotion.opens):
            yield NO_EFFECT

    def _bounded(self, answer: Applicable) -> Applicable:
        """At most as many as can be searched: those without a code first, then by priority and id."""
        if len(answer.members) <= MOST_CANDIDATES:
            return answer
        by_rank = sorted(
            answer.members,
            key=lambda each: (each.key is not None, -each.bound.promotion.priority, each.bound.promotion.id),
        )
        reasons = (TOO_MANY_PROMOTIONS.given(most=MOST_CANDIDATES),)
        for each in by_rank[MOST_CANDIDATES:]:
            answer.skipped.append(Skipped(reasons, promotion=each.bound.promotion.id, code=each.code))
        return answer._replace(members=by_rank[:MOST_CANDIDATES])
