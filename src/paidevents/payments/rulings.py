"""What each kind of news asks for: a function of the case each, and none that knows of another kind."""

from collections.abc import Callable, Mapping

from attrs import frozen

from paidevents.catalog.decisions import Capture, LatePayment
from paidevents.lifecycle.order import OrderState, OrderTrigger
from paidevents.lifecycle.payment import PaymentState, PaymentTrigger
from paidevents.money.amount import Money
from paidevents.payments.due import Due
from paidevents.payments.meaning import Action, Meaning
from paidevents.payments.news import Case, has_changed, money_of
from paidevents.payments.snapshot import DisputeStatus, Status

M, A, S, T = Meaning, Action, PaymentState, PaymentTrigger


@frozen(kw_only=True)
class Ruling:
    """
    A part of a decision.

    Attributes:
        meanings: What is new.
        actions: What is to be done.
        order: What it means for the order.
        surplus: What came and is not needed.
    """

    meanings: tuple[Meaning, ...] = ()
    actions: tuple[Action, ...] = ()
    order: OrderTrigger | None = None
    surplus: Money | None = None


def opened(case: Case) -> Ruling:
    """The buyer can pay. What would go straight back is not waited for."""
    due = case.due
    if due.is_over or due.is_promised:
        return Ruling(meanings=(M.WAITING,), actions=(A.VOID,))
    return Ruling(meanings=(M.WAITING,), actions=(A.EXTEND_HOLD,) if due.is_waiting else ())


def on_its_way(case: Case) -> Ruling:
    """It may take days, and cannot be stopped."""
    return Ruling(meanings=(M.ON_ITS_WAY,), actions=(A.EXTEND_HOLD,) if case.due.is_waiting else ())


def put_aside(case: Case) -> Ruling:
    """It is set aside, and to be taken or let go of."""
    due = case.due
    waits = due.order is OrderState.HELD and due.capture is Capture.ON_APPROVAL and not due.is_promised
    return Ruling(
        meanings=(M.SET_ASIDE, M.LATE) if due.is_over else (M.SET_ASIDE,),
        actions=taken_or_not(due),
        order=OrderTrigger.AUTHORIZE if waits else None,
    )


def taken_or_not(due: Due) -> tuple[Action, ...]:
    """What is done with money that is set aside: nothing is ever taken that would go straight back."""
    if due.order is OrderState.EXPIRED:
        if due.late is LatePayment.REVIEW:
            return (A.ASK_ORGANIZER,)
        return (A.CAPTURE if due.takes_late else A.VOID,)
    if due.is_over or due.is_promised:
        return (A.VOID,)
    awaits = due.order is OrderState.AUTHORIZED or (due.order is OrderState.HELD and due.capture is Capture.ON_APPROVAL)
    return () if awaits and not due.approved else (A.CAPTURE,)


def received(case: Case) -> Ruling:
    """As much came as was asked for. What was given back there before anybody looked has not come."""
    if case.due.is_over:
        return Ruling(meanings=(M.LATE,), order=OrderTrigger.PAY if case.has else None)
    return for_order(case, Money.zero(case.due.asked.currency))


def for_order(case: Case, forgiven: Money) -> Ruling:
    """It is for an order that is not over; so much is *forgiven* of what should have come."""
    has, needs = case.has, case.due.needs
    if not needs:
        return Ruling(meanings=(M.PAID_TWICE,), actions=_given_back(case, has), surplus=has)
    if has + forgiven < needs:
        return Ruling(meanings=(M.PART_PAID,))
    surplus = max(has - needs, Money.zero(has.currency))
    # What the order was paid with already does not pay it once more.
    counted = case.due.is_paid and case.payment.counts
    return Ruling(
        meanings=(M.PAID, M.MORE_THAN_NEEDED) if surplus else (M.PAID,),
        actions=_given_back(case, surplus),
        order=None if counted else OrderTrigger.PAY,
        surplus=surplus,
    )


def sent_back(case: Case) -> Ruling:
    """All that came goes back, whatever it was for; the order does not hear of it."""
    return Ruling(meanings=(M.DECLINED,), actions=_given_back(case, case.has), surplus=case.has)


