"""Face value: what is due before any discount. Nothing, while the event takes no money."""

from attrs import frozen

from paidevents.catalog.event import Charging, Event
from paidevents.pricing.draft import Draft
from paidevents.pricing.phase import Phase, Stage
from paidevents.pricing.reasons import PAYMENT_DISCONNECTED, PAYMENT_SWITCHED_OFF
from paidevents.pricing.terms import Terms

_REASONS = {Charging.SWITCHED_OFF: PAYMENT_SWITCHED_OFF, Charging.DISCONNECTED: PAYMENT_DISCONNECTED}


@frozen
class Face:
    """
    While payment is off, everything is free, and says why.

    Source:
        GT-06, GT-11.
    """

    name: str = "face"
    phase: Phase = Phase.FACE

    def bind(self, event: Event, terms: Terms) -> Stage | None:
        """See `Step.bind`."""
        reason = _REASONS.get(event.charging)
        if reason is None:
            return None

        def stage(draft: Draft) -> None:
            if any(draft.prices):
                draft.add(reason, [-price for price in draft.prices])

        return stage
