"""SQLite keeps every promise of a store, in a file and in memory."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from paidevents.ports import Store
from paidevents.stores import sqlite
from paidevents.testing.store_suite import StoreSuite


class TestSqliteFile(StoreSuite):
    folder: Path
    opened: ExitStack
    numbers: Iterator[int]

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> Iterator[None]:
        with ExitStack() as opened:
            self.folder, self.opened, self.numbers = tmp_path, opened, count()
            yield

    def make_store(self) -> Store:
        return self.opened.enter_context(sqlite(self.folder / f"{next(self.numbers)}.db"))


class TestSqliteInMemory(StoreSuite):
    opened: ExitStack

    @pytest.fixture(autouse=True)
    def _opened(self) -> Iterator[None]:
        with ExitStack() as opened:
            self.opened = opened
            yield

    def make_store(self) -> Store:
        return self.opened.enter_context(sqlite(":memory:"))
