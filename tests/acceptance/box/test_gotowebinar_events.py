"""What GoToWebinar's page promises about events: how many may come, at which price, who runs them, which kinds."""

from datetime import timedelta
from typing import Any

import pytest
from acceptance.box.seminars import (
    BEGINS,
    HELPER,
    POLICY,
    balances,
    buy,
    choose,
    code,
    dollars,
    in_books,
    letter,
    letters,
    link,
    on_sale,
    plain,
    register,
    seminar,
    standard,
    states,
    taken,
    weekly,
)
from attrs import evolve
from box_office.offices import BUYER, ORGANIZER, Office, person

from paidevents.access import Purpose
from paidevents.box_office import flows
from paidevents.box_office.asks import Recipe
from paidevents.catalog import Actor, Attendance, Event, EventKind, Role
from paidevents.errors import NotAllowedError, PriceChangedError, RefusedError, SaleClosedError, SoldOutError
from paidevents.lifecycle import EventState, OrderState, RegistrationState
from paidevents.ports import MessageKind
from paidevents.presets import gotowebinar

K, R = MessageKind, RegistrationState

FEW = gotowebinar(attendance_limit=10).policy


def few(**changed: object) -> Event:
    """Ten can be present, so a hundred may register."""
    return seminar(**{"policy": FEW, "capacity": FEW.max_capacity, **changed})


def test_ten_times_as_many_register_as_can_be_present_and_no_more(office: Office) -> None:
    """GT-07: 10 can be present, 100 register and pay, nobody stops them at 10; the next is refused, and 101 cannot be offered."""
    with pytest.raises(RefusedError) as refused:
        office.publish(few(capacity=101))
    assert [reason.code for reason in refused.value.reasons] == ["too_many_offered"]
    on_sale(office, few())
    sold = [buy(office, count) for count in (9, 1, 40, 50)]
    assert [len(one.order.active) for one in sold] == [9, 1, 40, 50]
    assert in_books(office.world.card) == ["paid 900.00", "paid 100.00", "paid 4000.00", "paid 5000.00"]
    with pytest.raises(SoldOutError) as gone:
        register(office)
    assert (gone.value.wanted, gone.value.left, taken(office)) == (1, 0, 100)


def test_the_organizer_is_warned_once_when_the_attendance_limit_is_near_and_once_when_it_is_reached(
    office: Office,
) -> None:
    """GT-07: "surveillez votre liste d'inscrits": of 10, at 8 and at 10; never again, also after places came back."""
    on_sale(office, few())
    warned, orders = [], []
    for count in (7, 1, 1, 1, 5):
        orders.append(register(office, count).id)
        warned.append(len(letters(office, K.CAPACITY_WARNING)))
    assert warned == [0, 1, 1, 2, 2]
    office.run(flows.cancel(orders[-1], by=BUYER))
    register(office, 20)
    near, reached = letters(office, K.CAPACITY_WARNING)
    assert near.account == reached.account == "42"
    assert near.subject == "Many registrations: A seminar"
    assert "For “A seminar”, 8 have registered; the limit is 10." in near.body
    assert "10 have registered; the limit is 10." in reached.body
    assert "This does not stop registrations. You can end the sale, or make room for more." in reached.body


def test_sales_are_stopped_by_hand_and_reopened(office: Office) -> None:
    """GT-07: at once, also for who was shown a price; who holds a place still pays for it."""
    on_sale(office)
    held, shown = register(office), office.run(flows.quote("seminar", {"standard": 1}))
    office.run(flows.stop_sales("seminar", by=helper_of(office)))
    with pytest.raises(SaleClosedError):
        register(office, shown=shown)
    assert states(office.pay(held.id)) == [R.CONFIRMED]
    office.run(flows.reopen_sales("seminar", by=ORGANIZER))
    assert states(buy(office, shown=shown)) == [R.CONFIRMED]
    with pytest.raises(RefusedError, match="Sales are not stopped"):
        office.run(flows.reopen_sales("seminar", by=ORGANIZER))


def helper_of(office: Office) -> Actor:
    """A co-organizer of the webinar."""
    office.run(flows.appoint("seminar", HELPER, by=ORGANIZER))
    return HELPER


