"""What a pass keeps of its use and its end."""

from enum import Enum

from attrs import field, frozen

from paidevents.catalog.names import identifier
from paidevents.checks import UtcTime, instant, optional, settle, text


class Revocation(Enum):
    """Why a pass is no longer good."""

    CANCELLED = "cancelled"  # the registration, or the whole event
    REFUSED = "refused"  # by the organizer
    REFUNDED = "refunded"
    DISPUTED = "disputed"  # the buyer's bank took the money back
    PAYMENT_LOST = "payment_lost"  # it failed after it had succeeded
    TRANSFERRED = "transferred"  # the place has another pass now
    WITHDRAWN = "withdrawn"  # by the organizer or the platform, for a reason of their own


@frozen
class Device:
    """
    A device that its holder has joined from.

    Attributes:
        id: What the host knows it by. It is not printed, for it may be a trace of a person.
        known_at: When it was used first.

    Raises:
        InvalidValueError: An attribute that cannot be.
        NaiveDatetimeError: The moment has no zone.
    """

    id: str = field(repr=False)
    known_at: UtcTime

    def __attrs_post_init__(self) -> None:
        settle(self, id=text, known_at=instant)


@frozen
class Visit:
    """
    That the holder was there.

    Attributes:
        session: Id of the session; None for an event without any.
        at: When the holder came in first.

    Raises:
        InvalidValueError: An attribute that cannot be.
        NaiveDatetimeError: The moment has no zone.
    """

    session: str | None
    at: UtcTime

    def __attrs_post_init__(self) -> None:
        settle(self, session=optional(identifier), at=instant)
