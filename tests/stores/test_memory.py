"""What the contract of stores leaves open, as the store in memory does it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any

import pytest
from attrs import evolve, frozen

from paidevents.access import Recording
from paidevents.errors import (
    ConflictError,
    CorruptRecordError,
    DuplicateError,
    ExhaustedError,
    InvalidValueError,
    NaiveDatetimeError,
)
from paidevents.ports import KINDS, Commit, Connection, Dossier, Expected, Kind, Obligation, Stored
from paidevents.pricing import Take
from paidevents.stores import MemoryStore, table
from paidevents.stores.table import Row
from paidevents.testing.stores import samples
from paidevents.testing.stores.case import new_commit, there, write

INT64_MAX = 2**63 - 1


def takes(count: int, limit: int | None = None, counter: str = "event") -> tuple[Take, ...]:
    return (Take(counter, count, limit),)


def test_what_a_commit_gives_back_it_can_take_again() -> None:
    """3 of 3 are taken: 3 − 1 + 1 = 3, and never 4."""
    store = MemoryStore()
    write(store, event="talk", takes=takes(3, 3))
    write(store, event="talk", takes=takes(1, 3), gives=takes(1))
    assert store.taken("talk", ["event"]) == {"event": 3}
    with pytest.raises(ExhaustedError) as caught:
        write(store, event="talk", takes=takes(2, 3), gives=takes(1))
    assert (caught.value.wanted, caught.value.left) == (2, 1)


def test_what_a_commit_takes_it_does_not_give_back() -> None:
    store = MemoryStore()
    with pytest.raises(CorruptRecordError) as caught:
        write(store, event="talk", takes=takes(2), gives=takes(1))
    assert caught.value.id == "event"


def test_a_counter_without_limit_ends_where_64_bits_end() -> None:
    store = MemoryStore()
    write(store, event="talk", takes=takes(INT64_MAX))
    with pytest.raises(ExhaustedError) as caught:
        write(store, event="talk", takes=takes(1))
    assert (caught.value.counter, caught.value.wanted, caught.value.left) == ("event", 1, 0)


def test_the_first_exhausted_counter_is_told() -> None:
    store = MemoryStore()
    with pytest.raises(ExhaustedError) as caught:
        write(store, event="talk", takes=[*takes(1, 1, "z"), *takes(2, 1, "b"), *takes(3, 1, "a")])
    assert (caught.value.counter, caught.value.wanted, caught.value.left) == ("b", 2, 1)


def test_of_several_faults_a_conflict_is_told_first_then_a_duplicate_then_a_counter() -> None:
    store = MemoryStore()
    write(store, inserts=[samples.recording()])
    faults: dict[str, Any] = {
        "replaces": [Stored(samples.connection(), 1)],
        "inserts": [samples.recording()],
        "gives": takes(1, counter="never taken"),
        "takes": takes(1, 0),
    }
    for part, error in (
        ("replaces", ConflictError),
        ("inserts", DuplicateError),
        ("gives", CorruptRecordError),
        ("takes", ExhaustedError),
    ):
        with pytest.raises(error):
            write(store, event="talk", **faults)
        del faults[part]


def test_a_replaced_record_is_told_before_an_expected_one() -> None:
    store = MemoryStore()
    with pytest.raises(ConflictError) as caught:
        write(store, replaces=[Stored(samples.connection(), 1)], expects=[Expected(Recording, "film", 1)])
    assert caught.value.id == "stripe/42"


def test_nothing_comes_after_an_entry_that_is_not_there() -> None:
    store = MemoryStore()
    write(store, event="talk", entries=[samples.entry("A1:1"), samples.entry("A1:2")])
    assert store.entries("talk", after="A1:0") == ()
    assert store.entries("other", after="A1:1") == ()
    assert store.entries("talk", order="A1", after="A1:1") == (samples.entry("A1:2"),)


def test_entries_of_two_events_may_have_the_same_id() -> None:
    store = MemoryStore()
    for event in ("talk", "other"):
        write(store, event=event, entries=[samples.entry()])
    assert store.entries("talk") == store.entries("other") == (samples.entry(),)


def test_a_page_of_nothing_is_empty() -> None:
    store = MemoryStore()
    write(store, event="talk", inserts=[samples.recording(), samples.obligation()], entries=[samples.entry()])
    assert store.find(Recording, "event", "talk", limit=0) == ()
    assert store.due(Obligation, samples.BEGINS, limit=0) == ()
    assert store.entries("talk", limit=0) == ()


def test_what_is_taken_cannot_be_written_to() -> None:
    store = MemoryStore()
    write(store, event="talk", takes=takes(1))
    with pytest.raises(TypeError):
        store.taken("talk", ["event"])["event"] = 0  # type: ignore[index]


def test_two_stores_know_nothing_of_each_other() -> None:
    one, other = MemoryStore(), MemoryStore()
    commit = write(one, event="talk", inserts=samples.one_of_each(), takes=takes(1), entries=[samples.entry()])
    assert other.get(Dossier, "A1") is None
    assert (other.taken("talk", ["event"]), other.entries("talk"), other.was_committed(commit.id)) == ({}, (), False)


@frozen(kw_only=True)
class OwnConnection(Connection):
    """A host's own, which no store keeps."""


