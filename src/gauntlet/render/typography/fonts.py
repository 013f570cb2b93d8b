"""The font catalogue: which faces there are, where their files lie, and which of them a language is set in."""

import functools
import hashlib
import importlib
import importlib.util
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gauntlet.core.errors import GauntletError
from gauntlet.render.typography.harfbuzz import face_facts

DEFAULT_FAMILY: Final = "Manrope"
WORLD_FAMILY: Final = "FiraGO"
JAPANESE_FAMILY: Final = "IPAexGothic"

_PACKAGED: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("font_manrope", "Manrope", ("Regular", "Medium", "SemiBold", "Bold", "ExtraBold")),
    ("font_roboto", "Roboto", ("Regular", "Medium", "Bold", "Black")),
    ("font_source_sans_pro", "SourceSansPro", ("Regular", "Semibold", "Bold", "Black")),
    ("font_source_serif_pro", "SourceSerifPro", ("Regular", "Semibold", "Bold", "Black")),
    ("font_fredoka_one", "FredokaOne", ("Regular",)),
)
_WORLD_MODULES: Final = ("FiraGO_Regular", "FiraGO_Bold")

_STARTS_WITH_WORLD: Final = frozenset({"ar", "fa", "ur", "he", "yi", "hi", "mr", "ne", "th"})
"""Languages whose digits and Latin words should come from the same design as their script."""

_LOOKS_LIKE_SERIF: Final = ("serif", "garamond", "times", "georgia", "playfair", "baskerville", "didot", "bodoni",
                            "caslon", "lora", "merriweather", "cormorant", "minion", "roman")  # fmt: skip
_LOOKS_LIKE_ROUND: Final = ("round", "fredoka", "nunito", "quicksand", "baloo", "comic", "bubble", "varela")
_LOOKS_LIKE_NEUTRAL: Final = ("helvetica", "arial", "inter", "roboto", "univers", "san francisco", "system")
_LOOKS_LIKE_HUMANIST: Final = ("source sans", "open sans", "lato", "frutiger", "myriad", "noto sans", "calibri")


class FontsUnavailable(GauntletError):
    """A font that the program ships with cannot be found or read."""

    code = "fonts_unavailable"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: its family as resvg knows it, its weight (100 to 900), where it lies."""

    family: str
    weight: int
    path: Path


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All faces that type may be set in."""

    faces: tuple[Face, ...]
    extra_families: tuple[str, ...] = ()

    @property
    def families(self) -> tuple[str, ...]:
        """Family names in order of discovery."""
        return tuple(dict.fromkeys(face.family for face in self.faces))

    def weights(self, family: str) -> tuple[int, ...]:
        """Return the weights that `family` has, ascending."""
        return tuple(sorted({face.weight for face in self.faces if face.family == family}))

    def nearest(self, family: str, weight: int) -> Face | None:
        """Return the family's face whose weight is nearest (the heavier one of two), or None."""
        own = [face for face in self.faces if face.family == family]
        return min(own, key=lambda face: (abs(face.weight - weight), -face.weight)) if own else None

    def resolve(self, wished: str) -> str:
        """Return the catalogue's family that comes nearest to a brand's font name."""
        name = wished.strip().lower()
        for family in self.families:
            if family.lower().replace(" ", "") == name.replace(" ", "").replace("-", ""):
                return family
        for marks, family in (
            (_LOOKS_LIKE_HUMANIST, "Source Sans Pro"),
            (_LOOKS_LIKE_NEUTRAL, "Roboto"),
            (_LOOKS_LIKE_ROUND, "Fredoka One"),
            (_LOOKS_LIKE_SERIF, "Source Serif Pro"),
        ):
            if any(mark in name for mark in marks) and "sans serif" not in name and family in self.families:
                return family
        return DEFAULT_FAMILY


def catalogue(extra_dir: Path | None = None) -> Catalogue:
    """Return the installed packages' faces, and those of `extra_dir` (TTF and OTF files, not recursive)."""
    packaged = (*_packaged_faces(), *_world_faces(), _japanese_face())
    extra = tuple(read_face(path) for path in _font_paths(extra_dir)) if extra_dir else ()
    upright = tuple(face for face in extra if face is not None)
    return Catalogue((*packaged, *upright), tuple(dict.fromkeys(face.family for face in upright)))


