"""Who takes part, and what was paid for them: CM-19."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from attrs import evolve, fields, frozen
from registration.desk import BUYER, ORGANIZER, Desk, attendee, person
from reports.till import MADE, refund
from worked.shop import AT, BEGINS, card, code, euros, off, percent, shop, taxes, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import (
    Approval,
    Cancellation,
    Event,
    EventSession,
    Fee,
    Policy,
    PromoCode,
    Promotion,
    Question,
    RefundStep,
    RegistrationForm,
    Tier,
)
from paidevents.catalog.kinds import Attendance
from paidevents.catalog.people import Role
from paidevents.lifecycle import OrderState, RefundTrigger, RegistrationState
from paidevents.money import USD
from paidevents.payments import RefundPurpose
from paidevents.pricing import STANDARD_STEPS, Item, Phase, Plan, Stage, Terms
from paidevents.reason import Reason
from paidevents.registration import (
    Answer,
    approved,
    authorized,
    called_off,
    cancelled,
    changed,
    erased,
    expired,
    given_back,
    invite,
    payment_lost,
    refused,
    reserve,
    taken_without,
)
from paidevents.reports import Discount, Participant, PaymentStatus, participants, sales
from paidevents.timing import Deadline, Span

HALF = Cancellation(steps=(RefundStep(None, Rate(1, 2)),))
MANUAL = Policy(approval=Approval.MANUAL)


def rows(desk: Desk, *refunds: object) -> tuple[Participant, ...]:
    return participants([desk.order], refunds)  # type: ignore[arg-type]


def statuses(desk: Desk, *refunds: object) -> list[str]:
    return [row.payment.value for row in rows(desk, *refunds)]


def amounts(row: Participant, *names: str) -> list[str]:
    return [str(getattr(row, name).decimal) for name in names]


def test_a_row_tells_who_it_is_what_was_paid_by_whom_and_why_so_much() -> None:
    """An early bird of 24.00 less 25 % is 18.00, which holds 18.00 / 6 = 3.00 of tax: 15.00 without."""
    early = Tier(id="early", name="Early", price=euros("24.00"), quantity=9)
    form = RegistrationForm(questions=(Question(id="level", text="Your level?"),))
    desk = Desk(
        shop(
            ticket("30.00", tiers=(early,)),
            promotions=(Promotion(id="spring", effect=percent("25 %"), codes=(PromoCode("SPRING26"),)),),
            tax=taxes(("20 %", "standard")),
            form=form,
        )
    )
    ana = attendee("Ana", answers=(Answer("level", "high"),))
    desk.reserve(1, " spring26", attendees=[ana], buyer=person("Bo"))
    desk.pay()
    (row,) = rows(desk)
    assert (row.event, row.order, row.registration) == ("shop", "A1", "A1-1")
    assert (row.name, row.email, row.buyer_name, row.buyer_email) == ("Ana", "ana@example.com", "Bo", "bo@example.com")
    assert (row.role, row.state, row.order_state) == (Role.ATTENDEE, RegistrationState.CONFIRMED, OrderState.PAID)
    assert (row.tickets, row.tiers, row.sessions) == (("standard",), ("early",), ("",))
    assert row.discounts == (Discount("spring", "SPRING26", euros("6.00")),)
    assert amounts(row, "list_price", "charged", "before_tax", "tax") == ["24.00", "18.00", "15.00", "3.00"]
    assert amounts(row, "given_back", "refund_owed", "adjusted") == ["0.00", "0.00", "0.00"]
    assert (row.payment, row.placed_at, row.answers) == (PaymentStatus.PAID, AT, (("level", "high"),))
    assert (row.approved_by, row.waived_by) == ("", "")


def test_a_discount_without_a_code_is_told_by_its_promotion() -> None:
    automatic = Promotion(id="all", effect=off("2.00"), automatic=True)
    desk = Desk(shop(ticket(), promotions=(automatic, code("ten", percent("10 %")))))
    desk.reserve(1, "ten")
    (row,) = rows(desk)
    assert [str(discount) for discount in row.discounts] == ["ten (ten): 2.00 EUR", "all: 2.00 EUR"]


def test_of_several_sessions_all_stand_in_one_row() -> None:
    """Two sessions of 20.00 are 40.00, and 3.00 off each makes one discount of 6.00."""
    weeks = [EventSession(id=f"s{n}", starts_at=AT + timedelta(weeks=n), duration=Span(minutes=60)) for n in (1, 2)]
    promotion = Promotion(id="all", effect=off("3.00"), automatic=True)
    desk = Desk(shop(ticket(), sessions=weeks, attendance=Attendance.CHOSEN_SESSIONS, promotions=(promotion,)))
    quote = desk.plan.quote([Item("standard", 1, sessions=("s1", "s2"))], at=AT)
    desk.done(
        reserve(desk.plan, quote, id="A1", buyer=person(), attendees=[attendee()], at=AT, places=[[0, 1]], shown=None)
    )
    (row,) = rows(desk)
    assert (row.tickets, row.tiers, row.sessions) == (("standard", "standard"), ("", ""), ("s1", "s2"))
    assert amounts(row, "list_price", "charged") == ["40.00", "34.00"]
    assert row.discounts == (Discount("all", "", euros("6.00")),)


def held() -> Desk:
    desk = Desk(shop(ticket(), cancellation=HALF))
    desk.reserve(1)
    return desk


def paid(**event: object) -> Desk:
    desk = Desk(shop(ticket(), **{"cancellation": HALF, **event}))
    desk.reserve(1)
    desk.pay()
    return desk


def set_aside() -> Desk:
    desk = held()
    desk.do(authorized, until=AT + timedelta(days=2))
    return desk


def free() -> Desk:
    desk = Desk(shop(ticket("0.00")))
    desk.reserve(1)
    return desk


def invited() -> Desk:
    desk = Desk()
    desk.done(invite(desk.plan, id="A1", attendee=attendee(), role=Role.SPEAKER, at=AT, by=ORGANIZER))
    return desk


def waived() -> Desk:
    desk = held()
    desk.do(approved, received=desk.received)
    return desk


def half_back() -> Desk:
    desk = paid()
    desk.do(cancelled, by=BUYER)
    return desk


def all_back() -> Desk:
    desk = paid()
    desk.do(called_off)
    return desk


def lost() -> Desk:
    desk = paid()
    desk.received = euros("0.00")
    desk.do(payment_lost, received=desk.received)
    return desk


def lapsed() -> Desk:
    desk = held()
    desk.at += timedelta(minutes=15)
    desk.do(expired)
    return desk


def refused_unpaid() -> Desk:
    desk = held()
    desk.do(refused)
    return desk


def kept() -> Desk:
    desk = paid(cancellation=Cancellation.none())
    desk.do(cancelled, by=BUYER)
    return desk


@pytest.mark.parametrize(
    ("life", "status", "charged", "given"),
    [
        (held, "unpaid", "20.00", "0.00"),
        (set_aside, "set_aside", "20.00", "0.00"),
        (paid, "paid", "20.00", "0.00"),
        (waived, "waived", "0.00", "0.00"),
        (free, "free", "0.00", "0.00"),
        (invited, "complimentary", "0.00", "0.00"),
        (half_back, "partly_given_back", "20.00", "10.00"),
        (all_back, "given_back", "20.00", "20.00"),
        (kept, "paid", "20.00", "0.00"),
        (lost, "lost", "20.00", "0.00"),
        (lapsed, "void", "20.00", "0.00"),
        (refused_unpaid, "void", "20.00", "0.00"),
    ],
)
def test_what_was_paid_is_told_in_a_word(life: Callable[[], Desk], status: str, charged: str, given: str) -> None:
    desk = life()
    (row,) = rows(desk)
    assert (row.payment.value, *amounts(row, "charged", "given_back")) == (status, charged, given)
    assert row.state is desk.states[0]


def test_who_approved_or_waived_is_told() -> None:
    """CM-20: recorded with who did it. What nobody pays holds no tax."""
    desk = Desk(shop(ticket(), tax=taxes(("20 %", "standard"))))
    desk.reserve(1)
    desk.do(approved, received=desk.received)
    (row,) = rows(desk)
    assert amounts(row, "list_price", "charged", "before_tax", "tax") == ["20.00", "0.00", "0.00", "0.00"]
    assert (row.approved_by, row.waived_by) == ("organizer:42", "organizer:42")
    desk = paid(policy=MANUAL)
    desk.do(approved, received=desk.received)
    (row,) = rows(desk)
    assert (row.payment.value, row.approved_by, row.waived_by) == ("paid", "organizer:42", "")


def test_what_is_only_decided_is_owed_until_it_is_made() -> None:
    """CM-21: of 20.00, 10.00 go back. Failed, they are owed again; asked for, they are on their way."""
    desk = half_back()
    for triggers, owed, status in (
        ((), "10.00", "refund_owed"),
        ((RefundTrigger.REQUEST,), "0.00", "partly_given_back"),
        ((RefundTrigger.REQUEST, RefundTrigger.FAIL), "10.00", "refund_owed"),
        (MADE, "0.00", "partly_given_back"),
        ((RefundTrigger.DROP,), "0.00", "partly_given_back"),
    ):
        (row,) = rows(desk, refund("10.00", *triggers))
        assert (row.payment.value, *amounts(row, "given_back", "refund_owed")) == (status, "10.00", owed)


def test_a_refund_of_what_came_twice_is_owed_for_no_place() -> None:
    assert statuses(half_back(), refund("10.00", purpose=RefundPurpose.SURPLUS)) == ["partly_given_back"]
    assert statuses(half_back(), refund("10.00", order="A2")) == ["partly_given_back"]
    assert statuses(half_back(), refund("10.00", purpose=RefundPurpose.GOODWILL)) == ["refund_owed"]
    dollars = evolve(refund("10.00"), amount=Money(1000, USD))
    assert statuses(half_back(), dollars) == ["partly_given_back"]


def test_of_several_refunds_the_last_that_was_decided_is_the_one_that_is_owed() -> None:
    """Three of 20.00, half of each given back, one after the other: 15.00 are not made, so all of the last, half of the second."""
    desk = Desk(shop(ticket(), cancellation=HALF))
    desk.reserve(3)
    desk.pay()
    for id in ("A1-2", "A1-3", "A1-1"):
        desk.do(cancelled, [id], by=BUYER)
    found = rows(desk, refund("10.00", *MADE), refund("15.00", id="r2"))
    assert [amounts(row, "refund_owed") for row in found] == [["10.00"], ["0.00"], ["5.00"]]
    assert [row.payment.value for row in found] == ["refund_owed", "partly_given_back", "refund_owed"]


def test_goodwill_is_given_back_of_every_place() -> None:
    """5.00 of three times 20.00: 1.67, 1.67 and 1.66."""
    desk = Desk()
    desk.reserve(3)
    desk.pay()
    desk.done(given_back(desk.order, euros("5.00"), received=desk.received))
    assert [amounts(row, "given_back") for row in rows(desk)] == [["1.67"], ["1.67"], ["1.66"]]
    assert statuses(desk) == ["partly_given_back"] * 3


def test_a_fee_that_was_due_once_comes_back_to_the_places_that_it_was_charged_with() -> None:
    """0.90 once for three of 20.00: each is charged 20.30, and gets it back, the 0.90 with the last."""
    fee = Fee(id="once", name="Once", per_order=euros("0.90"), buyer_share=Rate(1, 1))
    desk = Desk(shop(ticket(), fees=(fee,)))
    desk.reserve(3)
    desk.pay()
    desk.do(called_off, ["A1-1"])
    assert amounts(rows(desk)[0], "charged", "given_back") == ["20.30", "20.00"]
    desk.do(called_off)
    assert [amounts(row, "charged", "given_back") for row in rows(desk)] == [["20.30", "20.30"]] * 3


def test_a_fee_that_was_due_once_comes_back_to_those_who_paid_it() -> None:
    """0.90 once for three; the third leaves before it is paid. So 0.60 were paid, with two places, and come back with them."""
    fee = Fee(id="once", name="Once", per_order=euros("0.90"), buyer_share=Rate(1, 1))
    desk = Desk(shop(ticket(), fees=(fee,)))
    desk.reserve(3)
    desk.do(refused, ["A1-3"])
    desk.pay()
    desk.do(called_off)
    found = [amounts(row, "charged", "given_back") for row in rows(desk)]
    assert found == [["20.30", "20.30"], ["20.30", "20.30"], ["20.30", "0.00"]]


def test_what_an_order_has_given_back_is_never_lost_whoever_paid() -> None:
    """A host may keep orders that ours could not have made: held, and with a refund that has a fee of 0.90 in it."""
    fee = Fee(id="once", name="Once", per_order=euros("0.90"), buyer_share=Rate(1, 1))
    desk = Desk(shop(ticket(), fees=(fee,)))
    desk.reserve(3)
    held = desk.order
    desk.pay()
    desk.do(called_off)
    odd = evolve(held, given=desk.order.given)
    assert [amounts(row, "given_back") for row in participants([odd])] == [["20.30"]] * 3


LOYALTY = Reason("loyalty", "Thank you for coming back")


@frozen
class Loyalty:
    """A host's own rule: 1.00 off each place."""

    phase: Phase = Phase.UNIT_AMOUNT
    name: str = "loyalty"

    def bind(self, event: Event, terms: Terms) -> Stage | None:
        return lambda draft: draft.add(LOYALTY, [-100] * len(draft.prices))


