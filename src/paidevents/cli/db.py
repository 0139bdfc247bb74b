"""Make the tables of a store in a SQLite file, bring them up to date, look them over, or print them as SQL."""

import argparse
from pathlib import Path

from paidevents import stores
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

NO_DATABASE_FILE = Reason("no_database_file", "There is no such file; paidevents db init makes one.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    for name, summary in (
        ("init", "make the tables in a new file, or beside those of your own"),
        ("upgrade", "bring the tables up to date; several at once do it once"),
        ("check", "say what is wrong with tables or file; status 1 if something is"),
    ):
        actions.add_parser(name, help=summary, description=summary).add_argument("file", type=Path, metavar="FILE")
    written = actions.add_parser("sql", help="print the statements that make the tables")
    written.add_argument("--dialect", default="sqlite", help="sqlite (default) or postgresql")


def run(asked: argparse.Namespace) -> int:
    """Do it; the exit status."""
    if asked.action == "sql":
        print(stores.schema_sql(asked.dialect), end="")
        return 0
    if asked.action != "init" and not asked.file.is_file():
        raise InvalidValueError("FILE", NO_DATABASE_FILE)
    return _check(asked.file) if asked.action == "check" else _upgrade(asked.file)


def _upgrade(file: Path) -> int:
    done = stores.upgrade_schema(file)
    if done.before == done.after:
        print(f"{file}: version {done.after}, up to date")
    else:
        print(f"{file}: {done.before} → {done.after}")
    return 0


def _check(file: Path) -> int:
    wrong = stores.check_schema(file)
    for line in wrong or ("nothing is wrong",):
        print(f"{file}: {line}")
    return 1 if wrong else 0
