"""Strategies for payments: what providers say of them, and what became of them and of refunds by such news."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from paidevents.catalog.decisions import Capture, LatePayment
from paidevents.errors import CurrencyMismatchError, IllegalTransitionError
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.payment import PaymentTrigger
from paidevents.lifecycle.refund import RefundTrigger
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.deciding import accepted, decide
from paidevents.payments.due import Due
from paidevents.payments.giving_back import requested
from paidevents.payments.payment import Payment, recorded
from paidevents.payments.refund import Refund, RefundPurpose, told
from paidevents.payments.snapshot import DisputeStatus, PaymentRef, RefundSnapshot, RefundStatus, Snapshot, Status
from paidevents.testing.strategies.amounts import Bounds, Dice, made
from paidevents.testing.strategies.offers import NEW_YEAR
from paidevents.testing.strategies.people import ORGANIZER

ORDER = "A1"
PROVIDERS = ("stripe:test", "paypal:live", "cash")
ACCOUNTS = ("acct_1", "bureau@theatre.example")
ADDRESSES = ("https://pay.example/c/cs_1#fragment", "https://pay.example/" + 1000 * "a%20", "")
WAYS = ("Pay to DE89 3704 0044.\nSay A1.", "À la caisse.", "")
MOST_STEPS = 5


def payment_refs() -> st.SearchStrategy[PaymentRef]:
    """What payments are called at their providers."""
    return made(lambda dice: a_ref(dice, dice.choice(PROVIDERS), dice.choice(ACCOUNTS)))


def a_ref(dice: Dice, provider: str, account: str) -> PaymentRef:
    """What a payment is called there."""
    return PaymentRef(provider, account, dice.choice(("cs_1", "5O190127TN364715T", "№ 7")))


def refund_snapshots() -> st.SearchStrategy[RefundSnapshot]:
    """What a provider says of a refund, with our key or without."""
    return made(lambda dice: _a_refund_snapshot(dice, _an_amount(dice)))


def _a_refund_snapshot(dice: Dice, amount: Money, number: int = 1) -> RefundSnapshot:
    return RefundSnapshot(
        id=f"re_{number}",
        amount=amount,
        status=dice.choice(tuple(RefundStatus)),
        key=dice.choice(("", "r1:1", "r1:2")),
    )


def _an_amount(dice: Dice, bounds: Bounds = None) -> Money:
    prices = dice.prices(bounds)
    return dice.amount(prices, prices.step, prices.most)


def snapshots() -> st.SearchStrategy[Snapshot]:
    """What a provider says of a payment: waiting, set aside, paid as asked or not, given back, disputed, gone."""

    def make(dice: Dice) -> Snapshot:
        ref = a_ref(dice, dice.choice(PROVIDERS), dice.choice(ACCOUNTS))
        return a_snapshot(dice, ref, _an_amount(dice))

    return made(make)


def a_snapshot(dice: Dice, ref: PaymentRef, asked: Money) -> Snapshot:
    """What is said of the payment of *asked* that is called *ref*."""
    status = dice.choice((*Status, Status.PAID, Status.PAID, Status.PAID, Status.PAID, Status.FAILED))
    received = _came(dice, asked) if status is Status.PAID else None
    return Snapshot(
        ref=ref,
        reference=ORDER,
        status=status,
        requested=asked,
        received=received,
        fee=Money(dice.below(1000), dice.choice((asked.currency, Currency("EUR")))) if dice.one_in(3) else None,
        **(_afterwards(dice, received or asked) if status in (Status.PAID, Status.FAILED) and dice.one_in(2) else {}),
        **(_beforehand(dice.together()) if dice.one_in(2) else {}),
    )


def _came(dice: Dice, asked: Money) -> Money:
    """As it was asked for, less, more, nothing, or in another currency."""
    other = Currency("SEK" if asked.currency.code != "SEK" else "JPY")
    least = Money(max(asked.minor // 2, 1), asked.currency)
    return dice.choice((asked, asked, asked, least, asked + asked, Money.zero(asked.currency), Money(500, other)))


def _afterwards(dice: Dice, of: Money) -> dict[str, Any]:
    """What can happen to what was received."""
    dispute = dice.choice((None, *DisputeStatus))
    part = Money(max(of.minor // 3, 1), of.currency)
    return {
        "refunds": tuple(_a_refund_snapshot(dice, part, number) for number in range(dice.below(3))),
        "dispute": dispute,
        "disputed": part if dispute and dice.one_in(2) else None,
    }


def _beforehand(dice: Dice) -> dict[str, Any]:
    """How and until when the buyer can pay."""
    return {
        "url": dice.choice(ADDRESSES),
        "instructions": dice.choice(WAYS),
        "expires_at": NEW_YEAR + timedelta(minutes=dice.below(10**5)) if dice.one_in(2) else None,
        "capture_until": NEW_YEAR + timedelta(minutes=dice.below(10**5)) if dice.one_in(2) else None,
    }


def dues() -> st.SearchStrategy[Due]:
    """What an order needs of a payment."""
    return made(lambda dice: a_due(dice, _an_amount(dice)))


def a_due(dice: Dice, asked: Money) -> Due:
    """An order that asks for so much, of which others may have paid some."""
    aside = Money(asked.minor * dice.below(3) // 2, asked.currency) if dice.one_in(3) else None
    return Due(
        reference=ORDER,
        order=dice.choice((OrderState.HELD, *OrderState)),
        asked=asked,
        received=Money(asked.minor // 2, asked.currency) if dice.one_in(4) else Money.zero(asked.currency),
        has_room=dice.one_in(2),
        late=dice.choice(tuple(LatePayment)),
        capture=dice.choice(tuple(Capture)),
        approved=dice.one_in(2),
        set_aside=aside,
    )


def payments() -> st.SearchStrategy[Payment]:
    """
    Payments of which nothing was heard yet, or up to five news, in any order; in review some are accepted.

    Example:
        >>> from paidevents.testing.strategies import payments
        >>> any_payment = payments()
    """
    return made(lambda dice: a_payment(dice, f"p{dice.below(100)}", None))


def _started(dice: Dice, id: str, amount: Money) -> Payment:
    provider, account = dice.choice(PROVIDERS), dice.choice(ACCOUNTS)
    return Payment(id=id, order=ORDER, provider=provider, account=account, amount=amount)


def a_payment(dice: Dice, id: str, bounds: Bounds) -> Payment:
    """The payment *id*, and what became of it."""
    payment, at = _started(dice, id, _an_amount(dice, bounds)), NEW_YEAR + timedelta(minutes=dice.below(10**5))
    ref = a_ref(dice, payment.provider, payment.account)
    for _ in range(dice.below(MOST_STEPS + 1)):
        at += timedelta(minutes=dice.below(3000))
        try:
            payment = dice.choice(_NEWS)(payment, ref, at, dice)
        except (IllegalTransitionError, CurrencyMismatchError):
            continue  # not now, or never: of one payment nobody tells two currencies
    return payment


def _heard(payment: Payment, ref: PaymentRef, at: datetime, dice: Dice) -> Payment:
    seen = a_snapshot(dice, payment.ref or ref, payment.amount)
    return decide(payment, seen, a_due(dice, payment.amount), at=at).payment


def _accepted(payment: Payment, ref: PaymentRef, at: datetime, dice: Dice) -> Payment:
    return accepted(payment, a_due(dice, payment.amount), at=at, by=str(ORGANIZER)).payment


_NEWS: tuple[Callable[[Payment, PaymentRef, datetime, Dice], Payment], ...] = (
    *(_heard,) * 4,
    _accepted,
    lambda payment, ref, at, dice: payment.started(payment.ref or ref),
    lambda payment, ref, at, dice: payment.again(),
    lambda payment, ref, at, dice: payment.moved(PaymentTrigger.FAIL, at=at)[1],
)


def refunds() -> st.SearchStrategy[Refund]:
    """Refunds that are owed, asked for, on their way, made, failed and tried again, made elsewhere, or dropped."""

    def make(dice: Dice) -> Refund:
        amount, at = _an_amount(dice), NEW_YEAR + timedelta(minutes=dice.below(10**5))
        unpaid, nothing = _started(dice, f"p{dice.below(100)}", amount), Money.zero(amount.currency)
        due = Due(reference=ORDER, order=OrderState.HELD, asked=amount, received=nothing)
        payment = decide(unpaid, recorded(unpaid, amount), due, at=at).payment
        return a_refund(dice, f"r{dice.between(1, 2)}", payment, amount)

    return made(make)


def a_refund(dice: Dice, id: str, payment: Payment, most: Money) -> Refund:
    """The refund *id* of a payment that was received, of *most* or a part of it, and what became of it."""
    at = payment.history[-1].at
    refund = Refund(
        id=id,
        order=ORDER,
        payment=payment.id,
        amount=Money(max(most.minor // dice.between(1, 3), 1), most.currency),
        purpose=dice.choice(tuple(RefundPurpose)),
    )
    for _ in range(dice.below(MOST_STEPS + 1)):
        at += timedelta(minutes=dice.below(3000))
        try:
            refund = dice.choice(_STEPS)(refund, payment, at, dice)
        except IllegalTransitionError:
            continue
    return refund


_STEPS: tuple[Callable[[Refund, Payment, datetime, Dice], Refund], ...] = (
    *(lambda refund, payment, at, dice: requested(refund, payment, [refund], at=at),) * 4,
    *(
        lambda refund, payment, at, dice: told(
            refund, _a_refund_snapshot(dice, refund.amount, dice.between(1, 3)), at=at
        ),
    )
    * 5,
    lambda refund, payment, at, dice: refund.moved(RefundTrigger.DROP, at=at, by=str(ORGANIZER)),
)
