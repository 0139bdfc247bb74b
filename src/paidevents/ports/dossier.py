"""All that belongs to one order, as it is stored: read together, changed together, under one version."""

from datetime import datetime
from typing import TypeVar

from attrs import frozen

from paidevents.access.pass_ import Pass
from paidevents.catalog.names import UNKNOWN_ID, language, listed
from paidevents.checks import INT64_MAX, altered, between, instance, of_kind, settle, text_or_nothing
from paidevents.errors import InvalidValueError
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.payment import PaymentState
from paidevents.lifecycle.refund import RefundState
from paidevents.money.amount import Money
from paidevents.payments.giving_back import kept
from paidevents.payments.payment import OTHER_PAYMENT, Payment
from paidevents.payments.refund import Refund
from paidevents.payments.snapshot import plain_id
from paidevents.registration.order import Order

# A payment of which news are to be expected: nobody has said yet what becomes of it.
_OPEN = (PaymentState.STARTING, PaymentState.OPEN, PaymentState.AUTHORIZED, PaymentState.PENDING)
_ON_ITS_WAY = (RefundState.REQUESTED, RefundState.PENDING)

T = TypeVar("T", Payment, Refund, Pass)
P = TypeVar("P", Payment, Refund)


@frozen(kw_only=True)
class Dossier:
    """
    An order with its payments, its refunds and its passes.

    Whatever is decided about one of them is decided in view of all; so they have
    one version, and two decisions at once never see half of each other.

    Attributes:
        order: The order. Its id is up to 64 letters, digits, `.`, `_` and `-` of ASCII.
        account: Of the buyer in the host application; empty for none.
        locale: The language that the buyer is written to in.
        payments: Every try to be paid, the oldest first.
        refunds: What is or was to be given back, the oldest first.
        passes: One for each place that was ever confirmed; a pass is called like its registration.
        entries: How many entries the ledger has of it.
        obligations: How many calls to the outside were ever due for it.

    Raises:
        InvalidValueError: Something of another order, the same twice, or an attribute that cannot be.
    """

    order: Order
    account: str = ""
    locale: str = "en"
    payments: tuple[Payment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    passes: tuple[Pass, ...] = ()
    entries: int = 0
    obligations: int = 0

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            order=of_kind(Order),
            account=text_or_nothing,
            locale=language,
            payments=listed(Payment),
            refunds=listed(Refund),
            passes=listed(Pass),
            entries=between(0, INT64_MAX),
            obligations=between(0, INT64_MAX),
        )
        plain_id(self.order.id, "order")
        for name, orders in (
            ("payments", [payment.order for payment in self.payments]),
            ("refunds", [refund.order for refund in self.refunds]),
        ):
            for place, order in enumerate(orders):
                if order != self.order.id:
                    raise InvalidValueError(f"{name}[{place}]", OTHER_PAYMENT)

    @property
    def id(self) -> str:
        """The order's."""
        return self.order.id

    @property
    def received(self) -> Money:
        """What was received for the order, less what was given back of it or is promised."""
        return kept(self.payments, self.refunds, self.order.currency)

    @property
    def due_at(self) -> datetime | None:
        """When its hold, or that of an open change, runs out; None if nothing is held."""
        if self.order.change is not None:
            return self.order.change.hold.until
        return self.order.hold.until if self.order.state in (OrderState.HELD, OrderState.AUTHORIZED) else None

    @property
    def open_payments(self) -> tuple[Payment, ...]:
        """
        Those of which news are to be expected: unanswered, payable, on their way, disputed, or being refunded.

        A refund that is owed is one of them: the organizer may make it in the provider's own pages (CM-21).
        """
        refunding = {refund.payment for refund in self.refunds if refund.state in _ON_ITS_WAY or refund.is_owed}
        return tuple(one for one in self.payments if one.state in _OPEN or one.is_disputed or one.id in refunding)

    def payment(self, id: str) -> Payment:
        """
        The payment with this id.

        Raises:
            InvalidValueError: There is none.
        """
        for one in self.payments:
            if one.id == id:
                return one
        raise InvalidValueError("payment", UNKNOWN_ID.given(id=id))

    def refund(self, id: str) -> Refund:
        """
        The refund with this id.

        Raises:
            InvalidValueError: There is none.
        """
        for one in self.refunds:
            if one.id == id:
                return one
        raise InvalidValueError("refund", UNKNOWN_ID.given(id=id))

    def pass_of(self, registration: str) -> Pass | None:
        """The pass of a registration; None before it was confirmed."""
        return next((one for one in self.passes if one.registration_id == registration), None)

    def with_payment(self, payment: Payment) -> "Dossier":
        """
        The same with *payment* as it is now, or with one more.

        Raises:
            InvalidValueError: It is of another order, or no payment.
        """
        return altered(self, payments=_put(self.payments, self._own(payment, "payment", Payment)))

    def with_refund(self, refund: Refund) -> "Dossier":
        """
        The same with *refund* as it is now, or with one more.

        Raises:
            InvalidValueError: It is of another order, or no refund.
        """
        return altered(self, refunds=_put(self.refunds, self._own(refund, "refund", Refund)))

    def with_pass(self, pass_: Pass) -> "Dossier":
        """
        The same with *pass_* as it is now, or with one more.

        Raises:
            InvalidValueError: It is no pass.
        """
        return altered(self, passes=_put(self.passes, instance(pass_, "pass_", Pass)))

    def _own(self, one: P, field: str, kind: type[P]) -> P:
        if instance(one, field, kind).order != self.id:
            raise InvalidValueError(field, OTHER_PAYMENT)
        return one


def _put(things: tuple[T, ...], thing: T) -> tuple[T, ...]:
    put = [thing if one.id == thing.id else one for one in things]
    if all(one.id != thing.id for one in things):
        put.append(thing)
    return tuple(put)
