"""The kinds of reports: what each asks the box office, and what of it people and programs read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from paidevents.box_office.front_door import BoxOffice
from paidevents.catalog.event import Event
from paidevents.catalog.people import SYSTEM
from paidevents.ledger.account import Account
from paidevents.ledger.sums import LedgerSums
from paidevents.money.amount import Money
from paidevents.reports.fee_sums import FeeRow
from paidevents.reports.lines import csv_lines
from paidevents.reports.owing import OwedRow
from paidevents.reports.participant import Participant
from paidevents.reports.reconciled import ProviderBalance, ReconciliationRow
from paidevents.reports.sale_sums import SalesBy, SalesRow
from paidevents.reports.tax_sums import TaxRow


@frozen
class AccountRow:
    """
    What an account has come to.

    Attributes:
        account: Which; None in a total.
        amount: A debit above zero, a credit below.
    """

    account: Account | None
    amount: Money


@frozen
class Table:
    """
    A table for people.

    Attributes:
        kind: The type of its rows.
        rows: The rows, perhaps many: they are read as they are shown.
        totals: What they add up to.
    """

    kind: type
    rows: Iterable[Any]
    totals: Sequence[Any] = ()


@frozen(kw_only=True)
class Answer:
    """
    A report.

    Attributes:
        tables: For people.
        lines: For programs, as CSV; with a first line that names the columns, or without.
        is_well: There is nothing in it that somebody has to look into.
        names_event: Its rows say of which event they are.
    """

    tables: tuple[Table, ...]
    lines: Callable[[bool], Iterator[str]]
    is_well: bool = True
    names_event: bool = False


def _lines(report: Any, questions: Sequence[str] = ()) -> Callable[[bool], Iterator[str]]:
    return lambda header: csv_lines(report, questions=questions, header=header)


def _participants(box: BoxOffice, event: Event, questions: Sequence[str], _: SalesBy) -> Answer:
    rows = box.participants(event.id, by=SYSTEM)
    return Answer(tables=(Table(Participant, rows),), lines=_lines(rows, questions), names_event=True)


def _sales(box: BoxOffice, event: Event, _: Sequence[str], by: SalesBy) -> Answer:
    report = box.sales(event.id, by, by=SYSTEM)
    return Answer(tables=(Table(SalesRow, report.rows, report.totals),), lines=_lines(report), names_event=True)


def _fees(box: BoxOffice, event: Event, *_: object) -> Answer:
    report = box.fees(event.id, by=SYSTEM)
    return Answer(tables=(Table(FeeRow, report.rows, report.totals),), lines=_lines(report))


def _taxes(box: BoxOffice, event: Event, *_: object) -> Answer:
    report = box.taxes(event.id, by=SYSTEM)
    return Answer(tables=(Table(TaxRow, report.rows, report.totals),), lines=_lines(report))


def _owed(box: BoxOffice, event: Event, *_: object) -> Answer:
    report = box.owed(event.id, by=SYSTEM)
    return Answer(tables=(Table(OwedRow, report.rows, report.totals),), lines=_lines(report))


def _reconciliation(box: BoxOffice, event: Event, *_: object) -> Answer:
    report = box.reconciliation(event.id, by=SYSTEM)
    tables = (Table(ProviderBalance, report.totals), *([Table(ReconciliationRow, report.rows)] if report.rows else []))
    return Answer(tables=tables, lines=_lines(report), is_well=report.agrees)


def _ledger(box: BoxOffice, event: Event, *_: object) -> Answer:
    sums = LedgerSums()
    for entry in box.entries(event.id, by=SYSTEM):
        sums.add([entry])
    balances = sums.balances()
    rows = [AccountRow(name, amount) for some in balances.values() for name, amount in some.items() if amount]
    totals = [AccountRow(None, sum(some.values(), Money.zero(currency))) for currency, some in balances.items()]
    return Answer(
        tables=(Table(AccountRow, rows, totals),),
        lines=lambda header: _account_lines(rows, header=header),
        is_well=not any(total.amount for total in totals),
    )


def _account_lines(rows: Iterable[AccountRow], *, header: bool) -> Iterator[str]:
    if header:
        yield "account,currency,balance\r\n"
    for row in rows:
        assert row.account is not None, "a total is not among them"
        yield f"{row.account.value},{row.amount.currency},{row.amount.decimal:f}\r\n"


# A box office, an event, the questions that have a column, and what sales are added up by.
KINDS: Mapping[str, Callable[[BoxOffice, Event, Sequence[str], SalesBy], Answer]] = {
    "participants": _participants,
    "sales": _sales,
    "fees": _fees,
    "taxes": _taxes,
    "owed": _owed,
    "reconciliation": _reconciliation,
    "ledger": _ledger,
}
