"""At the door: joining with a link and a device, and seeing a recording."""

from paidevents.access.admission import admit, admit_viewer
from paidevents.access.pass_ import Pass
from paidevents.access.recording import Attachment, Recording
from paidevents.access.roles import Action, permit
from paidevents.access.tokens import TOKEN_NOT_VALID, Token
from paidevents.box_office.asking_store import Find, Get
from paidevents.box_office.asks import Flow, Key, NewId, Now, ask, flow
from paidevents.box_office.flows.loading import event_of, kept, work_on, written
from paidevents.box_office.flows.publishing import all_told_of, publication
from paidevents.box_office.flows.scheduling import at_once
from paidevents.catalog.listing import Listing
from paidevents.catalog.names import known
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.checks import instance, text
from paidevents.errors import NotAllowedError, NotFoundError
from paidevents.payments.snapshot import plain_id
from paidevents.ports.dossier import Dossier
from paidevents.ports.records import Stored
from paidevents.timing.deadline import Span


def _holder(event: str, pass_id: str) -> Flow[tuple[Stored[Listing] | None, Stored[Dossier] | None, Pass | None]]:
    """The event, and the pass with the id that stands in the link; the same is asked whether they are there or not."""
    listing = yield from ask(Get(Listing, text(event, "event")))
    found = yield from ask(Find(Dossier, "pass", text(pass_id, "pass_id"), limit=1))
    stored = found[0] if found else None
    pass_ = None if stored is None else next((one for one in stored.record.passes if one.id == pass_id), None)
    return listing, stored, pass_


@flow
def join(
    event: str, pass_id: str, token: Token | str, *, device: str, session: str | None = None, present: int = 0
) -> Flow[Pass]:
    """
    Let the holder of a personal link in, from one of their devices (CM-15, GT-25).

    Args:
        event: Id of the event whose page was asked for.
        pass_id: Of the pass, as it stands in the link.
        token: As it stands in the link.
        device: What the host knows the device by.
        session: Id of the session; None for the one that is open.
        present: How many others are there, for the policy's attendance limit.

    Returns:
        The pass, with the device and the visit in it.

    Raises:
        NotAllowedError: The link is not valid, for whatever reason; or the pass is revoked, suspended,
            too early, too late, or used on as many devices as may be.
        InvalidValueError: An argument that cannot be.
    """
    listing, stored, found = yield from _holder(event, pass_id)
    key = yield from ask(Key())
    at = yield from ask(Now())
    if listing is None:
        raise NotAllowedError((TOKEN_NOT_VALID,))
    declared = listing.record.event
    after = admit(found, key, token, event=declared, device=device, at=at, session=session, present=present)
    if after is not found and stored is not None:
        yield from kept(replaces=(Stored(stored.record.with_pass(after), stored.version),))
    return after


@flow
def release_device(order: str, registration: str, device: str, *, by: Actor) -> Flow[Pass]:
    """
    Forget a device, which makes room for another.

    Raises:
        NotAllowedError: Not their place.
        NotFoundError: There is no pass for it.
    """
    work = yield from work_on(order, by, Action.TRANSFER_PLACE)
    had = work.dossier.pass_of(text(registration, "registration"))
    if had is None:
        raise NotFoundError(registration)
    after = had.released(device)
    work.dossier = work.dossier.with_pass(after)
    yield from written(work)
    return after


