import subprocess
import sys
from pathlib import Path

import pytest

from gauntlet.render.typography import fonts
from gauntlet.render.typography.fonts import FontsUnavailable, catalogue, default_catalogue, family_stack, font_files


def test_every_font_file_exists_and_is_a_font() -> None:
    files = font_files()
    assert len(files) >= 15
    assert all(path.is_file() and path.suffix in {".ttf", ".otf"} for path in files)
    assert all(fonts.read_face(path) for path in files)


def test_finding_fonts_does_not_import_matplotlib() -> None:
    code = (
        "import sys; from gauntlet.render.typography.fonts import font_files; font_files(); "
        "assert not any(name.startswith('matplotlib') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("wished", "family"),
    [
        ("Manrope", "Manrope"),
        ("source serif pro", "Source Serif Pro"),
        ("Playfair Display", "Source Serif Pro"),
        ("Helvetica Neue", "Roboto"),
        ("Nunito Rounded", "Fredoka One"),
        ("Open Sans", "Source Sans Pro"),
        ("Some Sans Serif", "Manrope"),
        ("Unheard Of", "Manrope"),
        ("", "Manrope"),
    ],
)
def test_brand_font_comes_out_as_its_nearest_relative(wished: str, family: str) -> None:
    assert default_catalogue().resolve(wished) == family


def test_nearest_weight_prefers_the_heavier_of_two() -> None:
    face = default_catalogue().nearest("Roboto", 600)
    assert face is not None
    assert face.weight == 700
    assert default_catalogue().weights("FiraGO") == (400, 700)


@pytest.mark.parametrize(
    ("language", "first"), [("en", "Manrope"), ("ar", "FiraGO"), ("ja", "Manrope"), ("th", "FiraGO")]
)
def test_stack_starts_with_what_suits_the_language(language: str, first: str) -> None:
    stack = family_stack("Manrope", language)
    assert stack[0] == first
    assert {"Manrope", "FiraGO", "IPAexGothic"} <= set(stack)
    assert len(stack) == len(set(stack))


def test_extra_folder_adds_families(tmp_path: Path) -> None:
    source = next(path for path in font_files() if path.name.startswith("Roboto-Bold"))
    (tmp_path / "own.ttf").write_bytes(source.read_bytes())
    (tmp_path / "notes.txt").write_text("no font")
    (tmp_path / "broken.ttf").write_bytes(b"not a font at all")
    found = catalogue(tmp_path)
    assert found.extra_families == ("Roboto",)
    assert tmp_path / "own.ttf" in font_files(tmp_path)
    assert tmp_path / "broken.ttf" not in font_files(tmp_path)


def test_missing_package_is_named_with_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_PACKAGED", (("font_of_nobody", "Nobody", ("Regular",)),))
    with pytest.raises(FontsUnavailable, match="font_of_nobody") as caught:
        catalogue()
    assert caught.value.next_step


def test_unpacked_fonts_are_written_whole_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    fonts._cache_dir.cache_clear()  # pyright: ignore[reportPrivateUsage] # the cache's place is chosen once a process
    try:
        first = catalogue()
        written = sorted((tmp_path / "gauntlet" / "fonts").iterdir())
        stamps = [path.stat().st_mtime_ns for path in written]
        assert [path.suffix for path in written] == [".ttf", ".ttf"]
        assert catalogue() == first
        assert [path.stat().st_mtime_ns for path in sorted((tmp_path / "gauntlet" / "fonts").iterdir())] == stamps
    finally:
        fonts._cache_dir.cache_clear()  # pyright: ignore[reportPrivateUsage] # as above
