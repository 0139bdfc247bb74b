"""Records are found by what they say now, in order of their ids, page by page."""

from collections.abc import Sequence
from typing import Any

from attrs import evolve

from paidevents.access.recording import Recording
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import SYSTEM
from paidevents.errors import PROVIDER_FAILED
from paidevents.ports.connection import Connection
from paidevents.ports.dossier import Dossier
from paidevents.ports.obligation import Obligation
from paidevents.ports.records import KINDS, Record, Stored, account_key, payment_key, waiting_key
from paidevents.ports.store import Store
from paidevents.registration.waiting import WaitingEntry
from paidevents.testing.stores import samples
from paidevents.testing.stores.case import StoreCase, same, write

_OFFERED = samples.waiting("w2", offered_until=samples.BEGINS)

# Every index, with a record that is found by it, and by what.
INDEXES: Sequence[tuple[Record, str, str]] = (
    (samples.listing(), "all", "event"),
    (samples.listing(), "organizer", "42"),
    (samples.full_dossier(), "event", "talk"),
    (samples.full_dossier(), "account", "7"),
    (samples.full_dossier(), "open", "payment"),
    (samples.full_dossier(), "owed", "talk"),
    (samples.full_dossier(), "payment", payment_key("stripe:test", "acct_1", "cs_A1")),
    (samples.full_dossier(), "pass", "A1-1"),
    (samples.waiting(), "event", "talk"),
    (samples.waiting(), "waiting", waiting_key("talk", "standard")),
    (samples.waiting(), "waiting_for", "talk"),
    (samples.waiting(), "open", "waiting"),
    (_OFFERED, "order", "A9"),
    (samples.recording(), "event", "talk"),
    (samples.connection(), "owner", "42"),
    (samples.connection(), "account", account_key("stripe:test", "acct_1")),
    (samples.obligation(), "order", "A1"),
    (samples.obligation().left_to_a_person(PROVIDER_FAILED), "stuck", "talk"),
)


def _type(record: Record) -> type[Any]:
    return type(record)


def _found(store: Store, kind: type[Any], by: str, value: str, **page: Any) -> list[str]:
    return [KINDS[kind].id(one.record) for one in store.find(kind, by, value, **page)]


def _films(store: Store, *ids: str, of: str = "talk") -> None:
    for id in ids:
        write(store, inserts=[samples.recording(id, of=of)])


