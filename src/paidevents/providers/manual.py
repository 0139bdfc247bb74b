"""
Bank transfers and cash: payments that a person records.

There is nobody to ask, so nothing is kept here and nothing can be lost. What a
payment is called says all that is ever asked of it; the money is recorded by
the organizer, with `payments.recorded`.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from paidevents.checks import LONGEST, between, instance, integer, optional, prose, several, text
from paidevents.errors import ForgedNotificationError, InvalidValueError, RequestRejectedError
from paidevents.money.amount import Money
from paidevents.money.amount_rules import AmountRule, WireForm
from paidevents.money.currency import Currency, checked_currency
from paidevents.money.format import format_money
from paidevents.money.provider_facts import ProviderLimits
from paidevents.payments.snapshot import (
    PaymentRef,
    RefundSnapshot,
    RefundStatus,
    Snapshot,
    Status,
    above_zero,
    provider_name,
)
from paidevents.ports.connection import base_name
from paidevents.ports.provider import Capability, Notification, PaymentRequest
from paidevents.reason import Finding, filled, names_in
from paidevents.wire.refusals import NOT_ONE_OF

TRANSFER = "Please transfer {amount} to our account, and give {reference} as the reference."
AT_THE_DESK = "Please pay {amount} in cash at the desk, and say {reference}."

# The names that instructions can mention. What they stand for is shorter than what is left of a snapshot's.
_NAMES = ("amount", "reference")
_LONGEST_INSTRUCTIONS = 1000
_MOST_DAYS = 365

# What a payment is called: its id, the order's, and what was asked for, which is all that a snapshot needs.
_ID = re.compile(r"[A-Za-z0-9._-]+/(?P<reference>[A-Za-z0-9._-]+)/(?P<minor>[1-9][0-9]{0,18})(?P<currency>[A-Z]{3})")


class ManualProvider:
    """
    A `PaymentProvider` for money that comes past every network.

    It has no memory, and every answer is made of the question: a key is never
    too old, and one that comes with another request is answered as that request
    would be. Nothing is done here, so nothing can be done twice. It cannot say
    what came, nor what is left to give back: the organizer's records do.

    Args:
        name: Of the way to pay, as events declare it.
        account: What the organizer calls the account or the desk.
        instructions: How to pay, with {amount} and {reference} where those are to stand; 1000 characters at most.
        days: How long the buyer has at least.
        step: Every amount is a multiple of so many minor units, as Swiss cash of 5.
        currencies: Those that are taken, or their codes; empty for all.

    Raises:
        InvalidValueError: An argument that cannot be, or instructions that mention another name.

    Example:
        >>> bank = ManualProvider(instructions="IBAN FR76 3000 6000 0112 3456 7890 189: {amount} for {reference}.")
        >>> price = Money.of("20.00", "EUR")
        >>> asked = PaymentRequest(reference="A7", payment="A7-p1", amount=price, description="A talk")
        >>> print(bank.start(asked, key="A7-p1:1").instructions)
        IBAN FR76 3000 6000 0112 3456 7890 189: €20.00 for A7.
    """

    def __init__(
        self,
        name: str = "bank_transfer",
        account: str = "main",
        instructions: str = TRANSFER,
        *,
        days: int = 5,
        step: int = 1,
        currencies: Sequence[Currency | str] = (),
    ) -> None:
        self._name, self._account = provider_name(name, "name"), text(account, "account")
        self._instructions = prose(_LONGEST_INSTRUCTIONS, needed=True)(instructions, "instructions")
        if not names_in(instructions) <= set(_NAMES):
            raise InvalidValueError(
                "instructions", NOT_ONE_OF.given(allowed=", ".join(f"{{{name}}}" for name in _NAMES))
            )
        self._days = between(0, _MOST_DAYS)(days, "days")
        self._step = integer(step, "step", 1, 10**6)
        self._currencies = several(checked_currency)(currencies, "currencies")

    def __repr__(self) -> str:
        return f"ManualProvider({self._name!r}, {self._account!r})"

    @classmethod
    def cash(
        cls,
        account: str = "main",
        instructions: str = AT_THE_DESK,
        *,
        days: int = 5,
        step: int = 1,
        currencies: Sequence[Currency | str] = (),
    ) -> "ManualProvider":
        """
        Cash at the desk; it is named "cash".

        Example:
            >>> ManualProvider.cash(step=5, currencies=["CHF"]).rule(Currency("CHF")).step
            5
        """
        return cls("cash", account, instructions, days=days, step=step, currencies=currencies)

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def account(self) -> str:
        """What the organizer calls the account or the desk."""
        return self._account

    @property
    def capabilities(self) -> frozenset[Capability]:
        """To owe a refund, whole or in part; a person pays it out, and records it."""
        return frozenset((Capability.REFUND, Capability.PARTIAL_REFUND))

    def limits(self) -> ProviderLimits:
        """The buyer has some days at least; a key is never too old."""
        return ProviderLimits(
            provider=base_name(self._name), shortest_checkout=timedelta(days=self._days), key_retention=LONGEST
        )

    def rule(self, currency: Currency) -> AmountRule | None:
        """Every amount of its currencies that is on the step; None for another currency."""
        digits = instance(currency, "currency", Currency).digits
        if self._currencies and currency not in self._currencies:
            return None
        return AmountRule(
            provider=base_name(self._name),
            currency=currency,
            form=WireForm.DECIMAL_TEXT,
            decimals=digits,
            step=self._step,
        )

    def verify(self) -> tuple[Finding, ...]:
        """Nothing: there is nobody to ask."""
        return ()

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        """
        Tell the buyer how to pay. The same request always gives the same.

        Raises:
            RequestRejectedError: An amount or currency that is not taken, or one to be captured later.
        """
        asked = instance(request, "request", PaymentRequest)
        text(key, "key")
        rule = self.rule(asked.amount.currency)
        if rule is None:
            raise self._refusal("currency_not_supported")
        for reason in rule.refusals(asked.amount):
            raise self._refusal(reason.code)
        if asked.capture_later:
            raise self._refusal("manual_capture_not_offered")
        id = f"{asked.payment}/{asked.reference}/{asked.amount.minor}{asked.amount.currency}"
        return Snapshot(
            ref=PaymentRef(self._name, self._account, id),
            reference=asked.reference,
            status=Status.OPEN,
            requested=asked.amount,
            instructions=filled(
                self._instructions, {"amount": _written(asked.amount, asked.locale), "reference": asked.reference}
            ),
            expires_at=asked.expires_at,
        )

    def fetch(self, ref: PaymentRef) -> Snapshot:
        """
        Nobody can be asked what became of a payment.

        Raises:
            RequestRejectedError: Always.
        """
        self._own(ref)
        raise self._refusal("recorded_by_hand")

    def capture(self, ref: PaymentRef, amount: Money | None = None, *, key: str) -> Snapshot:
        """
        Nothing is ever set aside.

        Raises:
            RequestRejectedError: Always.
        """
        self._own(ref)
        optional(above_zero)(amount, "amount")
        text(key, "key")
        raise self._refusal("manual_capture_not_offered")

    def void(self, ref: PaymentRef, *, key: str) -> Snapshot:
        """
        It is no longer waited for. What comes all the same is recorded, and treated as late.

        Raises:
            RequestRejectedError: It was not started here.
        """
        text(key, "key")
        match = _ID.fullmatch(self._own(ref).id)
        if match is None:
            raise self._refusal("unknown_payment")
        try:
            asked = Money(int(match["minor"]), Currency(match["currency"]))
        except InvalidValueError:
            raise self._refusal("unknown_payment") from None
        return Snapshot(ref=ref, reference=match["reference"], status=Status.EXPIRED, requested=asked)

    def refund(self, ref: PaymentRef, amount: Money, *, key: str) -> RefundSnapshot:
        """
        So much is to be paid out by the organizer, and is pending until that is recorded.

        Raises:
            RequestRejectedError: Of a payment of another account.
        """
        self._own(ref)
        owed = above_zero(amount, "amount")
        return RefundSnapshot(id=text(key, "key"), amount=owed, status=RefundStatus.PENDING, key=key)

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        """
        Nobody sends any, so whatever comes was made up.

        Raises:
            ForgedNotificationError: Always.
        """
        raise ForgedNotificationError(self._name, "notifications_not_offered")

    def _own(self, ref: PaymentRef) -> PaymentRef:
        if (instance(ref, "ref", PaymentRef).provider, ref.account) != (self._name, self._account):
            raise self._refusal("unknown_payment")
        return ref

    def _refusal(self, code: str) -> RequestRejectedError:
        return RequestRejectedError(self._name, code)


def _written(amount: Money, locale: str) -> str:
    """The amount as the buyer writes it; in a locale that is not known, as in English."""
    try:
        return format_money(amount, locale)
    except InvalidValueError:
        return format_money(amount, "en")
