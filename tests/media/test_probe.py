import numpy as np
import pytest

from gauntlet.core.creative.colour import rgb
from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.rasters import read_header
from tests import pictures
from tests.media.looking import facts_of, look, rendition_of, thumbnail_of
from tests.pictures import SVG, Kind, encoded, scene

KINDS: tuple[Kind, ...] = ("jpg", "png", "webp", "gif")


def near(one: str, other: tuple[int, int, int], *, tolerance: int = 12) -> bool:
    return max(abs(a - b) for a, b in zip(rgb(one), other, strict=True)) <= tolerance


@pytest.mark.parametrize("kind", KINDS)
def test_format_and_size_are_told_by_content(kind: Kind) -> None:
    facts = facts_of(encoded(scene(), kind))

    assert (facts.format, facts.width, facts.height) == (kind, 300, 200)
    assert (facts.orientation, facts.frames, facts.has_alpha) == (1, 1, False)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied_to_size_and_focus(orientation: int) -> None:
    # The stored disc is at the left middle; where it is when upright follows from EXIF 2.3, tag 274.
    upright = {
        1: (0.25, 0.5),
        2: (0.75, 0.5),
        3: (0.75, 0.5),
        4: (0.25, 0.5),
        5: (0.5, 0.25),
        6: (0.5, 0.25),
        7: (0.5, 0.75),
        8: (0.5, 0.75),
    }
    facts = facts_of(encoded(scene(), "jpg", orientation=orientation))

    assert (facts.width, facts.height) == ((300, 200) if orientation < 5 else (200, 300))
    assert facts.orientation == orientation
    assert facts.focus == pytest.approx(upright[orientation], abs=0.06)


def test_thumbnail_of_a_turned_picture_is_upright() -> None:
    small = pictures.decoded(thumbnail_of(encoded(scene(), "jpg", orientation=6), size=150))

    assert small.shape[:2] == (150, 100)
    assert small[37, 50, 0] > 150 > 80 > small[112, 50, 0]


@pytest.mark.parametrize("kind", KINDS)
def test_thumbnail_is_webp_and_never_stretched_nor_enlarged(kind: Kind) -> None:
    data = encoded(scene(400, 100), kind)

    small = thumbnail_of(data, size=200)
    assert small[:4] == b"RIFF"
    assert small[8:12] == b"WEBP"
    assert pictures.decoded(small).shape[:2] == (50, 200)
    assert pictures.decoded(thumbnail_of(data, size=2000)).shape[:2] == (100, 400)


def test_transparency_is_seen_and_kept() -> None:
    data = encoded(pictures.cut_out(), "png")

    facts = facts_of(data)
    small = pictures.decoded(thumbnail_of(data, size=100))

    assert facts.has_alpha
    assert facts.dominant_colours == ("#1EA05A",)
    assert facts.focus == pytest.approx((0.7, 0.7), abs=0.01)
    assert small[5, 5, 3] == 0
    assert small[70, 70, 3] == 255


def test_an_alpha_channel_that_hides_nothing_is_not_transparency() -> None:
    opaque = np.dstack([scene(), np.full((200, 300), 255, dtype=np.uint8)])

    assert not facts_of(encoded(opaque, "png")).has_alpha


def test_colours_are_told_by_share() -> None:
    thirds = np.zeros((90, 100, 3), dtype=np.uint8)
    thirds[:50] = (250, 240, 220)
    thirds[50:80] = (20, 40, 120)
    thirds[80:] = (230, 60, 40)

    assert facts_of(encoded(thirds, "png")).dominant_colours == ("#FAF0DC", "#142878", "#E63C28")


def test_shades_of_one_colour_are_one_colour() -> None:
    facts = facts_of(encoded(scene(), "png"))

    assert len(facts.dominant_colours) == 2
    assert near(facts.dominant_colours[0], (40, 70, 93))
    assert near(facts.dominant_colours[1], (228, 87, 46))


@pytest.mark.parametrize("at", [(0.25, 0.3), (0.7, 0.65), (0.5, 0.5), (0.8, 0.25)])
def test_focus_is_where_the_thing_is(at: tuple[float, float]) -> None:
    assert facts_of(encoded(scene(at=at), "png")).focus == pytest.approx(at, abs=0.06)


def test_focus_of_a_flat_colour_is_the_middle() -> None:
    flat = np.full((50, 80, 3), 128, dtype=np.uint8)

    assert facts_of(encoded(flat, "png")).focus == (0.5, 0.5)


def test_frames_are_counted_and_the_first_is_shown() -> None:
    data = pictures.animated_gif(3)

    facts = facts_of(data)

    assert (facts.width, facts.height, facts.frames) == (64, 48, 3)
    assert pictures.decoded(thumbnail_of(data, size=480)).shape[:2] == (48, 64)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (3, 2)])
