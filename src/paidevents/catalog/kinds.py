"""
The kinds of events, and what each allows: one table.

Whether a reduced tier or a code may be declared, whether there is a date, when
its sale ends by itself, and when a buyer has got what was paid for.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from paidevents.checks import of_kind, settle


class EventKind(Enum):
    """What is sold access to."""

    LIVE = "live"  # it happens once, or on the dates of a series
    RECORDED = "recorded"  # a recording that is broadcast on a date, as if it were live
    WEBCAST = "webcast"  # live, for a large audience that does not take part
    PERMANENT = "permanent"  # paid once, one access to every session that is ever held
    ON_DEMAND = "on_demand"  # a video that is watched when the buyer likes


class Attendance(Enum):
    """What a place in a series gives access to."""

    ALL_SESSIONS = "all_sessions"  # one place, one price, every session
    CHOSEN_SESSIONS = "chosen_sessions"  # one place and one price for each session that is chosen


class SaleEnd(Enum):
    """When a sale ends by itself; the organizer can always end it sooner."""

    WITH_THE_EVENT = "with_the_event"  # when what is sold has taken place
    NEVER = "never"  # only when it is withdrawn


class Delivery(Enum):
    """When the buyer has got what was paid for, which a refund may ask."""

    WHEN_HELD = "when_held"  # session by session, as each ends
    WHEN_OPENED = "when_opened"  # all of it, as soon as it is watched


@frozen
class KindRules:
    """
    What one kind of event allows.

    Attributes:
        has_dates: It takes place at declared times.
        may_be_series: Those may be several.
        tiers: Reduced tickets can be declared.
        codes: Promotions and their codes can be declared.
        sale_ends: When the sale ends by itself.
        delivery: When the buyer has got what was paid for.

    Raises:
        InvalidValueError: An attribute is of another type.

    Example:
        >>> KINDS[EventKind.ON_DEMAND].tiers, KINDS[EventKind.ON_DEMAND].codes
        (False, True)
    """

    has_dates: bool
    may_be_series: bool
    tiers: bool
    codes: bool
    sale_ends: SaleEnd
    delivery: Delivery

    def __attrs_post_init__(self) -> None:
        flag = of_kind(bool)
        settle(
            self,
            has_dates=flag,
            may_be_series=flag,
            tiers=flag,
            codes=flag,
            sale_ends=of_kind(SaleEnd),
            delivery=of_kind(Delivery),
        )


_DATED = KindRules(
    has_dates=True,
    may_be_series=True,
    tiers=True,
    codes=True,
    sale_ends=SaleEnd.WITH_THE_EVENT,
    delivery=Delivery.WHEN_HELD,
)

# CM-07, CM-11: no reduced tickets for permanent and on-demand events, but codes.
_PERMANENT = KindRules(
    has_dates=False,
    may_be_series=True,
    tiers=False,
    codes=True,
    sale_ends=SaleEnd.NEVER,
    delivery=Delivery.WHEN_HELD,
)
_ON_DEMAND = KindRules(
    has_dates=False,
    may_be_series=False,
    tiers=False,
    codes=True,
    sale_ends=SaleEnd.NEVER,
    delivery=Delivery.WHEN_OPENED,
)

KINDS: Mapping[EventKind, KindRules] = MappingProxyType(
    {
        EventKind.LIVE: _DATED,
        EventKind.RECORDED: _DATED,
        EventKind.WEBCAST: _DATED,
        EventKind.PERMANENT: _PERMANENT,
        EventKind.ON_DEMAND: _ON_DEMAND,
    }
)
