"""Where Alembic meets the tables: one transaction over the connection it is given."""

from alembic import context
from sqlmodel import SQLModel

from bot.shell import tables

assert tables.SQLModel is SQLModel  # the import is what registers the tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
