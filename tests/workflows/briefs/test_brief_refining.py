"""Changes of briefs in words, and who may see and make them."""

import pytest

from gauntlet.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.briefs.schemas import BriefRefinement
from gauntlet.domain.clients.schemas import Client, MemberDraft
from gauntlet.domain.clients.service import ClientService
from tests.hosted import Fakes
from tests.workflows.brief_studio import (
    ALL,
    BriefStudio,
    asked,
    intents,
)


async def test_refining_a_scene_makes_a_version_and_says_what_changed(
    plain: BriefStudio, ana: Principal, acme: Client
) -> None:
    brief = await plain.desk.create(ana, asked(acme))
    wish = BriefRefinement(instruction='Headline: "Read on"', scene=2, version=1)
    refined = await plain.desk.refine(ana, brief.id, wish)
    assert (refined.version, refined.status) == (2, "ready")
    assert refined.diff is not None
    assert [change.field for change in refined.diff.changes] == ["scenes.2.overlayText"]
    assert "Read on" in refined.diff.changes[0].text
    assert (await plain.service.get(ana, brief.id, version=1)).content == brief.content
    versions, total = await plain.service.versions(ana, brief.id, page=ALL)
    assert [(version.version, version.change) for version in versions] == [
        (2, 'Scene 2: Headline: "Read on"'),
        (1, "Planned from the prompt"),
    ]
    assert total == 2


async def test_refining_the_whole_brief_is_done_by_a_language_model_and_paid_for(
    hosted: BriefStudio, ana: Principal, acme: Client, fakes: Fakes
) -> None:
    brief = await hosted.desk.create(ana, asked(acme))
    refined = await hosted.desk.refine(ana, brief.id, BriefRefinement(instruction="Make it all more dramatic."))
    assert refined.version == 2
    assert refined.diff is not None
    assert refined.cost_microusd == sum(charge.amount_microusd for charge in fakes.charges)
    assert len(fakes.charges) == 2
    assert {intent.purpose for intent in await intents(hosted.database)} == {"brief", "refine"}


async def test_change_that_is_not_understood_is_told_and_leaves_the_brief_as_it_was(
    plain: BriefStudio, ana: Principal, acme: Client
) -> None:
    brief = await plain.desk.create(ana, asked(acme))
    for wish in (
        BriefRefinement(instruction="flurb the gnarl", scene=1),
        BriefRefinement(instruction="shorter", scene=8),
        BriefRefinement(instruction="Make it all more dramatic."),
    ):
        with pytest.raises(InvalidInput):
            await plain.desk.refine(ana, brief.id, wish)
    after = await plain.service.get(ana, brief.id)
    assert (after.version, after.status, after.content) == (1, "ready", brief.content)


async def test_change_to_an_old_version_and_to_one_that_is_being_planned_is_refused(
    plain: BriefStudio, ana: Principal, acme: Client
) -> None:
    brief = await plain.desk.create(ana, asked(acme))
    await plain.desk.refine(ana, brief.id, BriefRefinement(instruction='Headline: "Read on"', scene=2))
    with pytest.raises(Conflict, match="is at version 2; the change was made to version 1"):
        await plain.desk.refine(ana, brief.id, BriefRefinement(instruction="longer", scene=2, version=1))
    plain.engine.is_held = True
    await plain.service.refine(ana, brief.id, BriefRefinement(instruction="longer", scene=2))
    with pytest.raises(Conflict, match="A planner is at work"):
        await plain.desk.refine(ana, brief.id, BriefRefinement(instruction="longer", scene=3))


async def test_strangers_find_nothing_and_viewers_change_nothing(
    plain: BriefStudio, ana: Principal, eve: Principal, acme: Client, clients: ClientService
) -> None:
    brief = await plain.desk.create(ana, asked(acme))
    wish = BriefRefinement(instruction="shorter", scene=1)
    for attempt in (
        plain.service.get(eve, brief.id),
        plain.service.versions(eve, brief.id, page=ALL),
        plain.service.diff(eve, brief.id),
        plain.desk.refine(eve, brief.id, wish),
        plain.desk.retry(eve, brief.id),
        plain.desk.create(eve, asked(acme)),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await plain.service.list(eve, page=ALL) == ([], 0)
    await clients.members.add(ana, acme.id, MemberDraft(email=eve.email, role="viewer"))
    assert (await plain.service.list(eve, page=ALL))[1] == 1
    for attempt in (plain.desk.refine(eve, brief.id, wish), plain.desk.create(eve, asked(acme))):
        with pytest.raises(NotAllowed):
            await attempt
