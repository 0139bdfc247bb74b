"""Recordings that are published when what they show is over, and everybody told whom they are for (GT-20)."""

from datetime import datetime

from attrs import evolve

from paidevents.access.recording import Recording
from paidevents.box_office.asking_store import Find, Get
from paidevents.box_office.asks import Flow, Now, ask, flow, run
from paidevents.box_office.flows.loading import finished, kept
from paidevents.catalog.event import Event
from paidevents.catalog.listing import Listing
from paidevents.errors import PaidEventsError
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.ports.records import Stored

Claimed = Stored[Obligation]


def publication(recording: Recording, event: Event) -> Obligation:
    """That a recording is to be published: at the end of what it shows, or at once if that is over."""
    id = _publication_id(recording.id)
    return Obligation(
        id=id,
        task=Task.PUBLISH,
        event=recording.event_id,
        subject=recording.id,
        key=id,
        made_at=recording.attached_at,
        due_at=recording.due_at(event),
    )


def _publication_id(recording: str) -> str:
    return f"{recording}/publish"


def all_told_of(recording: Recording, at: datetime) -> Obligation:
    """That everybody is to be told of a recording."""
    id = f"{recording.id}/told/{at:%Y%m%dT%H%M%S%f}"
    return Obligation(
        id=id,
        task=Task.TELL_ALL,
        event=recording.event_id,
        subject=recording.id,
        key=id,
        made_at=at,
        due_at=at,
        message=MessageKind.RECORDING,
    )


def publish(claimed: Claimed) -> Flow[PaidEventsError | None]:
    """Publish a recording, and have everybody told whom it is for."""
    due_at = yield from run(_published(claimed.record.subject))
    yield from run(finished(claimed) if due_at is None else _not_before(claimed, due_at))
    return None


@flow
def _published(id: str) -> Flow[datetime | None]:
    """
    Publish a recording; one that is published or withdrawn meanwhile stays as it is.

    Returns:
        When it is to be published, if that does not lie behind us; None if nothing is left to be done.
    """
    stored = yield from ask(Get(Recording, id))
    at = yield from ask(Now())
    if stored is None or stored.record.published_at is not None or stored.record.withdrawn_at is not None:
        return None
    listing = yield from ask(Get(Listing, stored.record.event_id))
    due_at = at if listing is None else stored.record.due_at(listing.record.event)
    if due_at > at:
        return due_at
    one = stored.record.published(at)
    yield from kept(all_told_of(one, at), replaces=(Stored(one, stored.version),))
    return None


def moved_along(event: str) -> Flow[None]:
    """Have the recordings of an event that was moved published at its new end, and not at the one before."""
    after = ""
    while True:
        page = yield from ask(Find(Recording, "event", event, after=after))
        if not page:
            return
        for stored in page:
            yield from run(_moved(stored.record.id))
        after = page[-1].record.id


@flow
def _moved(recording: str) -> Flow[None]:
    stored = yield from ask(Get(Recording, recording))
    due = yield from ask(Get(Obligation, _publication_id(recording)))
    listing = None if stored is None else (yield from ask(Get(Listing, stored.record.event_id)))
    if stored is None or listing is None or due is None or due.record.next_at is None:
        return
    due_at = stored.record.due_at(listing.record.event)
    if due_at != due.record.due_at:
        yield from kept(replaces=(Stored(evolve(due.record, due_at=due_at), due.version),))


@flow
def _not_before(claimed: Claimed, due_at: datetime) -> Flow[None]:
    waiting = evolve(claimed.record, due_at=due_at, leased_until=None)
    yield from kept(replaces=(Stored(waiting, claimed.version),))
