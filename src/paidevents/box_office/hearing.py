"""What providers say, taken in: the one place where news of a payment change a dossier."""

from contextlib import suppress
from datetime import datetime

from attrs import evolve

from paidevents.box_office.work import IN_VAIN, Work
from paidevents.catalog.cancellation import Refunding
from paidevents.catalog.decisions import Approval, Capture
from paidevents.checks import altered
from paidevents.errors import IllegalTransitionError, RefundRefusedError
from paidevents.lifecycle.order import OrderState, OrderTrigger
from paidevents.lifecycle.refund import RefundState
from paidevents.money.amount import Money
from paidevents.payments.deciding import decide
from paidevents.payments.due import Due
from paidevents.payments.giving_back import kept
from paidevents.payments.meaning import Action, Decision, Meaning
from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund, RefundPurpose, made_elsewhere
from paidevents.payments.snapshot import RefundSnapshot, Snapshot, Status
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Task
from paidevents.registration.deciding import given_back
from paidevents.registration.hold import GRACE
from paidevents.registration.settling import authorized, extended, paid, payment_lost

A, M = Action, Meaning

# Half of the grace is for the call that opens a page, and for a clock that is not ours; half for the news of it.
MARGIN = GRACE // 2


def due_of(work: Work, payment: Payment, *, has_room: bool = True) -> Due:
    """What the order needs, as far as *payment* is concerned."""
    order, policy = work.order, work.plan.event.policy
    others = [one for one in work.dossier.payments if one.id != payment.id]
    nothing = Money.zero(order.currency)
    aside = sum((one.amount for one in others if one.is_set_aside and one.amount.currency == order.currency), nothing)
    on_approval = policy.approval is Approval.MANUAL and policy.capture is Capture.ON_APPROVAL
    return Due(
        reference=order.id,
        order=order.state,
        asked=max(order.asked, nothing),
        received=kept(others, work.dossier.refunds, order.currency),
        has_room=has_room,
        late=policy.late_payments,
        capture=Capture.ON_APPROVAL if on_approval else Capture.AT_ONCE,
        approved=any(move.trigger == OrderTrigger.APPROVE.value for move in order.history),
        set_aside=aside,
    )


def hear(work: Work, payment: Payment, snapshot: Snapshot, *, has_room: bool = True) -> Decision:
    """
    Take in what a provider says of *payment*, or what a person recorded.

    Raises:
        InvalidValueError: It is said of another payment.
        CurrencyMismatchError: The order is in another currency than what was started.
    """
    due = due_of(work, payment, has_room=has_room)
    decision = decide(payment, snapshot, due, work.dossier.refunds, at=work.at, by=work.who)
    if decision.is_news:
        take_in(work, decision, has_room=has_room)
    return decision


def take_in(work: Work, decision: Decision, *, has_room: bool = True) -> None:
    """Take in what was decided on a payment: by its news, or by a person."""
    work.dossier = work.dossier.with_payment(decision.payment)
    for refund in decision.moved:
        work.dossier = work.dossier.with_refund(refund)
    elsewhere = [_made_elsewhere(work, decision.payment, seen) for seen in decision.elsewhere]
    if decision.forgiven:
        order = work.order
        work.dossier = altered(work.dossier, order=evolve(order, adjustment=order.adjustment - decision.forgiven))
    if A.REFUND_SURPLUS in decision.actions and decision.surplus:
        is_declined = M.DECLINED in decision.meanings
        purpose = RefundPurpose.NOT_AS_DUE if is_declined else RefundPurpose.SURPLUS
        work.give_back(decision.surplus, purpose, [decision.payment])
    _tell_order(work, decision, has_room=has_room)
    _act(work, decision)
    if elsewhere:
        _settle_elsewhere(work, sum(elsewhere[1:], elsewhere[0]))
    _tell_of_refunds(work, decision)


def _tell_order(work: Work, decision: Decision, *, has_room: bool) -> None:
    """What it means for the order. One that is paid and lacks money has its places: of the rest it hears nothing."""
    order, plan, at, by = work.order, work.plan, work.at, work.by
    received = work.dossier.received
    is_covered = order.state is OrderState.PAID and order.change is None
    if decision.order is OrderTrigger.PAY and not is_covered:
        work.decided(paid(order, plan, received=received, at=at, by=by, has_room=has_room))
    elif decision.order is OrderTrigger.AUTHORIZE:
        work.decided(authorized(order, plan, until=_time_to_decide(work, decision.payment), at=at, by=by))
    elif decision.order is OrderTrigger.LOSE_PAYMENT:
        work.decided(payment_lost(order, plan, received=received, at=at, by=by))


