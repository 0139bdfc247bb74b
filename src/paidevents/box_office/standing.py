"""
What the accounts of an order have to come to, whatever happened to it: it follows from where its dossier stands.

What came in is the order's, as far as it keeps it of what was sold (its
`claim`); or it is promised for places, as refunds say; the rest is held for the
buyer. So the buyer's account shows two things only: refunds for places that are
not made yet, which are owed to the buyer; and what the order lacks of its claim.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from attrs import frozen

from paidevents.lifecycle.refund import RefundState
from paidevents.lifecycle.registration import RegistrationTrigger
from paidevents.money.currency import Currency
from paidevents.payments.payment import Payment
from paidevents.payments.refund import RefundPurpose
from paidevents.payments.snapshot import DisputeStatus, Snapshot
from paidevents.ports.dossier import Dossier
from paidevents.registration.order import Order
from paidevents.registration.registration import Registration

# A payment, and a currency that came with it: minor units of anything else are never added up.
Purse: TypeAlias = tuple[str, Currency]

_CHANGED = RegistrationTrigger.CHANGE.value
_FOR_PLACES = (RefundPurpose.PLACES, RefundPurpose.GOODWILL)
_DONE = (RefundState.SUCCEEDED, RefundState.DROPPED)


@frozen
class Standing:
    """
    What is held for the buyer, and what the buyer's account shows, in minor units.

    Attributes:
        held: By payment and currency, above zero.
        buyer: By currency: what the order lacks, less what is owed to the buyer.
    """

    held: Mapping[Purse, int]
    buyer: Mapping[Currency, int]


class Came(NamedTuple):
    """
    What came with a payment, in minor units; refunds are not taken off.

    Attributes:
        received: All of it.
        disputed: What of it a bank took until a dispute is decided.
        kept: What of it a bank took and keeps.
    """

    received: int = 0
    disputed: int = 0
    kept: int = 0


def standing(dossier: Dossier) -> Standing:
    """What the accounts of *dossier* have to come to."""
    order = dossier.order
    for_places = refunds_for_places(dossier)
    left, owed = Counter[Purse](), Counter[Currency]()
    for payment in dossier.payments:
        currency, came = came_of(payment)
        left[payment.id, currency] += came.received - came.kept
    for refund in dossier.refunds:
        amount, currency = refund.amount.minor, refund.amount.currency
        if refund.state in _DONE or refund.id in for_places:
            left[refund.payment, currency] -= amount
        if refund.state not in _DONE and refund.id in for_places:
            owed[currency] += amount
    held: dict[Purse, int] = {}
    buyer: dict[Currency, int] = {}
    for currency in dict.fromkeys((order.currency, *(currency for _, currency in left))):
        claim = claim_of(order) if currency == order.currency else 0
        spare = sum(rest for (_, other), rest in left.items() if other == currency) - claim
        # What places hang on is claimed of the buyer; what was given back besides is the organizer's loss.
        lacking = max(claim - dossier.received.minor, 0) if claim else 0
        buyer[currency] = min(max(-spare, 0), lacking) - owed[currency]
        held |= _shared_out(max(spare, 0), currency, dossier, left)
    return Standing(held, buyer)


def claim_of(order: Order) -> int:
    """What *order* keeps of what was sold, less all that is given back, in minor units; before a sale it is nothing."""
    # Whoever is in an order of which something was sold has paid, or had nothing to pay.
    return max(order.due.minor, 0) if sold(order)[1] else 0


def sold(order: Order) -> tuple[int, tuple[int, ...]]:
    """
    Which of an order's quotes was sold, and which of its positions.

    It is the first, or the one that made held places free. All others price
    places anew that were sold already.
    """
    if not any(is_sold(one) for one in order.registrations):
        return 0, ()
    changes = sum(move.trigger == _CHANGED for one in order.registrations for move in one.history)
    number = max(len(order.quotes) - 1 - len(order.repriced) - changes, 0)
    unsold = order.taken_units(number, [one for one in order.registrations if not is_sold(one)])
    return number, tuple(unit for unit in range(len(order.quotes[number].charges)) if unit not in unsold)


def is_sold(registration: Registration) -> bool:
    """Whether its places were sold: it was settled, and not for nothing (CM-20)."""
    return registration.is_settled and bool(registration.units)


def refunds_for_places(dossier: Dossier) -> frozenset[str]:
    """
    Ids of the refunds that give back what was paid for places, and not what is held.

    What a person gave back at the provider does if the order has decided to
    give back so much more than its other refunds come to.
    """
    own = [refund for refund in dossier.refunds if refund.amount.currency == dossier.order.currency]
    found = {refund.id for refund in own if refund.purpose in _FOR_PLACES}
    decided = sum(given.refund.amount.minor for given in dossier.order.given)
    decided -= sum(refund.amount.minor for refund in own if refund.id in found)
    for refund in own:
        if refund.purpose is RefundPurpose.ELSEWHERE and refund.amount.minor <= decided:
            decided -= refund.amount.minor
            found.add(refund.id)
    return frozenset(found)


def came_of(payment: Payment) -> tuple[Currency, Came]:
    """In which currency something came with *payment*, and how much."""
    seen: Snapshot | None = payment.snapshot
    if seen is None or seen.received is None:
        return payment.amount.currency, Came()
    received = seen.received.minor
    part = received
    if seen.disputed is not None and seen.disputed.currency == seen.received.currency:
        part = min(seen.disputed.minor, received)
    return seen.received.currency, Came(
        received,
        part if seen.dispute is DisputeStatus.OPEN else 0,
        part if seen.dispute is DisputeStatus.LOST else 0,
    )


def _shared_out(
    minor: int, currency: Currency, dossier: Dossier, left: Mapping[Purse, int]
) -> Iterator[tuple[Purse, int]]:
    """In which payments it is: first in those that nobody accepted, then in the latest."""
    latest_first = dossier.payments[::-1]
    for payment in sorted(latest_first, key=lambda one: one.counts):
        purse = payment.id, currency
        part = min(minor, left.get(purse, 0))
        if part > 0:
            minor -= part
            yield purse, part
