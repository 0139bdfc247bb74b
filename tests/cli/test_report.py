"""`paidevents report`: on the file that `paidevents demo --db` leaves behind; for people, and for programs."""

import csv
import io
import itertools
import shutil
import sqlite3
from contextlib import closing, redirect_stdout
from pathlib import Path

import pytest
from attrs import evolve
from cli.running import run
from cli.story import told, words

from paidevents import EUR, Money
from paidevents.cli import main, report
from paidevents.cli.progress import Progress
from paidevents.cli.reporting import printed
from paidevents.cli.reporting.kinds import KINDS
from paidevents.payments import RefundSnapshot, RefundStatus
from paidevents.ports import Commit, Dossier, Stored
from paidevents.reports import SalesBy
from paidevents.stores import sqlite


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("report") / "shop.db")
    assert told("demo", "--db", path)[0] == 0
    return path


@pytest.fixture
def odd(file: str, tmp_path: Path) -> str:
    """The same file; but the provider has told of 5.00 that somebody gave back to Bo, and to Ida, in its own pages."""
    path = str(tmp_path / "odd.db")
    shutil.copyfile(file, path)
    five = RefundSnapshot(id="re_9", amount=Money.of("5.00", EUR), status=RefundStatus.SUCCEEDED)
    with sqlite(path) as store:
        for order in ("order-bo", "order-ida"):
            stored = store.get(Dossier, order)
            assert stored is not None
            (payment,) = stored.record.payments
            assert payment.snapshot is not None
            seen = evolve(payment, snapshot=evolve(payment.snapshot, refunds=(five,)))
            after = Stored(stored.record.with_payment(seen), stored.version)
            store.commit(Commit(id=order, replaces=(after,)))
    return path


def rows(text: str) -> list[dict[str, str]]:
    """CSV as a program reads it."""
    return list(csv.DictReader(io.StringIO(text)))


PEOPLE = {
    "participants": "Ana seat · early_bird confirmed paid €47.25 €0.00 €0.00",
    "sales": "together 9 1 €495.00 €72.00 €444.15 €31.50",
    "fees": "the platform service buyers €17.62 €1.25 €16.37",
    "taxes": "FR VAT 20% €74.03 €5.25 €68.78",
    "owed": "refund under way Fay order-fay March 18, 2026 €63.00",
    "reconciliation": "stripe:test €286.65 €286.65 €286.65",
    "ledger": "lies with payment providers €475.65",
}


@pytest.mark.parametrize("kind", report.NAMES)
def test_people_get_a_table(capsys: pytest.CaptureFixture[str], file: str, kind: str) -> None:
    status, out, err = run(capsys, "report", kind, "--db", file, "--event", "podcast")
    assert (status, err) == (0, "")
    assert out.startswith("Podcasting for beginners\n\n")
    assert PEOPLE[kind] in words(out)


def test_what_differs_from_the_provider_is_said_and_is_status_1(capsys: pytest.CaptureFixture[str], odd: str) -> None:
    bo = "error order-bo stripe:test €5.00 At the provider €5.00 were given back"
    ida = "error order-ida stripe:test €5.00 At the provider €5.00 were given back"
    for whose, expected in ((("--event", "podcast"), (bo,)), (("--organizer", "olga"), (bo, ida))):
        status, out, _ = run(capsys, "report", "reconciliation", "--db", odd, *whose)
        assert status == 1
        assert all(each in words(out) for each in expected)


def test_one_event_in_which_all_is_well_does_not_hide_the_other(
    capsys: pytest.CaptureFixture[str], odd: str, file: str
) -> None:
    """The book club comes first, and something is wrong in it; with the workshop, which comes last, all is well."""
    with sqlite(odd) as store, sqlite(file) as sound:
        bo, as_it_was = store.get(Dossier, "order-bo"), sound.get(Dossier, "order-bo")
        assert bo is not None and as_it_was is not None
        store.commit(Commit(id="back", replaces=(Stored(as_it_was.record, bo.version),)))
    assert run(capsys, "report", "reconciliation", "--db", odd, "--event", "podcast")[0] == 0
    assert run(capsys, "report", "reconciliation", "--db", odd, "--organizer", "olga")[0] == 1


