"""What does not fit what is there is refused, and nothing of it is written."""

from collections.abc import Mapping
from typing import Any

from paidevents.access.recording import Recording
from paidevents.catalog.listing import Listing
from paidevents.errors import ConflictError, CorruptRecordError, DuplicateError, ExhaustedError, StoreError
from paidevents.ports.connection import Connection
from paidevents.ports.dossier import Dossier
from paidevents.ports.obligation import Obligation
from paidevents.ports.records import Stored
from paidevents.ports.store import Expected, Store
from paidevents.pricing.counters import Take
from paidevents.registration.waiting import WaitingEntry
from paidevents.testing.stores import samples
from paidevents.testing.stores.case import StoreCase, new_commit, refused, same, write

# What is there before a commit is refused.
_BEFORE: Mapping[str, Any] = {
    "event": "talk",
    "inserts": (samples.on_sale(), samples.connection(), samples.obligation()),
    "takes": (Take("event", 2), Take("ticket/standard", 2)),
    "entries": (samples.entry("A1:1"),),
}
# What could be written now, and all of which has to be seen to be missing.
_GOOD: Mapping[str, Any] = {
    "event": "talk",
    "inserts": (samples.full_dossier(), samples.waiting(), samples.recording()),
    "replaces": (
        Stored(samples.connection(account="acct_2"), 1),
        Stored(samples.obligation().done(samples.NOON), 1),
    ),
    "expects": (Expected(Listing, "talk", 1),),
    "takes": (Take("capacity/all", 1, 1), Take("event", 1, 3)),
    "gives": (Take("ticket/standard", 2),),
    "entries": (samples.entry("A1:2"), samples.entry("A1:3")),
}


def _seen(store: Store) -> tuple[object, ...]:
    """All that the good commit would change."""
    taken = store.taken("talk", ["capacity/all", "event", "ticket/standard"])
    return (
        store.get(Dossier, "A1"),
        store.get(WaitingEntry, "w1"),
        store.get(Recording, "film"),
        store.get(Connection, "stripe/42"),
        store.get(Obligation, "A1/1"),
        store.get(Listing, "talk"),
        store.find(Dossier, "event", "talk"),
        store.find(WaitingEntry, "waiting", "talk/standard"),
        store.find(Connection, "owner", "42"),
        store.due(Dossier, samples.BEGINS),
        store.due(Obligation, samples.BEGINS),
        sorted((counter, count) for counter, count in taken.items() if count),
        store.entries("talk"),
    )


