"""Generations as their people see them."""

from collections.abc import Sequence

from gauntlet.db.models.costs import SpendingIntentRow
from gauntlet.db.models.generations import GenerationRow
from gauntlet.domain.costs.rules import OPEN
from gauntlet.domain.costs.schemas import IntentStatus
from gauntlet.domain.generations import rules
from gauntlet.domain.generations.repository import word_of
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.generations.schemas import GeneratedMedium

_WITH_ROUTES = ("image", "video")


def medium_of(row: GenerationRow, intents: Sequence[SpendingIntentRow]) -> GeneratedMedium:
    """Return a generation with what it cost; `intents` are those of all its attempts."""
    return GeneratedMedium.model_validate(_plain_part(row) | _file_part(row) | _money_part(intents))


def _plain_part(row: GenerationRow) -> dict[str, object]:
    return {
        "id": row.id,
        "type": row.type,
        "client_id": row.client_id,
        "campaign_id": row.campaign_id,
        "user_id": row.user_id,
        "job_id": row.job_id,
        "brief_id": row.brief_id,
        "scene_number": row.scene_number,
        "kind": row.kind,
        "model": row.model,
        "version": row.version,
        "prompt": row.prompt,
        "inputs": row.inputs,
        "status": row.status,
        "error": row.error,
        "prediction": word_of(row),
        "estimated_cost_microusd": row.estimate_microusd,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "finished_at": row.finished_at,
    }


def _file_part(row: GenerationRow) -> dict[str, object]:
    """Return what is told of the medium; nothing before the generation has succeeded."""
    seen = row.status == GenerationStatus.SUCCEEDED
    url = f"/api/v2/{rules.PLURALS[row.type]}/{row.id}" if seen and row.type in _WITH_ROUTES else None
    return {
        "format": row.format if seen else None,
        "width": row.width if seen else None,
        "height": row.height if seen else None,
        "duration": row.duration_s if seen else None,
        "size": row.size_bytes if seen else None,
        "url": f"{url}/data" if url else None,
        "thumbnail_url": f"{url}/thumbnail" if url and row.thumbnail_digest else None,
    }


def _money_part(intents: Sequence[SpendingIntentRow]) -> dict[str, object]:
    return {
        "reserved_cost_microusd": sum(one.reserved_microusd for one in intents if IntentStatus(one.status) in OPEN),
        "actual_cost_microusd": sum(one.actual_microusd or 0 for one in intents),
        "is_cost_estimated": any(one.is_actual_estimated for one in intents),
    }
