"""Strategies for orders and the people in them: each has lived a life that its tables allow."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st

from paidevents.catalog.event import Event
from paidevents.catalog.kinds import EventKind
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import SYSTEM, Actor, Role
from paidevents.errors import IllegalTransitionError, RefusedError
from paidevents.money.amount import Money
from paidevents.pricing.plan import Plan
from paidevents.pricing.refunds import refund_due
from paidevents.registration.deciding import approved
from paidevents.registration.hold import Hold
from paidevents.registration.leaving import called_off, cancelled, refused
from paidevents.registration.order import Order
from paidevents.registration.outcome import Outcome
from paidevents.registration.parts import Change, Given
from paidevents.registration.person import Answer, Attendee, Person
from paidevents.registration.registration import Registration
from paidevents.registration.settling import expired, extended, paid
from paidevents.registration.waiting import Offer, WaitingEntry
from paidevents.testing.strategies.amounts import Dice, made
from paidevents.testing.strategies.offers import NEW_YEAR
from paidevents.testing.strategies.prices import a_quote
from paidevents.testing.strategies.whole import an_event

NAMES = ("Ana Lima", "Bö Åberg", "Cleo d’Arc", "岡 大", "Eve")
ADDRESSES = ("ana@example.org", "bo+news@example.org", "Cleo@Example.com", "eve@bücher.example")
ANSWERS = ("A little", "Nichts.\nGar nichts.", "à l’heure")
ORGANIZER = Actor(Role.ORGANIZER, "42")


def persons() -> st.SearchStrategy[Person]:
    """People, with names and addresses of many alphabets."""
    return made(_a_person)


def _a_person(dice: Dice) -> Person:
    return Person(name=dice.choice(NAMES), email=dice.choice(ADDRESSES))


def answers() -> st.SearchStrategy[Answer]:
    """Answers to questions of a form."""
    return made(lambda dice: Answer(dice.choice(("level", "diet")), dice.choice(ANSWERS)))


def attendees() -> st.SearchStrategy[Attendee]:
    """People who register, with what they answered."""
    return made(_an_attendee)


def _an_attendee(dice: Dice) -> Attendee:
    given = [Answer(question, dice.choice(ANSWERS)) for question in dice.some(("level", "diet"), 2)]
    return Attendee(person=_a_person(dice), answers=tuple(given), accepted=dice.below(3))


def holds() -> st.SearchStrategy[Hold]:
    """Holds of some minutes or days."""
    return made(_a_hold)


def _a_hold(dice: Dice) -> Hold:
    starts_at = NEW_YEAR + timedelta(minutes=dice.below(10**5))
    until = starts_at + timedelta(minutes=1 + dice.below(10**4))
    return Hold(starts_at=starts_at, until=until, latest=until + timedelta(days=dice.below(8)))


def registrations() -> st.SearchStrategy[Registration]:
    """The attendees of orders, whatever became of them."""
    return orders().map(lambda order: order.registrations[0])


def givens() -> st.SearchStrategy[Given]:
    """What was given back of some places of an order."""

    def make(dice: Dice) -> Given:
        quote = a_quote(dice, Plan(an_event(dice, None, tuple(EventKind), True)))
        return Given(quote=0, refund=refund_due(quote, dice.some(range(len(quote.charges)), 5, 1)))

    return made(make)


def changes() -> st.SearchStrategy[Change]:
    """Changes of ticket that wait for their payment."""

    def make(dice: Dice) -> Change:
        quote = a_quote(dice, Plan(an_event(dice, None, tuple(EventKind), True)))
        return Change(registration="A1-1", quote=quote, hold=_a_hold(dice))

    return made(make)


def orders(event: Event | None = None) -> st.SearchStrategy[Order]:
    """
    Orders of *event*, or of any, to which up to four things have happened.

    Example:
        >>> from paidevents.testing.strategies import orders
        >>> any_order = orders()
    """
    return made(lambda dice: _an_order(dice, event))


def _an_order(dice: Dice, event: Event | None) -> Order:
    plan = Plan(an_event(dice, None, tuple(EventKind), True) if event is None else event)
    quote = a_quote(dice, plan)
    order = Order(
        id="A1",
        event=plan.event.id,
        buyer=_a_person(dice),
        registrations=tuple(
            Registration(id=f"A1-{unit + 1}", attendee=_an_attendee(dice), units=(unit,))
            for unit in range(len(quote.charges))
        ),
        hold=Hold.under(plan.event.policy, quote.at),
        cancellation=plan.event.cancellation,
        adjustment=Money.zero(quote.currency),
        quotes=(quote,),
    )
    at = quote.at
    for _ in range(dice.below(5)):
        at += timedelta(minutes=dice.below(40))
        try:
            order = dice.choice(_ACTS)(order, plan, at, dice).order
        except (IllegalTransitionError, RefusedError):
            continue
    return order.erased() if dice.one_in(8) else order


_ACTS: tuple[Callable[..., Outcome], ...] = (
    lambda order, plan, at, _: paid(order, plan, received=order.asked, at=at),
    lambda order, plan, at, _: expired(order, plan, at=at),
    lambda order, plan, at, _: extended(order, plan, until=at + timedelta(hours=1), at=at),
    lambda order, plan, at, _: approved(order, plan, received=order.asked, at=at, by=ORGANIZER),
    lambda order, plan, at, dice: cancelled(order, plan, _some(order, dice), at=at, by=SYSTEM),
    lambda order, plan, at, dice: refused(order, plan, _some(order, dice), at=at, by=ORGANIZER),
    lambda order, plan, at, dice: called_off(order, plan, _some(order, dice), at=at, by=ORGANIZER),
)


def _some(order: Order, dice: Dice) -> list[str]:
    return list(dice.some([one.id for one in order.registrations], 3, 1))


def offers_held() -> st.SearchStrategy[Offer]:
    """Places that are held for somebody who waits."""
    return made(lambda dice: Offer(order="A2", until=NEW_YEAR + timedelta(minutes=dice.below(10**5))))


def waiting_entries() -> st.SearchStrategy[WaitingEntry]:
    """People who wait, have an offer, or have had one."""

    def make(dice: Dice) -> WaitingEntry:
        at = NEW_YEAR + timedelta(minutes=dice.below(10**5))
        entry = WaitingEntry(
            id="W1", event="webinar", ticket="standard", person=_a_person(dice) if dice.below(4) else None, joined_at=at
        )
        policy = an_event(dice, None, tuple(EventKind), True).policy
        if dice.one_in(2):
            entry = entry.offered("A2", policy, at=at)[1]
            if dice.one_in(2):
                entry = entry.taken(at=at)[1]
        elif dice.one_in(2):
            entry = entry.left(at=at, by=SYSTEM)[1]
        return entry

    return made(make)


def listings() -> st.SearchStrategy[Listing]:
    """Events as drafts, on sale, or cancelled."""

    def make(dice: Dice) -> Listing:
        listing = Listing(event=an_event(dice, None, tuple(EventKind), True), organizer="42")
        if dice.one_in(2):
            listing = listing.scheduled(at=NEW_YEAR, by=ORGANIZER, is_sound=True)[1]
        return listing.cancelled(at=NEW_YEAR, by=ORGANIZER)[1] if dice.one_in(3) else listing

    return made(make)
