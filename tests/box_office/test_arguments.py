"""Whatever is thrown at a flow, it answers as documented or raises a typed error, and then nothing has changed."""

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from box_office.arguments import good
from box_office.both_sides import FLOWS, quick
from box_office.offices import ORGANIZER, Office, person

from paidevents import EUR, USD, Money, Rate
from paidevents.box_office import BoxOffice, flows
from paidevents.catalog import Role
from paidevents.errors import InvalidValueError, PaidEventsError
from paidevents.ports import Dossier
from paidevents.providers import FakeProvider
from paidevents.stores import MemoryStore
from paidevents.testing.world import KEY, VirtualClock


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
