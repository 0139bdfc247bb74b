"""Places set aside for a while."""

from datetime import datetime, timedelta

from attrs import evolve, frozen

from paidevents import checks
from paidevents.catalog.policies import Policy
from paidevents.checks import UtcTime, instant, settle
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

HOLD_OUT_OF_ORDER = Reason("hold_out_of_order", "A hold begins, then runs out, at the latest when it has to.")

# Between a provider's last moment for a payment and the moment in which the places are let go: news needs its time.
GRACE = timedelta(minutes=2)


@frozen(kw_only=True)
class Hold:
    """
    How long an order keeps its places without being paid.

    Attributes:
        starts_at: When they were taken.
        until: When the hold runs out, that moment excluded.
        latest: It is never extended beyond this.

    Raises:
        InvalidValueError: The moments are out of order.
        NaiveDatetimeError: One has no zone.
    """

    starts_at: UtcTime
    until: UtcTime
    latest: UtcTime

    def __attrs_post_init__(self) -> None:
        settle(self, starts_at=instant, until=instant, latest=instant)
        if not self.starts_at < self.until <= self.latest:
            raise InvalidValueError("until", HOLD_OUT_OF_ORDER)

    @classmethod
    def under(cls, policy: Policy, at: datetime) -> "Hold":
        """
        The hold that *policy* gives from *at* on.

        Raises:
            InvalidValueError: *policy* is none, or it leads out of our centuries.
            NaiveDatetimeError: *at* has no zone.

        Example:
            >>> from datetime import UTC
            >>> hold = Hold.under(Policy(), datetime(2026, 3, 1, 12, tzinfo=UTC))
            >>> hold.until.isoformat(), hold.latest.isoformat()
            ('2026-03-01T12:15:00+00:00', '2026-03-08T12:00:00+00:00')
        """
        rules, starts_at = checks.instance(policy, "policy", Policy), instant(at, "at")
        until, latest = rules.hold.after(starts_at, "UTC"), rules.longest_hold.after(starts_at, "UTC")
        return cls(starts_at=starts_at, until=until, latest=latest)

    def is_over(self, at: datetime) -> bool:
        """Whether it has run out by *at*."""
        return instant(at, "at") >= self.until

    def reaches(self, until: datetime) -> bool:
        """Whether it may last until then."""
        return instant(until, "until") <= self.latest

    def extended(self, until: datetime) -> "Hold":
        """
        The hold until then, if that is later than now.

        Raises:
            InvalidValueError: It would last longer than it may: ask `reaches` first.
        """
        return evolve(self, until=max(self.until, instant(until, "until")))


def payment_hold_until(hold: Hold, at: datetime, shortest_session: timedelta) -> datetime:
    """
    Until when places are kept once a payment is started at *at*.

    A provider's page stays open for a while whatever we do; the places are kept
    at least that long, and a little for the news of it.

    Args:
        hold: The hold of the order.
        at: When the payment is started.
        shortest_session: The least time that the provider's page stays open.

    Raises:
        InvalidValueError: An argument that cannot be.

    Source:
        Stripe Checkout: a session is open for 30 minutes at least.

    Example:
        >>> from datetime import UTC
        >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
        >>> payment_hold_until(Hold.under(Policy(), noon), noon, timedelta(minutes=30)).isoformat()
        '2026-03-01T12:32:00+00:00'
    """
    checks.instance(hold, "hold", Hold)
    session_ends_at = instant(at, "at") + checks.duration(shortest_session, "shortest_session")
    return instant(max(hold.until, session_ends_at) + GRACE, "shortest_session")
