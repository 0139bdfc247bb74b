"""
One purchase: who buys, at what frozen price, which places, and how long they are held.

What has to be paid is never stored as such. It is what the places cost that are
still somebody's, and an adjustment: what is kept of places that are gone, less
what was given back of places that stay. A refund that is decided lowers it; so
received less given back equals what is due, at every moment.
"""

from collections.abc import Iterable
from datetime import datetime

from attrs import evolve, frozen

from paidevents.catalog.cancellation import Cancellation
from paidevents.catalog.decisions import LatePayment
from paidevents.catalog.names import UNKNOWN_ID, identifier, listed
from paidevents.catalog.people import Actor
from paidevents.catalog.policies import Policy
from paidevents.checks import WRONG_TYPE, altered, instance, instant, of_kind, optional, settle, several, text
from paidevents.errors import CurrencyMismatchError, InvalidValueError
from paidevents.lifecycle.order import ORDER, OrderEffect, OrderFacts, OrderState, OrderTrigger
from paidevents.lifecycle.registration import RegistrationState
from paidevents.machine import Move, Row
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.pricing.given_back import RefundDue
from paidevents.pricing.quote import Quote
from paidevents.reason import Reason
from paidevents.registration.hold import Hold
from paidevents.registration.parts import Change, Given, Repriced
from paidevents.registration.person import Person
from paidevents.registration.registration import MOST_QUOTES, Registration

NOBODY_REGISTERED = Reason("nobody_registered", "An order is for one attendee at least.")
NO_SUCH_PLACE = Reason("no_such_place", "Its quotes have no such place.")
PLACE_OF_TWO = Reason("place_of_two", "Two attendees have the same place.")

OrderRow = Row[OrderState, OrderTrigger, OrderFacts, OrderEffect]


