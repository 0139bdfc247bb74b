"""One order with its payments and its refunds, as a box office keeps them, and a book of every commit."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from attrs import evolve
from registration.desk import NAMES, ORGANIZER, attendee, person
from worked.shop import AT, shop, ticket

from paidevents import Money
from paidevents.box_office.booking import booked
from paidevents.catalog import Event
from paidevents.errors import IllegalTransitionError, RefundRefusedError
from paidevents.ledger import Account, Book, Conservation, Entry
from paidevents.lifecycle import OrderState, OrderTrigger, RefundState, RefundTrigger
from paidevents.payments import (
    Action,
    Decision,
    Due,
    Meaning,
    Payment,
    PaymentRef,
    Refund,
    RefundPurpose,
    RefundSnapshot,
    RefundStatus,
    Snapshot,
    Status,
    accepted,
    decide,
    declined,
    kept,
    made_elsewhere,
    requested,
    spread,
)
from paidevents.ports.dossier import Dossier
from paidevents.pricing import Plan
from paidevents.registration import Order, Outcome, given_back, paid, payment_lost, reserve


class Bookkeeper:
    """
    It does what a box office does with one order, each act in one commit, and books it.

    Attributes:
        dossier: As it is committed; while something is done, as it is to be.
        past: All that was committed before, from the first.
        book: What was booked.
        last: The entries of the last commit.
    """

    def __init__(self, event: Event | None = None) -> None:
        self.plan = Plan(event or shop(ticket()))
        self.at = AT
        self.taken: Counter[str] = Counter()
        self.dossier: Dossier
        self.past: list[Dossier] = []
        self.book = Book()
        self.last: tuple[Entry, ...] = ()

    # What is asked of it.

    @property
    def order(self) -> Order:
        return self.dossier.order

    def balances(self, *, party: Account | None = None) -> dict[str, str]:
        """The accounts in which there is something, in euros; or the parties of one account."""
        if party is not None:
            found = self.book.by_party(party)[self.order.currency]
            return {name: str(amount.decimal) for name, amount in found.items() if amount}
        every = self.book.balances(self.order.id).get(self.order.currency, {})
        return {account.value: str(amount.decimal) for account, amount in every.items() if amount}

    def kinds(self) -> list[str]:
        """What was booked last: the kind, how much was moved, and of which payment and refund."""
        moved = [sum(posting.amount.minor for posting in one.postings if posting.amount.minor > 0) for one in self.last]
        amounts = [str(Money(minor, one.currency).decimal) for one, minor in zip(self.last, moved, strict=True)]
        return [
            " ".join(filter(None, (one.kind.value, amount, one.payment, one.refund)))
            for one, amount in zip(self.last, amounts, strict=True)
        ]

    def conserved(self) -> Conservation:
        return self.book.conservation(self.order.id)[self.order.currency]

    # Commits.

    @contextmanager
    def act(self) -> Iterator[None]:
        """One commit: what is done inside is booked, unless it is refused."""
        before, taken = (self.dossier if self.past else None), self.taken.copy()
        try:
            yield
        except Exception:
            if before is not None:
                self.dossier = before
            self.taken = taken
            raise
        self.last = booked(before, self.dossier, at=self.at)
        written = 0 if before is None else before.entries
        assert [one.id for one in self.last] == [f"A1:{written + n + 1}" for n in range(len(self.last))]
        assert {(one.at, one.order) for one in self.last} <= {(self.at, "A1")}
        self.book = self.book.added(self.last)
        self.dossier = evolve(self.dossier, entries=written + len(self.last))
        assert booked(self.dossier, self.dossier, at=self.at) == ()
        self.past.append(self.dossier)

    def reserve(self, wanted: dict[str, int] | int = 1, *codes: str, **changed: Any) -> None:
        basket = {self.plan.event.tickets[0].id: wanted} if isinstance(wanted, int) else wanted
        quote = self.plan.quote(basket, codes, at=self.at)
        people = [attendee(NAMES[number % len(NAMES)]) for number in range(len(quote.charges))]
        with self.act():
            made = reserve(self.plan, quote, id="A1", buyer=person(), attendees=people, at=self.at, **changed)
            self.dossier = Dossier(order=made.order)
            self._count(made)

    def do(self, decision: Callable[..., Outcome], *given: Any, **changed: Any) -> None:
        """A decision about the order, by the organizer."""
        with self.act():
            self.decided(decision(self.order, self.plan, *given, **{"at": self.at, "by": ORGANIZER, **changed}))

    def decided(self, outcome: Outcome, purpose: RefundPurpose = RefundPurpose.PLACES) -> None:
        is_over = self.order.state in (OrderState.EXPIRED, OrderState.CANCELLED)
        self.dossier = evolve(self.dossier, order=outcome.order)
        self._count(outcome)
        for given in outcome.given:
            self.owe(given.refund.amount, purpose)
        self.owe(outcome.in_vain, RefundPurpose.LATE if is_over else RefundPurpose.SURPLUS)

    def goodwill(self, amount: Money, quote: int = 0) -> None:
        with self.act():
            received = self.dossier.received
            self.decided(given_back(self.order, amount, received=received, quote=quote), RefundPurpose.GOODWILL)

    # Payments.

    def start(self, amount: Money | None = None, provider: str = "card") -> str:
        """A payment of what is missing, or of so much; its id."""
        with self.act():
            id = f"A1-p{len(self.dossier.payments) + 1}"
            due = self.order.asked - self.dossier.received if amount is None else amount
            one = Payment(id=id, order="A1", provider=provider, account="main", amount=due)
            self.dossier = self.dossier.with_payment(one.started(PaymentRef(provider, "main", id)))
        return id

    def pay(self, amount: Money | None = None, *, received: Money | None = None, **changed: Any) -> str:
        """A payment of what is missing, or of so much, and all of it comes; or another amount."""
        id = self.start(amount, changed.pop("provider", "card"))
        came = self.dossier.payment(id).amount if received is None else received
        self.hears(id, received=came, **changed)
        return id

    def seen(self, id: str, status: Status = Status.PAID, **changed: Any) -> Snapshot:
        """What the provider says of a payment: what it had said before, and something else."""
        payment = self.dossier.payment(id)
        known = payment.snapshot
        if known is None:
            assert payment.ref is not None
            known = Snapshot(ref=payment.ref, reference="A1", status=Status.OPEN, requested=payment.amount)
        if status is not Status.PAID:
            changed["received"] = None
        return evolve(known, status=status, **changed)

    def hears(self, id: str, status: Status = Status.PAID, *, has_room: bool = True, **changed: Any) -> Decision:
        payment, snapshot = self.dossier.payment(id), self.seen(id, status, **changed)
        with self.act():
            decision = decide(payment, snapshot, self.due(payment, has_room), self.dossier.refunds, at=self.at)
            self.take_in(decision, has_room)
        return decision

    def accept(self, id: str) -> None:
        with self.act():
            payment = self.dossier.payment(id)
            self.take_in(accepted(payment, self.due(payment), self.dossier.refunds, at=self.at), True)

    def decline(self, id: str) -> None:
        with self.act():
            payment = self.dossier.payment(id)
            self.take_in(declined(payment, self.due(payment), self.dossier.refunds, at=self.at), True)

    def due(self, payment: Payment, has_room: bool = True) -> Due:
        others = [one for one in self.dossier.payments if one.id != payment.id]
        nothing = Money.zero(self.order.currency)
        return Due(
            reference="A1",
            order=self.order.state,
            asked=max(self.order.asked, nothing),
            received=kept(others, self.dossier.refunds, self.order.currency),
            has_room=has_room,
            late=self.plan.event.policy.late_payments,
        )

    def take_in(self, decision: Decision, has_room: bool) -> None:
        self.dossier = self.dossier.with_payment(decision.payment)
        for refund in decision.moved:
            self.dossier = self.dossier.with_refund(refund)
        for seen in decision.elsewhere:
            made = made_elsewhere(decision.payment, seen, id=self._refund_id(), at=self.at)
            self.dossier = self.dossier.with_refund(made)
        if decision.forgiven:
            order = self.order
            self.dossier = evolve(self.dossier, order=evolve(order, adjustment=order.adjustment - decision.forgiven))
        if Action.REFUND_SURPLUS in decision.actions:
            is_declined = Meaning.DECLINED in decision.meanings
            purpose = RefundPurpose.NOT_AS_DUE if is_declined else RefundPurpose.SURPLUS
            self.owe(decision.surplus, purpose, decision.payment)
        received, at = self.dossier.received, self.at
        # Of a paid order, only a change can be paid: what it lacks is a matter of the books.
        is_asked = self.order.state is not OrderState.PAID or self.order.change is not None
        if decision.order is OrderTrigger.PAY and is_asked:
            self.decided(paid(self.order, self.plan, received=received, at=at, has_room=has_room))
        elif decision.order is OrderTrigger.LOSE_PAYMENT:
            self.decided(payment_lost(self.order, self.plan, received=received, at=at))
        for seen in decision.elsewhere:
            self._explain(seen.amount)

    # Refunds.

    def owe(self, amount: Money, purpose: RefundPurpose, *payments: Payment) -> None:
        """So much is to go back."""
        for id, part in spread(amount, payments or self.dossier.payments, self.dossier.refunds, disputed=True):
            refund = Refund(id=self._refund_id(), order="A1", payment=id, amount=part, purpose=purpose)
            self.dossier = self.dossier.with_refund(refund)

    def refunds(self, status: RefundStatus = RefundStatus.SUCCEEDED) -> None:
        """All that is owed is asked for, and made; or fails."""
        for refund in self.dossier.refunds:
            if refund.is_owed and not self.dossier.payment(refund.payment).is_disputed:
                self.refund(refund.id, status)

    def refund(self, id: str, status: RefundStatus = RefundStatus.SUCCEEDED) -> None:
        """One that is owed is asked for, and made; or fails."""
        with self.act():
            refund = self.dossier.refund(id)
            payment = self.dossier.payment(refund.payment)
            asked = requested(refund, payment, self.dossier.refunds, at=self.at)
            self.dossier = self.dossier.with_refund(asked)
        self.provider_says(id, status)

    def provider_says(self, id: str, status: RefundStatus) -> None:
        """The provider tells of a refund that we asked for."""
        refund = self.dossier.refund(id)
        known = self.seen(refund.payment, self._status(refund.payment)).refunds
        name = refund.provider_id or f"re-{refund.key}"
        one = RefundSnapshot(id=name, amount=refund.amount, status=status, key=refund.key)
        self.hears(
            refund.payment,
            self._status(refund.payment),
            refunds=(*(made for made in known if made.id != name), one),
        )

    def made_there(self, id: str, amount: Money, status: RefundStatus = RefundStatus.SUCCEEDED) -> None:
        """A person gives so much of a payment back, in the provider's own pages."""
        known = self.seen(id).refunds
        one = RefundSnapshot(id=f"by-hand-{len(known)}", amount=amount, status=status)
        self.hears(id, refunds=(*known, one))

    def drop(self, id: str) -> None:
        with self.act():
            dropped = self.dossier.refund(id).moved(RefundTrigger.DROP, at=self.at)
            self.dossier = self.dossier.with_refund(dropped)

    def settle(self) -> None:
        """All is quiet: nothing is owed, asked for or on its way any more. What cannot be given back is dropped."""
        for refund in self.dossier.refunds:
            if refund.state in (RefundState.REQUESTED, RefundState.PENDING):
                self.provider_says(refund.id, RefundStatus.SUCCEEDED)
        for refund in self.dossier.refunds:
            if self.dossier.refund(refund.id).is_owed:
                try:
                    self.refund(refund.id)
                except IllegalTransitionError:
                    self.drop(refund.id)

    def wait(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    def _count(self, outcome: Outcome) -> None:
        self.taken.update({take.counter: take.count for take in outcome.takes})
        self.taken.subtract({take.counter: take.count for take in outcome.gives})

    def _refund_id(self) -> str:
        return f"A1-r{len(self.dossier.refunds) + 1}"

    def _status(self, id: str) -> Status:
        known = self.dossier.payment(id).snapshot
        assert known is not None
        return known.status

    def _explain(self, amount: Money) -> None:
        """What a person gave back is goodwill, if it can be."""
        if self.order.state is not OrderState.PAID or amount.currency != self.order.currency:
            return
        for number in range(len(self.order.quotes)):
            try:
                made = given_back(self.order, amount, received=self.dossier.received + amount, quote=number)
            except RefundRefusedError:
                continue
            self.dossier = evolve(self.dossier, order=made.order)
            return
