from pathlib import Path

import cv2
import numpy as np
import pytest

from gauntlet.media.vector import rasterise
from gauntlet.render.typography.fitting import FittedText, TextDoesNotFit, fit_text
from gauntlet.render.typography.fonts import FontsUnavailable, font_files
from gauntlet.render.typography.measuring import font_paths, set_line, settable, type_style
from gauntlet.render.typography.svg import line_elements

SAMPLES = {
    "en": "Wake up to something worth getting out of bed for",
    "de": "Donaudampfschifffahrtsgesellschaftskapitänsmütze",
    "es": "Estrena hoy con un 20 % de descuento",
    "ar": "قهوة محمصة طازجة كل صباح خصم 20% من Blue Fox",
    "ar.": "نوافذ كثيرة. ويوم (قصير).",
    "he": "קפה טרי כל בוקר",
    "ja": "毎朝、焙煎したての一杯を。",
    "th": "กาแฟคั่วสดใหม่ทุกเช้า",
    "hi": "हर सुबह ताज़ा कॉफ़ी",
    "ru": "Свежий кофе каждое утро",
}


def fit(
    text: str, language: str, *, size: tuple[float, float] = (800, 400), lines: int = 4, px: float = 110
) -> FittedText:
    return fit_text(
        text, family="Manrope", weight=800, language=language, box_width=size[0], box_height=size[1], max_lines=lines,
        max_px=px, min_px=16, leading=1.06, tracking=-0.02,
    )  # fmt: skip


@pytest.mark.parametrize("language", SAMPLES)
def test_text_fits_its_box_and_keeps_its_words(language: str) -> None:
    fitted = fit(SAMPLES[language], language.strip("."))
    assert fitted.width <= 800
    assert fitted.height <= 400.5
    assert len(fitted.lines) <= 4
    assert fitted.text.replace(" ", "") == SAMPLES[language].replace(" ", "")


@pytest.mark.parametrize("language", SAMPLES)
def test_ink_is_where_it_was_measured(language: str) -> None:
    """The rasteriser draws what HarfBuzz measured, to a pixel, right-to-left runs and emboldened faces included."""
    line = set_line(SAMPLES[language], type_style("Manrope", weight=800, language=language.strip("."), tracking=-0.02))
    px, x, baseline = 40.0, 30.0, 80.0
    width = int(line.width * px) + 80
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="130">'
        f"{line_elements(line, x=x, baseline=baseline, px=px, ink='#000000')}</svg>"
    )
    alpha = rasterise(svg, width=width, height=130, font_files=font_files())[..., 3]
    left, top, w, h = cv2.boundingRect((alpha > 24).astype(np.uint8))
    assert left == pytest.approx(x + line.ink_left * px, abs=2)
    assert left + w == pytest.approx(x + line.ink_right * px, abs=2)
    assert top == pytest.approx(baseline - line.ink_top * px, abs=2)
    assert top + h == pytest.approx(baseline - line.ink_bottom * px, abs=2)


def test_full_stop_of_a_right_to_left_line_stands_at_its_left() -> None:
    line = set_line("ويوم قصير.", type_style("Manrope", weight=800, language="ar"))
    px, baseline = 60.0, 90.0
    width = int(line.width * px) + 40
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="140">'
        f"{line_elements(line, x=20, baseline=baseline, px=px, ink='#000000')}</svg>"
    )
    alpha = rasterise(svg, width=width, height=140, font_files=font_files())[..., 3] > 24
    leftmost = alpha[:, 20 : 20 + int(px * 0.2)]
    rows = np.nonzero(leftmost.any(axis=1))[0]
    assert rows.size > 0
    assert rows.max() - rows.min() < px * 0.25
    assert abs(rows.max() - baseline) < px * 0.1


def test_one_line_is_better_than_a_lonely_word_above_a_long_one() -> None:
    assert [line.text for line in fit("Be remembered.", "en", size=(700, 400), px=126).lines] == ["Be remembered."]


def test_longer_text_is_set_smaller_never_cut() -> None:
    short, long = fit("Fresh coffee", "en"), fit(" ".join(["Fresh coffee"] * 12), "en")
    assert long.font_px < short.font_px
    assert long.text.count("Fresh") == 12


def test_long_word_shrinks_before_it_is_torn() -> None:
    fitted = fit(SAMPLES["de"], "de")
    assert len(fitted.lines) == 1
    torn = fit("W" * 200, "en")
    assert len(torn.lines) > 1
    assert torn.text.replace(" ", "") == "W" * 200


def test_impossible_text_is_refused_with_its_measure() -> None:
    with pytest.raises(TextDoesNotFit, match="does not fit 50 × 20 px") as caught:
        fit("W" * 500, "en", size=(50, 20), lines=1)
    assert caught.value.next_step


def test_emoji_without_a_font_is_left_out() -> None:
    style = type_style("Manrope", weight=800, language="en")
    assert settable("Bring the kids 🎉👩‍💻 along", style) == "Bring the kids along"
    assert settable("🎉🎉", style) == ""
    assert fit("🎉", "en").lines == ()


def test_script_without_a_font_is_named() -> None:
    with pytest.raises(FontsUnavailable, match="HANGUL") as caught:
        fit("안녕하세요", "ko")
    assert "GAUNTLET_RENDER__FONTS_DIR" in (caught.value.next_step or "")


def test_persian_joiners_stay_and_stray_ones_go() -> None:
    style = type_style("Manrope", weight=800, language="fa")
    assert "\u200c" in settable("می\u200cخواهم", style)
    assert settable("a \u200d b\ufeff", style) == "a b"


def test_each_script_is_set_in_a_face_that_has_it() -> None:
    line = set_line("Blue 青い كتاب", type_style("Manrope", weight=800, language="ja"))
    names = {Path(path).name.split("-")[0] for path in font_paths(line)}
    assert names == {"Manrope", "ipaexg.ttf", "FiraGO"}


def test_regular_only_face_is_emboldened_for_headlines_alone() -> None:
    bold = set_line("日本", type_style("Manrope", weight=800, language="ja"))
    plain = set_line("日本", type_style("Manrope", weight=400, language="ja"))
    assert bold.runs[0].embolden > 0
    assert plain.runs[0].embolden == 0


def test_space_between_two_directions_is_only_a_distance() -> None:
    style = type_style("Manrope", weight=800, language="ar")
    assert set_line("", style).width == 0
    assert set_line("ش 1 ش", style).width > set_line("ش1ش", style).width


def test_kerning_is_measured() -> None:
    style = type_style("Manrope", weight=800, language="en")
    assert set_line("AV", style).width < set_line("A", style).width + set_line("V", style).width


def test_markup_in_words_is_escaped() -> None:
    line = set_line('Salt & <b>"Pepper"', type_style("Manrope", weight=800, language="en"))
    svg = line_elements(line, x=0, baseline=10, px=10, ink="#000000")
    assert "&amp;" in svg
    assert "<b>" not in svg
