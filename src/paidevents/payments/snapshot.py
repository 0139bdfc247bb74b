"""
What a provider says of a payment when it is asked.

A snapshot is all that counts: a notification is only a hint to ask. What an
organizer records by hand, of a bank transfer or of cash, is a snapshot as well.
"""

import re
from enum import Enum

from attrs import evolve, field, frozen

from paidevents.catalog.names import listed
from paidevents.checks import (
    Prose,
    Url,
    UtcTime,
    instance,
    instant,
    of_kind,
    optional,
    prose,
    settle,
    text,
    text_or_nothing,
    written,
)
from paidevents.errors import CurrencyMismatchError, InvalidValueError
from paidevents.money.amount import Money
from paidevents.reason import Reason

NOT_ABOVE_ZERO = Reason("not_above_zero", "The amount has to be above zero.")
BELOW_ZERO = Reason("below_zero", "The amount is below zero.")
RECEIVED_IF_PAID = Reason("received_if_paid", "What is paid says what was received, and nothing else does.")
NOTHING_CAME = Reason("nothing_came", "Nothing came that could be given back or disputed.")
NOTHING_DISPUTED = Reason("nothing_disputed", "An amount is disputed, but there is no dispute.")

LONGEST_URL = 4096
LONGEST_INSTRUCTIONS = 2000

_PROVIDER = re.compile(r"[a-z0-9][a-z0-9_-]*(?::[a-z0-9][a-z0-9_-]*)?")
_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_URL = re.compile(r"https?://[!-~]+")


class Status(Enum):
    """Where a payment stands at its provider."""

    OPEN = "open"  # the buyer can pay
    AUTHORIZED = "authorized"  # set aside, not yet taken
    PENDING = "pending"  # on its way, for days perhaps
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"  # or voided


class RefundStatus(Enum):
    """Where a refund stands at its provider."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class DisputeStatus(Enum):
    """Where a dispute stands: a bank takes the money back on the word of its customer."""

    OPEN = "open"
    WON = "won"  # the organizer keeps the money
    LOST = "lost"


def provider_name(value: object, field: str) -> str:
    """*value* if it names a provider, and its mode where it has several: "stripe:test"."""
    return written(value, field, _PROVIDER, "stripe:test")[0]


def plain_id(value: object, field: str) -> str:
    """*value* if it is 1 to 64 letters, digits, `.`, `_` and `-` of ASCII: a key made of it travels in a header."""
    return written(value, field, _PLAIN_ID, "pay_7Q2m")[0]


def above_zero(value: object, field: str) -> Money:
    """*value* if it is an amount above zero."""
    amount = instance(value, field, Money)
    if amount.minor <= 0:
        raise InvalidValueError(field, NOT_ABOVE_ZERO)
    return amount


def zero_or_more(value: object, field: str) -> Money:
    """*value* if it is an amount that is not below zero."""
    amount = instance(value, field, Money)
    if amount.minor < 0:
        raise InvalidValueError(field, BELOW_ZERO)
    return amount


def web_address(value: object, field: str) -> str:
    """*value* if it is empty or an address of the web."""
    return "" if value == "" else written(value, field, _URL, "https://pay.example/x", LONGEST_URL)[0]


@frozen
class PaymentRef:
    """
    What a payment is called at its provider.

    Attributes:
        provider: Its name with its mode, such as "stripe:test": what is only a test never pays for a place.
        account: The organizer's account there.
        id: The provider's own id.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    provider: str
    account: str
    id: str

    def __attrs_post_init__(self) -> None:
        settle(self, provider=provider_name, account=text, id=text)


