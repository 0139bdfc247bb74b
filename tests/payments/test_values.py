"""Snapshots, payments and refunds: what cannot be is not made."""

from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any

import pytest
from payments.till import AT, REF, due, eur, made, moves, paid, refund, seen, standing, starting, usd

from paidevents.errors import CurrencyMismatchError, IllegalTransitionError, InvalidValueError, NaiveDatetimeError
from paidevents.lifecycle import OrderState, PaymentState, PaymentTrigger
from paidevents.payments import (
    DisputeStatus,
    Due,
    Payment,
    PaymentRef,
    RefundStatus,
    Snapshot,
    Status,
    recorded,
)

WRONG_SNAPSHOTS: list[tuple[dict[str, Any], str, str]] = [
    ({"received": None}, "received", "received_if_paid"),
    ({"status": Status.OPEN, "received": eur(100)}, "received", "received_if_paid"),
    ({"received": eur(-1)}, "received", "below_zero"),
    ({"requested": eur(0)}, "requested", "not_above_zero"),
    ({"fee": eur(-1)}, "fee", "below_zero"),
    ({"disputed": eur(1)}, "disputed", "nothing_disputed"),
    ({"disputed": eur(0), "dispute": DisputeStatus.OPEN}, "disputed", "not_above_zero"),
    ({"status": Status.OPEN, "received": None, "refunds": [made(1)]}, "refunds", "nothing_came"),
    ({"status": Status.EXPIRED, "received": None, "dispute": DisputeStatus.OPEN}, "dispute", "nothing_came"),
    ({"refunds": [made(1), made(2)]}, "refunds[1].id", "duplicate_id"),
    ({"refunds": [made(1), usd]}, "refunds[1]", "wrong_type"),
    ({"url": "javascript:alert(1)"}, "url", "bad_format"),
    ({"url": "https://pay.example/ö"}, "url", "bad_format"),
    ({"url": None}, "url", "wrong_type"),
    ({"url": "https://" + "x" * 4089}, "url", "too_long"),
    ({"instructions": "x" * 2001}, "instructions", "too_long"),
    ({"reference": ""}, "reference", "empty"),
    ({"ref": "cs_1"}, "ref", "wrong_type"),
    ({"status": "requires_foo"}, "status", "wrong_type"),
]