def test_what_a_hosts_own_rule_takes_off_is_no_promotion() -> None:
    """Its own rule takes 1.00 off 20.00: 19.00, and no promotion did it."""
    desk = Desk()
    desk.plan = Plan(desk.plan.event, [*STANDARD_STEPS, Loyalty()])
    desk.reserve(1)
    (row,) = rows(desk)
    assert (amounts(row, "list_price", "charged"), row.discounts) == (["20.00", "19.00"], ())
    desk.pay()
    (sold,) = sales([desk.order]).rows
    assert str(sold.discount) == "1.00 EUR"


def test_places_that_are_priced_anew_are_paid_with_what_was_left_of_those_that_are_gone() -> None:
    """
    Six of 20.00 at 25 % off: 15.00 each, 90.00. Five leave; the last costs 20.00 alone, so 70.00 go back.

    Of each 15.00 that is gone, 14.00 went back and 1.00 pays for the last.
    """
    group = Promotion(id="group", effect=percent("25 %"), automatic=True, least_units=6)
    terms = Cancellation(steps=(RefundStep(None, Rate(1, 1)),), clawback=True)
    desk = Desk(shop(ticket(), promotions=(group,), cancellation=terms))
    desk.reserve(6)
    desk.pay()
    desk.do(cancelled, [f"A1-{number}" for number in range(1, 6)], by=BUYER)
    names = ("charged", "given_back", "adjusted")
    found = rows(desk)
    assert [amounts(row, *names) for row in found[:5]] == [["15.00", "14.00", "-1.00"]] * 5
    assert amounts(found[5], *names) == ["20.00", "0.00", "0.00"]
    assert [row.payment.value for row in found[4:]] == ["given_back", "paid"]
    assert (found[0].discounts, found[5].discounts) == ((Discount("group", "", euros("5.00")),), ())


