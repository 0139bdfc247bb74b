"""What every part of the suite stands on: where a store comes from, and how it is asked."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from itertools import count
from threading import Barrier, Thread
from typing import Any, ClassVar, TypeVar

from paidevents.errors import (
    ConflictError,
    CorruptRecordError,
    DuplicateError,
    ExhaustedError,
    PaidEventsError,
    StoreError,
)
from paidevents.ports.records import R, Stored
from paidevents.ports.store import Commit, Store

E = TypeVar("E", bound=PaidEventsError)

_NUMBERS = count(1)
_ANSWERS = (ConflictError, CorruptRecordError, DuplicateError, ExhaustedError)
MOST_TRIES = 1000
LONGEST_WAIT_SECONDS = 120


class StoreCase(ABC):
    """Promises of a store, each as a test. They are run for a class that says how a store is made."""

    __test__: ClassVar[bool] = False

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        if "__test__" not in vars(cls):
            cls.__test__ = cls.make_store is not StoreCase.make_store

    @abstractmethod
    def make_store(self) -> Store:
        """A store that is fresh and empty each time."""
        ...


# A failure is raised by hand, not with `assert`: it is one also under `python -O`.


def same(found: object, wanted: object, sentence: str) -> None:
    """Fail with *sentence* if what was found is not what was wanted."""
    if found != wanted:
        raise AssertionError(f"{sentence}\nfound:  {found!r}\nwanted: {wanted!r}")


def refused(kind: type[E], act: Callable[[], object]) -> E:
    """The error of this kind that *act* ends with; fail if it ends otherwise."""
    try:
        act()
    except kind as error:
        return error
    except PaidEventsError as error:
        raise AssertionError(f"It is refused with {error!r}, not with {kind.__name__}.") from error
    raise AssertionError(f"It is not refused with {kind.__name__}.")


def there(store: Store, kind: type[R], id: str) -> Stored[R]:
    """The record, which is there."""
    found = store.get(kind, id)
    if found is None:
        raise AssertionError(f"There is no {kind.__name__} {id!r}.")
    return found


def new_commit(**parts: Any) -> Commit:
    """A commit of these parts, with an id that no other has."""
    return Commit(**{"id": f"commit {next(_NUMBERS)}", **parts})


def write_surely(store: Store, commit: Commit) -> None:
    """
    Commit, whatever goes wrong on the way.

    A store may fail while many want it. The same commit is then sent again: if it
    had been written after all, it changes nothing.
    """
    for _ in range(MOST_TRIES):
        try:
            return store.commit(commit)
        except _ANSWERS:
            raise
        except StoreError:
            continue
    raise AssertionError(f"It was tried {MOST_TRIES} times, and the store failed each time.")


def write(store: Store, **parts: Any) -> Commit:
    """Commit these parts."""
    commit = new_commit(**parts)
    write_surely(store, commit)
    return commit


def at_once(acts: Sequence[Callable[[], object]]) -> list[PaidEventsError | None]:
    """
    Do all of *acts*, each in a thread of its own, as near to the same moment as can be.

    Returns:
        For each the error of ours that it ended with; None if it went well.

    Raises:
        AssertionError: One does not end. Any other error of one goes on from here.
    """
    outcomes: list[BaseException | None] = [None] * len(acts)
    barrier = Barrier(len(acts))

    def run(place: int) -> None:
        try:
            barrier.wait(LONGEST_WAIT_SECONDS)
            acts[place]()
        except BaseException as error:
            outcomes[place] = error

    threads = [Thread(target=run, args=(place,), daemon=True) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST_WAIT_SECONDS)
    if any(thread.is_alive() for thread in threads):
        raise AssertionError("They wait for each other, or for ever.")
    ended: list[PaidEventsError | None] = []
    for outcome in outcomes:
        if outcome is not None and not isinstance(outcome, PaidEventsError):
            raise outcome
        ended.append(outcome)
    return ended
