"""Which operations the audit log tells of, and which it does not and why. A test holds this against all routes."""

from typing import Final, NamedTuple

Operation = tuple[str, str]
"""A method, and a path as the API describes it, after `/api/v2`."""


class Audited(NamedTuple):
    """How an operation is written down. The subject is a name in the path, or else the `id` of what is answered."""

    action: str
    subject: str | None = None
    tells_refusals: bool = False


_MEDIA: Final = {
    (method, f"/{kind}s{path}"): Audited(f"{kind}.{verb}", subject)
    for kind in ("image", "video")
    for method, path, verb, subject in (
        ("POST", "", "order", None),
        ("DELETE", f"/{{{kind}_id}}", "delete", f"{kind}_id"),
        ("POST", f"/{{{kind}_id}}/retry", "retry", f"{kind}_id"),
        ("POST", f"/{{{kind}_id}}/cancel", "cancel", f"{kind}_id"),
    )
}

AUDITED: Final[dict[Operation, Audited]] = {
    ("POST", "/sessions"): Audited("session.begin", tells_refusals=True),
    ("DELETE", "/sessions/current"): Audited("session.end"),
    ("POST", "/setup"): Audited("user.set_up"),
    ("PATCH", "/me"): Audited("user.update_own"),
    ("POST", "/users"): Audited("user.create", tells_refusals=True),
    ("PATCH", "/users/{user_id}"): Audited("user.update", "user_id", tells_refusals=True),
    ("POST", "/api-keys"): Audited("api_key.create"),
    ("DELETE", "/api-keys/{key_id}"): Audited("api_key.revoke", "key_id"),
    ("POST", "/clients"): Audited("client.create"),
    ("PATCH", "/clients/{client_id}"): Audited("client.update", "client_id"),
    ("DELETE", "/clients/{client_id}"): Audited("client.delete", "client_id", tells_refusals=True),
    ("POST", "/clients/{client_id}/members"): Audited("member.add", tells_refusals=True),
    ("PATCH", "/clients/{client_id}/members/{user_id}"): Audited("member.change", "user_id", tells_refusals=True),
    ("DELETE", "/clients/{client_id}/members/{user_id}"): Audited("member.remove", "user_id", tells_refusals=True),
    ("PUT", "/clients/{client_id}/provider-keys/{provider}"): Audited(
        "provider_key.set", "provider", tells_refusals=True
    ),
    ("DELETE", "/clients/{client_id}/provider-keys/{provider}"): Audited(
        "provider_key.delete", "provider", tells_refusals=True
    ),
    ("PUT", "/admin/clients/{client_id}/quota"): Audited("quota.set", "client_id", tells_refusals=True),
    ("POST", "/admin/quarantine/{asset_id}/adopt"): Audited("asset.adopt", "asset_id"),
    ("POST", "/admin/storage/check"): Audited("storage.check"),
    ("POST", "/budgets"): Audited("budget.create", tells_refusals=True),
    ("PATCH", "/budgets/{budget_id}"): Audited("budget.update", "budget_id", tells_refusals=True),
    ("DELETE", "/budgets/{budget_id}"): Audited("budget.delete", "budget_id", tells_refusals=True),
    ("POST", "/costs/ambiguous/{intent_id}/resolve"): Audited("cost.resolve", "intent_id"),
    ("POST", "/campaigns"): Audited("campaign.create"),
    ("PATCH", "/campaigns/{campaign_id}"): Audited("campaign.update", "campaign_id"),
    ("DELETE", "/campaigns/{campaign_id}"): Audited("campaign.delete", "campaign_id"),
    ("DELETE", "/assets/{asset_id}"): Audited("asset.delete", "asset_id"),
    ("POST", "/assets/{asset_id}/restore"): Audited("asset.restore", "asset_id"),
    ("POST", "/assets/{asset_id}/signed-url"): Audited("asset.share", "asset_id"),
    ("POST", "/assets/bulk"): Audited("asset.change_many"),
    ("POST", "/generate"): Audited("job.submit"),
    ("POST", "/jobs/{job_id}/approve"): Audited("job.approve", "job_id", tells_refusals=True),
    ("POST", "/jobs/{job_id}/render"): Audited("job.render", "job_id", tells_refusals=True),
    ("POST", "/jobs/{job_id}/pause"): Audited("job.pause", "job_id"),
    ("POST", "/jobs/{job_id}/retry"): Audited("job.retry", "job_id"),
    ("DELETE", "/jobs/{job_id}"): Audited("job.cancel", "job_id"),
    ("POST", "/briefs/{brief_id}/images"): Audited("brief.order_images", "brief_id"),
    ("POST", "/briefs/{brief_id}/videos"): Audited("brief.order_videos", "brief_id"),
    **_MEDIA,
}

_KEPT_AS_VERSIONS: Final = "Each is a version, which says who made it, when and out of which."
_CHANGES_NOTHING: Final = "Nothing is kept of it."
_SAYS_ITSELF: Final = "What comes of it says who brought it and when."

UNAUDITED: Final[dict[Operation, str]] = {
    ("PATCH", "/assets/{asset_id}"): "Names and tags: changed all day, and nothing is lost by it.",
    ("POST", "/assets/{asset_id}/versions"): _KEPT_AS_VERSIONS,
    ("POST", "/assets/{asset_id}/versions/{number}/restore"): _KEPT_AS_VERSIONS,
    ("POST", "/assets/from-url"): _SAYS_ITSELF,
    ("POST", "/upload-asset"): _SAYS_ITSELF,
    ("POST", "/uploads"): _SAYS_ITSELF,
    ("PATCH", "/uploads/{upload_id}"): _SAYS_ITSELF,
    ("DELETE", "/uploads/{upload_id}"): "A file that never was one of the library.",
    ("POST", "/images/{image_id}/asset"): _SAYS_ITSELF,
    ("POST", "/videos/{video_id}/asset"): _SAYS_ITSELF,
    ("POST", "/briefs"): _KEPT_AS_VERSIONS,
    ("PATCH", "/briefs/{brief_id}"): _KEPT_AS_VERSIONS,
    ("POST", "/briefs/{brief_id}/refine"): _KEPT_AS_VERSIONS,
    ("POST", "/briefs/{brief_id}/retry"): "The order that is taken up again says whose it is.",
    ("POST", "/jobs/{job_id}/edit"): _KEPT_AS_VERSIONS,
    ("POST", "/jobs/{job_id}/music"): _KEPT_AS_VERSIONS,
    ("POST", "/jobs/{job_id}/refine"): _KEPT_AS_VERSIONS,
    ("POST", "/jobs/{job_id}/reorder"): _KEPT_AS_VERSIONS,
    ("POST", "/jobs/{job_id}/replace"): _KEPT_AS_VERSIONS,
    ("POST", "/jobs/{job_id}/scenes/{scene}/source"): _KEPT_AS_VERSIONS,
    ("POST", "/jobs/{job_id}/preview-frame"): _CHANGES_NOTHING,
    ("POST", "/jobs/{job_id}/timeline/preview"): _CHANGES_NOTHING,
    ("POST", "/clients/{client_id}/brand-look"): _CHANGES_NOTHING,
    ("POST", "/clients/{client_id}/brand-preview"): _CHANGES_NOTHING,
    ("POST", "/estimates"): _CHANGES_NOTHING,
    ("POST", "/images/estimate"): _CHANGES_NOTHING,
    ("POST", "/videos/estimate"): _CHANGES_NOTHING,
}
"""Whoever adds to it says why: what is not written down cannot be found out later."""
