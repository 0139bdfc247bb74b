"""How places are given up, and what comes back: amounts that a pocket calculator can check."""

from datetime import timedelta

import pytest
from attrs import evolve
from registration.desk import BUYER, ORGANIZER, Desk
from worked.shop import AT, BEGINS, code, euros, off, percent, shop, taxes, ticket

from paidevents import IllegalTransitionError, InvalidValueError, Rate
from paidevents.catalog import (
    Approval,
    Cancellation,
    Event,
    Fee,
    FeeTaker,
    Limit,
    LimitOf,
    LimitPer,
    Policy,
    Promotion,
    RefundStep,
    Restore,
)
from paidevents.catalog.cancellation import Cause
from paidevents.errors import RefundRefusedError
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.registration import RegistrationState as R
from paidevents.pricing import Plan
from paidevents.registration import (
    approved,
    called_off,
    cancelled,
    changed,
    erased,
    given_back,
    payment_lost,
    refund_preview,
    refused,
    resent,
    taken_without,
)
from paidevents.timing import Deadline

CURVE = Cancellation.limited(
    RefundStep(Deadline.of("7 days before start"), Rate.of("80 %")),
    RefundStep(Deadline.of("24 h before start"), Rate.of("50 %")),
)


def sold(places: int, event: Event | None = None, *codes: str) -> Desk:
    desk = Desk(event or shop(ticket(), cancellation=CURVE))
    desk.reserve(places, *codes)
    desk.pay()
    return desk


@pytest.mark.parametrize(("days", "back", "kept"), [(30, "16.00", "4.00"), (3, "10.00", "10.00"), (0, "0.00", "20.00")])
def test_who_cancels_gets_what_was_promised_for_that_moment(days: int, back: str, kept: str) -> None:
    """Of 20.00: 80 % are 16.00, 50 % are 10.00."""
    desk = sold(1)
    desk.at = BEGINS - timedelta(days=days, minutes=1)
    preview = refund_preview(desk.order, desk.plan, at=desk.at)
    outcome = desk.do(cancelled, by=BUYER)
    assert [str(due.refund.amount.decimal) for due in preview] == [back]
    assert sum((given.refund.amount for given in outcome.given), euros("0.00")) == euros(back)
    assert (desk.state, desk.states, desk.received, +desk.taken) == (
        OrderState.CANCELLED,
        [R.CANCELLED],
        euros(kept),
        {},
    )
    assert "A1-1 revoke_pass" in desk.meant()


def test_nobody_cancels_once_it_has_begun_but_the_organizer_may() -> None:
    desk = sold(1)
    desk.at = BEGINS
    with pytest.raises(IllegalTransitionError) as late:
        desk.do(cancelled, by=BUYER)
    assert [reason.code for reason in late.value.refused_by] == ["is_in_time"]
    desk.do(called_off)
    assert desk.received == euros("0.00")


def test_one_of_three_leaves_and_the_others_stay() -> None:
    """Three of 20.00 are 60.00; 80 % of one are 16.00, so 44.00 stay."""
    desk = sold(3)
    desk.do(cancelled, ["A1-2"], by=BUYER)
    assert (desk.state, desk.states, desk.received) == (
        OrderState.PAID,
        [R.CONFIRMED, R.CANCELLED, R.CONFIRMED],
        euros("44.00"),
    )
    assert desk.taken == {"event": 2, "ticket/standard": 2}
    with pytest.raises(IllegalTransitionError):
        desk.do(cancelled, ["A1-1", "A1-2"], by=BUYER)
    assert desk.states[0] is R.CONFIRMED, "all leave, or none"


def test_whom_the_organizer_refuses_gets_everything_back_with_the_fee_that_was_passed_on() -> None:
    """CM-20. Two of 20.00 and 5 % of each, 1.00: 42.00. One is refused: 21.00 go back."""
    fee = Fee(id="service", name="Service", taker=FeeTaker.PLATFORM, rate=Rate.of("5 %"), buyer_share=Rate(1, 1))
    desk = sold(2, shop(ticket(), fees=(fee,)))
    assert desk.received == euros("42.00")
    desk.do(refused, ["A1-1"])
    assert (desk.received, desk.states) == (euros("21.00"), [R.REFUSED, R.CONFIRMED])


def test_whom_the_organizer_let_off_is_given_nothing_back() -> None:
    desk = Desk(shop(ticket(), cancellation=Cancellation.full()))
    desk.reserve(1)
    desk.do(approved, received=desk.received)
    assert desk.do(called_off).given == ()
    assert (desk.state, desk.received) == (OrderState.CANCELLED, euros("0.00"))


def test_before_it_is_paid_a_place_is_given_up_for_nothing() -> None:
    desk = Desk()
    desk.reserve(3)
    desk.do(refused, ["A1-3"])
    assert (desk.state, desk.order.due, desk.taken["event"]) == (OrderState.HELD, euros("40.00"), 2)
    desk.do(cancelled, by=BUYER)
    assert (desk.state, desk.meant()[-1]) == (OrderState.CANCELLED, "void_payments")


