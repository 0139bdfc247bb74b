"""
Reports as CSV (RFC 4180): in one piece, or line by line however long they are.

What people typed never becomes a formula in a spreadsheet: a cell that
begins like one has an apostrophe before it. Amounts and numbers are ours and
stay numbers, also below zero.
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from paidevents.catalog.names import identifier
from paidevents.checks import BAD_FORMAT, instance, several
from paidevents.errors import InvalidValueError
from paidevents.reports.participant import Participant
from paidevents.reports.table import Cell, Columns, Report, Row, kind_of, rows_of

_SEPARATORS = (",", ";", "\t")
# What a spreadsheet takes for the beginning of a formula, full-width forms folded.
_BEGINS_A_FORMULA = frozenset("=+-@")
_LEFT_OUT = frozenset("\t\r\n")

_ids = several(identifier)


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
        >>> from paidevents import Money
        >>> from paidevents.reports import FeeRow
        >>> one, none = Money.of("1.00", "EUR"), Money.of("0.00", "EUR")
        >>> sly = FeeRow(fee="=1+1", charged=none, given_back=one, corrected=none, total=-one)
        >>> print(as_csv([sly]).splitlines()[1])
        ,'=1+1,,EUR,0.00,1.00,0.00,-1.00
    """
    pen = _Pen(separator)
    kind, rows = rows_of(report)
    columns = Columns.of_all(kind, rows)
    return "".join((pen.header(columns), *(pen.line(columns.cells(row)) for row in rows)))


def csv_lines(
    report: Report | Iterable[Row], separator: str = ",", *, questions: Iterable[str] = (), header: bool = True
) -> Iterator[str]:
    r"""
    The same line by line, for a report that is read page by page: one row at a time is held.

    The columns are named before anybody has seen all rows. So whoever asks says
    which questions have a column of their own; answers to others, as of a
    question that was taken out of the form, stand together in the last of these
    columns, "answers", as "diet: None".

    Args:
        report: As in `as_rows`; or rows of one kind, as they come.
        separator: As in `as_csv`.
        questions: Ids of questions that have a column of their own, such as those of the event's form; for
            participants only.
        header: Whether the first line names the columns: False for each page but the first.

    Returns:
        Lines, each with its end.

    Raises:
        InvalidValueError: An argument that cannot be; or, while lines are read, something that is no row, or a row
            of another kind than the first.

    Example:
        >>> from paidevents import Money
        >>> from paidevents.reports import FeeRow
        >>> one, none = Money.of("1.00", "EUR"), Money.of("0.00", "EUR")
        >>> pages = [[FeeRow(fee=fee, charged=one, given_back=none, corrected=none, total=one)] for fee in "ab"]
        >>> for line in csv_lines(row for page in pages for row in page):
        ...     print(repr(line))
        'taker,fee,bearer,currency,charged,given_back,corrected,total\r\n'
        ',a,,EUR,1.00,0.00,0.00,1.00\r\n'
        ',b,,EUR,1.00,0.00,0.00,1.00\r\n'
    """
    pen = _Pen(separator)
    asked = _ids(list(questions) if isinstance(questions, Iterable) else questions, "questions")
    is_first = instance(header, "header", bool)
    if not isinstance(report, Iterable):
        kind, rows = rows_of(report)
        return _lines(pen, rows, kind, asked, header=is_first)
    return _lines(pen, report, None, asked, header=is_first)


def escaped(text: str) -> str:
    """*text*, with an apostrophe before it if a spreadsheet would take it for a formula."""
    first = next((char for char in text if not (char.isspace() or unicodedata.category(char) == "Cf")), "")
    begins = unicodedata.normalize("NFKC", first)[:1] in _BEGINS_A_FORMULA
    return f"'{text}" if begins or text[:1] in _LEFT_OUT else text


def _lines(
    pen: "_Pen", rows: Iterable[object], kind: type | None, questions: Sequence[str], *, header: bool
) -> Iterator[str]:
    columns: Columns | None = None
    for place, row in enumerate(rows):
        field = f"report[{place}]"
        if columns is None:
            kind = kind_of(row, field)
            columns = Columns(kind, questions, has_others=True)
            if header:
                yield pen.header(columns)
        assert kind is not None
        yield pen.line(columns.cells(instance(row, field, kind)))
    if columns is None and header:
        yield pen.header(Columns(kind or Participant, questions, has_others=True))


class _Pen:
    """Writes lines of CSV; what it is told to write is handed back."""

    def __init__(self, separator: str) -> None:
        if instance(separator, "separator", str) not in _SEPARATORS:
            raise InvalidValueError("separator", BAD_FORMAT.given(expected=", ; \\t"))
        self._writer = csv.writer(self, delimiter=separator, lineterminator="\r\n")
        self._written = ""

    def write(self, text: str) -> None:
        self._written = text

    def header(self, columns: Columns) -> str:
        self._writer.writerow(columns.names)
        return self._written

    def line(self, cells: Iterable[Cell]) -> str:
        self._writer.writerow([cell if is_ours else escaped(cell) for cell, is_ours in cells])
        return self._written
