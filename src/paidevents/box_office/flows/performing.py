"""What is to be done in the world: claimed by one, done, and noted."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from paidevents.box_office.asking_store import Due, Find, Get
from paidevents.box_office.asks import AtOnce, Flow, Now, ask, flow, run
from paidevents.box_office.flows import calling, paging, publishing, starting, telling
from paidevents.box_office.flows.loading import kept
from paidevents.box_office.flows.paging import stuck
from paidevents.errors import PaidEventsError, StoreError
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.ports.records import Stored
from paidevents.reason import Reason

Claimed = Stored[Obligation]

# How each task is done: a flow that notes what came of it, and returns what came in the way.
DOING: Mapping[Task, Callable[[Claimed], Flow[PaidEventsError | None]]] = MappingProxyType(
    {
        Task.START: starting.start,
        Task.CAPTURE: calling.capture,
        Task.VOID: calling.void,
        Task.REFUND: calling.pay_back,
        Task.TELL: telling.tell,
        Task.TELL_ALL: paging.tell_all,
        Task.CALL_OFF: paging.call_off,
        Task.REQUOTE: paging.requote,
        Task.CLOSE_LIST: paging.close_list,
        Task.PUBLISH: publishing.publish,
    }
)

# One thing done can make another due; more in a row than this are left to whoever reconciles.
MOST_ROUNDS = 10
A_PAGE = 100


@flow
def perform(id: str) -> Flow[PaidEventsError | None]:
    """
    Do what an obligation says, if it is due and nobody else is at it.

    Returns:
        What came in the way, if anything did; it is noted, and tried again later.

    Raises:
        StoreError: It could not be noted: it is done again under the same key.
    """
    claimed = yield from claim(id)
    return None if claimed is None else (yield from done(claimed))


def done(claimed: Claimed) -> Flow[PaidEventsError | None]:
    """Do what was claimed."""
    return (yield from DOING[claimed.record.task](claimed))


def claim(id: str, *, retry: bool = False) -> Flow[Claimed | None]:
    """The obligation for a minute to ourselves; None if it is done, not yet due, or somebody else is at it."""
    return (yield from run(_claimed(id, retry)))


@flow
def _claimed(id: str, retry: bool) -> Flow[Claimed | None]:
    stored = yield from ask(Get(Obligation, id))
    at = yield from ask(Now())
    if stored is None or stored.record.next_at is None:
        return None
    # Who asks for it once more need not wait for the time that was set for the next try.
    if at < (stored.record.next_at if not retry else (stored.record.leased_until or at)):
        return None
    one = stored.record.claimed(at)
    yield from kept(replaces=(Stored(one, stored.version),))
    return Stored(one, stored.version + 1)


def afterwards(order: str) -> Flow[None]:
    """Do at once what has become due for an order, unless that is left to whoever reconciles."""
    if not (yield from ask(AtOnce())):
        return
    rounds, due = 0, (yield from _due_of(order))
    while due and rounds < MOST_ROUNDS:
        for id in due:
            yield from attempt(id)
        rounds, due = rounds + 1, (yield from _due_of(order))


def _due_of(order: str) -> Flow[list[str]]:
    """The ids of what is due for an order."""
    at = yield from ask(Now())
    found = yield from ask(Find(Obligation, "order", order))
    return [one.record.id for one in found if one.record.next_at is not None and one.record.next_at <= at]


def attempt(id: str) -> Flow[bool]:
    """
    Do it if it can be done; what cannot be noted now is found again by whoever reconciles.

    What cannot be done at all stops nothing else: it is left to a person, who is told.
    """
    try:
        yield from run(perform(id))
    except StoreError:
        return False
    except PaidEventsError as error:
        yield from run(_left_to_a_person(id, error.reasons[0]))
    return True


@flow
def _left_to_a_person(id: str, why: Reason) -> Flow[None]:
    stored = yield from ask(Get(Obligation, id))
    at = yield from ask(Now())
    if stored is None or stored.record.next_at is None:
        return
    left = Stored(stored.record.left_to_a_person(why), stored.version)
    if stored.record.message is MessageKind.TASK_STUCK:
        yield from kept(replaces=(left,))  # who cannot be told that, cannot be told that either
    else:
        yield from kept(stuck(stored.record, stored.record.order, why, at), replaces=(left,))


def all_due(event: str = "") -> Flow[int]:
    """
    Do all that is due: of one event, or of all.

    Returns:
        How many tries were noted.
    """
    count, after = 0, None
    while True:
        at = yield from ask(Now())
        page = yield from ask(Due(Obligation, at, after, A_PAGE))
        for stored in page:
            if event in ("", stored.record.event):
                count += yield from attempt(stored.record.id)
        if not page:
            return count
        last = page[-1].record
        assert last.next_at is not None, "it is due"
        after = (last.next_at, last.id)
