"""Who may do what: every flow that somebody asks for, tried by everybody, on what is there and on what is not."""

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

import pytest
from attrs import evolve
from box_office.both_sides import FLOWS, quick
from box_office.offices import BUYER, ORGANIZER, Office, person, talk

from paidevents import EUR, Money, Rate, Span
from paidevents.box_office import flows
from paidevents.box_office.asks import Recipe
from paidevents.catalog import Actor, Role
from paidevents.catalog.people import SYSTEM
from paidevents.errors import InvalidValueError, NotAllowedError, NotFoundError, PaidEventsError

CO_ORGANIZER, SPEAKER = Actor(Role.CO_ORGANIZER, "44"), Actor(Role.SPEAKER, "45")
ACTORS = {
    "organizer": ORGANIZER,
    "co-organizer": CO_ORGANIZER,
    "speaker": SPEAKER,
    "buyer": BUYER,
    "platform": SYSTEM,
    "organizer of another event": Actor(Role.ORGANIZER, "43"),
    "co-organizer of another event": Actor(Role.CO_ORGANIZER, "42"),
    "speaker of another event": Actor(Role.SPEAKER, "42"),
    "attendee of another order": Actor(Role.ATTENDEE, "8"),
    "attendee with the organizer's account": Actor(Role.ATTENDEE, "42"),
}

OWNERS = {"organizer", "platform"}
HOSTS = {*OWNERS, "co-organizer"}
THEIRS = {*HOSTS, "buyer"}
EVERYBODY = set(ACTORS)

# A flow, of an order, an event, a recording or an entry, by somebody.
Try: TypeAlias = Callable[[str, Actor], Recipe[Any]]

EUROS = Money.of("5.00", EUR)


def _moved() -> Any:
    event = talk()
    assert event.starts_at is not None
    return evolve(event, starts_at=event.starts_at + timedelta(days=1))


OF_AN_ORDER: dict[str, tuple[set[str], Try]] = {
    "accept_payment": (HOSTS, lambda order, by: flows.accept_payment(order, f"{order}-p1", by=by)),
    "approve": (HOSTS, lambda order, by: flows.approve(order, by=by)),
    "cancel": (THEIRS, lambda order, by: flows.cancel(order, by=by)),
    "cancel at a share": (HOSTS, lambda order, by: flows.cancel(order, share=Rate.of("10 %"), by=by)),
    "change_ticket": (THEIRS, lambda order, by: flows.change_ticket(order, f"{order}-1", {"standard": 1}, by=by)),
    "checkout": (THEIRS, lambda order, by: flows.checkout(order, by=by)),
    "decline_payment": (HOSTS, lambda order, by: flows.decline_payment(order, f"{order}-p1", by=by)),
    "dossier": (THEIRS, lambda order, by: flows.dossier(order, by=by)),
    "drop_refund": (HOSTS, lambda order, by: flows.drop_refund(order, f"{order}-r1", by=by)),
    "erase": (THEIRS, lambda order, by: flows.erase(order, by=by)),
    "honour": (HOSTS, lambda order, by: flows.honour(order, by=by)),
    "preview": (THEIRS, lambda order, by: flows.preview(order, by=by)),
    "record_payment": (HOSTS, lambda order, by: flows.record_payment(order, f"{order}-p1", EUROS, by=by)),
    "record_refund": (HOSTS, lambda order, by: flows.record_refund(order, f"{order}-r1", by=by)),
    "refund": (HOSTS, lambda order, by: flows.refund(order, EUROS, by=by)),
    "refuse": (HOSTS, lambda order, by: flows.refuse(order, by=by)),
    "release_device": (THEIRS, lambda order, by: flows.release_device(order, f"{order}-1", "phone", by=by)),
    "resend": (THEIRS, lambda order, by: flows.resend(order, f"{order}-1", by=by)),
    "take_back": (HOSTS, lambda order, by: flows.take_back(order, by=by)),
    "transfer": (THEIRS, lambda order, by: flows.transfer(order, f"{order}-1", person("Zoe"), by=by)),
    "turn_down": (HOSTS, lambda order, by: flows.turn_down(order, by=by)),
}
OF_AN_EVENT: dict[str, tuple[set[str], Try]] = {
    "appoint": (OWNERS, lambda event, by: flows.appoint(event, Actor(Role.SPEAKER, "46"), by=by)),
    "attach_recording": (HOSTS, lambda event, by: flows.attach_recording(event, by=by)),
    "book": (HOSTS, lambda event, by: flows.book(event, by=by)),
    "cancel_event": (OWNERS, lambda event, by: flows.cancel_event(event, by=by)),
    "conservation": (HOSTS, lambda event, by: flows.conservation(event, by=by)),
    "declare": (HOSTS, lambda event, by: flows.declare(talk(id=event, title="Another title"), by=by)),
    "dismiss": (OWNERS, lambda event, by: flows.dismiss(event, SPEAKER, by=by)),
    "dossiers": (HOSTS, lambda event, by: flows.dossiers(event, by=by)),
    "end": (HOSTS, lambda event, by: flows.end(event, by=by)),
    "entries": (HOSTS, lambda event, by: flows.entries(event, by=by)),
    "fees": (HOSTS, lambda event, by: flows.fees(event, by=by)),
    "invite": (OWNERS, lambda event, by: flows.invite(event, person("Dai"), Role.SPEAKER, by=by)),
    "listing": (EVERYBODY, lambda event, by: flows.listing(event, by=by)),
    "owed": (HOSTS, lambda event, by: flows.owed(event, by=by)),
    "participants": (HOSTS, lambda event, by: flows.participants(event, by=by)),
    "reconciliation": (HOSTS, lambda event, by: flows.reconciliation(event, by=by)),
    "remind": (HOSTS, lambda event, by: flows.remind(event, by=by)),
    "reopen_sales": (HOSTS, lambda event, by: flows.reopen_sales(event, by=by)),
    "reschedule": (HOSTS, lambda event, by: flows.reschedule(evolve(_moved(), id=event), by=by)),
    "reserve": (
        EVERYBODY,
        lambda event, by: flows.reserve(event, {"standard": 1}, buyer=person("Bo"), by=by),
    ),
    "sales": (HOSTS, lambda event, by: flows.sales(event, by=by)),
    "stop_sales": (HOSTS, lambda event, by: flows.stop_sales(event, by=by)),
    "switch_payment": (HOSTS, lambda event, by: flows.switch_payment(event, on=False, by=by)),
    "taxes": (HOSTS, lambda event, by: flows.taxes(event, by=by)),
}
OF_A_RECORDING: dict[str, tuple[set[str], Try]] = {
    "publish_recording": (HOSTS, lambda recording, by: flows.publish_recording(recording, by=by)),
    "withdraw_recording": (HOSTS, lambda recording, by: flows.withdraw_recording(recording, by=by)),
}
OF_AN_ENTRY: dict[str, tuple[set[str], Try]] = {
    "leave_list": (HOSTS, lambda entry, by: flows.leave_list(entry, by=by)),
}
OF_AN_ACCOUNT: dict[str, tuple[set[str], Try]] = {
    "connect": (OWNERS, lambda owner, by: flows.connect(owner, "card:test", "main", by=by)),
    "disconnect": (OWNERS, lambda owner, by: flows.disconnect(owner, "card", by=by)),
    "draft": (OWNERS, lambda owner, by: flows.draft(talk(id="new"), by=by, organizer=owner)),
    "publish": (OWNERS, lambda owner, by: flows.publish(talk(id="new"), by=by, organizer=owner)),
}
# What anybody may ask for: providers and timers, or whoever has a personal link.
OF_NOBODY = {
    *("cancel_by_link", "end_offer", "expire", "join", "join_list", "look", "perform", "quote", "receive"),
    *("reconcile", "take_offer", "tick", "watch"),
}
TABLES = (OF_AN_ORDER, OF_AN_EVENT, OF_A_RECORDING, OF_AN_ENTRY, OF_AN_ACCOUNT)