@pytest.mark.parametrize(("changed", "field", "reason"), WRONG_SNAPSHOTS)
def test_a_snapshot_that_cannot_be_is_not_made(changed: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        seen(changed.pop("status", Status.PAID), **changed)
    assert (refused.value.field, refused.value.reason.code) == (field, reason)


def test_refunds_are_in_the_currency_that_was_received() -> None:
    with pytest.raises(CurrencyMismatchError):
        seen(received=usd(100), refunds=[made(1)])
    assert seen(Status.FAILED, refunds=[made(1)]).received is None


def test_times_are_kept_in_utc() -> None:
    noon = datetime(2026, 3, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    snapshot = seen(Status.AUTHORIZED, expires_at=noon, capture_until=noon)
    assert snapshot.expires_at == snapshot.capture_until == datetime(2026, 3, 1, 12, tzinfo=UTC)
    with pytest.raises(NaiveDatetimeError):
        seen(Status.OPEN, expires_at=datetime(2026, 3, 1))


def test_where_and_how_to_pay_is_not_printed() -> None:
    snapshot = seen(Status.OPEN, url="https://pay.example/secret", instructions="IBAN DE02\nmention A7-secret")
    assert "secret" not in f"{snapshot!r} {standing(PaymentState.OPEN, snapshot)!r}"


@pytest.mark.parametrize("name", ["", "Stripe", "stripe:", ":test", "stripe:test:x", "stripe test", "ſtripe", None])
def test_a_provider_is_named_with_its_mode(name: Any) -> None:
    for make in (partial(PaymentRef, name, "acct_1", "cs_1"), partial(starting, provider=name)):
        with pytest.raises(InvalidValueError) as refused:
            make()
        assert refused.value.field == "provider"


@pytest.mark.parametrize("id", ["", "a:1", "é", "a b", "-a", "x" * 65, None])
def test_an_id_that_a_key_is_made_of_is_plain(id: Any) -> None:
    for make in (partial(starting, id=id), partial(refund, 10, id=id), partial(refund, 10, payment=id)):
        with pytest.raises(InvalidValueError):
            make()


OTHERS = [
    {"ref": PaymentRef("stripe:live", "acct_1", "cs_1"), "snapshot": None},
    {"ref": PaymentRef("stripe:test", "acct_2", "cs_1"), "snapshot": None},
    {"ref": None},
    {"snapshot": seen(Status.OPEN, ref=PaymentRef("stripe:test", "acct_1", "cs_2"))},
    {"snapshot": seen(Status.OPEN, reference="A8")},
]


@pytest.mark.parametrize("changed", OTHERS)
def test_a_payment_has_no_name_or_snapshot_of_another(changed: dict[str, Any]) -> None:
    plain = {"ref": REF, "snapshot": seen(Status.OPEN), "history": moves(PaymentTrigger.OPEN)}
    with pytest.raises(InvalidValueError) as refused:
        starting(**{**plain, **changed})
    assert refused.value.reason.code == "other_payment"


@pytest.mark.parametrize("state", [PaymentState.PAID, PaymentState.REVIEW])
def test_nothing_is_paid_without_money(state: PaymentState) -> None:
    way = standing(state).history
    for changed in ({}, {"ref": REF, "snapshot": seen(Status.OPEN)}):
        with pytest.raises(InvalidValueError) as refused:
            starting(**changed, history=way)
        assert (refused.value.field, refused.value.reason.code) == ("snapshot", "paid_without_money")


def test_what_was_received_is_what_came_and_was_not_lost() -> None:
    for state in PaymentState:
        has = {PaymentState.PAID: eur(100), PaymentState.REVIEW: eur(60)}
        assert standing(state).received == has.get(state, eur(0)), state
    foreign = standing(PaymentState.REVIEW, seen(received=usd(110)))
    assert (foreign.received, foreign.is_disputed) == (usd(110), False)


def test_a_history_that_is_no_way_along_the_table_is_not_taken() -> None:
    with pytest.raises(InvalidValueError) as refused:
        starting(history=paid().history[1:] * 2)
    assert refused.value.reason.code == "not_a_history"


def test_a_payment_learns_its_name_once() -> None:
    known = starting().started(REF)
    assert known.ref == REF and known.started(REF) is known
    for ref in (PaymentRef("stripe:test", "acct_1", "cs_2"), None):
        with pytest.raises(InvalidValueError):
            known.started(ref)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        starting().started(PaymentRef("paypal", "acct_1", "cs_1"))


def test_what_a_provider_declined_at_once_is_moved_by_hand() -> None:
    row, failed = starting().moved(PaymentTrigger.FAIL, at=AT, by="platform:system")
    assert (row.target, failed.state) == (PaymentState.FAILED, PaymentState.FAILED)
    assert failed.history[-1].by == "platform:system"
    with pytest.raises(IllegalTransitionError):
        starting().moved(PaymentTrigger.LOSE, at=AT)
    with pytest.raises(InvalidValueError):
        starting().moved("fail", at=AT)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        starting().moved(PaymentTrigger.FAIL, True, at=AT)  # type: ignore[arg-type]


def test_what_is_due_is_in_one_currency_and_never_below_zero() -> None:
    foreign: list[dict[str, Any]] = [{"received": usd(1)}, {"set_aside": usd(1)}]
    for changed in foreign:
        with pytest.raises(CurrencyMismatchError):
            due(**changed)
    negative: list[dict[str, Any]] = [{"asked": eur(-1)}, {"received": eur(-1)}, {"set_aside": eur(-1)}]
    for changed in negative:
        with pytest.raises(InvalidValueError):
            due(**changed)
    over: Due = due(OrderState.EXPIRED, received=eur(150))
    assert over.needs == eur(0)


def test_cash_that_comes_in_parts_is_recorded_as_what_came_in_all() -> None:
    cash = starting(provider="cash", account="desk")
    first = recorded(cash, eur(60), fee=eur(1))
    assert first.ref == PaymentRef("cash", "desk", "p1") and first.fee == eur(1)
    known: Payment = starting(
        provider="cash",
        account="desk",
        ref=first.ref,
        snapshot=recorded(cash, eur(60), refunds=[made(10)]),
        history=moves(PaymentTrigger.MISMATCH),
    )
    then: Snapshot = recorded(known, eur(100))
    assert (then.received, then.refunds, then.dispute) == (eur(100), (made(10),), None)
    assert recorded(known, eur(60), refunds=[]).refunds == ()
    with pytest.raises(InvalidValueError):
        recorded(known, eur(60), refunds=[eur(1)])  # type: ignore[list-item]


@pytest.mark.parametrize("status", RefundStatus)
def test_a_refund_says_whether_it_holds_its_amount_and_whether_it_is_owed(status: RefundStatus) -> None:
    assert made(1, status).status is status
    assert refund(1).is_owed and refund(1).is_reserved
    assert refund(1).is_key("r1:1") and not refund(1).is_key("r1:2")
    for strange in ("", "r1", "r1:", "r1:01", "r1:x", "r2:1", ":1"):
        assert not refund(1).is_key(strange)
