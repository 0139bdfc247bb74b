"""Counters: nothing is taken beyond a limit, and nothing is given back that was not taken."""

from collections.abc import Mapping
from functools import partial

from paidevents.errors import CorruptRecordError, ExhaustedError
from paidevents.ports.store import Store
from paidevents.pricing.counters import Take
from paidevents.testing.stores.case import StoreCase, refused, same, write


def _takes(store: Store, *takes: Take, event: str = "talk") -> None:
    write(store, event=event, takes=takes)


def _gives(store: Store, *gives: Take, event: str = "talk") -> None:
    write(store, event=event, gives=gives)


def _counts(store: Store, *counters: str, event: str = "talk") -> list[int]:
    """What is taken of some counters: zero also where nothing is said of one."""
    taken: Mapping[str, int] = store.taken(event, counters)
    return [taken.get(counter, 0) for counter in counters]


class Counting(StoreCase):
    """What is taken, given back, and refused."""

    def test_what_is_taken_adds_up(self) -> None:
        store = self.make_store()
        _takes(store, Take("event", 2, 10), Take("ticket/standard", 1))
        _takes(store, Take("event", 3, 10))
        counts = _counts(store, "event", "ticket/standard", "ticket/vip")
        same(counts, [5, 1, 0], "What is taken adds up; of the rest nothing is.")

    def test_counters_are_asked_for_in_any_form(self) -> None:
        store = self.make_store()
        _takes(store, Take("a", 1), Take("b", 2))
        for asked in (["a", "b"], {"b", "a"}, {"a": 0, "b": 0}, (name for name in "ab")):
            taken = store.taken("talk", asked)
            same((taken.get("a"), taken.get("b")), (1, 2), "A list, a set, a mapping or a generator will do.")
        same(dict(store.taken("talk", ())), {}, "Of no counters, nothing is said.")

    def test_the_last_can_be_taken_and_no_more(self) -> None:
        store = self.make_store()
        _takes(store, Take("event", 2, 3))
        _takes(store, Take("event", 1, 3))
        error = refused(ExhaustedError, lambda: _takes(store, Take("event", 1, 3)))
        same((error.counter, error.wanted, error.left), ("event", 1, 0), "It says what was wanted, and what is left.")
        same(_counts(store, "event"), [3], "Three are taken.")

    def test_all_that_is_wanted_is_taken_or_nothing_of_it(self) -> None:
        store = self.make_store()
        _takes(store, Take("event", 3, 5))
        error = refused(ExhaustedError, lambda: _takes(store, Take("event", 3, 5)))
        same((error.counter, error.wanted, error.left), ("event", 3, 2), "It says what was wanted, and what is left.")
        same(_counts(store, "event"), [3], "Nothing more is taken.")
        _takes(store, Take("event", 2, 5))
        same(_counts(store, "event"), [5], "What was left can still be taken.")

    def test_nothing_can_be_taken_under_a_limit_of_zero(self) -> None:
        store = self.make_store()
        error = refused(ExhaustedError, lambda: _takes(store, Take("event", 1, 0)))
        same((error.wanted, error.left), (1, 0), "Nothing was left.")

    def test_one_exhausted_counter_keeps_all_others_as_they_were(self) -> None:
        store = self.make_store()
        _takes(store, Take("b", 1, 1))
        for takes in (
            (Take("a", 1, 9), Take("b", 1, 1), Take("c", 1, 9)),
            (Take("c", 1), Take("a", 1), Take("b", 1, 1)),
        ):
            error = refused(ExhaustedError, partial(_takes, store, *takes))
            same(error.counter, "b", "It says which.")
            same(_counts(store, "a", "b", "c"), [0, 1, 0], "The others are as they were.")

    def test_takes_of_one_counter_in_one_commit_add_up(self) -> None:
        store = self.make_store()
        _takes(store, Take("event", 1, 4), Take("event", 2, 4))
        same(_counts(store, "event"), [3], "Both are taken.")
        refused(ExhaustedError, lambda: _takes(store, Take("event", 1, 4), Take("event", 1, 4)))
        same(_counts(store, "event"), [3], "Together they were too many.")
        _gives(store, Take("event", 1), Take("event", 2))
        same(_counts(store, "event"), [0], "What is given back adds up as well.")

    def test_a_limit_is_that_of_the_take(self) -> None:
        store = self.make_store()
        _takes(store, Take("event", 5, 5))
        error = refused(ExhaustedError, lambda: _takes(store, Take("event", 1, 3)))
        same((error.wanted, error.left), (1, 0), "Below what is taken, nothing is left; and not less than nothing.")
        _takes(store, Take("event", 1, 6))
        same(_counts(store, "event"), [6], "A limit that was raised counts at once.")
        _takes(store, Take("event", 10))
        same(_counts(store, "event"), [16], "What has no limit only counts.")

    def test_large_numbers_are_exact(self) -> None:
        store = self.make_store()
        large = 2**62 + 1
        _takes(store, Take("budget", large, large + 1))
        same(_counts(store, "budget"), [large], "It is counted exactly.")
        error = refused(ExhaustedError, lambda: _takes(store, Take("budget", 2, large + 1)))
        same(error.left, 1, "What is left is exact.")
        _gives(store, Take("budget", large - 1))
        same(_counts(store, "budget"), [1], "So is what comes back.")

    def test_what_is_given_back_can_be_taken_again(self) -> None:
        store = self.make_store()
        _takes(store, Take("event", 3, 3))
        _gives(store, Take("event", 2, 3))
        same(_counts(store, "event"), [1], "Two came back.")
        _takes(store, Take("event", 2, 3))
        same(_counts(store, "event"), [3], "And were taken again.")

    def test_a_limit_is_not_looked_at_when_something_comes_back(self) -> None:
        store = self.make_store()
        _takes(store, Take("event", 5))
        _gives(store, Take("event", 1, 0))
        same(_counts(store, "event"), [4], "It comes back, whatever the limit is now.")

    def test_no_more_comes_back_than_was_taken(self) -> None:
        store = self.make_store()
        _takes(store, Take("event", 2), Take("other", 2))
        refused(CorruptRecordError, lambda: _gives(store, Take("other", 1), Take("event", 3)))
        same(_counts(store, "event", "other"), [2, 2], "Nothing came back.")
        refused(CorruptRecordError, lambda: _gives(store, Take("event", 1), Take("event", 2)))
        same(_counts(store, "event"), [2], "Nor in two parts.")
        _gives(store, Take("event", 2))
        refused(CorruptRecordError, lambda: _gives(store, Take("event", 1)))
        same(_counts(store, "event"), [0], "What has come back does not come back again.")

    def test_nothing_comes_back_of_what_was_never_taken(self) -> None:
        store = self.make_store()
        refused(CorruptRecordError, lambda: _gives(store, Take("event", 1)))
        same(_counts(store, "event"), [0], "There is no counter below zero.")

    def test_counters_of_two_events_are_apart(self) -> None:
        store = self.make_store()
        _takes(store, Take("event", 2, 2))
        _takes(store, Take("event", 1, 2), event="other")
        same(_counts(store, "event"), [2], "Two are taken of the one.")
        same(_counts(store, "event", event="other"), [1], "And one of the other.")
        refused(CorruptRecordError, lambda: _gives(store, Take("event", 2), event="other"))
        same(_counts(store, "event"), [2], "What is given back is the event’s own.")

    def test_counters_are_named_letter_by_letter(self) -> None:
        store = self.make_store()
        names = ("tier/a", "tier/A", "tier/a ", "tier/\u00e4", "tier/%", "tier/_", "tier")
        for number, name in enumerate(names, 1):
            _takes(store, Take(name, number))
        same(_counts(store, *names), [1, 2, 3, 4, 5, 6, 7], "No name is another’s.")
