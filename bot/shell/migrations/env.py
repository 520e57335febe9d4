"""Where Alembic meets the tables: one transaction over the connection it is given."""

from alembic import context

from bot.shell.tables import MemberRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=MemberRow.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