PROGRAMS = {
    "participants": ("registration", "order-ana-4", {"state": "cancelled", "charged": "63.00", "given_back": "31.50"}),
    "sales": ("ticket", "seat", {"event": "podcast", "currency": "EUR", "charged": "444.15", "places": "9"}),
    "fees": ("fee", "card", {"taker": "provider", "bearer": "organizer", "total": "7.93"}),
    "taxes": ("country", "FR", {"name": "VAT", "charged": "74.03", "owed": "68.78"}),
    "owed": ("order", "order-fay", {"kind": "refund_under_way", "amount": "63.00"}),
    "reconciliation": ("order", "order-bo", {"severity": "error", "theirs": "5.00"}),
    "ledger": ("account", "organizer", {"currency": "EUR", "balance": "-319.57"}),
}


@pytest.mark.parametrize("kind", report.NAMES)
def test_programs_get_csv(capsys: pytest.CaptureFixture[str], odd: str, kind: str) -> None:
    column, value, expected = PROGRAMS[kind]
    main(["report", kind, "--db", odd, "--event", "podcast", "--csv"])
    out = capsys.readouterr().out
    assert out.endswith("\r\n") and out.count("\r\n") == out.count("\n")
    (found,) = (row for row in rows(out) if row[column] == value)
    assert expected.items() <= found.items()


@pytest.mark.parametrize("kind", report.NAMES)
@pytest.mark.parametrize("of", [("--organizer", "olga"), ()], ids=["an organizer's", "all"])
def test_all_events_come_one_after_the_other(
    capsys: pytest.CaptureFixture[str], odd: str, kind: str, of: tuple[str, ...]
) -> None:
    whose = ("--db", odd, *of)
    out = run(capsys, "report", kind, *whose)[1]
    assert out.startswith("The book club meets the author\n\n") and "\n\nPodcasting for beginners\n\n" in out
    main(["report", kind, *whose, "--csv"])
    text = capsys.readouterr().out
    named = [row["event"] for row in rows(text)]
    assert named == sorted(named) and set(named) <= {"book_club", "podcast"} and "podcast" in named
    assert text.splitlines()[0].split(",").count("event") == 1


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("ticket", "seat 9 1"),
        ("tier", "seat early_bird 3 0"),
        ("session", "– 9 1"),
        ("day", "March 3, 2026 2 0"),
        ("promotion", "spring 1 0"),
        ("code", "GUEST 1 0 €60.00 €60.00 €0.00"),
    ],
)
def test_sales_are_added_up_as_one_likes(capsys: pytest.CaptureFixture[str], file: str, by: str, expected: str) -> None:
    status, out, _ = run(capsys, "report", "sales", "--by", by, "--db", file, "--event", "podcast")
    assert status == 0 and expected in words(out)


def test_what_is_nothing_is_said_to_be_nothing(capsys: pytest.CaptureFixture[str], file: str) -> None:
    status, out, _ = run(capsys, "report", "owed", "--db", file, "--event", "book_club")
    assert (status, out) == (0, "The book club meets the author\n\nNothing to show.\n")


def test_a_column_in_which_nothing_stands_is_left_out(capsys: pytest.CaptureFixture[str], file: str) -> None:
    headings = run(capsys, "report", "sales", "--db", file, "--event", "book_club")[1].splitlines()[2]
    assert headings.split() == ["ticket", "places", "gone", "list", "charged", "given", "back", "fees", "kept"]


def test_it_speaks_french(capsys: pytest.CaptureFixture[str], file: str) -> None:
    out = words(run(capsys, "report", "participants", "--db", file, "--event", "podcast", "--locale", "fr")[1])
    assert "qui billet place paiement prix rendu dont dû" in out
    assert "Fay seat caduque jamais payé 63,00 €" in out


