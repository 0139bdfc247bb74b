"""`paidevents check`: what will go wrong, before anybody buys."""

import json
from pathlib import Path

import pytest
from cli.running import run

EVENT = """
v = 1
event = { id = "x", title = "X", kind = "on_demand", zone = "UTC", currency = "EUR" }
tickets = [{ id = "a", name = "A", price = "%s" }]
providers = [{ name = "stripe" }]
promotions = [{ id = "p", percent = "10 %%", codes = ["P"], combines_with = ["gone"] }]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "event.toml"


def test_nothing_to_worry_about(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", "demo:masterclass") == (0, "Nothing to worry about.\n", "")
    assert run(capsys, "check", "demo:masterclass", "--json") == (0, "[]\n", "")


def test_a_note_is_no_refusal(capsys: pytest.CaptureFixture[str], path: Path) -> None:
    path.write_text(EVENT % "20.00", "utf-8")
    status, out, _ = run(capsys, "check", str(path))
    assert status == 0
    assert out.startswith("note  promotions[0].combines_with[0]  ") and "gone" in out


def test_an_error_is(capsys: pytest.CaptureFixture[str], path: Path) -> None:
    path.write_text(EVENT % "0.20", "utf-8")
    status, out, _ = run(capsys, "check", str(path), "--locale", "fr")
    assert status == 1
    assert out.startswith("erreur  tickets[0].price  ")
    status, out, _ = run(capsys, "check", str(path), "--json")
    assert status == 1
    first = json.loads(out)[0]
    assert (first["severity"], first["where"], first["reason"]) == ("error", "tickets[0].price", "price_below_minimum")
    assert first["values"]["minimum"] == {"minor": 50, "currency": "EUR"}
    assert first["text"] == "A price is nothing or at least €0.50: €0.20."
