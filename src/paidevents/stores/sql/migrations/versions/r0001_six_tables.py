"""Six tables: records and what they are found by, counters, entries and their postings, commits."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EXACT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "pe_record",
        sa.Column("kind", EXACT, nullable=False),
        sa.Column("id", EXACT, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("kind <> '' AND id <> ''", name=op.f("ck_pe_record_named")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_pe_record_version")),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_pe_record")),
    )
    is_due = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_pe_record_due", "pe_record", ["kind", "due_at", "id"], sqlite_where=is_due, postgresql_where=is_due
    )
    op.create_table(
        "pe_found",
        sa.Column("kind", EXACT, nullable=False),
        sa.Column("found_by", EXACT, nullable=False),
        sa.Column("value", EXACT, nullable=False),
        sa.Column("id", EXACT, nullable=False),
        sa.ForeignKeyConstraint(
            ["kind", "id"], ["pe_record.kind", "pe_record.id"], name=op.f("fk_pe_found_pe_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("kind", "found_by", "value", "id", name=op.f("pk_pe_found")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pe_found_kind_id", "pe_found", ["kind", "id"])
    op.create_table(
        "pe_counter",
        sa.Column("event", EXACT, nullable=False),
        sa.Column("counter", EXACT, nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("event <> ''", name=op.f("ck_pe_counter_event")),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_pe_counter_taken")),
        sa.PrimaryKeyConstraint("event", "counter", name=op.f("pk_pe_counter")),
        postgresql_with={"fillfactor": 50},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pe_entry",
        sa.Column("number", NUMBER, sa.Identity(), nullable=False),
        sa.Column("event", EXACT, nullable=False),
        sa.Column("id", EXACT, nullable=False),
        sa.Column("order_id", EXACT, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", EXACT, nullable=False),
        sa.Column("payment", EXACT, nullable=False),
        sa.Column("refund", EXACT, nullable=False),
        sa.Column("currency", EXACT, nullable=False),
        sa.CheckConstraint("event <> '' AND id <> '' AND order_id <> ''", name=op.f("ck_pe_entry_named")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_pe_entry_currency")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_pe_entry")),
        sa.UniqueConstraint("event", "id", name=op.f("uq_pe_entry_event_id")),
    )
    op.create_index("ix_pe_entry_event_number", "pe_entry", ["event", "number"])
    op.create_index("ix_pe_entry_event_order_id_number", "pe_entry", ["event", "order_id", "number"])
    op.create_table(
        "pe_posting",
        sa.Column("event", EXACT, nullable=False),
        sa.Column("entry", EXACT, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", EXACT, nullable=False),
        sa.Column("party", EXACT, nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minor <> 0", name=op.f("ck_pe_posting_minor")),
        sa.ForeignKeyConstraint(
            ["event", "entry"],
            ["pe_entry.event", "pe_entry.id"],
            name=op.f("fk_pe_posting_pe_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event", "entry", "place", name=op.f("pk_pe_posting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pe_commit",
        sa.Column("id", EXACT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pe_commit")),
        sqlite_with_rowid=False,
    )
