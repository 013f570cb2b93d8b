"""The bytes of the pictures and the footage that a shot shows."""

from gauntlet.core.ids import Digest
from gauntlet.render.footage import clips_of
from gauntlet.render.timeline import PictureContent, Shot
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.footage import CuttingRoom


async def load_pictures(blobs: BlobStore, cutting: CuttingRoom, *shots: Shot) -> dict[Digest, bytes]:
    """Return the bytes of every picture in these shots, by digest, and of their conformed footage, by key."""
    wanted = {
        layer.content.digest for shot in shots for layer in shot.layers if isinstance(layer.content, PictureContent)
    }
    pictures = {digest: await blobs.read_bytes(digest) for digest in sorted(wanted)}
    return pictures | await cutting.load(clips_of(shots))
