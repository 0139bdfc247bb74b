"""
What is taken is given back, once; what was issued is revoked; nothing is settled, asked or paid back twice.

Each law follows one life along the rows of a table: every life of up to five
moves, and longer ones that are drawn. Take an effect off a row, or put one on
another, and a law fails.
"""

from collections.abc import Callable
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws.tables import TABLES, AnyRow, every_walk, walks_of
from machine import sample

from paidevents.lifecycle import (
    EventEffect,
    EventState,
    OrderEffect,
    OrderState,
    OrderTrigger,
    PaymentEffect,
    PaymentState,
    PaymentTrigger,
    RefundEffect,
    RefundState,
    RegistrationEffect,
    RegistrationState,
    RegistrationTrigger,
    WaitingEffect,
    WaitingState,
)

Rows = tuple[AnyRow, ...]
Law = Callable[[Rows], None]
LAWS: list[tuple[str, Law]] = []


def law_of(name: str) -> Callable[[Law], Law]:
    """A law that every life along this table keeps."""

    def enter(law: Law) -> Law:
        LAWS.append((name, law))
        return law

    return enter


def balance(row: AnyRow, taken: Enum, given_back: Enum) -> int:
    """What a row adds to what is out: one for each effect that takes, less one for each that gives back."""
    return row.then.count(taken) - row.then.count(given_back)


@law_of("sample")
def a_walk_gives_back_what_it_took_and_no_more(rows: Rows) -> None:
    taken = 1
    for row in rows:
        taken += balance(row, sample.Effect.RETAKE, sample.Effect.GIVE_BACK)
        assert taken == (row.target in {sample.State.HELD, sample.State.PAID}), row


@law_of("registration")
def a_place_is_given_back_once_by_whoever_leaves_and_by_nobody_else(rows: Rows) -> None:
    """What lapsed and is settled after all was taken again by its order (`RETAKE_PLACES`)."""
    has_place = {RegistrationState.RESERVED, RegistrationState.AWAITING_APPROVAL, RegistrationState.CONFIRMED}
    taken = 1
    for row in rows:
        taken += row.source is RegistrationState.LAPSED
        taken -= row.then.count(RegistrationEffect.GIVE_BACK)
        assert taken == (row.target in has_place), row


@law_of("registration")
def a_pass_is_valid_while_its_registration_is_confirmed(rows: Rows) -> None:
    """Never are two issued, and only what was issued is renewed or revoked."""
    valid = 0
    for row in rows:
        if RegistrationEffect.RENEW_PASS in row.then:
            assert valid == 1, row
        valid += balance(row, RegistrationEffect.ISSUE_PASS, RegistrationEffect.REVOKE_PASS)
        assert valid == (row.target is RegistrationState.CONFIRMED), row


@law_of("registration")
def a_refund_is_due_once_and_only_after_money_was_set_aside_taken_or_waived(rows: Rows) -> None:
    """
    Of a place that was only set aside for, or confirmed with its debt waived, it comes to what was paid: perhaps nothing.

    A payment that was lost is not given back as well.
    """
    paid, due = False, 0
    for row in rows:
        paid |= row.trigger in {RegistrationTrigger.AUTHORIZE, RegistrationTrigger.SETTLE, RegistrationTrigger.APPROVE}
        due += row.then.count(RegistrationEffect.REFUND_IN_FULL) + row.then.count(RegistrationEffect.REFUND_BY_POLICY)
        gone = row.target in {RegistrationState.REFUSED, RegistrationState.CANCELLED}
        lost = row.trigger is RegistrationTrigger.LOSE_PAYMENT
        assert due == (paid and gone and not lost), row


@law_of("order")
def an_order_lets_go_of_its_places_when_it_expires_and_takes_them_again_to_be_paid(rows: Rows) -> None:
    """Of an order that stays, only those places lapse that were not confirmed: it holds some still."""
    holds = 1
    for row in rows:
        if row.target is not OrderState.PAID:
            holds -= row.then.count(OrderEffect.LAPSE_REGISTRATIONS)
        holds += row.then.count(OrderEffect.RETAKE_PLACES)
        assert holds == (row.target is not OrderState.EXPIRED), row


@law_of("order")
def registrations_are_settled_once_and_only_while_their_places_are_held(rows: Rows) -> None:
    """Where each was confirmed by itself, whatever was unpaid, there is nothing to settle."""
    settled, one_by_one = 0, False
    for row in rows:
        if OrderEffect.RETAKE_PLACES in row.then:
            assert row.then[:2] == (OrderEffect.RETAKE_PLACES, OrderEffect.SETTLE_REGISTRATIONS), row
        settled += row.then.count(OrderEffect.SETTLE_REGISTRATIONS)
        if row.target is OrderState.PAID is not row.source:
            one_by_one = row.trigger in {OrderTrigger.WAIVE, OrderTrigger.EXPIRE, OrderTrigger.LOSE_PAYMENT}
        if row.target is OrderState.PAID:
            assert settled == (not one_by_one), row
        elif row.target is not OrderState.CANCELLED:
            assert settled == 0, row


@law_of("payment")
def an_order_hears_of_money_where_it_is_taken_and_of_its_loss_where_it_was(rows: Rows) -> None:
    """What is told, and what goes back, the amounts say as well: see `payments.test_table_agrees`."""
    is_there = False
    for row in rows:
        is_taken = row.target is PaymentState.PAID
        assert is_taken or PaymentEffect.REFUND_SURPLUS not in row.then, row
        is_told = PaymentEffect.TELL_ORDER_PAID in row.then
        assert not is_told or (is_taken and row.trigger is not PaymentTrigger.DECLINE), row
        assert is_there or PaymentEffect.TELL_ORDER_LOST not in row.then, row
        is_there = row.target in {
            PaymentState.AUTHORIZED,
            PaymentState.PENDING,
            PaymentState.PAID,
            PaymentState.REVIEW,
        }


@law_of("refund")
def a_provider_is_not_asked_again_before_the_last_try_has_failed(rows: Rows) -> None:
    asked = 0
    for row in rows:
        asked += row.then.count(RefundEffect.CALL_PROVIDER)
        if row.target is RefundState.FAILED:
            asked = 0
        assert asked <= 1, row
        assert asked == 1 or row.target not in {RefundState.REQUESTED, RefundState.PENDING}, row


@law_of("waiting_list")
def an_offer_holds_one_place_until_it_is_taken_or_given_back(rows: Rows) -> None:
    held = 0
    for row in rows:
        held += balance(row, WaitingEffect.HOLD_PLACE, WaitingEffect.GIVE_BACK)
        assert held == (row.target in {WaitingState.OFFERED, WaitingState.TAKEN}), row


@law_of("event")
def an_event_that_was_announced_closes_its_waiting_list_once(rows: Rows) -> None:
    closed, announced = 0, False
    for row in rows:
        announced |= row.target is EventState.SCHEDULED
        closed += row.then.count(EventEffect.CLOSE_WAITING_LIST)
        assert closed == (announced and row.target in {EventState.ENDED, EventState.CANCELLED}), row


every_law = pytest.mark.parametrize(("name", "law"), LAWS, ids=[law.__name__ for _, law in LAWS])


def test_every_table_has_a_law() -> None:
    assert {name for name, _ in LAWS} == set(TABLES)


@every_law
def test_on_every_walk_of_up_to_five_moves(name: str, law: Law) -> None:
    for rows in every_walk(TABLES[name]):
        law(rows)


@every_law
@given(data=st.data())
def test_on_longer_walks(name: str, law: Law, data: st.DataObject) -> None:
    law(data.draw(walks_of(name)).rows)
