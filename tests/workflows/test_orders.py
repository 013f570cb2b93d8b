"""What storyboards order from models: by step and scene, kept over edits that do not concern it."""

from uuid import UUID, uuid4

import pytest
from pydantic import JsonValue

from gauntlet.core.creative.brief import CameraMovement
from gauntlet.core.creative.storyboard import Bed, FootageCut, MediaOrder, StoryboardContent
from gauntlet.core.errors import InvalidInput
from gauntlet.core.generation import ModelChoice, ModelKind
from gauntlet.core.ids import Digest
from gauntlet.domain.jobs.schemas import ModelChoices
from gauntlet.providers.local.planner.refinement import reorder, with_scene
from gauntlet.providers.predictions import ModelCard
from gauntlet.workflows.orders import OrderBook, order_key, renewed, with_image, with_motion, with_music, with_orders
from gauntlet.workflows.plans import recast
from tests.making import Cards
from tests.render.layout.filmset import PANEL, make_brief, storyboard

CLIENT = uuid4()
DRAWN = ModelChoice(model="maker/pictures")
MOVED = ModelChoice(model="maker/motion")
PLAYED = ModelChoice(model="maker/music")


def _card(model: str, kind: ModelKind, *names: str) -> ModelCard:
    properties = {name: {"type": "string", **({"format": "uri"} if name == "image" else {})} for name in names}
    return ModelCard.model_validate(
        {
            "id": model,
            "provider": "replicate",
            "kind": kind,
            "title": model,
            "input_schema": {"type": "object", "properties": properties},
        }
    )


@pytest.fixture
def book() -> OrderBook:
    cards = {
        "maker/pictures": _card("maker/pictures", ModelKind.TEXT_TO_IMAGE, "prompt", "style"),
        "maker/motion": _card("maker/motion", ModelKind.IMAGE_TO_VIDEO, "prompt", "image"),
        "maker/music": _card("maker/music", ModelKind.TEXT_TO_MUSIC, "prompt"),
    }
    return OrderBook(Cards(more=cards).find)


def _content() -> StoryboardContent:
    brief = make_brief()
    return storyboard(brief).model_copy(update={"sources": tuple(PANEL for _ in brief.scenes)})


async def _ordered(book: OrderBook, content: StoryboardContent, **models: object) -> StoryboardContent:
    return await with_orders(content, ModelChoices.model_validate(models), book=book, client_id=CLIENT)


async def test_model_for_all_scenes_draws_all_but_the_end_card_and_what_shows_the_client_s_pictures(
    book: OrderBook,
) -> None:
    content = storyboard(make_brief())
    made = await _ordered(book, content, image=DRAWN)
    kinds = [source.kind for source in made.sources]
    expected = ["generated" if source.kind == "panel" else source.kind for source in content.sources[:-1]]
    assert kinds == [*expected, content.sources[-1].kind]
    assert made.awaited == tuple(
        number for number, source in enumerate(content.sources[:-1], start=1) if source.kind == "panel"
    )


async def test_scene_that_is_named_gets_its_own_model_whatever_it_would_show(book: OrderBook) -> None:
    made = await _ordered(book, storyboard(make_brief()), scenes=[{"scene": 1, "image": DRAWN, "motion": MOVED}])
    first = made.sources[0]
    assert (first.kind, first.image.choice if first.image else None) == ("generated", DRAWN)
    assert first.motion is not None
    assert first.motion.picture_input == "image"
    assert made.brief.scenes[0].asset_id is None


async def test_built_in_models_without_inputs_are_the_compositor_itself(book: OrderBook) -> None:
    content = _content()
    made = await _ordered(
        book,
        content,
        image={"model": "gauntlet/panel"},
        motion={"model": "gauntlet/motion"},
        music={"model": "gauntlet/bed"},
    )
    assert made == content


async def test_choices_that_fit_nothing_are_told_as_warnings(book: OrderBook) -> None:
    content, film = _content(), uuid4()
    scenes = [{"scene": 8, "image": DRAWN}, {"scene": 1, "motion": MOVED}]
    shown = content.sources[0].model_copy(update={"kind": "asset", "asset_id": film})
    bed = Bed(asset_id=uuid4(), digest=Digest("a" * 64), name="tune.mp3", duration_ms=9_000)
    content = content.model_copy(update={"sources": (shown, *content.sources[1:]), "bed": bed})
    models = ModelChoices.model_validate({"scenes": scenes, "music": PLAYED})
    made = await with_orders(content, models, book=book, client_id=CLIENT, films={film})
    said = [warning.message for warning in made.brief.warnings if warning.code == "model_not_used"]
    assert len(said) == 3
    assert (made.music, made.sources[0].motion) == (None, None)


