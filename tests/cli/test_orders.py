"""What `gauntlet make` is asked for is checked before anything is stored."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from gauntlet.cli.orders import AdOrder, check_order, read_brand, read_models
from gauntlet.core.errors import InvalidInput, TooLarge

LIMIT = 1_000
ORDER = AdOrder(
    prompt="An ad for a lamp",
    client="Kvelda",
    assets=(),
    logo=None,
    brand=None,
    homepage=None,
    platform=None,
    duration_s=None,
    aspect=None,
    out=Path("ad.mp4"),
)


@pytest.mark.parametrize("prompt", ["", "  \n\t", "x" * 5_001])
def test_a_prompt_that_is_empty_or_too_long_is_refused(prompt: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_order(replace(ORDER, prompt=prompt), size_limit_bytes=LIMIT)
    assert caught.value.details["field"] == "prompt"
    assert caught.value.next_step


def test_a_prompt_of_exactly_the_limit_is_taken() -> None:
    check_order(replace(ORDER, prompt="x" * 5_000), size_limit_bytes=LIMIT)


@pytest.mark.parametrize("seconds", [0.0, 4.0, 4.999, 180.001, 181.0, -5.0, math.nan, math.inf])
def test_a_duration_outside_5_to_180_is_refused_with_the_limit(seconds: float) -> None:
    with pytest.raises(InvalidInput, match="5 to 180 s"):
        check_order(replace(ORDER, duration_s=seconds), size_limit_bytes=LIMIT)


@pytest.mark.parametrize("seconds", [5.0, 15.0, 180.0])
def test_a_duration_within_the_limits_is_taken(seconds: float) -> None:
    check_order(replace(ORDER, duration_s=seconds), size_limit_bytes=LIMIT)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "lamp.png"
    with pytest.raises(InvalidInput, match=r"lamp\.png"):
        check_order(replace(ORDER, assets=(missing,)), size_limit_bytes=LIMIT)


def test_a_directory_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        check_order(replace(ORDER, logo=tmp_path), size_limit_bytes=LIMIT)


def test_a_file_one_byte_over_the_limit_is_too_large(tmp_path: Path) -> None:
    fits, over = tmp_path / "fits.png", tmp_path / "over.png"
    fits.write_bytes(b"x" * LIMIT)
    over.write_bytes(b"x" * (LIMIT + 1))
    check_order(replace(ORDER, assets=(fits,)), size_limit_bytes=LIMIT)
    with pytest.raises(TooLarge) as caught:
        check_order(replace(ORDER, assets=(fits, over)), size_limit_bytes=LIMIT)
    assert caught.value.details["value"] == LIMIT + 1


@pytest.mark.parametrize("name", ["ad.mov", "ad", "ad.mp4.txt"])
def test_an_output_that_is_no_mp4_is_refused_with_a_name_that_would_do(name: str) -> None:
    with pytest.raises(InvalidInput, match=r"\.mp4") as caught:
        check_order(replace(ORDER, out=Path(name)), size_limit_bytes=LIMIT)
    assert caught.value.next_step is not None
    assert ".mp4" in caught.value.next_step


def test_an_output_under_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InvalidInput, match="cannot be written"):
        check_order(replace(ORDER, out=tmp_path / "file" / "ad.mp4"), size_limit_bytes=LIMIT)


def test_an_output_in_a_new_directory_is_taken(tmp_path: Path) -> None:
    check_order(replace(ORDER, out=tmp_path / "new" / "deeper" / "ad.mp4"), size_limit_bytes=LIMIT)


def test_brand_guidelines_are_read_in_the_apis_spelling(tmp_path: Path) -> None:
    path = tmp_path / "brand.json"
    path.write_text(json.dumps({"colours": [{"hex": "#c4532f", "role": "primary"}], "headingFont": "Manrope"}))
    brand = read_brand(path)
    assert brand.colours[0].hex == "#C4532F"
    assert brand.heading_font == "Manrope"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"colours": [{"hex": "terracotta"}]}', "colours.0.hex"),
        ('{"colors": []}', "colors"),
        ("[]", "BrandGuidelines"),
        ("{", "brand.json"),
        ("\udcff", "brand.json"),
    ],
)
def test_a_brand_file_with_a_fault_is_refused_naming_it(text: str, named: str, tmp_path: Path) -> None:
    path = tmp_path / "brand.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InvalidInput, match=named):
        read_brand(path)


def test_models_are_named_for_all_scenes_and_for_single_ones() -> None:
    models = read_models(
        planner="built-in",
        image=["maker/pictures", "3=maker/paintings"],
        motion=["3=maker/motion", "1=maker/motion"],
        music="maker/music",
    )
    assert models.model_dump(mode="json", by_alias=True, exclude_none=True) == {
        "brief": "built_in",
        "image": {"model": "maker/pictures", "inputs": {}},
        "music": {"model": "maker/music", "inputs": {}},
        "scenes": [
            {"scene": 1, "motion": {"model": "maker/motion", "inputs": {}}},
            {
                "scene": 3,
                "image": {"model": "maker/paintings", "inputs": {}},
                "motion": {"model": "maker/motion", "inputs": {}},
            },
        ],
    }
    assert read_models(planner=None).brief == "hosted"
    assert not read_models(planner=None).wants_media


@pytest.mark.parametrize(
    ("image", "named"),
    [
        (["third=maker/pictures"], "third=maker/pictures"),
        (["9=maker/pictures"], "scene"),
        (["2=maker/pictures", "2=maker/paintings"], "two models for scene 2"),
        (["maker/pictures", "maker/paintings"], "two models for all scenes"),
        (["no model"], "image.model"),
        (["2="], "model"),
    ],
)
def test_model_that_cannot_be_read_is_refused_by_name(image: list[str], named: str) -> None:
    with pytest.raises(InvalidInput, match=named):
        read_models(planner=None, image=image)
