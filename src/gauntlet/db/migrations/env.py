"""Run by Alembic; always with a connection that `gauntlet.db.migrate` handed in."""

from alembic import context
from sqlalchemy import Connection

from gauntlet.db.base import metadata
from gauntlet.db.models_index import import_models

connection = context.config.attributes.get("connection")
if not isinstance(connection, Connection):
    raise TypeError("migrations run through gauntlet.db.migrate, which hands in a connection")

import_models()
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
