"""Who answers what flows ask: in a program that waits, and in one that awaits."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Iterator
from threading import current_thread, main_thread
from typing import Any, get_args, get_origin

import pytest
from box_office.both_sides import FLOWS, books
from box_office.offices import BUYER, ORGANIZER, Office, person, talk

from paidevents import EUR, Money
from paidevents.access import Purpose
from paidevents.box_office import AsyncBoxOffice, BoxOffice, flows
from paidevents.box_office.asks import Flow, NewId, Run, ask, flow, run
from paidevents.box_office.driving import MOST_RUNS
from paidevents.errors import (
    ConflictError,
    InvalidValueError,
    OutcomeUnknownError,
)
from paidevents.lifecycle import EventState, OrderState
from paidevents.ports import MessageKind
from paidevents.providers import FakeProvider, Fault
from paidevents.reports import SalesBy
from paidevents.stores import MemoryStore
from paidevents.testing.world import KEY, NamesInOrder, Outbox, VirtualClock

# What is handed out row by row, while pages are read.
LISTS = ("participants", "entries")
DRIVERS = pytest.mark.parametrize("is_async", [False, True], ids=["waits", "awaits"])


def methods(kind: type) -> dict[str, Any]:
    return {name: one for name, one in vars(kind).items() if inspect.isfunction(one) and not name.startswith("_")}


def test_both_doors_have_the_same_methods_with_the_same_arguments_and_words() -> None:
    waits, awaits = methods(BoxOffice), methods(AsyncBoxOffice)
    assert list(waits) == list(awaits)
    for name, method in waits.items():
        other = awaits[name]
        waited, awaited = inspect.signature(method), inspect.signature(other)
        assert (waited.parameters, method.__doc__) == (awaited.parameters, other.__doc__), name
        if name in LISTS:
            given = (get_origin(waited.return_annotation), get_origin(awaited.return_annotation))
            assert given == (Iterator, AsyncIterator), name
            assert get_args(waited.return_annotation) == get_args(awaited.return_annotation), name
        else:
            assert waited.return_annotation == awaited.return_annotation, name
            assert inspect.iscoroutinefunction(other) and not inspect.iscoroutinefunction(method), name
        assert name in FLOWS


def test_a_method_takes_what_its_flow_takes() -> None:
    """Or the arguments that most need, and any more of them."""
    for name, method in methods(BoxOffice).items():
        own = {key: one for key, one in inspect.signature(method).parameters.items() if key not in ("self", "more")}
        theirs = inspect.signature(getattr(flows, name)).parameters
        assert set(own) <= set(theirs), name
        for key, one in own.items():
            known = theirs[key]
            assert one.kind is known.kind, (name, key)
            assert one.default == known.default or (name, key) == ("receive", "account"), (name, key)


@DRIVERS
def test_every_method_does_what_its_flow_does(is_async: bool) -> None:
    """A talk is sold, joined, given back, moved and cancelled, by methods alone."""
    office = Office()
    world = office.world
    door: Any = world.async_box if is_async else world.box

    def do(name: str, *given: Any, **more: Any) -> Any:
        answer = getattr(door, name)(*given, **more)
        if name in LISTS:
            return asyncio.run(taken(answer)) if is_async else list(answer)
        return asyncio.run(answer) if is_async else answer

    assert do("publish", talk(capacity=5), by=ORGANIZER).organizer == "42"
    price = do("quote", "talk", {"standard": 2}, person=person())
    order = do("reserve", "talk", {"standard": 2}, buyer=person(), shown=price, by=BUYER, locale="fr")
    world.card.pay(do("checkout", order.id).url)
    headers, body = world.card.notifications()[-1]
    assert do("receive", "card:test", headers, body) == 200
    assert do("dossier", order.id, by=BUYER).order.state is OrderState.PAID
    assert do("book", "talk", order=order.id, by=ORGANIZER).balances(order.id)[EUR]
    assert [row.name for row in do("participants", "talk", limit=1, by=ORGANIZER)] == ["Ana", "Ana"]
    assert [one.kind.value for one in do("entries", "talk", order=order.id, limit=1, by=ORGANIZER)] == [
        "capture",
        "sale",
    ]
    (row,) = do("sales", "talk", SalesBy.DAY, by=ORGANIZER).rows
    assert (row.places, str(row.charged)) == (2, "40.00 EUR")
    assert do("fees", "talk", by=ORGANIZER).rows == do("taxes", "talk", by=ORGANIZER).rows == ()
    assert do("owed", "talk", by=ORGANIZER).rows == ()
    assert do("reconciliation", "talk", by=ORGANIZER).agrees
    assert len(do("reconciliation", "talk", notes=True, by=ORGANIZER).rows) == 1
    assert do("conservation", "talk", by=ORGANIZER)[EUR].holds
    assert [due.refund.amount for due in do("preview", order.id)] == [Money.of("40.00", EUR)]
    assert do("cancel", order.id, [f"{order.id}-2"], by=BUYER).state is OrderState.PAID
    do("refund", order.id, Money.of("1.00", EUR), by=ORGANIZER)
    assert books(office) == ["paid 40.00 -20.00 succeeded -1.00 succeeded"]
    waits = do("reserve", "talk", {"standard": 2}, buyer=person("Bo"))
    assert do("approve", waits.id, [f"{waits.id}-1"], by=ORGANIZER).registrations[0].is_waived
    do("refuse", waits.id, [f"{waits.id}-2"], by=ORGANIZER)
    event = talk(capacity=5)
    assert event.starts_at is not None
    world.clock.set(event.starts_at)
    sent = next(one for one in world.outbox.messages if one.kind is MessageKind.CONFIRMATION)
    _, _, place, token = sent.link(Purpose.JOIN).split("/")
    assert do("join", "talk", place, token, device="phone").visits
    assert do("reconcile").moved == 1
    later = talk(capacity=5, starts_at=event.starts_at.replace(day=20))
    assert do("reschedule", later, by=ORGANIZER).event.starts_at == later.starts_at
    assert do("cancel_event", "talk", by=ORGANIZER).state is EventState.CANCELLED


async def taken(rows: AsyncIterator[Any]) -> list[Any]:
    return [row async for row in rows]


class Awaited:
    """A port whose methods are awaited; what is no method is as it was."""

    def __init__(self, port: Any, *methods: str) -> None:
        self._port, self._methods = port, methods
        self.threads: set[bool] = set()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._port, name)
        if name not in self._methods:
            return found

        async def call(*given: Any, **more: Any) -> Any:
            await asyncio.sleep(0)
            self.threads.add(current_thread() is main_thread())
            return found(*given, **more)

        return call


def test_ports_that_are_awaited_are_awaited_and_the_result_is_the_same() -> None:
    clock, outbox = VirtualClock(), Outbox()
    card = FakeProvider("card:test", clock=clock)
    store = Awaited(MemoryStore(), "get", "find", "due", "taken", "entries", "commit", "was_committed")
    till = Awaited(card, "verify", "start", "fetch", "capture", "void", "refund", "notification")
    notifier = Awaited(outbox, "send")
    door = AsyncBoxOffice(store, [till], key=KEY, notifier=notifier, clock=clock, ids=NamesInOrder())

    async def sell() -> Any:
        await door.publish(talk(), by=ORGANIZER)
        order = await door.reserve("talk", {"standard": 1}, buyer=person(), by=BUYER)
        card.pay((await door.checkout(order.id)).url)
        answered = [await door.receive("card:test", *sent) for sent in card.notifications()]
        card.script("refund", Fault.GARBLED)
        card.script("fetch", Fault.LOST_REQUEST)
        outbox.fails = 1
        await door.cancel(order.id, by=BUYER)
        clock.advance(minutes=2)
        await door.reconcile()
        return answered, await door.dossier(order.id)

    answered, dossier = asyncio.run(sell())
    assert (answered, dossier.refunds[0].state.value) == ([200, 200], "succeeded")
    assert sorted(outbox.kinds()) == ["cancelled", "confirmation", "refunded"]
    assert store.threads == till.threads == notifier.threads == {True}, "none of it blocks a thread"


@flow
def conflicting(seen: list[int], times: int) -> Flow[str]:
    """It meets a conflict so many times."""
    yield from ask(NewId())
    seen.append(len(seen))
    if len(seen) <= times:
        raise ConflictError("A1", 1, 2)
    return "done"


@flow
def around(seen: list[int], times: int) -> Flow[str]:
    yield from ask(NewId())
    seen.append(-1)
    return (yield from run(conflicting(seen, times)))


@DRIVERS
def test_a_flow_that_meets_a_conflict_begins_anew_and_the_eighth_is_the_callers(is_async: bool) -> None:
    office, seen = Office(is_async=is_async), list[int]()
    assert office.run(conflicting(seen, MOST_RUNS - 1)) == "done"
    assert len(seen) == MOST_RUNS == 8
    seen.clear()
    with pytest.raises(ConflictError):
        office.run(conflicting(seen, MOST_RUNS))
    assert len(seen) == MOST_RUNS


@DRIVERS
def test_a_conflict_inside_is_not_repeated_outside(is_async: bool) -> None:
    office, seen = Office(is_async=is_async), list[int]()
    with pytest.raises(ConflictError):
        office.run(around(seen, 100))
    assert (len(seen), seen.count(-1)) == (MOST_RUNS + 1, 1)


@DRIVERS
def test_what_is_no_flow_is_not_run(is_async: bool) -> None:
    office = Office(is_async=is_async)
    junk: Any = flows.reconcile
    with pytest.raises(InvalidValueError):
        office.run(junk)
    assert repr(flows.reconcile()) == "<Recipe reconcile>"


def test_only_a_driver_runs_a_flow_inside_a_flow() -> None:
    with pytest.raises(AssertionError, match="a driver runs it"):
        Run(flows.reconcile()).on(Office().world.box.outside)


@DRIVERS
def test_an_error_of_pythons_own_is_an_unknown_outcome_and_says_nothing_of_anybody(is_async: bool) -> None:
    """What somebody else's port raises may name a person."""
    office = Office(is_async=is_async)
    office.publish()
    order = office.reserve().id
    office.world.card.script("fetch", Fault.GARBLED)
    office.run(flows.checkout(order))
    with pytest.raises(OutcomeUnknownError) as refused:
        office.run(flows.look(order))
    assert (refused.value.vendor_code, refused.value.__cause__, refused.value.__suppress_context__) == (
        "unreadable_answer",
        None,
        True,
    )
