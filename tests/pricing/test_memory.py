"""A price that is given again is the price that would be made anew."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from paidevents import EUR, Money, Rate, Window
from paidevents.catalog import (
    Event,
    EventKind,
    Limit,
    LimitOf,
    Percent,
    PromoCode,
    Promotion,
    Ticket,
)
from paidevents.pricing import Basket, Plan

AT = datetime(2026, 3, 1, tzinfo=UTC)


def event(quantity: int | None = 5) -> Event:
    return Event(
        id="video",
        title="Video",
        zone="UTC",
        currency=EUR,
        kind=EventKind.ON_DEMAND,
        tickets=(Ticket(id="standard", name="Standard", price=Money(2000, EUR), quantity=quantity),),
        promotions=(
            Promotion(
                id="ten",
                effect=Percent(Rate.of("10 %")),
                codes=(PromoCode("TEN"),),
                limits=(Limit(LimitOf.UNITS, 4),),
                window=Window(None, AT + timedelta(days=1)),
            ),
        ),
    )


REMEMBERS, FORGETS = Plan(event()), Plan(event(), remember=0)
SHORT_OF_MEMORY = Plan(event(), remember=3)


@given(
    count=st.integers(1, 6),
    codes=st.lists(st.sampled_from(("TEN", "ten", "OTHER")), max_size=2),
    sold=st.integers(0, 6),
    used=st.integers(0, 6),
    hours=st.integers(0, 48),
)
def test_what_is_kept_is_what_is_made(count: int, codes: list[str], sold: int, used: int, hours: int) -> None:
    taken = {"ticket/standard": sold, "promotion/ten/units": used}
    at = AT + timedelta(hours=hours)
    made = FORGETS.quote({"standard": count}, codes, at=at, taken=taken)
    for plan in (REMEMBERS, SHORT_OF_MEMORY):
        assert plan.quote({"standard": count}, codes, at=at, taken=taken) == made
        assert plan.quote({"standard": count}, codes, at=at, taken=taken).lines == made.lines


def test_a_price_is_given_again_while_what_was_sold_makes_no_difference() -> None:
    plan = Plan(event(quantity=100))
    basket = Basket.of({"standard": 2})
    first = plan.quote(basket, at=AT, taken={"ticket/standard": 10})
    again = plan.quote(basket, at=AT + timedelta(hours=1), taken={"ticket/standard": 11, "other": 5})
    assert again.record is first.record
    assert again.at != first.at
    assert again.units is first.units
    near_the_end = plan.quote(basket, at=AT, taken={"ticket/standard": 99})
    assert near_the_end.record is not first.record
    assert [reason.code for reason in near_the_end.refusals] == ["sold_out"]


def test_what_is_too_long_to_be_codes_is_read_but_not_kept() -> None:
    plan = Plan(event())
    long = ["X" * 300]
    one, two = (plan.quote({"standard": 1}, long, at=AT) for _ in range(2))
    assert one == two
    assert one.record is not two.record
