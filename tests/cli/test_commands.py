"""The commands together: how they refuse, and what is said to somebody who asks for nothing."""

import io
import shlex
import subprocess
import sys
from collections.abc import Sequence

import pytest
from cli.running import run

from paidevents.cli import COMMANDS, main, one_line

BAD_INPUT = [
    ("quote",),
    ("quote", "demo:lunch"),
    ("quote", "demo:supper", "-n", "participant=1"),
    ("quote", "no/such/file.toml", "-n", "participant=1"),
    ("quote", ".", "-n", "participant=1"),
    ("quote", "a\0b", "-n", "participant=1"),
    ("quote", "\udcff.toml", "-n", "participant=1"),
    ("quote", __file__, "-n", "participant=1"),
    ("quote", "demo:lunch", "-n", "participant"),
    ("quote", "demo:lunch", "-n", "participant=0"),
    ("quote", "demo:lunch", "-n", "participant=1001"),
    ("quote", "demo:lunch", "-n", "participant=-1"),
    ("quote", "demo:lunch", "-n", "participant=1.0"),
    ("quote", "demo:lunch", "-n", "participant=" + "9" * 5000),
    ("quote", "demo:lunch", "-n", "vip=1"),
    ("quote", "demo:lunch", "-n", "PARTICIPANT=1"),
    ("quote", "demo:lunch", "-n", "\udcff=1"),
    ("quote", "demo:lunch", "-n", "participant=1", "--at", "tomorrow"),
    ("quote", "demo:lunch", "-n", "participant=1", "--at", ""),
    ("quote", "demo:lunch", "-n", "participant=1", "--at", "2026-02-30T12:00Z"),
    ("quote", "demo:lunch", "-n", "participant=1", "--at", "2026-02-20T12:00"),
    ("quote", "demo:lunch", "-n", "participant=1", "--at", "1500-02-20T12:00Z"),
    ("quote", "demo:lunch", "-n", "participant=1", "--sold", "early_bird=1"),
    ("quote", "demo:lunch", "-n", "participant=1", "--sold", "participant"),
    ("quote", "demo:lunch", "-n", "participant=1", "--provider", "adyen"),
    ("quote", "demo:lunch", "-n", "participant=1", "--country", "France"),
    ("quote", "demo:lunch", "-n", "participant=1", "--business", ""),
    ("quote", "demo:lunch", "-n", "participant=1", "--customer", "a\nb"),
    ("quote", "demo:lunch", "-n", "participant=1", "--session", "first"),
    ("quote", "demo:lunch", "-n", "participant=1", "--amount", "participant=5"),
    ("quote", "demo:lunch", "-n", "participant=1", "--amount", "participant=free"),
    ("quote", "demo:lunch", "-n", "participant=1", "--amount", "vip=5"),
    ("quote", "demo:lunch", "-n", "participant=1", "--amount", "5"),
    ("quote", "demo:lunch", "-n", "participant=1", "--locale", "klingon"),
    ("quote", "demo:lunch", "-n", "participant=1", *("--code", "A") * 101),
    ("explain", "demo:lunch"),
    ("explain", "demo:lunch", "-n", "participant=1", "--json"),
    ("timeline", "demo:supper"),
    ("timeline", "demo:lunch", "--ticket", "vip"),
    ("check",),
    ("check", "no/such/file.json"),
    ("check", "demo:lunch", "--locale", "klingon"),
    ("schema", "ticket_tier"),
    ("demo", "supper"),
    ("demo", "--locale", "klingon"),
    ("amount",),
    ("amount", "12", "--currency", "EUR"),
    ("amount", "12.50", "--currency", "EUR", "--locale", "fr"),
    ("amount", "12", "--currency", "EURO", "--locale", "fr"),
    ("amount", "12", "--currency", "EUR", "--locale", "klingon"),
    ("amount", "12", "--currency", "EUR", "--locale", "fr", "--provider", "adyen"),
    ("amount", "12\n\x1b[31m", "--currency", "E\nR", "--locale", "fr"),
    ("amount", "\udcff", "--currency", "EUR", "--locale", "fr"),
    ("amount", "9" * 5000, "--currency", "EUR", "--locale", "fr"),
    ("amount", "12", "--currency", "EUR", "--locale", "fr", "--curr", "EUR"),
    ("currencies", "XAU"),
    ("currencies", "eur"),
    ("currencies", "EUR", "--locale", "x"),
    ("dates",),
    ("dates", "--rrule", "FREQ=DAILY", "--zone", "Mars/Olympus", "--from", "2026-01-01T00:00"),
    ("dates", "--rrule", "FREQ=SECONDLY", "--zone", "UTC", "--from", "2026-01-01T00:00"),
    ("dates", "--rrule", "FREQ=DAILY", "--zone", "UTC", "--from", "2026-02-30T00:00"),
    ("dates", "--rrule", "FREQ=DAILY", "--zone", "UTC", "--from", "2026-01-01T24:00"),
    ("dates", "--rrule", "FREQ=DAILY", "--zone", "UTC", "--from", "2026-W01-1"),
    ("dates", "--rrule", "FREQ=DAILY", "--zone", "UTC", "--from", "2026-01-01T23:59:60"),
    ("dates", "--rrule", "FREQ=DAILY", "--zone", "UTC", "--from", "2026-01-01T00:00", "--at", "2026-01-01T00:00"),
    ("dates", "--rrule", "FREQ=DAILY", "--zone", "UTC", "--from", "2026-01-01T00:00", "--count", "0"),
    ("dates", "--rrule", "FREQ=DAILY", "--zone", "UTC", "--from", "2026-01-01T00:00", "--count", "many"),
    ("dates", "--rrule", "FREQ=DAILY", "--zone", "UTC", "--from", "2026-01-01T00:00", "--exclude", "tomorrow"),
    ("diagram", "invoice"),
    ("diagram", "ORDER"),
    ("diagram", ""),
    ("diagram", "a\n\x1b[31m"),
    ("diagram", "order", "payment"),
    ("frobnicate",),
    ("--frobnicate",),
    ("a\nb",),
]


