"""What cannot be: people, registrations, orders and outcomes that make no sense; and what late orders give back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest
from attrs import evolve
from registration.desk import BUYER, ORGANIZER, Desk, person
from worked.shop import AT, code, euros, off, percent, shop, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import Cancellation, Limit, LimitOf, LimitPer, Promotion, RefundStep, Restore, Role, Tier
from paidevents.errors import CurrencyMismatchError
from paidevents.lifecycle import OrderEffect, OrderState, RegistrationEffect
from paidevents.pricing import RefundDue
from paidevents.registration import (
    Answer,
    Attendee,
    Hold,
    Meant,
    Order,
    Person,
    Registration,
    Repriced,
    cancelled,
    expired,
    paid,
    refund_preview,
)


def refused(make: Any, **changed: Any) -> tuple[str, str]:
    with pytest.raises(InvalidValueError) as wrong:
        make(**changed)
    return wrong.value.field, wrong.value.reason.code


def test_a_person_has_a_name_and_an_address() -> None:
    assert refused(Person, name="", email="ana@example.com") == ("name", "empty")
    assert refused(Person, name="Ana", email="ana@example.com\nBcc: eve@example.com") == ("email", "bad_email")
    assert refused(Person, name="Ana\r\nERROR", email="ana@example.com") == ("name", "forbidden_characters")
    assert Person(name="Ana", email=" Ana@Example.com ").email == "Ana@Example.com"


def test_two_spellings_of_an_address_are_one_person() -> None:
    assert person("ANA").mark == person("ana").mark != person("bo").mark


def test_a_question_is_answered_once() -> None:
    twice = (Answer("level", "low"), Answer("level", "high"))
    assert refused(Attendee, person=person(), answers=twice) == ("answers[1]", "answered_twice")
    assert repr(twice[0]) == "Answer('level', …)"


def test_a_place_is_somebodys_once_and_paid_only_for_attendees() -> None:
    assert refused(Registration, id="r", attendee=None, units=(0, 0)) == ("units", "place_twice")
    assert refused(Registration, id="r", attendee=None, units=(0,), role=Role.SPEAKER) == ("role", "paid_by_role")


def test_what_it_means_is_of_a_table() -> None:
    assert refused(Meant, effect="give_back") == ("effect", "wrong_type")
    desk = Desk()
    desk.reserve(2)
    outcome = desk.pay()
    assert outcome.means(RegistrationEffect.ISSUE_PASS) == ("A1-1", "A1-2")
    assert outcome.means(OrderEffect.SETTLE_REGISTRATIONS) == ("",)


def test_a_hold_is_over_at_its_end() -> None:
    hold = Hold(starts_at=AT, until=AT + timedelta(minutes=1), latest=AT + timedelta(minutes=1))
    assert not hold.is_over(AT + timedelta(seconds=59)) and hold.is_over(AT + timedelta(minutes=1))


def clawed() -> Order:
    """Six for 90.00, five given back, one at 20.00: its second quote prices a place of the first anew."""
    group = Promotion(id="group", effect=percent("25 %"), automatic=True, least_units=6)
    terms = Cancellation(steps=(RefundStep(None, Rate(1, 1)),), clawback=True)
    desk = Desk(shop(ticket(), promotions=(group,), cancellation=terms))
    desk.reserve(6)
    desk.pay()
    desk.do(cancelled, [f"A1-{n}" for n in range(1, 6)], by=BUYER)
    return desk.order


def test_a_quote_that_prices_places_anew_says_which() -> None:
    order = clawed()
    assert order.repriced == (Repriced(quote=1, of=0, units=(5,)),)
    assert order.taken_units(0, order.active) == (5,)
    for wrong in (
        Repriced(quote=1, of=1, units=(5,)),
        Repriced(quote=2, of=0, units=(5,)),
        Repriced(quote=1, of=0, units=(4, 5)),
    ):
        with pytest.raises(InvalidValueError, match=r"repriced\[0\]"):
            evolve(order, repriced=(wrong,))
    with pytest.raises(InvalidValueError, match=r"repriced\[0\].units"):
        evolve(order, repriced=(Repriced(quote=1, of=0, units=(6,)),))


def test_the_attendees_of_an_order_are_registrations() -> None:
    order = clawed()
    for odd in (None, [None], 7):
        with pytest.raises(InvalidValueError, match="registrations"):
            order.charge(odd)  # type: ignore[arg-type]


@pytest.mark.parametrize("whole", [True, False])
def test_a_late_order_gives_back_only_what_it_took_late(whole: bool) -> None:
    """Tier and code went back when the hold ran out; others may have them by now."""
    five = code(
        "five", off("5.00"), limits=(Limit(LimitOf.ORDERS, 9, LimitPer.PROMOTION),), restore=Restore.ON_ANY_REFUND
    )
    early = Tier(id="early", price=euros("15.00"), quantity=2)
    desk = Desk(shop(ticket(tiers=(early,)), promotions=(five,), cancellation=Cancellation.full()))
    desk.reserve(2, "five")
    desk.at += timedelta(hours=1)
    desk.do(expired)
    desk.pay("20.00")
    assert +desk.taken == {"event": 2, "ticket/standard": 2}
    outcome = desk.do(cancelled, None if whole else ["A1-1"], by=ORGANIZER)
    left = {} if whole else {"event": 1, "ticket/standard": 1}
    assert (+desk.taken, {take.counter for take in outcome.gives}) == (left, {"event", "ticket/standard"})
    assert (desk.state is OrderState.CANCELLED) is whole


def test_what_was_given_back_is_of_a_quote_of_the_order() -> None:
    order = clawed()
    given = order.given[0]
    with pytest.raises(InvalidValueError, match=r"given\[0\].quote"):
        evolve(order, given=(evolve(given, quote=2),))
    nothing = Money.zero("USD")
    dollars = evolve(given, refund=RefundDue(units=(), order_fee=nothing, amount=nothing, tax=nothing, fee=nothing))
    with pytest.raises(CurrencyMismatchError):
        evolve(order, given=(dollars,))


def test_every_argument_is_looked_at() -> None:
    desk = Desk()
    desk.reserve(1)
    order, plan, anything = desk.order, desk.plan, cast(Any, "anything")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: expired(order, anything, at=AT),
        lambda: cancelled(order, anything, at=AT, by=BUYER),
        lambda: refund_preview(order, anything, at=AT),
        lambda: paid(order, plan, received=anything, at=AT),
        lambda: paid(order, plan, received=euros("20.00"), at=AT, has_room=anything),
        lambda: paid(order, plan, received=euros("20.00"), at=AT, by=anything),
        lambda: desk.reserve(1, by=anything),
    )
    for ask in attempts:
        with pytest.raises(InvalidValueError):
            ask()
    assert desk.order is order
