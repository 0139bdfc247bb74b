"""What is owed to buyers, and by them: CM-21."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from registration.desk import BUYER, Desk
from reports.till import MADE, T, came, heard, refund, said
from worked.shop import AT, euros, shop, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import Cancellation, LatePayment, Policy, RefundStep
from paidevents.errors import NaiveDatetimeError
from paidevents.money import USD
from paidevents.payments import DisputeStatus, Payment, Refund, RefundPurpose, Status
from paidevents.registration import (
    authorized,
    called_off,
    cancelled,
    changed,
    erased,
    expired,
    given_back,
    payment_lost,
    taken_without,
)
from paidevents.reports import Owed, OwedKind, OwedRow, OwedSums, owed

HALF = Cancellation(steps=(RefundStep(None, Rate(1, 2)),))
LATER = AT + timedelta(days=10, hours=1)


def bought(places: int = 1, **event: Any) -> Desk:
    desk = Desk(shop(ticket(), **{"cancellation": HALF, **event}))
    desk.reserve(places)
    desk.pay()
    return desk


def told(found: Owed) -> list[tuple[str, str, str, str]]:
    return [(row.kind.value, row.payment, row.refund, str(row.amount)) for row in found.rows]


def debts(
    desk: Desk, payments: Sequence[Payment] = (), refunds: Sequence[Refund] = (), at: datetime = LATER
) -> list[tuple[str, str, str, str]]:
    return told(owed([desk.order], payments, refunds, at=at))


def test_nobody_owes_anything_when_all_is_paid() -> None:
    assert owed([bought().order], [came("20.00")], [], at=LATER) == Owed(rows=(), totals=())


def test_a_refund_is_owed_since_the_place_was_given_up() -> None:
    """Half of 20.00, three days after it was bought; seven days and an hour before now."""
    desk = bought()
    desk.at += timedelta(days=3)
    desk.do(cancelled, by=BUYER)
    (row,) = owed([desk.order], [came("20.00")], [refund("10.00")], at=LATER).rows
    assert (row.kind, row.order, row.payment, row.refund) == (OwedKind.REFUND_OWED, "A1", "p1", "r1")
    assert (row.purpose, str(row.amount), row.since, row.days) == (RefundPurpose.PLACES, "10.00 EUR", desk.at, 7)
    assert (row.buyer_name, row.buyer_email, row.is_to_buyer) == ("Ana", "ana@example.com", True)


def test_where_a_refund_stands_decides_what_is_owed() -> None:
    desk = bought()
    desk.do(cancelled, by=BUYER)
    for triggers, kind in (
        ((), "refund_owed"),
        ((T.REQUEST,), "refund_under_way"),
        ((T.REQUEST, T.PEND), "refund_under_way"),
        ((T.REQUEST, T.FAIL), "refund_failed"),
        ((*MADE, T.FAIL), "refund_failed"),
    ):
        back = refund("10.00")
        for days, trigger in enumerate(triggers, 1):
            back = back.moved(trigger, at=AT + timedelta(days=days))
        found = owed([desk.order], [came("20.00")], [back], at=LATER)
        assert told(found) == [(kind, "p1", "r1", "10.00 EUR")]
        assert found.rows[0].days == 10 - len(triggers), "since it stands there"
    for done in (MADE, (T.DROP,), (T.SETTLE_ELSEWHERE,)):
        assert debts(desk, [came("20.00")], [refund("10.00", *done)]) == []


def test_a_refund_seen_at_the_provider_settles_it() -> None:
    """CM-21: made by a person in the provider's own pages."""
    desk = bought()
    desk.do(called_off)
    waits = refund("20.00")
    assert debts(desk, [came("20.00")], [waits]) == [("refund_owed", "p1", "r1", "20.00 EUR")]
    assert debts(desk, [came("20.00")], [waits.moved(T.SETTLE_ELSEWHERE, at=LATER)]) == []


def test_what_was_decided_and_has_no_refund_yet_is_a_surplus() -> None:
    """Nothing is lost between two records: of 20.00 the order keeps 10.00."""
    desk = bought()
    desk.do(cancelled, by=BUYER)
    assert debts(desk, [came("20.00")]) == [("surplus", "p1", "", "10.00 EUR")]


def test_what_was_paid_twice_is_held_for_the_buyer() -> None:
    """40.00 came for 20.00. What of it is to go back is a debt of its own, and the rest stays one."""
    payments = [came("20.00"), came("20.00", id="p2")]
    desk = bought()
    assert debts(desk, payments) == [("surplus", "", "", "20.00 EUR")]
    back = refund("15.00", payment="p2", purpose=RefundPurpose.SURPLUS)
    found = owed([desk.order], payments, [back], at=LATER)
    assert told(found) == [("refund_owed", "p2", "r1", "15.00 EUR"), ("surplus", "", "", "5.00 EUR")]
    assert {row.since for row in found.rows} == {AT}, "since it came"


