"""As much as there may be, as long as it may be, and text that no database keeps: as the store in memory does it."""

from collections.abc import Iterator
from datetime import datetime
from itertools import product
from pathlib import Path

import pytest
from attrs import evolve
from stores.sql.commits import a_commit
from stores.sql.files import asked, is_sound

from paidevents.access import Pass, Recording
from paidevents.catalog import Policy
from paidevents.errors import ConflictError, DuplicateError, ExhaustedError
from paidevents.ledger import Account, Entry, EntryKind, Posting
from paidevents.money import EUR, Money
from paidevents.ports import Connection, Dossier, Expected, Obligation, Store, Stored
from paidevents.pricing import Plan, Take
from paidevents.registration import Attendee, Person, reserve
from paidevents.stores import MemoryStore, SqlStore, sqlite
from paidevents.testing.stores import samples
from paidevents.wire import dumps

INT64_MAX = 2**63 - 1
MOST_RECORDS, MOST_COUNTERS, MOST_PLACES = 1000, 100_000, 1000

# NUL, surrogates alone and in between, and the last characters before and after them.
NOT_KEPT = ("\0", "a\0", "a\0b", "\0a", "\ud800", "\udfff", "a\ud800b", "\ud7ff\ud800", "\ue000\udc80")
KEPT = ("a", "a!", "ab", "b", "\ud7fe", "\ud7ff", "\ue000", "\uffee", "\U0001f39f", "\U0010fffd")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with sqlite(tmp_path / "talk.db") as opened:
        yield opened


@pytest.fixture
def both(store: SqlStore) -> Iterator[tuple[Store, Store]]:
    """The store in memory, and this one."""
    yield MemoryStore(), store


def test_a_text_that_is_not_kept_is_not_found(both: tuple[Store, Store]) -> None:
    for store in both:
        store.commit(a_commit(id="a", event="talk", inserts=[samples.recording("a"), samples.connection("a")]))
        store.commit(a_commit(id="b", event="a", takes=[Take("a", 1)], entries=[samples.entry("a", order="a")]))
    for text in NOT_KEPT:
        for store in both:
            assert store.get(Recording, text) is None
            assert store.find(Recording, "event", text) == ()
            assert store.find(Connection, "owner", text) == ()
            assert store.taken(text, ["a"]) == {}
            assert store.taken("a", [text, "a"]) == {"a": 1}
            assert store.entries(text) == store.entries("a", order=text) == store.entries("a", after=text) == ()
            assert not store.was_committed(text)


def test_after_a_text_that_is_not_kept_come_those_that_come_after_it(both: tuple[Store, Store]) -> None:
    """In order of code points: U+D800 to U+DFFF lie between U+D7FF and U+E000, and NUL before all."""
    ids = {*KEPT, *(f"{one}{other}" for one, other in product(KEPT, KEPT)), "\ud7ff" + "\U0010fffd" * 100}
    for store in both:
        store.commit(a_commit(id="r", inserts=[samples.recording(id) for id in ids]))
        store.commit(a_commit(id="o", inserts=[samples.obligation(id) for id in ids]))
    for after in (*NOT_KEPT, *(f"{one}{other}" for one, other in product(KEPT, NOT_KEPT))):
        wanted = sorted(id for id in ids if id > after)
        for store in both:
            assert [one.record.id for one in store.find(Recording, "event", "talk", after=after, limit=999)] == wanted
            due = store.due(Obligation, samples.NOON, after=(samples.NOON, after), limit=999)
            assert [one.record.id for one in due] == wanted


