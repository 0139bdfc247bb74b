"""Messages: written at the last moment, with links made at the last moment, and handed to the notifier."""

from paidevents.access.recording import Recording
from paidevents.access.tokens import Purpose
from paidevents.box_office.asking_store import Get
from paidevents.box_office.asks import Flow, Link, Send, ask, run
from paidevents.box_office.flows.loading import finished, postponed
from paidevents.catalog.listing import Listing
from paidevents.errors import NotifierError, PaidEventsError
from paidevents.explain.letters import letter
from paidevents.explain.telling import Telling
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import Message, MessageKind
from paidevents.ports.obligation import Obligation
from paidevents.ports.records import Stored
from paidevents.registration.waiting import WaitingEntry

Claimed = Stored[Obligation]


def tell(claimed: Claimed) -> Flow[PaidEventsError | None]:
    """Send one message; what came in the way, or None."""
    message = yield from _message(claimed.record)
    if message is not None:
        try:
            yield from ask(Send(message, claimed.record.key or claimed.record.id))
        except NotifierError as error:
            yield from run(postponed(claimed))
            return error
    yield from run(finished(claimed))
    return None


def _message(one: Obligation) -> Flow[Message | None]:
    """What is to be said; None if there is nobody to hear it any more."""
    assert one.message is not None
    listing = yield from ask(Get(Listing, one.event))
    if listing is None:
        return None
    dossier = None if not one.order else (yield from ask(Get(Dossier, one.order)))
    entry = None
    if one.message in (MessageKind.OFFER, MessageKind.LIST_CLOSED):
        entry = yield from ask(Get(WaitingEntry, one.subject))
        if entry is None:
            return None
    values = dict(one.values)
    recording = None if "recording" not in values else (yield from ask(Get(Recording, values["recording"])))
    links = yield from _links(one, dossier, entry)
    said = Telling(
        kind=one.message,
        listing=listing.record,
        dossier=None if dossier is None else dossier.record,
        registration=one.subject if entry is None else "",
        entry=None if entry is None else entry.record,
        recording=None if recording is None else recording.record,
        values=values,
        links=links,
    )
    return letter(said)


def _links(
    one: Obligation, dossier: Stored[Dossier] | None, entry: Stored[WaitingEntry] | None
) -> Flow[tuple[tuple[Purpose, str], ...]]:
    """The personal addresses: of a pass that is still good, or of an offer."""
    links = []
    pass_ = None if dossier is None else dossier.record.pass_of(one.subject)
    if pass_ is not None and not pass_.refusals:
        for purpose in (Purpose.JOIN, Purpose.CANCEL, Purpose.RECORDING):
            address = yield from ask(Link(purpose, pass_.id, pass_.generation))
            links.append((purpose, address))
    if entry is not None and one.message is MessageKind.OFFER:
        address = yield from ask(Link(Purpose.OFFER, entry.record.id, 0))
        links.append((Purpose.OFFER, address))
    return tuple(links)
