import re

import pytest
from pydantic import SecretStr

from gauntlet.core.creative.brand import CampaignBrief
from gauntlet.core.settings import HostedSettings
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.llm.answers import answer_key, digest_of
from gauntlet.providers.llm.contract import Revision
from gauntlet.providers.llm.links import chain_of
from gauntlet.providers.local.planner.planner import BuiltInPlanner
from tests.providers.llm.scripted import PROMPT, link

REQUEST = PlanRequest(prompt=PROMPT)


def test_the_same_question_has_the_same_key_whoever_pays() -> None:
    assert answer_key(REQUEST, link(key="a")) == answer_key(REQUEST, link(key="b", timeout_s=1))
    assert re.fullmatch("[0-9a-f]{64}", answer_key(REQUEST, link()))


@pytest.mark.parametrize(
    "other",
    [
        answer_key(REQUEST.model_copy(update={"prompt": PROMPT + "!"}), link()),
        answer_key(REQUEST.model_copy(update={"campaign": CampaignBrief(do_not_mention=("sugar",))}), link()),
        answer_key(REQUEST, link("openai")),
        answer_key(REQUEST, link().model_copy(update={"model": "another/model"})),
        answer_key(REQUEST, link().model_copy(update={"base_url": "https://elsewhere.example"})),
        answer_key(REQUEST, link(), prompt_version=99),
        answer_key(REQUEST, link(), schema_version=99),
        answer_key(REQUEST, link(), references=[digest_of(b"picture")]),
    ],
)
def test_whatever_the_answer_depends_on_changes_the_key(other: str) -> None:
    assert other != answer_key(REQUEST, link())


def test_changes_of_a_brief_have_keys_of_their_own() -> None:
    brief = BuiltInPlanner().plan(REQUEST).brief
    keys = {
        answer_key(Revision(brief=brief, instruction=words, scene_number=scene, context=REQUEST), link())
        for words in ("calmer", "louder")
        for scene in (None, 1, 2)
    }
    assert len(keys | {answer_key(REQUEST, link())}) == 7


def test_the_chain_has_a_link_for_each_key_in_the_order_of_asking() -> None:
    settings = HostedSettings(language_timeout_s=7)
    links = chain_of(settings, {"anthropic": SecretStr("a"), "openrouter": SecretStr("o"), "openai": None})
    assert [(one.provider, one.timeout_s) for one in links] == [("openrouter", 7), ("anthropic", 7)]
    assert "SecretStr('**********')" in repr(links[0])
