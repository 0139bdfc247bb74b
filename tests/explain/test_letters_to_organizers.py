"""What the organizer is told: money to decide on, people to let in, and what does not go on by itself."""

from datetime import timedelta
from typing import Any

import pytest
from explain.post import K, body, dossier, nobody, set_aside, sold, told, waits
from payments.till import eur, moves
from registration.desk import BUYER, Desk
from worked.shop import AT, taxes, ticket

from paidevents.catalog import Approval, Policy
from paidevents.lifecycle import REFUND, PaymentTrigger, RefundFacts, RefundTrigger
from paidevents.payments import DisputeStatus, Payment, PaymentRef, Refund, RefundPurpose, Snapshot, Status
from paidevents.ports import Task
from paidevents.registration import approved, cancelled, expired

T = PaymentTrigger
REF = PaymentRef("stripe:test", "acct_1", "cs_1")


def payment(
    *way: PaymentTrigger, status: Status = Status.PAID, came: int = 24, id: str = "A1-p1", **changed: Any
) -> Payment:
    """A payment of 24.00 for the order, with which so much came."""
    received = eur(came) if status is Status.PAID else None
    last = Snapshot(ref=REF, reference="A1", status=status, requested=eur(24), received=received, **changed)
    return Payment(
        id=id,
        order="A1",
        provider="stripe:test",
        account="acct_1",
        amount=eur(24),
        ref=REF,
        snapshot=last,
        history=moves(*way),
    )


SHORT = payment(T.OPEN, T.MISMATCH, came=15)
PAID = payment(T.OPEN, T.RECEIVE)
LOST = payment(T.OPEN, T.RECEIVE, T.LOSE, status=Status.FAILED)


def refund(*triggers: RefundTrigger, amount: int = 24, purpose: RefundPurpose = RefundPurpose.PLACES) -> Refund:
    history: tuple[Any, ...] = ()
    for trigger in triggers:
        _, history = REFUND.moved(history, trigger, RefundFacts(), at=AT)
    plain: dict[str, Any] = {"id": "A1-r1", "order": "A1", "payment": "A1-p1"}
    return Refund(**plain, amount=eur(amount), purpose=purpose, history=history)


def over() -> Desk:
    """Nobody paid in time."""
    desk = sold(paid=False)
    desk.at = AT + timedelta(minutes=15)
    desk.do(expired)
    return desk


def decision(desk: Desk, *payments: Payment, **values: str) -> str:
    """What is said after the greeting."""
    said = body(desk, K.DECISION_NEEDED, registration="", dossier=dossier(desk, payments=payments), values=values)
    return said.removeprefix("Hello,\n\n")


CHOICE = "You can accept the payment as it is, or decline it: then all of it goes back."
LATE_CHOICE = "You can accept it while there are places, or decline it: then all of it goes back."
NOTHING_HAPPENS = "Until you decide, nothing happens with this money."
LOOK = "Please look into it in your account with the payment provider."


def test_what_came_and_what_was_due_is_read_from_the_payment_if_nobody_says_it() -> None:
    assert decision(sold(paid=False), SHORT) == (
        f"For the order A1 for “A talk”, €15.00 came, and €24.00 was due.\n\n{CHOICE} {NOTHING_HAPPENS}"
    )
    assert decision(over(), SHORT).startswith(
        "For the order A1 for “A talk”, €15.00 came, and €24.00 was due. Its places have been given up meanwhile.\n"
    )
    assert decision(sold(paid=False), why="over", amount="30.00 EUR").startswith(
        "For the order A1 for “A talk”, €30.00 came, and €24.00 was due.\n"
    )


def test_of_several_payments_the_one_in_review_is_told() -> None:
    other = Payment(id="A1-p2", order="A1", provider="cash", account="desk", amount=eur(24))
    assert "€15.00 came" in decision(sold(paid=False), SHORT, other)
    second = payment(T.OPEN, T.MISMATCH, came=16, id="A1-p2")
    assert "€16.00 came" in decision(sold(paid=False), SHORT, second)
    assert "€24.00 came" in decision(over(), other)


