"""What somebody has to look at is found when it is time, the longest due first."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from paidevents.access.recording import Recording
from paidevents.catalog.listing import Listing
from paidevents.errors import PROVIDER_FAILED
from paidevents.ports.connection import Connection
from paidevents.ports.dossier import Dossier
from paidevents.ports.obligation import LEASE, Obligation
from paidevents.ports.records import KINDS, Stored
from paidevents.ports.store import Store
from paidevents.registration.waiting import WaitingEntry
from paidevents.testing.stores import samples
from paidevents.testing.stores.case import StoreCase, same, write
from paidevents.testing.stores.samples import BEGINS, MINUTE, NOON

_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_LEAST = timedelta(microseconds=1)


def _due(store: Store, kind: type[Any], until: datetime = _LATEST, **page: Any) -> list[str]:
    return [KINDS[kind].id(one.record) for one in store.due(kind, until, **page)]


class Looking(StoreCase):
    """What `due` answers."""

    def test_what_is_due_is_found_from_its_moment_on(self) -> None:
        store = self.make_store()
        record = samples.obligation(due_at=NOON)
        write(store, inserts=[record])
        same(store.due(Obligation, NOON - _LEAST), (), "Before its moment it is not due.")
        same(store.due(Obligation, NOON), (Stored(record, 1),), "At its moment it is due.")
        same(_due(store, Obligation), ["A1/1"], "It stays due.")

    def test_each_kind_is_due_when_it_says(self) -> None:
        store = self.make_store()
        write(store, inserts=[*samples.one_of_each(), samples.waiting("w2", offered_until=NOON + MINUTE)])
        moments = {
            Listing: (BEGINS, "talk"),
            Dossier: (NOON + 15 * MINUTE, "A1"),
            WaitingEntry: (NOON + MINUTE, "w2"),
            Obligation: (NOON, "A1/1"),
        }
        for kind, (moment, id) in moments.items():
            same(_due(store, kind, moment - _LEAST), [], f"Before its moment a {kind.__name__} is not due.")
            same(_due(store, kind, moment), [id], f"At its moment a {kind.__name__} is due.")
        for never in (Recording, Connection):
            same(_due(store, never), [], f"A {never.__name__} is never due.")

    def test_a_moment_is_the_same_in_every_zone(self) -> None:
        store = self.make_store()
        write(store, inserts=[samples.obligation(due_at=NOON)])
        for hours in (-11, 5, 14):
            moment = NOON.astimezone(timezone(timedelta(hours=hours)))
            same(_due(store, Obligation, moment), ["A1/1"], f"It is due at noon, {hours} hours east as well.")
            same(_due(store, Obligation, moment - _LEAST), [], "And not before.")

    def test_the_longest_due_comes_first_and_then_the_smaller_id(self) -> None:
        store = self.make_store()
        made = (("b", 2), ("z", 0), ("a", 2), ("\u00e9", 1), ("B", 2), ("c", 1))
        for id, minutes in made:
            write(store, inserts=[samples.obligation(id, due_at=NOON + minutes * MINUTE)])
        same(_due(store, Obligation), ["z", "c", "\u00e9", "B", "a", "b"], "First by the moment, then by the id.")
        same(_due(store, Obligation, NOON + MINUTE), ["z", "c", "\u00e9"], "And only those that are due.")

    def test_a_few_microseconds_make_an_order(self) -> None:
        store = self.make_store()
        for id, microseconds in (("a", 10), ("b", 9), ("c", 100), ("d", 0)):
            due_at = NOON + timedelta(microseconds=microseconds)
            write(store, inserts=[samples.obligation(id, due_at=due_at)])
        same(_due(store, Obligation), ["d", "b", "a", "c"], "The longest due comes first, to the microsecond.")

    def test_pages_of_what_is_due_have_each_record_once(self) -> None:
        store = self.make_store()
        moments = {f"o{number:02}": NOON + number % 4 * MINUTE for number in range(18)}
        for id, moment in moments.items():
            write(store, inserts=[samples.obligation(id, due_at=moment)])
        until = NOON + 2 * MINUTE
        wanted = sorted((moment, id) for id, moment in moments.items() if moment <= until)
        for limit in (1, 2, 3, 7, 100):
            seen, after = list[tuple[datetime, str]](), None
            while page := _due(store, Obligation, until, after=after, limit=limit):
                new = [(moments[id], id) for id in page]
                same((len(new) <= limit, set(seen) & set(new)), (True, set()), f"A page has {limit} new ones at most.")
                seen += new
                after = seen[-1]
            same(seen, wanted, f"Pages of {limit} have each record once, in order.")

    def test_a_page_begins_after_a_moment_and_an_id_that_need_not_be_there(self) -> None:
        store = self.make_store()
        for id, minutes in (("b", 0), ("a", 1), ("c", 1)):
            write(store, inserts=[samples.obligation(id, due_at=NOON + minutes * MINUTE)])
        later = NOON + MINUTE
        for after, wanted in (
            ((NOON, ""), "bac"),
            ((NOON, "b"), "ac"),
            ((NOON, "z"), "ac"),
            ((later - _LEAST, "z"), "ac"),
            ((later, "a"), "c"),
            ((later, "b"), "c"),
            ((later, "c"), ""),
            ((later.astimezone(timezone(timedelta(hours=9))), "a"), "c"),
        ):
            same(_due(store, Obligation, after=after), list(wanted), f"After {after} come those that come after it.")

    def test_a_replaced_record_is_due_when_it_says_now(self) -> None:
        store = self.make_store()
        record = samples.obligation(due_at=NOON)
        write(store, inserts=[record, samples.obligation("other", due_at=NOON + MINUTE)])
        claimed = record.claimed(NOON)
        write(store, replaces=[Stored(claimed, 1)])
        same(_due(store, Obligation, NOON), [], "While somebody is at it, it is not due.")
        same(store.due(Obligation, NOON + LEASE)[0], Stored(claimed, 2), "When the lease is over, it is due again.")
        later = claimed.later(NOON + 2 * MINUTE)
        write(store, replaces=[Stored(later, 2)])
        same(_due(store, Obligation), ["other", "A1/1"], "What is tried later comes later.")
        write(store, replaces=[Stored(later.done(NOON), 3)])
        same(_due(store, Obligation), ["other"], "What is done is not due any more.")
        write(store, replaces=[Stored(record, 4)])
        same(_due(store, Obligation), ["A1/1", "other"], "What is to be done again is due again.")
        write(store, replaces=[Stored(record.left_to_a_person(PROVIDER_FAILED), 5)])
        same(_due(store, Obligation), ["other"], "What is stuck is not due.")

    def test_of_what_is_due_a_page_has_a_hundred_unless_it_is_said(self) -> None:
        store = self.make_store()
        ids = [f"o{number:03}" for number in range(101)]
        write(store, inserts=[samples.obligation(id) for id in ids])
        same(_due(store, Obligation), ids[:100], "A page has the first hundred.")
        same(_due(store, Obligation, limit=200), ids, "A longer one has all.")
