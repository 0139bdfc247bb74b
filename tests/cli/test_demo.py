"""
`paidevents demo`: the story of two events, told once here and looked at scene by scene.

`demo.txt` is the whole of it, for people to read. If the story is to change, look at what
`paidevents demo` prints now, and put it there with its narrow spaces made plain.
"""

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cli.running import run
from cli.story import amount_of, scenes, told, words

from paidevents import EUR, Money
from paidevents.catalog import Listing
from paidevents.cli.event_files import read_event_file
from paidevents.cli.sales_file import new_file
from paidevents.cli.story.balance import show_balance
from paidevents.cli.story.teller import Teller
from paidevents.ledger import Account, Posting
from paidevents.lifecycle import EventState, OrderState
from paidevents.ports import Dossier
from paidevents.stores import sqlite

GOLDEN = Path(__file__).with_name("demo.txt")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "shop.db"


@pytest.fixture(scope="module")
def english(file: Path) -> str:
    """The story in English, on a file that stays."""
    status, out, err = told("demo", "--db", str(file))
    assert (status, err) == (0, "")
    return out


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The story in French, on a file that is deleted."""
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        status, out, err = told("demo", "--locale", "fr")
    assert (status, err, list(folder.iterdir())) == (0, "", [])
    return out


def test_the_story_is_the_committed_one_to_the_letter(english: str) -> None:
    assert english == GOLDEN.read_text("utf-8")


def test_it_ends_with_a_ledger_that_balances_in_every_language(english: str, french: str) -> None:
    assert english.splitlines()[-1] == french.splitlines()[-1] == "ledger balances: 0"


def test_it_fits_a_terminal_of_a_hundred_columns_and_has_no_colours(english: str, french: str) -> None:
    for line in (*english.splitlines(), *french.splitlines()):
        assert len(line) <= 100, line
    assert "\x1b" not in english + french


def test_the_early_birds_run_out_in_the_middle_of_an_order(english: str) -> None:
    """Three at 45.00 and one at 60.00 are 195.00; with 5 % they are 204.75, a sixth of which is tax."""
    lines = scenes(english)[2].splitlines()
    for beginning, amount in (
        ("3 × Seat", "€135.00"),
        ("1 × Seat", "€60.00"),
        ("Total", "€204.75"),
        ("of which VAT", "€34.13"),
        ("together", "€0.00"),
    ):
        assert amount_of(lines, beginning) == amount
    assert "4 of 8 places taken, €204.75 lie with the providers." in words(scenes(english)[2])


def test_a_code_is_refused_with_its_reason_and_another_one_is_taken(english: str) -> None:
    """60.00 less 20 % are 48.00, and 2.40 on top: 50.40."""
    scene = scenes(english)[3]
    assert "LAUNCH30 It ended on February 1, 2026, 12:00 AM CET." in words(scene)
    assert "20% off (SPRING20) -€12.00" in words(scene)
    assert "He pays €50.40 by card" in scene


def test_a_guest_pays_nothing(english: str) -> None:
    scene = words(scenes(english)[4])
    assert "Total €0.00" in scene and "6 of 8 places taken, €255.15" in scene  # as before: 204.75 + 50.40


def test_a_bank_transfer_is_waited_for_and_nobody_gets_the_place_meanwhile(english: str) -> None:
    waits, came = map(words, scenes(english)[5:7])
    assert "Please transfer €63.00 to our account, and give order-dai as the reference." in waits
    assert "│ Places left: 0; asked for: 1." in waits
    assert "€318.15 lie with the providers" in came  # 255.15 + 63.00


def test_late_money_is_honoured_while_there_is_room_and_goes_back_when_there_is_none(english: str) -> None:
    room, none = map(words, scenes(english)[8:10])
    assert "8 of 8 places taken, €381.15" in room
    assert "held for buyers, came in vain -€63.00" in none and "8 of 8 places taken, €444.15" in none


def test_what_is_shown_to_who_gives_a_place_up_is_what_is_given_back(english: str) -> None:
    """Half of 63.00 comes back, and Gus pays 63.00 for the same place: 444.15 - 31.50 + 63.00."""
    scene = words(scenes(english)[10])
    assert "paid for it €63.00 kept €31.50 given back €31.50" in scene
    assert "€31.50 are on their way" in scene and "│ A place for you:" in scene
    assert "8 of 8 places taken, €475.65" in scene


def test_a_place_is_handed_on_and_its_old_link_is_dead(english: str) -> None:
    assert "│ This link is not valid." in scenes(english)[11]


def test_one_is_let_in_and_one_refused_and_all_of_it_goes_back_when_the_evening_is_cancelled(english: str) -> None:
    decided, moved, cancelled = scenes(english)[12:15]
    assert "Ida 2 €50.00 awaiting approval authorized €0.00" in words(decided)
    assert "Ida 2 €50.00 confirmed paid €50.00" in words(decided)
    assert "Jon 1 €25.00 refused expired €0.00" in words(decided)
    assert "Letters sent: 3" in moved and "│ When: May 14, 2026, 7:30 PM CEST" in moved
    assert "Ida 2 €50.00 cancelled paid €0.00" in words(cancelled)
    assert "0 of 6 places taken, €0.00 lie with the providers." in words(cancelled)


def test_the_reports_add_up_to_what_happened(english: str) -> None:
    """Charged are 393.75 + 0.00 + 50.40; of 475.65 with the providers 63.00 are Fay's."""
    reports = words(scenes(english)[15])
    assert "together 9 1 €495.00 €72.00 €444.15 €31.50" in reports
    assert "refund under way Fay order-fay March 18, 2026 €63.00" in reports
    assert "bank_transfer €189.00 €189.00 €189.00 stripe:test €286.65 €286.65 €286.65" in reports