@frozen(kw_only=True)
class Order:
    """
    One purchase.

    Attributes:
        id: Unique; the reference that payments carry.
        event: Id of the event.
        buyer: Who pays; None once that was erased.
        registrations: The attendees, at least one.
        hold: How long its places are held.
        cancellation: What is given back, as it was declared when it was bought.
        adjustment: What is kept of places that are gone, less what was given back of those that stay.
        quotes: Its frozen prices: the first, and one for each change since; none if nobody pays.
        repriced: Which of them priced places anew that had been in another.
        given: What was decided to be given back, in order.
        change: A change that waits for its payment.
        history: All that happened to it.

    Raises:
        InvalidValueError: No attendee, a place that no quote has or that two have, a quote of
            another event, a history that no table allows, or an attribute that cannot be.
        CurrencyMismatchError: A quote in another currency.
    """

    id: str
    event: str
    buyer: Person | None
    registrations: tuple[Registration, ...]
    hold: Hold
    cancellation: Cancellation
    adjustment: Money
    quotes: tuple[Quote, ...] = ()
    repriced: tuple[Repriced, ...] = ()
    given: tuple[Given, ...] = ()
    change: Change | None = None
    history: tuple[Move, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=text,
            event=identifier,
            buyer=optional(of_kind(Person)),
            registrations=listed(Registration),
            hold=of_kind(Hold),
            cancellation=of_kind(Cancellation),
            adjustment=of_kind(Money),
            quotes=several(of_kind(Quote), MOST_QUOTES),
            repriced=several(of_kind(Repriced), MOST_QUOTES),
            given=several(of_kind(Given)),
            change=optional(of_kind(Change)),
            history=ORDER.replayed,
        )
        if not self.registrations:
            raise InvalidValueError("registrations", NOBODY_REGISTERED)
        self._check_quotes()
        self._check_places()

    @property
    def state(self) -> OrderState:
        """Where it stands."""
        return ORDER.reached(self.history)

    @property
    def currency(self) -> Currency:
        """Of every amount in it."""
        return self.adjustment.currency

    @property
    def active(self) -> tuple[Registration, ...]:
        """The attendees that have, or may still get, their places."""
        return tuple(registration for registration in self.registrations if registration.is_active)

    @property
    def due(self) -> Money:
        """What the buyer has to have paid, less all that is given back."""
        return self.adjustment + self.charge(self.active)

    @property
    def asked(self) -> Money:
        """The same, and the difference of a change that waits for its payment."""
        if self.change is None:
            return self.due
        return self.due + self.change.quote.charged - self.charge([self.registration(self.change.registration)])

    def charge(self, registrations: Iterable[Registration]) -> Money:
        """What the places of some attendees cost; nothing where the organizer waived it."""
        some = _attendees(registrations)
        paying = ((self.quotes[one.quote].charges, one.units) for one in some if one.units and not one.is_waived)
        return Money(sum(charges[unit] for charges, units in paying for unit in units), self.currency)

    def registration(self, id: str) -> Registration:
        """
        The attendee with this id.

        Raises:
            InvalidValueError: There is none.
        """
        for registration in self.registrations:
            if registration.id == id:
                return registration
        raise InvalidValueError("registration", UNKNOWN_ID.given(id=text(id, "registration")))

    def units(self, quote: int, registrations: Iterable[Registration]) -> tuple[int, ...]:
        """The positions that some attendees have in one of its quotes, in order."""
        return tuple(sorted(unit for one in _attendees(registrations) if one.quote == quote for unit in one.units))

    def refunds_of(self, quote: int) -> tuple[RefundDue, ...]:
        """The refunds of one of its quotes, and what of a fresh one there was no money for, in order."""
        unpaid = [one.unpaid for one in self.repriced if one.quote == quote and one.unpaid is not None]
        return (*unpaid, *(one.refund for one in self.given if one.quote == quote))

    def taken_units(self, quote: int, registrations: Iterable[Registration]) -> tuple[int, ...]:
        """The positions in one of its quotes for which the places of some attendees had been taken."""
        places = (self.origin(one.quote, unit) for one in _attendees(registrations) for unit in one.units)
        return tuple(sorted(unit for number, unit in places if number == quote))

    def origin(self, quote: int, unit: int) -> tuple[int, int]:
        """In which of its quotes, and at which position, a place stood before it was priced anew; else where it is."""
        for one in self.repriced:
            if one.quote == quote:
                return self.origin(one.of, one.units[unit])
        return quote, unit

    def facts(self, policy: Policy, at: datetime, received: Money, *, has_room: bool = True) -> OrderFacts:
        """
        What the guards of the table may look at.

        Args:
            policy: Of the event.
            at: The moment.
            received: What was received for it, less what was given back.
            has_room: Places that it lost can be taken again.

        Raises:
            InvalidValueError: An argument that cannot be.
            CurrencyMismatchError: *received* is in another currency.
        """
        late = instance(policy, "policy", Policy).late_payments
        came = instance(received, "received", Money)
        lapsed = [one for one in self.registrations if one.state is RegistrationState.LAPSED]
        return OrderFacts(
            at=instant(at, "at"),
            hold_until=self.hold.until if self.change is None else self.change.hold.until,
            is_settled=came >= self.asked,
            keeps_places=any(one.state is RegistrationState.CONFIRMED for one in self.registrations),
            has_places=bool(self.active),
            change_is_open=self.change is not None,
            has_room=instance(has_room, "has_room", bool),
            late_is_reviewed=late is LatePayment.REVIEW,
            late_is_accepted=late is LatePayment.ACCEPT_IF_ROOM and came >= self.due + self.charge(lapsed),
        )

    def moved(self, trigger: OrderTrigger, facts: OrderFacts, by: Actor) -> "tuple[OrderRow, Order]":
        """
        Fire *trigger*: the row of the table that answers, and the order after it.

        Raises:
            IllegalTransitionError: It is not possible now; the order is as it was.
        """
        instance(trigger, "trigger", OrderTrigger)
        seen, who = instance(facts, "facts", OrderFacts), instance(by, "by", Actor)
        row, history = ORDER.moved(self.history, trigger, seen, at=seen.at, by=str(who))
        return row, altered(self, history=history)

    def erased(self) -> "Order":
        """The same without the people: amounts and records stay as they are."""
        return evolve(self, buyer=None, registrations=tuple(one.erased() for one in self.registrations))

    def _check_quotes(self) -> None:
        quotes = self.quotes if self.change is None else (*self.quotes, self.change.quote)
        for place, quote in enumerate(quotes):
            if quote.event != self.event:
                raise InvalidValueError(f"quotes[{place}]", UNKNOWN_ID.given(id=quote.event))
            if quote.currency != self.currency:
                raise CurrencyMismatchError(self.currency.code, quote.currency.code)
        for place, made in enumerate(self.given):
            if made.quote >= len(self.quotes):
                raise InvalidValueError(f"given[{place}].quote", NO_SUCH_PLACE)
            if made.refund.amount.currency != self.currency:
                raise CurrencyMismatchError(self.currency.code, made.refund.amount.currency.code)
        for place, one in enumerate(self.repriced):
            known = one.of < one.quote < len(self.quotes)
            if not known or len(one.units) != len(self.quotes[one.quote].charges):
                raise InvalidValueError(f"repriced[{place}]", NO_SUCH_PLACE)
            if max(one.units, default=0) >= len(self.quotes[one.of].charges):
                raise InvalidValueError(f"repriced[{place}].units", NO_SUCH_PLACE)

    def _check_places(self) -> None:
        had: set[tuple[int, int]] = set()
        for number, registration in enumerate(self.registrations):
            field = f"registrations[{number}].units"
            for unit in registration.units:
                place = (registration.quote, unit)
                if registration.quote >= len(self.quotes) or unit >= len(self.quotes[registration.quote].charges):
                    raise InvalidValueError(field, NO_SUCH_PLACE)
                if place in had:
                    raise InvalidValueError(field, PLACE_OF_TWO)
                had.add(place)
        if self.change is not None:
            self.registration(self.change.registration)


def _attendees(registrations: object) -> list[Registration]:
    if not isinstance(registrations, Iterable):
        raise InvalidValueError(
            "registrations", WRONG_TYPE.given(expected="Iterable", got=type(registrations).__name__)
        )
    return [instance(one, "registrations", Registration) for one in registrations]
