"""All tables at once, for what needs the whole schema."""

import importlib
import pkgutil

from gauntlet.db import models


def import_models() -> None:
    """Import every module of `gauntlet.db.models`, so that the metadata knows all tables."""
    for module in pkgutil.iter_modules(models.__path__, prefix=f"{models.__name__}."):
        importlib.import_module(module.name)