class Refusing(StoreCase):
    """Versions, duplicates, and that nothing is written by halves."""

    def test_a_record_that_was_replaced_meanwhile_is_a_conflict(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.connection(account="acct_1")])
        write(store, replaces=[Stored(samples.connection(account="acct_2"), 1)])
        late = Stored(samples.connection(account="acct_3"), 1)
        error = refused(ConflictError, lambda: write(store, replaces=[late]))
        same((error.id, error.expected, error.found), ("stripe/42", 1, 2), "It says which, and both versions.")
        found = store.get(Connection, "stripe/42")
        same(found, Stored(samples.connection(account="acct_2"), 2), "Who came first stays.")

    def test_a_version_that_was_never_there_is_a_conflict(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.connection()])
        ahead = Stored(samples.connection(account="acct_2"), 2)
        error = refused(ConflictError, lambda: write(store, replaces=[ahead]))
        same((error.expected, error.found), (2, 1), "It says both versions.")

    def test_replacing_what_is_not_there_is_a_conflict(self) -> None:
        store = self.make_store()
        error = refused(ConflictError, lambda: write(store, replaces=[Stored(samples.connection(), 1)]))
        same((error.id, error.expected, error.found), ("stripe/42", 1, None), "It says that nothing was found.")
        same(store.get(Connection, "stripe/42"), None, "And nothing is made of it.")

    def test_an_expected_record_that_was_replaced_meanwhile_is_a_conflict(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.listing()])
        write(store, replaces=[Stored(samples.on_sale(), 1)])
        expects = [Expected(Listing, "talk", 1)]
        error = refused(ConflictError, lambda: write(store, inserts=[samples.dossier()], expects=expects))
        same((error.id, error.expected, error.found), ("talk", 1, 2), "It says which, and both versions.")
        same(store.get(Dossier, "A1"), None, "And nothing is written.")

    def test_an_expected_record_that_is_not_there_is_a_conflict(self) -> None:
        store = self.make_store()
        expects = [Expected(Listing, "talk", 1)]
        error = refused(ConflictError, lambda: write(store, inserts=[samples.dossier()], expects=expects))
        same((error.id, error.expected, error.found), ("talk", 1, None), "It says that nothing was found.")

    def test_what_a_commit_expects_is_what_was_there_before_it(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.connection(account="acct_1")])
        replaces = [Stored(samples.connection(account="acct_2"), 1)]
        after = [Expected(Connection, "stripe/42", 2)]
        refused(ConflictError, lambda: write(store, replaces=replaces, expects=after))
        own = [Expected(Listing, "talk", 1)]
        refused(ConflictError, lambda: write(store, inserts=[samples.listing()], expects=own))
        write(store, replaces=replaces, expects=[Expected(Connection, "stripe/42", 1)])
        same(store.get(Listing, "talk"), None, "What was refused was not written.")

    def test_a_record_that_is_there_is_not_inserted_again(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.connection(account="acct_1")])
        error = refused(DuplicateError, lambda: write(store, inserts=[samples.connection(account="acct_2")]))
        same(error.key, "stripe/42", "It says which.")
        found = store.get(Connection, "stripe/42")
        same(found, Stored(samples.connection(account="acct_1"), 1), "What was there stays.")

    def test_a_record_comes_once_in_a_commit(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.connection(account="acct_1")])
        twice = [samples.recording(of="talk"), samples.recording(of="other")]
        same(refused(DuplicateError, lambda: write(store, inserts=twice)).key, "film", "It is inserted once.")
        same(store.get(Recording, "film"), None, "And if not, not at all.")
        both = [Stored(samples.connection(account=f"acct_{number}"), 1) for number in (2, 3)]
        same(refused(DuplicateError, lambda: write(store, replaces=both)).key, "stripe/42", "It is replaced once.")
        mixed = {"inserts": [samples.connection(account="acct_2")], "replaces": both[:1]}
        refused(DuplicateError, lambda: write(store, **mixed))
        found = store.get(Connection, "stripe/42")
        same(found, Stored(samples.connection(account="acct_1"), 1), "What was there stays.")

    def test_an_entry_is_booked_once(self) -> None:
        store = self.make_store()
        write(store, event="talk", entries=[samples.entry("A1:1")])
        again = [samples.entry("A1:2"), samples.entry("A1:1", minor=500)]
        error = refused(DuplicateError, lambda: write(store, event="talk", entries=again))
        same(error.key, "A1:1", "It says which.")
        twice = [samples.entry("A1:3"), samples.entry("A1:3")]
        refused(DuplicateError, lambda: write(store, event="talk", entries=twice))
        same(store.entries("talk"), (samples.entry("A1:1"),), "Nothing else is booked.")

    def test_nothing_is_written_when_a_replaced_record_is_another(self) -> None:
        self._is_whole(ConflictError, replaces=(*_GOOD["replaces"], Stored(samples.on_sale(), 7)))

    def test_nothing_is_written_when_a_replaced_record_is_missing(self) -> None:
        self._is_whole(ConflictError, replaces=(*_GOOD["replaces"], Stored(samples.recording("none"), 1)))

    def test_nothing_is_written_when_an_expected_record_is_another(self) -> None:
        self._is_whole(ConflictError, expects=(*_GOOD["expects"], Expected(Connection, "stripe/42", 2)))

    def test_nothing_is_written_when_an_expected_record_is_missing(self) -> None:
        self._is_whole(ConflictError, expects=(*_GOOD["expects"], Expected(Dossier, "none", 1)))

    def test_nothing_is_written_when_an_inserted_record_is_there(self) -> None:
        self._is_whole(DuplicateError, inserts=(*_GOOD["inserts"], samples.on_sale()))

    def test_nothing_is_written_when_a_record_comes_twice(self) -> None:
        self._is_whole(DuplicateError, inserts=(*_GOOD["inserts"], samples.recording()))

    def test_nothing_is_written_when_an_entry_is_there(self) -> None:
        self._is_whole(DuplicateError, entries=(*_GOOD["entries"], samples.entry("A1:1")))

    def test_nothing_is_written_when_a_counter_is_exhausted(self) -> None:
        self._is_whole(ExhaustedError, takes=(*_GOOD["takes"], Take("tier/standard/early", 1, 0)))

    def test_nothing_is_written_when_more_is_given_back_than_was_taken(self) -> None:
        self._is_whole(CorruptRecordError, gives=(*_GOOD["gives"], Take("tier/standard/early", 1)))

    def _is_whole(self, kind: type[StoreError], **spoilt: object) -> None:
        """A commit with one fault leaves all as it was; without the fault it is written."""
        store = self.make_store()
        write(store, **_BEFORE)
        before = _seen(store)
        commit = new_commit(**{**_GOOD, **spoilt})
        refused(kind, lambda: store.commit(commit))
        same(_seen(store), before, "What is refused leaves all as it was.")
        same(store.was_committed(commit.id), False, "What is refused was not committed.")
        write(store, **_GOOD)
        changed = [one == two for one, two in zip(_seen(store), before, strict=True)]
        # Only the listing is as it was: it was expected.
        same([place for place, stays in enumerate(changed) if stays], [5], "What fits is written.")
