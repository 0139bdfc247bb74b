"""The last scenes: what the organizer reads of it all, and whether the books balance."""

from collections.abc import Sequence
from typing import Any

from paidevents.cli.reporting.tables import ReportTable
from paidevents.cli.story.stage import ORGANIZER, PODCAST, Stage
from paidevents.ledger.book import Book
from paidevents.reason import Reason
from paidevents.reports import (
    FeeRow,
    OwedRow,
    Participant,
    ProviderBalance,
    SalesBy,
    SalesRow,
    TaxRow,
    fees,
    taxes,
)

TITLE = Reason("phrase_demo_reports", "What Olga reads in the evening")
READS = Reason(
    "demo_reads",
    "Reports are made of the same orders, payments and entries, so each adds up to the others. With --csv they are "
    "files for a spreadsheet.",
)
PARTICIPANTS = Reason("phrase_demo_report_participants", "Participants of the workshop")
SALES = Reason("phrase_demo_report_sales", "Sales of the workshop, by code")
FEES = Reason("phrase_demo_report_fees", "Fees of both events")
TAXES = Reason("phrase_demo_report_taxes", "Taxes of both events")
OWED = Reason("phrase_demo_report_owed", "Still to be done for the workshop")
ASK = Reason(
    "demo_ask",
    "To look around: paidevents demo --db shop.db, then paidevents report sales --db shop.db.",
)
AGREES = Reason(
    "phrase_demo_report_agrees", "What lies with the workshop’s providers: by our records, by theirs, and by the ledger"
)


def reports(stage: Stage) -> None:
    """The reports, in short."""
    box = stage.world.box
    stage.scene(TITLE, 4, 1, 20)
    stage.tell.say(READS)
    entries = tuple(entry for event in stage.events for entry in box.entries(event, by=ORGANIZER))
    _show(stage, PARTICIPANTS, Participant, tuple(box.participants(PODCAST, by=ORGANIZER)))
    sold = box.sales(PODCAST, SalesBy.CODE, by=ORGANIZER)
    taken, taxed = fees(Book(entries)), taxes(Book(entries))
    _show(stage, SALES, SalesRow, sold.rows, sold.totals)
    _show(stage, FEES, FeeRow, taken.rows, taken.totals)
    _show(stage, TAXES, TaxRow, taxed.rows, taxed.totals)
    _show(stage, OWED, OwedRow, box.owed(PODCAST, by=ORGANIZER).rows)
    _show(stage, AGREES, ProviderBalance, box.reconciliation(PODCAST, by=ORGANIZER).totals)
    stage.tell.gap()
    stage.tell.look(ASK)


def _show(stage: Stage, title: Reason, kind: type, rows: Sequence[Any], totals: Sequence[Any] = ()) -> None:
    stage.tell.gap()
    stage.tell.lines([stage.tell.words(title)])
    stage.tell.lines(ReportTable(kind, stage.tell.locale).lines(rows, totals))
