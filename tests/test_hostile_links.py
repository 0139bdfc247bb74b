"""The hostile cases of `vectors/hostile.json` about what comes from outside: notifications and personal links."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from access.comparisons import compared_directly
from box_office.both_sides import balances, books, on_sale, payments, receive, wrong
from box_office.offices import ORGANIZER, Office
from box_office.stepping import cut_short

import paidevents
from paidevents.access import Purpose, token
from paidevents.box_office import BoxOffice, flows
from paidevents.box_office.asks import Recipe
from paidevents.errors import InvalidValueError, NotAllowedError, PaidEventsError
from paidevents.lifecycle import OrderState
from paidevents.ports import Dossier, MessageKind, Obligation, Stored
from paidevents.providers import FakeProvider
from paidevents.stores import MemoryStore
from paidevents.testing.world import KEY, START

AREAS = json.loads((Path(__file__).parent / "vectors" / "hostile.json").read_bytes())["areas"]
CASES = {case["id"]: case for area in ("webhooks", "tokens") for case in AREAS[area]}

handlers: dict[str, Callable[[Any], None]] = {}


def case(id: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    def keep(handler: Callable[[Any], None]) -> Callable[[Any], None]:
        handlers[id] = handler
        return handler

    return keep


def paid_but_not_told() -> tuple[Office, str, dict[str, str], bytes]:
    """An order that is paid, and the notification that tells of it."""
    office = on_sale()
    order = office.reserve().id
    office.world.card.pay(office.run(flows.checkout(order)).url)
    headers, body = office.world.card.notifications()[-1]
    return office, order, headers, body


def version(office: Office, order: str) -> int:
    stored = office.world.store.get(Dossier, order)
    assert stored is not None
    return stored.version


@case("webhooks-001")
def no_signature(given: Any) -> None:
    office, order, headers, body = paid_but_not_told()
    before = version(office, order)
    for value in given["hdr"]:
        signed = {"fake-signature": value, "fake-timestamp": headers["fake-timestamp"]}
        assert receive(office, {name: text for name, text in signed.items() if text is not None}, body) == 400
        assert receive(office, {} if value is None else {"fake-signature": value}, body) == 400
    assert (version(office, order), payments(office, order)) == (before, ["p1 open"])


@case("webhooks-003")
def no_secret(given: Any) -> None:
    office = on_sale()
    for secret in (*given["secret"], b"", b"short"):
        for secrets in ((secret,), secret, ()):
            with pytest.raises(InvalidValueError):
                FakeProvider(clock=office.world.clock, secrets=secrets)


@case("webhooks-005")
def a_provider_that_nobody_asked_for(_: Any) -> None:
    """Without providers there are none, not even a fake one; and one that was asked for takes nothing unsigned."""
    office, order, headers, body = paid_but_not_told()
    bare = BoxOffice(office.world.store, key=KEY, clock=office.world.clock)
    for name in ("card:test", "fake:test", "mock"):
        assert bare.receive(name, headers, body) == 503
    assert receive(office, {}, body) == 400
    assert payments(office, order) == ["p1 open"]


@case("webhooks-006")
def odd_timestamps(given: Any) -> None:
    office, order, headers, body = paid_but_not_told()
    now = int(headers["fake-timestamp"])
    for text in given["t"]:
        seconds = str(now + int(text[:-1])) if text.endswith("s") else text
        assert receive(office, {**headers, "fake-timestamp": seconds}, body) == 400
    for seconds_off in (-301, 301):
        office.world.clock.set(START)
        office.world.clock.advance(seconds=seconds_off)
        assert receive(office, headers, body) == 400
    assert payments(office, order) == ["p1 open"]


@case("webhooks-008")
def a_signature_of_other_letters(given: Any) -> None:
    office, order, headers, body = paid_but_not_told()
    for text in (given["v1"], given["v1"] * 64, "\ud800", "０" * 64, headers["fake-signature"].upper()):
        assert receive(office, {**headers, "fake-signature": text}, body) == 400
    assert payments(office, order) == ["p1 open"]


@case("webhooks-013")
def given_back_before_it_was_paid(_: Any) -> None:
    office, order, _headers, _body = paid_but_not_told()
    card = office.world.card
    card.refund_in_dashboard("cs_1", card.payments()[0].requested)
    for headers, body in reversed(card.notifications()):
        assert receive(office, headers, body) == 200
    after = office.dossier(order)
    assert (books(office), payments(office, order)) == (["paid 20.00 -20.00 succeeded"], ["p1 paid"])
    assert (after.order.state, after.passes, balances(office, order)) == (OrderState.HELD, (), {})
    assert wrong(office) == []


@case("webhooks-014")
def of_what_nobody_knows(_: Any) -> None:
    office, _order, _headers, _body = paid_but_not_told()
    for said in ({"ref": "cs_9", "reference": "missing"}, {"ref": "cs_9", "reference": "x" * 64}):
        body = json.dumps({"id": "evt_9", "kind": "payment.paid", **said}).encode()
        assert receive(office, office.world.card.signed(body), body) == 503
    assert len(office.run(flows.dossiers("talk", by=ORGANIZER))) == 1


@case("webhooks-015")
def everything_ends_before_the_answer(_: Any) -> None:
    def told() -> tuple[Office, Recipe[Any]]:
        office, _order, headers, body = paid_but_not_told()
        return office, flows.receive("card:test", headers, body, account="main")

    for office, _asks in cut_short(told):
        office.world.clock.advance(minutes=2)
        headers, body = office.world.card.resend(-1)
        assert receive(office, headers, body) == 200
        (one,) = office.run(flows.dossiers("talk", by=ORGANIZER))
        before = version(office, one.id)
        assert receive(office, headers, body) == 200
        assert (version(office, one.id), payments(office, one.id)) == (before, ["p1 paid"])
        office.run(flows.reconcile())
        assert office.told() == ["confirmation"]
        assert wrong(office) == []


@case("webhooks-016")
def bodies_that_nobody_should_read(given: Any) -> None:
    office, order, _headers, _body = paid_but_not_told()
    deep, twice, nan, number = given["body"][1:]
    assert set(deep) <= {"[", "."}
    bodies = [b"x" * 50_000_000, b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000]
    bodies += [
        text.encode() for text in (twice, nan, number, f'{{"id": {number}, "ref": "cs_1", "reference": "{order}"}}')
    ]
    for body in bodies:
        assert receive(office, office.world.card.signed(body), body) == 400
    assert payments(office, order) == ["p1 open"]


@case("webhooks-018")
def types_swapped(_: Any) -> None:
    office, order, _headers, _body = paid_but_not_told()
    good: dict[str, object] = {"id": "evt_9", "ref": "cs_1", "reference": order, "kind": "payment.paid"}
    for name in ("id", "ref", "reference"):
        for value in (None, 1000, ["EUR"], {"a": 1}, True, "", 1.5):
            body = json.dumps({**good, name: value}).encode()
            assert receive(office, office.world.card.signed(body), body) == 400
    assert payments(office, order) == ["p1 open"]


def everything(store: MemoryStore) -> Iterator[Stored[Dossier] | Stored[Obligation]]:
    """Every record that a store keeps of the talk."""
    orders = store.find(Dossier, "event", "talk")
    yield from orders
    number = 1
    for stored in orders:
        while (one := store.get(Obligation, f"{stored.record.id}/{number}")) is not None:
            yield one
            number += 1


def sold() -> tuple[Office, str, list[str]]:
    """An order that is paid, and every token that was sent for it."""
    store = MemoryStore()
    office = on_sale(Office(store=store))
    order = office.sell().id
    sent = [address.rpartition("/")[2] for one in office.world.outbox.messages for _, address in one.links]
    assert len(sent) >= 2
    return office, order, sent


@case("tokens-002")
def what_is_stored(_: Any) -> None:
    office, _order, sent = sold()
    assert isinstance(office.world.store, MemoryStore)
    dump = repr([attrs.asdict(one) for one in everything(office.world.store)])
    assert "Obligation" in repr(list(everything(office.world.store))) and "cs_1" in dump
    assert not any(text in dump for text in sent)


@case("tokens-003")
def compared_in_constant_time(_: Any) -> None:
    """What was signed is compared nowhere else, and in constant time; flows compare nothing that is secret."""
    here = Path(paidevents.__path__[0])
    signing = (here / "providers" / "fake_signature.py").read_text("utf-8")
    assert compared_directly(signing) == ["key.lower() == name"], "the name of a header"
    assert "hmac.compare_digest(" in signing
    for name in ("attending", "leaving", "waiting", "settling"):
        assert not compared_directly((here / "box_office" / "flows" / f"{name}.py").read_text("utf-8"))


@case("tokens-005")
def a_link_of_a_place_that_is_gone(_: Any) -> None:
    office, order, _sent = sold()
    (message,) = office.world.outbox.of(MessageKind.CONFIRMATION)
    joining, leaving = (message.link(purpose).split("/")[2:] for purpose in (Purpose.JOIN, Purpose.CANCEL))
    office.run(flows.cancel_by_link(*leaving))
    assert office.dossier(order).order.state is OrderState.CANCELLED
    attempts: tuple[Recipe[Any], ...] = (
        flows.join("talk", *joining, device="phone"),
        flows.cancel_by_link(*leaving),
        flows.join("talk", *leaving, device="phone"),
        flows.join("talk", "nobody-1", joining[1], device="phone"),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowedError) as refused:
            office.run(attempt)
        assert [reason.code for reason in refused.value.reasons] == ["token_not_valid"]


@case("tokens-007")
def tokens_are_not_shown(_: Any) -> None:
    office, order, sent = sold()
    (message,) = office.world.outbox.of(MessageKind.CONFIRMATION)
    shown = f"{message!r} {office.run(flows.dossier(order))!r} {office.world.box!r} {flows.join('talk', 'a', sent[0], device='b')!r}"
    shown += repr(office.run(flows.checkout(order)))
    with pytest.raises(PaidEventsError) as refused:
        office.run(flows.join("talk", f"{order}-1", sent[0], device="phone"))
    shown += f"{refused.value} {refused.value!r}"
    assert not any(text in shown for text in sent)


@case("tokens-010")
def texts_beside_the_token(given: Any) -> None:
    office, order, _sent = sold()
    right = token(KEY, Purpose.CANCEL, f"{order}-1", 0).reveal()
    for text in [right + tail.removeprefix("x") for tail in given["tok"]]:
        with pytest.raises(NotAllowedError, match="not valid"):
            office.run(flows.cancel_by_link(f"{order}-1", text))
    assert office.run(flows.cancel_by_link(f"{order}-1", right)).state is OrderState.CANCELLED


@pytest.mark.parametrize("id", sorted(handlers))
def test_hostile(id: str, caplog: pytest.LogCaptureFixture) -> None:
    handlers[id](CASES[id]["input"])
    assert caplog.text == ""  # and nothing of it is logged
