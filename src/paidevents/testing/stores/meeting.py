"""Many at once: nobody takes what another has, nothing is lost, and nobody sees half of anything."""

from functools import partial
from threading import Event

from paidevents.access.recording import Recording
from paidevents.catalog.listing import Listing
from paidevents.errors import ConflictError, DuplicateError, ExhaustedError
from paidevents.ports.connection import Connection
from paidevents.ports.obligation import Obligation
from paidevents.ports.records import Stored
from paidevents.ports.store import Expected, Store
from paidevents.pricing.counters import Take
from paidevents.testing.stores import samples
from paidevents.testing.stores.case import (
    LONGEST_WAIT_SECONDS,
    StoreCase,
    at_once,
    new_commit,
    same,
    there,
    write,
    write_surely,
)
from paidevents.testing.stores.samples import MINUTE, NOON

MANY = 64
SOME = 8
ROUNDS = 25


class Meeting(StoreCase):
    """What holds whoever else is there. Each test is of several threads that share one store."""

    def test_many_who_want_the_last_ten_places_get_ten(self) -> None:
        store = self.make_store()
        write(store, event="talk", takes=[Take("event", 90, 100)])
        takes = [Take("event", 1, 100), Take("ticket/standard", 1)]
        films = [samples.recording(f"f{number:02}") for number in range(MANY)]
        commits = [new_commit(event="talk", inserts=[film], takes=takes) for film in films]
        ended = at_once([partial(write_surely, store, commit) for commit in commits])
        won = [place for place, error in enumerate(ended) if error is None]
        same(len(won), 10, "Ten get a place.")
        lost = {type(error) for error in ended if error is not None}
        same(lost, {ExhaustedError}, "The others are told that nothing is left.")
        taken = store.taken("talk", ["event", "ticket/standard"])
        same((taken.get("event"), taken.get("ticket/standard")), (100, 10), "As many are counted.")
        written = [one.record for one in store.find(Recording, "event", "talk")]
        same(written, [films[place] for place in won], "What the winners wrote is there, and nothing of the others.")
        known = [place for place, commit in enumerate(commits) if store.was_committed(commit.id)]
        same(known, won, "The commits of the winners are known, and of nobody else.")

    def test_of_many_who_replace_a_version_one_does(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.connection()])
        for version in (1, 2, 3):
            accounts = [f"acct_{version}_{number}" for number in range(MANY)]
            commits = [new_commit(replaces=[Stored(samples.connection(account=one), version)]) for one in accounts]
            ended = at_once([partial(write_surely, store, commit) for commit in commits])
            won = [account for account, error in zip(accounts, ended, strict=True) if error is None]
            same(len(won), 1, "One of them does.")
            lost = {type(error) for error in ended if error is not None}
            same(lost, {ConflictError}, "The others are told of a conflict.")
            found = there(store, Connection, "stripe/42")
            same((found.version, found.record.account), (version + 1, won[0]), "It is as the one wrote it.")

    def test_of_many_who_insert_a_record_one_does(self) -> None:
        store = self.make_store()
        accounts = [f"acct_{number}" for number in range(MANY)]
        commits = [new_commit(inserts=[samples.connection(account=account)]) for account in accounts]
        ended = at_once([partial(write_surely, store, commit) for commit in commits])
        won = [account for account, error in zip(accounts, ended, strict=True) if error is None]
        same(len(won), 1, "One of them does.")
        lost = {type(error) for error in ended if error is not None}
        same(lost, {DuplicateError}, "The others are told that it is there.")
        found = there(store, Connection, "stripe/42")
        same((found.version, found.record.account), (1, won[0]), "It is as the one wrote it.")

    def test_the_same_commit_sent_by_many_is_written_once(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.connection()])
        commit = new_commit(
            event="talk",
            inserts=[samples.recording()],
            replaces=[Stored(samples.connection(account="acct_2"), 1)],
            takes=[Take("event", 1, 1)],
            entries=[samples.entry()],
        )
        ended = at_once([partial(write_surely, store, commit)] * MANY)
        same([error for error in ended if error is not None], [], "Nobody is refused.")
        same(there(store, Connection, "stripe/42").version, 2, "It is replaced once.")
        same(store.taken("talk", ["event"]).get("event"), 1, "It is taken once.")
        same(len(store.entries("talk")), 1, "It is booked once.")

    def test_who_reads_and_replaces_again_after_a_conflict_loses_nothing(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.obligation(due_at=NOON)])

        def add() -> None:
            for _ in range(ROUNDS):
                while not _counts_one_more(store):
                    pass

        ended = at_once([add] * SOME)
        same([error for error in ended if error is not None], [], "Everybody gets there in the end.")
        found = there(store, Obligation, "A1/1")
        wanted = SOME * ROUNDS
        same((found.record.due_at, found.version), (NOON + wanted * MINUTE, wanted + 1), "Each of them counts.")

    def test_nothing_is_sold_once_what_was_expected_has_changed(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.listing()])
        begun, closed, seen, sold = Event(), Event(), list[int](), list[str]()

        def close() -> None:
            begun.wait(LONGEST_WAIT_SECONDS)
            try:
                write_surely(store, new_commit(replaces=[Stored(samples.on_sale(), 1)]))
                seen.append(store.taken("talk", ["event"]).get("event", 0))
            finally:
                closed.set()

        def sell() -> None:
            was_closed = False
            while not was_closed:
                was_closed = closed.is_set()
                sale = new_commit(event="talk", takes=[Take("event", 1)], expects=[Expected(Listing, "talk", 1)])
                write_surely(store, sale)
                sold.append(sale.id)
                begun.set()

        ended = at_once([close, *[sell] * SOME])
        same([type(error) for error in ended], [type(None), *[ConflictError] * SOME], "Each sale ends with a conflict.")
        taken = store.taken("talk", ["event"]).get("event", 0)
        same((seen, taken), ([len(sold)], len(sold)), "After the change, no place is taken any more.")

    def test_counters_in_any_order_keep_nobody_waiting_for_ever(self) -> None:
        store = self.make_store()
        there_and_back = (Take("a", 1), Take("b", 1)), (Take("b", 1), Take("a", 1))

        def take(number: int) -> None:
            for _ in range(ROUNDS):
                write_surely(store, new_commit(event="talk", takes=there_and_back[number % 2]))

        ended = at_once([partial(take, number) for number in range(SOME)])
        same([error for error in ended if error is not None], [], "Everybody gets there in the end.")
        taken = store.taken("talk", ["a", "b"])
        same((taken.get("a"), taken.get("b")), (SOME * ROUNDS, SOME * ROUNDS), "Each of them counts.")

    def test_a_reader_sees_all_of_a_commit_or_nothing_of_it(self) -> None:
        store = self.make_store()
        pair = ("first", "second")
        write(store, inserts=[samples.obligation(id) for id in pair])
        over = Event()

        def change() -> None:
            try:
                for number in range(1, ROUNDS + 1):
                    _change_both(store, number)
            finally:
                over.set()

        def look() -> None:
            while True:
                was_over = over.is_set()
                _look_at_both(store)
                if was_over:
                    return

        ended = at_once([change, *[look] * 3])
        same([error for error in ended if error is not None], [], "Nobody is refused.")
        same(there(store, Obligation, "first").version, ROUNDS + 1, "All was written.")


