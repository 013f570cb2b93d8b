"""The repository's own promises: lock files agree, contracts bite, nothing of one machine is checked in."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
FILE_LINES_MAX = 400

# One import per contract that must not be: contract id → (file, line to add).
VIOLATIONS = {
    "layers": ("core/clock.py", "import gauntlet.media.pictures"),
    "domains": ("domain/accounts/rules.py", "import gauntlet.domain.clients.rules"),
    "cycles": ("core/money.py", "import gauntlet.core.clock\n# and back:\n"),
    "core-is-plain": ("core/ids.py", "import sqlalchemy"),
    "makers-are-pure": ("render/timeline.py", "import gauntlet.db.session"),
    "doubles-stand-alone": ("providers/fakes/__init__.py", "import sqlalchemy"),
    "only-providers-call-out": ("media/pictures.py", "import httpx"),
    "data-knows-no-web": ("db/session.py", "import starlette"),
    "domain-decides-only": ("domain/jobs/rules.py", "import gauntlet.providers.base"),
    "workflows-know-no-surface": ("workflows/plans.py", "import fastapi"),
    "one-place-knows-dbos": ("workflows/films.py", "import dbos"),
    "bootstrap-chooses": ("workflows/jobs.py", "import gauntlet.storage.database"),
    "one-place-knows-s3": ("storage/library.py", "import obstore"),
    "surfaces-hold-no-queries": ("cli/output.py", "import sqlalchemy"),
    "strangers-files-in-the-sandbox": ("domain/uploads/service.py", "import gauntlet.media.inspector"),
    "rows-stay-below": ("workflows/storyboards.py", "import gauntlet.db.models.jobs"),
}


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def _lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / "lint-imports"), "--no-logo", "--no-cache", "--config", "pyproject.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},
    )


def test_bootstrap_pins_the_uv_of_the_lock_file_with_all_its_hashes() -> None:
    text = (ROOT / "requirements-bootstrap.txt").read_text(encoding="utf-8")
    locked = next(package for package in _toml("uv.lock")["package"] if package["name"] == "uv")
    assert re.findall(r"^uv==(\S+)", text, re.MULTILINE) == [locked["version"]]
    hashes = {file["hash"] for file in [*locked["wheels"], locked["sdist"]]}
    assert set(re.findall(r"--hash=(\S+)", text)) == hashes


def test_every_contract_has_a_violation_to_be_tried_with() -> None:
    assert [contract["id"] for contract in _toml("pyproject.toml")["tool"]["importlinter"]["contracts"]] == list(
        VIOLATIONS
    )


def test_every_import_contract_is_broken_by_an_import_that_it_forbids(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src" / "gauntlet", tmp_path / "gauntlet", ignore=shutil.ignore_patterns("__pycache__"))
    for file, line in VIOLATIONS.values():
        path = tmp_path / "gauntlet" / file
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    clock = tmp_path / "gauntlet" / "core" / "clock.py"
    clock.write_text(f"{clock.read_text(encoding='utf-8')}\nimport gauntlet.core.money\n", encoding="utf-8")
    done = _lint_imports(tmp_path)
    names = {c["id"]: c["name"] for c in _toml("pyproject.toml")["tool"]["importlinter"]["contracts"]}
    kept = [id_ for id_, name in names.items() if f"{name} BROKEN" not in done.stdout]
    assert kept == [], done.stdout
    assert done.returncode != 0


def test_a_new_package_without_a_place_in_the_layers_is_refused(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src" / "gauntlet", tmp_path / "gauntlet", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "gauntlet" / "shortcuts.py").write_text("", encoding="utf-8")
    done = _lint_imports(tmp_path)
    assert done.returncode != 0
    assert "shortcuts" in done.stdout + done.stderr


def test_package_files_are_short_and_init_files_empty() -> None:
    sources = [path for path in (ROOT / "src" / "gauntlet").rglob("*.py") if "versions" not in path.parts]
    long = {
        path.name: lines
        for path in sources
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES_MAX
    }
    assert long == {}
    assert [path for path in sources if path.name == "__init__.py" and path.stat().st_size] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout: what is checked in cannot be told")
def test_no_checked_in_text_names_a_path_of_one_machine() -> None:
    found: list[str] = []
    for path in _tracked():
        if path.suffix in {".png", ".jpg", ".webp", ".lock"} or path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [
            f"{path.relative_to(ROOT)}: {hit}"
            for hit in re.findall(r"(?<![\w.])/(?:root|home|Users|work)/[\w./-]+", text)
        ]
    assert found == []


def _faulty_ignores(path: Path) -> list[str]:
    """The lines whose ignore lacks its rule, or its reason: behind it, or in a comment on the line above."""
    lines = path.read_text(encoding="utf-8").splitlines()
    faulty: list[str] = []
    for number, (above, line) in enumerate(zip(["", *lines], lines, strict=False), start=1):
        mark = re.search(r"#\s*(?:noqa|type: ignore|pyright: ignore)([:\[]\s*[\w, ]+\]?)?(.*)", line)
        if mark and not (mark[1] and (mark[2].strip(" -#") or above.lstrip().startswith("#"))):
            faulty.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    return faulty


def test_every_ignore_names_its_rule_and_its_reason() -> None:
    paths = [path for folder in ("src", "tests", "tools", "bench") for path in (ROOT / folder).rglob("*.py")]
    assert [fault for path in paths if path != Path(__file__) for fault in _faulty_ignores(path)] == []


def test_every_hook_calls_a_tool_that_setup_installs() -> None:
    entries = re.findall(
        r"^\s+entry: (\S+)", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(entries) == 5
    assert [entry for entry in entries if not (BIN / Path(entry).name).exists()] == []


def test_continuous_integration_runs_make_test_without_asking_anybody() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert "make --no-print-directory test </dev/null" in text
    assert "set -euo pipefail" in text


def test_make_help_tells_of_every_target() -> None:
    shown = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    told = set(re.findall(r"make ([a-z0-9-]+)", shown))
    assert {"setup", "demo", "serve", "test", "bench", "lint", "soak", "format"} <= told
    phony = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert told == set(" ".join(phony).split())
