"""Each of these stores breaks one promise, and the suite says so: that gives a suite without failures its meaning."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from contracts import commits_gone_wrong as commits
from contracts import counts_gone_wrong as counts
from contracts import reads_gone_wrong as reads

from paidevents.errors import PaidEventsError
from paidevents.ports import Store
from paidevents.stores import MemoryStore
from paidevents.testing.store_suite import StoreSuite

S = StoreSuite

FAULTS: Mapping[type[MemoryStore], Iterable[Callable[[Any], None]]] = {
    commits.ForgetsVersions: (
        S.test_a_record_that_was_replaced_meanwhile_is_a_conflict,
        S.test_a_version_that_was_never_there_is_a_conflict,
        S.test_of_many_who_replace_a_version_one_does,
        S.test_nothing_is_written_when_a_replaced_record_is_another,
    ),
    commits.ForgetsExpects: (
        S.test_an_expected_record_that_was_replaced_meanwhile_is_a_conflict,
        S.test_nothing_is_sold_once_what_was_expected_has_changed,
        S.test_nothing_is_written_when_an_expected_record_is_another,
        S.test_a_commit_that_was_refused_is_written_when_it_is_tried_again,
    ),
    commits.ForgetsMissing: (
        S.test_replacing_what_is_not_there_is_a_conflict,
        S.test_an_expected_record_that_is_not_there_is_a_conflict,
        S.test_nothing_is_written_when_a_replaced_record_is_missing,
        S.test_nothing_is_written_when_an_expected_record_is_missing,
    ),
    commits.ExpectsWhatItWrites: (S.test_what_a_commit_expects_is_what_was_there_before_it,),
    commits.RaisesWhatIsExpected: (S.test_an_expected_record_stays_as_it_is,),
    commits.InsertsOver: (
        S.test_a_record_that_is_there_is_not_inserted_again,
        S.test_of_many_who_insert_a_record_one_does,
        S.test_nothing_is_written_when_an_inserted_record_is_there,
    ),
    commits.InsertsTwice: (S.test_a_record_comes_once_in_a_commit, S.test_nothing_is_written_when_a_record_comes_twice),
    commits.BooksTwice: (S.test_an_entry_is_booked_once, S.test_nothing_is_written_when_an_entry_is_there),
    commits.WritesRecordsFirst: (
        S.test_nothing_is_written_when_a_counter_is_exhausted,
        S.test_nothing_is_written_when_more_is_given_back_than_was_taken,
        S.test_many_who_want_the_last_ten_places_get_ten,
    ),
    commits.CountsFirst: (S.test_one_exhausted_counter_keeps_all_others_as_they_were,),
    commits.CommitsAgain: (
        S.test_a_commit_that_is_repeated_changes_nothing,
        S.test_a_commit_is_recognised_by_its_id_whatever_came_after_it,
        S.test_the_same_commit_sent_by_many_is_written_once,
    ),
    commits.CountsAgain: (S.test_a_commit_that_is_repeated_changes_nothing,),
    commits.RemembersRefusals: (S.test_a_commit_that_was_refused_is_written_when_it_is_tried_again,),
    commits.ForgetsCommits: (
        S.test_what_was_committed_is_known_and_nothing_else,
        S.test_one_commit_writes_all_that_it_has,
    ),
    commits.ChecksThenActs: (
        S.test_many_who_want_the_last_ten_places_get_ten,
        S.test_of_many_who_replace_a_version_one_does,
        S.test_of_many_who_insert_a_record_one_does,
        S.test_the_same_commit_sent_by_many_is_written_once,
        S.test_who_reads_and_replaces_again_after_a_conflict_loses_nothing,
        S.test_counters_in_any_order_keep_nobody_waiting_for_ever,
    ),
    commits.LocksThePartsOfACommit: (S.test_a_reader_sees_all_of_a_commit_or_nothing_of_it,),
    commits.CountsLate: (S.test_a_reader_sees_all_of_a_commit_or_nothing_of_it,),
    counts.GivesBelowZero: (
        S.test_no_more_comes_back_than_was_taken,
        S.test_nothing_comes_back_of_what_was_never_taken,
    ),
    counts.ForgetsLimits: (S.test_the_last_can_be_taken_and_no_more, S.test_nothing_can_be_taken_under_a_limit_of_zero),
    counts.SellsTheLastTwice: (
        S.test_the_last_can_be_taken_and_no_more,
        S.test_many_who_want_the_last_ten_places_get_ten,
    ),
    counts.LooksAtEachTakeAlone: (S.test_takes_of_one_counter_in_one_commit_add_up,),
    counts.KeepsTheFirstLimit: (S.test_a_limit_is_that_of_the_take,),
    counts.CountsAllEventsTogether: (S.test_counters_of_two_events_are_apart,),
    counts.CountsInFloats: (S.test_large_numbers_are_exact,),
    counts.LendsItsCounters: (S.test_what_a_reader_holds_does_not_change,),
    reads.KeepsOldIndexes: (
        S.test_a_replaced_record_is_found_by_what_it_says_now,
        S.test_indexes_come_and_go_with_what_a_record_says,
    ),
    reads.KeepsOldMoments: (S.test_a_replaced_record_is_due_when_it_says_now,),
    reads.FindsBackwards: (S.test_records_are_found_in_order_of_code_points,),
    reads.FindsInUtf16: (S.test_records_are_found_in_order_of_code_points,),
    reads.FindsFromTheStart: (
        S.test_pages_have_each_record_once,
        S.test_a_page_begins_after_an_id_that_need_not_be_there,
    ),
    reads.FindsTheLastAgain: (S.test_pages_have_each_record_once,),
    reads.FindsAll: (S.test_pages_have_each_record_once, S.test_a_page_has_a_hundred_unless_it_is_said),
    reads.FindsInAnyCase: (S.test_ids_are_compared_letter_by_letter,),
    reads.IsDueLater: (S.test_what_is_due_is_found_from_its_moment_on, S.test_each_kind_is_due_when_it_says),
    reads.IsDueById: (S.test_the_longest_due_comes_first_and_then_the_smaller_id,),
    reads.IsDueByMomentOnly: (
        S.test_pages_of_what_is_due_have_each_record_once,
        S.test_a_page_begins_after_a_moment_and_an_id_that_need_not_be_there,
    ),
    reads.IsDueToTheSecond: (S.test_a_few_microseconds_make_an_order,),
    reads.BooksByDate: (S.test_entries_come_in_the_order_in_which_they_were_committed,),
    reads.BooksOfAllEvents: (S.test_entries_of_two_events_are_apart, S.test_entries_of_one_order_can_be_asked_for),
    reads.BooksFromTheStart: (S.test_pages_of_entries_have_each_once,),
    reads.BooksAfterItsOwnOnly: (S.test_those_of_an_order_can_come_after_an_entry_of_another,),
    commits.RefusesQuietly: (S.test_a_record_that_is_there_is_not_inserted_again, S.test_an_entry_is_booked_once),
    commits.SkipsVersions: (S.test_a_record_that_is_replaced_has_the_next_version,),
    commits.IsNeverFresh: (S.test_a_fresh_store_has_nothing,),
    commits.KeepsAllKindsTogether: (S.test_records_of_two_kinds_may_have_the_same_id, S.test_kinds_are_found_apart),
    counts.CountsTheLastOnly: (S.test_what_is_taken_adds_up,),
    counts.GivesNothingBack: (S.test_what_is_given_back_can_be_taken_again,),
    counts.LimitsWhatComesBack: (S.test_a_limit_is_not_looked_at_when_something_comes_back,),
    counts.CountsInAnyCase: (S.test_counters_are_named_letter_by_letter,),
    counts.AsksTwice: (S.test_counters_are_asked_for_in_any_form,),
    counts.SellsLess: (S.test_all_that_is_wanted_is_taken_or_nothing_of_it,),
    reads.KeepsOneIndex: (
        S.test_a_record_is_found_by_each_of_its_indexes,
        S.test_a_record_with_several_values_of_one_index_is_found_by_each,
    ),
    reads.FindsNothingByNothing: (S.test_a_record_is_not_found_by_what_it_does_not_say,),
    reads.FindsByValuesInAnyCase: (S.test_values_are_compared_letter_by_letter,),
    reads.LosesPasses: (S.test_each_kind_of_record_is_read_as_it_was_written,),
    reads.CutsTexts: (S.test_what_is_written_in_other_letters_and_at_length_comes_back,),
    reads.LosesMicroseconds: (S.test_moments_keep_their_microseconds, S.test_an_entry_is_read_as_it_was_booked),
    reads.IsDueByTheClockOnTheWall: (S.test_a_moment_is_the_same_in_every_zone,),
    reads.HasShorterPages: (
        S.test_a_page_has_a_hundred_unless_it_is_said,
        S.test_of_what_is_due_a_page_has_a_hundred_unless_it_is_said,
        S.test_of_entries_a_page_has_a_thousand_unless_it_is_said,
    ),
}


@pytest.mark.parametrize(
    ("fault", "test"),
    [pytest.param(fault, test, id=f"{fault.__name__}-{test.__name__}") for fault in FAULTS for test in FAULTS[fault]],
)
def test_a_broken_promise_is_found(fault: type[MemoryStore], test: Callable[[Any], None]) -> None:
    class Suite(StoreSuite):
        def make_store(self) -> Store:
            return fault()

    # Without its lock, a store may also fall apart inside.
    failures = (Exception,) if issubclass(fault, commits.NoLock) else (AssertionError, PaidEventsError)
    with pytest.raises(failures):
        test(Suite())


def test_no_promise_is_proved_by_a_test_that_cannot_fail() -> None:
    """Every test of the suite fails for some store."""
    every = {name for name in dir(StoreSuite) if name.startswith("test_")}
    failing = {test.__name__ for tests in FAULTS.values() for test in tests}
    assert every - failing == set()
