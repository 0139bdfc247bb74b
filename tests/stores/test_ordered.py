"""Keys in order, against a sorted list."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from paidevents.stores import ordered
from paidevents.stores.ordered import LONGEST_RUN, Ordered

KEYS = st.text("abc\u00e9\uff5e\U0001f39f", min_size=1, max_size=3)


@pytest.fixture(autouse=True)
def short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of four keys, so that few keys make many runs."""
    monkeypatch.setattr(ordered, "LONGEST_RUN", 4)


class AgainstAList(RuleBasedStateMachine):
    """Whatever comes and goes, it reads as a list that is sorted anew each time."""

    @initialize()
    def begin(self) -> None:
        self.keys = Ordered[str]()
        self.there: set[str] = set()

    @rule(keys=st.lists(KEYS, max_size=12))
    def add(self, keys: list[str]) -> None:
        for key in keys:
            if key not in self.there:
                self.keys.add(key)
                self.there.add(key)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        if self.there:
            key = data.draw(st.sampled_from(sorted(self.there)))
            self.keys.remove(key)
            self.there.remove(key)

    @rule(after=st.none() | st.just("") | KEYS)
    def look(self, after: str | None) -> None:
        wanted = [key for key in sorted(self.there) if after is None or key > after]
        assert list(self.keys.after(after)) == wanted

    @invariant()
    def is_empty_or_not(self) -> None:
        assert bool(self.keys) is bool(self.there)


def test_whatever_comes_and_goes_the_rest_is_in_order() -> None:
    run_state_machine_as_test(AgainstAList, settings=settings(stateful_step_count=30))


@given(keys=st.lists(KEYS, unique=True), data=st.data())
def test_pages_are_the_whole(keys: list[str], data: st.DataObject) -> None:
    found = Ordered[str]()
    for key in keys:
        found.add(key)
        if data.draw(st.booleans()):
            next(found.after(None))
    size, seen = data.draw(st.integers(1, 5)), list[str]()
    while page := [key for key, _ in zip(found.after(seen[-1] if seen else None), range(size), strict=False)]:
        seen += page
    assert seen == sorted(keys)


def test_a_hundred_thousand_keys_lie_in_short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordered, "LONGEST_RUN", LONGEST_RUN)
    found = Ordered[str]()
    for number in range(100_000):
        found.add(f"{number * 7919 % 100_000:05}")
    assert next(found.after("49999")) == "50000"
    assert max(map(len, found._runs)) <= LONGEST_RUN
    for number in range(100_000):
        found.remove(f"{number:05}")
    assert not found
