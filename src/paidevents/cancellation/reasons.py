"""Why so much is given back of places that are given up: sentences fit for who gives them up."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from paidevents.cancellation.reckoning import Missing, Reckoned
from paidevents.cancellation.shares import Held
from paidevents.catalog.cancellation import Cause
from paidevents.catalog.fees import NOTHING
from paidevents.checks import FIRST_YEAR
from paidevents.money.amount import Money
from paidevents.reason import Reason

NOTHING_WAS_PAID = Reason("nothing_was_paid", "Nothing was paid for these places.")
ORGANIZER_CANCELS = Reason(
    "organizer_cancels", "The organizer takes the places back: what was paid is given back, fees included."
)
ORGANIZERS_CHOICE = Reason(
    "organizers_choice", "The organizer gives {share} back, which is more than the terms of the event do."
)
SHARE_UNTIL = Reason("share_until", "{share} is given back of a place that is cancelled before {until}.")
SESSION_SHARE_UNTIL = Reason(
    "session_share_until",
    "{share} is given back of a place in the session of {begins_at} that is cancelled before {until}.",
)
SHARE_AT_ANY_TIME = Reason("share_at_any_time", "{share} is given back of a place that is cancelled now or later.")
NOTHING_SINCE = Reason("nothing_since", "Nothing is given back of a place that is cancelled from {since} on.")
SESSION_NOTHING_SINCE = Reason(
    "session_nothing_since",
    "Nothing is given back of a place in the session of {begins_at} that is cancelled from {since} on.",
)
NO_REFUND_PROMISED = Reason(
    "no_refund_promised", "By the terms of the event nothing is given back of a place that is cancelled."
)
SESSIONS_BEGUN = Reason(
    "sessions_begun", "Sessions that have begun: {begun} of {sessions}. What was paid for them is not given back."
)
TAX_STAYS_PAID = Reason("tax_stays_paid", "The tax is not given back: {tax} of what was charged.")
AMOUNT_IS_KEPT = Reason("amount_is_kept", "Of each place {amount} is kept.")
FEES_STAY_PAID = Reason("fees_stay_paid", "These fees are not given back: {fee}.")
ONCE_FOR_THE_ORDER = Reason(
    "once_for_the_order", "What was charged once for the order, {fee}, is given back with its last place."
)
DISCOUNT_TAKEN_BACK = Reason(
    "discount_taken_back",
    "Bought alone, the places that stay would cost {fresh}. Of what was paid for them {left} is left: "
    "the difference, {amount}, is taken off what is given back.",
)
DIFFERENCE_FORGIVEN = Reason(
    "difference_forgiven", "That leaves nothing to be given back, and the buyer owes nothing for the {amount} missing."
)
DISCOUNT_NOT_LOOKED_AT = Reason(
    "discount_not_looked_at", "What the event sells has changed since, so the discount of the places that stay is kept."
)
GIVEN_BACK_BEFORE = Reason(
    "given_back_before", "{given} was given back before; no more is given than the rest of what was paid."
)

LESS_WAS_PAID = Reason(
    "less_was_paid", "Of what these places cost, {most} was paid and is left: no more than that is given back."
)


def spoken(one: Reckoned, cause: Cause, zone: ZoneInfo, *, looked_at: bool) -> tuple[Reason, ...]:
    """
    The reasons for what was reckoned, in the order of the reckoning, none twice.

    Args:
        one: What was reckoned.
        cause: Whose wish or fault it is.
        zone: The event's; moments are told in it.
        looked_at: The price of the places that stay could be found, where it was asked for.
    """
    if not one.charged:
        return (NOTHING_WAS_PAID,)
    return tuple(dict.fromkeys(_told(one, cause, zone, looked_at)))


def _told(one: Reckoned, cause: Cause, zone: ZoneInfo, looked_at: bool) -> Iterator[Reason]:
    if one.by_choice:
        yield ORGANIZERS_CHOICE.given(share=one.held[0].share)
    elif cause is Cause.ORGANIZER:
        yield ORGANIZER_CANCELS
    else:
        for each in one.held:
            yield _by_time(each, zone)
    for each in one.held:
        if each.begun:
            yield SESSIONS_BEGUN.given(begun=each.begun, sessions=each.sessions)
    if one.missing is not None:
        yield from _taken_back(one, one.missing)
    elif one.terms.clawback and not looked_at:
        yield DISCOUNT_NOT_LOOKED_AT
    yield from _taken_off(one)


def _taken_off(one: Reckoned) -> Iterator[Reason]:
    currency = one.kept.currency
    if not one.terms.tax and one.tax:
        yield TAX_STAYS_PAID.given(tax=Money(one.tax, currency))
    if one.terms.kept:
        yield AMOUNT_IS_KEPT.given(amount=one.terms.kept)
    if one.fee:
        yield FEES_STAY_PAID.given(fee=Money(one.fee, currency))
    if one.once:
        yield ONCE_FOR_THE_ORDER.given(fee=Money(one.once, currency))
    if one.given:
        yield GIVEN_BACK_BEFORE.given(given=Money(one.given, currency))
    if one.most is not None:
        yield LESS_WAS_PAID.given(most=Money(one.most, currency))


def _by_time(each: Held, zone: ZoneInfo) -> Reason:
    values: dict[str, datetime] = {}
    if each.begins_at is not None:
        values["begins_at"] = each.begins_at.astimezone(zone)
    if each.until is not None:
        values["until"] = each.until.astimezone(zone)
        return (SESSION_SHARE_UNTIL if "begins_at" in values else SHARE_UNTIL).given(share=each.share, **values)
    if each.share != NOTHING:
        return SHARE_AT_ANY_TIME.given(share=each.share)
    # A deadline that lay before all the years in use was never ahead of anybody.
    if each.since is None or each.since.year < FIRST_YEAR:
        return NO_REFUND_PROMISED
    values["since"] = each.since.astimezone(zone)
    return (SESSION_NOTHING_SINCE if "begins_at" in values else NOTHING_SINCE).given(**values)


def _taken_back(one: Reckoned, missing: Missing) -> Iterator[Reason]:
    currency = one.kept.currency
    yield DISCOUNT_TAKEN_BACK.given(
        fresh=missing.fresh.charged, left=Money(missing.left, currency), amount=Money(missing.amount, currency)
    )
    if one.taken_back < missing.amount:
        yield DIFFERENCE_FORGIVEN.given(amount=Money(missing.amount - one.taken_back, currency))