@pytest.mark.parametrize("file", ["https://maker.example/a.png", "http://10.0.0.1/a.png", {"assetId": str(uuid4())}])
async def test_file_among_a_scenes_inputs_is_refused_before_anything_is_ordered(
    book: OrderBook, file: JsonValue
) -> None:
    motion = ModelChoice(model="maker/motion", inputs={"image": file})
    with pytest.raises(InvalidInput, match=r"The input image of maker/motion is a file.*own picture") as refused:
        await book.check_choices(ModelChoices(motion=motion), make_brief(), client_id=CLIENT)
    assert refused.value.details["field"] == "inputs.image"


async def test_model_of_another_kind_is_refused_by_name(book: OrderBook) -> None:
    for models in ({"image": PLAYED}, {"motion": DRAWN}, {"music": MOVED}):
        with pytest.raises(InvalidInput, match="is of kind"):
            await book.check_choices(ModelChoices.model_validate(models), make_brief(), client_id=CLIENT)


async def test_orders_go_with_their_scenes_and_only_what_says_something_else_is_ordered_anew(book: OrderBook) -> None:
    before = await _ordered(book, _content(), image=DRAWN, motion=MOVED)
    count = len(before.brief.scenes)
    places = [1, 0, *range(2, count)]
    turned = recast(before, reorder(before.brief, tuple(place + 1 for place in places)), pictures={}, origins=places)
    turned = await renewed(before, turned, origins=places, book=book, client_id=CLIENT)
    assert turned.sources[0].image == before.sources[1].image
    brief = with_scene(before.brief, 2, generation_prompt="Another picture", camera_movement=CameraMovement.PAN_LEFT)
    changed = recast(before, brief, pictures={}, origins=list(range(count)))
    changed = await renewed(before, changed, origins=list(range(count)), book=book, client_id=CLIENT)
    anew = [place for place in range(count) if changed.sources[place].image != before.sources[place].image]
    moved_anew = [place for place in range(count) if changed.sources[place].motion != before.sources[place].motion]
    assert (anew, moved_anew) == ([1], [1])


async def test_same_model_once_more_is_another_take_and_another_one_is_not(book: OrderBook) -> None:
    content = await with_image(_content(), 0, DRAWN, book=book, client_id=CLIENT)
    again = await with_image(content, 0, DRAWN, book=book, client_id=CLIENT)
    styled = ModelChoice(model=DRAWN.model, inputs={"style": "ink"})
    other = await with_image(again, 0, styled, book=book, client_id=CLIENT)
    takes = [one.sources[0].image.take for one in (content, again, other) if one.sources[0].image]
    assert takes == [1, 2, 1]
    keys = {order_key(one.sources[0].image) for one in (content, again, other) if one.sources[0].image}
    assert len(keys) == 3


async def test_film_is_not_moved_and_the_client_s_music_not_replaced(book: OrderBook) -> None:
    content = _content()
    bed = Bed(asset_id=UUID(int=1), digest=Digest("a" * 64), name="tune.mp3", duration_ms=9_000)
    with pytest.raises(InvalidInput, match="own music"):
        await with_music(content.model_copy(update={"bed": bed}), PLAYED, book=book, client_id=CLIENT)
    cut = FootageCut(film_ms=9_000, start_ms=0, length_ms=2_000)
    filmed = content.sources[0].model_copy(update={"kind": "asset", "picture_digest": Digest("b" * 64), "cut": cut})
    content = content.model_copy(update={"sources": (filmed, *content.sources[1:])})
    with pytest.raises(InvalidInput, match="moves already"):
        await with_motion(content, 0, MOVED, book=book, client_id=CLIENT)


def test_key_of_an_order_is_of_what_is_asked_and_of_the_picture_it_begins_with() -> None:
    order = MediaOrder(choice=MOVED, kind=ModelKind.IMAGE_TO_VIDEO, inputs={"prompt": "x"}, picture_input="image")
    keys = {
        order_key(order, picture="a"),
        order_key(order, picture="b"),
        order_key(order.model_copy(update={"inputs": {"prompt": "y"}}), picture="a"),
        order_key(order.model_copy(update={"take": 2}), picture="a"),
    }
    assert len(keys) == 4
    assert order_key(order, picture="a") == order_key(order.model_copy(), picture="a")
