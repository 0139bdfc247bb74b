"""
What every part of the suite stands on: where a provider comes from, who pays there, and what cannot be asked.

What an adapter does not offer is not passed over in silence: its test ends as
skipped, with a sentence, and the report has that sentence too.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from itertools import count
from typing import Any, ClassVar, TypeVar
from unittest import SkipTest

from paidevents.errors import PaidEventsError, RequestRejectedError
from paidevents.money.amount import Money
from paidevents.money.currency import EUR
from paidevents.payments.snapshot import PaymentRef, Snapshot
from paidevents.ports.provider import Capability, PaymentProvider, PaymentRequest

E = TypeVar("E", bound=PaidEventsError)

Sent = tuple[dict[str, str], bytes]

_NUMBERS = count(1)
_CANNOT = {
    Capability.MANUAL_CAPTURE: "It sets no money aside.",
    Capability.REFUND: "It gives nothing back.",
    Capability.PARTIAL_REFUND: "It gives back the whole only.",
    Capability.NOTIFICATIONS: "It sends no notifications.",
    Capability.FETCH: "It cannot be asked what became of a payment.",
}


class ProviderCase(ABC):
    """
    Promises of a provider, each as a test. They are run for a class that says how a provider is made.

    Attributes:
        has_modes: Whether its name has a mode, because there is one in which nobody really pays.
        amount: What is asked for; at least three times what it takes at least.
        prefix: What references and keys begin with. A provider that remembers them from one run to the next needs
            another one in each.
        unknown: What no payment is called there.
    """

    __test__: ClassVar[bool] = False

    has_modes: ClassVar[bool] = True
    amount: ClassVar[Money] = Money(2000, EUR)
    prefix: ClassVar[str] = "suite"
    unknown: ClassVar[str] = "no_such_payment"

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        if "__test__" not in vars(cls):
            cls.__test__ = cls.make_provider is not ProviderCase.make_provider

    @abstractmethod
    def make_provider(self) -> PaymentProvider:
        """A provider with an account that is sound, and can take `amount`."""
        ...

    # What happens there without us. Whoever writes an adapter says how; what is not said is not tested.

    def buyer_pays(self, provider: PaymentProvider, payment: Snapshot) -> None:
        """Pay all that a payment asks for, at once."""
        raise SkipTest("Nobody pays: buyer_pays is not there.")

    def buyer_agrees(self, provider: PaymentProvider, payment: Snapshot) -> None:
        """Have all of it set aside, of a payment that was started to be captured later."""
        raise SkipTest("Nobody has money set aside: buyer_agrees is not there.")

    def notified(self, provider: PaymentProvider, payment: Snapshot) -> Sent:
        """A genuine notification about a payment that was just paid: its headers and its body."""
        raise SkipTest("Nothing is sent: notified is not there.")

    def notified_by_another(self, provider: PaymentProvider, payment: Snapshot) -> Sent:
        """The same, signed by somebody else: with another secret."""
        raise SkipTest("Nobody forges: notified_by_another is not there.")

    # What the tests are written with.

    def offering(self, *needed: Capability) -> PaymentProvider:
        """A provider that can do what a test needs; else the test ends here."""
        provider = self.make_provider()
        for capability in needed:
            if capability not in provider.capabilities:
                raise SkipTest(_CANNOT[capability])
        return provider

    def request(self, **changed: Any) -> PaymentRequest:
        """A request for `amount`, with names that no other has."""
        order = f"{self.prefix}-{next(_NUMBERS)}"
        plain: dict[str, Any] = {
            "reference": order,
            "payment": f"{order}-p1",
            "amount": self.amount,
            "description": "A talk",
            "return_url": "https://host.example/thanks",
            "cancel_url": "https://host.example/basket",
            "email": "ana@example.com",
        }
        return PaymentRequest(**{**plain, **changed})

    def started(self, provider: PaymentProvider, **changed: Any) -> Snapshot:
        """A payment that was just started."""
        request = self.request(**changed)
        return provider.start(request, key=f"{request.payment}:1")

    def paid(self, provider: PaymentProvider) -> Snapshot:
        """A payment as it was started, which the buyer has paid since."""
        payment = self.started(provider)
        self.buyer_pays(provider, payment)
        return payment

    def set_aside(self, provider: PaymentProvider) -> Snapshot:
        """A payment as it was started, whose money has been set aside since."""
        payment = self.started(provider, capture_later=True)
        self.buyer_agrees(provider, payment)
        return payment

    def key(self) -> str:
        """A key that was never used."""
        return f"{self.prefix}-{next(_NUMBERS)}:1"

    def nobody(self, provider: PaymentProvider) -> PaymentRef:
        """The name of no payment."""
        return PaymentRef(provider.name, provider.account, self.unknown)

    def step(self, provider: PaymentProvider) -> Money:
        """The least amount on the step."""
        rule = provider.rule(self.amount.currency)
        return Money(1 if rule is None else rule.step, self.amount.currency)


# A failure is raised by hand, not with `assert`: it is one also under `python -O`.


def same(found: object, wanted: object, sentence: str) -> None:
    """Fail with *sentence* if what was found is not what was wanted."""
    if found != wanted:
        raise AssertionError(f"{sentence}\nfound:  {found!r}\nwanted: {wanted!r}")


def holds(fact: bool, sentence: str) -> None:
    """Fail with *sentence* if it does not hold."""
    if not fact:
        raise AssertionError(sentence)


def rejected(act: Callable[[], object], sentence: str) -> None:
    """Fail with *sentence* unless the provider refuses for good."""
    refused(RequestRejectedError, act, sentence)


def refused(kind: type[E], act: Callable[[], object], sentence: str) -> None:
    """Fail with *sentence* unless *act* ends with this error."""
    try:
        found = act()
    except kind:
        return
    except Exception as error:
        raise AssertionError(f"{sentence}\nfound: {error!r}, not {kind.__name__}") from error
    raise AssertionError(f"{sentence}\nfound: {found!r}")