def _time_to_decide(work: Work, payment: Payment) -> datetime:
    """Until when the organizer decides on what is set aside: as declared, or while it can be taken."""
    event, seen = work.plan.event, payment.snapshot
    ends = [seen.capture_until] if seen is not None and seen.capture_until is not None else []
    if event.policy.decide_within is not None:
        ends.append(event.policy.decide_within.after(work.at, event.zone))
    return min((end for end in ends if end > work.at), default=work.order.hold.latest)


def _act(work: Work, decision: Decision) -> None:
    payment, actions = decision.payment, decision.actions
    if A.CAPTURE in actions:
        work.owe(Task.CAPTURE, payment.id, key=f"{payment.key}:capture")
    if A.VOID in actions:
        work.void(payment)
    if A.EXTEND_HOLD in actions:
        _hold_longer(work, payment)
    _act_on_passes(work, decision)
    if M.DISPUTED in decision.meanings:
        work.tell_organizer(MessageKind.PAYMENT_DISPUTED, amount=payment.received)
    elif A.ASK_ORGANIZER in actions and M.REFUND_FAILED not in decision.meanings:
        why = decision.meanings[0].value
        came = payment.snapshot and payment.snapshot.received
        work.tell_organizer(MessageKind.DECISION_NEEDED, why=why, amount=came, asked=payment.amount)
    if M.DISPUTE_WON in decision.meanings and work.plan.event.policy.refunds is Refunding.AUTOMATIC:
        for refund in work.dossier.refunds:
            if refund.payment == payment.id and refund.state is RefundState.OWED:
                work.ask_for(refund)


def _act_on_passes(work: Work, decision: Decision) -> None:
    """While a dispute is open nobody comes in; once it is lost, who still has a place does."""
    is_lost = M.LOST in decision.meanings or M.DISPUTE_LOST in decision.meanings
    if is_lost or A.RESTORE_PASSES in decision.actions:
        _restore_passes(work)
    elif A.SUSPEND_PASSES in decision.actions:
        for pass_ in work.dossier.passes:
            work.dossier = work.dossier.with_pass(pass_.suspended(work.at))


def _restore_passes(work: Work) -> None:
    """Once no dispute is open of what pays, what was suspended is good again, and its holders are sent new links."""
    if any(payment.is_disputed and payment.counts for payment in work.dossier.payments):
        return
    for pass_ in work.dossier.passes:
        if pass_.restored() is not pass_:
            work.dossier = work.dossier.with_pass(pass_.restored())
            work.tell(MessageKind.CONFIRMATION, pass_.registration_id)


def _hold_longer(work: Work, payment: Payment) -> None:
    """As long as it can be paid, or is on its way; never beyond what a hold may last."""
    change, seen = work.order.change, payment.snapshot
    hold = work.order.hold if change is None else change.hold
    until = hold.latest
    if seen is not None and seen.status is Status.OPEN:
        until = min(seen.expires_at + MARGIN, until) if seen.expires_at is not None else hold.until
    if until > hold.until:
        # What has run out already is the sweep's: it looks at the provider before it lets go.
        with suppress(IllegalTransitionError):
            work.decided(extended(work.order, work.plan, until=until, at=work.at, by=work.by))


def _made_elsewhere(work: Work, payment: Payment, seen: RefundSnapshot) -> Money:
    """A refund that a person made at the provider, and that none of ours explains."""
    id = f"{work.dossier.id}-r{len(work.dossier.refunds) + 1}"
    work.dossier = work.dossier.with_refund(made_elsewhere(payment, seen, id=id, at=work.at, by=work.who))
    return seen.amount


def _settle_elsewhere(work: Work, amount: Money) -> None:
    """What a person gave back is goodwill: nobody loses a place over it; what cannot be that, a person looks at."""
    order = work.order
    received = work.dossier.received
    if order.state is OrderState.PAID and amount.currency == order.currency:
        for number in range(len(order.quotes)):
            # The refund is there already, so it is only counted.
            with suppress(RefundRefusedError):
                work.dossier = evolve(
                    work.dossier, order=given_back(order, amount, received=received + amount, quote=number).order
                )
                return
    work.tell_organizer(MessageKind.DECISION_NEEDED, why="refunded_elsewhere", amount=amount)


def _tell_of_refunds(work: Work, decision: Decision) -> None:
    moved = {refund.id: refund for refund in decision.moved}
    for id, _ in decision.refunds:
        tell_of_refund(work, None, moved[id])


def tell_of_refund(work: Work, before: Refund | None, refund: Refund) -> None:
    """Tell the buyer that money is on its way, or the organizer that it is not."""
    if before is not None and before.state is refund.state:
        return
    if refund.state is RefundState.SUCCEEDED:
        kind = MessageKind.MONEY_RETURNED if refund.purpose in IN_VAIN else MessageKind.REFUNDED
        work.tell(kind, "", amount=refund.amount)
    elif refund.state is RefundState.FAILED:
        work.tell_organizer(MessageKind.REFUND_FAILED, amount=refund.amount)
