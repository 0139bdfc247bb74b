"""Orders with their money, what is to be done, and accounts at providers: how a store writes them."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from paidevents import Money
from paidevents.access import Pass
from paidevents.catalog import Cancellation, Role
from paidevents.errors import InvalidValueError
from paidevents.money import EUR
from paidevents.payments import Payment, Refund, RefundPurpose
from paidevents.ports import Connection, Dossier, MessageKind, Obligation, Task
from paidevents.registration import Attendee, Hold, Order, Person, Registration
from paidevents.wire import dumps, from_document, loads, schema, to_document

NOON = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Paris"))  # 11:00 in UTC
AT = '"2026-01-01T11:00:00Z"'
LATER = NOON + timedelta(minutes=15)
AT_LATER = '"2026-01-01T11:15:00Z"'
PRICE = Money.of("20.00", EUR)
TWENTY = '{"minor": 2000, "currency": "EUR"}'
ANA = Person(name="Ana", email="ana@example.org")
ORDER = Order(
    id="A1",
    event="talk",
    buyer=None,
    registrations=(Registration(id="A1-1", attendee=Attendee(person=ANA), role=Role.SPEAKER),),
    hold=Hold(starts_at=NOON, until=LATER, latest=LATER),
    cancellation=Cancellation(),
    adjustment=Money.zero(EUR),
)
ORDER_TEXT = (
    '{"id": "A1", "event": "talk", "buyer": null, "registrations": [{"id": "A1-1", "attendee": '
    '{"person": {"name": "Ana", "email": "ana@example.org"}, "answers": [], "accepted": 0}, '
    '"role": "speaker", "quote": 0, "units": [], "history": []}], '
    f'"hold": {{"starts_at": {AT}, "until": {AT_LATER}, "latest": {AT_LATER}}}, '
    '"cancellation": {"steps": [], "kept": null, "fees": "as_declared", "tax": true, "clawback": false, '
    '"pro_rata": false, "buyer_until": "at start", "text": ""}, '
    '"adjustment": {"minor": 0, "currency": "EUR"}, '
    '"quotes": [], "repriced": [], "given": [], "change": null, "history": []}'
)
START = Obligation(
    id="A1/1",
    task=Task.START,
    event="talk",
    order="A1",
    subject="p1",
    key="p1:1",
    made_at=NOON,
    due_at=NOON,
)


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        (
            Dossier(
                order=ORDER,
                account="7",
                locale="fr",
                payments=(Payment(id="p1", order="A1", provider="stripe:test", account="acct_1", amount=PRICE),),
                refunds=(Refund(id="r1", order="A1", payment="p1", amount=PRICE, purpose=RefundPurpose.SURPLUS),),
                passes=(Pass(id="A1-1", registration_id="A1-1", event_id="talk", issued_at=NOON),),
                entries=2,
                obligations=3,
            ),
            "dossier",
            f'{{"order": {ORDER_TEXT}, "account": "7", "locale": "fr", '
            '"payments": [{"id": "p1", "order": "A1", "provider": "stripe:test", "account": "acct_1", '
            f'"amount": {TWENTY}, "attempt": 1, "ref": null, "snapshot": null, "history": []}}], '
            f'"refunds": [{{"id": "r1", "order": "A1", "payment": "p1", "amount": {TWENTY}, "purpose": "surplus", '
            '"attempt": 1, "provider_id": "", "earlier": [], "history": []}], '
            f'"passes": [{{"id": "A1-1", "registration_id": "A1-1", "event_id": "talk", "issued_at": {AT}, '
            '"sessions": [], "window": {"starts_at": null, "ends_at": null}, "generation": 0, "most_devices": null, '
            '"devices": [], "visits": [], "suspended_at": null, "revoked_at": null, "revoked_for": null}], '
            '"entries": 2, "obligations": 3}',
        ),
        (
            Dossier(order=ORDER),
            "dossier",
            f'{{"order": {ORDER_TEXT}, "account": "", "locale": "en", '
            '"payments": [], "refunds": [], "passes": [], "entries": 0, "obligations": 0}',
        ),
        (
            START.claimed(NOON),
            "obligation",
            '{"id": "A1/1", "task": "start", "event": "talk", "order": "A1", "subject": "p1", "key": "p1:1", '
            f'"made_at": {AT}, "due_at": {AT}, "tries": 1, "leased_until": "2026-01-01T11:01:00Z", "done_at": null, '
            '"stuck": "", "message": null, "values": [], "cursor": ""}',
        ),
        (
            Obligation(
                id="talk/2",
                task=Task.TELL_ALL,
                event="talk",
                made_at=NOON,
                due_at=LATER,
                done_at=LATER,
                stuck="never_made",
                message=MessageKind.CANCELLED,
                values=(("why", "The speaker\nis ill."), ("again", "")),
                cursor="A1",
            ),
            "obligation",
            '{"id": "talk/2", "task": "tell_all", "event": "talk", "order": "", "subject": "", "key": "", '
            f'"made_at": {AT}, "due_at": {AT_LATER}, "tries": 0, "leased_until": null, "done_at": {AT_LATER}, '
            '"stuck": "never_made", "message": "cancelled", '
            '"values": [["again", ""], ["why", "The speaker\\nis ill."]], "cursor": "A1"}',
        ),
        (
            Connection(
                owner="42",
                provider="stripe:test",
                account="acct_1",
                statement="THEATRE 42",
                short_statement="THTR",
                support="+33 1 23 45 67 89",
                connected_at=NOON,
                disconnected_at=LATER,
            ),
            "connection",
            '{"owner": "42", "provider": "stripe:test", "account": "acct_1", "statement": "THEATRE 42", '
            f'"short_statement": "THTR", "support": "+33 1 23 45 67 89", "connected_at": {AT}, '
            f'"disconnected_at": {AT_LATER}}}',
        ),
    ],
    ids=["dossier", "new dossier", "call", "message", "connection"],
)
def test_it_is_written_like_this(value: object, name: str, text: str) -> None:
    document = f'{{"v": 1, "type": "{name}", "value": {text}}}'
    assert dumps(value) == document
    assert loads(document, type(value)) == value


@pytest.mark.parametrize(
    ("values", "path", "code"),
    [
        ({"a": "b"}, "", "wrong_type"),
        (["ab"], "[0]", "wrong_type"),
        ([["a", "b"], ["c"]], "[1]", "bad_pair"),
        ([["a", "b", "c"]], "[0]", "bad_pair"),
        ([[1, "b"]], "[0]", "wrong_type"),
        ([["a", None]], "[0]", "wrong_type"),
        ([["a\nb", "c"]], "[0]", "forbidden_characters"),
        ([["a", "b\t"]], "[0]", "forbidden_characters"),
        ([["A", "b"]], "[0]", "bad_format"),
        ([["a", "x" * 5001]], "[0]", "too_long"),
    ],
)
def test_what_is_told_is_pairs_of_a_name_and_a_text(values: object, path: str, code: str) -> None:
    document: Any = to_document(START)
    document["value"]["values"] = values
    with pytest.raises(InvalidValueError) as refused:
        from_document(document, Obligation)
    assert (refused.value.field, refused.value.reason.code) == (f"$.value.values{path}", code)


def test_what_is_told_can_be_long() -> None:
    longest = evolve(START, values=(("a", "x\n" * 2500),))
    assert loads(dumps(longest), Obligation).values == (("a", "x\n" * 2500),)


def test_the_schema_knows_a_pair() -> None:
    properties: Any = schema("obligation")["properties"]
    assert properties["value"]["properties"]["values"] == {
        "type": "array",
        "items": {
            "type": "array",
            "prefixItems": [{"type": "string", "maxLength": 2000}, {"type": "string", "maxLength": 20000}],
            "minItems": 2,
            "maxItems": 2,
        },
    }


def test_what_is_of_another_order_is_no_part_of_a_dossier() -> None:
    paid = Payment(id="p1", order="A1", provider="cash", account="desk", amount=PRICE)
    document: Any = to_document(Dossier(order=ORDER, payments=(paid,)))
    document["value"]["payments"][0]["order"] = "A2"
    with pytest.raises(InvalidValueError) as refused:
        from_document(document, Dossier)
    assert (refused.value.field, refused.value.reason.code) == ("$.value.payments[0]", "other_payment")
