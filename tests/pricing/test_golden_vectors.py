"""The golden vectors, from an independent calculator in exact fractions: every amount, line and reason."""

from typing import Any

import pytest
from pricing.vectors import VECTORS, quote

from paidevents.catalog import Selection
from paidevents.money import Currency
from paidevents.pricing.refundable import taxed_parts

ADJUSTMENTS = {"raised_to_minimum": "minimum", "waived": "waived"}


@pytest.mark.parametrize("vector", VECTORS["pricing"], ids=lambda vector: f"{vector['id']} {vector['title']}")
def test_a_price_is_that_of_the_vector(vector: dict[str, Any]) -> None:
    expected, found = vector["expect"], quote(vector)
    assert [
        {
            "ticket": vector["units"][place]["ticket"],
            "list": unit.list_price.minor,
            "price": unit.price.minor,
            "net": unit.before_tax.minor,
            "tax": unit.tax.minor,
            "gross": unit.charged.minor,
            "fee": unit.fees.minor,
        }
        for place, unit in enumerate(found.units)
    ] == expected["units"]
    assert [
        {
            "stage": ADJUSTMENTS.get(line.reason.code, line.phase.value),
            "promo": line.promotion or None,
            "amount": line.amount.minor,
            "per_unit": {str(place): amount for place, amount in enumerate(line.per_unit) if amount},
        }
        for line in found.lines
        if line.phase.value != "tax"  # the vectors keep the tax on top apart from their trace
    ] == expected["trace"]
    totals = found.totals
    assert {
        "list_total": totals.list.minor,
        "discount_total": totals.discount.minor,
        "adjustment_total": totals.adjustment.minor,
        "net_total": totals.before_tax.minor,
        "tax_total": totals.tax.minor,
        "gross_total": totals.charged.minor,
        "fee_total": totals.platform_fees.minor,
        "payout_total": totals.payout.minor,
    } == {name: expected[name] for name in expected if name.endswith("_total")}
    assert [each.promotion for each in found.skipped if each.reasons[0].code == "no_effect"] == expected["no_effect"]
    assert [reason.code.upper() for reason in found.refusals] == [expected["rejected"]] * bool(expected["rejected"])


@pytest.mark.parametrize("vector", VECTORS["best"], ids=lambda vector: str(vector["title"]))
def test_the_best_combination_is_that_of_the_vector(vector: dict[str, Any]) -> None:
    found = quote(vector, Selection.BEST)
    assert found.charged.minor == vector["expect"]["gross_total"]
    assert sorted({line.promotion for line in found.lines}) == vector["expect"]["chosen"]


@pytest.mark.parametrize("vector", VECTORS["refunds"], ids=lambda vector: str(vector["steps"]))
def test_the_tax_of_partial_refunds_is_that_of_the_vector(vector: dict[str, Any]) -> None:
    before, found = 0, []
    for step in vector["steps"]:
        tax = taxed_parts(vector["gross"], vector["tax"], before, step)
        found.append({"refund": step, "tax": tax, "net": step - tax})
        before += step
    assert found == vector["expect"]


def test_the_vectors_are_all_there() -> None:
    counts = {name: len(VECTORS[name]) for name in ("pricing", "best", "refunds", "counterexamples")}
    assert counts == {"pricing": 42, "best": 3, "refunds": 3, "counterexamples": 10}
    assert Currency("EUR").digits == 2
