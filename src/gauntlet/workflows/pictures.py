"""The bytes of the pictures that a shot shows."""

from gauntlet.core.ids import Digest
from gauntlet.render.timeline import PictureContent, Shot
from gauntlet.storage.base import BlobStore


async def load_pictures(blobs: BlobStore, *shots: Shot) -> dict[Digest, bytes]:
    """Return the bytes of every picture in these shots, by digest."""
    wanted = {
        layer.content.digest for shot in shots for layer in shot.layers if isinstance(layer.content, PictureContent)
    }
    return {digest: await blobs.read_bytes(digest) for digest in sorted(wanted)}