class Finding(StoreCase):
    """What `find` answers."""

    def test_a_record_is_found_by_each_of_its_indexes(self) -> None:
        for record, by, value in INDEXES:
            store, kind = self.make_store(), _type(record)
            write(store, inserts=[record])
            found = store.find(kind, by, value)
            same(found, (Stored(record, 1),), f"This {kind.__name__} is found by {by}.")
            same(store.find(kind, by, f"{value}x"), (), f"It is not found by another {by}.")
            same(store.find(kind, by, value[:-1]), (), f"Nor by the beginning of its {by}.")

    def test_a_record_is_not_found_by_what_it_does_not_say(self) -> None:
        store = self.make_store()
        nobody = samples.obligation("plain", order="")
        done = samples.obligation("A2/1", order="A2").done(samples.NOON)
        write(store, inserts=[samples.dossier(), _OFFERED, nobody, done, samples.recording(of="other")])
        same(store.find(Dossier, "account", ""), (), "Who has no account is not found by an empty one.")
        same(store.find(Dossier, "open", "payment"), (), "An order without payments has none that is open.")
        same(store.find(Dossier, "owed", "talk"), (), "An order without refunds owes none.")
        same(store.find(WaitingEntry, "waiting", "talk/standard"), (), "Who has an offer no longer waits.")
        same(store.find(WaitingEntry, "waiting_for", "talk"), (), "Nor for the event.")
        same(store.find(WaitingEntry, "open", "waiting"), (), "Nor at all.")
        same(store.find(Obligation, "order", ""), (), "What is for no order is not found by an empty one.")
        same(store.find(Obligation, "order", "A2"), (), "What is done is not found by its order.")
        same(store.find(Obligation, "stuck", "talk"), (), "What goes on by itself is not stuck.")
        same(store.find(Recording, "event", "talk"), (), "The recording of another event is not found.")

    def test_kinds_are_found_apart(self) -> None:
        store = self.make_store()
        write(store, inserts=samples.one_of_each())
        found: tuple[Stored[Any], ...] = (
            *store.find(Dossier, "event", "talk"),
            *store.find(WaitingEntry, "event", "talk"),
            *store.find(Recording, "event", "talk"),
        )
        kinds = [type(one.record) for one in found]
        same(
            kinds, [Dossier, WaitingEntry, Recording], "Of all that belongs to an event, each kind is found by itself."
        )

    def test_values_are_compared_letter_by_letter(self) -> None:
        store = self.make_store()
        for owner in ("Ana", "ana", "ana ", "an\u00e4", "a%"):
            write(store, inserts=[samples.connection(owner)])
        for owner in ("Ana", "ana", "ana ", "an\u00e4", "a%"):
            same(_found(store, Connection, "owner", owner), [f"stripe/{owner}"], f"{owner!r} is no other owner.")
        same(_found(store, Connection, "owner", "ANA"), [], "Nor is it found in other letters.")

    def test_records_are_found_in_order_of_code_points(self) -> None:
        store = self.make_store()
        # In no alphabet, and in UTF-16 the last two would change places.
        in_order = ["A10", "A2", "A2 ", "B", "_", "a", "a-b", "ab", "z", "\u00e9", "\u65e5", "\uff5e", "\U0001f39f"]
        _films(store, *in_order[::2], *in_order[1::2])
        same(_found(store, Recording, "event", "talk"), in_order, "They come in order of code points.")

    def test_pages_have_each_record_once(self) -> None:
        store = self.make_store()
        ids = [f"f{number:02}" for number in range(17)]
        _films(store, *ids[::-1])
        _films(store, "f005", "f99", of="other")
        for limit in (1, 2, 5, 16, 17, 18):
            seen, after = list[str](), ""
            while page := _found(store, Recording, "event", "talk", after=after, limit=limit):
                same(
                    (len(page) <= limit, set(seen) & set(page)), (True, set()), f"A page has {limit} new ones at most."
                )
                seen, after = seen + page, page[-1]
            same(seen, ids, f"Pages of {limit} have each record once, in order.")

    def test_a_page_begins_after_an_id_that_need_not_be_there(self) -> None:
        store = self.make_store()
        _films(store, "b", "d", "f")
        for after, wanted in (
            ("", "bdf"),
            ("a", "bdf"),
            ("b", "df"),
            ("c", "df"),
            ("dd", "f"),
            ("f", ""),
            ("\u00e9", ""),
        ):
            found = _found(store, Recording, "event", "talk", after=after)
            same(found, list(wanted), f"After {after!r} come those whose ids come after it.")

    def test_a_page_has_a_hundred_unless_it_is_said(self) -> None:
        store = self.make_store()
        ids = [f"f{number:03}" for number in range(101)]
        write(store, inserts=[samples.recording(id) for id in ids])
        same(_found(store, Recording, "event", "talk"), ids[:100], "A page has the first hundred.")
        same(_found(store, Recording, "event", "talk", limit=200), ids, "A longer one has all.")

    def test_a_replaced_record_is_found_by_what_it_says_now(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.listing(organizer="42"), samples.listing("other", organizer="42")])
        write(store, replaces=[Stored(samples.listing(organizer="43"), 1)])
        same(_found(store, Listing, "organizer", "43"), ["talk"], "It is found by the new value.")
        same(_found(store, Listing, "organizer", "42"), ["other"], "It is no longer found by the old one.")
        write(store, replaces=[Stored(samples.on_sale(organizer="42"), 2)])
        same(_found(store, Listing, "organizer", "42"), ["other", "talk"], "It can go back.")
        found = store.find(Listing, "organizer", "42")[1]
        same(found, Stored(samples.on_sale(organizer="42"), 3), "It is found as it is now.")

    def test_indexes_come_and_go_with_what_a_record_says(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.dossier(), samples.waiting(), samples.obligation()])
        full, stuck = samples.full_dossier(), samples.obligation().left_to_a_person(PROVIDER_FAILED)
        write(store, replaces=[Stored(full, 1), Stored(stuck, 1)])
        same(_found(store, Dossier, "open", "payment"), ["A1"], "Its payment is open now.")
        same(_found(store, Dossier, "pass", "A1-1"), ["A1"], "It has a pass now.")
        same(_found(store, Obligation, "stuck", "talk"), ["A1/1"], "It is stuck now.")
        left = samples.waiting().left(at=samples.NOON, by=SYSTEM)[1]
        again = evolve(samples.obligation(), tries=3)
        write(store, replaces=[Stored(samples.dossier(), 2), Stored(left, 1), Stored(again, 2)])
        same(_found(store, Dossier, "open", "payment"), [], "No payment is open any more.")
        same(_found(store, Dossier, "pass", "A1-1"), [], "It has no pass any more.")
        same(_found(store, Obligation, "stuck", "talk"), [], "It goes on again.")
        same(_found(store, WaitingEntry, "waiting", "talk/standard"), [], "Nobody waits any more.")
        same(_found(store, WaitingEntry, "event", "talk"), ["w1"], "Who has left is still of the event.")

    def test_a_record_with_several_values_of_one_index_is_found_by_each(self) -> None:
        store = self.make_store()
        full = samples.full_dossier()
        (first,) = full.payments
        second = evolve(first, id="A1-p2", ref=evolve(first.ref, id="cs_2") if first.ref else None)
        write(store, inserts=[evolve(full, payments=(first, second))])
        for id in ("cs_A1", "cs_2"):
            found = _found(store, Dossier, "payment", payment_key("stripe:test", "acct_1", id))
            same(found, ["A1"], f"It is found by its payment {id}.")
        same(_found(store, Dossier, "open", "payment"), ["A1"], "It is found once by what two payments say.")
