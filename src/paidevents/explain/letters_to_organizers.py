"""What is written to the organizer: what has to be decided, watched or helped on. No attendee is named."""

from collections.abc import Mapping

from paidevents.explain import letter_phrases as say
from paidevents.explain.letter_parts import facts, price
from paidevents.explain.sheet import Sheet
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.payment import PaymentState
from paidevents.lifecycle.refund import RefundState
from paidevents.money.amount import Money
from paidevents.payments.meaning import Meaning
from paidevents.payments.payment import Payment
from paidevents.ports.obligation import Task
from paidevents.reason import Reason

M = Meaning

_OVER = (OrderState.EXPIRED, OrderState.CANCELLED)
_TO_LOOK_AT = (PaymentState.REVIEW, PaymentState.LOST)

# What there is to decide, and what can be done.
_DECISIONS: Mapping[str, tuple[Reason, tuple[Reason, ...]]] = {
    M.LATE.value: (say.CAME_LATE, (say.TAKE_IF_ROOM, say.NOTHING_HAPPENS)),
    M.SET_ASIDE.value: (say.CAME_LATE, (say.TAKE_IF_ROOM, say.NOTHING_HAPPENS)),
    M.WRONG_CURRENCY.value: (say.NOT_AS_DUE, (say.ONLY_BACK, say.NOTHING_HAPPENS)),
    M.LOST.value: (say.TAKEN_BACK, (say.LOOK_THERE,)),
    M.REFUNDED_ELSEWHERE.value: (say.GIVEN_ELSEWHERE, (say.LOOK_THERE,)),
    M.UNCOVERED.value: (say.GIVEN_ELSEWHERE, (say.LOOK_THERE,)),
}
_NOT_AS_DUE = (say.NOT_AS_DUE, (say.TAKE_OR_NOT, say.NOTHING_HAPPENS))


def decision_needed(sheet: Sheet) -> None:
    """Money came that is not as due, or late: which, and what can be done."""
    payment = _payment(sheet)
    asked = sheet.amount("asked") or (sheet.order.asked if payment is None else payment.amount)
    amount = sheet.amount("amount") or (asked if payment is None else payment.received or asked)
    is_over = sheet.order.state in _OVER
    what, choice = _DECISIONS.get(_meaning(sheet, payment, is_over), _NOT_AS_DUE)
    sheet.note(amount=amount, asked=asked)
    sheet.say(what, say.PLACES_GONE if is_over and what is say.NOT_AS_DUE else None, amount=amount, due=asked)
    sheet.say(*choice)


def _payment(sheet: Sheet) -> Payment | None:
    """The payment that there is most reason to look at."""
    payments = sheet.telling.known_dossier.payments
    looked_at = [one for one in payments if one.state in _TO_LOOK_AT] or payments
    return looked_at[-1] if looked_at else None


def _meaning(sheet: Sheet, payment: Payment | None, is_over: bool) -> str:
    """Why there is something to decide: as it was said, or as it looks."""
    said = sheet.telling.value("why")
    if said:
        return said
    if payment is not None and payment.state is PaymentState.LOST:
        return M.LOST.value
    in_review = payment is not None and payment.state is PaymentState.REVIEW
    return M.LATE.value if is_over and not in_review else ""


def approval_needed(sheet: Sheet) -> None:
    """Somebody waits to be let in (GT-22)."""
    order = sheet.order
    sheet.say(say.APPROVAL)
    facts(sheet)
    if order.state is OrderState.AUTHORIZED:
        until = order.hold.until
        sheet.note(until=until)
        sheet.say(say.APPROVAL_SET_ASIDE, say.DECIDE_BEFORE, until=sheet.local(until))
    elif price(sheet):
        sheet.say(say.APPROVAL_PAID)


def capacity_warning(sheet: Sheet) -> None:
    """More have registered than can be present at once, or nearly (GT-07)."""
    sheet.say(say.CAPACITY, sold=sheet.count("sold"), limit=sheet.count("limit"))
    sheet.say(say.CAPACITY_CHOICE)


def refund_failed(sheet: Sheet) -> None:
    """Money is still owed."""
    failed = [one.amount for one in sheet.telling.known_dossier.refunds if one.state is RefundState.FAILED]
    _about_money(sheet, say.REFUND_FAILED, failed)
    sheet.say(say.REFUND_AGAIN)


def payment_disputed(sheet: Sheet) -> None:
    """A buyer has a bank ask for the money."""
    disputed = [one.amount for one in sheet.telling.known_dossier.payments if one.is_disputed]
    _about_money(sheet, say.DISPUTED, disputed)
    sheet.say(say.ANSWER_THERE)


def _about_money(sheet: Sheet, reason: Reason, amounts: list[Money]) -> None:
    """A sentence about an amount: the one that was said, or the latest of those."""
    amount = sheet.amount("amount") or (amounts[-1] if amounts else sheet.order.asked)
    sheet.note(amount=amount)
    sheet.say(reason, amount=amount)


def task_stuck(sheet: Sheet) -> None:
    """Something is not done by itself any more."""
    task, why, dossier = sheet.telling.value("task"), sheet.telling.value("why"), sheet.telling.dossier
    known = [say.TASKS[each] for each in Task if each.value == task]
    sheet.say(say.STUCK)
    sheet.list(
        [
            *(say.WHAT.given(what=sheet.told(each)) for each in known),
            *([] if dossier is None else [say.ORDER]),
            *([say.WHY.given(why=why.replace("\n", " "))] if why else []),
        ]
    )
