"""Keys in order, however many: one more or one less costs the same, and a page of them nearly so."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from datetime import datetime
from typing import Generic, TypeVar

K = TypeVar("K", str, tuple[datetime, str])

# A run that grows longer than this is cut in two.
LONGEST_RUN = 512


def _last(run: list[K]) -> K:
    return run[-1]


class Ordered(Generic[K]):
    """
    Different keys, in order.

    Those that came since somebody last looked wait in a heap of their own: who
    only writes never pays for the order. Whoever looks puts each into its run of
    a few hundred; it is found by halving, first among the runs and then in one.

    Example:
        >>> ids = Ordered[str]()
        >>> for id in ("b", "c", "a"):
        ...     ids.add(id)
        >>> list(ids.after("a"))
        ['b', 'c']
    """

    __slots__ = ("_new", "_runs")

    def __init__(self) -> None:
        self._new: set[K] = set()
        self._runs: list[list[K]] = []

    def __bool__(self) -> bool:
        return bool(self._new or self._runs)

    def add(self, key: K) -> None:
        """One more, which is not there yet."""
        self._new.add(key)

    def remove(self, key: K) -> None:
        """One less, which is there."""
        if key in self._new:
            self._new.remove(key)
            return
        runs = self._runs
        place = bisect_left(runs, key, key=_last)
        run = runs[place]
        del run[bisect_left(run, key)]
        if not run:
            del runs[place]

    def after(self, key: K | None) -> Iterator[K]:
        """Those that come after *key*, which need not be there; with None all. Nothing may change meanwhile."""
        for new in sorted(self._new):
            self._insert(new)
        self._new.clear()
        runs, place = self._runs, 0
        if key is not None:
            place = bisect_right(runs, key, key=_last)
            if place < len(runs):
                run = runs[place]
                yield from run[bisect_right(run, key) :]
                place += 1
        for rest in range(place, len(runs)):
            yield from runs[rest]

    def _insert(self, key: K) -> None:
        runs = self._runs
        if not runs:
            runs.append([key])
            return
        # What comes after all others joins the last run.
        place = bisect_left(runs, key, hi=len(runs) - 1, key=_last)
        run = runs[place]
        insort(run, key)
        if len(run) > LONGEST_RUN:
            middle = len(run) // 2
            runs[place : place + 1] = [run[:middle], run[middle:]]
