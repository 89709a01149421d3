"""Alembic's entry: runs on the connection that ``core.storage.migrate`` hands over."""

from alembic import context

from core.storage.schema import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
