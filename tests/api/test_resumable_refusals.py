"""Uploads in parts over HTTP: checksums, and what clients get wrong."""

import base64
import hashlib
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from gauntlet.db.session import Database
from tests.api.tus_client import BYTES, PNG, VERSION, TusClient, bytes_of, metadata, raw_patch, stored


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha512", "md5"])
async def test_bytes_with_a_checksum_are_kept_only_when_they_have_it(
    tus: TusClient, ana: httpx.AsyncClient, acme: str, database: Database, algorithm: str
) -> None:
    def sum_of(data: bytes) -> str:
        return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"

    url = await tus.begin(size=len(PNG), clientId=acme, filename="x.png")
    damaged = await tus.patch(url, PNG[:99_999] + b"x", offset=0, upload_checksum=sum_of(PNG[:100_000]))
    assert (damaged.status_code, damaged.json()["code"]) == (460, "checksum_mismatch")
    assert await tus.offset(url) == 0
    assert (await stored(database))["blobs"] == 0

    assert (await tus.patch(url, PNG[:100_000], offset=0, upload_checksum=sum_of(PNG[:100_000]))).status_code == 204
    done = await tus.patch(url, PNG[100_000:], offset=100_000, upload_checksum=sum_of(PNG[100_000:]))
    assert await bytes_of(ana, done) == PNG


async def test_bytes_whose_checksum_cannot_be_told_are_not_kept(
    tus: TusClient, acme: str, app: FastAPI, database: Database
) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme)
    whole = f"sha1 {base64.b64encode(hashlib.sha1(PNG, usedforsecurity=False).digest()).decode()}"
    request = raw_patch(app, tus, url, offset=0, upload_checksum=whole)
    request.send(PNG[:70_000])
    request.disconnect()
    assert await request.run() == 409
    assert await tus.offset(url) == 0
    assert (await stored(database))["blobs"] == 0


@pytest.mark.parametrize("value", ["crc32 AAAA", "sha1", "sha1 !!!", "", "sha1 AAAA AAAA"])
async def test_checksum_that_cannot_be_understood_is_a_bad_request(tus: TusClient, acme: str, value: str) -> None:
    url = await tus.begin(size=10, clientId=acme)
    assert (await tus.patch(url, b"x", offset=0, upload_checksum=value)).status_code == 400
    assert await tus.offset(url) == 0


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0.1", "nonsense"])
async def test_other_versions_of_the_protocol_are_refused(
    tus: TusClient, ana: httpx.AsyncClient, acme: str, version: str | None
) -> None:
    url = await tus.begin(size=10, clientId=acme)
    headers = {**BYTES, "upload-offset": "0", "upload-length": "10", "upload-metadata": metadata(clientId=acme)}
    headers |= {} if version is None else {"tus-resumable": version}
    for method, path in (("POST", tus.endpoint), ("HEAD", url), ("PATCH", url), ("DELETE", url)):
        content = b"x" if method == "PATCH" else None
        answer = await ana.request(method, path, headers=headers, content=content)
        assert answer.status_code == 412, method
        assert answer.headers["tus-version"] == "1.0.0"
    assert await tus.offset(url) == 0
    assert (await ana.get("/uploads")).headers["x-total-count"] == "1"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"upload-length": "-1"}, 400),
        ({"upload-length": "ten"}, 400),
        ({"upload-length": "9" * 30}, 400),
        ({"upload-defer-length": "2"}, 400),
        ({"upload-length": "10", "upload-defer-length": "1"}, 400),
        ({"upload-length": "10", "upload-concat": "partial"}, 400),
        ({"upload-length": "10", "upload-metadata": "clientId"}, 422),
        ({"upload-length": "10", "upload-metadata": "clientId !!"}, 400),
        ({"upload-length": "10", "upload-metadata": "clientId /w=="}, 400),
        ({"upload-length": "10", "upload-metadata": "a,a"}, 400),
        ({"upload-length": "10", "upload-metadata": ",,"}, 400),
        ({"upload-length": "10", "upload-metadata": "a " + "A" * 8_200}, 400),
        ({"upload-length": "10", "upload-metadata": metadata(clientId="7")}, 422),
        ({"upload-length": "10", "upload-metadata": metadata(clientId=str(uuid4()))}, 404),
    ],
)
async def test_creation_that_says_nonsense_makes_nothing(
    ana: httpx.AsyncClient, tus: TusClient, headers: dict[str, str], status: int
) -> None:
    answer = await ana.post(tus.endpoint, headers=VERSION | headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["nextStep"]
    assert (await ana.get("/uploads")).json() == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-type": "application/octet-stream", "upload-offset": "0"}, 415),
        ({"content-type": "application/json", "upload-offset": "0"}, 415),
        ({**BYTES}, 400),
        ({**BYTES, "upload-offset": "-5"}, 400),
        ({**BYTES, "upload-offset": "0x0"}, 400),
    ],
)
async def test_bytes_that_say_nonsense_are_not_kept(
    ana: httpx.AsyncClient, tus: TusClient, acme: str, headers: dict[str, str], status: int
) -> None:
    url = await tus.begin(size=10, clientId=acme)
    assert (await ana.patch(url, headers=VERSION | headers, content=b"1")).status_code == status
    assert await tus.offset(url) == 0


async def test_creation_with_a_body_of_another_type_is_refused(ana: httpx.AsyncClient, acme: str) -> None:
    headers = {**VERSION, "upload-length": "10", "upload-metadata": metadata(clientId=acme), "content-type": "text/csv"}
    assert (await ana.post("/uploads", headers=headers, content=b"1")).status_code == 415
