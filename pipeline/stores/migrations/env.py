"""Run by Alembic: migrate on the connection that stores/schema.py opened."""

from alembic import context

from pipeline.stores.rows import Base
from pipeline.stores.schema import COMPARISON

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    **COMPARISON,
)
context.run_migrations()
