"""What Replicate's refusals mean: a status and a body in, one of our errors out, in words that people act on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final, Literal

from pydantic import ValidationError

from gauntlet.providers.base import (
    PaymentRequired,
    ProviderAmbiguous,
    ProviderError,
    ProviderNotConfigured,
    ProviderRejected,
    ProviderUnavailable,
    RateLimited,
)
from gauntlet.providers.replicate.wire import ProblemBody

RETRY_AFTER_MAX_S: Final = 3_600.0
_RESETS_IN: Final = re.compile(r"resets in ~?(\d{1,6}(?:\.\d{1,3})?)\s?(ms|s|m|h)\b")
_UNIT_S: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0}
_DETAIL_MAX_CHARACTERS: Final = 300
_FIELDS_MAX: Final = 10
_LATER: Final = "Try again later; https://replicatestatus.com tells of Replicate's troubles."


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, for the error to name: the thing in words, and whether asking it may have cost money."""

    subject: str
    kind: Literal["create", "ask"]
    key_source: str
    now: datetime


def refusal(status: int, *, headers: Mapping[str, str], body: bytes, question: Question) -> ProviderError:
    """Return the error for an answer that is not a success."""
    problem = _problem(body)
    match status:
        case 401:
            return _wrong_key(question)
        case 402:
            return _no_credit(problem)
        case 429:
            return RateLimited(
                "Replicate is asked too often (status 429).",
                retry_after_s=retry_after_s(headers, problem, now=question.now),
                next_step="It is tried again by itself; lower GAUNTLET_HOSTED__CREATES_PER_MINUTE if it goes on.",
            )
        case 404:
            return _not_there(question)
        case 422:
            return _invalid(problem, question)
        case 408:
            return _broken(status, question)
        case _ if status >= 500:
            return _broken(status, question)
        case _ if status >= 400:
            return _refused(status, problem, question)
        case _:
            return _strange(status, question)


def not_understood(fault: str, question: Question) -> ProviderError:
    """Return the error for a success whose body cannot be read."""
    message = f"Replicate's answer about {question.subject} cannot be read ({fault})"
    if question.kind == "create":
        return _in_doubt(message)
    return ProviderError(f"{message}.", next_step=_LATER)


def not_answered(fault: str, question: Question) -> ProviderError:
    """Return the error for a request that went out and was not answered in full."""
    message = f"Replicate {fault} when asked for {question.subject}"
    return _in_doubt(message) if question.kind == "create" else _unavailable(message)


def not_reached(fault: str, question: Question) -> ProviderUnavailable:
    """Return the error for a request of which nothing went out."""
    return _unavailable(f"Replicate {fault}; nothing was sent for {question.subject}")


def retry_after_s(headers: Mapping[str, str], problem: ProblemBody, *, now: datetime) -> float | None:
    """Return when to come back: by the header, else by the body, else by the sentence in it; None where none says."""
    found = _header_s(headers.get("retry-after", ""), now=now)
    if found is None:
        found = problem.retry_after
    if found is None and (match := _RESETS_IN.search(problem.detail or "")):
        found = float(match[1]) * _UNIT_S[match[2]]
    return None if found is None else min(max(found, 0.0), RETRY_AFTER_MAX_S)


def _header_s(value: str, *, now: datetime) -> float | None:
    value = value.strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", value, re.ASCII):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return None if moment.tzinfo is None else (moment - now).total_seconds()


def _wrong_key(question: Question) -> ProviderNotConfigured:
    source = question.key_source
    return ProviderNotConfigured(
        f"Replicate does not accept the key that is set in {source} (status 401).",
        next_step=f"Make a new one at https://replicate.com/account/api-tokens and set it in {source}.",
        details={"provider": "replicate", "setting": source, "status": 401},
    )


def _no_credit(problem: ProblemBody) -> PaymentRequired:
    return PaymentRequired(
        f"Replicate asks for payment: {_said(problem, 'the account has no credit')}.",
        next_step="Add credit at https://replicate.com/account/billing, then continue.",
        details={"provider": "replicate", "status": 402},
    )


def _not_there(question: Question) -> ProviderRejected:
    return ProviderRejected(
        f"There is no {question.subject} at Replicate, or the key may not see it (status 404).",
        next_step="Check the name; `gauntlet model list` shows what there is.",
        details={"status": 404},
    )


def _refused(status: int, problem: ProblemBody, question: Question) -> ProviderRejected:
    return ProviderRejected(
        f"Replicate refuses {question.subject} (status {status}): {_said(problem, 'no reason is given')}.",
        next_step="Look at the model's page at Replicate, or choose another model.",
        details={"status": status},
    )


def _strange(status: int, question: Question) -> ProviderError:
    return ProviderError(
        f"Replicate answers with status {status}, which is not one of its own, when asked for {question.subject}.",
        next_step="Check GAUNTLET_HOSTED__REPLICATE_URL.",
        details={"status": status},
    )


def _broken(status: int, question: Question) -> ProviderError:
    message = f"Replicate is in trouble (status {status}) when asked for {question.subject}"
    return _in_doubt(message) if question.kind == "create" else _unavailable(message)


def _in_doubt(message: str) -> ProviderAmbiguous:
    return ProviderAmbiguous(
        f"{message}; it cannot be told whether it was taken.",
        next_step="It is looked for among the account's predictions before anything is sent again.",
    )


def _unavailable(message: str) -> ProviderUnavailable:
    return ProviderUnavailable(f"{message}.", next_step=_LATER)


def _invalid(problem: ProblemBody, question: Question) -> ProviderRejected:
    fields = [field for field in problem.invalid_fields if field.field][:_FIELDS_MAX]
    if not fields:
        reason = _said(problem, "the inputs are not valid")
    else:
        reason = "; ".join(_shown(field.description or f"{field.field} is not valid") for field in fields)
    names = ", ".join(_shown(field.field.removeprefix("input.")) for field in fields)
    return ProviderRejected(
        f"Replicate refuses {question.subject}: {reason}.",
        next_step=f"Correct {names}." if names else "`gauntlet model show` tells which inputs it takes.",
        details={"status": 422, "field": names or None},
    )


def _said(problem: ProblemBody, otherwise: str) -> str:
    return _shown(problem.detail or problem.title or otherwise)


def _shown(text: str) -> str:
    """Return a stranger's sentence as part of one of ours: one line, of bounded length, without its full stop."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split()).removeprefix("- ")
    return line[:_DETAIL_MAX_CHARACTERS].rstrip(". ")


def _problem(body: bytes) -> ProblemBody:
    try:
        return ProblemBody.model_validate_json(body)
    except ValidationError:
        return ProblemBody()  # a page of some proxy: the status alone tells
