"""kill -9 at chosen and random moments: the job ends with one film, and what was finished is not done again."""

import random
import subprocess
from pathlib import Path

import pytest

from tests.durability.crashes import Bench
from tests.films import film_facts

STEPS_OF_A_JOB = 15
STEPS_OF_A_JOB_WITH_FOOTAGE = 20
FRAMES_OF_THE_FILM = 150
RANDOM_KILLS = 20


def _expect_one_whole_film(bench: Bench, finished: subprocess.CompletedProcess[str], *, jobs: int = 1) -> None:
    assert finished.returncode == 0, finished.stderr[-4_000:]
    ids = [int(word) for word in finished.stdout.split()]
    assert len(ids) == jobs
    assert bench.query("SELECT count(*) FROM jobs") == [(jobs,)]
    for job_id in ids:
        assert film_facts(bench.film(job_id)).frames == FRAMES_OF_THE_FILM
        completions = bench.query(f"SELECT count(*) FROM job_events WHERE kind = 'job.completed' AND job_id = {job_id}")
        assert completions == [(1,)]
    # A killed write may leave bytes that nothing refers to; a sweep finds them all, and after it there are none.
    bench.garbage()
    assert bench.garbage() == (0, 0)


def _kill_then_finish(bench: Bench, *options: str, at: int, when: str) -> None:
    killed = bench.run(*options, "--die-at", str(at), "--when", when)
    assert killed.returncode == -9, killed.stderr[-4_000:]
    before = bench.counts("begun")
    stored = bench.counts("stored")
    finished = bench.run(*options)
    _expect_one_whole_film(bench, finished)
    again = {step for step in stored if bench.counts("begun")[step] > before[step]}
    assert not again, f"finished steps ran again: {again}"


@pytest.mark.parametrize(("at", "when"), [(1, "stored"), (4, "begun"), (11, "stored"), (15, "begun")])
def test_job_killed_at_a_step_is_finished_by_the_next_process(tmp_path: Path, at: int, when: str) -> None:
    _kill_then_finish(Bench.in_directory(tmp_path), at=at, when=when)


def _conformings(bench: Bench) -> dict[str, int]:
    return dict(bench.counts("conforming"))


@pytest.mark.parametrize("number", [1, 2])
def test_job_killed_while_footage_is_conformed_is_finished_and_conforms_nothing_twice(
    tmp_path: Path, number: int
) -> None:
    bench = Bench.in_directory(tmp_path)
    killed = bench.run("--footage", "--die-while-conforming", str(number))
    assert killed.returncode == -9, killed.stderr[-4_000:]
    kept = bench.query("SELECT count(*) FROM clips")
    finished = bench.run("--footage")
    _expect_one_whole_film(bench, finished)
    made = _conformings(bench)
    # What was being made when the process died is made again; what was kept is not.
    assert sum(made.values()) - len(made) <= len(made) - int(str(kept[0][0]))
    assert bench.query("SELECT count(*) FROM clips") == [(len(made),)]
    assert any('"frames"' in spec for spec in made)
    assert any('"samples"' in spec for spec in made)


@pytest.mark.parametrize(("at", "when"), [(2, "begun"), (3, "stored"), (13, "stored")])
def test_job_with_footage_killed_at_a_step_is_finished(tmp_path: Path, at: int, when: str) -> None:
    _kill_then_finish(Bench.in_directory(tmp_path), "--footage", at=at, when=when)


def test_paused_render_that_goes_on_encodes_no_finished_shot_again(tmp_path: Path) -> None:
    bench = Bench.in_directory(tmp_path)
    _expect_one_whole_film(bench, bench.run("--pause"))
    lines = bench.notes.read_text().splitlines()
    afterwards = lines[lines.index("paused") :]
    kept = [line.removeprefix("kept ") for line in lines if line.startswith("kept ")]
    assert kept
    assert not {f"encoding {scene}" for scene in kept} & set(afterwards)
    # It was paused in the middle: there was something left to encode.
    assert any(line.startswith("encoding ") for line in afterwards)


@pytest.mark.soak
@pytest.mark.parametrize("when", ["begun", "stored"])
@pytest.mark.parametrize("at", range(1, STEPS_OF_A_JOB + 1))
def test_job_killed_at_every_step_boundary_is_finished(tmp_path: Path, at: int, when: str) -> None:
    _kill_then_finish(Bench.in_directory(tmp_path), at=at, when=when)


@pytest.mark.soak
@pytest.mark.parametrize("when", ["begun", "stored"])
@pytest.mark.parametrize("at", range(1, STEPS_OF_A_JOB_WITH_FOOTAGE + 1))
def test_job_with_footage_and_its_own_bed_killed_at_every_step_boundary_is_finished(
    tmp_path: Path, at: int, when: str
) -> None:
    bench = Bench.in_directory(tmp_path)
    _kill_then_finish(bench, "--footage", at=at, when=when)
    begun = bench.counts("begun")
    assert len(begun) == STEPS_OF_A_JOB_WITH_FOOTAGE
    assert {"conform-1", "conform-sound"} <= {step.split()[0] for step in begun}


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(RANDOM_KILLS))
def test_job_killed_at_a_random_moment_is_finished(tmp_path: Path, seed: int) -> None:
    bench = Bench.in_directory(tmp_path)
    bench.run_and_kill_after(random.Random(seed).uniform(0.3, 8.0))
    _expect_one_whole_film(bench, bench.run())


@pytest.mark.soak
def test_two_jobs_at_once_killed_again_and_again_both_end_with_one_film(tmp_path: Path) -> None:
    bench = Bench.in_directory(tmp_path)
    chance = random.Random(7)
    for _ in range(10):
        bench.run_and_kill_after(chance.uniform(1.0, 5.0), "--jobs", "2")
    _expect_one_whole_film(bench, bench.run("--jobs", "2"), jobs=2)
