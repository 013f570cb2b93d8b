"""What is logged: to whoever holds stderr then, and never a secret."""

import io
import json
import sys

import pytest
import structlog

from gauntlet.core.logging import configure_logging


def test_secret_is_hidden_and_event_is_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(level="info", style="json")
    structlog.get_logger("test").info("account.signed_in", user_id=7, password="hunter2hunter2")
    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert (event["event"], event["user_id"], event["password"]) == ("account.signed_in", 7, "[hidden]")


def test_line_goes_to_the_stderr_of_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    configure_logging(level="info", style="json")
    for turn in (1, 2):
        stderr = io.StringIO()
        monkeypatch.setattr(sys, "stderr", stderr)
        structlog.get_logger("test").info("turn.taken", turn=turn)
        assert f'"turn": {turn}' in stderr.getvalue()
        # Whoever held stderr may be gone by the next line; a logger that kept the stream would fail on it.
        stderr.close()


def test_level_below_the_one_asked_for_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(level="warning", style="console")
    structlog.get_logger("test").info("nothing.to_see")
    assert capsys.readouterr().err == ""