def test_when_only_those_are_left_who_were_let_off_the_order_is_settled() -> None:
    desk = Desk()
    desk.reserve(2)
    desk.do(approved, ["A1-1"], received=desk.received)
    desk.do(refused, ["A1-2"])
    assert (desk.state, desk.states, desk.order.due) == (OrderState.PAID, [R.CONFIRMED, R.REFUSED], euros("0.00"))


def test_a_place_that_waits_for_approval_can_be_refused_in_full() -> None:
    """GT-22: paid first, then awaiting."""
    desk = Desk(shop(ticket(), policy=Policy(approval=Approval.MANUAL)))
    desk.reserve(2)
    desk.pay()
    desk.do(approved, ["A1-1"], received=desk.received)
    desk.do(refused, ["A1-2"])
    assert (desk.states, desk.received) == ([R.CONFIRMED, R.REFUSED], euros("20.00"))


def test_five_of_six_given_back_do_not_leave_one_at_the_price_of_a_group() -> None:
    """
    Six of 20.00 at 25 % off are 90.00. Alone, one is 20.00: 90.00 - 20.00 = 70.00 go back.
    Then the last: all that is left, 20.00.
    """
    group = Promotion(id="group", effect=percent("25 %"), automatic=True, least_units=6)
    terms = Cancellation(steps=(RefundStep(None, Rate(1, 1)),), clawback=True)
    desk = sold(6, shop(ticket(), promotions=(group,), cancellation=terms))
    assert desk.received == euros("90.00")
    desk.do(cancelled, [f"A1-{n}" for n in range(1, 6)], by=BUYER)
    assert desk.received == euros("20.00")
    assert (desk.order.registration("A1-6").quote, desk.order.registration("A1-6").units) == (1, (0,))
    desk.do(cancelled, by=BUYER)
    assert (desk.received, +desk.taken) == (euros("0.00"), {})


def test_the_organizer_never_claws_back() -> None:
    """90.00 for six at 15.00; five called off: 75.00."""
    group = Promotion(id="group", effect=percent("25 %"), automatic=True, least_units=6)
    terms = Cancellation(steps=(RefundStep(None, Rate(1, 1)),), clawback=True)
    desk = sold(6, shop(ticket(), promotions=(group,), cancellation=terms))
    desk.do(called_off, [f"A1-{n}" for n in range(1, 6)])
    assert desk.received == euros("15.00")


def test_what_was_promised_when_it_was_bought_is_kept_and_only_bettered() -> None:
    desk = sold(2)
    desk.plan = Plan(evolve(desk.plan.event, cancellation=Cancellation.none()))
    desk.do(cancelled, ["A1-1"], by=BUYER)
    assert desk.received == euros("24.00"), "80 % of 20.00, as it was bought"
    desk.plan = Plan(evolve(desk.plan.event, cancellation=Cancellation.full()))
    desk.do(cancelled, ["A1-2"], by=BUYER)
    assert desk.received == euros("4.00"), "all of the second"


@pytest.mark.parametrize(("share", "kept"), [("100 %", "0.00"), ("90 %", "2.00"), ("10 %", "4.00")])
def test_the_organizer_may_give_more_than_was_promised(share: str, kept: str) -> None:
    """GT-28: full, limited, or what was promised, 80 %."""
    desk = sold(1)
    desk.do(cancelled, share=Rate.of(share))
    assert desk.received == euros(kept)


@pytest.mark.parametrize(
    ("restore", "after_one", "after_all"),
    [(Restore.NEVER, 2, 2), (Restore.ON_FULL_REFUND, 2, 0), (Restore.ON_ANY_REFUND, 1, 0)],
)
def test_uses_of_a_code_come_back_as_it_says(restore: Restore, after_one: int, after_all: int) -> None:
    limited = code("five", off("5.00"), limits=(Limit(LimitOf.UNITS, 10, LimitPer.PROMOTION),), restore=restore)
    desk = sold(2, shop(ticket(), promotions=(limited,), cancellation=Cancellation.full()), "five")
    uses = "promotion/five/units"
    assert desk.taken[uses] == 2
    desk.do(cancelled, ["A1-1"], by=BUYER)
    assert desk.taken[uses] == after_one
    desk.do(cancelled, ["A1-2"], by=BUYER)
    assert desk.taken[uses] == after_all


