"""The address that services tell of predictions."""

import asyncio
import json
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr

from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.shared import WEBHOOK_SECRET
from gauntlet.providers.fakes.words import Fault
from gauntlet.providers.replicate.webhooks import signature_of
from tests.api.hosted_server import HostedServer, hosted_server

PATH = "/api/webhooks/replicate"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncGenerator[HostedServer]:
    async with hosted_server(tmp_path) as running:
        yield running


def signed(body: bytes, *, secret: str = WEBHOOK_SECRET) -> dict[str, str]:
    delivery, timestamp = f"msg_{uuid4().hex}", str(int(datetime.now(UTC).timestamp()))
    signature = signature_of(SecretStr(secret), delivery=delivery, timestamp=timestamp, body=body)
    return {
        "content-type": "application/json",
        "webhook-id": delivery,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{signature}",
    }


async def test_prediction_that_is_not_ours_is_answered_like_one_that_is(server: HostedServer) -> None:
    body = json.dumps({"id": "somebody-elses", "status": "succeeded", "logs": "a NUL: \0"}).encode()
    async with httpx.AsyncClient(base_url=server.url) as service:
        answer = await service.post(PATH, params={"token": str(uuid4())}, content=body, headers=signed(body))
    assert (answer.status_code, answer.content) == (204, b"")


async def test_unsigned_and_forged_webhooks_are_refused(server: HostedServer) -> None:
    body = json.dumps({"id": "p", "status": "succeeded"}).encode()
    async with httpx.AsyncClient(base_url=server.url) as stranger:
        assert (await stranger.post(PATH, content=body)).status_code == 401
        forged = signed(body, secret="whsec_YW5vdGhlciBzZWNyZXQgYWx0b2dldGhlcg==")
        assert (await stranger.post(PATH, content=body, headers=forged)).status_code == 401
        assert (await stranger.post(PATH, content=body + b" ", headers=signed(body))).status_code == 401


async def test_body_of_20_megabytes_is_refused_before_it_is_read(server: HostedServer) -> None:
    declared = await status_of(server, b"content-length: 20000000")
    assert declared == 413
    piece = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    assert await status_of(server, b"transfer-encoding: chunked", piece) == 413


async def status_of(server: HostedServer, header: bytes, beginning: bytes = b"") -> int:
    """Return the status that is answered to the beginning of a request, the rest of which never comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
    try:
        writer.write(b"POST " + PATH.encode() + b" HTTP/1.1\r\nhost: studio\r\n" + header + b"\r\n\r\n" + beginning)
        async with asyncio.timeout(30):
            return int((await reader.readline()).split()[1])
    finally:
        writer.close()


@pytest.mark.parametrize(
    "fault", [Fault.WEBHOOK_LOST, Fault.WEBHOOK_DOUBLED, Fault.WEBHOOK_REORDERED, Fault.WEBHOOK_FORGED]
)
async def test_image_is_made_and_paid_once_whatever_becomes_of_its_webhooks(server: HostedServer, fault: Fault) -> None:
    server.fakes.set_faults(FaultRule(fault=fault, service="replicate"))
    async with server.owner() as root:
        image_id = (await root.post("/images", json=server.order())).json()["id"]
        state = await server.done(image_id)
        await server.fakes.at_rest()
    assert state.status is GenerationStatus.SUCCEEDED, state.error
    assert state.cost_microusd == sum(charge.amount_microusd for charge in server.fakes.charges)
