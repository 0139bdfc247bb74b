"""`paidevents currencies`: decimals, names, and what providers take."""

import pytest
from cli.running import run


def test_one_currency_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "currencies", "HUF", "--locale", "fr")
    assert status == 0
    assert out == (
        "HUF  forint hongrois\n"
        "  ISO 4217: number 348, 2 digits, Forint\n"
        "  paypal: minimum none published, maximum none published, step 1,00 HUF\n"
        '    123,00 HUF is sent as "123"\n'
        "    read 2026-11-21 at developer.paypal.com/docs/api/reference/currency-codes\n"
        "  stripe: minimum 175,00 HUF, maximum 999 999,99 HUF, step 0,01 HUF\n"
        "    123,00 HUF is sent as 12300\n"
        "    read 2026-09-20 at docs.stripe.com/currencies\n"
    )


def test_one_currency_at_one_provider(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "currencies", "ISK", "--provider", "stripe")
    assert status == 0
    assert "ISK123 is sent as 12300" in out and "paypal" not in out
    status, out, _ = run(capsys, "currencies", "ISK", "--provider", "paypal")
    assert (status, "paypal: does not take it" in out) == (1, True)
    assert "not listed; only where the account has it" in run(capsys, "currencies", "KWD")[1]
    assert "accounts of its own country only" in run(capsys, "currencies", "BRL")[1]


def test_all_currencies(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "currencies", "--locale", "fr")
    assert status == 0
    assert len(out.splitlines()) == 165
    assert "JPY  0 digits  yen japonais" in out.splitlines()
    status, out, _ = run(capsys, "currencies", "--provider", "paypal")
    assert status == 0
    assert len(out.splitlines()) == 26
    assert out.splitlines()[1].startswith("BRL  2 decimals  minimum none published")
