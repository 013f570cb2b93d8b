"""What layers are drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gauntlet.core.ids import Digest
from gauntlet.render.typography.fonts import font_files


@dataclass(frozen=True, slots=True)
class Sources:
    """The pictures' bytes by digest, those of conformed footage by the key of its order, and the fonts."""

    pictures: Mapping[Digest, bytes]
    fonts: Sequence[Path] = field(default_factory=font_files)
