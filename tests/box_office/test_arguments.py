"""Whatever is thrown at a flow, it answers as documented or raises a typed error, and then nothing has changed."""

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from box_office.both_sides import FLOWS, quick
from box_office.offices import BUYER, ORGANIZER, Office, person, talk

from paidevents import EUR, USD, Money, Rate
from paidevents.access import Attachment
from paidevents.box_office import BoxOffice, flows
from paidevents.catalog import Actor, Cause, Role
from paidevents.errors import InvalidValueError, PaidEventsError
from paidevents.ports import Dossier
from paidevents.providers import FakeProvider
from paidevents.stores import MemoryStore
from paidevents.testing.world import KEY, VirtualClock

EUROS = Money.of("5.00", EUR)


class Odd:
    """Something that nobody has ever heard of."""


JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    1.5,
    float("nan"),
    "",
    "x" * 100_000,
    "\x00",
    "\ud800",
    b"bytes",
    [],
    [None],
    [1, "a"],
    {"a": object()},
    {1: 1},
    (),
    object(),
    Odd,
    Odd(),
    len,
    datetime(2026, 3, 1),
    timedelta(days=1),
    Money.of("-5.00", EUR),
    Money.of("5.00", USD),
    Rate.of("10 %"),
    person(),
    ORGANIZER,
    Role.SPEAKER,
)


def good(order: str, payment: str) -> dict[str, dict[str, Any]]:
    """Arguments that every flow takes; what it makes of them does not matter here."""
    of_order: dict[str, Any] = {"order": order, "by": ORGANIZER}
    of_event: dict[str, Any] = {"event": "talk", "by": ORGANIZER}
    place = f"{order}-1"
    return {
        "accept_payment": {**of_order, "payment": payment},
        "appoint": {**of_event, "helper": Actor(Role.SPEAKER, "46")},
        "approve": {**of_order, "registrations": [place]},
        "attach_recording": {
            **of_event,
            "session": None,
            "attachment": Attachment.BY_HAND,
            "included": True,
            "lasts": None,
            "id": "film",
        },
        "book": {**of_event, "order": order},
        "cancel": {**of_order, "registrations": [place], "share": Rate.of("50 %")},
        "cancel_by_link": {"pass_id": place, "token": "x" * 43},
        "cancel_event": of_event,
        "change_ticket": {**of_order, "registration": place, "wanted": {"standard": 1}, "codes": [], "shown": EUROS},
        "checkout": {**of_order, "provider": "card", "return_url": "", "cancel_url": ""},
        "connect": {
            "owner": "42",
            "provider": "card:test",
            "account": "main",
            "statement": "",
            "short_statement": "",
            "support": "",
            "by": ORGANIZER,
        },
        "declare": {"event": talk(), "by": ORGANIZER},
        "decline_payment": {**of_order, "payment": payment},
        "disconnect": {"owner": "42", "provider": "card", "by": ORGANIZER},
        "dismiss": {**of_event, "helper": Actor(Role.SPEAKER, "46")},
        "dossier": of_order,
        "dossiers": {**of_event, "after": "", "limit": 5},
        "draft": {"event": talk(id="new"), "by": ORGANIZER, "organizer": "42", "locale": "en"},
        "drop_refund": {**of_order, "refund": f"{order}-r1"},
        "end": of_event,
        "end_offer": {"entry": "nobody"},
        "erase": of_order,
        "expire": {"order": order},
        "honour": of_order,
        "invite": {**of_event, "attendee": person("Dai"), "role": Role.SPEAKER, "locale": "en"},
        "join": {"event": "talk", "pass_id": place, "token": "x", "device": "a", "session": None, "present": 0},
        "join_list": {"event": "talk", "ticket": "standard", "person": person("Zoe"), "locale": "en"},
        "leave_list": {"entry": "nobody", "by": ORGANIZER},
        "listing": of_event,
        "look": {"order": order},
        "owed": of_event,
        "participants": of_event,
        "perform": {"id": f"{order}/1"},
        "preview": {**of_order, "registrations": [place], "share": None, "cause": Cause.BUYER},
        "publish": {"event": talk(id="new"), "by": ORGANIZER, "organizer": "42", "locale": "en"},
        "publish_recording": {"recording": "nowhere", "by": ORGANIZER},
        "quote": {
            "event": "talk",
            "wanted": {"standard": 1},
            "codes": [],
            "buyer": None,
            "person": person(),
            "channel": None,
            "provider": "card",
        },
        "receive": {"provider": "card:test", "headers": {}, "body": b"", "account": "main"},
        "reconcile": {},
        "record_payment": {**of_order, "payment": payment, "received": EUROS, "fee": EUROS},
        "record_refund": {**of_order, "refund": f"{order}-r1"},
        "refund": {**of_order, "amount": EUROS},
        "refuse": {**of_order, "registrations": [place]},
        "release_device": {**of_order, "registration": place, "device": "phone"},
        "remind": {**of_event, "session": None, "id": "soon"},
        "reopen_sales": {**of_event, "until": None},
        "reschedule": {"event": talk(), "by": ORGANIZER},
        "resend": {**of_order, "registration": place},
        "reserve": {
            "event": "talk",
            "wanted": {"standard": 1},
            "codes": [],
            "buyer": person(),
            "attendees": [person()],
            "places": [[0]],
            "shown": Money.of("20.00", EUR),
            "facts": None,
            "channel": None,
            "provider": "card",
            "locale": "en",
            "id": "A9",
            "by": BUYER,
        },
        "stop_sales": of_event,
        "switch_payment": {**of_event, "on": True},
        "take_back": {**of_order, "registrations": [place]},
        "take_offer": {"entry": "nobody", "token": "x" * 43},
        "tick": {"event": "talk"},
        "transfer": {**of_order, "registration": place, "attendee": person("Eve")},
        "turn_down": of_order,
        "watch": {
            "event": "talk",
            "recording": "nowhere",
            "pass_id": place,
            "token": "x",
            "account_active": True,
            "viewers": 0,
        },
        "withdraw_recording": {"recording": "nowhere", "by": ORGANIZER},
    }


