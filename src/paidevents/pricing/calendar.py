"""What holds at a moment: the season, and the taxes. Each is worked out when it is first asked for, and kept."""

from datetime import datetime

from paidevents.catalog.event import Event
from paidevents.pricing.buyer import Buyer
from paidevents.pricing.season import BEGINNING, Goods, Season, edges_of
from paidevents.pricing.taxation import Taxation, Taxes, taxation_of


class Calendar:
    """
    The seasons of an event, by their place in time.

    Attributes:
        edges: Every moment at which one ends and the next begins, in order.
    """

    __slots__ = ("_event", "_goods", "_seasons", "_taxations", "edges")

    def __init__(self, event: Event, goods: Goods) -> None:
        self._event = event
        self._goods = goods
        self.edges = edges_of(event)
        self._seasons: dict[int, Season] = {}
        self._taxations: dict[tuple[int, str | None, bool], Taxation] = {}

    def season(self, index: int) -> Season:
        """The season after so many edges."""
        found = self._seasons.get(index)
        if found is None:
            starts_at = self.edges[index - 1] if index else BEGINNING
            until = self.edges[index] if index < len(self.edges) else None
            found = self._seasons[index] = Season(self._event, self._goods, starts_at, until)
        return found

    def taxation(self, index: int, at: datetime, buyer: Buyer | None, taxes: Taxes | None) -> Taxation:
        """The taxes of *buyer* at a moment in that season; those of a host's own service are asked for each time."""
        if taxes is not None:
            return taxation_of(self._event, at, buyer, taxes)
        key = (index, None, False) if buyer is None else (index, buyer.country, buyer.business_number is not None)
        found = self._taxations.get(key)
        if found is None:
            found = self._taxations[key] = taxation_of(self._event, at, buyer, None)
        return found
