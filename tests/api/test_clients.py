import uuid

import httpx
import pytest


async def make_client(caller: httpx.AsyncClient, name: str = "Acme") -> str:
    response = await caller.post("/clients", json={"name": name})
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


async def make_campaign(caller: httpx.AsyncClient, client_id: str, name: str = "Spring") -> str:
    response = await caller.post("/campaigns", json={"clientId": client_id, "name": name})
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


async def test_client_lives_and_dies(ana: httpx.AsyncClient) -> None:
    client_id = await make_client(ana)
    guidelines = {"colours": [{"hex": "#112233", "role": "primary"}], "voice": "dry"}
    patched = await ana.patch(f"/clients/{client_id}", json={"brandGuidelines": guidelines})
    assert patched.json()["brandGuidelines"]["voice"] == "dry"
    assert (await ana.get(f"/clients/{client_id}")).json() == patched.json()
    stats = (await ana.get(f"/clients/{client_id}/stats")).json()
    assert stats["campaigns"] == 0
    assert "actualCostMicrousd" in stats
    gone = await ana.delete(f"/clients/{client_id}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await ana.get(f"/clients/{client_id}")).status_code == 404


async def test_campaign_lives_and_dies(ana: httpx.AsyncClient) -> None:
    client_id = await make_client(ana)
    campaign_id = await make_campaign(ana, client_id)
    patched = await ana.patch(
        f"/campaigns/{campaign_id}",
        json={"status": "active", "platforms": ["tiktok"], "brief": {"callToAction": "Buy", "doNotMention": ["rain"]}},
    )
    assert patched.json()["brief"]["doNotMention"] == ["rain"]
    listed = await ana.get("/campaigns", params={"clientId": client_id, "status": "active"})
    assert [campaign["id"] for campaign in listed.json()] == [campaign_id]
    assert (await ana.get("/campaigns", params={"status": "archived"})).json() == []
    assert (await ana.get(f"/clients/{client_id}/stats")).json()["campaigns"] == 1
    assert (await ana.get(f"/campaigns/{campaign_id}/stats")).json()["jobs"] == 0
    assert (await ana.delete(f"/campaigns/{campaign_id}")).status_code == 204
    assert (await ana.get(f"/campaigns/{campaign_id}")).status_code == 404


async def test_another_tenants_things_are_404_as_if_they_were_not(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient
) -> None:
    client_id = await make_client(ana)
    campaign_id = await make_campaign(ana, client_id)
    for theirs, missing in ((client_id, str(uuid.uuid4())), (campaign_id, str(uuid.uuid4()))):
        kind = "clients" if theirs == client_id else "campaigns"
        for method, tail, body in (
            ("GET", "", None),
            ("PATCH", "", {"name": "Mine"}),
            ("DELETE", "", None),
            ("GET", "/stats", None),
        ):
            answers = [await eve.request(method, f"/{kind}/{id_}{tail}", json=body) for id_ in (theirs, missing)]
            assert [answer.status_code for answer in answers] == [404, 404], (method, kind, tail)
            told = [{**answer.json(), "instance": ""} for answer in answers]
            assert str(told[0]).replace(theirs, "") == str(told[1]).replace(missing, "")
    for response in (
        await eve.post("/campaigns", json={"clientId": client_id, "name": "Mine"}),
        await eve.get("/campaigns", params={"clientId": client_id}),
        await eve.get(f"/clients/{client_id}/members"),
        await eve.post(f"/clients/{client_id}/members", json={"email": "eve@example.com", "role": "owner"}),
        await eve.patch(f"/clients/{client_id}/members/1", json={"role": "viewer"}),
        await eve.delete(f"/clients/{client_id}/members/1"),
    ):
        assert response.status_code == 404
    for listing in ("/clients", "/campaigns"):
        response = await eve.get(listing)
        assert (response.json(), response.headers["x-total-count"]) == ([], "0")
    assert (await ana.get(f"/clients/{client_id}")).json()["name"] == "Acme"


async def test_members_reach_as_far_as_their_role(ana: httpx.AsyncClient, eve: httpx.AsyncClient) -> None:
    client_id = await make_client(ana)
    added = await ana.post(f"/clients/{client_id}/members", json={"email": "eve@example.com", "role": "viewer"})
    assert added.status_code == 201
    eve_id = added.json()["userId"]
    assert (await eve.get(f"/clients/{client_id}")).status_code == 200
    refused = await eve.patch(f"/clients/{client_id}", json={"name": "Mine"})
    assert (refused.status_code, refused.json()["details"]) == (403, {"role": "viewer", "needed": "editor"})
    assert (await eve.post("/campaigns", json={"clientId": client_id, "name": "Mine"})).status_code == 403
    await ana.patch(f"/clients/{client_id}/members/{eve_id}", json={"role": "editor"})
    assert (await eve.patch(f"/clients/{client_id}", json={"name": "Ours"})).status_code == 200
    assert (await eve.delete(f"/clients/{client_id}")).status_code == 403
    assert (await ana.delete(f"/clients/{client_id}/members/{eve_id}")).status_code == 204
    assert (await eve.get(f"/clients/{client_id}")).status_code == 404


async def test_last_owner_cannot_leave(ana: httpx.AsyncClient) -> None:
    client_id = await make_client(ana)
    me = (await ana.get("/me")).json()["id"]
    response = await ana.delete(f"/clients/{client_id}/members/{me}")
    assert (response.status_code, response.json()["code"]) == (409, "conflict")


async def test_list_tells_the_total_and_the_way_to_every_page(ana: httpx.AsyncClient) -> None:
    for n in range(5):
        await make_client(ana, f"Client {n}")
    response = await ana.get("/clients", params={"limit": 2, "offset": 2})
    assert response.headers["x-total-count"] == "5"
    assert {name: link["url"] for name, link in response.links.items()} == {
        "first": "/api/v2/clients?limit=2&offset=0",
        "prev": "/api/v2/clients?limit=2&offset=0",
        "next": "/api/v2/clients?limit=2&offset=4",
        "last": "/api/v2/clients?limit=2&offset=4",
    }
    seen = [
        client["id"]
        for offset in (0, 2, 4)
        for client in (await ana.get("/clients", params={"limit": 2, "offset": offset})).json()
    ]
    assert len(set(seen)) == 5
    assert "next" not in (await ana.get("/clients", params={"limit": 2, "offset": 4})).links


async def test_page_links_keep_the_other_parameters(ana: httpx.AsyncClient) -> None:
    client_id = await make_client(ana)
    for n in range(2):
        await make_campaign(ana, client_id, f"Campaign {n}")
    response = await ana.get("/campaigns", params={"clientId": client_id, "limit": 1})
    assert f"clientId={client_id}" in response.links["next"]["url"]


async def test_unchanged_client_is_not_sent_again(ana: httpx.AsyncClient) -> None:
    client_id = await make_client(ana)
    etag = (await ana.get(f"/clients/{client_id}")).headers["etag"]
    again = await ana.get(f"/clients/{client_id}", headers={"if-none-match": f'"other", {etag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    await ana.patch(f"/clients/{client_id}", json={"name": "New"})
    changed = await ana.get(f"/clients/{client_id}", headers={"if-none-match": etag})
    assert (changed.status_code, changed.json()["name"]) == (200, "New")


@pytest.mark.parametrize("name", ["x" * 200, "🎬" * 200, "日本語", 'O\'Hara "& Sons" <b>'])
async def test_name_comes_back_letter_for_letter(ana: httpx.AsyncClient, name: str) -> None:
    assert (await ana.get(f"/clients/{await make_client(ana, name)}")).json()["name"] == name


@pytest.mark.parametrize(
    "body",
    [
        {"name": "x" * 201},
        {"name": "a\nb"},
        {"name": "a\u202eb"},
        {"name": "Acme", "homepage": "javascript:alert(1)"},
        {"name": "Acme", "homepage": "https://"},
        {"name": "Acme", "homepage": "https://x y"},
        {"name": "Acme", "description": "x" * 5_001},
        {"name": "Acme", "brandGuidelines": {"colours": [{"hex": "#12345g"}]}},
        {"name": "Acme", "brandGuidelines": {"logoAssetId": "00000000-0000-4000-8000-000000000000"}},
        {"name": "Acme", "id": "00000000-0000-4000-8000-000000000000"},
        {"name": 7},
        {},
    ],
)
async def test_draft_that_breaks_a_rule_stores_nothing(ana: httpx.AsyncClient, body: dict[str, object]) -> None:
    response = await ana.post("/clients", json=body)
    assert response.status_code == 422
    assert response.json()["nextStep"]
    assert (await ana.get("/clients")).json() == []