def test_the_file_stays_where_one_is_named_with_all_that_happened_in_it(english: str, file: Path) -> None:
    with sqlite(file) as store:
        listing, fay = store.get(Listing, "book_club"), store.get(Dossier, "order-fay")
        assert listing is not None and listing.record.state is EventState.CANCELLED
        assert fay is not None and fay.record.order.state is OrderState.EXPIRED
        assert store.taken("podcast", ["event"]) == {"event": 8}


def test_it_speaks_french(french: str) -> None:
    assert "Les tarifs réduits s’épuisent au milieu d’une commande" in french
    assert "│ Nouvelle date : The book club meets the author" in french
    assert "chez les prestataires" in french and "475,65 €" in french


def test_a_file_that_is_there_and_not_empty_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, english: str, file: Path
) -> None:
    before = file.read_bytes()
    for arguments in (("demo", "--db", str(file)), ("demo", "--kill", "--db", str(file))):
        status, out, err = run(capsys, *arguments)
        assert (status, out) == (2, "")
        assert err == f"paidevents: {file}: There is something in this file already; choose a new one.\n"
    assert file.read_bytes() == before
    assert "ledger balances" in english


@pytest.mark.parametrize(
    "arguments",
    [
        ("demo", "--db", ""),
        ("demo", "--db", "."),
        ("demo", "--db", "a\0b"),
        ("demo", "--db", "x" * 5000),
        ("demo", "--db", "no/such/folder/shop.db"),
        ("demo", "lunch", "--db", "shop.db"),
        ("demo", "--prices", "--db", "shop.db"),
        ("demo", "lunch", "--kill"),
        ("demo", "--prices", "--kill"),
    ],
    ids=lambda arguments: ascii(" ".join(arguments))[:40],
)
def test_what_cannot_be_is_refused_in_one_line(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith("paidevents") and err.endswith("\n") and err.count("\n") == 1


def test_without_the_extra_it_says_how_to_install_it() -> None:
    script = "import sys; sys.modules['sqlalchemy'] = None; from paidevents.cli import main; sys.exit(main(['demo']))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "paidevents: This needs an extra: pip install 'paidevents[sql]'\n"


def test_an_empty_file_is_as_good_as_none(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    new_file(str(empty)).close()
    with closing(sqlite3.connect(empty)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'pe_schema'").fetchone() == (1,)


def test_a_ledger_that_does_not_balance_is_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    """No store answers such an entry; so one is made up here."""
    odd = SimpleNamespace(
        id="1",
        at=datetime(2026, 3, 1, tzinfo=UTC),
        postings=(Posting(Account.BUYER, Money.of("5.00", EUR)), Posting(Account.PROVIDER, Money.of("-4.98", EUR))),
    )
    pages: Any = SimpleNamespace(entries=lambda event, after: [] if after else [odd])
    assert show_balance(Teller("en"), pages, [read_event_file("demo:podcast")]) == 1
    assert capsys.readouterr().out.endswith("\nledger balances: 2\n")
