"""A brand while its guidelines are tried, over HTTP: drawn by the film's own compositor in its own process."""

import uuid
from dataclasses import dataclass
from typing import Any, cast

import cv2
import httpx
import numpy as np
import pytest
from fastapi import FastAPI
from numpy.typing import NDArray

from gauntlet.api.app import create_app
from gauntlet.core.settings import AssetSettings, Settings
from gauntlet.db.session import Database
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.admin.audit import AuditLog
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.brand_previews import BrandRoom
from gauntlet.workflows.container import Container
from gauntlet.workflows.previews import PreviewRoom
from tests.api.test_jobs import Work, client_id, viewer, work
from tests.api.test_timelines import previews
from tests.api.uploading import upload
from tests.clocks import ManualClock
from tests.services import asset_service

__all__ = ["client_id", "previews", "viewer", "work"]

RED = {"colours": [{"hex": "#B3122B", "role": "primary"}, {"hex": "#FFFFFF", "role": "background"}]}
BLUE = {"colours": [{"hex": "#1233B3", "role": "primary"}, {"hex": "#FFFFFF", "role": "background"}]}


@dataclass(frozen=True, slots=True)
class BrandContainer:
    settings: Settings
    database: Database
    blobs: BlobStore
    accounts: AccountService
    audit: AuditLog
    clients: ClientService
    assets: AssetService
    brand_previews: BrandRoom


@pytest.fixture
def app(database: Database, accounts: AccountService, clock: ManualClock, work: Work, previews: PreviewRoom) -> FastAPI:
    clients = ClientService(database, clock=clock)
    container = BrandContainer(
        settings=Settings(),
        database=database,
        blobs=work.blobs,
        accounts=accounts,
        audit=AuditLog(database, clock=clock),
        clients=clients,
        assets=asset_service(database, blobs=work.blobs, settings=AssetSettings(), clock=clock),
        brand_previews=BrandRoom(previews, clients=clients, shelf=PictureShelf(database)),
    )
    return create_app(cast(Container, container))


@pytest.fixture
async def logo_id(ana: httpx.AsyncClient, client_id: str) -> str:
    answer = await upload(ana, clientId=client_id, tags="brand_logo")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _drawn(
    caller: httpx.AsyncClient, client_id: str, guidelines: dict[str, Any], **wishes: object
) -> NDArray[np.uint8]:
    trial = {"guidelines": guidelines, "part": "end_card", "width": 180, **wishes}
    answer = await caller.post(f"/clients/{client_id}/brand-preview", json=trial)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/jpeg"
    pixels = cv2.imdecode(np.frombuffer(answer.content, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    return np.asarray(pixels, np.uint8)


async def test_scene_is_drawn_in_colours_that_are_not_kept(ana: httpx.AsyncClient, client_id: str) -> None:
    red = await _drawn(ana, client_id, RED)
    blue = await _drawn(ana, client_id, BLUE)
    assert red.shape == blue.shape == (225, 180, 3)
    assert red[..., 2].mean() > red[..., 0].mean() + 30
    assert blue[..., 0].mean() > blue[..., 2].mean() + 30
    assert (await ana.get(f"/clients/{client_id}")).json()["brandGuidelines"]["colours"] == []


async def test_words_and_shapes_stay_while_colours_are_tried(ana: httpx.AsyncClient, client_id: str) -> None:
    panel = [await _drawn(ana, client_id, brand, part="panel", aspectRatio="1:1") for brand in (RED, BLUE)]
    edges = [cv2.Canny(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), 60, 120) > 0 for picture in panel]
    assert panel[0].shape == (180, 180, 3)
    shared = np.logical_and(*edges).sum() / np.logical_or(*edges).sum()
    assert shared > 0.4


async def test_logo_of_the_client_is_shown_and_one_of_another_is_not(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, client_id: str, logo_id: str
) -> None:
    plain = await _drawn(ana, client_id, RED)
    with_logo = await _drawn(ana, client_id, {**RED, "logoAssetId": logo_id})
    assert (plain != with_logo).any()
    own = str((await eve.post("/clients", json={"name": "Blue Fox"})).json()["id"])
    assert (await _drawn(eve, own, {**RED, "logoAssetId": logo_id}) == await _drawn(eve, own, RED)).all()


async def test_client_of_any_name_has_a_preview(ana: httpx.AsyncClient) -> None:
    for name in ("قهوة الثعلب", "株式会社サンプル", "X", "Société générale " * 11):
        made = await ana.post("/clients", json={"name": name})
        assert (await _drawn(ana, str(made.json()["id"]), RED)).any()


async def test_look_names_the_families_used_and_those_that_are_missing(ana: httpx.AsyncClient, client_id: str) -> None:
    guidelines = {**RED, "headingFont": "source serif pro", "bodyFont": "Gotham"}
    look = (await ana.post(f"/clients/{client_id}/brand-look", json=guidelines)).json()
    assert (look["headingFont"], look["missingFonts"]) == ("Source Serif Pro", ["Gotham"])
    assert look["bodyFont"] != "Gotham"
    assert (look["palette"]["primary"], look["palette"]["source"]) == ("#B3122B", "brand")


async def test_viewers_may_look_and_others_find_nothing(
    viewer: httpx.AsyncClient, eve: httpx.AsyncClient, client_id: str
) -> None:
    assert (await _drawn(viewer, client_id, RED)).any()
    for path, body in (("brand-look", RED), ("brand-preview", {"guidelines": RED, "part": "panel"})):
        theirs = await eve.post(f"/clients/{client_id}/{path}", json=body)
        missing = await eve.post(f"/clients/{uuid.uuid4()}/{path}", json=body)
        assert (theirs.status_code, theirs.json()["code"]) == (missing.status_code, missing.json()["code"])
        assert theirs.status_code == 404


async def test_preview_of_no_such_part_or_width_is_refused(ana: httpx.AsyncClient, client_id: str) -> None:
    for wrong in ({"part": "poster"}, {"part": "panel", "width": 4_000}):
        answer = await ana.post(f"/clients/{client_id}/brand-preview", json={"guidelines": RED, **wrong})
        assert answer.status_code == 422


async def test_families_come_with_their_names_as_shapes(ana: httpx.AsyncClient, anybody: httpx.AsyncClient) -> None:
    fonts = {font["family"]: font for font in (await ana.get("/fonts")).json()}
    assert {"Manrope", "Source Serif Pro", "Fredoka One"} <= set(fonts)
    assert fonts["Roboto"]["weights"] == [400, 500, 700, 900]
    heading = fonts["Manrope"]["heading"]
    assert heading["text"] == "Manrope"
    assert heading["pieces"][0]["d"].startswith("M")
    assert heading["width"] > 3_000
    assert fonts["Roboto"]["body"]["pieces"] != fonts["Manrope"]["body"]["pieces"]
    assert (await anybody.get("/fonts")).status_code == 401
