import csv
import io
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from gauntlet.domain.costs.schemas import IntentDraft
from gauntlet.domain.costs.till import Till


async def spend(
    till: Till, client_id: str, actual_microusd: int, *, key: str = "step", job_id: int | None = None
) -> UUID:
    draft = IntentDraft(
        key=key,
        client_id=UUID(client_id),
        job_id=job_id,
        user_id=1,
        provider="replicate",
        model="black-forest-labs/flux-schnell",
        purpose="image",
        estimate_microusd=3_000,
    )
    intent = await till.open(draft)
    await till.begin_sending(intent.id)
    await till.settle(intent.id, actual_microusd=actual_microusd, provider_ref=f"p-{key}")
    return intent.id


async def lose(till: Till, client_id: str) -> UUID:
    draft = IntentDraft(
        key="lost",
        client_id=UUID(client_id),
        user_id=1,
        provider="openai",
        model="gpt-5.1",
        purpose="brief",
        estimate_microusd=20_000,
    )
    intent = await till.open(draft)
    await till.begin_sending(intent.id)
    await till.park(intent.id, reason="the connection broke")
    return intent.id


def budget_of(client_id: str, **limits: Any) -> dict[str, Any]:
    return {"scope": "client", "clientId": client_id, "period": "month", **limits}


async def test_report_comes_as_json(ana: httpx.AsyncClient, acme: str, till: Till) -> None:
    await spend(till, acme, 2_500)
    report = (await ana.get("/costs", params={"groupBy": "client", "from": "2026-03-01", "to": "2026-03-01"})).json()
    assert report["query"] == {
        "groupBy": "client",
        "firstDay": "2026-03-01",
        "lastDay": "2026-03-01",
        "clientId": None,
        "campaignId": None,
        "jobId": None,
    }
    (group,) = report["groups"]
    assert (group["key"], group["name"], group["spentMicrousd"], group["estimateMicrousd"]) == (
        acme,
        "Acme",
        2_500,
        3_000,
    )
    assert report["total"]["spentMicrousd"] == 2_500


@pytest.mark.parametrize(
    ("accept", "format", "is_csv"),
    [
        ("text/csv", None, True),
        ("text/csv, application/json;q=0.5", None, True),
        ("application/json, text/csv;q=0.9", None, False),
        ("*/*", None, False),
        ("text/csv;q=x", None, False),
        ("application/json", "csv", True),
        ("text/csv", "json", False),
    ],
)
async def test_report_comes_as_csv_where_that_is_asked_for(
    ana: httpx.AsyncClient, acme: str, till: Till, accept: str, format: str | None, is_csv: bool
) -> None:
    await spend(till, acme, 2_500)
    params = {"groupBy": "model"} | ({"format": format} if format else {})
    response = await ana.get("/costs", params=params, headers={"accept": accept})
    assert response.headers["content-type"].startswith("text/csv" if is_csv else "application/json")
    if is_csv:
        assert response.headers["content-disposition"] == 'attachment; filename="costs-by-model.csv"'
        (row,) = csv.DictReader(io.StringIO(response.text))
        assert (row["model"], row["spent_usd"]) == ("replicate:black-forest-labs/flux-schnell", "0.002500")


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"groupBy": "colour"}, "groupBy"),
        ({"from": "yesterday"}, "from"),
        ({"jobId": str(2**31)}, "jobId"),
        ({"format": "pdf"}, "format"),
    ],
)
async def test_wrong_question_is_a_422_naming_the_field(
    ana: httpx.AsyncClient, params: dict[str, str], field: str
) -> None:
    response = await ana.get("/costs", params=params)
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]


async def test_entries_are_a_list_like_any_other(ana: httpx.AsyncClient, acme: str, till: Till) -> None:
    intent_id = await spend(till, acme, 3_000)
    response = await ana.get("/costs/entries", params={"limit": 2, "intentId": str(intent_id)})
    assert (response.headers["x-total-count"], 'rel="next"' in response.headers["link"]) == ("6", True)
    newest = response.json()[0]
    assert (newest["account"], newest["amountMicrousd"], newest["providerRef"]) == ("spent", 3_000, "p-step")


