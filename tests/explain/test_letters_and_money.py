"""What letters say of money: what goes back, who makes it go back, and why there is none."""

from datetime import timedelta

import pytest
from explain.post import LATE, TAXED, TERMS, K, body, gone, listing, set_aside, sold, told
from registration.desk import BUYER, ORGANIZER, person
from worked.shop import AT, euros

from paidevents.catalog import Policy, Refunding
from paidevents.registration import called_off, cancelled, expired, payment_lost, refused


@pytest.mark.parametrize(
    ("refunds", "said"),
    [
        (Refunding.AUTOMATIC, "€24.00 is given back, the way it was paid. It can take a few days to arrive."),
        (Refunding.OWED, "The organizer will refund €24.00."),
    ],
)
def test_who_is_refused_is_told_who_gives_the_money_back(refunds: Refunding, said: str) -> None:
    """CM-21."""
    desk = sold(policy=Policy(refunds=refunds))
    desk.do(refused)
    message = body(desk, K.REFUSED, values={"why": "It is for members."})
    assert message == (
        "Hello Ana,\n\nWe are sorry: the organizer could not accept your registration for “A talk”.\n\n"
        f"The organizer writes:\nIt is for members.\n\nOrder: A1\n\n{said}"
    )


def test_a_refund_that_was_decided_is_told_rather_than_what_the_order_knows() -> None:
    desk = gone(tax=TAXED)
    said = body(desk, K.CANCELLED, values={"refund": "20.00 EUR"})
    assert said.endswith("€20.00 is given back, the way it was paid. It can take a few days to arrive.")
    assert body(desk, K.CANCELLED, values={"refund": "12.00 EUR"}).endswith("That includes €2.00 of tax.")


def test_each_is_told_of_the_money_for_their_own_place() -> None:
    """Ana leaves two days before, with half of 24.00; Bo is sent away, and gets all of it."""
    desk = sold(2, cancellation=TERMS)
    desk.at = LATE
    desk.do(cancelled, ["A1-1"], by=BUYER)
    desk.do(called_off, ["A1-2"])
    assert "€12.00 is given back" in body(desk, K.CANCELLED)
    assert "€24.00 is given back" in body(desk, K.CANCELLED, registration="A1-2")
    assert "€36.00 is given back" in body(desk, K.CANCELLED, registration="")


def test_of_money_that_is_kept_only_who_gave_the_place_up_is_told() -> None:
    desk = sold()
    desk.do(cancelled, by=BUYER)
    assert body(desk, K.CANCELLED).endswith("By the cancellation policy, nothing is given back.")
    lost = sold()
    lost.received = euros("0.00")
    lost.done(payment_lost(lost.order, lost.plan, received=lost.received, at=AT))
    said = body(lost, K.CANCELLED)
    assert "The payment for your place for “A talk” was taken back, so the place is cancelled." in said
    assert said.endswith("Order: A1")


def test_money_that_was_set_aside_is_let_go_and_an_unpaid_place_is_told_of_no_money() -> None:
    desk = set_aside()
    desk.at = AT + timedelta(days=2)
    desk.do(expired)
    said = body(desk, K.REFUSED)
    assert "was not decided on in time, and has lapsed." in said
    assert said.endswith("The money that was set aside is released: nothing was taken.")
    unpaid = sold(paid=False)
    unpaid.do(refused)
    assert body(unpaid, K.REFUSED).endswith("Order: A1")


def test_why_a_place_is_gone_is_told_as_it_was_said_or_as_it_looks() -> None:
    desk = sold()
    desk.do(called_off)
    sorry = "We are sorry: the organizer has cancelled your place for “A talk”."
    off = "We are sorry: “A talk” will not take place, and your place is cancelled."
    assert sorry in body(desk, K.CANCELLED)
    assert off in body(desk, K.CANCELLED, values={"why": "event_cancelled"})
    _, scheduled = listing(desk).scheduled(at=AT, by=ORGANIZER, is_sound=True)
    _, called = scheduled.cancelled(at=AT, by=ORGANIZER)
    assert off in body(desk, K.CANCELLED, listing=called)
    assert off in body(desk, K.CANCELLED, listing=called, values={"why": "by_organizer"})
    words = body(desk, K.CANCELLED, listing=called, values={"why": "The speaker is ill."})
    assert f"{off}\n\nThe organizer writes:\nThe speaker is ill.\n\n" in words
    assert "writes" not in body(desk, K.CANCELLED, listing=called, values={"why": "event_cancelled"})
    assert "writes" not in body(desk, K.REFUSED, values={"why": "by_organizer"})
    assert "Your place for “A talk” is cancelled." in body(sold(), K.CANCELLED)
    assert "as requested" in body(gone(), K.CANCELLED, listing=called)


def test_a_buyer_is_told_what_was_given_back() -> None:
    said = told(sold(), K.REFUNDED, registration="", values={"amount": "12.00 EUR"})
    assert said.person == person("Ana")
    assert said.body.endswith("€12.00 was given back for your order A1 for “A talk”. It can take a few days to arrive.")


def test_the_buyer_and_not_the_attendee_hears_of_refunds() -> None:
    desk = sold(2)
    for kind in (K.REFUNDED, K.MONEY_RETURNED):
        assert told(desk, kind, registration="A1-2", values={"amount": "1.00 EUR"}).person == person("Ana")
