"""What both pages promise about places: who gets in, who is told, what is given back. One test a rule."""

from datetime import timedelta

import pytest
from attrs import evolve
from registration.desk import BUYER, ORGANIZER, Desk, attendee
from worked.shop import AT, BEGINS, euros, shop, ticket

from paidevents import IllegalTransitionError, Rate, RefusedError
from paidevents.catalog import (
    Approval,
    Cancellation,
    Charging,
    EventKind,
    EventSession,
    Listing,
    Policy,
    Refunding,
    Role,
)
from paidevents.lifecycle import EventEffect, OrderState, RegistrationState
from paidevents.presets import clickmeeting, gotowebinar
from paidevents.pricing import Plan
from paidevents.registration import approved, called_off, cancelled, invite, refused, requoted, resent
from paidevents.timing import Span

CLICKMEETING, GOTOWEBINAR = clickmeeting(plan_size=50).policy, gotowebinar(attendance_limit=100).policy
R = RegistrationState


def desk(policy: Policy, **changed: object) -> Desk:
    return Desk(shop(ticket(), policy=policy, **changed))


def test_cm_15_a_permanent_event_is_one_place_for_all_its_sessions() -> None:
    """CM-15: the participant pays once, and attends a series with one access."""
    weeks = [EventSession(id=f"s{n}", starts_at=AT + timedelta(weeks=n), duration=Span(minutes=60)) for n in (1, 2, 3)]
    one = desk(CLICKMEETING, kind=EventKind.PERMANENT, sessions=weeks)
    one.reserve(1)
    one.pay()
    assert (one.received, one.states) == (euros("20.00"), [R.CONFIRMED])


def test_cm_16_a_confirmation_follows_the_payment_and_can_be_sent_again() -> None:
    """CM-16: after payment; the organizer can resend it."""
    one = desk(CLICKMEETING)
    one.reserve(1)
    assert "send_confirmation" not in " ".join(one.meant())
    one.pay()
    assert "A1-1 send_confirmation" in one.meant()
    one.done(resent(one.order, "A1-1", at=one.at, by=ORGANIZER))
    assert one.meant() == ["A1-1 send_confirmation"]


def test_cm_17_the_price_is_locked_once_the_event_is_scheduled() -> None:
    """CM-17: changing it means deleting the event and scheduling it again."""
    draft = Listing(event=desk(CLICKMEETING).plan.event, organizer="42")
    dearer = evolve(draft.event, tickets=(ticket("21.00"),))
    assert draft.declared(dearer).event.tickets[0].price == euros("21.00")
    scheduled = draft.scheduled(at=AT, by=ORGANIZER, is_sound=True)[1]
    with pytest.raises(RefusedError):
        scheduled.declared(dearer)


def test_cm_18_the_date_may_be_changed_and_everybody_is_told() -> None:
    """CM-18: "les participants en sont immédiatement informés"."""
    listing = Listing(event=desk(CLICKMEETING).plan.event, organizer="42").scheduled(
        at=AT, by=ORGANIZER, is_sound=True
    )[1]
    row, moved = listing.rescheduled(evolve(listing.event, starts_at=BEGINS + timedelta(days=1)), at=AT, by=ORGANIZER)
    assert row.then == (EventEffect.TELL_NEW_DATE,)
    assert moved.event.window.starts_at == BEGINS + timedelta(days=1)


def test_cm_20_each_participant_is_confirmed_or_refused_by_hand_whatever_was_paid() -> None:
    """CM-20: confirming an unpaid one waives the debt, and it is recorded who did it."""
    one = desk(CLICKMEETING)
    one.reserve(3)
    assert one.do(approved, ["A1-1"], received=one.received).forgiven == euros("20.00")
    one.do(refused, ["A1-2"])
    one.pay()
    one.do(refused, ["A1-3"])
    assert one.states == [R.CONFIRMED, R.REFUSED, R.REFUSED]
    assert {move.by for entry in one.order.registrations for move in entry.history} == {
        "organizer:42",
        "platform:system",
    }
    assert one.received == euros("0.00"), "who was refused has everything back"


