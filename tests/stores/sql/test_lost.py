"""When the connection is lost in the midst of a commit, or at its very end, whatever is done, is done once or not at all."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from box_office.offices import Office
from sqlalchemy import event
from stores.sql.commits import BEFORE, FILM, WHOLE, a_commit, fails_whole, works_later
from stores.sql.files import contents, is_sound

from paidevents.errors import (
    CommitUnknownError,
    ConflictError,
    CorruptRecordError,
    ExhaustedError,
)
from paidevents.ports import Dossier, Stored
from paidevents.pricing import Take
from paidevents.pricing.counters import EVENT
from paidevents.stores import SqlStore, sqlite
from paidevents.stores.sql import store as sql_store
from paidevents.stores.sql.writing import MisfitError
from paidevents.testing.promises import broken_promises
from paidevents.testing.stores import samples


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talk.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    with sqlite(path, patience=0) as opened:
        opened.commit(BEFORE)
        yield opened


def statements_of(store: SqlStore) -> int:
    """How many statements the whole commit takes, each seen by `cut_at`."""
    seen = list[object]()

    def counts(*_: object) -> None:
        seen.append(1)

    event.listen(store._engine, "before_cursor_execute", counts)
    store.commit(WHOLE)
    event.remove(store._engine, "before_cursor_execute", counts)
    return len(seen)


@contextmanager
def cut_at(store: SqlStore, number: int, act: Callable[[Any], object]) -> Iterator[None]:
    """Before the statement of this number something happens to the connection."""
    left = [number]

    def cuts(connection: Any, *_: object) -> None:
        left[0] -= 1
        if not left[0]:
            act(connection.connection.dbapi_connection)

    event.listen(store._engine, "before_cursor_execute", cuts)
    yield
    event.remove(store._engine, "before_cursor_execute", cuts)


def test_a_connection_that_is_lost_on_the_way_leaves_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    with sqlite(tmp_path / "counted.db") as counted:
        counted.commit(BEFORE)
        most = statements_of(counted)
    assert most > 8
    for number in range(1, most + 1):
        path = tmp_path / f"{number}.db"
        with sqlite(path) as store:
            store.commit(BEFORE)
            with cut_at(store, number, lambda connection: connection.close()):
                fails_whole(store, path, "ProgrammingError")
            works_later(store, path)


def interrupts(_: object) -> None:
    raise KeyboardInterrupt


def test_whoever_is_interrupted_leaves_nothing(store: SqlStore, path: Path) -> None:
    before = contents(path)
    for number in range(2, 9):
        with cut_at(store, number, interrupts), pytest.raises(KeyboardInterrupt):
            store.commit(WHOLE)
        assert contents(path) == before
    works_later(store, path)


class Losing(sqlite3.Connection):
    """A connection that is lost at COMMIT: before it, or after it was done; and so often at ROLLBACK."""

    after: list[bool]
    rollbacks: list[int]

    def commit(self) -> None:
        is_done = self.after.pop(0) if self.after else None
        if is_done is not False:
            super().commit()
        if is_done is not None:
            raise sqlite3.OperationalError("disk I/O error")

    def rollback(self) -> None:
        super().rollback()
        if self.rollbacks:
            self.rollbacks.pop()
            raise sqlite3.InterfaceError("who is there?")


def losing(store: SqlStore, *after: bool, rollbacks: int = 0) -> None:
    """Have the next commits of a store lost, after they were done or before; and so many rollbacks."""
    kind = type("Lost", (Losing,), {"after": list(after), "rollbacks": list(range(rollbacks))})
    event.listen(store._engine, "do_connect", lambda dialect, record, args, named: named.update(factory=kind))
    store.close()


@pytest.mark.parametrize("rollbacks", [0, 1])
@pytest.mark.parametrize("is_done", [False, True])
def test_of_a_commit_that_is_lost_at_the_very_end_it_can_be_asked(
    store: SqlStore, path: Path, is_done: bool, rollbacks: int
) -> None:
    losing(store, is_done, rollbacks=rollbacks)
    with pytest.raises(CommitUnknownError) as caught:
        store.commit(WHOLE)
    assert caught.value.commit_id == "whole"
    assert store.was_committed("whole") is is_done
    works_later(store, path)
    assert store.entries("talk") == (samples.entry(),), "it was written once"


@pytest.mark.parametrize("lost", [[False], [True], [False, False, True], [True, True, True]])
def test_a_sale_whose_commit_is_lost_is_made_once(path: Path, lost: list[bool]) -> None:
    """It is looked, and tried again under the same id: one order, one place, one message."""
    with sqlite(path) as store:
        office = Office(store=store)
        office.publish()
        losing(store, *lost)
        order = office.reserve()
        office.world.log.told(order)
        losing(store, *lost)
        office.pay(order.id)
        assert [one.record.id for one in store.find(Dossier, "event", "talk")] == [order.id]
        assert store.taken("talk", [EVENT]) == {EVENT: 1}
        assert office.told() == ["confirmation"]
        assert not broken_promises(office.world, office.world.log)
    assert is_sound(path)


def test_a_rollback_that_fails_hides_no_refusal(store: SqlStore) -> None:
    for commit, error in (
        (a_commit(id="again", replaces=[Stored(FILM, 7)]), ConflictError),
        (a_commit(id="more", event="talk", takes=[Take("event", 3, 3)]), ExhaustedError),
        (a_commit(id="back", event="talk", gives=[Take("event", 2)]), CorruptRecordError),
    ):
        losing(store, rollbacks=1)
        with pytest.raises(error):
            store.commit(commit)


@pytest.mark.parametrize("times", [1, sql_store.MOST_BEGUN - 1, sql_store.MOST_BEGUN])
def test_what_did_not_fit_and_fits_when_it_is_looked_at_is_begun_anew(
    store: SqlStore, path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """Others gave back meanwhile. After eight times it is somebody else's to try."""
    write, left = store._writer.write, [times]

    def too_late(*given: Any) -> None:
        if left[0]:
            left[0] -= 1
            raise MisfitError
        write(*given)

    monkeypatch.setattr(store._writer, "write", too_late)
    if times < sql_store.MOST_BEGUN:
        works_later(store, path)
    else:
        fails_whole(store, path, "others are always quicker")
