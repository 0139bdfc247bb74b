"""Strategies for waiting lists, and for events with a life: each has moved as its table allows."""

from collections.abc import Callable
from datetime import datetime, timedelta

from attrs import evolve
from hypothesis import strategies as st

from paidevents.catalog.kinds import EventKind
from paidevents.catalog.listing import Listing
from paidevents.catalog.policies import Policy
from paidevents.errors import IllegalTransitionError
from paidevents.registration.waiting import Offer, WaitingEntry
from paidevents.testing.strategies.amounts import Dice, made
from paidevents.testing.strategies.offers import NEW_YEAR
from paidevents.testing.strategies.people import BUYER, ORGANIZER, a_person
from paidevents.testing.strategies.whole import TICKETS, an_event
from paidevents.timing.deadline import Span

LASTS = tuple(map(Span.of, ("1 day", "1 min", "1 month")))


def offers_held() -> st.SearchStrategy[Offer]:
    """Places that are held for somebody who waits."""
    return made(lambda dice: Offer(order="A2", until=NEW_YEAR + timedelta(minutes=dice.below(10**5))))


def waiting_entries() -> st.SearchStrategy[WaitingEntry]:
    """People who wait, have an offer, have taken it or not, have left, or will get no place; some are forgotten."""
    return made(_a_waiting_entry)


def _a_waiting_entry(dice: Dice) -> WaitingEntry:
    at = NEW_YEAR + timedelta(minutes=dice.below(10**5))
    entry = WaitingEntry(
        id=f"W{dice.below(9)}",
        event="masterclass",
        ticket=dice.choice(TICKETS),
        person=None if dice.one_in(4) else a_person(dice),
        joined_at=at,
    )
    at += timedelta(minutes=dice.below(1000))
    if dice.one_in(3):
        return entry
    if dice.one_in(3):
        return entry.left(at=at, by=BUYER)[1] if dice.one_in(2) else entry.closed(at=at)[1]
    entry = entry.offered("A2", Policy(offer_lasts=dice.choice(LASTS)), at=at)[1]
    return dice.choice(_ENDS)(entry, at)


_ENDS: tuple[Callable[[WaitingEntry, datetime], WaitingEntry], ...] = (
    lambda entry, at: entry,
    lambda entry, at: entry.taken(at=at, by=BUYER)[1],
    lambda entry, at: entry.expired(at=at + timedelta(days=31))[1],
    lambda entry, at: entry.left(at=at, by=BUYER)[1],
    lambda entry, at: entry.closed(at=at, by=ORGANIZER)[1],
)


def listings() -> st.SearchStrategy[Listing]:
    """Events as drafts, on sale, moved to another day, live, ended, or cancelled."""
    return made(_a_listing)


def _a_listing(dice: Dice) -> Listing:
    listing = Listing(event=an_event(dice.at_once(), None, tuple(EventKind), True), organizer=dice.choice(("42", "7")))
    at = NEW_YEAR - timedelta(days=dice.below(100))
    for act in _YEAR[: dice.below(len(_YEAR) + 1)]:
        if not dice.one_in(4):
            at += timedelta(days=dice.below(200))
            try:
                listing = act(listing, at)
            except IllegalTransitionError:
                continue
    return listing


def _moved(listing: Listing, at: datetime) -> Listing:
    if listing.event.starts_at is None:
        return listing
    later = evolve(listing.event, starts_at=listing.event.starts_at + timedelta(days=7))
    return listing.rescheduled(later, at=at, by=ORGANIZER)[1]


# What can happen to an event, in this order.
_YEAR: tuple[Callable[[Listing, datetime], Listing], ...] = (
    lambda listing, at: listing.scheduled(at=at, by=ORGANIZER, is_sound=True)[1],
    _moved,
    lambda listing, at: listing.started(at=at)[1],
    lambda listing, at: listing.ended(at=at)[1],
    lambda listing, at: listing.cancelled(at=at, by=ORGANIZER, took_place=False)[1],
)
