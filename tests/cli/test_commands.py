"""The commands: what they answer, and how they refuse."""

import io
import json
import subprocess
import sys
from collections.abc import Sequence

import pytest

from paidevents.cli import COMMANDS, main, one_line
from paidevents.money import Money
from paidevents.wire import from_document


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output with its spaces made plain, standard error."""
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(str(stop.code))
    out, err = capsys.readouterr()
    return status, out.replace("\xa0", " ").replace("\u202f", " "), err


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


DATES = ("dates", "--zone", "Europe/Paris", "--at", "2026-03-25T00:00Z")


def test_dates_show_where_the_clocks_change_and_which_is_next(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, *DATES, "--rrule", "FREQ=DAILY;COUNT=4", "--from", "2026-03-27T02:30")
    assert status == 0
    assert out == (
        "   1  Fri 2026-03-27 02:30  +0100  CET  ← next\n"
        "   2  Sat 2026-03-28 02:30  +0100  CET\n"
        "   3  Sun 2026-03-29 03:30  +0200  CEST  the clocks have changed  02:30 does not exist on this day\n"
        "   4  Mon 2026-03-30 02:30  +0200  CEST\n"
    )
    _, out, _ = run(capsys, *DATES, "--rrule", "FREQ=DAILY;COUNT=1", "--from", "2026-10-25T02:30")
    assert out == "   1  Sun 2026-10-25 02:30  +0200  CEST  comes twice on this day, this is the first  ← next\n"


def test_dates_are_taken_out_added_and_cut(capsys: pytest.CaptureFixture[str]) -> None:
    rule = ("--rrule", "FREQ=WEEKLY", "--from", "2026-03-24T18:00")
    changes = ("--exclude", "2026-03-31T18:00", "--extra", "2026-04-02T10:15", "--count", "3")
    _, out, _ = run(capsys, *DATES, *rule, *changes)
    assert [line[6:26] for line in out.splitlines()] == [
        "Tue 2026-03-24 18:00",
        "Thu 2026-04-02 10:15",
        "Tue 2026-04-07 18:00",
    ]
    assert "← next" in out.splitlines()[1]


def test_now_is_asked_only_where_no_instant_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    """Long past, so that nothing is next whenever this runs."""
    status, out, _ = run(
        capsys, "dates", "--zone", "UTC", "--rrule", "FREQ=DAILY;COUNT=2", "--from", "2001-01-01T00:00"
    )
    assert status == 0
    assert len(out.splitlines()) == 2 and "next" not in out


def test_a_rule_that_hits_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    never = ("--rrule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "--from", "2026-01-01T00:00")
    assert run(capsys, *DATES, *never)[:2] == (1, "no dates: the rule hits nothing within ten years\n")


BAD_INPUT = [
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


def test_asked_nothing_it_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys)
    assert status == 0
    assert all(f"paidevents {command.__name__.rpartition('.')[2]} " in out for command in COMMANDS)


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version")[:2] == (0, "paidevents 0.1.0\n")
    for command in ("amount", "currencies", "dates"):
        status, out, _ = run(capsys, command, "--help")
        assert status == 0 and out.startswith(f"usage: paidevents {command}")


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
