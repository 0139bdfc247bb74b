"""Where an event is paid: one pipeline for each provider, and which of them would charge something else."""

from collections.abc import Iterable, Sequence

from paidevents.catalog.decisions import BelowMinimum
from paidevents.catalog.event import Event
from paidevents.catalog.names import UNKNOWN_ID
from paidevents.errors import InvalidValueError
from paidevents.pricing.aligned import check_alignment
from paidevents.pricing.availability import Availability
from paidevents.pricing.choosing import Choosing
from paidevents.pricing.member import Member
from paidevents.pricing.phase import Step
from paidevents.pricing.pipeline import Cart, Pipeline
from paidevents.pricing.seating import Seating
from paidevents.pricing.terms import terms_of


class Tills:
    """
    The pipelines of an event, by provider; for None, that of the first.

    Raises:
        InvalidValueError: A declared amount that one of the providers cannot charge.
    """

    __slots__ = ("_choosing", "_pipelines", "_rejects", "_seating")

    def __init__(self, event: Event, steps: Sequence[Step], choosing: Choosing, seating: Seating) -> None:
        self._choosing = choosing
        self._seating = seating
        self._rejects = event.policy.below_minimum is BelowMinimum.REJECT
        self._pipelines: dict[str | None, Pipeline] = {}
        for provider in event.providers or (None,):
            terms = terms_of(event, provider)
            check_alignment(event, terms)
            self._pipelines[terms.provider] = Pipeline(event, terms, steps)
        self._pipelines[None] = next(iter(self._pipelines.values()))

    def pipeline(self, provider: str | None) -> Pipeline:
        """
        The pipeline of a provider.

        Raises:
            InvalidValueError: The event has not got it.
        """
        found = self._pipelines.get(provider)
        if found is None:
            raise InvalidValueError("provider", UNKNOWN_ID.given(id=provider))
        return found

    def differing(
        self,
        pipeline: Pipeline,
        charged: int,
        candidates: list[Member],
        cart: Cart,
        marks: tuple[str, ...],
        available: Availability,
    ) -> Iterable[str]:
        """The other providers with which something else than *charged* would be charged."""
        for name, other in self._pipelines.items():
            if name is None or other is pipeline or not other.terms.is_open:
                continue
            one, two = pipeline.terms, other.terms
            same = one.quantum == two.quantum and pipeline.charges_the_same_fees(other)
            # What one rejects may be the cheapest with the other.
            beyond = charged > max(one.minimum, two.minimum) and not self._rejects
            if same and (one.minimum == two.minimum or beyond):
                continue
            there = self._seating.under(cart, two)
            if self._choosing.settled(candidates, there, other, marks, available).draft.charged != charged:
                yield name
