"""Where captured money is: the promise that none of it is lost or made up, as a value that can be looked at."""

from attrs import frozen

from paidevents.checks import of_kind, settle
from paidevents.errors import CurrencyMismatchError
from paidevents.money.amount import Money

# The left side of the equation is the first two, the right side all others.
SIDES = (
    "captured",
    "unpaid",
    "organizer_keeps",
    "tax",
    "platform_fees",
    "provider_fees",
    "refunded",
    "owed",
    "disputed",
    "lost",
    "surplus",
)

# What is the organizer's may be a debt; a fee by place may, for its rounding, be short of the tax in it.
_AT_LEAST_ZERO = tuple(name for name in SIDES if name not in {"organizer_keeps", "platform_fees", "provider_fees"})


@frozen(kw_only=True)
class Conservation:
    """
    What came in and what has become of it, in one currency.

    `captured + unpaid` is what all the others come to. Where nobody owes
    anything and no payment was lost, that is: captured = organizer keeps + tax
    + fees + refunded + disputed + surplus.

    Attributes:
        captured: What was received.
        unpaid: What buyers still owe.
        organizer_keeps: What is the organizer's, less what is disputed; below zero where fees outlive a refund.
        tax: What is owed to states.
        platform_fees: What platforms take, without the tax that is counted as tax.
        provider_fees: What providers take, without that tax.
        refunded: What was given back, surplus included.
        owed: What is still to be given back.
        disputed: What banks took back, whether it is decided or not.
        lost: What failed after it had succeeded.
        surplus: What is held for buyers.

    Raises:
        InvalidValueError: An attribute that is no amount.
        CurrencyMismatchError: Two currencies.
    """

    captured: Money
    unpaid: Money
    organizer_keeps: Money
    tax: Money
    platform_fees: Money
    provider_fees: Money
    refunded: Money
    owed: Money
    disputed: Money
    lost: Money
    surplus: Money

    def __attrs_post_init__(self) -> None:
        settle(self, **dict.fromkeys(SIDES, of_kind(Money)))
        for name in SIDES:
            amount: Money = getattr(self, name)
            if amount.currency != self.captured.currency:
                raise CurrencyMismatchError(self.captured.currency.code, amount.currency.code)

    @property
    def holds(self) -> bool:
        """Whether both sides are the same, no money, debt or tax is below zero, and no more went back than came."""
        amounts: dict[str, Money] = {name: getattr(self, name) for name in SIDES}
        nothing = Money.zero(self.captured.currency)
        others = sum((amounts[name] for name in SIDES[2:]), nothing)
        balances = self.captured + self.unpaid == others
        return balances and self.refunded <= self.captured and all(amounts[name] >= nothing for name in _AT_LEAST_ZERO)
