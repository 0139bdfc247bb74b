"""Commits that are put together of lists, and one with something of everything, which is written or is not."""

from pathlib import Path
from typing import Any

import pytest
from stores.sql.files import contents, is_sound

from paidevents.access import Recording
from paidevents.errors import StoreUnavailableError
from paidevents.ports import Commit, Stored
from paidevents.pricing import Take
from paidevents.stores import SqlStore
from paidevents.testing.stores import samples


def a_commit(**parts: Any) -> Commit:
    """A commit of these parts, each as a list or a tuple."""
    return Commit(**parts)


FILM = samples.recording()
BEFORE = a_commit(id="before", event="talk", inserts=[FILM], takes=[Take("event", 1, 3)])
# Something of everything: what was, and what is new.
WHOLE = a_commit(
    id="whole",
    event="talk",
    inserts=[samples.recording(f"f{number}") for number in range(200)],
    replaces=[Stored(samples.recording(of="other"), 1)],
    takes=[Take("event", 2, 3), Take("new", 1)],
    gives=[Take("event", 1)],
    entries=[samples.entry()],
)


def fails_whole(store: SqlStore, path: Path, cause: str) -> None:
    """The commit is refused because of this, nothing of it is there, and who looks sees what was before."""
    before = contents(path)
    with pytest.raises(StoreUnavailableError) as caught:
        store.commit(WHOLE)
    assert caught.value.cause == cause
    assert contents(path) == before
    assert store.get(Recording, "film") == Stored(FILM, 1)
    assert not store.was_committed("whole")


def works_later(store: SqlStore, path: Path) -> None:
    """The same commit is written when it can be."""
    store.commit(WHOLE)
    assert store.taken("talk", ["event", "new"]) == {"event": 2, "new": 1}
    assert len(store.find(Recording, "event", "talk", limit=1000)) == 200
    assert is_sound(path)
