"""The suite itself: it is collected where it should be, says what went wrong, and waits for nobody for ever."""

import ast
import time
import unittest
from collections.abc import Callable
from pathlib import Path

import pytest
from contracts.reads_gone_wrong import FindsBackwards

from paidevents.access import Recording
from paidevents.errors import (
    COMMIT_UNKNOWN,
    CommitUnknownError,
    ConflictError,
    DuplicateError,
    ExhaustedError,
    StoreError,
)
from paidevents.ports import KINDS, Commit, Store, Stored
from paidevents.pricing import Take
from paidevents.stores import MemoryStore
from paidevents.testing import store_suite
from paidevents.testing.store_suite import StoreSuite
from paidevents.testing.stores import case, finding, samples
from paidevents.testing.stores.case import StoreCase, at_once, new_commit, refused, same, there, write, write_surely
from paidevents.testing.stores.meeting import Meeting

HERE = Path(case.__file__).parent
PARTS = [part for part in StoreSuite.__mro__ if issubclass(part, StoreCase)]


def own_tests(part: type) -> list[str]:
    return [name for name in vars(part) if name.startswith("test_")]


def test_it_is_run_for_who_says_how_a_store_is_made_and_for_nobody_else() -> None:
    assert len(PARTS) > 5
    assert not any(part.__test__ for part in PARTS)

    class Suite(StoreSuite):
        def make_store(self) -> Store:
            return MemoryStore()

    assert Suite.__test__

    class NotYet(Suite):
        __test__ = False

    class Again(NotYet):
        pass

    assert (NotYet.__test__, Again.__test__) == (False, True)


def test_without_a_store_there_is_no_suite() -> None:
    with pytest.raises(TypeError, match="make_store"):
        StoreSuite()  # type: ignore[abstract]


def test_no_test_hides_another_of_its_name() -> None:
    names = [name for part in PARTS for name in own_tests(part)]
    assert len(names) == len(set(names)) > 75


def test_every_index_of_every_kind_is_asked_for() -> None:
    asked = {(type(record), by) for record, by, _ in finding.INDEXES}
    assert asked == {(kind, by) for kind in KINDS for by in KINDS[kind].found_by}


def test_there_is_one_sample_of_each_kind() -> None:
    assert [type(record) for record in samples.one_of_each()] == list(KINDS)


def test_its_failures_do_not_hang_on_asserts() -> None:
    """Under `python -O` an assert of ours would say nothing, and every store would pass."""
    for path in (*HERE.glob("*.py"), Path(store_suite.__file__)):
        statements = ast.walk(ast.parse(path.read_text("utf-8")))
        assert not any(isinstance(statement, ast.Assert) for statement in statements), path


def test_it_needs_no_pytest() -> None:
    for path in (*HERE.glob("*.py"), Path(store_suite.__file__)):
        assert "import pytest" not in path.read_text("utf-8")


@pytest.mark.parametrize(("store", "failures"), [(MemoryStore, 0), (FindsBackwards, 1)])
def test_unittest_runs_it_as_well(store: Callable[[], Store], failures: int) -> None:
    class SuiteOfUnittest(StoreSuite, unittest.TestCase):
        def make_store(self) -> Store:
            return store()

    result = unittest.TestResult()
    names = (StoreSuite.test_a_fresh_store_has_nothing, StoreSuite.test_records_are_found_in_order_of_code_points)
    unittest.TestSuite(SuiteOfUnittest(name.__name__) for name in names).run(result)
    assert (result.testsRun, len(result.failures), result.errors) == (2, failures, [])
    assert set(unittest.TestLoader().getTestCaseNames(SuiteOfUnittest)) == {
        name for part in PARTS for name in own_tests(part)
    }


class FailsOften(MemoryStore):
    """As one in a network does: two of three commits fail, before or after they were written."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def commit(self, commit: Commit) -> None:
        self.calls += 1
        if self.calls % 3 == 1:
            raise StoreError((COMMIT_UNKNOWN,))
        super().commit(commit)
        if self.calls % 3 == 2:
            raise CommitUnknownError(commit.id)


@pytest.mark.parametrize("name", own_tests(Meeting))
def test_a_store_that_fails_while_many_want_it_keeps_its_promises(name: str) -> None:
    class SuiteOfFailing(StoreSuite):
        def make_store(self) -> Store:
            return FailsOften()

    getattr(SuiteOfFailing(), name)()


def test_a_store_that_always_fails_is_given_up() -> None:
    class Fails(MemoryStore):
        def commit(self, commit: Commit) -> None:
            raise CommitUnknownError(commit.id)

    with pytest.raises(AssertionError, match="the store failed each time"):
        write_surely(Fails(), new_commit())


def test_an_answer_is_no_failure() -> None:
    store = MemoryStore()
    for kind, commit in (
        (ConflictError, new_commit(replaces=[Stored(samples.recording(), 1)])),
        (ExhaustedError, new_commit(event="talk", takes=[Take("event", 1, 0)])),
    ):
        with pytest.raises(kind):
            write_surely(store, commit)


def test_what_is_not_the_same_is_told_with_both() -> None:
    same((1, "a"), (1, "a"), "It is.")
    with pytest.raises(AssertionError) as caught:
        same(1, 2, "One is two.")
    assert str(caught.value) == "One is two.\nfound:  1\nwanted: 2"


def test_a_refusal_is_told_from_another_and_from_none() -> None:
    store = MemoryStore()
    write(store, inserts=[samples.recording()])
    assert refused(DuplicateError, lambda: write(store, inserts=[samples.recording()])).key == "film"
    with pytest.raises(AssertionError, match=r"with DuplicateError.*not with ConflictError"):
        refused(ConflictError, lambda: write(store, inserts=[samples.recording()]))
    with pytest.raises(AssertionError, match="not refused with ConflictError"):
        refused(ConflictError, lambda: None)


def test_a_record_that_is_missing_is_told() -> None:
    with pytest.raises(AssertionError, match="There is no Recording 'film'"):
        there(MemoryStore(), Recording, "film")


def test_all_are_done_at_once_and_say_how_it_ended() -> None:
    error = ConflictError("a", 1, None)

    def fails() -> None:
        raise error

    assert at_once([lambda: None, fails]) == [None, error]


def test_an_error_of_another_kind_goes_on() -> None:
    def breaks() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        at_once([lambda: None, breaks])


def test_one_that_does_not_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case, "LONGEST_WAIT_SECONDS", 0.25)
    with pytest.raises(AssertionError, match="for ever"):
        at_once([lambda: None, lambda: time.sleep(2)])
