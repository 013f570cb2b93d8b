from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases


@pytest.fixture(params=databases.kinds())
def own_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database that no other test will use."""
    if request.param == "postgresql":
        with databases.postgresql_database() as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path / 'own.db'}"