@functools.cache
def default_catalogue() -> Catalogue:
    """Return the catalogue of what is installed, read once a process."""
    return catalogue()


def font_files(extra_dir: Path | None = None) -> tuple[Path, ...]:
    """Return every file that a rasteriser must load to draw what this program sets."""
    faces = (catalogue(extra_dir) if extra_dir else default_catalogue()).faces
    return tuple(dict.fromkeys(face.path for face in faces))


def family_stack(family: str, language: str, fonts: Catalogue | None = None) -> tuple[str, ...]:
    """Return the families to try for each character, in order, for text of an ISO 639 `language`."""
    known = fonts or default_catalogue()
    first = known.resolve(family)
    if first == JAPANESE_FAMILY:
        first = DEFAULT_FAMILY  # its Latin letters and figures have one weight only; kana and kanji still come from it
    stack = (WORLD_FAMILY, first) if language in _STARTS_WITH_WORLD else (first,)
    if language in {"ja", "zh"}:
        stack = (*stack, *known.extra_families, JAPANESE_FAMILY)
    return tuple(dict.fromkeys((*stack, WORLD_FAMILY, JAPANESE_FAMILY, *known.extra_families)))


def read_face(path: Path) -> Face | None:
    """Return the upright face in a font file, or None for an italic or a file that is no font."""
    facts = face_facts(path)
    return None if facts is None or facts.italic else Face(facts.family, facts.weight, path)


def _package_dir(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FontsUnavailable(
            f"the font package {package!r} is not installed", next_step="install Gauntlet with its dependencies"
        )
    return Path(spec.submodule_search_locations[0])


def _shipped(path: Path) -> Face:
    face = read_face(path) if path.is_file() else None
    if face is None:
        raise FontsUnavailable(
            f"the font file {path.name!r} is missing or unreadable", next_step="reinstall Gauntlet's dependencies"
        )
    return face


def _packaged_faces() -> tuple[Face, ...]:
    return tuple(
        _shipped(_package_dir(package) / "files" / f"{stem}-{cut}.ttf")
        for package, stem, cuts in _PACKAGED
        for cut in cuts
    )


def _japanese_face() -> Face:
    # Found by its place: importing the package would import matplotlib.
    return _shipped(_package_dir("matplotlib_fontja") / "fonts" / "ipaexg.ttf")


def _world_faces() -> tuple[Face, ...]:
    return tuple(_shipped(_unpacked(module)) for module in _WORLD_MODULES)


def _unpacked(module: str) -> Path:
    """Return the file of a face that its package carries as bytes, written once a machine."""
    source = _package_dir("pymupdf_fonts") / f"{module}.py"
    facts = source.stat()
    mark = hashlib.sha256(f"{source}:{facts.st_size}:{facts.st_mtime_ns}".encode()).hexdigest()[:16]
    name = f"{module.replace('_', '-')}-{mark}.ttf"
    target = _cache_dir() / name
    if not target.is_file():
        _write_whole(target, _bytes_of(module))
    return target


def _bytes_of(module: str) -> bytes:
    data: object = getattr(importlib.import_module(f"pymupdf_fonts.{module}"), "fontbuffer", None)
    if not isinstance(data, bytes):
        raise FontsUnavailable(
            f"pymupdf_fonts carries no bytes for {module!r}", next_step="install the version of the lock file"
        )
    return data


def _write_whole(target: Path, data: bytes) -> None:
    # Written aside and renamed, so that no other process ever reads half a font.
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=".font-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(aside).replace(target)
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise


@functools.cache
def _cache_dir() -> Path:
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = base / "gauntlet" / "fonts"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        # A service account may have no home; a private folder for this process does as well.
        return Path(tempfile.mkdtemp(prefix="gauntlet-fonts-"))
    return place if os.access(place, os.W_OK) else Path(tempfile.mkdtemp(prefix="gauntlet-fonts-"))


def _font_paths(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in {".ttf", ".otf"})
