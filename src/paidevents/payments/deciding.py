"""
What is due, what a provider says, and what follows: the one place where news of a payment are decided on.

It decides and does nothing. What changes nothing is told by the same payment,
so that nothing is committed; told twice, late or in another order, news lead to
the same end.
"""

from collections.abc import Sequence
from datetime import datetime

from attrs import evolve

from paidevents.checks import instance, instant, text_or_nothing
from paidevents.errors import CurrencyMismatchError, InvalidValueError
from paidevents.lifecycle.order import OrderTrigger
from paidevents.lifecycle.payment import PAYMENT, PaymentFacts, PaymentState, PaymentTrigger
from paidevents.lifecycle.refund import RefundTrigger
from paidevents.money.amount import Money
from paidevents.payments.due import Due
from paidevents.payments.giving_back import matched
from paidevents.payments.meaning import Action, Decision, Meaning
from paidevents.payments.news import Case, is_old, trigger_of
from paidevents.payments.payment import OTHER_PAYMENT, Payment
from paidevents.payments.refund import Refund, of_payment, refund_news, told
from paidevents.payments.rulings import RULINGS, Ruling, disputed, for_order, received, sent_back, taken_or_not
from paidevents.payments.snapshot import Snapshot

M, A = Meaning, Action

_REFUND_NEWS = {
    RefundTrigger.PEND: Ruling(meanings=(M.REFUND_PENDING,)),
    RefundTrigger.SUCCEED: Ruling(meanings=(M.REFUNDED,)),
    RefundTrigger.FAIL: Ruling(meanings=(M.REFUND_FAILED,), actions=(A.ASK_ORGANIZER,)),
    RefundTrigger.SETTLE_ELSEWHERE: Ruling(meanings=(M.REFUNDED_ELSEWHERE,), actions=(A.SETTLE_REFUNDS,)),
}


def decide(
    payment: Payment, snapshot: Snapshot, due: Due, refunds: Sequence[Refund] = (), *, at: datetime, by: str = ""
) -> Decision:
    """
    What follows from what a provider says of a payment.

    Money is never taken for less or more than it is: what is not exactly as it
    was asked for is decided by a person. Money for an order that has run out or
    was cancelled is the business of the order's own table.

    Args:
        payment: As it is stored.
        snapshot: What the provider said when it was asked, or what a person recorded.
        due: What the order needs.
        refunds: All that there are of the order.
        at: The moment.
        by: Who recorded it, if a person did.

    Raises:
        InvalidValueError: The snapshot, the order or a refund is of another payment (`other_payment`),
            or an argument that cannot be.
        CurrencyMismatchError: The order is in another currency than what was started.

    Example:
        >>> from datetime import UTC
        >>> from paidevents import EUR
        >>> from paidevents.lifecycle.order import OrderState
        >>> from paidevents.payments.payment import recorded
        >>> price = Money.of("20.00", EUR)
        >>> cash = Payment(id="p1", order="A7", provider="cash", account="desk", amount=price)
        >>> due = Due(reference="A7", order=OrderState.HELD, asked=price, received=Money.zero(EUR))
        >>> found = decide(cash, recorded(cash, price), due, at=datetime(2026, 3, 1, tzinfo=UTC), by="organizer:42")
        >>> found.order, found.payment.state
        (<OrderTrigger.PAY: 'pay'>, <PaymentState.PAID: 'paid'>)
        >>> decide(found.payment, recorded(cash, price), due, at=datetime(2026, 3, 2, tzinfo=UTC)).is_news
        False
    """
    when, who = instant(at, "at"), text_or_nothing(by, "by")
    case = _case(payment, snapshot, due, refunds)
    if is_old(payment, case.seen):
        return _decided(due, payment, [Ruling(meanings=(M.NOTHING_NEW,))])
    trigger = trigger_of(payment, case.seen)
    ruling = RULINGS[trigger](case)
    rulings = [ruling, disputed(case, ruling)]
    row, history = None, payment.history
    if trigger is not None:
        row, history = PAYMENT.moved(history, trigger, _facts(case, ruling), at=when, by=who)
    after = payment
    if trigger is not None or case.seen != case.known:
        after = evolve(payment, ref=case.seen.ref, snapshot=case.seen, history=history)
    pairs, elsewhere = matched(case.seen.refunds, case.refunds)
    news = tuple((ours.id, found) for ours, seen in pairs if (found := refund_news(ours, seen)) is not None)
    rulings += [_REFUND_NEWS[found] for _, found in news]
    if elsewhere:
        rulings += [_REFUND_NEWS[RefundTrigger.SETTLE_ELSEWHERE]]
    if trigger is None and case.is_uncovered:
        rulings += [Ruling(meanings=(M.UNCOVERED,))]
    moved = [(ours, told(ours, seen, at=when, by=who)) for ours, seen in pairs]
    changed = tuple(new for old, new in moved if new is not old)
    if changed:
        rulings += [Ruling(meanings=(M.DETAILS,))]
    decided = _decided(due, after, rulings)
    return evolve(decided, trigger=trigger, row=row, elsewhere=elsewhere, refunds=news, moved=changed)


