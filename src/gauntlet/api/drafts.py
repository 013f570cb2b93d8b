"""What is said of a file that is uploaded, read out of a form or the like."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from gauntlet.core.errors import InvalidInput
from gauntlet.domain.assets.rules import tags_of_form
from gauntlet.domain.assets.schemas import AssetDraft

DRAFT_FIELDS: Final = frozenset({"clientId", "campaignId", "name", "tags"})


def draft_of(fields: Mapping[str, Sequence[str]]) -> AssetDraft:
    """Return the draft that fields hold; raises `InvalidInput` where one is missing or cannot be read."""
    client_id = uuid_of(fields, "clientId")
    if client_id is None:
        raise InvalidInput(
            "There is no clientId: every asset belongs to a client.",
            next_step="Send the client's id; list yours with GET /api/v2/clients.",
            details={"field": "clientId"},
        )
    return AssetDraft(
        client_id=client_id,
        campaign_id=uuid_of(fields, "campaignId"),
        name=only(fields, "name"),
        tags=tuple(tags_of_form(fields.get("tags", ()))),
    )


def only(fields: Mapping[str, Sequence[str]], field: str) -> str | None:
    """Return the field's value, or None where it is absent or, as browsers send it, empty."""
    values = fields.get(field, ())
    if len(values) > 1:
        raise InvalidInput(f"{field} comes {len(values)} times.", next_step="Send it once.", details={"field": field})
    return values[0] if values and values[0] else None


def uuid_of(fields: Mapping[str, Sequence[str]], field: str) -> UUID | None:
    """Return the field's value as an id, or None where it is absent or empty."""
    value = only(fields, field)
    try:
        return None if value is None else UUID(value)
    except ValueError as error:
        raise InvalidInput(
            f"{field} {value!r:.80} is not a UUID.",
            next_step="Send the id as it was answered when the thing was made.",
            details={"field": field, "value": str(value)[:80]},
        ) from error
