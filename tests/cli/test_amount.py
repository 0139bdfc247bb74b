"""`paidevents amount`: what a person typed, and whether a provider takes it."""

import json

import pytest
from cli.running import run

from paidevents.money import Money
from paidevents.wire import from_document


def test_an_amount_is_read_and_shown_back(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, *AMOUNT, "1 234,56 €", "--provider", "stripe")
    assert status == 0
    assert out == (
        "1 234,56 €   Money.of('1234.56', 'EUR')\n  minor units  123456 (EUR, 2 digits)\n  stripe       takes it, sent as 123456\n"
    )


AMOUNT = ("amount", "--currency", "EUR", "--locale", "fr")


def test_without_a_provider_an_amount_is_only_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *AMOUNT, "0,20")[0] == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0,20 €", "Un paiement en ligne est d’au moins 0,50 €. [below_minimum]"),
        ("1 000 000,00", "Un paiement en ligne est d’au plus 999 999,99 €. [above_maximum]"),
        ("0", "Seul un montant supérieur à zéro peut être encaissé. [not_positive]"),
    ],
)
def test_what_a_provider_would_refuse_is_said_in_the_persons_language(
    capsys: pytest.CaptureFixture[str], typed: str, sentence: str
) -> None:
    status, out, _ = run(capsys, *AMOUNT, typed, "--provider", "stripe")
    assert status == 1
    assert sentence in out


def test_every_reason_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(
        capsys, "amount", "100000000.20", "--currency", "MGA", "--locale", "en", "--provider", "stripe"
    )
    assert status == 1
    assert out.count("[") == 2 and "[above_maximum]" in out and "[off_step]" in out


def test_a_currency_that_the_provider_does_not_take(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("amount", "10", "--currency", "ISK", "--locale", "en", "--provider", "paypal")
    status, out, _ = run(capsys, *arguments)
    assert (status, "paypal does not take ISK. [currency_not_supported]" in out) == (1, True)
    unlisted = ("amount", "10", "--currency", "KWD", "--locale", "en", "--provider", "stripe")
    status, out, _ = run(capsys, *unlisted)
    assert (status, "[currency_unlisted]" in out) == (1, True)
    status, out, _ = run(capsys, *arguments, "--json")
    assert status == 1
    assert json.loads(out)["provider"]["refusals"][0]["value"]["code"] == "currency_not_supported"


def test_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, *AMOUNT, "1 234,56", "--provider", "paypal", "--json")
    document = json.loads(out)
    assert status == 0
    assert from_document(document["amount"], Money) == Money.of("1234.56", "EUR")
    assert document["provider"] == {"name": "paypal", "wire": "1234.56", "refusals": []}
    status, out, _ = run(capsys, *AMOUNT, "0,20", "--provider", "stripe", "--json")
    document = json.loads(out)
    assert status == 1
    assert document["provider"]["wire"] is None
    assert document["provider"]["refusals"][0]["text"] == "Un paiement en ligne est d’au moins 0,50 €."
    assert "provider" not in json.loads(run(capsys, *AMOUNT, "1", "--json")[1])