def test_money_that_came_late_is_told_so() -> None:
    said = (
        "For the order A1 for “A talk”, €24.00 came after its places had been given up."
        f"\n\n{LATE_CHOICE} {NOTHING_HAPPENS}"
    )
    assert decision(over(), PAID) == said
    assert decision(over(), why="late", amount="24.00 EUR") == said
    assert decision(over(), PAID, why="set_aside", amount="0.00 EUR") == said


def test_money_in_another_currency_can_only_be_given_back() -> None:
    said = decision(sold(paid=False), why="wrong_currency", amount="24.00 USD")
    assert said == (
        "For the order A1 for “A talk”, $24.00 came, and €24.00 was due.\n\n"
        f"It is in another currency than the order, so it can only be given back. {NOTHING_HAPPENS}"
    )


def test_money_that_is_gone_is_to_be_looked_into() -> None:
    said = (
        "€24.00 that had come for the order A1 for “A talk” was taken back, "
        f"although some of it had been given back or was promised.\n\n{LOOK}"
    )
    assert decision(sold(), LOST) == said
    assert decision(sold(), PAID, why="lost") == said
    assert decision(sold(), PAID, why="refunded_elsewhere", amount="5.00 EUR") == (
        "At the payment provider, €5.00 was given back for the order A1 for “A talk”, and nothing explains it."
        f"\n\n{LOOK}"
    )


def test_what_is_said_is_there_for_programs_too() -> None:
    desk = sold(paid=False)
    message = told(desk, K.DECISION_NEEDED, registration="", dossier=dossier(desk, payments=(SHORT,)))
    assert {"order": "A1", "amount": "15.00 EUR", "asked": "24.00 EUR"}.items() <= dict(message.values).items()


def test_who_waits_for_approval_is_told_with_what_was_paid() -> None:
    """24.00 with 20 % in it: 4.00 is tax."""
    said = body(waits(tax=taxes(("20 %", "standard"))), K.APPROVAL_NEEDED, registration="")
    assert said == (
        "Hello,\n\nThe order A1 for “A talk” waits for your decision.\n\n"
        "When: April 14, 2026, 6:00 PM CEST\nTicket: Standard\nPrice: €24.00, of which €4.00 is tax\nOrder: A1\n\n"
        "It is paid."
    )
    assert body(waits(tickets=(ticket("0.00"),)), K.APPROVAL_NEEDED).endswith("Order: A1")


def test_of_an_order_only_the_places_that_are_left_are_told() -> None:
    """Two of 24.00, and one was given up."""
    desk = sold(2, policy=Policy(approval=Approval.MANUAL))
    desk.do(cancelled, ["A1-1"], by=BUYER)
    assert "Ticket: Standard\nPrice: €24.00\n" in body(desk, K.APPROVAL_NEEDED, registration="")


def test_money_that_is_set_aside_has_to_be_decided_on_in_time() -> None:
    """Until March 3, noon UTC: 13:00 in Paris."""
    message = told(set_aside(), K.APPROVAL_NEEDED, registration="")
    assert message.body.replace("\u202f", " ").endswith(
        "The money is set aside, and is taken when you approve. "
        "Please decide before March 3, 2026, 1:00 PM CET: then it lapses."
    )
    assert dict(message.values)["until"] == "2026-03-03T12:00:00+00:00"


def test_what_was_decided_meanwhile_is_not_asked_for() -> None:
    desk = waits()
    desk.do(approved, received=desk.received)
    assert nobody(desk, K.APPROVAL_NEEDED, registration="")


