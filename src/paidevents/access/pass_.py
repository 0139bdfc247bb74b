"""
Passes: what a place becomes once it is confirmed.

A pass says whom it admits to what, from how many devices, and whether it still
does. It holds no token: a token is made of its id and generation, and raising
the generation is what makes every link that was ever sent for it worthless.
"""

from collections.abc import Sequence
from datetime import datetime

from attrs import evolve, frozen

from paidevents.access.parts import Device, Revocation, Visit
from paidevents.catalog.event import Event
from paidevents.catalog.names import DUPLICATE_ID, identifier, known, listed
from paidevents.checks import (
    EMPTY,
    INT64_MAX,
    UtcTime,
    between,
    instance,
    instant,
    of_kind,
    optional,
    settle,
    several,
    text,
)
from paidevents.errors import InvalidValueError, NotAllowedError
from paidevents.reason import Reason
from paidevents.timing.window import Window

PASS_REVOKED = Reason("pass_revoked", "This place was given up or taken back.")
PASS_SUSPENDED = Reason("pass_suspended", "This place is suspended while its payment is disputed.")
TOO_MANY_DEVICES = Reason("too_many_devices", "This place is used on as many devices as it may be: {most}.")
HALF_REVOKED = Reason("half_revoked", "What is revoked was revoked at some time, for something.")
LINK_IS_PERSONAL = Reason("link_is_personal", "This link was made for you alone: please do not pass it on.")

MOST_DEVICES = 1000


