"""Two stores on one file that get in each other's way (store-006), and processes that come of a fork (store-010)."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import event
from stores.sql.commits import a_commit
from stores.sql.files import asked, contents, is_sound
from stores.sql.forks import in_child

from paidevents.access import Recording
from paidevents.errors import ConflictError, ExhaustedError, PaidEventsError, StoreError, StoreUnavailableError
from paidevents.ports import Connection, Expected, Stored
from paidevents.pricing import Take
from paidevents.stores import SqlStore, sqlite
from paidevents.stores.sql.store import OTHER_PROCESS
from paidevents.testing.stores import samples

CANNOT_FORK = not hasattr(os, "fork")

forks = pytest.mark.skipif(CANNOT_FORK, reason="nothing forks here")
# Whoever tests may have threads of their own; the child does nothing but ask the store.
may_have_threads = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talk.db"


@pytest.fixture
def both(path: Path) -> Iterator[tuple[SqlStore, SqlStore]]:
    """Two stores on one file, as two processes have them; neither waits for the other."""
    with sqlite(path, patience=0) as one, sqlite(path, patience=0) as other:
        yield one, other


def owners(*names: str) -> list[Any]:
    return [samples.connection(name) for name in names]


def account(store: SqlStore, owner: str) -> Stored[Connection]:
    found = store.get(Connection, f"stripe/{owner}")
    assert found is not None
    return found


def moved(found: Stored[Connection], account: str) -> Stored[Connection]:
    return Stored(evolve(found.record, account=account), found.version)


def test_every_hostile_case_about_a_store_has_a_test_that_is_named_by_it() -> None:
    tests = Path(__file__).parents[2]
    cases = json.loads((tests / "vectors" / "hostile.json").read_bytes())["areas"]["store"]
    sources = [path.read_text("utf-8") for path in (tests / "stores").rglob("test_*.py")]
    named = {id.replace("_", "-") for source in sources for id in re.findall(r"^def test_(store_\d{3})_", source, re.M)}
    assert named == {case["id"] for case in cases}


def test_store_006_no_update_is_lost(both: tuple[SqlStore, SqlStore]) -> None:
    """Both read version 1 and both change it: the second is told, and nothing of the first is written over."""
    one, other = both
    one.commit(a_commit(id="c1", inserts=owners("42")))
    read = [account(store, "42") for store in both]
    one.commit(a_commit(id="c2", replaces=[moved(read[0], "acct_one")]))
    with pytest.raises(ConflictError) as caught:
        other.commit(a_commit(id="c3", replaces=[moved(read[1], "acct_other")]))
    assert (caught.value.id, caught.value.expected, caught.value.found) == ("stripe/42", 1, 2)
    assert (account(one, "42").record.account, account(other, "42").version) == ("acct_one", 2)


def test_store_006_writes_that_each_rely_on_what_the_other_changes_do_not_both_happen(
    both: tuple[SqlStore, SqlStore],
) -> None:
    """Each changes one of two records because of what the other one says: the second is told that it changed."""
    one, other = both
    one.commit(a_commit(id="c1", inserts=owners("left", "right")))
    left, right = account(one, "left"), account(other, "right")
    one.commit(a_commit(id="c2", replaces=[moved(left, "new")], expects=[Expected(Connection, "stripe/right", 1)]))
    with pytest.raises(ConflictError) as caught:
        other.commit(
            a_commit(id="c3", replaces=[moved(right, "new")], expects=[Expected(Connection, "stripe/left", 1)])
        )
    assert (caught.value.id, caught.value.found) == ("stripe/left", 2)
    assert account(one, "right") == right


def test_store_006_of_two_quotas_neither_is_exceeded(both: tuple[SqlStore, SqlStore]) -> None:
    """Both see 2 of 3 in the event, 1 of 2 here and 0 of 2 there; each wants one, from another quota."""
    one, other = both

    def takes(quota: str, count: int = 1) -> list[Take]:
        return [Take("event", count, 3), Take(quota, count, 2)]

    one.commit(a_commit(id="c1", event="talk", takes=[Take("event", 2, 3), Take("here", 1, 2)]))
    names = ["event", "here", "there"]
    assert one.taken("talk", names) == other.taken("talk", names) == {"event": 2, "here": 1}
    one.commit(a_commit(id="c2", event="talk", takes=takes("here")))
    with pytest.raises(ExhaustedError) as caught:
        other.commit(a_commit(id="c3", event="talk", takes=takes("there")))
    assert (caught.value.counter, caught.value.wanted, caught.value.left) == ("event", 1, 0)
    assert other.taken("talk", names) == {"event": 3, "here": 2}, "nothing of what was refused stays"


def test_store_006_nobody_gets_in_between_and_nobody_sees_half(path: Path, both: tuple[SqlStore, SqlStore]) -> None:
    """At each statement of a commit another tries to write, and looks: it cannot, and sees what was before."""
    one, other = both
    one.commit(a_commit(id="c1", event="talk", inserts=owners("42"), takes=[Take("event", 1, 3)]))
    before = contents(path)
    seen = list[object]()

    def interferes(*_: object) -> None:
        seen.append((account(other, "42").version, dict(other.taken("talk", ["event"])), len(other.entries("talk"))))
        with pytest.raises(StoreUnavailableError):
            other.commit(a_commit(id="c3", event="talk", takes=[Take("event", 2, 3)]))
        assert contents(path) == before

    # The first statement begins: until then anybody may write.
    statements = list[str]()
    event.listen(one._engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    event.listen(one._engine, "before_cursor_execute", lambda *given: interferes() if len(statements) > 1 else None)
    event.listen(one._engine, "commit", interferes)
    changed = moved(account(other, "42"), "acct_one")
    statements.clear()
    one.commit(
        a_commit(id="c2", event="talk", replaces=[changed], takes=[Take("event", 2, 3)], entries=[samples.entry()])
    )
    assert len(seen) > 5 and set(map(str, seen)) == {str((1, {"event": 1}, 0))}
    with pytest.raises(ExhaustedError) as caught:
        other.commit(a_commit(id="c3", event="talk", takes=[Take("event", 2, 3)]))
    assert caught.value.left == 0
    assert (account(other, "42").version, len(other.entries("talk"))) == (2, 1)


def everything(store: SqlStore) -> dict[str, Callable[[], object]]:
    return {
        "get": lambda: store.get(Recording, "film"),
        "find": lambda: store.find(Recording, "event", "talk"),
        "due": lambda: store.due(Recording, samples.NOON),
        "taken": lambda: store.taken("talk", ["event"]),
        "entries": lambda: store.entries("talk"),
        "was_committed": lambda: store.was_committed("c1"),
        "commit": lambda: store.commit(a_commit(id="c9", inserts=[samples.recording("nine")])),
    }


@pytest.mark.parametrize("name", [":memory:", "talk.db"])
def test_store_010_another_process_is_told_to_open_the_store_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with sqlite(name if name == ":memory:" else tmp_path / name) as store:
        store.commit(a_commit(id="c1", inserts=[samples.recording()]))
        with monkeypatch.context() as forked:
            forked.setattr(os, "getpid", lambda: 0)
            for ask in everything(store).values():
                with pytest.raises(StoreError) as caught:
                    ask()
                assert caught.value.reasons == (OTHER_PROCESS,)
        assert store.get(Recording, "film") == Stored(samples.recording(), 1)


@forks
@may_have_threads
def test_store_010_a_child_is_refused_at_once_and_its_parent_goes_on(path: Path) -> None:
    """Also while somebody in the parent writes: nobody would give the turn back in the child."""
    with sqlite(path) as store:
        store.commit(a_commit(id="c1", inserts=[samples.recording()]))
        with store._turn:
            told = {in_child(ask) for ask in everything(store).values()}
        assert told == {f"StoreError: {OTHER_PROCESS}"}
        assert in_child(store.close) == "None", "what the child lets go of is still its parent's"
        store.commit(a_commit(id="c2", inserts=[samples.recording("more")]))
        assert [one.record.id for one in store.find(Recording, "event", "talk")] == ["film", "more"]
    assert is_sound(path)


@forks
@may_have_threads
def test_store_010_what_a_child_writes_with_a_store_of_its_own_stays(path: Path) -> None:
    """
    The child opens the file anew and goes on when its parent has closed it.

    If connections were inherited, the parent would close the file as the last one who has it open, and take
    away the log that the child writes to.
    """
    parent = sqlite(path)
    parent.commit(a_commit(id="c1", inserts=[samples.recording("f1")]))
    (asks, asked_for), (answers, answered) = os.pipe(), os.pipe()

    def child() -> object:
        with sqlite(path) as own:
            own.commit(a_commit(id="c2", inserts=[samples.recording("f2")]))
            os.write(asked_for, b"close it")
            os.read(answers, 1)
            own.commit(a_commit(id="c3", inserts=[samples.recording("f3")]))
            return own.was_committed("c3")

    def closes() -> None:
        os.read(asks, len(b"close it"))
        parent.close()
        with sqlite(path) as third:
            third.commit(a_commit(id="c4", inserts=[samples.recording("f4")]))
        os.write(answered, b"!")

    told = in_child(child, meanwhile=closes)
    for each in (asks, asked_for, answers, answered):
        os.close(each)
    assert told == "True"
    assert asked(path, "SELECT id FROM pe_record ORDER BY id") == [("f1",), ("f2",), ("f3",), ("f4",)]
    assert is_sound(path)


def test_store_010_threads_share_a_store(path: Path) -> None:
    """Each thread writes and looks at what it wrote; all of it is there in the end."""
    errors = list[BaseException]()

    def works(store: SqlStore, number: int) -> None:
        try:
            for step in range(5):
                id = f"t{number}x{step}"
                store.commit(a_commit(id=id, event="talk", inserts=[samples.recording(id)], takes=[Take("event", 1)]))
                assert store.get(Recording, id) == Stored(samples.recording(id), 1)
        except (AssertionError, PaidEventsError) as error:
            errors.append(error)

    for name in (path, ":memory:"):
        with sqlite(name) as store:
            threads = [Thread(target=works, args=(store, number)) for number in range(20)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert (errors, store.taken("talk", ["event"])) == ([], {"event": 100})
            assert len(store.find(Recording, "event", "talk", limit=1000)) == 100
