"""What is given back of a cancelled place: steps that never hold, and refunds that a provider no longer makes."""

from collections.abc import Iterator
from datetime import UTC, datetime

from paidevents.catalog.cancellation import passing
from paidevents.catalog.event import Event
from paidevents.catalog.fees import NOTHING
from paidevents.check.findings import warning
from paidevents.check.goods import goods_of
from paidevents.money.provider_facts import PROVIDERS, provider_limits
from paidevents.reason import Finding, Reason
from paidevents.timing.deadline import Span
from paidevents.timing.window import Window

DEADLINE_WITHOUT_DATE = Reason(
    "deadline_without_date", "The event has no date, so the deadline never comes: {share} is given back at any time."
)
REFUND_STEP_NEVER_HOLDS = Reason(
    "refund_step_never_holds",
    "This step ({share}) never holds: when it begins, it is over or nobody can cancel any more.",
)
REFUND_WINDOW_TOO_SHORT = Reason(
    "refund_window_too_short",
    "A payment with {provider} can be refunded for {within}; a refund is promised for longer than that.",
)

_EVER, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def check_refund_steps(event: Event) -> Iterator[Finding]:
    """Steps that end with a date that the event does not have, and steps that never hold."""
    held = {place for place, _ in _promises(event)}
    for place, step in enumerate(event.cancellation.steps):
        path = f"cancellation.steps[{place}]"
        if step.until is not None and all(passing(step.until, each, event.zone) is None for each in _windows(event)):
            yield warning(f"{path}.until", DEADLINE_WITHOUT_DATE.given(share=step.share))
        if place not in held:
            yield warning(path, REFUND_STEP_NEVER_HOLDS.given(share=step.share))


def check_refund_windows(event: Event) -> Iterator[Finding]:
    """Refunds that are promised when a provider makes none any more. The organizer's own fault is not looked at."""
    steps = event.cancellation.steps
    ends = [end for place, end in _promises(event) if steps[place].share > NOTHING]
    sales = [good.window for good in goods_of(event) if good.price is None or good.price]
    begins = [sale.starts_at for sale in sales if sale is not None]
    if not ends or not begins:
        return
    # Nobody knows when a sale began that is always open: then it only counts whether the promise ends.
    known = [at for at in begins if at is not None]
    last, first = max(ends), min(known) if known == begins else None
    for provider in event.providers:
        longest = provider_limits(provider.name).refund_window if provider.name in PROVIDERS else None
        if longest is not None and (last == _NEVER or (first is not None and first + longest < last)):
            within = Span(days=longest.days, minutes=longest.seconds // 60)
            yield warning("cancellation", REFUND_WINDOW_TOO_SHORT.given(provider=provider.name, within=within))


def _windows(event: Event) -> list[Window]:
    """What deadlines refer to: the event, or each session that can be chosen."""
    return [session.window for session in event.sessions] if event.chooses_sessions else [event.window]


def _promises(event: Event) -> Iterator[tuple[int, datetime]]:
    """The steps that hold at some moment, by position, each with when it no longer does."""
    terms = event.cancellation
    for window in _windows(event):
        closes_at = passing(terms.buyer_until, window, event.zone) or _NEVER
        begins_at = _EVER
        for place, step in enumerate(terms.steps):
            passes_at = passing(step.until, window, event.zone) or _NEVER
            ends_at = min(passes_at, closes_at)
            if begins_at < ends_at:
                yield place, ends_at
            begins_at = max(begins_at, passes_at)