@frozen(kw_only=True)
class Pass:
    """
    An attendee's credential.

    What changes it makes a new one; what would change nothing gives the same one
    back. The end of a pass is a date and a reason, and it is final.

    Attributes:
        id: Unique among all passes.
        registration_id: Whose place it is for.
        event_id: What it is for.
        issued_at: When it was issued.
        sessions: Ids of the sessions it admits to; none for all.
        window: When it admits, besides what the dates of the event say.
        generation: Raised whenever the links that were sent must no longer be good.
        most_devices: From how many devices it can be used; None for as many as there are.
        devices: Those known, in the order in which they came. Without a limit none is kept.
        visits: Which sessions the holder was in, one visit for each.
        suspended_at: Since when it does not admit because its payment is disputed.
        revoked_at: Since when it is no longer good.
        revoked_for: And why.

    Raises:
        InvalidValueError: More devices than may be, one of them, a session or a
            visit twice, half a revocation, or an attribute that cannot be.
        NaiveDatetimeError: A moment has no zone.

    Example:
        >>> from datetime import UTC
        >>> noon = datetime(2026, 4, 14, 12, tzinfo=UTC)
        >>> place = Pass(id="p1", registration_id="r1", event_id="talk", issued_at=noon, most_devices=1)
        >>> there = place.admitted("phone", noon)
        >>> there.admitted("phone", noon) is there, there.has_attended()
        (True, True)
        >>> there.admitted("laptop", noon)
        Traceback (most recent call last):
        ...
        paidevents.errors.NotAllowedError: This place is used on as many devices as it may be: 1.
    """

    id: str
    registration_id: str
    event_id: str
    issued_at: UtcTime
    sessions: tuple[str, ...] = ()
    window: Window = Window()
    generation: int = 0
    most_devices: int | None = None
    devices: tuple[Device, ...] = ()
    visits: tuple[Visit, ...] = ()
    suspended_at: UtcTime | None = None
    revoked_at: UtcTime | None = None
    revoked_for: Revocation | None = None

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=text,
            registration_id=text,
            event_id=identifier,
            issued_at=instant,
            sessions=several(identifier),
            window=of_kind(Window),
            generation=between(0, INT64_MAX),
            most_devices=optional(between(1, MOST_DEVICES)),
            devices=listed(Device, MOST_DEVICES),
            visits=several(of_kind(Visit)),
            suspended_at=optional(instant),
            revoked_at=optional(instant),
            revoked_for=optional(of_kind(Revocation)),
        )
        _once(self.sessions, "sessions")
        _once([visit.session for visit in self.visits], "visits")
        if self.most_devices is not None and len(self.devices) > self.most_devices:
            raise InvalidValueError("devices", TOO_MANY_DEVICES.given(most=self.most_devices))
        if (self.revoked_at is None) is not (self.revoked_for is None):
            raise InvalidValueError("revoked_for", HALF_REVOKED)

    @classmethod
    def issued(
        cls, event: Event, *, id: str, registration_id: str, at: datetime, sessions: Sequence[str] = ()
    ) -> "Pass":
        """
        The pass for a place of *event*, with as many devices as its policy allows.

        Args:
            event: The event.
            id: Of the pass.
            registration_id: Whose place it is.
            at: Now.
            sessions: Ids of the sessions that were chosen; none for all, where none are chosen.

        Raises:
            InvalidValueError: A session that the event does not have, none where
                sessions are chosen, or an argument that cannot be.
            NaiveDatetimeError: *at* has no zone.
        """
        chosen = several(identifier)(sessions, "sessions")
        known(chosen, instance(event, "event", Event).sessions, "sessions")
        if event.chooses_sessions and not chosen:
            raise InvalidValueError("sessions", EMPTY)
        return cls(
            id=id,
            registration_id=registration_id,
            event_id=event.id,
            issued_at=at,
            sessions=chosen,
            most_devices=event.policy.devices,
        )

    @property
    def refusals(self) -> tuple[Reason, ...]:
        """Why it admits to nothing at all; empty while it is good."""
        if self.revoked_at is not None:
            return (PASS_REVOKED,)
        return (PASS_SUSPENDED,) if self.suspended_at is not None else ()

    def is_for(self, session: str | None) -> bool:
        """Whether it admits to that session; None stands for the event as a whole."""
        return session is None or not self.sessions or session in self.sessions

    def has_attended(self, session: str | None = None) -> bool:
        """Whether the holder was in that session, or with None in any."""
        return any(session is None or visit.session == session for visit in self.visits)

    def device_refusals(self, device: str) -> tuple[Reason, ...]:
        """Why it cannot be used from that device; empty if it can."""
        if self.most_devices is None or len(self.devices) < self.most_devices or self._knows(device):
            return ()
        return (TOO_MANY_DEVICES.given(most=self.most_devices),)

    def admitted(self, device: str, at: datetime, session: str | None = None) -> "Pass":
        """
        The pass once its holder has come in: the device is known and the visit noted. `admit` asks whether it may be.

        Raises:
            NotAllowedError: It is revoked, suspended, or used on as many devices as may be.
            InvalidValueError: An argument that cannot be.
            NaiveDatetimeError: *at* has no zone.
        """
        used, visit = Device(device, at), Visit(session, at)
        refused = self.refusals or self.device_refusals(used.id)
        if refused:
            raise NotAllowedError(refused)
        is_new = self.most_devices is not None and not self._knows(used.id)
        is_first = all(visit.session != earlier.session for earlier in self.visits)
        if not (is_new or is_first):
            return self
        return evolve(
            self,
            devices=(*self.devices, used) if is_new else self.devices,
            visits=(*self.visits, visit) if is_first else self.visits,
        )

    def released(self, device: str) -> "Pass":
        """The pass without that device, which makes room for another; the same one if it is not known, or revoked."""
        if self.revoked_at is not None or not self._knows(device):
            return self
        return evolve(self, devices=tuple(each for each in self.devices if each.id != device))

    def renewed(self) -> "Pass":
        """
        The pass of whoever the place was handed on to, or whose link got lost.

        The links that were sent are dead at once, and no device is known. What was
        attended stays: it is a fact of the place.

        Raises:
            NotAllowedError: It is revoked or suspended.
        """
        if self.refusals:
            raise NotAllowedError(self.refusals)
        return evolve(self, generation=self.generation + 1, devices=())

    def suspended(self, at: datetime) -> "Pass":
        """
        The pass while a dispute is open: it admits to nothing, and its links are dead.

        Raises:
            InvalidValueError: *at* is no moment; a NaiveDatetimeError if it has no zone.
        """
        moment = instant(at, "at")
        if self.refusals:
            return self
        return evolve(self, generation=self.generation + 1, suspended_at=moment)

    def restored(self) -> "Pass":
        """The pass once the dispute was won: it is good again, and its holder needs a new link."""
        if self.suspended_at is None or self.revoked_at is not None:
            return self
        return evolve(self, suspended_at=None)

    def revoked(self, at: datetime, why: Revocation) -> "Pass":
        """
        The pass as it ends. One that has ended stays as it is.

        Raises:
            InvalidValueError: An argument that cannot be; a NaiveDatetimeError if *at* has no zone.
        """
        moment, reason = instant(at, "at"), instance(why, "why", Revocation)
        if self.revoked_at is not None:
            return self
        return evolve(self, generation=self.generation + 1, revoked_at=moment, revoked_for=reason)

    def _knows(self, device: str) -> bool:
        return any(each.id == device for each in self.devices)


def _once(ids: Sequence[str | None], field: str) -> None:
    before: set[str | None] = set()
    for place, each in enumerate(ids):
        if each in before:
            raise InvalidValueError(f"{field}[{place}]", DUPLICATE_ID.given(id=each or ""))
        before.add(each)
