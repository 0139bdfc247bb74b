"""What callers were told: it is kept apart, and compared with what the store has."""

from collections.abc import Iterable, Iterator

from paidevents.box_office.checkout import Checkout
from paidevents.catalog.listing import Listing
from paidevents.machine import Move
from paidevents.money.amount import Money
from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund
from paidevents.ports.dossier import Dossier
from paidevents.registration.order import Order
from paidevents.registration.waiting import WaitingEntry

Told = Listing | Order | Payment | Refund | WaitingEntry


class Log:
    """
    What callers were told, each thing as it was told last.

    Whoever checks a store by its own rows finds nothing wrong with what got lost
    there: it is not there to be looked at. So what was answered is noted here.

    Attributes:
        things: By kind and id.
        checkouts: Where somebody was shown to pay, by the payment's id.
        by_hand: What came by bank transfer or in cash as a person saw it, by the payment's id.

    Example:
        >>> log = Log()
        >>> log.told("whatever is no order, payment or event")
        >>> log.things
        {}
    """

    def __init__(self) -> None:
        self.things: dict[tuple[type[object], str], Told] = {}
        self.checkouts: dict[str, Checkout] = {}
        self.by_hand: dict[str, list[Money]] = {}

    def told(self, answer: object) -> None:
        """Somebody was told *answer*; what it has of orders, payments and events is noted."""
        if isinstance(answer, Listing | Order | Payment | Refund | WaitingEntry):
            self.things[type(answer), answer.id] = answer
        elif isinstance(answer, Dossier):
            self.told((answer.order, *answer.payments, *answer.refunds))
        elif isinstance(answer, Checkout):
            if answer.payment:
                self.checkouts[answer.payment] = answer
        elif isinstance(answer, tuple):
            for each in answer:
                self.told(each)

    def saw(self, payment: str, received: Money) -> None:
        """A person saw that so much has come of a payment in all, and is about to record it."""
        self.by_hand.setdefault(payment, []).append(received)

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders that somebody was told of."""
        return tuple(one for one in self.things.values() if isinstance(one, Order))

    @property
    def events(self) -> tuple[str, ...]:
        """Ids of the events that somebody was told of."""
        things = self.things.values()
        found = [one.id for one in things if isinstance(one, Listing)]
        found += [one.event for one in things if isinstance(one, Order | WaitingEntry)]
        return tuple(dict.fromkeys(found))


def forgotten(told: Told, kept: Told | None) -> Iterator[str]:
    """What of a thing that was told is no longer true: its history goes on, and never becomes another."""
    name = f"{type(told).__name__} {told.id}"
    if kept is None:
        yield f"{name} is gone"
        return
    for id, before, after in _histories(told, kept):
        if after[: len(before)] != before:
            yield f"{name}: {id or 'it'} has another history"


def _histories(told: Told, kept: Told) -> Iterable[tuple[str, tuple[Move, ...], tuple[Move, ...]]]:
    yield "", told.history, kept.history
    if isinstance(told, Order) and isinstance(kept, Order):
        now = {one.id: one for one in kept.registrations}
        for one in told.registrations:
            yield one.id, one.history, now[one.id].history if one.id in now else ()
