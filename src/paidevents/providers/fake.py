"""
A payment provider without a network: for tests, demos and a host's first steps.

It is as strict as a real one, keeps books of its own, and does what a test
scripts: an answer that is lost, a key that is forgotten, a refund that fails
days after it had succeeded. It has no chance in it: the same calls at the same
times give the same answers.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from paidevents.checks import instance, optional, text
from paidevents.errors import ForgedNotificationError, InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.provider_facts import ProviderLimits
from paidevents.money.rate import Rate
from paidevents.payments.snapshot import PaymentRef, RefundSnapshot, Snapshot, above_zero
from paidevents.ports.provider import Capability, Notification, PaymentRequest
from paidevents.ports.source import Clock
from paidevents.providers.account_findings import TROUBLES
from paidevents.providers.fake_books import alone, members
from paidevents.providers.fake_clerk import Clerk
from paidevents.providers.fake_line import Line
from paidevents.providers.fake_script import Fault
from paidevents.providers.fake_signature import TEST_SECRET
from paidevents.reason import Finding
from paidevents.wire.refusals import NOT_ONE_OF

# What is refused while something is wrong with the account; the rest of its troubles stop nothing.
_STOPS = {
    "key_invalid": ("start", "fetch", "capture", "void", "refund"),
    "charges_disabled": ("start",),
    "may_not_start": ("start",),
    "may_not_refund": ("refund",),
}
_ABOUT_PAYMENTS = ("payment", "refund", "dispute")

A = TypeVar("A", Snapshot, RefundSnapshot)


class FakeProvider(Clerk):
    """
    A `PaymentProvider` with books of its own, and its buyers, banks and dashboard as plain methods.

    A key is one request's, whichever method it is used with. What it answered
    is told again, errors as well, until the key is older than
    `limits().key_retention`; only `void` says what is true now. The ids that it
    gives are counters: cs_1, re_1, evt_1.

    Args:
        name: With its mode. With the name of Stripe or PayPal ("stripe:test") it takes the
            amounts, and sets the times, that they do; else any amount of any currency, and Stripe's times.
        account: The account there.
        clock: Its time.
        capabilities: What it can do; everything, unless said.
        limits: The times that it sets, if others.
        fee: The share that it takes of what comes, rounded half up; None if it does not say so.
        secrets: What notifications are signed with, the current one first, then those that were; 32 bytes
            each at least.
        broken: Codes of what is wrong with the account from the start; see `breaks`.

    Raises:
        InvalidValueError: An argument that cannot be.

    Example:
        >>> from paidevents.ports import SystemClock
        >>> provider = FakeProvider(clock=SystemClock())
        >>> price = Money.of("20.00", "EUR")
        >>> asked = PaymentRequest(reference="A7", payment="A7-p1", amount=price, description="A talk")
        >>> payment = provider.start(asked, key="A7-p1:1")
        >>> payment.url
        'https://pay.example/fake:test/cs_1'
        >>> paid = provider.pay(payment)
        >>> provider.fetch(payment.ref).status
        <Status.PAID: 'paid'>
        >>> headers, body = provider.notifications()[-1]
        >>> provider.notification(headers, body).reference
        'A7'
    """

    def __init__(
        self,
        name: str = "fake:test",
        account: str = "main",
        *,
        clock: Clock,
        capabilities: Collection[Capability] = frozenset(Capability),
        limits: ProviderLimits | None = None,
        fee: Rate | None = None,
        secrets: Sequence[bytes] = (TEST_SECRET,),
        broken: Collection[str] = (),
    ) -> None:
        super().__init__(name, account, clock, capabilities, limits, fee, secrets)
        self._line = Line(self._name, self._limits.key_retention)
        self.breaks(*members(broken, "broken", str))

    @property
    def name(self) -> str:
        """Its name with its mode."""
        return self._name

    @property
    def account(self) -> str:
        """The account that the money goes to."""
        return self._account

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What it can do."""
        return self._capabilities

    def limits(self) -> ProviderLimits:
        """The times that it sets."""
        return self._limits

    @alone
    def script(self, method: str, *faults: Fault) -> None:
        """
        Let these faults befall the next calls of a method, one each, in order.

        What befalls only what is done waits until something is: a repeated key does nothing.

        Raises:
            InvalidValueError: No such method or fault, or one that cannot befall this method.
        """
        self._line.script.add(method, *faults)

    @alone
    def breaks(self, *codes: str) -> None:
        """
        From now on this is wrong with the account, and nothing else is.

        Args:
            codes: "key_invalid", "mode_differs", "charges_disabled", "may_not_start", "may_not_refund",
                "payouts_disabled", "not_notified"; none if all is well.

        Raises:
            InvalidValueError: No such trouble is known.
        """
        for place, code in enumerate(codes):
            if instance(code, f"broken[{place}]", str) not in TROUBLES:
                raise InvalidValueError(f"broken[{place}]", NOT_ONE_OF.given(allowed=", ".join(TROUBLES)))
        self._broken = tuple(code for code in TROUBLES if code in codes)

    @alone
    def heals(self) -> None:
        """From now on nothing is wrong: neither with the account nor with any call that was to go wrong."""
        self._line.script.clear()
        self.breaks()

    @alone
    def verify(self) -> tuple[Finding, ...]:
        """What is wrong with the account."""
        return self._line.looked("verify", lambda: tuple(TROUBLES[code] for code in self._broken))

    @alone
    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        """Open a payment at an address of its own."""
        asked = instance(request, "request", PaymentRequest)
        return self._done("start", (asked,), key, lambda fault: self._started(asked, fault))

    @alone
    def fetch(self, ref: PaymentRef) -> Snapshot:
        """What has become of a payment."""
        instance(ref, "ref", PaymentRef)
        self._check_account("fetch")
        self._needs(Capability.FETCH)
        return self._line.looked("fetch", lambda: self._kept(ref).seen)

    @alone
    def capture(self, ref: PaymentRef, amount: Money | None = None, *, key: str) -> Snapshot:
        """Take what is set aside, or so much of it."""
        instance(ref, "ref", PaymentRef)
        part = optional(above_zero)(amount, "amount")
        return self._done("capture", (ref, part), key, lambda fault: self._captured(ref, part, fault))

    @alone
    def void(self, ref: PaymentRef, *, key: str) -> Snapshot:
        """End what can still be paid or taken, and say what is true now."""
        instance(ref, "ref", PaymentRef)
        self._done("void", (ref,), key, lambda _: self._voided(ref))
        return self._kept(ref).seen

    @alone
    def refund(self, ref: PaymentRef, amount: Money, *, key: str) -> RefundSnapshot:
        """Give back so much of a payment."""
        instance(ref, "ref", PaymentRef)
        part = above_zero(amount, "amount")
        return self._done("refund", (ref, part), key, lambda fault: self._given_back(ref, part, key, fault))

    @alone
    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        """
        What a notification is about, if its signature is good; None if it is about something else than a payment.

        Raises:
            ForgedNotificationError: The signature is missing, wrong, or of another time; or what was signed
                is unreadable.
            InvalidValueError: The headers are no mapping, or the body is not of bytes.
        """
        if Capability.NOTIFICATIONS not in self._capabilities:
            raise ForgedNotificationError(self._name, "notifications_not_offered")
        said = self._signer.checked(headers, body, self._now())
        try:
            if text(said.get("kind"), "kind").partition(".")[0] not in _ABOUT_PAYMENTS:
                return None
            ref = PaymentRef(self._name, self._account, text(said.get("ref"), "ref"))
            reference, id = text(said.get("reference"), "reference"), text(said.get("id"), "id")
            return Notification(ref=ref, reference=reference, id=id)
        except InvalidValueError:
            raise ForgedNotificationError(self._name, "unreadable") from None

    def _done(self, method: str, request: tuple[object, ...], key: str, act: Callable[[Fault | None], A]) -> A:
        """What comes of a call that does something, once for each key."""
        text(key, "key")
        self._check_account(method)
        return self._line.done(method, request, key, self._now(), act)

    def _check_account(self, method: str) -> None:
        for code in self._broken:
            if method in _STOPS.get(code, ()):
                raise self._refusal(code)
