"""A store is asked for the counters that a price may depend on, and the price asks for no other."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from worked.shop import AT, shop, ticket

from paidevents.pricing import Buyer, Plan
from paidevents.pricing.watching import watched
from paidevents.testing import strategies as ours

PEOPLE = st.builds(
    Buyer, identities=st.lists(st.sampled_from(("ana@example.com", "bo@example.com")), unique=True).map(tuple)
)


class Noting(dict[str, int]):
    """Numbers by counter, and which of them were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


@given(data=st.data(), event=ours.events(), buyer=st.none() | PEOPLE)
def test_a_price_asks_only_for_watched_counters(data: st.DataObject, event: Any, buyer: Buyer | None) -> None:
    basket = data.draw(ours.baskets(event))
    texts = [code.text for promotion in event.promotions for code in promotion.codes]
    codes = data.draw(st.lists(st.sampled_from([*texts, "NOBODY", ""]), max_size=4))
    at = data.draw(ours.instants())
    taken = Noting()
    Plan(event).quote(basket, codes, at=at, taken=taken, buyer=buyer)
    assert taken.asked <= set(watched(event, codes, () if buyer is None else buyer.marks))


def test_something_is_asked_for() -> None:
    """Else the law above would hold of a price that looks at nothing."""
    taken = Noting()
    Plan(shop(ticket(), capacity=3)).quote({"standard": 1}, at=AT, taken=taken)
    assert "event" in taken.asked
