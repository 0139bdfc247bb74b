"""Reports of a whole event: what they say, and that they are read page by page and hold no more."""

import asyncio
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from attrs import evolve
from box_office.both_sides import quick
from box_office.offices import BUYER, ORGANIZER, Office, person

from paidevents import EUR, Money, Rate
from paidevents.box_office import flows
from paidevents.box_office.asks import Recipe
from paidevents.catalog import Fee, FeeTaker, TaxMode, TaxRate, TaxTable
from paidevents.errors import InvalidValueError, NotAllowedError
from paidevents.ledger import Book, Entry
from paidevents.ports import Dossier, Stored
from paidevents.providers import Fault
from paidevents.reports import SalesBy, as_csv, csv_lines, fees, owed, participants, sales, taxes
from paidevents.stores import MemoryStore
from paidevents.timing import Window

DRIVERS = pytest.mark.parametrize("is_async", [False, True], ids=["waits", "awaits"])
PAGE = 3
reporting = import_module("paidevents.box_office.flows.reporting")

TAX = TaxTable(mode=TaxMode.INCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate.of("20 %")),))
FEES = (
    Fee(id="service", rate=Rate.of("5 %"), tax_category=None),
    Fee(id="card", rate=Rate.of("1 %"), taker=FeeTaker.PROVIDER, tax_category=None),
)

REPORTS: dict[str, Callable[[], Recipe[Any]]] = {
    "sales": lambda: flows.sales("talk", by=ORGANIZER),
    "fees": lambda: flows.fees("talk", by=ORGANIZER),
    "taxes": lambda: flows.taxes("talk", by=ORGANIZER),
    "owed": lambda: flows.owed("talk", by=ORGANIZER),
    "conservation": lambda: flows.conservation("talk", by=ORGANIZER),
    "reconciliation": lambda: flows.reconciliation("talk", by=ORGANIZER),
}


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "ORDERS_ON_A_PAGE", PAGE)
    monkeypatch.setattr(reporting, "ENTRIES_ON_A_PAGE", PAGE)


def crowd(store: MemoryStore | None = None, *, is_async: bool = False) -> Office:
    """
    Ten orders of a seat at 20.00, called A0 to A9, of which 3.33 are tax, 1.00 service and 0.20 for the card.

    Seven are paid; of these A0 and A1 were given up in time and are given back, the refund of A1 has not arrived.
    A7 to A9 are not paid; A9 is about to be.
    """
    office = quick(store, capacity=20, tax=TAX, fees=FEES)
    office.is_async = is_async
    for number in range(10):
        office.reserve(id=f"A{number}", buyer=person(), locale="en")
    for number in range(7):
        office.pay(f"A{number}")
    office.run(flows.checkout("A9"))
    office.run(flows.cancel("A0", by=BUYER))
    office.world.card.script("refund", Fault.PENDING_REFUND)
    office.run(flows.cancel("A1", by=BUYER))
    return office


@DRIVERS
@pytest.mark.usefixtures("small_pages")
def test_what_reports_of_an_event_say(is_async: bool) -> None:
    """
    Seven sold at 20.00: charged 140.00, of which 40.00 go back; 100.00 are kept of five, with 5 × 3.33 tax.

    The platform took 1.00 of each, the provider 0.20, and neither gives it back: 7 × 1.20 = 8.40.
    The organizer keeps 100.00 - 16.65 - 8.40 = 74.95.
    """
    office = crowd(is_async=is_async)
    (sold,) = office.run(flows.sales("talk", by=ORGANIZER)).rows
    assert (sold.ticket, sold.places, sold.gone) == ("standard", 7, 2)
    amounts = (sold.charged, sold.given_back, sold.tax, sold.fees, sold.organizer_keeps)
    assert [str(one.decimal) for one in amounts] == ["140.00", "40.00", "16.65", "8.40", "74.95"]
    platform, provider = office.run(flows.fees("talk", by=ORGANIZER)).rows
    assert (platform.fee, str(platform.charged.decimal), str(platform.total.decimal)) == ("service", "7.00", "7.00")
    assert (provider.fee, str(provider.charged.decimal), str(provider.given_back.decimal)) == ("card", "1.40", "0.00")
    (tax,) = office.run(flows.taxes("talk", by=ORGANIZER)).rows
    assert [str(one.decimal) for one in (tax.charged, tax.given_back, tax.owed)] == ["23.31", "6.66", "16.65"]
    found = office.run(flows.owed("talk", by=ORGANIZER))
    assert [(row.kind.value, row.order) for row in found.rows] == [
        ("refund_under_way", "A1"),
        *(("unpaid", order) for order in ("A7", "A8", "A9")),
    ]
    assert [str(total.amount.decimal) for total in found.totals] == ["20.00", "60.00"]
    (where,) = office.run(flows.conservation("talk", by=ORGANIZER)).values()
    assert where.holds
    assert [str(one.decimal) for one in (where.captured, where.refunded, where.tax, where.platform_fees)] == [
        *("140.00", "20.00", "16.65", "7.00"),
    ]


