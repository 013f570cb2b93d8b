"""Bad input through HTTP: a problem document that names thing, value, limit and next step, and nothing is stored."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests import pictures
from tests.e2e.server import Server, create_user, serving

PNG = pictures.encoded(pictures.scene(), "png")
FIFTY_ONE_MB = 51_000_000
TABLES = ("jobs", "assets", "blobs", "blob_chunks", "blob_holds", "clients", "campaigns", "storyboards", "approvals")


@dataclass(frozen=True)
class Studio:
    """A server with two tenants, and a job of Ann's whose storyboard waits."""

    server: Server
    ann: httpx.Client
    bob: httpx.Client
    client_id: str
    campaign_id: str
    asset_id: str
    job_id: int

    def rows(self) -> Mapping[str, int]:
        with closing(sqlite3.connect(self.server.data_dir / "gauntlet.db")) as connection:
            return {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES}

    def generate(self, **change: object) -> httpx.Response:
        body = {"prompt": "Ad for tea", "clientId": self.client_id, **change}
        return self.ann.post("/api/v2/generate", json=body)

    def upload(self, name: str, data: bytes) -> httpx.Response:
        return _upload(self.ann, self.client_id, name, data)

    def act(self, verb: str, body: object = None) -> httpx.Response:
        return self.ann.post(f"/api/v2/jobs/{self.job_id}/{verb}", json=body)


def _upload(caller: httpx.Client, client_id: str, name: str, data: bytes) -> httpx.Response:
    return caller.post("/api/v2/upload-asset", data={"clientId": client_id}, files={"file": (name, data)})


def _ok(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    data_dir = tmp_path_factory.mktemp("bad-input") / "data"
    for email in ("ann@example.org", "bob@example.org"):
        create_user(data_dir, email)
    with (
        serving(data_dir) as server,
        server.sign_in("ann@example.org") as ann,
        server.sign_in("bob@example.org") as bob,
    ):
        client_id = _ok(ann.post("/api/v2/clients", json={"name": "Blue Fox"}), 201)["id"]
        campaign = _ok(ann.post("/api/v2/campaigns", json={"clientId": client_id, "name": "Spring"}), 201)
        asset_id = _ok(_upload(ann, client_id, "beans.png", PNG), 201)["id"]
        body = {"prompt": "A 6 second ad for tea", "clientId": client_id}
        job_id = _ok(ann.post("/api/v2/generate", json=body), 202)["id"]
        with ann.stream("GET", f"/api/v2/jobs/{job_id}/events") as events:
            assert any("storyboard_ready" in line for line in events.iter_lines())
        yield Studio(server, ann, bob, client_id, campaign["id"], asset_id, job_id)


def _expect_problem(answer: httpx.Response, status: int, *said: str) -> Any:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    for words in said:
        assert words in problem["detail"], problem
    assert problem["nextStep"]
    return problem


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"prompt": ""}, ("prompt", "at least 1 character")),
        ({"prompt": " \n\t"}, ("prompt",)),
        ({"prompt": "x" * 5_001}, ("prompt", "5000", "5001")),
        ({"duration": 0}, ("duration", "5", "not 0")),
        ({"duration": 4}, ("duration", "5", "not 4")),
        ({"duration": 181}, ("duration", "180", "not 181")),
        ({"duration": "abc"}, ("duration", "number", "abc")),
        ({"platform": "myspace"}, ("platform", "tiktok", "myspace")),
        ({"aspectRatio": "2:1"}, ("aspectRatio", "16:9", "2:1")),
        ({"clientId": "7"}, ("clientId", "7")),
    ],
)
def test_request_past_a_limit_names_field_value_and_limit(
    studio: Studio, change: dict[str, Any], said: tuple[str, ...]
) -> None:
    before = studio.rows()
    _expect_problem(studio.generate(**change), 422, *said)
    assert studio.rows() == before


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("notes.png", b"\x00\x01\x02" * 9, 415, ("notes.png", "are taken")),
        ("half.png", PNG[:-60], 422, ("half.png", "damaged or cut short")),
        ("huge.png", pictures.huge_png(), 413, ("huge.png", "30000", "100 megapixels")),
        ("large.png", bytes(FIFTY_ONE_MB), 413, ("50 MB",)),
        ("😀" * 300 + ".png", PNG, 422, ("304", "200")),
    ],
)
def test_bad_file_is_refused_by_what_is_wrong_with_it(
    studio: Studio, name: str, data: bytes, status: int, said: tuple[str, ...]
) -> None:
    before = studio.rows()
    _expect_problem(studio.upload(name, data), status, *said)
    assert studio.rows() == before


