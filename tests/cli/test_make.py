"""`gauntlet make` from end to end, as a process of its own on a terminal and without one."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from tools.demo_brand.__main__ import BRAND_DIR

from gauntlet.cli.demo import PICTURES, PROMPT
from gauntlet.render.filmfacts import measure_film
from tests.media_files import film, sound

GAUNTLET = str(Path(sys.executable).parent / "gauntlet")
WAIT_S = 120.0
_OUR_OWN = ("GAUNTLET_", "DATABASE_URL", "REPLICATE_", "OPENROUTER_", "OPENAI_", "ANTHROPIC_")


def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(_OUR_OWN)},
        "GAUNTLET_DATA_DIR": str(tmp_path / "data"),
        "COLUMNS": "120",
        "TERM": "xterm",
    }


def gauntlet(tmp_path: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [GAUNTLET, *arguments],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=False,
    )


def picture(path: Path, *, colour: tuple[int, int, int] = (40, 120, 200)) -> Path:
    canvas = np.full((900, 700, 3), 235, np.uint8)
    cv2.circle(canvas, (350, 450), 220, colour, -1)
    assert cv2.imwrite(str(path), canvas)
    return path


def duration_and_size(film: Path) -> tuple[int, int, int]:
    """Frames, width and height, counted by decoding."""
    import av

    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        frames = sum(1 for _ in container.decode(stream))
        return frames, stream.width, stream.height


def rows(tmp_path: Path, table: str) -> int:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(tmp_path / "data" / "gauntlet.db")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@dataclass
class Terminal:
    """A process on a terminal of its own, read as a person would."""

    process: "subprocess.Popen[bytes]"
    screen: int
    seen: str = ""
    read_to: int = 0

    def until(self, words: str) -> str:
        """Read on until the words have come, and return what came up to them since the last time."""
        begun = time.monotonic()
        while (found := self.seen.find(words, self.read_to)) < 0:
            assert time.monotonic() - begun < WAIT_S, f"{words!r} did not come; the screen shows:\n{self.seen}"
            assert self._read(), f"it ended before {words!r} came; the screen shows:\n{self.seen}"
        since, self.read_to = self.read_to, found + len(words)
        return self.seen[since : self.read_to]

    def _read(self) -> bool:
        """Take in what there is within a moment; tell whether the screen is still open."""
        if not select.select([self.screen], [], [], 0.2)[0]:
            return True
        try:
            data = os.read(self.screen, 65_536)
        except OSError:  # how Linux tells that the other end is closed
            return False
        self.seen += data.decode(errors="replace")
        return bool(data)

    def type(self, line: str) -> None:
        os.write(self.screen, f"{line}\n".encode())

    def end(self) -> int:
        """Read to the end and return the exit code."""
        begun = time.monotonic()
        while self._read():
            assert time.monotonic() - begun < WAIT_S, f"it does not end; the screen shows:\n{self.seen}"
        return self.process.wait(WAIT_S)


@contextmanager
def on_terminal(tmp_path: Path, arguments: Sequence[str]) -> Generator[Terminal]:
    screen, theirs = pty.openpty()
    process = subprocess.Popen(
        [GAUNTLET, *arguments],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(theirs)
    try:
        yield Terminal(process, screen)
    finally:
        process.kill()  # does nothing to one that has ended
        process.wait()
        os.close(screen)


def _take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    # As in a terminal's foreground, whatever this run itself was told to ignore: Ctrl-C reaches the program.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_make_with_yes_and_json_prints_one_document_and_writes_all_files(tmp_path: Path) -> None:
    shot = picture(tmp_path / "lamp.png")
    given = ("--asset", str(shot), "--logo", str(BRAND_DIR / "kvelda-logo.svg"), "--aspect", "1:1", "--duration", "6")
    done = gauntlet(tmp_path, "make", PROMPT, "--client", "Kvelda", *given, "--out", "made/ad.mp4", "--yes", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["status"] == "completed"
    assert result["durationS"] == 6
    assert result["costMicrousd"] == 0
    assert set(result["stageSeconds"]) == {"plan", "storyboard", "render", "sound", "encode"}
    files = {kind: tmp_path / path for kind, path in result["files"].items()}
    assert sorted(files) == ["contact_sheet", "manifest", "poster", "srt", "video", "vtt"]
    assert sorted((tmp_path / "made").iterdir()) == sorted(files.values())
    assert duration_and_size(files["video"]) == (180, 1080, 1080)
    assert files["vtt"].read_text(encoding="utf-8").startswith("WEBVTT")
    assert json.loads(files["manifest"].read_text(encoding="utf-8"))["approval"]["fingerprint"] == result["fingerprint"]
    poster = cv2.imread(str(files["poster"]))
    assert poster is not None
    assert poster.shape[:2] == (1080, 1080)


def test_make_twice_uploads_equal_pictures_once(tmp_path: Path) -> None:
    shot = picture(tmp_path / "lamp.png")
    call = (
        "make",
        PROMPT,
        "--client",
        "Kvelda",
        "--asset",
        str(shot),
        "--aspect",
        "1:1",
        "--duration",
        "5",
        "--yes",
        "--json",
    )
    first, second = (gauntlet(tmp_path, *call) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert json.loads(first.stdout)["jobId"] != json.loads(second.stdout)["jobId"]
    assert rows(tmp_path, "assets") == 1
    assert rows(tmp_path, "clients") == 1


def test_make_with_a_film_and_music_shows_and_plays_them(tmp_path: Path) -> None:
    (tmp_path / "pouring.mp4").write_bytes(film("mp4", width=1280, height=720, frames=120, rate=24))
    (tmp_path / "tune.mp3").write_bytes(sound("mp3", duration_s=4.0))
    files = ("--asset", str(tmp_path / "pouring.mp4"), "--asset", str(tmp_path / "tune.mp3"))
    call = ("make", PROMPT, "--client", "Kvelda", *files, "--aspect", "1:1", "--duration", "6", "--yes", "--json")
    done = gauntlet(tmp_path, *call)
    assert done.returncode == 0, done.stderr
    written = json.loads(done.stdout)["files"]
    manifest = json.loads((tmp_path / written["manifest"]).read_text(encoding="utf-8"))
    assert manifest["film"]["music"]["maker"] == "client"
    assert manifest["film"]["music"]["name"] == "tune.mp3"
    shown = [scene["footage"] for scene in manifest["scenes"] if scene["footage"]]
    assert shown
    assert {scene["assetVersion"] for scene in manifest["scenes"] if scene["footage"]} == {1}
    pictures = {check["verdict"] for check in manifest["preflight"] if check["code"].startswith("picture_")}
    assert pictures == {"passed"}
    facts = measure_film((tmp_path / written["video"]).read_bytes())
    assert (facts.frames, facts.black_spans, facts.frozen_spans) == (180, (), ())
    assert facts.sound is not None
    assert abs(facts.sound.loudness_lufs + 14) < 1


@pytest.mark.parametrize(("option", "told"), [("--asset", "document"), ("--logo", "video")])
def test_make_refuses_what_an_ad_is_not_made_of_and_stores_nothing(option: str, told: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.bin"
    wrong.write_bytes(b"only words\n" if told == "document" else film("mp4"))
    done = gauntlet(tmp_path, "make", PROMPT, "--client", "Kvelda", option, str(wrong), "--yes")
    assert done.returncode == 1
    assert f"wrong.bin is of type {told}" in done.stderr
    assert "→" in done.stderr
    assert [rows(tmp_path, table) for table in ("clients", "assets", "jobs", "blobs")] == [0, 0, 0, 0]


def test_make_without_a_terminal_needs_yes_and_stores_nothing(tmp_path: Path) -> None:
    done = gauntlet(tmp_path, "make", PROMPT, "--client", "Kvelda")
    assert done.returncode == 1
    assert "--yes" in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("fault", ["not an image", "truncated", "too many pixels"])
def test_make_with_one_bad_picture_among_good_ones_stores_nothing(fault: str, tmp_path: Path) -> None:
    good, bad = picture(tmp_path / "good.png"), tmp_path / "bad.png"
    if fault == "not an image":
        bad.write_bytes(b"MZ this is a program, whatever its name says" * 40)
    elif fault == "truncated":
        bad.write_bytes(good.read_bytes()[:-400])
    else:
        assert cv2.imwrite(str(bad), np.zeros((10_001, 10_001), np.uint8))
    done = gauntlet(tmp_path, "make", PROMPT, "--client", "Kvelda", "--asset", str(good), "--asset", str(bad), "--yes")
    assert done.returncode == 1
    assert "bad.png" in done.stderr
    assert "→" in done.stderr
    assert [rows(tmp_path, table) for table in ("clients", "assets", "jobs", "blobs")] == [0, 0, 0, 0]


def test_make_on_a_terminal_shows_the_storyboard_takes_changes_and_renders_what_is_approved(tmp_path: Path) -> None:
    shot, other = picture(tmp_path / "lamp.png"), picture(tmp_path / "other.png", colour=(200, 60, 40))
    call = ["make", PROMPT, "--client", "Kvelda", "--asset", str(shot), "--aspect", "1:1", "--duration", "8"]
    with on_terminal(tmp_path, call) as terminal:
        terminal.until("Storyboard, version 1")
        assert "ad.contact-sheet" in terminal.until("> ")
        terminal.type("hello")
        terminal.until("> ")
        terminal.type("r 99 brighter")
        assert "Error" in terminal.until("> ")
        terminal.type("r 2 make the headline say Evenings")
        terminal.until("Storyboard, version 2")
        terminal.until("> ")
        terminal.type(f"p 2 {other}")
        terminal.until("Storyboard, version 3")
        terminal.until("> ")
        terminal.type("a")
        assert terminal.end() == 0, terminal.seen
    manifest = json.loads((tmp_path / "ad.manifest.json").read_text(encoding="utf-8"))
    assert manifest["storyboardVersion"] == 3
    assert manifest["approval"]["version"] == 3
    assert duration_and_size(tmp_path / "ad.mp4")[0] == 240
    assert "$0.00" in terminal.seen


def test_cancel_in_the_review_ends_the_job_and_writes_no_film(tmp_path: Path) -> None:
    with on_terminal(tmp_path, ["make", PROMPT, "--client", "Kvelda", "--duration", "5"]) as terminal:
        terminal.until("> ")
        terminal.type("c")
        assert terminal.end() == 1
        assert "nothing was rendered" in terminal.seen
    assert not (tmp_path / "ad.mp4").exists()
    assert statuses(tmp_path) == ["canceled"]


def test_ctrl_c_while_rendering_cancels_the_job_and_leaves_no_film(tmp_path: Path) -> None:
    arguments = ["make", PROMPT, "--client", "Kvelda", "--duration", "60", "--yes"]
    for name in PICTURES:
        arguments += ["--asset", str(BRAND_DIR / name)]
    with on_terminal(tmp_path, arguments) as terminal:
        terminal.until(" frames")
        os.write(terminal.screen, b"\x03")
        assert terminal.end() == 130, terminal.seen
        assert "Canceled job" in terminal.seen
        assert "Traceback" not in terminal.seen
    assert not (tmp_path / "ad.mp4").exists()
    assert statuses(tmp_path) == ["canceled"]


def statuses(tmp_path: Path) -> list[str]:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(tmp_path / "data" / "gauntlet.db")) as connection:
        return [str(row[0]) for row in connection.execute("SELECT status FROM jobs ORDER BY id")]


def test_serve_says_where_it_is_answers_and_ends_on_sigterm(tmp_path: Path) -> None:
    import urllib.request

    server = subprocess.Popen(
        [GAUNTLET, "serve", "--port", "0"], env=environment(tmp_path), cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    assert server.stderr is not None
    try:
        line = next(line for line in server.stderr if "listens on" in line)
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        assert found
        with urllib.request.urlopen(f"{found[0]}/openapi.json", timeout=10) as answer:
            assert json.load(answer)["info"]["title"] == "Gauntlet"
        server.send_signal(signal.SIGTERM)
        rest = server.stderr.read()
        assert server.wait(30) == 0, rest
        assert "Traceback" not in rest
    finally:
        server.kill()
        server.wait()
        server.stderr.close()
