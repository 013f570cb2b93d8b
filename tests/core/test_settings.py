"""Where settings come from."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from gauntlet.core.money import format_usd
from gauntlet.core.settings import Settings


def test_sqlite_in_the_data_directory_is_the_default_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert Settings(data_dir=tmp_path).effective_database_url == f"sqlite:///{tmp_path / 'gauntlet.db'}"


@pytest.mark.parametrize("name", ["DATABASE_URL", "GAUNTLET_DATABASE_URL"])
def test_database_url_is_read_under_its_conventional_name_too(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv(name, "postgresql://studio@127.0.0.1/ads")
    assert Settings().effective_database_url == "postgresql://studio@127.0.0.1/ads"


def test_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    assert Settings().database_url is None


@pytest.mark.parametrize("name", ["REPLICATE_API_TOKEN", "REPLICATE_API_KEY", "GAUNTLET_REPLICATE_API_TOKEN"])
def test_replicate_key_is_read_under_each_name_and_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for other in ("REPLICATE_API_TOKEN", "REPLICATE_API_KEY", "GAUNTLET_REPLICATE_API_TOKEN"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, "r8_secret")
    settings = Settings()
    assert settings.keys.replicate is not None
    assert settings.keys.replicate.get_secret_value() == "r8_secret"
    assert "r8_secret" not in repr(settings)


def test_nested_setting_is_reached_with_two_underscores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAUNTLET_ASSETS__SIZE_LIMIT_BYTES", "1000")
    assert Settings().assets.size_limit_bytes == 1_000


def test_setting_outside_its_range_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAUNTLET_SERVER__PORT", "70000")
    with pytest.raises(ValidationError, match="65535"):
        Settings()


@pytest.mark.parametrize("text", ["10.20.0.0/16,fd12::/32", " 10.20.0.0/16 , fd12::/32, "])
def test_networks_and_ports_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("GAUNTLET_FETCH__ALLOWED_NETWORKS", text)
    monkeypatch.setenv("GAUNTLET_FETCH__ALLOWED_PORTS", "80, 8080")
    fetch = Settings().fetch
    assert [str(network) for network in fetch.allowed_networks] == ["10.20.0.0/16", "fd12::/32"]
    assert fetch.allowed_ports == (80, 8080)


@pytest.mark.parametrize(("name", "text"), [("NETWORKS", "10.20.0.1/16"), ("NETWORKS", "inner"), ("PORTS", "0")])
def test_a_network_or_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv(f"GAUNTLET_FETCH__ALLOWED_{name}", text)
    with pytest.raises(ValidationError, match="allowed"):
        Settings()


@pytest.mark.parametrize(
    ("amount_microusd", "shown"),
    [
        (0, "$0.00"),
        (1_250_000, "$1.25"),
        (-3_100_000, "-$3.10"),
        (4_200, "$0.0042"),
        (100, "$0.0001"),
        (7, "$0.000007"),
        (1_234_567_890_000, "$1,234,567.89"),
    ],
)
def test_money_is_shown_as_people_read_it(amount_microusd: int, shown: str) -> None:
    assert format_usd(amount_microusd) == shown