def test_path_in_a_file_name_is_dropped_and_reaches_no_disk(studio: Studio) -> None:
    asset = _ok(studio.upload("../../x.png", PNG), 201)
    assert asset["name"] == "x.png"
    root = studio.server.data_dir.parent
    assert not list(root.parent.rglob("x.png"))
    assert studio.ann.delete(f"/api/v2/assets/{asset['id']}").status_code == 204


def test_another_tenants_things_are_404_in_every_request(studio: Studio) -> None:
    before = studio.rows()
    bobs = _ok(studio.bob.post("/api/v2/clients", json={"name": "Bob's"}), 201)["id"]
    attempts = [
        {"clientId": studio.client_id},
        {"clientId": bobs, "campaignId": studio.campaign_id},
        {"clientId": bobs, "assetIds": [studio.asset_id]},
        {"clientId": bobs, "logoAssetId": studio.asset_id},
        {"clientId": str(uuid4())},
    ]
    for attempt in attempts:
        answer = studio.bob.post("/api/v2/generate", json={"prompt": "Ad for tea", **attempt})
        _expect_problem(answer, 404, "There is no client" if attempt["clientId"] != bobs else "has no")
    for path in (
        f"clients/{studio.client_id}",
        f"campaigns/{studio.campaign_id}",
        f"assets/{studio.asset_id}",
        f"assets/{studio.asset_id}/data",
        f"jobs/{studio.job_id}",
        "jobs/999999",
    ):
        _expect_problem(studio.bob.get(f"/api/v2/{path}"), 404)
    _expect_problem(studio.bob.post(f"/api/v2/jobs/{studio.job_id}/approve"), 404, str(studio.job_id))
    _expect_problem(_upload(studio.bob, studio.client_id, "x.png", PNG), 404)
    assert studio.bob.delete(f"/api/v2/clients/{bobs}").status_code == 204
    assert studio.rows() == before


@pytest.mark.parametrize(
    ("verb", "body", "status", "said"),
    [
        ("render", None, 409, ("not approved",)),
        ("refine", {"scene": 99, "instruction": "closer"}, 422, ("99", "5")),
        ("refine", {"scene": 0, "instruction": "closer"}, 422, ("scene", "1")),
        ("refine", {"scene": 1, "instruction": " "}, 422, ("instruction",)),
        ("reorder", {"order": [1, 2]}, 422, ("Scene 3 is missing",)),
        ("reorder", {"order": [1, 1, 2, 3, 4]}, 422, ("Scene 1 is given twice",)),
        ("reorder", {"order": [5, 4, 3, 2, 9]}, 422, ("9",)),
        ("replace", {"scene": 1, "assetId": str(uuid4())}, 404, ("has no asset",)),
        ("approve", {"version": 7}, 409, ("7", "1")),
        ("retry", None, 409, ("storyboard_ready",)),
        ("pause", None, 409, ("storyboard_ready",)),
    ],
)
def test_step_that_the_job_does_not_admit_changes_nothing(
    studio: Studio, verb: str, body: object, status: int, said: tuple[str, ...]
) -> None:
    before, job = studio.rows(), _ok(studio.ann.get(f"/api/v2/jobs/{studio.job_id}"))
    _expect_problem(studio.act(verb, body), status, *said)
    assert studio.rows() == before
    assert _ok(studio.ann.get(f"/api/v2/jobs/{studio.job_id}")) == job


def test_approving_twice_is_a_conflict_and_the_first_approval_stands(studio: Studio) -> None:
    first = _ok(studio.act("approve", {"version": 1}))["approval"]
    before = studio.rows()
    _expect_problem(studio.act("approve", {"version": 1}), 409, "approved already")
    assert studio.rows() == before
    assert _ok(studio.ann.get(f"/api/v2/jobs/{studio.job_id}"))["approval"] == first
