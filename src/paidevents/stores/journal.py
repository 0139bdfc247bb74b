"""The entries of one event's ledger in memory, in the order in which they were committed."""

from bisect import bisect_left

from paidevents.ledger.entry import Entry


class Journal:
    """What was booked for one event."""

    __slots__ = ("_entries", "_of_orders", "_places")

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._places: dict[str, int] = {}
        self._of_orders: dict[str, list[int]] = {}

    def __contains__(self, id: object) -> bool:
        return id in self._places

    def append(self, entry: Entry) -> None:
        """One more, which is not there yet."""
        place = len(self._entries)
        self._entries.append(entry)
        self._places[entry.id] = place
        self._of_orders.setdefault(entry.order, []).append(place)

    def page(self, order: str, after: str, limit: int) -> tuple[Entry, ...]:
        """
        So many of an order, or of all where *order* is empty, that come after an entry.

        Nothing comes after an entry that is not there.
        """
        start = 0
        if after:
            if after not in self:
                return ()
            start = self._places[after] + 1
        if not order:
            return tuple(self._entries[start : start + limit])
        places = self._of_orders.get(order, [])
        first = bisect_left(places, start)
        return tuple(self._entries[place] for place in places[first : first + limit])
