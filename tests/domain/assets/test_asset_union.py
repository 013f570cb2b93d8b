from datetime import UTC, datetime
from uuid import uuid4

import pytest

from gauntlet.db.models.assets import AssetRow
from gauntlet.domain.assets.schemas import AssetType
from gauntlet.domain.assets.views import asset_of
from gauntlet.media.facts import AudioFacts, DocumentFacts, ImageFacts, MediaFacts, VideoFacts

COMMON = (
    "type id userId clientId campaignId name fileName url size uploadedAt updatedAt deletedAt tags format version"
).split()
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)

IMAGE = ImageFacts(format="png", width=640, height=360, orientation=6, has_alpha=True, dominant_colours=("#102030",))
VIDEO = VideoFacts(format="mp4", width=640, height=360, duration_s=2.5, frame_rate=25, rotation=90, video_codec="h264")
AUDIO = AudioFacts(format="wav", duration_s=2.5, audio_codec="pcm_s16le", channels=2, sample_rate_hz=48_000)


def row(type_: AssetType, facts: MediaFacts) -> AssetRow:
    return AssetRow(
        id=uuid4(),
        user_id=1,
        client_id=uuid4(),
        type=type_,
        name="x",
        file_name="x.bin",
        format=facts.format,
        size_bytes=10,
        blob_digest="0" * 64,
        width=2_048,
        height=1_152,
        duration_s=2.5,
        page_count=4,
        tags=["hero"],
        facts=facts.model_dump(mode="json"),
        version=1,
        uploaded_at=MOMENT,
        updated_at=MOMENT,
    )


@pytest.mark.parametrize(
    ("type_", "facts", "own"),
    [
        (
            "image",
            IMAGE,
            {
                "width": 640,
                "height": 360,
                "orientation": 6,
                "frames": 1,
                "hasAlpha": True,
                "dominantColours": ["#102030"],
                "thumbnailUrl": "{}/thumbnail",
            },
        ),
        (
            "video",
            VIDEO,
            {
                "width": 640,
                "height": 360,
                "duration": 2.5,
                "frameRate": 25.0,
                "rotation": 90,
                "videoCodec": "h264",
                "audioCodec": None,
                "dominantColours": [],
                "thumbnailUrl": "{}/thumbnail",
            },
        ),
        (
            "audio",
            AUDIO,
            {
                "duration": 2.5,
                "codec": "pcm_s16le",
                "channels": 2,
                "sampleRate": 48_000,
                "waveformUrl": "{}/waveform",
            },
        ),
        (
            "document",
            DocumentFacts(format="pdf", page_count=4, is_encrypted=True),
            {"pageCount": 4, "lineCount": None, "encrypted": True, "thumbnailUrl": None},
        ),
    ],
)
def test_each_type_has_its_own_fields_and_the_common_ones(
    type_: AssetType, facts: MediaFacts, own: dict[str, object]
) -> None:
    stored = row(type_, facts)
    document = asset_of(stored).model_dump(mode="json")

    path = f"/api/v2/assets/{stored.id}"
    expected = {key: value.format(path) if isinstance(value, str) else value for key, value in own.items()}
    assert {key: document[key] for key in own} == expected
    assert set(document) == {*COMMON, *own}
    assert document["url"] == f"{path}/data"


def test_picture_of_an_earlier_program_is_shown_with_what_is_known_of_it() -> None:
    stored = row("image", IMAGE)
    stored.facts = {"format": "png", "width": 640, "height": 360}

    document = asset_of(stored).model_dump(mode="json")

    assert (document["orientation"], document["hasAlpha"], document["dominantColours"]) == (1, False, [])