def paid() -> tuple[Office, dict[str, dict[str, Any]]]:
    office = quick()
    dossier = office.sell()
    return office, good(dossier.id, dossier.payments[0].id)


def test_the_arguments_of_every_flow_are_tried() -> None:
    _, given = paid()
    assert sorted(given) == FLOWS
    for name, arguments in given.items():
        assert set(arguments) == set(inspect.signature(getattr(flows, name)).parameters), name


@pytest.mark.parametrize("name", FLOWS)
def test_whatever_is_thrown_at_it_a_flow_answers_or_raises_a_typed_error(name: str) -> None:
    office, given = paid()
    flow: Callable[..., Any] = getattr(flows, name)
    for argument in given[name]:
        for junk in JUNK:
            before = state(office)
            try:
                office.run(flow(**{**given[name], argument: junk}))
            except PaidEventsError as error:
                assert str(error)
                assert state(office) == before, (argument, junk)
            else:
                office, given = paid()


def state(office: Office) -> object:
    """All that is stored of the talk, and all that was done in the world."""
    store = office.world.store
    orders = store.find(Dossier, "event", "talk")
    return orders, store.entries("talk"), office.told(), office.world.card.payments()


GOOD: Mapping[str, Any] = {
    "store": MemoryStore(),
    "providers": (),
    "key": KEY,
    "notifier": None,
    "clock": VirtualClock(),
    "ids": None,
    "links": "/{purpose}/{id}/{token}",
    "steps": (),
    "at_once": True,
}


@pytest.mark.parametrize("argument", ["providers", "key", "clock", "ids", "links", "at_once"])
def test_whatever_is_thrown_at_it_a_box_office_refuses_what_it_cannot_work_with(argument: str) -> None:
    for junk in (0, "x", object(), [object()], 1.5):
        if (argument, junk) == ("clock", 0) or (argument, junk) == ("ids", 0):
            continue  # nothing was given, so it is the machine's
        with pytest.raises(InvalidValueError):
            BoxOffice(**{**GOOD, argument: junk})


def test_two_providers_for_one_account_are_refused() -> None:
    twins = [FakeProvider(clock=VirtualClock()) for _ in range(2)]
    with pytest.raises(InvalidValueError, match="Two providers are called fake:test"):
        BoxOffice(**{**GOOD, "providers": twins})
