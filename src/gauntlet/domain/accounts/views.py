"""Rows as callers see them."""

from gauntlet.core.ids import UserId
from gauntlet.db.models.accounts import ApiKeyRow, UserRow
from gauntlet.domain.accounts.schemas import ApiKey, Principal, User


def principal_of(row: UserRow) -> Principal:
    """Return the user as one who asks."""
    return Principal.model_validate({"user_id": row.id, "email": row.email, "role": row.role})


def user_of(row: UserRow) -> User:
    """Return the user without the password's hash."""
    return User.model_validate(
        {
            "id": UserId(row.id),
            "email": row.email,
            "name": row.name,
            "role": row.role,
            "created_at": row.created_at,
            "disabled_at": row.disabled_at,
        }
    )


def api_key_of(row: ApiKeyRow) -> ApiKey:
    """Return the key without its hash."""
    return ApiKey(
        id=row.id,
        name=row.name,
        prefix=row.prefix,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
