"""`paidevents demo --prices`: prices to look at, each of which anybody can ask for again; and the example events."""

import re
import shlex

import pytest
from cli.running import run

from paidevents.check import check
from paidevents.cli.event_files import demo_events, demo_text
from paidevents.reason import Severity
from paidevents.wire import read_event


def test_it_shows_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "demo", "--prices")
    assert (status, err) == (0, "")
    assert len(out.splitlines()) < 90  # two screens
    totals = re.findall(r" Total +(\S+)", out)
    assert totals == ["€545.05", "€66.15", "€55.13", "$51.80", "CHF377.00", "€1.00"]
    kept = re.findall(r" The organizer keeps +(\S+)", out)
    assert kept == ["€517.80", "€52.50", "€52.50", "$50.00", "CHF377.00", "€0.95"]
    told = " ".join(out.split())
    for shown in (
        "LAUNCH30 It ended on February 1, 2026",
        "of which VAT 20% (FR) €11.03",
        "Reverse charge: the buyer owes the tax.",
        "Card payment (2.9% + $0.30) +$1.80",
        "TRIO It cannot be combined with Five or more, BERN50.",
        "Raised to the least online payment, €1.00",
        "100 × Second lot €99.00",
    ):
        assert shown in told


def test_each_of_its_commands_answers(capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.findall(r"\$ paidevents (.*)", run(capsys, "demo", "--prices")[1])
    assert len(commands) == 7
    for command in commands:
        assert run(capsys, *shlex.split(command))[0] == 0, command


def test_it_speaks_french(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "demo", "--prices", "--locale", "fr")
    assert status == 0
    assert "Deux prix dans une commande ; deux codes se cumulent" in out
    assert "Reste à l’organisateur 52,50 €" in " ".join(out.split())


@pytest.mark.parametrize("name", demo_events())
def test_its_events_are_files_to_begin_with(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Nothing in them is wrong; the one that shows a raised price is warned of."""
    status, out, _ = run(capsys, "demo", name)
    assert status == 0
    assert out.startswith("# ") and out == demo_text(name)
    warned = ["raised_by_minimum"] if name == "lunch" else []
    found = [finding for finding in check(read_event(out)) if finding.severity is not Severity.NOTE]
    assert [finding.reason.code for finding in found] == warned
