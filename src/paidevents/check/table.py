"""
All checks, in the order in which they are told.

To add one: a function from an event to its findings, in the file of its topic
or in one of its own, and its name here.
"""

from collections.abc import Callable, Iterable

from paidevents.catalog.event import Event
from paidevents.check.lookalikes import check_lookalikes
from paidevents.check.minimums import check_minimums
from paidevents.check.places import check_capacity, check_orders
from paidevents.check.prices import check_bounds, check_charges, check_small_donations, check_steps
from paidevents.check.promotions import check_hidden, check_promotions, check_switches
from paidevents.check.providers import check_approval, check_charging, check_policy, check_providers
from paidevents.check.refunds import check_refund_steps, check_refund_windows
from paidevents.check.stacking import check_classes, check_one_sided
from paidevents.check.taxes import check_exact_taxes, check_rates
from paidevents.check.tiers import check_tiers
from paidevents.check.times import check_promotion_times, check_sales
from paidevents.checks import instance
from paidevents.reason import Finding, Severity

Check = Callable[[Event], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    check_policy,
    check_providers,
    check_approval,
    check_charging,
    check_bounds,
    check_steps,
    check_small_donations,
    check_charges,
    check_capacity,
    check_orders,
    check_sales,
    check_tiers,
    check_switches,
    check_promotions,
    check_hidden,
    check_promotion_times,
    check_minimums,
    check_one_sided,
    check_classes,
    check_lookalikes,
    check_rates,
    check_exact_taxes,
    check_refund_steps,
    check_refund_windows,
)

_ORDER = tuple(Severity)


def check(event: Event) -> tuple[Finding, ...]:
    """
    What will go wrong with *event*, and what its organizer should know, before anybody buys.

    An event that was constructed has no contradiction in itself. This looks at
    what it will do: whether every price can be charged, whom a tier or a code
    reaches, what a code leaves to pay. Prices come from the plan that prices
    every order.

    Returns:
        Errors, then warnings, then notes; each with the path of what it is about, such as
        `tickets[0].tiers[1].price`. Empty if there is nothing to say.

    Raises:
        InvalidValueError: *event* is no Event.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR, Money, Rate, Span
        >>> from paidevents.catalog import Percent, PromoCode, Promotion, Provider, Ticket
        >>> talk = Event(
        ...     id="talk", title="A talk", zone="Europe/Paris", currency=EUR, providers=[Provider(name="stripe")],
        ...     starts_at=datetime(2026, 4, 14, 16, tzinfo=UTC), duration=Span.of("90 min"),
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("8.00", EUR))],
        ...     promotions=[Promotion(id="friends", effect=Percent(Rate.of("95 %")), codes=[PromoCode("FRIENDS")])],
        ... )
        >>> for finding in check(talk):
        ...     print(finding.where, finding.reason)
        promotions[0].effect With friends, 1 × standard would cost 0.40 EUR: stripe takes at least 0.50 EUR, \
so the buyer pays 0.50 EUR.
    """
    subject = instance(event, "event", Event)
    found = [finding for one in CHECKS for finding in one(subject)]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.severity)))