def test_a_warning_says_how_many_registered_and_that_nothing_stops_them() -> None:
    """GT-07."""
    said = told(sold(), K.CAPACITY_WARNING, dossier=None, registration="", values={"sold": "1200", "limit": "1000"})
    assert said.body == (
        "Hello,\n\nFor “A talk”, 1,200 have registered; the limit is 1,000.\n\n"
        "This does not stop registrations. You can end the sale, or make room for more."
    )
    assert said.order == "" and said.links == ()


def test_a_refund_that_failed_is_still_owed() -> None:
    failed = refund(RefundTrigger.REQUEST, RefundTrigger.FAIL)
    desk = sold()
    said = (
        "Hello,\n\nThe refund of €24.00 for the order A1 for “A talk” failed: the money is still owed to the buyer.\n\n"
        "Have it tried again, or make it yourself in your account with the payment provider."
    )
    assert body(desk, K.REFUND_FAILED, dossier=dossier(desk, payments=(PAID,), refunds=(failed,))) == said
    assert body(desk, K.REFUND_FAILED, values={"amount": "24.00 EUR"}) == said


def test_a_dispute_is_to_be_answered() -> None:
    contested = payment(T.OPEN, T.RECEIVE, dispute=DisputeStatus.OPEN)
    desk = sold()
    said = (
        "Hello,\n\nThe payment of €24.00 for the order A1 for “A talk” is disputed.\n\n"
        "Please answer in your account with the payment provider. Until it is settled, nothing of it is given back."
    )
    assert (
        body(desk, K.PAYMENT_DISPUTED, dossier=dossier(desk, payments=(PAID,)), values={"amount": "24.00 EUR"}) == said
    )
    assert body(desk, K.PAYMENT_DISPUTED, dossier=dossier(desk, payments=(contested,))) == said


@pytest.mark.parametrize("task", Task)
def test_a_task_that_is_stuck_is_told_in_words(task: Task) -> None:
    values = {"task": task.value, "why": "outcome_unknown"}
    english, french = (body(sold(), K.TASK_STUCK, locale, values=values) for locale in ("en", "fr"))
    assert english.startswith(
        "Hello,\n\nSomething for “A talk” could not be done by itself, and needs a person.\n\nWhat: "
    )
    assert english.endswith("\nOrder: A1\nWhy: outcome_unknown")
    assert french.endswith("\nCommande : A1\nPourquoi : outcome_unknown") and "_" not in french.partition("Pourquoi")[0]


def test_of_a_task_nobody_knows_only_that_something_is_stuck_is_told() -> None:
    said = told(sold(), K.TASK_STUCK, dossier=None, registration="", values={"task": "dance"})
    assert said.body.endswith("and needs a person.")
    assert body(sold(), K.TASK_STUCK, values={"why": "it\nfell"}).endswith("Order: A1\nWhy: it fell")


@pytest.mark.parametrize(
    ("purpose", "why"),
    [
        (RefundPurpose.LATE, "Your payment for the order A1 for “A talk” came when the place was no longer held."),
        (RefundPurpose.SURPLUS, "For your order A1 for “A talk”, more was paid than was needed."),
        (RefundPurpose.NOT_AS_DUE, "Your payment for the order A1 for “A talk” was not the amount that was due."),
        (RefundPurpose.GOODWILL, "Your payment for the order A1 for “A talk” could not be used."),
    ],
)
def test_a_buyer_is_told_why_money_goes_back(purpose: RefundPurpose, why: str) -> None:
    desk = over()
    back = dossier(desk, payments=(PAID,), refunds=(refund(purpose=purpose),))
    said = body(desk, K.MONEY_RETURNED, registration="", dossier=back, values={"amount": "24.00 EUR"})
    assert (
        said == f"Hello Ana,\n\n{why}\n\n€24.00 goes back to you, the way you paid. It can take a few days to arrive."
    )
    other = body(desk, K.MONEY_RETURNED, registration="", dossier=back, values={"amount": "9.00 EUR"})
    assert "could not be used" in other
