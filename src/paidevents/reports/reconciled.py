"""Two sides of the same payments, ours and the provider's: what is found where they are compared."""

from attrs import frozen

from paidevents.checks import of_kind, optional, settle, several, text_or_nothing
from paidevents.money.amount import Money
from paidevents.payments.snapshot import provider_name
from paidevents.reason import Reason, Severity
from paidevents.reports.asked import MOST, one_currency

PAYMENT_MATCHES = Reason("payment_matches", "Both sides say the same of this payment.")
MISSING_AT_PROVIDER = Reason("missing_at_provider", "The provider does not know this payment.")
UNKNOWN_HERE = Reason("unknown_here", "The provider has a payment that is not known here.")
AMOUNT_DIFFERS = Reason("amount_differs", "Here {ours} came of it, less what is disputed; at the provider {theirs}.")
FEE_DIFFERS = Reason("fee_differs", "The provider took {theirs}; {ours} were reckoned.")
REFUND_NOT_OURS = Reason("refund_not_ours", "At the provider {theirs} were given back, and nothing here explains it.")
REFUND_MISSING_THERE = Reason("refund_missing_there", "The provider does not know this refund of {ours}.")
REFUND_AMOUNT_DIFFERS = Reason(
    "refund_amount_differs", "This refund is of {ours} here, and of {theirs} at the provider."
)
REFUND_DIFFERS = Reason("refund_differs", "At the provider this refund of {ours} does not stand where it stands here.")
BOOK_DIFFERS = Reason(
    "book_differs", "The books say that {ours} lie with the provider; what it says of its payments comes to {theirs}."
)


@frozen(kw_only=True)
class ReconciliationRow:
    """
    What was found of a payment, a refund, the fees of an order, or a provider's balance.

    Attributes:
        severity: An error is money that is on one side only; a note needs nobody.
        reason: What was found.
        provider: Its name, with its mode.
        account: The organizer's account there; empty for the balance of all.
        order: Id of the order; empty for a balance.
        payment: Id of the payment here; empty where none is known, or the row is not of one.
        refund: Id of the refund here; empty likewise.
        provider_id: What the payment or the refund is called at the provider; empty where that is not known.
        here: Where the payment or the refund stands, by its own table; empty where there is none.
        there: Where the provider says that it stands; empty likewise.
        ours: The amount here; None where there is none.
        theirs: The amount there; None where there is none.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    severity: Severity
    reason: Reason
    provider: str
    account: str = ""
    order: str = ""
    payment: str = ""
    refund: str = ""
    provider_id: str = ""
    here: str = ""
    there: str = ""
    ours: Money | None = None
    theirs: Money | None = None

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            severity=of_kind(Severity),
            reason=of_kind(Reason),
            provider=provider_name,
            **dict.fromkeys(("account", "order", "payment", "refund", "provider_id", "here", "there"), text_or_nothing),
            ours=optional(of_kind(Money)),
            theirs=optional(of_kind(Money)),
        )


@frozen(kw_only=True)
class ProviderBalance:
    """
    What lies with a provider, in one currency, as each side has it. Its fees are not taken off.

    Attributes:
        provider: Its name, with its mode.
        ours: What came, less what was given back and what is disputed, by the payments and refunds here.
        theirs: The same, by what the provider says.
        booked: The balance of its account in the books; None without books.

    Raises:
        InvalidValueError: An attribute that cannot be.
        CurrencyMismatchError: Two currencies.
    """

    provider: str
    ours: Money
    theirs: Money
    booked: Money | None = None

    def __attrs_post_init__(self) -> None:
        money = of_kind(Money)
        settle(self, provider=provider_name, ours=money, theirs=money, booked=optional(money))
        one_currency(self.ours, self.theirs, self.booked or self.ours)

    @property
    def agrees(self) -> bool:
        """Whether all sides say the same."""
        return self.ours == self.theirs == (self.ours if self.booked is None else self.booked)


@frozen(kw_only=True)
class Reconciliation:
    """
    Our payments against the provider's.

    Attributes:
        rows: Errors first, then warnings, then notes; of each, order by order.
        totals: What lies with each provider, by currency.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    rows: tuple[ReconciliationRow, ...]
    totals: tuple[ProviderBalance, ...]

    def __attrs_post_init__(self) -> None:
        settle(self, rows=several(of_kind(ReconciliationRow), MOST), totals=several(of_kind(ProviderBalance), MOST))

    @property
    def agrees(self) -> bool:
        """Whether nothing was found that anybody has to look at."""
        return all(row.severity is Severity.NOTE for row in self.rows)
