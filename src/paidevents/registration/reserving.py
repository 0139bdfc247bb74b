"""How an order begins: places are held at a frozen price, or given away."""

from collections.abc import Sequence
from datetime import datetime

from paidevents import checks
from paidevents.catalog.people import SYSTEM, Actor, Role
from paidevents.checks import instance, several
from paidevents.errors import InvalidValueError, PriceChangedError, RefusedError, SaleClosedError
from paidevents.lifecycle.event import EventState
from paidevents.money.amount import Money
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.reason import Reason
from paidevents.registration.hold import Hold
from paidevents.registration.moving import claimed
from paidevents.registration.order import NOBODY_REGISTERED, Order
from paidevents.registration.orderable import orderable
from paidevents.registration.outcome import Outcome, outcome
from paidevents.registration.person import Attendee, Person, form_refusals
from paidevents.registration.registration import Registration
from paidevents.registration.settling import paid

EVENT_NOT_ON_SALE = Reason("event_not_on_sale", "Places of this event are not on sale.")
WRONG_NUMBER_OF_ATTENDEES = Reason("wrong_number_of_attendees", "Each place needs one attendee: {places}.")
PERSON_TWICE = Reason("person_twice", "Each person can have one place only.")
NOT_COMPLIMENTARY = Reason("not_complimentary", "An attendee pays for a place; speakers and co-organizers do not.")


def sale_refusals(plan: Plan, state: EventState) -> tuple[Reason, ...]:
    """
    Why places of an event in this *state* cannot be sold. Empty if they can.

    A draft sells nothing, nor does what was cancelled. What has ended sells where
    its recording is sold (GT-17), and so does what has no date.

    Raises:
        InvalidValueError: An argument is of another kind.
    """
    event = instance(plan, "plan", Plan).event
    sells = {EventState.SCHEDULED, EventState.LIVE}
    if event.policy.sells_recording:
        sells.add(EventState.ENDED)
    return () if instance(state, "state", EventState) in sells else (EVENT_NOT_ON_SALE,)


def reserve(
    plan: Plan,
    quote: Quote,
    *,
    id: str,
    buyer: Person,
    attendees: Sequence[Attendee],
    at: datetime,
    state: EventState = EventState.SCHEDULED,
    shown: Money | None = None,
    places: Sequence[Sequence[int]] | None = None,
    by: Actor = SYSTEM,
) -> Outcome:
    """
    Hold the places of *quote*, or have them at once if there is nothing to pay.

    Args:
        plan: Of the event.
        quote: The price, made just now; it is frozen in the order.
        id: Of the new order. Its registrations are called after it.
        buyer: Who pays.
        attendees: Who takes the places.
        at: The moment.
        state: Of the event.
        shown: The total that the buyer saw; None if it is not to be compared.
        places: For each attendee the positions in the quote; None for one attendee a place, in order.
        by: Who does it.

    Returns:
        The order, held or paid, and what it takes.

    Raises:
        PriceChangedError: The total is not the one that was shown.
        SaleClosedError: The event or a ticket is not on sale.
        SoldOutError: There are not so many places.
        AmountRefusedError: The provider cannot take the amount.
        RefusedError: Anything else that the quote refuses, a form that is not filled
            in, or two places for one person where each may have one.
        InvalidValueError: The quote is another event's, places and attendees do not fit, or an argument cannot be.

    Example:
        >>> from datetime import UTC
        >>> from paidevents import EUR
        >>> from paidevents.catalog import Event, EventKind, Ticket
        >>> video = Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... )
        >>> plan, noon = Plan(video), datetime(2026, 3, 1, 12, tzinfo=UTC)
        >>> ana = Person(name="Ana", email="ana@example.com")
        >>> held = reserve(
        ...     plan, plan.quote({"standard": 1}, at=noon),
        ...     id="A1", buyer=ana, attendees=[Attendee(person=ana)], at=noon,
        ... )
        >>> held.order.state.value, str(held.order.due), [(take.counter, take.count) for take in held.takes]
        ('held', '20.00 EUR', [('event', 1), ('ticket/standard', 1)])
    """
    closed = sale_refusals(plan, state)
    if closed:
        raise SaleClosedError(closed)
    if shown is not None and instance(quote, "quote", Quote).charged != instance(shown, "shown", Money):
        raise PriceChangedError(quote)
    asked = orderable(quote)
    people = several(checks.of_kind(Attendee))(attendees, "attendees")
    shares = _shares(asked, people, places)
    event = plan.event
    refusals = [reason for one in people for reason in form_refusals(event.form, one)]
    if event.policy.one_per_person and len({one.person.key for one in people}) < len(people):
        refusals.append(PERSON_TWICE)
    if refusals:
        raise RefusedError(refusals)
    order = Order(
        id=id,
        event=event.id,
        buyer=buyer,
        registrations=tuple(
            Registration(id=f"{id}-{number}", attendee=one, units=share)
            for number, (one, share) in enumerate(zip(people, shares, strict=True), 1)
        ),
        hold=Hold.under(event.policy, at),
        cancellation=event.cancellation,
        adjustment=Money.zero(event.currency),
        quotes=(asked,),
    )
    return _begun(order, plan, at=at, by=by)


def invite(plan: Plan, *, id: str, attendee: Attendee, role: Role, at: datetime, by: Actor) -> Outcome:
    """
    Give a speaker or a co-organizer a place that nobody pays for, and that is not taken from those on sale.

    Args:
        plan: Of the event.
        id: Of the new order.
        attendee: Who it is.
        role: Speaker or co-organizer.
        at: The moment.
        by: Who invites.

    Raises:
        InvalidValueError: An attendee's role, or an argument that cannot be.

    Source:
        GT-12.
    """
    event = instance(plan, "plan", Plan).event
    if instance(role, "role", Role) not in {Role.SPEAKER, Role.CO_ORGANIZER}:
        raise InvalidValueError("role", NOT_COMPLIMENTARY)
    invited = instance(attendee, "attendee", Attendee)
    order = Order(
        id=id,
        event=event.id,
        buyer=invited.person,
        registrations=(Registration(id=f"{id}-1", attendee=invited, role=role),),
        hold=Hold.under(event.policy, at),
        cancellation=event.cancellation,
        adjustment=Money.zero(event.currency),
    )
    return _begun(order, plan, at=at, by=by)


def _begun(order: Order, plan: Plan, *, at: datetime, by: Actor) -> Outcome:
    """Held; and settled at once where there is nothing to pay."""
    instance(by, "by", Actor)
    takes = claimed(order, order.registrations, plan)
    if order.due:
        return outcome(order, (), takes=takes)
    settled = paid(order, plan, received=order.due, at=at, by=by)
    return outcome(settled.order, settled.meant, takes=takes)


def _shares(
    quote: Quote, people: Sequence[Attendee], places: Sequence[Sequence[int]] | None
) -> tuple[tuple[int, ...], ...]:
    """The places of each attendee; every place of the quote is somebody's."""
    count = len(quote.charges)
    each = [(unit,) for unit in range(count)] if places is None else places
    shares = several(several(checks.between(0, count - 1)))(each, "places")
    had = sorted(unit for share in shares for unit in share)
    if not people:
        raise InvalidValueError("attendees", NOBODY_REGISTERED)
    if len(shares) != len(people) or had != list(range(count)) or not all(shares):
        raise InvalidValueError("attendees", WRONG_NUMBER_OF_ATTENDEES.given(places=count))
    return shares
