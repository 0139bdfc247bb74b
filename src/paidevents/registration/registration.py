"""One attendee's place, or places: of a series in which sessions are chosen, one a session."""

from datetime import datetime

from attrs import evolve, frozen

from paidevents.catalog.people import Actor, Role
from paidevents.checks import between, instance, of_kind, optional, settle, several, text
from paidevents.errors import InvalidValueError
from paidevents.lifecycle.registration import (
    REGISTRATION,
    RegistrationEffect,
    RegistrationFacts,
    RegistrationState,
    RegistrationTrigger,
)
from paidevents.machine import Machine, Move, Row
from paidevents.reason import Reason
from paidevents.registration.person import Attendee

PLACE_TWICE = Reason("place_twice", "The same place stands there twice.")
PAID_BY_ROLE = Reason("paid_by_role", "Only an attendee has places that are paid for.")

RegistrationRow = Row[RegistrationState, RegistrationTrigger, RegistrationFacts, RegistrationEffect]

MOST_QUOTES = 1000
MOST_UNITS = 1000

_ACTIVE = frozenset(
    (RegistrationState.RESERVED, RegistrationState.AWAITING_APPROVAL, RegistrationState.CONFIRMED),
)
_TABLE: Machine[RegistrationState, RegistrationTrigger, RegistrationFacts, RegistrationEffect] = REGISTRATION
_SETTLED = RegistrationTrigger.SETTLE.value
_APPROVED = RegistrationTrigger.APPROVE.value
_LOST = RegistrationTrigger.LOSE_PAYMENT.value


@frozen(kw_only=True)
class Registration:
    """
    One attendee in an order.

    Attributes:
        id: Unique among all registrations.
        attendee: Who it is; None once that was erased.
        role: Speakers and co-organizers have places that nobody pays for.
        quote: In which quote of its order its places are.
        units: At which positions there; none for a place that nobody pays for.
        history: All that happened to it.

    Raises:
        InvalidValueError: A place twice, paid places of somebody who attends without
            paying, a history that no table allows, or an attribute that cannot be.
    """

    id: str
    attendee: Attendee | None
    role: Role = Role.ATTENDEE
    quote: int = 0
    units: tuple[int, ...] = ()
    history: tuple[Move, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=text,
            attendee=optional(of_kind(Attendee)),
            role=of_kind(Role),
            quote=between(0, MOST_QUOTES - 1),
            units=several(between(0, MOST_UNITS - 1), MOST_UNITS),
            history=REGISTRATION.replayed,
        )
        if len(set(self.units)) < len(self.units):
            raise InvalidValueError("units", PLACE_TWICE)
        if self.units and self.role is not Role.ATTENDEE:
            raise InvalidValueError("role", PAID_BY_ROLE)

    @property
    def state(self) -> RegistrationState:
        """Where it stands."""
        return _TABLE.reached(self.history)

    @property
    def is_active(self) -> bool:
        """Whether it has, or may still get, its place."""
        return self.state in _ACTIVE

    @property
    def is_settled(self) -> bool:
        """Whether it was paid for at some time, or there was nothing to pay."""
        return any(move.trigger == _SETTLED for move in self.history)

    @property
    def is_waived(self) -> bool:
        """Whether the organizer confirmed it unpaid (CM-20): nothing is due for it, nothing is given back."""
        return bool(self.history) and self.history[0].trigger == _APPROVED

    @property
    def is_lost(self) -> bool:
        """Whether its payment was lost, and its places with it: nothing of what was paid for them is left."""
        return bool(self.history) and self.history[-1].trigger == _LOST

    def moved(
        self, trigger: RegistrationTrigger, facts: RegistrationFacts, *, at: datetime, by: Actor
    ) -> "tuple[RegistrationRow, Registration]":
        """
        Fire *trigger*: the row of the table that answers, and the registration after it.

        Raises:
            IllegalTransitionError: It is not possible now; the registration is as it was.
            InvalidValueError: An argument that cannot be.
        """
        instance(facts, "facts", RegistrationFacts)
        who = instance(by, "by", Actor)
        row, history = _TABLE.moved(self.history, trigger, facts, at=at, by=str(who))
        return row, _with_history(self, history)

    def erased(self) -> "Registration":
        """The same without the person: what was paid and done stays."""
        return evolve(self, attendee=None)


def _with_history(registration: Registration, history: tuple[Move, ...]) -> Registration:
    """The same with one move more, which the table has just answered: nothing is left to be checked."""
    moved = object.__new__(Registration)
    put = object.__setattr__
    put(moved, "id", registration.id)
    put(moved, "attendee", registration.attendee)
    put(moved, "role", registration.role)
    put(moved, "quote", registration.quote)
    put(moved, "units", registration.units)
    put(moved, "history", history)
    return moved
