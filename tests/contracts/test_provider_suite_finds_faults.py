"""Each way to break a provider's promises is found by the suite, which says what is broken."""

from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest
from attrs import evolve
from contracts.fakes import EVERYTHING, FakeCase, own
from providers.watch import Watch

from paidevents import Money
from paidevents.errors import OutcomeUnknownError, RequestRejectedError
from paidevents.money import EUR, USD, AmountRule, Currency, ProviderLimits
from paidevents.payments import PaymentRef, RefundSnapshot, RefundStatus, Snapshot, Status
from paidevents.ports import Capability, Notification, PaymentProvider, PaymentRequest
from paidevents.providers import FakeProvider
from paidevents.reason import Finding
from paidevents.testing.provider_suite import Outcome, ProviderSuite


class Broken(FakeProvider):
    """A fake with one fault; the first line of its docstring is the accident it stands for."""

    called = "fake:test"
    can = EVERYTHING
    breaks_promises: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__(self.called, clock=Watch(), capabilities=self.can)
        self.more = count(1)

    def another_key(self, key: str) -> str:
        return f"{key}/{next(self.more)}"


class StartsAnewEachTime(Broken):
    """A retry without the key: two checkouts, both of which may be paid."""

    breaks_promises = ("The same key gives the same payment.",)

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        return super().start(request, key=self.another_key(key))


class TakesAKeyForAnything(Broken):
    """Another amount under an old key is answered with the old payment."""

    breaks_promises = ("The same key with another request is refused.",)

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, Snapshot] = {}

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        return self.known.setdefault(key, self.known.get(key) or super().start(request, key=key))


class OpensTheNextAtTheSameAddress(Broken):
    """One checkout for all orders."""

    breaks_promises = ("Two payments are two.", "One payment is not another.")

    def __init__(self) -> None:
        super().__init__()
        self.first: Snapshot | None = None

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        self.first = self.first or super().start(request, key=key)
        return self.first


class PaysWhenLookedAt(Broken):
    """An adapter that captures when it is asked what became of a payment."""

    breaks_promises = ("Looking changes nothing.", "What was started is found.")

    def fetch(self, ref: PaymentRef) -> Snapshot:
        seen = super().fetch(ref)
        return seen if seen.status is not Status.OPEN else self.pay(ref)


class CountsItsLooks(Broken):
    """What was told before is told differently, although nothing happened."""

    breaks_promises = ("Looking changes nothing.",)

    def fetch(self, ref: PaymentRef) -> Snapshot:
        return evolve(super().fetch(ref), instructions=f"look {next(self.more)}")


class CapturesWhatIsOpen(Broken):
    """Takes money that nobody agreed to."""

    breaks_promises = ("What is open cannot be captured.",)

    def capture(self, ref: PaymentRef, amount: Money | None = None, *, key: str) -> Snapshot:
        if super().fetch(ref).status is Status.OPEN:
            return self.pay(ref)
        return super().capture(ref, amount, key=key)


class CapturesTwice(Broken):
    """What is paid is answered as if it had been taken just now."""

    breaks_promises = ("What is paid cannot be captured.", "A capture under the same key is made once.")

    def capture(self, ref: PaymentRef, amount: Money | None = None, *, key: str) -> Snapshot:
        seen = super().fetch(ref)
        return seen if seen.status is Status.PAID else super().capture(ref, amount, key=key)


class CapturesAllOfIt(Broken):
    """A part of the money is asked for, and the whole is taken."""

    breaks_promises = ("A part of what is set aside can be taken and no more.",)

    def capture(self, ref: PaymentRef, amount: Money | None = None, *, key: str) -> Snapshot:
        return super().capture(ref, key=key)


class OnlySaysThatItIsVoid(Broken):
    """The page stays open after the seats were given to somebody else."""

    breaks_promises = ("What is voided can no longer be paid.",)

    def void(self, ref: PaymentRef, *, key: str) -> Snapshot:
        seen = super().fetch(ref)
        return evolve(seen, status=Status.EXPIRED, url="") if seen.status is Status.OPEN else super().void(ref, key=key)