def other_ticket(desk: Desk, id: str, wanted: str) -> None:
    taken = taken_without(desk.order, desk.plan, id, +desk.taken)
    desk.do(changed, id, desk.plan.quote({wanted: 1}, at=desk.at, taken=taken))


def test_who_changed_to_a_cheaper_ticket_has_paid_what_is_kept_of_the_difference() -> None:
    """35.00 instead of 50.00: the place cost 15.00 more. Half of that goes back: 35.00 - 7.50 + 15.00 = 42.50 are kept."""
    desk = Desk(shop(ticket("50.00"), ticket("35.00", id="small"), cancellation=HALF))
    desk.reserve({"standard": 2})
    desk.pay()
    other_ticket(desk, "A1-2", "small")
    names = ("charged", "given_back", "adjusted")
    assert [amounts(row, *names) for row in rows(desk)] == [["50.00", "0.00", "0.00"], ["35.00", "7.50", "15.00"]]
    assert [row.tickets for row in rows(desk)] == [("standard",), ("small",)]


def test_who_has_a_much_cheaper_ticket_has_still_paid_for_it() -> None:
    """5.00 instead of 50.00, and the 45.00 go back: more than it costs, but its price is kept."""
    desk = Desk(shop(ticket("50.00"), ticket("5.00", id="small"), cancellation=Cancellation.full()))
    desk.reserve({"standard": 1})
    desk.pay()
    other_ticket(desk, "A1-1", "small")
    (row,) = rows(desk)
    assert amounts(row, "charged", "given_back", "adjusted") == ["5.00", "45.00", "45.00"]
    assert row.payment is PaymentStatus.PARTLY_GIVEN_BACK


