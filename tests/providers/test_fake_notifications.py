"""What the fake provider sends, and what it hears of what is sent to it."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from providers.desk import FAKE, REF, code, eur, fake, opened, paid
from providers.watch import NOON, Watch

from paidevents.errors import ForgedNotificationError, InvalidValueError
from paidevents.ports import Capability, Notification
from paidevents.providers import FakeProvider

OLD, NEW = b"the secret of last year, long enough", b"the secret of this year, long enough"


def kinds(provider: FakeProvider) -> list[str]:
    return [json.loads(body)["kind"] for _, body in provider.notifications()]


def forged(provider: FakeProvider, headers: Any, body: Any) -> str:
    return code(lambda: provider.notification(headers, body), ForgedNotificationError)


def signed(provider: FakeProvider, said: object) -> tuple[dict[str, str], bytes]:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return provider.signed(body), body


def test_every_change_of_a_payment_is_told() -> None:
    provider = fake()
    provider.authorize(opened(provider))
    provider.capture(REF, key="c")
    refund = provider.refund(REF, eur(5), key="r")
    provider.fail_refund(refund)
    provider.dispute(REF)
    provider.win_dispute(REF)
    provider.fail(REF)
    second = opened(provider, payment="A7-p2")
    provider.void(second.ref, key="v")
    provider.void(second.ref, key="w")
    third = opened(provider, payment="A7-p3")
    provider.pend(third)
    provider.settle(third)
    provider.dispute(third)
    provider.lose_dispute(third)
    assert kinds(provider) == [
        *("payment.open", "payment.authorized", "payment.paid", "refund.succeeded", "refund.failed"),
        *("dispute.open", "dispute.won", "payment.failed"),
        *("payment.open", "payment.expired"),
        *("payment.open", "payment.pending", "payment.paid", "dispute.open", "dispute.lost"),
    ]


def test_what_runs_out_is_told_by_itself() -> None:
    watch = Watch()
    provider = fake(watch)
    opened(provider, expires_at=NOON + timedelta(minutes=30))
    opened(provider, payment="A7-p2")
    watch.later(minutes=30)
    assert kinds(provider) == ["payment.open", "payment.open", "payment.expired"]
    assert kinds(provider)[3:] == [], "It is told once."


def test_a_notification_names_payment_order_and_itself() -> None:
    """The signature can be reckoned with any tool: HMAC-SHA256 of the seconds, a point and the raw body."""
    provider = fake(secrets=[NEW])
    opened(provider)
    ((headers, body),) = provider.notifications()
    assert body == b'{"id": "evt_1", "ref": "cs_1", "reference": "A7", "kind": "payment.open"}'
    seconds = str(1772366400)  # 2026-03-01T12:00:00Z
    right = hmac.new(NEW, seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers == {"fake-timestamp": seconds, "fake-signature": right}
    assert provider.notification(headers, body) == Notification(ref=REF, reference="A7", id="evt_1")


def test_what_is_lent_is_a_copy() -> None:
    provider = fake()
    opened(provider)
    provider.notifications()[0][0].clear()
    headers, body = provider.notifications()[0]
    assert provider.notification(headers, body) is not None


def test_trap_5_it_can_be_delivered_twice_and_in_any_order() -> None:
    provider = fake()
    paid(provider)
    for headers, body in (*reversed(provider.notifications()), *provider.notifications()):
        said = provider.notification(headers, body)
        assert said is not None and said.ref == REF


def test_trap_16_too_late_or_too_early_it_is_not_heard_and_sent_again_it_is() -> None:
    """Five minutes either way; one that is not answered is signed anew each time that it comes."""
    watch = Watch()
    provider = fake(watch)
    opened(provider)
    headers, body = provider.notifications()[0]
    for seconds, is_heard in ((300, True), (301, False), (-300, True), (-301, False)):
        watch.at = NOON + timedelta(seconds=seconds)
        if is_heard:
            assert provider.notification(headers, body) is not None
        else:
            assert forged(provider, headers, body) == "signature_too_old"
    watch.at = NOON + timedelta(days=3)
    again = provider.resend(0)
    assert again[1] == body
    assert provider.notification(*again) == Notification(ref=REF, reference="A7", id="evt_1")
    assert provider.resend(-1) == again
    assert len(provider.notifications()) == 1
    for index in (1, -2, "0"):
        with pytest.raises(InvalidValueError, match="index"):
            provider.resend(index)  # type: ignore[arg-type]


def test_trap_16_a_secret_is_exchanged_without_losing_what_is_under_way() -> None:
    old, both, new = fake(secrets=[OLD]), fake(secrets=(NEW, OLD)), fake(secrets=[NEW])
    sent = signed(old, {"id": "evt_1", "ref": "cs_1", "reference": "A7", "kind": "payment.paid"})
    assert both.notification(*sent) == Notification(ref=REF, reference="A7", id="evt_1")
    assert forged(new, *sent) == "signature_wrong"
    for provider in (new, both):
        assert provider.notification(*signed(both, json.loads(sent[1]))) is not None


def test_trap_16_every_bit_of_what_is_signed_counts() -> None:
    provider = fake()
    opened(provider)
    headers, body = provider.notifications()[0]
    for place in range(len(body)):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert forged(provider, headers, changed) == "signature_wrong"
    later = {**headers, "fake-timestamp": str(int(headers["fake-timestamp"]) + 1)}
    assert forged(provider, later, body) == "signature_wrong"


@pytest.mark.parametrize(
    "wrong",
    [
        {"fake-signature": ""},
        {"fake-signature": "0" * 63},
        {"fake-signature": "0" * 65},
        {"fake-signature": "G" * 64},
        {"fake-signature": "é" * 64},
        {"fake-signature": None},
        {"fake-signature": 7},
        {"fake-timestamp": ""},
        {"fake-timestamp": "1e9"},
        {"fake-timestamp": "9" * 1000},
        {"fake-timestamp": "١٧٧٢٣٦٦٤٠٠"},
        {"Fake-Signature": "0" * 64},
    ],
    ids=str,
)
def test_a_header_of_another_form_is_no_signature(wrong: dict[str, Any]) -> None:
    """Two of one name are none either: whoever looks at the first, another may look at the last."""
    provider = fake()
    opened(provider)
    headers, body = provider.notifications()[0]
    assert forged(provider, {**headers, **wrong}, body) == "signature_missing"


def test_headers_with_names_of_any_kind_are_looked_through() -> None:
    provider = fake()
    opened(provider)
    headers, body = provider.notifications()[0]
    strange: dict[Any, Any] = {1: "x", None: None, **{name.title(): value for name, value in headers.items()}}
    assert provider.notification(strange, body) is not None


def test_trap_18_one_of_another_mode_or_account_is_signed_with_another_secret() -> None:
    live = fake(name="fake:live", secrets=[NEW])
    opened(live)
    assert forged(fake(), *live.notifications()[0]) == "signature_wrong"


def test_what_is_about_something_else_is_nothing() -> None:
    provider = fake()
    provider.announce("payout.paid")
    headers, body = provider.notifications()[0]
    assert provider.notification(headers, body) is None
    assert body == b'{"id": "evt_1", "kind": "payout.paid"}'
    assert (
        provider.notification(*signed(provider, {"kind": "payment_method.attached", "extra": [1, {"a": None}]})) is None
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'"payment.paid"',
        b"{}",
        b'{"kind": "payment.paid"}',
        b'{"kind": 1, "ref": "cs_1", "reference": "A7", "id": "e"}',
        b'{"kind": "payment.paid", "ref": "", "reference": "A7", "id": "e"}',
        b'{"kind": "payment.paid", "ref": "cs_1", "reference": null, "id": "e"}',
        b'{"kind": "payment.paid", "ref": "cs_1", "reference": "A7", "id": "e\\n"}',
        b'{"kind": "payout.paid", "kind": "payment.paid", "ref": "cs_1", "reference": "A7", "id": "e"}',
        b'{"kind": "payout.paid", "amount": NaN}',
        b'{"kind": ' + b"[" * 33 + b"]" * 33 + b"}",
        b'{"kind": ' + b"[" * 100_000,
    ],
    ids=lambda body: body[:40].decode("latin-1"),
)
def test_what_is_signed_well_and_cannot_be_read_is_refused(body: bytes) -> None:
    provider = fake()
    assert forged(provider, *signed(provider, body)) == "unreadable"


def test_what_is_too_large_is_not_even_looked_at() -> None:
    provider = fake()
    assert forged(provider, {}, b" " * (1024 * 1024 + 1)) == "too_large"
    assert forged(provider, {}, b" " * 1024 * 1024) == "signature_missing"


def test_what_is_no_notification_at_all_is_a_value_that_cannot_be() -> None:
    provider = fake()
    for headers, body in ((None, b""), ([], b""), ({}, "text"), ({}, None)):
        with pytest.raises(InvalidValueError):
            provider.notification(headers, body)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        provider.signed("text")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        provider.announce("")


def test_who_sends_none_hears_none() -> None:
    provider = fake(capabilities=frozenset(Capability) - {Capability.NOTIFICATIONS})
    paid(provider)
    assert provider.notifications() == ()
    assert forged(provider, *signed(provider, {"kind": "payout.paid"})) == "notifications_not_offered"


def test_moments_before_1970_are_signed_as_well() -> None:
    watch = Watch(NOON - timedelta(days=60 * 365))
    provider = fake(watch)
    opened(provider)
    headers, body = provider.notifications()[0]
    assert headers["fake-timestamp"].startswith("-")
    assert provider.notification(headers, body) is not None


def test_no_secret_is_shown() -> None:
    provider = fake(secrets=[NEW])
    assert "this year" not in f"{provider!r} {vars(provider)!r} {vars(vars(provider)['_signer'])!r}"
    assert FAKE in repr(vars(provider))
