"""What a buyer is shown in order to pay."""

from datetime import datetime, timedelta

from attrs import field, frozen

from paidevents.money.amount import Money


@frozen(kw_only=True)
class Checkout:
    """
    Where an order is paid, or that nothing is left to pay.

    Attributes:
        order: Id of the order.
        payment: Id of the payment; empty if there is nothing to pay.
        amount: What is to be paid.
        url: The provider's page for it; empty where there is none. It is not printed.
        instructions: How it is paid where there is no page. They are not printed.
        expires_at: Until when; None if that is not known, or does not matter.
        retry_after: The provider did not answer: ask again after that, and the same
            payment is begun; None if there is an answer.
    """

    order: str
    payment: str = ""
    amount: Money
    url: str = field(default="", repr=False)
    instructions: str = field(default="", repr=False)
    expires_at: datetime | None = None
    retry_after: timedelta | None = None

    @property
    def is_paid(self) -> bool:
        """Whether nothing is left to pay."""
        return not self.amount