def test_what_came_late_waits_for_the_organizer() -> None:
    desk = Desk(shop(ticket(), policy=Policy(late_payments=LatePayment.REVIEW)))
    desk.reserve(1)
    desk.at += timedelta(minutes=15)
    desk.do(expired)
    late = came("20.00", order="A1")
    assert debts(desk) == []
    assert debts(desk, [late]) == [("late", "p1", "", "20.00 EUR")]
    assert debts(desk, [late], [refund("20.00", purpose=RefundPurpose.LATE)]) == [
        ("refund_owed", "p1", "r1", "20.00 EUR")
    ]


def test_what_is_not_as_it_was_due_waits_for_the_organizer_and_pays_nothing() -> None:
    """15.00 came for 20.00: until somebody decides, the buyer's 15.00 are held and the order's 20.00 are unpaid."""
    desk = Desk()
    desk.reserve(1)
    short = came("20.00", received="15.00")
    found = owed([desk.order], [short], [], at=LATER)
    assert told(found) == [("review", "p1", "", "15.00 EUR"), ("unpaid", "", "", "20.00 EUR")]
    assert [row.is_to_buyer for row in found.rows] == [True, False]
    back = refund("15.00", purpose=RefundPurpose.NOT_AS_DUE)
    assert told(owed([desk.order], [short], [back], at=LATER)) == [
        ("refund_owed", "p1", "r1", "15.00 EUR"),
        ("unpaid", "", "", "20.00 EUR"),
    ]


def test_money_in_another_currency_pays_for_nothing() -> None:
    dollars = heard(said(Money(2200, USD), id="cs_2"), id="p2")
    assert debts(bought(), [came("20.00"), dollars]) == [("review", "p2", "", "22.00 USD")]
    price = Money(2200, USD)
    paid = heard(said(price, id="cs_3", requested=price), id="p3")
    assert debts(bought(), [paid]) == [("unpaid", "", "", "20.00 EUR")]


def test_who_holds_places_owes_their_price() -> None:
    desk = Desk()
    desk.reserve(2)
    found = owed([desk.order], [], [], at=AT + timedelta(hours=23))
    assert told(found) == [("unpaid", "", "", "40.00 EUR")]
    assert (found.rows[0].since, found.rows[0].days) == (AT, 0)
    assert debts(desk, [came("15.00")]) == [("unpaid", "", "", "25.00 EUR")]


def test_what_is_set_aside_is_not_owed() -> None:
    desk = Desk()
    desk.reserve(1)
    desk.do(authorized, until=AT + timedelta(days=2))
    assert debts(desk, [heard(said(None, status=Status.AUTHORIZED))]) == []
    assert debts(desk, [came("20.00"), came("5.00", id="p2")]) == [("surplus", "", "", "5.00 EUR")]


def test_the_difference_of_a_change_is_owed_since_it_was_asked_for() -> None:
    """35.00 - 20.00 = 15.00."""
    desk = Desk(shop(ticket(), ticket("35.00", id="vip")))
    desk.reserve({"standard": 1})
    desk.pay()
    desk.at += timedelta(days=2)
    taken = taken_without(desk.order, desk.plan, "A1-1", +desk.taken)
    desk.do(changed, "A1-1", desk.plan.quote({"vip": 1}, at=desk.at, taken=taken))
    (row,) = owed([desk.order], [came("20.00")], [], at=LATER).rows
    assert (row.kind, str(row.amount), row.since) == (OwedKind.UNPAID, "15.00 EUR", desk.at)


def test_what_a_person_gave_back_and_the_order_needs_is_owed_by_the_buyer() -> None:
    back = refund("5.00", *MADE, purpose=RefundPurpose.ELSEWHERE)
    assert debts(bought(), [came("20.00")], [back]) == [("unpaid", "", "", "5.00 EUR")]


def test_since_when_goodwill_is_owed_no_record_says() -> None:
    desk = bought()
    desk.done(given_back(desk.order, euros("5.00"), received=desk.received))
    (row,) = owed([desk.order], [came("20.00")], [refund("5.00", purpose=RefundPurpose.GOODWILL)], at=LATER).rows
    assert (row.kind, row.since, row.days) == (OwedKind.REFUND_OWED, None, None)
    (row,) = owed([bought().order], [], [refund("5.00", purpose=RefundPurpose.PLACES)], at=LATER).rows[:1]
    assert row.since is None, "nobody gave a place up"
    (row,) = owed([bought().order], [], [refund("5.00", purpose=RefundPurpose.LATE, payment="p9")], at=LATER).rows[:1]
    assert row.since is None, "the payment is not known"


def test_a_moment_before_it_happened_makes_no_days_below_zero() -> None:
    desk = Desk()
    desk.reserve(1)
    (row,) = owed([desk.order], [], [], at=AT - timedelta(days=5)).rows
    assert row.days == 0


