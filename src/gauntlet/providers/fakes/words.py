"""The words that the doubles share: services, faults, and where a fault strikes."""

from enum import StrEnum
from typing import Final, Literal

Service = Literal["replicate", "openrouter", "openai", "anthropic"]
Endpoint = Literal[
    "predictions.create", "predictions.get", "predictions.list", "predictions.cancel", "models.get", "collections.get",
    "files", "account", "webhooks.secret", "delivery", "completions",
]  # fmt: skip
"""What a request is for; `completions` is a question to any of the language services."""


class Fault(StrEnum):
    """What can go wrong."""

    # before anything is taken
    RATE_LIMITED = "rate_limited"
    PAYMENT_REQUIRED = "payment_required"
    INVALID_KEY = "invalid_key"
    SERVER_ERROR = "server_error"
    OVERLOADED = "overloaded"
    HANG = "hang"
    RESET = "reset"
    # after it was taken, and is charged
    SERVER_ERROR_AFTER = "server_error_after"
    HANG_AFTER = "hang_after"
    RESET_AFTER = "reset_after"
    BROKEN_JSON = "broken_json"
    # what a language model answers
    NOT_JSON = "not_json"
    SCHEMA_BREAKING = "schema_breaking"
    TOO_FEW_SCENES = "too_few_scenes"
    REFUSAL = "refusal"
    TRUNCATED = "truncated"
    ERROR_IN_200 = "error_in_200"
    STREAM_CUT = "stream_cut"
    STREAM_STALLED = "stream_stalled"
    # what becomes of a prediction
    FAILED = "failed"
    CANCELED = "canceled"
    ABORTED = "aborted"
    STUCK = "stuck"
    NEVER_STARTED = "never_started"
    # what its outputs are
    WRONG_MEDIA = "wrong_media"
    OTHER_MEDIA = "other_media"
    EMPTY_OUTPUT = "empty_output"
    CUT_OUTPUT = "cut_output"
    OUTPUT_GONE = "output_gone"
    NO_OUTPUT = "no_output"
    # what becomes of its webhooks
    WEBHOOK_LOST = "webhook_lost"
    WEBHOOK_LATE = "webhook_late"
    WEBHOOK_DOUBLED = "webhook_doubled"
    WEBHOOK_REORDERED = "webhook_reordered"
    WEBHOOK_FORGED = "webhook_forged"
    WEBHOOK_STALE = "webhook_stale"


REFUSING: Final = frozenset(
    {Fault.RATE_LIMITED, Fault.PAYMENT_REQUIRED, Fault.INVALID_KEY, Fault.SERVER_ERROR, Fault.OVERLOADED, Fault.HANG,
     Fault.RESET}
)  # fmt: skip
AFTERWARDS: Final = frozenset({Fault.SERVER_ERROR_AFTER, Fault.HANG_AFTER, Fault.RESET_AFTER, Fault.BROKEN_JSON})
ANSWERS: Final = frozenset(
    {Fault.NOT_JSON, Fault.SCHEMA_BREAKING, Fault.TOO_FEW_SCENES, Fault.REFUSAL, Fault.TRUNCATED, Fault.ERROR_IN_200,
     Fault.STREAM_CUT, Fault.STREAM_STALLED}
)  # fmt: skip
FATES: Final = frozenset({Fault.FAILED, Fault.CANCELED, Fault.ABORTED, Fault.STUCK, Fault.NEVER_STARTED})
OUTPUTS: Final = frozenset(
    {Fault.WRONG_MEDIA, Fault.OTHER_MEDIA, Fault.EMPTY_OUTPUT, Fault.CUT_OUTPUT, Fault.OUTPUT_GONE, Fault.NO_OUTPUT}
)
WEBHOOKS: Final = frozenset(
    {Fault.WEBHOOK_LOST, Fault.WEBHOOK_LATE, Fault.WEBHOOK_DOUBLED, Fault.WEBHOOK_REORDERED, Fault.WEBHOOK_FORGED,
     Fault.WEBHOOK_STALE}
)  # fmt: skip
