"""`paidevents demo --kill`: a process dies in the middle of a sale, and the next one sets everything right."""

import operator
import tempfile
from pathlib import Path
from typing import Any

import pytest
from cli.story import scenes, told, words

from paidevents.cli.sales_file import new_file
from paidevents.cli.story.half_way import half_way
from paidevents.cli.story.killed import LaterNames, until_half_way
from paidevents.errors import RefusedError
from paidevents.ledger import EntryKind
from paidevents.lifecycle import OrderState, PaymentState
from paidevents.ports import Dossier
from paidevents.stores import sqlite
from paidevents.testing.world import NamesInOrder


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The story in English, on a file that stays."""
    file = tmp_path_factory.mktemp("kill") / "shop.db"
    status, out, err = told("demo", "--kill", "--db", str(file))
    assert (status, err) == (0, "")
    return out, file


def test_it_ends_with_a_ledger_that_balances(killed: tuple[str, Path]) -> None:
    assert killed[0].splitlines()[-1] == "ledger balances: 0"
    assert all(len(line) <= 100 for line in killed[0].splitlines())


def test_after_the_kill_the_file_is_behind_the_world(killed: tuple[str, Path]) -> None:
    """An order that is held and paid for, one whose payment nobody knows of, and what is due."""
    found = words(scenes(killed[0])[2])
    assert "Ana held reserved open paid €0.00" in found
    assert "Dai held reserved starting open €0.00" in found
    assert "“start” for order-dai, under the key order-dai-p1:1" in found
    assert "3 of 8 places taken, €0.00 lie with the providers" in found


def test_one_call_sets_it_right_and_nothing_is_done_twice(killed: tuple[str, Path]) -> None:
    """Two early birds are 94.50 with the fee, one is 47.25."""
    right = words(scenes(killed[0])[3])
    assert "Tries: 1; news: 1." in right and "pages at the provider: 2, one for each order" in right
    assert "Ana paid confirmed paid paid €94.50 Dai paid confirmed paid paid €47.25" in right
    assert "A second reconcile() finds nothing to do; changes: 0." in right
    assert "3 of 8 places taken, €141.75 lie with the providers" in right


def test_in_the_file_each_payment_is_booked_once(killed: tuple[str, Path]) -> None:
    with sqlite(killed[1]) as store:
        captured = [entry.order for entry in store.entries("podcast") if entry.kind is EntryKind.CAPTURE]
        assert sorted(captured) == ["order-ana", "order-dai"]
        assert store.taken("podcast", ["event"]) == {"event": 3}
        for order in captured:
            stored = store.get(Dossier, order)
            assert stored is not None and stored.record.order.state is OrderState.PAID
            assert [one.state for one in stored.record.payments] == [PaymentState.PAID]


class Watcher:
    """Where a second process would tell what it does; its wait ends at once."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []

    def send(self, what: tuple[Any, ...]) -> None:
        self.heard.append(what)

    def recv(self) -> None:
        return None


def test_the_second_process_tells_every_call_and_waits_in_the_middle_of_the_last(tmp_path: Path) -> None:
    path, watcher = str(tmp_path / "shop.db"), Watcher()
    new_file(path).close()
    half_way(path, watcher)  # type: ignore[arg-type]
    assert [what for what, *_ in watcher.heard] == ["started", "paid", "started", "half-way", "paid"]
    assert [call[1].reference for call in watcher.heard if call[0] == "started"] == ["order-ana", "order-dai"]


def test_the_names_of_one_process_are_none_of_the_other() -> None:
    """A commit under a name that is known is taken for the same one, and changes nothing."""
    first, second = NamesInOrder(), LaterNames()
    assert {first.new() for _ in range(9)}.isdisjoint({second.new() for _ in range(9)})


def test_a_second_process_that_ends_too_early_is_an_error() -> None:
    with pytest.raises(RefusedError, match="ended before it was half-way"):
        until_half_way(operator.is_, "x", lambda calls: None)  # type: ignore[arg-type]


def test_it_speaks_french_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    status, out, _ = told("demo", "--kill", "--locale", "fr")
    assert (status, list(tmp_path.iterdir())) == (0, [])
    assert "Tué à mi-chemin" in out and out.endswith("\nledger balances: 0\n")
