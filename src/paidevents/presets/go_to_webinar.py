"""
The rules of GoToWebinar, from the questions and answers on paid webinars in its support pages.

Source: https://support.goto.com/webinar/help/accept-payments-faqs, read in
French in 2026. The ids in the comments are those of the acceptance tests: one
for each answer of the page.
"""

from paidevents.catalog.kinds import EventKind
from paidevents.catalog.policies import Policy
from paidevents.checks import INT64_MAX, between, optional
from paidevents.money.currency import AUD, CAD, CHF, DKK, EUR, GBP, MXN, NOK, SEK, USD
from paidevents.presets.ruleset import Preset

_CURRENCIES = (USD, AUD, CAD, CHF, DKK, EUR, GBP, MXN, NOK, SEK)  # GT-15
# How many may register for each who can be present. Source: GT-07.
_SOLD_PER_PLACE = 10


def gotowebinar(*, attendance_limit: int | None = None) -> Preset:
    """
    The rules of GoToWebinar.

    Stripe only (GT-01), no fee of its own (GT-03), prices may change at any
    time (GT-08), and the recording stays on sale afterwards (GT-17). Ten times
    as many may register as can be present; nothing stops them before (GT-07).
    One registrant joins from three devices at most (GT-25).
    Whether the organizer approves each is a choice: `approval` of the policy (GT-22).

    Args:
        attendance_limit: How many can be present at once; None leaves it open.

    Raises:
        InvalidValueError: *attendance_limit* is no positive int, or too large.

    Source:
        https://support.goto.com/webinar/help/accept-payments-faqs: GT-01 to GT-29.

    Example:
        >>> gotowebinar(attendance_limit=100).policy.max_capacity
        1000
        >>> gotowebinar().fees(EUR)
        ()
    """
    present = optional(between(1, INT64_MAX // _SOLD_PER_PLACE))(attendance_limit, "attendance_limit")
    policy = Policy(
        currencies=_CURRENCIES,  # GT-15
        kinds=(EventKind.LIVE, EventKind.RECORDED, EventKind.WEBCAST, EventKind.ON_DEMAND),  # GT-14, GT-21
        providers=("stripe",),  # GT-01
        max_capacity=None if present is None else present * _SOLD_PER_PLACE,  # GT-07
        attendance_limit=present,  # GT-07
        price_locked=False,  # GT-08
        sells_recording=True,  # GT-17
        devices=3,  # GT-25
    )
    return Preset(name="gotowebinar", policy=policy)  # no fee: GT-03
