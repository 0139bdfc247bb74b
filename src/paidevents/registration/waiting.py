"""
The waiting list: who comes next, what is offered, and for how long.

Joining reserves and prices nothing. For each place that is free one offer is
made, in the order in which people joined for that ticket. An offer is a hold
like any other, with the price of its own moment, kept by an order of its own.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from attrs import evolve, frozen

from paidevents.catalog.form import MOST_QUESTIONS
from paidevents.catalog.names import identifier, language
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.catalog.policies import Policy
from paidevents.checks import INT64_MAX, UtcTime, between, instance, instant, of_kind, optional, settle, several, text
from paidevents.lifecycle.waiting_list import (
    WAITING_LIST,
    WaitingEffect,
    WaitingFacts,
    WaitingState,
    WaitingTrigger,
)
from paidevents.machine import Move, Row
from paidevents.registration.person import Answer, Attendee, Person

WaitingRow = Row[WaitingState, WaitingTrigger, WaitingFacts, WaitingEffect]


@frozen(kw_only=True)
class Offer:
    """
    A place that is held for somebody.

    Attributes:
        order: Id of the order that holds it.
        until: When the offer ends, that moment excluded.

    Raises:
        InvalidValueError: An attribute that cannot be.
        NaiveDatetimeError: The moment has no zone.
    """

    order: str
    until: UtcTime

    def __attrs_post_init__(self) -> None:
        settle(self, order=text, until=instant)


@frozen(kw_only=True)
class WaitingEntry:
    """
    Somebody who waits for a place.

    Attributes:
        id: Unique.
        event: Id of the event.
        ticket: Id of the ticket that is wanted.
        person: Who waits; None once that was erased.
        joined_at: When; decides who comes first.
        locale: The language that they are written to in.
        answers: To the questions of the form, asked when they joined.
        accepted: Version of the disclaimer that was accepted then; 0 for none.
        offer: What is offered, or was offered last.
        history: All that happened to it.

    Raises:
        InvalidValueError: A history that no table allows, or an attribute that cannot be.
        NaiveDatetimeError: The moment has no zone.
    """

    id: str
    event: str
    ticket: str
    person: Person | None
    joined_at: UtcTime
    locale: str = "en"
    answers: tuple[Answer, ...] = ()
    accepted: int = 0
    offer: Offer | None = None
    history: tuple[Move, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=text,
            event=identifier,
            ticket=identifier,
            person=optional(of_kind(Person)),
            joined_at=instant,
            locale=language,
            answers=several(of_kind(Answer), MOST_QUESTIONS),
            accepted=between(0, INT64_MAX),
            offer=optional(of_kind(Offer)),
            history=WAITING_LIST.replayed,
        )

    @property
    def state(self) -> WaitingState:
        """Where it stands."""
        return WAITING_LIST.reached(self.history)

    @property
    def attendee(self) -> Attendee | None:
        """Who would take the place, with what they said; None once that was erased."""
        if self.person is None:
            return None
        return Attendee(person=self.person, answers=self.answers, accepted=self.accepted)

    def offered(
        self, order: str, policy: Policy, *, at: datetime, by: Actor = SYSTEM
    ) -> "tuple[WaitingRow, WaitingEntry]":
        """
        Offer the place that *order* holds, for as long as *policy* says.

        Raises:
            IllegalTransitionError: It no longer waits.
            InvalidValueError: An argument that cannot be.
        """
        lasts = instance(policy, "policy", Policy).offer_lasts
        row, moved = self._moved(WaitingTrigger.OFFER, at, by)
        return row, evolve(moved, offer=Offer(order=order, until=lasts.after(at, "UTC")))

    def taken(self, *, at: datetime, by: Actor = SYSTEM) -> "tuple[WaitingRow, WaitingEntry]":
        """
        The offer is taken up.

        Raises:
            IllegalTransitionError: There is none, or it has ended.
            InvalidValueError: An argument that cannot be.
        """
        return self._moved(WaitingTrigger.TAKE, at, by)

    def expired(self, *, at: datetime, by: Actor = SYSTEM) -> "tuple[WaitingRow, WaitingEntry]":
        """
        The offer has ended; the next is to have one.

        Raises:
            IllegalTransitionError: There is none, or it is still good.
            InvalidValueError: An argument that cannot be.
        """
        return self._moved(WaitingTrigger.EXPIRE, at, by)

    def left(self, *, at: datetime, by: Actor) -> "tuple[WaitingRow, WaitingEntry]":
        """
        The person no longer wants a place.

        Raises:
            IllegalTransitionError: It is over already.
            InvalidValueError: An argument that cannot be.
        """
        return self._moved(WaitingTrigger.LEAVE, at, by)

    def closed(self, *, at: datetime, by: Actor = SYSTEM) -> "tuple[WaitingRow, WaitingEntry]":
        """
        There will be no place any more.

        Raises:
            IllegalTransitionError: It is over already.
            InvalidValueError: An argument that cannot be.
        """
        return self._moved(WaitingTrigger.CLOSE, at, by)

    def _moved(self, trigger: WaitingTrigger, at: datetime, by: Actor) -> "tuple[WaitingRow, WaitingEntry]":
        facts = WaitingFacts(at=instant(at, "at"), offer_until=None if self.offer is None else self.offer.until)
        who = instance(by, "by", Actor)
        row, history = WAITING_LIST.moved(self.history, trigger, facts, at=at, by=str(who))
        return row, evolve(self, history=history)


def next_in_line(entries: Iterable[WaitingEntry], ticket: str, free: int) -> tuple[WaitingEntry, ...]:
    """
    Who is to have an offer now, for so many free places of a ticket.

    A place that is held for an offer is not free; so nobody is offered what was
    offered to another, however often this is asked.

    Args:
        entries: The waiting list, in any order.
        ticket: The ticket of which places are free.
        free: How many; those held for offers not counted.

    Returns:
        At most one entry a free place, those that joined first.

    Raises:
        InvalidValueError: An argument that cannot be.
    """
    wanted, number = text(ticket, "ticket"), between(0, 10**6)(free, "free")
    given: Sequence[WaitingEntry] = several(of_kind(WaitingEntry), 10**6)(
        list(entries) if isinstance(entries, Iterable) else entries, "entries"
    )
    waiting = [one for one in given if one.ticket == wanted and one.state is WaitingState.WAITING]
    return tuple(sorted(waiting, key=lambda one: (one.joined_at, one.id))[:number])
