"""
The fake provider's books: its payments, and what it has sent of them.

Each change of a payment is told by a notification. It waits until a test
delivers it: once, twice, late, in another order, or never.
"""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, TypeVar

from paidevents.checks import WRONG_TYPE, instance, integer, of_kind, optional, text
from paidevents.errors import InvalidValueError, RequestRejectedError
from paidevents.money.provider_facts import ProviderLimits
from paidevents.money.rate import Rate
from paidevents.payments.snapshot import PaymentRef, Snapshot, provider_name
from paidevents.ports.provider import Capability, PaymentRequest
from paidevents.ports.source import Clock, read_clock
from paidevents.providers.fake_payment import Kept
from paidevents.providers.fake_signature import Signer

Sent = tuple[dict[str, str], bytes]
Which = PaymentRef | Snapshot | str

B = TypeVar("B", bound="Books")
P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def alone(method: Callable[Concatenate[B, P], R]) -> Callable[Concatenate[B, P], R]:
    """The same method, which only one thread is in at a time."""

    @wraps(method)
    def call(self: B, /, *arguments: P.args, **named: P.kwargs) -> R:
        with self._lock:
            return method(self, *arguments, **named)

    return call


def members(values: object, field: str, kind: type[T]) -> frozenset[T]:
    """*values* if they are a collection of *kind*."""
    if not isinstance(values, list | tuple | set | frozenset):
        raise InvalidValueError(
            field, WRONG_TYPE.given(expected="list, tuple, set, frozenset", got=type(values).__name__)
        )
    return frozenset(instance(value, field, kind) for value in values)


class Books:
    """
    What is kept of payments there, and what is sent.

    Args:
        name: The provider's, with its mode.
        account: The account there.
        clock: Its time.
        capabilities: What it can do.
        limits: The times that it sets.
        fee: The share that it takes of what comes; None if it does not say so.
        secrets: What it signs with, the current one first.
    """

    def __init__(
        self,
        name: str,
        account: str,
        clock: Clock,
        capabilities: Collection[Capability],
        limits: ProviderLimits,
        fee: Rate | None,
        secrets: Sequence[bytes],
    ) -> None:
        read_clock(clock)
        self._lock = RLock()
        self._name, self._account = provider_name(name, "name"), text(account, "account")
        self._clock = clock
        self._capabilities = members(capabilities, "capabilities", Capability)
        self._limits = instance(limits, "limits", ProviderLimits)
        self._fee = optional(of_kind(Rate))(fee, "fee")
        self._signer = Signer(self._name, secrets)
        self._payments: dict[str, Kept] = {}
        self._made = {"cs": 0, "re": 0, "evt": 0}
        self._sent: list[Sent] = []

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._name!r}, {self._account!r})"

    @alone
    def request(self, which: Which) -> PaymentRequest:
        """What a payment was started with."""
        return self._kept(which).request

    @alone
    def payments(self) -> tuple[Snapshot, ...]:
        """All its payments as they are now, the oldest first."""
        return tuple(self._kept(id).seen for id in self._payments)

    @alone
    def notifications(self) -> tuple[Sent, ...]:
        """
        All that was ever sent, in order: pairs of the headers and the body.

        What has run out by now is told as well. To come back to it later, keep how many there were.
        """
        for id in self._payments:
            self._kept(id)
        return tuple((dict(headers), body) for headers, body in self._sent)

    @alone
    def resend(self, index: int) -> Sent:
        """
        The same notification once more, signed anew: how it comes if it was not answered.

        Raises:
            InvalidValueError: There is none with this index.
        """
        place = integer(index, "index", -len(self._sent), len(self._sent) - 1)
        body = self._sent[place][1]
        return self.signed(body), body

    @alone
    def signed(self, body: bytes) -> dict[str, str]:
        """The headers with which it would send *body* now, whatever that says."""
        return self._signer.signed(instance(body, "body", bytes), self._now())

    @alone
    def announce(self, kind: str) -> None:
        """Send a notification about something else than a payment, such as "payout.paid"."""
        self._send({"kind": text(kind, "kind")})

    def _now(self) -> datetime:
        return read_clock(self._clock)

    def _new_id(self, prefix: str) -> str:
        self._made[prefix] += 1
        return f"{prefix}_{self._made[prefix]}"

    def _kept(self, which: Which) -> Kept:
        """The payment as it is now: nobody ends what has run out, it has."""
        kept = self._payments.get(self._id(which))
        if kept is None:
            raise self._refusal("unknown_payment")
        return self._change(kept.ended(), "payment.expired") if kept.is_over(self._now()) else kept

    def _id(self, which: Which) -> str:
        ref = which.ref if isinstance(which, Snapshot) else which
        if isinstance(ref, PaymentRef):
            return ref.id if (ref.provider, ref.account) == (self._name, self._account) else ""
        return instance(ref, "which", str).rpartition("/")[2]

    def _change(self, kept: Kept, kind: str) -> Kept:
        """Keep a payment as it is now, and tell of it."""
        seen = kept.seen
        self._payments[seen.ref.id] = kept
        self._send({"ref": seen.ref.id, "reference": seen.reference, "kind": kind})
        return kept

    def _send(self, said: dict[str, str]) -> None:
        if Capability.NOTIFICATIONS in self._capabilities:
            body = json.dumps({"id": self._new_id("evt"), **said}).encode()
            self._sent.append((self.signed(body), body))

    def _needs(self, capability: Capability) -> None:
        if capability not in self._capabilities:
            raise self._refusal(f"{capability.value}_not_offered")

    def _refusal(self, code: str) -> RequestRejectedError:
        return RequestRejectedError(self._name, code)
