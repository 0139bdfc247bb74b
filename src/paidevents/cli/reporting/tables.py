"""Reports as tables for people: the columns of each kind of row, and how its cells are read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from attrs import frozen

from paidevents.cli.columns import Columns
from paidevents.cli.reporting import words
from paidevents.cli.reporting.kinds import AccountRow
from paidevents.explain.state_words import phrase_of
from paidevents.reason import Reason
from paidevents.reports.fee_sums import FeeRow
from paidevents.reports.owing import OwedRow
from paidevents.reports.participant import Participant
from paidevents.reports.reconciled import ProviderBalance, ReconciliationRow
from paidevents.reports.sale_sums import SalesRow
from paidevents.reports.tax_sums import TaxRow

Read = Callable[[Any], object]

WITHOUT = "–"


def _anyway(_: Sequence[object]) -> bool:
    return True


def _is_asked_for(values: Sequence[object]) -> bool:
    return any(value is not None for value in values)


def _is_something(values: Sequence[object]) -> bool:
    return any(values)


@frozen(kw_only=True)
class Column:
    """
    A column of a table for people.

    Attributes:
        name: What stands above it; see `words.HEADINGS`.
        read: What stands in it.
        ends_in_line: It is of numbers or amounts.
        is_needed: Whether it is there, by what would stand in it.
    """

    name: str
    read: Read
    ends_in_line: bool = False
    is_needed: Callable[[Sequence[object]], bool] = _anyway


def _text(name: str, read: Read | None = None, needed: Callable[[Sequence[object]], bool] = _anyway) -> Column:
    return Column(name=name, read=read or attrgetter(name), is_needed=needed)


def _sum(name: str, read: Read | None = None, needed: Callable[[Sequence[object]], bool] = _anyway) -> Column:
    return Column(name=name, read=read or attrgetter(name), ends_in_line=True, is_needed=needed)


def _places(row: Participant) -> str:
    pairs = zip(row.tickets, row.tiers, strict=True)
    return ", ".join(dict.fromkeys(" · ".join(filter(None, pair)) for pair in pairs))


def _word_of(name: str, known: Mapping[Any, Reason]) -> Read:
    """The word for a value of an enum; nothing for None, which stands in a total."""

    def read(row: Any) -> object:
        return known.get(getattr(row, name))

    return read


def _key(name: str) -> Read:
    """What places have in common; a dash where they have nothing of that, and nothing where it is not asked for."""

    def read(row: Any) -> object:
        return WITHOUT if getattr(row, name) == "" else getattr(row, name)

    return read


_KEYS = ("ticket", "tier", "session", "day", "promotion", "code")

TABLES: dict[type, tuple[Column, ...]] = {
    Participant: (
        _text("name", lambda row: row.name or row.registration),
        _text("tickets", _places),
        _text("state", lambda row: phrase_of(row.state)),
        _text("payment", _word_of("payment", words.PAYMENTS)),
        _sum("price", attrgetter("charged")),
        _sum("given_back"),
        _sum("refund_owed"),
    ),
    SalesRow: (
        *(_text(name, _key(name), needed=_is_asked_for) for name in _KEYS),
        _sum("places"),
        _sum("gone", needed=_is_something),
        *(_sum(name, needed=_is_something) for name in ("list_price", "discount", "waived")),
        _sum("charged"),
        *(_sum(name, needed=_is_something) for name in ("given_back", "adjusted", "tax", "fees")),
        _sum("organizer_keeps"),
    ),
    FeeRow: (
        _text("taker", _word_of("taker", words.TAKERS)),
        _text("fee"),
        _text("bearer", _word_of("bearer", words.BEARERS)),
        _sum("charged"),
        _sum("given_back", needed=_is_something),
        _sum("corrected", needed=_is_something),
        _sum("total"),
    ),
    TaxRow: (
        _text("country"),
        _text("tax", attrgetter("name")),
        _sum("rate"),
        _sum("charged"),
        _sum("given_back"),
        _sum("owed"),
    ),
    OwedRow: (
        _text("why", _word_of("kind", words.OWED)),
        _text("name", attrgetter("buyer_name")),
        _text("order"),
        _text("since", lambda row: None if row.since is None else row.since.date()),
        _sum("amount"),
    ),
    ReconciliationRow: (
        _text("severity", _word_of("severity", words.SEVERITIES)),
        _text("order"),
        _text("provider"),
        _sum("ours"),
        _sum("theirs"),
        _text("reason"),
    ),
    AccountRow: (_text("account", _word_of("account", words.ACCOUNTS)), _sum("amount")),
    ProviderBalance: (_text("provider"), _sum("ours"), _sum("theirs"), _sum("booked", needed=_is_something)),
}


class ReportTable:
    """
    The table of one kind of rows, whole or page by page.

    Args:
        kind: Of the rows.
        locale: The language.
    """

    def __init__(self, kind: type, locale: str) -> None:
        self._columns = TABLES[kind]
        self._locale = locale
        self._table: Columns | None = None

    def lines(self, rows: Sequence[Any], totals: Sequence[Any] = ()) -> Iterator[str]:
        """The lines of some rows; the first of them say which columns there are, and how wide."""
        if self._table is None:
            self._columns = tuple(one for one in self._columns if one.is_needed([one.read(row) for row in rows]))
            headings = [words.HEADINGS[one.name] for one in self._columns]
            right = [place for place, one in enumerate(self._columns) if one.ends_in_line]
            self._table = Columns(self._locale, headings, right)
        yield from self._table.lines(map(self._cells, rows), map(self._sums, totals))

    def _cells(self, row: Any) -> list[object]:
        return [one.read(row) for one in self._columns]

    def _sums(self, row: Any) -> list[object]:
        first, *others = self._cells(row)
        return [first or words.TOGETHER, *others]
