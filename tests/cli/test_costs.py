"""`gauntlet costs`, `budget` and `spending`, on a real data directory."""

import asyncio
import csv
import io
from pathlib import Path
from uuid import UUID

import pytest

from gauntlet.cli.quantities import read_dollars
from gauntlet.core.clock import SystemClock
from gauntlet.core.errors import InvalidInput
from gauntlet.core.settings import CostSettings
from gauntlet.db.session import Database
from gauntlet.domain.costs.schemas import IntentDraft
from gauntlet.domain.costs.till import Till
from tests.cli.library import Gauntlet


@pytest.fixture
def gauntlet(tmp_path: Path) -> Gauntlet:
    return Gauntlet(tmp_path)


def spend(gauntlet: Gauntlet, client_id: str, actual_microusd: int | None, *, key: str = "step") -> UUID:
    """Spend as a workflow does; None leaves it to a person whether it was charged."""

    async def run() -> UUID:
        database = Database.open(f"sqlite:///{gauntlet.data_dir / 'gauntlet.db'}")
        till = Till(database, clock=SystemClock(), settings=CostSettings())
        draft = IntentDraft(
            key=key,
            client_id=UUID(client_id),
            user_id=1,
            provider="replicate",
            model="minimax/video-01",
            purpose="motion",
            estimate_microusd=500_000,
        )
        try:
            intent = await till.open(draft)
            await till.begin_sending(intent.id)
            if actual_microusd is None:
                await till.park(intent.id, reason="the answer was lost")
            else:
                await till.settle(intent.id, actual_microusd=actual_microusd)
            return intent.id
        finally:
            await database.close()

    return asyncio.run(run())


def test_costs_are_told_as_a_table_as_json_and_as_csv(gauntlet: Gauntlet) -> None:
    client_id = gauntlet.client("Kvelda")
    assert "Nothing was spent." in gauntlet("costs").stderr
    spend(gauntlet, client_id, 480_000)
    shown = gauntlet("costs", "--by", "client", "--client", "Kvelda").stdout
    assert "Kvelda" in shown
    assert "$0.48" in shown
    report = gauntlet.json("costs", "--by", "model")
    assert report["groups"][0]["key"] == "replicate:minimax/video-01"
    assert report["total"]["spentMicrousd"] == 480_000
    (row,) = csv.DictReader(io.StringIO(gauntlet("costs", "--by", "purpose", "--csv").stdout))
    assert (row["purpose"], row["spent_usd"]) == ("motion", "0.480000")
    assert gauntlet.json("costs", "--to", "2020-01-01")["groups"] == []


@pytest.mark.parametrize(
    ("options", "named"),
    [(("--from", "yesterday"), "first"), (("--job", "0"), "job"), (("--client", "Nobody"), "Nobody")],
)
def test_wrong_question_about_costs_is_refused(gauntlet: Gauntlet, options: tuple[str, ...], named: str) -> None:
    assert named in gauntlet("costs", *options, code=1).stderr


def test_budget_is_set_replaced_listed_and_removed(gauntlet: Gauntlet) -> None:
    client_id = gauntlet.client("Kvelda")
    spend(gauntlet, client_id, 250_000)
    workspace = gauntlet.json("budget", "set", "--period", "day", "--hard", "$1")
    assert (workspace["scope"], workspace["hardMicrousd"], workspace["percentage"]) == ("workspace", 1_000_000, 25.0)
    of_client = ("budget", "set", "--client", "Kvelda", "--hard", "12.50")
    first = gauntlet.json(*of_client)
    replaced = gauntlet.json(*of_client, "--soft", "0.2")
    assert (replaced["id"], replaced["softMicrousd"], replaced["clientId"]) == (first["id"], 200_000, client_id)
    listed = gauntlet("budget", "list").stdout
    for words in ("client Kvelda", "hard $12.50 a month, soft $0.20 a month", "25 %", "soft limit passed"):
        assert words in listed
    gauntlet("budget", "rm", str(first["id"]))
    assert [budget["id"] for budget in gauntlet.json("budget", "list")] == [workspace["id"]]
    assert str(first["id"]) in gauntlet("budget", "rm", str(first["id"]), code=1).stderr


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--hard", "-5"), "-5"),
        ((), "hard limit"),
        (("--hard", "1", "--soft", "2"), "soft limit $2.00"),
        (("--hard", "1", "--job", "99"), "job 99"),
    ],
)
def test_wrong_budget_is_refused_in_words(gauntlet: Gauntlet, options: tuple[str, ...], named: str) -> None:
    assert named in gauntlet("budget", "set", *options, code=1).stderr
    assert gauntlet.json("budget", "list") == []


@pytest.mark.parametrize(
    ("answer", "booked_microusd"),
    [(("charged", "--amount", "0.45"), 450_000), (("charged",), 500_000), (("not-charged",), 0)],
)
def test_what_nobody_can_tell_is_decided(gauntlet: Gauntlet, answer: tuple[str, ...], booked_microusd: int) -> None:
    intent_id = spend(gauntlet, gauntlet.client(), None)
    assert str(intent_id) in gauntlet("spending", "list").stdout
    gauntlet("spending", "resolve", str(intent_id), *answer)
    assert gauntlet.json("spending", "list") == []
    assert gauntlet.json("costs")["total"]["spentMicrousd"] == booked_microusd
    gauntlet("spending", "resolve", str(intent_id), *answer, code=1)


@pytest.mark.parametrize(
    ("text", "microusd"), [("50", 50_000_000), ("$12.50", 12_500_000), ("0.003", 3_000), (" 1.000001 ", 1_000_001)]
)
def test_dollars_are_read_exactly(text: str, microusd: int) -> None:
    assert read_dollars(text, field="hard") == microusd


@pytest.mark.parametrize("text", ["", "-1", "1e3", "1,5", "0.0000001", "5 €", "nan", "５", "9999999999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_dollars(text, field="hard")
    assert caught.value.details["field"] == "hard"