def test_a_record_of_a_derived_type_is_refused_and_nothing_is_written() -> None:
    store = MemoryStore()
    write(store, inserts=[samples.connection()])
    own = OwnConnection(owner="43", provider="stripe", account="acct_1", connected_at=samples.NOON)
    for parts in ({"inserts": [samples.recording(), own]}, {"replaces": [Stored(own, 1)]}):
        with pytest.raises(InvalidValueError, match="record"):
            write(store, **parts)
    assert store.get(Recording, "film") is None


NOT_A_TEXT: Any = 7
ASKED: list[tuple[str, Callable[[MemoryStore], object]]] = [
    ("record", lambda store: store.get(str, "A1")),  # type: ignore[type-var]
    ("record", lambda store: store.get(NOT_A_TEXT, "A1")),
    ("id", lambda store: store.get(Dossier, NOT_A_TEXT)),
    ("record", lambda store: store.find(str, "event", "talk")),  # type: ignore[type-var]
    ("by", lambda store: store.find(Dossier, "buyer", "Ana")),
    ("by", lambda store: store.find(Connection, "event", "talk")),
    ("by", lambda store: store.find(Dossier, NOT_A_TEXT, "talk")),
    ("value", lambda store: store.find(Dossier, "event", NOT_A_TEXT)),
    ("after", lambda store: store.find(Dossier, "event", "talk", after=NOT_A_TEXT)),
    ("limit", lambda store: store.find(Dossier, "event", "talk", limit=-1)),
    ("limit", lambda store: store.find(Dossier, "event", "talk", limit=True)),
    ("limit", lambda store: store.find(Dossier, "event", "talk", limit=2**63)),
    ("record", lambda store: store.due(str, samples.NOON)),  # type: ignore[type-var]
    ("until", lambda store: store.due(Dossier, NOT_A_TEXT)),
    ("after", lambda store: store.due(Dossier, samples.NOON, after=NOT_A_TEXT)),
    ("after", lambda store: store.due(Dossier, samples.NOON, after=(samples.NOON,))),  # type: ignore[arg-type]
    ("after", lambda store: store.due(Dossier, samples.NOON, after=(NOT_A_TEXT, "A1"))),
    ("after", lambda store: store.due(Dossier, samples.NOON, after=(samples.NOON, NOT_A_TEXT))),
    ("limit", lambda store: store.due(Dossier, samples.NOON, limit=-1)),
    ("event", lambda store: store.taken(NOT_A_TEXT, ["event"])),
    ("counters", lambda store: store.taken("talk", "event")),
    ("counters", lambda store: store.taken("talk", NOT_A_TEXT)),
    ("counters", lambda store: store.taken("talk", ["event", NOT_A_TEXT])),
    ("event", lambda store: store.entries(NOT_A_TEXT)),
    ("order", lambda store: store.entries("talk", order=NOT_A_TEXT)),
    ("after", lambda store: store.entries("talk", after=NOT_A_TEXT)),
    ("limit", lambda store: store.entries("talk", limit=-1)),
    ("id", lambda store: store.was_committed(NOT_A_TEXT)),
    ("commit", lambda store: store.commit(NOT_A_TEXT)),
]


