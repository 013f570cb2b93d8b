"""`gauntlet make` with hosted models: what it says of money, and that nothing is spent before a person agrees."""

from pathlib import Path

import pytest

from gauntlet.cli.making import make_ad
from gauntlet.cli.orders import AdOrder, read_models
from gauntlet.core.errors import Canceled
from gauntlet.core.money import format_usd
from gauntlet.core.paging import Page
from gauntlet.domain.jobs.rules import JobStatus
from tests.workflows.hosted_studio import FLUX, KLING, PROMPT, hosted_studio


def _order(out: Path) -> AdOrder:
    return AdOrder(
        prompt=PROMPT,
        client="Blue Fox",
        assets=(),
        logo=None,
        brand=None,
        homepage=None,
        platform=None,
        duration_s=None,
        aspect=None,
        out=out,
        models=read_models(planner="built-in", image=[FLUX.model], motion=[f"1={KLING.model}"]),
    )


async def test_estimate_comes_first_and_a_no_spends_nothing_while_a_yes_makes_the_pictures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    asked: list[str] = []
    answers = iter(["n", "y", "c"])

    async def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    async with hosted_studio(tmp_path / "data") as studio:
        order = _order(tmp_path / "ad.mp4")
        with pytest.raises(Canceled, match="nothing was spent"):
            await make_ad(studio.container, order, approve_unseen=False, silent=False, ask=ask)
        assert (await studio.container.jobs.list(studio.person, page=Page()))[1] == 0
        assert studio.billed_microusd == 0
        with pytest.raises(Canceled, match="nothing was rendered"):
            await make_ad(studio.container, order, approve_unseen=False, silent=False, ask=ask)
        (job,), _ = await studio.container.jobs.list(studio.person, page=Page())
        assert job.status is JobStatus.CANCELED
        assert studio.billed_microusd == job.actual_cost_microusd > 0
    told = " ".join(capsys.readouterr().err.split())
    pictures_microusd = 3_000 * told.split("Storyboard")[0].count("image │") // 2  # the estimate is shown twice
    assert f"In all about {format_usd(250_000 + pictures_microusd)}" in told
    assert "Rendering it will cost about $0.25" in told
    assert f"moved by {KLING.model}" in told
    assert asked[0] == asked[1] == "Go on and spend it? [y/N] "
