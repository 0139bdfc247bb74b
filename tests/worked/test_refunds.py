"""What is given back, to the cent."""

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from paidevents import EUR, InvalidValueError, Money, Rate
from paidevents.catalog import (
    AmountOff,
    Event,
    EventKind,
    Fee,
    FeeTaker,
    Match,
    Percent,
    PromoCode,
    Promotion,
    Scope,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
)
from paidevents.errors import RefundRefusedError
from paidevents.pricing import Plan, Quote, clawback_due, refund_due, taxed_parts

AT = datetime(2026, 3, 1, tzinfo=UTC)
ALL = Rate.of("100 %")


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def video(**changed: Any) -> Event:
    plain: dict[str, Any] = {
        "id": "video",
        "title": "Video",
        "zone": "UTC",
        "currency": EUR,
        "kind": EventKind.ON_DEMAND,
        "tickets": (Ticket(id="seat", name="Seat", price=euros("20.00")),),
    }
    return Event(**{**plain, **changed})


def paid(count: int, *codes: str, **changed: Any) -> Quote:
    return Plan(video(**changed)).quote({"seat": count}, codes, at=AT)


def service(**changed: Any) -> Fee:
    return Fee(**{"id": "service", "rate": Rate.of("5 %"), "buyer_share": ALL, "tax_category": None, **changed})


def test_places_are_given_back_as_they_were_charged_one_after_the_other() -> None:
    """10.00 off three times 20.00: 16.67 + 16.67 + 16.66 (the first gives 3.34, so 16.66, then 16.67 twice) = 50.00."""
    voucher = Promotion(id="ten", effect=AmountOff((euros("10.00"),)), scope=Scope.ORDER, codes=(PromoCode("TEN"),))
    order = paid(3, "TEN", promotions=(voucher,))
    assert [refund_due(order, [unit]).amount.minor for unit in range(3)] == [1666, 1667, 1667]
    assert refund_due(order, [2, 0]).amount == euros("33.33")
    assert refund_due(order, range_of(3)).amount == order.charged


def range_of(count: int) -> list[int]:
    return list(range(count))


def test_a_refundable_fee_comes_back_and_another_one_does_not() -> None:
    """20.00 + 1.00 for each of two: 21.00 back, or 20.00; the organizer's fault brings all of it back."""
    fair, stern = paid(2, fees=(service(),)), paid(2, fees=(service(refundable=False),))
    assert (refund_due(fair, [0]).amount, refund_due(fair, [0]).fee) == (euros("21.00"), euros("1.00"))
    assert (refund_due(stern, [0]).amount, refund_due(stern, [0]).fee) == (euros("20.00"), euros("0"))
    assert refund_due(stern, [0], fees=True).amount == euros("21.00")
    assert refund_due(fair, [0], fees=False).amount == euros("20.00")


def test_what_was_due_once_for_the_order_comes_back_with_the_last_place() -> None:
    """5 % of 40.00 and 0.50: 2.50, of which 0.50 wait for the second place: 21.00, then 21.00 + 0.50."""
    order = paid(2, fees=(service(per_order=euros("0.50")),))
    first = refund_due(order, [0])
    second = refund_due(order, [1], before=[first])
    assert (first.amount, first.order_fee) == (euros("21.00"), euros("0"))
    assert (second.amount, second.order_fee, second.fee) == (euros("21.50"), euros("0.50"), euros("1.50"))
    assert first.amount + second.amount == order.charged == euros("42.50")
    at_once = refund_due(order, [0, 1])
    assert (at_once.amount, at_once.order_fee) == (euros("42.50"), euros("0.50"))


def test_a_share_is_rounded_once_and_its_tax_adds_up() -> None:
    """Half of 19.99 is 9.995, so 10.00. Of 3.33 of tax (19.99 / 6 = 3.3317) 10.00 hold 1.67, the 9.99 left 1.66."""
    tax = TaxTable(mode=TaxMode.INCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate.of("20 %")),))
    tickets = (Ticket(id="seat", name="Seat", price=euros("19.99")),)
    order = paid(1, tickets=tickets, tax=tax)
    half = refund_due(order, [0], share=Rate.of("50 %"))
    assert (half.amount, half.tax) == (euros("10.00"), euros("1.67"))
    assert taxed_parts(1999, 333, 1000, 999) == 166
    with pytest.raises(RefundRefusedError, match=r"At most 9\.99 EUR"):
        refund_due(order, [0], before=[half])


def test_what_cannot_be_refunded_is_said() -> None:
    order = paid(2)
    for units, field in (([], "units"), ([0, 0], "units[1]"), ([2], "units[0]"), ([True], "units[0]")):
        with pytest.raises(InvalidValueError) as refusal:
            refund_due(order, units)
        assert refusal.value.field == field
    for gross, tax, before, amount in ((-1, 0, 0, 0), (10, 11, 0, 0), (10, 1, 11, 0), (10, 1, 5, 6)):
        with pytest.raises(InvalidValueError):
            taxed_parts(gross, tax, before, amount)
    assert taxed_parts(0, 0, 0, 0) == 0


GROUP = Promotion(id="group", effect=Percent(Rate.of("20 %")), automatic=True, least_units=6)


def test_six_bought_and_five_given_back_leave_one_at_the_full_price() -> None:
    """Six at 16.00 are 96.00. The one that is kept would have cost 20.00, so 76.00 go back, not 80.00."""
    plan = Plan(video(promotions=(GROUP,)))
    order = plan.quote({"seat": 6}, at=AT)
    assert order.charged == euros("96.00")
    due = clawback_due(plan, order, [0])
    assert (due.amount, due.quote.charged) == (euros("76.00"), euros("20.00"))
    assert refund_due(order, [1, 2, 3, 4, 5]).amount == euros("80.00")
    assert clawback_due(plan, order, [0], refunded=euros("80.00")).amount == euros("0")


def test_what_is_kept_whole_is_priced_as_it_was() -> None:
    """Re-priced from itself, an order is what it was: rows, prices and credits."""
    code = Promotion(
        id="ten", effect=Percent(Rate.of("10 %")), codes=(PromoCode("TEN"),), match=Match(tickets=("seat",))
    )
    plan = Plan(video(promotions=(GROUP, code), fees=(service(),)))
    order = plan.quote({"seat": 6}, ["ten"], at=AT)
    again = plan.requote(order, range_of(6))
    assert again.lines == order.lines
    assert again.units == order.units
    assert again.at == order.at


def test_an_order_is_priced_anew_only_by_its_own_events_version() -> None:
    plan = Plan(video(promotions=(GROUP,)))
    order = plan.quote({"seat": 6}, at=AT)
    changed = Plan(video(promotions=(evolve(GROUP, version=2),)))
    for other, text in (
        (changed, "version 1 of group"),
        (Plan(video()), "version 1 of group"),
        (Plan(video(id="other")), "Nothing here has the id video"),
        (Plan(video(tickets=(Ticket(id="new", name="New", price=euros("1.00")),))), "Nothing here has the id seat"),
    ):
        with pytest.raises(InvalidValueError, match=text):
            other.requote(order, [0])
    with pytest.raises(InvalidValueError):
        plan.requote(order, [6])
    with pytest.raises(InvalidValueError, match="Nothing here has the id video"):
        Plan(video(id="other")).claims(order)


def test_a_providers_fee_is_no_part_of_a_refund() -> None:
    """GT-04: 2 % of 40.00 were the organizer's, and stay so."""
    card = Fee(id="card", taker=FeeTaker.PROVIDER, rate=Rate.of("2 %"))
    assert refund_due(paid(2, fees=(card,)), [0, 1]).amount == euros("40.00")
