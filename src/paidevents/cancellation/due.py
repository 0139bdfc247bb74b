"""
What is due when places are given up, or when somebody takes a cheaper ticket instead.

How an amount is reckoned stands in `paidevents.cancellation.reckoning`, step by
step. Whether a place may be cancelled at all is another question (see
`Cancellation.is_open_at`): here a cancellation that is too late gives nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from attrs import evolve, frozen

from paidevents.cancellation.given_up import FEES, GivenUp, amount_of, given_up, promises
from paidevents.cancellation.reasons import spoken
from paidevents.cancellation.reckoning import no_tax, reckoned
from paidevents.cancellation.shares import unit_window as unit_window
from paidevents.catalog.cancellation import Cancellation, Cause, FeesBack, RefundStep
from paidevents.catalog.fees import WHOLE
from paidevents.catalog.ticket import price
from paidevents.checks import between, instance, of_kind, optional, settle, several
from paidevents.errors import CurrencyMismatchError, InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.pricing.basket import MOST_PLACES
from paidevents.pricing.given_back import RefundDue
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.pricing.refunds import refund_of_amount
from paidevents.reason import Reason

NOT_GIVEN_UP = Reason("not_given_up", "The place {unit} is not given up.")
UNPAID_OF_NOTHING = Reason("unpaid_of_nothing", "Nothing was priced anew.")


@frozen(kw_only=True)
class CancellationDue:
    """
    What is due when places are given up: what a buyer is shown before, and what is done.

    What was left of the places, and paid, is given back or kept. Where those that stay are
    priced anew, what was left of all of them is given back, kept, or pays for
    the fresh price: `refund + kept + fresh.charged - unpaid.amount`.

    Attributes:
        cause: Whose wish or fault it is.
        units: Positions of the places in their quote, in order.
        refund: What is given back of each of them; it may be nothing.
        kept: What is kept of what was left of them; with a fresh price, what is kept beyond it.
        fresh: With a claw-back the price of the places that stay, as if they had been
            bought alone: their quote from now on. None where nothing is taken back.
        unpaid: What of the fresh price there is no money for, as nothing is claimed from a
            buyer: to count from now on as a refund before of the fresh quote. None if it is all paid.
        reasons: Why it is so much, in sentences fit for the buyer.

    Raises:
        InvalidValueError: A refund of a place that is not given up, an unpaid part
            of no fresh price, or an attribute that cannot be.
        CurrencyMismatchError: Amounts of several currencies.
    """

    cause: Cause
    units: tuple[int, ...]
    refund: RefundDue
    kept: Money
    fresh: Quote | None = None
    unpaid: RefundDue | None = None
    reasons: tuple[Reason, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            cause=of_kind(Cause),
            units=several(between(0, MOST_PLACES - 1), MOST_PLACES),
            refund=of_kind(RefundDue),
            kept=price,
            fresh=optional(of_kind(Quote)),
            unpaid=optional(of_kind(RefundDue)),
            reasons=several(of_kind(Reason)),
        )
        for each in self.refund.units:
            if each.unit not in self.units:
                raise InvalidValueError("refund", NOT_GIVEN_UP.given(unit=each.unit))
        if self.unpaid is not None and self.fresh is None:
            raise InvalidValueError("unpaid", UNPAID_OF_NOTHING)
        currencies = [self.refund.amount.currency]
        currencies += [] if self.fresh is None else [self.fresh.currency]
        currencies += [] if self.unpaid is None else [self.unpaid.amount.currency]
        for other in currencies:
            if other != self.kept.currency:
                raise CurrencyMismatchError(self.kept.currency.code, other.code)


def cancellation_due(
    plan: Plan,
    quote: Quote,
    units: Sequence[int],
    *,
    keep: Sequence[int],
    promised: Sequence[Cancellation],
    cause: Cause,
    at: datetime,
    before: Sequence[RefundDue] = (),
    share: Rate | None = None,
    most: Money | None = None,
) -> CancellationDue:
    """
    What is given back of places that are given up at *at*, what is kept, and why.

    A buyer gets what was promised. Of several promises, and of a share that the
    organizer chooses, the one counts that gives most: terms may be loosened
    afterwards, never tightened. Of the organizer's choice nothing is taken off
    but fees that are never given back. Where it is the organizer's fault, all
    that is left of the places is given back, fees included; of a running series
    whose terms say so, only the part that has not begun.

    With a claw-back the refund is what was paid, less what was refunded, less
    what the places that stay would cost alone; then the share by the terms. It is
    never less than nothing, and never more than what is left of the places given up.

    Args:
        plan: Of the event as it is declared now.
        quote: As it was paid.
        units: Positions of the places that are given up.
        keep: Positions of those that somebody keeps. What belongs to neither is gone already.
        promised: The terms when it was bought, and as they are by now; at least one.
        cause: Whose wish or fault it is.
        at: The moment.
        before: The refunds of this quote that were made before.
        share: The organizer's own choice (GT-28).
        most: What there is money for, where some of what was charged was never paid; None if all of it was.

    Returns:
        The refund with its reasons; equal arguments give an equal one.

    Raises:
        InvalidValueError: No places, one twice, kept and given up, or not in the quote; no promise; a quote of
            another event; refunds before that cannot be this quote's; less than nothing; an argument of another kind.
        CurrencyMismatchError: A refund before, or an amount, is in another currency.
        NaiveDatetimeError: *at* has no zone.

    Source:
        CM-20, CM-21, GT-04, GT-27, GT-28.

    Example:
        >>> from datetime import UTC
        >>> from paidevents import EUR, Deadline, Span
        >>> from paidevents.catalog import Event, Ticket
        >>> talk = Event(
        ...     id="talk", title="A talk", zone="Europe/Paris", currency=EUR,
        ...     starts_at=datetime(2026, 4, 14, 16, tzinfo=UTC), duration=Span.of("90 min"),
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ...     cancellation=Cancellation.limited(RefundStep(Deadline.of("24 h before start"), Rate.of("50 %"))),
        ... )
        >>> plan = Plan(talk)
        >>> paid = plan.quote({"standard": 2}, at=datetime(2026, 3, 1, tzinfo=UTC))
        >>> due = cancellation_due(
        ...     plan, paid, [1], keep=[0], promised=[talk.cancellation], cause=Cause.BUYER,
        ...     at=datetime(2026, 4, 1, tzinfo=UTC),
        ... )
        >>> print(due.refund.amount, due.kept, *due.reasons)
        10.00 EUR 10.00 EUR 50 % is given back of a place that is cancelled before 2026-04-13 18:00:00+02:00.
    """
    gone = given_up(plan, quote, units, keep, before, at)
    if most is not None:
        gone = evolve(gone, most=amount_of(most, "most", quote))
    terms = promises(promised)
    chosen = optional(of_kind(Rate))(share, "share")
    if instance(cause, "cause", Cause) is Cause.ORGANIZER:
        terms = tuple(
            Cancellation(steps=(RefundStep(None, WHOLE),), fees=FeesBack.ALL, pro_rata=each.pro_rata) for each in terms
        )
    wants_fresh = bool(gone.keep) and any(each.clawback for each in terms)
    fresh = _fresh(plan, gone) if wants_fresh else None
    found = [reckoned(gone, each, fresh) for each in dict.fromkeys(terms)]
    if chosen is not None:
        choices = [Cancellation(steps=(RefundStep(None, chosen),), fees=each.fees) for each in terms]
        found += [reckoned(gone, each, None, by_choice=True) for each in dict.fromkeys(choices)]
    best = max(found, key=lambda one: one.refund.amount.minor)  # the first of equals
    anew = None if best.missing is None else best.missing.fresh
    return CancellationDue(
        cause=cause,
        units=gone.units,
        refund=best.refund,
        kept=best.kept,
        fresh=anew,
        unpaid=refund_of_amount(anew, Money(best.unpaid, anew.currency)) if anew is not None and best.unpaid else None,
        reasons=spoken(best, cause, plan.event.zone, looked_at=fresh is not None or not gone.keep),
    )


def difference_due(
    plan: Plan,
    quote: Quote,
    units: Sequence[int],
    amount: Money,
    *,
    promised: Sequence[Cancellation],
    at: datetime,
    before: Sequence[RefundDue] = (),
) -> RefundDue:
    """
    What is given back of the difference when somebody takes a cheaper ticket instead.

    It is the share that was promised for a cancellation, of that part of the
    difference that terms give back: not of fees that stay, nor of the tax where
    it does. No fixed amount is kept, as nobody leaves.

    Args:
        plan: Of the event as it is declared now.
        quote: As the dearer places were paid.
        units: Their positions in it.
        amount: How much less the other ticket costs.
        promised: The terms when it was bought, and as they are by now: the one counts that gives more.
        at: The moment.
        before: The refunds of this quote that were made before.

    Returns:
        The refund, spread over the places by what is left of them; never more than that.

    Raises:
        InvalidValueError: As `cancellation_due`, or an amount below zero.
        CurrencyMismatchError: The amount or a refund before is in another currency.
        NaiveDatetimeError: *at* has no zone.
    """
    gone = given_up(plan, quote, units, (), before, at)
    difference = amount_of(amount, "amount", quote)
    refunds = [_of_difference(gone, difference, terms) for terms in dict.fromkeys(promises(promised))]
    return max(refunds, key=lambda refund: refund.amount.minor)  # the first of equals


def _of_difference(gone: GivenUp, difference: int, terms: Cancellation) -> RefundDue:
    accounts, fees = gone.accounts(), FEES[terms.fees]
    places = [accounts.places[unit] for unit in gone.units]
    back = sum(
        (
            place.whole(fees) * no_tax(place, terms) * one.fraction
            for place, one in zip(places, gone.held(terms), strict=True)
        ),
        Fraction(0),
    )
    exact = difference * back / max(sum(place.charged for place in places), 1)
    minor = gone.rounded(exact, sum(place.left(fees) for place in places))
    return refund_of_amount(
        gone.quote, Money(minor, gone.quote.currency), units=gone.units, fees=fees, before=gone.before
    )


def _fresh(plan: Plan, gone: GivenUp) -> Quote | None:
    """The places that stay, priced alone; None where the event no longer sells them as it did."""
    try:
        return plan.requote(gone.quote, gone.keep)
    except InvalidValueError:
        return None
