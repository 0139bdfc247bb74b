"""
Prices that were worked out before.

During a sale the same few baskets are asked for over and over, and of all that
is sold meanwhile hardly anything changes their price. A price is found again by
what was asked for and by the answers to what it had to know of the counters.
"""

from collections.abc import Hashable, Mapping
from typing import Any

from paidevents.pricing.availability import Availability, Question, answers
from paidevents.pricing.record import Record


class Known:
    """
    A price that is kept.

    Attributes:
        record: The price.
        views: What was made of it for readers.
    """

    __slots__ = ("record", "views")

    def __init__(self, record: Record) -> None:
        self.record = record
        self.views: dict[str, Any] = {}


class Memory:
    """
    Prices of at most so many places together.

    When it is full it begins anew: what is asked for often is soon back.
    """

    __slots__ = ("_count", "_known", "_most")

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0
        self._known: dict[Hashable, dict[tuple[Question, ...], dict[tuple[int, ...], Known]]] = {}

    def find(self, key: Hashable, taken: Mapping[str, int]) -> Known | None:
        """The price of what *key* asks for, as far as *taken* makes no difference to it."""
        variants = self._known.get(key)
        if variants is not None:
            for questions, by_answers in tuple(variants.items()):
                found = by_answers.get(answers(questions, taken))
                if found is not None:
                    return found
        return None

    def keep(self, key: Hashable, available: Availability, record: Record) -> Known:
        """Keep a price, with what was asked of *available* to make it."""
        known = Known(record)
        places = len(record.places)
        if places <= self._most:
            if self._count + places > self._most:
                self._known, self._count = {}, 0
            self._count += places
            variants = self._known.setdefault(key, {})
            variants.setdefault(tuple(available.questions), {})[tuple(available.answers)] = known
        return known
