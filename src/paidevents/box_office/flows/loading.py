"""How flows begin and end: what is read, who may, and the one write."""

from paidevents.access.roles import Action, permit
from paidevents.box_office.asking_store import Find, Get, WasCommitted, Write
from paidevents.box_office.asks import Flow, NewId, Now, PlanOf, ask, flow
from paidevents.box_office.work import Work
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import SYSTEM, Actor, Role
from paidevents.checks import instance, text
from paidevents.errors import CommitUnknownError, NotFoundError
from paidevents.ports.dossier import Dossier
from paidevents.ports.obligation import Obligation
from paidevents.ports.records import Record, Stored
from paidevents.ports.store import Commit

# How often a store is asked what became of a commit before nobody knows.
MOST_LOOKS = 3


def event_of(id: str, by: Actor = SYSTEM, action: Action = Action.SEE_EVENT) -> Flow[Stored[Listing]]:
    """
    The event with this id, for somebody who may do *action* to it.

    Raises:
        NotAllowedError: They may not, or there is none and they may not know.
        NotFoundError: There is none.
    """
    stored = yield from ask(Get(Listing, text(id, "event")))
    owns = stored is not None and stored.record.is_run_by(by)
    permit(instance(by, "by", Actor), action, owns=owns)
    if stored is None:
        raise NotFoundError(id)
    return stored


def work_on(id: str, by: Actor = SYSTEM, action: Action = Action.SEE_REGISTRATION) -> Flow[Work]:
    """
    The dossier of the order with this id, to be worked on by somebody who may do *action*.

    Raises:
        NotAllowedError: They may not, or there is none and they may not know.
        NotFoundError: There is none.
    """
    stored = yield from ask(Get(Dossier, text(id, "order")))
    listing = None if stored is None else (yield from ask(Get(Listing, stored.record.order.event)))
    permit(instance(by, "by", Actor), action, owns=_owns(stored, listing, by))
    if stored is None or listing is None:
        raise NotFoundError(id)
    plan = yield from ask(PlanOf(listing.record))
    at = yield from ask(Now())
    return Work(listing, plan, stored, at=at, by=by)


def page_of_orders(event: str, after: str, limit: int) -> Flow[tuple[Dossier, ...]]:
    """So many orders of an event, in order of their ids, from the first after *after* on."""
    found = yield from ask(Find(Dossier, "event", event, after, limit))
    return tuple(stored.record for stored in found)


def _owns(stored: Stored[Dossier] | None, listing: Stored[Listing] | None, by: Actor) -> bool:
    if stored is None or listing is None:
        return False
    if by.role is Role.ATTENDEE:
        return by.id == stored.record.account
    if by.role is Role.SPEAKER:
        return False  # orders are their buyers', and those who run the event look after them
    return listing.record.is_run_by(by)


def written(work: Work) -> Flow[tuple[str, ...]]:
    """
    Commit what was decided.

    Returns:
        The ids of what is to be done in the world now.

    Raises:
        StoreError: As the port says.
    """
    id = yield from ask(NewId())
    commit = work.commit(id)
    if commit is not None:
        yield from sure(commit)
    return tuple(one.id for one in work.obligations)


def kept(*inserts: Record, replaces: tuple[Stored[Record], ...] = ()) -> Flow[None]:
    """Commit records that belong to no order."""
    id = yield from ask(NewId())
    yield from sure(Commit(id=id, inserts=inserts, replaces=replaces))


def sure(commit: Commit) -> Flow[None]:
    """
    Write *commit*; if its answer got lost, look, and try it again under the same id.

    Raises:
        StoreError: As the port says; a CommitUnknownError if nobody knows after several looks.
    """
    left = MOST_LOOKS
    while True:
        left -= 1
        try:
            yield from ask(Write(commit))
        except CommitUnknownError:
            if (yield from ask(WasCommitted(commit.id))):
                return
            if not left:
                raise
        else:
            return


@flow
def finished(claimed: Stored[Obligation]) -> Flow[None]:
    """Commit that something is done, or no longer needed."""
    at = yield from ask(Now())
    yield from kept(replaces=(Stored(claimed.record.done(at), claimed.version),))


@flow
def postponed(claimed: Stored[Obligation]) -> Flow[None]:
    """Commit that something is to be tried again."""
    at = yield from ask(Now())
    yield from kept(replaces=(Stored(claimed.record.later(at), claimed.version),))
