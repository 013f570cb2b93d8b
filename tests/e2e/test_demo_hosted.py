"""`make demo-hosted`: the main job with hosted models, to the last micro-dollar."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.films import film_facts

ROOT = Path(__file__).parents[2]


@pytest.mark.soak
def test_the_demo_is_made_by_hosted_models_and_both_sides_accounts_agree(tmp_path: Path) -> None:
    out, data = tmp_path / "out", tmp_path / "data"
    done = subprocess.run(
        [sys.executable, "-m", "tools.demo_hosted", "--out-dir", str(out), "--data-dir", str(data)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    amounts = re.findall(r"\$(\d+\.\d{6})", done.stdout)
    assert len(set(amounts[-2:])) == 1
    assert float(amounts[-1]) > 0.25
    facts = film_facts((out / "kvelda-one.mp4").read_bytes())
    assert (facts.width, facts.height, facts.frames) == (1080, 1920, 450)
    manifest = json.dumps(json.loads((out / "kvelda-one.manifest.json").read_text()))
    for model in ("black-forest-labs/flux-schnell", "kwaivgi/kling-v2.1", "meta/musicgen"):
        assert model in manifest
