"""
The document of a quote: whole numbers, one column a kind of amount, one entry a place.

Lines, sums and settlement are made of them when they are read. What a quote
cannot have said, such as a column that is too short, is refused here.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from attrs import astuple, frozen

from paidevents import checks
from paidevents.catalog.fees import FeeTaker
from paidevents.catalog.names import identifier
from paidevents.catalog.taxes import TaxRate
from paidevents.errors import InvalidValueError
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.money.rounding import Rounding
from paidevents.pricing.draft import Row
from paidevents.pricing.phase import Phase
from paidevents.pricing.quote import Quote
from paidevents.pricing.record import FeeRecord, Record, TaxRecord
from paidevents.pricing.taxation import Taxation, TaxKey
from paidevents.reason import Reason, Skipped, names_in
from paidevents.wire.document import shown
from paidevents.wire.forms import Form, Tagged
from paidevents.wire.leaves import HERE
from paidevents.wire.refusals import MISSING, UNKNOWN_KEY

NOT_AS_MANY = Reason("not_as_many", "It needs one entry for each place: {expected}, not {got}.")

MOST_RATES = 2400  # of a hundred tickets and twenty fees, each with twenty taxes
LONGEST = 7 * 24 * 60  # minutes that a quote lasts

Column = tuple[int, ...]


@frozen
class PlaceForm:
    """One place: ids of its ticket, tier and session; empty where it has none."""

    ticket: str
    tier: str
    session: str


@frozen
class TaxationForm:
    """The taxes of the buyer: the rates of each key, and the place of the key of each category."""

    keys: tuple[tuple[TaxRate, ...], ...]
    key_of: dict[str, int]
    exclusive: bool
    is_reversed: bool
    rounding: Rounding


@frozen
class RowForm:
    """What was taken off or added, by place."""

    phase: Phase
    reason: Reason
    values: dict[str, Tagged]
    promotion: str
    version: int
    code: str
    per_unit: Column


@frozen
class FeeForm:
    """A fee, by place: all of it, and what the buyer pays of it."""

    fee: str
    taker: FeeTaker
    at_source: bool
    refundable: bool
    tax: int
    order_part: int
    amounts: Column
    passed_on: Column


@frozen
class TaxForm:
    """A tax, by place."""

    name: str
    country: str
    rate: Rate
    amounts: Column


@frozen
class UseForm:
    """A promotion, and the key of the code that it was asked for with; empty if it needs none."""

    promotion: str
    key: str


@frozen(kw_only=True)
class QuoteForm:
    """A quote."""

    event: str
    currency: Currency
    provider: str | None
    at: datetime
    until: datetime | None
    lasts: int
    quantum: int
    places: tuple[PlaceForm, ...]
    list_prices: Column
    prices: Column
    fees: Column
    tax: Column
    on_top: Column
    gross_ups: Column
    rates: Column
    taxation: TaxationForm
    lines: tuple[RowForm, ...]
    fee_records: tuple[FeeForm, ...]
    tax_records: tuple[TaxForm, ...]
    skipped: tuple[Skipped, ...]
    provisional: tuple[Skipped, ...]
    refusals: tuple[Reason, ...]
    codes: tuple[UseForm, ...]
    opened: tuple[UseForm, ...]
    marks: tuple[str, ...]
    differs: tuple[str, ...]


_COLUMNS = ("list_prices", "prices", "fees", "tax", "on_top", "gross_ups", "rates")
# What of a record is written as it is.
_PLAIN = (
    *("event", "currency", "provider", "lasts", "quantum"),
    *_COLUMNS,
    *("skipped", "provisional", "refusals", "marks", "differs"),
)


def _write(quote: Quote) -> QuoteForm:
    record = quote.record
    taxation = record.taxation
    return QuoteForm(
        **{name: getattr(record, name) for name in _PLAIN},
        at=quote.at,
        until=record.until,
        places=tuple(PlaceForm(*place) for place in record.places),
        taxation=TaxationForm(
            tuple(key.rates for key in taxation.keys),
            dict(taxation.key_of),
            taxation.exclusive,
            taxation.is_reversed,
            taxation.rounding,
        ),
        lines=tuple(
            RowForm(phase, reason, _values(values), promotion, version, code, row)
            for phase, reason, promotion, version, code, row, values in record.rows
        ),
        fee_records=tuple(FeeForm(*fee) for fee in record.fee_records),
        tax_records=tuple(TaxForm(*tax) for tax in record.tax_records),
        codes=tuple(UseForm(*use) for use in record.codes),
        opened=tuple(UseForm(*use) for use in record.opened),
    )


def _read(form: QuoteForm) -> Quote:
    _check(form)
    taxation = form.taxation
    record = Record(
        **{name: getattr(form, name) for name in _PLAIN},
        until=None if form.until is None else checks.instant(form.until, "until"),
        places=tuple((place.ticket, place.tier, place.session) for place in form.places),
        taxation=Taxation(
            tuple(TaxKey.of(rates) for rates in taxation.keys),
            taxation.key_of,
            taxation.exclusive,
            taxation.is_reversed,
            taxation.rounding,
        ),
        rows=tuple(map(_row, form.lines)),
        fee_records=tuple(FeeRecord(*astuple(fee, recurse=False)) for fee in form.fee_records),
        tax_records=tuple(TaxRecord(*astuple(tax, recurse=False)) for tax in form.tax_records),
        codes=tuple((use.promotion, use.key) for use in form.codes),
        opened=tuple((use.promotion, use.key) for use in form.opened),
    )
    quote = Quote(record, checks.instant(form.at, "at"))
    try:
        for view in ("units", "lines", "fees", "taxes", "totals"):
            getattr(quote, view)  # a sum that no amount can hold is found here, not by whoever reads it first
    except InvalidValueError as error:
        raise InvalidValueError(HERE, error.reason) from None
    return quote


def _values(values: tuple[tuple[str, Any], ...]) -> dict[str, Tagged]:
    return dict(values)


def _row(line: RowForm) -> Row:
    values: tuple[tuple[str, object], ...] = tuple(line.values.items())
    return (line.phase, line.reason, line.promotion, line.version, line.code, line.per_unit, values)


def _check(form: QuoteForm) -> None:
    """
    Make sure that the parts of *form* fit together.

    Raises:
        InvalidValueError: They do not; `field` is the path.
    """
    places = len(form.places)
    for path, column in _columns(form):
        if len(column) != places:
            raise InvalidValueError(path, NOT_AS_MANY.given(expected=places, got=len(column)))
    identifier(form.event, "event")
    checks.integer(form.lasts, "lasts", 1, LONGEST)
    checks.integer(form.quantum, "quantum", 1)
    keys = form.taxation.keys
    checks.integer(sum(map(len, keys)), "taxation.keys", 0, MOST_RATES)
    for place, key in enumerate(form.rates):
        checks.integer(key, f"rates[{place}]", 0, len(keys) - 1)
    for category, key in form.taxation.key_of.items():
        checks.integer(key, f"taxation.key_of.{shown(category)}", 0, len(keys) - 1)
    for place, line in enumerate(form.lines):
        values = f"lines[{place}].values"
        for name in sorted(names_in(line.reason.text) - line.values.keys()):
            raise InvalidValueError(f"{values}.{name}", MISSING)
        if "self" in line.values:  # no keyword, so no line ever had it
            raise InvalidValueError(f"{values}.self", UNKNOWN_KEY)


def _columns(form: QuoteForm) -> Iterable[tuple[str, Column]]:
    for name in _COLUMNS:
        yield name, getattr(form, name)
    for place, line in enumerate(form.lines):
        yield f"lines[{place}].per_unit", line.per_unit
    for place, fee in enumerate(form.fee_records):
        yield f"fee_records[{place}].amounts", fee.amounts
        yield f"fee_records[{place}].passed_on", fee.passed_on
    for place, tax in enumerate(form.tax_records):
        yield f"tax_records[{place}].amounts", tax.amounts


QUOTE = Form(QuoteForm, _write, _read)