def test_who_holds_or_bought_a_place_keeps_the_price_that_was_agreed(office: Office) -> None:
    """GT-08: from 100.00 to 120.00: Ana paid 100.00, Bo holds at 100.00 and pays that; the next pays 120.00."""
    on_sale(office)
    paid, held = buy(office), register(office, buyer=person("Bo"))
    office.run(flows.declare(seminar(tickets=[standard("120.00")]), by=ORGANIZER))
    office.pay(held.id)
    assert buy(office).received == dollars("120.00")
    assert in_books(office.world.card) == ["paid 100.00", "paid 100.00", "paid 120.00"]
    assert office.dossier(paid.id).order.due == dollars("100.00")
    assert balances(office) == {"provider": "320.00", "organizer": "-320.00"}


@pytest.mark.parametrize("price", ["120.00", "80.00"])
def test_who_was_shown_the_price_before_is_shown_the_new_one_first(office: Office, price: str) -> None:
    """GT-08: neither dearer nor cheaper in silence; the refusal carries the new price, and with that it is had."""
    on_sale(office)
    shown = office.run(flows.quote("seminar", {"standard": 2}))
    office.run(flows.declare(seminar(tickets=[standard(price)]), by=ORGANIZER))
    with pytest.raises(PriceChangedError) as refused:
        register(office, 2, shown=shown)
    assert (shown.charged, taken(office)) == (dollars("200.00"), 0)
    fresh = refused.value.quote
    assert fresh.charged == dollars(price) + dollars(price)
    assert register(office, 2, shown=fresh).due == fresh.charged


@pytest.mark.parametrize("role", [Role.CO_ORGANIZER, Role.SPEAKER])
def test_co_organizers_and_speakers_attend_without_paying(office: Office, role: Role) -> None:
    """GT-12: also where nothing is left; they get a link as everybody does, and take no place from those on sale."""
    on_sale(office, capacity=1)
    buy(office)
    place = office.run(flows.invite("seminar", person("Dai"), role, by=ORGANIZER))
    assert (place.state, place.due, taken(office)) == (OrderState.PAID, dollars("0"), 1)
    told = letter(office, K.CONFIRMATION, "Dai")
    assert "Price: free of charge" in told.body
    office.world.clock.set(BEGINS)
    assert office.run(flows.join("seminar", *link(told, Purpose.JOIN), device="laptop")).has_attended()
    assert balances(office, place.id) == {}


def test_a_co_organizer_sees_and_changes_everything_about_payment(office: Office) -> None:
    """GT-13: "codes promotionnels compris": prices, codes, payment on and off, refunds, debts, the ledger."""
    on_sale(office)
    sold = buy(office)
    run, us = office.run, helper_of(office)
    changed = seminar(tickets=[standard("90.00")], promotions=[code("TEAM", "45.00")])
    run(flows.declare(changed, by=us))
    assert register(office, 1, "TEAM").due == dollars("45.00")
    run(flows.switch_payment("seminar", on=False, by=us))
    run(flows.switch_payment("seminar", on=True, by=us))
    run(flows.refund(sold.id, dollars("30.00"), by=us))
    assert in_books(office.world.card) == ["paid 100.00 -30.00"]
    assert [one.name for one in run(flows.participants("seminar", by=us)).rows if one.order == sold.id] == ["Ana"]
    assert run(flows.owed("seminar", by=us)).rows == ()
    assert run(flows.book("seminar", order=sold.id, by=us)).entries
    assert run(flows.dossier(sold.id, by=us)).received == dollars("70.00")


def test_who_is_no_co_organizer_of_it_sees_and_changes_nothing(office: Office) -> None:
    """GT-13: another's co-organizer, and this one's once dismissed."""
    on_sale(office)
    sold = buy(office)
    helper_of(office)
    office.run(flows.dismiss("seminar", HELPER, by=ORGANIZER))
    for who in (HELPER, Actor(Role.CO_ORGANIZER, "9"), Actor(Role.SPEAKER, "9"), Actor(Role.ATTENDEE, "9")):
        attempts: list[Recipe[Any]] = [
            flows.declare(seminar(tickets=[standard("1.00")]), by=who),
            flows.declare(seminar(promotions=[code("MINE", "0.00")]), by=who),
            flows.switch_payment("seminar", on=False, by=who),
            flows.refund(sold.id, by=who),
            flows.dossier(sold.id, by=who),
            flows.participants("seminar", by=who),
            flows.owed("seminar", by=who),
            flows.book("seminar", by=who),
        ]
        for attempt in attempts:
            with pytest.raises(NotAllowedError):
                office.run(attempt)
    assert office.run(flows.listing("seminar")).event == seminar()


