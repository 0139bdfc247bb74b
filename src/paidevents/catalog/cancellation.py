"""What is given back of a place that is cancelled: how much until when, what is kept, in the organizer's words."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Self
from zoneinfo import ZoneInfo

from attrs import frozen

from paidevents.catalog.fees import NOTHING, WHOLE
from paidevents.catalog.ticket import price
from paidevents.checks import Prose, instance, instant, of_kind, optional, prose, settle, several
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.reason import Reason
from paidevents.timing.deadline import Anchor, Deadline, Direction, Span
from paidevents.timing.local import checked_zone
from paidevents.timing.window import Window

STEP_WITHOUT_END = Reason("step_without_end", "Only the last step can hold for the rest of time.")

MOST_STEPS = 20
LONGEST_TEXT = 5000

_BEFORE_EVERYTHING = datetime.min.replace(tzinfo=UTC)


class Cause(Enum):
    """Why a place is cancelled."""

    BUYER = "buyer"  # the buyer wishes it
    ORGANIZER = "organizer"  # it is the organizer's fault: refused, cancelled, postponed


class FeesBack(Enum):
    """Which of the fees that the buyer paid are given back."""

    AS_DECLARED = "as_declared"  # each fee says whether it is refundable
    ALL = "all"
    NONE = "none"


class Refunding(Enum):
    """Who makes the refunds that are due."""

    AUTOMATIC = "automatic"  # they are made at once
    OWED = "owed"  # they are listed until the organizer makes them: CM-21


@frozen
class RefundStep:
    """
    What is given back of a place that is cancelled before a deadline.

    Attributes:
        until: Until when, that moment excluded; None for the rest of time.
        share: Of what was paid for the place.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    until: Deadline | None
    share: Rate

    def __attrs_post_init__(self) -> None:
        settle(self, until=optional(of_kind(Deadline)), share=of_kind(Rate))


@frozen(kw_only=True)
class Cancellation:
    """
    What is given back of a place at the buyer's wish.

    Where the organizer is the cause, everything is given back, fees included:
    that needs no declaration. With nothing declared, a buyer who cancels gets
    nothing.

    Attributes:
        steps: How much until when. The first whose deadline lies ahead holds,
            so the nearest to the sale stands first; after the last, or without any, nothing is given back.
        kept: A fixed amount that is kept of each place; None for none.
        fees: Which of the fees that the buyer paid are given back.
        tax: The tax in what is given back is given back too; without it the buyer gets the amount before tax.
        clawback: The places that are kept are priced as if they had been bought alone.
        pro_rata: Of a series only what has not yet taken place is given back.
        buyer_until: Until when a buyer may cancel, that moment excluded; None for at any time.
        text: The organizer's own words, shown with the event; up to 5000 characters, of several lines.

    Raises:
        InvalidValueError: A step for the rest of time that is not the last, or an attribute that cannot be.

    Source:
        GT-27, GT-28.

    Example:
        >>> week = Cancellation.limited(
        ...     RefundStep(Deadline.of("7 days before start"), Rate.of("100 %")),
        ...     RefundStep(Deadline.of("24 h before start"), Rate.of("50 %")),
        ... )
        >>> window = Window(datetime.fromisoformat("2026-04-14T16:00Z"))
        >>> days = ("2026-04-07T15:59Z", "2026-04-07T16:00Z", "2026-04-13T16:00Z")
        >>> [str(week.share_at(datetime.fromisoformat(day), window, "Europe/Paris")) for day in days]
        ['100 %', '50 %', '0 %']
    """

    steps: tuple[RefundStep, ...] = ()
    kept: Money | None = None
    fees: FeesBack = FeesBack.AS_DECLARED
    tax: bool = True
    clawback: bool = False
    pro_rata: bool = False
    buyer_until: Deadline | None = Deadline(Span())
    text: Prose = ""

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            steps=several(of_kind(RefundStep), MOST_STEPS),
            kept=optional(price),
            fees=of_kind(FeesBack),
            tax=of_kind(bool),
            clawback=of_kind(bool),
            pro_rata=of_kind(bool),
            buyer_until=optional(of_kind(Deadline)),
            text=prose(LONGEST_TEXT),
        )
        for place, step in enumerate(self.steps[:-1]):
            if step.until is None:
                raise InvalidValueError(f"steps[{place}].until", STEP_WITHOUT_END)

    @classmethod
    def none(cls) -> Self:
        """Nothing is given back."""
        return cls()

    @classmethod
    def full(cls, until: Deadline | None = None) -> Self:
        """
        All is given back of what is cancelled before *until*; None for whenever a buyer may cancel.

        Raises:
            InvalidValueError: *until* is neither a Deadline nor None.
        """
        return cls(steps=(RefundStep(until, WHOLE),))

    @classmethod
    def limited(cls, *steps: RefundStep) -> Self:
        """
        So much until then, so much until later, and nothing after the last.

        Raises:
            InvalidValueError: One is no RefundStep, or a step for the rest of time is not the last.
        """
        return cls(steps=steps)

    def share_at(self, at: datetime, window: Window, zone: ZoneInfo | str) -> Rate:
        """
        The share that is given back of a place cancelled at *at*, fixed amounts and fees aside.

        At a deadline itself its step no longer holds. A deadline that refers
        to a start or end which *window* lacks never passes.

        Args:
            at: The moment of the cancellation.
            window: When it takes place; of chosen sessions the one that is cancelled.
            zone: Where the days of the deadlines are counted.

        Returns:
            The share of the first step that still holds; 0 % if none does.

        Raises:
            NaiveDatetimeError: *at* has no zone.
            InvalidValueError: *zone* is unknown, or an argument is of the wrong kind.
        """
        ahead = _ahead_at(at, window, zone)
        return next((step.share for step in self.steps if ahead(step.until)), NOTHING)

    def is_open_at(self, at: datetime, window: Window, zone: ZoneInfo | str) -> bool:
        """
        Whether a buyer may still cancel at *at*; what that gives back is another matter.

        Args:
            at: The moment of the cancellation.
            window: When it takes place; of chosen sessions the one that is cancelled.
            zone: Where the days of the deadline are counted.

        Raises:
            NaiveDatetimeError: *at* has no zone.
            InvalidValueError: *zone* is unknown, or an argument is of the wrong kind.
        """
        return _ahead_at(at, window, zone)(self.buyer_until)


def _ahead_at(at: datetime, window: Window, zone: ZoneInfo | str) -> Callable[[Deadline | None], bool]:
    """Whether a deadline has not come by *at*."""
    moment, place = instant(at, "at"), checked_zone(zone)
    instance(window, "window", Window)

    def ahead(until: Deadline | None) -> bool:
        comes_at = passing(until, window, place)
        return comes_at is None or moment < comes_at

    return ahead


def passing(until: Deadline | None, window: Window, zone: ZoneInfo) -> datetime | None:
    """
    When *until* passes for what takes place in *window*, its days counted in *zone*.

    Returns:
        The moment, in UTC; None for what never passes: no deadline, or one
        that refers to a start or end which *window* lacks.
    """
    if until is None:
        return None
    anchor = window.starts_at if until.anchor is Anchor.START else window.ends_at
    if anchor is None:
        return None
    try:
        return until.instant(window, zone)
    except InvalidValueError:  # it lies out of the years in which anything happens, before them or after them
        return None if until.direction is Direction.AFTER else _BEFORE_EVERYTHING