@pytest.mark.parametrize("id", ["x", "x" * 200, "\U0010fffd" * 200, "a b", "%_'\";--", "é" * 200, "\u2603/\\"])
def test_names_are_as_long_as_they_may_be_and_of_any_letters(both: tuple[Store, Store], id: str) -> None:
    film, entry = samples.recording(id), samples.entry(id, order=id)
    for store in both:
        store.commit(a_commit(id=id, event=id, inserts=[film], takes=[Take(id, 1)], entries=[entry]))
        assert (store.get(Recording, id), store.was_committed(id)) == (Stored(film, 1), True)
        assert (store.taken(id, [id]), store.entries(id, order=id)) == ({id: 1}, (entry,))
        for again in (a_commit(id="again", inserts=[film]), a_commit(id="twice", event=id, entries=[entry])):
            with pytest.raises(DuplicateError) as caught:
                store.commit(again)
            assert caught.value.key == id


def test_numbers_are_as_large_as_64_bits_are(both: tuple[Store, Store]) -> None:
    most = Money(INT64_MAX, EUR)
    postings = (Posting(Account.ORGANIZER, most), Posting(Account.BUYER, -most))
    entry = Entry(id="e", at=samples.NOON, kind=EntryKind.FORGIVEN, order="A1", postings=postings)
    for store in both:
        store.commit(a_commit(id="c1", event="talk", takes=[Take("all", INT64_MAX), Take("few", 1)], entries=[entry]))
        assert (store.taken("talk", ["all"]), store.entries("talk")) == ({"all": INT64_MAX}, (entry,))
        for wanted in (1, INT64_MAX):
            with pytest.raises(ExhaustedError) as caught:
                store.commit(a_commit(id="c2", event="talk", takes=[Take("all", wanted)]))
            assert (caught.value.wanted, caught.value.left) == (wanted, 0)
        with pytest.raises(ExhaustedError) as caught:
            store.commit(a_commit(id="c3", event="talk", takes=[Take("few", INT64_MAX)]))
        assert caught.value.left == INT64_MAX - 1
        with pytest.raises(ExhaustedError) as caught:
            store.commit(a_commit(id="c4", event="talk", takes=[Take("new", 1, 0)]))
        assert caught.value.left == 0
        store.commit(a_commit(id="c5", event="talk", gives=[Take("all", INT64_MAX)]))
        assert store.taken("talk", ["all", "new"]) == {"all": 0}
        assert store.entries("talk", limit=INT64_MAX) == (entry,)


def test_a_version_that_nobody_has_is_a_conflict(both: tuple[Store, Store]) -> None:
    film = samples.recording()
    for store in both:
        store.commit(a_commit(id="c1", inserts=[film]))
        for parts in ({"replaces": [Stored(film, INT64_MAX)]}, {"expects": [Expected(Recording, "film", INT64_MAX)]}):
            with pytest.raises(ConflictError) as caught:
                store.commit(a_commit(id="c2", **parts))
            assert (caught.value.expected, caught.value.found) == (INT64_MAX, 1)


def test_a_record_is_not_replaced_twice_in_one_commit(both: tuple[Store, Store]) -> None:
    """Neither with one version, nor with that and the next one."""
    film = samples.recording()
    wrong: tuple[tuple[tuple[int, ...], type[Exception]], ...] = (((1, 1), DuplicateError), ((1, 2), ConflictError))
    for store in both:
        store.commit(a_commit(id="c1", inserts=[film]))
        for versions, error in wrong:
            with pytest.raises(error):
                store.commit(a_commit(id="c2", replaces=[Stored(film, version) for version in versions]))
        assert store.get(Recording, "film") == Stored(film, 1)


def test_moments_are_from_the_first_to_the_last_there_are(both: tuple[Store, Store]) -> None:
    """To the microsecond, in any zone."""
    moments = ("1900-01-01T00:00:00Z", "2026-03-01T12:00:00.000001+05:30", "9000-12-31T23:59:59.999999Z")
    for store in both:
        for number, moment in enumerate(map(datetime.fromisoformat, moments)):
            store.commit(a_commit(id=f"c{number}", inserts=[samples.obligation(f"o{number}", due_at=moment)]))
            entry = samples.entry(f"e{number}", at=moment)
            store.commit(a_commit(id=f"e{number}", event="talk", entries=[entry]))
            assert [one.record.id for one in store.due(Obligation, moment)] == [f"o{at}" for at in range(number + 1)]
            assert store.entries("talk")[-1] == entry