class CanBePaidAfterItsEnd(Broken):
    """It is void until the buyer, who has the page open still, pays."""

    breaks_promises = ("What is voided can no longer be paid.",)

    def __init__(self) -> None:
        super().__init__()
        self.ended: dict[str, Snapshot] = {}

    def void(self, ref: PaymentRef, *, key: str) -> Snapshot:
        seen = super().fetch(ref)
        if seen.status is Status.OPEN:
            self.ended[ref.id] = evolve(seen, status=Status.EXPIRED, url="")
        return self.fetch(ref)

    def fetch(self, ref: PaymentRef) -> Snapshot:
        seen = super().fetch(ref)
        return self.ended.get(ref.id, seen) if seen.status is Status.OPEN else seen


class ForgetsTheMoneyWhenItVoids(Broken):
    """What was paid in the last moment is called expired, and nobody gives it back."""

    breaks_promises = ("What is paid stays paid when it is voided.",)

    def void(self, ref: PaymentRef, *, key: str) -> Snapshot:
        seen = super().void(ref, key=key)
        return evolve(seen, status=Status.EXPIRED, received=None) if seen.status is Status.PAID else seen


class CannotVoidTwice(Broken):
    """Stripe answers with an error where a session has ended; the adapter passes it on."""

    breaks_promises = ("Voiding again changes nothing.",)

    def void(self, ref: PaymentRef, *, key: str) -> Snapshot:
        if super().fetch(ref).status is Status.EXPIRED:
            raise OutcomeUnknownError(self.name, "not_expireable")
        return super().void(ref, key=key)


class GivesBackTwice(Broken):
    """A fresh key for each retry of a refund."""

    breaks_promises = ("The same key gives back once.", "The same key gives back no other amount.")

    def refund(self, ref: PaymentRef, amount: Money, *, key: str) -> RefundSnapshot:
        return super().refund(ref, amount, key=self.another_key(key))


class GivesBackWhatever(Broken):
    """A provider that lets itself be overdrawn."""

    breaks_promises = (
        "More than came is not given back.",
        "More than is left is not given back.",
        "What did not come is not given back.",
        "Nothing is given back in another currency.",
    )

    def refund(self, ref: PaymentRef, amount: Money, *, key: str) -> RefundSnapshot:
        self.fetch(ref)
        return RefundSnapshot(id=key, amount=amount, status=RefundStatus.SUCCEEDED, key=key)


class GivesBackInSilence(Broken):
    """A refund that nobody sees afterwards is made again."""

    breaks_promises = ("The whole is given back.", "It is given back in parts.")

    def fetch(self, ref: PaymentRef) -> Snapshot:
        return evolve(super().fetch(ref), refunds=())


class FailsToGiveBack(Broken):
    """Each refund has failed by the time it is answered."""

    breaks_promises = ("The whole is given back.",)

    def refund(self, ref: PaymentRef, amount: Money, *, key: str) -> RefundSnapshot:
        return evolve(super().refund(ref, amount, key=key), status=RefundStatus.FAILED)


class GivesBackPartsAfterAll(Broken):
    """It says that it cannot, and does."""

    can = EVERYTHING - {Capability.PARTIAL_REFUND}
    breaks_promises = ("No part is given back where only the whole can be.",)

    def refund(self, ref: PaymentRef, amount: Money, *, key: str) -> RefundSnapshot:
        return RefundSnapshot(id=key, amount=amount, status=RefundStatus.SUCCEEDED)


class OffersPartsOfNothing(Broken):
    """Parts, but not the whole."""

    can = EVERYTHING - {Capability.REFUND}
    breaks_promises = ("What it can do is a set of capabilities.",)


class KnowsEveryPayment(Broken):
    """A payment that is not there is said to be open, and is waited for."""

    breaks_promises = ("A payment that nobody knows is refused.", "A payment of another account is refused.")

    def fetch(self, ref: PaymentRef) -> Snapshot:
        try:
            return super().fetch(ref)
        except RequestRejectedError:
            return Snapshot(ref=ref, reference="A7", status=Status.OPEN, requested=Money(2000, EUR))


