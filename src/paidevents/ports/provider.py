"""
What is asked of a payment provider.

Three rules carry it. A notification is only a hint: it is verified, then the
provider is asked. `fetch` has no side effects and is the only truth. Every call
that does something has a key, which was committed before; the same key never
does it twice.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Protocol

from attrs import field, frozen

from paidevents.catalog.names import language
from paidevents.checks import Url, UtcTime, instant, of_kind, optional, settle, text, text_or_nothing
from paidevents.money.amount import Money
from paidevents.money.amount_rules import AmountRule
from paidevents.money.currency import Currency
from paidevents.money.provider_facts import ProviderLimits
from paidevents.payments.snapshot import PaymentRef, RefundSnapshot, Snapshot, above_zero, plain_id, web_address
from paidevents.reason import Finding


class Capability(Enum):
    """What a provider can do besides taking a payment."""

    MANUAL_CAPTURE = "manual_capture"  # money is set aside first, and taken later
    REFUND = "refund"
    PARTIAL_REFUND = "partial_refund"
    NOTIFICATIONS = "notifications"
    FETCH = "fetch"  # it knows what became of a payment; otherwise a person records it


@frozen(kw_only=True)
class PaymentRequest:
    """
    What a payment is started with.

    Attributes:
        reference: Id of the order. The provider keeps it and says it again in whatever it tells of the payment.
        payment: Id of the payment; for providers that keep a second name.
        amount: What the buyer is to pay; above zero.
        description: What for, as the buyer reads it.
        statement: What stands on the bank statement; empty for what the account says.
        short_statement: Its short form, where there is room for no more; empty likewise.
        support: A number that the buyer can call, for a provider that shows one; empty likewise.
        return_url: Where the buyer's browser goes afterwards.
        cancel_url: Where it goes if the buyer gives up.
        expires_at: When the provider's page is to close; None for when it likes.
        email: The buyer's; empty if the provider is to ask. It is not printed.
        locale: The language of the page.
        capture_later: Only set the money aside; it is taken once the organizer approves.

    Raises:
        InvalidValueError: An attribute that cannot be.
        NaiveDatetimeError: The moment has no zone.
    """

    reference: str
    payment: str
    amount: Money
    description: str
    statement: str = ""
    short_statement: str = ""
    support: str = ""
    return_url: Url = field(default="", repr=False)
    cancel_url: Url = field(default="", repr=False)
    expires_at: UtcTime | None = None
    email: str = field(default="", repr=False)
    locale: str = "en"
    capture_later: bool = False

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            reference=plain_id,
            payment=plain_id,
            amount=above_zero,
            description=text,
            statement=text_or_nothing,
            short_statement=text_or_nothing,
            support=text_or_nothing,
            return_url=web_address,
            cancel_url=web_address,
            expires_at=optional(instant),
            email=text_or_nothing,
            locale=language,
            capture_later=of_kind(bool),
        )


@frozen(kw_only=True)
class Notification:
    """
    What a provider's notification is about. It says nothing of what happened: that is asked.

    Attributes:
        ref: What the payment is called there; None if it does not say.
        reference: Id of the order; empty if it does not say.
        id: Of the notification itself; empty if it has none.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    ref: PaymentRef | None = None
    reference: str = ""
    id: str = ""

    def __attrs_post_init__(self) -> None:
        settle(self, ref=optional(of_kind(PaymentRef)), reference=text_or_nothing, id=text_or_nothing)


class PaymentProvider(Protocol):
    """
    An account at a payment provider. `testing.ProviderSuite` has every promise as a test.

    Every method that asks the provider may raise

    - `ProviderUnavailableError`: certainly nothing happened;
    - `OutcomeUnknownError`: it may have happened; an unreadable answer is this;
    - `RequestRejectedError`: final, however often it is sent;
    - `PaymentDeclinedError`: the buyer's means of payment; another attempt may work.

    Whatever else it raises is taken for an unknown outcome.
    """

    @property
    def name(self) -> str:
        """Its name with its mode: "stripe:test". What is only a test never pays for a place."""
        ...

    @property
    def account(self) -> str:
        """The account that the money goes to."""
        ...

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What it can do."""
        ...

    def limits(self) -> ProviderLimits:
        """The times that it sets."""
        ...

    def rule(self, currency: Currency) -> AmountRule | None:
        """Which amounts it takes in *currency*; None if it does not take it."""
        ...

    def verify(self) -> tuple[Finding, ...]:
        """What is wrong with the account: credentials, permissions, whether it can take money. Empty if nothing is."""
        ...

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        """
        Open a payment, at an address of the provider's or with instructions.

        The same key with the same request gives the same payment, for as long as
        `limits().key_retention`; with another request it is rejected.
        """
        ...

    def fetch(self, ref: PaymentRef) -> Snapshot:
        """What has become of a payment. Changes nothing. A payment that it does not know is rejected."""
        ...

    def capture(self, ref: PaymentRef, amount: Money | None = None, *, key: str) -> Snapshot:
        """Take what is set aside, or so much of it. Anything else than what is AUTHORIZED is rejected."""
        ...

    def void(self, ref: PaymentRef, *, key: str) -> Snapshot:
        """See to it that nothing can be paid any more, and say what is true now: it may be PAID."""
        ...

    def refund(self, ref: PaymentRef, amount: Money, *, key: str) -> RefundSnapshot:
        """Give back so much of a payment. The same key never gives it back twice. More than is left is rejected."""
        ...

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        """
        What a notification is about, if its signature is good; None if it is about nothing that matters.

        Raises:
            ForgedNotificationError: The signature is missing, wrong or too old. Nothing of the body was used.
        """
        ...
