"""
Reports as tables of text: for a spreadsheet, or for another program.

The columns are the attributes of a report's rows, in their order. Amounts are
plain decimals, with their currency in a column before the first of them;
moments are in UTC, written as in ISO 8601; several values in one cell are
separated by semicolons; answers have a column for each question.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from typing import Any, Self, get_args

from attrs import fields

from paidevents.checks import WRONG_TYPE, of_kind, several
from paidevents.errors import InvalidValueError
from paidevents.ledger.book import StatementLine
from paidevents.ledger.conservation import Conservation
from paidevents.money.amount import Money
from paidevents.reports.asked import MOST
from paidevents.reports.fee_sums import FeeRow, Fees
from paidevents.reports.owing import Owed, OwedRow
from paidevents.reports.participant import Participant
from paidevents.reports.reconciled import ProviderBalance, Reconciliation, ReconciliationRow
from paidevents.reports.sale_sums import Sales, SalesRow
from paidevents.reports.tax_sums import Taxes, TaxRow

Row = (
    Participant
    | SalesRow
    | FeeRow
    | TaxRow
    | OwedRow
    | ReconciliationRow
    | ProviderBalance
    | Conservation
    | StatementLine
)
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
    kind, rows = rows_of(report)
    columns = Columns.of_all(kind, rows)
    return columns.names, tuple(tuple(cell for cell, _ in columns.cells(row)) for row in rows)


class Columns:
    """
    The columns of rows of one kind.

    Args:
        kind: Of the rows.
        parts: What of attributes that are pairs has a column of its own: ids of questions.
        has_others: What has none stands together in one more column.

    Attributes:
        names: Of the columns.
    """

    __slots__ = ("_reads", "names")

    def __init__(self, kind: type, parts: Sequence[str], *, has_others: bool) -> None:
        columns = list(_columns(kind, tuple(dict.fromkeys(parts)), has_others))
        self.names = tuple(name for name, _ in columns)
        self._reads = [read for _, read in columns]

    @classmethod
    def of_all(cls, kind: type, rows: Sequence[Any]) -> Self:
        """The columns of *rows*, which are all that there are."""
        pairs = [attribute.name for attribute in fields(kind) if attribute.type == _PAIRS]
        return cls(kind, [part for name in pairs for row in rows for part, _ in getattr(row, name)], has_others=False)

    def cells(self, row: Any) -> list[Cell]:
        """What stands in them of a row."""
        currency = _currency_of(row)
        return [_cell(read(row, currency)) for read in self._reads]


def rows_of(report: object) -> tuple[type, Sequence[Any]]:
    """The kind of a report's rows, and the rows."""
    if isinstance(report, Sales | Fees | Taxes | Owed | Reconciliation):
        return next(kind for whole, kind in _ROWS.items() if isinstance(report, whole)), report.rows
    rows = several(of_kind(object), MOST)(report, "report")
    kind = kind_of(rows[0], "report") if rows else Participant
    return kind, several(of_kind(kind), MOST)(rows, "report")


def kind_of(row: object, field: str) -> type:
    """Of which kind a row is."""
    kind = type(row)
    if kind not in _KINDS:
        raise InvalidValueError(field, WRONG_TYPE.given(expected="a report, or its rows", got=kind.__name__))
    return kind


def _columns(kind: type, parts: Sequence[str], has_others: bool) -> Iterator[tuple[str, Read]]:
    has_currency = False
    for attribute in fields(kind):
        name, type_ = attribute.name, attribute.type
        if type_ == _PAIRS:
            yield from ((f"{name}.{part}", partial(_part, name, part)) for part in parts)
            if has_others:
                yield name, partial(_others, name, frozenset(parts))
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


def _others(name: str, parts: Collection[str], row: Row, _: str) -> tuple[str, ...]:
    pairs: tuple[tuple[str, str], ...] = getattr(row, name)
    return tuple(f"{part}: {text}" for part, text in pairs if part not in parts)


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