def accepted(payment: Payment, due: Due, refunds: Sequence[Refund] = (), *, at: datetime, by: str = "") -> Decision:
    """
    The organizer takes what came, although it is not what was due.

    What is missing is forgiven; what is not needed goes back. `declined` is
    the other answer.

    Args:
        payment: In review.
        due: What the order needs.
        refunds: All that there are of the order.
        at: The moment.
        by: Who decided it.

    Returns:
        The decision; `forgiven` has what the order is to ask less.

    Raises:
        IllegalTransitionError: The payment is not in review.
        CurrencyMismatchError: What came is in another currency than the order: it can only be given back.
        InvalidValueError: The order or a refund is of another payment, or an argument that cannot be.
    """
    case = _reviewed(payment, PaymentTrigger.ACCEPT, due, refunds)
    nothing = Money.zero(due.asked.currency)
    if payment.received.currency != nothing.currency:
        raise CurrencyMismatchError(nothing.currency.code, payment.received.currency.code)
    if due.is_over:
        ruling, forgiven = received(case), nothing
    else:
        forgiven = max(min(payment.amount, due.needs) - case.has, nothing)
        ruling = for_order(case, forgiven)
    return evolve(_by_hand(case, PaymentTrigger.ACCEPT, ruling, at, by), forgiven=forgiven)


def declined(payment: Payment, due: Due, refunds: Sequence[Refund] = (), *, at: datetime, by: str = "") -> Decision:
    """
    The organizer does not take what came: all of it goes back that is not yet given back or promised.

    The order does not hear of it, and goes on waiting if it waited. While a
    dispute is open nothing goes back; it does once the dispute is won.

    Args:
        payment: In review.
        due: What the order needs.
        refunds: All that there are of the order.
        at: The moment.
        by: Who decided it.

    Returns:
        The decision; `surplus` has what goes back, in the currency in which it came.

    Raises:
        IllegalTransitionError: The payment is not in review, or places hang on its money (`is_spare`):
            it goes back when they are cancelled.
        CurrencyMismatchError: The order is in another currency than what was started.
        InvalidValueError: The order or a refund is of another payment, or an argument that cannot be.
    """
    case = _reviewed(payment, PaymentTrigger.DECLINE, due, refunds)
    return _by_hand(case, PaymentTrigger.DECLINE, sent_back(case), at, by)


def capture_or_void(payment: Payment, due: Due) -> tuple[Action, ...]:
    """
    What is to be done now with money that is set aside: when the order was approved, has run out or was cancelled.

    Returns:
        To take it, to let go of it, to ask the organizer, or nothing: it is not set aside, or waits for approval.

    Raises:
        InvalidValueError: The order is of another payment, or an argument that cannot be.
    """
    _check_order(payment, due)
    return taken_or_not(due) if payment.state is PaymentState.AUTHORIZED else ()


def _case(payment: Payment, snapshot: Snapshot, due: Due, refunds: Sequence[Refund]) -> Case:
    _check_order(payment, due)
    ref = instance(snapshot, "snapshot", Snapshot).ref
    is_ours = (ref.provider, ref.account, snapshot.reference) == (payment.provider, payment.account, payment.order)
    if not is_ours or payment.ref not in (None, ref):
        raise InvalidValueError("snapshot", OTHER_PAYMENT)
    own = of_payment(payment, refunds)
    return Case(payment=payment, seen=snapshot.after(payment.snapshot), due=due, refunds=own)


def _reviewed(payment: Payment, trigger: PaymentTrigger, due: Due, refunds: Sequence[Refund]) -> Case:
    """The case of what stands there as it is known; what is not in review is refused."""
    instance(due, "due", Due)
    PAYMENT.fire(instance(payment, "payment", Payment).state, trigger, PaymentFacts())
    return _case(payment, instance(payment.snapshot, "payment.snapshot", Snapshot), due, refunds)


def _by_hand(case: Case, trigger: PaymentTrigger, ruling: Ruling, at: datetime, by: str) -> Decision:
    when, who = instant(at, "at"), text_or_nothing(by, "by")
    row, history = PAYMENT.moved(case.payment.history, trigger, _facts(case, ruling), at=when, by=who)
    decided = _decided(case.due, evolve(case.payment, history=history), [ruling])
    return evolve(decided, trigger=trigger, row=row)


def _check_order(payment: Payment, due: Due) -> None:
    if instance(payment, "payment", Payment).order != instance(due, "due", Due).reference:
        raise InvalidValueError("due", OTHER_PAYMENT)
    if payment.amount.currency != due.asked.currency:
        raise CurrencyMismatchError(due.asked.currency.code, payment.amount.currency.code)


def _facts(case: Case, ruling: Ruling) -> PaymentFacts:
    """What was decided, as the guards of the table ask it: so its rows mean what is decided."""
    return PaymentFacts(
        is_awaited=A.EXTEND_HOLD in ruling.actions,
        awaits_approval=ruling.order is OrderTrigger.AUTHORIZE,
        pays_order=ruling.order is OrderTrigger.PAY,
        has_surplus=bool(ruling.surplus),
        is_relied_on=case.is_relied_on,
    )


def _decided(due: Due, payment: Payment, rulings: Sequence[Ruling]) -> Decision:
    """The decision that all *rulings* make together, each meaning and action once and in its order."""
    meanings = {meaning for ruling in rulings for meaning in ruling.meanings}
    for empty in (M.NOTHING_NEW, M.DETAILS):
        if len(meanings) > 1:
            meanings.discard(empty)
    actions = {action for ruling in rulings for action in ruling.actions}
    nothing = Money.zero(due.asked.currency)
    return Decision(
        payment=payment,
        meanings=tuple(meaning for meaning in Meaning if meaning in meanings),
        order=next((ruling.order for ruling in rulings if ruling.order is not None), None),
        actions=tuple(action for action in Action if action in actions),
        surplus=next((ruling.surplus for ruling in rulings if ruling.surplus is not None), nothing),
        forgiven=nothing,
    )
