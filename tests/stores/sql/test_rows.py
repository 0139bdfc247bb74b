"""What is kept comes back equal, and whatever is done, this store answers as the one in memory does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from operator import methodcaller
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from sqlalchemy import select
from stores.sql.commits import a_commit

from paidevents.access import Recording
from paidevents.catalog import Listing
from paidevents.errors import PaidEventsError
from paidevents.ledger import Entry
from paidevents.ports import KINDS, Commit, Connection, Dossier, Expected, Obligation, Store, Stored
from paidevents.pricing import Take
from paidevents.registration import WaitingEntry
from paidevents.stores import MemoryStore, sqlite
from paidevents.stores.sql.schema import RECORD
from paidevents.testing.stores import samples
from paidevents.testing.strategies import BY_TYPE

RECORDS = (Listing, Dossier, WaitingEntry, Recording, Connection, Obligation)
FEW = st.sampled_from(("a", "b", "é"))
EVENTS = st.sampled_from(("talk", "other"))
COUNTERS = ("event", "ticket/standard", "never")


@contextmanager
def both() -> Iterator[tuple[Store, Store]]:
    """The store in memory, by which the other one is measured, and that."""
    with sqlite(":memory:") as store:
        yield MemoryStore(), store


def test_every_kind_of_record_is_drawn_here() -> None:
    assert set(RECORDS) == set(KINDS)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_a_record_comes_back_equal_and_is_found_in_the_same_places(kind: type[Any], data: st.DataObject) -> None:
    """As it was inserted, and as it was replaced by another one of the same id."""
    record = data.draw(BY_TYPE[kind]())
    how = KINDS[kind]
    with both() as stores:
        for store in stores:
            store.commit(a_commit(id="c1", inserts=[record]))
            assert store.get(kind, how.id(record)) == Stored(record, 1)
        memory, store = stores
        for by, value in how.indexes(record):
            assert store.find(kind, by, value) == memory.find(kind, by, value) == (Stored(record, 1),)
        due_at = how.due_at(record)
        if due_at is not None:
            assert store.due(kind, due_at) == (Stored(record, 1),)
            assert store.due(kind, due_at - timedelta(microseconds=1)) == ()
        store.commit(a_commit(id="c2", replaces=[Stored(record, 1)]))
        assert store.get(kind, how.id(record)) == Stored(record, 2)


def test_who_reads_the_tables_with_sqlalchemy_has_moments_with_a_zone() -> None:
    """A recording is never due; an obligation is at noon, in UTC."""
    with sqlite(":memory:") as store:
        store.commit(a_commit(id="c1", inserts=[samples.recording(), samples.obligation()]))
        with store._engine.connect() as connection:
            due_at = {row.kind: row.due_at for row in connection.execute(select(RECORD.c.kind, RECORD.c.due_at))}
    assert due_at == {"recording": None, "obligation": samples.NOON}
    assert due_at["obligation"].tzinfo is UTC


@given(entries=st.lists(BY_TYPE[Entry](), min_size=1, max_size=4, unique_by=lambda entry: entry.id))
def test_entries_come_back_equal_and_in_order(entries: list[Entry]) -> None:
    with both() as stores:
        for store in stores:
            store.commit(a_commit(id="c1", event="talk", entries=entries))
            assert store.entries("talk") == tuple(entries)
            for number, entry in enumerate(entries):
                assert store.entries("talk", after=entry.id) == tuple(entries[number + 1 :])
                of_order = tuple(one for one in entries if one.order == entry.order)
                assert store.entries("talk", order=entry.order) == of_order


@st.composite
def records(draw: st.DrawFn) -> Any:
    """Few records, so that they often meet; what they are found by differs, and when they are due."""
    id, event = draw(FEW), draw(EVENTS)
    if draw(st.booleans()):
        return samples.recording(id, of=event)
    moment = samples.NOON + draw(st.integers(0, 2)) * samples.MINUTE
    due = samples.obligation(id, of=event, order=draw(st.sampled_from(("", "A1"))), due_at=moment)
    return draw(st.sampled_from((due, due.done(moment), due.claimed(moment))))


def some(each: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """None, mostly; else one or two."""
    return st.just([]) | st.just([]) | st.lists(each, min_size=1, max_size=2)


COUNTED = st.builds(
    Take, st.sampled_from(COUNTERS[:2]), st.integers(1, 3), st.none() | st.integers(2, 5) | st.just(2**63 - 1)
)
# By how much the version that somebody read differs from the one that is there.
STALE = st.sampled_from((0, 0, 0, 0, 1, -1))
DRAFTS = st.fixed_dictionaries(
    {
        "id": st.sampled_from([f"c{number}" for number in range(30)]),
        "event": EVENTS,
        "inserts": some(records()),
        "replaces": some(st.tuples(records(), STALE)),
        "expects": some(st.tuples(st.sampled_from((Recording, Obligation)), FEW, STALE)),
        "takes": some(COUNTED),
        "gives": st.just([]) | some(COUNTED),
        "entries": some(st.builds(samples.entry, FEW, order=st.sampled_from(("A1", "A2")), minor=st.integers(1, 3))),
    }
)


def written(draft: dict[str, Any], store: Store) -> Commit:
    """A commit of what is there in *store* as it was read, or would be stale; of what is not, only the latter."""

    def versions(kind: type[Any], id: str, stale: int) -> list[int]:
        found = store.get(kind, id)
        there = 0 if found is None else found.version
        return [max(1, there + stale)] if there or stale else []

    replaces = [Stored(one, read) for one, stale in draft["replaces"] for read in versions(type(one), one.id, stale)]
    expects = [Expected(kind, id, read) for kind, id, stale in draft["expects"] for read in versions(kind, id, stale)]
    return Commit(**{**draft, "replaces": replaces, "expects": expects})


AFTER = st.sampled_from(("", "", "", "a", "aa", "b", "é", "\0", "a\0", "\ud800", "\U0010ffff"))
LIMIT = st.sampled_from((0, 1, 2, 100))
KIND = st.sampled_from((Recording, Obligation, Connection))
ODD = st.sampled_from(("talk", "other", "A1", "none", "\0", "\udc80", "", "event", 7))
BY = st.sampled_from(("event", "order", "stuck", "owner"))
MOMENT = st.builds(lambda minutes: samples.NOON + minutes * samples.MINUTE, st.integers(-1, 20))

Look = Callable[[Any], object]  # also what makes no sense


@st.composite
def looks(draw: st.DrawFn) -> Look:
    """Something that is asked of a store, also what makes no sense."""
    kind, value, other, limit = draw(KIND), draw(EVENTS | ODD), draw(ODD), draw(LIMIT)
    id, by, after, moment = draw(FEW | ODD), draw(BY), draw(AFTER), draw(MOMENT)
    asked: dict[str, Look] = {
        "get": lambda store: store.get(kind, id),
        "find": lambda store: store.find(kind, by, value, after=after, limit=limit),
        "due": lambda store: store.due(kind, moment, limit=limit),
        "due after": lambda store: store.due(kind, moment, after=(samples.NOON, after), limit=limit),
        "taken": lambda store: store.taken(value, [*COUNTERS, other]),
        "entries": lambda store: store.entries(value, order=other, after=after, limit=limit),
        "was_committed": lambda store: store.was_committed(other),
    }
    return asked[draw(st.sampled_from(sorted(asked)))]


def answer(store: Any, act: Look) -> object:
    """What comes of it: an answer, or an error with its values."""
    try:
        return act(store)
    except PaidEventsError as error:
        return type(error), {name: repr(value) for name, value in vars(error).items()}


def everything(store: Any) -> object:
    return [
        [store.find(kind, "event", event) for kind in (Recording,) for event in ("talk", "other")],
        [store.get(kind, id) for kind in (Recording, Obligation) for id in ("a", "b", "é")],
        [store.find(Obligation, "order", "A1"), store.due(Obligation, samples.BEGINS)],
        [dict(store.taken(event, COUNTERS)) for event in ("talk", "other")],
        [store.entries(event) for event in ("talk", "other")],
        [store.was_committed(f"c{number}") for number in range(30)],
    ]


@given(drafts=st.lists(DRAFTS, min_size=1, max_size=12), asked=st.lists(looks(), min_size=4, max_size=12))
def test_whatever_is_committed_and_asked_both_answer_the_same(drafts: list[dict[str, Any]], asked: list[Look]) -> None:
    """Errors as well, with all their values; and after each step all that is kept is the same."""
    with both() as (memory, store):
        for draft in drafts:
            commit = written(draft, memory)
            wanted = answer(memory, methodcaller("commit", commit))
            note(f"{commit}: {wanted}")
            assert answer(store, methodcaller("commit", commit)) == wanted
            assert everything(store) == everything(memory)
        for look in asked:
            assert answer(store, look) == answer(memory, look)
