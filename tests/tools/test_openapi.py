import json
import sys
from pathlib import Path

import pytest

from tools import openapi


def test_description_is_written_alike_each_time_and_ends_with_a_newline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "src" / "openapi.json"
    monkeypatch.setattr(sys, "argv", ["openapi", str(file)])
    openapi.main()
    first = file.read_bytes()
    file.unlink()
    openapi.main()
    assert file.read_bytes() == first
    assert first.endswith(b"}\n")
    assert "/api/v2/generate" in json.loads(first)["paths"]


def test_file_that_says_the_same_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "openapi.json"
    monkeypatch.setattr(sys, "argv", ["openapi", str(file)])
    openapi.main()
    file.chmod(0o400)
    before = file.stat().st_mtime_ns
    openapi.main()
    assert file.stat().st_mtime_ns == before
