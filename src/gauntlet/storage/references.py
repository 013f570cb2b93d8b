"""Who uses a blob: every column that the schema says refers to one."""

import functools

from sqlalchemy import ColumnElement, and_, exists, select

from gauntlet.db.base import metadata
from gauntlet.db.models.blobs import BlobRow
from gauntlet.db.models_index import import_models


def is_unreferenced() -> ColumnElement[bool]:
    """Return the condition, on a row of `blobs`, that no row of any table and no hold refers to it."""
    return and_(*(~exists(select(column).where(column == BlobRow.digest)) for column in _referring_columns()))


@functools.cache
def _referring_columns() -> tuple[ColumnElement[str], ...]:
    import_models()
    digest = BlobRow.__table__.c.digest
    return tuple(
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column is digest for key in column.foreign_keys)
    )