def test_many_rows_are_shown_page_by_page_under_one_heading(
    capsys: pytest.CaptureFixture[str], file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("report", "participants", "--db", file, "--event", "podcast")
    at_once = run(capsys, *asked)[1].splitlines()
    monkeypatch.setattr(printed, "A_PAGE", 4)
    paged = run(capsys, *asked)[1].splitlines()
    assert len(paged) == 14 and "\n".join(paged).count("who") == 1
    assert [line.split() for line in paged if "─" not in line] == [line.split() for line in at_once if "─" not in line]


def test_sums_are_in_line_with_their_totals_however_many_they_are(
    capsys: pytest.CaptureFixture[str], file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("report", "sales", "--by", "code", "--db", file, "--event", "podcast")
    monkeypatch.setattr(printed, "A_PAGE", 1)
    lines = run(capsys, *asked)[1].splitlines()
    assert [line.split()[0] for line in lines[4:]] == ["–", "GUEST", "SPRING20", "────────", "together"]


def test_output_that_is_no_file_gets_its_lines_as_they_are(file: str) -> None:
    with redirect_stdout(io.StringIO(newline="")) as captured:
        assert main(["report", "owed", "--db", file, "--event", "book_club", "--csv"]) == 0
    assert captured.getvalue().startswith("kind,") and captured.getvalue().endswith("\r\n")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_who_waits_for_more_than_a_second_sees_how_much_was_read(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven ordered places of the workshop: Ana to Fay, and Gus."""
    terminal, seconds = Terminal(), itertools.count()
    monkeypatch.setattr(printed, "Progress", lambda stream: Progress(terminal, lambda: next(seconds) * 10**9))
    with redirect_stdout(terminal):
        assert main(["report", "participants", "--db", file, "--event", "podcast"]) == 0
    read = "\r\x1b[KRead so far: 7"
    assert terminal.getvalue().count(read) > 0
    for told_so_far in terminal.getvalue().split(read)[1:]:
        assert told_so_far.startswith("\r\x1b[K") or told_so_far == ""


def test_a_file_without_events_has_nothing_to_report(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(tmp_path / "new.db")
    sqlite(path).close()
    assert run(capsys, "report", "sales", "--db", path) == (0, "Nothing to show.\n", "")
    assert run(capsys, "report", "sales", "--db", path, "--csv") == (0, "", "")


def test_what_can_be_asked_for_is_what_there_is() -> None:
    assert tuple(KINDS) == report.NAMES
    assert tuple(one.value for one in SalesBy) == report.SALES_BY


@pytest.mark.parametrize(
    "arguments",
    [
        ("report",),
        ("report", "sales"),
        ("report", "sales", "--event", "podcast"),
        ("report", "profits", "--db", "{file}", "--event", "podcast"),
        ("report", "sales", "--db", "{file}", "--event", "podcast", "--organizer", "olga"),
        ("report", "sales", "--db", "{file}", "--event", "nobody"),
        ("report", "sales", "--db", "{file}", "--event", ""),
        ("report", "sales", "--db", "{file}", "--event", "a\nb\0"),
        ("report", "sales", "--db", "{file}", "--organizer", "nobody"),
        ("report", "sales", "--db", "{file}", "--event", "podcast", "--by", "colour"),
        ("report", "fees", "--db", "{file}", "--event", "podcast", "--by", "day"),
        ("report", "sales", "--db", "{file}", "--event", "podcast", "--locale", "klingon"),
        ("report", "sales", "--db", "no/such/file.db", "--event", "podcast"),
        ("report", "sales", "--db", "a\0b", "--event", "podcast"),
        ("report", "sales", "--db", ".", "--event", "podcast"),
        ("report", "sales", "--db", __file__, "--event", "podcast"),
        ("report", "sales", "--db", "{empty}", "--event", "podcast"),
        ("report", "sales", "--db", "{foreign}", "--event", "podcast"),
        ("report", "sales", "--db", "{newer}", "--event", "podcast"),
    ],
    ids=lambda arguments: ascii(" ".join(arguments))[:70],
)
def test_what_cannot_be_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, file: str, arguments: tuple[str, ...]
) -> None:
    """And a file of somebody else's is left as it is."""
    names = {name: str(tmp_path / f"{name}.db") for name in ("empty", "foreign", "newer")}
    Path(names["empty"]).touch()
    with closing(sqlite3.connect(names["foreign"])) as connection:
        connection.execute("CREATE TABLE wine (year INTEGER)")
    sqlite(names["newer"]).close()
    with closing(sqlite3.connect(names["newer"])) as connection, connection:
        connection.execute("UPDATE pe_schema SET version_num = 'tomorrow'")
    before = Path(names["foreign"]).read_bytes(), Path(names["empty"]).read_bytes()
    status, out, err = run(capsys, *(part.format(file=file, **names) for part in arguments))
    assert (status, out) == (2, "")
    assert err.startswith("paidevents") and err.endswith("\n") and err.count("\n") == 1
    assert (Path(names["foreign"]).read_bytes(), Path(names["empty"]).read_bytes()) == before
