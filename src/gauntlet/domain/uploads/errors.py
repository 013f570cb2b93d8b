"""What may go wrong with an upload in parts, beside what may with any."""

from gauntlet.core.errors import Conflict, GauntletError, InvalidInput


class UploadGone(GauntletError):
    """The upload has expired, or was refused: nothing of it is kept, and it cannot be taken up again."""

    code = "gone"
    status = 410


class UploadLocked(GauntletError):
    """Another request is at work on the upload and does not let go of it soon enough."""

    code = "locked"
    status = 423


class UploadInterrupted(Conflict):
    """The bytes stopped coming, or another request took the upload over; what came until then is kept."""

    code = "upload_interrupted"


class ChecksumMismatch(InvalidInput):
    """The bytes are not those that the sender speaks of; none of them is kept. The status is the tus protocol's own."""

    code = "checksum_mismatch"
    status = 460


class BrokenOff(Exception):
    """Raised by a stream of pieces where its sender went away: what came before it is sound."""