class BreaksOnWhatItDoesNotKnow(Broken):
    """Python's own error goes up: it is taken for an unknown outcome, and asked about for ever."""

    breaks_promises = ("A payment that nobody knows is refused.",)

    def fetch(self, ref: PaymentRef) -> Snapshot:
        try:
            return super().fetch(ref)
        except RequestRejectedError:
            raise KeyError(ref.id) from None


class LosesTheReference(Broken):
    """The order is not set as metadata: a notification that comes early belongs to nobody."""

    breaks_promises = ("The reference comes back.",)

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        return evolve(super().start(request, key=key), reference=request.reference.upper())


class AsksInDollars(Broken):
    """The amount in another currency: its number is the same."""

    breaks_promises = ("The amount is the one that was asked for.",)

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        return super().start(evolve(request, amount=Money(request.amount.minor, USD)), key=key)


class SendsTheBuyerNowhere(Broken):
    """No address and no instructions."""

    breaks_promises = ("What is started is open and says how to pay.",)

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        return evolve(super().start(request, key=key), url="")


class NamesAnotherAccount(Broken):
    """The money of one organizer is looked for at another's."""

    breaks_promises = ("A payment is called by its provider and account.",)

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        seen = super().start(request, key=key)
        return evolve(seen, ref=evolve(seen.ref, account="another"))


