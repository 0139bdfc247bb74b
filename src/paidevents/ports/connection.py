"""Which account of a payment provider an organizer is paid through."""

from datetime import datetime

from attrs import evolve, frozen

from paidevents.catalog.people import account
from paidevents.checks import UtcTime, instance, instant, optional, settle, text, text_or_nothing
from paidevents.payments.snapshot import provider_name


def connection_id(owner: str, provider: str) -> str:
    """What the connection of an owner to a provider is called; the mode of the provider does not matter."""
    return f"{base_name(provider)}/{account(owner, 'owner')}"


def base_name(provider: str) -> str:
    """The name of a provider without its mode: events declare "stripe", whatever "stripe:test" takes the money."""
    return instance(provider, "provider", str).partition(":")[0]


def is_live(provider: str) -> bool:
    """Whether real money moves with a provider: its name has no mode, or that of "live"; anything else is a test."""
    return instance(provider, "provider", str).partition(":")[2] in ("", "live")


@frozen(kw_only=True)
class Connection:
    """
    The account that money of an owner's events goes to (CM-22).

    Attributes:
        owner: Account in the host application: an organizer's, or that of all its organizers together (GT-02).
        provider: The provider's name with its mode.
        account: The account there.
        statement: What stands on the buyer's bank statement; empty for what the account says (CM-29).
        short_statement: Its short form.
        support: A number that buyers can call.
        connected_at: Since when.
        disconnected_at: Until when; None while it is connected.

    Raises:
        InvalidValueError: An attribute that cannot be.
        NaiveDatetimeError: A moment has no zone.
    """

    owner: str
    provider: str
    account: str
    statement: str = ""
    short_statement: str = ""
    support: str = ""
    connected_at: UtcTime
    disconnected_at: UtcTime | None = None

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            owner=account,
            provider=provider_name,
            account=text,
            statement=text_or_nothing,
            short_statement=text_or_nothing,
            support=text_or_nothing,
            connected_at=instant,
            disconnected_at=optional(instant),
        )

    @property
    def id(self) -> str:
        """An owner has one connection to each provider."""
        return connection_id(self.owner, self.provider)

    @property
    def is_connected(self) -> bool:
        """Whether money can be taken through it."""
        return self.disconnected_at is None

    def disconnected(self, at: datetime) -> "Connection":
        """The same once it has ended. What was taken through it is given back through it."""
        return evolve(self, disconnected_at=instant(at, "at"))
