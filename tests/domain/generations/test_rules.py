import itertools

import pytest

from gauntlet.core.errors import Conflict
from gauntlet.core.generation import PREDICTION_ENDED, PredictionStatus
from gauntlet.domain.costs.schemas import IntentStatus
from gauntlet.domain.generations import rules
from gauntlet.domain.generations.rules import RETRYABLE, WORKING, GenerationStatus


def test_every_state_says_how_to_go_on() -> None:
    assert all(rules.how_to_go_on(status.value) for status in GenerationStatus)


def test_what_is_paused_is_mended_and_then_retried_where_its_type_is() -> None:
    told = rules.to_go_on(7, type_="video", mend="Let an editor raise the budget.")
    assert told == "Let an editor raise the budget. To go on, retry it with POST /api/v2/videos/7/retry."
    assert rules.to_go_on(7, type_="image", mend=None) == "To go on, retry it with POST /api/v2/images/7/retry."


def test_what_is_seen_or_canceled_stays_so() -> None:
    for status in GenerationStatus:
        assert not rules.may_follow(status, after=GenerationStatus.SUCCEEDED)
        assert not rules.may_follow(status, after=GenerationStatus.CANCELED)


def test_only_what_is_at_work_succeeds_and_whatever_is_not_over_can_be_canceled() -> None:
    before = {status for status in GenerationStatus if rules.may_follow(GenerationStatus.SUCCEEDED, after=status)}
    assert before == {GenerationStatus.RUNNING}
    for status in WORKING | {GenerationStatus.PAUSED, GenerationStatus.AMBIGUOUS}:
        assert rules.may_follow(GenerationStatus.CANCELED, after=status)


@pytest.mark.parametrize("words", list(itertools.permutations(PredictionStatus, 3)))
def test_whatever_the_order_of_words_an_end_that_was_heard_stays(words: tuple[PredictionStatus, ...]) -> None:
    known: PredictionStatus | None = None
    for word in words:
        if rules.is_newer(word, than=known):
            known = word
    ends = [word for word in words if word in PREDICTION_ENDED]
    assert known == (
        ends[0] if ends else PredictionStatus.PROCESSING if PredictionStatus.PROCESSING in words else words[0]
    )


def test_a_retry_is_refused_while_nobody_knows_whether_it_was_charged() -> None:
    for status in RETRYABLE:
        rules.require_retryable(generation_id=7, type_="image", status=status, intent_status=IntentStatus.RELEASED)
        with pytest.raises(Conflict, match="not known whether the image 7 was charged"):
            rules.require_retryable(generation_id=7, type_="image", status=status, intent_status=IntentStatus.AMBIGUOUS)
    with pytest.raises(Conflict, match="is succeeded; it cannot be retried"):
        rules.require_retryable(
            generation_id=7, type_="video", status=GenerationStatus.SUCCEEDED, intent_status=IntentStatus.SETTLED
        )


def test_runs_of_one_attempt_have_one_intent_and_workflows_of_their_own() -> None:
    assert rules.intent_key(7, attempt=1) != rules.intent_key(7, attempt=2)
    assert rules.workflow_id(7, run=1) != rules.workflow_id(7, run=2)
