"""What Alembic runs: with the connection that it is given, or without one to write the statements down."""

from alembic import context

from paidevents.stores.sql.schema import METADATA
from paidevents.stores.sql.standing import VERSION_TABLE
from paidevents.stores.sql.versions import is_ours

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    url=None if connection is not None else context.config.get_main_option("sqlalchemy.url"),
    literal_binds=connection is None,
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    include_object=is_ours,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
