"""What of each place of a quote is tax, and what of it others take."""

from typing import NamedTuple

from paidevents.catalog.fees import FeeTaker
from paidevents.ledger.account import Account
from paidevents.ledger.shares import shares_of
from paidevents.pricing.quote import Quote


class Parts(NamedTuple):
    """
    Minor units by place.

    Attributes:
        tax: Owed to states.
        fees: What platform and provider take, without the tax that is counted as tax.
        estimated: What the provider was reckoned to take, tax included.
    """

    tax: tuple[int, ...]
    fees: tuple[int, ...]
    estimated: tuple[int, ...]


def parts_of(quote: Quote) -> Parts:
    """The parts of what is charged, by place."""
    shares = shares_of(quote)
    nothing = (0,) * len(quote.charges)
    tax = [share.amounts for share in shares if share.account is Account.TAX]
    fees = [share.amounts for share in shares if share.account is not Account.TAX]
    estimated = [fee.amounts for fee in quote.record.fee_records if fee.taker is FeeTaker.PROVIDER]
    return Parts(*(tuple(map(sum, zip(nothing, *rows, strict=True))) for rows in (tax, fees, estimated)))