def test_what_was_given_back_before_a_change_stays_with_whoever_had_the_place() -> None:
    """
    6.00 of goodwill for places of 10.00 and 20.00 are 2.00 and 4.00; both change to 35.00, the second first.

    The third had been taken back before, with all that was paid for it.
    """
    desk = Desk(shop(ticket("10.00"), ticket("20.00", id="big"), ticket("35.00", id="vip")))
    desk.reserve({"standard": 1, "big": 2})
    desk.pay()
    desk.do(called_off, ["A1-3"])
    desk.done(given_back(desk.order, euros("6.00"), received=desk.received))
    for id in ("A1-2", "A1-1"):
        other_ticket(desk, id, "vip")
        desk.pay()
    names = ("charged", "given_back", "adjusted")
    assert [amounts(row, *names) for row in rows(desk)] == [
        ["35.00", "2.00", "0.00"],
        ["35.00", "4.00", "0.00"],
        ["20.00", "20.00", "0.00"],
    ]


def test_without_the_people_the_amounts_stay() -> None:
    desk = paid(promotions=(code("ten", percent("10 %")),))
    before = rows(desk)
    desk.do(cancelled, by=BUYER)
    known = rows(desk)
    desk.done(erased(desk.order, desk.plan))
    (row,) = rows(desk)
    gone = {"name", "email", "buyer_name", "buyer_email", "answers"}
    assert (row.name, row.email, row.buyer_name, row.buyer_email, row.answers) == (None, None, None, None, ())
    for name in {each.name for each in fields(Participant)} - gone:
        assert getattr(row, name) == getattr(known[0], name), name
    assert before[0].name == "Ana"