@pytest.mark.parametrize("kind", [EventKind.LIVE, EventKind.RECORDED, EventKind.WEBCAST])
def test_live_recorded_and_webcast_events_are_paid_if_the_plan_has_them(office: Office, kind: EventKind) -> None:
    """GT-14: "en direct, enregistrés et Webcast en fonction de votre niveau d'abonnement"."""
    on_sale(office, kind=kind)
    buy(office)
    told = letter(office, K.CONFIRMATION, "Ana")
    office.world.clock.set(BEGINS)
    assert office.run(flows.join("seminar", *link(told, Purpose.JOIN), device="laptop")).has_attended()
    smaller = evolve(POLICY, kinds=tuple(one for one in POLICY.kinds if one is not kind))
    with pytest.raises(RefusedError) as refused:
        office.publish(seminar(id="other", kind=kind, policy=smaller))
    assert [reason.code for reason in refused.value.reasons] == ["kind_not_allowed"]


def test_a_series_is_registered_for_as_a_whole(office: Office) -> None:
    """GT-16: "Toutes": 100.00 for all four weeks, one link for each of them, and one letter with four dates."""
    on_sale(office, sessions=weekly(4))
    assert buy(office).received == dollars("100.00")
    told = letter(office, K.CONFIRMATION)
    assert plain(told.body).count("When: ") == 4
    for week in range(4):
        office.world.clock.set(BEGINS + timedelta(weeks=week))
        seen = office.run(flows.join("seminar", *link(told, Purpose.JOIN), device="laptop"))
        assert seen.has_attended(f"w{week + 1}")


def test_sessions_of_a_series_are_chosen_and_paid_each(office: Office) -> None:
    """GT-16: "Individuelle": two of three at 100.00 are 200.00, a place in each; the link opens these and no other."""
    on_sale(office, sessions=weekly(3), attendance=Attendance.CHOSEN_SESSIONS)
    order = choose(office, "w1", "w3")
    assert order.due == dollars("200.00")
    assert [taken(office, f"session/{week}") for week in ("w1", "w2", "w3")] == [1, 0, 1]
    office.pay(order.id)
    told = letter(office, K.CONFIRMATION)
    assert plain(told.body).count("When: ") == 2
    office.world.clock.set(BEGINS + timedelta(weeks=1))
    with pytest.raises(NotAllowedError):
        office.run(flows.join("seminar", *link(told, Purpose.JOIN), device="laptop"))
    with pytest.raises(NotAllowedError, match="The place is not for this session"):
        office.run(flows.join("seminar", *link(told, Purpose.JOIN), device="laptop", session="w2"))
    office.world.clock.set(BEGINS + timedelta(weeks=2))
    assert office.run(flows.join("seminar", *link(told, Purpose.JOIN), device="laptop")).has_attended("w3")


def test_one_of_the_chosen_sessions_fills_up_by_itself(office: Office) -> None:
    """GT-16: the second week has one place; the others have room."""
    weeks = weekly(3)
    weeks[1] = evolve(weeks[1], capacity=1)
    on_sale(office, sessions=weeks, attendance=Attendance.CHOSEN_SESSIONS)
    choose(office, "w2")
    with pytest.raises(SoldOutError):
        choose(office, "w1", "w2", name="Bo")
    assert choose(office, "w1", "w3", name="Bo").due == dollars("200.00")


def test_a_video_on_demand_is_paid_and_watched_whenever_it_suits(office: Office) -> None:
    """GT-21: it has neither date nor end of sale; three years later it is bought and seen."""
    on_sale(office, kind=EventKind.ON_DEMAND)
    office.world.clock.advance(days=1095)
    assert buy(office).received == dollars("100.00")
    told = letter(office, K.CONFIRMATION)
    assert "Watch it here, whenever you like:" in told.body and "When:" not in told.body
    office.world.clock.advance(days=400)
    assert office.run(flows.join("seminar", *link(told, Purpose.JOIN), device="laptop")).has_attended()
    assert office.run(flows.listing("seminar")).state is EventState.SCHEDULED
