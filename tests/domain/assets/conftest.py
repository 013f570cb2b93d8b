"""A library."""

import pytest

from gauntlet.db.session import Database
from gauntlet.domain.assets.service import AssetService
from gauntlet.storage.database import DatabaseBlobStore
from tests.clocks import ManualClock
from tests.services import asset_service


@pytest.fixture
def blobs(database: Database, clock: ManualClock) -> DatabaseBlobStore:
    return DatabaseBlobStore(database, clock=clock)


@pytest.fixture
def assets(database: Database, blobs: DatabaseBlobStore, clock: ManualClock) -> AssetService:
    return asset_service(database, blobs=blobs, clock=clock)
