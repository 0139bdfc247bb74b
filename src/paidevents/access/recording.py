"""
Recordings: who may see one, and when.

What was sold to whom decides who it is for: those who paid for the event see it
if the organizer includes it, those who paid after the event paid for just that.
When it can be seen is another question, which is asked of everybody alike.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from attrs import evolve, frozen

from paidevents.access.doors import ATTENDANCE_LIMIT_REACHED, OTHER_SESSION
from paidevents.access.pass_ import Pass
from paidevents.catalog.event import Event
from paidevents.catalog.names import identifier
from paidevents.catalog.policies import LASTS_NO_TIME
from paidevents.checks import UtcTime, instance, instant, integer, of_kind, optional, settle, several, text
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason
from paidevents.timing.deadline import Span

RECORDING_NOT_PUBLISHED = Reason("recording_not_published", "The recording is not published yet.", retryable=True)
RECORDING_WITHDRAWN = Reason("recording_withdrawn", "The recording was withdrawn.")
RECORDING_EXPIRED = Reason("recording_expired", "The recording could be seen until {until}.")
RECORDING_NOT_INCLUDED = Reason("recording_not_included", "The recording is not part of this place.")
NOT_FOR_ABSENTEES = Reason("not_for_absentees", "The recording is for those who were there.")
ACCOUNT_NOT_ACTIVE = Reason("account_not_active", "The organizer’s account is not active.")

MOST_REGISTERED = 1_000_000


class Attachment(Enum):
    """How a recording came to its event."""

    BY_HAND = "by_hand"
    AUTOMATIC = "automatic"  # because the organizer has every session recorded


@frozen(kw_only=True)
class Recording:
    """
    The recording of a session, or of an event without sessions.

    Attributes:
        id: Unique among all recordings.
        event_id: The event.
        attached_at: When it was attached.
        session: Id of the session; None for the whole event.
        attachment: By hand, or by itself.
        included: Who paid for the event sees it without paying again.
        lasts: How long it can be seen once it is published; None for as long as the event's policy says.
        published_at: From when on it can be seen; None before it is published.
        withdrawn_at: When it was withdrawn; None while it is not.

    Raises:
        InvalidValueError: It could be seen for no time at all, or an attribute that cannot be.
        NaiveDatetimeError: A moment has no zone.

    Source:
        GT-18, GT-19, GT-20.
    """

    id: str
    event_id: str
    attached_at: UtcTime
    session: str | None = None
    attachment: Attachment = Attachment.BY_HAND
    included: bool = True
    lasts: Span | None = None
    published_at: UtcTime | None = None
    withdrawn_at: UtcTime | None = None

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=text,
            event_id=identifier,
            attached_at=instant,
            session=optional(identifier),
            attachment=of_kind(Attachment),
            included=of_kind(bool),
            lasts=optional(of_kind(Span)),
            published_at=optional(instant),
            withdrawn_at=optional(instant),
        )
        if self.lasts == Span():
            raise InvalidValueError("lasts", LASTS_NO_TIME)

    def due_at(self, event: Event) -> datetime:
        """
        When it is to be published and sent: at the end of what it shows, or when it was attached if that is later.

        Raises:
            InvalidValueError: *event* is none.
        """
        ended_at = _end(self, instance(event, "event", Event))
        return self.attached_at if ended_at is None else max(ended_at, self.attached_at)

    def published(self, at: datetime) -> "Recording":
        """
        The recording from then on for those whom it is for; one that was withdrawn is there again.

        Raises:
            InvalidValueError: *at* is no moment; a NaiveDatetimeError if it has no zone.
        """
        moment = instant(at, "at")
        if self.published_at is not None and self.withdrawn_at is None:
            return self
        return evolve(self, published_at=moment, withdrawn_at=None)

    def withdrawn(self, at: datetime) -> "Recording":
        """
        The recording for nobody.

        Raises:
            InvalidValueError: *at* is no moment; a NaiveDatetimeError if it has no zone.
        """
        moment = instant(at, "at")
        return self if self.withdrawn_at is not None else evolve(self, withdrawn_at=moment)

    def seen_until(self, event: Event) -> datetime | None:
        """
        When it can no longer be seen; None if that is not said, or it is not published.

        Raises:
            InvalidValueError: *event* is none, or the end leads out of our centuries.
        """
        policy, zone = instance(event, "event", Event).policy, event.zone
        lasts = policy.recording_lasts if self.lasts is None else self.lasts
        return None if self.published_at is None or lasts is None else lasts.after(self.published_at, zone)


def entitlement_refusals(recording: Recording, pass_: Pass, event: Event) -> tuple[Reason, ...]:
    """
    Why a recording is not for the holder of a pass, whatever the time; empty if it is.

    Who registered once the session was over has paid for the recording, whether
    or not it is included for those who were there.

    Raises:
        InvalidValueError: An argument of another kind.

    Source:
        GT-17, GT-19.
    """
    instance(recording, "recording", Recording)
    instance(pass_, "pass_", Pass)
    instance(event, "event", Event)
    if pass_.refusals:
        return pass_.refusals
    if not recording.event_id == pass_.event_id == event.id or not pass_.is_for(recording.session):
        return (OTHER_SESSION,)
    ended_at = _end(recording, event)
    if ended_at is not None and pass_.issued_at >= ended_at:
        return ()
    if not recording.included:
        return (RECORDING_NOT_INCLUDED,)
    if not (event.policy.absentees_see_recording or pass_.has_attended(recording.session)):
        return (NOT_FOR_ABSENTEES,)
    return ()


def recording_refusals(
    recording: Recording, pass_: Pass, *, event: Event, at: datetime, account_active: bool, viewers: int
) -> tuple[Reason, ...]:
    """
    Why the holder of a pass cannot see a recording now; empty if it can be seen.

    Args:
        recording: The recording.
        pass_: The pass.
        event: The event of both.
        at: Now.
        account_active: Whether the organizer's account is.
        viewers: How many others have seen it. At the policy's attendance limit nobody else does.

    Returns:
        Every reason: first why it is not for this holder, then why not now.

    Raises:
        InvalidValueError: An argument that cannot be.
        NaiveDatetimeError: *at* has no zone.

    Source:
        GT-18.

    Example:
        >>> from paidevents import EUR, Money
        >>> from paidevents.catalog import Ticket
        >>> noon, two = (datetime.fromisoformat(f"2026-04-14T{hour}:00Z") for hour in (12, 14))
        >>> talk = Event(
        ...     id="talk", title="A talk", zone="Europe/Paris", currency=EUR, starts_at=noon, duration=Span.of("1 h"),
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... )
        >>> place = Pass.issued(talk, id="p1", registration_id="r1", at=noon)
        >>> film = Recording(id="film", event_id="talk", attached_at=two)
        >>> asked = {"event": talk, "at": two, "account_active": True, "viewers": 0}
        >>> [str(reason) for reason in recording_refusals(film, place, **asked)]
        ['The recording is not published yet.']
        >>> recording_refusals(film.published(two), place, **asked)
        ()
    """
    refused = list(entitlement_refusals(recording, pass_, event))
    moment, others = instant(at, "at"), integer(viewers, "viewers", 0)
    until = recording.seen_until(event)
    if recording.withdrawn_at is not None:
        refused.append(RECORDING_WITHDRAWN)
    elif recording.published_at is None or moment < recording.published_at:
        refused.append(RECORDING_NOT_PUBLISHED)
    elif until is not None and until <= moment:
        refused.append(RECORDING_EXPIRED.given(until=until.astimezone(event.zone)))
    if not instance(account_active, "account_active", bool):
        refused.append(ACCOUNT_NOT_ACTIVE)
    limit = event.policy.attendance_limit
    if limit is not None and others >= limit:
        refused.append(ATTENDANCE_LIMIT_REACHED.given(limit=limit))
    return tuple(refused)


def audience(recording: Recording, passes: Sequence[Pass], event: Event) -> tuple[Pass, ...]:
    """
    The passes whose holders are sent a recording when it is published, in the order in which they came.

    Raises:
        InvalidValueError: An argument of another kind.

    Source:
        GT-20.
    """
    instance(recording, "recording", Recording)
    holders = several(of_kind(Pass), MOST_REGISTERED)(passes, "passes")
    return tuple(each for each in holders if not entitlement_refusals(recording, each, event))


def _end(recording: Recording, event: Event) -> datetime | None:
    """When what it shows was over; None for what has no date."""
    if recording.session is None:
        return event.window.ends_at
    return next((each.window.ends_at for each in event.sessions if each.id == recording.session), None)
