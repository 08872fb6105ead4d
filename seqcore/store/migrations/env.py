"""What alembic runs: the migrations, in the transaction of whoever opens the database."""

from __future__ import annotations

from alembic import context

from seqcore.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