def test_cm_21_an_event_that_is_cancelled_tells_everybody_and_what_was_paid_is_owed() -> None:
    """CM-21: notified; the refund is not automatic, it is owed until the organizer makes it."""
    one = desk(CLICKMEETING)
    one.reserve(2)
    one.pay()
    outcome = one.do(called_off)
    assert [meant for meant in one.meant() if "tell" in meant] == ["A1-1 tell_cancelled", "A1-2 tell_cancelled"]
    assert sum((given.refund.amount for given in outcome.given), euros("0.00")) == euros("40.00")
    assert one.plan.event.policy.refunds is Refunding.OWED


def test_gt_06_who_holds_an_unpaid_place_when_the_account_is_gone_has_it_for_nothing() -> None:
    """GT-06: running paid events turn free; who has paid stays paid."""
    held, settled = desk(GOTOWEBINAR), desk(GOTOWEBINAR)
    for one in (held, settled):
        one.reserve(1)
    settled.pay()
    free = Plan(evolve(held.plan.event, charging=Charging.DISCONNECTED))
    held.plan = settled.plan = free
    held.do(requoted, held.quote(1))
    assert (held.state, held.received, settled.received) == (OrderState.PAID, euros("0.00"), euros("20.00"))


def test_gt_12_co_organizers_and_speakers_attend_without_paying() -> None:
    """GT-12: also where everything is sold out."""
    for role in (Role.CO_ORGANIZER, Role.SPEAKER):
        one = desk(GOTOWEBINAR, capacity=0)
        one.done(invite(one.plan, id="S1", attendee=attendee("Dai"), role=role, at=AT, by=ORGANIZER))
        assert (one.states, one.order.due) == ([R.CONFIRMED], euros("0.00"))


@pytest.mark.parametrize(
    ("approval", "after"), [(Approval.AUTOMATIC, R.CONFIRMED), (Approval.MANUAL, R.AWAITING_APPROVAL)]
)
def test_gt_22_confirmed_right_after_the_payment_or_first_awaiting_approval(approval: Approval, after: R) -> None:
    """GT-22: by hand, the registrant has paid, and waits for the organizer."""
    one = desk(evolve(GOTOWEBINAR, approval=approval))
    one.reserve(1)
    one.pay()
    assert (one.states, one.state) == ([after], OrderState.PAID)
    if after is R.AWAITING_APPROVAL:
        assert one.meant()[-1] == "A1-1 tell_awaiting"
        one.do(approved, received=one.received)
    assert one.states == [R.CONFIRMED]


def test_gt_24_the_confirmation_is_sent_again_to_one_registrant() -> None:
    """GT-24."""
    one = desk(GOTOWEBINAR)
    one.reserve(2)
    one.pay()
    one.done(resent(one.order, "A1-2", at=one.at, by=ORGANIZER))
    assert one.meant() == ["A1-2 send_confirmation"]


def test_gt_27_who_has_a_place_can_cancel_it_until_the_event_begins() -> None:
    """GT-27: the link to cancel cannot be removed."""
    one = desk(GOTOWEBINAR)
    one.reserve(1)
    one.pay()
    one.at = BEGINS - timedelta(seconds=1)
    one.do(cancelled, by=BUYER)
    assert one.states == [R.CANCELLED]
    late = desk(GOTOWEBINAR)
    late.reserve(1)
    late.pay()
    late.at = BEGINS
    with pytest.raises(IllegalTransitionError):
        late.do(cancelled, by=BUYER)


@pytest.mark.parametrize(("share", "kept"), [(None, "20.00"), ("50 %", "10.00"), ("100 %", "0.00")])
def test_gt_28_when_a_registration_is_cancelled_refunding_is_the_organizers_choice(
    share: str | None, kept: str
) -> None:
    """GT-28: full, limited, or none. Nothing was promised; of 20.00 half is 10.00."""
    one = desk(GOTOWEBINAR, cancellation=Cancellation.none())
    one.reserve(1)
    one.pay()
    one.do(cancelled, share=None if share is None else Rate.of(share))
    assert one.received == euros(kept)
