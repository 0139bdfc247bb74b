"""
Report on what was sold on a SQLite file: participants, sales, fees, taxes, debts, and whether the books agree.

Status 1 if the ledger does not balance, or our records and the providers' do not agree.
"""

import argparse

from paidevents.cli import reporting
from paidevents.errors import InvalidValueError
from paidevents.money.format import locale_of
from paidevents.reason import Reason

ONLY_FOR_SALES = Reason("only_for_sales", "Only sales are added up by something.")

# The names alone: what they stand for is loaded when a report is asked for.
NAMES = ("participants", "sales", "fees", "taxes", "owed", "reconciliation", "ledger")
SALES, TICKET = "sales", "ticket"
SALES_BY = (TICKET, "tier", "session", "day", "promotion", "code")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    parser.add_argument("kind", choices=NAMES, metavar="KIND", help=f"what is asked for: {', '.join(NAMES)}")
    parser.add_argument("--db", required=True, metavar="FILE", help="the SQLite file that is sold on")
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument(
        "--event", metavar="ID", help="of this event (default: of every event in the file, one after the other)"
    )
    whose.add_argument("--organizer", metavar="ID", help="of every event of this account")
    parser.add_argument("--by", choices=SALES_BY, help="what sales are added up by (default: ticket)")
    parser.add_argument("--csv", action="store_true", help="print CSV, for a spreadsheet or a program")
    parser.add_argument("--locale", default="en", help="language of the tables (default: en)")


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    locale_of(asked.locale)
    if asked.by is not None and asked.kind != SALES:
        raise InvalidValueError("--by", ONLY_FOR_SALES)
    is_well = reporting.print_report(
        asked.kind,
        asked.db,
        event=asked.event,
        organizer=asked.organizer,
        by=asked.by or TICKET,
        csv=asked.csv,
        locale=asked.locale,
    )
    return 0 if is_well else 1