@pytest.mark.parametrize(("field", "ask"), ASKED)
def test_what_cannot_be_asked_is_refused(field: str, ask: Callable[[MemoryStore], object]) -> None:
    with pytest.raises(InvalidValueError) as caught:
        ask(MemoryStore())
    assert caught.value.field == field


def test_a_moment_without_a_zone_is_refused() -> None:
    store, naive = MemoryStore(), datetime(2026, 3, 1)
    with pytest.raises(NaiveDatetimeError):
        store.due(Dossier, naive)
    with pytest.raises(NaiveDatetimeError):
        store.due(Dossier, naive.replace(tzinfo=UTC), after=(naive, "A1"))


def test_a_store_is_usable_after_every_refusal() -> None:
    """No lock is left behind."""
    store = MemoryStore()
    with pytest.raises(ConflictError):
        write(store, replaces=[Stored(samples.connection(), 1)])
    commit: Commit = new_commit(inserts=[samples.connection()])
    store.commit(commit)
    assert there(store, Connection, "stripe/42").version == 1


def test_nothing_is_written_when_a_record_cannot_be_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fails, fails before the first record is put."""
    store = MemoryStore()
    write(store, inserts=[samples.connection()])

    def of_obligations_none(type_: type[object]) -> Kind:
        if type_ is Obligation:
            raise ZeroDivisionError
        return KINDS[type_]

    monkeypatch.setattr(table, "kind_of", of_obligations_none)
    commit = new_commit(inserts=[samples.recording(), samples.obligation()])
    with pytest.raises(ZeroDivisionError):
        store.commit(commit)
    changed = Stored(samples.connection(account="acct_2"), 1)
    with pytest.raises(ZeroDivisionError):
        write(store, replaces=[changed], inserts=[samples.obligation()])
    assert store.get(Recording, "film") is None
    assert there(store, Connection, "stripe/42").version == 1
    assert not store.was_committed(commit.id)


class Slow(MemoryStore):
    """Half of a commit is written, and the rest when it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.half_way, self.goes_on = Event(), Event()

    def _write(self, commit: Commit, rows: Iterable[Row], counts: Mapping[str, int]) -> None:
        super()._write(commit, [next(iter(rows))], {})
        self.half_way.set()
        assert self.goes_on.wait(10)
        super()._write(evolve(commit, entries=()), rows, counts)


READS: dict[str, Callable[[MemoryStore], object]] = {
    "get": lambda store: store.get(Recording, "film"),
    "find": lambda store: store.find(Recording, "event", "talk"),
    "due": lambda store: store.due(Obligation, samples.BEGINS),
    "taken": lambda store: dict(store.taken("talk", ["event"])),
    "entries": lambda store: store.entries("talk"),
    "was_committed": lambda store: store.was_committed("half"),
}


@pytest.mark.parametrize("name", READS)
def test_who_reads_waits_for_who_writes(name: str) -> None:
    store, seen = Slow(), list[object]()
    commit = Commit(
        id="half",
        event="talk",
        inserts=(samples.connection(), samples.recording(), samples.obligation()),
        takes=takes(1),
        entries=(samples.entry(),),
    )
    writer = Thread(target=store.commit, args=(commit,), daemon=True)
    reader = Thread(target=lambda: seen.append(READS[name](store)), daemon=True)
    writer.start()
    assert store.half_way.wait(10)
    reader.start()
    reader.join(0.05)
    assert seen == []
    store.goes_on.set()
    writer.join(10)
    reader.join(10)
    assert seen == [READS[name](store)]
    assert seen[0]


def test_what_nobody_says_any_more_takes_no_room() -> None:
    store = MemoryStore()
    write(store, inserts=[samples.full_dossier()])
    full = len(store._tables[Dossier]._found)
    write(store, replaces=[Stored(samples.dossier(), 1)])
    assert (full, len(store._tables[Dossier]._found)) == (6, 1)
