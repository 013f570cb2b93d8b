"""The whole server on loopback, with the doubles of hosted services and their webhooks."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from gauntlet.api.app import create_app
from gauntlet.bootstrap import open_container
from gauntlet.core.settings import Settings
from gauntlet.domain.accounts.schemas import Role
from gauntlet.domain.clients.schemas import ClientDraft
from gauntlet.domain.generations.schemas import GenerationState
from gauntlet.providers.fakes.serving import FakesServer, listening
from gauntlet.workflows.container import Container
from tests.hosted import Fakes, running_fakes
from tests.services import PASSWORD

FLUX = "black-forest-labs/flux-schnell"
FLUX_MICROUSD = 3_000


@dataclass(frozen=True)
class HostedServer:
    """A server with one client, its people and the doubles."""

    url: str
    container: Container
    fakes: Fakes
    client_id: str

    @asynccontextmanager
    async def caller(self, email: str, *, role: Role = "member") -> AsyncGenerator[httpx.AsyncClient]:
        """Give somebody who has signed in."""
        user = await self.container.accounts.create_user(email, PASSWORD, role=role)
        key = await self.container.accounts.create_key(user.id, "tests")
        headers = {"authorization": f"Bearer {key.key}"}
        async with httpx.AsyncClient(base_url=f"{self.url}/api/v2", headers=headers, timeout=30) as caller:
            yield caller

    @asynccontextmanager
    async def owner(self) -> AsyncGenerator[httpx.AsyncClient]:
        """Give an administrator, who reaches the client."""
        async with self.caller("root@example.com", role="admin") as caller:
            yield caller

    async def done(self, generation_id: int) -> GenerationState:
        """Wait until a generation has ended."""
        async with asyncio.timeout(60):
            return await self.container.generation_desk.wait(generation_id)

    def order(self, **changes: Any) -> dict[str, Any]:
        return {"clientId": self.client_id, "model": FLUX, "prompt": "a red fox in the snow"} | changes


@asynccontextmanager
async def hosted_server(data_dir: Path, **hosted: Any) -> AsyncGenerator[HostedServer]:
    """Run one; `hosted` changes the settings of hosted models."""
    listener = listening()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with running_fakes() as fakes:
        settings = Settings(data_dir=data_dir, **fakes.settings(**{"webhook_base_url": url} | hosted))
        async with open_container(settings, role="worker") as container:
            person = await container.accounts.local_user()
            client = await container.clients.create(person, ClientDraft(name="Blue Fox"))
            server = FakesServer(uvicorn.Config(create_app(container), log_config=None, lifespan="off"))
            running = asyncio.create_task(server.serve(sockets=[listener]))
            try:
                await server.ready.wait()
                yield HostedServer(url, container, fakes, str(client.id))
            finally:
                server.stop()
                await running