@pytest.mark.parametrize("arguments", BAD_INPUT, ids=lambda arguments: ascii(" ".join(arguments))[:60])
def test_bad_input_gets_status_2_and_one_clear_line(
    capsys: pytest.CaptureFixture[str], arguments: Sequence[str]
) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith("paidevents") and err.endswith("\n") and err.count("\n") == 1
    assert "Traceback" not in err and "\x1b" not in err
    assert len(err) < 400


def test_asked_nothing_it_prices_a_small_event_and_says_what_comes_next(capsys: pytest.CaptureFixture[str]) -> None:
    """Two seats of 63.00, the cheaper one for half: 94.50; 5 % on top are 4.725, so 4.73."""
    status, out, err = run(capsys)
    assert (status, err) == (0, "")
    for shown in ("Total                               €99.23", "The organizer keeps                 €78.75"):
        assert shown in out
    assert "  MARCH  It ended on April 1, 2026" in out
    following = [line.partition("#")[0].strip() for line in out.partition("Next:\n")[2].splitlines()[:3]]
    assert [command.split()[:2] for command in following] == [
        ["paidevents", name] for name in ("demo", "explain", "demo")
    ]
    for command in following:
        assert main(shlex.split(command.partition(" > ")[0])[1:]) == 0


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version")[:2] == (0, "paidevents 0.1.0\n")
    for command in COMMANDS:
        name = command.__name__.rpartition(".")[2]
        assert f"\n    {name}" in run(capsys, "--help")[1]
        status, out, _ = run(capsys, name, "--help")
        assert status == 0 and out.startswith(f"usage: paidevents {name}")


def test_a_line_stays_one_line() -> None:
    assert one_line("a\nb\x1b\u2028\ud800é\xa0€") == "a\\nb\\x1b\\u2028\\ud800é\xa0€"


def test_it_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "paidevents", "amount", "12,50 €", "--currency", "EUR", "--locale", "de"]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env={"PYTHONIOENCODING": "utf-8"}
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("12,50\xa0€   Money.of('12.50', 'EUR')")


def test_a_terminal_that_lacks_the_euro_sign_gets_a_substitute() -> None:
    command = [sys.executable, "-m", "paidevents", "amount", "5", "--currency", "EUR", "--locale", "en"]
    done = subprocess.run(command, capture_output=True, check=False, env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"\\u20ac5.00")


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = [sys.executable, "-m", "paidevents", "currencies", "--provider", "stripe"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_output_that_is_no_terminal_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    captured = io.StringIO()
    monkeypatch.setattr(sys, "stdout", captured)
    assert main([]) == 0
    assert "paidevents" in captured.getvalue()