def test_who_came_first_stands_first_whatever_the_order_of_the_orders() -> None:
    desks = []
    for minutes, id in enumerate(("C", "B", "A")):
        desk = Desk()
        desk.at += timedelta(minutes=(minutes + 1) // 2)
        desk.reserve(2, id=id)
        desks.append(desk.order)
    expected = ["C-1", "C-2", "A-1", "A-2", "B-1", "B-2"]
    for orders in (desks, desks[::-1], iter(desks)):
        assert [row.registration for row in participants(orders)] == expected


def test_a_row_shows_nobody_when_it_is_printed() -> None:
    (row,) = rows(paid())
    assert repr(row) == str(row) == "Participant('A1-1', …)"


def test_what_is_no_order_is_refused_and_so_is_one_that_comes_twice() -> None:
    order = paid().order
    for orders, refunds in (([1], ()), (None, ()), ([order, order], ()), ([order], [order]), ([order], "x")):
        with pytest.raises(InvalidValueError, match=r"orders|refunds"):
            participants(orders, refunds)  # type: ignore[arg-type]


def test_a_deadline_that_has_passed_leaves_it_paid() -> None:
    """CM-19 once more: cancelled too late for any refund, it is still the price that was paid."""
    terms = Cancellation.limited(RefundStep(Deadline.of("7 days before start"), Rate.of("80 %")))
    desk = paid(cancellation=terms, providers=(card(),))
    desk.at = BEGINS - timedelta(days=1)
    desk.do(cancelled, by=BUYER)
    (row,) = rows(desk)
    assert (row.payment, row.state) == (PaymentStatus.PAID, RegistrationState.CANCELLED)