@DRIVERS
@pytest.mark.usefixtures("small_pages")
def test_they_are_the_reports_of_all_orders_and_of_the_whole_book(is_async: bool) -> None:
    office = crowd(is_async=is_async)
    every = office.run(flows.dossiers("talk", by=ORGANIZER))
    orders = [one.order for one in every]
    payments = [payment for one in every for payment in one.payments]
    refunds = [refund for one in every for refund in one.refunds]
    book = office.run(flows.book("talk", by=ORGANIZER))
    for by in SalesBy:
        assert office.run(flows.sales("talk", by, by=ORGANIZER)) == sales(orders, by, zone="Europe/Paris")
    assert office.run(flows.fees("talk", by=ORGANIZER)) == fees(book)
    assert office.run(flows.taxes("talk", by=ORGANIZER)) == taxes(book)
    now = office.world.clock.now()
    assert office.run(flows.owed("talk", by=ORGANIZER)) == owed(orders, payments, refunds, at=now)
    assert office.run(flows.conservation("talk", by=ORGANIZER)) == book.conservation()
    assert rows(office, "participants") == list(participants(orders, refunds))
    assert Book(tuple(rows(office, "entries"))) == book


def rows(office: Office, name: str, **more: Any) -> list[Any]:
    """All that an iterator of a door hands out, three at a time."""
    door: Any = office.world.async_box if office.is_async else office.world.box
    found = getattr(door, name)("talk", **{"limit": PAGE, "by": ORGANIZER, **more})
    return asyncio.run(taken(found)) if office.is_async else list(found)


async def taken(found: AsyncIterator[Any]) -> list[Any]:
    return [row async for row in found]