class RoundsToTheStep(Broken):
    """PayPal takes forints without decimals; the adapter rounds."""

    called = "paypal:test"
    breaks_promises = ("An amount off the step is refused and never rounded.",)

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        rule = self.rule(request.amount.currency)
        step = 1 if rule is None else rule.step
        amount = Money(request.amount.minor // step * step, request.amount.currency)
        return super().start(evolve(request, amount=amount), key=key)


class TakesWhatItHasNoRuleFor(Broken):
    """It says that it does not take a currency, and takes it."""

    breaks_promises = ("What it has no rule for is refused.",)

    def rule(self, currency: Currency) -> AmountRule | None:
        return super().rule(currency) if currency == EUR else None

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        seen = super().start(evolve(request, amount=Money(request.amount.minor, EUR)), key=key)
        return evolve(seen, requested=request.amount)


class HasOneRuleForAll(Broken):
    """The rule of euros for yen: a hundred times too much is charged."""

    breaks_promises = ("A rule is of the currency that was asked about.",)

    def rule(self, currency: Currency) -> AmountRule | None:
        return super().rule(EUR)


class DoesNotTakeWhatIsAskedFor(Broken):
    """The account of the suite cannot take its amount."""

    breaks_promises = ("It takes the amount that the suite asks for.",)

    def rule(self, currency: Currency) -> AmountRule | None:
        return None


class HidesItsMode(Broken):
    """What is only a test would pay for a place."""

    called = "fake"
    breaks_promises = ("Its name has its mode.",)


class HasNoName(Broken):
    """A name that no column or header takes."""

    breaks_promises = ("Its name has its mode.",)

    @property
    def name(self) -> str:
        return "Fake Provider\n"


class HasNoAccount(Broken):
    """Nobody knows whose money it is."""

    breaks_promises = ("It says which account the money goes to.",)

    @property
    def account(self) -> str:
        return ""


class ListsItsCapabilities(Broken):
    """Words where values belong."""

    breaks_promises = ("What it can do is a set of capabilities.",)

    @property
    def capabilities(self) -> Any:
        return ["refund"]


class HasNoLimits(Broken):
    """A dict where limits belong."""

    breaks_promises = ("Its limits are durations.",)

    def limits(self) -> Any:
        return {"shortest_checkout": 1800}


class LimitsBelowZero(Broken):
    """Limits of its own making, with a duration that is none."""

    breaks_promises = ("Its limits are durations.",)

    def limits(self) -> ProviderLimits:
        limits = super().limits()
        fresh = object.__new__(ProviderLimits)
        for name in ("provider", "shortest_checkout", "key_retention", "capture_within", "refund_window", "source"):
            object.__setattr__(fresh, name, getattr(limits, name))
        object.__setattr__(fresh, "key_retention", 86400)
        return fresh


class FindsTrouble(Broken):
    """An account with an error cannot say whether the others are kept."""

    breaks_promises = ("A sound account has no error.",)

    def verify(self) -> tuple[Finding, ...]:
        self.breaks("charges_disabled")
        return super().verify()


class TellsTroubleAsText(Broken):
    """Text where findings belong."""

    breaks_promises = ("A sound account has no error.",)

    def verify(self) -> Any:
        return "ok"


class BelievesEverybody(Broken):
    """The signature is not looked at."""

    breaks_promises = (
        "Without a signature nothing is heard.",
        "With a wrong signature nothing is heard.",
        "Of a body that was cut nothing is heard.",
        "Of a body that was changed nothing is heard.",
        "What somebody else signed is not heard.",
    )

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        return Notification(reference=self.last())

    def last(self) -> str:
        return next(reversed(self._payments.values())).seen.reference


class LooksAtTheSignatureOnly(Broken):
    """That one is there is enough."""

    breaks_promises = ("With a wrong signature nothing is heard.", "What somebody else signed is not heard.")

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        again = {name.lower(): value for name, value in headers.items()}
        return super().notification(self.signed(body) if "fake-signature" in again else headers, body)


class SignsTheBeginning(Broken):
    """Only the first bytes are signed; what follows can be put there by anybody."""

    breaks_promises = ("Of a body that was changed nothing is heard.",)

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        for _, sent in self.notifications():
            if body.startswith(sent[:-1]):
                return super().notification(headers, sent)
        return super().notification(headers, body)


class KnowsHeadersInOneWayOnly(Broken):
    """A server that writes Fake-Signature is not understood."""

    breaks_promises = ("The names of headers are the same in any case.",)

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        return super().notification(headers if "fake-signature" in headers else {}, body)


class PassesOverWhatMatters(Broken):
    """A payment that was paid is nothing to it."""

    breaks_promises = ("A genuine notification names its payment.", "A notification says no amount and no status.")

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        super().notification(headers, body)
        return None


class NamesNothing(Broken):
    """A notification about nobody."""

    breaks_promises = ("A genuine notification names its payment.",)

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        super().notification(headers, body)
        return Notification(id="evt_1")


class NamesAnother(Broken):
    """A notification about somebody else's order."""

    breaks_promises = ("A genuine notification names its payment.",)

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        super().notification(headers, body)
        return Notification(reference="A8")


class Told(Notification):
    """A notification that brings the money along."""


class TellsTheAmount(Broken):
    """What a body says is believed, and nobody asks."""

    breaks_promises = ("A notification says no amount and no status.",)

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        said = super().notification(headers, body)
        assert said is not None
        return Told(ref=said.ref, reference=said.reference, id=said.id)


class HearsEachOnce(Broken):
    """A table of notifications that were seen: the second is dropped, though the first may not have been acted on."""

    breaks_promises = ("A notification that comes twice says the same.",)

    def __init__(self) -> None:
        super().__init__()
        self.heard: set[bytes] = set()

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        said = super().notification(headers, body)
        if body in self.heard:
            return None
        self.heard.add(body)
        return said


class SaysThatItCannotLook(Broken):
    """It can be asked, and says that it cannot; refunds are made at once all the same."""

    can = EVERYTHING - {Capability.FETCH}
    breaks_promises = (
        "Where nobody can look looking is refused.",
        "What a person pays out is pending under its key.",
    )

    def fetch(self, ref: PaymentRef) -> Snapshot:
        return self._kept(ref).seen

    def refund(self, ref: PaymentRef, amount: Money, *, key: str) -> RefundSnapshot:
        return RefundSnapshot(id=self.another_key(key), amount=amount, status=RefundStatus.SUCCEEDED)


class CapturesLaterAfterAll(Broken):
    """It cannot set money aside, and takes it at once where that was asked for."""

    can = EVERYTHING - {Capability.MANUAL_CAPTURE}
    breaks_promises = ("Nothing is set aside where that is not offered.",)

    def start(self, request: PaymentRequest, *, key: str) -> Snapshot:
        return super().start(evolve(request, capture_later=False), key=key)


class HearsWhatNobodySent(Broken):
    """It sends none, and believes one that somebody made up."""

    can = EVERYTHING - {Capability.NOTIFICATIONS}
    breaks_promises = ("Where nothing is sent nothing is heard.",)

    def notification(self, headers: Mapping[str, str], body: bytes) -> Notification | None:
        return Notification(reference="A7")


BROKEN = Broken.__subclasses__()


FOUND: dict[str, frozenset[str]] = {}


def found(kind: type[Broken]) -> frozenset[str]:
    """The promises that the suite says are broken; it is asked once."""
    if kind.__name__ not in FOUND:
        FOUND[kind.__name__] = asked_for(kind)
    return FOUND[kind.__name__]


def asked_for(kind: type[Broken]) -> frozenset[str]:

    class Suite(FakeCase):
        __test__ = False

        def fake(self) -> FakeProvider:
            return kind()

    return frozenset(result.promise for result in Suite.results() if result.outcome is Outcome.BROKEN)


def test_there_are_many_ways_to_be_broken() -> None:
    assert len(BROKEN) > 40
    assert all(kind.breaks_promises for kind in BROKEN)


@pytest.mark.parametrize("kind", BROKEN, ids=lambda kind: kind.__name__)
def test_a_broken_provider_is_found(kind: type[Broken]) -> None:
    assert set(kind.breaks_promises) <= found(kind)


def test_every_promise_is_broken_by_somebody() -> None:
    """A test that no broken provider fails proves nothing."""
    promises = {result.promise for result in FakeCase.results()}
    assert promises - {promise for kind in BROKEN for promise in found(kind)} == set()


def test_the_fake_itself_is_not_broken() -> None:
    assert found(Broken) == set()


def test_what_nobody_said_how_to_do_is_named() -> None:
    class Silent(ProviderSuite):
        def make_provider(self) -> PaymentProvider:
            return FakeProvider(clock=Watch())

    results = {result.promise: result for result in Silent.results()}
    assert {result.outcome for result in results.values()} == {Outcome.KEPT, Outcome.NOT_OFFERED}
    assert {result.why for result in results.values() if result.why} == {
        "Nobody pays: buyer_pays is not there.",
        "Nobody has money set aside: buyer_agrees is not there.",
    }

    class Paid(Silent):
        def buyer_pays(self, provider: PaymentProvider, payment: Snapshot) -> None:
            own(provider).pay(payment)

    whys = {result.why for result in Paid.results()}
    assert "Nothing is sent: notified is not there." in whys

    class Notified(Paid):
        def notified(self, provider: PaymentProvider, payment: Snapshot) -> tuple[dict[str, str], bytes]:
            return own(provider).notifications()[-1]

    whys = {result.why for result in Notified.results()}
    assert "Nobody forges: notified_by_another is not there." in whys


def test_the_report_has_every_promise_and_why_it_is_not_kept() -> None:
    class Suite(FakeCase):
        __test__ = False

        def fake(self) -> FakeProvider:
            return FakeProvider(clock=Watch(), capabilities=EVERYTHING - {Capability.PARTIAL_REFUND})

        def test_of_the_hosts_own(self) -> None:
            raise ValueError("oh")

        def test_of_several_lines(self) -> None:
            raise AssertionError("not so\nfound:  1\nwanted: 2")

    report = Suite.report().splitlines()
    assert report[0] == "fake:test: 51 promises kept, 4 not offered, 2 broken."
    assert report[1:4] == ["", "Kept:", "  Its name has its mode."]
    assert report[-7:] == [
        "  More than is left is not given back. — It gives back the whole only.",
        "  The same key gives back once. — It gives back the whole only.",
        "  The same key gives back no other amount. — It gives back the whole only.",
        "",
        "Broken:",
        "  Of the hosts own. — ValueError('oh')",
        "  Of several lines. — not so found: 1 wanted: 2",
    ]


def test_only_a_class_that_makes_a_provider_is_collected() -> None:
    class Half(ProviderSuite):
        pass

    assert not ProviderSuite.__test__ and not Half.__test__
    assert not FakeCase.__test__