def _given_back(case: Case, surplus: Money) -> tuple[Action, ...]:
    """While it is disputed nothing is given back: the bank may take it as well."""
    return (A.REFUND_SURPLUS,) if surplus and case.seen.dispute is not DisputeStatus.OPEN else ()


def mismatched(case: Case) -> Ruling:
    """Something else came than was due, or than was known to have come: a person decides."""
    came, known = money_of(case.seen), case.payment.received
    due = known if case.payment.state is S.PAID else case.payment.amount
    if came.currency != due.currency:
        return Ruling(meanings=(M.WRONG_CURRENCY,), actions=(A.ASK_ORGANIZER,))
    return Ruling(meanings=(M.SHORT if came < due else M.OVER,), actions=(A.ASK_ORGANIZER,))


def gone(case: Case) -> Ruling:
    """It failed or ran out. The order waits for another try, unless it was approved on the strength of this one."""
    if case.seen.status is Status.PAID:
        meaning = M.LOST  # it came, and a bank took it back, before anybody looked
    else:
        meaning = M.RAN_OUT if case.seen.status is Status.EXPIRED else M.FAILED
    return Ruling(meanings=(meaning,), order=OrderTrigger.LOSE_PAYMENT if case.is_relied_on else None)


def lost(case: Case) -> Ruling:
    """What had come is gone; what was given back of it, or promised, is the organizer's loss."""
    relied_on = case.is_relied_on
    actions = [A.SUSPEND_PASSES] if relied_on else []
    actions += [A.ASK_ORGANIZER] if any(refund.is_reserved for refund in case.refunds) else []
    order = OrderTrigger.LOSE_PAYMENT if relied_on else None
    return Ruling(meanings=(M.LOST,), actions=tuple(actions), order=order)


def stands(case: Case) -> Ruling:
    """It stands where it stood."""
    if case.seen == case.known:
        return Ruling(meanings=(M.NOTHING_NEW,))
    if case.payment.state is S.REVIEW and has_changed(case.payment, case.seen):
        return mismatched(case)
    return Ruling(meanings=(M.DETAILS,))


RULINGS: Mapping[PaymentTrigger | None, Callable[[Case], Ruling]] = {
    None: stands,
    T.OPEN: opened,
    T.PEND: on_its_way,
    T.AUTHORIZE: put_aside,
    T.RECEIVE: received,
    T.MISMATCH: mismatched,
    T.FAIL: gone,
    T.EXPIRE: gone,
    T.LOSE: lost,
}


def disputed(case: Case, ruling: Ruling) -> Ruling:
    """What news of a dispute ask for, besides what the payment itself does."""
    dispute, due = case.seen.dispute, case.due
    if dispute is None or (case.known is not None and dispute is case.known.dispute):
        return Ruling()
    if dispute is DisputeStatus.LOST:
        return Ruling(meanings=(M.DISPUTE_LOST,))
    if dispute is DisputeStatus.OPEN:
        lets_in = ruling.order is OrderTrigger.PAY and (not due.is_over or due.takes_late)
        suspends = (A.SUSPEND_PASSES,) if lets_in or case.pays else ()
        return Ruling(meanings=(M.DISPUTED,), actions=(*suspends, A.ASK_ORGANIZER))
    restores = (A.RESTORE_PASSES,) if due.is_paid and case.was_disputed else ()
    is_kept = case.payment.state is S.PAID and not has_changed(case.payment, case.seen)
    # What was declined goes back whole; of an order that is over, its own table says what does.
    counts = case.payment.counts
    needs = due.needs if counts else Money.zero(case.has.currency)
    if not is_kept or (counts and due.is_over) or case.has <= needs:
        return Ruling(meanings=(M.DISPUTE_WON,), actions=restores)
    # What was not given back while the bank might have taken it.
    surplus = case.has - needs
    return Ruling(meanings=(M.DISPUTE_WON,), actions=(*restores, *_given_back(case, surplus)), surplus=surplus)
