from datetime import UTC, datetime
from uuid import uuid4

import pytest

from gauntlet.db.models.assets import AssetRow
from gauntlet.domain.assets.repository import asset_of
from gauntlet.domain.assets.schemas import AssetType

COMMON = "type id userId clientId campaignId name url size uploadedAt tags format version".split()


def row(type_: AssetType, format_: str) -> AssetRow:
    return AssetRow(
        id=uuid4(),
        user_id=1,
        client_id=uuid4(),
        type=type_,
        name="x",
        format=format_,
        size_bytes=10,
        blob_digest="0" * 64,
        width=640,
        height=360,
        duration_s=2.5,
        page_count=4,
        tags=["hero"],
        facts={"width": 640, "height": 360},
        version=1,
        uploaded_at=datetime(2026, 11, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("type_", "format_", "own"),
    [
        ("image", "svg", {"width": 640, "height": 360}),
        ("video", "mp4", {"width": 640, "height": 360, "duration": 2.5, "thumbnailUrl": "{}/thumbnail"}),
        ("audio", "wav", {"duration": 2.5, "waveformUrl": "{}/waveform"}),
        ("document", "pdf", {"pageCount": 4, "thumbnailUrl": None}),
    ],
)
def test_each_type_has_its_own_fields_and_the_common_ones(
    type_: AssetType, format_: str, own: dict[str, object]
) -> None:
    stored = row(type_, format_)
    document = asset_of(stored).model_dump(mode="json")

    path = f"/api/v2/assets/{stored.id}"
    expected = {key: value.format(path) if isinstance(value, str) else value for key, value in own.items()}
    assert {key: document[key] for key in own} == expected
    assert set(document) == {*COMMON, *own}
    assert document["url"] == f"{path}/data"
