"""A page of the ledger: the entries of one commit, while they are written."""

from datetime import datetime

from paidevents.ledger.account import Account
from paidevents.ledger.entry import Entry, Occasion
from paidevents.money.currency import Currency


class Page:
    """
    Entries of one order, numbered on from those that it has.

    Args:
        order: Id of the order.
        written: How many entries it has already.
        at: When what is booked happened.

    Attributes:
        entries: What was written, in order.
    """

    __slots__ = ("_at", "_order", "_written", "entries")

    def __init__(self, order: str, written: int, at: datetime) -> None:
        self._order, self._written, self._at = order, written, at
        self.entries: list[Entry] = []

    def on(self, payment: str = "", refund: str = "") -> Occasion:
        """The occasion of the next entry."""
        number = self._written + len(self.entries) + 1
        return Occasion(id=f"{self._order}:{number}", at=self._at, order=self._order, payment=payment, refund=refund)

    def write(self, entries: tuple[Entry, ...]) -> None:
        """Take in an entry, or none, that was made for the last occasion."""
        self.entries += entries

    def moved(self, account: Account, currency: Currency) -> int:
        """What was written to an account, in minor units."""
        return sum(entry.amount(account).minor for entry in self.entries if entry.currency == currency)
