"""Identifiers: UUIDs for what clients own, integers for what a workspace counts."""

import uuid
from typing import NewType
from uuid import UUID

UserId = NewType("UserId", int)
JobId = NewType("JobId", int)
ClientId = NewType("ClientId", UUID)
CampaignId = NewType("CampaignId", UUID)
AssetId = NewType("AssetId", UUID)
BriefId = NewType("BriefId", UUID)

Digest = NewType("Digest", str)
"""Lower-case hex SHA-256 of a blob's bytes: its address in every store."""


def new_uuid() -> UUID:
    """Return a random (version 4) UUID."""
    return uuid.uuid4()
