import os
import threading
from pathlib import Path

import pytest

from gauntlet.core.errors import Misconfigured
from gauntlet.core.secrets import load_or_create_secret


def test_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    key = load_or_create_secret(path)
    assert len(key) >= 32
    assert load_or_create_secret(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["secret.key"]


def test_two_data_directories_have_different_keys(tmp_path: Path) -> None:
    assert load_or_create_secret(tmp_path / "a.key") != load_or_create_secret(tmp_path / "b.key")


def test_programs_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    ready = threading.Barrier(8)
    keys: list[bytes] = []

    def start() -> None:
        ready.wait()
        keys.append(load_or_create_secret(path))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert os.listdir(tmp_path) == ["secret.key"]


def test_key_that_others_may_read_is_narrowed(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    key = load_or_create_secret(path)
    path.chmod(0o644)
    assert load_or_create_secret(path) == key
    assert path.stat().st_mode & 0o777 == 0o600


def test_short_key_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.write_text("hunter2")
    with pytest.raises(Misconfigured, match=r"secret\.key holds 7 bytes"):
        load_or_create_secret(path)
    assert path.read_text() == "hunter2"


def test_missing_directory_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="nowhere") as caught:
        load_or_create_secret(tmp_path / "nowhere" / "secret.key")
    assert caught.value.next_step