def _counts_one_more(store: Store) -> bool:
    """Read a record and have it a minute later; whether nobody else came first."""
    found = there(store, Obligation, "A1/1")
    later = samples.obligation(due_at=found.record.due_at + MINUTE)
    try:
        write_surely(store, new_commit(replaces=[Stored(later, found.version)]))
    except ConflictError:
        return False
    return True


def _change_both(store: Store, number: int) -> None:
    moment = NOON + number * MINUTE
    commit = new_commit(
        event="talk",
        replaces=[Stored(samples.obligation(id, due_at=moment), number) for id in ("first", "second")],
        takes=[Take("first", 1), Take("second", 1)],
        entries=[samples.entry(f"{id}:{number}") for id in ("first", "second")],
    )
    write_surely(store, commit)


def _look_at_both(store: Store) -> None:
    first, second = (there(store, Obligation, id).version for id in ("first", "second"))
    same(first <= second, True, f"Who reads later sees no less: first version {first}, then {second}.")
    found = [one.version for one in store.find(Obligation, "order", "A1")]
    same(found, [found[0]] * 2, "Both are found, of one commit.")
    due = [(one.record.id, one.version) for one in store.due(Obligation, samples.BEGINS)]
    same(due, [("first", due[0][1]), ("second", due[0][1])], "Both are due, of one commit.")
    taken = store.taken("talk", ["first", "second"])
    same(taken.get("first", 0), taken.get("second", 0), "Both are counted, of one commit.")
    booked = len(store.entries("talk"))
    same(booked % 2, 0, "Both are booked, of one commit.")
    counted = store.taken("talk", ["first"]).get("first", 0)
    same(booked <= 2 * counted, True, "Who reads later sees no less: what was booked is counted.")
