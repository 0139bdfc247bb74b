"""What was sold, added up by what an organizer asks for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from registration.desk import BUYER, ORGANIZER, Desk, attendee, person
from worked.shop import AT, code, euros, off, percent, shop, taxes, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import (
    Cancellation,
    EventSession,
    Fee,
    FeeTaker,
    Policy,
    PromoCode,
    Promotion,
    RefundStep,
    TaxMode,
    Ticket,
    Tier,
)
from paidevents.catalog.kinds import Attendance
from paidevents.catalog.people import Role
from paidevents.checks import altered
from paidevents.errors import CurrencyMismatchError
from paidevents.money import USD
from paidevents.pricing import Item
from paidevents.registration import (
    Given,
    approved,
    called_off,
    cancelled,
    changed,
    given_back,
    invite,
    payment_lost,
    reserve,
    taken_without,
)
from paidevents.reports import Sales, SalesBy, SalesRow, SaleSums, sales
from paidevents.timing import Span

TWENTY = taxes(("20 %", "standard"))
SERVICE = Fee(id="service", rate=Rate.of("5 %"))
HALF = Cancellation(steps=(RefundStep(None, Rate(1, 2)),))

SUMS = ("list_price", "discount", "waived", "charged", "given_back", "adjusted", "tax", "fees", "organizer_keeps")


def amounts(row: SalesRow) -> dict[str, str]:
    """The amounts that are not nothing."""
    found = {name: getattr(row, name) for name in SUMS}
    return {name: str(amount.decimal) for name, amount in found.items() if amount}


def total(found: Sales) -> SalesRow:
    (row,) = found.totals
    return row


def bought(wanted: dict[str, int] | int, *codes: str, event: Any = None, id: str = "A1", days: int = 0) -> Desk:
    desk = Desk(event)
    desk.at += timedelta(days=days)
    desk.reserve(wanted, *codes, id=id)
    if desk.order.due:
        desk.pay()
    return desk


def test_by_ticket() -> None:
    """
    Two of 30.00, 10 % off each, and one of 60.00, all with tax of a sixth and 5 % for the platform.

    2 × 27.00 = 54.00: tax 9.00, fee 2.70, 42.30 left. 60.00 - 6.00 = 54.00: tax 9.00, fee 2.70, 42.30 left.
    """
    event = shop(
        ticket("30.00"),
        ticket("60.00", id="vip"),
        promotions=(code("ten", percent("10 %")),),
        tax=TWENTY,
        fees=(SERVICE,),
    )
    found = sales([bought({"standard": 2, "vip": 1}, "ten", event=event).order])
    assert [(row.event, row.ticket, row.places, row.gone) for row in found.rows] == [
        ("shop", "standard", 2, 0),
        ("shop", "vip", 1, 0),
    ]
    each = {"discount": "6.00", "charged": "54.00", "tax": "9.00", "fees": "2.70", "organizer_keeps": "42.30"}
    assert [amounts(row) for row in found.rows] == [{"list_price": "60.00", **each}] * 2
    assert (total(found).event, total(found).ticket, total(found).places) == ("", None, 3)
    assert amounts(total(found)) == {
        "list_price": "120.00",
        "discount": "12.00",
        "charged": "108.00",
        "tax": "18.00",
        "fees": "5.40",
        "organizer_keeps": "84.60",
    }


def test_by_tier_of_each_ticket() -> None:
    """Two early birds of 15.00, then one at the base price of 20.00."""
    event = shop(ticket(tiers=(Tier(id="early", name="Early", price=euros("15.00"), quantity=2),)))
    found = sales([bought(3, event=event).order], SalesBy.TIER)
    assert [(row.ticket, row.tier, row.places, str(row.charged)) for row in found.rows] == [
        ("standard", "", 1, "20.00 EUR"),
        ("standard", "early", 2, "30.00 EUR"),
    ]


def test_by_session() -> None:
    weeks = [EventSession(id=f"s{n}", starts_at=AT + timedelta(weeks=n), duration=Span(minutes=60)) for n in (1, 2)]
    desk = Desk(shop(ticket(), sessions=weeks, attendance=Attendance.CHOSEN_SESSIONS))
    quote = desk.plan.quote([Item("standard", 2, sessions=("s1",)), Item("standard", 1, sessions=("s2",))], at=AT)
    people = [attendee("Ana"), attendee("Bo"), attendee("Cleo")]
    desk.done(reserve(desk.plan, quote, id="A1", buyer=person(), attendees=people, at=AT))
    desk.pay()
    found = sales([desk.order], SalesBy.SESSION)
    assert [(row.session, row.places, row.ticket) for row in found.rows] == [("s1", 2, None), ("s2", 1, None)]


def test_by_day_in_the_zone_of_the_event() -> None:
    """Ordered at 22:50; paid at 22:59 and at 23:00 in UTC: in winter, before and after midnight in Paris."""
    orders = []
    for number, minutes in enumerate((9, 10)):
        desk = Desk()
        desk.at = datetime(2026, 3, 1, 22, 50, tzinfo=UTC)
        desk.reserve(1, id=f"A{number}")
        desk.at += timedelta(minutes=minutes)
        desk.pay()
        orders.append(desk.order)
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    assert [row.day for row in sales(orders, SalesBy.DAY, zone="Europe/Paris").rows] == [first, second]
    assert [(row.day, row.places) for row in sales(orders, SalesBy.DAY).rows] == [(first, 2)]


def test_what_is_given_back_counts_on_the_day_of_its_sale() -> None:
    desk = bought(2, event=shop(ticket(), cancellation=HALF))
    desk.at += timedelta(days=3)
    desk.do(cancelled, ["A1-1"], by=BUYER)
    (row,) = sales([desk.order], SalesBy.DAY).rows
    assert (row.day, row.places, row.gone) == (date(2026, 3, 1), 2, 1)
    assert amounts(row) == {
        "list_price": "40.00",
        "charged": "40.00",
        "given_back": "10.00",
        "organizer_keeps": "30.00",
    }


STACKING = (
    Promotion(id="all", effect=off("1.00"), automatic=True),
    Promotion(id="friends", effect=percent("10 %"), codes=(PromoCode("ANA10"), PromoCode("BO10"))),
)


def test_by_promotion_no_place_counts_twice() -> None:
    """20.00 less 10 % and 1.00: 17.00 with both, 19.00 with one of them."""
    event = shop(ticket(), promotions=STACKING)
    orders = [
        bought(1, *codes, event=event, id=f"A{number}").order
        for number, codes in enumerate((("ana10",), ("bo10",), ()))
    ]
    plain = bought(1, id="B1").order
    found = sales([*orders, plain], SalesBy.PROMOTION)
    assert [(row.promotion, row.places, str(row.charged)) for row in found.rows] == [
        ("", 1, "20.00 EUR"),
        ("all", 1, "19.00 EUR"),
        ("all + friends", 2, "34.00 EUR"),
    ]
    assert str(total(found).charged) == "73.00 EUR"


def test_by_code() -> None:
    event = shop(ticket(), promotions=STACKING)
    orders = [
        bought(1, *codes, event=event, id=f"A{number}").order
        for number, codes in enumerate((("ana10",), ("bo10",), ()))
    ]
    found = sales(orders, SalesBy.CODE)
    assert [(row.code, row.promotion, row.places, str(row.discount)) for row in found.rows] == [
        ("", None, 1, "1.00 EUR"),
        ("ANA10", None, 1, "3.00 EUR"),
        ("BO10", None, 1, "3.00 EUR"),
    ]


def test_only_what_was_sold_counts() -> None:
    """Held, lapsed, lost with its payment, or given to a speaker: no place was sold."""
    held = Desk()
    held.reserve(1, id="H1")
    speaker = Desk()
    speaker.done(invite(speaker.plan, id="S1", attendee=attendee(), role=Role.SPEAKER, at=AT, by=ORGANIZER))
    lost = bought(1, id="L1")
    lost.received = euros("0.00")
    lost.do(payment_lost, received=lost.received)
    assert sales([held.order, speaker.order, lost.order]) == Sales(by=SalesBy.TICKET, rows=(), totals=())


def test_of_a_held_order_what_was_let_go_is_sold() -> None:
    """CM-20: one of two is confirmed unpaid; the other still holds its place. 10 % of 20.00 are off."""
    desk = Desk(shop(ticket(), tax=TWENTY, fees=(SERVICE,), promotions=(code("ten", percent("10 %")),)))
    desk.reserve(2, "ten")
    desk.do(approved, ["A1-1"], received=desk.received)
    (row,) = sales([desk.order]).rows
    assert (row.places, row.gone) == (1, 0)
    assert amounts(row) == {"list_price": "20.00", "discount": "2.00", "waived": "18.00"}


def test_what_is_let_go_is_sold_on_the_day_on_which_it_was() -> None:
    desk = Desk(shop(ticket(), policy=Policy(hold=Span(days=3))))
    desk.reserve(1)
    desk.at += timedelta(days=2)
    desk.do(approved, received=desk.received)
    (row,) = sales([desk.order], SalesBy.DAY).rows
    assert row.day == date(2026, 3, 3)


def test_a_free_place_is_sold_for_nothing() -> None:
    desk = bought(1, "free", event=shop(ticket(), promotions=(code("free", percent("100 %")),)))
    (row,) = sales([desk.order]).rows
    assert (row.places, amounts(row)) == (1, {"list_price": "20.00", "discount": "20.00"})


def test_a_refund_takes_its_tax_and_the_fee_that_comes_back() -> None:
    """
    24.00 with 20 % in it, and 5 % passed on: 24.00 + 1.20 = 25.20, tax 4.20, and of the fee 1.00 is no tax.

    All goes back, and nobody keeps anything. What a provider takes for itself it does not give back (GT-04):
    2 % of 24.00 are 0.48, which the organizer pays.
    """
    service = Fee(id="service", rate=Rate.of("5 %"), buyer_share=Rate(1, 1))
    card = Fee(id="card", rate=Rate.of("2 %"), taker=FeeTaker.PROVIDER, tax_category=None)
    desk = bought(1, event=shop(ticket("24.00"), tax=TWENTY, fees=(service, card)))
    (row,) = sales([desk.order]).rows
    assert amounts(row) == {
        "list_price": "24.00",
        "charged": "25.20",
        "tax": "4.20",
        "fees": "1.48",
        "organizer_keeps": "19.52",
    }
    desk.do(called_off)
    (row,) = sales([desk.order]).rows
    assert amounts(row) == {
        "list_price": "24.00",
        "charged": "25.20",
        "given_back": "25.20",
        "fees": "0.48",
        "organizer_keeps": "-0.48",
    }


def test_half_a_refund_leaves_half_the_tax() -> None:
    """12.00 of 24.00 go back, and 2.00 of the 4.00 of tax; tax on top makes no difference."""
    for price, mode in (("24.00", TaxMode.INCLUSIVE), ("20.00", TaxMode.EXCLUSIVE)):
        table = taxes(("20 %", "standard"), mode=mode)
        desk = bought(1, event=shop(ticket(price), tax=table, cancellation=HALF))
        desk.do(cancelled, by=BUYER)
        (row,) = sales([desk.order]).rows
        assert {**amounts(row), "list_price": "-"} == {
            "list_price": "-",
            "charged": "24.00",
            "given_back": "12.00",
            "tax": "2.00",
            "organizer_keeps": "10.00",
        }


def test_after_a_claw_back_tax_is_owed_of_what_is_kept_and_no_more() -> None:
    """
    Six of 24.00 at 25 % off are 108.00. Five leave: 108.00 - 24.00 = 84.00 go back, and 24.00 is kept, of which 4.00 are tax.

    The rows: 5 × 18.00 + 24.00 = 114.00 charged, 84.00 given back, 6.00 paid with what was left.
    """
    group = Promotion(id="group", effect=percent("25 %"), automatic=True, least_units=6)
    terms = Cancellation(steps=(RefundStep(None, Rate(1, 1)),), clawback=True)
    desk = bought(6, event=shop(ticket("24.00"), promotions=(group,), cancellation=terms, tax=TWENTY, fees=(SERVICE,)))
    desk.do(cancelled, [f"A1-{number}" for number in range(1, 6)], by=BUYER)
    (row,) = sales([desk.order]).rows
    assert (row.places, row.gone) == (6, 5)
    found = amounts(row)
    assert (found["charged"], found["given_back"], found["adjusted"], found["tax"]) == (
        "114.00",
        "84.00",
        "-6.00",
        "4.00",
    )
    assert str(desk.order.due) == "24.00 EUR"


def test_a_changed_ticket_counts_as_what_it_is_now() -> None:
    """
    60.00 were paid for what costs 36.00 now: 24.00 more, of which 12.00 went back. So 48.00 are kept, and 8.00 of it is tax.

    The platform has its 5 % of both, 1.80, and what it gives back of no refund.
    """
    event = shop(ticket("60.00"), ticket("36.00", id="small"), cancellation=HALF, tax=TWENTY, fees=(SERVICE,))
    desk = bought({"standard": 2}, event=event)
    taken = taken_without(desk.order, desk.plan, "A1-1", +desk.taken)
    desk.do(changed, "A1-1", desk.plan.quote({"small": 1}, at=desk.at, taken=taken))
    small, standard = sales([desk.order]).rows
    assert (small.ticket, amounts(small)) == (
        "small",
        {
            "list_price": "36.00",
            "charged": "36.00",
            "given_back": "12.00",
            "adjusted": "24.00",
            "tax": "8.00",
            "fees": "1.80",
            "organizer_keeps": "38.20",
        },
    )
    assert (standard.ticket, str(standard.tax), str(standard.adjusted)) == ("standard", "10.00 EUR", "0.00 EUR")


def test_of_what_is_kept_of_a_difference_the_platform_keeps_its_fee() -> None:
    """
    63.00 with 5 % passed on, for what costs 37.80 now: 25.20 more, of which half goes back. 50.40 are kept.

    A 21st of each is the fee, so of 50.40 it is 2.40.
    """
    fee = Fee(id="service", rate=Rate.of("5 %"), buyer_share=Rate(1, 1))
    event = shop(ticket("60.00"), ticket("36.00", id="small"), cancellation=HALF, fees=(fee,))
    desk = bought({"standard": 1}, event=event)
    taken = taken_without(desk.order, desk.plan, "A1-1", +desk.taken)
    desk.do(changed, "A1-1", desk.plan.quote({"small": 1}, at=desk.at, taken=taken))
    (row,) = sales([desk.order]).rows
    assert amounts(row) == {
        "list_price": "36.00",
        "charged": "37.80",
        "given_back": "12.60",
        "adjusted": "25.20",
        "fees": "2.40",
        "organizer_keeps": "48.00",
    }


def test_a_dearer_ticket_has_nothing_to_be_adjusted() -> None:
    """24.00 more were paid for 60.00 instead of 36.00; beside it somebody changed to a cheaper one, and got nothing back."""
    event = shop(ticket("60.00"), ticket("36.00", id="small"), cancellation=Cancellation.none())
    desk = bought({"standard": 1, "small": 1}, event=event)
    for id, wanted in (("A1-1", "small"), ("A1-2", "standard")):
        taken = taken_without(desk.order, desk.plan, id, +desk.taken)
        desk.do(changed, id, desk.plan.quote({wanted: 1}, at=desk.at, taken=taken))
        if desk.order.change is not None:
            desk.pay()
    rows = {row.ticket: (str(row.charged.decimal), str(row.adjusted.decimal)) for row in sales([desk.order]).rows}
    assert rows == {"small": ("36.00", "24.00"), "standard": ("60.00", "0.00")}
    # The payment of the dearer one is lost, and its place with it: what the other had paid more stays the other's.
    desk.received -= euros("60.00")
    desk.do(payment_lost, received=desk.received)
    (row,) = sales([desk.order]).rows
    assert (row.ticket, row.places, str(row.charged), str(row.adjusted)) == ("small", 1, "36.00 EUR", "24.00 EUR")


def test_what_is_let_go_without_a_refund_is_taken_off_every_place() -> None:
    """The organizer takes 35.00 for 40.00: 5.00 are forgiven, half of them of each ticket."""
    desk = bought({"standard": 1, "vip": 1}, event=shop(ticket(), ticket(id="vip")))
    found = sales([evolve(desk.order, adjustment=euros("-5.00"))])
    assert [amounts(row)["adjusted"] for row in found.rows] == ["-2.50", "-2.50"]
    assert str(total(found).organizer_keeps) == "35.00 EUR"


def test_goodwill_before_a_payment_was_lost_is_not_forgotten() -> None:
    """5.00 went back before all 20.00 were lost: no place was sold, and what went back shows."""
    desk = bought(1)
    desk.done(given_back(desk.order, euros("5.00"), received=desk.received))
    desk.received = euros("0.00")
    desk.do(payment_lost, received=desk.received)
    (row,) = sales([desk.order]).rows
    assert (row.places, amounts(row)["given_back"]) == (0, "5.00")


def test_each_currency_is_added_up_by_itself() -> None:
    seat = Ticket(id="standard", name="Standard", price=Money(2500, USD))
    desk = bought(1, event=shop(seat, id="us", currency=USD), id="U1")
    found = sales([desk.order, bought(1).order])
    assert [(row.event, str(row.charged)) for row in found.rows] == [("shop", "20.00 EUR"), ("us", "25.00 USD")]
    assert [str(row.charged) for row in found.totals] == ["20.00 EUR", "25.00 USD"]


def test_what_a_quote_never_had_is_no_refund_of_it() -> None:
    desk, other = bought(1, event=shop(ticket(), cancellation=HALF)), bought(2, id="B1")
    desk.do(called_off)
    other.do(called_off, ["B1-2"])
    (refund,) = (one.refund for one in other.order.given)
    for given in (Given(quote=0, refund=refund), Given(quote=3, refund=desk.order.given[0].refund)):
        with pytest.raises(InvalidValueError, match="given"):
            sales([evolve(desk.order, given=(given,))])


@pytest.mark.parametrize("given", [([1],), (None,), ([], "ticket"), ([], SalesBy.DAY, "Nowhere/Else"), ("orders",)])
def test_what_is_asked_wrongly_is_refused(given: tuple[Any, ...]) -> None:
    with pytest.raises(InvalidValueError):
        sales(*given[:2], **({"zone": given[2]} if len(given) > 2 else {}))


def test_a_row_that_does_not_add_up_cannot_be() -> None:
    nothing = dict.fromkeys(SUMS, euros("0.00"))
    plain: dict[str, Any] = {"places": 0, "gone": 0, **nothing}
    assert SalesRow(**plain).charged == euros("0.00")
    with pytest.raises(InvalidValueError, match="organizer_keeps"):
        SalesRow(**{**plain, "charged": euros("1.00")})
    with pytest.raises(CurrencyMismatchError):
        SalesRow(**{**plain, "tax": Money(0, USD)})
    with pytest.raises(InvalidValueError, match="rows"):
        Sales(by=SalesBy.DAY, rows=(1,), totals=())  # type: ignore[arg-type]


def test_a_place_that_was_waived_and_taken_back_is_gone() -> None:
    desk = Desk(shop(ticket(), policy=Policy()))
    desk.reserve(1)
    desk.do(approved, received=desk.received)
    desk.do(called_off)
    (row,) = sales([desk.order]).rows
    assert (row.places, row.gone, amounts(row)) == (1, 1, {"list_price": "20.00", "waived": "20.00"})


def test_two_pages_of_the_same_ticket_come_to_one_row() -> None:
    """A place on each page, of 20.00 each: two places, and 40.00."""
    event = shop(ticket("20.00"))
    sums = SaleSums()
    for id in ("A1", "A2"):
        desk = Desk(event)
        desk.reserve(1, id=id)
        desk.pay()
        sums.add([desk.order])
    (row,), (total,) = sums.report().rows, sums.report().totals
    assert (row.ticket, row.places, str(row.charged)) == ("standard", 2, "40.00 EUR")
    assert (total.places, str(total.organizer_keeps)) == (2, "40.00 EUR")


def test_a_page_of_sales_that_is_refused_adds_nothing() -> None:
    desk = Desk(shop(ticket("20.00")))
    desk.reserve(1, id="A1")
    desk.pay()
    sums = SaleSums()
    far = [evolve(given, quote=9) for given in given_back(desk.order, euros("1.00"), received=euros("20.00")).given]
    wrong: Any = ([desk.order, None], [desk.order] * 2, [desk.order, altered(desk.order, id="A2", given=far)])
    for page in wrong:
        with pytest.raises(InvalidValueError):
            sums.add(page)
    assert sums.report() == sales([])
    for by, zone in ((None, "UTC"), (SalesBy.DAY, "Mars/Base")):
        with pytest.raises(InvalidValueError):
            SaleSums(by, zone=zone)  # type: ignore[arg-type]