def test_what_was_lost_is_owed_to_nobody() -> None:
    """The bank took 20.00 back, and a refund of 5.00 was made before: that is the organizer's loss."""
    desk = bought()
    desk.done(given_back(desk.order, euros("5.00"), received=desk.received))
    desk.received = euros("0.00")
    desk.do(payment_lost, received=desk.received)
    gone = heard(said(dispute=DisputeStatus.LOST))
    assert debts(desk, [gone], [refund("5.00", *MADE)]) == []


def test_the_totals_are_those_of_the_rows() -> None:
    """By kind and currency: 10.00 + 20.00 of refunds, 15.00 under review, 20.00 + 40.00 unpaid."""
    first, second = bought(), Desk()
    first.do(cancelled, by=BUYER)
    second.reserve(1, id="A2")
    third = Desk()
    third.reserve(2, id="A3")
    payments = [came("20.00"), came("20.00", id="p2", order="A2", received="15.00")]
    refunds = [refund("10.00"), refund("20.00", id="r2", order="A3", payment="p9", purpose=RefundPurpose.SURPLUS)]
    found = owed([third.order, second.order, first.order], payments, refunds, at=LATER)
    assert [(row.kind.value, str(row.amount), row.order) for row in found.totals] == [
        ("refund_owed", "30.00 EUR", ""),
        ("review", "15.00 EUR", ""),
        ("unpaid", "60.00 EUR", ""),
    ]
    assert [(row.order, row.kind.value) for row in found.rows] == [
        ("A1", "refund_owed"),
        ("A3", "refund_owed"),
        ("A2", "review"),
        ("A2", "unpaid"),
        ("A3", "unpaid"),
    ]


def test_what_is_owed_for_longest_stands_first_and_what_nobody_knows_last() -> None:
    desks = [Desk(), Desk(), Desk()]
    for days, desk in enumerate(desks):
        desk.at -= timedelta(days=days)
        desk.reserve(1, id=f"A{days}")
    paid = bought()
    paid.done(given_back(paid.order, euros("1.00"), received=paid.received))
    paid.done(given_back(paid.order, euros("1.00"), received=paid.received))
    refunds = [
        refund("1.00", purpose=RefundPurpose.GOODWILL),
        refund("1.00", id="r2", purpose=RefundPurpose.SURPLUS),
    ]
    found = owed([*(desk.order for desk in desks), evolve(paid.order, id="Z")], [], [], at=LATER)
    assert [row.order for row in found.rows] == ["A2", "A1", "A0", "Z"]
    found = owed([paid.order], [came("20.00")], refunds, at=LATER)
    assert [row.refund for row in found.rows] == ["r2", "r1"]


def test_without_the_person_the_debt_stays() -> None:
    desk = bought()
    desk.do(cancelled, by=BUYER)
    desk.done(erased(desk.order, desk.plan))
    (row,) = owed([desk.order], [came("20.00")], [refund("10.00")], at=LATER).rows
    assert (row.buyer_name, row.buyer_email, str(row.amount)) == (None, None, "10.00 EUR")


def test_a_row_shows_nobody_when_it_is_printed() -> None:
    desk = Desk()
    desk.reserve(1)
    assert str(owed([desk.order], [], [], at=LATER).rows) == "(OwedRow('unpaid', 'A1', 20.00 EUR, …),)"


def test_what_is_asked_wrongly_is_refused() -> None:
    order, payment = bought().order, came("20.00")
    wrong: list[tuple[Any, Any, Any]] = [
        (None, [], []),
        ([payment], [], []),
        ([order, order], [], []),
        ([order], [payment, payment], []),
        ([order], [order], []),
        ([order], [], [refund("1.00"), refund("1.00")]),
        ([order], [], [payment]),
    ]
    for orders, payments, refunds in wrong:
        with pytest.raises(InvalidValueError):
            owed(orders, payments, refunds, at=LATER)
    with pytest.raises(NaiveDatetimeError):
        owed([order], [], [], at=datetime(2026, 3, 1))
    with pytest.raises(InvalidValueError, match="amount"):
        OwedRow(kind=OwedKind.UNPAID, amount=euros("0.00"))


def test_pages_are_put_in_one_order() -> None:
    """B2 owes 20.00 since a day before A1 does, and comes with the second page."""
    late, early = Desk(), Desk()
    for desk in (late, early):
        desk.reserve(1)
    sums = OwedSums(at=LATER)
    sums.add([late.order], [], [])
    sums.add([evolve(early.order, id="B2", hold=evolve(early.order.hold, starts_at=AT - timedelta(days=1)))], [], [])
    assert [row.order for row in sums.report().rows] == ["B2", "A1"]
    assert [str(total.amount) for total in sums.report().totals] == ["40.00 EUR"]


def test_a_page_of_debts_that_is_refused_adds_nothing() -> None:
    sums = OwedSums(at=LATER)
    wrong: Any = (([bought().order, None], [], []), ([], [None], []), ([], [], [None]))
    for page in wrong:
        with pytest.raises(InvalidValueError):
            sums.add(*page)
    assert sums.report() == Owed(rows=(), totals=())
    with pytest.raises(NaiveDatetimeError):
        OwedSums(at=datetime(2026, 3, 1))
