"""
Which promotions are taken: all that were asked for if they combine, or the best for the buyer.

A set of promotions may be taken if each two of it combine, if not too many of
it need a code, and if those of the whole order are taken off the same places or
off different ones. Every part of such a set is one, too.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from paidevents.pricing.member import Member
from paidevents.pricing.reasons import NO_EFFECT, NOT_COMBINABLE, SCOPE_OVERLAP, SUPERSEDED, TOO_MANY_CODES
from paidevents.reason import Reason

Members = tuple[Member, ...]
# What is charged with these promotions; None if that is refused.
Charge = Callable[[Members], int | None]


class Candidates:
    """
    The promotions that apply to an order, and which of them go together.

    Attributes:
        members: In the order of their ids.
    """

    def __init__(self, members: Iterable[Member], max_codes: int | None) -> None:
        self.members: Members = tuple(sorted(members, key=_id))
        self._most = len(self.members) if max_codes is None else max_codes
        self._friends = [
            sum(
                1 << other_place
                for other_place, other in enumerate(self.members)
                if other is not one and _class_allows(one, other) and not _overlap(one, other)
            )
            for one in self.members
        ]
        self._coded = sum(1 << place for place, member in enumerate(self.members) if member.key is not None)
        self._all = (1 << len(self.members)) - 1

    @property
    def all_combine(self) -> bool:
        """Whether all of them may be taken together."""
        return self._is_feasible(self._all)

    def best(self, charge: Charge, more_is_never_dearer: bool) -> Members:
        """
        The feasible set with the least charge; of several the one with the fewest codes, then by ids.

        Args:
            charge: What is charged with a set.
            more_is_never_dearer: Adding a promotion never raises the charge, so that only
                sets to which none can be added need to be looked at.
        """
        known: dict[int, int | None] = {}

        def price(mask: int) -> int | None:
            if mask not in known:
                known[mask] = charge(self._members(mask))
            return known[mask]

        if not more_is_never_dearer:
            return self._members(self._least(price, self._feasible()))
        largest = list(self._largest())
        least = min(amount for mask in largest if (amount := price(mask)) is not None)
        winners = [mask for mask in largest if price(mask) == least]
        for winner in winners:
            if any(price(winner & ~(1 << place)) == least for place in _places(winner)):
                by_codes = sorted(self._feasible(), key=self._cost)
                return self._members(next(mask for mask in by_codes if price(mask) == least))
        return self._members(min(winners, key=self._cost))

    def losers(self, chosen: Members) -> list[tuple[Member, tuple[Reason, ...]]]:
        """Those that were not chosen, each with its reasons."""
        codes = sum(1 for member in chosen if member.key is not None)
        return [(member, self._why(member, chosen, codes)) for member in self.members if member not in chosen]

    def _why(self, member: Member, chosen: Members, codes: int) -> tuple[Reason, ...]:
        strangers = [other for other in chosen if not _class_allows(member, other)]
        overlapping = [other for other in chosen if _overlap(member, other)]
        reasons = []
        if strangers:
            reasons.append(NOT_COMBINABLE.given(others=_names(strangers)))
        if overlapping:
            reasons.append(SCOPE_OVERLAP.given(others=_names(overlapping)))
        if not reasons and member.key is not None and codes >= self._most:
            reasons.append(TOO_MANY_CODES.given(most=self._most))
        if not reasons:
            reasons.append(SUPERSEDED.given(others=_names(chosen)) if chosen else NO_EFFECT)
        return tuple(reasons)

    def _members(self, mask: int) -> Members:
        return tuple(member for place, member in enumerate(self.members) if mask >> place & 1)

    def _is_feasible(self, mask: int) -> bool:
        if (mask & self._coded).bit_count() > self._most:
            return False
        return all(mask & ~(1 << place) & ~self._friends[place] == 0 for place in _places(mask))

    def _feasible(self) -> Iterable[int]:
        return (mask for mask in range(self._all + 1) if self._is_feasible(mask))

    def _cost(self, mask: int) -> tuple[int, list[str]]:
        return (mask & self._coded).bit_count(), [_id(member) for member in self._members(mask)]

    def _least(self, price: Callable[[int], int | None], masks: Iterable[int]) -> int:
        priced = [(amount, *self._cost(mask), mask) for mask in masks if (amount := price(mask)) is not None]
        return min(priced)[-1] if priced else 0

    def _largest(self) -> Iterable[int]:
        """The sets to which nothing can be added: maximal cliques, cut to the most codes where they have more."""
        seen: set[int] = set()
        for clique in self._cliques(0, self._all, 0):
            coded = _places(clique & self._coded)
            for kept in combinations(coded, min(self._most, len(coded))):
                seen.add(clique & ~self._coded | sum(1 << place for place in kept))
        return sorted(seen)

    def _cliques(self, clique: int, open_: int, shut: int) -> Iterable[int]:
        """Bron and Kerbosch, with a pivot."""
        if not open_ and not shut:
            yield clique
            return
        pivot = max(_places(open_ | shut), key=lambda place: (self._friends[place] & open_).bit_count())
        for place in _places(open_ & ~self._friends[pivot]):
            bit = 1 << place
            yield from self._cliques(clique | bit, open_ & self._friends[place], shut & self._friends[place])
            open_ &= ~bit
            shut |= bit


def _class_allows(one: Member, other: Member) -> bool:
    return bool(one.bound.compatible >> other.bound.place & 1)


def _overlap(one: Member, other: Member) -> bool:
    """Whether both are taken off the order, and off some but not all of the same places."""
    if not (one.bound.is_order and other.bound.is_order) or one is other:
        return False
    return one.hits != other.hits and not set(one.hits).isdisjoint(other.hits)


def _places(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


def _id(member: Member) -> str:
    return member.bound.promotion.id


def _names(members: Sequence[Member]) -> str:
    return ", ".join(member.code or member.bound.promotion.name or member.bound.promotion.id for member in members)
