"""Every format cut short, with bits turned over, filled with noise, and under a wrong name."""

import functools
import itertools
from collections.abc import Callable, Iterator

import numpy as np

from tests.corpus.case import Case, Outcome, given
from tests.corpus.seeds import SEEDS, Seed

PLACES = (0.03, 0.08, 0.15, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95, 1.0)
_FLIPS = (1, 4, 32)
# Each stretch of these says when it begins: one bit there moves all that follows, of which the head knows nothing.
_CLOCKED = frozenset({"mkv", "webm"})
# Formats whose every byte up to nearly the last is needed for what they promise.
_WHOLE_OR_NOTHING = frozenset({"png", "webp", "jpg", "svg", "mp4", "mov", "m4a", "docx"})
_NEARLY_WHOLE = 0.95


def cases() -> Iterator[Case]:
    """Yield all of them."""
    for seed in SEEDS.values():
        yield from _truncated(seed)
        yield from _flipped(seed)
        yield from _spliced(seed)
    yield from _disguised()
    yield from _nothing()


def _truncated(seed: Seed) -> Iterator[Case]:
    for place in PLACES:
        outcome: Outcome = "either"
        if seed.format in _WHOLE_OR_NOTHING and place < _NEARLY_WHOLE:
            outcome = "refused"
        yield Case(
            f"{seed.format}-cut-at-{place:.0%}",
            functools.partial(_cut, seed, place),
            outcome,
            "a file cut short is refused, or taken for what is left of it",
            file_name=f"cut.{seed.format}",
        )


def _cut(seed: Seed, place: float) -> bytes:
    return seed.data[: min(int(len(seed.data) * place), len(seed.data) - 1)]


def _flipped(seed: Seed) -> Iterator[Case]:
    for count in _FLIPS:
        yield Case(
            f"{seed.format}-{count}-bits-flipped",
            functools.partial(_with_flips, seed, count),
            "either",
            "damage is refused, or harmless",
            file_name=f"flipped.{seed.format}",
            is_timed=seed.format not in _CLOCKED,
        )


def _with_flips(seed: Seed, count: int) -> bytes:
    chance = np.random.default_rng([count, len(seed.data)])
    data = bytearray(seed.data)
    for _ in range(count):
        data[int(chance.integers(len(data)))] ^= 1 << int(chance.integers(8))
    return bytes(data)


def _spliced(seed: Seed) -> Iterator[Case]:
    """Yield the file with what is no part of it in front, in the middle and behind."""
    noise = np.random.default_rng(len(seed.data)).bytes(2_000)
    half = len(seed.data) // 2
    wholes: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("noise-in-front", lambda: noise + seed.data),
        ("noise-in-the-middle", lambda: seed.data[:half] + noise + seed.data[half + len(noise) :]),
        ("zeros-from-the-middle", lambda: seed.data[:half] + bytes(len(seed.data) - half)),
        ("noise-behind", lambda: seed.data + noise),
    )
    for name, build in wholes:
        yield Case(f"{seed.format}-{name}", build, "either", "refused, or taken for what can be read of it")


def _disguised() -> Iterator[Case]:
    """Yield every format under the name and the declared type of another: only the content counts."""
    formats = itertools.cycle(SEEDS)
    next(formats)
    for seed in SEEDS.values():
        other = next(formats)
        yield Case(
            f"{seed.format}-called-{other}",
            lambda seed=seed: seed.data,
            "accepted",
            "type is told by content, never by name or declared type",
            file_name=f"disguised.{other}",
            declared_type="text/html",
            facts={"type": seed.type, "format": seed.format, **seed.facts},
        )


def _nothing() -> Iterator[Case]:
    for name, data in (
        ("zero-bytes", b""),
        ("one-byte", b"\x00"),
        ("one-letter-of-png", b"\x89"),
        ("ten-zeros", bytes(10)),
        ("a-megabyte-of-zeros", bytes(1 << 20)),
        ("noise", np.random.default_rng(1).bytes(100_000)),
        ("all-bytes", bytes(range(256)) * 40),
    ):
        yield Case(name, given(data), "refused", "nothing that a file could be told by", file_name="nothing.png")
    for name, data in (
        ("elf", b"\x7fELF\x02\x01\x01" + bytes(57)),
        ("exe", b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0" + bytes(200)),
        ("java-class", b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(100)),
        ("zip", b"PK\x05\x06" + bytes(18)),
        ("gzip", bytes.fromhex("1f8b080000000000000303000000000000000000")),
        ("flash", b"FWS\x09" + bytes(100)),
        ("sqlite", b"SQLite format 3\0" + bytes(4_080)),
        ("bmp", b"BM" + bytes(12) + b"\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0" + bytes(28)),
        ("tiff", b"II*\0\x08\0\0\0\0\0\0\0\0\0"),
        ("ico", b"\0\0\x01\0\x01\0" + bytes(16)),
        ("psd", b"8BPS\0\x01" + bytes(40)),
        ("flac", b"fLaC\x80\0\0\x22" + bytes(34)),
        ("rar", b"Rar!\x1a\x07\x01\0" + bytes(40)),
        ("7z", b"7z\xbc\xaf\x27\x1c" + bytes(40)),
        ("wasm", b"\0asm\x01\0\0\0"),
    ):
        yield Case(f"foreign-{name}", given(data), "refused", "not a type that is taken", file_name=f"x.{name}")
