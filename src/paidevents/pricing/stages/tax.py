"""Tax: contained in the prices or added to them, rounded once for each tuple of rates, then shared by place."""

from collections.abc import Sequence

from attrs import frozen

from paidevents.catalog.event import Event
from paidevents.money.alloc import alloc
from paidevents.money.rounding import half_up
from paidevents.pricing.draft import Draft
from paidevents.pricing.phase import Phase, Stage
from paidevents.pricing.reasons import TAX_ADDED
from paidevents.pricing.taxation import NO_TAXES, Taxation, TaxKey
from paidevents.pricing.terms import Terms


@frozen
class Tax:
    """
    The tax of places and passed-on fees.

    Contained in a price, it is rounded to a minor unit by the table's rounding;
    added to it, to the quantum. It is the tax that is rounded, not the price
    before it: 9.99 at 20 % contain 1.67.
    """

    name: str = "tax"
    phase: Phase = Phase.TAX

    def bind(self, event: Event, terms: Terms) -> Stage:
        """See `Step.bind`."""

        def stage(draft: Draft) -> None:
            taxation = draft.taxation
            if taxation is NO_TAXES:
                return
            for place, key in enumerate(taxation.keys):
                if key.numerator:
                    amounts = _taxable(place, draft)
                    whole = sum(amounts)
                    if whole:
                        _tax(place, key, amounts, tax_of(whole, key, taxation, draft.quantum), draft)

        return stage


def tax_of(amount: int, key: TaxKey, taxation: Taxation, quantum: int) -> int:
    """The tax contained in, or to be added to, an *amount* of one key."""
    if taxation.exclusive:
        return half_up(amount * key.numerator, key.denominator * quantum) * quantum
    return taxation.rounding(amount * key.numerator, key.denominator + key.numerator)


def taxes_alone(draft: Draft) -> list[int]:
    """The tax of the places by themselves, without any fee: by place."""
    taxation = draft.taxation
    taxes = [0] * len(draft.prices)
    for place, key in enumerate(taxation.keys):
        amounts = [price if rate == place else 0 for price, rate in zip(draft.prices, draft.rates, strict=True)]
        whole = sum(amounts)
        if key.numerator and whole:
            tax = tax_of(whole, key, taxation, draft.quantum)
            taxes = _added(taxes, alloc(tax, amounts, draft.quantum if taxation.exclusive else 1))
    return taxes


def _taxable(place: int, draft: Draft) -> list[int]:
    """What of each place is taxed by a key: its price, and the fees that bear the same."""
    amounts = [price if rate == place else 0 for price, rate in zip(draft.prices, draft.rates, strict=True)]
    for fee, _, passed_on in draft.fee_rows:
        if draft.taxation.key_of.get(fee.tax_category, -1) == place:
            amounts = _added(amounts, passed_on)
    return amounts


def _tax(place: int, key: TaxKey, amounts: Sequence[int], tax: int, draft: Draft) -> None:
    """Add the rows of one key: one for each of its taxes, each shared by amount."""
    exclusive = draft.taxation.exclusive
    step = draft.quantum if exclusive else 1
    left = alloc(tax, amounts, step) if tax else [0] * len(amounts)
    draft.tax = _added(draft.tax, left)
    for index, part in enumerate(key.parts(tax, step)):
        if not part:
            continue
        row = left if part == sum(left) else alloc(part, left, step)
        left = [before - share for before, share in zip(left, row, strict=True)]
        draft.tax_rows.append((place, index, tuple(row)))
        if exclusive:
            rate = key.rates[index]
            draft.add(TAX_ADDED, row, name=rate.name, rate=rate.rate)


def _added(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [left + right for left, right in zip(one, other, strict=True)]
