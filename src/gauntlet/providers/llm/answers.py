"""The key under which an answer is kept: everything that the answer depends on, and nothing else."""

import hashlib
import json
from collections.abc import Sequence

from gauntlet.providers.base import PlanRequest
from gauntlet.providers.llm.contract import ChainLink, Revision
from gauntlet.providers.llm.draft import SCHEMA_VERSION
from gauntlet.providers.llm.prompting import PROMPT_VERSION


def answer_key(
    asked: PlanRequest | Revision,
    link: ChainLink,
    *,
    references: Sequence[str] = (),
    prompt_version: int = PROMPT_VERSION,
    schema_version: int = SCHEMA_VERSION,
) -> str:
    """Return the SHA-256, in hex, of question, model, place, wording and pictures; whose key asks is no part of it.

    The client is not in it either: answers lie in shelves of one client each.
    """
    told = {
        "kind": type(asked).__name__,
        "asked": asked.model_dump(mode="json"),
        "provider": link.provider,
        "model": link.model,
        "base_url": link.base_url,
        "prompt": prompt_version,
        "schema": schema_version,
        "references": list(references),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def digest_of(data: bytes) -> str:
    """Return a picture's SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
