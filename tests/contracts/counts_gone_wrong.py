"""Stores of which each breaks one promise of counters."""

from collections.abc import Iterable, Mapping

from attrs import evolve

from paidevents.errors import ExhaustedError
from paidevents.ports import Commit
from paidevents.pricing import Take
from paidevents.stores import MemoryStore


class GivesBelowZero(MemoryStore):
    def _counted(self, commit: Commit) -> dict[str, int]:
        taken = self._taken.get(commit.event, {})
        gives = tuple(give for give in commit.gives if give.count <= taken.get(give.counter, 0))
        after = super()._counted(evolve(commit, gives=gives))
        return after | {give.counter: 0 for give in commit.gives if give not in gives}


class ForgetsLimits(MemoryStore):
    def _counted(self, commit: Commit) -> dict[str, int]:
        return super()._counted(evolve(commit, takes=tuple(evolve(take, limit=None) for take in commit.takes)))


class SellsTheLastTwice(MemoryStore):
    def _counted(self, commit: Commit) -> dict[str, int]:
        takes = tuple(evolve(take, limit=take.limit and take.limit + 1) for take in commit.takes)
        return super()._counted(evolve(commit, takes=takes))


class LooksAtEachTakeAlone(MemoryStore):
    def _counted(self, commit: Commit) -> dict[str, int]:
        after = super()._counted(evolve(commit, takes=()))
        for take in commit.takes:
            super()._counted(evolve(commit, takes=(take,), gives=()))
        return after | super()._counted(
            evolve(commit, takes=tuple(evolve(take, limit=None) for take in commit.takes), gives=())
        )


class KeepsTheFirstLimit(MemoryStore):
    def __init__(self) -> None:
        super().__init__()
        self.limits: dict[str, int | None] = {}

    def _counted(self, commit: Commit) -> dict[str, int]:
        takes = [Take(one.counter, one.count, self.limits.setdefault(one.counter, one.limit)) for one in commit.takes]
        return super()._counted(evolve(commit, takes=tuple(takes)))


class CountsAllEventsTogether(MemoryStore):
    def _counted(self, commit: Commit) -> dict[str, int]:
        self._taken[commit.event] = self._taken.setdefault("", {})
        return super()._counted(commit)


class CountsInFloats(MemoryStore):
    def _counted(self, commit: Commit) -> dict[str, int]:
        return {name: int(float(count)) for name, count in super()._counted(commit).items()}


class LendsItsCounters(MemoryStore):
    """What was read changes later."""

    def taken(self, event: str, counters: Iterable[str]) -> Mapping[str, int]:
        return self._taken.setdefault(event, {})


class CountsTheLastOnly(MemoryStore):
    def _counted(self, commit: Commit) -> dict[str, int]:
        return super()._counted(commit) | {take.counter: take.count for take in commit.takes}


class GivesNothingBack(MemoryStore):
    def _counted(self, commit: Commit) -> dict[str, int]:
        super()._counted(commit)
        return super()._counted(evolve(commit, gives=()))


class LimitsWhatComesBack(MemoryStore):
    def _counted(self, commit: Commit) -> dict[str, int]:
        after = super()._counted(commit)
        for give in commit.gives:
            if give.limit is not None and after[give.counter] > give.limit:
                raise ExhaustedError(give.counter, give.count, 0)
        return after


class CountsInAnyCase(MemoryStore):
    def _counted(self, commit: Commit) -> dict[str, int]:
        takes = tuple(evolve(take, counter=take.counter.lower()) for take in commit.takes)
        return super()._counted(evolve(commit, takes=takes))

    def taken(self, event: str, counters: Iterable[str]) -> Mapping[str, int]:
        return {
            name: count
            for name in counters
            for count in super(CountsInAnyCase, self).taken(event, [name.lower()]).values()
        }


class AsksTwice(MemoryStore):
    """What can be gone through once is gone through twice."""

    def taken(self, event: str, counters: Iterable[str]) -> Mapping[str, int]:
        known = set(super().taken(event, counters))
        return super().taken(event, [counter for counter in counters if counter in known])


class SellsLess(MemoryStore):
    """A part is sold of what was wanted whole."""

    def _counted(self, commit: Commit) -> dict[str, int]:
        try:
            return super()._counted(commit)
        except ExhaustedError as error:
            if not error.left:
                raise
            takes = tuple(evolve(take, count=min(take.count, error.left)) for take in commit.takes)
            return super()._counted(evolve(commit, takes=takes))
