"""What an error of a language model's library means: which outcome, whether it is free, and how people are told.

The services' own words never reach the message: they may repeat the prompt, or part of a key.
"""

from typing import Final, cast

import structlog
from pydantic_ai import exceptions as pai

from gauntlet.core.attempts import AttemptOutcome
from gauntlet.providers.llm.contract import ChainLink
from gauntlet.providers.llm.links import SERVICE_NAMES
from gauntlet.providers.llm.replies import Unanswered

log = structlog.get_logger(__name__)

_TIMED_OUT: Final = 408
_OVERLOADED: Final = 529
_NOBODY_THERE: Final = 503


def failure_of(error: Exception, link: ChainLink) -> Unanswered:
    """Return what to make of an error that came instead of an answer."""
    name = SERVICE_NAMES[link.provider]
    match error:
        case Unanswered():
            return error
        case pai.ModelConnectionError():
            return _of_connection(error, name)
        case pai.ModelAPIError() if refusal := _refusal(error, link):
            return refusal
        case pai.ModelHTTPError():
            return _of_status(error, link)
        case pai.UserError():
            return misfit(link)
        case pai.UnexpectedModelBehavior():
            return Unanswered("invalid", f"{name} answered with something that cannot be read.", money="lose")
        case _:
            # Its class alone: the words of a library's error may hold the prompt.
            log.warning("planner.ask.broken", provider=link.provider, error=type(error).__qualname__)
            return Unanswered("unavailable", f"{name} could not be asked, or its answer was lost.", money="lose")


def misfit(link: ChainLink) -> Unanswered:
    """Return what to say of an address or a model's name that the library does not take: nothing was asked."""
    name = SERVICE_NAMES[link.provider]
    return _free("not_configured", f"{name} cannot be asked for a model {link.model!r}: the settings do not fit.")


def _refusal(error: pai.ModelAPIError, link: ChainLink) -> Unanswered | None:
    """Return what a service said no with, before it did anything; None where that is not what happened."""
    name = SERVICE_NAMES[link.provider]
    match error:
        case pai.ModelQuotaExceededError():
            return _free("payment_required", f"{name} asks for payment: the account behind the key has no credit.")
        case pai.ModelRateLimitError():
            wait = f" Come back in {error.retry_after:.0f} s." if error.retry_after else ""
            return _free("rate_limited", f"{name} was asked too often.{wait}")
        case pai.ModelNotFoundError():
            return _free("rejected", f"{name} knows no model {link.model!r}.")
        case pai.ModelAuthenticationError():
            return _of_key(error, name)
        case pai.ModelContextWindowExceededError():
            return _free("rejected", f"The question is too long for {link.model} at {name}.")
        case pai.ModelRequestRejectedError():
            return _free("rejected", f"{name} rejected the question.")
        case _:
            return None


def _free(outcome: AttemptOutcome, message: str) -> Unanswered:
    return Unanswered(outcome, message, money="release")


def _of_connection(error: pai.ModelConnectionError, name: str) -> Unanswered:
    if error.phase in ("pool", "connect"):
        return _free("unavailable", f"{name} could not be reached.")
    if isinstance(error, pai.ModelTimeoutError):
        return Unanswered("timed_out", f"{name} did not answer in time.", money="lose")
    return Unanswered("unavailable", f"The connection to {name} broke before its answer was there.", money="lose")


def _of_key(error: pai.ModelAuthenticationError, name: str) -> Unanswered:
    status = error.status_code if isinstance(error, pai.ModelHTTPError) else 401
    if status == 401:
        return _free("not_configured", f"The {name} key was refused.")
    return _free("rejected", f"{name} does not allow this key to ask this question.")


def _of_status(error: pai.ModelHTTPError, link: ChainLink) -> Unanswered:
    name, status = SERVICE_NAMES[link.provider], error.status_code
    if link.provider == "openrouter" and error.headers is None and status >= 500:
        # Told in the body of a successful answer, in place of one: OpenRouter does not bill completions without tokens.
        message = f"{name} was failed by the service behind it."
        return Unanswered("unavailable", message, money="release", is_passing=True)
    if link.provider == "openrouter" and _is_unrouted(error):
        return _free("unavailable", f"{name} has no service now that takes the question.")
    if status == _OVERLOADED and not error.in_stream:
        return _free("unavailable", f"{name} is overloaded and did not take the question.")
    if status == _TIMED_OUT:
        return Unanswered("timed_out", f"{name} did not finish in time.", money="lose")
    if status < 500:
        return _free("rejected", f"{name} rejected the question (status {status}).")
    return Unanswered("unavailable", f"{name} failed with status {status}.", money="lose")


def _is_unrouted(error: pai.ModelHTTPError) -> bool:
    """Tell whether OpenRouter itself says that it found nobody to give the question to.

    Only its own document proves that: a 503 that names a provider was passed on from one who had the question, one
    without a document comes from a gateway, which knows nothing of what became of it. Its 502 is an answer of a model
    that could not be used, so a model did something; 500 and 504 are no words of OpenRouter's own.
    """
    body: object = error.body
    if error.status_code != _NOBODY_THERE or error.in_stream or not isinstance(body, dict):
        return False
    told = cast(dict[str, object], body)
    metadata = told.get("metadata")
    is_passed_on = isinstance(metadata, dict) and "provider_name" in metadata
    return told.get("code") == _NOBODY_THERE and not is_passed_on
