"""Quotes as documents: nothing is lost, and what no quote could have said is refused."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pricing.vectors import VECTORS, quote

from paidevents import EUR, InvalidValueError, Money, Rate
from paidevents.catalog import Event, EventKind, Fee, Percent, PromoCode, Promotion, TaxMode, TaxRate, TaxTable, Ticket
from paidevents.pricing import Basket, Buyer, Item, Plan, Quote, Take
from paidevents.wire import dumps, from_document, loads, to_document

VIDEO = Event(
    id="video",
    title="A video",
    zone="Europe/Paris",
    currency=EUR,
    kind=EventKind.ON_DEMAND,
    tickets=(Ticket(id="standard", name="Standard", price=Money.of("19.95", EUR)),),
    promotions=(Promotion(id="ten", effect=Percent(Rate.of("10 %")), codes=(PromoCode("TEN"),)),),
    fees=(Fee(id="service", rate=Rate.of("5 %"), buyer_share=Rate.of("100 %")),),
    tax=TaxTable(mode=TaxMode.INCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate.of("20 %")),)),
)
PRICED = Plan(VIDEO).quote({"standard": 2}, ["ten", "gone"], at=datetime(2026, 3, 1, 12, 30, 15, 7, tzinfo=UTC))


@pytest.mark.parametrize("vector", VECTORS["pricing"], ids=lambda vector: vector["id"])
def test_a_price_comes_back_as_it_was(vector: dict[str, Any]) -> None:
    priced = quote(vector)
    text = dumps(priced)
    back = loads(text, Quote)
    assert back == priced and dumps(back) == text
    assert (back.units, back.lines, back.fees, back.taxes, back.totals) == (
        priced.units,
        priced.lines,
        priced.fees,
        priced.taxes,
        priced.totals,
    )


def test_what_came_back_can_be_priced_anew_and_claimed() -> None:
    back = loads(dumps(PRICED), Quote)
    plan = Plan(VIDEO)
    assert plan.claims(back) == plan.claims(PRICED)
    assert plan.requote(back, [1]) == plan.requote(PRICED, [1])
    assert back.good_until == PRICED.good_until


def test_a_quote_looks_like_this() -> None:
    value: Any = to_document(PRICED)["value"]
    assert value["at"] == {"at": "2026-03-01T12:30:15.000007Z", "tz": "UTC"}
    assert value["places"] == [{"ticket": "standard", "tier": "", "session": ""}] * 2
    assert (value["list_prices"], value["prices"], value["fees"]) == ([1995, 1995], [1795, 1795], [90, 90])
    assert value["lines"][0] == {
        "phase": "unit.percent",
        "reason": {"code": "percent_off", "text": "{rate} off", "retryable": False, "values": {}},
        "values": {"rate": {"tag": "rate", "value": "1/10"}},
        "promotion": "ten",
        "version": 1,
        "code": "TEN",
        "per_unit": [-200, -200],
    }


def change(path: str, value: object) -> Callable[[Any], None]:
    """Put *value* where *path* leads; its last step is a key or an index."""

    def put(document: Any) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            document = document[step]
        document[last] = value

    return put


@pytest.mark.parametrize(
    ("put", "path", "code"),
    [
        (change("event", "A Video"), "event", "bad_format"),
        (change("lasts", 0), "lasts", "out_of_range"),
        (change("lasts", 10081), "lasts", "out_of_range"),
        (change("quantum", 0), "quantum", "out_of_range"),
        (change("at", None), "at", "wrong_type"),
        (change("places", []), "list_prices", "not_as_many"),
        (change("prices", [1]), "prices", "not_as_many"),
        (change("gross_ups", [0, 0, 0]), "gross_ups", "not_as_many"),
        (change("lines.1.per_unit", []), "lines[1].per_unit", "not_as_many"),
        (change("fee_records.0.amounts", [1]), "fee_records[0].amounts", "not_as_many"),
        (change("fee_records.0.passed_on", [1]), "fee_records[0].passed_on", "not_as_many"),
        (change("fee_records.0.taker", "nobody"), "fee_records[0].taker", "not_one_of"),
        (change("tax_records.0.amounts", [1]), "tax_records[0].amounts", "not_as_many"),
        (change("rates", [0, 2]), "rates[1]", "out_of_range"),
        (change("rates", [-1, 0]), "rates[0]", "out_of_range"),
        (change("taxation.key_of", {"standard": 5}), "taxation.key_of.standard", "out_of_range"),
        (change("taxation.keys.0.0.country", "fr"), "taxation.keys[0][0].country", "bad_format"),
        (change("taxation.rounding", "nearest"), "taxation.rounding", "not_one_of"),
        (change("lines.0.phase", "unit"), "lines[0].phase", "not_one_of"),
        (change("lines.0.values", {}), "lines[0].values.rate", "missing"),
        (change("lines.0.values.self", 1), "lines[0].values.self", "unknown_key"),
        (change("lines.0.values.rate", 1.5), "lines[0].values.rate", "wrong_type"),
        (change("skipped.0.reasons", [7]), "skipped[0].reasons[0]", "wrong_type"),
        (change("codes.0.key", 7), "codes[0].key", "wrong_type"),
        (change("prices.0", True), "prices[0]", "bool_not_allowed"),
        (change("total", 1), "total", "unknown_key"),
    ],
)
def test_what_no_quote_could_have_said_is_refused(put: Callable[[Any], None], path: str, code: str) -> None:
    document: Any = json.loads(dumps(PRICED))
    put(document["value"])
    with pytest.raises(InvalidValueError) as refused:
        from_document(document, Quote)
    assert (refused.value.field, refused.value.reason.code) == (f"$.value.{path}", code)


def test_sums_that_no_amount_can_hold_are_refused_on_reading() -> None:
    document: Any = to_document(PRICED)
    document["value"]["prices"] = [2**63 - 1, 2**63 - 1]
    with pytest.raises(InvalidValueError) as refused:
        from_document(document, Quote)
    assert (refused.value.field, refused.value.reason.code) == ("$.value", "out_of_range")


def test_rates_that_nobody_could_declare_are_refused_unread() -> None:
    document: Any = to_document(PRICED)
    keys = document["value"]["taxation"]["keys"]
    keys[0] = keys[0] * 2401
    with pytest.raises(InvalidValueError) as refused:
        from_document(document, Quote)
    assert refused.value.field == "$.value.taxation.keys"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            Basket((Item("gift", 2, amount=Money.of("5.00", EUR)),)),
            '{"items": [{"ticket": "gift", "count": 2, "sessions": [], "amount": {"minor": 500, "currency": "EUR"}}]}',
        ),
        (
            Buyer(country="FR", identities=("ana",)),
            '{"country": "FR", "business_number": null, "identities": ["ana"], "orders_before": 0}',
        ),
        (Take("event", 2, 50), '{"counter": "event", "count": 2, "limit": 50}'),
    ],
)
def test_what_is_asked_for_and_taken(value: object, text: str) -> None:
    name = type(value).__name__.lower()
    assert dumps(value) == f'{{"v": 1, "type": "{name}", "value": {text}}}'
    assert loads(dumps(value), type(value)) == value


def test_an_impossible_basket_is_refused() -> None:
    document = {"v": 1, "type": "basket", "value": {"items": [{"ticket": "gift", "count": 0}]}}
    with pytest.raises(InvalidValueError, match=r"\$\.value\.items\[0\]\.count: It must lie between 1 and 1000\."):
        from_document(document, Basket)
