"""
The tables: six, whatever kinds of records there are.

A record is a JSON document (`paidevents.wire`) with its version; what it is found
by stands in rows of their own. The ledger stands in columns, for whoever reads
it with SQL. Every name begins with `pe_`, so they go along with a host's tables.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    Named,
    Table,
    Text,
    TypedColumns,
    TypeDecorator,
    UniqueConstraint,
)

# Texts are compared letter by letter, in order of code points: SQLite does so by itself.
EXACT = Text().with_variant(Text(collation="C"), "postgresql")
# SQLite numbers rows by itself in a column that is called just so.
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
AMOUNT = BigInteger()


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware on both ways; SQLite keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As it is written."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As it is read."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# Small rows that are looked up by their key alone.
_BY_KEY: Any = {"sqlite_with_rowid": False}


class _RecordColumns(TypedColumns):
    kind = Column(EXACT, primary_key=True)
    id = Column(EXACT, primary_key=True)
    version = Column(BigInteger, nullable=False)
    due_at: Named[datetime | None] = Column(UTCDateTime)
    body = Column(Text, nullable=False)


class _FoundColumns(TypedColumns):
    kind = Column(EXACT, primary_key=True)
    found_by = Column(EXACT, primary_key=True)
    value = Column(EXACT, primary_key=True)
    id = Column(EXACT, primary_key=True)


class _CounterColumns(TypedColumns):
    event = Column(EXACT, primary_key=True)
    counter = Column(EXACT, primary_key=True)
    taken = Column(BigInteger, nullable=False)


class _EntryColumns(TypedColumns):
    number = Column(NUMBER, Identity(), primary_key=True)
    event = Column(EXACT, nullable=False)
    id = Column(EXACT, nullable=False)
    order_id = Column(EXACT, nullable=False)
    at: Named[datetime] = Column(UTCDateTime)
    kind = Column(EXACT, nullable=False)
    payment = Column(EXACT, nullable=False)
    refund = Column(EXACT, nullable=False)
    currency = Column(EXACT, nullable=False)


class _PostingColumns(TypedColumns):
    event = Column(EXACT, primary_key=True)
    entry = Column(EXACT, primary_key=True)
    place = Column(Integer, primary_key=True, autoincrement=False)
    account = Column(EXACT, nullable=False)
    party = Column(EXACT, nullable=False)
    minor = Column(AMOUNT, nullable=False)


class _CommitColumns(TypedColumns):
    id = Column(EXACT, primary_key=True)


RECORD = Table(
    "pe_record",
    METADATA,
    _RecordColumns,
    CheckConstraint("kind <> '' AND id <> ''", name="named"),
    CheckConstraint("version >= 1", name="version"),
)
Index(
    "ix_pe_record_due",
    RECORD.c.kind,
    RECORD.c.due_at,
    RECORD.c.id,
    sqlite_where=RECORD.c.due_at.is_not(None),
    postgresql_where=RECORD.c.due_at.is_not(None),
)

FOUND = Table(
    "pe_found",
    METADATA,
    _FoundColumns,
    ForeignKeyConstraint(["kind", "id"], ["pe_record.kind", "pe_record.id"], ondelete="CASCADE"),
    **_BY_KEY,
)

COUNTER = Table(
    "pe_counter",
    METADATA,
    _CounterColumns,
    CheckConstraint("event <> ''", name="event"),
    CheckConstraint("taken >= 0", name="taken"),
    postgresql_with={"fillfactor": 50},
    **_BY_KEY,
)

ENTRY = Table(
    "pe_entry",
    METADATA,
    _EntryColumns,
    UniqueConstraint("event", "id"),
    CheckConstraint("event <> '' AND id <> '' AND order_id <> ''", name="named"),
    CheckConstraint("length(currency) = 3", name="currency"),
    Index("ix_pe_entry_event_number", "event", "number"),
    Index("ix_pe_entry_event_order_id_number", "event", "order_id", "number"),
)

POSTING = Table(
    "pe_posting",
    METADATA,
    _PostingColumns,
    ForeignKeyConstraint(["event", "entry"], ["pe_entry.event", "pe_entry.id"], ondelete="CASCADE"),
    CheckConstraint("minor <> 0", name="minor"),
    **_BY_KEY,
)

COMMIT = Table("pe_commit", METADATA, _CommitColumns, **_BY_KEY)
