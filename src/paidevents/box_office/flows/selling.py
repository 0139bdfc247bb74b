"""Prices, and places held at them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from paidevents.access.roles import Action
from paidevents.box_office.asking_store import Taken
from paidevents.box_office.asks import Flow, NewId, Now, PlanOf, ask, flow
from paidevents.box_office.flows.expiring import let_go
from paidevents.box_office.flows.loading import event_of, written
from paidevents.box_office.flows.performing import afterwards
from paidevents.box_office.flows.warning import warned
from paidevents.box_office.work import Work
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import SYSTEM, Actor, Role
from paidevents.checks import instance, of_kind, optional, several
from paidevents.errors import (
    ExhaustedError,
    RefusedError,
    SoldOutError,
)
from paidevents.money.amount import Money
from paidevents.ports.dossier import Dossier
from paidevents.ports.records import Stored
from paidevents.pricing.basket import Basket, Item
from paidevents.pricing.buyer import Buyer
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.pricing.watching import asks_who_buys, watched
from paidevents.reason import Reason
from paidevents.registration import reserving
from paidevents.registration.order import Order
from paidevents.registration.person import Attendee, Person

HAS_A_PLACE = Reason("has_a_place", "Each person can have one place only, and one of these has one already.")

Wanted = Basket | Mapping[str, int] | Sequence[Item]

# Prices that are made anew because somebody else took what they were made of.
MOST_QUOTES = 5


def quoted(
    listing: Stored[Listing],
    plan: Plan,
    wanted: Wanted,
    codes: Sequence[str],
    at: datetime,
    *,
    buyer: Buyer | None,
    channel: str | None = None,
    provider: str | None = None,
) -> Flow[Quote]:
    """The price at this moment, with what is taken now."""
    marks = () if buyer is None else buyer.marks
    taken = yield from ask(Taken(listing.record.id, watched(plan.event, codes, marks)))
    return plan.quote(wanted, codes, at=at, taken=taken, buyer=buyer, channel=channel, provider=provider)


def known_buyer(plan: Plan, buyer: Buyer | None, person: Person | None, account: str = "") -> Buyer | None:
    """What is known of who buys: with the address and the account, where a price asks for them."""
    known = optional(of_kind(Buyer))(buyer, "buyer")
    if not asks_who_buys(plan.event):
        return known
    named = [] if person is None else [person.key]
    named += [account] if account else []
    given = known or Buyer()
    identities = tuple(dict.fromkeys((*given.identities, *named)))
    return Buyer(
        country=given.country,
        business_number=given.business_number,
        identities=identities,
        orders_before=given.orders_before,
    )


@flow
def quote(
    event: str,
    wanted: Wanted,
    codes: Sequence[str] = (),
    *,
    buyer: Buyer | None = None,
    person: Person | None = None,
    channel: str | None = None,
    provider: str | None = None,
) -> Flow[Quote]:
    """
    The price of some places now. It reserves nothing; see its `refusals` for what speaks against it.

    Args:
        event: Id of the event.
        wanted: Counts by ticket, or items.
        codes: As they were typed.
        buyer: What is known of the buyer.
        person: Who buys, if that is known.
        channel: Where the order comes from.
        provider: Whom it will be paid with; None for the event's first.

    Raises:
        NotFoundError: There is no such event.
        InvalidValueError: As `Plan.quote`.
    """
    listing = yield from event_of(event)
    plan = yield from ask(PlanOf(listing.record))
    at = yield from ask(Now())
    who = known_buyer(plan, buyer, optional(of_kind(Person))(person, "person"))
    return (yield from quoted(listing, plan, wanted, codes, at, buyer=who, channel=channel, provider=provider))


@flow
def reserve(
    event: str,
    wanted: Wanted,
    codes: Sequence[str] = (),
    *,
    buyer: Person,
    attendees: Sequence[Attendee | Person] | None = None,
    places: Sequence[Sequence[int]] | None = None,
    shown: Quote | Money | None = None,
    facts: Buyer | None = None,
    channel: str | None = None,
    provider: str | None = None,
    locale: str = "en",
    id: str = "",
    by: Actor = SYSTEM,
) -> Flow[Order]:
    """
    Hold places at the price of this moment; or have them at once if there is nothing to pay.

    The price, the places and the uses of codes are committed together, or none
    of them. What it costs is never more than what was shown.

    Args:
        event: Id of the event.
        wanted: Counts by ticket, or items.
        codes: As they were typed.
        buyer: Who pays.
        attendees: Who takes the places, in order; None if the buyer takes all of them.
        places: For each attendee the positions in the quote; None for one attendee a place, in order.
        shown: The price that the buyer saw, or its total; None if it is not to be compared.
        facts: What else is known of the buyer.
        channel: Where the order comes from.
        provider: Whom it will be paid with; None for the event's first.
        locale: The language that the buyer is written to in.
        id: Of the new order, as `Dossier` has it; empty for a new one. Asked twice with the
            same id, the second is refused, so nobody buys twice by a double click.
        by: Who does it. An attendee's account owns the order from then on.

    Returns:
        The order: held, or paid if there is nothing to pay.

    Raises:
        NotFoundError: There is no such event.
        PriceChangedError: The total is not the one that was shown; it has the new price.
        SaleClosedError: The event or a ticket is not on sale.
        SoldOutError: There are not so many places left.
        AmountRefusedError: The provider cannot take the amount.
        RefusedError: Anything else that speaks against it.
        DuplicateError: There is an order with this id.
        InvalidValueError: Places and attendees do not fit, or an argument cannot be.
    """
    listing = yield from event_of(event)
    plan = yield from ask(PlanOf(listing.record))
    who = _account(by)
    known = known_buyer(plan, facts, instance(buyer, "buyer", Person), who)
    order = id or (yield from ask(NewId()))
    seen = None if shown is None else total_of(shown)
    left = MOST_QUOTES
    while True:
        left -= 1
        at = yield from ask(Now())
        price = yield from quoted(listing, plan, wanted, codes, at, buyer=known, channel=channel, provider=provider)
        people = _attendees(attendees, buyer, price, places)
        try:
            outcome = reserving.reserve(
                plan,
                price,
                id=order,
                buyer=buyer,
                attendees=people,
                at=at,
                state=listing.record.state,
                shown=seen,
                places=places,
                by=by,
            )
        except RefusedError as refused:
            if left and _is_sold_out(refused) and (yield from let_go(event)):
                continue  # what nobody paid for in time is there again
            raise
        seen = seen or price.charged
        work = Work(listing, plan, dossier=Dossier(order=outcome.order, account=who, locale=locale), at=at, by=by)
        work.decided(outcome)
        try:
            yield from written(work)
        except ExhaustedError as error:
            # Somebody else took it in the same moment: the price, and whether there is one, is asked anew.
            if error.counter.startswith("person/"):
                raise RefusedError((HAS_A_PLACE,)) from None
            if not left:
                raise SoldOutError(error.counter, error.wanted, error.left) from None
            continue
        yield from warned(listing)
        yield from afterwards(order)
        return work.order


def _account(by: Actor) -> str:
    who = instance(by, "by", Actor)
    return who.id if who.role is Role.ATTENDEE else ""


def total_of(shown: Quote | Money) -> Money:
    """What somebody was shown to pay."""
    return shown.charged if isinstance(shown, Quote) else instance(shown, "shown", Money)


def _attendees(
    given: Sequence[Attendee | Person] | None, buyer: Person, price: Quote, places: Sequence[Sequence[int]] | None
) -> tuple[Attendee, ...]:
    """Who takes the places; the buyer, if nobody else is named."""
    if given is None:
        count = len(price.charges) if places is None else len(places)
        return (Attendee(person=buyer),) * count
    return several(attendee_of)(given, "attendees")


def attendee_of(value: object, field: str) -> Attendee:
    """*value* as an attendee: one, or a person who is asked for nothing else."""
    return Attendee(person=value) if isinstance(value, Person) else instance(value, field, Attendee)


def _is_sold_out(refused: RefusedError) -> bool:
    return any(reason.code == "sold_out" for reason in refused.reasons)


@flow
def invite(event: str, attendee: Attendee | Person, role: Role, *, locale: str = "en", by: Actor) -> Flow[Order]:
    """
    Give a speaker or a co-organizer a place that nobody pays for (GT-12).

    Args:
        event: Id of the event.
        attendee: Who it is.
        role: Speaker or co-organizer.
        locale: The language that they are written to in.
        by: Who invites.

    Raises:
        NotAllowedError: Not theirs to invite to.
        NotFoundError: There is no such event.
        InvalidValueError: An attendee's role, or an argument that cannot be.
    """
    listing = yield from event_of(event, by, Action.MANAGE_ROLES)
    plan = yield from ask(PlanOf(listing.record))
    at = yield from ask(Now())
    order = yield from ask(NewId())
    outcome = reserving.invite(plan, id=order, attendee=attendee_of(attendee, "attendee"), role=role, at=at, by=by)
    work = Work(listing, plan, dossier=Dossier(order=outcome.order, locale=locale), at=at, by=by)
    work.decided(outcome)
    try:
        yield from written(work)
    except ExhaustedError:
        raise RefusedError((HAS_A_PLACE,)) from None
    yield from afterwards(order)
    return work.order
