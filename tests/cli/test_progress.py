"""Progress where there is no terminal: a line for each finished stage."""

import pytest

from gauntlet.cli.progress import STORYBOARD_STAGES, LineProgress, progress_view
from gauntlet.domain.jobs.rules import Stage


def test_a_stage_is_told_once_when_it_is_done_and_its_time_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    lines = LineProgress(STORYBOARD_STAGES)
    lines.update({Stage.PLAN: 0.5}, message="", timings={})
    lines.update({Stage.PLAN: 1.0}, message="", timings={})
    assert capsys.readouterr().err == ""
    lines.update({Stage.PLAN: 1.0, Stage.STORYBOARD: 0.2}, message="", timings={Stage.PLAN: 0.31})
    lines.update({Stage.PLAN: 1.0, Stage.STORYBOARD: 1.0}, message="", timings={Stage.PLAN: 0.31, Stage.STORYBOARD: 2})
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == ["plan       0.3 s", "storyboard 2.0 s"]


def test_a_silent_view_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_view(STORYBOARD_STAGES, silent=True) as view:
        view.update({Stage.PLAN: 1.0}, message="done", timings={Stage.PLAN: 1.0})
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")