def test_goodwill_is_part_of_what_can_be_given_back() -> None:
    """20.00 with 20 % in it: 5.00 given, then all of the rest, 15.00, and nothing after that."""
    desk = sold(1, shop(ticket(), tax=taxes(("20 %", "standard"))))
    desk.done(given_back(desk.order, euros("5.00"), received=desk.received))
    assert (desk.received, desk.states) == (euros("15.00"), [R.CONFIRMED])
    with pytest.raises(RefundRefusedError):
        given_back(desk.order, euros("15.01"), received=desk.received)
    desk.do(refused)
    assert desk.received == euros("0.00")
    assert sum((given.refund.tax for given in desk.order.given), euros("0.00")) == euros("3.33"), "20.00 / 6"
    for nonsense in (1, -1):
        with pytest.raises(InvalidValueError, match="quote"):
            given_back(desk.order, euros("1.00"), received=desk.received, quote=nonsense)


def test_goodwill_is_never_more_than_came() -> None:
    desk = Desk()
    desk.reserve(1)
    with pytest.raises(RefundRefusedError):
        given_back(desk.order, euros("1.00"), received=desk.received)
    desk.pay()
    with pytest.raises(RefundRefusedError, match=r"At most 4\.00 EUR"):
        given_back(desk.order, euros("5.00"), received=euros("4.00"))


def test_goodwill_is_not_for_places_that_were_lost() -> None:
    """
    One of two at 20.00 was changed for 50.00, and the 30.00 besides were lost with it.

    What is given back is of the place that stays; of the other nothing is left.
    """
    desk = sold(2, shop(ticket(), ticket("50.00", id="vip")))
    taken = taken_without(desk.order, desk.plan, "A1-2", +desk.taken)
    desk.do(changed, "A1-2", desk.plan.quote({"vip": 1}, at=desk.at, taken=taken))
    desk.pay()
    desk.received = euros("40.00")
    desk.do(payment_lost, received=desk.received)
    assert [one.is_lost for one in desk.order.registrations] == [False, True]
    assert desk.order.origin(1, 0) == (1, 0)
    with pytest.raises(RefundRefusedError):
        given_back(desk.order, euros("1.00"), received=desk.received, quote=1)
    (given,) = given_back(desk.order, euros("5.00"), received=desk.received).given
    assert [(each.unit, str(each.amount)) for each in given.refund.units] == [(0, "5.00 EUR")]


def test_goodwill_is_not_for_places_that_pay_for_others() -> None:
    """Three of a group at 10.00 each; one goes, and what it paid is for the others' 40.00: nothing of it is left."""
    group = Promotion(id="group", effect=percent("50 %"), automatic=True, least_units=3)
    terms = Cancellation(steps=(RefundStep(None, Rate(1, 1)),), clawback=True)
    desk = sold(3, shop(ticket(), promotions=(group,), cancellation=terms))
    desk.do(cancelled, ["A1-3"], by=BUYER)
    assert (desk.received, len(desk.order.quotes)) == (euros("30.00"), 2)
    with pytest.raises(RefundRefusedError):
        given_back(desk.order, euros("1.00"), received=desk.received)
    desk.done(given_back(desk.order, euros("1.00"), received=desk.received, quote=1))
    assert desk.order.given[-1].quote == 1


def test_a_confirmation_is_sent_again_to_one() -> None:
    """CM-16, GT-24."""
    desk = sold(2)
    desk.done(resent(desk.order, "A1-2", at=desk.at, by=ORGANIZER))
    assert desk.meant() == ["A1-2 send_confirmation"]
    desk.do(cancelled, ["A1-2"], by=BUYER)
    with pytest.raises(IllegalTransitionError):
        resent(desk.order, "A1-2", at=desk.at, by=ORGANIZER)


def test_people_are_forgotten_and_the_books_are_not() -> None:
    """Hostile: people_and_text-009. Whoever was forgotten may have a place again."""
    desk = sold(2, shop(ticket(), policy=Policy(one_per_person=True), cancellation=CURVE))
    before = desk.order
    desk.done(erased(desk.order, desk.plan))
    assert desk.order.buyer is None and all(one.attendee is None for one in desk.order.registrations)
    assert (desk.order.due, desk.order.quotes, desk.order.history) == (before.due, before.quotes, before.history)
    assert +desk.taken == {"event": 2, "ticket/standard": 2}
    desk.do(cancelled, by=BUYER)
    assert desk.received == euros("8.00")


@pytest.mark.parametrize("ids", [[], ["A2-1"], ["A1-1", 7], "A1-1"])
def test_somebody_has_to_be_chosen(ids: object) -> None:
    desk = sold(1)
    with pytest.raises(InvalidValueError):
        cancelled(desk.order, desk.plan, ids, at=AT, by=BUYER)  # type: ignore[arg-type]


def test_a_preview_asks_whose_fault_it_is() -> None:
    desk = sold(1)
    (mine,), (theirs,) = (refund_preview(desk.order, desk.plan, at=AT, cause=cause) for cause in Cause)
    assert (str(mine.refund.amount), str(theirs.refund.amount)) == ("16.00 EUR", "20.00 EUR")
