"""Whatever is committed, in whatever order: all of it is written or nothing, as in a store that copies itself each time."""

from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from paidevents.errors import ConflictError, CorruptRecordError, DuplicateError, ExhaustedError, StoreError
from paidevents.ledger import Entry
from paidevents.ports import KINDS, Commit, Connection, Expected, Obligation, Record, Stored
from paidevents.ports.records import Kind
from paidevents.pricing import Take
from paidevents.registration import WaitingEntry
from paidevents.stores import MemoryStore
from paidevents.testing.stores import samples

NOON, MINUTE = samples.NOON, samples.MINUTE
EVENTS = ("talk", "other")
COUNTERS = ("a", "b", "c")
TYPES: tuple[type[Any], ...] = (Connection, Obligation, WaitingEntry)
Key = tuple[type[Any], str]


class Model:
    """A store without any thought of speed: plain dicts and lists, searched from end to end."""

    def __init__(self) -> None:
        self.records: dict[Key, tuple[Record, int]] = {}
        self.counts: dict[tuple[str, str], int] = {}
        self.booked: list[tuple[str, Entry]] = []
        self.done: list[str] = []

    def after(self, commit: Commit) -> "Model":
        """This store once *commit* is written; this one stays as it is."""
        if commit.id in self.done:
            return self
        new = deepcopy(self)
        for stored in commit.replaces:
            self.expect(key_of(stored.record), stored.version)
        for expected in commit.expects:
            self.expect((expected.type, expected.id), expected.version)
        touched = []
        for record in commit.inserts:
            if key_of(record) in new.records:
                raise DuplicateError(key_of(record)[1])
            new.records[key_of(record)] = (record, 1)
            touched.append(key_of(record))
        for stored in commit.replaces:
            if key_of(stored.record) in touched:
                raise DuplicateError(key_of(stored.record)[1])
            new.records[key_of(stored.record)] = (stored.record, stored.version + 1)
            touched.append(key_of(stored.record))
        for entry in commit.entries:
            if (commit.event, entry.id) in [(event, each.id) for event, each in new.booked]:
                raise DuplicateError(entry.id)
            new.booked.append((commit.event, entry))
        for give in commit.gives:
            new.count(commit.event, give.counter, -give.count)
            if new.counts[commit.event, give.counter] < 0:
                raise CorruptRecordError(give.counter)
        for take in commit.takes:
            before = new.counts.get((commit.event, take.counter), 0)
            new.count(commit.event, take.counter, take.count)
            if take.limit is not None and new.counts[commit.event, take.counter] > take.limit:
                raise ExhaustedError(take.counter, take.count, 0 if take.limit < before else take.limit - before)
        new.done.append(commit.id)
        return new

    def expect(self, key: Key, version: int) -> None:
        found = self.records[key][1] if key in self.records else None
        if found != version:
            raise ConflictError(key[1], version, found)

    def count(self, event: str, counter: str, number: int) -> None:
        self.counts[event, counter] = self.counts.get((event, counter), 0) + number

    def of(self, type_: type[Any]) -> list[tuple[str, Record, int]]:
        return sorted((id, *found) for (each, id), found in self.records.items() if each is type_)


def key_of(record: Record) -> Key:
    return type(record), KINDS[type(record)].id(record)


def stored(found: Iterable[tuple[str, Record, int]], limit: int) -> tuple[Stored[Any], ...]:
    return tuple(Stored(record, version) for _, record, version in list(found)[:limit])


