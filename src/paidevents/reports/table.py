"""
Reports as tables of text: for a spreadsheet, or for another program.

The columns are the attributes of a report's rows, in their order. Amounts are
plain decimals, with their currency in a column before the first of them;
moments are in UTC, written as in ISO 8601; several values in one cell are
separated by semicolons; answers have a column for each question.
"""

import csv
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from io import StringIO
from typing import Any, get_args

from attrs import fields

from paidevents.checks import BAD_FORMAT, WRONG_TYPE, instance, of_kind, several
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.reports.asked import MOST
from paidevents.reports.fee_sums import FeeRow, Fees
from paidevents.reports.owing import Owed, OwedRow
from paidevents.reports.participant import Participant
from paidevents.reports.reconciled import ProviderBalance, Reconciliation, ReconciliationRow
from paidevents.reports.sale_sums import Sales, SalesRow
from paidevents.reports.tax_sums import Taxes, TaxRow

Row = Participant | SalesRow | FeeRow | TaxRow | OwedRow | ReconciliationRow | ProviderBalance
Report = Sales | Fees | Taxes | Owed | Reconciliation | Sequence[Row]

_ROWS: dict[type, type] = {
    Sales: SalesRow,
    Fees: FeeRow,
    Taxes: TaxRow,
    Owed: OwedRow,
    Reconciliation: ReconciliationRow,
}
_KINDS = get_args(Row)

Cell = tuple[str, bool]
# What stands in a column of a row, whose currency is given.
Read = Callable[[Any, str], object]

_PAIRS = tuple[tuple[str, str], ...]
_SEPARATORS = (",", ";", "\t")
# What a spreadsheet takes for the beginning of a formula, full-width forms folded.
_BEGINS_A_FORMULA = frozenset("=+-@")
_LEFT_OUT = frozenset("\t\r\n")


def as_rows(report: Report) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """
    A report as text: the names of its columns, and its rows.

    Nothing is escaped here: whoever writes it to a file does that, as `as_csv` does.

    Args:
        report: What one of the functions of this package made; or a list of rows of one kind, such as
            `report.totals`. Of an empty one, the columns are those of participants.

    Raises:
        InvalidValueError: It is something else.

    Example:
        >>> from paidevents.reports import FeeRow
        >>> one, none = Money.of("1.00", "EUR"), Money.of("0.00", "EUR")
        >>> header, rows = as_rows([FeeRow(fee="service", charged=one, given_back=none, corrected=none, total=one)])
        >>> header[1:6], rows[0][1:6]
        (('fee', 'bearer', 'currency', 'charged', 'given_back'), ('service', '', 'EUR', '1.00', '0.00'))
    """
    header, rows = _table(report)
    return header, tuple(tuple(cell for cell, _ in row) for row in rows)


def as_csv(report: Report, separator: str = ",") -> str:
    """
    A report as CSV (RFC 4180), its columns named in the first line.

    What people typed never becomes a formula in a spreadsheet: a cell that
    begins like one has an apostrophe before it. Amounts and numbers are ours and
    stay numbers, also below zero.

    Args:
        report: As in `as_rows`.
        separator: A comma; a semicolon for spreadsheets of a locale that expects one; or a tab.

    Returns:
        The text. A spreadsheet knows it for UTF-8 if it is encoded as "utf-8-sig".

    Raises:
        InvalidValueError: It is something else, or the separator is none of these.

    Source:
        OWASP, "CSV Injection".

    Example:
        >>> from paidevents.reports import FeeRow
        >>> one, none = Money.of("1.00", "EUR"), Money.of("0.00", "EUR")
        >>> sly = FeeRow(fee="=1+1", charged=none, given_back=one, corrected=none, total=-one)
        >>> print(as_csv([sly]).splitlines()[1])
        ,'=1+1,,EUR,0.00,1.00,0.00,-1.00
    """
    if instance(separator, "separator", str) not in _SEPARATORS:
        raise InvalidValueError("separator", BAD_FORMAT.given(expected=", ; \\t"))
    header, rows = _table(report)
    text = StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell if is_ours else escaped(cell) for cell, is_ours in row] for row in rows)
    return text.getvalue()


def escaped(text: str) -> str:
    """*text*, with an apostrophe before it if a spreadsheet would take it for a formula."""
    first = next((char for char in text if not (char.isspace() or unicodedata.category(char) == "Cf")), "")
    begins = unicodedata.normalize("NFKC", first)[:1] in _BEGINS_A_FORMULA
    return f"'{text}" if begins or text[:1] in _LEFT_OUT else text


def _table(report: object) -> tuple[tuple[str, ...], list[list[Cell]]]:
    kind, rows = _rows_of(report)
    columns = list(_columns(kind, rows))
    reads = [read for _, read in columns]
    cells = [[_cell(read(row, currency)) for read in reads] for row in rows for currency in (_currency_of(row),)]
    return tuple(name for name, _ in columns), cells


def _rows_of(report: object) -> tuple[type, Sequence[Any]]:
    """The kind of a report's rows, and the rows."""
    if isinstance(report, Sales | Fees | Taxes | Owed | Reconciliation):
        return next(kind for whole, kind in _ROWS.items() if isinstance(report, whole)), report.rows
    rows = several(of_kind(object), MOST)(report, "report")
    kind = type(rows[0]) if rows else Participant
    if kind not in _KINDS:
        raise InvalidValueError("report", WRONG_TYPE.given(expected="a report, or its rows", got=kind.__name__))
    return kind, several(of_kind(kind), MOST)(rows, "report")


def _columns(kind: type, rows: Sequence[Any]) -> Iterator[tuple[str, Read]]:
    has_currency = False
    for attribute in fields(kind):
        name, type_ = attribute.name, attribute.type
        if type_ == _PAIRS:
            parts = dict.fromkeys(part for row in rows for part, _ in getattr(row, name))
            yield from ((f"{name}.{part}", partial(_part, name, part)) for part in parts)
        elif Money in (type_, *get_args(type_)):
            if not has_currency:
                yield "currency", lambda _, currency: currency
            has_currency = True
            yield name, partial(_amount, name)
        else:
            yield name, partial(_attribute, name)


def _currency_of(row: Row) -> str:
    """The currency of a row: that of its first amount."""
    values = (getattr(row, attribute.name) for attribute in fields(type(row)))
    return next((value.currency.code for value in values if isinstance(value, Money)), "")


def _attribute(name: str, row: Row, _: str) -> object:
    return getattr(row, name)


def _amount(name: str, row: Row, currency: str) -> Money | str | None:
    """An amount; with its currency if that is not the row's."""
    amount: Money | None = getattr(row, name)
    return amount if amount is None or amount.currency.code == currency else str(amount)


def _part(name: str, part: str, row: Row, _: str) -> str | None:
    pairs: tuple[tuple[str, str], ...] = getattr(row, name)
    return dict(pairs).get(part)


def _cell(value: object) -> Cell:
    """What stands in a cell, and whether it is ours: no text that anybody typed."""
    match value:
        case None:
            return "", True
        case Money():
            return format(value.decimal, "f"), True
        case datetime():
            return value.astimezone(UTC).isoformat(), True
        case date():
            return value.isoformat(), True
        case Enum():
            return str(value.value), True
        case int():
            return str(value), True
        case tuple():
            return "; ".join(_cell(each)[0] for each in value), False
        case _:
            return str(value), False
