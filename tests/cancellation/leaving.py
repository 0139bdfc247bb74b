"""Giving up places of the small shop: the terms, the moment, and what comes of it in plain text."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from worked.shop import BEGINS

from paidevents import Deadline, Rate
from paidevents.cancellation import CancellationDue, cancellation_due
from paidevents.catalog import Cancellation, Cause, Event, Fee, RefundStep
from paidevents.pricing import Plan, Quote, RefundDue

SECOND = timedelta(seconds=1)
WEEK_BEFORE = BEGINS - timedelta(days=7)
SOON = BEGINS - timedelta(hours=1)
EARLY = BEGINS - timedelta(days=30)

ALL, HALF, NOTHING = Rate(1, 1), Rate(1, 2), Rate(0, 1)


def step(until: str | None, share: Rate = ALL) -> RefundStep:
    return RefundStep(None if until is None else Deadline.of(until), share)


def always(share: Rate = ALL, **changed: Any) -> Cancellation:
    """The same share whenever it is."""
    return Cancellation(steps=(step(None, share),), **changed)


CURVE = Cancellation.limited(step("7 days before start"), step("24 h before start", HALF))


def fee(**changed: Any) -> Fee:
    """A fee that the buyer pays."""
    return Fee(**{"id": "service", "buyer_share": ALL, "tax_category": None, **changed})


def due(
    event: Event,
    quote: Quote,
    units: Iterable[int],
    *terms: Cancellation,
    keep: Iterable[int] | None = None,
    **changed: Any,
) -> CancellationDue:
    """
    What is due by *terms*, or by those of the event.

    All other places stay, if *keep* does not say; it is a month before, and the buyer's wish.
    """
    gone = list(units)
    stays = [unit for unit in range(len(quote.charges)) if unit not in gone] if keep is None else list(keep)
    asked = {"promised": terms or (event.cancellation,), "cause": Cause.BUYER, "at": EARLY, **changed}
    return cancellation_due(Plan(event), quote, gone, keep=stays, **asked)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def amounts(made: RefundDue) -> tuple[str, str, str]:
    """What the buyer gets, the tax in it, the fee in it."""
    return str(made.amount.decimal), str(made.tax.decimal), str(made.fee.decimal)


def each_place(made: RefundDue) -> list[tuple[int, str]]:
    return [(each.unit, str(each.amount.decimal)) for each in made.units]


def back(found: CancellationDue) -> str:
    return str(found.refund.amount.decimal)


def back_and_kept(found: CancellationDue) -> tuple[str, str]:
    return back(found), str(found.kept.decimal)


def codes(found: CancellationDue) -> list[str]:
    return [reason.code for reason in found.reasons]


def told(found: CancellationDue) -> list[str]:
    return [str(reason) for reason in found.reasons]