def test_a_commit_writes_a_thousand_records_and_entries(store: SqlStore, tmp_path: Path) -> None:
    films = [samples.recording(f"film{number:04}") for number in range(MOST_RECORDS)]
    booked = [samples.entry(f"e{number:04}", minor=number + 1) for number in range(MOST_RECORDS)]
    store.commit(a_commit(id="c1", event="talk", inserts=films, entries=booked))
    assert [one.record for one in store.find(Recording, "event", "talk", limit=2000)] == films
    assert store.entries("talk", limit=2000) == tuple(booked)
    moved = [Stored(evolve(film, event_id="other"), 1) for film in films]
    late = a_commit(id="c2", event="talk", replaces=moved, entries=[booked[-1]])
    with pytest.raises(DuplicateError):
        store.commit(late)
    assert len(store.find(Recording, "event", "talk", limit=2000)) == MOST_RECORDS
    store.commit(evolve(late, entries=()))
    assert [one.version for one in store.find(Recording, "event", "other", limit=2000)] == [2] * MOST_RECORDS
    assert store.find(Recording, "event", "talk") == ()
    assert is_sound(tmp_path / "talk.db")


def test_a_commit_takes_of_a_hundred_thousand_counters(store: SqlStore, tmp_path: Path) -> None:
    """All of them, or none because the last one is exhausted."""
    names = [f"customer/{number}" for number in range(MOST_COUNTERS)]
    takes = [Take(name, 2, 3) for name in names]
    store.commit(a_commit(id="c1", event="talk", takes=takes))
    with pytest.raises(ExhaustedError) as caught:
        store.commit(
            a_commit(id="c2", event="talk", takes=[*(Take(name, 1, 3) for name in names[-1000:-1]), takes[-1]])
        )
    assert (caught.value.counter, caught.value.wanted, caught.value.left) == (names[-1], 2, 1)
    assert asked(tmp_path / "talk.db", "SELECT taken, count(*) FROM pe_counter GROUP BY taken") == [(2, MOST_COUNTERS)]
    found = store.taken("talk", [*names[::7], "none", *names[::7]])
    assert found == dict.fromkeys(names[::7], 2)


def test_an_enormous_order_reads_back_equal(store: SqlStore, tmp_path: Path) -> None:
    """A thousand places, each with a person and a pass of its own."""
    event = evolve(samples.event(), policy=Policy(most_per_order=MOST_PLACES))
    plan = Plan(event)
    people = [Person(name=f"Zoë {number} 🎟", email=f"zoe{number}@example.com") for number in range(MOST_PLACES)]
    order = reserve(
        plan,
        plan.quote({"standard": MOST_PLACES}, at=samples.NOON),
        id="big",
        buyer=people[0],
        attendees=[Attendee(person=person) for person in people],
        at=samples.NOON,
    ).order
    passes = tuple(
        Pass(id=one.id, registration_id=one.id, event_id="talk", issued_at=samples.NOON) for one in order.registrations
    )
    whole = Dossier(order=order, passes=passes)
    store.commit(a_commit(id="c1", inserts=[whole]))
    store.close()
    for found in (store.get(Dossier, "big"), *store.find(Dossier, "pass", passes[-1].id)):
        assert found == Stored(whole, 1)
    store.commit(a_commit(id="c2", replaces=[Stored(evolve(whole, passes=tuple(passes[:1])), 1)]))
    assert store.find(Dossier, "pass", passes[-1].id) == ()
    assert asked(tmp_path / "talk.db", "SELECT count(*) FROM pe_found") == [(2,)]
    assert len(dumps(whole)) > 300_000
