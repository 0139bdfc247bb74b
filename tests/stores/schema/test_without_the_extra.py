"""Without the extra `sql` everything else is there, and what needs it says so."""

import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = """
import importlib.util

there = importlib.util.find_spec
importlib.util.find_spec = lambda name: None if name == "{absent}" else there(name)
"""
LOOK = """
from paidevents import stores
from paidevents.cli import main
from paidevents.errors import MissingExtraError

assert stores.MemoryStore().taken("talk", ["event"]) == {}
for name in ("sqlite", "SqlStore", "upgrade_schema"):
    try:
        getattr(stores, name)
    except MissingExtraError as error:
        print(error.extra, error)
print(main(["currencies", "EUR"]) == 0, main(["db", "sql"]))
"""


@pytest.mark.parametrize("absent", ["sqlalchemy", "alembic"])
def test_what_needs_it_says_how_to_install_it(absent: str) -> None:
    code = WITHOUT.format(absent=absent) + LOOK
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    needed = "This needs an extra: pip install 'paidevents[sql]'"
    assert told.stdout.splitlines()[:3] == [f"sql {needed}"] * 3
    assert told.stdout.splitlines()[-1] == "True 2"
    assert told.stderr == f"paidevents: {needed}\n"


def test_nothing_of_it_is_imported_before_it_is_used() -> None:
    code = "import sys, paidevents.stores, paidevents.cli; print({'sqlalchemy', 'alembic'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert told.stdout.strip() == "set()"


def test_who_opens_what_is_in_order_does_without_alembic(tmp_path: Path) -> None:
    """It takes as long to load as SQLAlchemy."""
    path = tmp_path / "tickets.db"
    code = "import sys; from paidevents.stores import sqlite; sqlite(sys.argv[1]).close(); print('alembic.command' in sys.modules)"
    command = [sys.executable, "-c", code, str(path)]
    told = [subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout for _ in range(2)]
    assert told == ["True\n", "False\n"]
