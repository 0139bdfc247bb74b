"""What a second process does until it is killed: it sells, and is stopped in the middle of a call."""

from multiprocessing.connection import Connection

from paidevents.cli.event_files import DEMO, read_event_file
from paidevents.cli.sales_file import known_file
from paidevents.cli.story.stage import OPENING, ORGANIZER, PODCAST, account, person
from paidevents.payments.snapshot import Snapshot
from paidevents.ports.provider import PaymentRequest
from paidevents.providers.fake import FakeProvider
from paidevents.providers.fake_books import Which
from paidevents.testing.world import VirtualClock, World

STARTED, PAID, HALF_WAY = "started", "paid", "half-way"


class Watched(FakeProvider):
    """
    A provider whose every call is told to who watches; the second start is never answered.

    Args:
        clock: Its time.
        watcher: Hears of the calls, as the provider's own books would have them; and ends the wait.
    """

    def __init__(self, clock: VirtualClock, watcher: Connection) -> None:
        super().__init__("stripe:test", clock=clock)
        self._watcher = watcher
        self._times = 0

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        """Open a payment; the second time, nobody hears of it."""
        seen = super().start(request, key=key)
        self._watcher.send((STARTED, request, key))
        self._times += 1
        if self._times > 1:
            self._watcher.send((HALF_WAY,))
            self._watcher.recv()  # it never comes: the process is killed while it waits
        return seen

    def pay(self, which: Which) -> Snapshot:
        """The buyer pays."""
        seen = super().pay(which)
        self._watcher.send((PAID, seen.ref))
        return seen


def half_way(path: str, watcher: Connection) -> None:
    """
    Sell two orders on a file; the one is paid and nobody hears of it, the other is stopped while it is begun.

    Raises:
        InvalidValueError: There is no such file, or something else is in it.
    """
    clock = VirtualClock(OPENING)
    with known_file(path) as store:
        card = Watched(clock, watcher)
        box = World(store=store, card="unused:test", providers=[card], clock=clock).box
        box.publish(read_event_file(DEMO + PODCAST), by=ORGANIZER)
        for who, count in (("Ana", 2), ("Dai", 1)):
            order = box.reserve(PODCAST, {"seat": count}, buyer=person(who), id=f"order-{who.lower()}", by=account(who))
            checkout = box.checkout(order.id)
            card.pay(checkout.url)
