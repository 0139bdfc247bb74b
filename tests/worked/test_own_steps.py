"""A host's own pricing rules: they stand in a phase, add lines, and the totals follow."""

from itertools import permutations

import pytest
from attrs import frozen
from worked.shop import (
    AT,
    card,
    code,
    euros,
    lines,
    off,
    percent,
    price_of,
    prices,
    quote,
    refusals,
    shop,
    skips,
    taxes,
    ticket,
)

from paidevents.catalog import BelowMinimum, Event, Fee, FeeBase, Policy, Selection, TaxMode
from paidevents.money import Rate
from paidevents.pricing import STANDARD_STEPS, Draft, Phase, Plan, Quote, Stage, Step, Terms, refund_due
from paidevents.reason import Reason

LOYALTY = Reason("loyalty", "Thank you for coming back")
POSTING = Reason("posting", "Printed tickets by post, {price}")


@frozen
class Loyalty:
    """So many cents off each place, as far as it goes."""

    minor: int = 100
    phase: Phase = Phase.UNIT_AMOUNT
    name: str = "loyalty"

    def bind(self, event: Event, terms: Terms) -> Stage | None:
        def stage(draft: Draft) -> None:
            draft.add(LOYALTY, [-min(self.minor, price) for price in draft.prices])

        return stage if self.minor else None


@frozen
class Posting:
    """A fixed sum for the order, besides the places: all of it with the first."""

    minor: int = 250
    phase: Phase = Phase.FEE
    name: str = "posting"

    def bind(self, event: Event, terms: Terms) -> Stage | None:
        def stage(draft: Draft) -> None:
            draft.add(POSTING, [self.minor, *[0] * (len(draft.prices) - 1)], price=f"{self.minor / 100:.2f}")

        return stage


def ask(event: Event, *steps: Step, count: int = 1, codes: tuple[str, ...] = ()) -> Quote:
    return Plan(event, steps=(*STANDARD_STEPS, *steps)).quote({"standard": count}, codes, at=AT)


def test_a_step_of_ones_own_is_a_step() -> None:
    assert isinstance(Loyalty(), Step) and isinstance(Posting(), Step)


def test_one_euro_off_each_place() -> None:
    """2 × 20.00 less 10 % is 36.00; 1.00 off each is 34.00, with 5.67 of tax (34.00 / 6) in it."""
    event = shop(tax=taxes(("20 %", "standard")), promotions=[code("ten", percent("10 %"))])
    found = ask(event, Loyalty(), count=2, codes=("ten",))
    assert lines(found) == [("ten", "-4.00"), ("loyalty", "-2.00")]
    assert (found.charged, found.totals.tax, found.totals.discount) == (euros("34.00"), euros("5.67"), euros("6.00"))
    assert str(found.lines[1].reason) == "Thank you for coming back"
    assert (found.lines[1].promotion, found.lines[1].code) == ("", "")


def test_a_sum_besides_the_places() -> None:
    """20.00 and 2.50; it is no fee of anybody's, so the organizer keeps it, and it comes back with its place."""
    found = ask(shop(), Posting(), count=2)
    assert (lines(found), found.charged, found.charges) == ([("posting", "2.50")], euros("42.50"), (2250, 2000))
    assert (found.totals.price, found.totals.organizer_keeps) == (euros("40.00"), euros("42.50"))
    assert refund_due(found, [0]).amount == euros("22.50")


def test_a_sum_that_is_in_no_steps_comes_back_with_its_fee() -> None:
    """20.00 in steps of 0.05, 0.03 besides and 1.00 of fee: 21.03 come back, and 1.00 of them is fee."""
    service = Fee(id="service", rate=Rate.of("5 %"), buyer_share=Rate(1, 1), tax_category=None)
    found = ask(shop(fees=[service], policy=Policy(step=5)), Posting(3))
    made = refund_due(found, [0])
    assert (found.charged, made.amount, made.fee) == (euros("21.03"), euros("21.03"), euros("1.00"))


def test_the_order_of_listing_is_irrelevant() -> None:
    """Whatever the order in which a host lists them, and the house's among them: by phase, then by name."""
    event = shop(promotions=[code("five", off("5.00"))])
    steps: tuple[Step, ...] = (Loyalty(), Posting(), Loyalty(300, name="extra"))
    found = [
        Plan(event, steps=(*some, *STANDARD_STEPS)).quote({"standard": 1}, ["five"], at=AT)
        for some in permutations(steps)
    ]
    assert all(each == ask(event, *steps, codes=("five",)) for each in found)
    assert lines(found[0]) == [("loyalty", "-3.00"), ("loyalty", "-1.00"), ("five", "-5.00"), ("posting", "2.50")]