def scene() -> tuple[Office, dict[int, str]]:
    """A talk with a team, an order that is paid, a recording, and somebody who waits; their ids, for each table."""
    office = quick()
    for helper in (CO_ORGANIZER, SPEAKER):
        office.run(flows.appoint("talk", helper, by=ORGANIZER))
    order = office.sell().id
    recording = office.run(flows.attach_recording("talk", lasts=Span(days=3), by=ORGANIZER)).id
    office.reserve(2)
    entry = office.run(flows.join_list("talk", "standard", person("Zoe"))).id
    return office, dict(zip(map(id, TABLES), (order, "talk", recording, entry, "42"), strict=True))


def answer(office: Office, recipe: Recipe[Any]) -> PaidEventsError | None:
    """Why it was refused; None if it was not."""
    try:
        office.run(recipe)
    except PaidEventsError as error:
        return error
    return None


def test_every_flow_that_somebody_asks_for_is_in_a_table() -> None:
    named = {name.partition(" ")[0] for table in TABLES for name in table}
    asked = {name for name in FLOWS if "by" in inspect.signature(getattr(flows, name)).parameters}
    assert (named, set(FLOWS) - asked) == (asked, OF_NOBODY)


@pytest.mark.parametrize("table", TABLES, ids=["order", "event", "recording", "entry", "account"])
def test_everybody_may_do_what_is_theirs_to_do_and_nothing_else(table: dict[str, tuple[set[str], Try]]) -> None:
    office, ids = scene()
    for name, (allowed, make) in table.items():
        for who, actor in ACTORS.items():
            refused = answer(office, make(ids[id(table)], actor))
            assert isinstance(refused, NotAllowedError) is (who not in allowed), (name, who, refused)
            if who in allowed:
                office, ids = scene()


@pytest.mark.parametrize("table", TABLES[:4], ids=["order", "event", "recording", "entry"])
def test_what_is_not_there_looks_like_what_is_anothers(table: dict[str, tuple[set[str], Try]]) -> None:
    """Nobody learns what exists: only who may see everything is told that there is nothing."""
    office, ids = scene()
    for name, (allowed, make) in table.items():
        for who, actor in ACTORS.items():
            missing = answer(office, make("nowhere", actor))
            if actor is SYSTEM or (allowed is EVERYBODY and name != "reserve"):
                assert isinstance(missing, NotFoundError), (name, who, missing)
            elif who not in allowed:
                assert str(missing) == str(answer(office, make(ids[id(table)], actor))), (name, who)
            elif name != "reserve":
                assert isinstance(missing, NotAllowedError), (name, who, missing)


def test_whoever_asks_is_somebody() -> None:
    office, ids = scene()
    for table in TABLES:
        for name, (_, make) in table.items():
            nobody: Any = "organizer:42"
            assert isinstance(answer(office, make(ids[id(table)], nobody)), InvalidValueError), name


def test_an_organizer_puts_nothing_on_sale_in_the_name_of_another() -> None:
    office = Office()
    for make in (flows.publish, flows.draft):
        with pytest.raises(NotAllowedError):
            office.run(make(talk(), by=ORGANIZER, organizer="43"))
    assert office.run(flows.publish(talk(), by=SYSTEM, organizer="43")).organizer == "43"
    assert office.run(flows.draft(talk(id="own"), by=ORGANIZER)).organizer == "42"
    with pytest.raises(NotAllowedError):
        office.run(flows.publish(talk(), by=ORGANIZER))
