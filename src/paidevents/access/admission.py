"""
At the door: who presents a token, and is let in or told why not.

A link that was never issued, one of a pass that has ended, and one of another
event get the same answer after the same work, so that nobody learns by trying
what exists. Only to whom the link belongs is it told what else is in the way.
"""

from datetime import UTC, datetime

from paidevents.access.doors import (
    ATTENDANCE_LIMIT_REACHED,
    NO_LONGER_OPEN,
    NOT_YET_OPEN,
    OPENS_BEFORE,
    OTHER_SESSION,
    closed,
    doors,
)
from paidevents.access.pass_ import Pass
from paidevents.access.recording import Recording, recording_refusals
from paidevents.access.tokens import TOKEN_NOT_VALID, HostKey, Purpose, Token, verify
from paidevents.catalog.event import Event
from paidevents.checks import instance, instant, integer, of_kind, optional, text
from paidevents.errors import NotAllowedError
from paidevents.reason import Reason
from paidevents.timing.deadline import Span
from paidevents.timing.window import Window

# Stands in for a pass that there is none of, so that the same is computed. Its own token opens nothing.
_NOBODY = Pass(id="nobody", registration_id="nobody", event_id="nobody", issued_at=datetime(2000, 1, 1, tzinfo=UTC))


def recognised(found: Pass | None, key: HostKey, purpose: Purpose, presented: Token | str, event: Event) -> Pass:
    """
    The pass that was *found* for a link, if the link is its own and the pass is for *event*.

    Asked by every page that a personal link leads to, the one that cancels a registration too.

    Args:
        found: The pass that has the link's fingerprint, or the id in its address; None if none has.
        key: The host's.
        purpose: What the link is for.
        presented: The token as it came.
        event: The event whose page was asked for.

    Raises:
        NotAllowedError: The token is not valid (`token_not_valid`), for whatever reason.
        InvalidValueError: An argument of another kind.
    """
    holder = _owner(found, key, purpose, presented, event)
    del presented  # whoever reports the error may show what stands in this frame
    return _let(holder)


def admit(
    found: Pass | None,
    key: HostKey,
    presented: Token | str,
    *,
    event: Event,
    device: str,
    at: datetime,
    session: str | None = None,
    present: int = 0,
    opens_before: Span = OPENS_BEFORE,
) -> Pass:
    """
    Let the holder of a join link in.

    Who is let in again from a known device gets the same pass back: nothing has
    to be stored.

    Args:
        found: The pass that has the link's fingerprint, or the id in its address; None if none has.
        key: The host's.
        presented: The token as it came.
        event: The event whose page was asked for.
        device: What the host knows the device by.
        at: Now.
        session: Id of the session; None for the one that is open, and for an event without sessions.
        present: How many others are present, for the policy's attendance limit.
        opens_before: How long before the beginning the doors open.

    Returns:
        The pass, with the device and the visit in it.

    Raises:
        NotAllowedError: The token is not valid, and nothing else is said; or the
            pass is revoked, suspended, not for the session, too early, too late,
            used on as many devices as may be, or nobody else can be present.
        InvalidValueError: An argument that cannot be.
        NaiveDatetimeError: *at* has no zone.

    Source:
        CM-15, CM-16, GT-25, GT-26.

    Example:
        >>> from paidevents import EUR, Money
        >>> from paidevents.access import token
        >>> from paidevents.catalog import Ticket
        >>> noon = datetime(2026, 4, 14, 12, tzinfo=UTC)
        >>> talk = Event(
        ...     id="talk", title="A talk", zone="Europe/Paris", currency=EUR, starts_at=noon, duration=Span.of("1 h"),
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... )
        >>> key = HostKey(b"0123456789abcdef0123456789abcdef")
        >>> place = Pass.issued(talk, id="p1", registration_id="r1", at=noon)
        >>> link = token(key, Purpose.JOIN, place.id, place.generation).reveal()
        >>> admit(place, key, link, event=talk, device="phone", at=noon).has_attended()
        True
        >>> admit(place, key, link + "=", event=talk, device="phone", at=noon)
        Traceback (most recent call last):
        ...
        paidevents.errors.NotAllowedError: This link is not valid.
    """
    moment, used, others = instant(at, "at"), text(device, "device"), integer(present, "present", 0)
    optional(of_kind(str))(session, "session")
    instance(opens_before, "opens_before", Span)
    known = _owner(found, key, Purpose.JOIN, presented, event)
    del presented
    holder = _let(known)
    way, refused = _way_in(holder, event, session, moment, opens_before)
    limit = event.policy.attendance_limit
    if limit is not None and others >= limit:
        refused = (*refused, ATTENDANCE_LIMIT_REACHED.given(limit=limit))
    reasons = holder.refusals or (*refused, *holder.device_refusals(used))
    if reasons:
        raise NotAllowedError(reasons)
    return holder.admitted(used, moment, way)


def admit_viewer(
    found: Pass | None,
    key: HostKey,
    presented: Token | str,
    recording: Recording,
    *,
    event: Event,
    at: datetime,
    account_active: bool,
    viewers: int,
) -> Pass:
    """
    Show a recording to the holder of a link for it.

    Args:
        found: The pass that has the link's fingerprint, or the id in its address; None if none has.
        key: The host's.
        presented: The token as it came.
        recording: The recording that was asked for.
        event: The event whose page was asked for.
        at: Now.
        account_active: Whether the organizer's account is.
        viewers: How many others have seen it.

    Returns:
        The pass, as it was.

    Raises:
        NotAllowedError: The token is not valid, and nothing else is said; or one of `recording_refusals`.
        InvalidValueError: An argument that cannot be.
        NaiveDatetimeError: *at* has no zone.

    Source:
        GT-17 to GT-19.
    """
    known = _owner(found, key, Purpose.RECORDING, presented, event)
    del presented
    holder = _let(known)
    reasons = recording_refusals(recording, holder, event=event, at=at, account_active=account_active, viewers=viewers)
    if reasons:
        raise NotAllowedError(reasons)
    return holder


def _owner(found: Pass | None, key: HostKey, purpose: Purpose, presented: Token | str, event: Event) -> Pass | None:
    """The pass, if the token is its own and the event too; the same work whether there is a pass or not."""
    there, event_id = optional(of_kind(Pass))(found, "found"), instance(event, "event", Event).id
    known = there if there is not None and there.event_id == event_id else _NOBODY
    is_good = verify(key, purpose, known.id, known.generation, presented)
    return known if is_good and known is not _NOBODY else None


def _let(holder: Pass | None) -> Pass:
    if holder is None:
        raise NotAllowedError((TOKEN_NOT_VALID,))
    return holder


def _way_in(
    holder: Pass, event: Event, asked: str | None, at: datetime, opens_before: Span
) -> tuple[str | None, tuple[Reason, ...]]:
    """The session that is joined, or why none is: the first whose doors open, or that all are over."""
    ways: list[tuple[str | None, Window]] = [
        (session.id, session.window)
        for session in event.sessions
        if holder.is_for(session.id) and asked in {None, session.id}
    ]
    if asked is None and not (event.sessions and event.rules.has_dates):
        ways = [(None, event.window)]
    if not ways:
        return None, (OTHER_SESSION,)
    reason = NO_LONGER_OPEN
    for way, window in ways:
        both = doors(event, window, opens_before).intersection(holder.window)
        refused = NO_LONGER_OPEN if both is None else closed(both, event, at)
        if refused is None:
            return way, ()
        if reason.code != NOT_YET_OPEN.code:
            reason = refused
    return None, (reason,)