ids = st.sampled_from(("a", "b", "B"))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A few ids, a few things that they can say."""
    id, minutes = draw(ids), draw(st.integers(0, 3))
    kind = draw(st.sampled_from(TYPES))
    if kind is Connection:
        return samples.connection(id, account=f"acct_{minutes}")
    if kind is WaitingEntry:
        until = NOON + minutes * MINUTE if minutes else None
        return samples.waiting(id, of=draw(st.sampled_from(EVENTS)), offered_until=until)
    one = samples.obligation(id, order=draw(st.sampled_from(("", "A1"))), due_at=NOON + minutes * MINUTE)
    return one.done(NOON) if draw(st.integers(0, 3)) == 0 else one


versions = st.sampled_from((1, 1, 1, 2, 2, 3))
expected = st.builds(lambda record, version: Expected(*key_of(record), version), records(), versions)
limits = st.none() | st.integers(0, 6)
takes = st.builds(Take, st.sampled_from(COUNTERS), st.integers(1, 3), limits)
entries = st.builds(
    lambda number, order, late: samples.entry(f"{order}:{number}", order=order, at=NOON - late * MINUTE),
    st.integers(1, 6),
    st.sampled_from(("A1", "A2")),
    st.integers(0, 2),
)


@st.composite
def commits(draw: st.DrawFn, model: Model | None = None) -> Commit:
    """Most of them small; half of what they replace is as it was read."""
    replaces = [Stored(record, draw(versions)) for record in draw(st.lists(records(), max_size=2))]
    if model is not None and draw(st.booleans()):
        replaces = [evolve(one, version=model.records.get(key_of(one.record), (0, 1))[1]) for one in replaces]
    return Commit(
        id=f"c{draw(st.integers(0, 60))}",
        event=draw(st.sampled_from(EVENTS)),
        inserts=draw(st.lists(records(), max_size=2)),
        replaces=replaces,
        expects=draw(st.lists(expected, max_size=1)),
        takes=draw(st.lists(takes, max_size=3)),
        gives=draw(st.lists(takes, max_size=1)),
        entries=draw(st.lists(entries, max_size=2)),
    )


def told(error: StoreError | None) -> tuple[object, ...]:
    """All that an error says."""
    return (type(error), *sorted(vars(error).items())) if error is not None else ()


def says_the_same(store: MemoryStore, model: Model, data: st.DataObject) -> None:
    """All that can be asked is answered alike."""
    limit = data.draw(st.integers(0, 8), label="limit")
    for kind in TYPES:
        rows, how = model.of(kind), KINDS[kind]
        for id in ("a", "b", "B"):
            key = how.id(samples.connection(id)) if kind is Connection else id
            assert store.get(kind, key) == next((Stored(r, v) for i, r, v in rows if i == key), None)
        for by, value in said(rows, how):
            after = data.draw(st.sampled_from(("", "B", "a", "stripe/a")), label="after")
            found = [row for row in rows if (by, value) in how.indexes(row[1]) and row[0] > after]
            assert store.find(kind, by, value, after=after, limit=limit) == stored(found, limit)
        until = NOON + data.draw(st.integers(-1, 4), label="until") * MINUTE
        place = data.draw(st.none() | st.tuples(st.just(until - MINUTE), ids), label="place")
        assert store.due(kind, until, after=place, limit=limit) == stored(due(rows, how, until, place), limit)
    for event in EVENTS:
        asked = store.taken(event, COUNTERS)
        assert {c: asked.get(c, 0) for c in COUNTERS} == {c: model.counts.get((event, c), 0) for c in COUNTERS}
        booked = [entry for each, entry in model.booked if each == event]
        assert store.entries(event) == tuple(booked)
        for place_of, entry in enumerate(booked):
            of_order = [each for each in booked[place_of + 1 :] if each.order == "A1"]
            assert store.entries(event, order="A1", after=entry.id, limit=limit) == tuple(of_order[:limit])
    assert [id for id in (f"c{n}" for n in range(61)) if store.was_committed(id)] == sorted(
        model.done, key=lambda id: int(id[1:])
    )


def said(rows: Iterable[tuple[str, Record, int]], how: Kind) -> set[tuple[str, str]]:
    """Every value of every index that there is, and for each index one that nobody has."""
    return {index for _, record, _ in rows for index in how.indexes(record)} | {(by, "nobody") for by in how.found_by}


def due(
    rows: Iterable[tuple[str, Record, int]], how: Kind, until: datetime, after: tuple[datetime, str] | None
) -> list[tuple[str, Record, int]]:
    moments = [(how.due_at(row[1]), row) for row in rows]
    found = [(moment, row) for moment, row in moments if moment is not None and moment <= until]
    return [row for moment, row in sorted(found) if after is None or (moment, row[0]) > after]


@settings(deadline=timedelta(seconds=5))
@given(data=st.data())
def test_a_store_does_what_a_copy_of_everything_would_do(data: st.DataObject) -> None:
    """In results, in errors, and in what is there afterwards."""
    store, model = MemoryStore(), Model()
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
    store, model = MemoryStore(), Model()
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
