"""The statements, built once: a store runs these and no others."""

from itertools import product
from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    Table,
    Text,
    Update,
    bindparam,
    delete,
    insert,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from paidevents.stores.sql.schema import COMMIT, COUNTER, ENTRY, EXACT, FOUND, POSTING, RECORD, UTCDateTime

Columns = Select[*tuple[Any, ...]]


def _text(name: str) -> Any:
    return bindparam(name, type_=EXACT)


def _number(name: str) -> Any:
    return bindparam(name, type_=BigInteger())


def _moment(name: str) -> Any:
    return bindparam(name, type_=UTCDateTime())


_THIS_RECORD = (RECORD.c.kind == _text("of_kind")) & (RECORD.c.id == _text("of_id"))
_THIS_FOUND = (FOUND.c.kind == _text("of_kind")) & (FOUND.c.id == _text("of_id"))
_THIS_COUNTER = (COUNTER.c.event == _text("of_event")) & (COUNTER.c.counter == _text("of_counter"))

# Records.
GET = select(RECORD.c.version, RECORD.c.body).where(_THIS_RECORD)
# Whatever is expected stays as it is until the commit is through.
VERSION = select(RECORD.c.version).where(_THIS_RECORD).with_for_update(read=True)
INSERT = insert(RECORD)
REPLACE: Update = (
    update(RECORD)
    .where(_THIS_RECORD, RECORD.c.version == _number("read"))
    .values(version=_number("next"), due_at=_moment("is_due_at"), body=bindparam("as_body"))
)

# What they are found by.
IS_FOUND = select(FOUND.c.id).where(_THIS_FOUND, FOUND.c.found_by == _text("by"), FOUND.c.value == _text("of_value"))
FIND_BY = insert(FOUND)
FORGET = delete(FOUND).where(_THIS_FOUND, FOUND.c.found_by == _text("by"), FOUND.c.value == _text("of_value"))
FIND = (
    select(RECORD.c.id, RECORD.c.version, RECORD.c.body)
    .select_from(FOUND.join(RECORD, (RECORD.c.kind == FOUND.c.kind) & (RECORD.c.id == FOUND.c.id)))
    .where(
        FOUND.c.kind == _text("of_kind"),
        FOUND.c.found_by == _text("by"),
        FOUND.c.value == _text("of_value"),
        FOUND.c.id > _text("after"),
    )
    .order_by(FOUND.c.id)
    .limit(_number("most"))
)
DUE = (
    select(RECORD.c.id, RECORD.c.version, RECORD.c.body)
    .where(RECORD.c.kind == _text("of_kind"), RECORD.c.due_at.is_not(None), RECORD.c.due_at <= _moment("until"))
    .order_by(RECORD.c.due_at, RECORD.c.id)
    .limit(_number("most"))
)
DUE_AFTER = DUE.where(tuple_(RECORD.c.due_at, RECORD.c.id) > tuple_(_moment("after_at"), _text("after")))

# Counters.
TAKEN = select(COUNTER.c.counter, COUNTER.c.taken).where(
    COUNTER.c.event == _text("of_event"), COUNTER.c.counter.in_(bindparam("counters", expanding=True, type_=EXACT))
)
GIVE: Update = (
    update(COUNTER)
    .where(_THIS_COUNTER, COUNTER.c.taken >= _number("count"))
    .values(taken=COUNTER.c.taken - _number("count"))
)


def take(dialect: str) -> Insert:
    """A counter goes up by `count` if it is not above `room` before; a new one begins there."""
    upsert: Any = _insert(dialect, COUNTER).values(
        event=_text("of_event"), counter=_text("of_counter"), taken=_number("count")
    )
    counted: Insert = upsert.on_conflict_do_update(
        index_elements=[COUNTER.c.event, COUNTER.c.counter],
        set_={"taken": COUNTER.c.taken + upsert.excluded.taken},
        where=COUNTER.c.taken <= _number("room"),
    )
    return counted


def remember(dialect: str) -> Insert:
    """A commit is noted, unless it is there."""
    noted: Insert = _insert(dialect, COMMIT).values(id=_text("id")).on_conflict_do_nothing()
    return noted


def _insert(dialect: str, table: Table) -> Any:
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


# The ledger.
# The database numbers them.
BOOK = insert(ENTRY).values({each.name: bindparam(each.name) for each in ENTRY.c if each is not ENTRY.c.number})
POST = insert(POSTING)
BOOKED = select(ENTRY.c.id).where(
    ENTRY.c.event == _text("of_event"), ENTRY.c.id.in_(bindparam("ids", expanding=True, type_=EXACT))
)


def as_kept(table: Table) -> list[Any]:
    """Its columns, moments as they stand there: what is none is a corrupt record, not a failure of the driver."""
    return [
        type_coerce(each, Text).label(each.name) if isinstance(each.type, UTCDateTime) else each for each in table.c
    ]


def with_postings(page: Columns) -> Columns:
    """The entries of a page, a row for each of their postings."""
    own = page.subquery("page")
    of_entry = (POSTING.c.event == own.c.event) & (POSTING.c.entry == own.c.id)
    return (
        select(own, POSTING.c.place, POSTING.c.account, POSTING.c.party, POSTING.c.minor)
        .select_from(own.outerjoin(POSTING, of_entry))
        .order_by(own.c.number, POSTING.c.place)
    )


def entries(*, of_order: bool, after: bool) -> Columns:
    """A page of entries with their postings, a row for each posting."""
    page = select(*as_kept(ENTRY)).where(ENTRY.c.event == _text("of_event"))
    if of_order:
        page = page.where(ENTRY.c.order_id == _text("order"))
    if after:
        before = select(ENTRY.c.number).where(ENTRY.c.event == _text("of_event"), ENTRY.c.id == _text("after"))
        page = page.where(ENTRY.c.number > before.scalar_subquery())
    return with_postings(page.order_by(ENTRY.c.number).limit(_number("most")))


# By whether those of one order are asked for, and whether those after an entry.
ENTRIES = {
    (of_order, after): entries(of_order=of_order, after=after) for of_order, after in product((False, True), repeat=2)
}

# Commits.
REMEMBERED = select(COMMIT.c.id).where(COMMIT.c.id == _text("of_id"))
