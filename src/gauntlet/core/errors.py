"""The one tree of errors; every surface (API, command line, workflows) renders it alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

Detail = str | int | float | bool | None


class GauntletError(Exception):
    """Root of all errors that Gauntlet raises on purpose.

    `code` is stable and machine-readable, `message` says what happened in a person's words (naming thing, value and
    limit), `next_step` what to do about it, `details` the same facts as data. `status` is the HTTP status that fits;
    it is a number here and becomes a response only in `api`.
    """

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500

    def __init__(
        self, message: str, *, next_step: str | None = None, details: Mapping[str, Detail] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        self.details: dict[str, Detail] = dict(details or {})


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field: the way to it (`inputs.steps`), and in words what came and what may."""

    field: str
    message: str
    value: str | None = None
    limit: str | None = None


class InvalidInput(GauntletError):
    """A value that breaks a rule; `details` carries `field`, `value` and `limit` where they exist.

    `faults` has each field that is wrong where several may be; `message` and `details` are then of the first ones.
    """

    code = "invalid_input"
    status = 422

    def __init__(
        self,
        message: str,
        *,
        next_step: str | None = None,
        details: Mapping[str, Detail] | None = None,
        faults: Sequence[FieldFault] = (),
    ) -> None:
        super().__init__(message, next_step=next_step, details=details)
        self.faults = tuple(faults)


class TooLarge(InvalidInput):
    """Something over a size limit that users are told."""

    code = "too_large"
    status = 413


class UnsupportedMedia(InvalidInput):
    """Bytes whose content is not of a type that is taken here."""

    code = "unsupported_media"
    status = 415


class NotSignedIn(GauntletError):
    """No valid credential came with the request."""

    code = "not_signed_in"
    status = 401


class NotAllowed(GauntletError):
    """The caller may see the thing, but not do this to it."""

    code = "not_allowed"
    status = 403


class NotFound(GauntletError):
    """No such thing, or none that the caller may know of."""

    code = "not_found"
    status = 404


class Conflict(GauntletError):
    """The thing's present state does not admit this."""

    code = "conflict"
    status = 409


class TooManyAttempts(GauntletError):
    """Throttled; `retry_after_s` says for how long."""

    code = "too_many_attempts"
    status = 429

    def __init__(self, message: str, *, retry_after_s: int, next_step: str | None = None) -> None:
        super().__init__(message, next_step=next_step, details={"retryAfterS": retry_after_s})
        self.retry_after_s = retry_after_s


class Misconfigured(GauntletError):
    """The environment or the settings do not allow the program to run."""

    code = "misconfigured"
    status = 500


class StorageFailed(GauntletError):
    """Bytes could not be kept or read back (disk full, store unreachable); nothing half-written is visible."""

    code = "storage_failed"
    status = 507


class Canceled(GauntletError):
    """The work was canceled by a person."""

    code = "canceled"
    status = 409


class RenderFailed(GauntletError):
    """The compositor could not draw, encode or join; the message names the shot and the cause."""

    code = "render_failed"
    status = 500