@flow
def watch(
    event: str,
    recording: str,
    pass_id: str,
    token: Token | str,
    *,
    account_active: bool = True,
    viewers: int = 0,
) -> Flow[Recording]:
    """
    Show a recording to the holder of a personal link for it (GT-17 to GT-19).

    Args:
        event: Id of the event whose page was asked for.
        recording: Id of the recording.
        pass_id: Of the pass, as it stands in the link.
        token: As it stands in the link.
        account_active: Whether the organizer's account is.
        viewers: How many others have seen it.

    Raises:
        NotAllowedError: The link is not valid, for whatever reason; or it is not for them, or not now.
        InvalidValueError: An argument that cannot be.
    """
    listing, _, found = yield from _holder(event, pass_id)
    shown = yield from ask(Get(Recording, text(recording, "recording")))
    key = yield from ask(Key())
    at = yield from ask(Now())
    if listing is None or shown is None:
        raise NotAllowedError((TOKEN_NOT_VALID,))
    admit_viewer(
        found,
        key,
        token,
        shown.record,
        event=listing.record.event,
        at=at,
        account_active=account_active,
        viewers=viewers,
    )
    return shown.record


@flow
def attach_recording(
    event: str,
    *,
    session: str | None = None,
    attachment: Attachment = Attachment.BY_HAND,
    included: bool = True,
    lasts: Span | None = None,
    id: str = "",
    by: Actor,
) -> Flow[Recording]:
    """
    Attach the recording of a session, or of an event without sessions.

    It is published at the end of what it shows, or at once if that is over, and
    everybody is sent it whom it is for (GT-20).

    Args:
        event: Id of the event.
        session: Id of the session; None for the whole event.
        attachment: By hand, or by itself.
        included: Who paid for the event sees it without paying again (GT-19).
        lasts: How long it can be seen; None for as long as the event's policy says.
        id: Of the recording, up to 64 letters, digits, `.`, `_` and `-` of ASCII; empty for a new one.
        by: Who attaches it.

    Raises:
        NotAllowedError: Not theirs to attach to.
        NotFoundError: There is no such event.
        DuplicateError: There is a recording with this id.
        InvalidValueError: A session that the event does not have, or an argument that cannot be.
    """
    stored = yield from event_of(event, by, Action.PUBLISH_RECORDING)
    declared = stored.record.event
    if session is not None:
        known([text(session, "session")], declared.sessions, "session")
    at = yield from ask(Now())
    new = (yield from ask(NewId())) if id == "" else plain_id(id, "id")
    made = Recording(
        id=new,
        event_id=event,
        attached_at=at,
        session=session,
        attachment=attachment,
        included=included,
        lasts=lasts,
    )
    published = publication(made, declared)
    yield from kept(made, published)
    yield from at_once((published,))
    return (yield from _recording(new)).record


def _recording(id: str, by: Actor = SYSTEM) -> Flow[Stored[Recording]]:
    """The recording with this id, for somebody who may publish it; who may not does not learn whether there is one."""
    stored = yield from ask(Get(Recording, text(id, "recording")))
    listing = None if stored is None else (yield from ask(Get(Listing, stored.record.event_id)))
    owns = listing is not None and listing.record.is_run_by(by)
    permit(instance(by, "by", Actor), Action.PUBLISH_RECORDING, owns=owns)
    if stored is None:
        raise NotFoundError(id)
    return stored


@flow
def publish_recording(recording: str, *, by: Actor) -> Flow[Recording]:
    """
    Publish a recording now, or once more after it was withdrawn; everybody is told whom it is for.

    Raises:
        NotAllowedError: Not theirs to publish.
        NotFoundError: There is no such recording.
    """
    stored = yield from _recording(recording, by)
    at = yield from ask(Now())
    after = stored.record.published(at)
    if after is stored.record:
        return after
    told = all_told_of(after, at)
    yield from kept(told, replaces=(Stored(after, stored.version),))
    yield from at_once((told,))
    return after


@flow
def withdraw_recording(recording: str, *, by: Actor) -> Flow[Recording]:
    """
    Withdraw a recording: nobody sees it any more.

    Raises:
        NotAllowedError: Not theirs to withdraw.
        NotFoundError: There is no such recording.
    """
    stored = yield from _recording(recording, by)
    at = yield from ask(Now())
    after = stored.record.withdrawn(at)
    if after is not stored.record:
        yield from kept(replaces=(Stored(after, stored.version),))
    return after
