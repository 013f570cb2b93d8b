"""The HTTP API, put together."""

from importlib.metadata import version
from typing import Final

from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware import Middleware
from starlette.types import Lifespan

from gauntlet.api.auditing import AuditTrail
from gauntlet.api.dependencies import authenticate, refuse_nul
from gauntlet.api.errors import install_error_handlers
from gauntlet.api.live import LiveHub
from gauntlet.api.middleware import DocumentLimit, RequestContext
from gauntlet.api.openapi import install_openapi, operation_id
from gauntlet.api.routes import (
    admin,
    api_keys,
    asset_files,
    asset_versions,
    assets,
    brand_previews,
    briefs,
    budgets,
    campaigns,
    clients,
    costs,
    health,
    images,
    jobs,
    live,
    members,
    models,
    provider_keys,
    quarantine,
    remote_assets,
    sessions,
    setup,
    signed_files,
    storage,
    timelines,
    uploads,
    users,
    videos,
    webhooks,
)
from gauntlet.api.safe_headers import SafeHeaders
from gauntlet.api.studio import StudioPages
from gauntlet.api.tus import TusProtocol
from gauntlet.workflows.container import Container

API_PREFIX: Final = "/api/v2"
PLAIN_PREFIX: Final = "/api"

# Whoever calls one of these has signed in: the credential is asked for here, so that no route can forget it.
# Routes are tried in this order: those that a studio asks for a hundred times a page come first.
PRIVATE_ROUTERS: Final[tuple[APIRouter, ...]] = (
    asset_files.router,
    assets.router,
    jobs.router,
    timelines.router,
    uploads.router,
    asset_versions.router,
    remote_assets.router,
    clients.router,
    brand_previews.router,
    campaigns.router,
    briefs.router,
    models.router,
    costs.router,
    budgets.router,
    members.router,
    provider_keys.router,
    storage.router,
    quarantine.router,
    images.router,
    videos.router,
    live.router,
    admin.router,
    sessions.private_router,
    api_keys.router,
    users.router,
)

# Open to everybody; `tests/api/test_authentication.py` names every path that may be.
PUBLIC_ROUTERS: Final[tuple[APIRouter, ...]] = (
    health.router,
    sessions.public_router,
    setup.public_router,
    uploads.public_router,
    signed_files.public_router,
)


# Beside the version's prefix: an address that services are told, and older names.
PLAIN_ROUTERS: Final[tuple[APIRouter, ...]] = (webhooks.public_router, images.older_router, videos.older_router)


def create_app(container: Container, *, lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """Return the application on services that are open; who opened them closes them (or `lifespan` does)."""
    app = FastAPI(
        title="Gauntlet",
        summary="From a client's brief to an approved, on-brand video ad.",
        version=version("gauntlet"),
        openapi_url="/openapi.json",
        # The usual pages load scripts from a content network into the origin that holds the session cookie.
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
        lifespan=lifespan,
        middleware=[
            Middleware(SafeHeaders),
            Middleware(RequestContext),
            Middleware(AuditTrail, audit_log=lambda: container.audit),
            Middleware(TusProtocol),
            Middleware(DocumentLimit),
        ],
    )
    app.state.container = container
    install_error_handlers(app)
    for router in PRIVATE_ROUTERS:
        app.include_router(router, prefix=API_PREFIX, dependencies=[Depends(authenticate), Depends(refuse_nul)])
    for router in PUBLIC_ROUTERS:
        app.include_router(router, prefix=API_PREFIX, dependencies=[Depends(refuse_nul)])
    for router in PLAIN_ROUTERS:
        app.include_router(router, prefix=PLAIN_PREFIX)
    install_openapi(app)
    app.router.default = StudioPages(app.router.default)
    return app


async def close_streams(app: FastAPI) -> None:
    """End the streams of live news, which would keep the server from stopping."""
    hub: LiveHub | None = getattr(app.state, "live", None)
    if hub is not None:
        await hub.close()
