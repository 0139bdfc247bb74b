"""A fake provider with one payment of 20.00, what is asked of it, and how its refusals are read."""

from collections.abc import Callable
from typing import Any

import pytest
from providers.watch import Watch

from paidevents import Money
from paidevents.errors import ProviderError, RequestRejectedError
from paidevents.money import EUR, USD
from paidevents.payments import PaymentRef, Snapshot
from paidevents.ports import PaymentRequest
from paidevents.providers import FakeProvider

FAKE = "fake:test"
REF = PaymentRef(FAKE, "main", "cs_1")


def eur(amount: int) -> Money:
    return Money(amount * 100, EUR)


def usd(amount: int) -> Money:
    return Money(amount * 100, USD)


def asked(**changed: Any) -> PaymentRequest:
    plain: dict[str, Any] = {"reference": "A7", "payment": "A7-p1", "amount": eur(20), "description": "A talk"}
    return PaymentRequest(**{**plain, **changed})


def fake(watch: Watch | None = None, **changed: Any) -> FakeProvider:
    return FakeProvider(clock=watch or Watch(), **changed)


def opened(provider: FakeProvider, **changed: Any) -> Snapshot:
    request = asked(**changed)
    return provider.start(request, key=f"{request.payment}:1")


def paid(provider: FakeProvider, **changed: Any) -> Snapshot:
    return provider.pay(opened(provider, **changed))


def code(act: Callable[[], object], kind: type[ProviderError] = RequestRejectedError) -> str:
    """The vendor code of the error of exactly this kind that *act* ends with."""
    with pytest.raises(ProviderError) as refused:
        act()
    assert type(refused.value) is kind
    return refused.value.vendor_code
