"""`paidevents explain`: why a price is what it is."""

import pytest
from cli.running import run

ORDER = ("explain", "demo:masterclass", "-n", "standard=3", "--sold", "early_bird=48", "--code", "SAVE15")


def test_a_price_is_told_step_by_step(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, *ORDER, "--code", "launch30", "--at", "2026-02-20T12:00+01:00")
    assert (status, err) == (0, "")
    assert out == (
        "2 × Standard · Early bird, €79.00 each: €158.00.\n"
        "Standard · Second lot: €99.00.\n"
        "Together, at list price: €257.00.\n"
        "15% off (SAVE15): -€38.55.\n"
        "To pay: €218.45.\n"
        "“LAUNCH30” was not applied: It ended on February 1, 2026, 12:00 AM CET.\n"
        "Good until February 20, 2026, 12:15 PM CET.\n"
    )


def test_what_cannot_be_ordered_says_why_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, *ORDER, "--at", "2026-05-20T12:00+02:00", "--locale", "fr")
    assert status == 1
    assert out == (
        "3 × Standard à 120,00 € : 360,00 €.\n"
        "Réduction de 15 % (SAVE15) : -54,00 €.\n"
        "À payer : 306,00 €.\n"
        "La commande n’est pas possible telle quelle : Standard n’est plus en vente.\n"
        "Valable jusqu’au 20 mai 2026, 12:15 CEST.\n"
    )


def test_taxes_are_told_and_who_owes_them(capsys: pytest.CaptureFixture[str]) -> None:
    seat = ("explain", "demo:workshop", "-n", "seat=1", "--at", "2026-05-04T09:00+02:00")
    assert "It contains VAT 20% (FR): €11.03." in run(capsys, *seat)[1].splitlines()
    abroad = run(capsys, *seat, "--country", "DE", "--business", "DE123456789")[1].splitlines()
    assert "Reverse charge: the buyer owes the tax." in abroad
