"""Box offices that are wrong in one way each, made through their store and through what asks are answered with."""

from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar

from attrs import evolve

from paidevents.box_office import BoxOffice
from paidevents.box_office.asking_tills import Fetch, PayBack, Void
from paidevents.box_office.asks import Ask, Run
from paidevents.box_office.driving import Driver
from paidevents.payments import Snapshot, Status
from paidevents.ports import Commit, Dossier, Obligation, Record, Stored, Task
from paidevents.stores import MemoryStore
from paidevents.testing.world import World

T = TypeVar("T")

Rewrite = Callable[[MemoryStore, Commit], Commit | None]
Answer = Callable[[BoxOffice, Ask[Any]], Any]


class Misreading(MemoryStore):
    """A store that writes something else than it was given; nothing at all for None."""

    def __init__(self, rewrite: Rewrite) -> None:
        super().__init__()
        self.rewrite = rewrite

    def commit(self, commit: Commit) -> None:
        written = self.rewrite(self, commit)
        if written is not None:
            super().commit(written)


class Meeting(Misreading):
    """
    A store in which somebody else does something just before one of the commits.

    Attributes:
        left: How many commits there are until then; 0 for never.
        meanwhile: What somebody else does.
    """

    def __init__(self, rewrite: Rewrite = lambda _, commit: commit) -> None:
        super().__init__(rewrite)
        self.left = 0
        self.meanwhile: Callable[[], object] = lambda: None

    def commit(self, commit: Commit) -> None:
        self.left -= 1
        if self.left == 0:
            self.meanwhile()
        super().commit(commit)


class Answering(BoxOffice):
    """A box office that answers what flows ask in its own way."""

    def __init__(self, box: BoxOffice, how: Answer) -> None:
        Driver.__init__(self, box.outside)
        self.how = how

    def answer(self, question: Ask[T]) -> T:
        answer: T = super().answer(question) if isinstance(question, Run) else self.how(self, question)
        return answer


class Wrong(World):
    """A world in which the store, or the box office, is wrong."""

    def __init__(self, *, rewrite: Rewrite | None = None, how: Answer | None = None) -> None:
        self.how = how
        super().__init__(store=None if rewrite is None else Misreading(rewrite))

    def restart(self) -> None:
        super().restart()
        if self.how is not None:
            self.box = Answering(self.box, self.how)


def is_refund(record: Record) -> bool:
    return isinstance(record, Obligation) and record.task is Task.REFUND


# How a store can be wrong.


def without_obligations(_: MemoryStore, commit: Commit) -> Commit:
    """What is to be given back is decided, and nobody is told to do it."""
    return evolve(commit, inserts=tuple(one for one in commit.inserts if not is_refund(one)))


def without_the_decision(_: MemoryStore, commit: Commit) -> Commit:
    """What is to be given back is done, and nothing reserves it."""
    if not any(map(is_refund, commit.inserts)):
        return commit
    return evolve(commit, replaces=tuple(one for one in commit.replaces if not isinstance(one.record, Dossier)))


def done_when_claimed(_: MemoryStore, commit: Commit) -> Commit:
    """What somebody is at counts as done."""
    return evolve(commit, replaces=tuple(_done(one) for one in commit.replaces))


def _done(stored: Stored[Any]) -> Stored[Any]:
    one = stored.record
    is_begun = isinstance(one, Obligation) and one.task is Task.REFUND and one.leased_until is not None
    return Stored(one.done(one.made_at), stored.version) if is_begun else stored


def whatever_version(store: MemoryStore, commit: Commit) -> Commit:
    """Who writes last is right."""
    return evolve(
        commit,
        inserts=tuple(one for one in commit.inserts if _version(store, one) is None),
        replaces=tuple(Stored(one.record, _version(store, one.record) or one.version) for one in commit.replaces),
        expects=(),
        entries=(),
    )


def _version(store: MemoryStore, record: Any) -> int | None:
    found: Stored[Any] | None = store.get(type(record), record.id)
    return None if found is None else found.version


def without_takes(_: MemoryStore, commit: Commit) -> Commit:
    """Nothing that is sold is counted."""
    return evolve(commit, takes=(), gives=())


def without_gives(_: MemoryStore, commit: Commit) -> Commit:
    """Nothing that is given up can be sold again."""
    return evolve(commit, gives=())


def without_entries(_: MemoryStore, commit: Commit) -> Commit:
    """Nothing is booked."""
    return evolve(commit, entries=())


def without_orders(_: MemoryStore, commit: Commit) -> Commit | None:
    """New orders get lost, and everybody is told that they are kept."""
    return None if any(isinstance(one, Dossier) for one in commit.inserts) else commit


# How an answer can be wrong.


def another_key() -> Answer:
    """A refund is asked for under a new key each time."""
    numbers = count(1)

    def how(box: BoxOffice, question: Ask[Any]) -> Any:
        if isinstance(question, PayBack):
            question = evolve(question, key=f"{question.key}-{next(numbers)}")
        return question.on(box.outside)

    return how


def over_is_over(box: BoxOffice, question: Ask[Any]) -> Any:
    """What was paid is not seen once it is late."""
    answer = question.on(box.outside)
    if isinstance(question, Void | Fetch) and isinstance(answer, Snapshot) and answer.status is Status.PAID:
        return evolve(answer, status=Status.EXPIRED, received=None)
    return answer


def never_voided(box: BoxOffice, question: Ask[Any]) -> Any:
    """Nobody ends what can still be paid."""
    if not isinstance(question, Void):
        return question.on(box.outside)
    seen = Fetch(question.ref).on(box.outside)
    return evolve(seen, status=Status.EXPIRED) if seen.status is Status.OPEN else seen