def test_totals_are_sums_of_lines() -> None:
    """2 × 20.00, 25 % off is 10.00, 1.00 off each is 2.00: 28.00; 5 % on top of that, 1.40, and 2.50 of posting: 31.90."""
    event = shop(
        fees=[Fee(id="service", rate=Rate.of("5 %"), buyer_share=Rate(1, 1))], promotions=[code("q", percent("25 %"))]
    )
    found = ask(event, Loyalty(), Posting(), count=2, codes=("q",))
    assert found.charged == euros("31.90")
    assert found.totals.list.minor + sum(line.amount.minor for line in found.lines) == 3190
    for place, unit in enumerate(found.units):
        assert unit.list_price.minor + sum(line.per_unit[place] for line in found.lines) == unit.charged.minor
    assert found.totals.before_tax + found.totals.tax == found.totals.charged


def test_a_step_that_has_nothing_to_do_says_so_once() -> None:
    assert lines(ask(shop(), Loyalty(0))) == []


def test_what_a_host_adds_takes_part_in_the_minimum() -> None:
    """
    0.20 left of 20.00, and 0.10 besides: 0.30, below 0.50. Raised by 0.20, so 0.40 and 0.10.

    A sum that reaches the minimum by itself leaves nothing to raise.
    """
    event = shop(providers=[card("0.50")], promotions=[code("most", percent("99 %"))])
    found = ask(event, Posting(10), codes=("most",))
    assert lines(found) == [("most", "-19.80"), ("raised_to_minimum", "0.20"), ("posting", "0.10")]
    assert found.charged == euros("0.50")
    assert lines(ask(event, Posting(30), codes=("most",))) == [("most", "-19.80"), ("posting", "0.30")]
    on_top = shop(
        providers=event.providers, promotions=event.promotions, tax=taxes(("20 %", "standard"), mode=TaxMode.EXCLUSIVE)
    )
    assert ask(on_top, Posting(10), codes=("most",)).charged == euros("0.50")


def test_what_a_host_takes_off_is_given_back_by_a_raise_as_well() -> None:
    """1.00 off 1.20 leaves 0.20; raised by 0.30 to 0.50, no more than 1.20."""
    found = ask(shop(ticket("1.20"), providers=[card("0.50")]), Loyalty())
    assert lines(found) == [("loyalty", "-1.00"), ("raised_to_minimum", "0.30")]
    refused = shop(ticket("1.20"), providers=[card("0.50")], policy=Policy(below_minimum=BelowMinimum.REJECT))
    assert refusals(ask(refused, Loyalty())) == ["below_minimum"]


def test_a_sum_that_stays_with_a_free_order_is_charged() -> None:
    """100 % off the places, and 2.50 for posting, on which the card takes 10 % = 0.25 although no place costs anything."""
    event = shop(
        fees=[Fee(id="card", rate=Rate.of("10 %"), base=FeeBase.CHARGED)], promotions=[code("free", percent("100 %"))]
    )
    found = ask(event, Posting(), count=2, codes=("free",))
    assert (found.charged, found.fees[0].amount, found.fees[0].per_unit) == (euros("2.50"), euros("0.25"), (25, 0))


def test_the_best_is_searched_with_a_hosts_steps_in_it() -> None:
    """5.00 off 20.00 or half, and 3.00 besides for a place above 12.00: 15.00 + 3.00, or 10.00, which is best."""

    @frozen
    class Dear:
        name: str = "dear"
        phase: Phase = Phase.FEE

        def bind(self, event: Event, terms: Terms) -> Stage:
            def stage(draft: Draft) -> None:
                draft.add(POSTING, [300 if price > 1200 else 0 for price in draft.prices], price="3.00")

            return stage

    promotions = [code("five", off("5.00"), combines_with=()), code("half", percent("50 %"), combines_with=())]
    found = ask(shop(promotions=promotions, policy=Policy(selection=Selection.BEST)), Dear(), codes=("five", "half"))
    assert (found.charged, skips(found)) == (euros("10.00"), {"five": ["not_combinable"]})


def test_a_step_in_every_phase_of_prices() -> None:
    """0.10 off in each of the phases before the minimum: 20.00 less 0.70; a set price of 15.00 takes off what is left to it."""
    phases = [phase for phase in Phase if phase.place < Phase.MINIMUM.place]
    steps = [Loyalty(10, phase, f"l{phase.place}") for phase in phases]
    assert ask(shop(), *steps).charged == euros("19.30")
    found = ask(shop(promotions=[code("set", price_of("15.00"))]), *steps, codes=("set",))
    # Face 19.90; in the phase of set prices the host's step, l1, comes before unit.set: 19.80 → 15.00; then 5 × 0.10.
    assert prices(found) == ["14.50"]


def test_a_row_of_another_length_is_a_mistake_of_the_step() -> None:
    @frozen
    class Wrong:
        name: str = "wrong"
        phase: Phase = Phase.UNIT_AMOUNT

        def bind(self, event: Event, terms: Terms) -> Stage:
            return lambda draft: draft.add(LOYALTY, [0] * (len(draft.prices) + 1))

    with pytest.raises(ValueError, match="zip"):
        ask(shop(), Wrong())


def test_without_a_hosts_steps_a_quote_is_that_of_the_plan() -> None:
    assert ask(shop(), count=2) == quote(shop(), 2)
