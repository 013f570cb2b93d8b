"""What is logged: to whoever holds stderr then, and never a secret."""

import json

import pytest
import structlog

from gauntlet.core.logging import configure_logging


def test_secret_is_hidden_and_event_is_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(level="info", style="json")
    structlog.get_logger("test").info("account.signed_in", user_id=7, password="hunter2hunter2")
    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert (event["event"], event["user_id"], event["password"]) == ("account.signed_in", 7, "[hidden]")


@pytest.mark.parametrize("turn", [1, 2])
def test_line_goes_to_the_stderr_of_the_moment(capsys: pytest.CaptureFixture[str], turn: int) -> None:
    # Configured in the first turn only: the second has another stderr, and the first one's is closed by then.
    if turn == 1:
        configure_logging(level="info", style="json")
    structlog.get_logger("test").info("turn.taken", turn=turn)
    assert f'"turn": {turn}' in capsys.readouterr().err


def test_level_below_the_one_asked_for_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(level="warning", style="console")
    structlog.get_logger("test").info("nothing.to_see")
    assert capsys.readouterr().err == ""