@frozen(kw_only=True)
class RefundSnapshot:
    """
    What a provider says of a refund.

    Attributes:
        id: The provider's own id.
        amount: Above zero.
        status: Where it stands. One that succeeded can fail later.
        key: The key that we asked for it with, if the provider repeats it; else empty.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    id: str
    amount: Money
    status: RefundStatus
    key: str = ""

    def __attrs_post_init__(self) -> None:
        settle(self, id=text, amount=above_zero, status=of_kind(RefundStatus), key=text_or_nothing)


@frozen(kw_only=True)
class Snapshot:
    """
    What a provider says of a payment at one moment.

    All amounts but the fee are in the currency in which the payment was asked
    for, whatever currency the buyer was shown.

    Attributes:
        ref: What it is called there.
        reference: The id of the order, which it was given when it was started.
        status: Where it stands.
        requested: What the buyer is asked for.
        received: What was taken of the buyer; None unless it is paid.
        fee: What the provider really took for it; None where it does not say so, or not yet.
        refunds: All that were made of it, by us or by a person there.
        dispute: Where a dispute of it stands; None without one. Of several, one that is open.
        disputed: The amount of the dispute, where it is known.
        url: Where the buyer pays; empty without such a page. It is not printed.
        instructions: How the buyer pays where there is no page, in several lines. They are not printed.
        expires_at: Until when it can be paid, in UTC; None where that is not known.
        capture_until: Until when it can be taken once it is set aside, in UTC; None where that is not known.

    Raises:
        InvalidValueError: Received without being paid, or the reverse; something given back
            or disputed of what never came; or an attribute that cannot be.
        CurrencyMismatchError: A refund in another currency than what was received.
        NaiveDatetimeError: A time without a zone.
    """

    ref: PaymentRef
    reference: str
    status: Status
    requested: Money
    received: Money | None = None
    fee: Money | None = None
    refunds: tuple[RefundSnapshot, ...] = ()
    dispute: DisputeStatus | None = None
    disputed: Money | None = None
    url: Url = field(default="", repr=False)
    instructions: Prose = field(default="", repr=False)
    expires_at: UtcTime | None = None
    capture_until: UtcTime | None = None

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            ref=of_kind(PaymentRef),
            reference=text,
            status=of_kind(Status),
            requested=above_zero,
            received=optional(zero_or_more),
            fee=optional(zero_or_more),
            refunds=listed(RefundSnapshot),
            dispute=optional(of_kind(DisputeStatus)),
            disputed=optional(above_zero),
            url=web_address,
            instructions=prose(LONGEST_INSTRUCTIONS),
            expires_at=optional(instant),
            capture_until=optional(instant),
        )
        if (self.received is None) is (self.status is Status.PAID):
            raise InvalidValueError("received", RECEIVED_IF_PAID)
        if self.status not in _CAME and (self.refunds or self.dispute):
            raise InvalidValueError("refunds" if self.refunds else "dispute", NOTHING_CAME)
        if self.disputed is not None and self.dispute is None:
            raise InvalidValueError("disputed", NOTHING_DISPUTED)
        for refund in self.refunds:
            if self.received is not None and refund.amount.currency != self.received.currency:
                raise CurrencyMismatchError(self.received.currency.code, refund.amount.currency.code)

    @property
    def is_gone(self) -> bool:
        """Whether there is no money, or no longer: it failed, or a dispute of it was lost."""
        return self.status is Status.FAILED or self.dispute is DisputeStatus.LOST

    def after(self, known: "Snapshot | None") -> "Snapshot":
        """
        The same with what was *known* before and is not told again: a dispute, refunds, the fee.

        A list of refunds may have come in part, and an answer from a copy that
        lags behind: what was once told of money is forgotten by nobody. A
        refund stays where it had come to, and a dispute until its end is told.

        Raises:
            InvalidValueError: *known* is neither a Snapshot nor None.
        """
        if known is None or self.status not in _CAME:
            return self
        instance(known, "known", Snapshot)
        told = {refund.id: refund for refund in self.refunds}
        kept = tuple(_later(refund, told.pop(refund.id, refund)) for refund in known.refunds)
        speaks = known if self.dispute is None else self
        return evolve(
            self,
            refunds=(*kept, *told.values()),
            fee=known.fee if self.fee is None else self.fee,
            dispute=speaks.dispute,
            disputed=speaks.disputed,
        )


# Where a payment can stand of which money came.
_CAME = (Status.PAID, Status.FAILED)
_PROGRESS = tuple(RefundStatus)


def _later(known: RefundSnapshot, seen: RefundSnapshot) -> RefundSnapshot:
    return known if _PROGRESS.index(seen.status) < _PROGRESS.index(known.status) else seen
