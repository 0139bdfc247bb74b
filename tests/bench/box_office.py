"""A place sold through the whole box office, in memory, against its own price and against its own commit."""

from datetime import UTC, datetime
from itertools import count

from attrs import evolve
from box_office.offices import ORGANIZER, person, talk

from bench.harness import Row
from paidevents.box_office import BoxOffice, flows
from paidevents.catalog import Listing
from paidevents.ports import Commit, Dossier, Stored
from paidevents.ports.store import Expected
from paidevents.pricing import Plan
from paidevents.registration import paid, reserve
from paidevents.registration.person import Attendee
from paidevents.testing.world import World

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
WANTED = {"standard": 1}
ANA = person()
TALK = talk(capacity=10**9)
PLAN = Plan(TALK)
NUMBERS = count()


def world() -> World:
    made = World(at=AT)
    made.box.publish(TALK, by=ORGANIZER)
    return made


HERE = world()
BOX: BoxOffice = HERE.box
STORE = HERE.store
KEPT = STORE.get(Listing, "talk")
assert KEPT is not None


def priced() -> object:
    return PLAN.quote(WANTED, at=AT)


def commit_of(number: int) -> Commit:
    """What a reservation commits, made beforehand."""
    order = f"prebuilt{number}"
    outcome = reserve(PLAN, PLAN.quote(WANTED, at=AT), id=order, buyer=ANA, attendees=[Attendee(person=ANA)], at=AT)
    dossier = Dossier(order=outcome.order)
    return Commit(
        id=f"c{order}",
        event="talk",
        inserts=(dossier,),
        expects=(Expected(Listing, "talk", 1),),
        takes=outcome.takes,
    )


READY = iter([commit_of(next(NUMBERS)) for _ in range(2_000)])


def committed() -> None:
    STORE.commit(next(READY))


def reserved() -> object:
    return BOX.run(flows.reserve("talk", WANTED, buyer=ANA))


def sold() -> object:
    """The price, the hold and the confirmation, each committed; without a provider."""
    quote = PLAN.quote(WANTED, at=AT)
    id = f"sold{next(NUMBERS)}"
    held = reserve(PLAN, quote, id=id, buyer=ANA, attendees=[Attendee(person=ANA)], at=AT)
    dossier = Dossier(order=held.order)
    STORE.commit(Commit(id=f"{id}/1", event="talk", inserts=(dossier,), takes=held.takes))
    settled = paid(held.order, PLAN, received=quote.charged, at=AT)
    after = evolve(dossier, order=settled.order)
    STORE.commit(Commit(id=f"{id}/2", replaces=(Stored(after, 1),)))
    return after


ROWS = (
    Row(
        "box office: a reservation, against the commit in it",
        {"store.commit of what it commits": committed, "flows.reserve": reserved},
        rounds=60,
        goal="≤ 4, aim 2",
    ),
    Row(
        "box office: a place sold in memory, against its price",
        {"Plan.quote": priced, "quoted, held, confirmed": sold},
        rounds=60,
        goal="≤ 15, aim 6",
    ),
)
