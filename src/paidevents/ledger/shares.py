"""
Who gets what of a quote's places.

What the buyer pays for a place is its tax, its fees and what the organizer
keeps. Where the tax of a passed-on fee is part of the tax, the fee is counted
without it, so that nothing is counted twice: of 63.00 and a fee of 3.15, with
11.03 of tax in both, the platform gets 2.62 and the organizer 52.50.
"""

from collections.abc import Sequence
from typing import NamedTuple

from paidevents.catalog.fees import FeeTaker
from paidevents.checks import between, several
from paidevents.errors import InvalidValueError
from paidevents.ledger.account import Account, Bearer, fee_party, tax_party
from paidevents.money.alloc import alloc
from paidevents.pricing.quote import Quote
from paidevents.pricing.record import FeeRecord, TaxRecord
from paidevents.reason import Reason

SOLD_TWICE = Reason("sold_twice", "The place {unit} stands there twice.")

TAKERS = {FeeTaker.PLATFORM: Account.PLATFORM, FeeTaker.PROVIDER: Account.PROVIDER_FEES}


def places_of(quote: Quote, units: object, field: str = "units") -> Sequence[int]:
    """
    The positions *units* of *quote*, in any order; all of them for None.

    Raises:
        InvalidValueError: They are no list, one comes twice, or the quote has not got it.
    """
    count = len(quote.charges)
    if units is None:
        return range(count)
    chosen = several(between(0, count - 1))(units, field)
    for place, unit in enumerate(chosen):
        if unit in chosen[:place]:
            raise InvalidValueError(f"{field}[{place}]", SOLD_TWICE.given(unit=unit))
    return chosen


class Share(NamedTuple):
    """
    What is owed to one out of a quote.

    Attributes:
        account: Of whom.
        party: Which tax or fee.
        amounts: Minor units of each place.
    """

    account: Account
    party: str
    amounts: tuple[int, ...]


def shares_of(quote: Quote) -> list[Share]:
    """All that is owed out of *quote*, by tax, fee and bearer. What is left of the charges is the organizer's."""
    shares = [Share(Account.TAX, party_of(tax), tax.amounts) for tax in quote.record.tax_records]
    for fee in quote.record.fee_records:
        passed_on = tuple(part - tax for part, tax in zip(fee.passed_on, taxes_in(fee, quote), strict=True))
        absorbed = tuple(whole - part for whole, part in zip(fee.amounts, fee.passed_on, strict=True))
        shares.append(Share(TAKERS[fee.taker], fee_party(fee.fee, Bearer.BUYER), passed_on))
        shares.append(Share(TAKERS[fee.taker], fee_party(fee.fee, Bearer.ORGANIZER), absorbed))
    return shares


def taxes_in(fee: FeeRecord, quote: Quote) -> list[int]:
    """The tax in what is passed on of a fee, by place; none where tax is on top of everything."""
    if quote.record.taxation.exclusive:
        return [0] * len(fee.passed_on)
    return alloc(fee.tax, fee.passed_on) if fee.tax else [0] * len(fee.passed_on)


def party_of(tax: TaxRecord) -> str:
    """How postings name a tax of a quote."""
    return tax_party(tax.country, tax.rate, tax.name)
