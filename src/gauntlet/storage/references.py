"""Who uses a blob: every column that the schema says refers to one."""

import functools

from sqlalchemy import Column, ColumnElement, and_, exists, select

from gauntlet.db.base import metadata
from gauntlet.db.models.blobs import BlobRow
from gauntlet.db.models_index import import_models


@functools.cache
def is_unreferenced() -> ColumnElement[bool]:
    """Return the condition, on a row of `blobs`, that no row of any table and no hold refers to it."""
    return and_(*(~exists(select(column).where(column == BlobRow.digest)) for column in referring_columns()))


@functools.cache
def referring_columns() -> tuple[Column[str], ...]:
    """Return every column of any table that refers to a blob."""
    import_models()
    digest = BlobRow.__table__.c.digest
    return tuple(
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column is digest for key in column.foreign_keys)
    )
