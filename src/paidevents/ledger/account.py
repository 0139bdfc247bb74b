"""
The accounts between which money moves.

The sign, here and everywhere in the ledger: a debit is above zero, a credit
below. What somebody owes or holds for the organizer is a debit; what belongs
to somebody, or is owed to them, is a credit. Every entry adds up to nothing,
so all accounts together always do.
"""

from enum import Enum

from paidevents.money.rate import Rate


class Account(Enum):
    """Where money is, or whose it is."""

    BUYER = "buyer"  # what the buyer owes; below zero, what is owed to the buyer
    PROVIDER = "provider"  # what was captured and lies with the payment provider, its fees not taken off
    DISPUTED = "disputed"  # what a bank took back, until the dispute is decided
    ORGANIZER = "organizer"  # what belongs to the organizer; above zero where fees outlive a refund
    TAX = "tax"  # what is owed to states
    PLATFORM = "platform"  # what the platform takes
    PROVIDER_FEES = "provider_fees"  # what payment providers take: estimated, then as it is
    SURPLUS = "surplus"  # held for the buyer: paid twice, too much, or in vain


class Bearer(Enum):
    """Who bears a fee, or a part of it."""

    BUYER = "buyer"  # it was passed on
    ORGANIZER = "organizer"  # it was absorbed


def tax_party(country: str, rate: Rate, name: str) -> str:
    """
    How postings name a tax: "FR:20 %:VAT".

    The name comes last, for it may be any text: `party.split(":", 2)` takes it apart.
    """
    return f"{country}:{rate}:{name}"


def fee_party(fee: str, bearer: Bearer) -> str:
    """
    How postings name what one bears of a fee: "service:buyer".

    Of a fee that no event declares, *fee* is the provider that takes it: `party.rpartition(":")` takes it apart.
    """
    return f"{fee}:{bearer.value}"
