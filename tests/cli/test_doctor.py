"""What `gauntlet doctor` says of hosted services and keys."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from tests.cli.library import Gauntlet

NO_KEYS = {name: "" for name in ("OPENROUTER_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "REPLICATE_API_TOKEN")}
NOBODY = "http://127.0.0.1:9"
ADDRESSES = {f"GAUNTLET_HOSTED__{name}_URL": NOBODY for name in ("OPENROUTER", "OPENAI", "ANTHROPIC", "REPLICATE")}


def findings(gauntlet: Gauntlet, *options: str) -> dict[str, dict[str, Any]]:
    told = gauntlet.json("doctor", *options)
    return {finding["name"]: finding for finding in told["findings"]}


def test_keys_are_told_by_their_ends_in_the_order_in_which_planners_are_asked(tmp_path: Path) -> None:
    keys = {"ANTHROPIC_API_KEY": "sk-ant-0123456789wxyz", "OPENROUTER_API_KEY": "sk-or-0123456789abcd"}
    found = findings(Gauntlet(tmp_path, **NO_KEYS | keys))
    assert found["Planning"]["detail"] == "OpenRouter (…abcd), then Anthropic (…wxyz), then the built-in planner"
    assert "no key needed" in found["Pictures and sound"]["detail"]
    assert "0123456789" not in str(found)


def test_end_of_a_short_key_is_not_told(tmp_path: Path) -> None:
    found = findings(Gauntlet(tmp_path, **NO_KEYS | {"REPLICATE_API_TOKEN": "r8_short"}))
    assert "Replicate (…)" in found["Pictures and sound"]["detail"]


def test_without_online_nobody_is_asked_and_with_it_each_service_that_has_a_key(tmp_path: Path) -> None:
    keys = NO_KEYS | ADDRESSES | {"OPENAI_API_KEY": "sk-0123456789abcd"}
    gauntlet = Gauntlet(tmp_path, **keys)
    assert "OpenAI" not in findings(gauntlet)
    online = findings(gauntlet, "--online")
    assert (online["OpenAI"]["state"], "cannot be reached" in online["OpenAI"]["detail"]) == ("limited", True)
    assert "OpenRouter" not in online


@pytest.mark.parametrize("is_replaced", [False, True], ids=["same secret", "replaced secret"])
def test_clients_own_keys_are_counted_and_those_that_cannot_be_read_are_told(
    is_replaced: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gauntlet = Gauntlet(tmp_path, **NO_KEYS)
    gauntlet.client("Kvelda")

    def typed(service: str) -> SecretStr:
        return SecretStr("sk-or-v1-0123456789abcdef")

    monkeypatch.setattr("gauntlet.cli.provider_keys._key", typed)
    gauntlet("provider-key", "set", "openrouter", "--client", "Kvelda")
    if is_replaced:
        (gauntlet.data_dir / "secret.key").write_text("another" * 10)
    found = findings(gauntlet)["Clients' own keys"]
    assert found["state"] == ("limited" if is_replaced else "ok")
    assert found["detail"].startswith("1 kept encrypted")
    assert ("cannot be decrypted" in found["detail"]) is is_replaced
