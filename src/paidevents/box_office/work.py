"""
A decision in the making: a dossier as it is to be, and all that is committed along with it.

Pure decisions say what happens; here it is put together, in one way for all flows:
passes, refunds, messages and calls to providers, the ledger's entries, and the commit.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import evolve

from paidevents.access.parts import Revocation
from paidevents.access.pass_ import Pass
from paidevents.box_office.booking import booked
from paidevents.catalog.cancellation import Refunding
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.checks import altered
from paidevents.ledger.entry import Entry
from paidevents.lifecycle.event import EventState
from paidevents.lifecycle.order import OrderEffect, OrderState
from paidevents.lifecycle.payment import PaymentState
from paidevents.lifecycle.registration import RegistrationEffect, RegistrationTrigger
from paidevents.money.amount import Money
from paidevents.payments.giving_back import left, requested, spread
from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund, RefundPurpose
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.ports.records import Record, Stored
from paidevents.ports.store import Commit, Expected
from paidevents.pricing.counters import Take
from paidevents.pricing.plan import Plan
from paidevents.registration.order import Order
from paidevents.registration.outcome import Outcome, netted
from paidevents.registration.registration import Registration
from paidevents.registration.settling import paid

RE, OE = RegistrationEffect, OrderEffect

# What one person is told because of what happened to their place.
_TOLD = {
    RE.SEND_CONFIRMATION: MessageKind.CONFIRMATION,
    RE.TELL_AWAITING: MessageKind.AWAITING_APPROVAL,
    RE.TELL_REFUSED: MessageKind.REFUSED,
    RE.TELL_CANCELLED: MessageKind.CANCELLED,
}
_REVOKED_FOR = {
    RegistrationTrigger.REFUSE.value: Revocation.REFUSED,
    RegistrationTrigger.LOSE_PAYMENT.value: Revocation.PAYMENT_LOST,
}
_WHY = {
    RegistrationTrigger.CANCEL.value: "as_requested",
    RegistrationTrigger.CALL_OFF.value: "by_organizer",
    RegistrationTrigger.LOSE_PAYMENT.value: "payment_lost",
}
# What came and was never the order's goes straight back, whoever makes the other refunds.
IN_VAIN = frozenset((RefundPurpose.SURPLUS, RefundPurpose.LATE, RefundPurpose.NOT_AS_DUE))
_HELD = (OrderState.HELD, OrderState.AUTHORIZED)
_PAYABLE = (PaymentState.OPEN, PaymentState.AUTHORIZED)


class Work:
    """
    What is being decided about one order.

    Args:
        listing: Its event, as it was read.
        plan: Of the event.
        stored: The dossier as it was read; None for a new one.
        dossier: A new one.
        at: The moment.
        by: Who decides.
    """

    def __init__(
        self,
        listing: Stored[Listing],
        plan: Plan,
        stored: Stored[Dossier] | None = None,
        dossier: Dossier | None = None,
        *,
        at: datetime,
        by: Actor = SYSTEM,
    ) -> None:
        before = dossier if stored is None else stored.record
        assert before is not None, "a dossier, stored or new"
        self.listing, self.plan, self.stored = listing, plan, stored
        self.dossier = before
        self.at, self.by = at, by
        self.obligations: list[Obligation] = []
        self._inserts: list[Record] = []
        self._replaces: list[Stored[Record]] = []
        self._takes: list[Take] = []
        self._gives: list[Take] = []
        self._was_waiting = stored is not None and _waits(stored.record)

    @property
    def order(self) -> Order:
        """The order as it is to be."""
        return self.dossier.order

    def decided(self, outcome: Outcome, purpose: RefundPurpose = RefundPurpose.PLACES) -> None:
        """Take over *outcome*: the order, its counters, what goes back, and what its moves mean."""
        before = self.order
        self.dossier = altered(self.dossier, order=outcome.order)
        self._takes += outcome.takes
        self._gives += outcome.gives
        back = {one.id: _given_for(before, one, outcome) for one in before.registrations}
        for given in outcome.given:
            self.give_back(given.refund.amount, purpose)
        if outcome.in_vain:
            is_late = before.state in (OrderState.EXPIRED, OrderState.CANCELLED)
            self.give_back(outcome.in_vain, RefundPurpose.LATE if is_late else RefundPurpose.SURPLUS)
        for meant in outcome.meant:
            if isinstance(meant.effect, RegistrationEffect):
                self._mean(meant.effect, self.order.registration(meant.registration), back.get(meant.registration))
        for effect in (OE.CAPTURE, OE.VOID_PAYMENTS, OE.ASK_ORGANIZER):
            if outcome.means(effect):
                self._mean_order(effect)
        if outcome.means(RE.TELL_AWAITING):
            self.tell_organizer(MessageKind.APPROVAL_NEEDED)
        self._move_passes()

    def owe(
        self,
        task: Task,
        subject: str = "",
        *,
        key: str = "",
        message: MessageKind | None = None,
        values: Mapping[str, str] | None = None,
        claimed: bool = False,
    ) -> Obligation:
        """Something to be done in the world, once this is committed; *claimed* if by whoever commits it."""
        number = self.dossier.obligations + 1
        self.dossier = altered(self.dossier, obligations=number)
        made = Obligation(
            id=f"{self.dossier.id}/{number}",
            task=task,
            event=self.order.event,
            order=self.dossier.id,
            subject=subject,
            key=key or f"{self.dossier.id}/{number}",
            made_at=self.at,
            due_at=self.at,
            message=message,
            values=tuple((values or {}).items()),
        )
        self.obligations.append(made.claimed(self.at) if claimed else made)
        return made

    def tell(self, kind: MessageKind, registration: str = "", **values: object) -> None:
        """Something that one attendee, or with no registration the buyer, is told."""
        said = {name: str(value) for name, value in values.items() if value is not None}
        self.owe(Task.TELL, registration, message=kind, values=said)

    def tell_organizer(self, kind: MessageKind, **values: object) -> None:
        """Something that the organizer is told."""
        self.tell(kind, "", **values)

    def give_back(self, amount: Money, purpose: RefundPurpose, payments: Iterable[Payment] | None = None) -> None:
        """
        Owe *amount*, of the payments that it came with; and ask for it, unless that is the organizer's affair.

        What a person gave back at the provider already, nobody gives back once more.

        Raises:
            RefundRefusedError: Less is left.
        """
        # What nobody has accepted pays for no place, so it is not given back for one.
        counting = [payment for payment in self.dossier.payments if payment.counts]
        chosen = tuple(counting if payments is None else payments)
        for id, part in spread(self._still_owed(amount, chosen), chosen, self.dossier.refunds, disputed=True):
            refund = Refund(
                id=f"{self.dossier.id}-r{len(self.dossier.refunds) + 1}",
                order=self.dossier.id,
                payment=id,
                amount=part,
                purpose=purpose,
            )
            self.dossier = self.dossier.with_refund(refund)
            by_itself = self.plan.event.policy.refunds is Refunding.AUTOMATIC or purpose in IN_VAIN
            if by_itself and not self.dossier.payment(id).is_disputed:
                self.ask_for(refund)

    def _still_owed(self, amount: Money, payments: tuple[Payment, ...]) -> Money:
        """So much of *amount* as there is, if the rest was given back elsewhere."""
        nothing, refunds = Money.zero(amount.currency), self.dossier.refunds
        own = [payment for payment in payments if payment.received.currency == amount.currency]
        there = sum((left(payment, refunds) for payment in own), nothing)
        elsewhere = [one.amount for one in refunds if one.purpose is RefundPurpose.ELSEWHERE and one.is_reserved]
        gone = sum((each for each in elsewhere if each.currency == amount.currency), nothing)
        return amount if amount <= there else max(there, amount - gone)

    def ask_for(self, refund: Refund) -> None:
        """
        Have the provider asked for *refund*, once more if it failed.

        Raises:
            IllegalTransitionError: It was asked for already, or the payment has less left.
        """
        payment = self.dossier.payment(refund.payment)
        asked = requested(refund, payment, self.dossier.refunds, at=self.at, by=self.who)
        self.dossier = self.dossier.with_refund(asked)
        self.owe(Task.REFUND, asked.id, key=asked.key)

    def insert(self, *records: Record) -> None:
        """New records that are written along with it."""
        self._inserts += records

    def replace(self, stored: Stored[Record], record: Record) -> None:
        """Another record that is written along with it, instead of the one that was read."""
        self._replaces.append(Stored(record, stored.version))

    @property
    def who(self) -> str:
        """Who decides, if a person does."""
        return "" if self.by == SYSTEM else str(self.by)

    def commit(self, id: str) -> Commit | None:
        """
        All that is to be written; None if nothing has changed.

        What takes places expects the event to be as it was read, so that a sale and a
        change of the event never miss each other.
        """
        self._let_go_of_what_is_not_needed()
        before = None if self.stored is None else self.stored.record
        entries: tuple[Entry, ...] = ()
        inserts, replaces = [*self._inserts, *self.obligations], list(self._replaces)
        if before != self.dossier:
            entries = booked(before, self.dossier, at=self.at)
            kept = altered(self.dossier, entries=self.dossier.entries + len(entries))
            if self.stored is None:
                inserts.insert(0, kept)
            else:
                replaces.insert(0, Stored(kept, self.stored.version))
            self.dossier = kept
        if not (inserts or replaces):
            return None
        takes, gives = netted(self._takes, self._gives)
        expects = (Expected(Listing, self.listing.record.id, self.listing.version),) if takes else ()
        return Commit(
            id=id,
            event=self.order.event,
            inserts=tuple(inserts),
            replaces=tuple(replaces),
            expects=expects,
            takes=takes,
            gives=gives,
            entries=entries,
        )

    def _mean(self, effect: RegistrationEffect, one: Registration, back: Money | None) -> None:
        event = self.plan.event
        had = self.dossier.pass_of(one.id)
        if effect is RE.ISSUE_PASS and had is None:
            sessions = _sessions(self.order, one) if event.chooses_sessions and one.units else ()
            if event.chooses_sessions and not sessions:
                sessions = tuple(session.id for session in event.sessions)
            issued = Pass.issued(event, id=one.id, registration_id=one.id, at=self.at, sessions=sessions)
            self.dossier = self.dossier.with_pass(issued)
        elif effect is RE.RENEW_PASS and had is not None:
            self.dossier = self.dossier.with_pass(had.renewed())
        elif effect is RE.REVOKE_PASS and had is not None:
            why = _REVOKED_FOR.get(one.history[-1].trigger, Revocation.CANCELLED)
            self.dossier = self.dossier.with_pass(had.revoked(self.at, why))
        elif effect in _TOLD and one.attendee is not None:
            told_why = self._why(one) if effect is RE.TELL_CANCELLED else None
            self.tell(_TOLD[effect], one.id, refund=back, why=told_why)

    def _why(self, one: Registration) -> str:
        """Why a place is gone, as letters put it."""
        if self.listing.record.state is EventState.CANCELLED:
            return "event_cancelled"
        return _WHY[one.history[-1].trigger]

    def _mean_order(self, effect: OrderEffect) -> None:
        if effect is OE.ASK_ORGANIZER:
            self.tell_organizer(MessageKind.DECISION_NEEDED, why="late", amount=self.dossier.received)
            return
        for payment in self.dossier.payments:
            if effect is OE.CAPTURE and payment.state is PaymentState.AUTHORIZED:
                self.owe(Task.CAPTURE, payment.id, key=f"{payment.key}:capture")
            if effect is OE.VOID_PAYMENTS and payment.state in _PAYABLE:
                self.void(payment)

    def void(self, payment: Payment) -> None:
        """See to it that *payment* cannot be paid any more; once is enough."""
        if all((one.task, one.subject) != (Task.VOID, payment.id) for one in self.obligations):
            self.owe(Task.VOID, payment.id, key=f"{payment.key}:void")

    def _let_go_of_what_is_not_needed(self) -> None:
        """
        Once nothing is waited for, nobody should be able to pay; and what came and was too little goes back.

        Unless it is enough by now, for those who are left.
        """
        if not self._was_waiting or _waits(self.dossier):
            return
        if self.order.state in _HELD:
            received = self.dossier.received
            self.decided(paid(self.order, self.plan, received=received, at=self.at, by=self.by))
        spare = self.dossier.received - self.order.due
        if spare.minor > 0:
            self.give_back(spare, RefundPurpose.SURPLUS)
        for payment in self.dossier.payments:
            if payment.state in _PAYABLE:
                self.void(payment)

    def _move_passes(self) -> None:
        """After a change of ticket, a pass is for the sessions of the new one."""
        if not self.plan.event.chooses_sessions:
            return
        for one in self.order.active:
            had, sessions = self.dossier.pass_of(one.id), _sessions(self.order, one)
            if had is not None and sessions and set(had.sessions) != set(sessions):
                self.dossier = self.dossier.with_pass(evolve(had, sessions=sessions))


def _sessions(order: Order, one: Registration) -> tuple[str, ...]:
    """The sessions that somebody's places are in, each once."""
    places = [order.quotes[one.quote].record.places[unit] for unit in one.units]
    return tuple(dict.fromkeys(session for _, _, session in places if session))


def _waits(dossier: Dossier) -> bool:
    """Whether money is waited for."""
    order = dossier.order
    held = order.state in _HELD or order.change is not None
    return held and dossier.received < order.asked


def _given_for(order: Order, one: Registration, outcome: Outcome) -> Money | None:
    """What is given back for one attendee's places; None for nothing."""
    parts = [
        unit.amount
        for given in outcome.given
        if given.quote == one.quote
        for unit in given.refund.units
        if unit.unit in one.units
    ]
    total = sum(parts, Money.zero(order.currency))
    return total or None
