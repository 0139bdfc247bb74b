"""The command `timeline`."""

import json

import pytest
from cli.running import run

MASTERCLASS = "examples/events/masterclass.toml"


def test_it_shows_when_the_price_changes_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "timeline", MASTERCLASS)
    assert status == 0
    assert [" ".join(line.split()) for line in out.splitlines()] == [
        "Standard",
        "Until March 1, 2026, 12:00 AM CET",
        "50 × Early bird €79.00",
        "100 × Second lot €99.00",
        "Standard €120.00",
        "From March 1, 2026, 12:00 AM CET until April 1, 2026, 12:00 AM CEST (Early bird ends.)",
        "100 × Second lot €99.00",
        "Standard €120.00",
        "From April 1, 2026, 12:00 AM CEST until April 14, 2026, 7:30 PM CEST (Second lot ends.)",
        "Standard €120.00",
        "From April 14, 2026, 7:30 PM CEST not on sale (The sale closes.)",
    ]


def test_it_speaks_french(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "timeline", MASTERCLASS, "--locale", "fr")[1]
    assert "120,00 €" in out
    assert "The sale closes" not in out


def test_a_price_that_never_changes_holds_at_any_time(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "timeline", "examples/events/training_pln.toml")[1]
    assert "At any time" in out


def test_one_ticket_is_asked_for_and_several_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    chf = "examples/events/conference_chf.toml"
    everything, blocks = run(capsys, "timeline", chf)[1], run(capsys, "timeline", chf, "--json")[1]
    tickets = list(dict.fromkeys(stretch["ticket"] for stretch in json.loads(blocks)))
    assert len(tickets) > 1
    assert everything.count("\n\n") == len(tickets) - 1
    alone = json.loads(run(capsys, "timeline", chf, "--ticket", tickets[1], "--json")[1])
    assert {stretch["ticket"] for stretch in alone} == {tickets[1]}
    status, out, err = run(capsys, "timeline", chf, "--ticket", "nobody")
    assert (status, out) == (2, "") and len(err.splitlines()) == 1


def test_programs_get_amounts_and_codes(capsys: pytest.CaptureFixture[str]) -> None:
    first, second, *_, last = json.loads(run(capsys, "timeline", MASTERCLASS, "--json")[1])
    assert (first["starts_at"], first["ends_at"]) == (None, "2026-03-01T00:00:00+01:00")
    assert [(rung["tier"], rung["sold_from"], rung["places"], rung["charged"]) for rung in first["rungs"]] == [
        ("early_bird", 0, 50, {"minor": 7900, "currency": "EUR"}),
        ("second_lot", 50, 100, {"minor": 9900, "currency": "EUR"}),
        (None, 150, None, {"minor": 12000, "currency": "EUR"}),
    ]
    assert [rung["reason"] and rung["reason"]["code"] for rung in first["rungs"]] == [
        None,
        "when_sold_out",
        "when_sold_out",
    ]
    assert [reason["code"] for reason in second["reasons"]] == ["tier_ends"]
    assert (last["rungs"], last["ends_at"]) == ([], None)
