"""Hundreds of hostile and odd files through a real server: each is taken for what it is, or refused with the reason."""

from collections.abc import Iterator

import pytest

from tests import databases
from tests.corpus.case import Case
from tests.corpus.catalogue import all_cases
from tests.corpus.judging import (
    assert_facts_are_right,
    assert_is_a_thumbnail,
    assert_no_browser_runs,
    assert_refusal_says_why,
)
from tests.corpus.studio import MEMORY_LIMIT_BYTES, PATIENCE_S, Studio, opened_studio

CASES = list(all_cases())
_SAMPLED = 12  # one in so many is tried on PostgreSQL too


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with opened_studio(tmp_path_factory.mktemp("corpus")) as studio:
        yield studio


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    problem = databases.postgresql_problem()
    if problem:
        pytest.skip(f"no PostgreSQL: {problem}")
    with databases.postgresql_database() as url, opened_studio(tmp_path_factory.mktemp("corpus"), url) as studio:
        yield studio


def test_corpus_is_large_and_names_each_file_once() -> None:
    assert len(CASES) >= 300
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_odd_file_is_taken_rightly_or_refused_with_the_reason(on_sqlite: Studio, case: Case) -> None:
    _assert_right(on_sqlite, case)


@pytest.mark.parametrize("case", CASES[::_SAMPLED], ids=str)
def test_odd_file_is_taken_or_refused_alike_on_postgresql(on_postgresql: Studio, case: Case) -> None:
    _assert_right(on_postgresql, case)


def _assert_right(studio: Studio, case: Case) -> None:
    before = studio.rows()
    answer = studio.put(case)
    assert answer.took_s < PATIENCE_S
    assert not answer.was_called_outward, "something in the file was fetched"
    largest = max(answer.peak_bytes.values())
    assert largest < MEMORY_LIMIT_BYTES, f"a process took {largest / 1e6:.0f} MB"
    if answer.response.status_code != 201:
        assert_refusal_says_why(answer.response)
        assert studio.rows() == before
        assert case.outcome != "accepted", answer.response.text
        return
    asset = answer.response.json()
    try:
        assert case.outcome != "refused", asset
        _assert_rightly_kept(studio, case, asset["id"])
    finally:
        studio.purge(asset["id"])
    assert studio.rows() == before


def _assert_rightly_kept(studio: Studio, case: Case, asset_id: str) -> None:
    asset = studio.caller.get(f"/api/v2/assets/{asset_id}").json()
    shown = studio.caller.get(f"/api/v2/assets/{asset_id}/data")
    saved = studio.caller.get(f"/api/v2/assets/{asset_id}/data", params={"download": True})
    assert_no_browser_runs(shown, saved=False)
    assert_no_browser_runs(saved, saved=True)
    assert len(saved.content) == asset["size"]
    assert_facts_are_right(asset, case, saved.content)
    thumbnail = studio.caller.get(f"/api/v2/assets/{asset_id}/thumbnail")
    if asset["type"] in {"image", "video"} or thumbnail.status_code != 404:
        assert_no_browser_runs(thumbnail, saved=False)
        assert_is_a_thumbnail(thumbnail.content)
