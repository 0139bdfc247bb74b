"""The events in `examples/events`: of the sound ones there is nothing to tell, of the faulty ones what is expected."""

import json
from pathlib import Path
from typing import Any

import pytest

from paidevents.check import check
from paidevents.cli import main
from paidevents.reason import Severity
from paidevents.wire.event_file import read_event

EVENTS = Path(__file__).parents[2] / "examples" / "events"
SOUND = sorted(EVENTS.glob("*.toml"))
FAULTY = sorted((EVENTS / "faulty").glob("*.toml"))
EXPECTED: dict[str, list[dict[str, Any]]] = json.loads((EVENTS / "faulty" / "expected.json").read_text("utf-8"))


def without_spaces(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Versions of the locale data differ in the spaces of an amount."""
    return [{**found, "text": "".join(found["text"].split())} for found in findings]


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_a_sound_event_has_neither_errors_nor_warnings(path: Path) -> None:
    findings = [found for found in check(read_event(path.read_bytes())) if found.severity is not Severity.NOTE]
    assert [(found.where, found.reason.code) for found in findings] == []


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_the_command_says_what_is_wrong(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = EXPECTED[path.name]
    status = main(["check", str(path), "--json"])
    assert without_spaces(json.loads(capsys.readouterr().out)) == without_spaces(expected)
    assert status == (1 if any(found["severity"] == "error" for found in expected) else 0)
    assert path.read_text("utf-8").startswith("# Wrong: ")


def test_there_are_faulty_events_and_each_is_expected_to_be() -> None:
    assert [path.name for path in FAULTY] == sorted(EXPECTED)
    assert len(FAULTY) >= 10
    told = [found["severity"] for findings in EXPECTED.values() for found in findings]
    assert all(any(found["severity"] != "note" for found in findings) for findings in EXPECTED.values())
    assert {"error", "warning", "note"} == set(told)
