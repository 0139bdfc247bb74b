"""A report printed: a table for people, or lines of CSV for programs."""

import sys
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import islice
from typing import Any

from paidevents.access.tokens import HostKey
from paidevents.box_office.front_door import BoxOffice
from paidevents.catalog.event import Event
from paidevents.catalog.listing import Listing
from paidevents.cli.progress import Progress
from paidevents.cli.reporting.counted import Counted
from paidevents.cli.reporting.kinds import KINDS, Answer, Table
from paidevents.cli.reporting.tables import ReportTable
from paidevents.cli.reporting.words import NOTHING, READING
from paidevents.cli.sales_file import known_file
from paidevents.errors import NotFoundError
from paidevents.explain.translated import translated
from paidevents.ports.store import Store
from paidevents.reports.sale_sums import SalesBy

KEY = HostKey(b"reports are read, and nobody is sent a link")
A_PAGE = 100


def print_report(
    kind: str, file: str, *, event: str | None, organizer: str | None, by: str, csv: bool, locale: str
) -> bool:
    """
    Print a report of one event, of all of an organizer, or of all in the file, one after the other.

    Args:
        kind: One of `KINDS`.
        file: The SQLite file that is sold on.
        event: Id of the event; None for all.
        organizer: Account of an organizer whose events are meant; None for everybody's.
        by: What sales are added up by.
        csv: For programs.
        locale: The language of tables.

    Returns:
        Whether all is well in it.

    Raises:
        InvalidValueError: There is no such file, or something else is in it.
        NotFoundError: There is no such event, or none of this organizer.
        StoreError: The file does not answer, or is of another version.
        MissingExtraError: The extra `sql` is not installed.
    """
    if csv and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(newline="")  # the lines have their ends
    is_well = True
    with known_file(file) as store, Progress(sys.stderr) as progress:
        counted: Any = Counted(store, lambda count: progress.told(translated(READING.given(count=count), locale)))
        box = BoxOffice(counted, key=KEY)
        events = list(_events(store, event, organizer))
        if not (events or csv):
            print(translated(NOTHING, locale))
        questions = tuple(dict.fromkeys(one.id for each in events for one in each.form.questions))
        for number, each in enumerate(events):
            answer = KINDS[kind](box, each, questions, SalesBy(by))
            if csv:
                lines = _csv(answer, each, is_first=number == 0, is_only=event is not None)
            else:
                lines = _tables(answer, each, is_first=number == 0, locale=locale)
            for line in lines:
                progress.clear()
                sys.stdout.write(line)
            is_well = is_well and answer.is_well
    return is_well


def _events(store: Store, event: str | None, organizer: str | None) -> Iterator[Event]:
    if event is not None:
        one = store.get(Listing, event)
        if one is None:
            raise NotFoundError(event)
        yield one.record.event
        return
    by, value = ("all", "event") if organizer is None else ("organizer", organizer)
    after = ""
    while page := store.find(Listing, by, value, after=after):
        yield from (stored.record.event for stored in page)
        after = page[-1].record.id
    if organizer is not None and not after:
        raise NotFoundError(organizer)


def _tables(answer: Answer, event: Event, *, is_first: bool, locale: str) -> Iterator[str]:
    """The name of the event, and below it the tables."""
    yield f"{event.title}\n" if is_first else f"\n{event.title}\n"
    for table in answer.tables:
        yield "\n"
        for line in _table(table, locale):
            yield f"{line}\n"


def _table(table: Table, locale: str) -> Iterator[str]:
    """A page at a time, so that many rows are never held at once; sums are few, and in line with their totals."""
    rows, shown = iter(table.rows), ReportTable(table.kind, locale)
    most = None if table.totals else A_PAGE
    page = list(islice(rows, most))
    if not page:
        yield translated(NOTHING, locale)
    while page:
        yield from shown.lines(page, table.totals)
        page = list(islice(rows, most))


def _csv(answer: Answer, event: Event, *, is_first: bool, is_only: bool) -> Iterator[str]:
    """Lines of CSV; those of several events say of which they are."""
    lines = answer.lines(is_first)
    if is_only or answer.names_event:
        return lines
    return (f"{'event' if is_first and place == 0 else event.id},{line}" for place, line in enumerate(lines))
