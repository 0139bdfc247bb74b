"""What an order needs, as far as a payment of it is concerned."""

from attrs import frozen

from paidevents.catalog.decisions import Capture, LatePayment
from paidevents.checks import of_kind, optional, settle, text
from paidevents.errors import CurrencyMismatchError
from paidevents.lifecycle.order import OrderState
from paidevents.money.amount import Money
from paidevents.payments.snapshot import zero_or_more

_OVER = (OrderState.EXPIRED, OrderState.CANCELLED)


@frozen(kw_only=True)
class Due:
    """
    What the flow knows of an order when a payment of it is decided on.

    The amounts leave out the payment in question: `received` and `set_aside`
    speak of the others.

    Attributes:
        reference: Id of the order.
        order: Where the order stands.
        asked: What should have been received for it in all; of no meaning once it has run out or was cancelled.
        received: What other payments have brought, less what was given back of it or is promised; see `kept`.
        has_room: The places of an order that has run out can be taken again.
        late: What happens to money that comes after that.
        capture: When money is taken.
        approved: The whole order is approved, where money is taken only then.
        set_aside: What other payments have set aside, and is not yet taken; None for nothing.

    Raises:
        CurrencyMismatchError: Amounts in several currencies.
        InvalidValueError: An attribute that cannot be.
    """

    reference: str
    order: OrderState
    asked: Money
    received: Money
    has_room: bool = False
    late: LatePayment = LatePayment.ACCEPT_IF_ROOM
    capture: Capture = Capture.AT_ONCE
    approved: bool = False
    set_aside: Money | None = None

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            reference=text,
            order=of_kind(OrderState),
            asked=zero_or_more,
            received=zero_or_more,
            has_room=of_kind(bool),
            late=of_kind(LatePayment),
            capture=of_kind(Capture),
            approved=of_kind(bool),
            set_aside=optional(zero_or_more),
        )
        for other in (self.received, self.set_aside):
            if other is not None and other.currency != self.asked.currency:
                raise CurrencyMismatchError(self.asked.currency.code, other.currency.code)

    @property
    def is_over(self) -> bool:
        """Whether the order has run out or was cancelled: its own table says what money for it means."""
        return self.order in _OVER

    @property
    def is_paid(self) -> bool:
        """Whether the order is paid, so that places hang on the money."""
        return self.order is OrderState.PAID

    @property
    def needs(self) -> Money:
        """What other payments have not brought of what is asked; never below zero."""
        return max(self.asked - self.received, Money.zero(self.asked.currency))

    @property
    def is_waiting(self) -> bool:
        """Whether its places, or those of a change, are held until more money comes."""
        return self.order in (OrderState.HELD, OrderState.PAID) and bool(self.needs)

    @property
    def is_promised(self) -> bool:
        """Whether other payments have brought all, or have set aside what is missing."""
        return self.needs <= (self.set_aside or Money.zero(self.asked.currency))

    @property
    def takes_late(self) -> bool:
        """Whether the places of an order that has run out are taken again."""
        return self.order is OrderState.EXPIRED and self.late is LatePayment.ACCEPT_IF_ROOM and self.has_room
