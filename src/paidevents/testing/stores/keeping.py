"""Records are read as they were written; a commit is written once, and whole."""

from datetime import timedelta
from typing import Any

from attrs import evolve

from paidevents.access.recording import Recording
from paidevents.catalog.listing import Listing
from paidevents.errors import ConflictError
from paidevents.ports.connection import Connection
from paidevents.ports.dossier import Dossier
from paidevents.ports.obligation import Obligation
from paidevents.ports.records import KINDS, Stored
from paidevents.ports.store import Commit, Expected
from paidevents.pricing.counters import Take
from paidevents.registration.waiting import WaitingEntry
from paidevents.testing.stores import samples
from paidevents.testing.stores.case import StoreCase, new_commit, refused, same, there, write


class Keeping(StoreCase):
    """What is kept, and under which version."""

    def test_a_fresh_store_has_nothing(self) -> None:
        store = self.make_store()
        for kind in KINDS:
            same(store.get(kind, "A1"), None, f"A fresh store has no {kind.__name__}.")
            same(store.due(kind, samples.BEGINS), (), f"In a fresh store no {kind.__name__} is due.")
        same(store.find(Dossier, "event", "talk"), (), "In a fresh store nothing is found.")
        same(store.taken("talk", ["event"]).get("event", 0), 0, "In a fresh store nothing is taken.")
        same(store.entries("talk"), (), "In a fresh store nothing is booked.")
        same(store.was_committed("commit"), False, "In a fresh store nothing was committed.")

    def test_each_kind_of_record_is_read_as_it_was_written(self) -> None:
        store, records = self.make_store(), samples.one_of_each()
        write(store, inserts=records)
        for record in records:
            kind: type[Any] = type(record)
            found = store.get(kind, KINDS[kind].id(record))
            same(found, Stored(record, 1), f"A {kind.__name__} is read as it was written, with version 1.")

    def test_records_of_two_kinds_may_have_the_same_id(self) -> None:
        store = self.make_store()
        alike = (
            samples.listing("same"),
            samples.dossier("same"),
            samples.waiting("same"),
            samples.recording("same"),
            samples.obligation("same"),
        )
        for record in alike:
            write(store, inserts=[record])
        for record in alike:
            kind: type[Any] = type(record)
            same(store.get(kind, "same"), Stored(record, 1), f"A {kind.__name__} has its id among its own kind.")
        same(store.get(Connection, "same"), None, "What was not written of a kind is not there.")

    def test_ids_are_compared_letter_by_letter(self) -> None:
        store = self.make_store()
        ids = ("A1", "a1", "A1 ", "\u00c1", "A%", "A_", "ss", "\u00df")
        for number, id in enumerate(ids):
            write(store, inserts=[samples.recording(id, of=f"e{number}")])
        for number, id in enumerate(ids):
            same(there(store, Recording, id).record.event_id, f"e{number}", f"{id!r} is no other id.")
        same(store.get(Recording, "\u00e1"), None, "An id that was not written is not there.")

    def test_what_is_written_in_other_letters_and_at_length_comes_back(self) -> None:
        store = self.make_store()
        said = (
            ("long", "\u00e9" * 5000),
            ("many", "\u65e5\u672c\u8a9e \U0001f39f\n\u0627\u0644"),
            ("quoted", "'\"\\%_;--"),
        )
        longest = samples.obligation("\U0001f39f" * 200)
        record = evolve(longest, values=said)
        write(store, inserts=[record])
        same(there(store, Obligation, record.id).record, record, "Texts come back as they were written.")

    def test_moments_keep_their_microseconds(self) -> None:
        store = self.make_store()
        record = samples.obligation(due_at=samples.NOON + timedelta(microseconds=123_457))
        write(store, inserts=[record])
        same(there(store, Obligation, record.id).record.due_at, record.due_at, "A moment is read to the microsecond.")

    def test_a_record_that_is_replaced_has_the_next_version(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.connection(account="acct_1")])
        for version in (1, 2, 3):
            changed = samples.connection(account=f"acct_{version + 1}")
            write(store, replaces=[Stored(changed, version)])
            found = there(store, Connection, changed.id)
            same(found, Stored(changed, version + 1), "Each time it is replaced, the version is one more.")

    def test_what_a_reader_holds_does_not_change(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.connection(account="acct_1")], event="talk", takes=[Take("event", 1)])
        found, taken = there(store, Connection, "stripe/42"), store.taken("talk", ["event"])
        changed = samples.connection(account="acct_2")
        write(store, replaces=[Stored(changed, 1)], event="talk", takes=[Take("event", 1)])
        same(found, Stored(samples.connection(account="acct_1"), 1), "A record that was read stays as it was read.")
        same(taken.get("event"), 1, "A count that was read stays as it was read.")

    def test_an_expected_record_stays_as_it_is(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.listing()])
        for number in (1, 2):
            write(store, inserts=[samples.dossier(f"A{number}")], expects=[Expected(Listing, "talk", 1)])
        same(there(store, Listing, "talk").version, 1, "To be expected raises no version.")

    def test_one_commit_writes_all_that_it_has(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.connection(account="acct_0")], event="talk", takes=[Take("event", 2)])
        commit = write(
            store,
            event="talk",
            inserts=[samples.dossier(), samples.waiting(), samples.recording()],
            replaces=[Stored(samples.connection(account="acct_1"), 1)],
            takes=[Take("ticket/standard", 3, 5)],
            gives=[Take("event", 1)],
            entries=[samples.entry("A1:1"), samples.entry("A1:2")],
        )
        same(there(store, Dossier, "A1").record, samples.dossier(), "The first record is written.")
        same(there(store, WaitingEntry, "w1").version, 1, "So is the second.")
        same(there(store, Recording, "film").version, 1, "So is the third.")
        same(there(store, Connection, "stripe/42").record.account, "acct_1", "What is replaced is replaced.")
        taken = store.taken("talk", ["event", "ticket/standard"])
        same((taken.get("event"), taken.get("ticket/standard")), (1, 3), "Counters are counted, both ways.")
        same([one.id for one in store.entries("talk")], ["A1:1", "A1:2"], "Entries are booked.")
        same(store.was_committed(commit.id), True, "And the commit is known.")

    def test_what_was_committed_is_known_and_nothing_else(self) -> None:
        store = self.make_store()
        commit, other = new_commit(inserts=[samples.recording()]), new_commit()
        same(store.was_committed(commit.id), False, "Before it is written, it was not committed.")
        store.commit(commit)
        same(store.was_committed(commit.id), True, "Once it is written, it was committed.")
        same(store.was_committed(other.id), False, "What was never written was not committed.")
        store.commit(other)
        same(store.was_committed(other.id), True, "One of nothing was committed as well.")

    def test_a_commit_that_is_repeated_changes_nothing(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.connection(account="acct_1")], event="talk", takes=[Take("event", 1)])
        commit = new_commit(
            event="talk",
            inserts=[samples.dossier()],
            replaces=[Stored(samples.connection(account="acct_2"), 1)],
            expects=[Expected(Connection, "stripe/42", 1)],
            takes=[Take("ticket/standard", 2, limit=2)],
            gives=[Take("event", 1)],
            entries=[samples.entry()],
        )
        for _ in range(3):
            store.commit(commit)
        same(there(store, Connection, "stripe/42").version, 2, "It replaces once.")
        same(there(store, Dossier, "A1").version, 1, "It inserts once.")
        taken = store.taken("talk", ["event", "ticket/standard"])
        same(taken.get("ticket/standard"), 2, "It takes once.")
        same(taken.get("event", 0), 0, "It gives back once.")
        same(len(store.entries("talk")), 1, "It books once.")

    def test_a_commit_is_recognised_by_its_id_whatever_came_after_it(self) -> None:
        store = self.make_store()
        commit = write(store, inserts=[samples.connection(account="acct_1")])
        write(store, replaces=[Stored(samples.connection(account="acct_2"), 1)])
        store.commit(commit)
        same(there(store, Connection, "stripe/42").record.account, "acct_2", "What came after it stays.")
        store.commit(Commit(id=commit.id, inserts=(samples.recording(),)))
        same(store.get(Recording, "film"), None, "An id is good once.")

    def test_a_commit_that_was_refused_is_written_when_it_is_tried_again(self) -> None:
        store = self.make_store()
        commit = new_commit(inserts=[samples.dossier()], expects=[Expected(Listing, "talk", 1)])
        refused(ConflictError, lambda: store.commit(commit))
        same(store.was_committed(commit.id), False, "What was refused was not committed.")
        write(store, inserts=[samples.listing()])
        store.commit(commit)
        same(store.was_committed(commit.id), True, "What was refused before can be committed.")
        same(there(store, Dossier, "A1").version, 1, "And it is written.")
