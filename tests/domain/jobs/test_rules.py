"""The state machine as a table of what may and may not happen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.core.errors import Conflict
from gauntlet.domain.jobs.rules import (
    WORKING,
    JobStatus,
    Phase,
    Stage,
    eta_s,
    how_to_go_on,
    may_follow,
    overall_percentage,
    require_approvable,
    require_editable,
    require_renderable,
    status_on_resume,
    workflow_id,
)


def test_canceled_is_final() -> None:
    assert not any(may_follow(status, after=JobStatus.CANCELED) for status in JobStatus)


def test_every_working_state_can_be_canceled_paused_and_fail() -> None:
    for status in WORKING:
        for end in (JobStatus.CANCELED, JobStatus.PAUSED, JobStatus.FAILED):
            assert may_follow(end, after=status)


def test_rendering_follows_only_a_storyboard_or_a_broken_off_render() -> None:
    before = {status for status in JobStatus if may_follow(JobStatus.RENDERING, after=status)}
    assert before == {JobStatus.STORYBOARD_READY, JobStatus.FAILED, JobStatus.PAUSED}


def test_every_state_tells_how_to_go_on() -> None:
    assert all(how_to_go_on(status.value) for status in JobStatus)


@pytest.mark.parametrize("status", [s for s in JobStatus if s is not JobStatus.STORYBOARD_READY])
def test_approving_in_any_other_state_is_refused_and_names_it(status: JobStatus) -> None:
    with pytest.raises(Conflict, match=status.value):
        require_approvable(job_id=1, status=status, current_version=1, seen_version=1, approved=None)


def test_approving_a_stale_version_names_both_versions() -> None:
    with pytest.raises(Conflict, match=r"Version 1 .* version 2"):
        require_approvable(
            job_id=1, status=JobStatus.STORYBOARD_READY, current_version=2, seen_version=1, approved=None
        )


def test_approving_twice_is_refused() -> None:
    with pytest.raises(Conflict, match="approved already"):
        require_approvable(
            job_id=1, status=JobStatus.STORYBOARD_READY, current_version=2, seen_version=None, approved=2
        )


def test_approving_a_new_version_after_an_older_approval_is_allowed() -> None:
    require_approvable(job_id=1, status=JobStatus.STORYBOARD_READY, current_version=3, seen_version=3, approved=2)


def test_rendering_without_an_approval_is_refused() -> None:
    with pytest.raises(Conflict, match="not approved"):
        require_renderable(
            job_id=1, status=JobStatus.STORYBOARD_READY, approved_fingerprint=None, present_fingerprint="a"
        )


def test_rendering_anything_but_what_was_approved_is_refused() -> None:
    with pytest.raises(Conflict, match="differs"):
        require_renderable(
            job_id=1, status=JobStatus.STORYBOARD_READY, approved_fingerprint="a", present_fingerprint="b"
        )


def test_rendering_exactly_what_was_approved_is_allowed() -> None:
    require_renderable(job_id=1, status=JobStatus.STORYBOARD_READY, approved_fingerprint="a", present_fingerprint="a")


@pytest.mark.parametrize("status", [JobStatus.RENDERING, JobStatus.CANCELED, JobStatus.PENDING])
def test_editing_while_at_work_or_after_the_end_is_refused(status: JobStatus) -> None:
    with pytest.raises(Conflict):
        require_editable(job_id=1, status=status)


@pytest.mark.parametrize(
    ("phase", "has_storyboard", "expected"),
    [
        (Phase.STORYBOARD, False, JobStatus.PENDING),
        (Phase.STORYBOARD, True, JobStatus.GENERATING_STORYBOARD),
        (Phase.RENDER, True, JobStatus.RENDERING),
    ],
)
def test_resuming_goes_on_where_it_stopped(phase: Phase, has_storyboard: bool, expected: JobStatus) -> None:
    assert status_on_resume(phase=phase, has_storyboard=has_storyboard) is expected


@given(st.dictionaries(st.sampled_from(list(Stage)), st.floats(min_value=-1, max_value=2)))
def test_percentage_stays_between_nothing_and_all(stages: dict[Stage, float]) -> None:
    assert 0 <= overall_percentage(stages) <= 100


def test_percentage_is_full_only_when_every_stage_is_done() -> None:
    done = dict.fromkeys(Stage, 1.0)
    assert overall_percentage(done) == 100
    assert overall_percentage({**done, Stage.ENCODE: 0.9}) < 100


def test_time_left_is_unknown_until_something_is_done_and_linear_after() -> None:
    assert eta_s(share_done=0.0, elapsed_s=5) is None
    assert eta_s(share_done=0.25, elapsed_s=5) == pytest.approx(15)


def test_workflow_ids_never_repeat_between_jobs_and_runs() -> None:
    ids = {workflow_id(job, run=run) for job in range(1, 30) for run in range(1, 30)}
    assert len(ids) == 29 * 29
    assert workflow_id(7, run=1) == "job-7"