async def test_what_nobody_can_tell_is_decided_by_an_editor(ana: httpx.AsyncClient, acme: str, till: Till) -> None:
    intent_id = await lose(till, acme)
    (waiting,) = (await ana.get("/costs/ambiguous")).json()
    assert (waiting["id"], waiting["reservedMicrousd"], waiting["status"]) == (str(intent_id), 20_000, "ambiguous")
    path = f"/costs/ambiguous/{intent_id}/resolve"
    assert (await ana.post(path, json={"outcome": "perhaps"})).status_code == 422
    assert (await ana.post(path, json={"outcome": "charged", "amountMicrousd": -1})).status_code == 422
    decided = await ana.post(path, json={"outcome": "charged", "amountMicrousd": 18_000})
    assert (decided.status_code, decided.json()["actualMicrousd"]) == (200, 18_000)
    again = await ana.post(path, json={"outcome": "not_charged"})
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert (await ana.get("/costs/ambiguous")).json() == []


async def test_budget_lives_and_dies(ana: httpx.AsyncClient, acme: str, till: Till) -> None:
    await spend(till, acme, 2_500)
    created = await ana.post("/budgets", json=budget_of(acme, hardMicrousd=10_000, softMicrousd=2_000))
    assert created.status_code == 201
    budget = created.json()
    assert (budget["spentMicrousd"], budget["leftMicrousd"], budget["percentage"]) == (2_500, 7_500, 25.0)
    assert budget["warnedAt"] is not None
    path = f"/budgets/{budget['id']}"
    assert (await ana.get(path)).json() == budget
    patched = await ana.patch(path, json={"softMicrousd": None})
    assert (patched.json()["softMicrousd"], patched.json()["hardMicrousd"]) == (None, 10_000)
    listed = await ana.get("/budgets", params={"clientId": acme, "scope": "client"})
    assert (listed.json(), listed.headers["x-total-count"]) == ([patched.json()], "1")
    assert (await ana.get("/budgets", params={"scope": "job"})).json() == []
    assert (await ana.post("/budgets", json=budget_of(acme, hardMicrousd=1))).status_code == 409
    assert (await ana.delete(path)).status_code == 204
    assert (await ana.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"hardMicrousd": -1}, "hardMicrousd"),
        ({"softMicrousd": -0.01}, "softMicrousd"),
        ({"hardMicrousd": 2**53}, "hardMicrousd"),
        ({"hardMicrousd": 10, "softMicrousd": 11}, "softMicrousd"),
        ({"hardMicrousd": 10, "scope": "galaxy"}, "scope"),
        ({"hardMicrousd": 10, "period": "week"}, "period"),
        ({"hardMicrousd": 10, "scope": "job"}, "jobId"),
        ({}, "hardMicrousd"),
    ],
)
async def test_wrong_budget_is_a_422_naming_the_field(
    ana: httpx.AsyncClient, acme: str, changes: dict[str, Any], named: str
) -> None:
    response = await ana.post("/budgets", json={**budget_of(acme), **changes})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_input")
    assert named in response.text
    assert (await ana.get("/budgets")).json() == []


async def test_workspaces_budget_is_the_administrators(ana: httpx.AsyncClient, root: httpx.AsyncClient) -> None:
    wanted = {"scope": "workspace", "period": "day", "hardMicrousd": 5_000_000}
    assert (await ana.post("/budgets", json=wanted)).status_code == 403
    created = await root.post("/budgets", json=wanted)
    assert created.status_code == 201
    assert (await ana.get(f"/budgets/{created.json()['id']}")).status_code == 404
    assert (await ana.get("/budgets")).json() == []


async def test_money_of_others_is_as_if_it_were_not(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, acme: str, till: Till
) -> None:
    intent_id = await lose(till, acme)
    budget = (await ana.post("/budgets", json=budget_of(acme, hardMicrousd=10))).json()
    for response in (
        await eve.get("/costs", params={"clientId": acme}),
        await eve.get("/costs/entries", params={"clientId": acme}),
        await eve.post(f"/costs/ambiguous/{intent_id}/resolve", json={"outcome": "not_charged"}),
        await eve.post(f"/costs/ambiguous/{uuid4()}/resolve", json={"outcome": "not_charged"}),
        await eve.get("/budgets", params={"clientId": acme}),
        await eve.get(f"/budgets/{budget['id']}"),
        await eve.patch(f"/budgets/{budget['id']}", json={"hardMicrousd": 1}),
        await eve.delete(f"/budgets/{budget['id']}"),
        await eve.post("/budgets", json=budget_of(acme, hardMicrousd=10)),
    ):
        assert (response.status_code, response.json()["code"]) == (404, "not_found")
    assert (await eve.get("/costs")).json()["groups"] == []
    for path in ("/costs/entries", "/costs/ambiguous", "/budgets"):
        assert (await eve.get(path)).json() == []
