"""
Everything set right: what a crash left behind is done, and what nobody told us is asked.

It is repeated until nothing changes any more; a second time it does nothing.
"""

from collections.abc import Callable
from functools import partial

from attrs import frozen

from paidevents.box_office.asking_store import Due, Find
from paidevents.box_office.asks import Flow, Now, ask, flow, run
from paidevents.box_office.flows.expiring import attempt_expiry
from paidevents.box_office.flows.performing import all_due
from paidevents.box_office.flows.scheduling import tick
from paidevents.box_office.flows.settling import look
from paidevents.box_office.flows.waiting import end_offer, offer_next
from paidevents.catalog.listing import Listing
from paidevents.errors import IllegalTransitionError, PaidEventsError, StoreError
from paidevents.ports.dossier import Dossier
from paidevents.ports.records import R, kind_of
from paidevents.registration.waiting import WaitingEntry

# Rounds in which something still changed before it is left to the next time.
MOST_ROUNDS = 50
A_PAGE = 100


@frozen(kw_only=True)
class Reconciled:
    """
    What was done to set everything right.

    Attributes:
        done: Tries at something that was to be done in the world.
        expired: Orders whose places, or whose open change, went back.
        news: Orders of which a provider had news.
        offered: Events in which somebody was offered a place, and offers that ended.
        moved: Events that began or ended.
        failed: Ids of what could not be set right: a provider or the store did not answer, or it is wrong in itself.
    """

    done: int = 0
    expired: int = 0
    news: int = 0
    offered: int = 0
    moved: int = 0
    failed: tuple[str, ...] = ()

    @property
    def changes(self) -> int:
        """How much was done in all; 0 if everything was right."""
        return self.done + self.expired + self.news + self.offered + self.moved


@flow
def reconcile() -> Flow[Reconciled]:
    """
    Set everything right: let go of what has run out, do what is due, ask what became of open payments,
    offer free places to those who wait, and note which events began and ended.

    To be called now and then, and after a restart; several may run at once.

    Returns:
        What was done; nothing if everything was right.
    """
    total, failed = Reconciled(), dict[str, None]()
    for _ in range(MOST_ROUNDS):
        one = yield from _round(failed)
        total = Reconciled(
            done=total.done + one.done,
            expired=total.expired + one.expired,
            news=total.news + one.news,
            offered=total.offered + one.offered,
            moved=total.moved + one.moved,
            failed=tuple(failed),
        )
        if not one.changes:
            break
    return total


def _round(failed: dict[str, None]) -> Flow[Reconciled]:
    expired = yield from _each_due(Dossier, attempt_expiry)
    done = yield from all_due()
    news = yield from _news(failed)
    offered = yield from _offers(failed)
    moved = yield from _each_due(Listing, _moved)
    return Reconciled(done=done, expired=expired, news=news, offered=offered, moved=moved)


def _each_due(kind: type[R], attempt: Callable[[str], Flow[bool]]) -> Flow[int]:
    """
    Attempt something with each record that somebody has to look at by now, page by page; how many changed.

    What cannot be set right stays due: nobody behind it has to wait for that.
    """
    at = yield from ask(Now())
    count, after = 0, None
    while page := (yield from ask(Due(kind, at, after, A_PAGE))):
        for stored in page:
            count += yield from attempt(stored.record.id)
        last = page[-1].record
        due_at = kind_of(kind).due_at(last)
        assert due_at is not None, "it is due"
        after = (due_at, last.id)
    return count


def _news(failed: dict[str, None]) -> Flow[int]:
    """Ask what became of every payment of which news are to be expected."""
    count, after = 0, ""
    while True:
        page = yield from ask(Find(Dossier, "open", "payment", after=after))
        for stored in page:
            try:
                count += yield from run(look(stored.record.id))
            except PaidEventsError:
                failed[stored.record.id] = None
            else:
                failed.pop(stored.record.id, None)
        if not page:
            return count
        after = page[-1].record.id


def _offers(failed: dict[str, None]) -> Flow[int]:
    """End the offers that nobody took; and offer what is free, however it became so, to those who wait."""
    count = yield from _each_due(WaitingEntry, partial(_ended, failed))
    events, after = dict[str, None](), ""
    while True:
        page = yield from ask(Find(WaitingEntry, "open", "waiting", after=after))
        events |= dict.fromkeys(stored.record.event for stored in page)
        if not page:
            break
        after = page[-1].record.id
    for event in events:
        count += yield from offer_next(event)
    return count


def _ended(failed: dict[str, None], entry: str) -> Flow[bool]:
    try:
        is_news = yield from run(end_offer(entry))
    except PaidEventsError:
        failed[entry] = None
        return False
    failed.pop(entry, None)
    return is_news


def _moved(event: str) -> Flow[bool]:
    try:
        return (yield from run(tick(event)))
    except (IllegalTransitionError, StoreError):
        return False
