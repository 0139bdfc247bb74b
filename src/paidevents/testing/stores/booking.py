"""The ledger: entries stay as they were booked, in the order in which they were committed."""

from datetime import timedelta
from typing import Any

from paidevents.ports.store import Store
from paidevents.testing.stores import samples
from paidevents.testing.stores.case import StoreCase, same, write


def _book(store: Store, *ids: str, event: str = "talk", order: str = "A1") -> None:
    write(store, event=event, entries=[samples.entry(id, order=order) for id in ids])


def _booked(store: Store, event: str = "talk", **page: Any) -> list[str]:
    return [one.id for one in store.entries(event, **page)]


class Booking(StoreCase):
    """What `entries` answers."""

    def test_an_entry_is_read_as_it_was_booked(self) -> None:
        store = self.make_store()
        at = samples.NOON + timedelta(microseconds=1)
        entry = samples.entry("A1:\u00e9", order="A 1", minor=2**62, at=at)
        write(store, event="talk", entries=[entry])
        same(store.entries("talk"), (entry,), "It is read as it was booked.")

    def test_entries_come_in_the_order_in_which_they_were_committed(self) -> None:
        store = self.make_store()
        for number, id in enumerate(("b", "A", "c")):
            at = samples.NOON - timedelta(days=number)
            write(store, event="talk", entries=[samples.entry(f"{id}:2", at=at), samples.entry(f"{id}:1", at=at)])
        same(_booked(store), ["b:2", "b:1", "A:2", "A:1", "c:2", "c:1"], "Neither by id nor by date.")

    def test_entries_of_one_order_can_be_asked_for(self) -> None:
        store = self.make_store()
        _book(store, "A1:1", "A1:2")
        _book(store, "a1:1", order="a1")
        _book(store, "A1:3")
        _book(store, "A11:1", order="A11")
        same(_booked(store, order="A1"), ["A1:1", "A1:2", "A1:3"], "Those of the order, in order.")
        same(_booked(store, order="a1"), ["a1:1"], "Orders are told apart letter by letter.")
        same(_booked(store, order="A"), [], "Of an order without entries there are none.")
        same(len(_booked(store)), 5, "Without an order, there are all.")

    def test_entries_of_two_events_are_apart(self) -> None:
        store = self.make_store()
        _book(store, "A1:1")
        _book(store, "B1:1", event="other", order="B1")
        same(_booked(store), ["A1:1"], "Each event has its own.")
        same(_booked(store, "other"), ["B1:1"], "So has the other.")
        same(_booked(store, "third"), [], "An event without entries has none.")

    def test_pages_of_entries_have_each_once(self) -> None:
        store = self.make_store()
        ids = [f"{number * 7 % 17}" for number in range(17)]
        for id in ids:
            _book(store, id, order="even" if int(id) % 2 == 0 else "odd")
        wanted = {"": ids, "even": [id for id in ids if int(id) % 2 == 0]}
        for order, all_of_it in wanted.items():
            for limit in (1, 2, 5, 17, 100):
                seen, after = list[str](), ""
                while page := _booked(store, order=order, after=after, limit=limit):
                    same((len(page) <= limit, set(seen) & set(page)), (True, set()), f"A page has {limit} new ones.")
                    seen, after = seen + page, page[-1]
                same(seen, all_of_it, f"Pages of {limit} have each entry once, in order.")

    def test_those_of_an_order_can_come_after_an_entry_of_another(self) -> None:
        store = self.make_store()
        _book(store, "A1:1")
        _book(store, "B1:1", order="B1")
        _book(store, "A1:2")
        same(_booked(store, order="A1", after="B1:1"), ["A1:2"], "What counts is when it was committed.")

    def test_of_entries_a_page_has_a_thousand_unless_it_is_said(self) -> None:
        store = self.make_store()
        ids = [f"{number}" for number in range(1001)]
        _book(store, *ids[:1000])
        _book(store, *ids[1000:])
        same(_booked(store), ids[:1000], "A page has the first thousand.")
        same(_booked(store, limit=2000), ids, "A longer one has all.")
