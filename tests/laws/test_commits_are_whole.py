"""Whatever is committed, in whatever order: all of it is written or nothing, as in a store that copies itself each time."""

from collections.abc import Iterable
from datetime import datetime
from itertools import product
from typing import Any, TypeVar

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from laws.plain_store import PlainStore, key_of

from paidevents.errors import StoreError
from paidevents.ports import KINDS, Commit, Connection, Expected, Obligation, Record, Stored
from paidevents.ports.records import Kind
from paidevents.pricing import Take
from paidevents.registration import WaitingEntry
from paidevents.stores import MemoryStore
from paidevents.testing.stores import samples

NOON, MINUTE = samples.NOON, samples.MINUTE
EVENTS = ("talk", "other")
T = TypeVar("T")
COMMITS = tuple(f"c{number}" for number in range(60))
COUNTERS = ("a", "b", "c")
TYPES: tuple[type[Any], ...] = (Connection, Obligation, WaitingEntry)


def stored(found: Iterable[tuple[str, Record, int]], limit: int) -> tuple[Stored[Any], ...]:
    return tuple(Stored(record, version) for _, record, version in list(found)[:limit])


IDS = ("a", "b", "B")


def said_in_different_ways(id: str) -> Iterable[Record]:
    """Records of one id, which are found and due in different ways."""
    for minutes in range(4):
        moment = NOON + minutes * MINUTE
        yield samples.connection(id, account=f"acct_{minutes}")
        yield samples.waiting(id, of=EVENTS[minutes % 2], offered_until=moment if minutes else None)
        one = samples.obligation(id, order=("", "A1")[minutes % 2], due_at=moment)
        yield one.done(NOON) if minutes == 3 else one


RECORDS: tuple[Record, ...] = tuple(one for id in IDS for one in said_in_different_ways(id))
TAKES = tuple(Take(name, count, limit) for name in COUNTERS for count in (1, 2, 3) for limit in (None, 0, 2, 4, 6))
ENTRIES = tuple(
    samples.entry(f"{order}:{number}", order=order, at=NOON - number % 3 * MINUTE)
    for order in ("A1", "A2")
    for number in range(1, 7)
)

records, takes, entries = st.sampled_from(RECORDS), st.sampled_from(TAKES), st.sampled_from(ENTRIES)
versions = st.sampled_from((1, 1, 1, 2, 2, 3))
expected = st.builds(lambda record, version: Expected(*key_of(record), version), records, versions)


def few(each: st.SearchStrategy[T], most: int) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(each, max_size=most).map(tuple)


@st.composite
def commits(draw: st.DrawFn, model: PlainStore) -> Commit:
    """A commit of a few things; of each sort, what was not to be read in *model* is mostly left out."""
    commit = Commit(
        id=draw(st.sampled_from(COMMITS)),
        event=draw(st.sampled_from(EVENTS)),
        inserts=draw(few(records, 3)),
        replaces=draw(few(st.builds(Stored, records, versions), 2)),
        expects=draw(few(expected, 1)),
        takes=draw(few(takes, 3)),
        gives=draw(few(takes, 1)),
        entries=draw(few(entries, 2)),
    )
    wild = draw(st.sampled_from(("", "", "", "inserts", "replaces", "expects", "gives")))
    read = {key: version for key, (_, version) in model.records.items()}
    mended: dict[str, Any] = {
        "inserts": tuple({key_of(one): one for one in commit.inserts if key_of(one) not in read}.values()),
        "replaces": tuple(
            {
                key: Stored(one.record, read[key]) for one in commit.replaces if (key := key_of(one.record)) in read
            }.values()
        ),
        "expects": tuple(
            evolve(one, version=read[key]) for one in commit.expects if (key := (one.type, one.id)) in read
        ),
        "gives": tuple(one for one in commit.gives if one.count <= model.counts.get((commit.event, one.counter), 0)),
    }
    return evolve(commit, **{name: parts for name, parts in mended.items() if name != wild})


def told(error: StoreError | None) -> tuple[object, ...]:
    """All that an error says."""
    return (type(error), *sorted(vars(error).items())) if error is not None else ()


def says_the_same(store: MemoryStore, model: PlainStore, data: st.DataObject) -> None:
    """All that can be asked is answered alike."""
    limit = data.draw(st.integers(0, 8), label="limit")
    for kind in TYPES:
        rows, how = model.of(kind), KINDS[kind]
        for id in IDS:
            key = how.id(samples.connection(id)) if kind is Connection else id
            assert store.get(kind, key) == next((Stored(r, v) for i, r, v in rows if i == key), None)
        for (by, value), after in product(said(rows, how), ("", "B", "a", "stripe/a")):
            found = [row for row in rows if (by, value) in how.indexes(row[1]) and row[0] > after]
            assert store.find(kind, by, value, after=after, limit=limit) == stored(found, limit)
        until = NOON + data.draw(st.integers(-1, 4), label="until") * MINUTE
        for place in (None, *((until - MINUTE, id) for id in IDS)):
            assert store.due(kind, until, after=place, limit=limit) == stored(due(rows, how, until, place), limit)
    for event in EVENTS:
        asked = store.taken(event, COUNTERS)
        assert {c: asked.get(c, 0) for c in COUNTERS} == {c: model.counts.get((event, c), 0) for c in COUNTERS}
        booked = [entry for each, entry in model.booked if each == event]
        assert store.entries(event) == tuple(booked)
        for place_of, entry in enumerate(booked):
            of_order = [each for each in booked[place_of + 1 :] if each.order == "A1"]
            assert store.entries(event, order="A1", after=entry.id, limit=limit) == tuple(of_order[:limit])
    assert {id for id in COMMITS if store.was_committed(id)} == set(model.done)


def said(rows: Iterable[tuple[str, Record, int]], how: Kind) -> set[tuple[str, str]]:
    """Every value of every index that there is, and for each index one that nobody has."""
    return {index for _, record, _ in rows for index in how.indexes(record)} | {(by, "nobody") for by in how.found_by}


def due(
    rows: Iterable[tuple[str, Record, int]], how: Kind, until: datetime, after: tuple[datetime, str] | None
) -> list[tuple[str, Record, int]]:
    moments = [(how.due_at(row[1]), row) for row in rows]
    found = [(moment, row) for moment, row in moments if moment is not None and moment <= until]
    return [row for moment, row in sorted(found) if after is None or (moment, row[0]) > after]


@given(data=st.data())
def test_a_store_does_what_a_copy_of_everything_would_do(data: st.DataObject) -> None:
    """In results, in errors, and in what is there afterwards."""
    store, model = MemoryStore(), PlainStore()
    for _ in range(data.draw(st.integers(1, 25), label="commits")):
        commit = data.draw(commits(model))
        wanted: StoreError | None = None
        try:
            model = model.after(commit)
        except StoreError as error:
            wanted = error
        found: StoreError | None = None
        try:
            store.commit(commit)
        except StoreError as error:
            found = error
        assert told(found) == told(wanted)
        says_the_same(store, model, data)


@given(data=st.data())
def test_a_commit_sent_again_at_any_time_changes_nothing(data: st.DataObject) -> None:
    store, model = MemoryStore(), PlainStore()
    written: list[Commit] = []
    for number in range(data.draw(st.integers(1, 12), label="commits")):
        commit = evolve(data.draw(commits(model)), id=f"c{number}")
        try:
            model = model.after(commit)
        except StoreError:
            continue
        store.commit(commit)
        written.append(commit)
        for again in data.draw(st.lists(st.sampled_from(written), max_size=3)):
            store.commit(again)
    says_the_same(store, model, data)
