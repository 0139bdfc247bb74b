"""An event with a life: declared, put on sale, moved to another day, held, or cancelled."""

from datetime import datetime

from attrs import evolve, frozen

from paidevents.catalog.changes import refused_changes
from paidevents.catalog.event import Event
from paidevents.catalog.names import language
from paidevents.catalog.people import SYSTEM, Actor, Role, account
from paidevents.checks import instance, instant, of_kind, settle, several
from paidevents.errors import InvalidValueError, RefusedError
from paidevents.lifecycle.event import EVENT, EventEffect, EventFacts, EventState, EventTrigger
from paidevents.machine import Move, Row
from paidevents.reason import Reason
from paidevents.timing.window import Window

SAME_DATES = Reason("same_dates", "The event takes place at the same time as before.")
DATES_ARE_MOVED = Reason("dates_are_moved", "Dates are changed by moving the event, so that people are told.")

NOT_OF_A_TEAM = Reason("not_of_a_team", "A team has co-organizers and speakers.")

EventRow = Row[EventState, EventTrigger, EventFacts, EventEffect]


@frozen(kw_only=True)
class Listing:
    """
    An event as its organizer runs it.

    Attributes:
        event: What is declared, as it is now.
        organizer: Id of the account that it belongs to.
        team: Co-organizers and speakers, by their accounts; nobody pays for their places (GT-12, GT-13).
        locale: The language that its organizer is written to in.
        history: All that happened to it.

    Raises:
        InvalidValueError: Somebody of another role in the team, a history that no table allows, or an
            attribute that cannot be.
    """

    event: Event
    organizer: str
    team: tuple[Actor, ...] = ()
    locale: str = "en"
    history: tuple[Move, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            event=of_kind(Event),
            organizer=account,
            team=several(_helper),
            locale=language,
            history=EVENT.replayed,
        )

    @property
    def state(self) -> EventState:
        """Where it stands."""
        return EVENT.reached(self.history)

    @property
    def id(self) -> str:
        """The event's."""
        return self.event.id

    def is_run_by(self, actor: Actor) -> bool:
        """Whether it is *actor*'s own event: the organizer's, or that of somebody in the team."""
        who = instance(actor, "actor", Actor)
        return who == Actor(Role.ORGANIZER, self.organizer) or who in self.team

    def scheduled(self, *, at: datetime, by: Actor, is_sound: bool) -> "tuple[EventRow, Listing]":
        """
        Put it on sale, if no check finds an error in it.

        Raises:
            IllegalTransitionError: It has errors, or is on sale already.
            InvalidValueError: An argument that cannot be.
        """
        return self._moved(EventTrigger.SCHEDULE, self._facts(at, is_sound=is_sound), by)

    def declared(self, event: Event) -> "Listing":
        """
        Declare it anew. What buyers can rely on stays as it was once it is on sale.

        Raises:
            RefusedError: Something of it can no longer be changed (CM-17), or its dates are to be moved.
            InvalidValueError: It is no event.
        """
        wanted = instance(event, "event", Event)
        if self.state is not EventState.DRAFT:
            refusals = list(refused_changes(self.event, wanted))
            if _dates(wanted) != _dates(self.event):
                refusals.append(DATES_ARE_MOVED)
            if refusals:
                raise RefusedError(refusals)
        return evolve(self, event=wanted)

    def rescheduled(self, event: Event, *, at: datetime, by: Actor) -> "tuple[EventRow, Listing]":
        """
        Move it to another day; everybody keeps their place, and is told at once (CM-18).

        Args:
            event: The same event on its new dates.
            at: The moment.
            by: Who moves it.

        Raises:
            RefusedError: Something of it can no longer be changed, or its dates are the same.
            IllegalTransitionError: The new date does not lie ahead, or it has ended.
            InvalidValueError: An argument that cannot be.
        """
        wanted, moment = instance(event, "event", Event), instant(at, "at")
        refusals = list(refused_changes(self.event, wanted))
        if _dates(wanted) == _dates(self.event):
            refusals.append(SAME_DATES)
        if refusals:
            raise RefusedError(refusals)
        had = {session.starts_at for session in self.event.sessions}
        new = [session.starts_at for session in wanted.sessions if session.starts_at not in had]
        facts = evolve(self._facts(moment), new_start=min(new, default=wanted.window.starts_at))
        row, moved = self._moved(EventTrigger.RESCHEDULE, facts, by)
        return row, evolve(moved, event=wanted)

    def started(self, *, at: datetime, by: Actor = SYSTEM) -> "tuple[EventRow, Listing]":
        """
        It has begun.

        Raises:
            IllegalTransitionError: It has not, or is not on sale.
            InvalidValueError: An argument that cannot be.
        """
        return self._moved(EventTrigger.START, self._facts(at), by)

    def ended(self, *, at: datetime, by: Actor = SYSTEM) -> "tuple[EventRow, Listing]":
        """
        It is over; what has no date is withdrawn.

        Raises:
            IllegalTransitionError: It is not over.
            InvalidValueError: An argument that cannot be.
        """
        return self._moved(EventTrigger.END, self._facts(at), by)

    def cancelled(self, *, at: datetime, by: Actor, took_place: bool = True) -> "tuple[EventRow, Listing]":
        """
        There will be no event; everybody is told, and what was paid is given back (CM-21).

        Args:
            at: The moment.
            by: Who cancels it.
            took_place: Somebody was let in; asked only of what has ended.

        Raises:
            IllegalTransitionError: It has taken place, or is cancelled already.
            InvalidValueError: An argument that cannot be.
        """
        return self._moved(EventTrigger.CANCEL, self._facts(at, took_place=took_place), by)

    def _facts(self, at: datetime, *, is_sound: bool = True, took_place: bool = True) -> EventFacts:
        # A permanent event has no date of its own, whatever sessions it has.
        window = self.event.window if self.event.rules.has_dates else Window()
        return EventFacts(
            at=instant(at, "at"),
            starts_at=window.starts_at,
            ends_at=window.ends_at,
            is_sound=instance(is_sound, "is_sound", bool),
            is_series=bool(self.event.sessions),
            took_place=instance(took_place, "took_place", bool),
        )

    def _moved(self, trigger: EventTrigger, facts: EventFacts, by: Actor) -> "tuple[EventRow, Listing]":
        who = instance(by, "by", Actor)
        row, history = EVENT.moved(self.history, trigger, facts, at=facts.at, by=str(who))
        return row, evolve(self, history=history)


def _helper(value: object, field: str) -> Actor:
    actor = instance(value, field, Actor)
    if actor.role not in (Role.CO_ORGANIZER, Role.SPEAKER):
        raise InvalidValueError(field, NOT_OF_A_TEAM)
    return actor


def _dates(event: Event) -> tuple[object, ...]:
    return (event.starts_at, event.duration, tuple((one.id, one.starts_at, one.duration) for one in event.sessions))
