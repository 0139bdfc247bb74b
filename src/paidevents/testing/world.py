"""A world that holds still: a clock to be set, names in order, and an outbox to be looked at."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from paidevents.access.tokens import HostKey
from paidevents.box_office.async_door import AsyncBoxOffice
from paidevents.box_office.front_door import BoxOffice
from paidevents.checks import instant
from paidevents.ports.message import Message, MessageKind
from paidevents.ports.provider import PaymentProvider
from paidevents.ports.store import Store
from paidevents.providers.fake import FakeProvider
from paidevents.providers.manual import ManualProvider
from paidevents.stores.memory import MemoryStore
from paidevents.testing.log import Log

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = HostKey(b"a key for tests, and for nothing else")


class VirtualClock:
    """
    A clock that shows what it is set to.

    Args:
        at: What it shows first.

    Example:
        >>> clock = VirtualClock()
        >>> clock.advance(minutes=5)
        >>> clock.now().isoformat()
        '2026-03-01T12:05:00+00:00'
    """

    def __init__(self, at: datetime = START) -> None:
        self._at = instant(at, "at")

    def now(self) -> datetime:
        """What it shows."""
        return self._at

    def set(self, at: datetime) -> None:
        """Have it show another moment, earlier or later."""
        self._at = instant(at, "at")

    def advance(self, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0) -> None:
        """Have it go on."""
        self._at += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


class NamesInOrder:
    """Names one after the other, so that a run can be repeated to the letter."""

    def __init__(self) -> None:
        self._count = 0

    def new(self) -> str:
        """The next name."""
        self._count += 1
        return f"id{self._count:06d}"


class Outbox:
    """
    A notifier that keeps what it was given, each message once for its key.

    Attributes:
        messages: In the order in which they came.
        fails: How many of the next messages it loses on the way.
    """

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.fails = 0
        self._keys: set[str] = set()

    def send(self, message: Message, *, key: str) -> None:
        """Keep *message*."""
        if self.fails:
            self.fails -= 1
            raise ConnectionError("the mail server is down")
        if key not in self._keys:
            self._keys.add(key)
            self.messages.append(message)

    def of(self, kind: MessageKind) -> list[Message]:
        """The messages of one kind."""
        return [one for one in self.messages if one.kind is kind]

    def kinds(self) -> list[str]:
        """What was told, in order."""
        return [one.kind.value for one in self.messages]


class World:
    """
    A box office in a world that holds still: for a host's own tests, and ours.

    Args:
        store: Where everything is kept; in memory if none is given.
        card: The name of the fake provider; that of a real one has the real one's amounts.
        providers: Accounts at providers besides `card` and `bank`.
        clock: The clock, if one of *providers* shows the same; a new one if none is given.
        at: What a new clock shows first.
        at_once: As for `BoxOffice`.

    Attributes:
        clock: The clock.
        ids: Names.
        store: The store.
        card: A payment provider with books and buyers of its own.
        bank: Bank transfers, recorded by hand.
        outbox: What people were told.
        log: What callers were told, where somebody notes it; see `crash_points`.
        delivered: How many of the card provider's notifications were brought.
        box: The box office.
        async_box: The same, for programs that await.
    """

    def __init__(
        self,
        *,
        store: Store | None = None,
        providers: Sequence[PaymentProvider] = (),
        card: str = "card:test",
        clock: VirtualClock | None = None,
        at: datetime = START,
        at_once: bool = True,
    ) -> None:
        self.clock = VirtualClock(at) if clock is None else clock
        self.ids = NamesInOrder()
        self.store: Store = MemoryStore() if store is None else store
        self.card = FakeProvider(card, "main", clock=self.clock)
        self.bank = ManualProvider("bank_transfer", "main")
        self.outbox = Outbox()
        self.log = Log()
        self.delivered = 0
        self._unanswered: list[tuple[dict[str, str], bytes]] = []
        self.tills: tuple[PaymentProvider, ...] = (self.card, self.bank, *providers)
        self._at_once = at_once
        self.box: BoxOffice
        self.async_box: AsyncBoxOffice
        self.restart()

    def restart(self) -> None:
        """New box offices on the same store, providers and clock: all that is left when the process begins anew."""
        ports: dict[str, Any] = {
            "key": KEY,
            "notifier": self.outbox,
            "clock": self.clock,
            "ids": self.ids,
            "at_once": self._at_once,
        }
        self.box = BoxOffice(self.store, self.tills, **ports)
        self.async_box = AsyncBoxOffice(self.store, self.tills, **ports)

    def deliver(self) -> list[int]:
        """Bring every notification that was not brought yet; the statuses that were answered."""
        sent = self.card.notifications()[self.delivered :]
        self.delivered += len(sent)
        self._unanswered += sent
        return [self._bring(one) for one in sent]

    def deliver_again(self) -> list[int]:
        """Bring those once more that were not taken, as a provider does for days; the statuses that were answered."""
        return [self._bring(one) for one in tuple(self._unanswered)]

    def _bring(self, sent: tuple[dict[str, str], bytes]) -> int:
        body = sent[1]
        status = self.box.receive(self.card.name, self.card.signed(body), body, account=self.card.account)
        if status < 500:
            self._unanswered.remove(sent)
        return status
