"""What is kept of places, money and passes: how it is written, and what is never written."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import attrs
import pytest
from attrs import evolve

from paidevents import Money, Reason, Span
from paidevents.access import HostKey, Pass, Purpose, Recording, Revocation, Token, token
from paidevents.access.secret import Secret
from paidevents.errors import InvalidValueError
from paidevents.ledger import Account, Book, Entry, EntryKind, Posting
from paidevents.lifecycle import OrderState
from paidevents.machine import Move
from paidevents.money import EUR
from paidevents.payments import (
    Due,
    Payment,
    PaymentRef,
    Refund,
    RefundPurpose,
    RefundSnapshot,
    RefundStatus,
    Snapshot,
    Status,
)
from paidevents.registration import Hold, Offer, Person, Repriced, WaitingEntry
from paidevents.wire import dumps, from_document, loads, schema, to_document
from paidevents.wire.types import TYPES

NOON = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))  # 11:00 in UTC
AT = '"2026-01-01T11:00:00Z"'
PRICE = Money.of("20.00", EUR)
TWENTY = '{"minor": 2000, "currency": "EUR"}'
REF = PaymentRef("stripe:test", "acct_1", "cs_1")
REF_TEXT = '{"provider": "stripe:test", "account": "acct_1", "id": "cs_1"}'
CAPTURE = Entry(
    id="1",
    at=NOON,
    kind=EntryKind.CAPTURE,
    order="A1",
    payment="p1",
    postings=(Posting(Account.BUYER, -PRICE), Posting(Account.PROVIDER, PRICE, "stripe")),
)
CAPTURE_TEXT = (
    f'{{"id": "1", "at": {AT}, "kind": "capture", "order": "A1", "payment": "p1", "refund": "", "postings": ['
    '{"account": "buyer", "amount": {"minor": -2000, "currency": "EUR"}, "party": ""}, '
    f'{{"account": "provider", "amount": {TWENTY}, "party": "stripe"}}]}}'
)
OPEN = Snapshot(
    ref=REF,
    reference="A1",
    status=Status.OPEN,
    requested=PRICE,
    url="https://pay.example/cs_1",
    instructions="Pay\nhere.",
    expires_at=NOON,
)


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        (
            Hold(starts_at=NOON, until=NOON + timedelta(minutes=15), latest=NOON + timedelta(days=7)),
            "hold",
            f'{{"starts_at": {AT}, "until": "2026-01-01T11:15:00Z", "latest": "2026-01-08T11:00:00Z"}}',
        ),
        (
            WaitingEntry(
                id="W1",
                event="talk",
                ticket="standard",
                person=Person(name="Ana", email="ana@example.org"),
                joined_at=NOON,
                offer=Offer(order="A2", until=NOON),
                history=(Move(NOON, "offer", "offered", "platform:system"),),
            ),
            "waiting_entry",
            '{"id": "W1", "event": "talk", "ticket": "standard", "person": {"name": "Ana", "email": "ana@example.org"}, '
            f'"joined_at": {AT}, "locale": "en", "answers": [], "accepted": 0, "offer": {{"order": "A2", "until": {AT}}}, '
            f'"history": [{{"at": {AT}, "trigger": "offer", "state": "offered", "by": "platform:system"}}]}}',
        ),
        (
            Repriced(quote=1, of=0, units=(2, 3)),
            "repriced",
            '{"quote": 1, "of": 0, "units": [2, 3], "unpaid": null}',
        ),
        (
            Pass(id="p1", registration_id="A1-1", event_id="talk", issued_at=NOON, most_devices=2)
            .admitted("phone", NOON)
            .revoked(NOON, Revocation.REFUNDED),
            "pass",
            f'{{"id": "p1", "registration_id": "A1-1", "event_id": "talk", "issued_at": {AT}, "sessions": [], '
            '"window": {"starts_at": null, "ends_at": null}, "generation": 1, "most_devices": 2, '
            f'"devices": [{{"id": "phone", "known_at": {AT}}}], "visits": [{{"session": null, "at": {AT}}}], '
            f'"suspended_at": null, "revoked_at": {AT}, "revoked_for": "refunded"}}',
        ),
        (
            Recording(id="film", event_id="talk", attached_at=NOON, lasts=Span.of("30 days")),
            "recording",
            f'{{"id": "film", "event_id": "talk", "attached_at": {AT}, "session": null, "attachment": "by_hand", '
            '"included": true, "lasts": "30 days", "published_at": null, "withdrawn_at": null}',
        ),
        (CAPTURE, "entry", CAPTURE_TEXT),
        (Book((CAPTURE,)), "book", f'{{"entries": [{CAPTURE_TEXT}]}}'),
        (REF, "payment_ref", REF_TEXT),
        (
            RefundSnapshot(id="re_1", amount=PRICE, status=RefundStatus.PENDING),
            "refund_snapshot",
            f'{{"id": "re_1", "amount": {TWENTY}, "status": "pending", "key": ""}}',
        ),
        (
            OPEN,
            "snapshot",
            f'{{"ref": {REF_TEXT}, "reference": "A1", "status": "open", "requested": {TWENTY}, "received": null, '
            '"fee": null, "refunds": [], "dispute": null, "disputed": null, "url": "https://pay.example/cs_1", '
            f'"instructions": "Pay\\nhere.", "expires_at": {AT}, "capture_until": null}}',
        ),
        (
            Payment(
                id="p1",
                order="A1",
                provider="stripe:test",
                account="acct_1",
                amount=PRICE,
                ref=REF,
                history=(Move(NOON, "open", "open"),),
            ),
            "payment",
            '{"id": "p1", "order": "A1", "provider": "stripe:test", "account": "acct_1", '
            f'"amount": {TWENTY}, "attempt": 1, "ref": {REF_TEXT}, "snapshot": null, '
            f'"history": [{{"at": {AT}, "trigger": "open", "state": "open", "by": ""}}]}}',
        ),
        (
            Refund(id="r1", order="A1", payment="p1", amount=PRICE, purpose=RefundPurpose.NOT_AS_DUE),
            "refund",
            f'{{"id": "r1", "order": "A1", "payment": "p1", "amount": {TWENTY}, "purpose": "not_as_due", '
            '"attempt": 1, "provider_id": "", "earlier": [], "history": []}',
        ),
        (
            Due(reference="A1", order=OrderState.HELD, asked=PRICE, received=PRICE),
            "due",
            f'{{"reference": "A1", "order": "held", "asked": {TWENTY}, "received": {TWENTY}, "has_room": false, '
            '"late": "accept_if_room", "capture": "at_once", "approved": false, "set_aside": null}',
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isidentifier() else "",
)
def test_it_is_written_like_this(value: object, name: str, text: str) -> None:
    document = f'{{"v": 1, "type": "{name}", "value": {text}}}'
    assert dumps(value) == document
    assert loads(document, type(value)) == value


def test_a_moment_is_read_in_utc_and_only_with_its_z() -> None:
    held = loads(f'{{"v": 1, "type": "offer", "value": {{"order": "A2", "until": {AT}}}}}', Offer)
    assert (held.until, held.until.tzinfo) == (NOON, UTC)
    for form in ("2026-01-01T12:00:00+01:00", "2026-01-01T11:00:00", {"at": "2026-01-01T11:00:00Z", "tz": "UTC"}):
        with pytest.raises(InvalidValueError) as refused:
            from_document({"v": 1, "type": "offer", "value": {"order": "A2", "until": form}}, Offer)
        assert refused.value.field == "$.value.until"
    ends = schema("pass")["properties"]
    assert isinstance(ends, dict)
    assert [part["type"] for part in ends["value"]["properties"]["revoked_at"]["anyOf"]] == ["string", "null"]


def test_the_address_of_a_page_is_as_long_as_it_may_be() -> None:
    longest = "https://pay.example/" + "x" * (4096 - 20)
    seen = evolve(OPEN, url=longest)
    assert loads(dumps(seen), Snapshot).url == longest
    assert "'url': {'type': 'string', 'maxLength': 4096}" in str(schema("snapshot"))
    for url, code in (
        (longest + "x", "too_long"),
        ("https://pay.example/\n", "forbidden_characters"),
        (5, "wrong_type"),
    ):
        document: Any = to_document(seen)
        document["value"]["url"] = url
        with pytest.raises(InvalidValueError) as refused:
            from_document(document, Snapshot)
        assert (refused.value.field, refused.value.reason.code) == ("$.value.url", code)


KEY = HostKey(b"canary-of-a-key-that-nobody-sees")
LINK = token(KEY, Purpose.JOIN, "p1", 0)


@pytest.mark.parametrize(
    "write",
    [
        dumps,
        to_document,
        lambda secret: dumps(Reason("x", "x").given(secret=secret)),
        lambda secret: to_document(evolve(CAPTURE, postings=(*CAPTURE.postings, secret))),
        lambda secret: from_document(to_document(PRICE), type(secret)),
        lambda secret: loads(json.dumps(LINK.reveal()), type(secret)),
        lambda secret: schema(type(secret).__name__.lower()),
    ],
)
@pytest.mark.parametrize("secret", [KEY, LINK], ids=["key", "token"])
def test_a_key_or_a_token_is_neither_written_nor_read(write: Callable[[Any], object], secret: HostKey | Token) -> None:
    with pytest.raises(InvalidValueError) as refused:
        write(secret)
    assert "canary" not in f"{refused.value!r} {refused.value}"
    assert LINK.reveal() not in f"{refused.value!r} {refused.value}"


def test_nothing_that_is_written_has_a_place_for_one() -> None:
    kinds = [kind for kind in TYPES.values() if attrs.has(kind)]
    types = {part for kind in kinds for field in attrs.fields(attrs.resolve_types(kind)) for part in parts(field.type)}
    assert {Money, datetime} < types
    assert not {kind for kind in types if isinstance(kind, type) and issubclass(kind, Secret)}


def parts(kind: Any) -> set[Any]:
    """A type, and all that it is made of."""
    return {kind} | {part for inner in get_args(kind) if not isinstance(inner, str) for part in parts(inner)}
