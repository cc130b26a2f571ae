"""Alembic's entry: migrates the connection that `registry.database` hands over."""

from alembic import context

from caselore.registry.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
