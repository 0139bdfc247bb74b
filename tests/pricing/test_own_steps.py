"""A pricing rule of a host's own: one value with a phase, one entry in the list of steps."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

from attrs import frozen

from paidevents import EUR, Money, Rate, Reason
from paidevents.catalog import (
    AmountOff,
    Event,
    EventKind,
    Percent,
    Policy,
    PromoCode,
    Promotion,
    Provider,
    Selection,
    Ticket,
)
from paidevents.pricing import STANDARD_STEPS, Draft, Phase, Plan, Quote, Stage, Step
from paidevents.pricing.terms import Terms

AT = datetime(2026, 3, 1, tzinfo=UTC)
LOYALTY = Reason("loyalty", "Thank you for coming back")
STAMP = Reason("stamp", "Stamp: {each} a place")


@frozen
class Loyalty:
    """1.00 off each place."""

    name: str = "loyalty"
    phase: Phase = Phase.UNIT_AMOUNT

    def bind(self, event: Event, terms: Terms) -> Stage:
        return lambda draft: draft.add(LOYALTY, [-min(price, 100) for price in draft.prices])


@frozen
class Stamp:
    """0.30 for each place that costs something."""

    name: str = "stamp"
    phase: Phase = Phase.FEE

    def bind(self, event: Event, terms: Terms) -> Stage:
        each = Money(30, event.currency)

        def stage(draft: Draft) -> None:
            row = [30 if price else 0 for price in draft.prices]
            if any(row):
                draft.add(STAMP, row, each=each)

        return stage


@frozen
class Nothing:
    """A rule that has nothing to do with this event."""

    name: str = "nothing"
    phase: Phase = Phase.TAX

    def bind(self, event: Event, terms: Terms) -> None:
        return None


def video(*promotions: Promotion, **changed: Any) -> Event:
    plain: dict[str, Any] = {
        "id": "video",
        "title": "Video",
        "zone": "UTC",
        "currency": EUR,
        "kind": EventKind.ON_DEMAND,
        "tickets": (Ticket(id="seat", name="Seat", price=Money(2000, EUR)),),
        "promotions": promotions,
        "providers": (Provider(name="card", minimum=Money(100, EUR)),),
    }
    return Event(**{**plain, **changed})


def code(id: str, effect: Percent | AmountOff, **changed: Any) -> Promotion:
    return Promotion(id=id, effect=effect, codes=(PromoCode(id),), **changed)


def quote(event: Event, *codes: str, own: tuple[Step, ...], count: int = 2) -> Quote:
    return Plan(event, steps=(*STANDARD_STEPS, *own)).quote({"seat": count}, codes, at=AT)


def test_its_rows_are_lines_like_any_other_and_totals_are_their_sums() -> None:
    """2 × (20.00 - 1.00 + 0.30) = 38.60."""
    found = quote(video(), own=(Loyalty(), Stamp(), Nothing()))
    assert [(line.phase, str(line.reason), line.per_unit) for line in found.lines] == [
        (Phase.UNIT_AMOUNT, "Thank you for coming back", (-100, -100)),
        (Phase.FEE, "Stamp: 0.30 EUR a place", (30, 30)),
    ]
    assert (found.charged, found.totals.discount) == (Money(3860, EUR), Money(200, EUR))


def test_the_order_of_the_list_does_not_matter() -> None:
    event = video(code("ten", Percent(Rate.of("10 %"))), code("five", AmountOff((Money(500, EUR),))))
    own: tuple[Step, ...] = (Loyalty(), Stamp(), Nothing())
    found = {quote(event, "ten", "five", own=order).lines for order in permutations(own)} | {
        Plan(event, steps=(*reversed(own), *reversed(STANDARD_STEPS))).quote({"seat": 2}, ["five", "ten"], at=AT).lines
    }
    assert len(found) == 1


def test_what_it_adds_counts_towards_the_minimum() -> None:
    """19.80 off 20.00 leave 0.20, and 0.30 are added: of the minimum of 1.00 only 0.50 are missing."""
    event = video(code("deep", AmountOff((Money(1980, EUR),))))
    found = quote(event, "deep", own=(Stamp(),), count=1)
    assert found.charged == Money(100, EUR)
    assert [line.amount.minor for line in found.lines] == [-1980, 50, 30]


def test_the_best_codes_are_found_with_it() -> None:
    """3.00 off and 1.00 off are 16.00; 10 % off would have left 17.00."""
    three = code("three", AmountOff((Money(300, EUR),)), combines_with=())
    event = video(code("ten", Percent(Rate.of("10 %"))), three, policy=Policy(selection=Selection.BEST))
    found = quote(event, "ten", "three", own=(Loyalty(),), count=1)
    assert found.charged == Money(1600, EUR)
    assert sorted(line.reason.code for line in found.lines) == ["amount_off", "loyalty"]


def test_the_steps_of_the_house_are_steps() -> None:
    assert all(isinstance(step, Step) for step in (*STANDARD_STEPS, Loyalty(), Stamp(), Nothing()))
    assert len({step.name for step in STANDARD_STEPS}) == len(STANDARD_STEPS)