def test_tiny_and_thin_pictures_have_facts_and_thumbnails(size: tuple[int, int]) -> None:
    data = encoded(pictures.noise(*size), "png")

    facts = facts_of(data)

    assert (facts.width, facts.height) == size
    assert all(0 <= part <= 1 for part in facts.focus)
    assert thumbnail_of(data, size=100)


def test_grey_and_sixteen_bit_pictures_are_taken() -> None:
    grey = np.tile(np.arange(200, dtype=np.uint8), (100, 1))
    deep = np.tile(np.linspace(0, 65535, 200, dtype=np.uint16), (100, 1))

    for pixels in (grey, deep):
        data = pictures.encoded(pixels, "png")  # pyright: ignore[reportArgumentType] # one band, or 16 bits, on purpose
        assert facts_of(data).width == 200
        assert pictures.decoded(thumbnail_of(data, size=100)).shape[1] == 100


def test_thirty_thousand_square_is_refused_by_its_header_naming_the_limit() -> None:
    with pytest.raises(TooLarge, match=r"30000 × 30000.*900 megapixels.*100 megapixels") as caught:
        facts_of(pictures.huge_png())
    assert caught.value.details == {"field": "file", "value": 900_000_000, "limit": 100_000_000}


def test_a_header_without_pixels_is_refused_for_its_size_all_the_same() -> None:
    with pytest.raises(TooLarge):
        facts_of(pictures.huge_png()[:33])


@pytest.mark.parametrize("kind", KINDS)
def test_pixel_limit_holds_for_every_format(kind: Kind) -> None:
    with pytest.raises(TooLarge):
        look(encoded(scene(300, 200), kind), InspectionLimits(pixel_limit=59_999))
    assert look(encoded(scene(300, 200), kind), InspectionLimits(pixel_limit=60_000)).width == 300


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_truncated_files_are_refused(kind: Kind, share: float) -> None:
    data = encoded(pictures.noise(), kind)

    with pytest.raises(InvalidInput) as caught:
        facts_of(data[: int(len(data) * share)])
    assert caught.value.next_step
    assert not isinstance(caught.value, TooLarge)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "an empty file"),
        (b"just words", "text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "MP4"),
        (b"\x7fELF\x02\x01\x01" + bytes(50), "ELF"),
        (bytes(range(200, 256)) * 10, "unknown data"),
        (b"II*\x00\x08\x00\x00\x00" + bytes(100), "TIF"),
    ],
)
def test_other_content_is_no_raster_and_refused_by_name(data: bytes, kind: str) -> None:
    with pytest.raises(UnsupportedMedia, match=f"content is {kind}"):
        read_header(data)


def test_a_wholly_transparent_picture_is_refused() -> None:
    with pytest.raises(InvalidInput, match="transparent"):
        facts_of(encoded(np.zeros((20, 20, 4), dtype=np.uint8), "png"))


def test_svg_has_its_own_size_and_is_drawn_for_colours() -> None:
    facts = facts_of(SVG)

    assert (facts.format, facts.width, facts.height, facts.has_alpha) == ("svg", 300, 200, True)
    assert facts.dominant_colours == ("#E4572E",)
    assert facts.focus == pytest.approx((0.25, 0.5), abs=0.01)


def test_svg_is_drawn_sharp_at_any_size() -> None:
    large = pictures.decoded(rendition_of(SVG, longest_px=2048))
    small = pictures.decoded(thumbnail_of(SVG, size=120))

    assert max(large.shape[:2]) == pytest.approx(2048, abs=3)
    assert large.shape[1] / large.shape[0] == pytest.approx(1.5, rel=0.002)
    assert small.shape == (80, 120, 4)
    assert small[40, 30, 3] == 255
    assert small[5, 5, 3] == 0


@pytest.mark.parametrize("size", ["1000 1", "1 1000", "999 10"])
def test_thin_svg_is_drawn_unstretched(size: str) -> None:
    width, height = (int(side) for side in size.split())
    data = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"><rect width="{width}" height="{height}"/></svg>'
    )

    drawn = pictures.decoded(rendition_of(data.encode(), longest_px=200))

    assert drawn.shape[1] / drawn.shape[0] == pytest.approx(width / height, rel=0.05)


def test_svg_of_thirty_thousand_square_is_refused() -> None:
    with pytest.raises(TooLarge, match="30000 × 30000"):
        facts_of(b'<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"><path d="M0 0h9v9z"/></svg>')


def test_a_harmless_svg_is_kept_byte_for_byte() -> None:
    assert look(SVG).replacement is None


def test_the_same_picture_always_has_the_same_facts() -> None:
    data = encoded(pictures.noise(), "png")

    assert facts_of(data) == facts_of(data)
