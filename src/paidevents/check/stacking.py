"""Promotions that one side only would combine, and classes that no promotion has."""

from collections.abc import Iterator

from paidevents.catalog.event import Event
from paidevents.catalog.promotion import STANDARD, Promotion
from paidevents.check.findings import note, warning
from paidevents.check.goods import in_use
from paidevents.reason import Finding, Reason

ONE_SIDED_STACKING = Reason(
    "one_sided_stacking", "{promotion} allows {other}, {other} does not allow {promotion}: they will not combine."
)
UNKNOWN_CLASS = Reason("unknown_class", "No promotion has the class {name}.")


def check_one_sided(event: Event) -> Iterator[Finding]:
    """
    Pairs of which one side allows the other and is not allowed by it.

    A promotion that allows none at all stands alone, and is meant to. Of promotions that
    stack in the same way, the first speaks for all.
    """
    first: dict[tuple[object, ...], tuple[str, Promotion]] = {}
    for place, promotion in in_use(event):
        path = f"promotions[{place}]"
        first.setdefault(
            (promotion.stacking_class, *sorted(promotion.combines_with), promotion.automatic), (path, promotion)
        )
    for path, one in first.values():
        for _, other in first.values():
            if other.combines_with and _allows(one, other) and not _allows(other, one) and _can_meet(event, one, other):
                reason = ONE_SIDED_STACKING.given(promotion=one.id, other=other.id)
                yield warning(f"{path}.combines_with", reason)


def _allows(one: Promotion, other: Promotion) -> bool:
    return other.stacking_class in one.combines_with


def _can_meet(event: Event, one: Promotion, other: Promotion) -> bool:
    """Whether an order could have both, as far as codes are counted."""
    most, codes = event.policy.max_codes, [one.automatic, other.automatic].count(False)
    return most is None or codes <= most


def check_classes(event: Event) -> Iterator[Finding]:
    """Names of classes that no promotion has; the one that is there by default is no mistake."""
    known = {promotion.stacking_class for promotion in event.promotions} | {STANDARD}
    for place, promotion in in_use(event):
        path = f"promotions[{place}]"
        for number, name in enumerate(promotion.combines_with):
            if name not in known:
                yield note(f"{path}.combines_with[{number}]", UNKNOWN_CLASS.given(name=name))
