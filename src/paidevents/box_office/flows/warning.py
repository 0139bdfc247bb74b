"""The organizer is told in time that more is sold than can be present at once (GT-07)."""

from paidevents.box_office.asking_store import Get, Taken
from paidevents.box_office.asks import AtOnce, Flow, Now, ask
from paidevents.box_office.flows.loading import kept
from paidevents.box_office.flows.performing import attempt
from paidevents.catalog.listing import Listing
from paidevents.errors import StoreError
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.ports.records import Stored
from paidevents.pricing.counters import EVENT

# Parts of the attendance limit at which it is told, in percent.
WARNED_AT = (80, 100)


def warned(listing: Stored[Listing]) -> Flow[None]:
    """Tell the organizer, once each, that more is sold than can be present at once, or nearly so (GT-07)."""
    event = listing.record.id
    limit = listing.record.event.policy.attendance_limit
    if limit is None:
        return
    taken = yield from ask(Taken(event, (EVENT,)))
    sold = taken.get(EVENT, 0)
    for percent in WARNED_AT:
        if sold * 100 >= limit * percent:
            yield from _warning(event, percent, sold, limit)


def _warning(event: str, percent: int, sold: int, limit: int) -> Flow[None]:
    id = f"{event}/capacity/{limit}/{percent}"
    if (yield from ask(Get(Obligation, id))) is not None:
        return
    at = yield from ask(Now())
    values = (("limit", str(limit)), ("percent", str(percent)), ("sold", str(sold)))
    told = Obligation(
        id=id,
        task=Task.TELL,
        event=event,
        key=id,
        made_at=at,
        due_at=at,
        message=MessageKind.CAPACITY_WARNING,
        values=values,
    )
    try:
        yield from kept(told)
    except StoreError:
        return  # somebody else just did, or the next sale will: this one stands
    if (yield from ask(AtOnce())):
        yield from attempt(id)