def test_days_are_those_of_the_events_zone() -> None:
    """Half past eleven in the evening in UTC is the next day in Paris."""
    office = quick()
    office.world.clock.set(datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    office.sell()
    (row,) = office.world.box.sales("talk", SalesBy.DAY, by=ORGANIZER).rows
    assert str(row.day) == "2026-03-02"


def test_fees_and_taxes_of_a_month_are_those_that_were_booked_in_it() -> None:
    office = crowd()
    box = office.world.box
    before = Window(None, office.world.clock.now())
    assert not (box.fees("talk", before, by=ORGANIZER).rows or box.taxes("talk", before, by=ORGANIZER).rows)
    since = Window(office.world.clock.now(), None)
    assert box.fees("talk", since, by=ORGANIZER) == box.fees("talk", by=ORGANIZER)
    assert box.taxes("talk", since, by=ORGANIZER) == box.taxes("talk", by=ORGANIZER)


@DRIVERS
def test_of_an_event_without_orders_there_is_nothing_to_report(is_async: bool) -> None:
    office = quick()
    office.is_async = is_async
    for name in ("sales", "fees", "taxes", "owed", "reconciliation"):
        report = office.run(REPORTS[name]())
        assert (report.rows, report.totals) == ((), ())
    assert office.run(REPORTS["conservation"]()) == {}
    assert rows(office, "participants") == rows(office, "entries") == []


@DRIVERS
@pytest.mark.usefixtures("small_pages")
def test_reconciliation_tells_what_both_sides_do_not_say_alike(is_async: bool) -> None:
    """Both sides agree on seven payments and on one that is open; 140.00 came, of which 20.00 went back and 20.00 are on their way."""
    office = crowd(is_async=is_async)
    found = office.run(flows.reconciliation("talk", by=ORGANIZER))
    (total,) = found.totals
    assert (found.rows, found.agrees, total.agrees) == ((), True, True)
    assert (str(total.ours), str(total.theirs), str(total.booked)) == ("120.00 EUR",) * 3
    notes = office.run(flows.reconciliation("talk", notes=True, by=ORGANIZER)).rows
    assert sorted(row.order for row in notes if row.reason.code == "payment_matches") == [
        *(f"A{n}" for n in range(7)),
        "A9",
    ]


class Forgetful(MemoryStore):
    """A store that has lost the entries of an order, or some of them."""

    def __init__(self, order: str, kept: int) -> None:
        super().__init__()
        self.order, self.kept = order, kept

    def entries(self, event: str, *, order: str = "", after: str = "", limit: int = 1000) -> tuple[Entry, ...]:
        found = super().entries(event, order=order, after=after, limit=limit)
        return tuple(one for one in found if one.order != self.order or int(one.id.split(":")[1]) <= self.kept)


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("kept", [0, 1])
def test_entries_that_are_gone_show_in_the_balance_of_the_books(kept: int) -> None:
    """A0 was paid, sold, given up and given back, in four entries; its capture was 20.00 and its refund -20.00."""
    office = crowd(Forgetful("A0", kept))
    found = office.run(flows.reconciliation("talk", by=ORGANIZER))
    booked = {0: "120.00 EUR", 1: "140.00 EUR"}[kept]
    assert [str(total.booked) for total in found.totals] == [booked]
    assert [row.reason.code for row in found.rows] == ["book_differs"] * kept


class Busy(MemoryStore):
    """A store in which something happens whenever a page of orders was read."""

    def __init__(self) -> None:
        super().__init__()
        self.happens: list[Callable[[], object]] = []

    def find(self, kind: type[Any], by: str, value: str, *, after: str = "", limit: int = 100) -> Any:
        found = super().find(kind, by, value, after=after, limit=limit)
        if kind is Dossier and self.happens:
            self.happens.pop(0)()
        return found


@pytest.mark.usefixtures("small_pages")
def test_what_is_sold_and_given_back_while_a_report_is_made_is_no_difference() -> None:
    """After the first page A2, which was on it, is given back, and A7, which was not, is paid; then A3 is given back."""
    store = Busy()
    office = crowd(store)
    store.happens = [
        lambda: (office.run(flows.cancel("A2", by=BUYER)), office.pay("A7")),
        lambda: office.run(flows.cancel("A3", by=BUYER)),
    ]
    found = office.run(flows.reconciliation("talk", by=ORGANIZER))
    assert store.happens == []
    (total,) = found.totals
    assert (found.agrees, total.agrees) == (True, True)
    assert str(total.booked) == "140.00 EUR", "with A7, and with what went back of A2 and A3 since they were read"


def test_a_page_of_participants_ends_where_the_next_begins() -> None:
    """Ten orders, four on a page, and then nothing; who comes meanwhile stands on a later page."""
    office = crowd()
    seen, after = list[list[str]](), ""
    while True:
        page = office.run(flows.participants("talk", after=after, limit=4, by=ORGANIZER))
        seen.append([row.order for row in page.rows])
        if not page.after:
            break
        after = page.after
        if len(seen) == 1:
            office.reserve(id="A95", buyer=person("Zoe"), locale="en")
            office.reserve(id="A05", buyer=person("Abe"), locale="en")
    assert seen == [["A0", "A1", "A2", "A3"], ["A4", "A5", "A6", "A7"], ["A8", "A9", "A95"], []]


def test_of_an_order_with_several_attendees_a_page_has_all() -> None:
    office = quick(capacity=5)
    office.reserve(3, id="A1")
    office.reserve(2, id="A2")
    page = office.run(flows.participants("talk", limit=1, by=ORGANIZER))
    assert [row.registration for row in page.rows] == ["A1-1", "A1-2", "A1-3"]
    assert page.after == "A1"


@pytest.mark.parametrize("limit", [0, -1, 1001, True, "9"])
@pytest.mark.parametrize("name", ["dossiers", "participants", "entries"])
def test_a_page_has_one_row_at_least_and_a_thousand_at_most(name: str, limit: Any) -> None:
    """None at all would look like the end."""
    office = quick()
    with pytest.raises(InvalidValueError) as refused:
        office.run(getattr(flows, name)("talk", limit=limit, by=ORGANIZER))
    assert refused.value.field == "limit"


@DRIVERS
def test_who_may_not_see_rows_is_told_so_when_the_first_is_taken(is_async: bool) -> None:
    office = quick()
    office.is_async = is_async
    for name in ("participants", "entries"):
        with pytest.raises(NotAllowedError):
            rows(office, name, by=BUYER)


@DRIVERS
def test_a_long_list_is_written_as_it_is_read(is_async: bool) -> None:
    office = crowd(is_async=is_async)
    every = office.run(flows.dossiers("talk", by=ORGANIZER))
    whole = participants([one.order for one in every], [refund for one in every for refund in one.refunds])
    lines = list(csv_lines(rows(office, "participants")))
    assert lines[0].replace(",answers,", ",") == as_csv(whole).splitlines(keepends=True)[0]
    assert [line.split(",")[1:3] for line in lines[1:]] == [[f"A{n}", f"A{n}-1"] for n in range(10)]


class Watched(MemoryStore):
    """A store that hands out copies, and notes how many of those it handed out before are still held when asked."""

    def __init__(self) -> None:
        super().__init__()
        self.watches = False
        self.asked: list[int] = []
        self.held: list[int] = []
        self._out: list[Any] = []

    def alive(self) -> int:
        return sum(one() is not None for one in self._out)

    def _hand_out(self, things: Iterator[Any], limit: int) -> tuple[Any, ...]:
        copies = tuple(things)
        self._out += map(weakref.ref, copies)
        self.asked.append(limit)
        return copies

    def find(self, kind: type[Any], by: str, value: str, *, after: str = "", limit: int = 100) -> Any:
        found = super().find(kind, by, value, after=after, limit=limit)
        if not (self.watches and kind is Dossier):
            return found
        self.held.append(self.alive())
        orders = self._hand_out((evolve(one.record.order) for one in found), limit)
        return tuple(
            Stored(evolve(one.record, order=order), one.version) for one, order in zip(found, orders, strict=True)
        )

    def entries(self, event: str, *, order: str = "", after: str = "", limit: int = 1000) -> tuple[Entry, ...]:
        found = super().entries(event, order=order, after=after, limit=limit)
        if not self.watches:
            return found
        self.held.append(self.alive())
        return self._hand_out((evolve(one) for one in found), limit)


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("name", REPORTS)
@DRIVERS
def test_no_report_asks_for_more_than_a_page_or_holds_another(name: str, is_async: bool) -> None:
    """
    When a page is asked for, no more is held than the page before it; for the books, besides the page of orders.

    Where it is awaited, the thread that read a page may not have let go of it yet.
    """
    store = Watched()
    office = crowd(store, is_async=is_async)
    store.watches = True
    office.run(REPORTS[name]())
    assert len(store.asked) > 3 and max(store.asked) == PAGE
    assert max(store.held) <= PAGE * (1 + (name == "reconciliation") + is_async)
    assert is_async or store.alive() == 0


@pytest.mark.parametrize("name", ["participants", "entries"])
def test_who_takes_row_by_row_holds_no_more_than_a_page(name: str) -> None:
    store = Watched()
    office = crowd(store)
    store.watches = True
    most = 0
    for _ in getattr(office.world.box, name)("talk", limit=PAGE, by=ORGANIZER):
        most = max(most, store.alive())
    assert len(store.asked) > 3 and max(store.asked) == PAGE
    assert max(most, *store.held) <= PAGE + 1, "and the row that was taken"


def test_nothing_is_read_before_the_first_row_is_taken() -> None:
    store = Watched()
    office = crowd(store)
    store.watches = True
    found = office.world.box.participants("talk", limit=PAGE, by=ORGANIZER)
    assert store.asked == []
    assert next(found).order == "A0"
    assert store.asked == [PAGE]


def test_refunds_of_the_organizers_own_are_seen_by_everybody_who_reports() -> None:
    """Goodwill of 1.00 for A2, of which 0.17 is tax: the organizer keeps 0.83 less."""
    office = crowd()
    before = office.world.box.sales("talk", by=ORGANIZER).totals[0]
    office.run(flows.refund("A2", Money.of("1.00", EUR), by=ORGANIZER))
    after = office.world.box.sales("talk", by=ORGANIZER).totals[0]
    assert str((before.organizer_keeps - after.organizer_keeps).decimal) == "0.83"
    assert str((before.tax - after.tax).decimal) == "0.17"
    assert str((after.given_back - before.given_back).decimal) == "1.00"
    assert office.world.box.reconciliation("talk", by=ORGANIZER).agrees
